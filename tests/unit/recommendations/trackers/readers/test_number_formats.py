"""What a person sees of a stored number."""

from __future__ import annotations

import datetime as dt

import pytest

from recommendations.trackers.readers.number_formats import number_format, shown


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (45383, "General", "45383"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (50_000, '"£"#,##0', "£50,000"),
        (50_000, "[$£-809]#,##0", "£50,000"),
        (7, "000", "007"),
        (7, '"R"0', "R7"),
        (12, "\\S\\C000", "SC012"),
        (2324, "00\\/00", "23/24"),
        (-3, "#,##0;(#,##0)", "(3)"),
        (-3, "0", "-3"),
        (-0.2, "0", "0"),
        (0, '0;-0;"none"', "none"),
        (3, "0.0", "3.0"),
        (1.234, "0.##", "1.23"),
        (45_383, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "45,383"),
        (1_500_000, "0.0,,", "1.5"),
        (2.5, "0", "3"),
        (12, "@", "12"),
        (1.5, "# ?/?", "1.5"),
        (5, ";;;", ""),
    ],
)
def test_numbers(number, code, expected):
    assert shown(number, number_format(code))[0] == expected


@pytest.mark.parametrize(
    ("number", "code", "text", "value"),
    [
        (45383, "dd/mm/yyyy", "1 April 2024", dt.date(2024, 4, 1)),
        (45383, "mm-dd-yy", "1 April 2024", dt.date(2024, 4, 1)),
        (45383, "[$-809]dd mmmm yyyy;@", "1 April 2024", dt.date(2024, 4, 1)),
        (45383, 'dddd d"th" mmmm yyyy', "1 April 2024", dt.date(2024, 4, 1)),
        (45383, "mmm-yy", "April 2024", dt.date(2024, 4, 1)),
        (45383, "yyyy", "2024", dt.date(2024, 4, 1)),
        (45383, "d-mmm", "1 April", dt.date(2024, 4, 1)),
        (45383.5, "d/m/yy h:mm", "1 April 2024 12:00", dt.datetime(2024, 4, 1, 12)),
        (45383, "d/m/yy h:mm", "1 April 2024", dt.date(2024, 4, 1)),
        (0.5, "h:mm", "12:00", dt.time(12)),
        (1.5, "[h]:mm", "36:00", 1.5),
        (0, "dd/mm/yyyy", "0", 0),
        (-5, "dd/mm/yyyy", "-5", -5),
        (9_999_999, "dd/mm/yyyy", "9999999", 9_999_999),
    ],
)
def test_days_are_no_more_exact_than_they_are_shown(number, code, text, value):
    assert shown(number, number_format(code)) == (text, value)


def test_days_that_are_counted_from_1904():
    assert shown(43921, number_format("dd/mm/yyyy"), since_1904=True)[1] == dt.date(2024, 4, 1)
    assert shown(1, number_format("dd/mm/yyyy"), since_1904=True)[1] == dt.date(1904, 1, 2)
