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

    def test_are_found_in_words(self) -> None:
        forms = (
            "3rd of May 2009",
            "third of May 2009",
            "May the third, 2009",
            "third May 2009",
            "3/5/09",
            "2009-05-03",
        )
        for phrase in ("the third of May 2009", "3/5/09", "Third May 2009"):
            assert found(phrase, "; ".join(forms)) == [*forms]
        assert found("23.5.2009", "the twenty-third of May 2009") == ["twenty-third of May 2009"]
        assert found("twenty third of May 2009", "23.5.09, 3.5.09") == ["23.5.09"]

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
            ("Tamsin Quill", "Quill's mother, T. Quill, TQuill and Peter Quill", ["Quill's", "T. Quill", "TQuill", "Quill"]),
            ("Zoë O’Brien-Quill", "Zoe OBrien Quill; Z. O'Brien Quill", ["Zoe OBrien Quill", "Z. O'Brien Quill"]),
            ("tamsin quill", "Ms Quill", ["Quill"]),
            ("Anne-Marie McQuill", "Annemarie Mc Quill", ["Annemarie Mc Quill"]),
            ("Tamsin Quill born 14/03/2013", "Quill", ["Quill"]),
            ("Hill School", "The School, Hill-School", ["Hill-School"]),
            ("Ann Li", "Li and Ann-Li, li", ["Li", "Ann-Li"]),
            ("Ann Lee", "Ann Marie Lee, Ann M. Lee, Ann M Lee, ANN ROSE M. LEE", ["Ann Marie Lee", "Ann M. Lee", "Ann M Lee", "ANN ROSE M. LEE"]),
            ("Ann Lee", "Ann and Lee; Ann, Marie Lee. Ann\nMarie Lee", ["Ann", "Lee", "Ann", "Lee", "Ann", "Lee"]),
            ("Ann Marie Lee", "Ann Lee; Ann M. Lee; Marie", ["Ann Lee", "Ann M. Lee"]),
            ("Ann Lee", "the Lees and Lee’s, the Lees’", ["Lees", "Lee’s", "Lees"]),
            ("Lee", "the Lees", ["Lees"]),
            ("Ann Lee", "Lee, Ann; Lee, A. M.; Lee Ann; Ms Lee, a nurse", ["Lee, Ann", "Lee, A", "Lee Ann", "Lee"]),
            ("Lee, Ann", "Ann Lee; A. Lee", ["Ann Lee", "A. Lee"]),
            ("Ann Lee", "A. Lee, A. M. Lee, A.L., A. L. and a l", ["A. Lee", "A. M. Lee", "A.L", "A. L"]),
            ("Ann Lee", "Ann was planning; Leeds", ["Ann"]),
            ("A. Lee", "a cat of A Lee", ["A Lee"]),
            ("Quill", "Quilling", []),
            ("Tamsin Quill", "Tamsin\nQuilling", ["Tamsin"]),
            ("it went to her brother", "brother", []),
        ],
    )  # fmt: skip
    def test_are_found_by_their_letters(self, phrase: str, text: str, words: list[str]) -> None:
        assert found(phrase, text) == words

    @pytest.mark.parametrize("words", ["Lee", "the Lees"[4:], "Lee’s", "Ann", "A.L"])
    def test_are_known_for_a_part_of_one(self, words: str) -> None:
        assert other_spellings(["Ann Lee"]).is_part(words)

    @pytest.mark.parametrize("words", ["Ann Marie Lee", "A. Lee", "Lee, Ann", "3/5/09"])
    def test_are_known_for_a_whole_one(self, words: str) -> None:
        assert not other_spellings(["Ann Lee", "3 May 2009"]).is_part(words)


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
    spellings = other_spellings([*FORMS_OF_A_DAY, "Tamsin Quill", "A. Aa", "01494 123456"])
    assert [words for piece in PIECES if (words := grows_too_fast(spellings.spans, piece, 20_000))] == []
