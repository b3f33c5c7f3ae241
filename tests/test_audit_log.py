"""The chained log: what a person decided holds while it should, and a log that was tampered with says where."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tocsin.cli.audit_log import command
from tocsin.model import Disposition, Fault, ListHeld, Proof, TocsinError
from tocsin.store.cases import CaseDatabase, check_file
from tocsin.store.cases.chain import GENESIS, Stored, check, kept_links, line_links, noted_elsewhere, sealed, unsealed

AT = "2026-11-25T08:00:00Z"
ONE, TWO = "0f3c5a77d2b1e864", "1f3c5a77d2b1e864"
PROOF = Proof(
    asked="customers.csv",
    sha256="ab" * 32,
    rows=10_000,
    alerts=2,
    review_from=0.72,
    alert_from=1.0,
    lists=(ListHeld(id="UN-SC", as_of="2026-11-20", parties=1000, sha256="cd" * 32),),
    tocsin="0.1.0",
    answers="ef" * 32,
)


def word(subject: str = ONE, **said: Any) -> Disposition:
    return Disposition(**{"subject": subject, "word": "dismissed", "reason": "other", "owner": "A. Roe", **said})


@pytest.fixture
def database(own_home: Path) -> Iterator[CaseDatabase]:
    with CaseDatabase() as opened:
        yield opened


@pytest.fixture
def six(database: CaseDatabase, own_home: Path) -> sqlite3.Connection:
    """A log of six entries, a day each, and a way to tamper with it."""
    for number in range(1, 7):
        at = f"2026-11-{number:02}T08:00:00Z"
        if number % 3:
            database.decide(word(f"{number:016}", reason=f"Grund {number} — «ü»"), by="roe", at=at)
        else:
            database.prove(PROOF, by="doe", at=at)
    return sqlite3.connect(own_home / "cases.sqlite", isolation_level=None)


def said(faults: list[Fault]) -> list[str]:
    return [f"{one.place}: {one.why}" for one in faults]


def run(*words: str | Path) -> tuple[int, Result]:
    result = CliRunner().invoke(command, [*map(str, words)], standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.return_value, result


# What the log says


def test_an_entry_says_who_when_and_follows_the_one_before(database: CaseDatabase) -> None:
    first = database.decide(word(until="2027-01-31", record="r1"), by="roe", at="2026-11-25T09:30:00+01:00")
    second = database.prove(PROOF, by="doe", at=AT)
    assert (first.number, first.by, first.at, first.previous) == (1, "roe", "2026-11-25T08:30:00Z", GENESIS)
    assert (second.number, second.previous, second.proof) == (2, first.hash, PROOF)
    assert list(database.entries()) == [first, second]
    assert list(database.entries(kind="proof")) == [second]
    assert list(database.entries(subject=ONE)) == [first]
    assert list(database.entries("2026-11-25T08:10:00Z")) == [first]
    assert database.verify() == []


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (word(reason=" "), "reason: empty"),
        (word(owner=""), "owner: empty"),
        (word("two\nlines"), "subject: not an id"),
        (word(word="perhaps"), "word: perhaps is not known"),
        (word(until="2026-11-24"), "until: 2026-11-24 is past"),
        (word(until="2026-02-30"), "until: 2026-02-30 is not a date"),
        (word(until="20270101"), "until: 20270101 is not a date"),
        (word(reason="\udcff"), "cannot be written: .*surrogate"),
        (word(reason="long" * 300_000), "bytes long"),
    ],
    ids=["reason", "owner", "subject", "word", "past", "no day", "form", "surrogate", "long"],
)
def test_a_decision_that_says_nothing_is_refused_with_all_given_with_it(
    bad: Disposition, why: str, database: CaseDatabase
) -> None:
    with pytest.raises(TocsinError, match=why):
        database.decide_all([word(), bad], by="roe", at=AT)
    assert list(database.entries()) == []


def test_the_last_word_counts_while_it_holds(database: CaseDatabase) -> None:
    database.decide(word(ONE, word="accepted"), by="roe", at=AT)
    last = word(ONE, until="2026-12-31", record="r1")
    database.decide(last, by="roe", at=AT)
    assert database.in_force([ONE, TWO], on="2026-12-31") == {ONE: last}
    assert database.in_force([ONE], on="2027-01-01") == {}, "an older word does not come back"
    assert database.in_force([ONE], on="2026-12-31", records={ONE: "r1", TWO: "r2"}) == {ONE: last}
    assert database.in_force([ONE], on="2026-12-31", records={ONE: "r2"}) == {}
    anew = word(ONE, word="confirmed")
    database.decide(anew, by="roe", at=AT)
    assert database.in_force([ONE], on="2030-01-01", records={ONE: "r2"}) == {ONE: anew}


def test_words_on_many_subjects_are_found(database: CaseDatabase) -> None:
    subjects = [f"{number:016x}" for number in range(2500)]
    database.decide_all([word(one) for one in subjects[::2]], by="roe", at=AT)
    assert list(database.in_force(subjects, on="2026-12-01")) == subjects[::2]


def test_a_forged_word_does_not_count(six: sqlite3.Connection, database: CaseDatabase) -> None:
    subject = f"{4:016}"
    six.execute("UPDATE entries SET body = replace(body, 'dismissed', 'accepted') WHERE number = 4")
    assert database.in_force([subject], on="2026-12-01") == {}
    assert said(database.faults) == ["entry 4: damaged, and does not count: its content is not what its hash is of"]
    six.execute("UPDATE entries SET subject = 'elsewhere' WHERE number = 5")
    assert database.in_force(["elsewhere"], on="2026-12-01") == {}


@pytest.mark.parametrize("change", [{"at": 5}, {"disposition": {"subject": ONE, "word": "perhaps"}}])
def test_a_later_word_that_was_damaged_does_not_bring_the_earlier_one_back(
    change: dict[str, Any], database: CaseDatabase, own_home: Path
) -> None:
    database.decide(word(ONE, word="dismissed"), by="roe", at=AT)
    database.decide(word(ONE, word="confirmed"), by="roe", at=AT)
    with sqlite3.connect(own_home / "cases.sqlite") as raw:
        forge(raw, 2, **change)
    assert database.in_force([ONE], on="2026-12-01") == {}
    assert [one.place for one in database.faults] == ["entry 2"]


# What verify finds


def forge(raw: sqlite3.Connection, number: int, **changes: Any) -> None:
    """Change an entry's content and make its hash anew."""
    (body,) = raw.execute("SELECT body FROM entries WHERE number = ?", (number,)).fetchone()
    text = json.dumps({**json.loads(body), **changes}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    forged = hashlib.sha256(text.encode()).hexdigest()
    raw.execute("UPDATE entries SET body = ?, hash = ? WHERE number = ?", (text, forged, number))


def swap(raw: sqlite3.Connection, one: int, other: int) -> None:
    for now, then in ((one, -1), (other, one), (-1, other)):
        raw.execute("UPDATE entries SET number = ? WHERE number = ?", (then, now))


def sql(text: str) -> Callable[[sqlite3.Connection], object]:
    return lambda raw: raw.execute(text)


CHANGED = "changed: its content is not what its hash is of"
TAMPERED: list[tuple[str, Callable[[sqlite3.Connection], object], list[str]]] = [
    ("content", sql("UPDATE entries SET body = replace(body, '4', '5') WHERE number = 4"), [f"entry 4: {CHANGED}"]),
    ("hash", sql("UPDATE entries SET hash = upper(hash) WHERE number = 2"), [f"entry 2: {CHANGED}"]),
    (
        "rubbish",
        sql("UPDATE entries SET body = '[]' WHERE number = 5"),
        ["entry 5: changed: its content is not an entry"],
    ),
    (
        "subject",
        sql("UPDATE entries SET subject = 'x' WHERE number = 5"),
        ["entry 5: changed: beside its content stands another subject"],
    ),
    ("first", sql("DELETE FROM entries WHERE number = 1"), ["entry 1: removed"]),
    ("middle", sql("DELETE FROM entries WHERE number IN (3, 4)"), ["entries 3 to 4: removed"]),
    (
        "end",
        sql("DELETE FROM entries WHERE number > 4"),
        ["entries 5 to 6: removed from the end: cases.head has the last hash"],
    ),
    ("all", sql("DELETE FROM entries"), ["entries 1 to 6: removed from the end: cases.head has the last hash"]),
    (
        "swapped",
        lambda raw: swap(raw, 2, 4),
        [
            "entry 2: changed: beside its content stands another number",
            "entry 4: changed: beside its content stands another number",
        ],
    ),
    (
        "made anew",
        lambda raw: forge(raw, 3, by="someone else"),
        ["entries 3 and 4: the second does not follow the first: one was made anew"],
    ),
    (
        "the last made anew",
        lambda raw: forge(raw, 6, by="someone else"),
        ["entry 6: no entry has the hash {6}… of cases.head: entries were removed from the end, or all were made anew"],
    ),
]


@pytest.mark.parametrize(("tamper", "faults"), [one[1:] for one in TAMPERED], ids=[one[0] for one in TAMPERED])
def test_what_was_done_to_the_database_is_named(
    tamper: Callable[[sqlite3.Connection], object],
    faults: list[str],
    six: sqlite3.Connection,
    database: CaseDatabase,
    own_home: Path,
) -> None:
    last = [*database.entries()][-1].hash
    tamper(six)
    assert said(database.verify()) == [one.replace("{6}", last[:16]) for one in faults]
    assert {one.file for one in database.verify()} == {str(own_home / "cases.sqlite")}


def test_an_entry_put_in_at_the_end_after_some_were_removed_does_not_hide_that(
    six: sqlite3.Connection, database: CaseDatabase, own_home: Path
) -> None:
    six.execute("DELETE FROM entries WHERE number > 4")
    for _ in range(4):
        database.decide(word(), by="roe", at=AT)
    assert [one.number for one in database.entries()] == list(range(1, 9))
    assert [one.place for one in database.verify()] == ["entry 8"]
    assert len((own_home / "cases.head").read_text(encoding="ascii").splitlines()) == 2


def test_without_the_head_file_the_end_is_not_sure_unless_a_noted_hash_tells(
    six: sqlite3.Connection, database: CaseDatabase, own_home: Path
) -> None:
    noted = database.check().head
    assert database.verify(noted) == []
    (own_home / "cases.head").unlink()
    assert said(database.verify()) == [": missing or empty: the end of the log cannot be checked"]
    six.execute("DELETE FROM entries WHERE number = 6")
    assert f"no entry has the hash {noted[:16]}" in database.verify(noted)[0].why
    (own_home / "cases.head").write_bytes(b"\xff nonsense\n")
    assert said(database.verify()) == [
        "line 1: not the number and hash of an entry",
        ": missing or empty: the end of the log cannot be checked",
    ]


def test_a_database_that_was_put_aside_is_missed(
    six: sqlite3.Connection, database: CaseDatabase, own_home: Path
) -> None:
    database.close()
    six.close()
    (own_home / "cases.sqlite").unlink()
    with CaseDatabase() as empty:
        assert said(empty.verify()) == ["entries 1 to 6: removed from the end: cases.head has the last hash"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
CONTENTS = st.one_of(
    st.builds(word, reason=TEXT, owner=TEXT, word=st.sampled_from(["confirmed", "dismissed", "escalated", "accepted"])),
    st.builds(Proof, asked=TEXT, rows=st.integers(0, 10**9), review_from=st.floats(0, 1), alert_from=st.floats(0, 1)),
)


def chained(contents: list[Disposition | Proof]) -> list[Stored]:
    chain: list[Stored] = []
    for number, content in enumerate(contents, 1):
        previous = chain[-1].hash if chain else GENESIS
        chain.append(sealed(content, number=number, previous=previous, by="roe", at=AT))
    return chain


CHAINS = st.lists(CONTENTS, min_size=2, max_size=6).map(chained)


@given(CHAINS)
def test_any_chain_is_whole_in_the_database_and_as_lines(chain: list[Stored]) -> None:
    assert check(kept_links(chain), file="log").faults == []
    lines = [one.line() + b"\n" for one in chain]
    assert check(line_links(lines), file="log", whole=False).faults == []
    assert check(line_links(lines[1:]), file="log", whole=False).faults == []
    for one in chain:  # Python's json as the docstring has it, and so an auditor's
        entry = json.loads(one.line())
        told = entry.pop("hash")
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == told == unsealed(one).hash


@given(CHAINS, st.data())
def test_any_change_of_a_character_of_an_entry_is_found(chain: list[Stored], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(chain) - 1))
    field = data.draw(st.sampled_from(["body", "hash", "previous", "at", "kind"]))
    text = getattr(chain[which], field)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_categories=["Cs"]).filter(lambda one: one != text[place]))
    chain[which] = chain[which]._replace(**{field: text[:place] + other + text[place + 1 :]})
    found = check(kept_links(chain), file="log").faults
    assert [one.place for one in found] == [f"entry {which + 1}"]


