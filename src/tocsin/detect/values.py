"""Does this value match? The tests of single values that Sigma's modifiers make.

Source: https://sigmahq.io/sigma-specification/specification/sigma-appendix-modifiers.html. A plain value is the whole
value of a field, without case; ``*`` is any number of characters and ``?`` exactly one.
"""

from __future__ import annotations

import datetime
import functools
import ipaddress
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

ANY, ONE = "*", "?"
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)


class ValueTest(NamedTuple):
    """A test of one value. ``holds`` takes the value folded, or as it is where ``cased``.

    ``says`` names the test to a reader; ``needle`` is text that a value must have, to show the place in a long one.
    """

    says: str
    holds: Callable[[str], bool]
    cased: bool = False
    needle: str = ""


class Wildcard(NamedTuple):
    """A wildcard of a pattern: ``ANY`` or ``ONE``. What is escaped in a rule is plain text here."""

    mark: str


@functools.lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    for other in (letter.casefold(), letter.lower()):
        if len(other) == 1:
            return other
    return letter


def folded(text: str) -> str:
    """The text without case, as long as before: Unicode's simple case folding, a character at a time.

    Full folding would turn one letter into two (ß, ﬁ), and ``?`` would count wrongly.
    """
    return text.lower() if text.isascii() else "".join(map(_fold, text))


def pattern(parts: Sequence[str | Wildcard], *, cased: bool = False, inside: bool = False) -> ValueTest:
    """A text with wildcards against a whole value; ``inside``: against any part of one, as keywords are. O(n × m)."""
    if inside:
        parts = (Wildcard(ANY), *parts, Wildcard(ANY))
    runs: list[list[str | Wildcard]] = [[]]
    for part in parts:
        if isinstance(part, Wildcard) and part.mark == ANY:
            runs.append([])
        elif part:
            runs[-1].append(part if cased or isinstance(part, Wildcard) else folded(part))
    needle = max((part for run in runs for part in run if isinstance(part, str)), key=len, default="")
    return ValueTest(_says(parts, cased), _matcher([_run(run) for run in runs]), cased, needle)


def number(value: float) -> ValueTest:
    """A number, compared as text: Sigma's ``4104`` is the log's ``4104``."""
    text = str(value)
    return ValueTest(f"is {text}", lambda other: other == text, cased=True)


def boolean(value: bool) -> ValueTest:
    """``true`` or ``false``, compared as text."""
    text = str(value).lower()
    return ValueTest(f"is {text}", lambda other: other == text)


def compared(sign: str, check: Callable[[float, float], bool], limit: float, part: str = "") -> ValueTest:
    """A number in the log against a limit; of a time, one ``part`` of it. What is neither is no match."""

    def holds(text: str) -> bool:
        if part:
            found = time_part(text, part)
            return found is not None and check(found, limit)
        return bool(_NUMBER.fullmatch(text)) and check(float(text), limit)

    return ValueTest(f"{part or 'value'} {sign} {limit:g}", holds, cased=True)


def time_part(text: str, part: str) -> int | None:
    """The minute, hour, day, week, month or year (UTC) of an ISO 8601 time; None where the text is none."""
    try:
        time = datetime.datetime.fromisoformat(text)
        if time.tzinfo is not None:
            time = time.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return time.isocalendar().week if part == "week" else int(getattr(time, part))


