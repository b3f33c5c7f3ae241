"""Dates in running text → the first and last day they can mean. A date without a year takes it from the report."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from tocsin.model import When

_MONTH = {}
for _number, _names in enumerate(
    [
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ],
    1,
):
    for _name in _names.split():
        _MONTH[_name] = _number
_M = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATE = re.compile(
    rf"""
    (?P<iso>\b\d{{4}}-\d{{2}}-\d{{2}}\b)
  | \b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<m1>{_M})\b\.?(?:,?\ (?P<y1>\d{{4}})\b)?
  | \b(?P<m2>{_M})\b\.?\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d|[.,]\d|\ (?:percent|people|countries))(?:,?\ (?P<y2>\d{{4}})\b)?
  | \b(?P<m3>{_M})\b\.?,?\ (?:of\ )?(?P<y3>(?:19|20)\d{{2}})\b
  | \b(?:in|since|by|during|until|from|last|late|early|mid|of|that)[ -](?P<m4>{_M})\b(?!\ \d)
  | \b(?:in|since|by|during|until|from|late|early|mid|of|year|around)[ -](?P<y5>(?:19|20)\d{{2}})\b(?!-)
  | \((?P<y6>(?:19|20)\d{{2}})\)
  | \bq(?P<q>[1-4])\ (?P<y7>(?:19|20)\d{{2}})\b
  """,
    re.IGNORECASE | re.VERBOSE,
)


_MAY_DATE = re.compile(r"\d|January|February|March|April|May|June|July|August|September|October|November|December")


class Dated(NamedTuple):
    """A date and where it stands in the text given."""

    start: int
    end: int
    when: When


def dates_in(text: str, year: int | None = None, offset: int = 0) -> list[Dated]:
    """The dates of a text, in order. ``year`` completes a date that lacks one; without it such a date has no bounds."""
    found: list[Dated] = []
    if not _MAY_DATE.search(text):
        return found
    for match in _DATE.finditer(text):
        when = _when(match, year)
        if when is not None:
            found.append(Dated(match.start() + offset, match.end() + offset, when))
    return found


def _when(match: re.Match[str], year: int | None) -> When | None:
    text = match.group()
    part = match.groupdict()
    if part["iso"]:
        return When(from_=part["iso"], to=part["iso"], text=text)
    if part["q"]:
        first = 3 * int(part["q"]) - 2
        return _span(int(part["y7"]), first, int(part["y7"]), first + 2, text)
    day = part["d1"] or part["d2"]
    month = part["m1"] or part["m2"] or part["m3"] or part["m4"]
    stated = part["y1"] or part["y2"] or part["y3"] or part["y5"] or part["y6"]
    if month and month.lower() == "may" and not day and not part["y3"] and match.group().split()[-1] != "May":
        return None
    if (month or "").lower() in ("mar", "may") and day and not (month or "x")[0].isupper():
        return None
    in_year = int(stated) if stated else year
    if not month:
        return _span(int(stated or 0), 1, int(stated or 0), 12, text)
    number = _MONTH[month.lower()]
    if in_year is None:
        return When(text=text)
    if day:
        if not 1 <= int(day) <= calendar.monthrange(in_year, number)[1]:
            return None
        iso = f"{in_year:04}-{number:02}-{int(day):02}"
        return When(from_=iso, to=iso, text=text)
    return _span(in_year, number, in_year, number, text)


def _span(year: int, first: int, to_year: int, last: int, text: str) -> When:
    end = calendar.monthrange(to_year, last)[1]
    return When(from_=f"{year:04}-{first:02}-01", to=f"{to_year:04}-{last:02}-{end:02}", text=text)


def month_day(text: str) -> tuple[int, int | None] | None:
    """Month and day of a date that was stated without a year: ``Jan 3`` → (1, 3), ``in March`` → (3, None)."""
    match = _DATE.search(text)
    if not match:
        return None
    part = match.groupdict()
    month = part["m1"] or part["m2"] or part["m4"]
    day = part["d1"] or part["d2"]
    return (_MONTH[month.lower()], int(day) if day else None) if month else None
