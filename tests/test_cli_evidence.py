"""The commands that look at evidence, as a script meets them: documents, lines, exit codes, what stderr says."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import tocsin

ROOT = Path(__file__).parent.parent
ACME = ROOT / "examples/acme"
CLEAN = ROOT / "examples/acme-clean"
REPORT = ROOT / "examples/reports/eu-cyber-listings.html"
FINDINGS = [
    (["detect", "{}/logs"], "detect"),
    (["hunt", "--org", "{}/org.toml"], "hunt"),
    (["audit", "perimeter", "{}/perimeter.csv", "--kev", "{}/tables/kev.json"], "audit"),
    (["audit", "identity", "--org", "{}/org.toml"], "audit"),
]


def asked(words: list[str], folder: Path) -> list[str]:
    return [word.format(folder) for word in words]


@pytest.mark.parametrize(("words", "command"), FINDINGS)
def test_a_document_of_findings_opens_and_ends_as_the_contract_says(words: list[str], command: str) -> None:
    done = tocsin(*asked(words, ACME), "--json", "--exit-code")
    found = done.json()
    assert done.code == 1
    assert list(found)[:2] == ["schema", "tocsin"] and list(found)[-1] == "examined"
    assert found["schema"] == f"tocsin/{command}/1"
    assert found["findings"]
    lines = tocsin(*asked(words, ACME), "--jsonl")
    assert (lines.code, lines.lines()) == (0, found["findings"])
    assert lines.err.startswith("tocsin: examined ")


@pytest.mark.parametrize(("words", "command"), FINDINGS)
def test_the_twin_exits_0_also_where_asked_to_exit_1(words: list[str], command: str) -> None:
    done = tocsin(*asked(words, CLEAN), "--exit-code")
    assert done.code == 0
    assert done.out.startswith("Nothing found.")
    assert all(len(line) <= 80 for line in done.out.splitlines())


@pytest.mark.parametrize("words", [["detect"], ["hunt"], ["audit", "perimeter"], ["audit", "identity"]])
def test_without_readable_input_nothing_is_written(words: list[str], tmp_path: Path) -> None:
    assert tocsin(*words).code == 2
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\x00\x01\x02\n" * 9)
    done = tocsin(*words, str(odd), "--json")
    assert (done.code, done.out) == (2, "")
    assert "odd.bin" in done.err and "Traceback" not in done.err


def test_a_log_without_a_record_and_a_gap_in_one_have_their_own_exit_codes(tmp_path: Path) -> None:
    (tmp_path / "conn.log").write_text("#separator \\x09\n#path\tconn\n#fields\tts\tuid\n#types\ttime\tstring\n")
    assert tocsin("detect", str(tmp_path / "conn.log")).code == 3
    (tmp_path / "a.jsonl").write_text('{"EventID": 1, "Channel": "Security"}\n{"EventID": \n')
    done = tocsin("detect", str(tmp_path / "a.jsonl"), "--json")
    assert done.code == 4
    assert "a.jsonl" in done.json()["examined"]["left_out"][0]["file"]
    assert "a.jsonl" in done.err


def test_rules_beside_the_logs_are_not_read_as_logs(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"EventID": 4720, "Channel": "Security", "Computer": "dc01"}\n')
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/r.yml").write_text(
        "title: Account\nid: 5b0f5b0e-1c0b-4a58-9d3f-0a6f3c2b7e11\nlevel: high\n"
        "logsource: {product: windows, service: security}\n"
        "detection: {sel: {EventID: 4720}, condition: sel}\n"
    )
    done = tocsin("detect", str(tmp_path), "--rules", str(tmp_path / "rules"), "--no-pack", "--json")
    found = done.json()
    assert (done.code, found["examined"]["rules"]) == (0, {"run": 1, "left_out": 0})
    assert [one["host"] for one in found["findings"]] == ["dc01"]


def test_screening_a_name_a_table_and_payments() -> None:
    name = tocsin("screen", "安洵信息技术有限公司", "--json", "--exit-code")
    assert (name.code, name.json()["decision"]) == (1, "alert")
    assert {hit["list"] for hit in name.json()["hits"]} >= {"EU-CYB", "UK-SL"}
    assert tocsin("screen", "Bäckerei Müller", "--exit-code").code == 0
    rows = tocsin("screen", "--org", str(ACME / "org.toml"), "--jsonl").lines()
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    assert sum(row["decision"] == "alert" for row in rows) == 6
    clean = tocsin("screen", str(CLEAN / "payments"), "--json").json()
    assert {row["decision"] for row in clean["results"]} == {"clear"}
    assert {one["kind"] for one in clean["examined"]["inputs"]} == {"payments"}


def test_coverage_and_the_register_of_a_saved_case(tmp_path: Path) -> None:
    rows = tocsin("coverage", "--actor", "APT31", str(ACME / "logs"), "--json").json()["coverage"]
    assert {row["state"] for row in rows} >= {"seen", "logged", "not_observable"}
    nobody = tocsin("coverage", "--actor", "Nobody At All", str(ACME / "logs"))
    assert (nobody.code, "tocsin who" in nobody.err) == (2, True)
    brief = tocsin("brief", str(REPORT), "--org", str(ACME / "org.toml"), "--out", str(tmp_path), "--exit-code")
    assert brief.code == 1
    assert all(len(line) <= 80 for line in brief.out.splitlines() if "The brief:" not in line)
    saved = tocsin("risk", "--case", str(tmp_path / "case.json"), "--json").json()
    scores = [row["score"] for row in saved["risks"]]
    assert scores == sorted(scores, reverse=True) and scores
    assert {row["authority"] for row in saved["obligations"]} == {"EU", "UK", "US"}
    assert len((tmp_path / "findings.jsonl").read_text(encoding="utf-8").splitlines()) > 50
    assert "× " in tocsin("risk", "--case", str(tmp_path / "case.json"), "--explain").out
