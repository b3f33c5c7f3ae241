"""JSON logs: one object a line, an array of objects, or objects over several lines; each record by its own shape."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tocsin.logs.events import Event, Value
from tocsin.logs.lines import lines, note_encoding
from tocsin.logs.notes import Notes
from tocsin.logs.times import moment
from tocsin.logs.values import flat
from tocsin.logs.windows import windows_event
from tocsin.logs.windows_shapes import flat_windows
from tocsin.logs.zeek import zeek_event

MAX_WHOLE = 64 * 1024 * 1024  # bytes of a file whose records take several lines, which is read in one piece
_TODO = "export it again, one object a line; the other lines were used"
_WINDOWS = re.compile(
    rb'"(?:EventID|EventId|event_id|EventCode|winlog|WinEvtChannel|Event)"\s*:|schemas\.microsoft\.com/win/2004/08/events'
)
_ZEEK = re.compile(rb'"(?:_path|@stream|id\.orig_h|id_orig_h)"\s*:|"ts"\s*:.{0,200}"uid"\s*:')
_SURROGATE = re.compile("[\ud800-\udfff]")
# Where records of no known product say when, where and who.
_TIMES = (
    "@timestamp",
    "timestamp",
    "time",
    "ts",
    "eventTime",
    "createdDateTime",
    "TimeGenerated",
    "TimeCreated",
    "date",
)
_HOSTS = ("host.name", "host.hostname", "hostname", "Hostname", "Computer", "computer", "DeviceName", "host")
_USERS = ("user.name", "userPrincipalName", "username", "userName", "user", "User", "account")
_BETWEEN = re.compile(r"[\s,\[\]]*")
_DECODER = msgspec.json.Decoder()


def recognises_windows(head: bytes, name: str) -> bool:
    """JSON that names an event id or a part of a Windows event."""
    return recognises(head, name) and _WINDOWS.search(head) is not None


def recognises_zeek(head: bytes, name: str) -> bool:
    """JSON that names Zeek's log or connection."""
    return recognises(head, name) and _ZEEK.search(head) is not None


def recognises(head: bytes, name: str) -> bool:
    """An object, or an array of objects."""
    return re.match(rb"\s*(?:\[\s*)?\{\s*[\"}]", head) is not None


def events(stream: io.BufferedReader, file: str, notes: Notes) -> Iterator[Event]:
    """Every record as a Windows event, a record of Zeek, or one of no known product; what is not JSON is noted."""
    for place, record in _records(stream, notes):
        try:
            event = _event(record, file, place, notes)
        except RecursionError:
            notes.add(place, "nested too deeply", _TODO)
        else:
            yield event


def decode(line: bytes) -> Any:
    """A JSON text. A name that an object has twice keeps all its values; what is not UTF-8 and half a surrogate pair
    become U+FFFD. Raises ValueError where it is not JSON or nested too deeply. O(n)."""
    try:
        value = _DECODER.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _leniently(line)
    written = line.count(b'":')
    if isinstance(value, dict) and written <= len(value):
        return value  # as nearly all: flat, and no quoted text that looks like a name
    return _leniently(line) if written - line.count(b'\\":') > _names(value) else value


def _names(value: Any) -> int:
    """How many names the objects of a value have: fewer than were written where one was written twice."""
    if isinstance(value, dict):
        found = len(value)
        for one in value.values():
            if isinstance(one, (dict, list)):
                found += _names(one)
        return found
    return sum(_names(one) for one in value if isinstance(one, (dict, list))) if isinstance(value, list) else 0


