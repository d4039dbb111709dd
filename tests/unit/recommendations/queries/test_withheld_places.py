"""Every column of every table is a place where words can stand, and words that are withheld stand in none."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import IntegrityError, connection, models, transaction
from django_tasks_db.models import DBTaskResult

from committee import clock
from committee.fields import SortKeyField
from committee.models import Email
from recommendations.actions import target_dates, withholdings
from recommendations.actions.put_back_proposals import decline_put_back, propose_put_back
from recommendations.lifecycle import Decision, Grade, NoticeKind, Outcome, WithholdingGround
from recommendations.lifecycle.imported import NewInquiry
from recommendations.models import (
    Correction,
    DueDateChange,
    ExemptOpening,
    GovernanceChange,
    ImportAnswer,
    ImportChange,
    ImportRow,
    InquiryTransfer,
    Milestone,
    Notice,
    NoticeWithdrawal,
    ProposedVerdict,
    Response,
    Review,
    SubmittedVersion,
    Theme,
    Transfer,
    Withholding,
    WordingChange,
)
from recommendations.models.withholdings import KEY_COLUMNS
from recommendations.queries import spelling
from recommendations.queries.withheld_places import WITHOUT_WORDS, Column, columns, find, json_texts
from recommendations.trackers.questions import Place
from recommendations.trackers.reading import Entry, entry_from_json, entry_to_json
from tests.factories import Cast
from tests.imports import MARCH, a_line, an_update, bring_in, full_line, make_inquiry, read
from tests.integration.sample_data import EXEMPT, Things, make_things

WORD = "Zyxquill"
WHY: dict[str, Any] = {"ground": WithholdingGround.PERSONAL_DATA, "public_reason": "It named a child."}


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tables() -> list[str]:
    return [row for (row,) in sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")]


def tables_with(word: str) -> list[str]:
    """The tables whose rows, written as text, hold the word."""
    return [
        table
        for table in tables()
        if sql(f'SELECT 1 FROM "{table}" t WHERE t::text ILIKE %s LIMIT 1', f"%{word}%")
    ]


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without their versions, which rise with each change."""
    rows = "SELECT (to_jsonb(t) - 'version')::text FROM \"{}\" t ORDER BY 1"
    return {table: sql(rows.format(table)) for table in tables()}


