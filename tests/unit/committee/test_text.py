"""Text as it is kept, compared, sorted, counted, and read as a number."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee.text import (
    clean_line,
    clean_text,
    comparable,
    email_address,
    length,
    number_sort_key,
    occurrences,
    sort_key,
    whole_number,
)

WITHOUT_SHAPE = [
    *"\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0",
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206f\ufe00\ufe0e\ufe0f\ufff9\ufffa\ufffb",
    "\U000e0001",
    "\U000e0041",
    "\U000e007f",
    "\U000e0100",
    "\U0001d173",
]


class TestCleanText:
    @pytest.mark.parametrize("mark", WITHOUT_SHAPE, ids=lambda mark: f"U+{ord(mark):04X}")
    def test_marks_without_shape_are_not_kept(self, mark):
        assert clean_text(f"Cab{mark}inet") == "Cabinet"
        assert clean_text(f"{mark} Cabinet{mark}{mark}") == "Cabinet"

    def test_a_sum_stays_the_right_way_round(self):
        assert clean_text("\u2067£900 - £100\u2069") == "£900 - £100"

    @pytest.mark.parametrize(
        "text",
        [
            "👩\u200d💻 and 👨🏽\u200d🦱",
            "❤\ufe0f\u200d🔥",
            "🏳\ufe0f\u200d🌈",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "1\ufe0f\u20e3",
            "مجلس المقاطعة",
            "ועדת הקבינט",
            "می\u200cخواهم",
            "क्\u200dष",
            "Zoë’s “£5\xa0m” – naïve",
            "m² × 10⁶",
        ],
    )
    def test_emoji_and_scripts_stay_whole(self, text):
        assert clean_text(text) == text

    def test_letters_and_their_accents_become_one(self):
        assert clean_text("Zoe\u0308") == "Zoë"
        assert clean_text("Zoe\u200b\u0308") == "Zoë"

    def test_line_ends(self):
        assert (
            clean_text(" one\r\ntwo\rthree\u2028four\x0bfive\x85six ") == "one\ntwo\nthree\nfour\nfive\nsix"
        )
        assert clean_line("one\r\n two\tthree") == "one two three"

    @given(st.text())
    def test_twice_is_once(self, text):
        once = clean_text(text)
        assert clean_text(once) == once
        assert clean_line(clean_line(text)) == clean_line(text)

    @given(st.text(alphabet=st.sampled_from([*WITHOUT_SHAPE, "a", " ", "👩", "1", "\u20e3", "ب", "\u0308"])))
    def test_nothing_turns_the_order_of_letters(self, text):
        kept = clean_text(text)
        assert not [
            char
            for char in kept
            if unicodedata.bidirectional(char) in ("LRE", "RLE", "LRI", "RLI", "FSI", "PDI")
        ]
        assert clean_text(kept) == kept


class TestComparable:
    @pytest.mark.parametrize(
        "typed",
        [
            "Marlshire  Constabulary",
            "Marlshire\xa0Constabulary",
            "Marlshire\u2003Constabulary",
            "Marl\u200bshire Constabulary",
            "marlshire CONSTABULARY",
            " Marlshire Constabulary\n",
            "Ｍａｒｌｓｈｉｒｅ Constabulary",
            "Marlshıre Constabulary",
            "Marlsh\u0130re Constabulary",
            "Marl\u00adshire\u3000Constabulary",
        ],
    )
    def test_people_take_these_for_the_same(self, typed):
        assert comparable(typed) == "marlshire constabulary"
        assert sort_key(typed) == sort_key("Marlshire Constabulary")

    def test_quotes_and_dashes_of_other_keyboards(self):
        assert comparable("Children’s Trust – “North”") == comparable('Children\'s Trust - "North"')

    @pytest.mark.parametrize(
        ("one", "other"), [("Zoë", "Zoe"), ("Board A", "Board B"), ("R1", "R01"), ("3a", "3b"), ("i", "1")]
    )
    def test_people_tell_these_apart(self, one, other):
        assert comparable(one) != comparable(other)
        assert sort_key(one) != sort_key(other)

    def test_composed_or_not_and_sharp_s(self):
        assert comparable("Zoe\u0308") == comparable("ZOË")
        assert comparable("Straße") == comparable("STRASSE")

    @given(st.text(max_size=300), st.text(max_size=300))
    def test_keys_are_equal_where_the_names_are(self, one, other):
        assert (sort_key(one) == sort_key(other)) == (comparable(one) == comparable(other))

    @given(st.text(max_size=300))
    def test_case_width_and_form_never_matter(self, text):
        same = comparable(text)
        assert comparable(same) == same
        assert comparable(unicodedata.normalize("NFD", text)) == same

    @given(st.text(max_size=300))
    def test_a_key_fits_an_index(self, text):
        assert len(sort_key(text).encode()) < 2_000


class TestOrder:
    @pytest.mark.parametrize(
        "names",
        [
            ["cabinet", "de Bohun", "eastern", "Éclair", "Zebra"],
            ["Board 2", "board 10", "Board 100"],
            ["Aaron", "Ærø", "Ångström", "Azure"],
            ["eclair", "Éclair", "eclairs"],
            ["Cabinet", "Cabinet Member", "Cabinets"],
            ["Oa", "O’Brien", "O'Neill"],
            ["7 wards", "70 wards", "Wards"],
        ],
    )
    def test_names(self, names):
        backwards = names[::-1]
        assert sorted(backwards, key=sort_key) == names

    @pytest.mark.parametrize(
        "numbers",
        [
            ["TR 1", "TR 2", "TR 10", "TR 100"],
            ["i", "ii", "iv", "v", "ix", "x", "xl", "lx"],
            ["I", "II", "III", "IV", "V", "IX", "XI"],
            ["3(i)", "3(ii)", "3(iv)", "3(ix)", "4"],
            ["3a", "3h", "3i", "3j", "10"],
            ["h", "i", "j", "k", "l", "m"],
            ["2", "3", "3a", "10", "i", "ii"],
            ["SR (24/25) 10", "SR (25/26) 2", "SR (25/26) 03"],
            ["9", "9" + "0" * 15],
        ],
    )
    def test_numbers_and_references(self, numbers):
        backwards = numbers[::-1]
        assert sorted(backwards, key=number_sort_key) == numbers

    def test_v_and_x_are_numbers_in_a_list_of_letters_too(self):
        """One key cannot tell (v) behind (iv) from (v) behind (u)."""
        letters = [f"({letter})" for letter in "abcdefghijklmnopqrstuvwxyz"]
        kept = [letter for letter in letters if letter not in ("(v)", "(x)")]
        assert sorted(kept, key=number_sort_key) == kept
        assert sorted(letters, key=number_sort_key) == [*kept[:9], "(v)", "(x)", *kept[9:]]

    def test_a_name_is_no_roman_number(self):
        assert sorted(["Vi", "Vera", "Wanda", "Ian"], key=sort_key) == ["Ian", "Vera", "Vi", "Wanda"]


class TestPrintedNumbers:
    def test_printed_order(self):
        printed = ["1", "2", "3", "3a", "3b", "3.1", "9", "10", "10a", "11", "100"]
        mixed = ["10a", "3b", "100", "2", "11", "3.1", "3", "1", "10", "3a", "9"]
        keys = {number: number_sort_key(number) for number in printed}
        assert [n for n in sorted(mixed, key=keys.__getitem__) if n != "3.1"] == [
            n for n in printed if n != "3.1"
        ]
        assert keys["3"] < keys["3.1"] < keys["9"]

    def test_with_a_letter_before(self):
        assert number_sort_key("R2") < number_sort_key("R10")
        assert number_sort_key("SC9") < number_sort_key("SC18")

    @given(st.integers(0, 99999), st.integers(0, 99999))
    def test_whole_numbers_as_numbers(self, one, other):
        assert (number_sort_key(str(one)) < number_sort_key(str(other))) == (one < other)

    @given(st.text(max_size=20))
    def test_any_text_has_a_key_and_case_and_space_do_not_count(self, text):
        assert number_sort_key(f"  {text} ") == number_sort_key(text)

    @given(st.integers(1, 999), st.sampled_from("abcdefgh"))
    def test_a_lettered_part_follows_its_number_and_precedes_the_next(self, number, letter):
        assert (
            number_sort_key(str(number))
            < number_sort_key(f"{number}{letter}")
            < number_sort_key(str(number + 1))
        )


class TestWholeNumber:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("12", 12),
            (" 12\n", 12),
            ("007", 7),
            ("１２", 12),
            ("٣", 3),
            (5, 5),
            ("0" * 5000 + "7", 7),
            ("9" * 18, 10**18 - 1),
        ],
    )
    def test_numbers(self, typed, number):
        assert whole_number(typed) == number

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            " ",
            None,
            "²",
            "1²",
            "-1",
            "+1",
            "1.5",
            "1,000",
            "1_000",
            "9" * 19,
            "9" * 5000,
            "½",
            "x",
            "1 2",
        ],
    )
    def test_no_numbers(self, typed):
        assert whole_number(typed) is None

    def test_most(self):
        assert whole_number("31", most=31) == 31
        assert whole_number("32", most=31) is None

    @given(st.text())
    def test_any_text_has_an_answer(self, text):
        number = whole_number(text)
        assert number is None or 0 <= number < 10**18


class TestLength:
    def test_as_it_is_kept(self):
        assert length("🙂" * 2501) == 2501
        assert length("one\r\ntwo") == length("one\ntwo") == 7
        assert length("Zoe\u0308") == length("Zoë") == 3
        assert length("  a\u200bb ") == 2


class TestEmailAddress:
    def test_case_and_width(self):
        assert (
            email_address(" Officer@Example.ORG ")
            == email_address("ｏｆｆｉｃｅｒ@example.org")
            == "officer@example.org"
        )


class TestOccurrences:
    @pytest.mark.parametrize(
        ("text", "words", "found"),
        [
            ("Tamsin Quill spoke.", "tamsin quill", ["Tamsin Quill"]),
            ("TAMSIN\u00a0\n QUILL", "Tamsin Quill", ["TAMSIN\u00a0\n QUILL"]),
            ("Ann and Annual, ann.", "Ann", ["Ann", "ann"]),
            ("O’Brien, O'Brien", "o‘brien", ["O’Brien", "O'Brien"]),
            ("12–03—2012", "12-03-2012", ["12–03—2012"]),
            ("Zoë, Zoe\u0308, zoe", "ZOË", ["Zoë", "Zoe\u0308", "zoe"]),
            ("Ｔａｍｓｉｎ", "Tamsin", ["Ｔａｍｓｉｎ"]),
            ("Tam\u00adsin", "Tamsin", ["Tam\u00adsin"]),
            ("Straße", "STRASSE", ["Straße"]),
            ("Quill's, (Quill)", "Quill", ["Quill", "Quill"]),
            ("aa aaa aa", "aa", ["aa", "aa"]),
            ("Tamsin_Quill-1.pdf tamsin.quill@x.org", "Tamsin Quill", ["Tamsin_Quill", "tamsin.quill"]),
            ("q=Tamsin+Quill&n=tamsin%20%20quill", "Tamsin Quill", ["Tamsin+Quill", "tamsin%20%20quill"]),
            ("/Ren%C3%A9e%2DZo%C3%AB/", "renée zoë", ["Ren%C3%A9e%2DZo%C3%AB"]),
            ("Ann-Lee and Ann Lee", "ann-lee", ["Ann-Lee", "Ann Lee"]),
            ("12/03/2012 or 12.3.2012", "12-03-2012", ["12/03/2012"]),
            ("100%25 %zz %C3", "%", ["%25", "%", "%"]),
            ("Nothing", "", []),
            ("Nothing", " ", []),
        ],
    )
    def test_are_found_as_they_stand(self, text: str, words: str, found: list[str]) -> None:
        assert [text[start:end] for start, end in occurrences(text, words)] == found

    def test_are_those_that_are_comparable(self) -> None:
        """Whatever `comparable` takes for the same is found as a whole."""
        for text in ("É “x” — y", "ﬁnal ① ½", "İstanbul ılık", "ǅ ß ẞ", "a\u200db\u2060c"):
            assert occurrences(text, comparable(text)) != []
            assert occurrences(comparable(text), text) != []


@given(st.text(st.characters(codec="ascii")))
def test_plain_letters_compare_and_sort_as_beside_others(text: str) -> None:
    """Texts of plain letters take a shorter way, which leads to the same."""
    assert comparable(f"{text} é") == f"{comparable(text)} é".strip()
    for key in (sort_key, number_sort_key):
        long_way = key(f"{text} é").split(" !")[0].removesuffix("e").rstrip()
        assert key(text).split(" !")[0].rstrip() == long_way or len(text) > 150
