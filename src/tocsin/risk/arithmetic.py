"""Sums that a reader can do by hand: two digits, halves rounded up, every figure rounded before it is used."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")


def product(value: float, weight: float) -> float:
    """value × weight, to two digits."""
    return _two(Decimal(str(value)) * Decimal(str(weight)))


def ratio(part: int, whole: int) -> float:
    """part ÷ whole, to two digits."""
    return _two(Decimal(part) / Decimal(whole))


def total(terms: Iterable[float]) -> float:
    """The sum of terms of two digits."""
    return _two(sum((Decimal(str(term)) for term in terms), Decimal()))


def _two(exact: Decimal) -> float:
    return float(exact.quantize(_CENT, ROUND_HALF_UP))
