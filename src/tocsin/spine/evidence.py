"""The verbs that look at one kind of evidence: rules, hunts, audits and coverage, each by itself."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tocsin.knowledge import Graph, resolve, sure
from tocsin.knowledge.relate import related
from tocsin.model import (
    Coverage,
    Examined,
    Finding,
    Indicator,
    Looked,
    Organisation,
    Severity,
    TocsinError,
    merged,
)
from tocsin.org import Org, files_of
from tocsin.spine.knowing import Knowledge, examined, open_knowledge

if TYPE_CHECKING:  # what reads logs brings heavy libraries, and is imported where logs are read
    from tocsin.audit import IdentityAudit
    from tocsin.hunt import Hunts
    from tocsin.logs import LogReader

Step = Callable[[int], None]  # told of the number of records read, again and again


class Seen(NamedTuple):
    """What the evidence says, and what of it was looked at."""

    findings: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    examined: Examined = Examined()


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
    logs = feed_logs(
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
    hunts = hunts_for(known, org, (), address_kinds)
    logs = feed_logs(paths, [hunts.feed], step)
    findings = related(known.graph, merged(hunts.findings()))
    return Seen(findings, examined=examined(known, logs=logs, hunts=hunts))


def audit_inventory(paths: Sequence[Path], *, org: Org | None = None, kev: Path | None = None) -> Seen:
    """The perimeter: appliances of an inventory against the flaws that actors exploit."""
    known = open_knowledge()
    looked = perimeter_of(paths, known, org, kev or (org.evidence.kev if org else None))
    return Seen(looked.findings, examined=examined(known, looked=[looked]))


def audit_accounts(paths: Sequence[Path], *, org: Org | None = None) -> tuple[Seen, dict[str, list[str]]]:
    """The accounts: how they sign in, and the members of each admin group."""
    known = open_knowledge()
    audit = identity_of(paths, org)
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
    logs = feed_logs(paths, [lambda batch: detected.extend(detector.feed(batch)), census.feed], step)
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


def feed_logs(paths: Iterable[Path], feeds: Sequence[Callable[[Any], object]], step: Step | None) -> LogReader:
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


def hunts_for(
    known: Knowledge, org: Org | None, indicators: Sequence[Indicator], address_kinds: Path | None = None
) -> Hunts:
    from tocsin.hunt import AddressKinds, Hunts, watch_of

    about = org.about if org else Organisation(name="")
    table = address_kinds or (org.evidence.address_kinds if org else None)
    columns = org.columns.get("address_kinds") if org else None
    kinds = AddressKinds.read(table, columns) if table else None
    return Hunts(about, address_kinds=kinds, watch=watch_of(known.graph, indicators))


def perimeter_of(paths: Sequence[Path], known: Knowledge, org: Org | None, kev: Path | None) -> Looked:
    from tocsin.audit import audit_perimeter

    columns = org.columns.get("inventory") if org else None
    return audit_perimeter(paths, known.graph, columns=columns, kev=kev, today=today())


def identity_of(paths: Sequence[Path], org: Org | None) -> IdentityAudit:
    from tocsin.audit import audit_identity

    columns = org.columns.get("identities") if org else None
    about = org.about if org else Organisation(name="")
    return audit_identity(paths, columns=columns, organisation=about, today=today())


def today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()
