"""The form of a briefing pack."""

from __future__ import annotations

from typing import Any

from django import forms

from committee.accounts.models import User
from committee.forms import Checkboxes, LongText, Radios, VersionedFormMixin, VocabularyField
from recommendations.lifecycle import Edition, PackSection
from recommendations.models import Meeting, Pack
from recommendations.models.packs import ordinary_sections
from recommendations.packs.content import author_words
from recommendations.packs.selection import Start, last_pack, of_meeting
from recommendations.permissions import sees_exempt

FIELDS = ("title", "edition", "report_of", "contact", "purpose", "decisions", "changes", "sections")


class PackForm(VersionedFormMixin, forms.Form):
    """What a pack says of itself, its sections, and for a new one what it starts with."""

    title = forms.CharField(label="Title", max_length=200)
    edition = VocabularyField(Edition, label="Edition")
    start = forms.ChoiceField(
        label="Which recommendations should it start with?",
        help_text="You can add, leave out and reorder them before the pack is made.",
        widget=Radios(),
    )
    purpose = LongText(
        label="Purpose",
        help_text="Why this meeting gets the pack, in a sentence or two.",
        required=False,
        rows=4,
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
    report_of = forms.CharField(
        label="Report of", help_text="A post, not a person’s name.", required=False, max_length=200
    )
    contact = forms.CharField(
        label="Contact",
        help_text="A post and where to reach it, not a person’s name.",
        required=False,
        max_length=200,
    )
    changes = LongText(
        label="What does this version change?",
        help_text="Readers of the earlier version see this on the cover.",
        required=False,
        rows=3,
        max_length=2000,
    )
    sections = forms.MultipleChoiceField(
        label="Sections",
        help_text="The purpose is always there, and at the end what the pack is and how it was made.",
        choices=PackSection.choices,
        widget=Checkboxes(hints={section.value: section.meaning for section in PackSection}),
        error_messages={"required": "Select at least one section"},
    )

    def __init__(
        self, *args: Any, by: User, meeting: Meeting, pack: Pack | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _of_pack(pack) if pack else _of_meeting(meeting, by)
        super().__init__(*args, **kwargs)
        if pack is None:
            del self.fields["version"]
            self._offer_starts(meeting, by)
        else:
            del self.fields["start"]
        if pack is None or pack.replaces_id is None:
            del self.fields["changes"]
        else:
            del self.fields["edition"]
            self.fields["changes"].required = True
        if not sees_exempt(by, meeting):
            self.fields.pop("edition", None)

    def _offer_starts(self, meeting: Meeting, by: User) -> None:
        number = len(of_meeting(meeting, by=by, edition=Edition.PUBLIC))
        choices = [(Start.OPEN.value, f"All {number} that are open and concern {meeting.body.name}")]
        last = last_pack(meeting, by=by)
        if last is not None:
            choices.append((Start.LAST.value, f"The {len(last.selection)} of the last pack, “{last.title}”"))
        choices.append((Start.NONE.value, "None yet: I choose them on the next page"))
        self.fields["start"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """The pack's values, for the action."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}


def _of_pack(pack: Pack) -> dict[str, Any]:
    return {name: getattr(pack, name) for name in (*FIELDS, "version")}


def _of_meeting(meeting: Meeting, by: User) -> dict[str, Any]:
    """What a new pack proposes, from the last one of the same body where there is one."""
    last = last_pack(meeting, by=by)
    if last is not None and last.is_exempt:  # its words are not for the public edition that is proposed here
        last = None
    return {
        "title": last.title if last else "Progress on scrutiny recommendations",
        "edition": Edition.PUBLIC,
        "start": Start.OPEN,
        "purpose": (last.purpose if last else "")
        or "To tell this meeting how work on the recommendations of scrutiny stands.",
        "decisions": "Note the progress that is reported",
        "report_of": (last.report_of if last else "") or author_words(by, meeting),
        "contact": last.contact if last else "",
        "sections": last.sections if last else ordinary_sections(),
    }
