"""Who may sign in at all, however they try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend

if TYPE_CHECKING:
    from committee.accounts.models import User


class AccountsOnly(AuthenticationBackend):
    """Signs in people with accounts. Respondents, who answer by a personal link alone, are turned away, and a session
    that names one belongs to nobody."""

    def user_can_authenticate(self, user: User | Any) -> bool:
        return super().user_can_authenticate(user) and not user.is_respondent
