"""Zeek logs: tab-separated with a header, as Zeek's ASCII writer makes them, and single JSON records.

Source of the header's keys, of ``-``, ``(empty)`` and of the escapes: https://docs.zeek.org/en/master/log-formats.html
and Zeek's ``src/util.cc`` (``get_escaped_string``).
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tocsin.logs.events import Event, Value
from tocsin.logs.lines import lines, note_encoding
from tocsin.logs.notes import Notes
from tocsin.logs.times import moment
from tocsin.logs.values import flat

NAME = "zeek"

# Logs whose name alone says that a record with a ``ts`` is Zeek's (https://docs.zeek.org/en/master/logs/index.html).
_LOGS = frozenset(
    """analyzer broker capture_loss cluster conn dce_rpc dhcp dnp3 dns dpd files ftp http intel irc kerberos known_certs
    known_hosts known_modbus known_services ldap ldap_search loaded_scripts modbus mqtt_connect mqtt_publish
    mqtt_subscribe mysql netcontrol notice notice_alarm ntlm ntp ocsp packet_filter pe postgresql print quic radius rdp
    redis reporter rfb signatures sip smb_files smb_mapping smtp snmp socks software ssh ssl stats syslog telemetry
    traceroute tunnel websocket weird x509""".split()
)
_KEYS = ("uid", "fuid", "id.orig_h", "id_orig_h", "id")
# Shippers that may not write a dot in a key write a line instead.
_DOTTED = {f"id_{end}": f"id.{end}" for end in ("orig_h", "orig_p", "resp_h", "resp_p")}
_ESCAPED = re.compile(r"((?:\\x[0-9a-fA-F]{2})+)|\\\\")
_WORD = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]*[a-z][a-z0-9]*)*")
_BOOL = {"T": "true", "F": "false"}
_TODO = "let Zeek finish the file, or fetch it again; the other lines were used"


class _Header(NamedTuple):
    """What the lines that begin with ``#`` say of the lines below them."""

    separator: str = "\t"
    set_separator: str = ","
    empty: str = "(empty)"
    unset: str = "-"
    path: str = ""
    fields: tuple[str, ...] = ()
    lists: tuple[int, ...] = ()
    bools: tuple[int, ...] = ()


def recognises(head: bytes, name: str) -> bool:
    """A header of Zeek's ASCII writer."""
    return head.startswith(b"#separator ") or (head.startswith(b"#") and b"\n#fields" in b"\n" + head)


def events(stream: io.BufferedReader, file: str, notes: Notes) -> Iterator[Event]:
    """The records below each header; a second header within the file replaces the first."""
    header = _Header()
    service = service_of(file)
    for number, raw in lines(stream, notes):
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if line.startswith("#"):
            header = _with(header, line)
            continue
        if not line:
            continue
        values = line.split(header.separator)
        if len(values) != len(header.fields) or _is_cut(raw, values[-1], header):
            if raw.endswith(b"\n"):
                notes.add(f"line {number}", "its columns are not those of the header", _TODO)
            else:
                notes.add(f"line {number}", "the last line is cut off", _TODO)
            continue
        note_encoding(number, raw, notes)
        fields = _fields(values, header, escaped="\\" in line)
        yield _event(file, f"line {number}", fields, header.path or service)


def zeek_event(record: dict[str, Any], file: str, place: str) -> Event | None:
    """A JSON record as Zeek writes it; none where it is not one. O(values)."""
    path = record.get("_path", record.get("@stream"))
    if path is None:
        if "ts" not in record:
            return None
        path = service_of(file)
        if not path and not any(key in record for key in _KEYS):
            return None
    fields = {_DOTTED.get(name, name): value for name, value in flat(record).items()}
    return _event(file, place, fields, path if isinstance(path, str) else "")


def service_of(file: str) -> str:
    """The log's name as its file's name tells it: ``conn`` of ``conn.2026-03-03-09-00-00.log.gz``."""
    name = re.split(r"[/\\#]", file)[-1].lower()
    for word in _WORD.findall(name):
        parts = word.split("_")
        for at in range(len(parts)):
            if (found := "_".join(parts[at:])) in _LOGS:
                return found
    return ""


def _event(file: str, place: str, fields: dict[str, Value], path: str) -> Event:
    user = next((one for name in ("username", "user") if isinstance(one := fields.get(name), str) and one), None)
    return Event(file, place, _time(fields.get("ts")), None, user, "zeek", "", path, fields)


def _time(value: Value | None) -> datetime.datetime | None:
    """``ts`` is seconds since 1970, or ISO 8601 where Zeek is set so."""
    return moment(value, utc=True)


def _with(header: _Header, line: str) -> _Header:
    """The header with one more of its lines; the first of them begins a new one."""
    if line.startswith("#separator "):
        return _Header(separator=_unescaped(line.removeprefix("#separator ")) or "\t")
    key, _, rest = line.partition(header.separator)
    match key:
        case "#set_separator":
            return header._replace(set_separator=rest or ",")
        case "#empty_field":
            return header._replace(empty=rest)
        case "#unset_field":
            return header._replace(unset=rest)
        case "#path":
            return header._replace(path=rest)
        case "#fields":
            return header._replace(fields=tuple(rest.split(header.separator)), lists=(), bools=())
        case "#types":
            types = rest.split(header.separator)
            return header._replace(
                lists=tuple(at for at, kind in enumerate(types) if kind.startswith(("set[", "vector[", "table["))),
                bools=tuple(at for at, kind in enumerate(types) if kind == "bool"),
            )
        case _:
            return header


def _is_cut(raw: bytes, last: str, header: _Header) -> bool:
    """Whether the last line ends inside its last value, as far as one can tell: within ``(empty)``."""
    return not raw.endswith(b"\n") and last != header.empty and last[:1] == "(" and header.empty.startswith(last)


def _fields(values: list[str], header: _Header, *, escaped: bool) -> dict[str, Value]:
    unset, empty = header.unset, header.empty
    plain: Callable[[str], str] = _unescaped if escaped else str
    fields: dict[str, Value] = {
        name: "" if value == empty else plain(value)
        for name, value in zip(header.fields, values, strict=True)
        if value != unset
    }
    for at in header.lists:
        if at < len(values) and values[at] not in (unset, empty):
            many = [plain(one) for one in values[at].split(header.set_separator) if one != unset]
            fields[header.fields[at]] = many if len(many) > 1 else "".join(many)
    for at in header.bools:
        if at < len(values) and values[at] in _BOOL:
            fields[header.fields[at]] = _BOOL[values[at]]
    return fields


def _unescaped(text: str) -> str:
    """Bytes that Zeek writes as ``\\x09``, and its doubled backslash."""
    return _ESCAPED.sub(
        lambda match: bytes.fromhex(match[1].replace("\\x", "")).decode("utf-8", "replace") if match[1] else "\\", text
    )
