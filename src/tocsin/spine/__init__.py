"""The whole flow in one place: from a report to a brief. Only this module orders the rooms.

report ─► claims ─► verdicts                        is it true?
             │
             ▼
party ─► actor ─► techniques                        who is behind it?
             │
    ┌────────┼────────┬─────────┐
    ▼        ▼        ▼         ▼
 screen    detect    hunt     audit                 do we deal with them? are they in here? could they get in?
    └────────┴────┬───┴─────────┘
                  ▼
    findings ─► coverage ─► risks ─► brief          could we see them? what first, and by when? say it
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import tocsin
from tocsin.brief import write_brief
from tocsin.knowledge import Graph, Who, profile_of, who
from tocsin.knowledge.relate import related
from tocsin.model import Case, Claim, Finding, Indicator, Profile, Verdict, merged, read_json
from tocsin.org import Org, load_org
from tocsin.read import load_report
from tocsin.risk import assess, obligations
from tocsin.spine.evidence import (
    Seen,
    Step,
    audit_accounts,
    audit_inventory,
    cover_actors,
    detect_logs,
    feed_logs,
    hunt_logs,
    hunts_for,
    identity_of,
    perimeter_of,
    today,
)
from tocsin.spine.knowing import Knowledge, Verified, examined, open_knowledge, read_report, verify_report
from tocsin.spine.lists import sync
from tocsin.spine.screening import screen_files, screen_name

__all__ = [
    "Knowledge",
    "Verified",
    "Who",
    "audit_accounts",
    "audit_inventory",
    "brief_report",
    "build_case",
    "cover_actors",
    "detect_logs",
    "examined",
    "hunt_logs",
    "open_knowledge",
    "print_case",
    "read_report",
    "screen_files",
    "screen_name",
    "sync",
    "verify_report",
    "who",
]


def build_case(
    path: Path, knowledge: Knowledge | None = None, *, org: Org | None = None, step: Step | None = None
) -> Case:
    """The whole flow. Raises TocsinError where the report cannot be read."""
    report = load_report(path)
    known = knowledge or open_knowledge()
    found = verify_report(report, known)
    profiles = _profiles(known.graph, found.reading.claims, found.verdicts)
    seen = look_into(org, known, profiles, found.indicators, step) if org else Seen(examined=examined(known))
    now = datetime.datetime.now(datetime.UTC)
    return Case(
        schema="tocsin/case/1",
        tocsin=tocsin.__version__,
        created=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
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
        org=org.about if org else None,
        findings=seen.findings,
        coverage=seen.coverage,
        risks=assess(seen.findings, profiles, org.about, today()) if org else (),
        obligations=obligations(seen.findings, org.about, today()) if org else (),
        examined=seen.examined,
    )


def look_into(
    org: Org, known: Knowledge, profiles: Sequence[Profile], indicators: Sequence[Indicator], step: Step | None = None
) -> Seen:
    """Every room that turns the organisation's evidence into findings; then, whether we could see the actors."""
    from tocsin.coverage import Census, cover
    from tocsin.detect import Detector, load_rules
    from tocsin.screen import Screener, look

    graph, evidence = known.graph, org.evidence
    actors = [profile.ref for profile in profiles if profile.kind == "actor"]
    rules = load_rules(evidence.rules)
    detector, hunts, census = Detector(rules), hunts_for(known, org, indicators), Census()
    detected: list[Finding] = []

    screened = look(Screener(graph), org)
    logs = feed_logs(
        evidence.logs, [lambda batch: detected.extend(detector.feed(batch)), hunts.feed, census.feed], step
    )
    perimeter = perimeter_of(evidence.inventory, known, org, evidence.kev)
    identity = identity_of(evidence.identities, org)

    seen = merged([*screened.findings, *detected, *hunts.findings(), *perimeter.findings, *identity.looked.findings])
    findings = related(graph, seen, actors)
    looked = (screened, perimeter, identity.looked)
    return Seen(
        findings,
        cover(graph, actors, findings, rules.rules, census),
        examined(known, logs=logs, rules=rules, looked=looked, hunts=hunts, left_out=evidence.missing),
    )


def brief_report(
    path: Path, out: Path, *, org_file: Path | None = None, step: Step | None = None
) -> tuple[Case, list[Path]]:
    """Read, verify, explain, look into the organisation's evidence, and write the brief. Returns the case and the files
    written. Raises TocsinError where the report or the organisation's file cannot be read."""
    case = build_case(path, org=load_org(org_file) if org_file else None, step=step)
    return case, write_brief(case, out)


def print_case(file: Path, out: Path) -> tuple[Case, list[Path]]:
    """The brief of a saved case again; needs no catalogue."""
    case = read_json(file, Case)
    return case, write_brief(case, out)


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
