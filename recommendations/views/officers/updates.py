"""Write an update, see it as it will be read, submit it or throw it away, and add its evidence."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from committee import clock
from committee.accounts.models import User
from committee.form_recovery import is_autosave
from committee.formatting import time_of_day
from recommendations.actions import evidence as evidence_actions
from recommendations.actions import updates
from recommendations.actions.base import ActionDenied
from recommendations.actions.exempt import log_exempt_access
from recommendations.forms.evidence import EvidenceForm
from recommendations.forms.personal_data import LookedAtForm
from recommendations.forms.updates import SubmitForm, UpdateForm, starting_words
from recommendations.lifecycle import Role, UpdateState
from recommendations.models import Assignment, Body, TargetChange, Update, UpdateRequest
from recommendations.models.acting import acting_link
from recommendations.notifications.recipients import grace_words, when_told
from recommendations.permissions import Right, may, require, sees_exempt
from recommendations.queries.respondent_links import place
from recommendations.queries.submitted_versions import versions_of
from recommendations.utils.personal_data import suspicions_in
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import (
    ActionResult,
    attempt,
    bound_data,
    find,
    parse_pk,
    perform,
    perform_button,
    posted,
    posted_version,
    redirect_with_message,
    render_form,
    with_link,
)
from recommendations.views.officers.assignments import own_assignment


def own_update(request: SignedInRequest, pk: int, right: Right) -> Update:
    """Return an update over which this person holds the right.

    Raise Http404 where they may not see it, PermissionDenied where they may not do it.
    """
    update = get_object_or_404(Update.objects.visible_to(request.user).for_reading(), pk=pk)
    require(request.user, right, update)
    request.about = update.assignment
    return update


def update_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Write the update of an assignment; respondents reach the same page by their links."""
    editor = UpdateEditor(request, own_assignment(request, pk, Right.LOG_UPDATE))
    if request.method != "POST":
        return editor.open()
    return editor.autosave() if is_autosave(request) else editor.save(request.POST.get("do", "save"))


