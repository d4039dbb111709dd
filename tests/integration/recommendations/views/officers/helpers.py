"""What the tests of officers' pages share."""

from __future__ import annotations

from typing import Any

EXEMPT: dict[str, Any] = {
    "exempt_text": "The price is secret",
    "exempt_paragraphs": [3],
    "public_summary": "A price is withheld.",
}