@given(CHAINS, st.data())
def test_any_change_of_a_byte_of_a_line_is_found(chain: list[Stored], data: st.DataObject) -> None:
    lines = [one.line() for one in chain]
    which = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[which]) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda one: one != lines[which][place]))
    lines[which] = lines[which][:place] + bytes([other]) + lines[which][place + 1 :]
    found = check(line_links(one + b"\n" for one in lines), file="log", whole=False).faults
    assert found[0].place.endswith(f"entry {which + 1}")


@given(CHAINS, st.data())
def test_any_removal_or_swap_of_lines_is_found(chain: list[Stored], data: st.DataObject) -> None:
    lines = [one.line() for one in chain]
    noted = [noted_elsewhere(chain[-1].hash)]
    one = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, len(lines) - 1))
    if one == other:
        gone = lines[:one] + lines[one + 1 :]
        found = check(line_links(gone), file="log", witnesses=noted).faults
        why = "removed" if one < len(lines) - 1 else "no entry has the hash"
        assert [fault.why.startswith(why) for fault in found] == [True]
    else:
        lines[one], lines[other] = lines[other], lines[one]
        found = check(line_links(lines), file="log", witnesses=noted).faults
        assert any("moved or put in" in fault.why and f"entry {min(one, other) + 1}" in fault.place for fault in found)
        assert not any(fault.why == "removed" for fault in found)


