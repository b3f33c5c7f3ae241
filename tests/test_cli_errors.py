"""What goes wrong, as a person meets it: one line that names file, place and remedy, an exit code, nothing written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from commands import Done, process, tocsin
from made_sources import BUNDLE, table

COMMANDS = ["read", "verify", "brief"]
PICTURE_ONLY = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Size 4/Root 1 0 R>>
%%EOF"""
UNREADABLE = [
    ("empty.txt", b"", "empty", "give a file"),
    ("white.txt", b" \n\t\n ", "nothing but white space", "give a file"),
    ("program.bin", b"\x7fELF\x02\x01\x01" + bytes(64), "a program", "save it as"),
    ("noise.txt", bytes(range(1, 32)) * 40, "this is not text", "give the report's text"),
    ("office.docx", b"PK\x03\x04" + bytes(40), "a zip file or an Office document", "save it as"),
    ("scan.pdf", PICTURE_ONLY, "no text", "OCR"),
    ("torn.pdf", b"%PDF-1.7\n%%broken", "damaged", "download it again"),
    ("half.txt", b"\xff\xfeT\x00h\x00e", "utf-16-le", "save it as UTF-8"),
]
CLAIM = "The EU sanctioned Integrity Technology Group on 16 March 2026.\n"
LINE = re.compile(r"tocsin: (?P<file>[^\n]+?): (?P<what>[^\n;]+); (?P<remedy>[^\n]+)\n")


def assert_one_error(done: Done, file: str, what: str, remedy: str) -> None:
    """One line on stderr, nothing on stdout, exit code 2."""
    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err
    line = LINE.fullmatch(done.err)
    assert line, done.err
    assert file in line["file"]
    assert what in line["what"]
    assert remedy in line["remedy"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("name", "content", "what", "remedy"), UNREADABLE, ids=lambda value: str(value)[:12])
def test_an_unreadable_report_is_one_error_and_nothing_is_written(
    command: str, name: str, content: bytes, what: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert_one_error(tocsin(command, name), name, what, remedy)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_report_that_is_not_there_or_is_a_folder_is_one_error(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    assert_one_error(tocsin(command, "missing.txt"), "missing.txt", "no such file", "check the path")
    assert_one_error(tocsin(command, "folder"), "folder", "this is a folder", "name the report files in it")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_the_same_holds_for_the_installed_command(tmp_path: Path) -> None:
    assert_one_error(process("brief", "missing.txt", cwd=tmp_path), "missing.txt", "no such file", "check the path")
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_where_it_went_wrong(tmp_path: Path) -> None:
    done = process("--debug", "brief", "missing.txt", cwd=tmp_path)
    assert done.code != 0
    assert "Traceback" in done.err


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["read"], "give at least one REPORT"),
        (["verify", "--nope", "a.txt"], "--nope"),
        (["brief"], "give a REPORT"),
        (["brief", "a.txt", "--case", "case.json"], "but not both"),
        (["nothing-like-it"], "nothing-like-it"),
    ],
)
def test_bad_usage_is_one_line(words: list[str], remedy: str) -> None:
    done = tocsin(*words)
    assert (done.code, done.out) == (2, "")
    assert remedy in done.err
    assert done.err.startswith("tocsin: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_a_report_that_claims_nothing_ends_with_3(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quiet.txt").write_text("The weather in the garden was fine on that day.\n", encoding="utf-8")
    done = tocsin(command, "quiet.txt", "--json")
    assert (done.code, done.err) == (3, "")
    assert done.json()["examined"]["left_out"] == []


@pytest.mark.parametrize("command", ["read", "verify"])
def test_one_report_of_several_that_cannot_be_read_is_a_gap(command: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "missing.txt"
    good.write_text(CLAIM, encoding="utf-8")
    done = tocsin(command, bad, good, "--jsonl", "--examined", tmp_path / "examined.json")
    assert done.code == 4
    assert [document["report"]["path"] for document in done.lines()] == [str(good)]
    examined = json.loads((tmp_path / "examined.json").read_text(encoding="utf-8"))
    assert [(fault["file"], fault["why"]) for fault in examined["left_out"]] == [(str(bad), "no such file")]
    assert f"tocsin: {bad}: no such file; check the path\n" in done.err


def test_where_none_of_several_can_be_read_there_is_no_output(tmp_path: Path) -> None:
    done = tocsin("verify", tmp_path / "one.txt", tmp_path / "two.txt", "--jsonl")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_cannot_be_written_to_is_named(command: str, tmp_path: Path) -> None:
    report, blocked = tmp_path / "report.txt", tmp_path / "blocked"
    report.write_text(CLAIM, encoding="utf-8")
    blocked.write_text("a file where a folder belongs", encoding="utf-8")
    option = ["--out", blocked] if command == "brief" else ["--jsonl", "--examined", blocked / "examined.json"]
    done = tocsin(command, report, *option)
    assert done.code == 2
    assert f"tocsin: {blocked}" in done.err
    assert "cannot be written" in done.err
    assert "Traceback" not in done.err


def damage(home: Path, pattern: str) -> Path:
    """Overwrite the first snapshot file of a home that fits with what no program wrote."""
    path = next(home.glob(f"snapshots/{pattern}"))
    path.write_bytes(b"\xc1 not a snapshot")
    return path


@pytest.fixture
def synced(own_home: Path, tmp_path: Path) -> Path:
    """A home that holds a small ATT&CK bundle and a table of the EU Journal."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "bundle.json").write_text(json.dumps(BUNDLE), encoding="utf-8")
    (folder / "32019R0796.csv").write_bytes(table({"name": "Made Up Firm", "startDate": "1.7.2026"}))
    done = tocsin("sync", "--from", folder, "--as-of", "2026-08-07", "--json")
    assert done.code == 0, done.err
    return own_home


@pytest.mark.parametrize(
    ("pattern", "verdict"),
    [
        ("mitre-attack/*.msgpack", "contradicted"),  # the list that is held lacks the party, and decides
        ("EU-CYB*/*.msgpack", "corroborated"),  # the pack answers for a list that cannot be read
        ("current.json", "corroborated"),
    ],
)
def test_the_work_goes_on_without_a_damaged_snapshot_and_says_so(
    pattern: str, verdict: str, synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(CLAIM, encoding="utf-8")
    assert tocsin("verify", "report.txt", "--json").code == 0
    file = damage(synced, pattern)
    done = tocsin("verify", "report.txt", "--json")
    assert done.code == 4
    assert [claim["verdict"] for claim in done.json()["claims"]] == [verdict]
    assert [left["file"] for left in done.json()["examined"]["left_out"]] == [str(file)]
    assert done.err.startswith(f"tocsin: {file}: snapshot not readable")
    assert "; run tocsin sync again" in done.err
    assert done.err.count("\n") == 1


def test_a_brief_without_a_damaged_list_is_written_and_names_it(
    synced: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(CLAIM, encoding="utf-8")
    file = damage(synced, "EU-CYB*/*.msgpack")
    done = tocsin("brief", "report.txt")
    assert done.code == 4
    assert str(file) in done.err
    assert file.name in (tmp_path / "tocsin-brief" / "brief.md").read_text(encoding="utf-8")
