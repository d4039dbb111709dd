"""Text that people type: how it is kept, when two texts are the same, in what order they stand, and the numbers in it.

The only module that does any of the four, so that a form, an action, the database and a list agree. No function here
asks the server's locale.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from urllib.parse import unquote

# ------------------------------------------------------------------ as it is kept

LINES = re.compile("[\n\t]")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""Control characters, which XML cannot hold and nobody can see."""

DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Marks that turn the order of letters, by which a text can seem to say something else. Arabic and Hebrew letters know
their direction without them.
"""

INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0e\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff"
)
"""Characters without a shape (Unicode's Default_Ignorable_Code_Point), by which two equal names can be told apart."""

JOINED_SCRIPTS = "\u0600-\u0dff"
"""Arabic to Sinhala: scripts in which a joiner between two letters is part of the spelling."""

SYMBOLS = "\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
"""Emoji, and the signs that can be drawn as one."""

UNKEPT = re.compile(
    f"[{CONTROLS}{DIRECTIONS}{INVISIBLE}]"
    # Joiners are kept within emoji, and within words of the scripts that spell with them.
    f"|(?<![{JOINED_SCRIPTS}])\u200c|\u200c(?![{JOINED_SCRIPTS}])"
    f"|(?<![{JOINED_SCRIPTS}{SYMBOLS}\ufe0f])\u200d|\u200d(?![{JOINED_SCRIPTS}{SYMBOLS}])"
    # The mark for a picture in colour follows a symbol, or makes a digit a keycap.
    f"|(?<![#*0-9\u00a9\u00ae{SYMBOLS}])\ufe0f|(?<=[#*0-9])\ufe0f(?!\u20e3)"
    # The letters of a flag, such as England's, follow a black flag.
    "|(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]+"
)
BLANKS = re.compile("[\u2800]")
"""Signs that are drawn as nothing, and stand for a space."""


def clean_text(text: str | None) -> str:
    """Return the text as it is kept: stripped, composed (NFC), each kind of line end as a newline, and without the
    characters that nobody can see. Doing it twice changes nothing.
    """
    if text and text.isascii() and text.isprintable():  # most lines: nothing of them is to be taken out
        return text.strip()
    kept = LINE_ENDS.sub("\n", BLANKS.sub(" ", text or ""))
    # A mark may hide between two halves of a pair, so what is left is looked at again.
    while (cleaned := UNKEPT.sub("", kept)) != kept:
        kept = cleaned
    return unicodedata.normalize("NFC", kept).strip()


def clean_line(text: str | None) -> str:
    """Return text for a field of one line: as `clean_text`, with a space for each line end or tab."""
    return " ".join(filter(None, (line.strip() for line in LINES.split(clean_text(text)))))


def length(text: str | None) -> int:
    """Return the number of characters of a text, as every limit and every counter counts them.

    They are counted as the text is kept: code points of the composed text, a line end as one. `static/js/count.js`
    counts the same way.
    """
    return len(clean_text(text))


# ------------------------------------------------------------------ when two texts are the same


def comparable(text: str | None) -> str:
    """Return what two texts have in common if people take them for the same: compatible characters as one (NFKC),
    case folded, blanks as one space, quotes and dashes straight, without what nobody can see.
    """
    if text and text.isascii() and text.isprintable():  # most lines: only a backtick is another's
        return " ".join(text.replace("`", "'").lower().split())
    folded = unicodedata.normalize("NFKC", clean_text(text).translate(ALIKE)).casefold()
    folded = unicodedata.normalize("NFKC", UNKEPT.sub("", JOINERS.sub("", folded)))
    return " ".join(folded.translate(ALIKE).replace("i\u0307", "i").split())


JOINERS = re.compile("[\u200c\u200d\ufe0f\U000e0000-\U000e007f]")
"""What is kept within emoji and words, and makes no difference between names."""

ALIKE = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58", "-")
    | {"\u0131": "i", "\u0237": "j"}
)
"""Characters that one keyboard writes for another's: quotes, dashes, and the letters without their dots."""


# ------------------------------------------------------------------ where a text stands in another

BETWEEN_WORDS = str.maketrans(dict.fromkeys("-_.+/", " "))
"""What stands for a blank in names of files, in addresses and between the parts of a date."""
ESCAPED = re.compile(
    "%[0-7][0-9A-Fa-f]|%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]"
    "|%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}|%[Ff][0-4](?:%[89ABab][0-9A-Fa-f]){3}"
)
"""One character as an address writes it: "%20" for a blank, "%C3%A9" for é."""
UNSEEN = re.compile(f"[{CONTROLS}{DIRECTIONS}{INVISIBLE}\u200c\u200d\ufe0f\U000e0000-\U000e007f]")


class _Plain(dict[str, str]):
    """What becomes of each character where a text is looked for in another, worked out when it is first met."""

    def __missing__(self, char: str) -> str:
        self[char] = plain = self._of(char)
        return plain

    def _of(self, char: str) -> str:
        if char.isspace() or BLANKS.match(char):
            return " "
        if UNSEEN.match(char):
            return ""
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.translate(ALIKE)).casefold())
        kept = "".join(one for one in apart if unicodedata.category(one) not in ("Mn", "Me"))
        return kept.translate(ALIKE).translate(BETWEEN_WORDS)


_PLAIN = _Plain()


