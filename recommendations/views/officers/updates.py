"""Writing an update: one page to write it, one to see it as it will be read, and its evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from committee import clock
from committee.accounts.models import User
from committee.form_recovery import is_autosave
from committee.formatting import time_of_day
from recommendations.actions import updates
from recommendations.actions.base import ActionDenied, EditConflict
from recommendations.actions.evidence import add_evidence as put_evidence
from recommendations.actions.evidence import remove_evidence
from recommendations.actions.exempt import note_sight
from recommendations.forms.evidence import EvidenceForm
from recommendations.forms.updates import SubmitForm, UpdateForm, starting_words
from recommendations.lifecycle import Role, UpdateState
from recommendations.models import Assignment, Body, TargetChange, Update, UpdateRequest
from recommendations.models.acting import acting_link
from recommendations.permissions import Right, require, sees_exempt
from recommendations.queries.respondent_links import place
from recommendations.utils.personal_data import suspicions_by_field
from recommendations.views.decorators import SignedInRequest, page
from recommendations.views.form_handling import bound_data, parse_pk
from recommendations.views.officers.assignments import own_assignment


def own_update(request: SignedInRequest, pk: int, right: Right) -> Update:
    """An update over which this person holds the right. 404 if they may not see it, 403 if they may not do it."""
    update = get_object_or_404(Update.objects.visible_to(request.user).for_reading(), pk=pk)
    require(request.user, right, update)
    request.about = update.assignment
    return update


def suspicious(update: Update) -> list[tuple[str, Any]]:
    """What looks like personal data in the public part of an update, by the label of its box."""
    return suspicions_by_field(
        {
            "What has been done": update.progress,
            "What stands in the way": update.barriers,
            "What happens next": update.next_steps,
            "Why a new date is needed": update.new_date_reason,
            "What was delivered": update.delivered_what,
            "What the public may read in place of the exempt text": update.public_summary,
        }
    )


def writing_page(request: SignedInRequest, pk: int) -> HttpResponseBase:
    desk = WritingDesk(request, own_assignment(request, pk, Right.LOG_UPDATE))
    if request.method != "POST":
        return desk.open()
    return desk.autosave() if is_autosave(request) else desk.press(request.POST.get("do", "save"))


class WritingDesk:
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
        return place(self.request.user, name, *args)

    def _corrected(self, key: str | None) -> Update | None:
        if self.update is not None:
            return self.update.corrects
        number = parse_pk(key)
        if number is None:
            return None
        return Update.objects.of(self.assignment).published().filter(pk=number).first()

    def form(self, data: QueryDict | None = None, **initial: Any) -> UpdateForm:
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

    # -------------------------------------------------------------- opening

    def open(self) -> HttpResponse:
        """The page as it is met: with the draft in hand, an empty form, or what was kept when a sign-in ended."""
        kept = bound_data(self.request)
        if kept is None and not self.assignment.is_open:
            messages.warning(
                self.request, "The committee has closed this recommendation, so no more updates are needed"
            )
            return redirect(self.place("assignment", self.assignment.pk))
        if kept is None and self.update is not None and self.update.state == UpdateState.SUBMITTED:
            return redirect(self.place("preview_update", self.update.pk))
        return self.show(self.form(kept))

    def show(
        self,
        form: UpdateForm,
        evidence_form: EvidenceForm | None = None,
        *,
        conflict: Any = None,
        stale: Update | None = None,
    ) -> HttpResponse:
        """The page with this form. The sight of exempt text somebody else wrote is logged."""
        update = self.update
        if (
            update is not None
            and update.has_exempt
            and self.may_write_exempt
            and update.exempt_by_id != self.request.user.pk
        ):
            note_sight(by=self.request.user, thing=update)
        context = {
            "assignment": self.assignment,
            "update": update,
            "form": form,
            "evidence_form": evidence_form or EvidenceForm(prefix="evidence"),
            "evidence": list(update.evidence.all()) if update else [],
            "sees_exempt": update is not None and sees_exempt(self.request.user, update),
            "last": self.assignment.last_update,
            "corrects": self.corrects,
            "date_asked": self.date_asked,
            "requests": list(UpdateRequest.objects.unanswered().of(self.assignment).for_reading()),
            "conflict": conflict,
            "stale": stale,
            "back": self.place("assignment", self.assignment.pk),
        }
        return render(self.request, "officers/log_update.html", context)

    # -------------------------------------------------------------- saving

    def press(self, do: str) -> HttpResponse:
        """What a pressed button asks. Every button saves the draft first, with the evidence that was filled in."""
        form = self.form(bound_data(self.request))
        evidence_form = EvidenceForm(self.request.POST, self.request.FILES, prefix="evidence")
        if not form.is_valid():
            return self.show(form, evidence_form)
        details = form.details()
        if do == "last" and self.assignment.last_update is not None:
            if form.says_something():
                form.add_error(
                    "progress", "Clear what you typed first, or keep it: “As last time” fills these boxes"
                )
                return self.show(form)
            details |= last_time(self.assignment.last_update)
        try:
            update = self._write(form, details)
        except EditConflict as stale:
            current = Update.objects.for_reading().get(pk=stale.current.pk)
            return self.show(form, conflict=form.conflict(current), stale=current)
        except ActionDenied as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
            return self.show(form, evidence_form)
        return self._after_saving(do, update, form, evidence_form)

    def _write(self, form: UpdateForm, details: dict[str, Any]) -> Update:
        return updates.write_update(
            by=self.request.user,
            assignment=self.assignment,
            version=form.version,
            tab=form.cleaned_data.get("tab", ""),
            corrects=self.corrects if self.update is None else None,
            **details,
        )

    def _after_saving(
        self, do: str, update: Update, form: UpdateForm, evidence_form: EvidenceForm
    ) -> HttpResponse:
        try:
            number = parse_pk(do.removeprefix("remove-"))
            if do.startswith("remove-") and number is not None:
                piece = update.evidence.filter(pk=number).first()
                if piece is not None:
                    remove_evidence(by=self.request.user, evidence=piece)
                return redirect(f"{self.address}#evidence")
            if do == "evidence" or evidence_form.is_filled():
                _put(self.request, update, evidence_form)
                if do == "evidence":
                    return redirect(f"{self.address}#evidence")
        except ActionDenied:
            # The words are saved; only the evidence waits for its mistake to be mended.
            self.update = Update.objects.for_reading().get(pk=update.pk)
            return self.show(self.form(tab=form.cleaned_data["tab"]), evidence_form)
        if do == "preview":
            return redirect(self.place("preview_update", update.pk))
        said = "The words of last time are in the draft. Check them" if do == "last" else "The draft is saved"
        messages.success(self.request, said)
        return redirect(self.address)

    def autosave(self) -> JsonResponse:
        """Save for a script: ``version`` and ``saved_at`` (ISO), and whether the exempt part was among it. 409 when
        somebody else saved meanwhile, 422 when it can't be saved; nothing that was typed is refused for being
        incomplete."""
        form = self.form(self.request.POST)
        form.is_valid()
        details, exempt_saved = form.details_without_half_an_exempt_part()
        try:
            update = self._write(form, details)
        except EditConflict as stale:
            return JsonResponse({"conflict": True, "version": stale.current.version}, status=409)
        except ActionDenied as problem:
            return JsonResponse({"message": problem.message}, status=422)
        return JsonResponse(
            {
                "version": update.version,
                "saved_at": update.saved_at.isoformat(),
                "saved_words": f"Saved at {time_of_day(update.saved_at)}",
                "exempt_saved": exempt_saved,
            }
        )


def last_time(previous: Update) -> dict[str, Any]:
    """The public words of the last update, for one that says the same again. Its exempt part is not repeated."""
    return {
        "claim": previous.claim,
        "progress": previous.progress,
        "barriers": previous.barriers,
        "next_steps": previous.next_steps,
        "delivered_what": previous.delivered_what,
    }


def _put(request: SignedInRequest, update: Update, form: EvidenceForm) -> None:
    """Add the piece of evidence on the form. Raises NotPossible with the mistake on the form."""
    if not form.is_valid():
        raise ActionDenied("Check the file or link")
    try:
        put_evidence(by=request.user, update=update, **form.details())
    except ActionDenied as problem:
        form.add_error(problem.field if problem.field in form.fields else "title", problem.message)
        raise
    messages.success(request, "The file or link is added")


# ------------------------------------------------------------------ what happens to a draft


def preview_page(request: SignedInRequest, pk: int) -> HttpResponse:
    update = own_update(request, pk, Right.LOG_UPDATE)
    problems: list[ActionDenied] = updates.what_is_missing(update) if update.is_editable else []
    changed = False
    if request.method == "POST":
        form = SubmitForm(request.POST)
        try:
            version = form.cleaned_data["version"] if form.is_valid() else 0
            update = updates.submit_update(by=request.user, update=update, version=version)
            messages.success(request, submitted_words(update))
            return redirect(place(request.user, "assignment", update.assignment_id))
        except EditConflict:
            changed = True
            update = own_update(request, pk, Right.LOG_UPDATE)
            problems = updates.what_is_missing(update) if update.is_editable else []
        except ActionDenied as problem:
            problems = problems or [problem]
    approvers = list(update.assignment.body.members_as(Role.APPROVER).exclude(pk=request.user.pk))
    context = {
        "update": update,
        "assignment": update.assignment,
        "problems": [
            (box_address(request.user, update, problem.field), problem.message) for problem in problems
        ],
        "changed": changed,
        "send_words": send_words(request.user, update.assignment.body, approvers),
        "version": update.version,
        "suspicions": suspicious(update),
        "sees_exempt": sees_exempt(request.user, update),
        "approvers": approvers,
        "back": place(
            request.user, "log_update" if update.is_editable else "assignment", update.assignment_id
        ),
    }
    return render(request, "officers/preview.html", context)


def send_words(user: User, body: Body, approvers: list[User]) -> str:
    """Return what the button says that sends an update of ``body`` on its way."""
    if body.publishes_without_approver:
        return "Publish"
    return "Send it in" if acting_link(user) and not approvers else "Submit to the approver"


def box_address(user: User, update: Update, field: str | None) -> str:
    """The address of the box on the form where a problem is mended; nothing where there is none."""
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
    """What the person reads after submitting."""
    if update.state == UpdateState.PUBLISHED:
        return "The update is published"
    if update.is_taken_in:
        return "The update is with the committee’s officer. You will see it here once it is published or returned"
    return "The update is with the approver. You will see it here once it is published or returned"


def discard_page(request: SignedInRequest, pk: int) -> HttpResponse:
    update = own_update(request, pk, Right.LOG_UPDATE)
    form = SubmitForm(request.POST if request.method == "POST" else None, initial={"version": update.version})
    if request.method == "POST" and form.is_valid():
        try:
            updates.discard_draft(by=request.user, update=update, version=form.cleaned_data["version"])
            messages.success(request, "The draft is thrown away")
            return redirect(place(request.user, "assignment", update.assignment_id))
        except EditConflict as stale:
            messages.warning(
                request, "Somebody changed the draft meanwhile. Look at it again before you throw it away"
            )
            return redirect(place(request.user, "log_update", stale.current.assignment_id))
        except ActionDenied as problem:
            form.add_error(None, problem.message)
    context = {
        "form": form,
        "update": update,
        "back": place(request.user, "log_update", update.assignment_id),
    }
    return render(request, "officers/discard.html", context)


def evidence_page(request: SignedInRequest, pk: int) -> HttpResponse:
    update = own_update(request, pk, Right.LOG_UPDATE)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        try:
            _put(request, update, form)
            return redirect(place(request.user, "preview_update", pk))
        except ActionDenied:
            pass
    context = {
        "form": form,
        "update": update,
        "assignment": update.assignment,
        "back": place(request.user, "preview_update", pk),
    }
    return render(request, "officers/add_evidence.html", context)


# ------------------------------------------------------------------ as officers reach them

log_update = page(Right.LOG_UPDATE, methods="GET POST")(writing_page)
preview_update = page(Right.LOG_UPDATE, methods="GET POST")(preview_page)
discard_update = page(Right.LOG_UPDATE, methods="GET POST")(discard_page)
add_evidence = page(Right.LOG_UPDATE, methods="GET POST")(evidence_page)
