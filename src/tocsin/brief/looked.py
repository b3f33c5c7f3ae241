"""What of the organisation's evidence was looked at: the words for "nothing found in what" and for "not looked"."""

from __future__ import annotations

from tocsin.brief.words import count, day, listing, one_line, span_words
from tocsin.model import Case, LogRead

# What each question needs to look at, in our words; "logs" are not an input but read as records.
DEALINGS = ("counterparties", "payments")
DOORS = ("inventory", "identities")
_UNITS = {
    "counterparties": ("counterparty", "counterparties"),
    "payments": ("payment", "payments"),
    "inventory": ("system of the inventory", "systems of the inventory"),
    "identities": ("account", "accounts"),
}


def given(case: Case, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Which of these kinds of input were given."""
    there = {one.kind for one in case.examined.inputs}
    return tuple(kind for kind in kinds if kind in there)


def missing(case: Case, kinds: tuple[str, ...]) -> str:
    """Which were not, as ``no payments were given``; empty where all were."""
    absent = [f"no {kind}" for kind in kinds if kind not in given(case, kinds)]
    return f"{listing(absent)} {'was' if absent == ['no inventory'] else 'were'} given" if absent else ""


def amounts(case: Case, kinds: tuple[str, ...]) -> str:
    """``1,204 counterparties and 38 payments``."""
    found = []
    for kind in given(case, kinds):
        records = sum(one.records for one in case.examined.inputs if one.kind == kind)
        found.append(count(records, *_UNITS.get(kind, ("record",))))
    return listing(found)


def logs_words(case: Case) -> str:
    """``90,421 records of 2 logs from 1 November 2026 to 20 November 2026``."""
    logs = case.examined.logs
    records = count(sum(one.records for one in logs), "record")
    return " ".join(part for part in (f"{records} of {count(len(logs), 'log')}", span(logs)) if part)


def span(logs: tuple[LogRead, ...]) -> str:
    """From the first to the last record of several logs."""
    first = min((one.from_ for one in logs if one.from_), default=None)
    last = max((one.to for one in logs if one.to), default=None)
    return span_words(first, last)


def lists_words(case: Case) -> str:
    """The lists that were screened against, with their dates; empty where none was held."""
    held = [f"{one_line(one.id, 40)} as of {day(one.as_of) or 'an unknown date'}" for one in case.examined.lists]
    return listing(held, 3)
