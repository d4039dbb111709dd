"""What applying a tracker will do, counted from its lines, for the page on which that is checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from committee.formatting import plural
from recommendations.actions.import_writer import line_of
from recommendations.imports.forecast import Forecast
from recommendations.imports.kinds import Asked, asked_of
from recommendations.lifecycle import ImportRowState
from recommendations.lifecycle.imported import NEW, NewBody, NewInquiry, NewPost
from recommendations.models import ImportBatch
from recommendations.queries.import_lines import not_ready

MOST_LISTED = 10


@dataclass
class Plan:
    """What will be made and changed, and what stands against it."""

    states: Counter[str] = field(default_factory=Counter)
    """Recommendations by what they are to the record."""
    made: Counter[str] = field(default_factory=Counter)
    """How many rows of each kind applying makes: see `Forecast`."""
    new_bodies: list[NewBody] = field(default_factory=list)
    new_posts: list[NewPost] = field(default_factory=list)
    new_inquiries: list[NewInquiry] = field(default_factory=list)
    """What is made because lines name it: an answer alone makes nothing."""
    left_out: int = 0
    open_questions: int = 0
    asked: list[Asked] = field(default_factory=list)
    """The kinds of questions that are open."""
    blocking: list[str] = field(default_factory=list)
    changed: str = ""
    """What the record says otherwise by now than when the lines were read."""
    not_ready: list[Any] = field(default_factory=list)
    """Lines that can't be applied yet: the first of them."""
    not_ready_count: int = 0
    ask_exempt: bool = False
    """Whether something was said not to be for publication, and no line keeps anything apart."""

    @property
    def can_be_applied(self) -> bool:
        return not self.blocking and not self.changed and not self.not_ready_count

    @property
    def sentences(self) -> list[str]:
        """What will be made, one fact each; the last of them what is not counted, because it is still to be decided."""
        names = (
            ("owners", "part addressed to a body", "parts addressed to bodies"),
            ("responses", "response", "responses"),
            ("updates", "report of progress", "reports of progress"),
            ("steps", "milestone", "milestones"),
            ("dates", "target date", "target dates"),
            ("date_changes", "later date, agreed or asked for", "later dates, agreed or asked for"),
            ("verdicts", "decision of the committee", "decisions of the committee"),
            ("exempt", "exempt part", "exempt parts"),
        )
        told = [plural(self.made[name], one, many) for name, one, many in names if self.made[name]]
        if self.not_ready_count:
            told.append(
                f"what stands in {plural(self.not_ready_count, 'line that is', 'lines that are')} still to be decided"
            )
        return told


def plan_of(batch: ImportBatch) -> Plan:
    """Return what applying the import as it stands would do."""
    asked = [one for one in asked_of(batch) if one.open]
    plan = Plan(open_questions=sum(one.open for one in asked), asked=asked)
    seen: dict[int, str] = {}
    for state, item in batch.rows.values_list("state", "item"):
        if state == ImportRowState.LEFT_OUT:
            plan.left_out += 1
            continue
        seen.setdefault(item, state)
    ready = [row for row in batch.rows.to_write() if row.line]
    told = Forecast(batch)
    plan.made = told.count(ready)
    plan.changed = told.changed
    lines = [line_of(row) for row in ready]
    bodies = {owner.body for line in lines for owner in line.owners}
    posts = {owner.post for line in lines for owner in line.owners}
    inquiries = {line.inquiry for line in lines}
    plan.new_bodies = [one for one in batch.bodies_to_make if NEW + one.key in bodies]
    plan.new_posts = [one for one in batch.posts_to_make if NEW + one.key in posts]
    plan.new_inquiries = [one for one in batch.inquiries_to_make if NEW + one.key in inquiries]
    plan.states.update(seen.values())
    waiting = not_ready(batch)
    plan.not_ready_count = waiting.count()
    plan.not_ready = list(waiting[:MOST_LISTED])
    plan.ask_exempt = bool(batch.not_for_publication) and not any(row.line.get("exempt") for row in ready)
    if batch.day.end is None:
        plan.blocking.append("The tracker’s own day is not known: undated progress is of that day")
    if batch.not_for_publication is None:
        plan.blocking.append("Nobody has said whether anything in the file is not for publication")
    if not seen:
        plan.blocking.append("No line is left to apply")
    return plan
