"""The shapes in which tools write Windows events as JSON, each turned into flat fields and a time.

``evtx_dump`` and the ``evtx`` package (``Event``/``System``/``EventData``), Winlogbeat (``winlog`` and ECS), EvtxECmd
(``Payload``), Splunk (``_raw``), Wazuh (``WinEvtChannel``, ``data.win``), Elasticsearch exports (``_source``) and flat
records as NXLog writes them.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, NamedTuple

import msgspec

from tocsin.logs.events import Value
from tocsin.logs.times import moment
from tocsin.logs.values import flat, strings
from tocsin.logs.windows_data import add_data, attribute, content
from tocsin.logs.windows_ecs import from_winlog
from tocsin.logs.windows_xml import parse_xml


class Flat(NamedTuple):
    """A Windows event as flat fields, and when it happened; ``zoned`` is false where its only time has no zone."""

    fields: dict[str, Value]
    time: datetime.datetime | None
    zoned: bool = True


# Our name for a field of ``System``, its element, and its attribute where it stands in one.
_SYSTEM = (
    ("EventID", "EventID", ""),
    ("Channel", "Channel", ""),
    ("Provider_Name", "Provider", "Name"),
    ("Provider_Guid", "Provider", "Guid"),
    ("Computer", "Computer", ""),
    ("EventRecordID", "EventRecordID", ""),
    ("Version", "Version", ""),
    ("Level", "Level", ""),
    ("Task", "Task", ""),
    ("Opcode", "Opcode", ""),
    ("Keywords", "Keywords", ""),
    ("Correlation_ActivityID", "Correlation", "ActivityID"),
    ("Execution_ProcessID", "Execution", "ProcessID"),
    ("Execution_ThreadID", "Execution", "ThreadID"),
    ("Security_UserID", "Security", "UserID"),
)
# Our name for a field that flat records call otherwise; the first that is there counts.
_OTHER_NAMES = (
    ("EventID", ("EventID", "EventId", "event_id", "EventCode")),
    ("Channel", ("Channel", "channel", "LogName", "log_name")),
    ("Provider_Name", ("Provider_Name", "ProviderName", "SourceName", "Provider", "provider_name", "source_name")),
    ("Computer", ("Computer", "Hostname", "ComputerName", "MachineName", "computer_name", "computer")),
    ("EventRecordID", ("EventRecordID", "RecordNumber", "EventRecordId", "record_id", "record_number")),
)
_EVENT_IDS = _OTHER_NAMES[0][1]
_SOURCES = _OTHER_NAMES[1][1] + _OTHER_NAMES[2][1]
# The event's own time comes before the time at which a collector took it.
_TIMES = ("TimeCreated", "SystemTime", "EventTime", "@timestamp", "timestamp", "TimeGenerated", "_time", "time")
# Our name for a field of ``System``, and EvtxECmd's.
_EVTXECMD = (
    ("Execution_ProcessID", "ProcessId"),
    ("Execution_ThreadID", "ThreadId"),
    ("Security_UserID", "UserId"),
    ("Level", "Level"),
)
_PARAM = re.compile(r"param\d+")
_DECODER = msgspec.json.Decoder()


def flat_windows(record: dict[str, Any]) -> Flat | None:
    """A JSON object as a Windows event; none where it is not one. O(values)."""
    if "EventID" in record and "Channel" in record and "System" not in record:
        return _of_flat(record)
    for key, shape in _SHAPES:
        if key in record and (found := shape(record)) is not None:
            return found
    if any(name in record for name in _EVENT_IDS) and any(name in record for name in _SOURCES):
        return _of_flat(record)
    return None


def _of_event(record: dict[str, Any]) -> Flat | None:
    """``{"Event": {"System": …, "EventData": …}}``, or its inner object alone."""
    event = record.get("Event", record)
    system = event.get("System") if isinstance(event, dict) else None
    if not isinstance(system, dict):
        return None
    fields: dict[str, Value] = {}
    for ours, element, name in _SYSTEM:
        value = attribute(system, element, name) if name else content(system.get(element))
        if value is not None:
            fields[ours] = strings(value)
    for part in ("EventData", "UserData"):
        add_data(fields, event.get(part))
    rendered = event.get("RenderingInfo")
    if isinstance(rendered, dict) and "Message" in rendered:
        fields.setdefault("Message", strings(content(rendered["Message"])))
    time = moment(attribute(system, "TimeCreated", "SystemTime"), utc=True)
    return Flat(fields, time or moment(fields.get("UtcTime"), utc=True) or moment(record.get("@timestamp")))


def _of_winlog(record: dict[str, Any]) -> Flat | None:
    found = from_winlog(record)
    return Flat(*found) if found else None


def _of_evtxecmd(record: dict[str, Any]) -> Flat | None:
    """EvtxECmd's line: the fields of ``System`` under its own names, the data as JSON inside a JSON text."""
    if not any(name in record for name in _EVENT_IDS):
        return None
    payload = record["Payload"]
    try:
        inside = _DECODER.decode(payload) if isinstance(payload, str) else payload
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    if not isinstance(inside, dict):
        return None
    fields: dict[str, Value] = {}
    _rename(fields, {name: strings(value) for name, value in record.items() if name != "Payload" and value is not None})
    for part in ("EventData", "UserData"):
        add_data(fields, inside.get(part))
    for ours, theirs in _EVTXECMD:
        if theirs in record:
            fields.setdefault(ours, strings(record[theirs]))
    time = moment(record.get("TimeCreated"), utc=True)  # EvtxECmd writes UTC, of old without saying so
    return Flat(fields, time or moment(fields.get("UtcTime"), utc=True))


