"""``tocsin sync``: what was taken, what is held, what could not be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from made_sources import BUNDLE, FIRM, fsf, table
from tocsin.cli import cli

LISTS = Path(__file__).parents[2] / "shared" / "data" / "lists"
pytestmark = pytest.mark.usefixtures("own_home")


def run(*arguments: str) -> tuple[int, Result]:
    result = CliRunner().invoke(cli, ["sync", *arguments], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "lists"
    where.mkdir()
    (where / "a.csv").write_bytes(table({"name": "Emennet Pasargad", "startDate": "16.3.2026"}))
    (where / "b.xml").write_bytes(fsf(FIRM))
    (where / "c.json").write_text(json.dumps(BUNDLE))
    return where


def test_a_row_a_list_with_date_count_and_checksum(folder: Path):
    code, result = run("--from", str(folder), "--json")
    found = json.loads(result.stdout)
    assert (code, found["schema"]) == (0, "tocsin/sync/1")
    assert list(found) == ["schema", "tocsin", "lists", "examined"]
    assert [(one["id"], one["as_of"], one["parties"]) for one in found["lists"]] == [
        ("EU-CYB", "2026-03-16", 1),
        ("EU-CYB (FSF)", "2026-07-01", 1),
        ("mitre-attack", "2025-10-28", 2),
    ]
    assert all(len(one["sha256"]) == 64 and one["publisher"] for one in found["lists"])
    _, again = run("--status", "--json")
    assert json.loads(again.stdout)["lists"] == found["lists"]


def test_files_that_cannot_be_used_are_named_and_do_not_fail_the_rest(folder: Path):
    (folder / "sdn.csv").write_text('36,"AEROCARIBBEAN AIRLINES",-0- \n')
    code, result = run("--from", str(folder), "--json")
    assert code == 0
    (left_out,) = json.loads(result.stdout)["examined"]["left_out"]
    assert left_out["file"] == str(folder / "sdn.csv")
    assert result.stderr == (
        f"tocsin: {folder / 'sdn.csv'}: not a list or catalogue that is known; known here: MITRE's ATT&CK bundle,"
        " the EU Journal tables and the EU consolidated list (FSF XML 1.1)\n"
    )


def test_no_list_at_all_is_exit_2(tmp_path: Path):
    (tmp_path / "readme.txt").write_text("hello")
    code, result = run("--from", str(tmp_path), "--json")
    assert (code, json.loads(result.stdout)["lists"]) == (2, [])
    assert "readme.txt" in result.stderr


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path):
    from tocsin.model import TocsinError

    with pytest.raises(TocsinError, match="no such file or folder; give the folder"):
        run("--from", str(tmp_path / "gone"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "give --from DIR, or --status"),
        (("--from", ".", "--as-of", "tomorrow"), "--as-of tomorrow is not a date; write YYYY-MM-DD"),
        (("--status", "--as-of", "2026-13-01"), "--as-of 2026-13-01 is not a date"),
    ],
)
def test_bad_usage_says_what_to_write(arguments: tuple[str, ...], says: str):
    import click

    with pytest.raises(click.UsageError) as caught:
        run(*arguments)
    assert says in caught.value.format_message()


def test_the_date_of_a_list_is_never_after_the_day_it_is_of(folder: Path):
    rows = table({"name": "One", "startDate": "16.3.2026"}, {"recordId": "2", "name": "Two", "startDate": "1.9.2026"})
    (folder / "a.csv").write_bytes(rows)
    _, result = run("--from", str(folder), "--as-of", "2026-08-07", "--json")
    assert json.loads(result.stdout)["lists"][0]["as_of"] == "2026-03-16"
    _, result = run("--from", str(folder), "--as-of", "2026-09-02", "--json")
    assert json.loads(result.stdout)["lists"][0]["as_of"] == "2026-09-01"


def test_status_of_an_empty_home_is_no_error():
    code, result = run("--status")
    assert (code, result.stdout) == (0, "nothing synced; the bundled reference pack answers\n")


def test_the_page_names_lists_and_dates(folder: Path):
    code, result = run("--from", str(folder))
    assert code == 0
    assert "EU-CYB (FSF)" in result.stdout
    assert all(len(line) <= 80 for line in result.stdout.splitlines())


@pytest.mark.skipif(not LISTS.exists(), reason="the lists are not here")
def test_the_shared_lists():
    code, result = run("--from", str(LISTS), "--as-of", "2026-08-07", "--json")
    found = json.loads(result.stdout)
    held = {one["id"]: one for one in found["lists"]}
    assert code == 0
    assert (held["EU-CYB"]["parties"], held["EU-CYB"]["as_of"]) == (38, "2026-07-13")
    named = {Path(one["file"]).relative_to(LISTS).parts[0] for one in found["examined"]["left_out"]}
    assert named == {"ofac-2022", "ofac-later-partial", "un"}
