"""Words and files taken off the record: why, by whom, and what became of it.

The words are moved out of their column, and a marker stands in their place. So every page, search index, feed, export
and pack is clean without a check of its own. The triggers that keep history as it is let exactly that change through,
and the one that takes it back: `only_withheld` says which it is (see `committee.audit.triggers`). What was taken is in
`models/sealed.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from committee import clock
from committee.audit.triggers import (
    UNLESS_WITHHELD,
    audited,
    never_ahead,
    never_deleted,
    only_transitions,
)
from committee.fields import CleanTextField
from recommendations.lifecycle import (
    WITHHOLDING_TRANSITIONS,
    PutBackState,
    WithholdingGround,
    WithholdingKind,
    WithholdingState,
    can_transition,
)
from recommendations.models.base import Versioned, both_or_neither, not_blank

if TYPE_CHECKING:
    from recommendations.models.put_back_proposals import PutBackProposal

KEY_COLUMNS = ("sort_key", "reference_key", "title_key")
"""Columns that follow from a text of their row, and change with it: each SortKeyField."""

_KEYS = ", ".join(f"'{name}'" for name in KEY_COLUMNS)

MARKER_BEGINS, MARKER_ENDS = r"\[withheld (?:on [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}, no\. )?", r"[a-z]{0,8}\]"
MARKER = f"{MARKER_BEGINS}([0-9]{{1,18}}){MARKER_ENDS}"
"""A marker in a text, as a regular expression, with the number of its withholding."""
MARKERS = re.compile(MARKER)

CREATE_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION this_transaction() RETURNS text
LANGUAGE sql STABLE
RETURN pg_current_xact_id()::text || ' ' || extract(epoch FROM transaction_timestamp())::text;

CREATE OR REPLACE FUNCTION within_json(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT
RETURN substr(to_jsonb(words)::text, 2, length(to_jsonb(words)::text) - 2);

CREATE OR REPLACE FUNCTION is_withheld(
    changed_table text, changed_row text, changed_column text, before jsonb, after jsonb
) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    done record;
    sealed record;
    words text;
BEGIN
    FOR done IN
        SELECT w.id, w.state = 'put_back' AS put_back
          FROM recommendations_withholding w
         WHERE (w.sealed_in = this_transaction() OR (w.state = 'put_back' AND w.decided_in = this_transaction()))
           AND EXISTS (
                SELECT 1 FROM recommendations_sealedtext s
                 WHERE s.withholding_id = w.id AND (s.table_name, s.row_key, s.column_name)
                     = (changed_table, changed_row, changed_column))
    LOOP
        words := (CASE WHEN done.put_back THEN before ELSE after END)::text;
        FOR sealed IN
            SELECT marker, original FROM recommendations_sealedtext s
             WHERE s.withholding_id = done.id AND (s.table_name, s.row_key, s.column_name)
                 = (changed_table, changed_row, changed_column)
        LOOP
            words := replace(words, within_json(sealed.marker), within_json(sealed.original));
        END LOOP;
        IF words = (CASE WHEN done.put_back THEN after ELSE before END)::text THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

CREATE OR REPLACE FUNCTION only_withheld(changed_table text, before jsonb, after jsonb) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    changed record;
    found boolean := false;
BEGIN
    FOR changed IN
        SELECT o.key, o.value AS old, n.value AS new FROM jsonb_each(before) o JOIN jsonb_each(after) n USING (key)
         WHERE o.value IS DISTINCT FROM n.value AND o.key <> ALL (ARRAY['version', {_KEYS}])
    LOOP
        IF changed_table IN ('recommendations_evidence', 'recommendations_pack') AND changed.key = 'withholding_id' THEN
            IF NOT is_file_withheld(changed_table, (before->>'id')::bigint, changed.old::text, changed.new::text) THEN
                RETURN false;
            END IF;
        ELSIF NOT is_withheld(changed_table, before->>'id', changed.key, changed.old, changed.new) THEN
            RETURN false;
        END IF;
        found := true;
    END LOOP;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION is_file_withheld(changed_table text, changed_row bigint, before text, after text)
RETURNS boolean
LANGUAGE sql STABLE AS $$
    WITH held AS (
        SELECT w.* FROM recommendations_sealedfile f JOIN recommendations_withholding w ON w.id = f.withholding_id
         WHERE CASE changed_table WHEN 'recommendations_pack' THEN f.pack_id ELSE f.evidence_id END = changed_row
    )
    SELECT EXISTS (
        SELECT 1 FROM held w
         WHERE (before = 'null' AND after = w.id::text AND w.sealed_in = this_transaction())
            OR (before = w.id::text AND w.state = 'put_back' AND w.decided_in = this_transaction() AND CASE after
                WHEN 'null' THEN NOT EXISTS (SELECT 1 FROM held WHERE state <> 'put_back')
                ELSE EXISTS (SELECT 1 FROM held WHERE id::text = after AND state <> 'put_back') END)
    );
$$;

CREATE OR REPLACE FUNCTION withheld_columns(changed_table text, changed_row text) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(s.column_name) || ARRAY[{_KEYS}], ARRAY[]::text[])
      FROM recommendations_sealedtext s JOIN recommendations_withholding w ON w.id = s.withholding_id
     WHERE s.table_name = changed_table AND s.row_key = changed_row AND w.sealed_in = this_transaction();
$$;
"""  # noqa: S608 (names of our own columns)
"""`only_withheld` says whether a row was changed by a withholding of this transaction and by nothing else: with the
markers replaced by what is sealed, the new value is the old one. Putting back is the same in reverse.

A transaction is known by its number and its moment, which triggers write; a restored database counts its numbers anew.
"""
DROP_FUNCTIONS = """
CREATE OR REPLACE FUNCTION only_withheld(changed_table text, before jsonb, after jsonb) RETURNS boolean
LANGUAGE sql STABLE RETURN false;
CREATE OR REPLACE FUNCTION withheld_columns(changed_table text, changed_row text) RETURNS text[]
LANGUAGE sql STABLE RETURN ARRAY[]::text[];
DROP FUNCTION is_file_withheld(text, bigint, text, text);
DROP FUNCTION is_withheld(text, text, text, jsonb, jsonb);
DROP FUNCTION within_json(text);
DROP FUNCTION this_transaction();
"""


