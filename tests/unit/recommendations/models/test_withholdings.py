"""What the database lets a withholding change, and what it refuses to everybody else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from committee.database_roles import grant_to_site
from recommendations.actions import withholdings
from recommendations.lifecycle import WithholdingGround
from recommendations.models import SealedText, Update, Withholding
from script.postgres import SITE_ROLE
from tests.factories import Cast

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "We spoke to Tamsin Quill in May."
NEVER = "never changed|never deleted|only erased"


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def together(*statements: tuple[Any, ...]) -> None:
    with transaction.atomic():
        for statement in statements:
            sql(*statement)


def refused(message: str, *statements: tuple[Any, ...]) -> None:
    """Carry out the statements in one transaction of their own: the last of them is refused."""
    with pytest.raises((IntegrityError, InternalError, ProgrammingError), match=message):
        together(*statements)


@pytest.fixture(params=["owner", "site"], autouse=True)
def role(request: pytest.FixtureRequest, cast: Cast) -> Iterator[str]:
    """Act as the owner of the tables, and as the role that runs the site."""
    if request.param == "site":
        grant_to_site(connection, SITE_ROLE)
        sql(f"SET ROLE {SITE_ROLE}")
    yield request.param
    sql("RESET ROLE")


@pytest.fixture
def update(cast: Cast) -> Update:
    return cast.published(cast.assignment(), progress=WORDS)


@pytest.fixture
def withholding(cast: Cast, update: Update) -> Withholding:
    return withholdings.withhold_words(
        by=cast.sam,
        words="Tamsin Quill",
        ground=WithholdingGround.PERSONAL_DATA,
        public_reason="It named a child.",
    )


BEGIN = (
    "INSERT INTO recommendations_withholding (id, version, kind, ground, public_reason, private_note, withheld_at,"
    " withheld_by_id, decide_by, state, decision_reason, sealed_in, decided_in)"
    " VALUES (770077, 1, 'words', 'other', 'Why', '', now(), %s, now(), 'hidden', '', %s, '')"
)
SEAL = (
    "INSERT INTO recommendations_sealedtext (withholding_id, table_name, row_key, column_name, marker, original, sha256)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
CHANGE = "UPDATE recommendations_update SET progress = %s WHERE id = %s"
TABLE = "recommendations_update"


class TestPublishedText:
    def test_is_not_changed_without_a_withholding(self, update: Update) -> None:
        refused("never changed", (CHANGE, "We spoke to [withheld] in May.", update.pk))

    def test_is_changed_with_one_of_the_same_transaction(self, cast: Cast, update: Update) -> None:
        with transaction.atomic():
            sql(BEGIN, cast.sam.pk, "")
            sql(SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Tamsin Quill", "")
            sql(CHANGE, "We spoke to [withheld 770077] in May.", update.pk)
        assert Update.objects.get(pk=update.pk).progress == "We spoke to [withheld 770077] in May."

    @pytest.mark.parametrize(
        "shown",
        [
            "We spoke to [withheld 770077b] in May.",
            "We spoke to [withheld 770077] in June.",
            "We spoke to [withheld 770077] in May. And more.",
            "[withheld 770077]",
            "",
        ],
    )
    def test_is_not_changed_otherwise_under_cover_of_one(
        self, cast: Cast, update: Update, shown: str
    ) -> None:
        refused(
            "never changed",
            (BEGIN, cast.sam.pk, ""),
            (SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Tamsin Quill", ""),
            (CHANGE, shown, update.pk),
        )

    def test_of_another_row_is_not_changed(self, cast: Cast, update: Update) -> None:
        other = cast.published(cast.assignment(), progress=WORDS)
        refused(
            "never changed",
            (BEGIN, cast.sam.pk, ""),
            (SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Tamsin Quill", ""),
            (CHANGE, "We spoke to [withheld 770077] in May.", other.pk),
        )

    def test_of_another_column_is_not_changed(self, cast: Cast) -> None:
        update = cast.published(cast.assignment(), progress=WORDS, barriers=WORDS)
        refused(
            "never changed",
            (BEGIN, cast.sam.pk, ""),
            (SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Tamsin Quill", ""),
            (
                "UPDATE recommendations_update SET barriers = %s WHERE id = %s",
                "We spoke to [withheld 770077] in May.",
                update.pk,
            ),
        )

    def test_is_not_changed_together_with_anything_else(self, cast: Cast, update: Update) -> None:
        refused(
            "never changed",
            (BEGIN, cast.sam.pk, ""),
            (SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Tamsin Quill", ""),
            (
                "UPDATE recommendations_update SET progress = %s, claim = 'delivered' WHERE id = %s",
                "We spoke to [withheld 770077] in May.",
                update.pk,
            ),
        )

    def test_is_not_put_back_by_itself(self, update: Update, withholding: Withholding) -> None:
        refused("never changed", (CHANGE, WORDS, update.pk))

    def test_is_not_changed_again_by_what_was_sealed_before(
        self, update: Update, withholding: Withholding
    ) -> None:
        """A sealed row of an earlier transaction proves nothing."""
        marker = SealedText.objects.get(table_name=TABLE, column_name="progress").marker
        with transaction.atomic():
            sql("UPDATE recommendations_withholding SET version = version + 1")
            refused("never changed", (CHANGE, WORDS.replace("Tamsin Quill", f"{marker} {marker}"), update.pk))


class TestSealing:
    def test_takes_only_words_that_stand_there(self, cast: Cast, update: Update) -> None:
        refused(
            "Only words that stand in their place",
            (BEGIN, cast.sam.pk, ""),
            (SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Somebody Else", ""),
        )

    def test_is_done_only_when_something_is_withheld(
        self, cast: Cast, update: Update, withholding: Withholding
    ) -> None:
        refused(
            "sealed only when they are withheld",
            (SEAL, withholding.pk, TABLE, str(update.pk), "progress", "[withheld 770077]", "spoke", ""),
        )

    @pytest.mark.parametrize(
        "marker",
        [
            "They refused.",
            "",
            "[withheld 770078]",
            "[withheld 770077] Not so.",
            "No [withheld 770077]",
            "[withheld on a day 770077]",
        ],
    )
    def test_leaves_its_own_mark_and_no_other_words(self, cast: Cast, update: Update, marker: str) -> None:
        """What is withheld would otherwise be a way to put any words on the record."""
        refused(
            "Only the mark of its withholding",
            (BEGIN, cast.sam.pk, ""),
            (SEAL, 770077, TABLE, str(update.pk), "progress", marker, WORDS, ""),
        )

    def test_cannot_borrow_the_transaction_of_another(self, cast: Cast, withholding: Withholding) -> None:
        with transaction.atomic():
            sql(BEGIN, cast.sam.pk, withholding.sealed_in)
        assert Withholding.objects.get(pk=770077).sealed_in not in ("", withholding.sealed_in)

    def test_hashes_what_was_there_itself(self, cast: Cast, update: Update) -> None:
        with transaction.atomic():
            sql(BEGIN, cast.sam.pk, "")
            sql(
                SEAL, 770077, TABLE, str(update.pk), "progress", "[withheld 770077]", "Tamsin Quill", "0" * 64
            )
        assert SealedText.objects.get().sha256 == hashlib.sha256(b"Tamsin Quill").hexdigest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recommendations_sealedtext SET marker = '[z]'",
        "UPDATE recommendations_sealedtext SET original = 'Somebody Else'",
        "UPDATE recommendations_sealedtext SET original = ''",
        "UPDATE recommendations_sealedtext SET sha256 = repeat('0', 64)",
        "UPDATE recommendations_sealedtext SET row_key = '1'",
        "DELETE FROM recommendations_sealedtext",
        "TRUNCATE recommendations_sealedtext",
        "TRUNCATE recommendations_sealedfile",
        "DELETE FROM recommendations_withholding",
        "TRUNCATE recommendations_withholding CASCADE",
        "UPDATE recommendations_withholding SET public_reason = 'Another'",
        "UPDATE recommendations_withholding SET ground = 'other'",
        "UPDATE recommendations_withholding SET decide_by = decide_by + 100",
        "UPDATE recommendations_withholding SET sealed_in = ''",
        "UPDATE recommendations_withholding SET withheld_by_id = withheld_by_id + 1",
    ],
)
def test_what_is_sealed_stays(statement: str, withholding: Withholding) -> None:
    refused(f"{NEVER}|only decided|permission denied", (statement,))


class TestDeciding:
    def decide(self, state: str, by: int | None) -> tuple[Any, ...]:
        return (
            "UPDATE recommendations_withholding SET state = %s, decided_at = now(), decided_by_id = %s",
            state,
            by,
        )

    @pytest.mark.parametrize("state", ["confirmed", "put_back"])
    def test_takes_a_second_person(self, state: str, cast: Cast, withholding: Withholding) -> None:
        refused("withholding_decided_by_another", self.decide(state, cast.sam.pk))
        refused("withholding_decided_paired", self.decide(state, None))

    def test_comes_before_erasing(self, cast: Cast, withholding: Withholding) -> None:
        refused("transition|only decided", self.decide("erased", cast.oscar.pk))
        with transaction.atomic():
            sql(*self.decide("confirmed", cast.oscar.pk))
        refused("only erased", ("UPDATE recommendations_sealedtext SET original = ''",))

    def test_is_not_undone(self, cast: Cast, withholding: Withholding) -> None:
        with transaction.atomic():
            sql(*self.decide("put_back", cast.oscar.pk))
        refused("transition|only decided", self.decide("hidden", cast.oscar.pk))
        refused("transition|only decided", self.decide("confirmed", cast.oscar.pk))

    def test_without_putting_back_at_once_changes_no_text(
        self, cast: Cast, update: Update, withholding: Withholding
    ) -> None:
        """The words come back in the transaction of the decision, or never by themselves."""
        with transaction.atomic():
            sql(*self.decide("put_back", cast.oscar.pk))
        refused("never changed", (CHANGE, WORDS, update.pk))
