"""The inquiry of 2015: a reader sees what is known and where it comes from; committee support adds a source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.functional.browser import Visitor

INQUIRY = "Preventing child sexual exploitation in Buckinghamshire"
HEADING = "Pupils who are often absent"
SUPPORT = "scrutiny@buckinghamshire.example"


def test_a_reader_sees_what_is_known_and_what_is_not(visitor: Callable[..., Visitor]) -> None:
    public = visitor(width=360).go("/").menu("Inquiries").follow(INQUIRY)
    public.sees(
        "November 2015, day not known",
        "Not known whether it was held",
        "Nothing is known since 1 April 2020: 2,112 days",
        "Sources",
        "bucksfreepress.co.uk, title not known, date not known",
    )
    visitor().go(public.page.url).picture("not-known", part="section:has(#progress)")
    public.follow(HEADING).sees("Priority not known from public sources", "Where it comes from")
    public.does_not_see("Open", "Nothing has happened yet", "Standard priority")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_committee_support_says_where_a_fact_comes_from(
    javascript: bool, visitor: Callable[..., Visitor]
) -> None:
    support = visitor(SUPPORT, javascript=javascript).go("/workspace/").follow(INQUIRY)
    support.follow("Sources of this record").sees("bucksfreepress.co.uk").follow("Add a source")
    support.enter("Publisher", "The Gazette").enter("Title", "Measures agreed").press("Add the source")
    support.sees("The source is added", "The Gazette, Measures agreed")
    visitor(SUPPORT).go(support.page.url).picture("sources", height=1000)
    support.main.get_by_role("link", name=re.compile("Say what it tells.*The Gazette")).click()
    support.select("What is it about?", f"2. {HEADING}").enter("What the source tells", "The measure")
    support.press("Save").sees("The fact has its source")
    support.main.get_by_role("link", name=re.compile("Correct it.*The Gazette")).click()
    support.enter("Title", "Six measures agreed").enter("What was wrong", "The title was cut short")
    support.press("Correct the source").sees("How it read before stays on the record")
    public = visitor(javascript=javascript).go("/inquiries/").follow(INQUIRY)
    public.sees("The Gazette, Six measures agreed", "How it read before")
