"""The form of a briefing pack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from committee.accounts.models import User
from committee.forms.choices import Checkboxes, LongText, VocabularyField
from committee.forms.versioned import Difference, VersionedFormMixin
from recommendations.actions.pack_templates import KEPT
from recommendations.lifecycle import Edition, Implication, PackSection, PackStart
from recommendations.models import Body, Meeting, Pack, PackTemplate
from recommendations.models.packs import ordinary_sections
from recommendations.packs.content import NOBODY_WROTE, author_words
from recommendations.packs.selection import last_pack, source, starts
from recommendations.permissions import sees_exempt

IMPLICATION = "implication_"
"""How the names of the fields of implications begin; the kind follows."""

LEFT_EMPTY = f"Where you leave a box empty, the pack says “None”, or “{NOBODY_WROTE}” if all of it is compiled from public sources"

GROUPS: list[tuple[str, str, tuple[str, ...]]] = [
    ("What is new", "", ("changes",)),
    ("The pack", "", ("title", "edition", "report_of", "contact")),
    ("What the meeting is asked", "", ("purpose", "decisions", "reasons")),
    (
        "Implications",
        f"Write what the decisions mean for the council. {LEFT_EMPTY}.",
        tuple(f"{IMPLICATION}{kind.value}" for kind in Implication),
    ),
    ("What it is made of", "", ("sections", "appendices")),
]
"""The parts of the form: heading, a sentence, and the fields."""


class PackForm(VersionedFormMixin, forms.Form):
    """What a pack says of itself and which sections it has; for a new one, with what it started."""

    start = forms.ChoiceField(widget=forms.HiddenInput)
    title = forms.CharField(label="Title", max_length=200)
    edition = VocabularyField(Edition, label="Edition")
    report_of = forms.CharField(
        label="Report of", help_text="A post, not a person’s name.", required=False, max_length=200
    )
    contact = forms.CharField(
        label="Contact",
        help_text="A post and where to reach it, not a person’s name.",
        required=False,
        max_length=200,
    )
    purpose = LongText(
        label="Purpose",
        help_text="Why this meeting gets the pack, in a sentence or two.",
        required=False,
        rows=3,
        max_length=4000,
    )
    decisions = LongText(
        label="Decisions asked of this meeting",
        help_text="One to a line, each beginning with what the meeting does: “Note …”, “Agree …”. Leave it empty for a"
        " pack that is for information. These are not the tracked recommendations.",
        required=False,
        rows=4,
        max_length=4000,
    )
    reasons = LongText(
        label="Reasons for the decisions",
        help_text="Why the meeting should decide so. Each paragraph is numbered in the pack.",
        required=False,
        rows=4,
        max_length=4000,
    )
    appendices = LongText(
        label="Appendices",
        help_text="One title to a line. A web address may end the line; the pack then links to it.",
        required=False,
        rows=3,
        max_length=4000,
    )
    changes = LongText(label="What does this version change?", rows=3, max_length=2000)
    sections = forms.MultipleChoiceField(
        label="Sections",
        help_text="The purpose is always there, and at the end what the pack is and how it was made.",
        choices=PackSection.choices,
        widget=Checkboxes(hints={section.value: section.meaning for section in PackSection}),
        error_messages={"required": "Select at least one section"},
    )

    def __init__(
        self,
        *args: Any,
        by: User,
        meeting: Meeting,
        pack: Pack | None = None,
        start: str = PackStart.OPEN,
        **kwargs: Any,
    ) -> None:
        origin = pack if pack is not None else source(meeting, start, by=by)
        self.only_exempt = pack is None and origin is not None and origin.is_exempt
        asked = {name: value for name, value in (kwargs.pop("initial", None) or {}).items() if value}
        kwargs["initial"] = (_initial(pack) if pack else _proposal(meeting, by, start, origin)) | asked
        super().__init__(*args, **kwargs)
        self._add_implications()
        if pack is None:
            del self.fields["version"]
            self.fields["start"].choices = starts(meeting, by=by, asked=start)  # type: ignore[attr-defined]  # see pyproject.toml
        else:
            del self.fields["start"]
        self._ask_for_changes(pack)
        if self.only_exempt or not sees_exempt(by, meeting):
            self.fields.pop("edition", None)

    def _add_implications(self) -> None:
        for kind in Implication:
            self.fields[f"{IMPLICATION}{kind.value}"] = LongText(
                label=str(kind.label), help_text=f"{kind.meaning}.", required=False, rows=2, max_length=2000
            )

    def _ask_for_changes(self, pack: Pack | None) -> None:
        if pack is None or pack.replaces_id is None:
            del self.fields["changes"]
            return
        del self.fields["edition"]
        changes = self.fields["changes"]
        if pack.supplement:
            changes.label = "What does this supplement add?"
            changes.help_text = "Readers see this on its cover, beside what it goes with."
            changes.error_messages["required"] = "Enter what this supplement adds"
        else:
            changes.help_text = "Readers of the earlier version see this on the cover."
            changes.error_messages["required"] = "Enter what this version changes"

    @property
    def groups(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """The parts of the form that have fields: heading, a sentence, and the fields."""
        for heading, words, names in GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield heading, words, fields

    @property
    def has_implications(self) -> bool:
        """Whether any implication is written, or has something to mend, so that they are shown unfolded."""
        names = [f"{IMPLICATION}{kind.value}" for kind in Implication]
        return any(self[name].value() or self[name].errors for name in names)

    def details(self) -> dict[str, Any]:
        """Return what the action takes: the pack's values with, for a new one, its start, else its version."""
        cleaned = self.cleaned_data
        names = (*KEPT, "edition", "changes", "start", "version")
        details = {name: cleaned[name] for name in names if name in cleaned}
        details["implications"] = {kind.value: cleaned[f"{IMPLICATION}{kind.value}"] for kind in Implication}
        return details | ({"edition": Edition.EXEMPT} if self.only_exempt else {})

    def preview(self, meeting: Meeting) -> Pack:
        """Return a pack as the form has it now, kept nowhere: for its outline."""
        words = {
            name: self[name].value() or ""
            for name in ("title", "purpose", "decisions", "reasons", "appendices")
        }
        edition = self["edition"].value() if "edition" in self.fields else Edition.PUBLIC
        return Pack(
            meeting=meeting,
            edition=Edition.EXEMPT if self.only_exempt or edition == Edition.EXEMPT else Edition.PUBLIC,
            sections=self["sections"].value() or [],
            implications={
                kind.value: self[f"{IMPLICATION}{kind.value}"].value() or "" for kind in Implication
            },
            **words,
        )

    def conflict(self, current: Any) -> list[Difference]:
        for kind in Implication:
            setattr(current, f"{IMPLICATION}{kind.value}", current.implications.get(kind.value, ""))
        return super().conflict(current)


