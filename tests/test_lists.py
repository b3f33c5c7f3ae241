"""``tocsin lists``: one party on all lists, parties beside authorities."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from made_sources import table
from tocsin.cli import cli
from tocsin.model import TocsinError
from tocsin.store import Snapshots, take_from

pytestmark = pytest.mark.usefixtures("own_home")


def run(*arguments: str) -> tuple[int, Result]:
    result = CliRunner().invoke(cli, ["lists", *arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result


def held(folder: Path, *rows: dict[str, str]) -> None:
    """A table of the EU Journal in use."""
    folder.mkdir()
    (folder / "a.csv").write_bytes(table(*rows))
    Snapshots().keep(take_from(folder, "2026-08-07").lists, ())


@pytest.mark.parametrize("name", ["Emennet Pasargad", "party:emennet-pasargad", "Eeleyanet Gostar"])
def test_a_party_is_shown_with_every_authority_and_its_first_day(name: str):
    code, result = run("show", name)
    assert code == 0
    assert "US   2021-11-18  OFAC-SDN" in result.stdout
    assert "EU   2026-03-16  EU-CYB" in result.stdout
    assert "Holy Souls (weak)" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_document_has_the_party_and_its_designations():
    code, result = run("show", "Emennet Pasargad", "--json")
    found = json.loads(result.stdout)
    assert (code, found["schema"]) == (0, "tocsin/lists-show/1")
    assert found["party"]["ref"] == "party:emennet-pasargad"
    assert {(row["authority"], row["listed"]) for row in found["designations"]} == {
        ("US", "2021-11-18"),
        ("EU", "2026-03-16"),
    }
    assert list(found)[-1] == "examined"


def test_a_synced_party_is_found_by_its_id_and_a_difference_is_shown(tmp_path: Path):
    held(tmp_path / "lists", {"recordId": "6", "name": "Emennet Pasargad", "startDate": "20.3.2026"})
    _, result = run("show", "EU-CYB:32019R0796/I.B/6")
    assert "EU   2026-03-20  EU-CYB" in result.stdout
    assert "the reference pack has listed 2026-03-16" in " ".join(result.stdout.split())
    assert "the list decides" in " ".join(result.stdout.split())


def test_a_name_of_two_parties_is_not_chosen_between(tmp_path: Path):
    rows = [{"recordId": str(n), "name": "Zeta Widgets", "startDate": "1.7.2026"} for n in (91, 92)]
    held(tmp_path / "lists", *rows)
    with pytest.raises(TocsinError) as caught:
        run("show", "Zeta Widgets")
    assert caught.value.fault.why == "leads to EU-CYB:32019R0796/I.B/91, EU-CYB:32019R0796/I.B/92"


def test_a_name_that_no_list_has_is_nothing_there():
    code, result = run("show", "Nobody Of That Name Ltd")
    assert code == 3 and "on no list here" in result.stderr


def test_parties_stand_beside_authorities_with_who_moved_first():
    code, result = run("compare", "EU-CYB", "--json")
    found = json.loads(result.stdout)
    assert (code, found["schema"]) == (0, "tocsin/lists-compare/1")
    parties = {row["ref"]: row for row in found["parties"]}
    assert len(parties) == 38
    emennet = parties["party:emennet-pasargad"]
    assert [(one["authority"], one["listed"]) for one in emennet["standings"]] == [
        ("US", "2021-11-18"),
        ("EU", "2026-03-16"),
    ]
    assert emennet["first"] == "US"
    impuls = parties["party:impuls"]
    assert {one["listed"] for one in impuls["standings"]} == {"2026-07-13"}
    assert impuls["first"] is None  # two authorities on one day
    assert emennet["lacking"] == []  # no published list is held: the tables of the pack are a part of theirs


def test_who_has_not_listed_is_said_of_published_lists_that_are_held(tmp_path: Path):
    held(tmp_path / "lists", {"recordId": "99", "name": "Zeta Widgets", "startDate": "1.8.2026"})
    found = json.loads(run("compare", "OFAC-SDN", "--json")[1].stdout)
    lazarus = next(row for row in found["parties"] if row["ref"] == "G0032")
    assert lazarus["lacking"] == ["EU"]


def test_the_table_fits_a_terminal_and_says_who_moved_first_most_often():
    code, result = run("compare", "EU-CYB", "--several")
    assert code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())
    assert "moved first" in result.stdout
    assert run("compare", "XX-NONE")[0] == 3
