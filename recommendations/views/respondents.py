"""The pages of external respondents, who answer by a personal link. Prefix: /answer/

Coming in comes first; then what is asked of their body, one item of it, and its response. Writing an update, its
preview, evidence, steps and new dates are the officers' own pages (``writing``, ``officers``), reached from here.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recommendations.actions import respondent_links as actions
from recommendations.actions.exempt import note_sight
from recommendations.actions.responses import record_response
from recommendations.forms.respondent_links import CodeForm, OwnResponseForm
from recommendations.lifecycle import LinkEvent, Visibility
from recommendations.models import Evidence, RespondentLink, TargetChange, Update, UpdateRequest
from recommendations.models.acting import acting_link
from recommendations.permissions import Right, sees_exempt
from recommendations.queries import respondent_items, timeline
from recommendations.utils import respondent_links
from recommendations.utils.personal_data import suspicions_by_field
from recommendations.views import respondent_sessions
from recommendations.views.decorators import SignedInRequest
from recommendations.views.evidence import sent
from recommendations.views.form_handling import bound_data, carry_out, said
from recommendations.views.many import check_many_page, many_page
from recommendations.views.officers import new_date_page, own_assignment, steps_page
from recommendations.views.respondent_sessions import VisitRequest, answering, door
from recommendations.views.writing import discard_page, evidence_page, preview_page, writing_page

PAGE = ["GET", "HEAD", "POST"]

# ------------------------------------------------------------------ coming in


@door
@require_http_methods(PAGE)
def answer_link(request: VisitRequest, token: str) -> HttpResponseBase:
    """What a personal link opens. Nothing happens until a button is pressed, because mail scanners follow links; and
    nothing is told but the council's name, because mail is forwarded."""
    link = respondent_links.link_of(token)
    if link is None or not link.is_valid:
        return _no_way_in(request, token, link)
    if request.link == link:
        return _without_referrer(redirect("answering"))
    known = respondent_sessions.remembered(request, link) is not None
    trouble = _press(request, link, known) if request.method == "POST" else ""
    if isinstance(trouble, HttpResponse):
        return _without_referrer(trouble)
    context = {"link": link if known else None, "known": known, "trouble": trouble}
    return _without_referrer(render(request, "respondents/door.html", context))


def _press(request: VisitRequest, link: RespondentLink, known: bool) -> str | HttpResponse:
    """Go on, where this browser is remembered; else have a code sent. What stands against it, in words."""
    if not respondent_sessions.may_press(request):
        return _too_often(request)
    if known:
        return actions.come_back(by=link.person, link=link) or respondent_sessions.begin(request, link)
    trouble = actions.ask_for_code(
        by=link.person, link=link, browser=respondent_sessions.ask_in(request, link)
    )
    return trouble or redirect("answer_code")


def _no_way_in(request: VisitRequest, token: str, link: RespondentLink | None) -> HttpResponse:
    """A link that has ended, or an address that is no link of ours. Trying many is stopped."""
    if not respondent_sessions.may_press(request):
        return _too_often(request)
    named = respondent_links.read_token(token)
    if named is not None:
        ended = link or RespondentLink.objects.for_list().filter(pk=named[0]).first()
        if ended is not None:
            event, hour = LinkEvent.REFUSED, dt.timedelta(hours=1)
            actions.note_use(by=ended.person, link=ended, event=event, once_in=hour)
    context = {"ended": named is not None}
    return _without_referrer(
        render(request, "respondents/no_link.html", context, status=410 if named else 404)
    )


def _too_often(request: VisitRequest) -> HttpResponse:
    return render(request, "respondents/too_often.html", status=429)


def _without_referrer(response: HttpResponse) -> HttpResponse:
    """The page's address is the link itself: no other page is told it, not even one of ours."""
    response["Referrer-Policy"] = "strict-origin"
    return response


@door
@require_http_methods(PAGE)
def answer_code(request: VisitRequest) -> HttpResponseBase:
    """Enter the code, or ask for another."""
    asked = respondent_sessions.asked(request)
    if asked is None:
        return redirect("answering")
    link, browser = asked
    if request.method == "POST" and not respondent_sessions.may_press(request):
        return _too_often(request)
    again = request.POST.get("do") == "again"
    form = CodeForm(request.POST if request.method == "POST" and not again else None)
    if again:
        trouble = actions.ask_for_code(by=link.person, link=link, browser=browser)
        if not trouble:
            return said(request, "Another code is on its way. Only the latest one works", "answer_code")
        messages.warning(request, trouble)
    elif request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        trouble = actions.enter_code(by=link.person, link=link, code=code, browser=browser)
        if not trouble:
            response = respondent_sessions.begin(request, link)
            if form.cleaned_data["remember"]:
                respondent_sessions.remember(response, link)
            return response
        form.add_error("code", trouble)
    return render(request, "respondents/code.html", {"form": form, "heading": "Enter the code we sent you"})


