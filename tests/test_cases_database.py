"""The case database: opened, migrated, refused; runs and their findings; books of answers, whole or as they were."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, insert, inspect

from tocsin.model import Disposition, Examined, Finding, ListHeld, TocsinError
from tocsin.store.cases import Book, CaseDatabase, Remembered
from tocsin.store.cases.chain import GENESIS, sealed
from tocsin.store.cases.tables import ENTRIES, METADATA, REVISION, VERSIONS
from tocsin.store.cases.upgrade import _MIGRATIONS

AT = "2026-11-25T08:00:00Z"
WORD = Disposition(subject="0f3c5a77d2b1e864", word="dismissed", reason="other birth date", owner="A. Roe")


@pytest.fixture
def database(own_home: Path) -> Iterator[CaseDatabase]:
    with CaseDatabase() as opened:
        yield opened


def migrated(path: Path, revision: str) -> Engine:
    """A database file at a revision."""
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def finding(number: int, title: str = "seen") -> Finding:
    return Finding(id=f"{number:016x}", kind="hunt", title=title, severity="low", confidence="low")


def answers(numbers: range, query: str = "q") -> Iterator[Remembered]:
    for number in numbers:
        refs = (f"OFAC-SDN:{number}",) if number % 3 == 0 else ()
        yield Remembered(key=f"key {number:06}", query=query, answer=b'{"row":%d}' % number, refs=refs)


# Opening


def test_the_migrations_lead_to_the_tables_of_the_program(tmp_path: Path) -> None:
    engine = migrated(tmp_path / "cases.sqlite", "head")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS})
        assert context.get_current_revision() == REVISION
        assert compare_metadata(context, METADATA) == []
    engine.dispose()
    assert ScriptDirectory(str(_MIGRATIONS)).get_heads() == [REVISION]


def test_what_an_older_revision_holds_is_there_after_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "cases.sqlite"
    engine = migrated(path, "0001")
    assert set(inspect(engine).get_table_names()) == {"entries", VERSIONS}
    old = sealed(WORD, number=1, previous=GENESIS, by="roe", at=AT)
    with engine.begin() as connection:
        connection.execute(insert(ENTRIES).values(old._asdict()))
    engine.dispose()
    with CaseDatabase(f"sqlite:///{path}") as database:
        assert [entry.disposition for entry in database.entries()] == [WORD]
        assert database.keep_run("hunt", AT, "1", Examined(), [finding(1)]) == 1
        assert database.decide(WORD, by="roe", at=AT).previous == old.hash
        assert database.verify() == []


def test_a_migration_that_stops_in_the_middle_leaves_nothing_half_made(own_home: Path) -> None:
    def stop(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "CREATE TABLE editions" in statement:
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", stop)
    try:
        with pytest.raises(KeyboardInterrupt):
            CaseDatabase()
    finally:
        event.remove(Engine, "before_cursor_execute", stop)
    with sqlite3.connect(own_home / "cases.sqlite") as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    with CaseDatabase() as database:
        assert database.decide(WORD, by="roe", at=AT).number == 1


def test_opening_again_loads_no_migrations(own_home: Path) -> None:
    CaseDatabase().close()
    code = "import sys, tocsin.store.cases as cases; cases.CaseDatabase().close(); print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_url_of_the_environment_names_the_database(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_DATABASE", f"sqlite:///{tmp_path}/other/team.sqlite")
    with CaseDatabase() as database:
        database.decide(WORD, by="roe", at=AT)
    assert sorted(path.name for path in (tmp_path / "other").iterdir()) == ["team.head", "team.sqlite"]
    assert not own_home.exists()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(own_home: Path) -> None:
    CaseDatabase().close()
    with sqlite3.connect(own_home / "cases.sqlite") as raw:
        raw.execute("UPDATE tocsin_revision SET version_num = '9999'")
    before = (own_home / "cases.sqlite").read_bytes()
    with pytest.raises(TocsinError, match=r"cases\.sqlite: written by a newer tocsin than this one; update tocsin"):
        CaseDatabase()
    assert (own_home / "cases.sqlite").read_bytes() == before


@pytest.mark.parametrize("content", [b"no database at all, but long enough to look at" * 40, b"SQLite format 3\0" * 99])
def test_a_damaged_file_is_one_error(content: bytes, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "cases.sqlite").write_bytes(content)
    with pytest.raises(TocsinError, match=r"cases\.sqlite: damaged, or not a case database.*; restore it"):
        CaseDatabase()
    assert (own_home / "cases.sqlite").read_bytes() == content


def test_a_folder_that_cannot_be_written_to_is_one_error(own_home: Path) -> None:
    own_home.write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(TocsinError, match=r"cases\.sqlite: cannot be written: .*; set TOCSIN_HOME"):
        CaseDatabase()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this account may write everywhere")
def test_a_read_only_folder_is_one_error(own_home: Path) -> None:
    own_home.mkdir(mode=0o500)
    with pytest.raises(TocsinError, match="cannot be written"):
        CaseDatabase()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("cases.sqlite", "not the URL of a database"),
        ("oranges://host/name", "not the URL of a database"),
        ("sqlite://", "keeps nothing"),
        ("sqlite:///:memory:", "keeps nothing"),
    ],
)
def test_a_url_that_cannot_be_used_is_one_error(url: str, why: str, own_home: Path) -> None:
    with pytest.raises(TocsinError, match=f"tocsin: TOCSIN_DATABASE: .*{why}"):
        CaseDatabase(url)


# Runs and findings


def test_a_finding_keeps_the_runs_that_saw_it_first_and_last(database: CaseDatabase) -> None:
    one = database.keep_run("hunt", AT, "1.0", Examined(), [finding(1), finding(2), finding(1)])
    two = database.keep_run("hunt", AT, "1.1", Examined(notes=("usual",)), [finding(2, "seen again"), finding(3)])
    kept = {k.finding.id: (k.finding.title, k.first_seen_run, k.last_seen_run) for k in database.findings()}
    assert kept == {
        finding(1).id: ("seen", one, one),
        finding(2).id: ("seen again", one, two),
        finding(3).id: ("seen", two, two),
    }
    assert [k.finding.id for k in database.new_since(one)] == [finding(3).id]
    assert list(database.new_since(two)) == []
    assert [k.finding.id for k in database.findings(run=one)] == [finding(1).id]
    assert [k.finding.id for k in database.findings(ids=[finding(3).id, "none"])] == [finding(3).id]
    assert list(database.findings("screening")) == []
    assert [(run.id, run.tocsin, run.examined.notes) for run in database.runs("hunt")] == [
        (two, "1.1", ("usual",)),
        (one, "1.0", ()),
    ]


def test_many_findings_are_read_back_whole(database: CaseDatabase) -> None:
    run = database.keep_run("hunt", AT, "1", Examined(), map(finding, range(2500)))
    again = database.keep_run("hunt", AT, "1", Examined(), map(finding, range(2400, 2600)))
    assert [int(k.finding.id, 16) for k in database.findings()] == list(range(2600))
    assert [int(k.finding.id, 16) for k in database.new_since(run)] == list(range(2500, 2600))
    assert again > run


# Books


def test_a_book_gives_back_what_it_was_given(database: CaseDatabase) -> None:
    book = database.book("customers")
    assert (book.edition, book.lists(), list(book.answers()), book.records(), book.get(["key 000001"])) == (
        None,
        (),
        [],
        {},
        {},
    )
    lists = (ListHeld(id="UN-SC", as_of="2026-11-20", parties=1000, sha256="ab"),)
    assert book.replace(answers(range(2345)), {"OFAC-SDN:3": "r3"}, AT, lists=lists, made_with="1.0 0.72") == 2345
    for seen in (book, database.book("customers")):
        assert list(seen.answers()) == list(answers(range(2345)))
        assert seen.records() == {"OFAC-SDN:3": "r3"}
        assert seen.lists() == lists
        assert seen.edition is not None
        assert (seen.edition.at, seen.edition.made_with, seen.edition.rows) == (AT, "1.0 0.72", 2345)
    found = book.get(f"key {number:06}" for number in range(1000, 5000))
    assert found == {one.key: one for one in answers(range(1000, 2345))}
    assert list(database.book("suppliers").answers()) == []


def test_an_edition_can_be_made_of_the_one_before_as_it_is_read(database: CaseDatabase, own_home: Path) -> None:
    book = database.book("customers")
    book.replace(answers(range(3000)), {}, AT)
    records: dict[str, str] = {}

    def next_edition() -> Iterator[Remembered]:
        for one in book.answers():
            records.update(dict.fromkeys(one.refs, "r"))  # what is learnt on the way is written at the end
            if one.refs:
                yield one

    assert book.replace(next_edition(), records, AT) == 1000
    assert [one.key for one in book.answers()] == [one.key for one in answers(range(3000)) if one.refs]
    assert len(book.records()) == 1000
    with sqlite3.connect(own_home / "cases.sqlite") as raw:
        assert raw.execute("SELECT count(*) FROM answers").fetchone() == (1000,)
        assert raw.execute("SELECT count(*) FROM editions").fetchone() == (1,)


def test_a_decision_can_be_written_while_a_book_is(database: CaseDatabase) -> None:
    def slow() -> Iterator[Remembered]:
        for one in answers(range(30_000)):
            if one.key == "key 025000":
                with CaseDatabase() as other:
                    other.decide(WORD, by="roe", at=AT)
            yield one

    assert database.book("customers").replace(slow(), {}, AT) == 30_000
    assert len(list(database.entries())) == 1


@pytest.mark.parametrize("gap", [5, 25_000])
def test_two_answers_with_one_key_are_refused_and_the_former_book_stays(gap: int, database: CaseDatabase) -> None:
    book = database.book("customers")
    book.replace(answers(range(10)), {}, AT)

    def twice() -> Iterator[Remembered]:
        yield from answers(range(gap), "new")
        yield from answers(range(1), "new")

    with pytest.raises(TocsinError, match="book customers: two answers have one key"):
        book.replace(twice(), {}, AT)
    assert list(book.answers()) == list(answers(range(10)))
    assert book.replace(answers(range(3)), {}, AT) == 3


def test_a_run_that_is_killed_in_the_middle_leaves_the_former_book(database: CaseDatabase, own_home: Path) -> None:
    database.book("customers").replace(answers(range(10)), {"OFAC-SDN:0": "r0"}, AT)
    code = """
        import os, signal
        from tocsin.store.cases import CaseDatabase, Remembered

        def answers():
            for number in range(100_000):
                if number == 50_000:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield Remembered(key=f"new {number}", query="q", answer=b"{}")

        with CaseDatabase() as database:
            database.book("customers").replace(answers(), {}, "2026-11-26T08:00:00Z")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False)
    assert done.returncode == -signal.SIGKILL
    book = database.book("customers")
    assert list(book.answers()) == list(answers(range(10)))
    assert book.records() == {"OFAC-SDN:0": "r0"}
    with sqlite3.connect(own_home / "cases.sqlite") as raw:
        assert raw.execute("SELECT count(*) FROM answers").fetchone()[0] > 10, "it was killed before it wrote"
    assert book.replace(answers(range(20)), {}, AT) == 20
    with sqlite3.connect(own_home / "cases.sqlite") as raw:
        assert raw.execute("SELECT count(*) FROM answers").fetchone() == (20,)


