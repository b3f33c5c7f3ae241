"""Logs made for the tests, and reading them in one go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from tocsin.logs import Event, LogReader, events_of
from tocsin.model import Fault, LogRead

SYSMON = "Microsoft-Windows-Sysmon/Operational"


class Seen(NamedTuple):
    """What a reader gave: every event, and what it says of the files."""

    events: list[Event]
    read: list[LogRead]
    faults: list[Fault]


def seen(*paths: Path, format: str | None = None) -> Seen:
    """Read everything below ``paths``."""
    reader = LogReader(paths, format=format)
    events = [event for batch in reader.batches() for event in events_of(batch)]
    return Seen(events, reader.read, reader.faults)


def event_json(
    event_id: Any = 1, channel: str = SYSMON, time: str = "2026-03-03T09:00:00Z", record: int = 1, **data: Any
) -> dict[str, Any]:
    """A Windows event as the ``evtx`` package gives it."""
    system = {
        "Provider": {"#attributes": {"Name": "Some-Provider", "Guid": "11111111-2222-3333-4444-555555555555"}},
        "EventID": event_id,
        "TimeCreated": {"#attributes": {"SystemTime": time}},
        "EventRecordID": record,
        "Channel": channel,
        "Computer": "ws01.corp.example",
    }
    return {"Event": {"System": system, "EventData": data}}


def json_lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def only(path: Path, *records: Any) -> Event:
    """The one event of a file with these JSON records, which must be read without a fault."""
    path.write_bytes(json_lines(*records))
    found = seen(path)
    assert not found.faults
    (event,) = found.events
    return event
