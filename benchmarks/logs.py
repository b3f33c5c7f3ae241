"""How fast logs are read, on one core, beside a bare read of the same bytes.

    python benchmarks/logs.py LOGS… [--json]

Of each format, the records a second that LogReader gives as Arrow batches, and those of the barest reading there is:
the ``evtx`` package's JSON for EVTX, msgspec's JSON decoder a line, ``split`` for Zeek's tab-separated logs. Both
unpack the archives; only the first names fields, finds log source, time, host and account, and names what is broken.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

import msgspec
from evtx import PyEvtxParser

from tocsin.logs import LogReader
from tocsin.logs.contents import Content, contents_of
from tocsin.logs.formats import HEAD, format_of
from tocsin.org import files_of


def bare(content: Content, format: str) -> int:
    """Records of one log, read with nothing around it."""
    with content.open() as stream:
        if format == "evtx":
            return sum(1 for _ in PyEvtxParser(io.BytesIO(stream.read()), number_of_threads=1).records_json())
        if format == "zeek":
            return sum(1 for line in stream if not line.startswith(b"#") and line.split(b"\t"))
        decoder = msgspec.json.Decoder()
        records = 0
        for line in stream:
            if line.strip():
                decoder.decode(line)
                records += 1
        return records


def measure(path: Path) -> dict[str, tuple[int, float, int, float]]:
    """Our records and seconds and the bare ones, by format; none of ours for an archive of several formats."""
    found: dict[str, tuple[int, float, int, float]] = {}
    for content in contents_of(path, []):
        with content.open() as stream:
            known = format_of(stream.read(HEAD), content.name)
        if known is None:
            continue
        began = time.perf_counter()
        records = bare(content, known.name)
        seconds = time.perf_counter() - began
        before = found.get(known.name, (0, 0.0, 0, 0.0))
        found[known.name] = (0, 0.0, before[2] + records, before[3] + seconds)
    if len(found) == 1:
        began = time.perf_counter()
        records = sum(batch.num_rows for batch in LogReader([path]).batches())
        ((name, row),) = found.items()
        found[name] = (records, time.perf_counter() - began, *row[2:])
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", nargs="+", type=Path, help="files or folders; archives of several formats are left out")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, whatever a library would like
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for path in files_of(args.logs):
        for name, row in measure(path).items():
            if row[0]:
                sums[name] = [one + more for one, more in zip(sums[name], row, strict=True)]
    figures = {
        name: {
            "records": int(records),
            "per_second": round(records / seconds),
            "bare_per_second": round(plain / bare_seconds),
            "ratio": round((plain / bare_seconds) / (records / seconds), 1),
        }
        for name, (records, seconds, plain, bare_seconds) in sorted(sums.items())
    }
    memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    if args.json:
        sys.stdout.write(json.dumps({**figures, "memory_mb": memory}) + "\n")
    else:
        for name, row in figures.items():
            sys.stdout.write(
                f"{name:13s} {row['records']:8d} records  {row['per_second']:7d}/s"
                f"  bare {row['bare_per_second']:7d}/s  {row['ratio']} times as long\n"
            )
        sys.stdout.write(f"memory {memory} MB\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
