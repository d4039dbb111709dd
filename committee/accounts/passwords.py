"""What a password must be. Long rather than complicated, as the National Cyber Security Centre advises."""

from __future__ import annotations

from django.contrib.auth import password_validation

SHORTEST = 12


class LongEnough(password_validation.MinimumLengthValidator):
    def __init__(self) -> None:
        super().__init__(min_length=SHORTEST)

    def get_error_message(self) -> str:
        return f"Enter a password of at least {SHORTEST} characters"

    def get_help_text(self) -> str:
        return f"Use at least {SHORTEST} characters. Three words that have nothing to do with each other are good."


class NotOnesOwnName(password_validation.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("name", "email")

    def __init__(self) -> None:
        super().__init__(user_attributes=self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        return "Enter a password that is not like your name or e-mail address"


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Enter a password that is harder to guess: this one is on a list of common passwords"
