"""Evidence records as STIX cyber-observables (STIX 2.1, part 6): process, file, registry key, account, traffic, names.

The fields are those of Sigma's taxonomy and of Zeek. A record in which none is known becomes an artifact that holds it.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from tocsin.brief.bundle import NAMESPACE, Object
from tocsin.brief.words import clip, plain, shown
from tocsin.model import Observed, to_json

# The namespace that STIX 2.1, section 2.9, gives for the ids of observables.
_SCO = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
_LONGEST = 8_000  # characters of a value, and bytes of an artifact: the record stands whole in findings.jsonl
_HASHES = {"MD5": ("MD5", 32), "SHA1": ("SHA-1", 40), "SHA256": ("SHA-256", 64)}
_FIRST_HASH = ("MD5", "SHA-1", "SHA-256")
_HIVES = {
    "HKLM": "HKEY_LOCAL_MACHINE",
    "HKU": "HKEY_USERS",
    "HKCR": "HKEY_CLASSES_ROOT",
    "HKCU": "HKEY_CURRENT_USER",
    "HKCC": "HKEY_CURRENT_CONFIG",
}
_SHORT_HIVE = re.compile("|".join(_HIVES), re.IGNORECASE)
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
_PROTOCOL = re.compile(r"[a-z0-9-]{2,15}")


def observables(seen: Observed) -> list[Object]:
    """The observables of a record, each after those that it refers to; never none."""
    found = [*_account(seen), *_process(seen), *_files(seen), *_registry(seen), *_names(seen), *_traffic(seen)]
    return list({one["id"]: one for one in found}.values()) or [_artifact(seen)]


def _sco(kind: str, by: tuple[str, ...], fields: Mapping[str, Any]) -> Object:
    """An observable whose id comes from the values of ``by``, as canonical JSON under STIX's namespace."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    name = json.dumps(
        {one: kept[one] for one in by if one in kept}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return {"type": kind, "spec_version": "2.1", "id": f"{kind}--{uuid.uuid5(_SCO, name)}", **kept}


def _text(seen: Observed, *names: str) -> str:
    """The first of these fields that the record has, with hidden characters made visible."""
    value = next((seen.fields[name] for name in names if seen.fields.get(name) not in (None, "", [])), "")
    return clip(shown(clip(plain(value), _LONGEST)), _LONGEST)


def _number(seen: Observed, *names: str) -> int | None:
    text = _text(seen, *names)
    try:
        number = int(text, 16 if text.lower().startswith("0x") else 10)
    except ValueError:
        return None
    return number if 0 <= number < 2**32 else None


def _account(seen: Observed) -> Iterator[Object]:
    login = _text(seen, "User", "SubjectUserName", "TargetUserName", "user")
    if login:
        yield _sco("user-account", ("account_login",), {"account_login": login})


def _process(seen: Observed) -> Iterator[Object]:
    image, line = _text(seen, "Image", "NewProcessName"), _text(seen, "CommandLine", "ProcessCommandLine")
    pid = _number(seen, "ProcessId", "NewProcessId")
    if not image and not line:
        return
    parent_image, parent_line = _text(seen, "ParentImage", "ParentProcessName"), _text(seen, "ParentCommandLine")
    parent: Object = {}
    if parent_image or parent_line:
        files = list(_file(parent_image, {}))
        yield from files
        number = _number(seen, "ParentProcessId")
        parent = _run(seen, "parent", {"pid": number, "command_line": parent_line}, files, parent_image)
        yield parent
    files = list(_file(image, _hashes(_text(seen, "Hashes"))))
    yield from files
    accounts = [one["id"] for one in _account(seen)]
    fields = {"pid": pid, "command_line": line, "cwd": _text(seen, "CurrentDirectory")}
    fields |= {"creator_user_ref": accounts[0] if accounts else None, "parent_ref": parent.get("id")}
    yield _run(seen, "process", fields, files, image)


def _run(seen: Observed, role: str, fields: Object, files: list[Object], image: str) -> Object:
    """A process. Its id is of version 4, as the standard has it, yet made from the record, so that it stays."""
    if files:
        fields = {**fields, "image_ref": files[-1]["id"]}
    elif not fields.get("command_line"):
        fields = {**fields, "command_line": image}  # an image whose name is none, such as a folder
    kept = {name: value for name, value in fields.items() if value not in (None, "")}
    key = f"{NAMESPACE}|{role}|{seen.file}|{seen.record}|{json.dumps(kept, sort_keys=True)}"
    digest = hashlib.sha256(key.encode("utf-8", "replace")).digest()
    return {
        "type": "process",
        "spec_version": "2.1",
        "id": f"process--{uuid.UUID(bytes=digest[:16], version=4)}",
        **kept,
    }


