"""Save, replace, rename and remove templates of packs."""

from __future__ import annotations

from typing import Any

from committee import clock
from committee.accounts.models import User
from committee.text import clean_text
from recommendations.actions.base import ActionDenied, action, claim_version, save
from recommendations.actions.packs import require_edition
from recommendations.lifecycle import Picks
from recommendations.models import Pack, PackTemplate
from recommendations.models.packs import WORDS

KEPT = (*WORDS, "contact", "report_of", "sections")
"""The fields that a template and a pack have in common and that are copied between them."""


@action
def save_template(
    *, by: User, pack: Pack, name: str, picks: str = Picks.OPEN, query: str = "", query_words: str = ""
) -> PackTemplate:
    """Save a pack's texts, sections and choice as a template under a new name, for packs of the same body.

    `query` holds the filters of a list if the template picks what matches them, and `query_words` describes them. Raise
    ActionDenied if the name is taken.
    """
    require_edition(by, pack.edition, pack)
    template = PackTemplate(
        body=pack.meeting.body, edition=pack.edition, created_by=by, created_at=clock.now()
    )
    save(template, name=_name(name), **_template_values(pack, picks, query, query_words))
    return template


@action
def replace_template(
    *,
    by: User,
    template: PackTemplate,
    pack: Pack,
    picks: str = Picks.OPEN,
    query: str = "",
    query_words: str = "",
    version: int | None = None,
) -> PackTemplate:
    """Save a pack's texts, sections and choice over those of a template, which keeps its name.

    Raise EditConflict, and ActionDenied if the pack is of another body or edition than the template.
    """
    require_edition(by, template.edition, template)
    require_edition(by, pack.edition, pack)
    template = claim_version(template, version)
    if (template.body_id, template.edition) != (pack.meeting.body_id, pack.edition):
        raise ActionDenied("Select a template of the same body and edition as the pack", "place")
    save(template, **_template_values(pack, picks, query, query_words))
    return template


@action
def rename_template(
    *, by: User, template: PackTemplate, name: str, version: int | None = None
) -> PackTemplate:
    """Rename a template. Raise EditConflict, and ActionDenied if the name is taken."""
    require_edition(by, template.edition, template)
    template = claim_version(template, version)
    save(template, name=_name(name))
    return template


@action
def remove_template(*, by: User, template: PackTemplate, version: int | None = None) -> None:
    """Remove a template. Packs made from it stay as they are. Raise EditConflict."""
    require_edition(by, template.edition, template)
    claim_version(template, version).delete()


def _name(name: str) -> str:
    if not clean_text(name):
        raise ActionDenied("Enter a name", "name")
    return name


def _template_values(pack: Pack, picks: str, query: str, query_words: str) -> dict[str, Any]:
    if picks not in Picks.values:
        raise ActionDenied("Select how its recommendations are picked", "picks")
    if picks == Picks.MATCHING and not query:
        raise ActionDenied("Filter the list of recommendations first, then save the template there", "picks")
    if picks == Picks.THESE and not pack.selection:
        raise ActionDenied("Choose recommendations first, or select another way to pick them", "picks")
    return {
        **{name: getattr(pack, name) for name in KEPT},
        "picks": picks,
        "query": query if picks == Picks.MATCHING else "",
        "query_words": query_words[:1000] if picks == Picks.MATCHING else "",
        "selection": pack.selection if picks == Picks.THESE else [],
    }
