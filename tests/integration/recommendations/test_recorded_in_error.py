"""What was recorded in error stays on the record with its mark, and counts nowhere else.

Two worlds: one in which each wrong thing was recorded and corrected, and one in which it never was. Every address is opened
in both by the public and by people of every kind. Words of a wrong thing stand only beside its mark, and whatever does not
tell of corrections reads the same in both.
"""

from __future__ import annotations

import csv
import datetime as dt
import difflib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from committee import clock
from recommendations.actions import (
    assignments,
    corrections,
    evidence,
    inquiries,
    notices,
    proposed_verdicts,
    responses,
    reviews,
    sources,
    target_dates,
)
from recommendations.actions import recommendations as recs
from recommendations.lifecycle import (
    ChangeKind,
    Decision,
    Edition,
    Grade,
    NoticeKind,
    Outcome,
    RelationKind,
)
from recommendations.models import (
    Assessment,
    Assignment,
    Finding,
    Meeting,
    Pack,
    Recommendation,
    Response,
    Source,
    TargetChange,
)
from recommendations.notifications.due import everything
from recommendations.packs.content import build_content
from recommendations.queries.dashboard import LISTINGS
from tests.factories import TODAY, Cast, at, fresh
from tests.integration.sample_data import Things, make_things
from tests.routes import OURS, ask

pytestmark = [pytest.mark.prepared(make=make_things), pytest.mark.slow]

WORDS = ("Quokka", "Wombat", "Numbat", "Bandicoot", "Thylacine", "Potoroo", "Dugong")
"""Words that only what was recorded in error has: a response, two verdicts, a body's part, a recommendation, an inquiry's
relation to it, the decision on a new date.
"""
MARK = re.compile(r"in error|withdrawn", re.IGNORECASE)
ROWS = ("li", "tr", "article", "option")
"""The elements in which a mark is near."""
TELL_OF_CORRECTIONS = {
    "audit_trail",
    "body",
    "assignment",
    "choose_recommendations",
    "compose_pack",
    "date_requests",
    "edit_pack",
    "committee_dashboard",
    "feed",
    "inquiry",
    "inquiry_sources",
    "inquiry_workspace",
    "meeting",
    "my_work",
    "preview_pack",
    "recommendation",
    "recommendations",
    "recommendations_file",
    "sitemap",
}
"""Pages and files that tell of a correction, or show what was recorded in error with its mark."""
MARK_IN_A_LIST = ".//p[contains(@class, 'app-correction')][a[starts-with(@href, '/recommendations/')]]"
"""What tells in a list, of what stands, where to read of its correction."""
STAY_OPEN = {"write_review_updates", "check_review_updates"}
"""Open to a body that was asked in error too: what somebody there is typing must not be lost."""
NEVER_THE_SAME = {"search", "audit_trail", "health", "people", "person", "account", "administration"}
"""They find what was recorded in error, or tell of sign-ins and of the database itself."""


@pytest.fixture
def things(prepared: Things) -> Things:
    return prepared


@pytest.fixture(autouse=True)
def without_a_second_step(settings: Any) -> None:
    settings.REQUIRE_ADMIN_MFA = False


