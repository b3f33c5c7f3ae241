"""The shared cases: small inputs on which other tools fail, in the areas of reading, verifying and looking up names."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from commands import Done, tocsin

SHARED = Path(__file__).parents[2] / "shared"
CASES = SHARED / "cases"
AREAS = ("read", "verify", "who")
Case = dict[str, Any]


def cases(command: str) -> list[Any]:
    """The cases of these areas that run a command, as parameters; one that is skipped where the folder is absent."""
    file = CASES / "cases.jsonl"
    if not file.exists():
        return [pytest.param({}, id="absent", marks=pytest.mark.skip(reason="the shared cases are not here"))]
    found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    chosen = [case for case in found if case["area"] in AREAS and case["command"].startswith(f"tocsin {command}")]
    return [pytest.param(case, id=case["id"]) for case in chosen]


def run(case: Case, command: str) -> Done:
    words = shlex.split(command.replace("{dir}", str(CASES / "files" / case["id"])))
    return tocsin(*words[1:])


@pytest.mark.parametrize("case", cases("read"))
def test_indicators_are_read_whole_and_no_others(case: Case) -> None:
    done = run(case, case["command"])
    assert done.code in (0, 3), done.err
    found = done.json()["indicators"]
    have = {(one["kind"], one["value"]) for one in found}
    malicious = {one["value"] for one in found if one["role"] != "legitimate" and one["role"] != "reference"}
    assert [pair for pair in case["expect"]["indicators"] if tuple(pair) not in have] == []
    for unwanted in case["expect"]["not_indicators"]:
        value, _, limit = unwanted.partition(" ")
        assert value not in (malicious if limit.startswith("as ") else {value for _, value in have}), unwanted


@pytest.mark.parametrize("case", cases("verify"))
def test_claims_get_an_allowed_verdict(case: Case, own_home: Path) -> None:
    journal = SHARED / "data" / "lists" / "eu-journal.tar.gz"
    folder = CASES / "files" / case["id"] / "lists"
    for source in (journal, folder):
        assert tocsin("sync", "--from", source, "--as-of", "2026-08-07").code == 0
    document = run(case, case["command"]).json()
    for wanted in case["expect"]["claims"]:
        fitting = [
            claim
            for claim in document["claims"]
            if claim["predicate"] == wanted["predicate"] and wanted["object"] in json.dumps(claim["object"])
        ]
        assert fitting
        assert {claim["verdict"] for claim in fitting} <= set(wanted["verdict"].split("|"))
    # Both sources of the authority are named, and the older file is no evidence against the newer Journal
    assert len({day for name, day in document["as_of"].items() if name.startswith("EU-CYB")}) == 2


@pytest.mark.parametrize("case", cases("who"))
def test_a_name_leads_to_all_that_bear_it(case: Case) -> None:
    for name, wanted in case["expect"]["names"].items():
        matches = tocsin("who", name, "--json").json()["matches"]
        found = [f"{match['ref']} {match['name']}" for match in matches]
        for one in wanted:
            assert any(any(way in line for way in one.split("|")) for line in found), (name, one, found)
