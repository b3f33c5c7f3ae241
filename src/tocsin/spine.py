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
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

import tocsin
from tocsin.brief import write_brief
from tocsin.knowledge import Graph, Who, open_graph, profile_of, resolve, sure, who
from tocsin.knowledge.relate import related
from tocsin.model import (
    Case,
    Claim,
    Coverage,
    Examined,
    Fault,
    Finding,
    Indicator,
    InputRead,
    ListHeld,
    Looked,
    Organisation,
    Profile,
    Report,
    Screened,
    Severity,
    TocsinError,
    Verdict,
    merged,
    read_json,
)
from tocsin.org import Org, files_of, load_org
from tocsin.read import Gazetteer, Reading, find_indicators, load_report, read_claims
from tocsin.risk import assess, obligations
from tocsin.store import Snapshots, take_from
from tocsin.verify import as_of, verify_claims

if TYPE_CHECKING:  # what reads logs brings heavy libraries, and is imported where logs are read
    from tocsin.audit import IdentityAudit
    from tocsin.detect import RuleSet
    from tocsin.hunt import Hunts
    from tocsin.logs import LogReader
    from tocsin.screen import PaymentScreening, TableScreening

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

Step = Callable[[int], None]  # told of the number of records read, again and again


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
        risks=assess(seen.findings, profiles, org.about, _today()) if org else (),
        obligations=obligations(seen.findings, org.about, _today()) if org else (),
        examined=seen.examined,
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


class Seen(NamedTuple):
    """What the evidence says, and what of it was looked at."""

    findings: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    examined: Examined = Examined()


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
    detector, hunts, census = Detector(rules), _hunts(known, org, indicators), Census()
    detected: list[Finding] = []

    screened = look(Screener(graph), org)
    logs = _read_logs(
        evidence.logs, [lambda batch: detected.extend(detector.feed(batch)), hunts.feed, census.feed], step
    )
    perimeter = _audit_perimeter(evidence.inventory, known, org, evidence.kev)
    identity = _audit_identity(evidence.identities, org)

    seen = merged([*screened.findings, *detected, *hunts.findings(), *perimeter.findings, *identity.looked.findings])
    findings = related(graph, seen, actors)
    looked = (screened, perimeter, identity.looked)
    return Seen(
        findings,
        cover(graph, actors, findings, rules.rules, census),
        examined(known, logs=logs, rules=rules, looked=looked, hunts=hunts, left_out=evidence.missing),
    )


def detect_logs(
    paths: Iterable[Path],
    *,
    rules: Sequence[Path] = (),
    pack: bool = True,
    level: Severity | None = None,
    step: Step | None = None,
) -> Seen:
    """Rules over logs. ``level`` leaves out the rules below it; files of rules are not read as logs."""
    from tocsin.detect import Detector, load_rules

    known = open_knowledge()
    loaded = load_rules(rules, pack=pack, level=level)
    detector = Detector(loaded)
    detected: list[Finding] = []
    apart = {path.resolve() for path in files_of(rules)}
    logs = _read_logs(
        [path for path in files_of(paths) if path.resolve() not in apart],
        [lambda batch: detected.extend(detector.feed(batch))],
        step,
    )
    findings = related(known.graph, merged(detected))
    return Seen(findings, examined=examined(known, logs=logs, rules=loaded))


def hunt_logs(
    paths: Iterable[Path], *, org: Org | None = None, address_kinds: Path | None = None, step: Step | None = None
) -> Seen:
    """The hunts over logs, with what ``org`` says of our assets and networks."""
    known = open_knowledge()
    hunts = _hunts(known, org, (), address_kinds)
    logs = _read_logs(paths, [hunts.feed], step)
    findings = related(known.graph, merged(hunts.findings()))
    return Seen(findings, examined=examined(known, logs=logs, hunts=hunts))


def audit_inventory(paths: Sequence[Path], *, org: Org | None = None, kev: Path | None = None) -> Seen:
    """The perimeter: appliances of an inventory against the flaws that actors exploit."""
    known = open_knowledge()
    looked = _audit_perimeter(paths, known, org, kev or (org.evidence.kev if org else None))
    return Seen(looked.findings, examined=examined(known, looked=[looked]))


def audit_accounts(paths: Sequence[Path], *, org: Org | None = None) -> tuple[Seen, dict[str, list[str]]]:
    """The accounts: how they sign in, and the members of each admin group."""
    known = open_knowledge()
    audit = _audit_identity(paths, org)
    return Seen(audit.looked.findings, examined=examined(known, looked=[audit.looked])), audit.admins