@dataclass
class World:
    """The sample council, with what is recorded in error in it, if anything is."""

    cast: Cast
    things: Things
    past: Meeting
    judged: Assignment
    late: Assignment
    dated: TargetChange
    finding: Finding
    source: Source
    response: Response | None = None
    verdicts: list[Assessment] = field(default_factory=list)
    parts: list[Assignment] = field(default_factory=list)
    withdrawn: Recommendation | None = None

    @classmethod
    def made(cls, cast: Cast, things: Things) -> World:
        past = cast.meeting(dt.date(2025, 12, 1))
        judged = cast.assignment(heading="Judged")
        cast.verdict(judged, Grade.CONCERNS, Outcome.KEEP, meeting=past)
        late = cast.assignment(heading="Late", first_target_on=dt.date(2025, 11, 1))
        asks: dict[str, Any] = {
            "by": cast.olive,
            "assignment": cast.assignment(heading="Dated"),
            "reason": "The permit is late.",
        }
        refused = target_dates.request_new_date(**asks, new_date=dt.date(2026, 8, 31))
        target_dates.decide_new_date(
            by=cast.sam, change=refused, agreed=False, note="Not yet.", meeting=things.meeting
        )
        asked = target_dates.request_new_date(**asks, new_date=dt.date(2026, 9, 30))
        reviews.request_from_new_assignments(by=cast.sam, review=cast.committee.reviews.get())
        inquiry = things.assignment.recommendation.inquiry
        finding = inquiries.add_finding(by=cast.sam, inquiry=inquiry, number="2", text="Too few.")
        source = sources.add_source(by=cast.sam, inquiry=inquiry, publisher="The Gazette", title="A report")
        sources.cite(by=cast.sam, source=source, about=inquiry, fact="The inquiry was announced.")
        return cls(cast, things, past, judged, late, asked, finding, source)

    def record_in_error(self) -> None:
        """Record a response, two verdicts, a body's part and a recommendation that are wrong, with all that hangs on them."""
        cast, part = self.cast, self.things.assignment
        self._respond()
        escalated = cast.verdict(
            self.late, Grade.CONCERNS, Outcome.ESCALATE, meeting=self.past, comment="Wombats."
        )
        closed = cast.verdict(
            self.judged,
            Grade.IMPLEMENTED,
            Outcome.CLOSE_IMPLEMENTED,
            meeting=self.things.meeting,
            comment="Numbats.",
        )
        self.verdicts = [escalated, closed]
        target_dates.decide_new_date(
            by=cast.sam, change=self.dated, agreed=True, note="Dugongs wait.", meeting=self.things.meeting
        )
        addressed = (cast.police, "Bandicoot"), (cast.school, "Potoroo")
        self.parts = [self._add_part(part.recommendation, body, word) for body, word in addressed]
        self.withdrawn = self._add_recommendation(part.recommendation)
        reviews.request_from_new_assignments(by=cast.sam, review=cast.committee.reviews.get())

    def _respond(self) -> None:
        [self.response] = responses.record_response(
            by=self.cast.sam,
            assignments=[self.things.assignment],
            decision=Decision.NOT_OURS,
            reason="Quokkas decide.",
            text="This is for Testshire Police and Quokkas.",
            decided_on=dt.date(2025, 12, 1),
            exempt_text="A Quokka costs £1.",
            exempt_paragraphs=[3],
            public_summary="The price of a Quokka.",
        )
        sources.cite(by=self.cast.sam, source=self.source, about=self.response, fact="Quokkas answered.")
        evidence.add_document(
            by=self.cast.sam, to=self.response, title="The Quokka’s letter", url="https://example.org/q"
        )

    def _add_part(self, recommendation: Recommendation, body: Any, word: str) -> Assignment:
        """Address the recommendation to a body that answers, and whose part a member judges."""
        cast = self.cast
        part = assignments.address(
            by=cast.sam,
            recommendation=recommendation,
            body=body,
            deliverer=f"The {word} team",
            first_target_on=dt.date(2025, 11, 1),
        )
        notices.send_notice(by=cast.sam, assignments=[part], on=dt.date(2025, 9, 2))
        part = Assignment.objects.for_list().get(pk=part.pk)
        cast.response(part, text=f"{word}s agree.", decided_on=dt.date(2025, 12, 2))
        proposed_verdicts.propose_verdict(
            by=cast.colin,
            recommendation=recommendation,
            assignment=part,
            meeting=self.things.meeting,
            grade=Grade.CONCERNS,
            outcome=Outcome.KEEP,
            comment=f"What of {word}s?",
        )
        return part

    def _add_recommendation(self, like: Recommendation) -> Recommendation:
        """Publish a recommendation that repeats another, to the Cabinet, which answers, reports, asks and writes on."""
        cast, other = self.cast, self.judged.recommendation
        row = recs.add_recommendation(
            by=cast.sam,
            inquiry=like.inquiry,
            number="2a",
            heading="Thylacine crossings",
            text="That the Cabinet puts in a safe crossing at each school on an A road for Thylacines.",
            success_measure="Thylacines cross.",
            made_at=self.past,
            finding=self.finding,
            related=[(other, RelationKind.REPEATS)],
        )
        row = recs.publish_recommendation(by=cast.sam, recommendation=row, on=dt.date(2025, 9, 1))
        part = cast.assignment(recommendation=row, first_target_on=dt.date(2025, 11, 1))
        cast.response(part, text="Thylacines agree.", decided_on=dt.date(2025, 12, 2))
        cast.published(part, progress="Thylacines were counted.")
        target_dates.request_new_date(
            by=cast.olive, assignment=part, new_date=dt.date(2026, 9, 30), reason="Thylacines are slow."
        )
        cast.submitted(part, progress="More Thylacines.")
        return row

    def correct(self) -> None:
        """Correct all of it, an hour later."""
        why = "It was corrected because it was typed wrong."
        by = self.cast.sam
        assert self.response is not None
        assert self.withdrawn is not None
        with at(TODAY, 13):
            corrections.correct_response(by=by, response=self.response, reason=why)
            for verdict in self.verdicts:
                corrections.correct_assessment(by=by, assessment=verdict, reason=why)
            corrections.correct_date_decision(by=by, change=self.dated, reason=why)
            for part in self.parts:
                corrections.correct_addressee(by=by, assignment=part, body=None, reason=why)
            corrections.withdraw_recommendation(by=by, recommendation=self.withdrawn, reason=why)

    # -------------------------------------------------------------- reading it

    @property
    def people(self) -> dict[str, Any]:
        """The public, and one person of each kind."""
        cast = self.cast
        kinds = ("sam", "carla", "colin", "olive", "pat")
        return {"public": None} | {name: getattr(cast, name) for name in kinds}

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every address with the name of its route, each of the things that were corrected beside the sample's."""
        for route in OURS:
            arguments = self.things.arguments(route.name, route.arguments)[0] if route.arguments else {}
            yield route.name, reverse(route.name, kwargs=arguments)
        inquiry = self.things.assignment.recommendation.inquiry_id
        of_inquiry = ("inquiry_workspace", "inquiry_sources", "new_recommendation", "send_notices")
        more: list[tuple[str, Any]] = [(name, inquiry) for name in (*of_inquiry, "take_back_notices")]
        more += [(name, self.past.pk) for name in ("assess_meeting", "meeting")]
        for part in (self.judged, self.late, self.dated.assignment):
            more += [
                ("assignment", part.pk),
                ("milestones", part.pk),
                ("inquiry", part.recommendation.inquiry_id),
            ]
            more += [(name, part.recommendation_id) for name in ("recommendation", "assess", "relate")]
        more += [(name, self.things.assignment.recommendation_id) for name in ("relate", "address")]
        more += [("body", body.pk) for body in (self.cast.police, self.cast.school, self.cast.committee)]
        for name, pk in more:
            yield name, reverse(name, args=[pk])
        for slug in LISTINGS:
            yield "dashboard_list", reverse("dashboard_list", args=[self.cast.committee.pk, slug])
        for sort in ("due", "updated", "slips"):
            yield "recommendations", f"{reverse('recommendations')}?sort={sort}"
        yield "record_response", f"{reverse('record_response')}?assignment={self.things.assignment.pk}"
        for word in (*WORDS, "road", "crossing"):
            yield "search", f"{reverse('search')}?q={word}"

    def of_the_corrected(self) -> Iterator[tuple[str, str]]:
        """The addresses about what was recorded in error."""
        assert self.withdrawn is not None
        part = self.withdrawn.assignments.get()
        pairs: list[tuple[str, int]] = [
            *((name, self.withdrawn.pk) for name in ("recommendation", "edit_recommendation", "address")),
            *((name, self.withdrawn.pk) for name in ("relate", "assess")),
            *(
                (name, self.parts[0].pk)
                for name in ("assignment", "edit_assignment", "milestones", "log_update")
            ),
            *((name, part.pk) for name in ("assignment", "edit_assignment", "milestones", "log_update")),
        ]
        for name, pk in pairs:
            yield name, reverse(name, args=[pk])

    def pages(self, addresses: Iterator[tuple[str, str]]) -> dict[tuple[str, str, str], Any]:
        """What each person is answered at each address, by the person, the route and the address."""
        found = {}
        listed = list(addresses)
        for who, user in self.people.items():
            client = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(fresh(user))
            for name, where in listed:
                answer = ask(client, where)
                assert answer.status_code < 500, f"{where}: {answer.status_code}"
                if answer.status_code == 200:
                    found[who, name, where] = answer
        return found

    def pack(self) -> dict[str, Any]:
        """The content of a public pack of all that is published."""
        chosen = list(Recommendation.objects.published().order_by("pk").values_list("pk", flat=True))
        pack = Pack(
            meeting=self.things.meeting,
            edition=Edition.PUBLIC,
            created_by=self.cast.carla,
            selection=chosen,
            title="All",
        )
        return build_content(pack, by=fresh(self.cast.carla), moment=clock.now())

    def notices(self) -> set[tuple[str, int, str]]:
        return {
            one.key for one in everything() if one.kind not in (NoticeKind.WITHDRAWN, NoticeKind.DATE_ASKED)
        }


