"""How evidence adds up to a score, and a score to a decision.

The score starts at 0. What speaks for the party takes its share of what is still missing to 1, what speaks against it
its share of what there is; so more agreement always ranks higher, and nothing reaches 1. ``weight`` of each reason is
what it really added or took away: the weights of a hit add up to its score.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tocsin.model import Decision, Reason

REVIEW = 0.65  # a person looks at it
ALERT = 0.85  # held until a person has decided
SURE = 0.93  # more than the same name: something beside it agrees

NAME = 0.92  # the share of a name that is the same: a name alone never makes sure who it is
WEAK_NAME = 0.8  # a weak alias or a code name counts so much of a name: alone it is a review at most
ONE_WORD = 0.9  # so much of a name that is one word, or one word and a trade: alone it is a review at most
OTHER_TRADE = 0.8  # one word is shared and others are not: Integrity Solutions is not Integrity Group
COMMON_WORDS = 0.8  # a part of a person's name, of words that many bear
OTHER_SYLLABLE = 0.8  # Kim Jong Un is not Kim Se Un
OTHER_SPELLING = 0.9  # Zhao Guangyong is hardly a misspelling of Zhao Guangzong, nor Mohammadi of Mohammad
FREE_TEXT = 0.95  # the very name in a text: it may stand there for something else
OTHER_NAME = -0.02  # identifiers agree and names do not: owners rename, numbers stay
BESIDE_EXACT = 0.25  # so much of what speaks against is left where an identifier of the party alone agrees

EXACT = {
    "register": 0.96,
    "number": 0.96,
    "lei": 0.96,
    "wallet": 0.96,
    "email": 0.96,
    "bic": 0.93,
    "domain": 0.9,
    "common number": 0.75,
    "phone": 0.7,
    "short number": 0.3,
}
DECIDES = 0.9  # an identifier from this share on is one party's alone
BORN_SAME_DAY = 0.5
BORN_SWAPPED = 0.35  # day and month exchanged
BORN_SAME_YEAR = 0.25
BORN_OTHER_DAY = -0.1  # in the same year
BORN_OTHER_YEAR = -0.3
SAME_ADDRESS = 0.25
SAME_COUNTRY = 0.15
OTHER_COUNTRY = -0.05  # weak: who evades sanctions moves
SAME_KIND = 0.05
OTHER_KIND = -0.2


class Point(NamedTuple):
    """One piece of evidence. ``share`` is positive where it speaks for the party, negative where against."""

    name: str
    says: str
    share: float
    value: float | str | None = None
    parts: tuple[Reason, ...] = ()


def combined(points: Iterable[Point]) -> tuple[float, tuple[Reason, ...]]:
    """The score 0…1 and a reason a point: what speaks for comes first, then what speaks against."""
    score = 0.0
    reasons: list[Reason] = []
    for point in sorted(points, key=lambda one: one.share < 0):
        weight = round(point.share * (1.0 - score if point.share > 0 else score), 4)
        score = round(score + weight, 4)
        reasons.append(
            Reason(
                name=point.name,
                says=point.says,
                value=point.value,
                weight=weight,
                met=point.share >= 0,
                parts=point.parts,
            )
        )
    return score, tuple(reasons)


def decision_of(score: float) -> Decision:
    """What a score leads to."""
    if score >= ALERT:
        return "alert"
    return "review" if score >= REVIEW else "clear"
