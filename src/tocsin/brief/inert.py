"""Pieces of Markdown that cannot become anything else, whatever stands in the words of others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.brief.words import one_line, safe_url

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
_LIST = re.compile(r"^(\d{0,9})([-+=.)])")  # would open a list or a heading at the beginning of a line


def text(words: str, limit: int = 600) -> str:
    """``words`` on one line, inert: no character of them is markup, and hidden ones are shown."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", one_line(words, limit)))


def code(words: str) -> str:
    """``words`` as code, safe in a table cell."""
    inert = one_line(words, 300).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall(r"`+", inert)), default=0) + 1)
    pad = " " if inert.startswith("`") or inert.endswith("`") else ""
    return f"{fence}{pad}{inert}{pad}{fence}"


def link(url: str | None, words: str) -> str:
    """A link where the address may be one; else the words."""
    safe = safe_url(url)
    return f"[{text(words)}](<{safe}>)" if safe else text(words)


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {line}" for line in lines)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; cells must be inert already."""
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)
