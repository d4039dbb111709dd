"""Full-text search: which columns of each noun are searched, and how.

One vector for each noun is used by its index and by its `matching()` queryset method, because PostgreSQL uses an
expression index only for exactly that expression. Exempt text is in none of them.

Every text goes through `search_text`, and what is typed through `folded`, which is the same (see `committee.search_text`). No word is left out of a vector; in a
query the very common ones are, unless there are no others: so "the transport" finds transport, and "the who" finds
those two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db.models import Expression, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import ExtractYear, Left

from committee.kept_sql import KeptSQL
from committee.search_text import LONGEST, SearchText, folded

CONFIG = "every_word"
"""English words by their stems, common words too."""
WITHOUT_COMMON_WORDS = "english"
NAMES = "simple"

CREATE_CONFIG = f"""
CREATE TEXT SEARCH DICTIONARY {CONFIG} (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION {CONFIG} (COPY = english);
ALTER TEXT SEARCH CONFIGURATION {CONFIG} ALTER MAPPING REPLACE english_stem WITH {CONFIG};
"""
DROP_CONFIG = f"DROP TEXT SEARCH CONFIGURATION {CONFIG}; DROP TEXT SEARCH DICTIONARY {CONFIG}"

CREATE_REFERENCE = r"""
CREATE OR REPLACE FUNCTION search_reference(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN replace(regexp_replace(rtrim(left(search_text(value), 100)), '\s0*([0-9]+)$', 'n\1'), ' ', '');
"""
DROP_REFERENCE = "DROP FUNCTION IF EXISTS search_reference(text)"

Q = TypeVar("Q", bound=QuerySet[Any])

MOST_PIECES = 250
"""How many words and phrases of a query are looked for."""
RANKED_LETTERS = 2_000
"""How much of each text decides the order of what was found."""

PIECE = re.compile(r"""(?P<without>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))""")
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | {"\x00": " "})
REFERENCE = re.compile(r"[A-Za-z].{0,40}[0-9]\W{0,3}")


class SearchReference(Func):
    """A reference without blanks, brackets and zeros before its number: one word."""

    function = "search_reference"
    arity = 1
    output_field = TextField()


def _vector(*names: str | Expression, plain: Sequence[Expression] = ()) -> SearchVector:
    return SearchVector(*plain, *map(SearchText, names), config=CONFIG)


RECOMMENDATION_WORDS = _vector(
    "reference", "heading", "text", "success_measure", plain=[SearchReference("reference")]
)
INQUIRY_WORDS = _vector(
    "reference",
    "title",
    "summary",
    "scope",
    plain=[SearchReference("reference"), Value("inquiry"), ExtractYear("published_on")],
)
"""With what people call it by: "2015 inquiry"."""
BODY_WORDS = _vector("name", "short_name", "about")
UPDATE_WORDS = _vector("progress", "barriers", "next_steps", "delivered_what", "public_summary")
RESPONSE_WORDS = _vector("text", "reason", "public_summary")
FINDING_WORDS = _vector("text")
ASSESSMENT_WORDS = _vector("comment")
POST_WORDS = _vector("title")
EVIDENCE_WORDS = _vector("title")
MEETING_WORDS = _vector("title", "place")
PACK_WORDS = _vector("title", "purpose", "decisions")


class RankedVector(Func):
    """A vector to rank by, of the beginning of each text, so that the work has a bound.

    No index has it, so it folds all texts of a row at once: three calls of `search_text` cost as much as the rest.
    """

    function = "to_tsvector"
    template = f"%(function)s('{CONFIG}'::regconfig, {SearchText.function}(CONCAT_WS(' ', %(expressions)s)))"
    output_field = SearchVectorField()

    def __init__(self, *names: str) -> None:
        super().__init__(*(Left(name, RANKED_LETTERS) for name in names))


# ------------------------------------------------------------------ queries


SQL = tuple[str, list[str]]
"""A piece of SQL with its parameters."""


def _phrase(text: str, config: str) -> SQL:
    return f"(phraseto_tsquery('{config}'::regconfig, %s))", [text]


def is_reference(words: str) -> bool:
    """Return whether the words look like a reference: letters first, a number at the end."""
    return bool(REFERENCE.fullmatch(words.strip().translate(QUOTES)))


def _reference(words: str) -> SQL:
    words = words.strip().translate(QUOTES)
    return f"(phraseto_tsquery('{NAMES}'::regconfig, {SearchReference.function}(%s)))", [words]


class _WrittenQuery(SearchQuery):
    """A query that is SQL already. It names no column, so there is nothing in it to resolve for each kind of row that
    it is asked of: a search asks it of eleven, four times each.
    """

    def __init__(self, written: SQL) -> None:
        super().__init__("", search_type="raw")
        self.written = written
        self.set_source_expressions([])

    def as_sql(self, *_args: Any, **_options: Any) -> Any:
        sql, parameters = self.written
        return sql, list(parameters)


class WordsQuery(_WrittenQuery):
    """What a person typed as a query: words, "exact phrases", or, and -without. Never fails, whatever was typed.

    A word with punctuation inside, such as "taxi/minicab", is looked for as a phrase. Something that looks like a
    reference is looked for as one too.
    """

    def __init__(self, words: str) -> None:
        words = words.encode("utf-8", "replace").decode().translate(QUOTES)
        queries = [_branch(pieces) for pieces in _branches(words)]
        if is_reference(words):
            queries.append(_reference(words))
        super().__init__(_joined(queries or [_phrase("", NAMES)], " || "))


class ReferenceQuery(_WrittenQuery):
    """What a person typed, if it looks like a reference, as the one word that `SearchReference` makes of it."""

    def __init__(self, words: str) -> None:
        super().__init__(_reference(words) if is_reference(words) else _phrase("", NAMES))


def words_query(words: str) -> WordsQuery:
    """Return what a person typed as a query. Never raises."""
    return WordsQuery(words)


def rows_matching(rows: Q, vector: SearchVector, words: str) -> Q:
    """Return the rows whose vector has what a person typed."""
    model: Any = rows.model
    return rows.alias(words=_kept(model, vector)).filter(words=words_query(words))


@cache
def _kept(model: type[Model], vector: SearchVector) -> KeptSQL:
    return KeptSQL(model, vector)


def _branches(words: str) -> list[list[tuple[bool, str]]]:
    """Return what "or" stands between: for each the pieces, with whether they are to be left out."""
    branches: list[list[tuple[bool, str]]] = [[]]
    for piece in list(PIECE.finditer(words))[:MOST_PIECES]:
        if (piece["word"] or "").lower() == "or" and not piece["without"]:
            branches.append([])
        else:
            text = folded(piece["phrase"] or piece["word"] or "")[:LONGEST]
            branches[-1].append((bool(piece["without"]), " ".join(text.split())))
    return [list(dict.fromkeys(branch)) for branch in branches if branch]


def _branch(pieces: list[tuple[bool, str]]) -> SQL:
    """Return the query for pieces that must all be there, without common words if any others are left."""
    telling, values = _all_of(pieces, WITHOUT_COMMON_WORDS)
    every, every_value = _all_of(pieces, CONFIG)
    return f"(CASE WHEN numnode({telling}) > 0 THEN {telling} ELSE {every} END)", [
        *values,
        *values,
        *every_value,
    ]


def _all_of(pieces: list[tuple[bool, str]], config: str) -> SQL:
    queries = [(without, *_phrase(text, config)) for without, text in pieces]
    return _joined([(f"!!{sql}" if without else sql, values) for without, sql, values in queries], " && ")


def _joined(queries: list[SQL], operator: str) -> SQL:
    return f"({operator.join(sql for sql, _ in queries)})", [
        value for _, values in queries for value in values
    ]