class UpdateEditor:
    """The page on which the update of one assignment is written, for one request."""

    def __init__(self, request: SignedInRequest, assignment: Assignment) -> None:
        self.request = request
        self.assignment = assignment
        self.address = self.place("log_update", assignment.pk)
        self.update = Update.objects.of(assignment).unpublished().for_reading().first()
        self.corrects = self._corrected(request.POST.get("corrects") or request.GET.get("corrects"))
        self.steps = list(assignment.milestones.all())
        self.date_asked = TargetChange.objects.of(assignment).requested().for_list().first()
        self.may_write_exempt = (
            self.update is None or not self.update.has_exempt or sees_exempt(request.user, self.update)
        )

    def place(self, name: str, *args: Any) -> str:
        """Return the address of a page that officers and respondents share, as this person reaches it."""
        return place(self.request.user, name, *args)

    def _corrected(self, key: str | None) -> Update | None:
        """Return the published update that this one corrects: the draft's own, or else the one asked for."""
        if self.update is not None:
            return self.update.corrects
        corrected: Update | None = find(Update.objects.of(self.assignment).published(), key)
        return corrected

    def form(self, data: QueryDict | None = None, **initial: Any) -> UpdateForm:
        """Return the form with the draft, or with what a new update of this assignment begins with."""
        return UpdateForm(
            data,
            update=self.update,
            steps=self.steps,
            may_write_exempt=self.may_write_exempt,
            may_ask_date=self.assignment.target_on is not None
            and (self.date_asked is None or (self.update is not None and self.update.new_date is not None)),
            initial={"as_at": clock.today()} | starting_words(self.assignment, self.corrects) | initial
            if self.update is None
            else initial,
        )

    def open(self) -> HttpResponse:
        """Return the page with the draft, an empty form, or the words recovered after a sign-in."""
        recovered = bound_data(self.request)
        if recovered is None and not self.assignment.is_open:
            closed = "The committee has closed this recommendation, so no more updates are needed"
            messages.warning(self.request, self.assignment.why_nothing_is_asked or closed)
            return redirect(self.place("assignment", self.assignment.pk))
        if recovered is None and self.update is not None and self.update.state == UpdateState.SUBMITTED:
            return redirect(self.place("preview_update", self.update.pk))
        return self.show(self.form(recovered))

    def show(
        self, form: UpdateForm, evidence_form: EvidenceForm | None = None, result: ActionResult | None = None
    ) -> HttpResponse:
        """Return the page with this form, and log the view of exempt text that somebody else wrote."""
        update = self.update
        stale = result.current if result else None
        if (
            update is not None
            and update.has_exempt
            and self.may_write_exempt
            and update.exempt_by_id != self.request.user.pk
        ):
            log_exempt_access(by=self.request.user, thing=update)
        return render_form(
            self.request,
            form,
            result,
            template="officers/log_update.html",
            assignment=self.assignment,
            update=update,
            evidence_form=evidence_form or EvidenceForm(prefix="evidence"),
            evidence=list(update.evidence.all()) if update else [],
            sees_exempt=update is not None and sees_exempt(self.request.user, update),
            last=self.assignment.last_update,
            corrects=self.corrects,
            date_asked=self.date_asked,
            requests=list(UpdateRequest.objects.unanswered().of(self.assignment).for_reading()),
            stale=stale,
            back=self.place("assignment", self.assignment.pk),
        )

    def save(self, pressed: str) -> HttpResponse:
        """Save the draft, as every button does, then do what the button asks."""
        form = self.form(bound_data(self.request))
        evidence_form = EvidenceForm(self.request.POST, self.request.FILES, prefix="evidence")
        last = self.assignment.last_update if pressed == "last" else None
        if last is not None and form.is_valid() and form.says_something():
            form.add_error(
                "progress", "Clear what you typed first, or keep it: “As last time” fills these boxes"
            )
        result = perform(
            self.request,
            form,
            updates.write_update,
            details=lambda: self._details(form) | form.details() | (last_time(last) if last else {}),
        )
        if result.done:
            return self._saved(pressed, result.result, form, evidence_form)
        return self.show(form, evidence_form if evidence_form.is_filled() else None, result)

    def _details(self, form: UpdateForm) -> dict[str, Any]:
        """Return what saving needs beside the words of the form."""
        return {
            "assignment": self.assignment,
            "version": form.version,
            "tab": form.cleaned_data.get("tab", ""),
            "corrects": self.corrects if self.update is None else None,
        }

    def _saved(
        self, pressed: str, update: Update, form: UpdateForm, evidence_form: EvidenceForm
    ) -> HttpResponse:
        """Return the answer to a button whose draft is saved."""
        number = parse_pk(pressed.removeprefix("remove-")) if pressed.startswith("remove-") else None
        if number is not None:
            evidence = find(update.evidence.all(), str(number))
            if evidence is not None:
                perform_button(self.request, evidence_actions.remove_evidence, evidence=evidence)
            return redirect(f"{self.address}#evidence")
        if pressed == "evidence" or evidence_form.is_filled():
            if not _add_evidence(self.request, update, evidence_form):
                # The words are saved; only the evidence waits for its mistake to be mended.
                self.update = Update.objects.for_reading().get(pk=update.pk)
                return self.show(self.form(tab=form.cleaned_data["tab"]), evidence_form)
            if pressed == "evidence":
                return redirect(f"{self.address}#evidence")
        if pressed == "preview":
            return redirect(self.place("preview_update", update.pk))
        repeated = "The words of last time are in the draft. Check them"
        messages.success(self.request, repeated if pressed == "last" else "The draft is saved")
        return redirect(self.address)

    def autosave(self) -> JsonResponse:
        """Save for a script, and return `version`, `saved_at` (ISO 8601), whether the exempt part was saved, and what
        looks like personal data.

        409 where somebody else saved meanwhile, 422 where it can't be saved. Nothing is refused for being incomplete.
        """
        form = self.form(self.request.POST)
        form.is_valid()
        details, exempt_saved = form.details_without_half_an_exempt_part()
        result = attempt(updates.write_update, by=self.request.user, **self._details(form), **details)
        if result.current is not None:
            return JsonResponse({"conflict": True, "version": result.current.version}, status=409)
        if result.denied is not None:
            return JsonResponse({"message": result.denied.message}, status=422)
        update: Update = result.result
        return JsonResponse(
            {
                "version": update.version,
                "saved_at": update.saved_at.isoformat(),
                "saved_words": f"Saved at {time_of_day(update.saved_at)}",
                "exempt_saved": exempt_saved,
                "noticed": [
                    f"{label}: “{one.words}” looks like {one.kind}" for label, one in suspicions_in(update)
                ],
            }
        )


