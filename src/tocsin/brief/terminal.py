"""The answer as a few lines of plain text, for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tocsin.brief.answer import Headline, Judged, grouped, headline, judged
from tocsin.brief.register import by_authority, first_things
from tocsin.brief.six import Answer, six
from tocsin.brief.words import VERDICTS, capital, day, figure, one_line, short, stop
from tocsin.model import Case, VerdictWord

_TITLES: dict[VerdictWord, str] = {
    "contradicted": "NOT TRUE",
    "partly": "TRUE IN PART",
    "unknown": "CANNOT BE DECIDED HERE",
    "corroborated": "TRUE",
}
_MOST: dict[VerdictWord, int] = {"contradicted": 5, "partly": 4, "unknown": 3, "corroborated": 4}
_MOST_CHAINS = 5
_FEW: dict[VerdictWord, int] = {"contradicted": 2, "partly": 1}
_FEW_CHAINS = 3
_FEW_DUTIES = 4


def answer_text(case: Case, width: int = 80) -> str:
    """The answer, and on what it rests; no line is wider than ``width`` columns.

    Of a report alone: what is true, what is not, and who is behind it. With an organisation: the six answers, each
    under its question, the last with what the law asks and what to do.
    """
    lines = _wrapped(headline(case).title, width)
    about = [one_line(part, 120) for part in (case.report.publisher or "", day(case.report.published)) if part]
    about += [f"for {one_line(case.org.name, 120)}"] if case.org else []
    lines += _wrapped(" · ".join(about), width) if about else []
    lines += _six(case, width) if case.org else _report(case, width)
    if case.examined.left_out:
        lines += ["", *_wrapped(f"Left out: {len(case.examined.left_out)}; the brief names each.", width)]
    return "\n".join(lines) + "\n"


def _report(case: Case, width: int) -> list[str]:
    head = headline(case)
    lines = ["", *_wrapped(head.tally, width)]
    for word, group in grouped(judged(case)).items():
        if group:
            lines += ["", _TITLES[word], *_group(word, group, _MOST[word], width)]
    if head.behind:
        lines += ["", "WHO IS BEHIND IT", *_chains(head, _MOST_CHAINS, width)]
    lines += ["", "LISTS CONSULTED"]
    return lines + (
        [
            line
            for name, as_of in head.lists
            for line in _wrapped(f"{one_line(name, 60)} as of {day(as_of) or 'an unknown date'}", width, "  ", "    ")
        ]
        or _wrapped("None: nothing here speaks for or against a listing.", width, "  ")
    )


def _six(case: Case, width: int) -> list[str]:
    """The six answers, so short that they stand on about two screens of a terminal."""
    head, lines = headline(case), []
    for answer in six(case):
        lines += ["", *_wrapped(f"{answer.question.upper()}  {answer.sign} {answer.word}", width)]
        if answer.key == "true":
            lines += _wrapped(head.tally, width, "  ", "  ")
            for word, most in _FEW.items():
                lines += _group(word, grouped(judged(case))[word], most, width, more=False)
        elif answer.key == "behind" and head.behind:
            lines += _chains(head, _FEW_CHAINS, width)
        elif answer.key == "first":
            lines += _things(case, answer, width)
        else:
            lines += [line for says in answer.says for line in _wrapped(says, width, "  ", "  ")]
    return lines


def _things(case: Case, answer: Answer, width: int) -> list[str]:
    """What the law asks, by authority, and the first things to do."""
    lines: list[str] = []
    duties = [(authority, one) for authority, several in by_authority(case) for one in several]
    for authority, one in duties[:_FEW_DUTIES]:
        to = f", to {short(one.to.partition(' (')[0], 70)}" if one.to else ""
        what = short(one.must.partition(" (")[0], 110)
        says = f"{authority}, {day(one.by) or 'no day given'}: {what}{to} ({short(one.article, 60)})"
        lines += _wrapped(says, width, "  § ", "    ")
    lines += _more(len(duties) - _FEW_DUTIES, "obligation", width)
    lines += _wrapped("The brief has each in full. Not legal advice.", width, "    ") if lines else []
    for row in first_things(case):
        risk = row.risk
        by = f", by {day(risk.due)}" if risk.due else ""
        who = f" ({one_line(risk.owner, 60) or 'nobody named'}{by})"
        what = capital(short(risk.treatment or risk.title, 120)).removesuffix(".")
        lines += _wrapped(f"{figure(risk.score)} {stop(what + who)}", width, f"  {row.rank} ", "    ")
    return lines or [line for says in answer.says for line in _wrapped(says, width, "  ", "  ")]


def _chains(head: Headline, most: int, width: int) -> list[str]:
    lines = []
    for path in head.behind[:most]:
        lines += _wrapped(" → ".join(step.name for step in path), width, "  ", "    ")
    return lines + _more(len(head.behind) - most, "chain", width)


def _group(word: VerdictWord, group: list[Judged], most: int, width: int, *, more: bool = True) -> Iterator[str]:
    sign = VERDICTS[word].sign
    for item in group[:most]:
        yield from _wrapped(item.words, width, f"  {sign} ", "    ")
        if word in ("contradicted", "partly"):
            near = f"Nearest true: {item.nearest[0]}" if item.nearest else item.because
            yield from _wrapped(near, width, "    ", "    ") if near else ()
    yield from _more(len(group) - most, "claim", width) if more else ()


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
