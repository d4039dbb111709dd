"""The rows of the form that addresses a recommendation to several bodies."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from recommendations.forms.assignments import data_with_rows


@pytest.mark.parametrize(
    ("sent", "rows"),
    [
        ("form-TOTAL_FORMS=3", "3"),
        ("form-TOTAL_FORMS=3&more=yes", "5"),
        ("form-TOTAL_FORMS=29&more=yes", "30"),
        ("form-TOTAL_FORMS=999999999", "2"),
        ("form-TOTAL_FORMS=0", "1"),
        ("form-TOTAL_FORMS=-4", "2"),
        ("form-TOTAL_FORMS=x", "2"),
        ("", "2"),
    ],
)
def test_as_many_rows_as_were_sent_within_bounds(sent: str, rows: str) -> None:
    data = data_with_rows(QueryDict(sent))
    assert data is not None
    assert (data["form-TOTAL_FORMS"], data["form-INITIAL_FORMS"]) == (rows, "0")


def test_nothing_sent() -> None:
    assert data_with_rows(None) is None
