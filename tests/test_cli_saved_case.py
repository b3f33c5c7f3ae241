"""A saved case prints again, years later, where no list and no catalogue is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands import Done, tocsin
from tocsin import spine
from tocsin.spine import knowing

REPORT = """EU lists a firm from Beijing

The EU sanctioned Integrity Technology Group on 16 March 2026. The EU has not listed Sichuan Silence.
APT31 deployed Industroyer. It uses spearphishing links.
"""
PRINTED = ["brief.html", "brief.md", "bundle.json", "case.json", "findings.jsonl"]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    done = tocsin("brief", folder / "report.txt", "--out", folder / "out")
    assert done.code == 0, done.err
    return folder / "out"


@pytest.fixture
def nothing_known(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without anything, and no way to open a catalogue or to read a report."""

    def unavailable(*_: object) -> None:
        raise AssertionError("a saved case needs no knowledge")

    for name in ("open_knowledge", "load_report", "verify_report"):
        monkeypatch.setattr(spine, name, unavailable)
    for name in ("open_graph", "read_claims", "verify_claims"):
        monkeypatch.setattr(knowing, name, unavailable)
    return own_home


def again(first: Path, out: Path, *options: str) -> Done:
    return tocsin("brief", "--case", first / "case.json", "--out", out, *options)


def test_it_prints_the_same_bytes_without_any_catalogue(first: Path, nothing_known: Path, tmp_path: Path) -> None:
    done = again(first, tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == PRINTED
    for name in PRINTED:
        assert (tmp_path / "out" / name).read_bytes() == (first / name).read_bytes(), name
    assert not nothing_known.exists()


def test_it_gives_the_same_answer_and_document(first: Path, nothing_known: Path, tmp_path: Path) -> None:
    assert "Integrity Technology Group" in again(first, tmp_path / "out").out
    document = again(first, tmp_path / "out", "--json").json()
    assert document["schema"] == "tocsin/brief/1"
    assert document["case"] == json.loads((first / "case.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"schema": "tocsin/case/1"}', b'{"schema": 3}', b"\xff\xfe", b"[" * 100_000]
)
def test_what_is_no_case_is_one_error_and_nothing_is_written(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(content)
    done = tocsin("brief", "--case", file, "--out", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"tocsin: {file}: not a case: ")
    assert done.err.endswith("; give the file that tocsin wrote\n")
    assert done.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_case_of_a_newer_version_with_more_keys_still_prints(first: Path, tmp_path: Path) -> None:
    case = json.loads((first / "case.json").read_text(encoding="utf-8"))
    case["forecasts"] = [{"id": "f-1"}]
    case["claims"][0]["mood"] = "stern"
    newer = tmp_path / "case.json"
    newer.write_text(json.dumps(case), encoding="utf-8")
    assert tocsin("brief", "--case", newer, "--out", tmp_path / "out").code == 0
    assert (tmp_path / "out" / "brief.html").read_bytes() == (first / "brief.html").read_bytes()
