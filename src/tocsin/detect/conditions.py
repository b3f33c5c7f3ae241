"""The condition of a rule as a tree: whether it holds for an event, and through what.

``holds`` decides, one event at a time; ``because`` tells of a tree that holds which selections and which values of the
record made it so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from tocsin.detect.values import ValueTest, folded
from tocsin.logs import Value
from tocsin.model import Reason

_SHOWN = 160  # characters of a value in a reason; the evidence has all of it


class EventValues:
    """The values of one event, each folded once however many rules ask for it."""

    __slots__ = ("_folded", "fields")

    def __init__(self, fields: Mapping[str, Value]) -> None:
        self.fields = fields
        self._folded: dict[str, Sequence[str]] = {}

    def raw(self, name: str) -> Sequence[str]:
        """The values of a field as they stand; none where the record lacks it."""
        value = self.fields.get(name)
        return () if value is None else (value,) if isinstance(value, str) else value

    def folded(self, name: str) -> Sequence[str]:
        """The values of a field without case."""
        known = self._folded.get(name)
        if known is None:
            known = self._folded[name] = tuple(map(folded, self.raw(name)))
        return known

    def of(self, name: str, test: ValueTest) -> Sequence[str]:
        """The values of a field as a test wants them."""
        return self.raw(name) if test.cased else self.folded(name)


class Node(Protocol):
    """A part of a condition."""

    @property
    def label(self) -> str:
        """The part in the words of the rule."""

    def holds(self, event: EventValues) -> bool:
        """Whether the part holds for an event."""

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        """Through what the part holds; asked only where it does."""


class FieldMatches(NamedTuple):
    """Any value of a field passes any of the tests."""

    field: str
    tests: tuple[ValueTest, ...]

    @property
    def label(self) -> str:
        return f"{self.field} {' or '.join(test.says for test in self.tests[:3])}"

    def holds(self, event: EventValues) -> bool:
        return any(test.holds(value) for test in self.tests for value in event.of(self.field, test))

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        for test in self.tests:
            for number, value in enumerate(event.of(self.field, test)):
                if test.holds(value):
                    return (_reason(self.field, test, event.raw(self.field)[number]),)
        return ()


class Keyword(NamedTuple):
    """Any value of the record passes the test; names of fields do not count."""

    test: ValueTest

    @property
    def label(self) -> str:
        return f"a value {self.test.says}"

    def holds(self, event: EventValues) -> bool:
        return any(self.test.holds(value) for name in event.fields for value in event.of(name, self.test))

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        for name in event.fields:
            for number, value in enumerate(event.of(name, self.test)):
                if self.test.holds(value):
                    return (_reason(name, self.test, event.raw(name)[number]),)
        return ()


class FieldExists(NamedTuple):
    """The record has the field, also where it is empty; or lacks it."""

    field: str
    wanted: bool

    @property
    def label(self) -> str:
        return f"{self.field} is {'there' if self.wanted else 'absent'}"

    def holds(self, event: EventValues) -> bool:
        return (self.field in event.fields) == self.wanted

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        return (Reason(name=self.field, says="is there" if self.wanted else "is absent"),)


class FieldIsField(NamedTuple):
    """A value of a field is, begins with, ends with or contains one of another field: plain text, without case.

    Never where the record lacks either.
    """

    field: str
    other: str
    head: bool = False
    tail: bool = False

    @property
    def label(self) -> str:
        return f"{self.field} {self._word} {self.other}"

    @property
    def _word(self) -> str:
        words = {(False, False): "is", (True, False): "begins with", (False, True): "ends with"}
        return words.get((self.head, self.tail), "contains")

    def holds(self, event: EventValues) -> bool:
        return any(self._fits(one, two) for one in event.folded(self.field) for two in event.folded(self.other))

    def _fits(self, value: str, other: str) -> bool:
        if self.head and self.tail:
            return other in value
        if self.head:
            return value.startswith(other)
        return value.endswith(other) if self.tail else value == other

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        shown = "; ".join(event.raw(self.field))
        return (Reason(name=self.field, says=f"{self._word} the record's {self.other}", value=shown[:_SHOWN]),)


class All(NamedTuple):
    """Every part holds."""

    parts: tuple[Node, ...]
    label: str = "all of its parts"

    def holds(self, event: EventValues) -> bool:
        return all(part.holds(event) for part in self.parts)

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        return tuple(reason for part in self.parts for reason in part.because(event))


class Any(NamedTuple):
    """At least one part holds."""

    parts: tuple[Node, ...]
    label: str = "any of its parts"

    def holds(self, event: EventValues) -> bool:
        return any(part.holds(event) for part in self.parts)

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        return tuple(reason for part in self.parts if part.holds(event) for reason in part.because(event))


class Not(NamedTuple):
    """The part does not hold."""

    part: Node

    @property
    def label(self) -> str:
        return f"not {self.part.label}"

    def holds(self, event: EventValues) -> bool:
        return not self.part.holds(event)

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        return (Reason(name=self.label, says="the record does not match what the rule excepts"),)


class Selection(NamedTuple):
    """A part of the rule that has a name."""

    name: str
    part: Node

    @property
    def label(self) -> str:
        return self.name

    def holds(self, event: EventValues) -> bool:
        return self.part.holds(event)

    def because(self, event: EventValues) -> tuple[Reason, ...]:
        return (Reason(name=self.name, says="the record matches", parts=self.part.because(event)),)


def nodes_of(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    if isinstance(node, All | Any):
        for part in node.parts:
            yield from nodes_of(part)
    elif isinstance(node, Not | Selection):
        yield from nodes_of(node.part)


def _reason(name: str, test: ValueTest, value: str) -> Reason:
    return Reason(name=name, says=test.says, value=_excerpt(value, test.needle))


def _excerpt(value: str, needle: str) -> str:
    """The value, or of a long one what stands around the needle."""
    if len(value) <= _SHOWN:
        return value
    at = max(folded(value).find(folded(needle)), 0)
    start = max(0, at - (_SHOWN - min(len(needle), _SHOWN)) // 2)
    end = start + _SHOWN
    return ("…" if start else "") + value[start:end] + ("…" if end < len(value) else "")
