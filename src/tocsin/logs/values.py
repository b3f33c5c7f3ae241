"""JSON values as the strings and lists of strings that log records are made of."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from tocsin.logs.events import Value

_DEEPEST = 16  # levels of nesting that become dotted names; what lies deeper stays JSON text


def text(value: Any) -> str:
    """A JSON value as one string: true and false in lower case, null empty, objects and lists as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value)
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeError:  # half a surrogate pair somewhere inside
        return json.dumps(value)


def strings(value: Any) -> Value:
    """A JSON value as a string, or as a list of strings where it is a list of more than one."""
    if isinstance(value, list):
        found = [text(one) for one in value]
        return found if len(found) > 1 else "".join(found)
    return text(value)


def flat(record: dict[str, Any]) -> dict[str, Value]:
    """An object as fields; those of inner objects get dotted names, null is absent. O(values)."""
    fields: dict[str, Value] = {}
    _into(fields, "", record, 0)
    return fields


def _into(fields: dict[str, Value], prefix: str, record: dict[str, Any], depth: int) -> None:
    for key, value in record.items():
        if isinstance(value, str):
            fields[prefix + key] = value
        elif type(value) is int:
            fields[prefix + key] = str(value)
        elif isinstance(value, dict) and value and depth < _DEEPEST:
            _into(fields, f"{prefix}{key}.", value, depth + 1)
        elif value is not None:
            fields[prefix + key] = strings(value)
