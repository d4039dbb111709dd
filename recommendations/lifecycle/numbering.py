"""Sort keys for the numbers that reports give their recommendations."""

from __future__ import annotations


def number_sort_key(number: str) -> str:
    """Return a key that sorts recommendation numbers in their printed order: 1, 2, 3, 3a, 10, then roman ones as
    written.

    Digits are padded so that plain text order in the database is right.
    """
    parts: list[str] = []
    digits = ""
    for char in number.strip().lower() + "\0":
        if char.isdigit():
            digits += char
            continue
        if digits:
            parts.append(digits.zfill(6))
            digits = ""
        if char.isalpha():
            parts.append(char)
        elif char != "\0":
            parts.append(".")
    return "".join(parts)
