"""The cache is made once, made anew when a source changes, and never in the way of an answer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from made_sources import BUNDLE, fsf, table
from tocsin.knowledge import Graph, build, cache, open_graph, profile_of, resolve, sure
from tocsin.knowledge import pack as packs
from tocsin.sources import misp
from tocsin.store import Snapshots, take_from


@pytest.fixture
def counted(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A number for each time that the tables are made."""
    made: list[int] = []
    plain = build.build

    def counting(snapshots: Snapshots) -> build.Tables:
        made.append(1)
        return plain(snapshots)

    monkeypatch.setattr(build, "build", counting)
    return made


def sync(tmp_path: Path, *files: bytes) -> None:
    tmp_path.mkdir(exist_ok=True)
    for number, raw in enumerate(files):
        (tmp_path / f"{number}.dat").write_bytes(raw)
    taken = take_from(tmp_path, "2026-08-07")
    Snapshots().keep(taken.lists, taken.catalogues)


def answers(graph: Graph) -> None:
    best = sure(resolve(graph, "Emmenet"))
    assert best is not None
    assert best.ref == "party:emennet-pasargad"


def test_made_once_then_read(counted: list[int], own_home: Path):
    first, second = open_graph()[0], open_graph()[0]
    assert counted == [1]
    assert profile_of(first, "G0128") == profile_of(second, "G0128")
    answers(second)


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other"])
def test_a_damaged_cache_is_made_anew(counted: list[int], own_home: Path, damage: str):
    open_graph()
    path = own_home / "cache" / "graph.msgpack"
    raw = bytearray(path.read_bytes())
    if damage == "flipped":
        raw[len(raw) // 2] ^= 0xFF
    path.write_bytes(
        {"cut": bytes(raw[:-100]), "flipped": bytes(raw), "empty": b"", "other": raw[:36] + b"\x01"}[damage]
    )
    graph, faults = open_graph()
    assert (counted, faults) == ([1, 1], [])
    answers(graph)


def test_another_format_pack_or_package_is_made_anew(
    counted: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    open_graph()
    monkeypatch.setattr(cache, "FORMAT", "another")
    open_graph()
    assert len(counted) == 2
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "names.csv").write_text("ref,name,kind,by,url\n")
    monkeypatch.setattr(cache, "FOLDER", folder)
    open_graph()
    assert len(counted) == 3
    os.utime(folder / "names.csv", (1, 1))
    open_graph()
    assert len(counted) == 4
    monkeypatch.setattr(misp, "files", lambda: [folder / "names.csv"])
    open_graph()
    assert len(counted) == 5
    open_graph()
    assert len(counted) == 5


def test_a_home_that_cannot_be_written_to_costs_time_and_not_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path / "file" / "home"))
    graph, faults = open_graph()
    assert faults == []
    answers(graph)


def test_a_synced_list_is_used_and_one_that_is_damaged_is_named_while_the_pack_answers(own_home: Path, tmp_path: Path):
    sync(tmp_path / "lists", table({"recordId": "99", "name": "Zeta Widgets GmbH", "startDate": "1.8.2026"}))
    graph, _ = open_graph()
    assert [entry.ref for entry in graph.names.exact("Zeta Widgets")] == ["EU-CYB:32019R0796/I.B/99"]
    assert {one.id: one.as_of for one in graph.lists}["EU-CYB"] == "2026-08-01"
    path = next((own_home / "snapshots" / "EU-CYB").iterdir())
    good = path.read_bytes()
    path.write_bytes(good[:-5])
    for _ in range(2):  # from the build, then from the cache
        graph, faults = open_graph()
        assert [fault.file for fault in faults] == [str(path)]
        assert graph.names.exact("Zeta Widgets") == []
        answers(graph)
    path.write_bytes(good)
    graph, faults = open_graph()
    assert (len(graph.names.exact("Zeta Widgets")), faults) == (1, [])


def test_a_record_that_the_pack_names_is_that_party(own_home: Path, tmp_path: Path):
    sync(
        tmp_path / "lists",
        table({"recordId": "6", "name": "Emennet Pasargad Co", "alias": "Anzu", "startDate": "16.3.2026"}),
    )
    graph, _ = open_graph()
    profile = profile_of(graph, "EU-CYB:32019R0796/I.B/6")
    assert profile is not None
    assert profile.ref == "party:emennet-pasargad"
    assert "Anzu" in {name.name for name in profile.aliases}
    (row,) = [row for row in profile.designations if row.authority == "EU"]
    assert (row.list, row.listed, row.source) == ("EU-CYB", "2026-03-16", "EU-CYB")
    assert row.grounds  # in our words, from the pack


FSF_FIRM = """<sanctionEntity euReferenceNumber="EU.1.2">
 <regulation programme="CYB" publicationDate="{day}" numberTitle="2026/1"/>
 <subjectType code="enterprise"/><nameAlias wholeName="{name}" strong="true"/></sanctionEntity>"""


def test_two_sources_of_one_list_are_both_held_and_the_newer_decides(own_home: Path, tmp_path: Path):
    journal = table({"recordId": "99", "name": "Zeta Widgets GmbH", "startDate": "13.7.2026"})
    file = fsf(FSF_FIRM.format(day="2026-03-16", name="Yota Works"), made="2026-07-01T00:00:00")
    sync(tmp_path / "lists", journal, file)
    graph, _ = open_graph()
    held = {one.id: one.as_of for one in graph.lists if one.id.startswith("EU-CYB")}
    assert held == {"EU-CYB": "2026-07-13", "EU-CYB (FSF)": "2026-07-01"}
    (whole,) = [part for part in graph.complete if part.list == "EU-CYB"]
    assert whole.until == "2026-07-13"
    assert "2026-07-13" in whole.how
    assert "2026-07-01" in whole.how
    assert graph.designations["EU-CYB:32019R0796/I.B/99"][0].listed == "2026-07-13"
    assert graph.designations["EU-CYB:EU.1.2"][0].list == "EU-CYB"


@pytest.mark.parametrize(
    ("day", "listed"), [("2026-05-01", ["2026-03-16"]), ("2026-09-01", ["2026-03-16", "2026-09-01"])]
)
def test_a_party_in_both_is_one_and_only_a_later_act_adds_a_listing(
    own_home: Path, tmp_path: Path, day: str, listed: list[str]
):
    sync(tmp_path / "lists", fsf(FSF_FIRM.format(day=day, name="EMENNET PASARGAD"), made=f"{day}T00:00:00"))
    graph, _ = open_graph()
    assert graph.current("EU-CYB:EU.1.2") == "party:emennet-pasargad"
    rows = graph.designations["party:emennet-pasargad"]
    assert [row.listed for row in rows if row.authority == "EU"] == listed


def test_a_synced_bundle_takes_the_place_of_the_package(own_home: Path, tmp_path: Path):
    sync(tmp_path / "attack", json.dumps(BUNDLE).encode())
    graph, faults = open_graph()
    assert faults == []
    assert graph.attack == "v18 (2025-10-28)"
    assert graph.current("T1086") == "T1059.001"
    profile = profile_of(graph, "G0128")
    assert profile is not None
    assert {(one.technique.ref, one.via) for one in profile.techniques} == {("T1566", None)}
    assert {one.name: one for one in profile.software}.keys() >= {"RAWDOOR"}  # through campaign C0001
    assert packs.PACK in graph.sources
