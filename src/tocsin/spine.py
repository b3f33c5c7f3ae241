"""The whole flow in one place: from a report to a verified brief. Only this module orders the rooms.

report ─► claims ─► verdicts            is it true?
             │
             ▼
party ─► actor ─► techniques            who is behind it?
             │
             ▼
case ─► brief                           say it
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import NamedTuple

import tocsin
from tocsin.brief import write_brief
from tocsin.knowledge import Graph, Who, open_graph, profile_of, who
from tocsin.model import Case, Claim, Examined, Fault, Indicator, ListHeld, Profile, Report, Verdict, read_json
from tocsin.read import Gazetteer, Reading, find_indicators, load_report, read_claims
from tocsin.store import Snapshots, take_from
from tocsin.verify import as_of, verify_claims

__all__ = [
    "Knowledge",
    "Verified",
    "Who",
    "brief_report",
    "build_case",
    "examined",
    "open_knowledge",
    "print_case",
    "read_report",
    "sync",
    "verify_report",
    "who",
]


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


def build_case(path: Path, knowledge: Knowledge | None = None) -> Case:
    """The whole flow. Raises TocsinError where the report cannot be read."""
    report = load_report(path)
    known = knowledge or open_knowledge()
    found = verify_report(report, known)
    profiles = _profiles(known.graph, found.reading.claims, found.verdicts)
    return Case(
        schema="tocsin/case/1",
        tocsin=tocsin.__version__,
        created=datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        report=report,
        as_of=found.as_of,
        claims=tuple(found.reading.claims),
        verdicts=found.verdicts,
        mentions=tuple(found.reading.mentions),
        techniques=tuple(found.reading.techniques),
        indicators=found.indicators,
        profiles=profiles,
        sources=known.graph.tables.sources,
        attack=known.graph.attack,
        examined=examined(known),
    )


def brief_report(path: Path, out: Path) -> tuple[Case, list[Path]]:
    """Read, verify, explain and write the brief of a report. Returns the case and the files written."""
    case = build_case(path)
    return case, write_brief(case, out)


def print_case(file: Path, out: Path) -> tuple[Case, list[Path]]:
    """The brief of a saved case again; needs no catalogue."""
    case = read_json(file, Case)
    return case, write_brief(case, out)


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


def sync(folder: Path, today: str) -> tuple[list[ListHeld], list[Fault]]:
    """Take lists and catalogues from a folder into use, whole or not at all."""
    intake = take_from(folder, today)
    snapshots = Snapshots()
    rows = snapshots.keep(intake.lists, intake.catalogues) if intake.lists or intake.catalogues else []
    return rows, [*intake.left_out, *snapshots.faults]


def examined(known: Knowledge) -> Examined:
    """What was looked at: the lists and catalogues in use, and what of them could not be read."""
    tables = known.graph.tables
    return Examined(lists=tables.lists, catalogues=tables.sources, left_out=tuple(known.faults))


def _profiles(graph: Graph, claims: list[Claim], verdicts: tuple[Verdict, ...]) -> tuple[Profile, ...]:
    """The profiles of all that the claims name, of the parties whose listing decides one, and of the actors and
    sponsors behind them, in that order."""
    refs: dict[str, None] = {}
    for claim in claims:
        for ref in (claim.subject.ref, claim.object.ref, *claim.about):
            node = graph.node(ref)
            if node and node.kind in ("party", "actor", "sponsor"):
                refs[node.ref] = None
    listed = {(row.list, row.record): row.ref for rows in graph.designations.values() for row in rows if row.record}
    for claim, verdict in zip(claims, verdicts, strict=True):
        if claim.schema or (claim.predicate in ("designated", "measure") and verdict.verdict != "corroborated"):
            for one in verdict.evidence[:4]:
                if one.record and (one.source, one.record) in listed:
                    refs.setdefault(graph.current(listed[one.source, one.record]), None)
    for ref in list(refs):
        for path in graph.sponsors_of(ref):
            refs.update({link.object: None for link in path if graph.node(link.object)})
    found = [profile for ref in list(refs)[:60] if (profile := profile_of(graph, ref))]
    return tuple(found)
