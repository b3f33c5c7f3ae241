"""A payment as screening sees it, from whichever message it came."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.screen.query import Query


class Payment(NamedTuple):
    """One transaction. ``number`` counts from 1 in its file; parties and texts come with the field they stand in."""

    number: int
    line: int
    message: str
    created: str
    end_to_end: str
    uetr: str
    amount: str
    currency: str
    parties: tuple[tuple[str, Query], ...]
    texts: tuple[tuple[str, str], ...]
