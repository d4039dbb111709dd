"""Whatever colour a council sets, the words on it can be read."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from committee import branding

channels = st.integers(min_value=0, max_value=255)


def pair(properties, ground, words):
    return branding.contrast(
        branding.parse_colour(properties[ground]), branding.parse_colour(properties[words])
    )


@given(st.tuples(channels, channels, channels))
def test_every_pair_of_ground_and_words_passes_wcag_aa(colour):
    properties = branding.palette(branding.written(colour))
    assert pair(properties, "--app-brand", "--app-brand-text") >= 4.5
    for solid in ("--app-brand-strong", "--app-brand-deep", "--app-button", "--app-button-hover"):
        assert branding.contrast(branding.parse_colour(properties[solid]), branding.WHITE) >= 4.5
    assert (
        branding.contrast(
            branding.parse_colour(properties["--app-brand-tint"]), branding.parse_colour("#4a555b")
        )
        >= 4.5
    )


def test_a_short_colour_is_read_as_its_long_form():
    assert branding.parse_colour("#fc0") == (255, 204, 0)


@pytest.mark.parametrize("wrong", ["", "red", "#12", "#12345g", "1d4f5c", "#1d4f5c;}"])
def test_anything_else_is_no_colour(wrong):
    with pytest.raises(ValueError, match="A colour is written like"):
        branding.parse_colour(wrong)


def test_contrast_is_that_of_wcag():
    assert branding.contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert branding.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48)]
)
def test_contrast_with_white_as_wcag_counts_it(colour, ratio):
    assert branding.contrast(branding.parse_colour(colour), branding.WHITE) == pytest.approx(ratio, abs=0.01)


def test_a_yellow_council_has_dark_words_in_its_header():
    assert branding.palette("#ffcc00")["--app-brand-text"] == branding.written(branding.INK)


def test_a_red_council_has_no_red_buttons():
    assert branding.palette("#b3261e")["--app-button"] == branding.written(branding.INK)
    assert branding.palette("#1d4f5c")["--app-button"] == "#1d4f5c"


def test_the_style_sheet_keeps_for_ever_and_its_address_follows_the_colour(settings):
    settings.COUNCIL_COLOUR = "#1d4f5c"
    before = branding.stylesheet_address()
    response = branding.stylesheet(RequestFactory().get("/branding.css"))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert b"--app-brand:#1d4f5c" in response.content
    settings.COUNCIL_COLOUR = "#6b1d5c"
    assert branding.stylesheet_address() != before


def test_a_wrong_setting_leaves_the_page_readable(settings):
    settings.COUNCIL_COLOUR = "}body{display:none"
    response = branding.stylesheet(RequestFactory().get("/branding.css"))
    assert branding.DEFAULT_COLOUR.encode() in response.content
    assert b"display" not in response.content