def plain_words(text: str | None) -> str:
    """Return what is looked for where somebody wants each place of these words: as `comparable`, without accents, and with a
    blank for what stands between words.
    """
    return " ".join("".join(map(_PLAIN.__getitem__, text or "")).split())


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Return where the words stand in the text, as (start, end) in the text as it is, in order.

    Case, accents, kinds of quotes, dashes and blanks, and characters that nobody can see make no difference, as in
    `comparable`. Nor does it make one how words are joined, as in the name of a file or in an address: "Ann Lee" is in
    "ann_lee.pdf", "Ann-Lee" and "q=Ann%20Lee". Only whole words count: "Ann" is not in "Annual".
    """
    wanted = plain_words(words)
    if not wanted:
        return []
    letters: list[str] = []
    places: list[int] = []
    read = ESCAPED.sub(_unescaped, text)
    for place, char in enumerate(read):
        for letter in _PLAIN[char]:
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                places.append(place)
    plain = "".join(letters)
    found: list[tuple[int, int]] = []
    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if _is_edge(plain, at) and _is_edge(plain, end):
            after = places[end - 1] + 1
            while after < len(read) and not _PLAIN[read[after]]:  # an accent or a mark of the last letter
                after += 1
            found.append((places[at], after))
            at = plain.find(wanted, end)
        else:
            at = plain.find(wanted, at + 1)
    return found


def _unescaped(match: re.Match[str]) -> str:
    """Return the character that an address escapes, filled up to as many with one that nobody can see."""
    return unquote(match[0]).ljust(len(match[0]), "\u00ad")


def _is_edge(plain: str, at: int) -> bool:
    """Return whether a word of the text begins or ends there."""
    return not (0 < at < len(plain) and plain[at - 1].isalnum() and plain[at].isalnum())


# ------------------------------------------------------------------ in what order

LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
    }
)
"""Letters that sort with others and have no decomposition in Unicode."""

ROMAN = re.compile("(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
WORDS = re.compile(r"\d+|[^\W\d_]+")
LONGEST_PART = 200
"""How many characters of either half of a key are kept: an index holds some 2,700 bytes of a row."""


BEFORE_NAME = " !"
"""What stands in a key between the half it is sorted by, which has no such mark, and the comparable name."""


def sort_key(text: str | None) -> str:
    """Return the key by which a name stands in a list, and by which two names are the same.

    Keys are compared character by character (collation "C", and Python's own order). Numbers sort by their value, so "TR 2" comes
    before "TR 10"; case and punctuation do not count, and a letter with an accent sorts with the letter. Texts that
    differ in no more than that follow each other. Two keys are equal where `comparable` is.
    """
    return _key(text, roman=False)


def number_sort_key(number: str | None) -> str:
    """Return the key of a number or reference in a report, as `sort_key`, with roman numbers by their value: 2, 3, 3a, 10,
    then i, ii, iv, ix.

    Roman numbers stand where the letter i does, so that (h), (i), (j) are in order too. One number does not tell in what
    list it is: (v) and (x) are read as 5 and 10 because (iv) and (ix) come before them, and so stand behind (i) also in a
    list of letters. A lone l, c, d or m is a letter.
    """
    return _key(number, roman=True)


def _key(text: str | None, *, roman: bool) -> str:
    same = comparable(text)
    words = WORDS.findall(without_accents(same))
    parts = [_number(word) if word.isdecimal() else _roman(word) if roman else word for word in words]
    return f"{' '.join(parts)[:LONGEST_PART]}{BEFORE_NAME}{_bounded(same)}"


def without_accents(text: str) -> str:
    """Return comparable text with the letters that others sort with: "zoe" for "zoë"."""
    if text.isascii():
        return text.replace("'", "")
    apart = unicodedata.normalize("NFD", text.translate(LETTERS).replace("'", ""))
    return "".join(char for char in apart if unicodedata.category(char) not in ("Mn", "Me"))


def _number(digits: str) -> str:
    """Return digits so that longer numbers come after shorter ones, without limit of their size."""
    value = plain_digits(digits).lstrip("0") or "0"
    return f"0{len(value):04d}{value}"


def _roman(word: str) -> str:
    if not ROMAN.fullmatch(word) or word == "l":
        return word
    values = [ROMAN_VALUES[letter] for letter in word]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return f"i{total:03d}"


def _bounded(text: str) -> str:
    if len(text) <= LONGEST_PART:
        return text
    return f"{text[:LONGEST_PART]}{hashlib.sha256(text.encode()).hexdigest()}"


# ------------------------------------------------------------------ numbers

MOST_DIGITS = 18
"""The longest number read: what a column of eight bytes holds whatever its digits are."""


def plain_digits(text: str) -> str:
    """Return the text with its digits of any width or script as 0 to 9, and nothing else changed."""
    return text if text.isascii() else "".join(str(unicodedata.decimal(char, char)) for char in text)


def whole_number(typed: object, *, most: int | None = None) -> int | None:
    """Return the whole number that somebody typed or an address holds, or None where it is none or more than `most`.

    Digits of any width or script count, with blanks around them; signs, fractions, superscripts and more than 18 digits
    do not.
    """
    digits = clean_line(str(typed if typed is not None else ""))
    if not digits.isdecimal():
        return None
    digits = digits.lstrip("0") or "0"
    if len(digits) > MOST_DIGITS:
        return None
    number = int(digits)
    return number if most is None or number <= most else None


# ------------------------------------------------------------------ addresses


def email_address(text: str | None) -> str:
    """Return an e-mail address as it is kept and compared: in lower case, full-width letters as plain ones."""
    return unicodedata.normalize("NFKC", clean_line(text)).lower()
