"""A Windows event as XML, as Splunk keeps it: parsed without entities, outside resources or large trees."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse_xml(raw: str) -> dict[str, Any] | None:
    """``{"Event": {"System": …, "EventData": …}}`` as the ``evtx`` package has it; none where it is not such XML."""
    if "<!DOCTYPE" in raw:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:  # the declaration names the encoding of the file that the text was in
        root = etree.fromstring(_DECLARATION.sub("", raw, count=1).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if _name(root) != "Event":
        return None
    return {"Event": {_name(part): _part(part) for part in root if isinstance(part.tag, str)}}


def _part(element: etree._Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in element:
        if not isinstance(child.tag, str):  # a comment or a processing instruction
            continue
        value = _value(child)
        name = _name(child)
        if name in found:
            before = found[name]
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[name] = value
    return found


def _value(element: etree._Element) -> Any:
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    if len(element):
        return _part(element)
    return {"#attributes": attributes, "#text": element.text or ""} if attributes else element.text or ""


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname
