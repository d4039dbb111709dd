"""Limits on how often something may be tried, counted in the cache."""

from __future__ import annotations

from django.core.cache import cache


def within_limit(key: str, limit: int, seconds: int) -> bool:
    """Count one try and return whether there were at most `limit` within `seconds` of the first."""
    if cache.add(key, 1, seconds):
        return True
    try:
        return cache.incr(key) <= limit
    except ValueError:  # the count expired between the two calls
        return True
