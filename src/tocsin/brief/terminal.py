"""The answer as a few lines of plain text, for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tocsin.brief.answer import Judged, grouped, headline, judged
from tocsin.brief.words import VERDICTS, day, one_line
from tocsin.model import Case, VerdictWord

_TITLES: dict[VerdictWord, str] = {
    "contradicted": "NOT TRUE",
    "partly": "TRUE IN PART",
    "unknown": "CANNOT BE DECIDED HERE",
    "corroborated": "TRUE",
}
_MOST: dict[VerdictWord, int] = {"contradicted": 5, "partly": 4, "unknown": 3, "corroborated": 4}
_MOST_CHAINS = 5


def answer_text(case: Case, width: int = 80) -> str:
    """What is true, what is not, who is behind it, and on what that rests; no line is wider than ``width`` columns."""
    head = headline(case)
    lines = [*_wrapped(head.title, width)]
    about = [one_line(part, 120) for part in (case.report.publisher or "", day(case.report.published)) if part]
    lines += _wrapped(" · ".join(about), width) if about else []
    lines += ["", *_wrapped(head.tally, width)]
    for word, group in grouped(judged(case)).items():
        if group:
            lines += ["", _TITLES[word], *_group(word, group, width)]
    if head.behind:
        lines += ["", "WHO IS BEHIND IT"]
        for path in head.behind[:_MOST_CHAINS]:
            lines += _wrapped(" → ".join(step.name for step in path), width, "  ", "    ")
        lines += _more(len(head.behind) - _MOST_CHAINS, "chain", width)
    lines += ["", "LISTS CONSULTED"]
    lines += [
        line
        for name, as_of in head.lists
        for line in _wrapped(f"{one_line(name, 60)} as of {day(as_of) or 'an unknown date'}", width, "  ", "    ")
    ] or _wrapped("None: nothing here speaks for or against a listing.", width, "  ")
    if case.examined.left_out:
        lines += ["", *_wrapped(f"Left out: {len(case.examined.left_out)}; the brief names each.", width)]
    return "\n".join(lines) + "\n"


def _group(word: VerdictWord, group: list[Judged], width: int) -> Iterator[str]:
    sign = VERDICTS[word].sign
    for item in group[: _MOST[word]]:
        yield from _wrapped(item.words, width, f"  {sign} ", "    ")
        if word in ("contradicted", "partly"):
            near = f"Nearest true: {item.nearest[0]}" if item.nearest else item.because
            yield from _wrapped(near, width, "    ", "    ") if near else ()
    yield from _more(len(group) - _MOST[word], "claim", width)


def _more(number: int, what: str, width: int) -> list[str]:
    return _wrapped(f"and {number} more {what}{'s' if number > 1 else ''}", width, "    ") if number > 0 else []


def columns(text: str) -> int:
    """How many columns a terminal uses for ``text``: two for wide letters, none for marks that sit on others."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """``text`` in lines of at most ``width`` columns; a word that is longer than a line is broken."""
    lines, line = [], first
    for word in one_line(text, 600).split():
        room = "" if line in (first, rest) else " "
        if columns(line + room + word) <= width:
            line += room + word
            continue
        if room:
            lines.append(line)
            line = rest
        while columns(line + word) > width:
            fits = next(n for n in range(len(word), 0, -1) if n == 1 or columns(line + word[:n]) <= width)
            lines.append(line + word[:fits])
            line, word = rest, word[fits:]
        line += word
    return [*lines, line] if line.strip() else lines
