"""Random trackers with known truth: hardly a value is read otherwise than a clerk reads it while nobody is asked.

`python -m tests.generated_trackers` reads 1,000 of them.
"""

from __future__ import annotations

import pytest

from recommendations.trackers.questions import Answers
from tests.generated_trackers.check import Count, count, read
from tests.generated_trackers.layouts import make

SEEDS = range(500, 530)


@pytest.fixture(scope="module")
def counted() -> Count:
    total = Count()
    for seed in SEEDS:
        document = make(seed)
        total += count(document, read(document, seed))
    return total


def test_at_most_one_value_in_a_thousand_is_wrong_and_not_asked(counted: Count) -> None:
    assert counted.wrong <= counted.values / 1000, "\n".join(counted.examples)


def test_at_most_five_values_in_a_hundred_are_asked(counted: Count) -> None:
    assert counted.asked <= counted.values / 20


@pytest.mark.parametrize("seed", [501, 509, 517])
def test_what_was_answered_is_not_asked_again(seed: int) -> None:
    document = make(seed)
    first = read(document, seed)
    answers = Answers({question.key: question.likelier for question in first.questions})
    assert read(document, seed, answers).questions == ()
