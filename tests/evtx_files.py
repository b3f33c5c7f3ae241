"""Small EVTX files made for the tests: a header and chunks of records in binary XML without templates.

The layout is that of https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

CHUNK = 65536
HEADER = 4096
_CHUNK_HEADER = 512
_FILETIME_2026 = 134_172_000_000_000_000  # about March 2026, in 100 ns since 1601


class Made(NamedTuple):
    """An event: its data by name, or without names."""

    event_id: int
    channel: str = "Microsoft-Windows-Sysmon/Operational"
    provider: str = "Microsoft-Windows-Sysmon"
    computer: str = "ws01.corp.example"
    time: str = "2026-03-03T09:00:00.1234567Z"
    data: Mapping[str, str] = {}
    unnamed: Sequence[str] = ()


def evtx_bytes(events: Sequence[Made], per_chunk: int = 20) -> bytes:
    """A whole file with ``per_chunk`` records a chunk, numbered from 1, with right checksums."""
    parts = [events[at : at + per_chunk] for at in range(0, len(events), per_chunk)]
    chunks = [_chunk(part, 1 + at * per_chunk) for at, part in enumerate(parts)]
    header = bytearray(HEADER)
    struct.pack_into(
        "<8sQQQIHHHH", header, 0, b"ElfFile\x00", 0, len(chunks) - 1, len(events) + 1, 128, 1, 3, HEADER, len(chunks)
    )
    struct.pack_into("<I", header, 124, zlib.crc32(header[:120]))
    return bytes(header) + b"".join(chunks)


def _chunk(events: Sequence[Made], first: int) -> bytes:
    chunk = bytearray(CHUNK)
    at = last = _CHUNK_HEADER
    for number, event in enumerate(events, first):
        last = at
        record = _record(event, number, at)
        chunk[at : at + len(record)] = record
        at += len(record)
    end = first + len(events) - 1
    struct.pack_into("<8sQQQQIII", chunk, 0, b"ElfChnk\x00", first, end, first, end, 128, last, at)
    struct.pack_into("<I", chunk, 52, zlib.crc32(chunk[_CHUNK_HEADER:at]))
    struct.pack_into("<I", chunk, 124, zlib.crc32(bytes(chunk[:120]) + bytes(chunk[128:_CHUNK_HEADER])))
    return bytes(chunk)


def _record(event: Made, number: int, at: int) -> bytes:
    """Magic, size, number, time, binary XML and the size again."""
    body = b"\x0f\x01\x01\x00" + _element(_tree(event, number), at + 24 + 4) + b"\x00"
    size = 24 + len(body) + 4
    return struct.pack("<4sIQQ", b"**\x00\x00", size, number, _FILETIME_2026) + body + struct.pack("<I", size)


class _Node(NamedTuple):
    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    inside: tuple[_Node, ...] | str = ""


def _tree(event: Made, number: int) -> _Node:
    system = _Node(
        "System",
        (),
        (
            _Node("Provider", (("Name", event.provider),)),
            _Node("EventID", (), str(event.event_id)),
            _Node("TimeCreated", (("SystemTime", event.time),)),
            _Node("EventRecordID", (), str(number)),
            _Node("Channel", (), event.channel),
            _Node("Computer", (), event.computer),
        ),
    )
    named = [_Node("Data", (("Name", name),), value) for name, value in event.data.items()]
    data = _Node("EventData", (), (*named, *(_Node("Data", (), value) for value in event.unnamed)))
    return _Node("Event", (), (system, data))


def _element(node: _Node, at: int) -> bytes:
    """An element whose first byte lies ``at`` bytes after the start of the chunk; names stand where they are used."""
    start = 1 + 4  # token, size of the rest
    name = _name(node.name, at + start)
    attributes = b""
    if node.attributes:
        begin = at + start + len(name) + 4
        for number, (key, value) in enumerate(node.attributes, 1):
            token = b"\x46" if number < len(node.attributes) else b"\x06"
            attributes += token + _name(key, begin + len(attributes) + 1) + _value(value)
        attributes = struct.pack("<I", len(attributes)) + attributes
    opened = name + attributes
    inside_at = at + start + len(opened) + 1
    if isinstance(node.inside, str):
        inside = _value(node.inside) if node.inside else b""
    else:
        inside = b""
        for child in node.inside:
            inside += _element(child, inside_at + len(inside))
    closed = b"\x02" + inside + b"\x04" if inside else b"\x03"
    rest = opened + closed
    return struct.pack("<BI", 0x41 if attributes else 0x01, len(rest)) + rest


def _name(name: str, at: int) -> bytes:
    """The offset of a name, which follows at once: next name, hash, length, UTF-16 and a zero."""
    text = name.encode("utf-16-le")
    return struct.pack("<IIHH", at + 4, 0, 0, len(name)) + text + b"\x00\x00"


def _value(value: str) -> bytes:
    text = value.encode("utf-16-le")
    return struct.pack("<BBH", 0x05, 0x01, len(text) // 2) + text
