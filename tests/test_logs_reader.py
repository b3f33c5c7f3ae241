"""Files, folders and archives of logs: what is read, and what one is told of the rest."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evtx_files import Made, evtx_bytes
from log_files import event_json, json_lines, seen
from tocsin.logs import Event, LogReader, batch_of, batches_of, contents, events, events_of, lines
from tocsin.model import TocsinError

ONE = json_lines(event_json(CommandLine="whoami"))
THREE = json_lines(*(event_json(CommandLine=f"run {number}", record=number) for number in range(3)))
ZEEK = (
    b"#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
    b"#fields\tts\tuid\n#types\ttime\tstring\n1772528400.1\tC1\n"
)


def zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def named(value: object) -> str | None:
    """Bytes are no good names of tests: some hold the time at which they were packed."""
    return "bytes" if isinstance(value, bytes) else None


@pytest.mark.parametrize(
    ("name", "data", "format", "file"),
    [
        ("a.txt", ONE, "windows-json", "a.txt"),
        ("b.dat", gzip.compress(ONE, mtime=0), "windows-json", "b.dat"),
        ("c.bin", zipped({"deep/er/x": ONE}), "windows-json", "c.bin#deep/er/x"),
        ("d.json", ZEEK, "zeek", "d.json"),
        ("e.log", evtx_bytes([Made(1)]), "evtx", "e.log"),
        ("f.log.gz", gzip.compress(evtx_bytes([Made(1)]), mtime=0), "evtx", "f.log.gz"),
        ("g.zip", zipped({"x": evtx_bytes([Made(1)])}), "evtx", "g.zip#x"),
        ("h.zip", zipped({"x": gzip.compress(ZEEK, mtime=0)}), "zeek", "h.zip#x"),
        ("i.evtx", b'{"ts":1772528400.1,"uid":"C1","id.orig_h":"10.0.0.1"}\n', "zeek-json", "i.evtx"),
        ("j.evtx", b'{"when":"2026-03-03T09:00:00Z","what":"door opened"}\n', "json", "j.evtx"),
        ("k.json", b"\xef\xbb\xbf" + ONE, "windows-json", "k.json"),
        ("l.json", ONE.decode().encode("utf-16"), "windows-json", "l.json"),
        ("m.json", ONE.decode().encode("utf-16-le"), "windows-json", "m.json"),
    ],
    ids=named,
)
def test_a_log_is_known_by_its_content(tmp_path: Path, name: str, data: bytes, format: str, file: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = seen(tmp_path)
    assert [fault.line() for fault in found.faults] == []
    assert [(read.format, read.records) for read in found.read] == [(format, 1)]
    assert found.read[0].path == found.events[0].file == str(tmp_path / file)


def test_members_and_files_keep_their_names_and_order(tmp_path: Path) -> None:
    hidden = {"__MACOSX/._x": b"\x00\x05", ".git/z": ONE, "empty/": b""}
    (tmp_path / "b.zip").write_bytes(zipped({"two/x": ONE, "../y": THREE, **hidden}))
    (tmp_path / "a.jsonl").write_bytes(ONE)
    (tmp_path / ".hidden").write_bytes(ONE)
    found = seen(tmp_path, tmp_path / "a.jsonl")
    assert [(Path(read.path).name, read.records) for read in found.read] == [("a.jsonl", 1), ("x", 1), ("y", 3)]
    assert [event.record for event in found.events] == ["line 1", "line 1", "line 1", "line 2", "line 3"]
    assert not found.faults


def test_reading_can_stop_early(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes((ONE * 9000).decode().encode("utf-16"))
    batches = iter(LogReader([tmp_path]).batches())
    assert next(batches).num_rows == events.BATCH
    del batches


def test_a_gzip_of_several_members_is_one_log(tmp_path: Path) -> None:
    (tmp_path / "x.gz").write_bytes(b"".join(gzip.compress(line + b"\n") for line in THREE.splitlines()))
    assert len(seen(tmp_path).events) == 3


def tar_bytes() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("x.jsonl")
        info.size = len(ONE)
        archive.addfile(info, io.BytesIO(ONE))
    return target.getvalue()


def encrypted() -> bytes:
    data = bytearray(zipped({"x": ONE}))
    data[6] |= 1  # the flag in the local header and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def misnamed() -> bytes:
    """A zip whose directory says that a name is UTF-8, which it is not."""
    data = bytearray(zipped({"xäx": ONE}))
    at = data.rindex("ä".encode())
    data[at : at + 2] = b"\xd4\x00"
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why", "todo"),
    [
        (b"", "an empty file", "check the export"),
        (b"title: a rule\ndetection:\n", "not a log format that is known", "EVTX"),
        (b"\x7fELF" + bytes(200), "not a log format that is known", "Zeek"),
        (b"a,b\n1,2\n", "not a log format that is known", "JSON lines"),
        (tar_bytes(), "a tar archive", "unpack it"),
        (zipped({}), "an archive without files", "check how it was made"),
        (encrypted(), "encrypted", "password"),
        (misnamed(), "damaged archive", "fetch the file again"),
        (zipped({"x": zipped({"y": ONE})}), "an archive inside an archive", "unpack it"),
        (gzip.compress(THREE * 500, mtime=0)[:40], "cut off", "fetch the file again"),
        (b"PK\x03\x04" + bytes(50), "cannot be read", "fetch the file again"),
        (b"\x1f\x8b" + bytes(50), "cannot be read", "fetch the file again"),
        (b'{\n"a":\n', "not JSON", "one object a line"),
        (b'{"a": 1', "the last line is cut off", "fetch the file again"),
        (b"[1, 2]\n", "not a log format", "known are"),
        (b"ElfFile\x00", "cannot be read", "export the log again"),
    ],
    ids=named,
)
def test_what_is_no_readable_log_is_named_once(tmp_path: Path, data: bytes, why: str, todo: str) -> None:
    (tmp_path / "odd").write_bytes(data)
    (tmp_path / "sound.jsonl").write_bytes(ONE)
    found = seen(tmp_path)
    (fault,) = found.faults
    assert fault.file.startswith(str(tmp_path / "odd"))
    assert why in fault.why and todo in fault.todo
    assert len(found.events) == 1  # the rest was read


def test_missing_and_empty_folders_are_named(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    found = seen(tmp_path / "bare", tmp_path / "none.log")
    assert [fault.why for fault in found.faults] == ["a folder without files", "no such file"]


def test_a_cut_gzip_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(json_lines(event_json(Text=f"{n} {hash(n * 7919)}")) for n in range(9000)))
    (tmp_path / "x.gz").write_bytes(whole[: len(whole) // 2])
    found = seen(tmp_path)
    assert 1000 < len(found.events) < 9000
    assert found.read[0].records == len(found.events)
    assert any("cut off" in fault.why and fault.place == f"after record {len(found.events)}" for fault in found.faults)


def test_a_damaged_member_does_not_cost_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a": THREE, "b": THREE * 50, "c": ONE}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("b").header_offset
    data[start + 60 : start + 80] = bytes(20)
    (tmp_path / "x.zip").write_bytes(bytes(data))
    found = seen(tmp_path)
    assert {read.path[-1]: read.records for read in found.read if read.path[-1] != "b"} == {"a": 3, "c": 1}
    assert all(fault.file.endswith("x.zip#b") and "cannot be read" in fault.why for fault in found.faults)
    assert found.faults


def test_broken_lines_are_one_fault_with_their_number_and_first_places(tmp_path: Path) -> None:
    good = ONE.rstrip()
    broken = [b'{"EventID": 1, "Channel": ', b"garbage", b'{"a": }', b"{]", b"\xff\xfe"]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join([good, *broken, good, b"", good]) + b"\n")
    found = seen(tmp_path)
    assert [event.record for event in found.events] == ["line 1", "line 7", "line 9"]
    (fault,) = found.faults
    assert fault.place == "line 2"
    assert fault.why == "not JSON (5 times; also line 3, line 4, …)"


def test_a_cut_last_line_is_told_apart_and_a_whole_one_without_line_end_is_used(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(THREE + ONE[:60])
    (tmp_path / "b.jsonl").write_bytes(THREE + ONE.rstrip())
    found = seen(tmp_path)
    assert [read.records for read in found.read] == [3, 4]
    (fault,) = found.faults
    assert (fault.place, fault.why) == ("line 4", "the last line is cut off: not JSON")


def test_a_line_without_end_is_skipped_in_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_LINE", 4000)
    (tmp_path / "x.jsonl").write_bytes(ONE + b'{"a": "' + b"x" * 50_000 + b'"}\n' + ONE)
    found = seen(tmp_path)
    assert [event.record for event in found.events] == ["line 1", "line 3"]
    assert [(fault.place, fault.why) for fault in found.faults] == [("line 2", "a line of more than 16 MB")]


def test_what_unpacks_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MAX_UNPACKED", 1 << 20)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(ONE * 20_000))
    found = seen(tmp_path)
    assert 0 < len(found.events) < 20_000
    assert any("unpacked" in fault.why for fault in found.faults)


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2]\n",
        "[1,\n2\n]\n",
        "[\n1,\n2\n]",
        "[\n  1,\n  2\n]\n",
        "  [ 1 , 2 ]  ",
    ],
    ids=named,
)
def test_an_array_is_read_as_its_objects(tmp_path: Path, text: str) -> None:
    objects = {number: json.dumps(event_json(record=int(number))) for number in "12"}
    (tmp_path / "x.json").write_text("".join(objects.get(one, one) for one in text))
    found = seen(tmp_path)
    assert [event.fields["EventRecordID"] for event in found.events] == ["1", "2"]
    assert not found.faults


@pytest.mark.parametrize("array", [True, False])
def test_records_over_several_lines_are_read_with_the_line_where_they_begin(tmp_path: Path, array: bool) -> None:
    records = [event_json(record=n, Note="{a}, [b]\nc") for n in (1, 2)]
    one = json.dumps(records[0], indent=2)
    text = json.dumps(records, indent=2) if array else "\n".join(json.dumps(record, indent=2) for record in records)
    (tmp_path / "x.json").write_text(text)
    found = seen(tmp_path)
    second = 2 + one.count("\n") + array
    assert [event.record for event in found.events] == [f"line {1 + array}", f"line {second}"]
    assert not found.faults


def test_repeated_names_halves_of_surrogates_and_foreign_bytes_lose_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(
        b'{"EventID": 400, "Channel": "Windows PowerShell", "Data": "one", "Data": "two", "x": {"y": 1, "y": 2}}\n'
        b'{"EventID": 1, "Channel": "System", "CommandLine": "half \\ud800 pair", "l": [["\\udc00"], {"\\ud800": 1}]}\n'
        b'{"EventID": 1, "Channel": "System", "CommandLine": "caf\xe9 \\"b\\": 1"}\n'
    )
    found = seen(tmp_path)
    one, two, three = (event.fields for event in found.events)
    assert one["Data"] == ["one", "two"] and one["x.y"] == ["1", "2"]
    assert two["CommandLine"] == "half \ufffd pair"
    assert three["CommandLine"] == 'caf\ufffd "b": 1'
    assert [(fault.place, fault.why[:9]) for fault in found.faults] == [("line 3", "not UTF-8")]


def test_deep_nesting_is_a_broken_line(tmp_path: Path) -> None:
    deep = b'{"EventID":1,"Channel":"System","a":' + b'{"a":' * 600 + b"1" + b"}" * 601
    (tmp_path / "x.jsonl").write_bytes(ONE + b'{"a":' * 50_000 + b"\n" + b"[" * 50_000 + b"\n" + deep + b"\n" + ONE)
    found = seen(tmp_path)
    assert found.read[0].records in (2, 3)
    assert found.faults[0].place == "line 2"


def test_times_span_the_events_and_not_what_their_fields_say(tmp_path: Path) -> None:
    times = ["2026-03-03T09:00:00.1234567Z", "2026-03-03 10:00:01+01:00", "1601-01-01T00:00:00Z"]
    records = [event_json(time=time, Born="1601-01-01T00:00:00Z", Dies="9999-12-31T00:00:00Z") for time in times]
    (tmp_path / "x.jsonl").write_bytes(json_lines(*records))
    (read,) = seen(tmp_path).read
    assert (read.from_, read.to) == ("2026-03-03T09:00:00.123456Z", "2026-03-03T09:00:01Z")
    assert seen(tmp_path).events[2].time is None


def test_a_log_without_records_is_read_and_has_none(tmp_path: Path) -> None:
    (tmp_path / "conn.log").write_bytes(ZEEK[: ZEEK.rindex(b"1772")])
    found = seen(tmp_path)
    assert [(read.format, read.records, read.from_) for read in found.read] == [("zeek", 0, None)]
    assert not found.faults


def test_a_format_can_be_given_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\n\n\n" + b" " * 70_000 + b"\n" + ONE)
    assert len(seen(tmp_path, format="windows-json").events) == 1
    with pytest.raises(TocsinError, match="there are evtx, zeek"):
        LogReader([tmp_path], format="syslog")


def test_fields_named_as_our_columns_do_not_replace_them(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b'{"_time": "noon", "_file": "theirs", "_file_": "too", "a": "b"}\n')
    (event,) = seen(tmp_path).events
    assert event.file.endswith("x.jsonl")
    assert event.fields == {"_time_": "noon", "_file__": "theirs", "_file_": "too", "a": "b"}


def test_batches_are_bounded_by_records_fields_and_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [Event("f", str(n), None, None, None, "", "", "", {f"field{n}": "x" * 100}) for n in range(100)]
    monkeypatch.setattr(events, "MAX_CELLS", 400)
    assert max(batch.num_rows * (batch.num_columns - 8) for batch in batches_of(made)) <= 441
    monkeypatch.setattr(events, "MAX_CELLS", 10**9)
    monkeypatch.setattr(events, "MAX_CHARACTERS", 1000)
    assert max(batch.num_rows for batch in batches_of(made)) <= 11
    assert [event for batch in batches_of(made, 7) for event in events_of(batch)] == made


FIELD = st.text(st.characters(exclude_categories=("Cs",)), max_size=5)
MADE = st.builds(
    Event,
    file=st.just("f"),
    record=FIELD,
    time=st.none(),
    host=FIELD.filter(bool) | st.none(),
    user=st.none(),
    product=FIELD,
    category=FIELD,
    service=FIELD,
    fields=st.dictionaries(FIELD.map("a".__add__), FIELD | st.lists(FIELD, min_size=2, max_size=3), max_size=4),
)


@given(st.lists(MADE, max_size=8))
def test_events_come_out_of_a_batch_as_they_went_in(made: list[Event]) -> None:
    assert list(events_of(batch_of(made))) == made


NAMES = """Event System EventData UserData Data EventID EventId Channel Provider TimeCreated #attributes #text @Name
    Name winlog event_data Payload result _raw _source WinEvtChannel data win ts uid _path Message User host""".split()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES) | st.text(max_size=4),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)
SOUND = [ONE, ZEEK, evtx_bytes([Made(1), Made(4104)])[:6000], gzip.compress(ONE, mtime=0), zipped({"x": ONE})]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sound log with a piece cut out, replaced or doubled."""
    data = draw(st.sampled_from(SOUND))
    at = draw(st.integers(0, len(data)))
    end = draw(st.integers(at, min(len(data), at + 200)))
    return data[:at] + draw(st.binary(max_size=20) | st.just(data[at:end] * 2)) + data[end:]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300) | damaged() | JSON.map(lambda value: json.dumps(value).encode() + b"\n"))
def test_any_bytes_end_in_read_or_faults(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(data)
    found = seen(path)
    named = [read.path for read in found.read] + [fault.file for fault in found.faults]
    assert {one.partition("#")[0] for one in named} == {str(path)}
    assert sum(read.records for read in found.read) == len(found.events)
    for fault in found.faults:
        assert fault.why and fault.todo and "\n" not in fault.line()