# ------------------------------------------------------------------ what a page says


def lines_of(answer: Any) -> list[str]:
    """The lines that a page or a file reads as: its rows, paragraphs and headings; of a table the column of corrections apart."""
    if "csv" in answer["Content-Type"]:
        rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
        return [json.dumps({name: cell for name, cell in row.items() if name != "Corrected"}) for row in rows]
    if "html" not in answer["Content-Type"]:
        return [line.strip() for line in answer.body.decode(errors="replace").splitlines() if line.strip()]
    page = _main(answer)
    for unseen in page.xpath(f".//script|.//style|.//input[@type='hidden']|{MARK_IN_A_LIST}"):
        unseen.drop_tree()
    for row in page.xpath(".//*[self::p or self::li or self::tr or self::h1 or self::h2 or self::h3 or self::option"
                          " or self::td or self::dd or self::dt or self::legend or self::label or self::div]"):  # fmt: skip
        row.tail = f"\n{row.tail or ''}"
        row.text = f"\n{row.text or ''}"
    return [" ".join(line.split()) for line in page.text_content().split("\n") if line.strip()]


def _main(answer: Any) -> Any:
    page = lxml.html.fromstring(answer.body.decode())
    return next(iter(page.xpath("//main")), page)


def unmarked(answer: Any) -> list[str]:
    """The lines with words of something recorded in error that stand without a mark near them."""
    kind = answer["Content-Type"]
    if "json" in kind:
        return [str(row) for row in json.loads(answer.body) if _is_unmarked(json.dumps(row))]
    if "html" in kind:
        return list(_unmarked_of(_main(answer)))
    rows = re.split(r"</entry>" if "xml" in kind else r"\n", answer.body.decode(errors="replace"))
    return [row for row in rows if _is_unmarked(row)]


