"""Status words: the response, the claim, and what is asked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.lifecycle import Claim, Decision, Period
from recommendations.trackers.cells import Cell, Piece
from recommendations.trackers.questions import Answers, Read
from recommendations.trackers.status_words import ASKED, CLAIMS, VOCABULARY, Fact, Meaning
from recommendations.trackers.word_questions import Meanings, word_key
from recommendations.trackers.words import against_day, against_target, read_status_cell, read_statuses
from tests.growth import PIECES, grows_too_fast

RESPONSES = {
    "Accepted": "accepted", "Agreed": "accepted", "AGREED.": "accepted", "Yes": "accepted", "Y": "accepted", "Approved": "accepted", "Supported": "accepted", "Endorsed": "accepted", "Adopted": "accepted", "Agree": "accepted",
    "In part": "in_part", "Part": "in_part", "Accepted in part": "in_part", "Accepted (in part)": "in_part", "Agreed - in part": "in_part", "Partially accepted": "in_part", "Partly agreed": "in_part", "Partially supported": "in_part", "Partial acceptance": "in_part",
    "Agreed in principle": "in_principle", "In principle": "in_principle", "Supported (in principle)": "in_principle", "Noted": "noted", "Acknowledged": "noted",
    "Rejected": "rejected", "No": "rejected", "Declined": "rejected", "Disagreed": "rejected", "Not accepted": "rejected", "Not agreed": "rejected", "NOT SUPPORTED": "rejected", "Recommendation not accepted": "rejected",
    "Not for this body": "not_ours", "Outside our remit": "not_ours", "For the Highmere Partnership": "not_ours", "Referred to Highmere NHS Trust": "not_ours", "Not for the council: for the partnership": "not_ours",
    "The recommendation is accepted.": "accepted", "Cabinet accepts this recommendation": "accepted", "The council does not accept this recommendation": "rejected", "Acccepted": "accepted", "Partialy accepted": "in_part", "Agreed by Cabinet on 12 March 2024": "accepted",
}  # fmt: skip
NO_RESPONSE = [
    "",
    "-",
    "TBC",
    "N/A",
    "Response awaited",
    "Under consideration",
    "To follow",
    "Deferred",
    "The council already does this through its parks team.",
]
CLAIM_WORDS = {
    "Not started": "not_started", "Yet to start": "not_started", "Not due": "not_started", "No progress": "not_started", "On track": "on_track", "On target": "on_track", "In progress": "on_track", "In-progress": "on_track", "Ongoing": "on_track", "On-going": "on_track",
    "Under way": "on_track", "underway": "on_track", "Being implemented": "on_track", "GREEN": "on_track", "At risk": "at_risk", "Amber": "at_risk", "Minor slippage": "at_risk", "Off track": "off_track", "Red": "off_track", "Overdue": "off_track", "Behind": "off_track", "Slipped": "off_track",
    "Stalled": "off_track", "Not on track": "off_track", "Paused": "paused", "On hold": "paused", "Suspended": "paused", "Complete": "delivered", "COMPLETED.": "delivered", "Done": "delivered", "Actioned": "delivered", "Implemented": "delivered", "Achieved": "delivered", "Delivered": "delivered",
    "Blue": "delivered", "100%": "delivered", "100% complete": "delivered", "Fully implemented": "delivered", "Completed March 2024": "delivered", "Complete. The policy was adopted in May": "delivered", "Not feasible": "not_feasible", "Unfeasible": "not_feasible", "Cannot be done": "not_feasible",
    "Being implememented": "on_track", "In progess": "on_track", "Completd": "delivered", "Status: Complete": "delivered", "Green (on track)": "on_track", "Complete and reported to Cabinet": "delivered", "🟢": "on_track", "Red – no budget": "off_track",
}  # fmt: skip
NO_CLAIM = [
    "",
    "-",
    "N/A",
    "TBC",
    "No update",
    "Officers met the provider and will meet again in June to set a plan.",
]
NOT_KNOWN = ["Not complete", "Not yet complete", "Nearly complete", "Incomplete", "Partially complete", "Pending", "Outstanding", "Closed", "Discharged", "Superseded", "No longer relevant", "Cancelled", "Withdrawn", "Carried forward", "Delete", "Monitor", "50%", "75% complete", "✓", "Yes", "G", "Complete / ongoing", "Complete by March 2024", "To be completed by March 2024", "Competed", "Not acheived", "Complete except for the lift", "Delayed", "Carried forward to 2024/25", "Superseded by recommendation 4", "In part", "Unaccepted", "Complete subject to sign-off", "Not feasible to say"]  # fmt: skip


@pytest.mark.parametrize("words", RESPONSES)
def test_responses(words: str) -> None:
    read = read_statuses(words, "response")
    assert (read.response.value, read.claim.value, read.questions) == (RESPONSES[words], None, ())


@pytest.mark.parametrize("words", NO_RESPONSE)
def test_no_response_is_given(words: str) -> None:
    read = read_statuses(words, "response")
    assert (read.response.value, read.questions) == (None, ())


@pytest.mark.parametrize("words", CLAIM_WORDS)
def test_claims(words: str) -> None:
    read = read_statuses(words, "claim")
    assert (read.claim.value, read.response.value, read.questions) == (CLAIM_WORDS[words], None, ())


@pytest.mark.parametrize("words", NO_CLAIM)
def test_nothing_is_claimed(words: str) -> None:
    read = read_statuses(words, "claim")
    assert (read.claim.value, read.questions) == (None, ())


@pytest.mark.parametrize("words", NOT_KNOWN)
def test_what_is_not_known_is_asked(words: str) -> None:
    read = read_statuses(words, "claim")
    assert read.questions
    assert read.claim.value is None or words == "In part"


@pytest.mark.parametrize(
    ("words", "response", "claim", "rest"),
    [
        ("Accepted and implemented", "accepted", "delivered", ""),
        ("Agreed – complete", "accepted", "delivered", ""),
        ("Partially accepted, in progress", "in_part", "on_track", ""),
        ("Accepted. In progress: forms drafted", "accepted", "on_track", "forms drafted"),
        ("Rejected: the card exists", "rejected", None, "the card exists"),
        ("Agreed - completed (March 2024)", "accepted", "delivered", ""),
        ("Agreed. Work begins in May", "accepted", None, "Work begins in May"),
        ("Not agreed because of the cost", "rejected", None, "because of the cost"),
    ],
)
def test_two_facts_in_one_cell(words: str, response: str, claim: str | None, rest: str) -> None:
    read = read_statuses(words, "response", with_text=True)
    assert (read.response.value, read.claim.value, read.rest, read.questions) == (response, claim, rest, ())


def test_a_word_behind_a_response_is_asked_by_itself() -> None:
    read = read_statuses('Accepted in principle - "pending" new system', "response", with_text=True)
    assert (read.response.value, read.response.question) == ("in_principle", None)
    assert read.claim.value is None
    assert read.claim.question
    assert read.claim.question.key == word_key("claim", "pending")


@pytest.mark.parametrize(
    "words",
    [
        "Accepted subject to funding",
        "Accepted, but not until 2025",
        "Noted and accepted",
        "Agreed with amendments",
        "Agreed as amended",
        "Accepted as revised by Cabinet",
    ],
)
def test_a_response_that_is_taken_back_is_asked(words: str) -> None:
    assert read_statuses(words, "response").response.question


def test_the_day_beside_a_response() -> None:
    read = read_statuses("Agreed by Cabinet on 12 March 2024", "response")
    assert read.answered_on
    assert read.answered_on.start == dt.date(2024, 3, 12)


def test_the_header_says_what_yes_means() -> None:
    assert read_statuses("Yes", "claim", header="Complete?").claim.value == "delivered"
    assert read_statuses("✓", "claim", header="Implemented").claim.value == "delivered"
    assert read_statuses("No", "claim", header="Complete?").questions
    assert read_statuses("A", "claim", header="RAG").claim.value == "at_risk"


def test_what_was_answered_comes_first() -> None:
    answers = Answers(
        {word_key("claim", "pending"): "claim:not_started", word_key("claim", "complete"): "none"}
    )
    key = {"complete": (Meaning("claim", "on_track"),)}
    read = [
        read_statuses(words, "claim", meanings=Meanings(answers, key)) for words in ("Pending", "Complete")
    ]
    assert [one.claim.value for one in read] == ["not_started", None]
    assert [one.questions for one in read] == [(), ()]


def test_then_the_file_s_own_key() -> None:
    key: dict[str, tuple[Meaning, ...]] = {
        "green": (Meaning("claim", "delivered"),),
        "yellow": (Meaning("response", "rejected"),),
        "closed": (),
    }
    meanings = Meanings(key=key)
    assert read_statuses("Green", "claim", meanings=meanings).claim.value == "delivered"
    assert read_statuses("G", "claim", meanings=meanings).claim.value == "delivered"
    assert read_status_cell(Cell(colour="92D050"), "claim", meanings=meanings).claim.value == "delivered"
    assert read_status_cell(Cell(colour="FFFF00"), "claim", meanings=meanings).response.value == "rejected"
    assert read_statuses("Closed", "claim", meanings=meanings).questions


@pytest.mark.parametrize(
    ("colour", "claim"),
    [
        ("92D050", "on_track"),
        ("FFC000", "at_risk"),
        ("FF0000", "off_track"),
        ("00B0F0", "delivered"),
        ("FFFFFF", None),
        (None, None),
    ],
)
def test_a_colour_alone_counts(colour: str | None, claim: str | None) -> None:
    read = read_status_cell(Cell(colour=colour), "claim")
    assert (read.claim.value, read.questions) == (claim, ())
    assert not claim or "colour of the cell" in read.claim.words


def test_other_colours_and_contradictions_are_asked() -> None:
    assert read_status_cell(Cell(colour="FFFF00"), "claim").questions
    assert read_status_cell(Cell((Piece("In progress"),), colour="FF0000"), "claim").questions
    assert not read_status_cell(Cell((Piece("Complete"),), colour="92D050"), "claim").questions


def test_a_coloured_dot() -> None:
    assert read_status_cell(Cell((Piece("●", colour="FF0000"),)), "claim").claim.value == "off_track"


def test_a_struck_status_was_replaced() -> None:
    cell = Cell((Piece("On track", struck=True), Piece(" Complete")))
    assert read_status_cell(cell, "claim").claim.value == "delivered"


def test_on_track_after_its_own_date_is_off_track_and_asked() -> None:
    claim: Read[str] = Read("on_track", "In progress")
    target = Period.of_month(2024, 3)
    assert against_target(claim, target, dt.date(2024, 3, 31)) == claim
    late = against_target(claim, target, dt.date(2024, 4, 1))
    assert late.value == "off_track"
    assert late.question
    said = Meanings(Answers({late.question.key: "claim:on_track"}))
    assert against_target(claim, target, dt.date(2024, 4, 1), said) == claim
    assert against_target(Read("delivered", "Done"), target, dt.date(2024, 4, 1)).is_sure


def test_a_sentence_of_the_committee_gives_the_outcome() -> None:
    read = read_statuses("Complete. The committee agreed closure on 3 May 2024", "claim")
    assert (read.claim.value, read.outcome.value) == ("delivered", "close_implemented")
    assert read.outcome.question
    assert read.outcome_on
    assert read_statuses("Complete", "claim").outcome.value is None


@pytest.mark.parametrize(
    "words", ["Complete (verified by committee 12/3/24)", "Completed - agreed by the Panel on 12 March 2024"]
)
def test_the_claim_that_the_committee_bore_out_is_kept(words: str) -> None:
    read = read_statuses(words, "claim")
    assert (read.claim.value, read.outcome.value, read.questions) == ("delivered", "close_implemented", ())
    assert read.outcome_on
    assert read.outcome_on.start == dt.date(2024, 3, 12)


def test_what_is_done_on_a_day_after_that_of_the_file_is_asked() -> None:
    as_at = Period.of_day(dt.date(2024, 3, 31))
    for words in ("Completed in April 2024", "Complete (3 April 2024)"):
        read = read_statuses(words, "claim")
        ahead = against_day(read.claim, read.claimed_on, as_at)
        assert (ahead.value, ahead.question and ahead.question.likelier) == ("delivered", "claim:delivered")
        said = Meanings(Answers({word_key("claim", read.claim.words): "claim:delivered"}))
        assert against_day(read.claim, read.claimed_on, as_at, said).is_sure
    for words in ("Completed in March 2024", "Complete", "On track (April 2024)"):
        read = read_statuses(words, "claim")
        assert against_day(read.claim, read.claimed_on, as_at).is_sure
    read = read_statuses("Completed in April 2024", "claim")
    assert against_day(read.claim, read.claimed_on, Period()).is_sure


@pytest.mark.parametrize(
    ("words", "claim", "said", "rest"),
    [
        ("Amber - some delay", "at_risk", "Amber - some delay", ""),
        ("Amber (slightly behind)", "at_risk", "Amber (slightly behind)", ""),
        ("Amber - some delay. Map drafted", "at_risk", "Amber - some delay", "Map drafted"),
        ("Red: serious delay\nNo bids came", "off_track", "Red: serious delay", "No bids came"),
        ("Amber - delays in hiring", "at_risk", "Amber", "delays in hiring"),
    ],
)
def test_how_far_off_it_is_belongs_to_the_status(words: str, claim: str, said: str, rest: str) -> None:
    read = read_statuses(words, "claim", with_text=True)
    assert (read.claim.value, read.claim.words, read.rest, read.questions) == (claim, said, rest, ())


def test_a_delay_beside_on_track_is_asked() -> None:
    assert read_statuses("Green - some delay", "claim").claim.question
    assert read_statuses("BRAG - Green", "claim").questions == ()


def test_a_start_that_is_to_come_is_asked() -> None:
    assert read_statuses("Work to start in April 2024", "claim").claim.question


def test_one_question_for_each_word() -> None:
    keys = {
        question.key
        for words in ("Pending", "pending.", " PENDING ")
        for question in read_statuses(words, "claim").questions
    }
    assert len(keys) == 1


# ------------------------------------------------------------------ negations

POSITIVE = sorted(words for claim in (Claim.DELIVERED, Claim.ON_TRACK) for words in CLAIMS[claim])
DENYING = (
    "not ",
    "not yet ",
    "nearly ",
    "almost ",
    "in",
    "un",
    "never ",
    "hardly ",
    "partially ",
    "to be ",
    "will be ",
    "should be ",
    "no longer ",
    "isn't ",
    "not quite ",
    "cannot be ",
    "yet to be ",
    "non-",
    "has not been ",
    "not fully ",
    "expected to be ",
    "awaiting ",
)


@settings(max_examples=400)
@given(
    st.sampled_from(POSITIVE),
    st.sampled_from(DENYING),
    st.sampled_from(["", ".", ": see above", " - more to do"]),
    st.sampled_from(["claim", "response"]),
)
def test_what_is_denied_is_never_read_as_the_claim(words: str, denial: str, behind: str, fact: Fact) -> None:
    said = read_statuses(f"{denial}{words}{behind}", fact)
    meant = VOCABULARY.get(words, ())
    assert said.claim.value not in {one.code for one in meant} or said.claim.question


@pytest.mark.parametrize(
    ("words", "claim", "rest"),
    [
        ("Complete. 17 November 2022: lamps lit.\n3 May 2022: lamps bought.", "delivered", "17 November 2022: lamps lit.\n3 May 2022: lamps bought"),
        ("Paused\n20.03.22\nPower cut", "paused", "20.03.22\nPower cut"),
        ("On track - (22/12/2022) Lamps bought", "on_track", "(22/12/2022) Lamps bought"),
        ("Done - [22 March 2022] Lamps lit", "delivered", "[22 March 2022] Lamps lit"),
        ("Complete (June 2024)\nUpdate 3 May 2022: lamps bought", "delivered", "Update 3 May 2022: lamps bought"),
        ("Complete - lamps lit (3 May 2022).", "delivered", "lamps lit (3 May 2022)"),
        ("Completed - March 2024", "delivered", ""),
    ],
)  # fmt: skip
def test_the_day_of_an_update_behind_a_status_is_left_with_it(words: str, claim: str, rest: str) -> None:
    said = read_statuses(words, "claim", with_text=True)
    assert (said.claim.value, said.rest, said.questions) == (claim, rest, ())


@pytest.mark.parametrize(
    ("words", "claim"),
    [
        ("Yes - complete", "delivered"),
        ("Yes, in progress", "on_track"),
        ("No - not started", "not_started"),
    ],
)
def test_yes_means_what_stands_behind_it(words: str, claim: str) -> None:
    said = read_statuses(words, "claim")
    assert (said.claim.value, said.claim.words, said.questions) == (claim, words, ())


def test_yes_beside_a_status_that_denies_it_is_asked() -> None:
    assert read_statuses("Yes - not started", "claim").questions
    assert read_statuses("No - complete", "claim").questions


AGREEING = sorted(
    words for words, meanings in VOCABULARY.items() if meanings[0] == Meaning("response", Decision.ACCEPTED)
)


@settings(max_examples=300)
@given(st.sampled_from(AGREEING), st.sampled_from(DENYING), st.sampled_from(["", ".", ": the reason"]))
def test_what_is_denied_is_never_read_as_accepted(words: str, denial: str, behind: str) -> None:
    said = read_statuses(f"{denial}{words}{behind}", "response")
    assert said.response.value != Decision.ACCEPTED or said.response.question


@settings(max_examples=300)
@given(st.sampled_from(sorted(ASKED)), st.sampled_from(["", ".", " - see note"]))
def test_words_with_two_meanings_are_always_asked(words: str, behind: str) -> None:
    said = read_statuses(f"{words.capitalize()}{behind}", "claim")
    assert said.questions


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_any_text_is_read(words: str) -> None:
    read_statuses(words, "claim")
    read_statuses(words, "response", with_text=True)


@pytest.mark.parametrize("piece", PIECES)
def test_long_texts_take_time_in_proportion(piece: str) -> None:
    assert grows_too_fast(lambda text: read_statuses(text, "claim"), piece, 20_000) == ""