def numbers_in(text: str) -> list[int]:
    """Return the numbers of the withholdings whose markers stand in a text, in their order."""
    return [int(number) for number in MARKERS.findall(text)]


def marker_text(number: int, day: dt.date, variant: int, room: int | None = None) -> str:
    """Return what stands in the place of withheld words: the day, the withholding's number, and a letter for each
    different text that it took.

    In a column with `room` for fewer characters it is shorter; "" where not even that fits.
    """
    name = f"{number}{_letters(variant)}"
    for marker in (f"[withheld on {day.day} {day:%B %Y}, no. {name}]", f"[withheld {name}]"):
        if room is None or len(marker) <= room:
            return marker
    return ""


def _letters(variant: int) -> str:
    """Return nothing for the first, then b, c, ... z, ba, bb, ..."""
    letters = ""
    while variant:
        variant, letter = divmod(variant, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    def made_after(self, moment: dt.datetime) -> WithholdingQuerySet:
        return self.filter(withheld_at__gt=moment)

    def waiting(self) -> WithholdingQuerySet:
        """Return those that nobody has decided on, the first due first."""
        return self.filter(state=WithholdingState.HIDDEN).order_by("decide_by", "id")

    def proposed_to_put_back(self) -> WithholdingQuerySet:
        """Return those that somebody proposes to put back, and on which nobody has decided."""
        return self.filter(put_back_proposals__state=PutBackState.OPEN).order_by("id")

    def overdue(self, on: dt.date | None = None) -> WithholdingQuerySet:
        return self.waiting().filter(decide_by__lt=on or clock.today())

    def for_list(self) -> WithholdingQuerySet:
        return self.select_related("withheld_by", "decided_by", "erased_by").order_by("-withheld_at", "-id")


class Withholding(Versioned):
    """Words, an entry or a file taken off the record by one person at once, and confirmed or put back by a second one.

    What is confirmed is put back by two more steps, of two people: see `PutBackProposal`. `decided_at` stays that of the
    confirmation then.

    It is on the public record itself: its day, ground, public reason and state, never what is withheld.
    """

    kind = models.CharField(max_length=10, choices=WithholdingKind.choices)
    ground = models.CharField(max_length=20, choices=WithholdingGround.choices)
    public_reason = CleanTextField()
    private_note = CleanTextField(blank=True)
    withheld_at = models.DateTimeField(default=clock.now)
    withheld_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The day by which a second person decides. Undecided after it, it stays withheld and is said to be overdue.
    decide_by = models.DateField()
    state = models.CharField(
        max_length=10, choices=WithholdingState.choices, default=WithholdingState.HIDDEN, editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    decision_reason = CleanTextField(blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    # The transactions in which it was made and last decided on, written by triggers.
    sealed_in = models.CharField(max_length=60, blank=True, editable=False)
    decided_in = models.CharField(max_length=60, blank=True, editable=False)

    objects: ClassVar[WithholdingQuerySet] = WithholdingQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-withheld_at", "-id"]
        indexes = [
            models.Index(fields=["decide_by"], condition=Q(state="hidden"), name="withholding_waiting"),
            # Asked by triggers at each change of a row.
            models.Index(fields=["sealed_in"], name="withholding_sealed_in"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=WithholdingKind.values), name="withholding_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=WithholdingGround.values), name="withholding_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=WithholdingState.values), name="withholding_state_known"
            ),
            models.CheckConstraint(condition=not_blank("public_reason"), name="withholding_has_reason"),
            models.CheckConstraint(
                condition=both_or_neither("decided_at", "decided_by"), name="withholding_decided_paired"
            ),
            models.CheckConstraint(
                condition=both_or_neither("erased_at", "erased_by"), name="withholding_erased_paired"
            ),
            models.CheckConstraint(
                condition=Q(state="hidden", decided_at__isnull=True)
                | (~Q(state="hidden") & Q(decided_at__isnull=False)),
                name="withholding_decided_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(state="erased", erased_at__isnull=False)
                | (~Q(state="erased") & Q(erased_at__isnull=True)),
                name="withholding_erased_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("withheld_by")),
                name="withholding_decided_by_another",
            ),
        ]
        triggers = [
            only_transitions("state", WITHHOLDING_TRANSITIONS),
            pgtrigger.Trigger(
                name="begins_hidden",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'hidden' THEN
                        RAISE EXCEPTION 'A withholding begins undecided' USING ERRCODE = 'restrict_violation';
                    END IF;
                    NEW.sealed_in := this_transaction();
                    NEW.decided_in := '';
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="only_decided",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    {UNLESS_WITHHELD}
                    IF to_jsonb(OLD) - ARRAY['state', 'version', 'decided_at', 'decided_by_id', 'decision_reason',
                            'decided_in', 'erased_at', 'erased_by_id']
                        <> to_jsonb(NEW) - ARRAY['state', 'version', 'decided_at', 'decided_by_id', 'decision_reason',
                            'decided_in', 'erased_at', 'erased_by_id']
                        OR NEW.state = OLD.state AND to_jsonb(OLD) - 'version' <> to_jsonb(NEW) - 'version'
                        OR OLD.state <> 'hidden' AND (OLD.decided_at, OLD.decided_by_id, OLD.decision_reason)
                            IS DISTINCT FROM (NEW.decided_at, NEW.decided_by_id, NEW.decision_reason)
                    THEN
                        RAISE EXCEPTION 'A withholding is never changed, only decided on'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF NEW.state <> OLD.state THEN
                        NEW.decided_in := this_transaction();
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="put_back_by_two",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state = 'confirmed' AND NEW.state <> OLD.state"),
                declare=[("proposal", "text")],
                func="""
                    SELECT p.state INTO proposal FROM recommendations_putbackproposal p
                     WHERE p.withholding_id = NEW.id AND p.state IN ('open', 'agreed');
                    IF NEW.state = 'put_back' AND proposal IS DISTINCT FROM 'agreed' THEN
                        RAISE EXCEPTION 'What is confirmed is put back by two: one proposes it, another agrees'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    IF NEW.state = 'erased' AND proposal IS NOT NULL THEN
                        RAISE EXCEPTION 'Nothing is erased while it is proposed to put it back'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *never_deleted("Withholdings"),
            never_ahead("withheld_at", "decided_at", "erased_at"),
            audited(secret=["private_note"]),
        ]

    def __str__(self) -> str:
        return f"Withholding {self.pk}"

    @property
    def stands(self) -> bool:
        """Whether what it took off the record is off it."""
        return self.state != WithholdingState.PUT_BACK

    @property
    def is_waiting(self) -> bool:
        return self.state == WithholdingState.HIDDEN

    @property
    def is_overdue(self) -> bool:
        """Whether it was not decided on in time. It stays withheld."""
        return self.is_waiting and self.decide_by < clock.today()

    @property
    def may_be_confirmed(self) -> bool:
        return can_transition(WITHHOLDING_TRANSITIONS, self.state, WithholdingState.CONFIRMED)

    @property
    def may_be_put_back(self) -> bool:
        """Whether the second person may put it back. What is confirmed is proposed to be."""
        return self.is_waiting

    @property
    def is_confirmed(self) -> bool:
        return self.state == WithholdingState.CONFIRMED

    @property
    def proposal(self) -> PutBackProposal | None:
        """The proposal to put it back that waits for another person, if there is one."""
        return self.put_back_proposals.open().select_related("proposed_by").first()

    @cached_property
    def agreed(self) -> PutBackProposal | None:
        """The proposal by which it was put back, if it was confirmed before."""
        if self.stands:
            return None
        return self.put_back_proposals.for_list().filter(state=PutBackState.AGREED).first()

    @property
    def may_be_erased(self) -> bool:
        return can_transition(WITHHOLDING_TRANSITIONS, self.state, WithholdingState.ERASED)

    @property
    def ground_meaning(self) -> str:
        """What the legal ground is, in a sentence."""
        return WithholdingGround(self.ground).meaning

    @property
    def status(self) -> WithholdingState:
        return WithholdingState(self.state)
