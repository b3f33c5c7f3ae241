"""The files of a brief: all five, each whole or not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hostile_case import hostile_case, hostile_org_case
from sample_case import empty_case, sample_case
from sample_findings import org_case
from tocsin.brief import files, html, write_brief
from tocsin.model import Case, Finding, TocsinError, from_json, read_json

NAMES = ["brief.html", "brief.md", "findings.jsonl", "bundle.json", "case.json"]


@pytest.mark.parametrize("case", [sample_case, empty_case, hostile_case, org_case, hostile_org_case])
def test_all_five_are_written_and_nothing_else(tmp_path, case):
    out = tmp_path / "a" / "b"
    assert write_brief(case(), out) == [out / name for name in NAMES]
    assert sorted(path.name for path in out.iterdir()) == sorted(NAMES)
    assert (out / "findings.jsonl").read_text(encoding="utf-8").count("\n") == len(case().findings)
    assert json.loads((out / "bundle.json").read_text(encoding="utf-8"))["type"] == "bundle"


def test_a_saved_case_prints_the_same_page(tmp_path):
    write_brief(sample_case(), tmp_path)
    saved = read_json(tmp_path / "case.json", Case)
    assert saved == sample_case()
    assert html(saved) == (tmp_path / "brief.html").read_text(encoding="utf-8")


def test_findings_are_written_whole_a_line_each(tmp_path):
    write_brief(hostile_org_case(), tmp_path)
    lines = (tmp_path / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    assert tuple(from_json(line, Finding) for line in lines) == hostile_org_case().findings


def test_a_second_brief_takes_the_place_of_the_first_byte_for_byte(tmp_path):
    write_brief(empty_case(), tmp_path)
    write_brief(sample_case(), tmp_path)
    first = {name: (tmp_path / name).read_bytes() for name in NAMES}
    write_brief(sample_case(), tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in NAMES} == first


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    write_brief(empty_case(), tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    calls = []

    def full(_: int) -> None:
        calls.append(1)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(TocsinError, match="No space left on device"):
        write_brief(sample_case(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_fault_while_printing_leaves_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "markdown", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_brief(sample_case(), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(TocsinError) as caught:
        write_brief(sample_case(), tmp_path / "out")
    assert caught.value.fault.todo
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_folder_where_a_file_should_be(tmp_path):
    (tmp_path / "bundle.json").mkdir()
    with pytest.raises(TocsinError, match="a folder stands"):
        write_brief(sample_case(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.json"]


def test_the_room_knows_only_the_nouns():
    for path in Path(files.__file__).parent.glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(("from tocsin", "import tocsin")):
                assert line.startswith(("from tocsin.model", "from tocsin.brief")), f"{path.name}: {line}"
