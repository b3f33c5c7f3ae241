"""The day a report was published, from its meta data or from a line near its top that is only a date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio января",
            "february feb februar février febrero febbraio февраля",
            "march mar märz mars marzo марта",
            "april apr avril abril aprile апреля",
            "may mai mayo maggio мая",
            "june jun juni juin junio giugno июня",
            "july jul juli juillet julio luglio июля",
            "august aug août agosto августа",
            "september sep sept septembre septiembre settembre сентября",
            "october oct okt oktober octobre octubre ottobre октября",
            "november nov novembre noviembre ноября",
            "december dec dez dezember décembre diciembre dicembre декабря",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}.{0,8})?")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s(?:de\s)?([^\W\d_]{3,10})\.?,?\s(?:de\s)?((?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)(?!\d)")
_LABEL = re.compile(
    r"(?:published|publication date|date|posted|issued|released|updated|veröffentlicht|publié|publicado|дата|日期)"
    r"(?: on| at)?\s*[:：]?\s*",
    re.IGNORECASE,
)


def date_in(text: str) -> str | None:
    """The first day named in a short string such as a meta value, as ISO 8601; None where there is none."""
    text = text.strip()[:120]
    if found := _COMPACT.fullmatch(text):
        return _iso(found[1], found[2], found[3])
    if found := _ISO.search(text):
        return _iso(found[1], found[2], found[3])
    for pattern, day, month in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        found = pattern.search(text)
        if found and (number := _MONTHS.get(found[month].lower())):
            return _iso(found[3], str(number), found[day])
    return None


def dateline(lines: Iterable[str]) -> str | None:
    """The day given by the first of ``lines`` that says nothing but a date, with or without "Published:" before it."""
    for line in lines:
        if len(line) > 80:
            continue
        label = _LABEL.match(line)
        rest = line[label.end() :] if label else line
        # A line that goes on after the date is a sentence about that day, not the day of publication.
        if len(rest.split()) <= (8 if label else 5) and (day := date_in(rest)):
            return day
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