def in_network(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> ValueTest:
    """An address in a block. An IPv4 address that is written as IPv6 (``::ffff:192.0.2.1``) counts as IPv4."""

    def holds(text: str) -> bool:
        try:
            address = ipaddress.ip_address(text.strip())
        except ValueError:
            return False
        if network.version == 4 and isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            return address.ipv4_mapped in network
        return address in network

    return ValueTest(f"is in {network}", holds, cased=True)


class Regex:
    """A regular expression on RE2, as Arrow brings it: linear time on any value, so no log can stall a run.

    ``^`` and ``$`` are the ends of the value unless ``m`` is among the flags, and a dot stays in its line unless ``s``
    is. RE2 compiles the expression with each call; ``learn`` judges the values of a batch in one. Raises ValueError for
    what RE2 cannot run: look-around, back-references, repeats over 1,000 (https://github.com/google/re2/wiki/Syntax).
    """

    def __init__(self, expression: str, flags: str = "") -> None:
        self._options = pc.MatchSubstringOptions(f"(?{flags}){expression}" if flags else expression)
        self._known: dict[str, bool] = {}
        self._judge([""])

    def __call__(self, text: str) -> bool:
        known = self._known.get(text)
        return self._judge([text])[0] if known is None else known

    def learn(self, texts: Iterable[str]) -> None:
        """Judge these values at once, and forget those of before."""
        different = list(dict.fromkeys(texts))
        self._known = dict(zip(different, self._judge(different), strict=True)) if different else {}

    def _judge(self, texts: list[str]) -> list[bool]:
        found: list[bool] = pc.call_function(
            "match_substring_regex", [pa.array(texts, type=pa.string())], self._options
        ).to_pylist()
        return found


def regex(expression: str, flags: str = "") -> ValueTest:
    """A regular expression that is found somewhere in the value, with case unless ``flags`` has ``i``."""
    shown = f"/{expression}/{flags}"
    return ValueTest(f"matches {shown}", Regex(expression, flags), cased=True)


class _Run(NamedTuple):
    """What stands between two ``*``: text, or text with ``?`` as an expression of fixed length."""

    length: int
    text: str
    expression: re.Pattern[str] | None = None

    def at(self, value: str, place: int) -> bool:
        if self.expression is None:
            return value.startswith(self.text, place)
        return self.expression.match(value, place) is not None

    def find(self, value: str, start: int) -> int:
        if self.expression is None:
            return value.find(self.text, start)
        found = self.expression.search(value, start)
        return found.start() if found else -1


def _run(parts: list[str | Wildcard]) -> _Run:
    text = "".join(part for part in parts if isinstance(part, str))
    marks = sum(isinstance(part, Wildcard) for part in parts)
    if not marks:
        return _Run(len(text), text)
    expression = "".join(re.escape(part) if isinstance(part, str) else "." for part in parts)
    return _Run(len(text) + marks, text, re.compile(expression, re.DOTALL))


def _matcher(runs: list[_Run]) -> Callable[[str], bool]:
    """The quickest way to match these runs; the usual shapes (whole, head, tail, inside) need no loop."""
    first, *middle, last = runs if len(runs) > 1 else (runs[0], _Run(0, ""))
    plain = all(run.expression is None for run in runs)
    if len(runs) == 1:
        whole = first.text
        return (lambda value: value == whole) if plain else lambda v: len(v) == first.length and first.at(v, 0)
    if plain and not middle and not last.text:
        return lambda value: value.startswith(first.text)
    if plain and not middle and not first.text:
        return lambda value: value.endswith(last.text)
    if plain and len(middle) == 1 and not first.text and not last.text:
        inner = middle[0].text
        return lambda value: inner in value

    def holds(value: str) -> bool:
        at, end = first.length, len(value) - last.length
        if at > end or not first.at(value, 0) or not last.at(value, end):
            return False
        for run in middle:  # the leftmost place is as good as any later one, since the rest may start anywhere after
            found = run.find(value, at)
            if found < 0:
                return False
            at = found + run.length
        return at <= end

    return holds


def _says(parts: Sequence[str | Wildcard], cased: bool) -> str:
    marks = [isinstance(part, Wildcard) and part.mark == ANY for part in parts]
    body = list(parts)
    word = "is"
    if len(parts) > 2 and marks[0] and marks[-1]:
        word, body = "contains", body[1:-1]
    elif len(parts) > 1 and marks[0]:
        word, body = "ends with", body[1:]
    elif len(parts) > 1 and marks[-1]:
        word, body = "begins with", body[:-1]
    if any(isinstance(part, Wildcard) for part in body):
        word = "is like" if word == "is" else f"{word} what is like"
    text = "".join(part.mark if isinstance(part, Wildcard) else part for part in body)
    return f"{word} {text!r}" + (" in this case" if cased else "")
