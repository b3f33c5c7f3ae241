"""The example organisation: each planted record is found by its room, and its twin yields nothing at all."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import pytest

from tocsin.audit import audit_identity, audit_perimeter
from tocsin.detect import Detector, load_rules
from tocsin.hunt import AddressKinds, Hunts, watch_of
from tocsin.knowledge import Graph
from tocsin.logs import LogReader
from tocsin.model import Fault, Finding
from tocsin.org import COLUMNS, load_org
from tocsin.org.tables import NEEDED
from tocsin.screen import Screener, look

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
DAY = datetime.date(2026, 3, 18)
# Windows events of the example that stand for its kinds of records: each occurs in the clean routine of both.
USUAL = {
    "Security": {"4624", "4625", "4634", "4648", "4672", "4688", "4726", "4728", "4738"},
    "Microsoft-Windows-Sysmon/Operational": {"1", "3", "11", "13", "22"},
    "Microsoft-Windows-PowerShell/Operational": {"4104"},
    "Microsoft-Windows-TaskScheduler/Operational": {"106", "200", "201"},
    "System": {"7036", "7045"},
}


class Planted(NamedTuple):
    """A row of ``planted.csv``: where the record is, the room that must find it, and the words by which it says so."""

    file: str
    record: str
    room: str
    expect: str
    what: str


class Looked(NamedTuple):
    """What all rooms found in a folder, by room; what they could not read; and what they read."""

    findings: dict[str, list[Finding]]
    faults: list[Fault]
    read: dict[str, int]
    events: dict[str, set[str]]


def _table() -> list[Planted]:
    with (EXAMPLES / "acme/planted.csv").open(encoding="utf-8", newline="") as handle:
        return [Planted(**row) for row in csv.DictReader(handle)]


PLANTED = _table()


def _look(folder: Path, graph: Graph) -> Looked:
    org = load_org(folder / "org.toml")
    evidence = org.evidence
    found: dict[str, list[Finding]] = defaultdict(list)
    screened = look(Screener(graph), org)
    perimeter = audit_perimeter(
        evidence.inventory, graph, columns=org.columns.get("inventory"), kev=evidence.kev, today=DAY
    )
    identity = audit_identity(
        evidence.identities, columns=org.columns.get("identities"), organisation=org.about, today=DAY
    ).looked
    found["screen"] += screened.findings
    found["audit perimeter"] += perimeter.findings
    found["audit identity"] += identity.findings
    assert evidence.address_kinds is not None
    kinds = AddressKinds.read(evidence.address_kinds)
    hunts = Hunts(org.about, address_kinds=kinds, watch=watch_of(graph))
    rules = load_rules(evidence.rules)
    detector = Detector(rules)
    reader = LogReader(evidence.logs)
    events: dict[str, set[str]] = defaultdict(set)
    for batch in reader.batches():
        found["detect"] += detector.feed(batch)
        hunts.feed(batch)
        if "Channel" in batch.schema.names:
            for channel, event in zip(batch["Channel"].to_pylist(), batch["EventID"].to_pylist(), strict=True):
                events[channel or ""].add(event or "")
    found["hunt"] += hunts.findings()
    faults = [*evidence.missing, *screened.left_out, *perimeter.left_out, *identity.left_out]
    faults += [*hunts.faults, *rules.left_out, *reader.faults]
    inputs = (*screened.inputs, *perimeter.inputs, *identity.inputs, *kinds.inputs)
    read = {one.path: one.records for one in (*inputs, *reader.read)}
    return Looked(found, faults, {str(Path(path).relative_to(folder)): count for path, count in read.items()}, events)


@pytest.fixture(scope="module")
def acme(graph: Graph) -> Looked:
    return _look(EXAMPLES / "acme", graph)


@pytest.fixture(scope="module")
def twin(graph: Graph) -> Looked:
    return _look(EXAMPLES / "acme-clean", graph)


def _says(finding: Finding) -> str:
    rule = [finding.rule.path] if finding.rule else []
    return "\n".join([finding.title, *rule, *(party.why for party in finding.parties)])


def _rests_on(finding: Finding, row: Planted) -> bool:
    place = str(EXAMPLES / "acme" / row.file)
    return any((seen.file, seen.record) == (place, row.record) for seen in finding.evidence)


@pytest.mark.parametrize("row", PLANTED, ids=lambda row: f"{row.file}:{row.record}:{row.expect}")
def test_its_room_finds_each_planted_record(acme: Looked, row: Planted) -> None:
    found = [_says(one) for one in acme.findings[row.room] if _rests_on(one, row)]
    assert any(row.expect in says for says in found), f"{row.what}; the {row.room} room says {found}"


def test_nothing_is_found_in_a_record_that_is_not_planted(acme: Looked) -> None:
    planted = {(str(EXAMPLES / "acme" / row.file), row.record) for row in PLANTED}
    for findings in acme.findings.values():
        for finding in findings:
            assert {(seen.file, seen.record) for seen in finding.evidence} & planted, finding.title


def test_every_room_has_something_to_find(acme: Looked) -> None:
    rooms = {row.room for row in PLANTED}
    assert rooms == {"screen", "detect", "hunt", "audit perimeter", "audit identity"}
    assert rooms == {room for room, findings in acme.findings.items() if findings}


def test_the_twin_yields_nothing(twin: Looked) -> None:
    assert {room: [one.title for one in findings] for room, findings in twin.findings.items() if findings} == {}


@pytest.mark.parametrize("name", ["acme", "acme-clean"])
def test_every_file_of_evidence_is_read_without_fault(name: str, request: pytest.FixtureRequest) -> None:
    looked: Looked = request.getfixturevalue("acme" if name == "acme" else "twin")
    assert [fault.line() for fault in looked.faults] == []
    about = {"org.toml", "README.md", "planted.csv"}
    folder = EXAMPLES / name
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - about
    assert {path.partition("#")[0] for path in looked.read} == there
    assert all(looked.read.values())


def test_the_twin_is_a_real_test_of_silence(twin: Looked) -> None:
    assert twin.read["counterparties.csv"] >= 110
    assert sum(count for path, count in twin.read.items() if path.startswith("logs/")) > 8000
    for channel, events in USUAL.items():
        assert events <= twin.events[channel], channel


def test_both_folders_are_what_the_generator_writes(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, str(EXAMPLES / "make_acme.py"), str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, "")
    for name in ("acme", "acme-clean"):
        written, kept = _contents(tmp_path / name), _contents(EXAMPLES / name)
        assert written.keys() == kept.keys()
        assert [path for path, content in written.items() if kept[path] != content] == []


def _contents(folder: Path) -> dict[str, bytes]:
    """The files, those that are packed as what is in them: builds of zlib differ in how they pack."""
    found: dict[str, bytes] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = str(path.relative_to(folder)), path.read_bytes()
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                found |= {f"{name}#{one.filename} {one.date_time}": archive.read(one) for one in archive.infolist()}
        elif path.suffix == ".gz":
            assert content[4:8] == bytes(4), f"{name} holds the time at which it was packed"
            found[name] = gzip.decompress(content)
        else:
            found[name] = content
    return found


@pytest.mark.parametrize("name", ["acme", "acme-clean"])
def test_the_evidence_is_small(name: str) -> None:
    assert sum(path.stat().st_size for path in (EXAMPLES / name).rglob("*") if path.is_file()) < 1_500_000


def test_both_organisations_are_described_alike() -> None:
    assert (EXAMPLES / "acme/org.toml").read_bytes() == (EXAMPLES / "acme-clean/org.toml").read_bytes()


@pytest.mark.parametrize("kind", COLUMNS)
def test_the_columns_of_a_table_are_documented_with_all_their_names(kind: str) -> None:
    page = (ROOT / "docs/organisation.md").read_text(encoding="utf-8")
    section = re.search(rf"^### {kind}$(.*?)(?=^#|\Z)", page, re.M | re.S)
    assert section, kind
    rows = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \| ([^|]+) \| [^|]+ \|$", section[1], re.M)
    assert {column: tuple(names.split(", ")) for _, column, names in rows} == COLUMNS[kind]
    assert tuple(column for bold, column, _ in rows if bold) == NEEDED[kind]


def test_every_key_of_the_example_s_org_toml_is_documented() -> None:
    page = (ROOT / "docs/organisation.md").read_text(encoding="utf-8")
    text = (EXAMPLES / "acme/org.toml").read_text(encoding="utf-8")
    sections = [name for name in re.findall(r"^(\[+[\w.]+\]+)", text, re.M) if not name.startswith("[columns.")]
    keys = re.findall(r"^(\w+) = ", text.partition("[columns.")[0], re.M)
    assert [name for name in sections if f"### {name}" not in page] == []
    assert [key for key in keys if f"`{key}`" not in page] == []
