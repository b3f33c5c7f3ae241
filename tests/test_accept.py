"""``tocsin accept``: a word on findings, in the log with the account and the time, or an error and nothing."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from tocsin.cli.accept import command
from tocsin.model import TocsinError
from tocsin.store.cases import CaseDatabase, account

ONE, TWO = "0f3c5a77d2b1e864", "1f3c5a77d2b1e864"
SAID = ["--reason", "other birth date", "--owner", "A. Roe"]
pytestmark = pytest.mark.usefixtures("own_home")


def run(*words: str) -> tuple[int, Result]:
    result = CliRunner().invoke(command, [*words], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result


def in_days(days: int) -> str:
    return (datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days)).isoformat()


def test_each_finding_gets_an_entry_by_this_account() -> None:
    code, result = run(ONE, TWO, ONE, "--as", "dismissed", *SAID, "--until", in_days(30), "--record", "r1", "--json")
    document = json.loads(result.stdout)
    assert code == 0
    assert list(document) == ["schema", "tocsin", "entries", "examined"]
    assert document["schema"] == "tocsin/accept/1"
    first, second = document["entries"]
    assert first["disposition"] == {
        "subject": ONE,
        "word": "dismissed",
        "reason": "other birth date",
        "owner": "A. Roe",
        "until": in_days(30),
        "record": "r1",
    }
    assert (first["number"], second["number"], second["disposition"]["subject"]) == (1, 2, TWO)
    assert second["previous"] == first["hash"]
    assert first["by"] == account()
    written = datetime.datetime.fromisoformat(first["at"])
    assert abs(datetime.datetime.now(datetime.UTC) - written) < datetime.timedelta(minutes=5)
    with CaseDatabase() as database:
        assert [entry.hash for entry in database.entries()] == [first["hash"], second["hash"]]
        assert database.verify() == []


def test_a_word_is_acceptance_for_ever_unless_said_otherwise() -> None:
    code, result = run("risk:0f3c5a77d2b1", *SAID)
    assert code == 0
    assert "risk:0f3c5a77d2b1 accepted, owner A. Roe  entry 1" in result.stdout
    with CaseDatabase() as database:
        (entry,) = database.entries()
    assert entry.disposition is not None
    assert (entry.disposition.word, entry.disposition.until) == ("accepted", None)


def test_today_is_not_past() -> None:
    assert run(ONE, *SAID, "--until", in_days(0))[0] == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([ONE, *SAID, "--until", "2020-01-01"], "2020-01-01 is past"),
        ([ONE, *SAID, "--until", "2027-02-30"], "2027-02-30 is not a date"),
        ([ONE, *SAID, "--until", "soon"], "soon is not a date"),
        ([ONE, "birth", "date", *SAID], "birth is not the id"),
        (["0F3C5A77D2B1E864", *SAID], "is not the id"),
        ([ONE, *SAID, "--as", "perhaps"], "perhaps"),
        ([ONE, "--owner", "A. Roe"], "--reason"),
        ([ONE, "--reason", "x"], "--owner"),
        (SAID, "FINDING"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error_and_nothing_is_written(
    words: list[str], why: str, own_home: Path
) -> None:
    with pytest.raises(click.UsageError) as error:
        run(*words)
    assert why in error.value.format_message()
    assert not own_home.exists()


def test_an_empty_reason_is_refused() -> None:
    with pytest.raises(TocsinError, match="reason: empty; say the reason"):
        run(ONE, "--reason", "  ", "--owner", "A. Roe")
    with CaseDatabase() as database:
        assert list(database.entries()) == []


def test_text_of_others_is_shown_inert(own_home: Path) -> None:
    _, result = run(ONE, "--reason", "x", "--owner", "[red]A\u202e Roe\x1b[2J")
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert "[red]A" in result.stdout
