"""Every shared EVTX file and recording is read, or named; skipped where they are not here."""

from __future__ import annotations

import tarfile
from collections import Counter
from pathlib import Path

import pytest

from log_files import seen
from tocsin.logs import LogReader

SHARED = Path(__file__).parents[2] / "shared"
EVTX = SHARED / "data" / "evtx" / "attack-samples-dev.tar.gz"
MORDOR = SHARED / "data" / "mordor"
CASES = SHARED / "cases" / "files"


@pytest.mark.skipif(not EVTX.exists(), reason="the shared EVTX files are not here")
def test_every_shared_evtx_file_is_read(tmp_path: Path) -> None:
    with tarfile.open(EVTX) as archive:
        archive.extractall(tmp_path, filter="data")
    found = seen(tmp_path)
    files = {str(path) for path in tmp_path.rglob("*.evtx")}
    assert len(files) == 120
    assert {read.path for read in found.read} == files
    assert not found.faults
    assert len(found.events) == sum(read.records for read in found.read) == 2310
    assert all(event.time and event.host and event.record.isdigit() for event in found.events)
    kinds = Counter(event.category for event in found.events)
    assert kinds["process_creation"] > 250 and kinds["ps_script"] > 0


@pytest.mark.skipif(not MORDOR.exists(), reason="the shared recordings are not here")
def test_every_shared_recording_is_read_or_named() -> None:
    paths = sorted(MORDOR.rglob("*.zip"))
    assert len(paths) == 52
    small = [path for path in paths if path.stat().st_size < 500_000 or "zeek" in path.name]
    reader = LogReader(small)
    products: Counter[str] = Counter()
    for batch in reader.batches():
        products.update(batch.column("_product").to_pylist())
    named = {read.path.partition("#")[0] for read in reader.read}
    assert named == {str(path) for path in small}
    assert products["windows"] > 20_000 and products["zeek"] > 1_000
    assert set(products) == {"windows", "zeek"}


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize(
    ("case", "hosts"),
    [
        ("log-shapes", {"ws01", "ws02", "ws03", "ws04", "ws05"}),
        ("log-times", {"ws01", "ws02", "ws03", "ws04", "ws05"}),
        ("log-unnamed-data", {"ws01", "ws02", "ws03", "ws04"}),
    ],
)
def test_the_shared_cases_give_their_hosts_at_nine(case: str, hosts: set[str]) -> None:
    found = seen(*sorted(CASES.joinpath(case).glob("*.json*")))
    assert not found.faults
    assert {str(event.host).partition(".")[0] for event in found.events} == hosts
    assert {event.time.strftime("%Y-%m-%dT%H:%M:%S") for event in found.events if event.time} == {"2026-03-03T09:00:00"}
