"""The words of packs: sentences that their templates break."""

from __future__ import annotations

import pytest
from django.template import Context, Template


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\n  <b>Dates</b>\n  First\n", "<b>Dates</b> First"),
        ("Moved\n  , twice\n  . Closed", "Moved, twice. Closed"),
        ("Moved\n\n  \n (twice\n)", "Moved (twice)"),
        ("{{ text }}", "a &lt;b&gt; , c"),
    ],
)
def test_a_sentence_is_one_line(typed: str, printed: str) -> None:
    template = Template("{% load packs %}{% sentence %}" + typed + "{% endsentence %}")
    assert template.render(Context({"text": "a <b> , c"})) == printed
