"""Full-text search: which columns of each noun are searched, and how.

One vector for each noun is used by its index and by its `matching()` queryset method, because PostgreSQL uses an
expression index only for exactly that expression. Exempt text is in none of them.
"""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector

CONFIG = "english"

RECOMMENDATION_WORDS = SearchVector("reference", "heading", "text", "success_measure", config=CONFIG)
INQUIRY_WORDS = SearchVector("reference", "title", "summary", "scope", config=CONFIG)
BODY_WORDS = SearchVector("name", "short_name", "about", config=CONFIG)
UPDATE_WORDS = SearchVector(
    "progress", "barriers", "next_steps", "delivered_what", "public_summary", config=CONFIG
)


def words_query(words: str) -> SearchQuery:
    """Return what a person typed as a query: words, "exact phrases", or, and -without. Never raises."""
    return SearchQuery(words.replace("\x00", " "), config=CONFIG, search_type="websearch")
