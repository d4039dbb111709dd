"""Set a person's notification settings, and retry failed e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from committee.models import EMAIL_TRANSITIONS, Email, EmailState
from committee.outbox import send_soon
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.lifecycle import NoticeKind, can_transition
from recommendations.models import NoticeSettings
from recommendations.permissions import Right, require


@action
def choose_notices(*, by: User, muted: Sequence[str], working_days_only: bool) -> NoticeSettings:
    """Set which notices a person does not want by e-mail, and whether they want them on working days only."""
    unknown = set(muted) - set(NoticeKind.values)
    if unknown:
        raise ActionDenied("Select from the list", "told")
    kept = NoticeSettings.objects.select_for_update().filter(user=by).first() or NoticeSettings(user=by)
    save(kept, muted=sorted(muted), working_days_only=working_days_only)
    return kept


@action
def try_again(*, by: User, mail: Email) -> Email:
    """Have a message that failed tried again at once, to the address that its person has now."""
    require(by, Right.ADMINISTER)
    mail = lock(mail)
    if not can_transition(EMAIL_TRANSITIONS, mail.state, EmailState.TO_SEND):
        raise ActionDenied("This message has not failed")
    if not mail.can_be_tried_again:
        raise ActionDenied("What this message said was not kept after the mail server took it")
    address = mail.to.email if mail.to else mail.address
    save(mail, state=EmailState.TO_SEND, tries=0, try_after=clock.now(), failure="", address=address)
    send_soon(mail)
    return mail