# Several writers


def test_writers_of_several_processes_make_one_chain(database: CaseDatabase, own_home: Path) -> None:
    code = """
        import sys
        from tocsin.model import Disposition
        from tocsin.store.cases import CaseDatabase

        with CaseDatabase() as database:
            sys.stdin.readline()
            for number in range(15):
                word = Disposition(subject=f"{number:016}", word="accepted", reason="r", owner="o")
                database.decide(word, by=sys.argv[1], at="2026-11-25T08:00:00Z")
    """
    start = [sys.executable, "-c", textwrap.dedent(code)]
    writers = [subprocess.Popen([*start, f"writer {n}"], stdin=subprocess.PIPE, text=True) for n in range(3)]
    for one in writers:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.close()
    assert [one.wait(120) for one in writers] == [0, 0, 0]
    entries = list(database.entries())
    assert [one.number for one in entries] == list(range(1, 46))
    assert {one.by for one in entries} == {"writer 0", "writer 1", "writer 2"}
    assert database.verify() == []
    assert (own_home / "cases.head").read_text(encoding="ascii") == f"45 {entries[-1].hash}\n"


# The commands


def test_verify_says_that_the_log_is_whole_and_what_to_note(six: sqlite3.Connection, database: CaseDatabase) -> None:
    head = database.check().head
    code, result = run("verify", "--head", head)
    assert (code, result.stderr) == (0, "")
    assert "6 entries, 1 to 6: whole" in result.stdout
    assert head in result.stdout


