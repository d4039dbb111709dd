"""What all actions share: the decorator, errors, locking, saving.

An action is one thing that a person does: a keyword-only function that takes the person as `by`. It runs in one
transaction, checks the right and whether the step is possible, writes the history rows, keeps the current state, and
names the person in the audit trail. E-mail is sent only after the commit.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, OperationalError, connection, models, transaction
from psycopg2.errors import LockNotAvailable

from committee import clock
from committee.accounts.models import User
from committee.audit.actor import set_audit_actor
from committee.idempotency import note_carried_out
from committee.text import clean_line, clean_text
from recommendations.models.base import Versioned

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V", bound=Versioned)


class ActionDenied(Exception):
    """The action is not possible now. The message is an instruction for the person, shown on the page.

    `field` names the form field it belongs to, if any. `row` is the index, from 0, of the row it is about, if the
    action takes several.
    """

    def __init__(self, message: str, field: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.row = row


class EditConflict(Exception):
    """Somebody else changed the row meanwhile. `current` is the row as it is now, or the one that was added."""

    def __init__(self, current: Any) -> None:
        super().__init__("Somebody else changed this while you were editing it.")
        self.current = current


def action(func: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action: atomic, and recorded in the audit trail as done by `by`."""
    return _as_action(func, begin=take_part_in_the_record)


def exclusive_action(func: Callable[P, R]) -> Callable[P, R]:
    """Make a function an action during which no other is under way.

    For one that changes rows of any table, as it finds them: each other locks its rows in an order of its own, and each would
    wait for the other's.
    """
    return _as_action(func, begin=take_the_record_alone)


def _as_action(func: Callable[P, R], *, begin: Callable[[], None]) -> Callable[P, R]:
    @wraps(func)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{func.__name__}() takes keyword arguments only")
        by = kwargs.get("by")
        if not isinstance(by, User):
            raise TypeError(f"{func.__name__}() needs by=, the person who does it")
        under_way = _under_way.set(True)
        try:
            with transaction.atomic():
                begin()
                set_audit_actor(by)
                result = func(*args, **kwargs)
        finally:
            _under_way.reset(under_way)
        if not _under_way.get():  # an action within another may still be undone with it
            note_carried_out()
        return result

    return run


_under_way: ContextVar[bool] = ContextVar("under_way", default=False)


THE_RECORD = 1885430636
"""The key of the advisory lock that every action shares, and that a reader of one moment takes alone."""


def take_part_in_the_record() -> None:
    """Hold off `closed_moment` until this transaction has ended, and wait for one that is being taken."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [THE_RECORD])


def take_the_record_alone() -> None:
    """Wait until no action is under way, and let none begin until this transaction has ended.

    It waits in short tries, because every action that begins waits behind a try. Raise ActionDenied where an action was under
    way for all of `MOST_WAITED_BY_A_PERSON` seconds.
    """
    give_up_at = time.monotonic() + MOST_WAITED_BY_A_PERSON
    while not _try_to_take_alone():
        if time.monotonic() > give_up_at:
            raise ActionDenied("Something large, such as a file, is being saved. Try again in a minute")
        time.sleep(BETWEEN_TRIES)


def closed_moment() -> dt.datetime:
    """Return a moment such that all that was recorded by then is committed, and all that is recorded later has a later
    moment. Raise RecordBusy if there was none for `MOST_WAITED` seconds.

    A row gets its moment before it is committed. Without waiting for those that are under way, one could carry a moment
    that has been read already, and be in no reading at all. Actions mostly take milliseconds; for a slow one, such as a
    large upload, it waits in short tries, because every action that begins waits behind a try.
    """
    give_up_at = time.monotonic() + MOST_WAITED
    while (moment := _moment_alone()) is None:
        if time.monotonic() > give_up_at:
            raise RecordBusy
        time.sleep(BETWEEN_TRIES)
    return moment


class RecordBusy(Exception):
    """An action has been under way for too long to read the record of one moment."""


TRY_FOR, BETWEEN_TRIES, MOST_WAITED, MOST_WAITED_BY_A_PERSON = 0.1, 0.4, 120, 20
"""How long one try to find the record at rest takes, the pause between two, and how long it is tried at all, in seconds: by
a task, and while a person waits for their page.
"""


def _moment_alone() -> dt.datetime | None:
    """Return a moment at which no action is under way, or None if there is none within `TRY_FOR` seconds."""
    with transaction.atomic():
        return clock.now() if _try_to_take_alone() else None


def _try_to_take_alone() -> bool:
    """Return whether this transaction holds the record alone now, within `TRY_FOR` seconds."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{TRY_FOR * 1000:.0f}ms"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [THE_RECORD])
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
            return True
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return False
        raise


