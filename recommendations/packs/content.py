"""A pack's content: plain data (strings, numbers, lists, dictionaries), read from history as at a moment.

`reader` and `since` read the record, here they are put together; `summary` and `key` are made of the data alone. What is
not in the data can't reach a file, whatever is made of it later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from committee import clock
from committee.accounts.models import User
from committee.branding import is_demonstration
from committee.prose import entries
from recommendations.lifecycle import BodyKind, Implication, PackSection, Role
from recommendations.models import Body, Citation, ImportBatch, Inquiry, Meeting, Pack, Recommendation
from recommendations.packs.key import key
from recommendations.packs.reader import PackReader
from recommendations.packs.since import since
from recommendations.packs.summary import escalated, overdue, slips, summary
from recommendations.packs.values import Data, day, day_of
from recommendations.queries.silence import of_inquiries

FORMAT = 3
"""Raised when the shape of the data changes, so that old packs can still be read: `html.sections` knows each."""

NOBODY_WROTE = "Not stated"
"""What stands for reasons and implications that nobody wrote, where only public sources tell of what the pack covers."""

ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]'’]")
"""An address of the web in a text, without the stop of its sentence."""

Step = Callable[[int, int, str], None]


NOTHING_TO_SHOW = (
    "None of the recommendations chosen can be shown in this edition. Edit the pack and choose again"
)


class NothingToShow(Exception):
    """The pack has no recommendation that its edition may show. The message says what to do."""


def _no_step(done: int, total: int, words: str) -> None:
    return None


def build_content(pack: Pack, *, by: User, moment: dt.datetime, step: Step = _no_step) -> Data:
    """Return the pack as data, as at the moment, in its edition.

    `by` is the person it is made for: exempt text beyond their right stays out of the exempt edition too. Raise
    NothingToShow if the edition may show none of the chosen recommendations.
    """
    reader = PackReader(pack, by=by, moment=moment)
    chosen = reader.recommendations()
    if not chosen:
        raise NothingToShow(NOTHING_TO_SHOW)
    shown: list[Data] = []
    for done, recommendation in enumerate(chosen):
        if done % 10 == 0:
            step(done, len(chosen), f"Reading recommendation {done + 1} of {len(chosen)}")
        shown.append(reader.recommendation(recommendation))
    step(len(chosen), len(chosen), f"Read {len(chosen)} recommendations")
    inquiries = _by_inquiry(chosen, shown, moment)
    content = {
        "format": FORMAT,
        "language": "en-GB",
        **_council(pack.meeting.body),
        "demonstration": is_demonstration(),
        "title": pack.title,
        "number": pack.number,
        "issue": pack.issue_words,
        "replaces": _replaced(pack),
        "edition": reader.edition_data(shown),
        "meeting": _meeting(pack.meeting),
        "report_of": pack.report_of or author_words(by, pack.meeting),
        "author": author_words(by, pack.meeting),
        "contact": pack.contact,
        "as_at": moment.isoformat(timespec="seconds"),
        "made_at": timezone.localtime(clock.now()).isoformat(timespec="seconds"),
        "purpose": pack.purpose,
        "decisions": entries(pack.decisions),
        "reasons": pack.reasons,
        "implications": [
            {"label": str(kind.label), "text": pack.implications.get(kind.value, "")} for kind in Implication
        ],
        "nothing_written": nothing_written(row.inquiry for row in chosen),
        "appendices": [_appendix(line) for line in entries(pack.appendices)],
        "sections": [section for section in PackSection.values if section in pack.sections],
        "summary": summary(shown),
        "since": since(pack, chosen, reader.names, moment),
        "inquiries": inquiries,
        "overdue": overdue(shown),
        "escalated": escalated(shown),
        "slips": slips(shown),
    }
    content["key"] = key(content)
    return content


def nothing_written(inquiries: Iterable[Inquiry]) -> str:
    """Return what stands for reasons and implications that nobody wrote in a pack of recommendations of these inquiries."""
    kinds = {inquiry.is_from_public_sources for inquiry in inquiries}
    return NOBODY_WROTE if kinds == {True} else "None"


def repeated_content(pack: Pack, withheld: Pack) -> Data:
    """Return the frozen content of a pack of which words were withheld, without them, as the content of the one that takes
    its place.
    """
    about = {
        "number": pack.number,
        "issue": pack.issue_words,
        "replaces": _replaced(pack),
        "made_at": timezone.localtime(clock.now()).isoformat(timespec="seconds"),
    }
    return {**(withheld.content or {}), **about}


def _council(body: Body) -> Data:
    """Return the council that the body belongs to; else the council whose installation this is."""
    council = Body.objects.filter(pk__in=body.lineage, kind=BodyKind.COUNCIL).order_by("pk").first()
    if council is None:
        return {"council": settings.COUNCIL_NAME, "council_short": settings.COUNCIL_SHORT_NAME}
    return {"council": council.name, "council_short": council.label}


def canonical(content: Data) -> bytes:
    """Return the data as JSON in its one form: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def content_hash(content: Data) -> str:
    """SHA-256 of the canonical data, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()


def author_words(by: User, meeting: Meeting) -> str:
    """Return who made the pack: their post if they hold one, else their role in the meeting's body.

    Never a name or an address: the paper outlives the person's time in the post.
    """
    post = by.posts.filter(ended_on__isnull=True, body__in=meeting.body.lineage).order_by("pk").first()
    if post is not None:
        return str(post)
    for membership in by.usable_memberships:
        if membership.role == Role.CLERK and membership.body_id in meeting.body.lineage:
            return f"{Role.CLERK.label}, {membership.body.name}"
    return f"Democratic services, {settings.COUNCIL_NAME}"


def _told(inquiries: Iterable[Inquiry], moment: dt.datetime) -> dict[int, Data]:
    """Return what sources tell of each inquiry, and how long nothing was heard of it, as at the moment, by its id."""
    rows = {inquiry.pk: inquiry for inquiry in inquiries}
    silences = of_inquiries(rows.values(), moment)
    told: dict[int, dict[str, list[str]]] = {pk: {} for pk in rows}
    citations = Citation.objects.as_at(moment).of_what_stood_at(moment).of_inquiries(set(rows)).with_sources()
    for citation in citations.order_by("source_id", "recorded_at", "pk"):
        of_it = told[citation.source.inquiry_id]
        of_it.setdefault(citation.source.standing.words, []).append(citation.words)
    return {
        pk: {
            "silence": silences[pk].words if pk in silences and silences[pk].is_worth_saying else "",
            "sources": [{"source": source, "facts": facts} for source, facts in told[pk].items()],
        }
        for pk in rows
    }


def _by_inquiry(chosen: Sequence[Recommendation], shown: Iterable[Data], moment: dt.datetime) -> list[Data]:
    """Return recommendations under their inquiries, both in the order chosen."""
    told = _told((row.inquiry for row in chosen), moment)
    prefetch_related_objects(
        [row.inquiry for row in chosen], Prefetch("import_batch", ImportBatch.objects.named())
    )
    inquiries: dict[int, Data] = {}
    for row, data in zip(chosen, shown, strict=True):
        inquiry = row.inquiry
        inquiries.setdefault(
            inquiry.pk,
            {
                "id": inquiry.pk,
                "reference": inquiry.reference,
                "title": inquiry.title,
                "committee": inquiry.committee.name,
                "published_on": day(inquiry.published_on),
                "source_note": inquiry.source_note,
                "sources_only": inquiry.is_from_public_sources,
                "imported": inquiry.imported_from,
                **told[inquiry.pk],
                "recommendations": [],
            },
        )["recommendations"].append(data)
    return list(inquiries.values())


def _replaced(pack: Pack) -> Data | None:
    if pack.replaces is None:
        return None
    earlier = pack.replaces
    return {
        "number": earlier.number,
        "issue": earlier.issue_words or "version 1",
        "supplement": pack.supplement,
        "finished_on": day_of(earlier.finished_at),
        "content_hash": earlier.content_hash,
        "changes": pack.changes,
    }


def _meeting(meeting: Meeting) -> Data:
    return {
        "id": meeting.pk,
        "name": meeting.name,
        "body": meeting.body.name,
        "held_on": day(meeting.held_on),
        "place": meeting.place,
        "agenda_url": meeting.agenda_url,
    }


def _appendix(line: str) -> Data:
    """The title of an appendix and its address, where one ends the line."""
    title, address = line, ""
    found = list(ADDRESS.finditer(line))
    if found and found[-1].end() == len(line):
        address = found[-1][0]
        title = line[: found[-1].start()].strip().rstrip(":,(–-").strip() or address
    return {"title": title, "address": address}
