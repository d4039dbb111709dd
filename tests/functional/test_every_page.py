"""Every page of the site, as somebody who may see it, on a telephone and on a desk: nothing for axe, no sideways
scrolling, a title, one h1. What is wrong anywhere is told at once, not page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from committee.models import Email, EmailState
from recommendations.actions import (
    bodies,
    evidence,
    imports,
    pack_templates,
    packs,
    recommendations,
    sources,
    successions,
    updates,
    withholdings,
)
from recommendations.actions.put_back_proposals import propose_put_back
from recommendations.imports.read import read_import
from recommendations.lifecycle import (
    Edition,
    NoticeKind,
    NoticeState,
    Role,
    Stage,
    TargetState,
    UpdateState,
    WithholdingGround,
)
from recommendations.models import (
    Assignment,
    Body,
    Citation,
    Evidence,
    Finding,
    ImportBatch,
    Inquiry,
    Meeting,
    Milestone,
    Notice,
    Pack,
    PackTemplate,
    Post,
    Recommendation,
    RespondentLink,
    Review,
    TargetChange,
    Update,
    Withholding,
)
from recommendations.notifications.send import DIGEST
from recommendations.permissions import RIGHTS, Right
from tests.factories import acting
from tests.functional.browser import Visitor
from tests.routes import OURS, Route
from tests.trackers import HEADS, a_tracker

WIDTHS = (1024, 360)
NARROW = 320
"""The narrowest window in which nobody may have to scroll sideways: WCAG 2.2, success criterion 1.4.10."""
TABLET = 820
"""Of a tablet held upright: filters stand beside their list, with little room for it. Only the width is looked at."""
NOT_PAGES = {
    "inquiries_file", "recommendations_file", "bodies_file", "body_file", "feed", "sitemap", "sitemap_section",
    "pack_pdf", "pack_json", "pack_csv", "pack_word", "pack_zip", "evidence_file",
    "pack_outline", "new_pack_outline", "robots", "import_file", "import_template",
}  # fmt: skip
"""Files, feeds and parts of pages."""
ONLY_PRESSED = {
    "similar", "move_meeting", "build_pack", "cancel_pack", "new_pack_version", "discard_pack", "replace_withheld_pack",
    "reactivate_person", "send_password_link", "try_mail_again", "request_from_new_assignments", "read_import_again",
    "withdraw_put_back",
}  # fmt: skip
"""Addresses that only a form speaks to."""
SIGN_INS = {
    Role.SCRUTINY_OFFICER: "scrutiny@marlshire.example",
    Role.CLERK: "clerk@marlshire.example",
    Role.COUNCILLOR: "councillor@marlshire.example",
    Role.CHAIR: "chair@marlshire.example",
    Role.RESPONSIBLE_OFFICER: "officer@marlshire.example",
    Role.APPROVER: "approver@marlshire.example",
    Role.ADMINISTRATOR: "admin@marlshire.example",
}
SPEAKS_FIRST = {
    Right.EDIT_BODIES: Role.SCRUTINY_OFFICER,
    Right.EDIT_MEETINGS: Role.CLERK,
    Right.MAKE_PACKS: Role.CLERK,
    Right.DASHBOARD: Role.COUNCILLOR,
    Right.PROPOSE_VERDICT: Role.COUNCILLOR,
    Right.ASSESS: Role.CHAIR,
    Right.PUBLISH_UPDATE: Role.APPROVER,
    Right.REPLACE_EVIDENCE: Role.APPROVER,
    Right.LOG_UPDATE: Role.RESPONSIBLE_OFFICER,
    Right.MY_WORK: Role.RESPONSIBLE_OFFICER,
}
"""Whose page it is first, where several roles hold the right."""

ACCOUNT_PAGES = (
    "account", "account_change_password", "account_logout", "mfa_index", "account_reauthenticate",
    "mfa_list_webauthn",
)  # fmt: skip
SIGNED_OUT_PAGES = (
    "account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
    "account_reset_password_from_key_done",
)  # fmt: skip


def a_busy_assignment() -> Assignment:
    """One of Children's Services with responses, updates and a slip."""
    own = Assignment.objects.filter(body__name="Children's Services", closed_on=None)
    return own.order_by("-slips", "-last_update_on")[0]


def added_to(inquiry: Inquiry) -> Recommendation:
    """A draft that was added to a public report."""
    officer = User.objects.get(email=SIGN_INS[Role.SCRUTINY_OFFICER])
    return recommendations.add_recommendation(
        by=officer,
        inquiry=inquiry,
        number=inquiry.next_number(),
        heading="Something added",
        text="That it is done.",
    )


