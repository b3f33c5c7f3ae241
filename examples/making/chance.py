"""Chance that is the same on every machine: a seed gives one sequence, whatever the version of Python."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """Built on ``random()`` alone, whose sequence for a seed Python keeps; ``choice`` and ``shuffle`` may change."""

    def __init__(self, seed: str) -> None:
        self._next = random.Random(seed).random  # noqa: S311 - nothing secret hangs on it

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._next() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self._next() * len(items))]

    def happens(self, share: float) -> bool:
        """True in this share of the cases, 0…1."""
        return self._next() < share


def digest(*words: object) -> str:
    """64 hex digits that stand for some words: invented hashes, identifiers and numbers."""
    return hashlib.sha256("\x1f".join(str(word) for word in words).encode()).hexdigest()
