"""Rules over logs: one event at a time, each tried against the rules that are for its log source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.detect.conditions import EventValues, FieldMatches, Keyword, nodes_of
from tocsin.detect.loaded import LoadedRule, RuleSet
from tocsin.detect.logsource import runs_on
from tocsin.detect.respond import steps_for
from tocsin.detect.values import Regex
from tocsin.logs import META, Event, events_of, iso
from tocsin.model import CONFIDENCES, Confidence, Finding, Observed, Reason, RuleRef, finding_id

_SOURCE = ("_product", "_category", "_service")
# How far a rule has proved itself: https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html
# (Status). Without a status, nobody has said that it was tested.
_CONFIDENCE: dict[str, Confidence] = {"stable": "high", "test": "moderate"}
_WEAK_LEVELS = ("informational", "low")  # by Sigma's own words no sign of an incident when alone
_NO_EXPLANATION = ("unknown", "none", "unlikely", "")


class _Running(NamedTuple):
    """The rules for one log source, and the expressions among their tests by field; None: any field."""

    rules: tuple[LoadedRule, ...]
    expressions: tuple[tuple[str | None, Regex], ...]


class Detector:
    """The plain evaluator. ``counts`` has the findings of each rule by its id, ``records`` the records looked at.

    Memory is bounded by a batch. Time is O(records × rules for their log source).
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules.rules
        self._running: dict[tuple[str, str, str], _Running] = {}
        self.counts: Counter[str] = Counter()
        self.records = 0

    def feed(self, batch: pa.RecordBatch) -> list[Finding]:
        """The findings in a batch, in the order of its records and, of one record, of the rules."""
        self.records += batch.num_rows
        found: list[tuple[int, Finding]] = []
        for source, rows in _by_source(batch):
            running = self._for(source)
            if running.rules:
                part = _without_empty_columns(batch.take(pa.array(rows)))
                for field, expression in running.expressions:
                    expression.learn(_texts(part, field))
                for row, event in zip(rows, events_of(part), strict=True):
                    found.extend((row, finding) for finding in self._try(event, running.rules))
        return [finding for _, finding in sorted(found, key=lambda pair: pair[0])]

    def _for(self, source: tuple[str, str, str]) -> _Running:
        running = self._running.get(source)
        if running is None:
            rules = tuple(rule for rule in self._rules if runs_on(rule, *source))
            running = self._running[source] = _Running(rules, tuple(_expressions(rules)))
        return running

    def _try(self, event: Event, rules: tuple[LoadedRule, ...]) -> Iterator[Finding]:
        values = EventValues(event.fields)
        for rule in rules:
            if rule.condition.holds(values):
                self.counts[rule.id] += 1
                yield finding_of(rule, event, values)


def finding_of(rule: LoadedRule, event: Event, values: EventValues) -> Finding:
    """What it means that the rule holds for the event. Its actors and parties are for others to say."""
    time = iso(event.time)
    return Finding(
        id=finding_id("detection", rule.id, event.host, event.user, [event.fields]),
        kind="detection",
        title=rule.title,
        severity=rule.level,
        confidence=confidence_in(rule),
        time=time,
        first_seen=time,
        last_seen=time,
        host=event.host,
        user=event.user,
        techniques=rule.techniques,
        rule=RuleRef(id=rule.id, title=rule.title, path=rule.path),
        evidence=(Observed(file=event.file, record=event.record, fields=dict(event.fields)),),
        why=(
            Reason(
                name="condition",
                says=rule.description or f"The record matches the rule '{rule.title}'",
                parts=rule.condition.because(values),
            ),
        ),
        could_also_be=tuple(one for one in rule.falsepositives if one.strip(" .").lower() not in _NO_EXPLANATION),
        next=steps_for(rule),
    )


def confidence_in(rule: LoadedRule) -> Confidence:
    """High for a stable rule, moderate for a tested one, else low; a step less for levels below medium."""
    confidence = _CONFIDENCE.get(rule.status, "low")
    if rule.level in _WEAK_LEVELS:
        confidence = CONFIDENCES[max(0, CONFIDENCES.index(confidence) - 1)]
    return confidence


def _by_source(batch: pa.RecordBatch) -> Iterator[tuple[tuple[str, str, str], list[int]]]:
    """The rows of each log source in a batch."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    columns = (batch.column(name).to_pylist() for name in _SOURCE)
    for row, (product, category, service) in enumerate(zip(*columns, strict=True)):
        found[product or "", category or "", service or ""].append(row)
    yield from found.items()


def _without_empty_columns(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Records of one log source have few of the fields that all records of a batch have."""
    keep = [at for at, column in enumerate(batch.columns) if at < len(META) or column.null_count < batch.num_rows]
    return batch.select(keep)


def _expressions(rules: tuple[LoadedRule, ...]) -> Iterator[tuple[str | None, Regex]]:
    for rule in rules:
        for node in nodes_of(rule.condition):
            if isinstance(node, FieldMatches):
                yield from ((node.field, test.holds) for test in node.tests if isinstance(test.holds, Regex))
            elif isinstance(node, Keyword) and isinstance(node.test.holds, Regex):
                yield None, node.test.holds


def _texts(batch: pa.RecordBatch, field: str | None) -> Iterator[str]:
    """The different values of a field in a batch, or of all fields."""
    names = batch.schema.names[len(META) :]
    for name in names if field is None else {field}.intersection(names):
        column = batch.column(name)
        if pa.types.is_list(column.type):
            column = pc.list_flatten(column)
        yield from (text for text in pc.unique(column).to_pylist() if text is not None)
