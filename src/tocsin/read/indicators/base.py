"""What the readers of single kinds of indicators hand over."""

from __future__ import annotations

from tocsin.model import Record


class Found(Record, frozen=True):
    """An observable at ``start:end`` of the refanged text."""

    kind: str
    value: str
    start: int
    end: int