def claim_version(row: V, version: int | None) -> V:
    """Lock the row, raise its version by one, and return it as it is in the database.

    Raise EditConflict if `version`, the one the person started from, is no longer the present one. Pass `version=None`
    to skip that check, for changes that no person typed.
    """
    model = type(row)
    locked = model._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and version != locked.version:
        raise EditConflict(locked)
    locked.version += 1
    return locked


def lock(row: Any) -> Any:
    """Return the row as it is in the database now, locked until the transaction ends."""
    return type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)


def save(row: models.Model, **values: Any) -> None:
    """Set the values and save the row, after the fields' own validation.

    Raise ActionDenied with an instruction if a value is wrong or the database refuses the row (a number used twice, for
    example), so that a person reads a sentence and not an error page.
    """
    for name, value in values.items():
        setattr(row, name, clean_value(row, name, value) if isinstance(value, str) else value)
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
    try:
        row.full_clean(exclude=relations, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise ActionDenied(messages[0], None if field == NON_FIELD_ERRORS else field) from error
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if constraint not in REFUSALS:
            raise
        message, field_name = REFUSALS[constraint]
        raise ActionDenied(message, field_name) from error


REFUSALS: dict[str | None, tuple[str, str | None]] = {
    "body_name_unique_in_parent": ("There is already a body of this name here. Enter another name", "name"),
    "post_title_unique_in_body": ("This body already has a post of this title. Enter another title", "title"),
    "pack_template_name_once": (
        "There is already a template of this name. Enter another name, or replace that one",
        "name",
    ),
    "meeting_once": (
        "This body already has a meeting on that day. Give this one a title of its own",
        "title",
    ),
    "inquiry_reference_unique": (
        "Another inquiry has this reference. Enter another",
        "reference",
    ),
    "finding_number_unique": ("This inquiry already has a finding of that number. Enter another", "number"),
    "rec_number_unique_in_inquiry": (
        "This inquiry already has a recommendation of that number. Enter another",
        "number",
    ),
    "rec_reference_unique": (
        "Another recommendation has this reference. Enter another",
        "reference",
    ),
    "assignment_once_per_body": ("It is already addressed to this body. Select another body", "body"),
    "membership_once": ("This person already has that role there", "role"),
    "accounts_user_email_key": ("Somebody already has an account with this address", "email"),
    "update_one_unpublished": ("Somebody has already started an update on this. Open it from My work", None),
    "target_one_request_at_a_time": ("A new date has already been asked for and waits for a decision", None),
    "relation_once": ("This relation is already recorded", None),
}
"""The message for each constraint that may refuse a row, and the form field that it belongs to."""


@contextmanager
def in_row(number: int) -> Iterator[None]:
    """Add the index of the row to any ActionDenied raised in the block."""
    try:
        yield
    except ActionDenied as refused:
        raise ActionDenied(refused.message, refused.field, row=number) from refused


def check_unchanged(row: models.Model, columns: Collection[str], values: Mapping[str, Any]) -> None:
    """Raise ActionDenied where the row is public and the values would change one of the columns: those are corrected, with
    a reason that everybody can read.
    """
    if not getattr(row, "is_public", False):
        return
    for name, value in values.items():
        field: Any = row._meta.get_field(name)
        if field.attname not in columns:
            continue
        new = getattr(value, "pk", value)
        new = clean_value(row, name, new) if isinstance(new, str) else new
        if new != getattr(row, field.attname):
            raise ActionDenied("This is on the public record. Correct it instead, with the reason", name)


LONGEST_TEXT = 50_000
"""The longest text of one field, in characters: the search index cannot hold much more of one row."""


def clean_value(row: models.Model, name: str, value: str) -> str:
    """Return the text for this field of the row, on one line if the field has only one.

    Raise ActionDenied if it is too long.
    """
    field = row._meta.get_field(name)
    if isinstance(field, models.CharField):
        return clean_line(value)
    text = clean_text(value)
    if isinstance(field, models.TextField) and len(text) > LONGEST_TEXT:
        raise ActionDenied(f"Shorten this text to {LONGEST_TEXT:,} characters: it has {len(text):,}", name)
    return text
