"""EVTX, the files in which Windows keeps its event logs, through the ``evtx`` package.

A damaged chunk costs its own records, which are named, and not those of the others. Checksums and the header's count of
chunks are compared too, since altered text inside a record parses without complaint. Source of the offsets:
https://github.com/libyal/libevtx/blob/main/documentation/Windows%20XML%20Event%20Log%20(EVTX).asciidoc
"""

from __future__ import annotations

import io
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from typing import IO

from evtx import PyEvtxParser

from tocsin.logs.events import Event
from tocsin.logs.json_lines import decode
from tocsin.logs.notes import Notes
from tocsin.logs.windows import first, windows_event
from tocsin.logs.windows_shapes import flat_windows

NAME = "evtx"

_MAGIC = b"ElfFile\x00"
_CHUNK_MAGIC = b"ElfChnk\x00"
_HEADER = 4096  # bytes of the file's header
_CHUNK = 65536
_IN_MEMORY = 64 * 1024 * 1024  # bytes of an unpacked file that are held in memory; a larger one goes to disk
_MAX_FAULTS = 100_000  # errors of the parser after which a file is given up; it has at most 65,535 chunks
_RANGE = re.compile(r"record IDs (\d+)\.\.(\d+)")
_NUMBER = re.compile(r"(chunk|record) number (\d+)")
_TODO = "export the log again, or repair the file; the records of the other chunks were used"


def recognises(head: bytes, name: str) -> bool:
    """The magic at the start of the file."""
    return head.startswith(_MAGIC)


def events(stream: io.BufferedReader, file: str, notes: Notes) -> Iterator[Event]:
    """The records of all chunks that can be read, in the order of the file."""
    with _seekable(stream) as handle:
        _check(handle, notes)
        handle.seek(0)
        for data in _records(handle, notes):
            try:
                found = flat_windows(decode(data))
            except (ValueError, RecursionError):
                found = None
            if found is None:
                notes.add("a record", "it is not an event with a System part", _TODO)
                continue
            yield windows_event(file, first(found.fields, "EventRecordID"), found.time, found.fields)


def _seekable(stream: io.BufferedReader) -> IO[bytes]:
    """The stream itself, or a copy of it where it comes out of an archive."""
    if isinstance(stream.raw, io.FileIO):
        return stream
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by whoever asked for it
    while part := stream.read(1 << 20):
        copy.write(part)
    copy.seek(0)
    return copy


def _records(handle: IO[bytes], notes: Notes) -> Iterator[bytes]:
    """Each record as JSON. Bounded by one chunk."""
    try:
        records = PyEvtxParser(handle, number_of_threads=1).records_json()
    except (OSError, RuntimeError, ValueError) as error:
        notes.add("header", f"it cannot be read: {error}", "export the log again")
        return
    for _ in range(_MAX_FAULTS):
        try:
            for record in records:
                if record is not None:
                    yield record["data"].encode()
            return
        except RuntimeError as error:
            place, why = _damage(str(error))
            notes.add(place, why, _TODO)


def _damage(message: str) -> tuple[str, str]:
    """Place and reason of an error of the parser; the reason without numbers, so that the same one is one fault."""
    place = "a chunk"
    if match := _RANGE.search(message):
        place = f"records {match[1]} to {match[2]}"
    elif match := _NUMBER.search(message):
        place = f"{match[1]} {match[2]}"
    reason = message.partition(": ")[2] or message
    return place, f"damaged, and left out: {' '.join(reason.partition(':')[0].split()).rstrip('.')}"


def _check(handle: IO[bytes], notes: Notes) -> None:
    """Note chunks that are missing or whose checksum is not that of their records."""
    header = handle.read(_HEADER)
    if len(header) < _HEADER:
        return  # the parser says so
    (declared,) = struct.unpack_from("<H", header, 42)
    number = 0
    while chunk := handle.read(_CHUNK):
        if chunk.startswith(_CHUNK_MAGIC) and len(chunk) == _CHUNK:
            _check_chunk(chunk, notes)
        if len(chunk) < _CHUNK:
            notes.add(f"chunk {number}", "the file is cut off inside this chunk", "fetch the file again")
        number += 1
    if number < declared:
        why = f"the file has {number} chunks, and its header says {declared}"
        notes.add("header", why, "fetch the file again; the chunks that are there were used")


def _check_chunk(chunk: bytes, notes: Notes) -> None:
    first_id, last_id = struct.unpack_from("<QQ", chunk, 24)
    end, checksum = struct.unpack_from("<II", chunk, 48)
    if zlib.crc32(chunk[512:end]) != checksum:
        why = "the checksum of their chunk is not theirs: some are damaged or were altered"
        notes.add(f"records {first_id} to {last_id}", why, "compare with the original; what could be read was used")
