"""External respondents sign in by a personal link, see what is asked of their body, and leave, under /answer/."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from recommendations.actions import respondent_links as actions
from recommendations.forms.respondent_links import CodeForm
from recommendations.lifecycle import LinkEvent
from recommendations.models import RespondentLink
from recommendations.queries import respondent_items, respondent_links
from recommendations.views import respondent_sessions
from recommendations.views.form_handling import find, redirect_with_message
from recommendations.views.respondent_sessions import RespondentRequest, respondent_public


@respondent_public(methods="GET POST")
def answer_link(request: RespondentRequest, token: str) -> HttpResponseBase:
    """Open a personal link.

    Nothing happens until a button is pressed, because mail scanners follow links; and nothing is told but the council's
    name, because mail is forwarded.
    """
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
    return _without_referrer(render(request, "respondents/sign_in.html", context))


def _press(request: RespondentRequest, link: RespondentLink, known: bool) -> str | HttpResponse:
    """Sign in where this browser is remembered, else have a code sent. Return the redirect, or what stands against it."""
    if not respondent_sessions.may_press(request, link):
        return _too_often(request)
    if known:
        return actions.readmit(by=link.person, link=link) or respondent_sessions.begin(request, link)
    trouble = actions.ask_for_code(
        by=link.person, link=link, browser=respondent_sessions.note_code_request(request, link)
    )
    return trouble or redirect("answer_code")


def _no_way_in(request: RespondentRequest, token: str, link: RespondentLink | None) -> HttpResponse:
    """Answer a link that has ended (410), or an address that is no link of ours (404). Trying many is stopped (429)."""
    if not respondent_sessions.may_press(request):
        return _too_often(request)
    named = respondent_links.read_token(token)
    if named is not None:
        ended = link or find(RespondentLink.objects.for_list(), str(named[0]))
        if ended is not None:
            event, hour = LinkEvent.REFUSED, dt.timedelta(hours=1)
            actions.log_link_use(by=ended.person, link=ended, event=event, once_in=hour)
    context = {"ended": named is not None}
    return _without_referrer(
        render(request, "respondents/no_link.html", context, status=410 if named else 404)
    )


def _too_often(request: RespondentRequest) -> HttpResponse:
    return render(request, "respondents/too_often.html", status=429)


def _without_referrer(response: HttpResponse) -> HttpResponse:
    """Return the response so that no other page is told its address, which is the link itself."""
    response["Referrer-Policy"] = "strict-origin"
    return response


@respondent_public(methods="GET POST")
def answer_code(request: RespondentRequest) -> HttpResponseBase:
    """Enter the code, or ask for another."""
    asked = respondent_sessions.code_request(request)
    if asked is None:
        return redirect("answering")
    link, browser = asked
    if request.method == "POST" and not respondent_sessions.may_press(request, link):
        return _too_often(request)
    again = request.POST.get("do") == "again"
    form = CodeForm(request.POST if request.method == "POST" and not again else None)
    if again:
        trouble = actions.ask_for_code(by=link.person, link=link, browser=browser)
        if not trouble:
            return redirect_with_message(
                request, "Another code is on its way. Only the latest one works", "answer_code"
            )
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


@respondent_public(methods="GET POST")
def answering_home(request: RespondentRequest) -> HttpResponseBase:
    """List what is asked of the respondent's body; before signing in, say how to, by one press where the browser is
    remembered."""
    if request.link is not None:
        return _list(request, request.link)
    link = respondent_sessions.remembered(request)
    if request.method == "POST" and request.POST.get("do") == "forget":
        response = redirect_with_message(
            request, "This browser is forgotten. Next time you need a code again", "answering"
        )
        respondent_sessions.forget(request, response)
        return response
    trouble = _press(request, link, known=True) if request.method == "POST" and link is not None else ""
    if isinstance(trouble, HttpResponse):
        return trouble
    context = {"link": link, "known": link is not None, "trouble": trouble, "here": True}
    return render(request, "respondents/sign_in.html" if link else "respondents/open_your_link.html", context)


def _list(request: RespondentRequest, link: RespondentLink) -> HttpResponse:
    actions.log_link_use(
        by=request.user,
        link=link,
        event=LinkEvent.READ,
        about="The list",
        once_in=respondent_sessions.READ_ONCE_IN,
    )
    return render(request, "respondents/list.html", {"link": link} | respondent_items.by_what_to_do(link))


@respondent_public(methods="POST")
def answer_leave(request: RespondentRequest) -> HttpResponse:
    """End the session. The browser stays remembered unless its person says otherwise on the page that follows."""
    respondent_sessions.end(request)
    return redirect_with_message(
        request, "You have left. Nothing more can be done here until you come in again", "answering"
    )