def cover_actors(
    names: Iterable[str], paths: Iterable[Path], *, rules: Sequence[Path] = (), step: Step | None = None
) -> Seen:
    """Whether logs and rules could show the techniques of some actors, by any of their names.

    Raises TocsinError where a name leads to no actor, or to several.
    """
    from tocsin.coverage import Census, cover
    from tocsin.detect import Detector, load_rules

    known = open_knowledge()
    actors = [_actor(known.graph, name) for name in names]
    loaded = load_rules(rules)
    detector, census = Detector(loaded), Census()
    detected: list[Finding] = []
    logs = _read_logs(paths, [lambda batch: detected.extend(detector.feed(batch)), census.feed], step)
    findings = merged(detected)
    covered = cover(known.graph, actors, findings, loaded.rules, census)
    return Seen(findings, covered, examined(known, logs=logs, rules=loaded))


def _actor(graph: Graph, name: str) -> str:
    found = resolve(graph, name)
    best = sure(found)
    if best is None or best.ref not in graph.actors:
        rivals = ", ".join(one.ref for one in found[:4])
        why = f"leads to {rivals}, and to no one actor" if rivals else "no catalogue here has it"
        raise TocsinError(name, "", why, "see tocsin who; give the actor's id")
    return best.ref


class Screening:
    """Answers as they come; ``examined()`` is complete after the last."""

    def __init__(self, known: Knowledge, tables: Iterable[TableScreening | PaymentScreening | Screened]) -> None:
        self._known = known
        self._tables = list(tables)
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[Screened]:
        row = 0
        for table in self._tables:
            for one in [table] if isinstance(table, Screened) else table:
                row += 1
                yield msgspec.structs.replace(one, row=row)

    def examined(self) -> Examined:
        """The lists, and the files that were screened."""
        read: list[InputRead] = []
        faults = list(self.faults)
        for table in self._tables:
            if not isinstance(table, Screened):
                read += table.read if isinstance(table.read, list) else [table.read]
                faults += table.faults
        return examined(self._known, looked=[Looked(inputs=tuple(read), left_out=tuple(faults))])


def screen_name(name: str) -> Screening:
    """A name against all designated parties."""
    from tocsin import screen

    known = open_knowledge()
    return Screening(known, [screen.screen_name(screen.Screener(known.graph), name)])


def screen_files(paths: Sequence[Path], *, org: Org | None = None) -> Screening:
    """Counterparties (CSV) and payments (ISO 20022) against all designated parties; without paths, those of ``org``."""
    from tocsin import screen

    known = open_knowledge()
    screener = screen.Screener(known.graph)
    columns = org.columns.get("counterparties") if org else None
    files = files_of(paths or ([*org.evidence.counterparties, *org.evidence.payments] if org else []))
    payments = [path for path in files if path.suffix.lower() == ".xml"]
    faults: list[Fault] = []
    tables: list[TableScreening | PaymentScreening | Screened] = []
    for path in files:
        if path not in payments:
            try:
                tables.append(screen.screen_table(screener, path, columns))
            except TocsinError as error:
                faults.append(error.fault)
    if payments:
        tables.append(screen.screen_payments(screener, payments))
    screening = Screening(known, tables)
    screening.faults = faults
    return screening


def _read_logs(paths: Iterable[Path], feeds: Sequence[Callable[[Any], object]], step: Step | None) -> LogReader:
    """One pass over the logs that feeds all who look at them."""
    from tocsin.logs import LogReader

    reader = LogReader(paths)
    records = 0
    for batch in reader.batches():
        for feed in feeds:
            feed(batch)
        records += batch.num_rows
        if step is not None:
            step(records)
    return reader


def _hunts(
    known: Knowledge, org: Org | None, indicators: Sequence[Indicator], address_kinds: Path | None = None
) -> Hunts:
    from tocsin.hunt import AddressKinds, Hunts, watch_of

    about = org.about if org else Organisation(name="")
    table = address_kinds or (org.evidence.address_kinds if org else None)
    columns = org.columns.get("address_kinds") if org else None
    kinds = AddressKinds.read(table, columns) if table else None
    return Hunts(about, address_kinds=kinds, watch=watch_of(known.graph, indicators))


def _audit_perimeter(paths: Sequence[Path], known: Knowledge, org: Org | None, kev: Path | None) -> Looked:
    from tocsin.audit import audit_perimeter

    columns = org.columns.get("inventory") if org else None
    return audit_perimeter(paths, known.graph, columns=columns, kev=kev, today=_today())


def _audit_identity(paths: Sequence[Path], org: Org | None) -> IdentityAudit:
    from tocsin.audit import audit_identity

    columns = org.columns.get("identities") if org else None
    about = org.about if org else Organisation(name="")
    return audit_identity(paths, columns=columns, organisation=about, today=_today())


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


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