def _of_wrapped(record: dict[str, Any]) -> Flat | None:
    """A record inside the envelope of an export from Splunk or Elasticsearch."""
    for key in ("result", "_source"):
        inside = record.get(key)
        if isinstance(inside, dict) and "result" not in inside and "_source" not in inside:
            return flat_windows(inside)
    return None


def _of_raw(record: dict[str, Any]) -> Flat | None:
    """Splunk's ``_raw``: the event's own XML or JSON."""
    raw = record["_raw"]
    if not isinstance(raw, str):
        return None
    if raw.lstrip().startswith("<"):
        event = parse_xml(raw)
        return _of_event(event) if event else None
    try:
        inside = _DECODER.decode(raw)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return flat_windows(inside) if isinstance(inside, dict) and "_raw" not in inside else None


def _of_wazuh(record: dict[str, Any]) -> Flat | None:
    """Wazuh's event and its alert, which write names with a small first letter."""
    event = record.get("WinEvtChannel")
    data = record.get("data")
    if event is None and isinstance(data, dict):
        event = data.get("win")
    if not isinstance(event, dict):
        return None
    parts = {name.lower(): value for name, value in event.items()}
    inside = {
        "System": _capital(parts.get("system")),
        "EventData": _capital(parts.get("eventdata")),
        "UserData": _capital(parts.get("userdata")),
    }
    return _of_event(inside)


def _capital(part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    return {name if _PARAM.fullmatch(name) else name[:1].upper() + name[1:]: value for name, value in part.items()}


def _of_flat(record: dict[str, Any]) -> Flat:
    fields = flat(record)
    _rename(fields, fields)
    time = moment(record.get("UtcTime"), utc=True)
    if time is not None:
        return Flat(fields, time)
    for name in _TIMES:
        if (time := moment(record.get(name))) is not None:
            return Flat(fields, time)
    for name in _TIMES:
        if (time := moment(record.get(name), utc=True)) is not None:
            return Flat(fields, time, zoned=False)
    return Flat(fields, None)


def _rename(fields: dict[str, Value], theirs: dict[str, Value]) -> None:
    """Give what stands in ``theirs`` under another name our name in ``fields``."""
    for ours, names in _OTHER_NAMES:
        if ours not in fields:
            for name in names:
                if name in theirs:
                    fields[ours] = theirs[name]
                    break


_SHAPES = (
    ("Event", _of_event),
    ("System", _of_event),
    ("winlog", _of_winlog),
    ("Payload", _of_evtxecmd),
    ("WinEvtChannel", _of_wazuh),
    ("data", _of_wazuh),
    ("_raw", _of_raw),
    ("result", _of_wrapped),
    ("_source", _of_wrapped),
)
