"""Sign-in, sign-out, passwords, the second step, and one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account import app_settings as account_limits
from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa import app_settings as mfa_limits
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from committee.accounts.invitations import set_password_link
from committee.accounts.models import User
from committee.audit.models import AuditEntry, SecondStep
from committee.models import Email, Installation
from recommendations.actions import people
from recommendations.lifecycle import Role
from recommendations.models import Membership
from tests.clients import answer_of
from tests.factories import PASSWORD, Cast, fresh

NOT_USED = {"signup", "request_login_code", "verify_phone"}
"""Limits of ways to sign in or up that this site does not have."""
ELSEWHERE = "https://elsewhere.example/"


@pytest.fixture(autouse=True)
def _no_tries_yet(db: None) -> None:
    cache.clear()


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def confirm(client: Client) -> None:
    """Show once more who one is, as changes to the sign-in ask."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_index")})


def path_of(link: str) -> str:
    return re.sub(r"^https?://[^/]+", "", link)


def with_app(user: User) -> str:
    """Give the person an authenticator app; returns its key."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


class TestSignIn:
    def test_each_role_lands_where_its_work_is(self, cast: Cast, client: Client) -> None:
        landing = {
            cast.olive: "my_work",
            cast.ada: "approvals",
            cast.colin: "dashboard",
            cast.sam: "workspace",
            cast.carla: "meetings",
            cast.admin: "administration",
            cast.nobody: "home",
        }
        for user, name in landing.items():
            answer = sign_in(Client(), user)
            assert (user.name, answer.status_code, answer["Location"]) == (user.name, 302, reverse(name))

    def test_the_address_may_be_typed_in_any_case(self, cast: Cast, client: Client) -> None:
        assert (
            client.post(
                reverse("account_login"), {"login": " SAM.Scrutiny@example.ORG ", "password": PASSWORD}
            ).status_code
            == 302
        )

    def test_a_safe_next_is_followed_and_another_is_not(self, cast: Cast) -> None:
        assert sign_in(Client(), cast.olive, next="/bodies/")["Location"] == "/bodies/"
        assert sign_in(Client(), cast.olive, next=ELSEWHERE)["Location"] == reverse("my_work")

    def test_a_page_that_needs_sign_in_comes_back_after_it(self, cast: Cast, client: Client) -> None:
        answer = client.get(reverse("account"))
        assert answer["Location"] == f"{reverse('account_login')}?next={reverse('account')}"

    def test_failure_says_the_same_whether_the_account_exists(self, cast: Cast, client: Client) -> None:
        wrong = sign_in(client, cast.sam, "not this one at all")
        unknown = client.post(
            reverse("account_login"), {"login": "who@example.org", "password": "not this one at all"}
        )
        words = "One of them is wrong"
        assert words in wrong.content.decode()
        assert words in unknown.content.decode()
        assert wrong.context["form"].errors == unknown.context["form"].errors

    def test_empty_boxes_are_told_what_to_enter(self, cast: Cast, client: Client) -> None:
        body = client.post(reverse("account_login"), {}).content.decode()
        assert "Enter your e-mail address" in body
        assert "Enter your password" in body

    def test_guessing_is_stopped(self, cast: Cast, client: Client) -> None:
        for _ in range(5):
            sign_in(client, cast.sam, "a wrong guess of it")
        answer = sign_in(client, cast.sam)
        assert "Too many tries" in answer.content.decode()
        assert not is_signed_in(client)

    def test_wrong_names_at_one_address_shut_nobody_else_out(self, cast: Cast, client: Client) -> None:
        for number in range(30):
            client.post(
                reverse("account_login"), {"login": f"who{number}@example.org", "password": "wrong one"}
            )
        sign_in(client, cast.sam)
        assert is_signed_in(client)

    def test_one_persons_many_wrong_passwords_shut_nobody_else_out(self, cast: Cast, client: Client) -> None:
        for _ in range(30):
            sign_in(client, cast.sam, "a wrong guess of it")
        assert "Too many tries" in sign_in(client, cast.sam).content.decode()
        sign_in(client, cast.olive)
        assert is_signed_in(client)

    def test_a_whole_council_signs_in_within_a_minute(self, cast: Cast) -> None:
        for _ in range(60):
            client = Client()
            sign_in(client, cast.sam)
            assert is_signed_in(client)

    def test_forgotten_passwords_are_limited_by_account(self, cast: Cast, client: Client) -> None:
        address = reverse("account_reset_password")
        answers = [client.post(address, {"email": cast.sam.email}).status_code for _ in range(6)]
        assert answers == [302] * 5 + [429]
        for number in range(30):
            assert client.post(address, {"email": f"who{number}@example.org"}).status_code == 302
        assert client.post(address, {"email": cast.olive.email}).status_code == 302

    def test_no_limit_of_an_address_is_narrow(self) -> None:
        """Neither allauth's own nor ours: one that comes with a new version is found here."""
        for limits in (account_limits.RATE_LIMITS, mfa_limits.RATE_LIMITS):
            for action, rates in limits.items():
                if action in NOT_USED:
                    continue
                for rate in parse_rates(rates):
                    assert rate.per != "ip" or rate.amount >= 600, action

    def test_a_flood_from_one_address_gets_a_page_of_ours(
        self, cast: Cast, client: Client, settings: Any
    ) -> None:
        settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
        for _ in range(4):
            answer = client.post(reverse("account_login"), {"login": "", "password": ""})
        assert answer.status_code == 429
        assert "Too many tries" in answer.content.decode()

    def test_nobody_signs_up(self, db: None, client: Client) -> None:
        for method in (client.get, client.post):
            assert method("/accounts/signup/").status_code == 404

    def test_signing_out_needs_a_post(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)
        assert client.get(reverse("account_logout")).status_code == 200
        assert is_signed_in(client)
        client.post(reverse("account_logout"))
        assert not is_signed_in(client)

    def test_a_person_switched_off_is_out_at_once_and_stays_out(self, cast: Cast, client: Client) -> None:
        sign_in(client, cast.sam)
        assert is_signed_in(client)
        people.deactivate(by=cast.admin, person=cast.sam)
        assert not is_signed_in(client)
        assert sign_in(Client(), cast.sam)["Location"] == reverse("account_inactive")
        people.reactivate(by=cast.admin, person=cast.sam)
        assert not is_signed_in(client), "the old session must not come back"
        assert sign_in(client, cast.sam).status_code == 302

    def test_the_inactive_page_can_be_read(self, db: None, client: Client) -> None:
        assert "switched off" in client.get(reverse("account_inactive")).content.decode()


