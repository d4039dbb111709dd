"""django-allauth adapters: no sign-up, addresses entered by administrators, our own wording."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string

from committee.accounts.models import User
from committee.accounts.passwords import set_own_password
from committee.outbox import queue_text
from committee.request_context import current_request
from committee.text import email_address


class AccountAdapter(DefaultAccountAdapter):
    """Password sign-in by e-mail address."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is switched off. Ask an administrator of this service",
        "email_password_mismatch": "Enter the e-mail address and password of your account. One of them is wrong",
        "enter_current_password": "Enter your present password",
        "incorrect_code": "Enter the code again: it was wrong or is no longer valid",
        "incorrect_password": "Enter your password again: it was wrong",
        "invalid_password_reset": "Ask for a new link: this one was used or is too old",
        "rate_limited": "Wait a few minutes, then try again",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: administrators add people, nobody makes their own account."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        address: str = import_string(settings.LANDING_PAGE)(request.user)
        return address

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home") if settings.PUBLIC_SITE else reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address as seen behind the trusted proxies; rate limits count by it."""
        asking = current_request()
        return (asking and asking.address) or "unknown"

    def pre_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse | None:
        """Refuse respondents, whatever the way to sign in: a person who answers by a personal link has no account."""
        if user.is_respondent:
            clear_login(request)
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **details)

    def set_password(self, user: User, password: str) -> None:
        set_own_password(by=user, password=password)

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.COUNCIL_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have the worker send what was changed about an account. Its words are made here, as they say from where it was
        done; nothing secret is in them (links to set a password are made by the worker, see `invitations`)."""
        message = self.render_mail(
            template_prefix,
            email,
            context | {"council": settings.COUNCIL_NAME, "site": settings.SITE_URL},
        )
        person = User.objects.filter(email=email_address(email)).first()
        queue_text(email, message.subject, str(message.body), to=person)

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return f"{settings.SITE_URL}{path}"

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        words = {
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code from your authenticator app, or a recovery code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods]


class SecondStepAdapter(DefaultMFAAdapter):
    """The second factors: authenticator app, passkeys, recovery codes. Secrets are encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Administrators must keep a second step. Add a passkey first",
        "cannot_generate_recovery_codes": "Add an authenticator app or a passkey first",
        "incorrect_code": "Enter the code again: it was wrong or is no longer valid",
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code without an XML declaration, because it is inlined in the page: the content security policy
        refuses `data:` addresses.
        """
        svg = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return settings.COUNCIL_NAME

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "My passkey" if number == 1 else f"Passkey {number}"


def _cipher() -> MultiFernet:
    """Return a cipher keyed by SECRET_KEY that can also read values encrypted under OLD_SECRET_KEYS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second step:{key}".encode()).digest()))
        for key in keys
    )


class CouncilSignInAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect. It signs in the account that has the verified address; it creates and connects none."""

    def authenticate_by_email(self, login: Any) -> tuple[User, None] | None:
        """Return the account with the verified address, without the address itself; None if there is no such account.

        With the address allauth would wipe the account's password, as a precaution against sign-ups by strangers;
        nobody can sign up here.
        """
        found = super().authenticate_by_email(login)
        return (found[0], None) if found and not found[0].is_respondent else None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.state.get("process") == "connect":
            messages.error(
                request, "Accounts can't be connected: sign in with the same e-mail address instead."
            )
            raise ImmediateHttpResponse(redirect("account"))