@pytest.mark.parametrize(("options", "exit_code"), [([], 4), (["--exit-code"], 1)])
def test_damage_is_a_line_on_stderr_and_an_exit_code(
    options: list[str], exit_code: int, six: sqlite3.Connection, own_home: Path
) -> None:
    six.execute("DELETE FROM entries WHERE number = 3")
    code, result = run("verify", "--json", *options)
    document = json.loads(result.stdout)
    assert code == exit_code
    assert result.stderr.startswith(f"tocsin: {own_home}/cases.sqlite:entry 3: removed; compare with")
    assert (document["schema"], document["entries"], document["last"]) == ("tocsin/audit-log/1", 5, 6)
    assert [left["place"] for left in document["examined"]["left_out"]] == ["entry 3"]


def test_an_export_is_checked_by_itself(six: sqlite3.Connection, database: CaseDatabase, tmp_path: Path) -> None:
    file = tmp_path / "part.jsonl"
    code, result = run("export", "--out", file, "--since", "2026-11-02", "--until", "2026-11-05")
    assert (code, result.stdout) == (0, f"4 entries in {file}\n")
    assert list(database.export("2026-11-02", "2026-11-05")) == file.read_bytes().splitlines(keepends=True)
    code, result = run("verify", file)
    assert code == 0
    assert "4 entries, 2 to 5: whole; what came before entry 2 is not in this file" in " ".join(result.stdout.split())
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))  # as a mail gateway does
    assert check_file(file).faults == []
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0].replace(b"Grund", b"Grunt"), lines[1], lines[3]]))
    code, result = run("verify", file)
    assert code == 4
    assert [line.partition(f"{file}:")[2].split("; ")[0] for line in result.stderr.splitlines()] == [
        f"line 1, entry 2: {CHANGED}",
        "entry 4: removed",
    ]