class TestPasswords:
    @pytest.fixture
    def posted(
        self, run_tasks: Callable[[], Any], django_capture_on_commit_callbacks: Any
    ) -> Callable[..., Any]:
        """Sends a form, then lets the worker run; gives the answer and what the worker ran."""

        def send(client: Client, name: str, details: dict[str, str]) -> tuple[Any, list[Any]]:
            with django_capture_on_commit_callbacks(execute=True):
                answer = client.post(reverse(name), details, follow=True)
            assert mail.outbox == [], "nothing is sent while the person waits"
            return answer, run_tasks()

        return send

    def test_a_link_is_sent_and_sets_the_password(
        self, cast: Cast, client: Client, posted: Callable[..., Any]
    ) -> None:
        answer, _ = posted(client, "account_reset_password", {"email": cast.olive.email})
        assert "If there is an account" in answer.content.decode()
        [message] = mail.outbox
        assert message.subject.endswith("County Council: set a new password")
        link, *_ = re.findall(r"http\S+", str(message.body))
        page = client.get(path_of(link), follow=True)
        assert "Set your password" in page.content.decode()
        new = "purple kettle orchard"
        done = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
        assert done.status_code == 302
        assert is_signed_in(client)
        assert sign_in(Client(), cast.olive, new).status_code == 302

    def test_an_unknown_address_gets_the_same_answer_and_no_mail(
        self, cast: Cast, client: Client, posted: Callable[..., Any]
    ) -> None:
        _, work = posted(client, "account_reset_password", {"email": cast.olive.email})
        mail.outbox.clear()
        unknown, same_work = posted(Client(), "account_reset_password", {"email": "who@example.org"})
        assert "If there is an account" in unknown.content.decode()
        assert mail.outbox == []
        assert [one.task_path for one in work] == [one.task_path for one in same_work]
        assert same_work[0].return_value == "not needed any more"

    def test_no_link_lies_in_the_queue(self, cast: Cast, client: Client, posted: Callable[..., Any]) -> None:
        _, [task] = posted(client, "account_reset_password", {"email": cast.olive.email})
        [email] = Email.objects.all()
        assert task.args_kwargs == {"args": [email.pk], "kwargs": {}}
        assert (email.builder, email.key) == ("committee.accounts.invitations.forgotten", cast.olive.pk)
        [link] = re.findall(r"/accounts/\S+", str(mail.outbox[0].body))
        kept = str(Email.objects.values().get()) + str(list(AuditEntry.objects.values("before", "after")))
        assert link.strip("/").rpartition("/")[2] not in kept

    def test_a_link_works_once(self, cast: Cast) -> None:
        link = path_of(set_password_link(cast.olive))
        client = Client()
        page = client.get(link, follow=True)
        client.post(
            page.request["PATH_INFO"],
            {"password1": "purple kettle orchard", "password2": "purple kettle orchard"},
        )
        again = Client().get(link, follow=True)
        assert "can’t be used any more" in again.content.decode()

    @pytest.mark.parametrize(
        ("first", "second", "words"),
        [
            ("short", "short", "Enter a password of at least 12 characters"),
            ("olive.officer@", "olive.officer@", "not like your name"),
            ("password1234", "password1234", "harder to guess"),
            ("purple kettle orchard", "purple kettle orchid", "Enter the same password in both boxes"),
            ("", "", "Enter a new password"),
        ],
    )
    def test_a_bad_password_is_told_what_to_do(self, cast: Cast, first: str, second: str, words: str) -> None:
        client = Client()
        page = client.get(path_of(set_password_link(cast.olive)), follow=True)
        answer = client.post(page.request["PATH_INFO"], {"password1": first, "password2": second})
        assert words in answer.content.decode()

    def test_changing_it_ends_other_sign_ins_is_told_by_mail_and_is_on_the_trail(
        self, cast: Cast, posted: Callable[..., Any]
    ) -> None:
        here, there = Client(), Client()
        sign_in(here, cast.olive)
        sign_in(there, cast.olive)
        new = "purple kettle orchard"
        answer, _ = posted(
            here, "account_change_password", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )
        assert answer.redirect_chain == [(reverse("account"), 302)]
        assert is_signed_in(here)
        assert not is_signed_in(there)
        assert "your password was changed" in mail.outbox[-1].subject
        entry = AuditEntry.objects.filter(table_name="accounts_user", row_key=str(cast.olive.pk)).first()
        assert entry is not None
        assert entry.actor == cast.olive
        assert "password" not in (entry.after or {})

    def test_a_mail_server_that_is_away_does_not_stop_the_page(
        self, cast: Cast, client: Client, posted: Callable[..., Any], monkeypatch: Any
    ) -> None:
        def away(*args: Any, **kwargs: Any) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
        answer, work = posted(client, "account_reset_password", {"email": cast.olive.email})
        assert answer.status_code == 200
        assert [one.return_value for one in work] == ["will be tried again"] * 5 + ["given up"]