def a_pack_not_released() -> Pack:
    """A pack that is ready, as the released one of the demonstration was before."""
    pack = Pack.objects.exclude(released_at=None)[0]
    pack.pk, pack.released_at, pack.released_by = None, None, None
    pack._state.adding = True
    pack.save()
    return pack


def a_pack_in_hand(meeting: Meeting, *, queued: bool = False) -> Pack:
    """A clerk's draft for the meeting, or one that waits to be made."""
    clerk = User.objects.get(email=SIGN_INS[Role.CLERK])
    chosen = [a_busy_assignment().recommendation_id]
    pack = packs.compose_pack(
        by=clerk, meeting=meeting, edition=Edition.PUBLIC, title="Progress", selection=chosen
    )
    return packs.queue_pack(by=clerk, pack=pack) if queued else pack


def a_template(meeting: Meeting) -> PackTemplate:
    clerk = User.objects.get(email=SIGN_INS[Role.CLERK])
    return pack_templates.save_template(by=clerk, pack=a_pack_in_hand(meeting), name="Quarterly")


def an_update_received(link: RespondentLink) -> Update:
    """What the link's person sent in, and the scrutiny officer has not taken in yet."""
    person = acting(link)
    part = Assignment.objects.for_link(link).open()[0]
    update = updates.start_update(by=person, assignment=part)
    updates.save_draft(by=person, update=update, claim="on_track", progress="Half of it is done.")
    return updates.submit_update(by=person, update=Update.objects.get(pk=update.pk))


def a_message_that_failed(person: User) -> None:
    """So that the log of mail, and the page of the person, hold one."""
    mail = Email.objects.create(
        to=person,
        address=person.email,
        subject="1 thing for you: 1 update asked for",
        builder=DIGEST,
        state=EmailState.FAILED,
        failure="The mail server said: 550 no such user",
        message_id="<walk@example.org>",
    )
    Notice.objects.create(
        kind=NoticeKind.ASKED, to=person, about="walk", subject="An update", state=NoticeState.SENT, mail=mail
    )


def a_document(inquiry: Inquiry) -> Evidence:
    scrutiny = User.objects.get(email=SIGN_INS[Role.SCRUTINY_OFFICER])
    return evidence.add_document(by=scrutiny, to=inquiry, title="A paper", url="https://example.org/paper")


def a_citation(inquiry: Inquiry) -> Citation:
    """What a source tells of the inquiry."""
    scrutiny = User.objects.get(email=SIGN_INS[Role.SCRUTINY_OFFICER])
    source = sources.add_source(
        by=scrutiny, inquiry=inquiry, publisher="The Marlshire Gazette", title="A report"
    )
    return sources.cite(by=scrutiny, source=source, about=inquiry, fact="That it was begun")


def a_withholding(committee: Body, *, confirmed: bool = False, proposed: bool = False) -> Withholding:
    """Of a step that one body reported to the committee, by the administrator; confirmed, or proposed to be put back too."""
    admin = User.objects.get(email=SIGN_INS[Role.ADMINISTRATOR])
    steps = Milestone.objects.filter(assignment__recommendation__inquiry__committee=committee)
    entry = steps.exclude(words__startswith="[withheld").order_by("pk")[0]
    made = withholdings.withhold_entry(
        by=admin, entry=entry, ground=WithholdingGround.COPYRIGHT, public_reason="Not ours to publish."
    )
    if confirmed or proposed:
        officer = User.objects.get(email=SIGN_INS[Role.SCRUTINY_OFFICER])
        made = withholdings.confirm_withholding(by=officer, withholding=made, reason="It is not.")
    if proposed:
        made = propose_put_back(by=admin, withholding=made, reason="We may publish it now.")
    return made


def an_import(committee: Body, *, applied: bool = False, waiting: bool = False) -> ImportBatch:
    """A tracker of the committee: to be checked, on the record, or not read yet."""
    officer = User.objects.get(email=SIGN_INS[Role.SCRUTINY_OFFICER])
    owner = "Children's Services" if applied else "Friends of the Library"
    inquiry = Inquiry.objects.filter(committee=committee, stage=Stage.MONITORING)[0].title
    content = a_tracker(
        ("71", "That the reading rooms open on Sundays.", owner, "Agreed", "They open in May.", "On track", "June 2024", inquiry),
        heads=(*HEADS, "Inquiry"),
        title=(f"Libraries: recommendations{' of old' if applied else ''}, position at 31 March 2025",),
    )  # fmt: skip
    batch = imports.hand_in(
        by=officer,
        committee=committee,
        file=ContentFile(content),
        file_name="libraries.csv",
        sha256=f"{applied}{waiting}".ljust(64, "0"),
        not_for_publication=False,
    )
    if waiting:
        return batch
    read_import(by=officer, batch=ImportBatch.objects.for_list().get(pk=batch.pk))
    batch.refresh_from_db()
    return imports.apply_import(by=officer, batch=batch) if applied else batch


