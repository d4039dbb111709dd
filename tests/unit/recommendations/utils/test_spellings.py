"""Other ways to write a name, a day or a number."""

from __future__ import annotations

import pytest

from recommendations.utils.spellings import other_spellings
from tests.growth import PIECES, grows_too_fast

FORMS_OF_A_DAY = (
    "14/03/2013", "14.3.13", "14-03-2013", "2013-03-14", "14 March 2013", "14th Mar 2013", "14th of March, 2013",
    "March 14, 2013", "14 March '13", "03/14/2013", "14032013", "140313",
)  # fmt: skip


def found(phrase: str, text: str) -> list[str]:
    return [text[start:end] for start, end in other_spellings([phrase]).spans(text)]


class TestDays:
    @pytest.mark.parametrize("phrase", FORMS_OF_A_DAY[:9])
    def test_are_found_in_any_form(self, phrase: str) -> None:
        assert found(phrase, "; ".join(FORMS_OF_A_DAY)) == [*FORMS_OF_A_DAY]

    @pytest.mark.parametrize(
        "text", ["15/03/2013", "14/04/2013", "14.3.14", "114.3.13", "4 March 2013", "14 March", "1403.13"]
    )
    def test_of_another_date_are_left_alone(self, text: str) -> None:
        assert found("14/03/2013", text) == []

    def test_with_two_digits_are_of_either_century(self) -> None:
        assert found("14.3.85", "14 March 1985") == ["14 March 1985"]

    def test_that_do_not_exist_are_nothing(self) -> None:
        assert found("31.2.2013", "31.2.13") == []


class TestNames:
    @pytest.mark.parametrize(
        ("phrase", "text", "words"),
        [
            ("Tamsin Quill", "TAMSIN-QUILL; TamsinQuill; tamsin\u00a0quill", ["TAMSIN-QUILL", "TamsinQuill", "tamsin\u00a0quill"]),
            ("Tamsin Quill", "Quill's mother, T. Quill, TQuill and Peter Quill", ["Quill", "T. Quill", "TQuill", "Quill"]),
            ("Zoë O’Brien-Quill", "Zoe OBrien Quill; Z. O'Brien Quill", ["Zoe OBrien Quill", "Z. O'Brien Quill"]),
            ("tamsin quill", "Ms Quill", ["Quill"]),
            ("Anne-Marie McQuill", "Annemarie Mc Quill", ["Annemarie Mc Quill"]),
            ("Tamsin Quill born 14/03/2013", "Quill", ["Quill"]),
            ("Hill School", "The School, Hill-School", ["Hill-School"]),
            ("Ann Li", "Li and Ann-Li", ["Ann-Li"]),
            ("Quill", "Quilling", []),
            ("Tamsin Quill", "Tamsin\nQuilling", []),
            ("it went to her brother", "brother", []),
        ],
    )  # fmt: skip
    def test_are_found_by_their_letters(self, phrase: str, text: str, words: list[str]) -> None:
        assert found(phrase, text) == words


class TestNumbers:
    @pytest.mark.parametrize(
        ("phrase", "text"),
        [
            ("01494 123456", "(01494) 123 456"),
            ("01494 123456", "+44 1494 123456"),
            ("+44 (0)1494 123456", "01494123456"),
            ("943 476 5919", "943-476-5919"),
            ("9434765919", "943 476 5919"),
        ],
    )
    def test_are_found_by_their_digits(self, phrase: str, text: str) -> None:
        assert found(phrase, f"Ring {text}.") == [text.lstrip("(+")]


def test_sentences_have_no_other_spellings() -> None:
    assert not other_spellings(["On 14/03/2013 the committee met in the hall"]).pattern


def test_work_grows_with_the_text() -> None:
    spellings = other_spellings([*FORMS_OF_A_DAY, "Tamsin Quill", "01494 123456"])
    assert [words for piece in PIECES if (words := grows_too_fast(spellings.spans, piece, 20_000))] == []