@door
@require_http_methods(PAGE)
def answering_home(request: VisitRequest) -> HttpResponseBase:
    """What is asked of the respondent's body. Without a visit: how to come in, by one press where the browser is
    remembered."""
    if request.link is not None:
        return _list(request, request.link)
    link = respondent_sessions.remembered(request)
    if request.method == "POST" and request.POST.get("do") == "forget":
        response = said(request, "This browser is forgotten. Next time you need a code again", "answering")
        respondent_sessions.forget(request, response)
        return response
    trouble = _press(request, link, known=True) if request.method == "POST" and link is not None else ""
    if isinstance(trouble, HttpResponse):
        return trouble
    context = {"link": link, "known": link is not None, "trouble": trouble, "here": True}
    return render(request, "respondents/door.html" if link else "respondents/open_your_link.html", context)


def _list(request: VisitRequest, link: RespondentLink) -> HttpResponse:
    actions.note_use(
        by=request.user,
        link=link,
        event=LinkEvent.READ,
        about="The list",
        once_in=respondent_sessions.READ_ONCE_IN,
    )
    return render(request, "respondents/list.html", {"link": link} | respondent_items.by_what_to_do(link))


@door
@require_POST
def answer_leave(request: VisitRequest) -> HttpResponse:
    """End the visit. The browser stays remembered unless its person says otherwise on the page that follows."""
    respondent_sessions.end(request)
    return said(request, "You have left. Nothing more can be done here until you come in again", "answering")


# ------------------------------------------------------------------ one item


@answering(Right.LOG_UPDATE)
@require_safe
def answer_item(request: SignedInRequest, pk: int) -> HttpResponse:
    assignment = own_assignment(request, pk, Right.LOG_UPDATE)
    record = timeline.record(assignment.recommendation, AnonymousUser())
    context = {
        "link": acting_link(request.user),
        "assignment": assignment,
        "part": next(part for part in record.parts if part.assignment.pk == pk),
        "entries": [entry for entry in record.entries if entry.is_about(assignment)],
        "in_hand": Update.objects.of(assignment).unpublished().for_reading().first(),
        "requests": UpdateRequest.objects.unanswered().of(assignment).for_reading(),
        "date_request": TargetChange.objects.of(assignment).requested().for_list().first(),
    }
    return render(request, "respondents/item.html", context)


@answering(Right.RECORD_RESPONSE)
@require_http_methods(PAGE)
def answer_response(request: SignedInRequest, pk: int) -> HttpResponse:
    """The body's formal answer: written, seen as it will stand on the record, and put there."""
    assignment = own_assignment(request, pk, Right.RECORD_RESPONSE)
    if not assignment.is_open:
        messages.warning(request, "The committee has closed this recommendation, so no response is needed")
        return redirect("answer_item", pk)
    form = OwnResponseForm(bound_data(request), assignment=assignment)
    checked = request.method == "POST" and form.is_valid() and request.POST.get("do") != "change"
    if checked and request.POST.get("do") == "record":
        what = {"assignments": [assignment], **form.cleaned_data}
        if carry_out(form, record_response, by=request.user, **what).done:
            return said(request, "Your response is on the record", "answer_item", pk)
        checked = False
    context = {
        "form": form,
        "assignment": assignment,
        "earlier": assignment.responses.for_timeline(),
        "typed": _typed(request) if checked else [],
        "suspicions": _suspicions(form) if checked else [],
    }
    return render(request, f"respondents/response{'_check' if checked else ''}.html", context)


def _suspicions(form: OwnResponseForm) -> list[tuple[str, Any]]:
    """What looks like personal data in the public part of a response, by the label of its box."""
    names = ("text", "reason", "public_summary")
    return suspicions_by_field({str(form[name].label): form.cleaned_data.get(name, "") for name in names})


def _typed(request: HttpRequest) -> list[tuple[str, Any]]:
    """What was sent, box by box, for a page that only passes it on."""
    left_out = {"csrfmiddlewaretoken", "ticket", "do"}
    return [
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values
    ]


@answering()
@require_safe
def answer_evidence(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A file or link on an item of the link: what is public, and what its reader added themselves."""
    evidence = get_object_or_404(Evidence.objects.on_visible(request.user), pk=pk)
    own = evidence.added_by_id == request.user.pk
    if evidence.is_exempt:
        if not sees_exempt(request.user, evidence):
            raise Http404
        note_sight(by=request.user, thing=evidence)
    elif evidence.visibility == Visibility.RESTRICTED and not own:
        raise Http404
    return redirect(evidence.url) if evidence.url else sent(evidence, to_anybody=False)


# ------------------------------------------------------------------ pages shared with officers

answer_update = answering(Right.LOG_UPDATE)(writing_page)
answer_preview = answering(Right.LOG_UPDATE)(preview_page)
answer_discard = answering(Right.LOG_UPDATE)(discard_page)
answer_add_evidence = answering(Right.LOG_UPDATE)(evidence_page)
answer_new_date = answering(Right.LOG_UPDATE)(new_date_page)
answer_review = answering(Right.LOG_UPDATE)(many_page)
answer_review_check = answering(Right.LOG_UPDATE)(check_many_page)
answer_steps = answering(Right.LOG_UPDATE)(steps_page)