def test_an_export_never_overwrites_and_leaves_nothing_behind(six: sqlite3.Connection, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "log.jsonl").write_text("evidence", encoding="utf-8")
    with pytest.raises(TocsinError, match="is there already"):
        run("export", "--out", folder / "log.jsonl")
    with pytest.raises(TocsinError, match=r"cannot be written: .*; name a folder that can"):
        run("export", "--out", folder / "log.jsonl" / "new.jsonl")
    assert [path.read_text(encoding="utf-8") for path in folder.iterdir()] == ["evidence"]


@pytest.mark.parametrize("body", ["x", "[]"])
def test_an_entry_that_cannot_be_exported_is_named_and_missed_in_the_export(
    body: str, six: sqlite3.Connection, tmp_path: Path
) -> None:
    six.execute("UPDATE entries SET body = ? WHERE number = 4", (body,))
    code, result = run("export", "--out", tmp_path / "log.jsonl")
    assert (code, result.stdout) == (4, f"5 entries in {tmp_path}/log.jsonl\n")
    assert "entry 4: damaged, and cannot be exported; run tocsin audit-log verify" in result.stderr
    assert said(check_file(tmp_path / "log.jsonl").faults) == ["entry 4: removed"]


@pytest.mark.parametrize("content", [b"<html>not found</html>\n" * 9, bytes(range(256)) * 9, b"{}\n[]\n1\n"])
def test_a_file_that_is_no_export_is_one_error(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_bytes(content)
    with pytest.raises(TocsinError, match="no line of it is a whole entry of the log; give a file"):
        run("verify", file)
    with pytest.raises(TocsinError, match="No such file"):
        run("verify", tmp_path / "none.jsonl")


@pytest.mark.usefixtures("own_home")
def test_an_empty_log_is_exit_code_3() -> None:
    assert [run("verify")[0], run("list")[0], run("list", "--jsonl")[0]] == [3, 3, 3]


def test_the_log_is_listed(six: sqlite3.Connection, database: CaseDatabase) -> None:
    shown = run("list")[1].stdout
    assert f"{4:016} dismissed, owner A. Roe" in shown
    assert "screened customers.csv: 10,000 asked, 2 to hold and check, 0 to review" in shown
    entries = [json.loads(line) for line in run("list", "--jsonl")[1].stdout.splitlines()]
    assert [one["hash"] for one in entries] == [one.hash for one in database.entries()]
    document = json.loads(run("list", "--json", "--subject", f"{5:016}")[1].stdout)
    assert [one["number"] for one in document["entries"]] == [5]
    assert json.loads(run("list", "--json", "--since", "2026-11-06")[1].stdout)["entries"][0]["number"] == 6


def test_a_damaged_entry_is_left_out_of_the_list_and_named(six: sqlite3.Connection) -> None:
    six.execute("UPDATE entries SET body = 'x' WHERE number = 4")
    code, result = run("list", "--json")
    document = json.loads(result.stdout)
    assert code == 4
    assert [one["number"] for one in document["entries"]] == [1, 2, 3, 5, 6]
    assert [one["place"] for one in document["examined"]["left_out"]] == ["entry 4"]
    assert "entry 4: damaged" in result.stderr
