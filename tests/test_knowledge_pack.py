"""Every row of the reference pack can be read, leads somewhere, and says by whom and where."""

from __future__ import annotations

import csv
import datetime
import re
import shutil
from pathlib import Path

import pytest

from tocsin.knowledge import Graph
from tocsin.knowledge import pack as packs

TABLES = {path.stem: path for path in packs.FOLDER.glob("*.csv")}
SOURCED = sorted(set(TABLES) - {"campaigns", "completeness", "revoked"})
REFS = {
    "actor_names": ("ref",),
    "attributions": ("subject", "object"),
    "designations": ("ref",),
    "exploits": ("actor",),
    "indictments": ("ref",),
    "malware": ("ref", "actor"),
    "names": ("ref",),
    "parties": ("ref",),
    "sponsors": ("ref", "parent"),
    "traits": ("actor",),
    "campaigns": ("ref", "group"),
    "revoked": ("old", "new"),
    "actors": ("ref", "sponsor"),
}
DATES = {"since", "listed", "delisted", "filed", "unsealed", "published", "date", "until", "as_of", "born"}


def rows(table: str) -> list[dict[str, str]]:
    with TABLES[table].open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def test_the_pack_is_read_without_a_fault():
    pack = packs.load()
    assert pack.faults == ()
    assert len(pack.campaigns.campaigns) == 52
    assert pack.source.published == max(part.until for part in pack.complete)


@pytest.mark.parametrize("table", sorted(REFS))
def test_every_ref_is_a_node(graph: Graph, table: str):
    for number, row in enumerate(rows(table), 2):
        for column in REFS[table]:
            if row[column]:
                assert graph.node(row[column]), f"{table}.csv:{number}: {row[column]}"


@pytest.mark.parametrize("table", SOURCED)
def test_every_row_says_by_whom_and_where(table: str):
    for number, row in enumerate(rows(table), 2):
        assert row["by"], f"{table}.csv:{number}"
        for url in row["url"].split("; "):
            assert re.fullmatch(r"https?://[^\s;]+\.[^\s;]+", url), f"{table}.csv:{number}: {row['url']}"


@pytest.mark.parametrize("table", sorted(TABLES))
def test_dates_are_dates_and_cells_are_clean(table: str):
    for number, row in enumerate(rows(table), 2):
        for column, cell in row.items():
            place = f"{table}.csv:{number}: {column}: {cell!r}"
            assert cell is not None, place
            assert cell == cell.strip(), place
            if column in DATES - {"born"} and cell:
                full = cell + "-01-01"[3 * cell.count("-") :] if cell.count("-") < 2 else cell
                assert datetime.date.fromisoformat(full) <= datetime.date(2026, 12, 31), place


def test_what_is_declared_complete_is_so_up_to_a_date():
    parts = packs.load().complete
    declared = {(part.authority, part.list, country) for part in parts for country in part.countries or ("",)}
    assert declared >= {("EU", "EU-CYB", ""), ("US", "OFAC-SDN", "CN"), ("US", "OFAC-SDN", "IR"), ("UK", "UK-SL", "CN")}
    for part in parts:
        assert datetime.date.fromisoformat(part.until)
        assert part.how


def test_the_whole_cyber_list_of_the_eu_is_in_the_pack():
    records = {row["record"] for row in rows("designations") if row["list"] == "EU-CYB"}
    assert len(records) == 38
    assert all(re.fullmatch(r"32019R0796/I\.[AB]/\d+", record) for record in records)


def test_a_list_says_whose_it_is():
    authorities = {"EU": "EU", "OFAC": "US", "UK": "UK", "AU": "AU", "CA": "CA", "JP": "JP"}
    for row in rows("designations"):
        assert authorities[row["list"].partition("-")[0]] == row["authority"], row


def test_a_row_that_lacks_a_column_is_a_fault_and_the_others_are_read(tmp_path: Path):
    folder = tmp_path / "pack"
    shutil.copytree(packs.FOLDER, folder)
    (folder / "revoked.csv").write_text("old,new,by,as_of\nG1,G2,x,2020\nG3\n")
    (folder / "traits.csv").write_bytes(b"\xff\xfe")
    (folder / "sponsors.csv").unlink()
    pack = packs.load(folder)
    assert pack.revoked["G1"] == "G2"
    assert pack.traits == ()
    assert {(Path(fault.file).name, fault.place) for fault in pack.faults} >= {("traits.csv", ""), ("sponsors.csv", "")}
    assert len(pack.designations) > 300
