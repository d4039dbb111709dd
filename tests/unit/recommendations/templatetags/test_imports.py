"""What a line of a tracker becomes, as its table shows it."""

from types import SimpleNamespace
from typing import Any

from recommendations.queries.import_lines import ShownField
from recommendations.templatetags.imports import becomes_table


def table_of(*fields: ShownField) -> str:
    line: Any = SimpleNamespace(row=SimpleNamespace(place="Table 1, row 2"), fields=list(fields))
    return str(becomes_table(line))


def test_what_the_file_says_and_nobody_decided_is_not_called_unstated() -> None:
    shown = table_of(ShownField("Addressed to", "", (("Owner", "S151 Officer"),), is_asked=True))
    assert "Still to be decided" in shown
    assert "Not stated in the tracker" not in shown


def test_what_the_file_does_not_say_is_not_stated() -> None:
    assert "Not stated in the tracker" in table_of(ShownField("Made on", ""))
    assert "Not stated in the tracker" in table_of(ShownField("Inquiry", "", is_asked=True))
