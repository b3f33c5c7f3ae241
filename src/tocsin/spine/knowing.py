"""What is known, opened once, and what a report says and whether that is true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from tocsin.knowledge import Graph, open_graph
from tocsin.model import Examined, Fault, Indicator, Looked, Report, Verdict
from tocsin.read import Gazetteer, Reading, find_indicators, read_claims
from tocsin.verify import as_of, verify_claims

if TYPE_CHECKING:  # what reads logs brings heavy libraries, and is imported where logs are read
    from tocsin.detect import RuleSet
    from tocsin.hunt import Hunts
    from tocsin.logs import LogReader


class Knowledge(NamedTuple):
    """What is known, opened once for many reports."""

    graph: Graph
    gazetteer: Gazetteer
    faults: list[Fault]


class Verified(NamedTuple):
    """A report with what was read of it and the verdict of each claim."""

    report: Report
    reading: Reading
    indicators: tuple[Indicator, ...]
    verdicts: tuple[Verdict, ...]
    as_of: dict[str, str]


def open_knowledge() -> Knowledge:
    """The graph and the names to look for, from the cache where there is one."""
    graph, faults = open_graph()
    return Knowledge(graph, Gazetteer(graph), faults)


def read_report(report: Report, known: Knowledge) -> tuple[Reading, tuple[Indicator, ...]]:
    """What a report says: mentions, techniques, claims and indicators."""
    return read_claims(report, known.gazetteer), find_indicators(report.text)


def verify_report(report: Report, known: Knowledge) -> Verified:
    """What a report says, and whether it is true."""
    reading, indicators = read_report(report, known)
    verdicts = verify_claims(known.graph, report, reading.claims)
    return Verified(report, reading, indicators, verdicts, as_of(known.graph, reading.claims))


def examined(
    known: Knowledge,
    *,
    logs: LogReader | None = None,
    rules: RuleSet | None = None,
    looked: Iterable[Looked] = (),
    hunts: Hunts | None = None,
    left_out: Iterable[Fault] = (),
) -> Examined:
    """What was looked at: lists and catalogues in use, logs, rules and other evidence, and what could not be read."""
    tables, looks = known.graph.tables, list(looked)
    faults = [*known.faults, *left_out, *(logs.faults if logs else ()), *(rules.left_out if rules else ())]
    faults += [fault for look in looks for fault in look.left_out] + (hunts.faults if hunts else [])
    return Examined(
        lists=tables.lists,
        catalogues=tables.sources,
        logs=tuple(logs.read) if logs else (),
        inputs=(*(one for look in looks for one in look.inputs), *(hunts.inputs if hunts else ())),
        rules={"run": len(rules.rules), "left_out": len(rules.left_out)} if rules else {"run": 0, "left_out": 0},
        notes=tuple(hunts.notes) if hunts else (),
        left_out=tuple(dict.fromkeys(faults)),
    )
