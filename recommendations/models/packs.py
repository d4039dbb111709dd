"""Briefing packs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, When

from committee import clock
from committee.audit.triggers import UNLESS_WITHHELD, append_only, audited, never_ahead, only_transitions
from committee.fields import CleanCharField, CleanTextField, SortKeyField
from recommendations.lifecycle import (
    PACK_TRANSITIONS,
    Edition,
    PackSection,
    PackState,
    Picks,
    Role,
    WithholdingKind,
)
from recommendations.models.base import Versioned, both_or_neither, not_blank
from recommendations.models.bodies import Body
from recommendations.models.corrections import Correction
from recommendations.models.joins import with_columns
from recommendations.models.meetings import Meeting
from recommendations.models.search_vectors import PACK_WORDS, rows_matching
from recommendations.models.withholdings import Withholding

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from committee.accounts.models import User

FROZEN = (
    "meeting_id",
    "edition",
    "title",
    "number",
    "replaces_id",
    "purpose",
    "decisions",
    "reasons",
    "implications",
    "appendices",
    "contact",
    "report_of",
    "supplement",
    "changes",
    "sections",
    "selection",
    "as_at",
    "content",
    "content_hash",
    "made_with",
    "pages",
    "pdf",
    "pdf_hash",
    "html",
    "word",
    "word_hash",
    "created_by_id",
    "built_by_id",
    "finished_at",
    "state",
    "repeats_id",
    "withholding_id",
)

WORDS = ("title", "purpose", "decisions", "reasons", "implications", "appendices")
"""The texts of a pack about itself, which in an exempt pack may be exempt."""


def ordinary_sections() -> list[str]:
    """Return the default choice: every section but the review table, which repeats the others in columns."""
    return [str(section) for section in PackSection.values if section != PackSection.TABLE]


def _exempt_bodies(user: User) -> list[int]:
    """Return the bodies whose exempt text `user` may see, by any role: they may make packs of what they may see
    (`permissions.sees_exempt`).
    """
    return [m.body_id for m in user.usable_memberships if m.sees_exempt and m.body_id is not None]


IN_LIBRARY = (
    "title",
    "edition",
    "number",
    "supplement",
    "state",
    "pages",
    "word",
    "released_at",
    "meeting__title",
    "meeting__held_on",
    "meeting__day_precision",
    "meeting__body__name",
    "replaces__number",
    "replaces__supplement",
    "withholding__withheld_at",
)
"""The columns of a pack that `public/_packs.html` and the lists around it show."""


class PackQuerySet(models.QuerySet["Pack"]):
    def are_released(self) -> bool:
        """Return whether one of them was released."""
        return self.filter(released_at__isnull=False).exists()

    def visible_to(self, user: User | AnonymousUser) -> PackQuerySet:
        """Return released public editions, and all packs of bodies that `user` works for.

        Exempt ones only for people with the right to exempt text there; a clerk without it is not told that one exists.
        """
        released = Q(edition=Edition.PUBLIC, state=PackState.READY, released_at__isnull=False)
        if not user.is_authenticated:
            return self.filter(released)
        clerk = list(user.bodies_as(Role.CLERK))
        councillor = list(user.bodies_as(Role.COUNCILLOR, Role.CHAIR, Role.SCRUTINY_OFFICER))
        exempt = _exempt_bodies(user)
        seen = Q(meeting__body__lineage__overlap=clerk) | Q(
            meeting__body__lineage__overlap=councillor, state=PackState.READY, released_at__isnull=False
        )
        return self.filter(
            released | (seen & (Q(edition=Edition.PUBLIC) | Q(meeting__body__lineage__overlap=exempt)))
        )

    def matching(self, words: str) -> PackQuerySet:
        """Return packs whose title, purpose or decisions contain these words."""
        return rows_matching(self, PACK_WORDS, words)

    def for_list(self) -> PackQuerySet:
        """Return packs without their heavy content, for libraries and lists."""
        return self.select_related("meeting", "meeting__body", "created_by").defer("content").order_by("-pk")

    def for_library(self) -> PackQuerySet:
        """Return packs for the library, with the earlier one that each follows, and `overtaken`, whether a released
        version has replaced it.
        """
        later = (
            Pack.objects.superseding().released().filter(replaces=OuterRef("pk"), edition=OuterRef("edition"))
        )
        shown: PackQuerySet = with_columns(self.order_by("-pk"), *IN_LIBRARY)
        return shown.annotate(overtaken=Exists(later))

    def with_corrections_of_meetings(self) -> PackQuerySet:
        """Return them with the corrections of the meeting of each at hand, in one query more."""
        return self.prefetch_related(Prefetch("meeting__corrections", Correction.objects.for_reading()))

    def for_page(self) -> PackQuerySet:
        """Return packs with all that their page and their files show."""
        return self.select_related(
            "meeting__body", "created_by", "built_by", "released_by", "replaces__meeting__body", "withholding"
        ).defer("replaces__content")

    def at(self, meeting: Meeting) -> PackQuerySet:
        return self.filter(meeting=meeting)

    def unfinished(self) -> PackQuerySet:
        return self.filter(state__in=[PackState.QUEUED, PackState.RENDERING])

    def pending_for(self, user: User) -> PackQuerySet:
        """Return packs that this person requested in the last day and that are being made, or were made or failed, and
        are not released.

        They are what somebody who closed the page wants to hear of.
        """
        since = clock.now() - dt.timedelta(days=1)
        return self.filter(built_by=user, queued_at__gte=since, released_at__isnull=True).exclude(
            state=PackState.DRAFT
        )

    def released(self) -> PackQuerySet:
        return self.filter(state=PackState.READY, released_at__isnull=False)

    def frozen(self) -> PackQuerySet:
        return self.filter(state=PackState.READY)

    def release_asked_until(self, moment: dt.datetime) -> PackQuerySet:
        """Return ready packs whose release was pressed by the moment and that are not released yet, in that order."""
        waiting = self.filter(state=PackState.READY, released_at__isnull=True, release_asked_at__lte=moment)
        return waiting.order_by("release_asked_at", "id")

    def by_meeting(self) -> PackQuerySet:
        """Return packs by the day of their meeting, and those of one day by the moment they tell of, the latest first."""
        return self.order_by("-meeting__held_on", "-as_at", "-pk")

    def frozen_of(self, edition: str) -> PackQuerySet:
        """Return ready packs of an edition, supplements apart: the released ones first, and the last made first."""
        ready = self.filter(state=PackState.READY, edition=edition, supplement=False)
        return ready.order_by(Case(When(released_at__isnull=True, then=1), default=0), "-as_at")

    def superseding(self) -> PackQuerySet:
        """Return ready packs that replace an earlier version; a supplement does not replace it."""
        return self.filter(state=PackState.READY, replaces__isnull=False, supplement=False)


class Pack(Versioned):
    """A briefing pack for a meeting: composed by a clerk, made by the worker, then frozen.

    Once ready it never changes: content as data, hash, files, author and moment stay, and the database refuses anything
    but its release. A correction is another pack that replaces it, or a supplement to it.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    edition = models.CharField(max_length=10, choices=Edition.choices, default=Edition.PUBLIC)
    title = CleanCharField(max_length=200)
    number = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    purpose = CleanTextField(blank=True)
    decisions = CleanTextField(blank=True)
    reasons = CleanTextField(blank=True)
    implications: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    appendices = CleanTextField(blank=True)
    contact = CleanCharField(max_length=200, blank=True)
    report_of = CleanCharField(max_length=200, blank=True)
    # A supplement goes with what it follows; any other later version replaces it.
    supplement = models.BooleanField(default=False, editable=False)
    changes = CleanTextField(blank=True)
    sections = ArrayField(models.CharField(max_length=20), default=ordinary_sections)
    selection = ArrayField(models.BigIntegerField(), default=list, blank=True)
    state = models.CharField(
        max_length=10, choices=PackState.choices, default=PackState.DRAFT, editable=False
    )
    progress_done = models.PositiveIntegerField(default=0, editable=False)
    progress_total = models.PositiveIntegerField(default=0, editable=False)
    progress_words = models.CharField(max_length=200, blank=True, editable=False)
    failure = models.TextField(blank=True, editable=False)
    as_at = models.DateTimeField(null=True, blank=True, editable=False)
    content: models.JSONField[Any, Any] = models.JSONField(null=True, blank=True, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    made_with = models.JSONField(default=dict, blank=True, editable=False)
    pages = models.PositiveIntegerField(null=True, blank=True, editable=False)
    pdf = models.FileField(upload_to="packs/", blank=True, editable=False)
    pdf_hash = models.CharField(max_length=64, blank=True, editable=False)
    html = models.FileField(upload_to="packs/", blank=True, editable=False)
    # Packs made before Word documents existed have none.
    word = models.FileField(upload_to="packs/", blank=True, editable=False)
    word_hash = models.CharField(max_length=64, blank=True, editable=False)
    # The pack of which words were withheld: this one has its frozen content without them.
    repeats = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeated_by", editable=False
    )
    # What took its files off the record, while they are off it.
    withholding = models.ForeignKey(
        Withholding, null=True, blank=True, on_delete=models.PROTECT, related_name="packs", editable=False
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="packs")
    queued_at = models.DateTimeField(null=True, blank=True, editable=False)
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Its release was pressed. It is released GRACE_SECONDS later, and until then that can be taken back.
    release_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[PackQuerySet] = PackQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["-id"]
        indexes = [GinIndex(PACK_WORDS, name="pack_words")]
        constraints = [
            models.CheckConstraint(condition=not_blank("title"), name="pack_has_title"),
            models.CheckConstraint(condition=Q(edition__in=Edition.values), name="pack_edition_known"),
            models.CheckConstraint(condition=Q(state__in=PackState.values), name="pack_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PackState.READY)
                | (
                    Q(content__isnull=False, as_at__isnull=False, finished_at__isnull=False, pages__gt=0)
                    & not_blank("content_hash")
                    & not_blank("pdf")
                    & not_blank("pdf_hash")
                ),
                name="pack_ready_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=PackState.FAILED) | not_blank("failure"), name="pack_failed_says_why"
            ),
            models.CheckConstraint(
                condition=both_or_neither("queued_at", "built_by"),
                name="pack_queued_paired",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | not_blank("changes") | Q(state=PackState.DRAFT),
                name="pack_new_version_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(supplement=False) | Q(replaces__isnull=False),
                name="pack_supplement_follows_another",
            ),
            models.CheckConstraint(
                condition=both_or_neither("release_asked_at", "release_asked_by"),
                name="pack_release_asked_paired",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False, state=PackState.READY),
                name="pack_released_paired",
            ),
        ]
        triggers = [
            only_transitions("state", PACK_TRANSITIONS),
            *(
                t
                for t in append_only("Frozen packs", pgtrigger.Condition("OLD.state = 'ready'"))
                if t.name != "never_changed"
            ),
            pgtrigger.Trigger(
                name="never_changed",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'ready' AND (OLD.released_at IS NOT NULL OR ("
                    + ", ".join(f"OLD.{column}" for column in FROZEN)
                    + ") IS DISTINCT FROM ("
                    + ", ".join(f"NEW.{column}" for column in FROZEN)
                    + "))"
                ),
                func=f"""
                    {UNLESS_WITHHELD}
                    RAISE EXCEPTION 'A frozen pack is never changed' USING ERRCODE = 'restrict_violation';
                """,
            ),
            never_ahead("created_at", "queued_at", "finished_at", "release_asked_at", "released_at"),
            audited(
                # The texts of an exempt pack may be exempt too, so no pack's texts enter the audit trail.
                secret=["content", *WORDS, "changes"],
                unremarkable=["progress_done", "progress_total", "progress_words"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_edition_display()})"

    @property
    def is_exempt(self) -> bool:
        return self.edition == Edition.EXEMPT

    @property
    def is_being_released(self) -> bool:
        """Whether its release was pressed and can still be taken back."""
        return self.release_asked_at is not None and self.released_at is None

    @property
    def released_from(self) -> dt.datetime | None:
        """The moment at which it is released once that was pressed; None if it was not."""
        return self.release_asked_at and self.release_asked_at + dt.timedelta(seconds=settings.GRACE_SECONDS)

    @property
    def issue_words(self) -> str:
        """ "version 2" or "supplement 1"; "" for the first version."""
        if self.supplement:
            return f"supplement {self.number}"
        return f"version {self.number}" if self.number > 1 else ""

    @property
    def is_under_way(self) -> bool:
        """Whether it waits to be made or is being made."""
        return self.state in (PackState.QUEUED, PackState.RENDERING)

    @property
    def state_note(self) -> str:
        """Return what is added to the state in a list of one's own packs; nothing where the state says it all."""
        if self.state == PackState.READY:
            return "Not released yet"
        return f"{self.per_cent} per cent" if self.state == PackState.RENDERING else ""

    @property
    def per_cent(self) -> int:
        """Progress of making it, 0 to 100."""
        if self.state == PackState.READY:
            return 100
        return round(100 * self.progress_done / self.progress_total) if self.progress_total else 0

    @property
    def later_version(self) -> Pack | None:
        """The version, drafts too, that takes the place of this one; None if there is none."""
        return self.replaced_by.filter(supplement=False).defer("content").order_by("number").first()

    @property
    def new_version_refusal(self) -> str:
        """Why neither a new version nor a supplement of it can be made; "" if both can."""
        if self.state != PackState.READY:
            return "Only a pack that is ready can get a new version. Edit this one instead"
        if self.supplement:
            return "This is a supplement. Go back to what it goes with, and make the next one there"
        later = self.later_version
        return f"{later.issue_words.capitalize()} already follows this one. Go on from there" if later else ""

    @property
    def replacement_refusal(self) -> str:
        """Why what takes the place of it without withheld words can't be made; "" if it can."""
        if self.withholding is None:
            return "Nothing of this pack is withheld, so it needs no replacement"
        if self.withholding.kind == WithholdingKind.EDITION:
            return "All of this pack is withheld. Compose another one for the meeting"
        if self.repeated_by.exists():
            return "Its replacement is made already. Go on from there"
        if self.later_version is not None:
            return "A later version already follows this one. Go on from there"
        return ""

    @property
    def file_name(self) -> str:
        """The file name for downloads, without extension: body, day, edition, the pack's id and version, nothing else."""
        from django.utils.text import slugify

        name = f"{slugify(self.meeting.name)[:60]}-{self.meeting.held_on.isoformat()}-{self.edition}-pack-{self.pk}"
        return f"{name}-{slugify(self.issue_words)}" if self.issue_words else name


class PackTemplateQuerySet(models.QuerySet["PackTemplate"]):
    def visible_to(self, user: User | AnonymousUser) -> PackTemplateQuerySet:
        """Return templates of the bodies whose packs `user` makes.

        Those of exempt packs, whose texts may be exempt, only for clerks there with the right to exempt text; for
        others they do not exist.
        """
        if not user.is_authenticated:
            return self.none()
        return self.filter(body__lineage__overlap=list(user.bodies_as(Role.CLERK))).filter(
            Q(edition=Edition.PUBLIC) | Q(body__lineage__overlap=_exempt_bodies(user))
        )

    def of(self, body: Body) -> PackTemplateQuerySet:
        return self.filter(body=body)

    def public(self) -> PackTemplateQuerySet:
        return self.filter(edition=Edition.PUBLIC)

    def for_list(self) -> PackTemplateQuerySet:
        return self.select_related("body", "created_by").order_by("body__sort_key", "sort_key", "pk")

    def with_next_meeting(self) -> PackTemplateQuerySet:
        """Return templates with `next_meeting`, the id of the next meeting of the body, or None."""
        to_come = Meeting.objects.to_come().filter(body=OuterRef("body"))
        return self.annotate(next_meeting=Subquery(to_come.values("pk")[:1]))


class PackTemplate(Versioned):
    """A clerk's choice of how packs of a body look, saved under a name: texts, sections, and which recommendations.

    A pack made from it is independent: later changes of the template do not reach it.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="pack_templates")
    name = CleanCharField(max_length=100)
    sort_key = SortKeyField(of="name")
    edition = models.CharField(max_length=10, choices=Edition.choices, default=Edition.PUBLIC)
    title = CleanCharField(max_length=200)
    purpose = CleanTextField(blank=True)
    decisions = CleanTextField(blank=True)
    reasons = CleanTextField(blank=True)
    implications: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)
    appendices = CleanTextField(blank=True)
    contact = CleanCharField(max_length=200, blank=True)
    report_of = CleanCharField(max_length=200, blank=True)
    sections = ArrayField(models.CharField(max_length=20), default=ordinary_sections)
    picks = models.CharField(max_length=10, choices=Picks.choices, default=Picks.OPEN)
    # The filters of a list as its address holds them, applied again on the day a pack is made from the template.
    query = CleanCharField(max_length=2000, blank=True)
    query_words = CleanCharField(max_length=1000, blank=True)
    selection = ArrayField(models.BigIntegerField(), default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pack_templates"
    )

    objects: ClassVar[PackTemplateQuerySet] = PackTemplateQuerySet.as_manager()  # type: ignore[assignment]  # see pyproject.toml

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            # Unique within each edition, so that no refusal tells a clerk the name of a template that they may not see.
            models.UniqueConstraint(fields=["body", "edition", "sort_key"], name="pack_template_name_once"),
            models.CheckConstraint(condition=not_blank("name"), name="pack_template_has_name"),
            models.CheckConstraint(
                condition=Q(edition__in=Edition.values), name="pack_template_edition_known"
            ),
            models.CheckConstraint(condition=Q(picks__in=Picks.values), name="pack_template_picks_known"),
            models.CheckConstraint(
                condition=~Q(picks=Picks.MATCHING) | not_blank("query"),
                name="pack_template_matching_has_query",
            ),
        ]
        triggers = [audited(secret=[*WORDS, "name", "sort_key", "query", "query_words"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_exempt(self) -> bool:
        return self.edition == Edition.EXEMPT
