"""What the reader of one format hands over: text, blocks, and what the file says of itself."""

from __future__ import annotations

from tocsin.model import Record
from tocsin.read.extract.blocks import Pieces


class Meta(Record, frozen=True):
    """What a file states of itself; None where it states nothing."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


class Extracted(Record, frozen=True):
    """Text and blocks of a file before they become a Report."""

    pieces: Pieces
    meta: Meta
    how: str