def a_body_that_ended() -> Body:
    """One without a successor."""
    admin = User.objects.get(email=SIGN_INS[Role.ADMINISTRATOR])
    body = bodies.add_body(by=admin, name="Old Mill School", kind="school")
    successions.abolish_body(by=admin, body=body, on=clock.today(), reason="It closed")
    return body


def things() -> dict[str, Any]:
    """What each address with an argument is about, by its name; the demonstration has all of them."""
    committee = Body.objects.get(name="Children and Young People Select Committee")
    in_private = Inquiry.objects.filter(stage__in=[Stage.SCOPING, Stage.EVIDENCE, Stage.DRAFTING])
    inquiry = Inquiry.objects.filter(committee=committee, stage=Stage.MONITORING)[0]
    private = in_private.filter(committee__parent=committee.parent).first() or inquiry
    busy = a_busy_assignment()
    new = Assignment.objects.filter(recommendation__inquiry__committee__parent=committee.parent)
    draft = Update.objects.get(state=UpdateState.DRAFT, assignment__body__name="Highways and Transport")
    meeting = Meeting.objects.filter(body=committee, held_on__lte="2026-01-12").order_by("-held_on")[0]
    officer = Role.RESPONSIBLE_OFFICER
    person = Body.objects.get(name="Children's Services").memberships.get(role=officer).user
    a_message_that_failed(person)
    exempt = Update.objects.published().exclude(exempt_text="").first()
    police = RespondentLink.objects.get(body__name="Marlshire Constabulary")
    citation = a_citation(private)
    tracker = an_import(committee)
    by_thing: list[tuple[Any, str]] = [
        (citation.source, "correct_source cite_source"),
        (citation, "withdraw_citation"),
        (an_update_received(police), "publish_received_update take_back_received_approval"),
        (inquiry, "inquiry"),
        (
            private,
            "inquiry_workspace edit_inquiry move_inquiry new_finding add_document new_recommendation send_notices"
            " take_back_notices inquiry_sources new_source",
        ),
        (
            busy.recommendation,
            "recommendation assess edit_recommendation remove_recommendation address relate",
        ),
        (busy.body, "body edit_body new_post abolish_body split_body body_links"),
        (police, "personal_link revoke_link"),
        (a_body_that_ended(), "name_successor"),
        (Post.objects.filter(body=busy.body)[0], "edit_post"),
        (busy, "assignment log_update request_new_date milestones edit_assignment correct"),
        (added_to(inquiry), "publish_recommendation"),
        (new.filter(notified_on=None).first() or busy, "withdraw_assignment"),
        (draft, "preview_update discard_update add_evidence"),
        (
            Update.objects.get(state=UpdateState.SUBMITTED, submitted_by__is_respondent=False),
            "approval recall_update mend_update take_back_approval update_versions",
        ),
        (exempt, "open_exempt"),
        (
            Evidence.objects.current().filter(
                update__state=UpdateState.PUBLISHED, update__assignment__body=busy.body
            )[0],
            "replace_evidence",
        ),
        (a_document(private), "remove_document withhold_file"),
        (exempt, "withhold_entry"),
        (a_withholding(committee), "search_again confirm_withholding put_back"),
        (a_withholding(committee, confirmed=True), "propose_put_back erase_withholding"),
        (a_withholding(committee, proposed=True), "withholding agree_put_back decline_put_back"),
        (busy.responses.all()[0], "add_response_evidence"),
        (committee, "committee_dashboard dashboard_list pass_inquiries"),
        (meeting, "assess_meeting assess_several meeting edit_meeting plan_meeting_again compose_pack"),
        (Finding.objects.filter(inquiry__committee=committee)[0], "edit_finding remove_finding"),
        (
            Review.objects.filter(closed_on=None, committee=committee)[0],
            "review close_review cancel_review reopen_review take_back_chase move_due_date write_review_updates"
            " check_review_updates",
        ),
        (TargetChange.objects.filter(state=TargetState.REQUESTED)[0], "decide_date"),
        (Pack.objects.exclude(released_at=None)[0], "pack pack_html withhold_pack"),
        (a_pack_in_hand(meeting), "edit_pack choose_recommendations order_pack preview_pack save_template"),
        (a_pack_not_released(), "release_pack take_back_release"),
        (a_template(meeting), "rename_template remove_template"),
        (a_pack_in_hand(meeting, queued=True), "pack_progress"),
        (person, "person edit_person grant_role deactivate_person remove_second_step"),
        (person.memberships.all()[0], "end_role change_exempt_right"),
        (tracker.rows.all()[0], "import_line"),
        (
            tracker,
            "import import_details import_columns import_questions import_lines import_ignored import_gone apply_import"
            " discard_import",
        ),
        (an_import(committee, applied=True), "undo_import follow_up_import"),
        (an_import(committee, waiting=True), "import_progress"),
    ]
    return {name: thing for thing, names in by_thing for name in names.split()}


