"""Patterns for which case does not matter: written in lower case and matched on lower-cased text.

An alternation that ignores case tries every branch at every word; in one case it looks at the first letter alone. On
news text that is two to four times as fast.
"""

from __future__ import annotations

import re

_UPPER = re.compile(r"\\.|\(\?P|[A-Z]")


def lowered(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern in lower case, to be matched on what ``lower`` gives. ``[A-Z]`` becomes any letter, as ignoring case
    would make it; what is escaped stays as it is."""
    return re.compile(_UPPER.sub(lambda m: m.group().lower() if len(m.group()) == 1 else m.group(), pattern), flags)


def lower(text: str) -> str:
    """A text in lower case in which every character keeps its place: ``İ``, which would become two, stays."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(one if len(one := char.lower()) == 1 else char for char in text)
