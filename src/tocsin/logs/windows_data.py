"""The parts of a Windows event as XML-to-JSON converters write them: attributes, contents, named and unnamed data."""

from __future__ import annotations

from typing import Any

from tocsin.logs.events import Value
from tocsin.logs.values import strings, text


def attribute(system: dict[str, Any], element: str, name: str) -> Any:
    """An attribute as ``evtx`` writes it (also apart from its element), as xmltodict does, or joined as Wazuh does."""
    node = system.get(element)
    if isinstance(node, dict):
        inside = node.get("#attributes")
        inside = inside if isinstance(inside, dict) else node
        return inside.get(name, inside.get("@" + name))
    apart = system.get(element + "_attributes")
    if isinstance(apart, dict):
        return apart.get(name)
    if node is None:
        return system.get(element + name, system.get(name))
    return node if name in ("Name", "SystemTime") else None


def content(node: Any) -> Any:
    """What stands inside an element, without its attributes: an ``EventID`` with ``Qualifiers`` is its number."""
    return node.get("#text", node.get("Value")) if isinstance(node, dict) else node


def add_data(fields: dict[str, Value], data: Any) -> None:
    """Add the values of ``EventData`` or ``UserData``; a name that is taken already gets ``EventData.`` before it."""
    if isinstance(data, (str, list)):
        data = {"Data": data}
    if not isinstance(data, dict):
        return
    for name, value in data.items():
        if name in ("#attributes", "xmlns", "@xmlns", "@Name"):
            continue
        if name == "Data":
            _add_unnamed(fields, value)
        elif isinstance(value, dict) and "#text" not in value:
            add_data(fields, value)
        else:
            _add(fields, name, strings(content(value)))


def _add_unnamed(fields: dict[str, Value], node: Any) -> None:
    """``Data``: values with their names in an attribute, values without a name, or a mixture of both."""
    unnamed: list[str] = []
    for one in node if isinstance(node, list) else [node]:
        name = attribute({"Data": one}, "Data", "Name") if isinstance(one, dict) else None
        inside = content(one) if isinstance(one, dict) else one
        if isinstance(name, str) and name:
            _add(fields, name, strings(inside))
        elif isinstance(inside, list):
            unnamed += [text(value) for value in inside]
        elif inside is not None:
            unnamed.append(text(inside))
    if unnamed:
        _add(fields, "Data", unnamed if len(unnamed) > 1 else unnamed[0])


def _add(fields: dict[str, Value], name: str, value: Value) -> None:
    while name in fields:
        name = f"EventData.{name}"
    fields[name] = value
