"""What clerks do with templates of packs: keep a pack's words, sections and choice under a name, and use it again."""

from __future__ import annotations

from typing import Any

from committee import clock
from committee.accounts.models import User
from recommendations.actions.base import ActionDenied, action, claim_version, clean_text, save
from recommendations.actions.packs import require_edition
from recommendations.lifecycle import Picks
from recommendations.models import Pack, PackTemplate
from recommendations.models.packs import WORDS

KEPT = (*WORDS, "contact", "report_of", "sections")
"""What a template and a pack have in common, and one takes over from the other."""


@action
def save_template(
    *, by: User, pack: Pack, name: str, picks: str = Picks.OPEN, query: str = "", query_words: str = ""
) -> PackTemplate:
    """Keep what a pack says and shows under a new name, for packs of the same body. ``query`` holds the filters of a
    list where it picks what matches them, ``query_words`` says them. Raises NotPossible where the name is taken."""
    require_edition(by, pack.edition, pack)
    template = PackTemplate(
        body=pack.meeting.body, edition=pack.edition, created_by=by, created_at=clock.now()
    )
    save(template, name=_name(name), **_kept(pack, picks, query, query_words))
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
    """Keep what a pack says and shows in place of what a template held; its name stays. Raises StaleEdit, and
    NotPossible where the pack is of another body or another edition than the template."""
    require_edition(by, template.edition, template)
    require_edition(by, pack.edition, pack)
    template = claim_version(template, version)
    if (template.body_id, template.edition) != (pack.meeting.body_id, pack.edition):
        raise ActionDenied("Select a template of the same body and edition as the pack", "place")
    save(template, **_kept(pack, picks, query, query_words))
    return template


@action
def rename_template(
    *, by: User, template: PackTemplate, name: str, version: int | None = None
) -> PackTemplate:
    """Give a template another name. Raises StaleEdit, and NotPossible where the name is taken."""
    require_edition(by, template.edition, template)
    template = claim_version(template, version)
    save(template, name=_name(name))
    return template


@action
def remove_template(*, by: User, template: PackTemplate, version: int | None = None) -> None:
    """Take a template away. Packs made from it stay as they are. Raises StaleEdit."""
    require_edition(by, template.edition, template)
    claim_version(template, version).delete()


def _name(name: str) -> str:
    if not clean_text(name):
        raise ActionDenied("Enter a name", "name")
    return name


def _kept(pack: Pack, picks: str, query: str, query_words: str) -> dict[str, Any]:
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