def plant(column: Column) -> bool:
    """Put the word into a row of the column, one that has a text if there is any, as if it had always been there. Return whether it could be."""
    value = f"About {WORD} here"
    if (room := getattr(column.field, "max_length", None)) and room < len(value):
        value = WORD
    if isinstance(column.field, ArrayField):
        new = "ARRAY[%s]::text[]"
    elif column.is_json:
        new = "jsonb_build_object('planted', jsonb_build_array(%s::text, 1.10))"
    else:
        new = "%s"
    day = next(
        (
            one.column
            for one in column.model._meta.concrete_fields
            if getattr(one, "period", "") == column.name
        ),
        "",
    )
    if day:  # the words of a time, beside the day on which it ends
        last = f"coalesce(\"{day}\", DATE '2025-01-01')"
        new = f"jsonb_build_object('words', %s::text, 'start', {last}, 'end', {last}, 'precision', 'day'), \"{day}\" = {last}"
    filled = f"coalesce(\"{column.name}\"::text, '') <> ''"
    order = f'"{day}" IS NULL, {filled} DESC' if day else f"{filled} DESC"
    first = f'SELECT "{column.primary}" FROM "{column.table}" ORDER BY {order}, 1 DESC LIMIT 1'
    keys = [f'"{key.column}" = %s' for key in column.keys]
    values = [value, *(key.key(value) for key in column.keys)]
    sets = ", ".join([f'"{column.name}" = {new}', *keys])
    try:
        with transaction.atomic():
            sql("SET CONSTRAINTS ALL IMMEDIATE")
            sql(f'ALTER TABLE "{column.table}" DISABLE TRIGGER USER')
            sql(
                f'UPDATE "{column.table}" SET {sets} WHERE "{column.primary}" = ({first})',
                *values,
            )
            sql(f'ALTER TABLE "{column.table}" ENABLE TRIGGER USER')
            sql("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return False
    return True


def add_what_is_missing(cast: Cast, things: Things) -> None:
    """A row of each table of which the walk over all addresses needs none."""
    recommendation = things.assignment.recommendation
    day, by = clock.today(), {"recorded_by": cast.sam}
    cast.verdict(things.assignment, Grade.CONCERNS, Outcome.KEEP)
    ProposedVerdict.objects.create(
        recommendation=recommendation,
        meeting=things.meeting,
        grade=Grade.CONCERNS,
        outcome=Outcome.KEEP,
        comment="Why",
        proposed_by=cast.colin,
    )
    NoticeWithdrawal.objects.create(
        assignment=things.assignment,
        notified_on=day,
        notice_recorded_at=clock.now(),
        reason="Why",
        withdrawn_by=cast.sam,
    )
    SubmittedVersion.objects.create(
        update=things.published, submitted_at=clock.now(), submitted_by=cast.olive, mended_by=cast.ada
    )
    Review.objects.create(
        committee=cast.other_committee,
        title="Opened by mistake",
        opened_by=cast.sam,
        opened_on=day,
        due_on=day,
        closed_on=day,
        closed_by=cast.sam,
        cancelled_at=clock.now(),
        cancel_reason="Why",
    )
    Correction.objects.create(
        recommendation=recommendation,
        before={"heading": "Old"},
        after={"heading": "New"},
        reason="Why",
        corrected_by=cast.sam,
    )
    Theme.objects.create(name="Roads")
    Milestone.objects.create(assignment=things.assignment, words="A first step")
    Milestone.objects.filter(assignment=things.assignment).update(words="A step")
    WordingChange.objects.create(
        recommendation=recommendation, old_text="Old", new_text="New", reason="Why", changed_by=cast.sam
    )
    between = {"from_body": cast.cabinet, "to_body": cast.council}
    Transfer.objects.create(assignment=things.assignment, on=day, reason="Why", **between, **by)
    committees = {"from_committee": cast.committee, "to_committee": cast.other_committee}
    InquiryTransfer.objects.create(inquiry=recommendation.inquiry, on=day, reason="Why", **committees, **by)
    GovernanceChange.objects.create(
        body=cast.cabinet, setting="kind", old_value="Old", new_value="New", reason="Why", **by
    )
    DueDateChange.objects.create(
        review=cast.committee.reviews.get(),
        old_date=day,
        new_date=day + dt.timedelta(days=1),
        reason="Why",
        changed_by=cast.sam,
    )
    response = Response.objects.create(
        assignment=things.assignment,
        decision=Decision.ACCEPTED,
        decided_on=day,
        body_name="Cabinet",
        recorded_by=cast.sam,
        **EXEMPT,
    )
    ExemptOpening.objects.create(response=response, reason="Why", opened_by=cast.sam)
    bring_in(
        cast,
        [
            full_line(cast, recommendation.inquiry, made_on=MARCH, updates=(an_update("Half", as_at=MARCH),)),
            a_line(cast, 2, inquiry="new:parks"),
        ],
        new_inquiries=[NewInquiry("parks", "Parks", published_on=MARCH).to_json()],
    )
    target_dates.decide_new_date(
        by=cast.sam,
        change=things.assignment.target_changes.get(),
        agreed=True,
        other_date=day + dt.timedelta(days=400),
        note="Why",
        meeting=things.meeting,
    )
    confirmed = withholdings.confirm_withholding(by=cast.carla, withholding=things.withholding)
    proposed = propose_put_back(by=cast.carla, withholding=confirmed, reason="Why")
    decline_put_back(by=cast.sam, withholding=proposed, reason="Why not")
    ImportAnswer.objects.create(
        committee=cast.committee, question="word", answer="claim:on_track", answered_by=cast.sam
    )
    with pgtrigger.ignore("recommendations.ImportChange:of_what_is_applied"):
        ImportChange.objects.create(
            batch=things.tracker,
            table_name="recommendations_recommendation",
            row_key=recommendation.pk,
            before={"number": "1"},
            after={"number": "2"},
        )


@pytest.fixture
def everything(cast: Cast) -> set[str]:
    """One of everything, and the word in every column that can hold words."""
    add_what_is_missing(cast, make_things(cast))
    Email.objects.create(subject="A letter", address="a@example.org", text="Dear Sir", failure="")
    Notice.objects.create(kind=NoticeKind.SENT, to=cast.olive, about="x", subject="A notice")
    DBTaskResult.objects.create(
        task_path="x",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after="2026-01-01T00:00Z",
    )
    planted = set()
    for own in columns().values():
        for column in own:
            if own[0].model._default_manager.exists() and plant(column):
                planted.add(f"{column.table}.{column.name}")
    return planted


def withhold(cast: Cast) -> Withholding:
    return withholdings.withhold_words(by=cast.sam, words=WORD, **WHY)


class TestEveryColumn:
    def test_of_text_is_a_place_or_says_why_not(self) -> None:
        """A column that is added later is a place by itself."""
        searched = {(column.table, column.name) for own in columns().values() for column in own}
        kinds = (models.CharField, models.TextField, models.JSONField, ArrayField)
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            for field in model._meta.concrete_fields:
                if model._meta.proxy or not isinstance(field, kinds) or (table, field.column) in searched:
                    continue
                reasons = {model._meta.app_label, table, f"{table}.{field.column}"} & WITHOUT_WORDS.keys()
                is_number = isinstance(field, ArrayField) and isinstance(
                    field.base_field, models.IntegerField
                )
                is_choice = bool(
                    field.choices or getattr(getattr(field, "base_field", None), "choices", None)
                )
                assert reasons or is_number or is_choice or isinstance(field, SortKeyField), (
                    f"{table}.{field.column}"
                )

    def test_that_is_left_out_exists(self) -> None:
        known = {model._meta.app_label for model in apps.get_models()}
        for model in apps.get_models(include_auto_created=True):
            known.add(model._meta.db_table)
            known |= {f"{model._meta.db_table}.{field.column}" for field in model._meta.concrete_fields}
        assert WITHOUT_WORDS.keys() - known - {"sites"} == set()

    def test_that_follows_from_another_is_known_to_the_database(self) -> None:
        followers = {
            field.column
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, SortKeyField)
        }
        assert followers == set(KEY_COLUMNS)


