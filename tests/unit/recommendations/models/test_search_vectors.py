"""What a person typed as a query: found whatever the server's locale, and never an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

from committee.search_text import CREATE_FUNCTION, SearchText
from recommendations.models import Body, Inquiry, Recommendation, Update
from recommendations.models.search_vectors import CREATE_CONFIG, CREATE_REFERENCE, words_query
from tests.factories import Cast

TEXT = (
    "The Council’s partners met “county lines” gangs – fast. KS3/4 pupils, risk.Training and/or taxi/minicab drivers in the "
    "<pilot area>, s.106; Zoë of Café Éclair (www.example.org/page.html) doesn’t know who it was. O’Neill walked 5 m²."
)
FINDS = [
    "lines", "county lines", '"county lines"', "“county lines”", "council's partners", "council’s", "councils", "fast",
    "KS3", "ks3/4", "training", "risk", "minicab", "taxi/minicab", "taxi", "and/or", "pilot", "area", "<pilot area>", "106", "s.106",
    "zoe", "zoë", "ZOË", "zoe\u0308", "cafe", "CAFÉ", "eclair", "éclair", "example", "www.example.org", "page.html", "don't or doesn't",
    "IT", "the who", "the", "O'Neill", "o’neill", "neill", "m2", "m²", "drivers -river", "nothing or gangs", '"unbalanced or met', "gangs -",
]  # fmt: skip
FINDS_NOT = ["river", "lines -county", '"lines county"', "-gangs", "don't", "", "-", "😀", '"', "or", "zoa"]


@pytest.fixture(scope="module")
def another_locale(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cursor]:
    """A database of the same server in a locale that knows letters beyond ASCII, which the tests' own does not."""
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params()
        own = {key: parameters[key] for key in ("dbname", "user", "host", "password") if parameters.get(key)}
    name = f"{own['dbname']}_locale"
    with closing(_outside_transactions(own)) as admin, admin.cursor() as commands:
        commands.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 LC_CTYPE 'C.UTF-8'").format(
            sql.Identifier(name)
        )
        commands.execute(made)
        with closing(_outside_transactions(own | {"dbname": name})) as other, other.cursor() as cursor:
            cursor.execute(CREATE_FUNCTION)
            cursor.execute(CREATE_REFERENCE)
            cursor.execute(CREATE_CONFIG)
            yield cursor
        commands.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _outside_transactions(parameters: dict[str, Any]) -> Any:
    opened = psycopg2.connect(**parameters)
    opened.autocommit = True
    return opened


def _statement(words: str) -> str:
    """The statement that asks whether the text has these words, as this server's own compiler writes it."""
    compiler = Body.objects.all().query.get_compiler(using="default")
    condition, values = words_query(words).resolve_expression(compiler.query).as_sql(compiler, connection)
    with connection.cursor() as cursor:
        asked: str = cursor.mogrify(
            f"SELECT to_tsvector('every_word', search_text(%s)) @@ {condition}", [TEXT, *values]
        )
    return asked


@pytest.mark.parametrize(
    ("words", "there"), [*((each, True) for each in FINDS), *((each, False) for each in FINDS_NOT)]
)
def test_what_is_found_whatever_the_locale(db: None, another_locale: Cursor, words: str, there: bool) -> None:
    asked = _statement(words)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone() == (there,)
    another_locale.execute(asked)
    assert another_locale.fetchone() == (there,)


@pytest.mark.parametrize(
    "typed",
    ["CYP (24/25) 09", "cyp (24/25) 9", "CYP 24/25 09", "cyp 24/25 9", "cyp2425 09", " CYP(24/25)-009. "],
)
def test_a_reference_is_found_however_it_is_typed(cast: Cast, typed: str) -> None:
    recommendation = cast.assignment(reference="CYP (24/25) 09").recommendation
    cast.assignment(reference="CYP (24/25) 90")
    assert list(Recommendation.objects.with_typed_reference(typed)) == [recommendation]
    assert recommendation in Recommendation.objects.matching(typed)


@pytest.mark.parametrize(
    "typed", ["", "9", "(24/25) 09", "CYP", "CYP (24/25) 9 and more words", '"', "-" * 50]
)
def test_what_is_no_reference_is_none(cast: Cast, typed: str) -> None:
    cast.assignment(reference="CYP (24/25) 09")
    assert not Recommendation.objects.with_typed_reference(typed)


awkward = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=" -–\"“”'’()&|!:*<>\\/.,or1a\x00\ud800é", max_size=300),
    st.lists(
        st.sampled_from(["-", '"', "or", "OR", "-a", "a", "the", "!", "&", "(", ":*", "a:b"]), max_size=300
    ).map(" ".join),
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=60, deadline=None)
@given(awkward)
@example("-" * 33)
@example("- " * 60)
@example("-" * 10_000)
@example("a " * 5_000)
@example("a or " * 2_000)
@example('"' * 999)
@example("+---+---+\n| a | b |\n+---+---+")
@example("!" * 40 + "(" * 500)
def test_no_words_are_an_error(words: str) -> None:
    for model in (Recommendation, Inquiry, Body, Update):
        assert not model.objects.matching(words)


def test_the_longest_texts_can_be_stored(cast: Cast) -> None:
    """An index refuses a row whose vector is more than a megabyte."""
    update = cast.draft(cast.assignment())
    for piece in ("\U00020000\U00020001 ", "\ufdfa", "字体 "):
        text = (piece * 50_000)[:50_000]
        names = ("progress", "barriers", "next_steps", "delivered_what", "public_summary")
        found = Update.objects.filter(pk=update.pk).annotate(
            **{f"s_{name}": SearchText(name) for name in names}
        )
        assert found.get().pk == update.pk
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT length(to_tsvector('every_word', repeat(search_text(%s) || ' ', 5)))", [text]
            )