def _leniently(line: bytes) -> Any:
    try:
        return json.loads(line.decode("utf-8", "replace"), object_pairs_hook=_merged, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _merged(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose repeated names hold the list of their values; without halves of surrogate pairs."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        name = _SURROGATE.sub("\ufffd", name)
        if isinstance(value, str):
            value = _SURROGATE.sub("\ufffd", value)
        elif isinstance(value, list):
            value = [_SURROGATE.sub("\ufffd", one) if isinstance(one, str) else one for one in value]
        if name in found:
            before = found[name]
            value = [
                *(before if isinstance(before, list) else [before]),
                *(value if isinstance(value, list) else [value]),
            ]
        found[name] = value
    return found


def _records(stream: io.BufferedReader, notes: Notes) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place and object of each record."""
    array = begun = False
    numbered = lines(stream, notes)
    for number, raw in numbered:
        line = raw.strip()
        if not begun and line.startswith(b"["):
            array = True
        if array:
            line = line.removeprefix(b"[").lstrip()
        if not line:
            continue
        if not begun and line == b"{":
            yield from _whole(number, line, numbered, notes)
            return
        begun = True
        try:
            value = _items(line) if array else decode(line)
        except ValueError:
            _note_broken(number, raw, notes)
            continue
        note_encoding(number, raw, notes)
        yield from _objects(f"line {number}", value, notes)


def _items(line: bytes) -> Any:
    """A line of an array: records with commas between and after them, and the end of the array."""
    line = line.rstrip(b", \t")
    return decode(b"[" + line.removesuffix(b"]") + b"]")


def _objects(place: str, value: Any, notes: Notes) -> Iterator[tuple[str, dict[str, Any]]]:
    many = value if isinstance(value, list) else [value]
    for at, one in enumerate(many, 1):
        here = f"{place} item {at}" if len(many) > 1 else place
        if isinstance(one, dict):
            yield here, one
        else:
            notes.add(here, "JSON, but not an object", _TODO)


def _note_broken(number: int, raw: bytes, notes: Notes) -> None:
    if raw.endswith(b"\n"):
        notes.add(f"line {number}", "not JSON", _TODO)
    else:
        notes.add(
            f"line {number}", "the last line is cut off: not JSON", "fetch the file again; the other lines were used"
        )


def _whole(
    number: int, start: bytes, numbered: Iterator[tuple[int, bytes]], notes: Notes
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Objects that take several lines, one after the other or in an array."""
    parts, size = [start + b"\n"], 0
    for _, raw in numbered:
        parts.append(raw)
        size += len(raw)
        if size > MAX_WHOLE:
            why = "its records take several lines, and it is larger than 64 MB"
            notes.add(f"line {number}", why, "export it again, one object a line (jq -c does that)")
            return
    written = b"".join(parts).decode("utf-8", "replace")
    decoder = json.JSONDecoder(object_pairs_hook=_merged, strict=False)
    at = done = 0
    while (at := _BETWEEN.match(written, at).end()) < len(written):  # type: ignore[union-attr]  # it matches nothing too
        number += written.count("\n", done, at)
        done = at
        try:
            value, at = decoder.raw_decode(written, at)
        except (ValueError, RecursionError):
            notes.add(f"line {number}", "not JSON from here on", "export it again, one object a line")
            return
        yield from _objects(f"line {number}", value, notes)


def _event(record: dict[str, Any], file: str, place: str, notes: Notes) -> Event:
    found = flat_windows(record)
    if found is not None:
        if not found.zoned:
            notes.add(place, "its time has no zone and was taken as UTC", "export the times in UTC, with the zone")
        return windows_event(file, place, found.time, found.fields)
    event = zeek_event(record, file, place)
    if event is not None:
        return event
    inside = record.get("result", record)
    if isinstance(inside, dict) and "_raw" in inside:
        why = "Splunk's _raw is neither the event's XML nor JSON; read as a record of no known product"
        notes.add(place, why, "collect Windows events with renderXml = true")
    fields = flat(record)
    time = next((one for name in _TIMES if (one := moment(record.get(name))) is not None), None)
    return Event(file, place, time, _first(fields, _HOSTS), _first(fields, _USERS), "", "", "", fields)


def _first(fields: dict[str, Value], names: tuple[str, ...]) -> str | None:
    return next((one for name in names if isinstance(one := fields.get(name), str) and one), None)
