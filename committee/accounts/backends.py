"""The authentication backend: only people with an account may sign in, by whatever method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.auth_backends import AuthenticationBackend

if TYPE_CHECKING:
    from committee.accounts.models import User


class AccountsOnly(AuthenticationBackend):
    """Sign in people with accounts only. Respondents, who answer by a personal link, are refused, and a session that
    names one is anonymous.
    """

    def user_can_authenticate(self, user: User | Any) -> bool:
        return super().user_can_authenticate(user) and not user.is_respondent
