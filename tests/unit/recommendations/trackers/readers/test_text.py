"""Words of a file, without what nobody can see."""

from __future__ import annotations

import pytest

from recommendations.trackers.readers.notices import Notices
from recommendations.trackers.readers.text import plain_name, readable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, \u201cquoted\u201d \u2013 kept", "plain words, \u201cquoted\u201d \u2013 kept"),
        ("31\u00a0March\u2009\u20032024", "31 March  2024"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("copied_x000D_\nfrom", "copied\nfrom"),
        ("copied_x000d_from", "copied\nfrom"),
        ("zero\u200bwidth\ufeff and soft\u00adhyphen", "zerowidth and softhyphen"),
        ("the carers\x92 card \x96 tried\x85", "the carers\u2019 card \u2013 tried\u2026"),
        ("\uf0b7 a bullet", "\u2022 a bullet"),
        ("cafe\u0301", "cafe\u0301"),
    ],
)
def test_words_as_they_are_read(text, expected):
    assert readable(text, Notices()) == expected


def test_what_was_taken_out_is_told_with_its_place():
    notices = Notices()
    readable("a\u202eb", notices, "record 3")
    readable("c\x01d", notices, "record 4")
    assert [(each.kind, each.places) for each in notices.all()] == [
        ("direction marks", ("record 3",)),
        ("control characters", ("record 4",)),
    ]


def test_a_notice_counts_and_names_some_places():
    notices = Notices()
    for at in range(1_200):
        notices.tell("hidden rows", f"Open!{at}")
    (told,) = notices.all()
    assert told.sentence == "1,200 rows are hidden in the file: they were read"
    assert len(told.places) == 50


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C:\\Users\\Sam\\tracker.docx", "tracker.docx"),
        ("../../etc/tracker.csv", "tracker.csv"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("", "file"),
        ("x" * 500, "x" * 200),
    ],
)
def test_names_without_folders(name, expected):
    assert plain_name(name) == expected
