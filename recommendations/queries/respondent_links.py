"""The personal links of external respondents: their addresses, and how long they are valid.

A link's address holds the id of its row and its generation, signed with the secret key and never stored.
`link_address(link)` is the address for an e-mail to the respondent.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from committee import clock
from recommendations.models import RespondentLink
from recommendations.models.acting import acting_link

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User

SALT = "recommendations.queries.respondent_links.link"
BROWSER_SALT = "recommendations.queries.respondent_links.browser"
REMEMBERED = dt.timedelta(days=30)
"""For how long a browser in which a code was entered needs no other."""
USUAL_DAYS = 90
"""For how long a link is issued by default."""
LONGEST_DAYS = 365


def token_of(link: RespondentLink) -> str:
    """Return the token of the link's present generation; always the same."""
    return _signer().sign_object([link.pk, link.generation])


def read_token(token: str) -> tuple[int, int] | None:
    """Return the link's id and the generation that a token names; None for one that was not signed here."""
    try:
        pk, number = _signer().unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (pk, number) if isinstance(pk, int) and isinstance(number, int) else None


def link_of(token: str) -> RespondentLink | None:
    """Return the link of which the token is the present generation, ended or not; None for any other token."""
    named = read_token(token)
    return link_of_generation(*named) if named is not None else None


def link_of_generation(pk: int, number: int) -> RespondentLink | None:
    """Return the link with this primary key, ended or not; None where `number` is not its present generation."""
    return RespondentLink.objects.for_list().filter(pk=pk, generation=number).first()


def browser_token(link: RespondentLink) -> str:
    """Return what a browser keeps in a cookie in which the code for the link's present generation was entered."""
    return signing.dumps([link.pk, link.generation], salt=BROWSER_SALT)


def link_of_browser(token: str) -> RespondentLink | None:
    """Return the valid link that `browser_token` named at most `REMEMBERED` ago, in its present generation; else None."""
    try:
        pk, number = signing.loads(token, salt=BROWSER_SALT, max_age=REMEMBERED)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return RespondentLink.objects.valid().for_list().filter(pk=pk, generation=number).first()


def link_address(link: RespondentLink) -> str:
    """Return the absolute address by which its person answers, for e-mails to them and to nobody else."""
    return f"{settings.SITE_URL}{reverse('answer_link', args=[token_of(link)])}"


PLACES = {
    "my_work": "answering",
    "assignment": "answer_item",
    "log_update": "answer_update",
    "preview_update": "answer_preview",
    "discard_update": "answer_discard",
    "recall_update": "answer_recall",
    "update_versions": "answer_versions",
    "add_evidence": "answer_add_evidence",
    "evidence_file": "answer_evidence",
    "request_new_date": "answer_new_date",
    "milestones": "answer_steps",
    "write_review_updates": "answer_review",
    "check_review_updates": "answer_check_review",
}
"""Pages that officers and respondents share: the officers' route, and the respondents' for the same page."""


def place(user: User | AnonymousUser, name: str, *args: Any) -> str:
    """Return the address of a page that both audiences have, as this person reaches it."""
    if acting_link(user) is not None:
        name = PLACES[name]
    return reverse(name, args=args)


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a link that is valid until that day ends: its last minute, in London."""
    return clock.end_of_day(day).replace(second=0, microsecond=0)


def _signer() -> signing.Signer:
    # Made anew each time: it reads the secret key and the old ones that are still accepted.
    return signing.Signer(salt=SALT, sep=".")
