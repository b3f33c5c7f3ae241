"""Business days of the United States, in which OFAC's terms count."""

from __future__ import annotations

import datetime

# 5 U.S.C. 6103(a): fixed days, and days as (month, weekday, which of them; -1 is the last).
_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
_MOVING = ((1, 0, 3), (2, 0, 3), (5, 0, -1), (9, 0, 1), (10, 0, 2), (11, 3, 4))
_SUNDAY = 6
_DAY = datetime.timedelta(days=1)


def us_holidays(year: int) -> frozenset[datetime.date]:
    """The federal holidays of a year (5 U.S.C. 6103(a)); one on a Sunday is kept on the Monday (E.O. 11582, sec. 3).

    One on a Saturday takes no other day with it: the Friday before is free only for the pay and leave of federal
    employees (6103(b)), and a term counted over it ends a day earlier, never a day late.
    """
    days = [datetime.date(year, month, day) for month, day in _FIXED]
    kept = [day + _DAY if day.weekday() == _SUNDAY else day for day in days]
    return frozenset([*kept, *(_nth(year, *moving) for moving in _MOVING)])


def us_business_days_after(day: datetime.date, count: int) -> datetime.date:
    """The last of ``count`` business days (1 or more), the first of which is the one after ``day``."""
    while count:
        day += _DAY
        if day.weekday() < 5 and day not in us_holidays(day.year):
            count -= 1
    return day


def _nth(year: int, month: int, weekday: int, which: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    day = first + _DAY * ((weekday - first.weekday()) % 7)
    if which > 0:
        return day + _DAY * 7 * (which - 1)
    while (day + _DAY * 7).month == month:
        day += _DAY * 7
    return day