def last_time(previous: Update) -> dict[str, Any]:
    """Return the public words of `previous`, for an update that says the same again. Its exempt part is not repeated."""
    return {
        "claim": previous.claim,
        "progress": previous.progress,
        "barriers": previous.barriers,
        "next_steps": previous.next_steps,
        "delivered_what": previous.delivered_what,
    }


def _add_evidence(request: SignedInRequest, update: Update, form: EvidenceForm) -> bool:
    """Add the evidence on the form to the update, and return whether it was added."""
    result = perform(
        request,
        form,
        evidence_actions.add_evidence,
        details=form.details,
        error_field="title",
        update=update,
    )
    if result.done:
        messages.success(request, "The file or link is added")
    return result.done


def preview_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an update as it will be read, and submit it; respondents reach the same page by their links."""
    update, result = own_update(request, pk, Right.LOG_UPDATE), ActionResult()
    look = LookedAtForm(posted(request))
    if request.method == "POST":
        result = attempt(
            updates.submit_update,
            by=request.user,
            update=update,
            version=posted_version(request),
            looked_at=look.is_valid() and look.cleaned_data["looked_at"],
        )
    if result.done:
        words = submitted_words(result.result)
        if result.result.state == UpdateState.SUBMITTED:
            words = with_link(words, "Take it back", place(request.user, "recall_update", update.pk))
        return redirect_with_message(request, words, place(request.user, "assignment", update.assignment_id))
    changed = result.current is not None
    if changed:
        update = own_update(request, pk, Right.LOG_UPDATE)
    problems: list[ActionDenied] = updates.what_is_missing(update) if update.is_editable else []
    if result.denied is not None:
        problems = problems or [result.denied]
    approvers = list(update.assignment.body.members_as(Role.APPROVER))
    context = {
        "update": update,
        "assignment": update.assignment,
        "problems": [
            (box_address(request.user, update, problem.field), problem.message) for problem in problems
        ],
        "changed": changed,
        "send_words": send_words(request.user, update.assignment.body, approvers),
        "version": update.version,
        "suspicions": suspicions_in(update),
        "look": look,
        "sees_exempt": sees_exempt(request.user, update),
        "approvers": [person for person in approvers if person.pk != request.user.pk],
        "when_told": when_told(),
        "grace": grace_words() if settings.GRACE_SECONDS else "",
        "back": place(
            request.user, "log_update" if update.is_editable else "assignment", update.assignment_id
        ),
    }
    return render(request, "officers/preview.html", context)


def send_words(user: User, body: Body, approvers: list[User]) -> str:
    """Return what the button says that sends an update of `body` on its way."""
    if body.publishes_without_approver:
        return "Publish"
    return "Send it in" if acting_link(user) and not approvers else "Submit to the approver"


def box_address(user: User, update: Update, field: str | None) -> str:
    """Return the address of the box on the form in which a problem is put right; empty where there is none."""
    if field is None or not update.is_editable:
        return ""
    anchor = {
        "claim": "id_claim_0",
        "as_at": "id_as_at_0",
        "new_date": "id_new_date_0",
        "exempt_paragraphs": "id_exempt_paragraphs_0",
        "evidence": "evidence",
    }.get(field, f"id_{field}")
    return f"{place(user, 'log_update', update.assignment_id)}#{anchor}"


def submitted_words(update: Update) -> str:
    """Return the message for the person who submitted the update."""
    if update.is_approved and update.published_from is not None:
        return f"The update is published in {grace_words()}, at {time_of_day(update.published_from)}."
    if update.state == UpdateState.PUBLISHED:
        return "The update is published"
    if update.is_received:
        return "The update is with the committee’s officer. You will see it here once it is published or returned"
    return "The update is with the approver. You will see it here once it is published or returned"


def recall_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask before a submitted update is taken back; respondents reach the same page by their links."""
    update = own_update(request, pk, Right.LOG_UPDATE)
    back = place(request.user, "assignment", update.assignment_id)
    form = SubmitForm(posted(request), initial={"version": update.version})
    result = perform(request, form, updates.recall_update, update=update)
    if result.done:
        words = "You have taken the update back. Change it, then submit it again"
        return redirect_with_message(request, words, place(request.user, "log_update", update.assignment_id))
    if (
        result.current is not None
    ):  # somebody decided on it, or took it back, meanwhile: the action says which
        result = attempt(updates.recall_update, by=request.user, update=update)
        if result.done:
            return redirect(place(request.user, "log_update", update.assignment_id))
    if result.denied is not None or update.state != UpdateState.SUBMITTED:
        messages.warning(
            request, result.denied.message if result.denied else "This update is not waiting for anybody"
        )
        return redirect(back)
    context = {
        "form": form,
        "update": update,
        "readers": list(update.assignment.body.members_as(Role.APPROVER)),
        "back": back,
        "unsaved": False,
    }
    return render(request, "officers/recall.html", context)