def _initial(kept: Pack | PackTemplate) -> dict[str, Any]:
    values = {name: getattr(kept, name) for name in (*KEPT, "edition", "version")}
    values |= {f"{IMPLICATION}{kind.value}": kept.implications.get(kind.value, "") for kind in Implication}
    if isinstance(kept, Pack):
        values["changes"] = kept.changes
    return values


def _proposal(meeting: Meeting, by: User, start: str, origin: Pack | PackTemplate | None) -> dict[str, Any]:
    """Return what a new pack proposes: all of what it starts from; else who reports, from the last one of the same
    body.
    """
    if origin is not None:
        return _initial(origin) | {"start": start}
    last = last_pack(meeting, by=by)
    if last is not None and last.is_exempt:  # its words are not for the public edition that is proposed here
        last = None
    told = Body.objects.filter(pk=meeting.body_id).with_what_is_known().get().known_from_sources_only
    words = (
        {
            "title": "Scrutiny recommendations",
            "purpose": "To tell this meeting what public sources say of the recommendations of scrutiny.",
            "decisions": "",
        }
        if told
        else {
            "title": "Progress on scrutiny recommendations",
            "purpose": "To tell this meeting how work on the recommendations of scrutiny stands.",
            "decisions": "Note the progress that is reported",
        }
    )
    return {
        **words,
        "edition": Edition.PUBLIC,
        "start": start,
        "report_of": (last.report_of if last else "") or author_words(by, meeting),
        "contact": last.contact if last else "",
        "sections": ordinary_sections(),
    }
