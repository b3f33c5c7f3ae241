"""Files into snapshots: known by content, bounded, named where they cannot be used, and swapped in whole."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from made_sources import BUNDLE, FIRM, fsf, table
from tocsin.model import TocsinError
from tocsin.store import Snapshots, home, intake, snapshots, take_from, write_whole

TODAY = "2026-08-07"
CYBER = table({"recordId": "6", "name": "Emennet Pasargad", "startDate": "16.3.2026"})
ATTACK = json.dumps(BUNDLE).encode()


def tar_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, raw in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("32019R0796.csv", CYBER),
        ("any-name.bin", CYBER),
        ("a.csv.gz", gzip.compress(CYBER)),
        ("a.zip", zip_of({"lists/a.csv": CYBER, "lists/readme.txt": b"hello"})),
        ("a.tar.gz", tar_of({"consolidated/a.csv": CYBER, "FORMAT.md": b"hello"})),
    ],
)
def test_a_list_is_known_by_content_wherever_it_lies(tmp_path: Path, name: str, raw: bytes):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / name).write_bytes(raw)
    taken = take_from(tmp_path, TODAY)
    assert [(one.id, len(one.parties)) for one in taken.lists] == [("EU-CYB", 1)]
    assert len(taken.lists[0].source.sha256 or "") == 64
    assert taken.left_out == ()


def test_one_file_may_be_given_alone(tmp_path: Path):
    (tmp_path / "enterprise-attack.json").write_bytes(ATTACK)
    (taken,) = take_from(tmp_path / "enterprise-attack.json", TODAY).catalogues
    assert {actor.ref for actor in taken.actors} == {"G0128", "G0059"}


def test_files_that_cannot_be_used_are_named_and_the_others_are_taken(tmp_path: Path):
    files = {
        "a.csv": CYBER,
        "sdn.csv": b'306,"BANCO",-0- \n',
        "empty": b"",
        "cut.csv.gz": gzip.compress(CYBER * 50)[:-20],
        "cut.zip": zip_of({"a.csv": CYBER})[:-30],
        "bundle.json": ATTACK[: len(ATTACK) // 2],
        "fsf.xml": fsf(FIRM)[:-30],
        "notes.zip": zip_of({"readme.txt": b"hello"}),
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    taken = take_from(tmp_path, TODAY)
    assert [one.id for one in taken.lists] == ["EU-CYB"]
    named = {Path(fault.file).name: fault for fault in taken.left_out}
    assert set(named) == set(files) - {"a.csv"}
    assert "not a list or catalogue that is known" in named["sdn.csv"].why
    assert "cannot be read" in named["cut.csv.gz"].why
    assert "not a STIX bundle" in named["bundle.json"].why
    assert "not well-formed" in named["fsf.xml"].why
    assert all(fault.todo for fault in taken.left_out)


def test_what_unpacks_beyond_the_bound_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "MAX_FILE", 10_000)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"0" * 50_000))
    (tmp_path / "bomb.zip").write_bytes(zip_of({"inner.csv": b"0" * 50_000}))
    (tmp_path / "a.csv").write_bytes(CYBER)
    taken = take_from(tmp_path, TODAY)
    assert [one.id for one in taken.lists] == ["EU-CYB"]
    assert {(Path(fault.file).name, fault.why) for fault in taken.left_out} == {
        ("bomb.gz", "too large to be a list"),
        ("bomb.zip", "too large to be a list"),
    }


def test_an_archive_of_too_many_members_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "MAX_MEMBERS", 3)
    many = {f"{number}.csv": b"x" for number in range(5)}
    (tmp_path / "many.zip").write_bytes(zip_of(many))
    (tmp_path / "many.tar.gz").write_bytes(tar_of(many))
    assert {fault.place for fault in take_from(tmp_path, TODAY).left_out} == {"member 3"}


def test_a_member_that_points_outside_the_archive_is_only_read(tmp_path: Path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "evil.zip").write_bytes(zip_of({"../../evil.csv": CYBER}))
    assert take_from(tmp_path / "in", TODAY).lists[0].id == "EU-CYB"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["evil.zip", "in"]


def test_of_two_downloads_of_a_list_the_newer_is_taken(tmp_path: Path):
    (tmp_path / "a.xml").write_bytes(fsf(FIRM))
    (tmp_path / "b.xml").write_bytes(fsf(FIRM + FIRM.replace("EU.1.2", "EU.7.8"), made="2026-07-20T00:00:00Z"))
    (taken,) = take_from(tmp_path, TODAY).lists
    assert (taken.as_of, len(taken.parties)) == ("2026-07-20", 2)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path):
    with pytest.raises(TocsinError, match="no such file or folder"):
        take_from(tmp_path / "gone", TODAY)


def kept(folder: Path, *files: bytes) -> Snapshots:
    folder.mkdir(exist_ok=True)
    for number, raw in enumerate(files):
        (folder / f"{number}.dat").write_bytes(raw)
    taken = take_from(folder, TODAY)
    store = Snapshots()
    store.keep(taken.lists, taken.catalogues)
    return store


def test_what_was_kept_is_held_and_comes_back(own_home: Path, tmp_path: Path):
    kept(tmp_path / "lists", CYBER, ATTACK, fsf(FIRM))
    store = Snapshots()
    assert [(one.id, one.kind, one.as_of, one.parties) for one in store.held()] == [
        ("EU-CYB", "list", "2026-03-16", 1),
        ("EU-CYB (FSF)", "list", "2026-07-01", 1),
        ("mitre-attack", "catalogue", "2025-10-28", 2),
    ]
    assert [one.parties[0].name for one in store.lists()] == ["Emennet Pasargad", "Emennet Pasargad"]
    assert store.catalogue() is not None
    assert store.faults == []
    assert home() == own_home


def test_nothing_held_is_no_fault(own_home: Path):
    store = Snapshots()
    assert (store.held(), store.lists(), store.catalogue(), store.faults) == ([], [], None, [])


@pytest.mark.parametrize("fails_at", [0, 1])
def test_a_sync_that_dies_leaves_the_last_good_one(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
):
    kept(tmp_path / "one", CYBER)
    before = Snapshots().fingerprint()
    written = []

    def dies(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > fails_at:
            raise TocsinError(str(path), "", "cannot be written: No space left on device")
        write_whole(path, content)

    monkeypatch.setattr(snapshots, "write_whole", dies)
    newer = table(
        {"recordId": "6", "name": "Emennet Pasargad"}, {"recordId": "7", "name": "Impuls", "startDate": "13.7.2026"}
    )
    with pytest.raises(TocsinError, match="No space left"):
        kept(tmp_path / "two", newer)
    store = Snapshots()
    assert store.fingerprint() == before
    assert [(one.as_of, len(one.parties)) for one in store.lists()] == [("2026-03-16", 1)]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "current.json"
    write_whole(path, b"good")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(TocsinError, match=r"No space left on device; free disk space"):
        write_whole(path, b"newer")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"good"]


def test_a_damaged_snapshot_is_a_fault_and_the_others_answer(own_home: Path, tmp_path: Path):
    store = kept(tmp_path / "lists", CYBER, fsf(FIRM))
    damaged = own_home / "snapshots" / store.held()[0].file
    damaged.write_bytes(damaged.read_bytes()[:-9])
    store = Snapshots()
    assert [one.id for one in store.lists()] == ["EU-CYB (FSF)"]
    (fault,) = store.faults
    assert fault.file == str(damaged)
    assert fault.todo == "run tocsin sync again; the work went on without it"


@pytest.mark.parametrize("content", [b"", b"{", b'{"held": [{"id": 3}]}'])
def test_a_damaged_manifest_is_a_fault(own_home: Path, tmp_path: Path, content: bytes):
    kept(tmp_path / "lists", CYBER)
    (own_home / "snapshots" / "current.json").write_bytes(content)
    store = Snapshots()
    assert store.lists() == []
    assert len(store.faults) >= 1


def test_a_name_of_a_list_never_leaves_the_folder(own_home: Path, tmp_path: Path):
    hostile = table({"name": "X", "programKey": "../../evil"})
    store = kept(tmp_path / "lists", hostile)
    assert len(store.lists()) == 1
    assert not list(tmp_path.rglob("evil*"))
    assert all(path.is_relative_to(own_home / "snapshots") for path in tmp_path.rglob("*.msgpack"))
