"""The formats of logs, and how each is known by its content. A module a format; JSON is told apart record by record."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tocsin.logs import evtx, json_lines, zeek
from tocsin.logs.events import Event
from tocsin.logs.lines import as_utf8
from tocsin.logs.notes import Notes

HEAD = 65_536  # bytes by which a format is known


class Format(NamedTuple):
    """``recognises`` is asked with the first 64 KB and the file's name; ``events`` reads from the start."""

    name: str
    recognises: Callable[[bytes, str], bool]
    events: Callable[[io.BufferedReader, str, Notes], Iterator[Event]]


# The first that recognises a file reads it.
FORMATS = (
    Format(evtx.NAME, evtx.recognises, evtx.events),
    Format(zeek.NAME, zeek.recognises, zeek.events),
    Format("zeek-json", json_lines.recognises_zeek, json_lines.events),
    Format("windows-json", json_lines.recognises_windows, json_lines.events),
    Format("json", json_lines.recognises, json_lines.events),
)
KNOWN = "Windows events as EVTX or JSON lines, Zeek logs (with their header, or as JSON), other JSON lines"


def format_of(head: bytes, name: str) -> Format | None:
    """The format of a file with this start; none where it is not known. A text may begin with a byte order mark."""
    text = as_utf8(head)
    return next((one for one in FORMATS if one.recognises(text, name)), None)
