"""Puts rows and cells of a page where browsers put them, where a tag that is not closed has taken them in."""

from __future__ import annotations

from typing import Any

CELLS = ("td", "th")


def repair_tables(root: Any) -> None:
    """Move each row out of the cell of its own table in which it was left, and each cell out of the one before it: as in
    "<td><b>Agreed<td>Done".
    """
    for tags in (("tr",), CELLS):
        homes: dict[Any, Any] = {}
        last: dict[Any, Any] = {}
        for element in list(root.iter(*tags)):
            holder = _holder(element, tags)
            if holder is None:
                continue
            home = homes.get(holder, holder)
            last.get(home, home).addnext(element)
            homes[element], last[home] = home, element


def _holder(element: Any, tags: tuple[str, ...]) -> Any:
    """Return the row or cell of the same table in which this one is left; None where it stands as it should."""
    in_cell = False
    for above in element.iterancestors():
        if above.tag == "table":
            return None
        if above.tag == "tr" and tags == CELLS and not in_cell:
            return None
        in_cell = in_cell or above.tag in CELLS
        if above.tag in tags:
            return above
    return None
