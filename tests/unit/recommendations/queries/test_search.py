"""The public search."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from recommendations.actions import bodies, inquiries, updates
from recommendations.lifecycle import Role
from recommendations.models import Recommendation, Update
from recommendations.queries import search as queries
from recommendations.queries.corrections import error_word
from recommendations.queries.search import SHOWN, START, STOP, Group, answer, marked, search, statuses_named
from tests.factories import Cast, person

NOBODY = AnonymousUser()


def groups(words: str, user: object = NOBODY) -> dict[str, Group]:
    return {group.kind: group for group in search(words, user)}  # type: ignore[arg-type]


class TestMarked:
    def test_escapes_everything_but_its_own_marks(self) -> None:
        assert marked(f"<b> {START}school{STOP} & co") == "&lt;b&gt; <mark>school</mark> &amp; co"

    @pytest.mark.parametrize("text", [f"{START}open", f"{STOP}shut", f"{START}{START}twice{STOP}"])
    def test_never_leaves_a_mark_open(self, text: str) -> None:
        html = marked(text)
        assert html.count("<mark>") == html.count("</mark>")
        assert START not in html
        assert STOP not in html

    def test_nothing_gives_nothing(self) -> None:
        assert marked(None) == ""


class TestWhatIsFound:
    def test_recommendations_inquiries_bodies_and_updates(self, cast: Cast) -> None:
        bodies.edit_body(by=cast.admin, body=cast.school, about="Asked for the crossing.")
        inquiry = cast.inquiry("Every crossing in the county")
        recommendation = cast.recommendation(inquiry)
        cast.publish(inquiry)
        cast.published(cast.assignment(recommendation=recommendation))
        kinds = groups("crossings")
        assert list(kinds) == ["inquiries", "recommendations", "bodies", "updates"]
        assert "<mark>crossings</mark>" in kinds["updates"].hits[0].excerpt

    def test_kinds_without_the_words_are_asked_all_at_once(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        cast.assignment(heading="Teaching swimming")
        with django_assert_num_queries(
            4
        ):  # which there are, the recommendations, inquiries and bodies named like it
            assert list(groups("swimming")) == ["recommendations"]

    def test_each_kind_with_the_words_is_read_with_all_that_is_told_of_it(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        part = cast.assignment(heading="Badgers")
        bodies.edit_body(by=cast.admin, body=cast.school, about="A school with badgers.")
        cast.published(part, progress="Badgers were seen.")
        cast.response(part, text="Badgers are welcome.")
        cast.verdict(part, "concerns", "keep", comment="Too few badgers.")
        inquiry = cast.inquiry("Badgers")
        cast.recommendation(inquiry)
        inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="1", text="Badgers dig.")
        cast.publish(inquiry)
        with django_assert_num_queries(
            9
        ):  # which there are, each of the seven, and what the inquiry recommended
            found = groups("badgers")
            words = [error_word(hit.row) for group in found.values() for hit in group.hits]
        assert set(found) == {
            "recommendations", "inquiries", "bodies", "updates", "responses", "verdicts", "findings",
        }  # fmt: skip
        assert not any(words)

    def test_names_that_fill_the_page_come_as_if_all_were_ranked(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inquiry = cast.inquiry()
        for number in range(SHOWN + 5):
            heading = f"Badgers {number}" if number % 5 else f"Foxes {number}"
            cast.recommendation(inquiry, heading=heading, text="Of badgers, badgers. " * (number % 3 + 1))
        cast.publish(inquiry)
        ranked = [hit.row for hit in groups("badgers")["recommendations"].hits]
        monkeypatch.setattr(queries, "MANY", 0)
        assert [hit.row for hit in groups("badgers")["recommendations"].hits] == ranked
        assert [hit.row.heading[:5] for hit in groups("foxes")["recommendations"].hits] == ["Foxes"] * 3

    def test_other_forms_of_a_word(self, cast: Cast) -> None:
        cast.assignment(heading="Teaching swimming")
        assert groups("swim")["recommendations"].hits[0].title == "Teaching <mark>swimming</mark>"

    def test_a_name_misspelt(self, cast: Cast) -> None:
        cast.assignment(heading="Safeguarding training")
        group = groups("safegarding")["recommendations"]
        assert group.close
        assert group.hits[0].row.heading == "Safeguarding training"

    def test_a_reference(self, cast: Cast) -> None:
        recommendation = cast.assignment().recommendation
        assert groups(recommendation.reference)["recommendations"].hits[0].row == recommendation

    def test_no_more_than_a_page_shows_and_says_so(self, cast: Cast) -> None:
        inquiry = cast.inquiry()
        for _ in range(SHOWN + 1):
            cast.recommendation(inquiry)
        cast.publish(inquiry)
        group = groups("crossing")["recommendations"]
        assert len(group.hits) == SHOWN
        assert group.more

    @pytest.mark.parametrize(
        "words",
        ["", "   ", '"', "-", "-" * 33, "- " * 60, "z OR", "'; drop table x", "\x00", "x" * 5000, "😀", "ب"],
    )
    def test_odd_words_find_nothing_and_break_nothing(self, cast: Cast, words: str) -> None:
        cast.assignment()
        assert search(words, NOBODY) == []

    @pytest.mark.parametrize("words", ["the", "a OR", "be the", "at", "“the”"])
    def test_common_words_are_looked_for_if_there_are_no_others(self, cast: Cast, words: str) -> None:
        cast.assignment(text="What is to be done at the crossing is a question.")
        assert groups(words)["recommendations"].hits
        assert "recommendations" in groups(f"the crossing of {words}")

    def test_every_kind_by_its_words_and_what_it_belongs_to(self, cast: Cast) -> None:
        assignment = cast.assignment(heading="Safer crossings")
        page = f"/recommendations/{assignment.recommendation_id}/"
        response = cast.response(assignment, text="Two systems are in use. Aardvarks.")
        verdict = cast.verdict(assignment, "concerns", "keep", comment="Eight schools lack a badger.")
        post = bodies.add_post(by=cast.admin, body=cast.school, title="Head of Cockatoos")
        finding = inquiries.add_finding(
            by=cast.sam,
            inquiry=assignment.recommendation.inquiry,
            number="1",
            text="Nobody counted the dingoes. Ever.",
        )
        for words, kind, title, address in [
            ("aardvark", "responses", "Safer crossings", f"{page}#response-{response.pk}"),
            ("badgers", "verdicts", "Safer crossings", f"{page}#assessment-{verdict.pk}"),
            ("cockatoo", "posts", "Head of <mark>Cockatoos</mark>", f"/bodies/{post.body_id}/"),
            (
                "dingo",
                "findings",
                f"Finding {finding.number}",
                f"/inquiries/{finding.inquiry_id}/#finding-{finding.pk}",
            ),
        ]:
            (hit,) = groups(words)[kind].hits
            assert (hit.title, hit.address) == (title, address)

    def test_an_excerpt_is_the_text_as_it_was_written(self, cast: Cast) -> None:
        cast.assignment(
            text="In the <pilot area> the Council’s “Zoë” scheme meets taxi/minicab drivers – fast."
        )
        for words in ("pilot", "council's", "zoe", "minicab", '"taxi/minicab drivers"'):
            excerpt = groups(words)["recommendations"].hits[0].excerpt
            assert excerpt.replace("<mark>", "").replace("</mark>", "") == (
                "In the &lt;pilot area&gt; the Council’s “Zoë” scheme meets taxi/minicab drivers – fast."
            )
            assert "<mark>" in excerpt

    def test_a_name_comes_first_and_an_inquiry_with_its_recommendations(self, cast: Cast) -> None:
        recommendation = cast.assignment(text="Tell the Harbour Trust.").recommendation
        bodies.edit_body(by=cast.admin, body=cast.school, name="Harbour Trust")
        assert list(groups("harbour trust")) == ["bodies", "recommendations"]
        found = groups("road safety inquiry")
        assert [one.pk for one in found["inquiries"].hits[0].of_it] == [recommendation.pk]

    def test_a_reference_alone_is_that_one_recommendation(self, cast: Cast) -> None:
        recommendation = cast.assignment(reference="CYP (24/25) 09").recommendation
        cast.assignment(text="As CYP (24/25) 09, and 9 times over.")
        for typed in ("CYP (24/25) 09", "cyp (24/25) 9", "CYP 24/25 09", "cyp2425 09"):
            assert [hit.row for hit in groups(typed)["recommendations"].hits] == [recommendation]

    def test_a_minus_leaves_out(self, cast: Cast) -> None:
        cast.assignment()
        assert "recommendations" in groups("crossing")
        assert "recommendations" not in groups("crossing -school")


class TestAnswer:
    def test_results_for_what_was_meant_when_nothing_has_the_words(self, cast: Cast) -> None:
        cast.assignment(heading="Safeguarding training")
        found = answer("safegarding", NOBODY)
        assert (found.meant, found.instead) == ("safeguarding", True)
        assert [group.kind for group in found.groups] == [
            group.kind for group in search("safeguarding", NOBODY)
        ]

    def test_what_was_found_stays_when_something_else_was_meant(self, cast: Cast) -> None:
        cast.published(cast.assignment(heading="Safeguarding training"), progress="Our safegarding improved.")
        found = answer("safegarding", NOBODY)
        assert (found.meant, found.instead) == ("safeguarding", False)
        assert "updates" in [group.kind for group in found.groups]

    def test_right_words_mean_themselves(self, cast: Cast) -> None:
        cast.assignment(heading="Safeguarding training")
        assert answer("safeguarding", NOBODY).meant == ""

    @pytest.mark.parametrize(
        ("words", "address"),
        [
            ("overdue", "/recommendations/?status=overdue"),
            ("Closed", "/recommendations/?status=closed"),
            ("off  track", "/recommendations/?claim=off_track"),
        ],
    )
    def test_a_status_leads_to_its_list(self, db: None, words: str, address: str) -> None:
        assert [status.address for status in statuses_named(words)] == [address]

    def test_other_words_are_no_status(self) -> None:
        assert statuses_named("school") == statuses_named("") == []


class TestWhatIsNeverFound:
    def test_unpublished_inquiries_and_their_recommendations(self, cast: Cast) -> None:
        inquiry = cast.inquiry("Zebras")
        cast.recommendation(inquiry, heading="Zebras everywhere")
        assert groups("zebras") == {}
        assert set(groups("zebras", cast.colin)) == {"recommendations", "inquiries"}
        assert groups("zebras", cast.oscar) == {}

    def test_drafts_and_submitted_updates(self, cast: Cast) -> None:
        cast.submitted(cast.assignment(), progress="A zebra was painted.")
        assert groups("zebra") == {}
        assert groups("zebra", cast.olive) == {}

    def test_exempt_text(self, cast: Cast) -> None:
        update = updates.start_update(by=cast.ada, assignment=cast.assignment())
        updates.save_draft(
            by=cast.ada,
            update=update,
            claim="on_track",
            progress="Some of it is done.",
            exempt_text="A zebra was injured.",
            exempt_paragraphs=[1],
            public_summary="An animal was injured.",
        )
        submitted = updates.submit_update(by=cast.ada, update=Update.objects.get(pk=update.pk))
        other = person("Abe Approver", (Role.APPROVER, cast.cabinet), sees_exempt=True)
        updates.publish_update(by=other, update=submitted)
        assert groups("zebra", cast.sam) == {}
        assert "zebra" not in str(groups("animal")["updates"].hits[0].excerpt)


class TestIndexes:
    @pytest.mark.parametrize(
        ("query", "index"),
        [
            (lambda: Recommendation.objects.order_by().matching("school"), "rec_words"),
            (
                lambda: Recommendation.objects.order_by().filter(heading__trigram_word_similar="school"),
                "rec_heading_trgm",
            ),
            (lambda: Update.objects.order_by().matching("school"), "update_words"),
        ],
    )
    def test_words_are_looked_up_in_an_index(self, db: None, query: object, index: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
            # On an empty table every index costs the same: leave only the one asked for.
            cursor.execute("DROP INDEX update_by_published, update_by_assignment")
        assert index in query().explain()  # type: ignore[operator]
