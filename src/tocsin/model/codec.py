"""JSON in and out. Unknown keys are ignored on the way in, so that a newer file still prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from tocsin.model.base import TocsinError

T = TypeVar("T")


def to_json(value: Any, *, indent: int = 0) -> str:
    """Any noun, or a structure of them, as JSON text; ``indent`` spaces a level, 0 for one line."""
    raw = msgspec.json.encode(value)
    return (msgspec.json.format(raw, indent=indent) if indent else raw).decode()


def from_json(text: str | bytes, kind: type[T], *, file: str = "") -> T:
    """The noun of type ``kind`` that ``text`` holds. Raises TocsinError naming the path in the document."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise TocsinError(
            file or "JSON", "", f"not a {kind.__name__.lower()}: {error}", "give the file that tocsin wrote"
        ) from error


def read_json(path: Path, kind: type[T]) -> T:
    """As ``from_json``, from a file. Raises TocsinError when it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TocsinError(str(path), "", error.strerror or str(error), "check the path") from error
    return from_json(raw, kind, file=str(path))


def schema_of(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a noun."""
    return msgspec.json.schema(kind)
