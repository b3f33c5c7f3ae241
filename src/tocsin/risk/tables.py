"""The tables of the room, as CSV beside this module: treatments, terms of treatment, duties and authorities."""

from __future__ import annotations

import csv
import fnmatch
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

FOLDER = Path(__file__).parent
GroupKind = Literal[
    "listed party",
    "intruder",
    "account",
    "intrusion",
    "open asset",
    "unknown product",
    "administrator sign-in",
    "account sign-in",
    "unnamed administrator",
    "identity",
    "log gap",
]


class Treatment(NamedTuple):
    """What a kind of risk is called, the first thing to do, who usually does it, and the share that remains after."""

    title: str
    treatment: str
    owner: str
    factor: float
    because: str


class Term(NamedTuple):
    """Within how many days a kind of risk is treated in a case, why, and who says so (empty: our own figure)."""

    days: int
    because: str
    source: str
    url: str


class Duty(NamedTuple):
    """A duty that a listing brings: ``lists`` is the pattern of list ids, ``checked`` when we last read the article.

    ``who``, ``must`` and ``to`` have places for ``{us}``, ``{parties}`` and ``{competent}``.
    """

    authority: str
    lists: str
    duty: str
    who: str
    must: str
    when: str
    to: str
    by: str
    article: str
    because: str
    url: str
    checked: str


@cache
def treatments() -> dict[str, Treatment]:
    """By kind of risk."""
    return {
        row["kind"]: Treatment(row["title"], row["treatment"], row["owner"], float(row["factor"]), row["because"])
        for row in _rows("treatments")
    }


@cache
def terms() -> dict[tuple[str, str], Term]:
    """By kind of risk and case."""
    return {
        (row["kind"], row["case"]): Term(int(row["days"]), row["because"], row["source"], row["url"])
        for row in _rows("due")
    }


@cache
def duties() -> tuple[Duty, ...]:
    """In the order of the file: the row for one list stands before the row for all lists of its authority."""
    return tuple(Duty(**row) for row in _rows("obligations"))


def duties_of(published_list: str) -> list[Duty]:
    """The duties that come with a list: those of the first pattern in the table that fits it, an exact one first."""
    name = published_list if "-" in published_list else f"{published_list}-"  # ``EU`` alone means all of its lists
    fitting = [row for row in duties() if fnmatch.fnmatchcase(name, row.lists)]
    return [row for row in fitting if row.lists == fitting[0].lists]


@cache
def competent_authorities() -> dict[str, tuple[str, str]]:
    """Country of the Union → its name, and the page that names its authorities (Annex II of Regulation 2019/796)."""
    return {row["country"]: (row["name"], row["url"]) for row in _rows("competent_authorities")}


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text of a table with its ``{places}`` filled; braces in what fills them stay what they are."""
    parts = text.replace("}", "{").split("{")
    return "".join(words[part] if number % 2 else part for number, part in enumerate(parts))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))