class TestSecondStep:
    def test_setting_up_an_app_takes_a_right_code_and_gives_recovery_codes(
        self, cast: Cast, client: Client
    ) -> None:
        sign_in(client, cast.sam)
        confirm(client)
        page = client.get(reverse("mfa_activate_totp"))
        body = page.content.decode()
        assert "<svg" in body
        assert 'src="data:' not in body, "the content security policy refuses it"
        wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
        assert "Enter the code again" in wrong.content.decode()
        secret = wrong.context["form"].secret
        done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
        assert done["Location"] == reverse("mfa_view_recovery_codes")
        assert client.get(done["Location"]).content.decode().count("<code>") == 10
        step = SecondStep.objects.get(user=cast.sam, type=Authenticator.Type.TOTP)
        assert secret not in str(step.data), "the key is kept encrypted"
        entry = AuditEntry.objects.filter(table_name="mfa_authenticator", row_key=str(step.pk)).get()
        assert entry.actor == cast.sam
        assert "data" not in (entry.after or {})

    def test_sign_in_then_asks_for_the_code(self, cast: Cast, client: Client) -> None:
        secret = with_app(cast.sam)
        answer = sign_in(client, cast.sam, next="/bodies/")
        assert answer["Location"].startswith(reverse("mfa_authenticate"))
        assert not is_signed_in(client)
        assert client.get(reverse("mfa_authenticate")).status_code == 200
        assert (
            "Enter the code again"
            in client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
        )
        done = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
        assert done["Location"] == "/bodies/"
        assert is_signed_in(client)

    def test_removing_it_asks_who_you_are_first(self, cast: Cast, client: Client) -> None:
        with_app(cast.sam)
        client.force_login(cast.sam)
        answer = client.get(reverse("mfa_deactivate_totp"))
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
        page = client.get(answer["Location"])
        assert "Confirm that it is you" in page.content.decode()
        client.post(answer["Location"], {"password": PASSWORD})
        assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
        assert not SecondStep.objects.filter(user=cast.sam, type=Authenticator.Type.TOTP).exists()

    def test_the_passkey_pages_have_no_script_of_their_own(self, cast: Cast, client: Client) -> None:
        sign_in(client, cast.sam)
        confirm(client)
        for name in ("mfa_index", "mfa_list_webauthn", "mfa_add_webauthn"):
            body = client.get(reverse(name)).content.decode()
            assert "<h1" in body, name
            scripts = re.findall(r"<script([^>]*)>", body)
            assert all("src=" in one or "application/json" in one for one in scripts), name
            assert not re.search(r"\son[a-z]+=|\sstyle=", body), name

    def test_a_made_up_passkey_is_refused(self, cast: Cast, client: Client) -> None:
        for credential in (
            "",
            "{}",
            "[]",
            "nonsense",
            '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
        ):
            answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
            assert answer.status_code == 302
            assert not is_signed_in(client)

    def test_options_for_a_passkey_are_given_to_the_script(self, db: None, client: Client) -> None:
        answer = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        assert "challenge" in answer.json()["request_options"]["publicKey"]


