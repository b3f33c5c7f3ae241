"""HTML bytes to an element tree, whatever they are: lxml, and a flattening parser for pages nested too deep for it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from lxml import etree

from tocsin.model import TocsinError
from tocsin.read.extract.blocks import words

_META_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.\-]{2,40})")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_CLOSES_P = words("p div ul ol li table h1 h2 h3 h4 h5 h6 section article aside blockquote pre dl")
_MAX_DEPTH = 200
_SNIFF = 8192


def declared_charset(raw: bytes) -> str | None:
    """The charset that the page says it has."""
    head = raw[:_SNIFF]
    found = _XML_CHARSET.search(head) or _META_CHARSET.search(head)
    return found[1].decode("ascii") if found else None


def tree_of(text: str, path: str) -> tuple[etree._Element, str]:
    """The root element of a page, and "flattened" where it was nested too deep to keep its shape.

    Raises TocsinError where nothing in it is an element.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root: etree._Element | None
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    # At 256 levels, or 10 MB of text in one node, libxml2 stops and keeps what came before: the rest of the page
    # would be lost without a word.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        flat = _Flat()
        flat.feed(text)
        flat.close()
        return flat.root, "flattened"
    if root is None:
        raise TocsinError(path, "", "no HTML element with text in it", "give the saved page, or its text as .txt")
    return root, ""


class _Flat(HTMLParser):
    """Builds a tree no deeper than ``_MAX_DEPTH``: what is nested deeper becomes a sibling, in the same order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = etree.Element("html")
        self._open = [self.root]
        self._names = ["html"]
        self._last: list[etree._Element | None] = [None]  # the last child of each open element

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9\-]{0,40}", tag) or tag == "html":
            return
        if tag in _CLOSES_P and self._names[-1] == "p":
            self._close()
        if len(self._open) >= _MAX_DEPTH and tag not in _VOID:
            self._close()
        element = etree.SubElement(self._open[-1], tag)
        self._last[-1] = element
        for name, value in attrs:
            if re.fullmatch(r"[a-z][a-z0-9:_\-]{0,60}", name) and ":" not in name:
                element.set(name, _xml_safe(value or ""))
        if tag not in _VOID:
            self._open.append(element)
            self._names.append(tag)
            self._last.append(None)

    def handle_endtag(self, tag: str) -> None:
        # Only the nearest open ones are looked at: an end tag far from its start is a mistake, and a search through
        # everything would take time in the square of the depth.
        near = self._names[-8:]
        if tag in near and tag != "html":
            for _ in range(near[::-1].index(tag) + 1):
                self._close()

    def handle_data(self, data: str) -> None:
        data = _xml_safe(data)
        before = self._last[-1]
        if before is not None:
            before.tail = (before.tail or "") + data
        else:
            self._open[-1].text = (self._open[-1].text or "") + data

    def _close(self) -> None:
        if len(self._open) > 1:
            self._open.pop()
            self._names.pop()
            self._last.pop()


def _xml_safe(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