def guards() -> Iterator[tuple[str, set[str]]]:
    """Triggers that may refuse an update and do not ask whether it withholds, with the columns whose change they look at."""
    for model in apps.get_models():
        for trigger in getattr(model._meta, "triggers", []):
            asked = "only_withheld" in str(getattr(trigger, "func", ""))
            no_words = isinstance(trigger, pgtrigger.FSM) or trigger.name in ("audit", "never_ahead")
            if "UPDATE" in str(trigger.operation).upper() and not asked and not no_words:
                condition = trigger.condition.sql if trigger.condition is not None else ""
                yield f"{model.__name__}.{trigger.name}", set(re.findall(r"\b(?:OLD|NEW)\.(\w+)", condition))


WITHOUT_A_CONDITION = {
    "Inquiry.made_public_once": "looks at the moment of publication alone",
    "SealedText.only_erased": "asks `is_withheld` itself",
}


def test_every_guard_lets_a_withholding_through() -> None:
    words = {column.name for own in columns().values() for column in own}
    without = dict(guards())
    assert {name for name, looked_at in without.items() if looked_at & words} == set()
    assert {name for name, looked_at in without.items() if not looked_at} == WITHOUT_A_CONDITION.keys()


class TestWordsOfOurCode:
    def test_in_json_are_all_that_is_left_out(self, cast: Cast) -> None:
        """A text that somebody typed is never taken for one, in whatever JSON a row of ours is repeated."""
        add_what_is_missing(cast, make_things(cast))
        code = re.compile(r"[a-z_]*|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.+]+)?|(packs|evidence|imports)/\S+")
        read = 0
        for own in columns().values():
            for column in own:
                for (value,) in (
                    sql(f'SELECT "{column.name}"::text FROM "{column.table}"') if column.is_json else ()
                ):
                    texts = list(json_texts(value or "null"))
                    read += len(texts)
                    assert [
                        (member, text)
                        for member, text, typed in texts
                        if not typed and not code.fullmatch(text)
                    ] == []
        assert read > 500

    @pytest.mark.parametrize(
        "value",
        [
            '{"state": "a", "heading": ["b", {"state": "a", "colour": ["a"], "text": "b"}, "b"], "on": "a", "x": "b"}',
            '{"x": "2026-01-31", "y": ["2026-01-31T12:00:00+00:00"], "heading": "b", "state": {"text": "b"}}',
            '["b", "2026-01-31", {"a\\"b": "b"}]',
        ],
    )
    def test_are_told_by_the_member_they_stand_in(self, value: str) -> None:
        assert {text for _, text, typed in json_texts(value) if typed} == {"b"}


