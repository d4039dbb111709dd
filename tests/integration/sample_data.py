"""One of everything, for the walk over all addresses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile

from committee import clock
from committee.models import Email
from recommendations.actions import (
    assignments,
    bodies,
    evidence,
    inquiries,
    pack_templates,
    packs,
    recommendations,
    reviews,
    sources,
    successions,
    target_dates,
    updates,
    withholdings,
)
from recommendations.lifecycle import BodyKind, Claim, Edition, PackState, WithholdingGround
from recommendations.models import (
    Assignment,
    Body,
    Citation,
    Finding,
    ImportBatch,
    Inquiry,
    Meeting,
    Pack,
    PackTemplate,
    Recommendation,
    RespondentLink,
    Update,
    Withholding,
)
from recommendations.notifications.send import DIGEST
from recommendations.packs.content import build_content, content_hash
from tests.factories import Cast
from tests.trackers import handed_in

EXEMPT: dict[str, Any] = {
    "exempt_text": "The price was £1.",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}


IMPORT_PAGES = (
    "import", "import_progress", "read_import_again", "import_file", "import_details", "import_columns",
    "import_questions", "import_lines", "import_ignored", "import_gone", "apply_import", "undo_import",
    "follow_up_import", "discard_import",
)  # fmt: skip

DECISIONS_ON_WITHHELD = (
    "confirm_withholding", "put_back", "propose_put_back", "agree_put_back", "decline_put_back", "withdraw_put_back",
)  # fmt: skip


@dataclass
class Things:
    """A council with one of everything that an address can be about."""

    cast: Cast
    assignment: Assignment
    draft_inquiry: Inquiry
    draft_recommendation: Recommendation
    draft_assignment: Assignment
    added: Recommendation
    """A draft that was added to a public report."""
    finding: Finding
    draft: Update
    submitted: Update
    published: Update
    meeting: Meeting
    pack: Pack
    released: Pack
    ended: Body
    """A body that ended without a successor."""
    link: RespondentLink
    received: Update
    """An update that came by the link."""
    withholding: Withholding
    citation: Citation
    """What a source of the draft inquiry tells."""
    tracker: ImportBatch
    """A tracker that was read and is to be checked."""

    def arguments(self, name: str, wanted: list[str]) -> tuple[dict[str, Any], Any]:
        """The arguments of an address, and the thing it is about. KeyError for an address nobody told of here."""
        thing = self._by_name[name] if "pk" in wanted else None
        values = {"pk": getattr(thing, "pk", None), "form": "csv", "what": "overdue", "section": "pages"}
        if name == "open_exempt":
            values["what"] = "update"
        values["kind"], values["group"] = "update", "body"
        if name == "correct":
            values["what"] = "notice"
        if name in ("write_review_updates", "check_review_updates"):
            thing = self.assignment  # what a review asks of one's own body is one's own to answer
        if name in DECISIONS_ON_WITHHELD:
            thing = self.assignment  # whoever serves the committee whose record it is decides
        return {argument: values[argument] for argument in wanted}, thing

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        """What each address with an argument is about."""
        cast = self.cast
        by_name: dict[str, Any] = {
            "inquiry": self.assignment.recommendation.inquiry,
            "recommendation": self.assignment.recommendation,
            "correct": self.assignment,
            "publish_recommendation": self.added,
            "assess": self.assignment.recommendation,
            "body": cast.cabinet,
            "body_file": cast.cabinet,
            "edit_body": cast.cabinet,
            "new_post": cast.cabinet,
            "abolish_body": cast.cabinet,
            "split_body": cast.cabinet,
            "pass_inquiries": cast.committee,
            "name_successor": self.ended,
            "edit_post": cast.cabinet.posts.get(),
            "correct_source": self.citation.source,
            "cite_source": self.citation.source,
            "withdraw_citation": self.citation,
            "body_links": cast.committee,
            "personal_link": self.link,
            "revoke_link": self.link,
            "publish_received_update": self.received,
            "withhold_entry": self.published,
            "withhold_file": self.published.evidence.get(),
            "evidence_file": self.published.evidence.get(),
            "replace_evidence": self.published.evidence.get(),
            "remove_document": self.draft_inquiry.evidence.get(),
            "add_response_evidence": self.assignment.responses.get(),
            "preview_update": self.draft,
            "discard_update": self.draft,
            "add_evidence": self.draft,
            "approval": self.submitted,
            "recall_update": self.submitted,
            "update_versions": self.published,
            "take_back_approval": self.submitted,
            "take_back_received_approval": self.received,
            "mend_update": self.submitted,
            "open_exempt": self.published,
            "committee_dashboard": cast.committee,
            "dashboard_list": cast.committee,
            "assess_meeting": self.meeting,
            "assess_several": self.meeting,
            "edit_finding": self.finding,
            "remove_finding": self.finding,
            "review": cast.committee.reviews.get(),
            "write_review_updates": cast.committee.reviews.get(),
            "check_review_updates": cast.committee.reviews.get(),
            "move_due_date": cast.committee.reviews.get(),
            "request_from_new_assignments": cast.committee.reviews.get(),
            "close_review": cast.committee.reviews.get(),
            "cancel_review": cast.committee.reviews.get(),
            "reopen_review": cast.committee.reviews.get(),
            "take_back_chase": cast.committee.reviews.get(),
            "decide_date": self.assignment.target_changes.get(),
            "try_mail_again": Email.objects.failed().get(),
            "end_role": cast.olive.memberships.get(),
            "change_exempt_right": cast.olive.memberships.get(),
        }
        groups: list[tuple[Any, tuple[str, ...]]] = [
            (self.assignment, ("assignment", "log_update", "request_new_date", "milestones")),
            (self.draft_assignment, ("edit_assignment", "withdraw_assignment")),
            (
                self.draft_inquiry,
                (
                    "inquiry_workspace",
                    "edit_inquiry",
                    "move_inquiry",
                    "new_finding",
                    "inquiry_sources",
                    "new_source",
                    "add_document",
                    "send_notices",
                    "take_back_notices",
                    "new_recommendation",
                ),
            ),
            (
                self.draft_recommendation,
                ("edit_recommendation", "remove_recommendation", "address", "relate"),
            ),
            (
                self.meeting,
                (
                    "meeting",
                    "edit_meeting",
                    "move_meeting",
                    "plan_meeting_again",
                    "compose_pack",
                    "new_pack_outline",
                ),
            ),
            (
                self.released,
                (
                    "pack",
                    "pack_pdf",
                    "pack_html",
                    "pack_json",
                    "pack_csv",
                    "pack_word",
                    "pack_zip",
                    "new_pack_version",
                    "withhold_pack",
                    "replace_withheld_pack",
                ),
            ),
            (
                self.pack,
                (
                    "edit_pack",
                    "choose_recommendations",
                    "order_pack",
                    "preview_pack",
                    "build_pack",
                    "pack_progress",
                    "cancel_pack",
                    "release_pack",
                    "take_back_release",
                    "discard_pack",
                    "pack_outline",
                    "save_template",
                ),
            ),
            (
                self.withholding,
                ("withholding", "search_again", "erase_withholding", *DECISIONS_ON_WITHHELD),
            ),
            (PackTemplate.objects.get(), ("rename_template", "remove_template")),
            (self.tracker.rows.all()[0], ("import_line",)),
            (self.tracker, IMPORT_PAGES),
            (
                cast.olive,
                (
                    "person",
                    "edit_person",
                    "grant_role",
                    "deactivate_person",
                    "reactivate_person",
                    "send_password_link",
                    "remove_second_step",
                ),
            ),
        ]
        return by_name | {name: thing for thing, names in groups for name in names}


def make_things(cast: Cast) -> Things:
    """One of everything: a published inquiry in full swing, and another that only its committee may see."""
    from recommendations.actions import bodies

    Email.objects.create(
        to=cast.olive,
        address=cast.olive.email,
        subject="1 thing for you",
        builder=DIGEST,
        state="failed",
        failure="The mail server said: 550 no such user",
        message_id="<1@example.org>",
    )
    bodies.add_post(by=cast.admin, body=cast.cabinet, title="Leader")
    assignment = cast.assignment()
    cast.response(assignment)
    published = cast.draft(assignment, **EXEMPT)
    evidence.add_evidence(by=cast.olive, update=published, title="A report", url="https://example.org/report")
    published = updates.submit_update(by=cast.olive, update=published)
    published = updates.publish_update(by=cast.ada, update=published)
    target_dates.request_new_date(
        by=cast.olive, assignment=assignment, new_date=dt.date(2026, 9, 30), reason="Late"
    )
    other = assignments.address(by=cast.sam, recommendation=assignment.recommendation, body=cast.council)
    reviews.open_review(
        by=cast.sam, committee=cast.committee, title="6-month review", due_on=dt.date(2026, 2, 2)
    )
    submitted = cast.submitted(_second(cast), claim=Claim.AT_RISK)
    draft = cast.draft(_second(cast))
    draft_inquiry = cast.inquiry(title="An inquiry in private")
    finding = inquiries.add_finding(
        by=cast.sam, inquiry=draft_inquiry, number="1", text="A finding in private"
    )
    evidence.add_document(by=cast.sam, to=draft_inquiry, title="A paper", url="https://example.org/paper")
    draft_recommendation = cast.recommendation(draft_inquiry)
    draft_assignment = assignments.address(
        by=cast.sam, recommendation=draft_recommendation, body=cast.cabinet
    )
    source = sources.add_source(by=cast.sam, inquiry=draft_inquiry, publisher="The Gazette", title="A report")
    citation = sources.cite(by=cast.sam, source=source, about=draft_recommendation, fact="The words")
    meeting = cast.meeting(clock.today())
    link = cast.link(cast.school)
    received = cast.sent_by_link(link, cast.assignment(body=cast.school, heading="A school’s crossing"))
    assert other.pk
    cast.published(_second(cast), progress="Rufus Thorn crossed the road.")
    withholding = withholdings.withhold_words(
        by=cast.oscar,
        words="Rufus Thorn",
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named a child.",
    )
    pack = _pack(cast, meeting, assignment)
    pack_templates.save_template(by=cast.carla, pack=pack, name="Quarterly")
    return Things(
        cast=cast,
        assignment=Assignment.objects.for_list().get(pk=assignment.pk),
        draft_inquiry=draft_inquiry,
        citation=citation,
        draft_recommendation=draft_recommendation,
        draft_assignment=draft_assignment,
        added=_added(cast, assignment),
        finding=finding,
        draft=draft,
        submitted=submitted,
        published=published,
        meeting=meeting,
        pack=pack,
        released=_released(cast, meeting, assignment),
        ended=_ended(cast),
        link=link,
        received=received,
        withholding=withholding,
        tracker=handed_in(cast),
    )


def _added(cast: Cast, assignment: Assignment) -> Recommendation:
    return recommendations.add_recommendation(
        by=cast.sam,
        inquiry=assignment.recommendation.inquiry,
        number="2",
        heading="Something added",
        text="That something more is done.",
    )


def _ended(cast: Cast) -> Body:
    body = bodies.add_body(by=cast.admin, name="Old Mill School", kind=BodyKind.SCHOOL)
    successions.abolish_body(by=cast.admin, body=body, on=clock.today(), reason="It closed")
    return body


def _second(cast: Cast) -> Assignment:
    return cast.assignment(heading="Another crossing")


def _pack(cast: Cast, meeting: Meeting, assignment: Assignment) -> Pack:
    return packs.compose_pack(
        by=cast.carla,
        meeting=meeting,
        edition=Edition.PUBLIC,
        title="Briefing pack",
        selection=[assignment.recommendation_id],
    )


def _released(cast: Cast, meeting: Meeting, assignment: Assignment) -> Pack:
    """A pack as the worker would leave it, with a small file in place of the PDF, released to the public."""
    pack = _pack(cast, meeting, assignment)
    pack = packs.queue_pack(by=cast.carla, pack=pack)
    content = build_content(pack, by=cast.carla, moment=clock.now())
    pack.pdf.save("test.pdf", ContentFile(b"%PDF-1.7 a small file"), save=False)
    pack.html.save("test.html", ContentFile(b"<!doctype html><title>Pack</title>"), save=False)
    pack.word.save("test.docx", ContentFile(b"PK a small file"), save=False)
    Pack.objects.filter(pk=pack.pk).update(state=PackState.RENDERING)
    Pack.objects.filter(pk=pack.pk).update(
        state=PackState.READY,
        as_at=clock.now(),
        finished_at=clock.now(),
        content=content,
        content_hash=content_hash(content),
        pages=3,
        pdf=pack.pdf.name,
        pdf_hash="0" * 64,
        html=pack.html.name,
        word=pack.word.name,
        word_hash="0" * 64,
    )
    pack.refresh_from_db()
    return packs.release_pack(by=cast.carla, pack=pack)
