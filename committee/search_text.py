"""Text as it is searched: in lower case, without accents, marks and punctuation, letter for letter.

What is typed and what is stored go through the same function of the database, so a search finds the same on every server:
PostgreSQL's own parsers take a curly quotation mark for a letter where the server's locale is C, and "taxi/minicab" for a file
name everywhere. `folded` is the same in Python, for showing where in the text a word was found.

`MARKS` and `SEPARATORS` are those of Unicode 14 that are left after compatibility decomposition, as ranges. A change to any
table needs a migration that creates the function and all indexes on it anew.
"""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Func, TextField

LONGEST = 50_000
"""How much of a text is searched, in characters, so that the vector of five texts is never too large for PostgreSQL."""

MOST_WORDS = 20
"""How many words of a name are looked for."""

MARKS = (
    r"["
    + (
        r"\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7"
        r"\u0600-\u0605\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06dd\u06df-\u06e4\u06e7-\u06e8"
        r"\u06ea-\u06ed\u070f\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u07fd\u0816-\u0819"
        r"\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0890-\u089f\u08ca-\u0902\u093a\u093c"
        r"\u0941-\u0948\u094d\u0951-\u0957\u0962-\u0963\u0981\u09bc\u09c1-\u09c4\u09cd\u09e2-\u09e3"
        r"\u09fe-\u0a02\u0a3c\u0a41-\u0a51\u0a70-\u0a71\u0a75\u0a81-\u0a82\u0abc\u0ac1-\u0ac8\u0acd"
        r"\u0ae2-\u0ae3\u0afa-\u0b01\u0b3c\u0b3f\u0b41-\u0b44\u0b4d-\u0b56\u0b62-\u0b63\u0b82\u0bc0\u0bcd"
        r"\u0c00\u0c04\u0c3c\u0c3e-\u0c40\u0c46-\u0c56\u0c62-\u0c63\u0c81\u0cbc\u0cbf\u0cc6-\u0ccd"
        r"\u0ce2-\u0ce3\u0d00-\u0d01\u0d3b-\u0d3c\u0d41-\u0d44\u0d4d\u0d62-\u0d63\u0d81\u0dca"
        r"\u0dd2-\u0dd6\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f19"
        r"\u0f35\u0f37\u0f39\u0f71-\u0f7e\u0f80-\u0f84\u0f86-\u0f87\u0f8d-\u0fbc\u0fc6\u102d-\u1030"
        r"\u1032-\u1037\u1039-\u103a\u103d-\u103e\u1058-\u1059\u105e-\u1060\u1071-\u1074\u1082"
        r"\u1085-\u1086\u108d\u109d\u135d-\u135f\u1712-\u1714\u1732-\u1733\u1752-\u1753\u1772-\u1773"
        r"\u17b4-\u17b5\u17b7-\u17bd\u17c6\u17c9-\u17d3\u17dd\u180b-\u180f\u1885-\u1886\u18a9"
        r"\u1920-\u1922\u1927-\u1928\u1932\u1939-\u193b\u1a17-\u1a18\u1a1b\u1a56\u1a58-\u1a60\u1a62"
        r"\u1a65-\u1a6c\u1a73-\u1a7f\u1ab0-\u1b03\u1b34\u1b36-\u1b3c\u1b42\u1b6b-\u1b73\u1b80-\u1b81"
        r"\u1ba2-\u1ba5\u1ba8-\u1ba9\u1bab-\u1bad\u1be6\u1be8-\u1be9\u1bed\u1bef-\u1bf1\u1c2c-\u1c33"
        r"\u1c36-\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce0\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8-\u1cf9\u1dc0-\u1dff"
        r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u2cef-\u2cf1\u2d7f\u2de0-\u2dff"
        r"\u302a-\u302d\u3099-\u309a\ua66f-\ua672\ua674-\ua67d\ua69e-\ua69f\ua6f0-\ua6f1\ua802\ua806"
        r"\ua80b\ua825-\ua826\ua82c\ua8c4-\ua8c5\ua8e0-\ua8f1\ua8ff\ua926-\ua92d\ua947-\ua951"
        r"\ua980-\ua982\ua9b3\ua9b6-\ua9b9\ua9bc-\ua9bd\ua9e5\uaa29-\uaa2e\uaa31-\uaa32\uaa35-\uaa36"
        r"\uaa43\uaa4c\uaa7c\uaab0\uaab2-\uaab4\uaab7-\uaab8\uaabe-\uaabf\uaac1\uaaec-\uaaed\uaaf6\uabe5"
        r"\uabe8\uabed\ufb1e\ufe00-\ufe2f\ufeff-\ufffb"
    )
    + r"]"
)
"""Accents and other marks upon letters, and invisible characters: left out."""

