"""Words that say "not for publication", and everyday words that do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.trackers.exempt import Place, find_exempt, says_exempt
from tests.tracker_tables import read

EXEMPT = [
    "NOT FOR PUBLICATION", "Exempt", "Exempt - paragraph 3", "Confidential", "Exempt under paragraph 3 of Part 1 of Schedule 12A of the Local Government Act 1972", "Paragraphs 1 and 2 of Schedule 12A", "Part 2", "Part II", "PART 2 - exempt items",
    "Pink papers", "OFFICIAL-SENSITIVE", "Official Sensitive", "This item is exempt", "Considered in closed session", "Terms agreed with the landlord (confidential)", "Confidential: staff named in the report", "Not for publication by virtue of paragraph 5",
    "[EXEMPT] The contractor was paid", "Restricted", "Private", "commercially sensitive", "This update is confidential", "Private and confidential", "Exempt information: see appendix B", "Not to be published", "The press and public were excluded",
    "Part 2 item: the sale of the depot", "(Part 2) The sale of the depot", "Sale of the depot - EXEMPT", "Do not publish", "Contains exempt information", "Legally privileged",
]  # fmt: skip
PUBLIC = [
    "", "Residents in receipt of benefit are exempt from charges", "A confidential helpline was opened", "Part 2 of the strategy was adopted", "Private housing was inspected", "private rented sector", "Access is restricted to residents", "Council tax exemption for care leavers",
    "Not exempt", "Contains no exempt information", "Staff were trained in confidentiality", "That private landlords be licensed", "Phase 2 begins", "That a green paper on buses be written", "That the council seek an exemption", "Open to the public", "Private hire drivers were told",
    "The public were asked", "Published in May", "Paragraph 3 of the report was noted", "Restricted parking zone",
]  # fmt: skip


@pytest.mark.parametrize("text", EXEMPT)
def test_it_is_found(text: str) -> None:
    assert find_exempt(text)


@pytest.mark.parametrize("text", PUBLIC)
def test_everyday_words_are_none(text: str) -> None:
    assert find_exempt(text) is None


@pytest.mark.parametrize(
    "text", ["Blue badge holders are exempt", "The letter was confidential to them", "A redacted plan"]
)
def test_in_doubt_it_is_stopped_and_asked(text: str) -> None:
    found = find_exempt(text)
    assert found
    assert not found.is_sure


def test_the_paragraphs() -> None:
    texts = {
        "Exempt under paragraphs 1, 2 and 5 of Schedule 12A": (1, 2, 5),
        "Exempt (para 3)": (3,),
        "Exempt": (),
        "Paragraphs 1-3, Schedule 12A": (1, 2, 3),
    }
    assert {text: found.paragraphs for text in texts if (found := find_exempt(text))} == texts


def test_a_heading_counts_sooner() -> None:
    assert find_exempt("Exempt?", Place.HEADER)
    assert find_exempt("Restricted items", Place.SHEET)
    assert find_exempt("Private housing", Place.SHEET) is None
    assert find_exempt("Open recommendations", Place.TITLE) is None


def test_a_column_that_says_so() -> None:
    answers = {
        "Yes": True,
        "Y": True,
        "Para 3": True,
        "3": True,
        "Part 2": True,
        "No": False,
        "": False,
        "N/A": False,
        "Public": False,
        "Part 1": False,
        "-": False,
    }
    assert {words: says_exempt(words) is not None for words in answers} == answers
    perhaps = says_exempt("ask the monitoring officer")
    assert perhaps
    assert not perhaps.is_sure


@pytest.mark.parametrize("header", ["Public?", "Open (Y/N)", "For publication", "Can be published?"])
def test_a_column_that_asks_whether_it_is_public(header: str) -> None:
    answers = {
        "Yes": False,
        "Y": False,
        "✓": False,
        "": False,
        "Public": False,
        "No": True,
        "N": True,
        "No - para 3": True,
    }
    assert {words: says_exempt(words, header) is not None for words in answers} == answers
    sold = says_exempt("No - para 3", header)
    assert sold
    assert sold.is_sure
    assert says_exempt("Yes, but not the appendix", header)


@pytest.mark.parametrize("header", ["Not for publication", "Public or exempt", "Private?", "Exempt", ""])
def test_another_column(header: str) -> None:
    assert says_exempt("No", header) is None
    assert says_exempt("Yes", header)


@given(
    st.sampled_from(EXEMPT[:12]),
    st.sampled_from(["The sale of the depot", "Terms were agreed", "Staff were named"]),
    st.sampled_from(["{} - {}", "{}: {}", "{}\n{}", "[{}] {}"]),
)
def test_said_before_the_words(words: str, text: str, form: str) -> None:
    assert find_exempt(form.format(words, text))


@pytest.mark.parametrize(
    "words", ["EXEMPT", "Part 2", "Not for publication", "(Confidential)", "Exempt information"]
)
def test_a_cell_that_says_no_more_is_no_value(words: str) -> None:
    reading = read(f"""
        No. | Recommendation | To | Response | Progress
        1 | That the pier be lit. | Cabinet | Agreed | {words}
        2 | {words} | {words} | {words} | {words}
    """)
    first, second = reading.entries
    assert (first.updates, first.exempt, first.response) == ((), True, "accepted")
    assert (second.text, second.owners, second.response_words, second.updates) == ("", (), None, ())
    assert second.exempt
    assert first.sources["progress"][0].words == words
    assert {one.kind for one in reading.questions} == {"exempt"}


def test_words_behind_the_mark_are_a_value() -> None:
    reading = read("""
        No. | Recommendation | To | Progress
        1 | That the pier be lit. | Cabinet | Confidential: the price is low.
    """)
    assert [one.text for one in reading.entries[0].updates] == ["Confidential: the price is low."]
    assert reading.entries[0].exempt
