"""The public site: what the public reads, and what it must never read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committee import clock
from committee.clock import end_of_day
from recommendations.actions import assignments, bodies, responses, successions, target_dates, updates
from recommendations.actions import recommendations as recs
from recommendations.actions.exempt import open_exempt
from recommendations.exports import sitemaps
from recommendations.lifecycle import BodyKind, Claim, Decision, Grade, Outcome, Role
from recommendations.models import Assignment, ExemptAccessLog, Update
from recommendations.queries.records import record
from tests.clients import words_of
from tests.factories import NOON, Cast, at, fresh, person

SECRET = "the family at number nine"
SUMMARY = "A household was given support."
PLAIN = ["home", "inquiries", "recommendations", "bodies", "search", "open_data", "accessibility", "cookies"]
FOR_MACHINES = ["feed", "sitemap", "robots"]


def page_of(client: Client, assignment: Assignment, **query: str) -> str:
    response = client.get(reverse("recommendation", args=[assignment.recommendation_id]), query)
    assert response.status_code == 200
    return response.content.decode()


def sitemap_files(client: Client) -> dict[str, str]:
    """The files that the index of the site map names, by address."""
    index = client.get(reverse("sitemap"))
    assert index["Content-Type"] == "application/xml"
    addresses = re.findall("<loc>(.*?)</loc>", index.content.decode())
    return {address: client.get(address).content.decode() for address in addresses}


def exempt_update(cast: Cast, assignment: Assignment) -> Update:
    """A published update with exempt text, written by one approver with the right to it, published by another."""
    update = updates.start_update(by=cast.ada, assignment=assignment)
    update = updates.save_draft(
        by=cast.ada,
        update=update,
        claim=Claim.ON_TRACK,
        progress="Work has begun.",
        exempt_text=f"It concerns {SECRET}.",
        exempt_paragraphs=[1, 2],
        public_summary=SUMMARY,
    )
    other = person("Abe Approver", (Role.APPROVER, cast.cabinet), sees_exempt=True)
    return updates.publish_update(by=other, update=updates.submit_update(by=cast.ada, update=update))


class TestEveryPage:
    @pytest.mark.parametrize("name", PLAIN + FOR_MACHINES)
    def test_works_on_an_empty_installation(self, db: None, client: Client, name: str) -> None:
        assert client.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", PLAIN)
    def test_needs_sign_in_when_the_public_site_is_off(
        self, db: None, client: Client, settings: object, name: str
    ) -> None:
        settings.PUBLIC_SITE = False  # type: ignore[attr-defined]
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))

    @pytest.mark.parametrize("name", PLAIN)
    def test_refuses_to_be_written_to(self, db: None, client: Client, name: str) -> None:
        assert client.post(reverse(name)).status_code == 405

    @pytest.mark.parametrize("name", ["inquiry", "recommendation", "body"])
    def test_wrong_number_is_not_found(self, db: None, client: Client, name: str) -> None:
        assert client.get(reverse(name, args=[999_999])).status_code == 404

    def test_pages_for_people_who_signed_in_are_kept_out_of_caches(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.nobody)
        assert "no-store" in client.get(reverse("recommendations"))["Cache-Control"]


class TestHome:
    def test_says_so_when_nothing_is_published(self, db: None, client: Client) -> None:
        assert "No inquiries have been published yet" in client.get("/").content.decode()

    def test_counts_what_is_published(self, cast: Cast, client: Client) -> None:
        cast.assignment(first_target_on=dt.date(2025, 12, 1))
        cast.close(cast.assignment(first_target_on=dt.date(2025, 12, 1)))
        figures = client.get("/").context["figures"]
        assert figures == {
            "total": 2, "open": 1, "closed": 1, "implemented": 1, "overdue": 1, "not_known": 0, "known": 2,
            "sources_only": False,
        }  # fmt: skip

    def test_puts_the_latest_inquiry_first(self, cast: Cast, client: Client) -> None:
        for title, day in (("Older", dt.date(2024, 1, 1)), ("Newer", dt.date(2025, 1, 1))):
            inquiry = cast.inquiry(title)
            cast.recommendation(inquiry)
            cast.publish(inquiry, on=day)
        assert [inquiry.title for inquiry in client.get("/").context["inquiries"]] == ["Newer", "Older"]


class TestInquiry:
    def test_unpublished_one_does_not_exist_for_the_public(self, cast: Cast, client: Client) -> None:
        inquiry = cast.inquiry("Not for the public yet")
        address = reverse("inquiry", args=[inquiry.pk])
        assert client.get(address).status_code == 404
        client.force_login(cast.oscar)
        assert client.get(address).status_code == 404
        client.force_login(cast.colin)
        assert client.get(address).status_code == 200

    def test_shows_who_has_to_act_and_how_it_stands(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        cast.response(assignment, Decision.IN_PART)
        cast.published(assignment)
        text = client.get(reverse("inquiry", args=[assignment.recommendation.inquiry_id])).content.decode()
        for words in ("Cabinet", "Accepted in part", "On track", "Safer crossings", "0 of 1 recommendation"):
            assert words in text

    def test_offers_the_workspace_only_to_its_scrutiny_officer(self, cast: Cast, client: Client) -> None:
        inquiry = cast.assignment().recommendation.inquiry
        workspace = reverse("inquiry_workspace", args=[inquiry.pk])
        for reader, offered in ((cast.sam, True), (cast.oscar, False), (cast.colin, False)):
            client.force_login(reader)
            text = client.get(reverse("inquiry", args=[inquiry.pk])).content.decode()
            assert (f'href="{workspace}"' in text) is offered


class TestRecommendation:
    def test_says_what_is_known_of_the_owner_and_the_source(self, cast: Cast, client: Client) -> None:
        inquiry = cast.inquiry(source_note="In our words.\n\nMore on the source.")
        recommendation = cast.recommendation(inquiry, owner_note="The report names a scheme, not a body.")
        cast.publish(inquiry)
        text = client.get(reverse("recommendation", args=[recommendation.pk])).content.decode()
        assert "The report names a scheme, not a body." in text
        assert "In our words." in text
        assert "More on the source." not in text

    def test_shows_both_voices_and_says_that_they_differ(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        cast.published(assignment, claim=Claim.DELIVERED, delivered_what="Five crossings.")
        cast.verdict(assignment, Grade.NOT_IMPLEMENTED, Outcome.KEEP, comment="Three are missing.")
        text = page_of(client, assignment)
        assert "The two differ: the body says “delivered”, the committee found “not implemented”." in text
        assert "Three are missing." in text

    def test_keeps_the_first_date_in_view_when_it_slipped(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment(first_target_on=dt.date(2026, 1, 5))
        change = target_dates.request_new_date(
            by=cast.olive, assignment=assignment, new_date=dt.date(2026, 6, 30), reason="The road is closed."
        )
        assert "30 June 2026" not in page_of(client, assignment), "the public reads decisions, not requests"
        cast.agree(change)
        text = page_of(client, assignment)
        for words in (
            "5 January 2026",
            "30 June 2026",
            "slipped once",
            "Overdue by 7 days",
            "The road is closed.",
        ):
            assert words in text

    def test_never_shows_an_update_that_is_not_published(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        cast.submitted(assignment, progress="Not for anybody yet.")
        assert "Not for anybody yet." not in page_of(client, assignment)
        client.force_login(cast.olive)
        assert "Not for anybody yet." not in page_of(client, assignment)

    def test_writes_what_people_typed_as_text(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment(heading="<b>Bold</b>", text="<script>alert(1)</script>")
        cast.published(assignment, progress="<img src=x onerror=alert(2)>")
        text = page_of(client, assignment)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>Bold" not in text

    def test_tells_where_work_passed_on(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        new = bodies.add_body(by=cast.admin, name="New Cabinet", kind=BodyKind.EXECUTIVE)
        successions.abolish_body(
            by=cast.admin, body=cast.cabinet, on=dt.date(2026, 1, 2), reason="The 2026 order", successor=new
        )
        text = page_of(client, assignment)
        assert "Passed from Cabinet to New Cabinet" in text
        assert "The 2026 order" in text

    def test_offers_each_person_only_what_they_may_do(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        log = reverse("log_update", args=[assignment.pk])
        assess = reverse("assess", args=[assignment.recommendation_id])
        answer = reverse("record_response", query={"assignment": assignment.pk})
        for reader, may_log, may_assess, may_answer in (
            (cast.olive, True, False, False),
            (cast.ada, True, False, True),
            (cast.sam, False, True, True),
            (cast.colin, False, True, False),
            (cast.pat, False, False, False),
        ):
            client.force_login(reader)
            text = page_of(client, assignment)
            assert (f'href="{log}"' in text) is may_log
            assert (f'href="{assess}"' in text) is may_assess
            assert (f'href="{answer}"' in text) is may_answer


class TestAsAt:
    def test_shows_the_state_of_that_day(self, cast: Cast, client: Client) -> None:
        with at(dt.date(2025, 9, 1)):
            assignment = cast.assignment()
        with at(dt.date(2025, 11, 1)):
            cast.published(assignment, progress="The autumn report.")
        with at(dt.date(2025, 12, 1)):
            cast.published(assignment, claim=Claim.AT_RISK, progress="The winter report.")
        cast.close(assignment)
        text = page_of(client, assignment, as_at="2025-11-15")
        assert "how things stood at the end of 15 November 2025" in text
        assert "The autumn report." in text
        assert "The winter report." not in text
        assert "Closed: implemented" not in text
        assert "Closed: implemented" in page_of(client, assignment)

    def test_says_when_it_was_not_yet_published(self, cast: Cast, client: Client) -> None:
        text = page_of(client, cast.assignment(), as_at="2020-01-01")
        assert "On 1 January 2020 this recommendation was not yet published." in text

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("2031-01-01", "Enter today’s date or an earlier one"),
            ("soon", "Enter a real date"),
            ("", "Enter the day"),
        ],
    )
    def test_a_wrong_day_is_told_and_today_is_shown(
        self, cast: Cast, client: Client, typed: str, told: str
    ) -> None:
        assignment = cast.assignment()
        cast.published(assignment)
        text = page_of(client, assignment, as_at=typed)
        assert told in text
        assert "Two of the five crossings are built." in text

    def test_earlier_wording_stands_on_an_earlier_day(self, cast: Cast) -> None:
        assignment = cast.assignment(text="That it is done.")
        recs.edit_recommendation(
            by=cast.sam,
            recommendation=assignment.recommendation,
            text="That it is done soon.",
            reason="Agreed",
        )
        recommendation = type(assignment.recommendation).objects.for_record().get()
        assert record(recommendation, cast.sam).text == "That it is done soon."
        assert record(recommendation, cast.sam, end_of_day(dt.date(2025, 12, 31))).text == "That it is done."


class TestExemptText:
    def test_the_public_reads_the_summary_and_why(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        exempt_update(cast, assignment)
        text = page_of(client, assignment)
        assert SECRET not in text
        assert SUMMARY in text
        assert "paragraphs 1 and 2 of Part 1 of Schedule 12A" in text
        assert not ExemptAccessLog.objects.exists()

    def test_a_person_without_the_right_reads_the_summary(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        exempt_update(cast, assignment)
        for reader in (cast.colin, cast.olive, cast.nobody, cast.oscar, cast.admin):
            client.force_login(reader)
            assert SECRET not in page_of(client, assignment)
        assert not ExemptAccessLog.objects.exists()

    def test_a_person_with_the_right_reads_it_and_the_sight_is_recorded(
        self, cast: Cast, client: Client
    ) -> None:
        assignment = cast.assignment()
        update = exempt_update(cast, assignment)
        client.force_login(cast.sam)
        assert SECRET in page_of(client, assignment)
        sight = ExemptAccessLog.objects.get()
        assert (sight.user, sight.what, sight.row_key) == (cast.sam, "update", update.pk)

    def test_once_opened_everybody_reads_it_with_the_reason(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        update = exempt_update(cast, assignment)
        open_exempt(by=fresh(cast.sam), thing=update, reason="The matter is settled.")
        text = page_of(client, assignment)
        assert SECRET in text
        assert "Opened on 12 January 2026: The matter is settled." in text
        assert not ExemptAccessLog.objects.exists()

    @pytest.mark.parametrize("name", ["home", "recommendations", "recommendations_file", "feed", "search"])
    def test_it_is_nowhere_else(self, cast: Cast, client: Client, name: str) -> None:
        assignment = cast.assignment()
        exempt_update(cast, assignment)
        responses.record_response(
            by=cast.sam,
            assignments=[assignment],
            decision=Decision.ACCEPTED,
            decided_on=NOON.date(),
            text="Agreed.",
            exempt_text=SECRET,
            exempt_paragraphs=[3],
            public_summary=SUMMARY,
        )
        for reader in (None, cast.sam):
            if reader:
                client.force_login(reader)
            for form in ("csv", "json") if name.endswith("_file") else ("",):
                response = client.get(reverse(name, args=[form] if form else []), {"q": "number nine"})
                content = response.getvalue()
                assert SECRET.encode() not in content.replace(b"number nine</mark>", b"")


class TestBody:
    def test_tells_its_term_and_its_record_of_responses(self, cast: Cast, client: Client) -> None:
        answered, late = cast.assignment(), cast.assignment(notified_on=dt.date(2025, 10, 1))
        cast.response(answered)
        text = client.get(reverse("body", args=[cast.cabinet.pk])).content.decode()
        assert late.response_due_on == dt.date(2025, 12, 1)
        assert "2 months from the day a recommendation is sent" in text
        assert "Local Government Act 2000, s.9FE" in text
        assert "1 of 2 responses due came in time, 1 still missing after the term." in text

    def test_shows_nothing_of_unpublished_inquiries(self, cast: Cast, client: Client) -> None:
        recommendation = cast.recommendation(cast.inquiry("Hidden"), heading="A hidden heading")
        assignments.address(by=cast.sam, recommendation=recommendation, body=cast.cabinet)
        for address in (
            reverse("body", args=[cast.cabinet.pk]),
            reverse("body_file", args=[cast.cabinet.pk, "csv"]),
        ):
            response = client.get(address)
            content = response.getvalue()
            assert b"A hidden heading" not in content


class TestForMachines:
    def test_sitemap_lists_published_pages_only(self, cast: Cast, client: Client) -> None:
        shown, hidden = cast.assignment().recommendation, cast.recommendation(cast.inquiry("Hidden"))
        text = "".join(sitemap_files(client).values())
        assert f"{reverse('recommendation', args=[shown.pk])}<" in text
        assert f"{reverse('inquiry', args=[shown.inquiry_id])}<" in text
        assert f"{reverse('body', args=[cast.cabinet.pk])}<" in text
        assert f"{settings.SITE_URL}{reverse('open_data')}<" in text
        assert f"{reverse('recommendation', args=[hidden.pk])}<" not in text
        assert f"{reverse('inquiry', args=[hidden.inquiry_id])}<" not in text

    def test_sitemap_goes_on_in_parts(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sitemaps.SiteSitemap, "limit", 2)
        inquiry = cast.inquiry("Long")
        made = [cast.recommendation(inquiry) for _ in range(3)]
        cast.publish(inquiry)
        files = sitemap_files(client)
        parts = [text for address, text in files.items() if "recommendations" in address]
        assert [text.count("<loc>") for text in parts] == [2, 1]
        assert all(f"{reverse('recommendation', args=[rec.pk])}<" in "".join(parts) for rec in made)
        where = reverse("sitemap_section", args=["recommendations"])
        assert client.get(where, {"p": "3"}).status_code == 404
        assert client.get(where, {"p": "x"}).status_code == 404
        assert client.get(reverse("sitemap_section", args=["secrets"])).status_code == 404
        assert "Allow: /sitemap-" in client.get(reverse("robots")).content.decode()

    def test_sitemap_says_when_a_page_last_changed(self, cast: Cast, client: Client) -> None:
        assignment, quiet = cast.assignment(), cast.assignment()
        published = quiet.recommendation.inquiry.published_on
        cast.published(assignment)
        cast.draft(quiet, claim=Claim.ON_TRACK, progress="Not public yet.")
        changed = [
            reverse("recommendation", args=[assignment.recommendation_id]),
            reverse("inquiry", args=[assignment.recommendation.inquiry_id]),
            reverse("body", args=[assignment.body_id]),
        ]
        files = sitemap_files(client)
        text = "".join(files.values())
        for where in changed:
            assert f"{where}</loc><lastmod>{clock.today()}</lastmod>" in text
        where = reverse("recommendation", args=[quiet.recommendation_id])
        assert f"{where}</loc><lastmod>{published}</lastmod>" in text
        assert published != clock.today()

    @pytest.mark.parametrize("section", ["", *sitemaps.SITEMAPS])
    def test_sitemap_asks_as_much_for_twenty_rows_as_for_one(
        self, cast: Cast, client: Client, section: str
    ) -> None:
        where = reverse("sitemap_section", args=[section]) if section else reverse("sitemap")

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(where).status_code == 200
            return len(queries)

        cast.published(cast.assignment())
        first = count()
        for _ in range(19):
            cast.published(cast.assignment())
        assert count() == first

    @pytest.mark.parametrize("name", ["feed", "sitemap"])
    def test_a_cache_asks_whether_it_changed(self, cast: Cast, client: Client, name: str) -> None:
        cast.published(cast.assignment())
        answer = client.get(reverse(name))
        assert answer["Cache-Control"] == "no-cache"
        again = client.get(reverse(name), headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        cast.published(cast.assignment())
        assert client.get(reverse("feed"), headers={"if-none-match": answer["ETag"]}).status_code == 200
        client.force_login(cast.sam)
        assert "no-store" in client.get(reverse(name))["Cache-Control"]

    def test_robots_keeps_an_internal_site_out_of_search_engines(
        self, db: None, client: Client, settings: object
    ) -> None:
        assert "Sitemap:" in client.get(reverse("robots")).content.decode()
        settings.PUBLIC_SITE = False  # type: ignore[attr-defined]
        assert "Disallow: /\n" in client.get(reverse("robots")).content.decode() + "\n"

    def test_feed_holds_published_updates_and_responses(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        cast.response(assignment)
        cast.published(assignment)
        assert client.get(reverse("feed")).content.decode().count("<entry>") == 2

    def test_feed_tells_the_latest_first_on_the_address_of_the_site(self, cast: Cast, client: Client) -> None:
        assignment = cast.assignment()
        response = cast.response(assignment)
        update = cast.published(assignment, progress="Two of five are built.")
        answer = client.get(reverse("feed"))
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        tree = ElementTree.fromstring(answer.content)  # noqa: S314 (our own)
        atom = "{http://www.w3.org/2005/Atom}"
        page = f"{settings.SITE_URL}{reverse('recommendation', args=[assignment.recommendation_id])}"
        entries = list(tree.iter(f"{atom}entry"))
        assert [entry.find(f"{atom}link").get("href") for entry in entries] == [  # type: ignore[union-attr]  # each has one
            f"{page}#update-{update.pk}",
            f"{page}#response-{response.pk}",
        ]
        latest = entries[0]
        assert latest.findtext(f"{atom}summary") == "Two of five are built."
        assert latest.findtext(f"{atom}author/{atom}name") == update.body_name
        assert latest.findtext(f"{atom}title") == f"Cabinet: On track. {assignment.recommendation}"
        assert (
            entries[1].findtext(f"{atom}title") == f"Cabinet responded: Accepted. {assignment.recommendation}"
        )
        links = {link.get("rel"): link.get("href") for link in tree.findall(f"{atom}link")}
        assert links == {"alternate": f"{settings.SITE_URL}/", "self": f"{settings.SITE_URL}/feed.atom"}

    def test_feed_keeps_its_ids_when_the_site_moves(self, cast: Cast, client: Client, settings: Any) -> None:
        """RFC 4287, section 4.2.6: an id never changes, wherever the feed is."""

        def ids() -> list[str]:
            text = client.get(reverse("feed")).content.decode()
            return re.findall(r"<id>([^<]*)</id>", text)

        assignment = cast.assignment()
        cast.response(assignment)
        cast.published(assignment)
        before = ids()
        assert len(set(before)) == 3
        assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in before)
        settings.SITE_URL = "https://elsewhere.example"
        assert ids() == before
        cast.published(cast.assignment())
        assert set(before) < set(ids())


class TestQueryBudgets:
    @pytest.mark.parametrize("name", ["home", "inquiries", "recommendations", "bodies", "search"])
    def test_lists_ask_as_much_for_twenty_rows_as_for_one(
        self, cast: Cast, client: Client, name: str
    ) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert (
                    client.get(reverse(name), {"q": "crossings"} if name == "search" else {}).status_code
                    == 200
                )
            return len(queries)

        cast.close(self.one(cast))
        self.one(cast)
        first = count()
        for _ in range(18):
            self.one(cast)
        assert count() == first

    @pytest.mark.parametrize("person", [None, "sam"])
    def test_one_recommendation_asks_as_much_for_a_long_history(
        self, cast: Cast, client: Client, person: str | None
    ) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                page_of(client, assignment)
            return len(
                [q for q in queries if "exemptaccesslog" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
            )

        assignment = self.one(cast)
        cast.verdict(assignment, Grade.ON_COURSE, Outcome.KEEP)
        cast.response(assignment)
        if person:
            client.force_login(getattr(cast, person))
        first = count()
        for _ in range(19):
            cast.published(assignment)
        assert count() == first

    def one(self, cast: Cast) -> Assignment:
        assignment = cast.assignment()
        cast.published(assignment)
        return assignment


def test_the_latest_progress_leaves_out_what_was_corrected(cast: Cast, client: Client) -> None:
    """Of an update and the one that corrects it, only the right one is told, and as what it is."""
    part = cast.assignment()
    wrong = cast.published(part, claim=Claim.AT_RISK)
    draft = updates.start_update(by=cast.olive, assignment=part, corrects=wrong)
    said: dict[str, Any] = {"claim": Claim.ON_TRACK, "progress": "Two of the five crossings are built."}
    right = updates.save_draft(by=cast.olive, update=draft, **said)
    home = words_of(client.get(reverse("home")))
    assert "At risk" in home  # a draft corrects nothing yet
    right = updates.submit_update(by=cast.olive, update=right)
    updates.publish_update(by=cast.ada, update=right, looked_at=True)
    home = words_of(client.get(reverse("home")))
    assert "At risk" not in home
    assert "Published 12 January 2026 Corrected It corrects an earlier update" in home
