"""A claim in the making: items joined by a predicate, before refs and ids are given."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.model import When
from tocsin.read.claims.clauses import Said
from tocsin.read.claims.mentions import Item


class Draft(NamedTuple):
    """Subject, predicate, object as items. ``hint`` tells which kind of node the object should be where a name has several."""

    subject: Item
    predicate: str
    object: Item
    said: Said
    when: When | None = None
    measure: str | None = None
    programme: str | None = None
    quantifier: str | None = None
    authority: str | None = None


def made(kind: str, text: str, refs: tuple[str, ...] = (), extra: str = "") -> Item:
    """An item for words that stand for themselves: a measure, a place, a sector."""
    return Item(kind, 0, 0, " ".join(text.split())[:160], refs, extra)
