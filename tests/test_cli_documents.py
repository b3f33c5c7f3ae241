"""What `read`, `verify` and `brief` print for scripts: the documents of the contract, key by key."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from commands import process, tocsin
from tocsin import __version__

REPORT = """EU lists a firm from Beijing

Brussels, 17 March 2026

The EU sanctioned Integrity Technology Group on 16 March 2026. According to Mandiant, the firm likely fronts for APT31.
The group uses T1566.002 and sends links to evil-demo[.]com.
"""
QUIET = "The weather in the garden was fine on that day.\n"
CLAIM = "id sentence start end subject predicate object when measure according_to hedged negated".split()
EVIDENCE = "source publisher date record url says".split()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    path = tmp_path / "quiet.txt"
    path.write_text(QUIET, encoding="utf-8")
    return path


def assert_framed(document: dict[str, Any], command: str) -> None:
    """A document opens with schema and version and ends with what was examined."""
    keys = list(document)
    assert keys[:2] == ["schema", "tocsin"]
    assert keys[-1] == "examined"
    assert document["schema"] == f"tocsin/{command}/1"
    assert document["tocsin"] == __version__
    assert {"lists", "logs", "rules", "left_out"} <= document["examined"].keys()
    assert {"EU-CYB", "OFAC-SDN", "UK-SL"} <= {held["id"] for held in document["examined"]["lists"]}
    assert all({"id", "as_of", "parties"} <= held.keys() for held in document["examined"]["lists"])


def assert_claim(claim: dict[str, Any]) -> None:
    """A claim has the keys of the contract, in its order, and points at its sentence."""
    assert list(claim)[: len(CLAIM)] == CLAIM
    for ref in (claim["subject"], claim["object"]):
        assert list(ref) == ["text", "ref", "name"]
    assert claim["when"] is None or list(claim["when"]) == ["from", "to", "text"]
    assert isinstance(claim["negated"], bool)
    assert REPORT[claim["start"] : claim["end"]] == claim["sentence"]


def test_read_gives_what_a_report_says(report: Path) -> None:
    done = tocsin("read", report, "--json")
    assert (done.code, done.err) == (0, "")
    document = done.json()
    assert_framed(document, "read")
    assert list(document)[2:-1] == ["report", "mentions", "techniques", "indicators", "claims"]
    assert list(document["report"]) == ["path", "sha256", "title", "publisher", "published", "language"]
    assert document["report"]["title"] == "EU lists a firm from Beijing"
    assert document["report"]["published"] == "2026-03-17"
    assert document["report"]["language"] == "en"
    for mention in document["mentions"]:
        assert {"kind", "text", "start", "end", "ref", "name", "score"} <= mention.keys()
        assert REPORT[mention["start"] : mention["end"]] == mention["text"]
    [technique] = document["techniques"]
    assert {"id", "name", "sentence", "start", "end", "score", "how"} <= technique.keys()
    assert (technique["id"], technique["name"], technique["how"]) == ("T1566.002", "Spearphishing Link", "id")
    [indicator] = document["indicators"]
    assert {"kind", "value", "text", "start", "end"} <= indicator.keys()
    assert (indicator["kind"], indicator["value"], indicator["text"]) == ("domain", "evil-demo.com", "evil-demo[.]com")
    assert document["claims"]
    for claim in document["claims"]:
        assert_claim(claim)


def test_verify_gives_each_claim_its_verdict(report: Path) -> None:
    done = tocsin("verify", report, "--json")
    assert (done.code, done.err) == (0, "")
    document = done.json()
    assert_framed(document, "verify")
    assert list(document)[2:-1] == ["report", "as_of", "claims"]
    assert document["as_of"]["EU-CYB"] == "2026-07-13"
    for claim in document["claims"]:
        assert_claim(claim)
        assert list(claim)[-4:] == ["verdict", "why", "evidence", "nearest"]
        assert claim["verdict"] in ("corroborated", "contradicted", "partly", "unknown")
        for reason in claim["why"]:
            assert list(reason) == ["name", "says", "value", "weight", "met", "evidence", "parts"]
        for one in claim["evidence"]:
            assert list(one) == EVIDENCE
        for near in claim["nearest"]:
            assert list(near) == ["says", "evidence"]
    by_predicate = {claim["predicate"]: claim for claim in document["claims"]}
    assert by_predicate["designated"]["verdict"] == "corroborated"
    assert by_predicate["designated"]["evidence"][0]["record"] == "32019R0796/I.B/5"
    fronts = by_predicate["fronts_for"]
    assert (fronts["verdict"], fronts["hedged"], fronts["according_to"]) == ("contradicted", "likely", "Mandiant")


def test_brief_gives_the_case_and_the_files(report: Path, tmp_path: Path) -> None:
    done = tocsin("brief", report, "--out", tmp_path / "out", "--json")
    assert (done.code, done.err) == (0, "")
    document = done.json()
    assert_framed(document, "brief")
    names = ["brief.html", "brief.md", "findings.jsonl", "bundle.json", "case.json"]
    assert sorted(Path(file).name for file in document["files"]) == sorted(names)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    saved = json.loads((tmp_path / "out" / "case.json").read_text(encoding="utf-8"))
    assert saved == document["case"]
    assert saved["schema"] == "tocsin/case/1"


def test_brief_says_the_answer_and_names_the_page(report: Path, tmp_path: Path) -> None:
    done = tocsin("brief", report, "--out", tmp_path / "out")
    assert done.code == 0
    assert str(tmp_path / "out" / "brief.html") in done.out.replace("\n", "")
    assert "Integrity Technology Group" in done.out
    assert all(len(line) <= 80 or str(tmp_path) in line for line in done.out.splitlines())


@pytest.mark.parametrize("command", ["read", "verify"])
def test_several_reports_are_a_line_each_in_order(command: str, report: Path, quiet: Path) -> None:
    done = tocsin(command, quiet, report, quiet, "--jsonl")
    assert done.code == 0
    documents = done.lines()
    assert [document["report"]["path"] for document in documents] == [str(quiet), str(report), str(quiet)]
    assert [bool(document["claims"]) for document in documents] == [False, True, False]
    for document in documents:
        assert_framed(document, command)
    assert done.err.startswith("tocsin: examined ")
    assert "EU-CYB as of 2026-07-13" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("command", ["read", "verify"])
def test_each_line_of_a_file_can_be_a_report(command: str, tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("The EU listed Wu Haibo.\n\nNothing is said here at all.\nAPT31 uses RAWDOOR.\n", encoding="utf-8")
    done = tocsin(command, "--lines", path)
    assert done.code == 0
    found = [(Path(one["report"]["path"]).name, len(one["claims"])) for one in done.lines()]
    assert found == [("lines.txt:1", 1), ("lines.txt:3", 0), ("lines.txt:4", 1)]


@pytest.mark.parametrize("words", [["a.txt", "b.txt"], ["--lines", "a.txt"]])
@pytest.mark.parametrize("command", ["read", "verify"])
def test_several_reports_do_not_fit_one_document(command: str, words: list[str]) -> None:
    done = tocsin(command, *words, "--json")
    assert (done.code, done.out) == (2, "")
    assert "--jsonl" in done.err


def test_what_was_examined_goes_to_a_file_of_its_own(report: Path, tmp_path: Path) -> None:
    done = tocsin("verify", report, "--jsonl", "--examined", tmp_path / "examined.json")
    examined = json.loads((tmp_path / "examined.json").read_text(encoding="utf-8"))
    assert examined == done.lines()[0]["examined"]


@pytest.mark.parametrize("command", ["read", "verify"])
def test_a_person_gets_lines_that_fit_a_terminal(command: str, report: Path) -> None:
    done = tocsin(command, report)
    assert (done.code, done.err) == (0, "")
    assert "Integrity Technology Group" in done.out.replace("\n", " ")
    assert max(len(line) for line in done.out.splitlines()) <= 80
    assert "\x1b" not in done.out


def test_the_same_report_gives_the_same_document(report: Path) -> None:
    first, second = (tocsin("verify", report, "--json").out for _ in range(2))
    assert first == second


def test_claims_come_in_the_order_of_the_text(report: Path) -> None:
    claims = tocsin("verify", report, "--json").json()["claims"]
    assert all(one["start"] <= two["start"] for one, two in pairwise(claims))


def test_a_document_is_utf8_whatever_the_terminal_is_set_to(tmp_path: Path) -> None:
    (tmp_path / "bericht.txt").write_text("The EU sanctioned 安洵信息技术有限公司 in March 2026.\n", encoding="utf-8")
    done = process("read", "bericht.txt", "--json", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "安洵信息技术有限公司" in [mention["text"] for mention in done.json()["mentions"]]
    assert [path.name for path in tmp_path.iterdir()] == ["bericht.txt"]