def versions_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how an update was submitted and how its approver mended it, to the body's people and committee support."""
    update = own_update(request, pk, Right.READ_VERSIONS)
    context = {
        "update": update,
        "versions": versions_of(update, with_exempt=sees_exempt(request.user, update)),
        "back": _read_at(request, update),
    }
    if update.has_exempt and context["versions"] and sees_exempt(request.user, update):
        log_exempt_access(by=request.user, thing=update)
    return render(request, "officers/versions.html", context)


def _read_at(request: SignedInRequest, update: Update) -> str:
    """Return the address of the page of the recommendation that this person comes from."""
    if may(request.user, Right.LOG_UPDATE, update):
        return place(request.user, "assignment", update.assignment_id)
    return reverse("recommendation", args=[update.assignment.recommendation_id])


def discard_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask before a draft is thrown away; respondents reach the same page by their links."""
    update = own_update(request, pk, Right.LOG_UPDATE)
    draft = place(request.user, "log_update", update.assignment_id)
    form = SubmitForm(posted(request), initial={"version": update.version})
    result = perform(request, form, updates.discard_draft, update=update)
    if result.done:
        back = place(request.user, "assignment", update.assignment_id)
        return redirect_with_message(request, "The draft is thrown away", back)
    if result.current is not None:
        messages.warning(
            request, "Somebody changed the draft meanwhile. Look at it again before you throw it away"
        )
        return redirect(draft)
    return render(request, "officers/discard.html", {"form": form, "update": update, "back": draft})


def evidence_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add a file or link to an update; respondents reach the same page by their links."""
    update = own_update(request, pk, Right.LOG_UPDATE)
    back = place(request.user, "preview_update", pk)
    form = EvidenceForm(posted(request), request.FILES or None)
    if _add_evidence(request, update, form):
        return redirect(back)
    context = {"form": form, "update": update, "assignment": update.assignment, "back": back}
    return render(request, "officers/add_evidence.html", context)


log_update = page(Right.LOG_UPDATE, methods="GET POST")(update_page)
preview_update = page(Right.LOG_UPDATE, methods="GET POST")(preview_page)
recall_update = page(Right.LOG_UPDATE, methods="GET POST")(recall_page)
update_versions = page(Right.READ_VERSIONS, methods="GET")(versions_page)
discard_update = page(Right.LOG_UPDATE, methods="GET POST")(discard_page)
add_evidence = page(Right.LOG_UPDATE, methods="GET POST")(evidence_page)
