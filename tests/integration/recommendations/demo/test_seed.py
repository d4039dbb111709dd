"""Everything that pages, downloads and packs say of the 2015 inquiry is known: no empty box is read as "not yet"."""

from __future__ import annotations

import csv
import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from committee import clock
from committee.accounts.models import User
from recommendations.actions import packs, respondent_links
from recommendations.demo import people, seed
from recommendations.lifecycle import NOT_KNOWN, Edition, PackSection
from recommendations.models import Assignment, Body, Inquiry, Meeting, Recommendation, RespondentLink
from recommendations.packs.content import build_content
from recommendations.packs.data_table import table
from recommendations.packs.html import screen_html
from recommendations.packs.word import make_word
from recommendations.queries.dashboard import LISTINGS
from recommendations.queries.my_work import OF_WHAT_IS_KNOWN
from tests.clients import signed_in
from tests.factories import fresh
from tests.integration.recommendations.views.respondents.helpers import inside

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]

REFUSED = re.compile(
    r"\b(not yet|none yet|yet|awaits?|awaited|awaiting|not sent|not been sent|standard priority|overdue|on course|on track"
    r"|nothing has happened|nothing reported|nothing yet|response late|responses? due|is late|still open|none set|no date set"
    r"|no update|no response|nobody|not started|keep monitoring|waits for|in time|past its first date)\b",
    re.IGNORECASE,
)
"""What would tell of a real council what nobody knows."""

TITLES = re.compile(
    r"\b(Overdue and escalated|By the body it is addressed to)\b|(?<=Escalated|escalated) Overdue\b"
)
"""Titles of a pack's sections, under which it says that nothing is known."""


@dataclass
class Buckinghamshire:
    inquiry: Inquiry
    people: dict[str, User]
    bodies: dict[str, Body]

    def person(self, key: str) -> User:
        return fresh(self.people[f"bucks_{key}"])

    def clients(self) -> dict[str, Client]:
        """A browser of everybody who reads the record: of the public, of each role, and of who answers by a personal link."""
        keys = ("councillor", "chair", "scrutiny", "clerk", "officer", "approver", "admin")
        link = respondent_links.issue_link(
            by=self.person("scrutiny"),
            committee=self.inquiry.committee,
            body=self.bodies["learning_trust"],
            name="Respondent",
            email="respondent@example.org",
        )
        visiting = inside(RespondentLink.objects.for_list().get(pk=link.pk))
        return {"": Client(), "respondent": visiting} | {key: signed_in(self.person(key)) for key in keys}


@pytest.fixture
def bucks(settings: Any) -> Buckinghamshire:
    settings.REQUIRE_ADMIN_MFA = False
    admin = people.create(people.MARLSHIRE[0])
    people.give_roles(people.MARLSHIRE[0], admin, {})
    bodies = seed.make_bodies(admin)
    everybody = {person.key: people.create(person) for person in people.BUCKINGHAMSHIRE}
    for person in people.BUCKINGHAMSHIRE:
        people.give_roles(person, everybody[person.key], bodies)
    inquiry = seed.load(
        by=fresh(admin),
        scrutiny=fresh(everybody["bucks_scrutiny"]),
        clerk=fresh(everybody["bucks_clerk"]),
        at=bodies,
    )
    return Buckinghamshire(inquiry, everybody | {"bucks_admin": admin}, bodies)


def said(page: bytes) -> str:
    """What a page says, without what a person may choose in its forms, its foot, and how to read any record."""
    tree = lxml.html.fromstring(page)
    for part in tree.xpath(
        "//form | //footer | //nav | //head | //script | //template | //section[@aria-labelledby='how'] | //h1"
    ):
        part.drop_tree()
    return " ".join(tree.text_content().split())


def said_on(answer: Any) -> str:
    """What a page says, without the sense of the list that it shows."""
    words, listing = said(answer.content), (answer.context or {}).get("listing")
    return words.replace(listing.title, "", 1).replace(listing.lead, "", 1) if listing is not None else words


