"""Times as logs write them, as moments in UTC."""

from __future__ import annotations

import datetime
import re

_UTC = datetime.UTC
_EARLIEST = datetime.datetime(1980, 1, 1, tzinfo=_UTC)  # older is an unset clock or an unset field (1601, 1970)
_DOTNET = re.compile(r"/Date\((-?\d{1,16})(?:[+-]\d{4})?\)/")
# A number is seconds, milli-, micro- or nanoseconds since 1970; between 1980 and 2286 its size says which.
_UNITS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))


def moment(text: object, *, utc: bool = False) -> datetime.datetime | None:
    """ISO 8601 (a space for the T, any number of decimals, any offset), .NET's ``/Date(ms)/`` or a number of seconds
    since 1970. A time without a zone is none unless ``utc`` says that the field is UTC by definition; so is one before
    1980, since no log is older and unset fields say 1601 or 1970.
    """
    if isinstance(text, (int, float)):
        return _since_1970(float(text))
    if not isinstance(text, str):
        return None
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        return _other(text, utc=utc)
    if found.tzinfo is not _UTC:
        if found.tzinfo is None and not utc:
            return None
        try:
            found = found.replace(tzinfo=_UTC) if found.tzinfo is None else found.astimezone(_UTC)
        except (OverflowError, ValueError):
            return None
    return found if found >= _EARLIEST else None


def _other(text: str, *, utc: bool) -> datetime.datetime | None:
    text = text.strip()
    if match := _DOTNET.fullmatch(text):
        return _since_1970(int(match[1]) / 1000)
    if text.endswith(" UTC"):
        return moment(text[:-4], utc=True)
    try:
        return _since_1970(float(text))
    except ValueError:
        return None


def _since_1970(number: float) -> datetime.datetime | None:
    for limit, unit in _UNITS:
        if abs(number) < limit:
            try:
                found = datetime.datetime.fromtimestamp(number / unit, _UTC)
            except (OverflowError, OSError, ValueError):
                return None
            return found if found >= _EARLIEST else None
    return None
