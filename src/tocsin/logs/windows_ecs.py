"""A Windows event as Winlogbeat and the Elastic Agent write it: ``winlog`` beside the Elastic Common Schema (ECS).

Where an ingest pipeline has moved the event's own fields to ECS, they get Sysmon's names again. Source of the pairs:
the field lists of Winlogbeat (https://www.elastic.co/docs/reference/beats/winlogbeat/exported-fields).
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from tocsin.logs.events import Value
from tocsin.logs.times import moment
from tocsin.logs.values import flat, strings, text
from tocsin.logs.windows_data import add_data, content

# Our name, the name below ``winlog``, and the ECS name where that is missing.
_SYSTEM = (
    ("EventID", "event_id", "event.code"),
    ("Channel", "channel", ""),
    ("Provider_Name", "provider_name", "event.provider"),
    ("Computer", "computer_name", "host.name"),
    ("EventRecordID", "record_id", ""),
    ("Message", "message", "message"),
)
# Our name ← the ECS name, in these events alone (none given: in all).
_DATA = (
    ("Image", "process.executable", ()),
    ("SourceImage", "process.executable", ("8", "10")),
    ("CommandLine", "process.command_line", ()),
    ("CurrentDirectory", "process.working_directory", ()),
    ("ProcessId", "process.pid", ()),
    ("ProcessGuid", "process.entity_id", ()),
    ("OriginalFileName", "process.pe.original_file_name", ()),
    ("ParentImage", "process.parent.executable", ()),
    ("ParentCommandLine", "process.parent.command_line", ()),
    ("ParentProcessId", "process.parent.pid", ()),
    ("ParentProcessGuid", "process.parent.entity_id", ()),
    ("ImageLoaded", "file.path", ("6", "7")),
    ("TargetFilename", "file.path", ("2", "11", "15", "23", "26", "27", "28", "29")),
    ("TargetObject", "registry.path", ()),
    ("Details", "registry.data.strings", ()),
    ("QueryName", "dns.question.name", ()),
    ("SourceIp", "source.ip", ()),
    ("SourcePort", "source.port", ()),
    ("DestinationIp", "destination.ip", ()),
    ("DestinationPort", "destination.port", ()),
    ("DestinationHostname", "destination.domain", ()),
    ("Protocol", "network.transport", ()),
)
_HASHES = (("MD5", "hash.md5"), ("SHA1", "hash.sha1"), ("SHA256", "hash.sha256"), ("IMPHASH", "pe.imphash"))
_PARAM = re.compile(r"param(\d{1,4})")


def from_winlog(record: dict[str, Any]) -> tuple[dict[str, Value], datetime.datetime | None] | None:
    """The fields and the time of such a record; none where ``winlog`` is no object. O(values)."""
    winlog = record["winlog"]
    if not isinstance(winlog, dict):
        return None
    ecs = flat({key: value for key, value in record.items() if key != "winlog"})
    fields: dict[str, Value] = {}
    for ours, theirs, other in _SYSTEM:
        value = content(winlog.get(theirs))
        if value is not None:
            fields[ours] = strings(value)
        elif other in ecs:
            fields[ours] = ecs[other]
    data = winlog.get("event_data")
    add_data(fields, data)
    add_data(fields, winlog.get("user_data"))
    if params := _params(data):
        fields.setdefault("Data", params)
    _add_ecs(fields, ecs)
    time = moment(record.get("@timestamp"), utc=True)
    return fields, time or moment(fields.get("UtcTime"), utc=True)


def _params(data: Any) -> list[str]:
    """The values of data without names, to which Winlogbeat gives the names ``param1``, ``param2``, …"""
    if not isinstance(data, dict):
        return []
    numbered = [(_PARAM.fullmatch(name), value) for name, value in data.items()]
    found = [(int(match[1]), text(value)) for match, value in numbered if match]
    return [value for _, value in sorted(found)] if len(found) == len(data) else []


def _add_ecs(fields: dict[str, Value], ecs: dict[str, Value]) -> None:
    event_id = fields.get("EventID")
    for ours, theirs, events in _DATA:
        if theirs in ecs and (not events or event_id in events):
            fields.setdefault(ours, ecs[theirs])
    name, domain = ecs.get("user.name"), ecs.get("user.domain")
    if isinstance(name, str) and name:
        fields.setdefault("User", f"{domain}\\{name}" if isinstance(domain, str) and domain else name)
    for thing in ("process", "file", "dll"):
        hashes = [f"{ours}={value}" for ours, theirs in _HASHES if (value := ecs.get(f"{thing}.{theirs}"))]
        if hashes:
            fields.setdefault("Hashes", ",".join(hashes))
