"""What looks like personal data in a progress text."""

from __future__ import annotations

import pytest

from recommendations.utils.personal_data import possible_personal_data, suspicions_by_field


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The child, born on 3 May 2011, was seen.", "a date of birth"),
        ("DOB 03/05/2011", "a date of birth"),
        ("d.o.b. 3.5.11", "a date of birth"),
        ("3 May 2011 (date of birth)", "a date of birth"),
        ("Ring 01494 123456 for details.", "a phone number"),
        ("Ring 07700 900123.", "a phone number"),
        ("Ring +44 7700 900123", "a phone number"),
        ("Ring (020) 7946 0018", "a phone number"),
        ("Write to jo.bloggs@example.org.", "an e-mail address"),
        ("The home in HP12 3AB was visited", "a postcode"),
        ("hp123ab", "a postcode"),
        ("She lives at 12 Mill Lane now", "an address"),
        ("Flat 3, 12b Old Bakery Road", "an address"),
        ("NHS 943 476 5919 was given", "an NHS number"),
        ("NHS-number 9434765919", "an NHS number"),
        ("Anna Example (3 May 2011) was seen", "a name with a date"),
        ("Anna Example, 03/05/2011", "a name with a date"),
        ("Anna Example 03/05/2011", "a name with a date"),
        ("Anna Example 3.5.11 was seen", "a name with a date"),
        ("Anna Example 2011-05-03", "a name with a date"),
        ("Anna Example 3rd May 2011", "a name with a date"),
        ("Anna Example 3 Sept 11", "a name with a date"),
        ("Anna Example - 3rd of May, 2011", "a name with a date"),
        ("Anna Example May 3rd, 2011", "a name with a date"),
        ("Zoë O’Neil-Example 03-05-2011", "a name with a date"),
        ("Anna Example born 3.5.11", "a date of birth"),
        ("Anna Example born 3-May-2011", "a date of birth"),
        ("Anna, born May 3, 2011, was seen", "a date of birth"),
        ("Example, A., b. 14/03/2012, was seen", "a date of birth"),
        ("Anna (b 3 May 2011)", "a date of birth"),
        ("Anna, B.3.5.11", "a date of birth"),
        ("Birthdate: 03/05/2011", "a date of birth"),
        ("birth date 3 May 2011", "a date of birth"),
        ("Example, Anna (03/05/2011)", "a name with a date"),
        ("Example, Anna, 3 May 2011", "a name with a date"),
        ("Anna, aged 13, was seen", "an age"),
        ("A girl aged 13 and her mother", "an age"),
        ("the 13-year-old", "an age"),
        ("She is 13 years old", "an age"),
    ],
)
def test_a_text_that_holds_personal_data_is_noticed(text, kind):
    assert [found.kind for found in possible_personal_data(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Cabinet agreed it on 3 November 2015 and again on 11/01/2016.",
        "The reference is SR (25/26) 03 and costs £120,000 in 2025-26.",
        "Of 1,204 pupils 903 were asked; 75% answered.",
        "Newborn screening began on 3 May 2025.",
        "Minute 12345678 of Council",
        "Phase 2B of the A40 scheme",
        "The Health Board, 3 May 2025, agreed",
        "Children's Select Committee (11/01/2016)",
        "Purchase order 943 476 5918",
        "0000000000",
        "In 2025 Mill Lane was closed to lorries",
        "The meeting on 03/05/2025 agreed",
        "Cabinet 12 March 2024",
        "Cabinet Member 12 March 2024",
        "Health Board 3.5.25",
        "On Monday 3 May 2025",
        "Since Tuesday 03/05/2025",
        "Children aged 5 to 13, 13-18 or aged 16 and over",
        "Adults aged 65+ and those aged 18 or under",
        "75 of those aged 13% more",
        "For 13 to 18 year old pupils and 16-year-olds",
        "From May 2025 to June 2026",
        "Option b: 3 May 2025, agreed",
        "See 4b, 3 May 2025",
        "Paragraph 2.b 3/5/2025",
        "Since Cabinet, Council and Trust met on 3 May 2025",
        "Cabinet, Council 3 May 2025",
        "",
    ],
)
def test_ordinary_progress_is_left_alone(text):
    assert possible_personal_data(text) == []


def test_the_same_words_are_named_once_and_with_their_box():
    found = suspicions_by_field({"Done": "HP12 3AB and again HP12 3AB", "Next": "nothing"})
    assert [(label, one.words) for label, one in found] == [("Done", "HP12 3AB")]