def _is_unmarked(words: str) -> bool:
    return any(word in words for word in WORDS) and not MARK.search(words)


def _unmarked_of(main: Any) -> Iterator[str]:
    """Yield words that stand in no row with a mark; outside of rows the page is marked."""
    for element in main.iter():
        if not isinstance(element.tag, str) or not any(word in (element.text or "") for word in WORDS):
            continue
        rows = [element, *element.iterancestors()]
        near = [one for one in rows if one.tag in ROWS] or [main]
        if not any(MARK.search(one.text_content()) for one in near):
            yield " ".join(element.text_content().split())


def without_corrections(answer: Any) -> list[str]:
    """The lines of a page that tells of corrections, without those rows that do."""
    page = _main(answer)
    told = re.compile(r"in error|withdrawn|corrected|quokka", re.IGNORECASE)
    right_now = ".//p[contains(@class, 'app-correction')][a[starts-with(@href, '#correction-')]]"
    for mark in page.xpath(f"{MARK_IN_A_LIST}|{right_now}"):  # of what stands, which stays in the list
        mark.drop_tree()
    for row in page.xpath(
        ".//li|.//tr|.//article|.//details|.//section[@class='app-section' and starts-with(@id, 'body-')]"
    ):
        own = row.text_content()
        within = {"li": ".//ul//li", "section": ".//tr"}.get(row.tag)
        for inner in row.xpath(within) if within else ():  # dropped by itself
            own = own.replace(inner.text_content(), "")
        if told.search(own):
            row.drop_tree()
    answer.body = lxml.html.tostring(page)
    counted = re.compile(
        r"(No recommendation was|Nothing).*|None\.|\d+ recommendations?|.*\b(part of a|\d+) pages?\b.*"
    )
    return [line for line in lines_of(answer) if not told.search(line) and not counted.fullmatch(line)]


# ------------------------------------------------------------------ the two worlds


def test_it_is_marked_and_counts_nowhere(cast: Cast, things: Things) -> None:
    world = World.made(cast, things)
    with at(TODAY, 14):
        never = world.pages(world.addresses())
        pack, due = world.pack(), world.notices()
    world.record_in_error()
    world.correct()
    wrong = []
    with at(TODAY, 14):
        corrected = world.pages(world.addresses())
        about = world.pages(world.of_the_corrected())
        assert world.notices() == due
        assert_packs_agree(pack, world.pack())
    for (who, name, where), answer in corrected.items():
        if name != "audit_trail":
            wrong += [f"{who} reads at {where} without a mark: {words[:200]}" for words in unmarked(answer)]
    for (who, _, where), answer in about.items():
        if not MARK.search(_main(answer).text_content()):
            wrong.append(f"{who} reads at {where} without a mark")
    assert {key for key in corrected if key not in never and key[1] not in STAY_OPEN} == set()
    assert {key for key in never if key not in corrected} == set()
    for (who, name, where), answer in corrected.items():
        if (who, name, where) not in never:
            continue
        if (
            name in NEVER_THE_SAME
            or "/account" in where
            or (name in TELL_OF_CORRECTIONS and "html" not in answer["Content-Type"])
        ):
            continue
        read = without_corrections if name in TELL_OF_CORRECTIONS else lines_of
        before, after = read(never[who, name, where]), read(answer)
        differing = [
            line
            for line in difflib.unified_diff(before, after, lineterm="", n=0)
            if line[:2] not in ("--", "++", "@@")
        ]
        if differing:
            wrong.append(f"{who} reads otherwise at {where}: {differing[:12]}")
    assert wrong == [], "\n".join(wrong)


def assert_packs_agree(never: dict[str, Any], corrected: dict[str, Any]) -> None:
    """A pack holds the same in both worlds, but that it tells what was corrected."""
    for content in (never, corrected):
        content.pop("made_at", None)
        told = (content["since"] or {"told": []})["told"]
        content["since"] = [one for one in told if one["kind"] != ChangeKind.CORRECTED]
    assert never == corrected