def addresses(about: dict[str, Any]) -> Iterator[tuple[str | None, str]]:
    """Who opens which page: an e-mail address, or nobody's, and the address of the page."""
    for route in OURS:
        if route.name in NOT_PAGES | ONLY_PRESSED:
            continue
        values = {"pk": getattr(about.get(route.name), "pk", None), "kind": "update", "group": "body"}
        values["what"] = {"open_exempt": "update", "correct": "notice"}.get(route.name, "overdue")
        yield who(route), reverse(route.name, kwargs={name: values[name] for name in route.arguments})
    yield from ((SIGN_INS[Role.COUNCILLOR], reverse(name)) for name in ACCOUNT_PAGES)
    yield from ((None, reverse(name)) for name in SIGNED_OUT_PAGES)


def who(route: Route) -> str | None:
    if route.public:
        return None
    if route.right is None:
        return SIGN_INS[Role.COUNCILLOR]
    roles = RIGHTS[route.right].roles
    return SIGN_INS[SPEAKS_FIRST.get(route.right) or next(iter(roles))]


@pytest.fixture
def walked(site: str) -> list[tuple[str | None, str]]:
    return sorted(addresses(things()), key=lambda one: (one[0] or "", one[1]))


def test_every_page(walked: list[tuple[str | None, str]], visitor: Callable[..., Any]) -> None:
    people: dict[str | None, Visitor] = {}
    wrong: list[str] = []
    for email, address in walked:
        if email not in people:
            people[email] = visitor(email)
        somebody = people[email]
        somebody.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        response = somebody.page.goto(address)
        if response is None or response.status != 200:
            wrong.append(f"{address} as {email or 'the public'}: {response and response.status}")
            continue
        for width in WIDTHS:
            somebody.page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{width} px, {email or 'the public'}: {one}" for one in somebody.wrong()]
        somebody.page.set_viewport_size({"width": TABLET, "height": 900})
        wrong += [f"{email or 'the public'}: {one}" for one in somebody.overflow()]
        somebody.page.set_viewport_size({"width": NARROW, "height": 900})
        wrong += [
            f"{email or 'the public'}: {one}"
            for one in [*somebody.overflow(), *somebody.hidden_sideways(), *somebody.hidden_ways_back()]
        ]
        wrong += [f"{email or 'the public'}: {one}" for one in somebody.lost_in_print()]
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize(
    ("email", "address", "words"),
    [
        (None, "/recommendations/?status=overdue", "How it stands: Overdue"),
        (None, "/inquiries/?stage=monitoring&q=flood", "Words: flood"),
        (None, "/recommendations/{recommendation}/?as_at=2025-06-30", "As at 30 June 2025"),
        (SIGN_INS[Role.COUNCILLOR], "/dashboard/{committee}/?as_at=2025-06-30", "As at: 30 June 2025"),
        (SIGN_INS[Role.COUNCILLOR], "/dashboard/{committee}/open/?as_at=2025-06-30", "As at: 30 June 2025"),
        (SIGN_INS[Role.SCRUTINY_OFFICER], "/workspace/reviews/{review}/?show=waiting", "Waiting"),
        (SIGN_INS[Role.ADMINISTRATOR], "/administration/audit/?operation=DELETE", "What was done: Removed"),
    ],
)
def test_what_changes_the_meaning_of_a_page_is_printed(
    site: str, visitor: Callable[..., Visitor], email: str | None, address: str, words: str
) -> None:
    about = things()
    keys = {"recommendation": "recommendation", "committee": "committee_dashboard", "review": "review"}
    address = address.format(**{name: about[key].pk for name, key in keys.items()})
    somebody = visitor(email).go(address)
    assert somebody.lost_in_print() == []
    somebody.page.emulate_media(media="print")
    somebody.sees(words)


def test_the_list_of_addresses_is_whole() -> None:
    """Each address of ours is walked, or said not to be a page."""
    names = {route.name for route in OURS}
    assert names >= NOT_PAGES | ONLY_PRESSED
