"""Drawing in SVG: elements that cannot hold markup by accident, and text that wraps.

Colours come from the page's style sheet by class, so that a drawing follows light, dark and print.
"""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET  # only ever written here, never parsed

from markupsafe import Markup

from tocsin.brief.words import one_line

CHAR = 7.1  # mean width of a character at 13 px in the fonts of the page, measured
LINE = 18


def element(parent: ET.Element | None, tag: str, text: str = "", **attributes: str | float) -> ET.Element:
    """A new element; ``class_`` and ``text_anchor`` stand for ``class`` and ``text-anchor``."""
    cleaned = {key.rstrip("_").replace("_", "-"): number(value) for key, value in attributes.items()}
    made = ET.Element(tag, cleaned) if parent is None else ET.SubElement(parent, tag, cleaned)
    if text:
        made.text = one_line(text)
    return made


def number(value: str | float) -> str:
    """A coordinate without needless digits; text as it is."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def canvas(width: float, height: float, key: str, title: str) -> ET.Element:
    """An empty drawing that a screen reader announces by its title."""
    root = ET.Element("svg", {"viewBox": f"0 0 {number(width)} {number(height)}", "width": number(width)})
    root.attrib |= {"height": number(height), "role": "img", "aria-labelledby": key, "class": "drawing"}
    element(root, "title", title, id=key)
    return root


def written(root: ET.Element) -> Markup:
    """The drawing as markup; every text in it has been escaped by the writer."""
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 - made of elements, not of strings


def width_of(text: str, size: float = 13) -> float:
    """About how wide a text is; Chinese, Japanese and Korean letters are twice as wide as Latin ones."""
    cells = sum(1.85 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return cells * CHAR * size / 13


def wrapped(text: str, width: float, most: int, size: float = 13) -> tuple[str, ...]:
    """``text`` in at most ``most`` lines of ``width`` pixels; an ellipsis where it is longer."""
    lines: list[str] = []
    line = ""
    for word in one_line(text, 300).split():
        while width_of(word, size) > width:
            room = max(int(width / (CHAR * size / 13)) - 1, 1)
            room = room if word[:room].isascii() else max(room // 2, 1)
            lines, line, word = [*lines, line] if line else lines, f"{word[:room]}", word[room:]
            lines, line = [*lines, line], ""
        if line and width_of(f"{line} {word}", size) > width:
            lines, line = [*lines, line], word
        else:
            line = f"{line} {word}".strip()
    lines = [*lines, line] if line else lines
    return tuple(lines) if len(lines) <= most else (*lines[: most - 1], f"{lines[most - 1]}…")