SEPARATORS = (
    r"["
    + (
        r"\u0080-\u00ac\u00ae-\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02eb\u02ed\u02ef-\u02ff\u0375\u03f6"
        r"\u0482\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3-\u05f4\u0606-\u060f\u061b"
        r"\u061d-\u061f\u066a-\u066d\u06d4\u06de\u06e9\u06fd-\u06fe\u0700-\u070d\u07f6-\u07f9"
        r"\u07fe-\u07ff\u0830-\u083e\u085e\u0888\u0964-\u0965\u0970\u09f2-\u09f3\u09fa-\u09fb\u09fd\u0a76"
        r"\u0af0-\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f\u0c84\u0d4f\u0d79\u0df4\u0e3f\u0e4f\u0e5a-\u0e5b"
        r"\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5\u0fc7-\u0fda"
        r"\u104a-\u104f\u109e-\u109f\u10fb\u1360-\u1368\u1390-\u1399\u1400\u166d-\u166e\u1680"
        r"\u169b-\u169c\u16eb-\u16ed\u1735-\u1736\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u1940-\u1945"
        r"\u19de-\u19ff\u1a1e-\u1a1f\u1aa0-\u1aa6\u1aa8-\u1aad\u1b5a-\u1b6a\u1b74-\u1b7e\u1bfc-\u1bff"
        r"\u1c3b-\u1c3f\u1c7e-\u1c7f\u1cc0-\u1cc7\u1cd3\u2010-\u2029\u2030-\u205e\u20a0-\u20c0"
        r"\u2104-\u212e\u213a-\u214d\u214f\u218a-\u244a\u2500-\u2775\u2794-\u2bff\u2ce5-\u2cea"
        r"\u2cf9-\u2cfc\u2cfe-\u2cff\u2d70\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020\u3030\u3037"
        r"\u303d-\u303f\u30a0\u30fb\u3190-\u3191\u31c0-\u31e3\u327f\u4dc0-\u4dff\ua490-\ua4c6"
        r"\ua4fe-\ua4ff\ua60d-\ua60f\ua673\ua67e\ua6f2-\ua716\ua720-\ua721\ua789-\ua78a\ua828-\ua82b"
        r"\ua836-\ua839\ua874-\ua877\ua8ce-\ua8cf\ua8f8-\ua8fa\ua8fc\ua92e-\ua92f\ua95f\ua9c1-\ua9cd"
        r"\ua9de-\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade-\uaadf\uaaf0-\uaaf1\uab5b\uab6a-\uab6b\uabeb"
        r"\ue000-\uf8ff\ufbb2-\ufdff\ufe45-\ufe46\ufffc-\ufffd"
    )
    + r"]"
)
"""Punctuation, symbols and blanks beyond ASCII, and private characters: a blank."""

BEYOND = r"[\U00010000-\U0010FFFF]"
"""Emoji and ancient scripts: a blank, because each takes four bytes of the vector."""

SINGLE = dict(zip("ØøŁłĐđÐðıĦħŦŧẞ", "oollddddihhttß", strict=True))
DOUBLE = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
"""Letters that have no decomposition and that people type without."""

LOWER = {
    char: SINGLE.get(char, char.lower())
    for char in [*map(chr, range(0x80, 0x590)), *SINGLE]
    if char in SINGLE
    or (char.lower() != char and len(char.lower()) == 1 and unicodedata.normalize("NFKD", char) == char)
}
"""The capital letters of European scripts beyond ASCII that are left after decomposition."""

_MARKS, _SEPARATORS = re.compile(MARKS), re.compile(SEPARATORS)


ASCII_SEPARATORS = r"[\x01-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]"

_without_marks = f"regexp_replace(left(normalize(value, NFKD), {2 * LONGEST}), '{MARKS}', '', 'g')"
_words = f"regexp_replace({_without_marks}, '{ASCII_SEPARATORS}|{SEPARATORS}|{BEYOND}', ' ', 'g')"
_lower = f"""translate(lower({_words} COLLATE "C"), '{"".join(LOWER)}', '{"".join(LOWER.values())}')"""
for _letter, _letters in DOUBLE.items():
    _lower = f"replace({_lower}, '{_letter}', '{_letters}')"

CREATE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION search_text(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(
    CASE WHEN octet_length(value) = char_length(value)
    THEN regexp_replace(lower(value COLLATE "C"), '{ASCII_SEPARATORS}', ' ', 'g')
    ELSE {_lower} END,
    {LONGEST}
);
"""
DROP_FUNCTION = "DROP FUNCTION IF EXISTS search_text(text)"


class SearchText(Func):
    """A text as it is searched."""

    function = "search_text"
    arity = 1
    output_field = TextField()


class _Folds(dict[str, str]):
    """What becomes of each character, worked out when it is first met."""

    def __missing__(self, char: str) -> str:
        self[char] = found = "".join(_folded(part) for part in unicodedata.normalize("NFKD", char))
        return found


def _folded(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else " "
    if _MARKS.match(char):
        return ""
    if _SEPARATORS.match(char) or char > "\uffff":
        return " "
    lower = LOWER.get(char, char)
    return DOUBLE.get(lower, lower)


FOLDS = _Folds()
"""What each character is searched as: nothing, a blank, or one or more letters."""


def folded(text: str) -> str:
    """Return the text as it is searched: the same as `search_text` in the database, at any length."""
    return "".join(map(FOLDS.__getitem__, text))


def first_words(text: str) -> list[str]:
    """Return the different words of what somebody typed to find a name, up to a limit."""
    return list(dict.fromkeys(text.split()))[:MOST_WORDS]
