"""What first, and by when? The register with every term of its scores, what to do first, and what the law asks.

On the page each risk is a ``details.risk`` with its figures as ``data`` elements of the classes ``likelihood``,
``impact``, ``score`` and ``residual``, and a ``table.terms`` for each of likelihood, impact and residual (``data-of``),
in whose rows stand ``data`` elements of the classes ``value``, ``weight`` and ``product``. A figure is the sum of the
products of its table, each rounded to two digits (halves up); score = likelihood × impact, rounded alike.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tocsin.brief.words import one_line
from tocsin.model import Case, Obligation, Reason, Record, Risk

FIRST = 5  # things to do that stand on the first screen
_CENT = Decimal("0.01")
_SUMS = ("likelihood", "impact", "residual")


class Term(Record, frozen=True):
    """One summand: value × weight, rounded to two digits (halves up) before it is added, so that it can be redone."""

    reason: Reason
    value: float
    weight: float

    @property
    def product(self) -> float:
        """value × weight, to two digits."""
        exact = Decimal(str(self.value)) * Decimal(str(self.weight))
        return float(exact.quantize(_CENT, ROUND_HALF_UP))


class Sum(Record, frozen=True):
    """What a figure of the register is made of: ``terms`` add up to ``value``, ``other`` are parts without numbers."""

    name: str
    says: str
    value: float
    terms: tuple[Term, ...]
    other: tuple[Reason, ...] = ()


class Row(Record, frozen=True):
    """A risk by rank, with its sums (likelihood, impact, residual) and what else explains it (its day)."""

    rank: int
    risk: Risk
    sums: tuple[Sum, ...]
    other: tuple[Reason, ...]


def ranked(case: Case) -> tuple[Row, ...]:
    """The register, the worst first."""
    ordered = sorted(case.risks, key=lambda risk: -risk.score)
    return tuple(_row(rank, risk) for rank, risk in enumerate(ordered, 1))


def first_things(case: Case) -> tuple[Row, ...]:
    """What the five worst risks ask for."""
    return ranked(case)[:FIRST]


def by_authority(case: Case) -> tuple[tuple[str, tuple[Obligation, ...]], ...]:
    """What the law asks, by authority, in the order of the case."""
    found: dict[str, list[Obligation]] = {}
    for one in case.obligations:
        found.setdefault(one_line(one.authority, 60) or "Other", []).append(one)
    return tuple((name, tuple(duties)) for name, duties in found.items())


def _row(rank: int, risk: Risk) -> Row:
    figures = {"likelihood": risk.likelihood, "impact": risk.impact, "residual": risk.residual}
    sums = tuple(_sum(one, figures[one.name]) for one in risk.explained if one.name in _SUMS)
    return Row(rank=rank, risk=risk, sums=sums, other=tuple(one for one in risk.explained if one.name not in _SUMS))


def _sum(reason: Reason, value: float) -> Sum:
    terms, other = [], []
    for part in reason.parts:
        if isinstance(part.value, int | float) and part.weight is not None:
            terms.append(Term(reason=part, value=float(part.value), weight=part.weight))
        else:
            other.append(part)
    return Sum(name=reason.name, says=reason.says, value=value, terms=tuple(terms), other=tuple(other))