def test_a_run_that_is_stopped_just_after_the_swap_leaves_the_new_book(
    database: CaseDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = database.book("customers")
    book.replace(answers(range(10)), {}, AT)
    swap = Book._put_in_force

    def stopped(self: Book, edition: int, records: dict[str, str]) -> None:
        swap(self, edition, records)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Book, "_put_in_force", stopped)
        book.replace(answers(range(20)), {}, AT)
    assert list(database.book("customers").answers()) == list(answers(range(20)))


def test_of_two_runs_that_write_one_book_the_older_is_told(database: CaseDatabase) -> None:
    book = database.book("customers")
    book.replace(answers(range(10)), {}, AT)
    meanwhile = database.book("customers")

    def overtaken() -> Iterator[Remembered]:
        for one in answers(range(30_000), "older"):
            if one.key == "key 029000":
                meanwhile.replace(answers(range(5), "newer"), {}, AT)
            yield one

    with pytest.raises(TocsinError, match="book customers: another run has replaced it"):
        book.replace(overtaken(), {}, AT)
    assert [one.query for one in database.book("customers").answers()] == ["newer"] * 5


@pytest.mark.parametrize(
    "read", [Book.records, Book.lists, lambda book: list(book.answers()), lambda book: book.get("k")]
)
def test_whoever_reads_a_book_that_was_replaced_is_told(read: object, database: CaseDatabase) -> None:
    book = database.book("customers")
    book.replace(answers(range(10)), {}, AT)
    database.book("customers").replace(answers(range(5)), {}, AT)
    assert callable(read)
    with pytest.raises(TocsinError, match="another run has replaced it"):
        read(book)