class TestAdministrators:
    @pytest.fixture(autouse=True)
    def with_a_second_step(self, cast: Cast, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = True

    def test_without_a_second_step_they_are_sent_to_set_one_up(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.admin)
        for name in ("administration", "people", "audit_trail", "successions", "installation_health"):
            assert client.get(reverse(name))["Location"] == reverse("mfa_index"), name
        assert "Administrators need a second step" in client.get(reverse("mfa_index")).content.decode()
        assert client.get(reverse("permissions")).status_code == 200

    def test_signing_in_leads_to_setting_one_up(self, cast: Cast, client: Client) -> None:
        signed_in = client.post(
            reverse("account_login"), {"login": cast.admin.email, "password": PASSWORD}, follow=True
        )
        assert signed_in.redirect_chain[-1][0] == reverse("mfa_index")

    def test_other_roles_of_theirs_work_meanwhile(self, cast: Cast, client: Client) -> None:
        Membership.objects.create(user=cast.admin, body=cast.committee, role=Role.CLERK)
        client.force_login(cast.admin)
        assert client.get(reverse("meetings")).status_code == 200
        assert client.get(reverse("manage_bodies"))["Location"] == reverse("mfa_index")

    def test_with_one_they_get_in(self, cast: Cast, client: Client) -> None:
        with_app(cast.admin)
        client.force_login(cast.admin)
        assert client.get(reverse("administration")).status_code == 200

    def test_recovery_codes_alone_are_no_second_step(self, cast: Cast, client: Client) -> None:
        SecondStep.objects.create(user=cast.admin, type=Authenticator.Type.RECOVERY_CODES, data={})
        client.force_login(cast.admin)
        assert client.get(reverse("administration")).status_code == 302

    def test_a_demonstration_relaxes_it_and_says_so(self, cast: Cast, client: Client) -> None:
        Installation.objects.create(id=1, demonstration=True)
        client.force_login(cast.admin)
        assert "This is a demonstration" in client.get(reverse("administration")).content.decode()

    def test_a_setting_relaxes_it(self, cast: Cast, client: Client, settings: Any) -> None:
        settings.REQUIRE_ADMIN_MFA = False
        client.force_login(cast.admin)
        assert client.get(reverse("administration")).status_code == 200

    def test_others_still_get_403(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)
        assert client.get(reverse("administration")).status_code == 403


class TestMyAccount:
    def test_it_tells_my_roles_in_words(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.sam)
        body = client.get(reverse("account")).content.decode()
        assert "Scrutiny officer" in body
        assert "Runs a committee" in body
        assert "May see exempt text" in body

    def test_without_a_role_it_says_what_to_do(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.nobody)
        assert "You have no role yet" in client.get(reverse("account")).content.decode()

    def test_every_page_of_ones_own_can_be_read(self, cast: Cast, client: Client) -> None:
        sign_in(client, cast.sam)
        confirm(client)
        for name in (
            "account_change_password",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "account_logout",
        ):
            assert client.get(reverse(name)).status_code == 200, name
        for name in ("account_email", "socialaccount_connections"):
            assert client.get(reverse(name))["Location"] == reverse("account")


class TestCouncilSignIn:
    """OpenID Connect: only where it is set, and only to accounts that exist."""

    def test_there_is_no_button_where_it_is_not_set(self, db: None, client: Client) -> None:
        assert "Sign in with" not in re.sub(
            "Sign in with a passkey", "", client.get(reverse("account_login")).content.decode()
        )

    def test_there_is_a_button_where_it_is_set(self, db: None, client: Client, council_sign_in: None) -> None:
        assert "Sign in with Marlshire account" in client.get(reverse("account_login")).content.decode()

    def test_no_account_can_be_connected(self, cast: Cast, client: Client, council_sign_in: None) -> None:
        client.force_login(cast.sam)
        answer, _ = answer_of(client, email=cast.sam.email, verified=True, process="connect")
        assert answer["Location"] == reverse("account")

    def test_a_verified_address_finds_its_account(
        self, cast: Cast, client: Client, council_sign_in: None
    ) -> None:
        answer, user = answer_of(client, email=cast.olive.email, verified=True)
        assert answer["Location"] == reverse("my_work")
        assert user == cast.olive
        assert fresh(cast.olive).has_usable_password(), "the password is left alone"

    @pytest.mark.parametrize(
        ("email", "verified"), [("olive.officer@example.org", False), ("new@example.org", True)]
    )
    def test_otherwise_nobody_is_signed_in_and_no_account_made(
        self, cast: Cast, client: Client, council_sign_in: None, email: str, verified: bool
    ) -> None:
        before = User.objects.count()
        answer, user = answer_of(client, email=email, verified=verified)
        assert user is None
        assert "You have no account here" in answer.content.decode()
        assert User.objects.count() == before


class TestFirstAdministrator:
    def test_the_command_makes_one_and_prints_a_link_that_works(
        self, db: None, capsys: Any, client: Client
    ) -> None:
        call_command("add_administrator", "First@Example.org", "Fiona First")
        printed = capsys.readouterr().out
        person = User.objects.get(email="first@example.org")
        assert person.is_administrator
        link = re.search(r"http\S+", printed)[0]  # type: ignore[index]
        assert "Set your password" in client.get(path_of(link), follow=True).content.decode()

    def test_run_again_it_changes_nothing_but_the_link(self, db: None) -> None:
        for _ in range(2):
            call_command("add_administrator", "first@example.org", "Fiona First")
        assert User.objects.get().memberships.count() == 1

    def test_a_wrong_address_is_told(self, db: None) -> None:
        with pytest.raises(CommandError, match="correct format, like name"):
            call_command("add_administrator", "nonsense", "Fiona First")