def _file(path: str, hashes: dict[str, str]) -> Iterator[Object]:
    """A file and, before it, the directory in which it lies."""
    cut = max(path.rfind("\\"), path.rfind("/"))
    folder, name = path[: max(cut, 0)], path[cut + 1 :]
    directory = _sco("directory", ("path",), {"path": folder}) if folder else {}
    if directory:
        yield directory
    if name or hashes:
        fields = {"hashes": hashes, "name": name, "parent_directory_ref": directory.get("id")}
        made = _sco("file", ("name", "parent_directory_ref"), fields)
        if hashes:
            first = next(name for name in _FIRST_HASH if name in hashes)
            by = {"hashes": {first: hashes[first]}, "name": name, "parent_directory_ref": directory.get("id")}
            made["id"] = _sco("file", ("hashes", "name", "parent_directory_ref"), by)["id"]
        yield made


def _hashes(text: str) -> dict[str, str]:
    """Sysmon's ``MD5=…,SHA256=…``; what is no such hash is left out."""
    found = {}
    for pair in text.split(",")[:8]:
        name, _, value = pair.strip().partition("=")
        known = _HASHES.get(name.upper().replace("-", ""))
        if known and re.fullmatch(rf"[0-9a-fA-F]{{{known[1]}}}", value):
            found[known[0]] = value.lower()
    return found


def _files(seen: Observed) -> Iterator[Object]:
    given = ",".join(f"{name}={_text(seen, name)}" for name in ("md5", "sha1", "sha256") if name in seen.fields)
    target, hashes = _text(seen, "TargetFilename", "filename"), _hashes(given)
    if target or hashes:
        yield from _file(target, hashes)


def _registry(seen: Observed) -> Iterator[Object]:
    """Sysmon's ``TargetObject``; with ``Details`` its last part is the name of the value that was set."""
    hive, _, rest = _text(seen, "TargetObject").partition("\\")
    hive = _HIVES.get(hive.upper(), hive.upper())
    if hive not in _HIVES.values() or not rest or _SHORT_HIVE.search(rest):  # the schema bars the short names anywhere
        return
    data = _text(seen, "Details")
    folder, _, name = rest.rpartition("\\")
    fields: Object = {"key": f"{hive}\\{rest}"}
    if data and folder:
        fields = {"key": f"{hive}\\{folder}", "values": [{"name": name, "data": data}]}
    yield _sco("windows-registry-key", ("key", "values"), fields)


def _names(seen: Observed) -> Iterator[Object]:
    for field in ("query", "QueryName", "DestinationHostname", "server_name", "host"):
        value = _text(seen, field).rstrip(".")
        if _DOMAIN.fullmatch(value) and not _address(value):
            yield _sco("domain-name", ("value",), {"value": value.lower()})


def _traffic(seen: Observed) -> Iterator[Object]:
    ends = [
        _address(_text(seen, "id.orig_h", "SourceIp", "IpAddress")),
        _address(_text(seen, "id.resp_h", "DestinationIp")),
    ]
    yield from (one for one in ends if one)
    source, target = (one["id"] if one else None for one in ends)
    if not target:
        return
    named = [_text(seen, "proto", "Protocol").lower(), _text(seen, "service").lower()]
    protocols = [one for one in named if _PROTOCOL.fullmatch(one)]
    fields = {
        "src_ref": source,
        "dst_ref": target,
        "src_port": _port(seen, "id.orig_p", "SourcePort"),
        "dst_port": _port(seen, "id.resp_p", "DestinationPort"),
        "protocols": protocols or [str(target).partition("-")[0]],
    }
    yield _sco("network-traffic", tuple(fields), fields)


def _port(seen: Observed, *names: str) -> int | None:
    number = _number(seen, *names)
    return number if number is not None and number < 2**16 else None


def _address(text: str) -> Object | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return _sco(f"ipv{found.version}-addr", ("value",), {"value": str(found).partition("%")[0]})


def _artifact(seen: Observed) -> Object:
    """The record itself as JSON; only where it is in findings.jsonl, and how long, when it is too long to carry."""
    raw = to_json(seen.fields).encode()
    if len(raw) > _LONGEST:
        raw = to_json({"file": shown(seen.file), "record": shown(seen.record), "bytes": len(raw)}).encode()
    fields = {"mime_type": "application/json", "payload_bin": base64.b64encode(raw).decode()}
    return _sco("artifact", ("payload_bin",), fields)
