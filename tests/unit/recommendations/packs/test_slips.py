"""What a pack says of dates that a body asked to move."""

from __future__ import annotations

import datetime as dt
import re

from django.template.loader import render_to_string

from committee import clock
from recommendations.actions.target_dates import request_new_date
from recommendations.lifecycle import Edition
from recommendations.models import Pack, TargetChange
from recommendations.packs.content import build_content
from tests.factories import Cast


def said(cast: Cast, change: TargetChange) -> str:
    """Return the words of the section on the part whose new date this is."""
    pack = Pack(
        meeting=cast.meeting(dt.date(2026, 2, 2)),
        edition=Edition.PUBLIC,
        selection=[change.assignment.recommendation_id],
        created_by=cast.carla,
    )
    content = build_content(pack, by=cast.carla, moment=clock.now())
    html = render_to_string("packs/_slips.html", {"pack": content, "section": {"number": 8}, "places": {}})
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def asked(cast: Cast) -> TargetChange:
    return request_new_date(
        by=cast.olive, assignment=cast.assignment(), new_date=dt.date(2026, 12, 31), reason="No permit."
    )


def test_a_date_whose_move_was_refused_is_not_said_to_be_another_now(cast: Cast) -> None:
    words = said(cast, cast.agree(asked(cast), agreed=False, note="Too late."))
    assert "First date 31 March 2026. Not moved later" in words
    assert "Refused 31 December 2026" in words
    assert "0 times" not in words


def test_one_that_was_moved_is_said_with_both_dates(cast: Cast) -> None:
    words = said(cast, cast.agree(asked(cast)))
    assert "First date 31 March 2026, now 31 December 2026. Moved later once, 275 days in all" in words
