"""django-allauth's forms with our labels, hints and error messages."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest

from committee.outbox import queue

CODE_HINT = "6 digits from your authenticator app, or one of your recovery codes"


def _word(form: forms.Form, name: str, label: str, required: str, hint: str = "", **attrs: str) -> None:
    """Set the label, hint and required message of one of allauth's fields, and drop its placeholder."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attrs


def _hint() -> str:
    return " ".join(password_validators_help_texts())


class SameTwice:
    """Mixin whose error says what to do when the two passwords differ."""

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]  # allauth ships no types
        if "password2" in self.errors and "password2" not in self.cleaned_data and self.data.get("password2"):  # type: ignore[attr-defined]  # allauth ships no types
            del self._errors["password2"]  # type: ignore[attr-defined]  # allauth ships no types
            self.add_error("password2", "Enter the same password in both boxes")  # type: ignore[attr-defined]  # allauth ships no types
        return cleaned


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", "E-mail address", "Enter your e-mail address", autocomplete="username")
        self.fields["login"].error_messages["invalid"] = (
            "Enter an e-mail address in the correct format, like name@example.gov.uk"
        )
        _word(self, "password", "Password", "Enter your password")


class ForgottenPasswordForm(account.ResetPasswordForm):
    def clean_email(self) -> str:
        """Return the address. A respondent has no password to reset, and is told no more than a stranger."""
        email: str = super().clean_email()
        self.users: list[Any] = [user for user in self.users if not user.is_respondent]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Have the worker make the link and send it. An address that nobody has takes as long, and asks for as much."""
        person = self.users[0] if self.users else None
        queue(
            "committee.accounts.invitations.forgotten",
            person.pk if person else 0,
            to=person,
            subject="Link to set a new password",
        )
        address: str = self.cleaned_data["email"]
        return address

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", "E-mail address", "Enter your e-mail address")
        self.fields["email"].error_messages["invalid"] = (
            "Enter an e-mail address in the correct format, like name@example.gov.uk"
        )


class NewPasswordForm(SameTwice, account.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", "New password", "Enter a new password", _hint())
        _word(self, "password2", "New password again", "Enter the new password again")


class FirstPasswordForm(SameTwice, account.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password1", "Password", "Enter a password", _hint())
        _word(self, "password2", "Password again", "Enter the password again")


class ChangePasswordForm(SameTwice, account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", "Present password", "Enter your present password")
        _word(self, "password1", "New password", "Enter a new password", _hint())
        _word(self, "password2", "New password again", "Enter the new password again")


class ConfirmPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", "Password", "Enter your password")


class SecondStepForm(second_step.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", "Code", "Enter the code", CODE_HINT, inputmode="numeric")


class ConfirmCodeForm(second_step.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "code", "Code", "Enter the code", CODE_HINT, inputmode="numeric")


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            "code",
            "Code from the app",
            "Enter the 6 digits that the app shows",
            "6 digits",
            inputmode="numeric",
        )


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(
            self,
            "name",
            "Name of the passkey",
            "Enter a name",
            "So that you recognise it later, such as “My telephone”",
        )
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = "Sign in with this passkey alone, without the password"
        self.fields["passwordless"].help_text = "It then asks for your fingerprint, face or PIN each time"
        self.fields["credential"].error_messages["required"] = (
            "Follow what your browser asks, with JavaScript switched on, to make the passkey"
        )


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "name", "Name of the passkey", "Enter a name")
