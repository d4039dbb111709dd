"""What people do about the notices they get."""

from __future__ import annotations

from collections.abc import Sequence

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, action, lock, save
from recommendations.lifecycle import MAIL_TRANSITIONS, MailState, NoticeKind, can_transition
from recommendations.models import Mail, NoticeSettings
from recommendations.permissions import Right, require


@action
def choose_notices(*, by: User, muted: Sequence[str], working_days_only: bool) -> NoticeSettings:
    """Keep what a person does not want to be told by mail, and whether they want it on working days only."""
    unknown = set(muted) - set(NoticeKind.values)
    if unknown:
        raise ActionDenied("Select from the list", "told")
    kept = NoticeSettings.objects.select_for_update().filter(user=by).first() or NoticeSettings(user=by)
    save(kept, muted=sorted(muted), working_days_only=working_days_only)
    return kept


@action
def try_again(*, by: User, mail: Mail) -> Mail:
    """Have a message that failed tried again, to the address that its person has now."""
    require(by, Right.ADMINISTER)
    mail = lock(mail)
    if not can_transition(MAIL_TRANSITIONS, mail.state, MailState.TO_SEND):
        raise ActionDenied("This message has not failed")
    save(mail, state=MailState.TO_SEND, tries=0, try_after=clock.now(), failure="", address=mail.to.email)
    return mail
