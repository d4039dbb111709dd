"""Words that were probably meant: one letter too many, too few, another one, or two that changed places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, Max
from django.db.models.functions import Left

from committee.accounts.models import User
from committee.search_text import folded
from recommendations.models import Body, Inquiry, Recommendation, Theme, Withholding

LEAST_LETTERS, MOST_LETTERS = 4, 30
MOST_READ = 2_000
"""How many recommendations and inquiries the known words are taken from, the newest of each."""
MOST_OF_EACH = 1_000
"""How many letters of each text."""
KEPT_FOR = 300
"""For how many seconds the words that everybody may see are kept."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def probably_meant(words: str, user: User | AnonymousUser) -> str:
    """Return what was typed with its unknown words put right, or "" if nothing would change.

    Words are known from titles, names and recommendations that this person may see, so a suggestion tells nobody what
    stands elsewhere.
    """
    typed = folded(words).split()
    if not any(LEAST_LETTERS <= len(word) <= MOST_LETTERS for word in typed):
        return ""
    known = _known_words(user)
    meant = [_nearest(word, known) for word in typed]
    return "" if meant == typed else " ".join(meant)


def _nearest(word: str, known: Counter[str]) -> str:
    """Return the most frequent known word that is one slip away, or the word itself."""
    if word in known or not LEAST_LETTERS <= len(word) <= MOST_LETTERS:
        return word
    candidates = [other for other in set(_one_slip_away(word)) if other in known]
    return max(candidates, key=lambda other: (known[other], other), default=word)


def _one_slip_away(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        begin, end = word[:at], word[at:]
        yield from (begin + letter + end for letter in LETTERS)
        if end:
            yield begin + end[1:]
            yield from (begin + letter + end[1:] for letter in LETTERS)
        if len(end) > 1:
            yield begin + end[1] + end[0] + end[2:]


def _known_words(user: User | AnonymousUser) -> Counter[str]:
    """Return how often each word stands in what this person may see.

    For those who did not sign in, it is read once in `KEPT_FOR` seconds: it is the same for all of them, and the only
    readings that are kept are theirs.
    """
    if user.is_authenticated:
        return _read_words(user)
    return cache.get_or_set(kept_as(), lambda: _read_words(user), KEPT_FOR) or Counter()


def kept_as() -> str:
    """Return where the words that everybody may see are kept: elsewhere after each withholding and each decision on one, so
    that words which were read before it are not kept after it.
    """
    made = Withholding.objects.aggregate(last=Max("pk"), decided=Count("decided_at"))
    return f"spelling:public-words:{made['last'] or 0}:{made['decided']}"


def _read_words(user: User | AnonymousUser) -> Counter[str]:
    recommendations = Recommendation.objects.visible_to(user)
    inquiries = Inquiry.objects.visible_to(user)
    texts: Iterable[tuple[str, ...]] = chain(
        recommendations.order_by("-pk").values_list("heading", Left("text", MOST_OF_EACH))[:MOST_READ],
        inquiries.order_by("-pk").values_list("title", Left("summary", MOST_OF_EACH))[:MOST_READ],
        Body.objects.order_by("-pk").values_list("name", "short_name")[:MOST_READ],
        Theme.objects.used_in(recommendations).values_list("name")[:MOST_READ],
    )
    return Counter(word for row in texts for text in row for word in folded(text).split())