class TestWordsOfTrackers:
    def test_are_never_the_names_of_members(self, cast: Cast) -> None:
        """The headers of columns that map to nothing are words of the file: they are withheld like its cells."""
        line = a_line(cast, inquiry=make_inquiry(cast).pk, notes={f"Call {WORD}": "first", "state": WORD})
        batch = read(cast, [line])
        entry = Entry(Place("Tracker", 2), 1, line.text, notes=line.notes)
        row = batch.rows.get()
        ImportRow.objects.filter(pk=row.pk).update(reading={**row.reading, "entry": entry_to_json(entry)})
        withhold(cast)
        assert tables_with(WORD) == ["recommendations_sealedtext"]
        row = batch.rows.get()
        assert row.imported_line is not None
        for notes in (row.imported_line.notes, entry_from_json(row.reading["entry"]).notes):
            (header, first), (state, second) = notes.items()
            assert header.startswith("Call [withheld")
            assert (first, state) == ("first", "state")
            assert second.startswith("[withheld")


class TestWithheldWords:
    def test_stand_in_the_sealed_table_alone_and_after_erasing_nowhere(
        self, cast: Cast, everything: set[str]
    ) -> None:
        all_columns = {f"{column.table}.{column.name}" for own in columns().values() for column in own}
        assert sorted(all_columns - everything) == []
        withholding = withhold(cast)
        assert tables_with(WORD) == ["recommendations_sealedtext"]
        assert sql("SELECT 1 FROM recommendations_sealedtext WHERE marker ILIKE %s", f"%{WORD}%") == []
        withholding = withholdings.confirm_withholding(by=cast.admin, withholding=withholding)
        withholdings.erase_withholding(by=cast.admin, withholding=withholding)
        assert tables_with(WORD) == []

    def test_come_back_byte_for_byte(self, cast: Cast, everything: set[str]) -> None:
        before = dump()
        grown = {
            "audit_auditentry",
            "recommendations_sealedfile",
            "recommendations_sealedtext",
            "recommendations_withholding",
        }
        withholding = withhold(cast)
        withholdings.put_back(by=cast.admin, withholding=withholding, reason="Somebody else.")
        for table, rows in dump().items():
            assert table in grown or rows == before[table], table

    def test_leave_sessions_and_the_words_known_to_search(self, cast: Cast) -> None:
        cast.published(cast.assignment(), progress=f"About {WORD}.")
        session = SessionStore()
        session["said"] = [f"Recorded: {WORD}", {"deep": f"{WORD} again"}]
        session.save()
        cache.set(spelling.kept_as(), {WORD.lower(): 1})
        with transaction.atomic():
            withhold(cast)
        assert cache.get(spelling.kept_as()) is None
        kept = json.dumps(dict(SessionStore(session_key=session.session_key).items()))
        assert WORD not in kept
        assert "[withheld on" in kept

    def test_in_text_with_other_quotes_dashes_and_blanks_are_found(self, cast: Cast) -> None:
        assignment = cast.assignment()
        cast.published(assignment, progress="Then O’Brien\u00a0–\nZoë  spoke.")
        assert find(["o'brien - zoe"]) != []
        assert find(["brien - zo"]) == []

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("TAMSIN\u2003QUILL", "tamsin quill"),
            ("Zoë Renée", "zoe renee"),
            ("Zoe Renee", "Zoë Renée"),
            ("Straße", "STRASSE"),
            ("Ｔａｍｓｉｎ", "Tamsin"),
            ("ﬁnn", "Finn"),
            ("İlker ılk", "ilker ilk"),
            ("Анна Каренина", "анна каренина"),
            ('Said "Tam\\sin"', 'said "tam\\sin"'),
            ("Tam\u0483sin Qu\u20ddill\u1ab0", "tamsin quill"),
            ("Tam\ufe01sin\u3164 Qu\u180bill", "tamsin quill"),
            ("\U0001d6a4ago", "iago"),
            ("Tamsin_Quill.pdf", "tamsin quill"),
            ("?q=Tamsin+Quill", "tamsin quill"),
            ("https://example.org/Ren%C3%A9e%20Quill", "renee quill"),
        ],
    )
    def test_are_found_in_columns_and_in_json(self, cast: Cast, text: str, words: str) -> None:
        """The database looks for a part of the words first; it passes nothing over that Python would find."""
        theme = Theme.objects.create(name=text)
        found = {(one.place.table, one.place.column.name) for one in find([words])}
        assert found == {("recommendations_theme", "name"), ("audit_auditentry", "after")}
        assert theme.pk
