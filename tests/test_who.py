"""``tocsin who``: the document that scripts rely on, the page that people read, and the exit codes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from made_sources import table
from tocsin.cli import cli
from tocsin.store import Snapshots, take_from


def run(*arguments: str) -> tuple[int, Result]:
    """Exit code and output. Commands return their code; ``main`` hands it to the shell."""
    result = CliRunner().invoke(cli, ["who", *arguments], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result


def document(*arguments: str) -> dict[str, Any]:
    code, result = run(*arguments, "--json")
    assert code == 0
    return json.loads(result.stdout)


def test_the_document_has_the_keys_of_the_contract():
    found = document("APT31")
    assert list(found) == ["schema", "tocsin", "query", "matches", "profile", "examined"]
    assert (found["schema"], found["query"]) == ("tocsin/who/1", "APT31")
    assert set(found["matches"][0]) >= {"ref", "kind", "name", "score", "why"}
    assert found["matches"][0]["ref"] == "G0128"
    profile = found["profile"]
    assert set(profile) >= {
        *("ref", "kind", "name", "aliases", "designations", "attributions", "techniques", "software"),
        *("vulnerabilities", "mitigations", "sources"),
    }
    assert set(profile["aliases"][0]) >= {"name", "by"}
    assert set(profile["attributions"][0]) >= {"subject", "predicate", "object", "by", "since", "confidence", "url"}
    assert set(profile["attributions"][0]["subject"]) == {"ref", "name"}
    assert set(profile["techniques"][0]) >= {"id", "name", "tactics", "shared_by", "of", "via"}
    assert set(found["examined"]) == {"lists", "catalogues", "logs", "inputs", "rules", "notes", "left_out"}
    assert {"id": "EU-CYB", "as_of": "2026-07-13"}.items() <= next(
        one for one in found["examined"]["lists"] if one["id"] == "EU-CYB"
    ).items()


def test_designations_have_the_keys_of_the_contract_and_stand_in_order():
    profile = document("Emmenet")["profile"]
    rows = profile["designations"]
    assert set(rows[0]) >= {
        *("authority", "list", "programme", "listed", "delisted", "measures", "grounds", "act", "url"),
    }
    assert [(row["authority"], row["listed"]) for row in rows] == [("US", "2021-11-18"), ("EU", "2026-03-16")]


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("APT31", "G0128"),
        ("安洵信息技术有限公司", "party:anxun"),
        ("Judgement Panda", "G0128"),
        ("Emmenet", "party:emennet-pasargad"),
        ("T1086", "T1059.001"),
    ],
)
def test_the_profile_is_the_best_matchs(name: str, ref: str):
    found = document(name)
    assert found["profile"]["ref"] == found["matches"][0]["ref"] == ref
    assert found["matches"][0]["why"][0]["says"]


def test_a_name_of_two_actors_shows_both_and_no_profile():
    found = document("Grizzly Steppe")
    assert found["profile"] is None
    assert {one["ref"]: one["by"] for one in found["matches"] if one["score"] == 1.0} == {
        "G0007": ["MISP threat-actor"],
        "G0016": ["MISP threat-actor"],
    }
    _, page = run("Grizzly Steppe")
    assert "may be" in page.stdout
    assert "so MISP threat-actor" in page.stdout


def test_no_match_is_exit_3_and_says_what_was_looked_in():
    code, result = run("Nobody Known", "--json")
    found = json.loads(result.stdout)
    assert (code, found["matches"], found["profile"]) == (3, [], None)
    assert found["examined"]["lists"]
    code, result = run("Nobody Known")
    assert (code, result.stdout) == (3, "")
    assert result.stderr == "tocsin: Nobody Known: no catalogue, list or table here has it; try another spelling\n"


@pytest.mark.parametrize("name", ["APT31", "Emmenet", "Ministry of State Security", "T1566.002", "RAWDOOR", "Wu Haibo"])
def test_the_page_is_at_most_80_columns_wide(name: str):
    code, result = run(name)
    assert code == 0
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


def test_the_page_tells_listings_ties_and_techniques():
    _, result = run("Wuhan Xiaoruizhi")
    page = " ".join(result.stdout.split())
    assert "2024-03-25 US OFAC-SDN" in page
    assert "fronts for APT31 (ZIRCONIUM)" in page
    assert "T1566.002 Spearphishing Link" in page
    assert "What helps" in page


def test_a_name_with_markup_and_control_characters_is_shown_inert(own_home, tmp_path):
    hostile = "[bold]Zeta[/bold] \x1b[31mWidgets\u202e"
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.csv").write_bytes(table({"recordId": "[red]9", "name": hostile}))
    Snapshots().keep(take_from(tmp_path / "lists", "2026-08-07").lists, ())
    code, result = run(hostile)
    assert code == 0
    assert "[bold]Zeta[/bold] [31mWidgets" in result.stdout
    assert "\x1b" not in result.stdout


def test_a_damaged_snapshot_is_exit_4_and_named(own_home, tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.csv").write_bytes(table({"name": "Zeta Widgets"}))
    Snapshots().keep(take_from(tmp_path / "lists", "2026-08-07").lists, ())
    path = next((own_home / "snapshots" / "EU-CYB").iterdir())
    path.write_bytes(b"")
    code, result = run("APT31", "--json")
    assert code == 4
    assert json.loads(result.stdout)["examined"]["left_out"][0]["file"] == str(path)
    assert result.stderr.startswith(f"tocsin: {path}: snapshot not readable")
