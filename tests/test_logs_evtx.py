"""EVTX files: their records, and what is said of damaged ones."""

from __future__ import annotations

import struct
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evtx_files import CHUNK, HEADER, Made, evtx_bytes
from log_files import Seen, seen

SIXTY = evtx_bytes([Made(1, data={"CommandLine": f"run {number}", "User": "CORP\\alba"}) for number in range(1, 61)])


def of(folder: Path, data: bytes) -> Seen:
    path = folder / "x.evtx"
    path.write_bytes(data)
    return seen(path)


def numbers(found: Seen) -> list[int]:
    return [int(event.record) for event in found.events]


def test_records_have_their_number_time_host_and_data(tmp_path: Path) -> None:
    found = of(tmp_path, SIXTY)
    assert numbers(found) == list(range(1, 61))
    event = found.events[6]
    assert event.fields["CommandLine"] == "run 7"
    assert event.fields["EventID"] == "1"
    assert (event.host, event.user) == ("ws01.corp.example", "CORP\\alba")
    assert (event.product, event.category, event.service) == ("windows", "process_creation", "sysmon")
    assert str(event.time) == "2026-03-03 09:00:00.123456+00:00"
    assert not found.faults


def test_unnamed_data_is_a_list_and_classic_powershell_is_split(tmp_path: Path) -> None:
    text = "\tHostName=ConsoleHost\r\n\tHostApplication=powershell.exe -nop\r\n  second line\r\n\tEngineVersion=5.1\r\n"
    made = Made(400, channel="Windows PowerShell", provider="PowerShell", unnamed=["Available", "None", text])
    (event,) = of(tmp_path, evtx_bytes([made])).events
    assert event.fields["Data"] == ["Available", "None", text]
    assert event.fields["HostApplication"] == "powershell.exe -nop\r\n  second line"
    assert event.fields["EngineVersion"] == "5.1"
    assert event.category == "ps_classic_start"


def test_a_damaged_chunk_costs_its_own_records_and_is_named(tmp_path: Path) -> None:
    data = bytearray(SIXTY)
    data[HEADER + CHUNK : HEADER + CHUNK + 8] = b"notachnk"
    found = of(tmp_path, bytes(data))
    assert numbers(found) == [*range(1, 21), *range(41, 61)]
    assert [(fault.place, fault.why[:8]) for fault in found.faults] == [("chunk 1", "damaged,")]
    assert found.read[0].records == 40


def test_many_damaged_chunks_are_one_fault(tmp_path: Path) -> None:
    data = bytearray(evtx_bytes([Made(1) for _ in range(50)], per_chunk=2))
    for number in range(1, 25):
        data[HEADER + number * CHUNK : HEADER + number * CHUNK + 8] = b"notachnk"
    found = of(tmp_path, bytes(data))
    assert numbers(found) == [1, 2]
    (fault,) = found.faults
    assert fault.place == "chunk 1" and fault.why.endswith("(24 times; also chunk 2, chunk 3, …)")


def test_a_damaged_record_is_named_with_its_chunk_and_the_rest_is_read(tmp_path: Path) -> None:
    data = bytearray(SIXTY)
    at = HEADER + CHUNK + 512
    data[at + 24 : at + 60] = b"\xff" * 36
    found = of(tmp_path, bytes(data))
    assert {*range(1, 21), *range(41, 61)} <= set(numbers(found))
    assert any(fault.place == "records 21 to 40" and "checksum" in fault.why for fault in found.faults)


def test_altered_text_that_still_parses_is_named(tmp_path: Path) -> None:
    data = SIXTY.replace("run 25".encode("utf-16-le"), "run 99".encode("utf-16-le"))
    found = of(tmp_path, data)
    assert numbers(found) == list(range(1, 61))
    (fault,) = found.faults
    assert fault.place == "records 21 to 40"
    assert "altered" in fault.why


def test_a_cut_file_says_how_much_is_missing(tmp_path: Path) -> None:
    found = of(tmp_path, SIXTY[: HEADER + CHUNK + 700])
    assert numbers(found)[:20] == list(range(1, 21))
    whys = " | ".join(fault.why for fault in found.faults)
    assert "cut off inside this chunk" in whys and "has 2 chunks, and its header says 3" in whys


def test_chunks_that_were_never_used_are_no_fault(tmp_path: Path) -> None:
    found = of(tmp_path, SIXTY + bytes(CHUNK))
    assert len(found.events) == 60
    assert not found.faults


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, HEADER + CHUNK + 3000), st.integers(0, 255)), min_size=1, max_size=30))
def test_flipped_bytes_never_raise(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    data = bytearray(SIXTY)
    for at, byte in flips:
        data[at] = byte
    found = of(tmp_path, bytes(data))
    assert found.read or found.faults


def test_a_chunk_that_claims_to_be_larger_than_it_is_does_not_raise(tmp_path: Path) -> None:
    data = bytearray(SIXTY)
    struct.pack_into("<II", data, HEADER + 44, 0xFFFFFFFF, 0xFFFFFFFF)
    assert of(tmp_path, bytes(data)).faults