BLOCKS = [
    "p",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "dt",
    "dd",
    "div",
    "section",
    "tr",
    "caption",
    "summary",
    "br",
    "svg",
    "text",
]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALLOWED = Path(__file__).with_name("sentences.txt")
"""Every sentence that may be said of the inquiry, under the source that tells it."""


def allowed() -> set[str]:
    """Return the sentences of the list, without its headings, which end in a colon and stand at the margin."""
    return {line.strip() for line in ALLOWED.read_text().splitlines() if line.startswith("    ")}


def lines_of(page: bytes) -> set[str]:
    """Return what a page says, paragraph by paragraph, without what a person may choose in its forms and its furniture."""
    tree = lxml.html.fromstring(page)
    for part in tree.xpath(
        "//form | //footer | //header | //nav | //head | //script | //template | //section[@aria-labelledby='how']"
    ):
        part.drop_tree()
    for element in tree.iter(*BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    for element in tree.iter("span", "a", "strong"):
        element.tail = f" {element.tail or ''}"
    return {" ".join(line.split()) for line in tree.text_content().split("\n")} - {""}


def in_words(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def word_text(file: bytes) -> str:
    """The text of a Word document, tables included."""
    return " ".join(
        element.text or ""
        for element in Document(BytesIO(file)).element.body.iter()
        if element.tag.endswith("}t")
    )


def word_lines(file: bytes) -> set[str]:
    """Return the paragraphs of a Word document, those in tables included."""
    paragraphs = Document(BytesIO(file)).element.body.iter(f"{WORD}p")
    return lines_of_cells(
        "".join(text.text or " " for text in one.iter(f"{WORD}t", f"{WORD}tab")) for one in paragraphs
    )


def feed_lines(feed: bytes) -> set[str]:
    """Return what a feed says: the text of each element, as the reader of it sees it, without ids and times."""
    said = (one for one in etree.fromstring(feed).iter() if not str(one.tag).endswith(("}id", "}updated")))
    return lines_of_cells(in_words(element.text or "") for element in said)


def lines_of_cells(cells: Iterable[object]) -> set[str]:
    """Return the lines of the cells of a table."""
    lines = (line for cell in cells if cell is not None for line in str(cell).split("\n"))
    return {" ".join(line.split()) for line in lines} - {""}


def file_cells(content: bytes, form: str) -> list[object]:
    """Return the cells of a download, without its headings, and without the addresses of this site."""
    if form == "json":
        return [
            value
            for row in json.loads(content)["rows"]
            for name, value in row.items()
            if name != "address" and value != ""
        ]
    if form == "csv":
        rows: list[Any] = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(BytesIO(content)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
    cells = (cell for row in rows[1:] for cell in row[:-1])
    return [cell.date() if isinstance(cell, dt.datetime) else cell for cell in cells]


def refused_in(text: str) -> list[str]:
    """The wordings of unknown states in a text, each with some words around it."""
    bare = TITLES.sub("", text)
    return [bare[max(0, one.start() - 60) : one.end() + 40] for one in REFUSED.finditer(bare)]


def reading_pages(bucks: Buckinghamshire) -> Iterator[tuple[str, str]]:
    """Who opens which page: all that anybody reads of the inquiry, and all that its people read."""
    public = [
        reverse("home"),
        reverse("inquiries"),
        reverse("recommendations"),
        reverse("bodies"),
        reverse("feed"),
    ]
    public += [reverse("recommendations") + f"?status={status}" for status in ("not_known", "closed")]
    public += [reverse("search") + f"?q={words}" for words in ("exploitation", "taxi", "Cabinet")]
    public += [reverse("inquiry", args=[bucks.inquiry.pk])]
    public += [
        reverse("recommendation", args=[pk]) for pk in Recommendation.objects.values_list("pk", flat=True)
    ]
    public += [
        page + "?as_at=2016-06-01" for page in public if "/recommendations/" in page and page[-2].isdigit()
    ]
    public += [reverse("body", args=[pk]) for pk in Body.objects.values_list("pk", flat=True)]
    for address in public:
        yield "", address
    committee = bucks.inquiry.committee_id
    for who in ("councillor", "chair", "scrutiny"):
        board = reverse("committee_dashboard", args=[committee])
        for query in ("", "?as_at=2016-06-01", "?body=nobody"):
            yield who, board + query
    for slug in LISTINGS:
        yield "councillor", reverse("dashboard_list", args=[committee, slug])
        yield "chair", reverse("dashboard_list", args=[committee, slug]) + "?as_at=2016-06-01"
    for recommendation in Recommendation.objects.all():
        yield "chair", reverse("assess", args=[recommendation.pk])
        yield "scrutiny", reverse("address", args=[recommendation.pk])
        yield "scrutiny", reverse("relate", args=[recommendation.pk])
    for name in ("workspace", "reviews", "record_response", "date_requests", "manage_bodies", "links"):
        yield "scrutiny", reverse(name)
    for name in ("inquiry_workspace", "inquiry_sources", "send_notices"):
        yield "scrutiny", reverse(name, args=[bucks.inquiry.pk])
    for part in Assignment.objects.all():
        yield "scrutiny", reverse("edit_assignment", args=[part.pk])
    for name in ("meetings", "packs"):
        yield "clerk", reverse(name)
    for meeting in Meeting.objects.all():
        yield "clerk", reverse("meeting", args=[meeting.pk])
    for who in ("officer", "approver"):
        yield who, reverse("my_work")
        for queue in (*OF_WHAT_IS_KNOWN, "not-known"):
            yield who, reverse("my_work") + f"?show={queue}"
        for part in Assignment.objects.filter(body=bucks.bodies["successor"]):
            for name in ("assignment", "log_update", "milestones"):
                yield who, reverse(name, args=[part.pk])
    yield "approver", reverse("approvals")
    yield "admin", reverse("successions")
    yield "respondent", reverse("answering")


def test_no_page_says_what_is_not_known(bucks: Buckinghamshire) -> None:
    clients, found = bucks.clients(), {}
    for who, address in reading_pages(bucks):
        answer = clients[who].get(address)
        assert answer.status_code == 200, address
        if wrong := refused_in(said_on(answer)):
            found[f"{who} {address}"] = wrong
    assert not found, "\n".join(f"{page}: {wrong}" for page, wrong in found.items())


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_no_download_says_what_is_not_known(bucks: Buckinghamshire, form: str) -> None:
    for route in ("recommendations_file", "inquiries_file", "bodies_file"):
        answer = Client().get(reverse(route, args=[form]))
        content = answer.getvalue()
        if form == "xlsx":
            sheet = load_workbook(BytesIO(content)).active
            assert sheet is not None
            rows = list(sheet.iter_rows(values_only=True))
            text = "\n".join(str(cell) for row in rows[1:] for cell in row)
        elif form == "csv":
            text = content.decode().partition("\n")[2]
        else:
            text = re.sub(r'"\w+":', "", content.decode())
        assert not refused_in(text), route
        if route == "recommendations_file":
            assert NOT_KNOWN in text


def test_no_pack_says_what_is_not_known(bucks: Buckinghamshire) -> None:
    clerk = bucks.person("clerk")
    for meeting in Meeting.objects.with_a_day():
        pack = packs.compose_pack(
            by=clerk,
            meeting=meeting,
            title="The inquiry of 2015",
            sections=list(PackSection.values),
            selection=list(Recommendation.objects.values_list("pk", flat=True)),
        )
        assert pack.edition == Edition.PUBLIC
        content = build_content(pack, by=clerk, moment=clock.now())
        texts = {
            "page": in_words(screen_html(content, content_hash="x")),
            "table": "\n".join(cell for row in list(table(content))[1:] for cell in row),
            "word": word_text(make_word(content, content_hash="x", made_with={})),
        }
        for name, text in texts.items():
            assert not refused_in(text), name
            assert NOT_KNOWN in text, name


def test_everything_that_is_said_of_it_can_be_pointed_to(bucks: Buckinghamshire) -> None:
    """A claim that is new, on a page, in a download or in a pack, has to be entered in the list with where it comes from."""
    clients = bucks.clients()
    found: dict[str, str] = {}
    for who, address in reading_pages(bucks):
        answer = clients[who].get(address)
        if "html" in answer["Content-Type"]:
            found |= dict.fromkeys(lines_of(answer.content), f"{who} {address}")
    found |= dict.fromkeys(lines_of(Client().get(reverse("open_data")).content), "data")
    found |= dict.fromkeys(feed_lines(Client().get(reverse("feed")).content), "feed")
    for route in ("recommendations_file", "inquiries_file", "bodies_file"):
        for form in ("csv", "json", "xlsx"):
            file = Client().get(reverse(route, args=[form])).getvalue()
            found |= dict.fromkeys(lines_of_cells(file_cells(file, form)), f"{route} {form}")
    for body in Body.objects.all():
        file = Client().get(reverse("body_file", args=[body.pk, "json"])).getvalue()
        found |= dict.fromkeys(lines_of_cells(file_cells(file, "json")), f"file of {body.name}")
    clerk = bucks.person("clerk")
    for meeting in Meeting.objects.with_a_day():
        composing = clients["clerk"].get(reverse("compose_pack", args=[meeting.pk])).context["form"]
        proposed = {str(composing[name].value()) for name in ("title", "purpose", "decisions")} - {""}
        found |= dict.fromkeys(proposed, "what a new pack proposes")
        pack = packs.compose_pack(
            by=clerk,
            meeting=meeting,
            title="The inquiry of 2015",
            sections=list(PackSection.values),
            selection=list(Recommendation.objects.values_list("pk", flat=True)),
        )
        content = build_content(pack, by=clerk, moment=clock.now())
        found |= dict.fromkeys(lines_of(screen_html(content, content_hash="x").encode()), "pack")
        found |= dict.fromkeys(
            lines_of_cells(cell for row in table(content) for cell in row), "table of the pack"
        )
        found |= dict.fromkeys(word_lines(make_word(content, content_hash="x", made_with={})), "Word pack")
    new = {line: where for line, where in found.items() if line not in allowed()}
    assert not new, "\n".join(f"{where}: {line}" for line, where in new.items())
    assert not (gone := allowed() - set(found)), "\n".join(sorted(gone))


def test_what_no_source_tells_is_said_with_that(bucks: Buckinghamshire) -> None:
    """Where a page says that something passed to a successor, it says beside it that no source is cited for that."""
    said_so = 0
    for who, address in reading_pages(bucks):
        if not who:
            words = said(Client().get(address).content) if address != reverse("feed") else ""
            for one in re.finditer(
                r"Passed from Buckinghamshire County Council on|County Council , which ended on", words
            ):
                said_so += 1
                assert "No source of this record is cited for that" in words[one.end() : one.end() + 150], (
                    address
                )
    assert said_so
    rows = json.loads(Client().get(reverse("bodies_file", args=["json"])).getvalue())["rows"]
    ended = [row for row in rows if row["abolished"]]
    assert ended
    assert all("No source of this record is cited for that" in row["end_reason"] for row in ended)


def test_a_fact_that_several_sources_tell_stands_once(bucks: Buckinghamshire) -> None:
    cabinet = Meeting.objects.with_a_day().get()
    for client, address in (
        (Client(), reverse("inquiry", args=[bucks.inquiry.pk]) + "#meetings"),
        (signed_in(bucks.person("clerk")), reverse("meeting", args=[cabinet.pk])),
    ):
        tree = lxml.html.fromstring(client.get(address).content)
        (fact,) = (
            item
            for item in tree.xpath("//li[.//a[contains(@href, '#sources')]]")
            if item.text.strip().startswith("Cabinet met")
        )
        assert fact.text.strip().endswith("Sources:")
        assert [" ".join(link.text_content().split()) for link in fact.xpath("./a")] == [
            "bucksfreepress.co.uk, title not known, date not known",
            "stevebaker.info, title not known, date not known",
        ]


def test_what_a_body_is_part_of_is_not_known(bucks: Buckinghamshire) -> None:
    rows = json.loads(Client().get(reverse("bodies_file", args=["json"])).getvalue())["rows"]
    told = {row["name"]: row["parent"] for row in rows if "Buckinghamshire" in row["name"]}
    assert told == {
        "Buckinghamshire Council": None,
        "Buckinghamshire County Council": None,
        "Buckinghamshire Learning Trust": NOT_KNOWN,
        "Buckinghamshire Safeguarding Children Board": NOT_KNOWN,
        "Cabinet of Buckinghamshire County Council": "Buckinghamshire County Council",
        "Schools in Buckinghamshire": NOT_KNOWN,
    }
    for who, route in (("admin", "successions"), ("scrutiny", "manage_bodies")):
        tree = lxml.html.fromstring(signed_in(bucks.person(who)).get(reverse(route)).content)
        (cell,) = tree.xpath("//tr[contains(., 'Learning Trust')]/td[@data-label='Part of']")
        assert cell.text_content().strip() == NOT_KNOWN


def test_downloads_say_that_the_texts_are_summaries(bucks: Buckinghamshire) -> None:
    answer = Client().get(reverse("recommendations_file", args=["json"])).getvalue()
    told = {row["sources_tell"] for row in json.loads(answer)["rows"]}
    assert all("here in summary and not in the report’s words" in one for one in told)
    answer = Client().get(reverse("inquiries_file", args=["json"])).getvalue()
    (row,) = json.loads(answer)["rows"]
    assert [
        name in row["sources"] for name in ("Press release", "bucksfreepress.co.uk", "stevebaker.info")
    ] == [True] * 3
    assert row["about_record"] == seed.SOURCE_NOTE


def test_downloads_say_of_a_measure_without_addressee_that_its_owner_is_not_known(
    bucks: Buckinghamshire,
) -> None:
    answer = Client().get(reverse("recommendations_file", args=["json"])).getvalue()
    rows = [row for row in json.loads(answer)["rows"] if row["number"] in ("2", "4", "5", "6")]
    assert len(rows) == 4
    facts = [
        "owning_body",
        "first_owner",
        "lead",
        "sent",
        "response_due",
        "response",
        "response_date",
        "first_date",
        "present_date",
        "slips",
        "slip_days",
        "body_says",
        "body_says_date",
        "committee_found",
        "committee_found_date",
        "overdue",
        "closed",
        "closed_as",
    ]
    for row in rows:
        assert {name: row[name] for name in facts} == dict.fromkeys(facts, NOT_KNOWN)


def test_a_pack_not_made_yet_says_of_its_empty_boxes_what_the_pack_says(bucks: Buckinghamshire) -> None:
    clerk = bucks.person("clerk")
    pack = packs.compose_pack(
        by=clerk,
        meeting=Meeting.objects.with_a_day().get(),
        title="The inquiry of 2015",
        selection=list(Recommendation.objects.values_list("pk", flat=True)),
    )
    words = said(signed_in(clerk).get(reverse("pack", args=[pack.pk])).content)
    assert "Reasons Not stated Implications Not stated" in words
    assert build_content(pack, by=clerk, moment=clock.now())["nothing_written"] == "Not stated"
