"""How fast reports are read and verified, on one core, and how much memory that takes.

    python benchmarks/read.py [--reports N] [--seed S] [--characters C] [--json]

The reports are made from the paragraphs of ``tests/reports``: shuffled by seed, no two alike, each as long as a usual
news article. Opening the catalogues is timed apart, since it is done once however many reports follow. At least 20
reports a second are to be read and verified.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from tocsin import open_knowledge, read_report, verify_report
from tocsin.model import Report
from tocsin.read import load_report

TARGET = 20.0  # reports a second, read and verified
REPORTS = Path(__file__).parent.parent / "tests" / "reports"


def paragraphs(folder: Path) -> list[str]:
    """All lines of the labelled reports, as reading them gives them."""
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".md", ".html")]
    lines = [line.strip() for path in files for line in load_report(path).text.splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


def made_reports(lines: list[str], count: int, length: int, seed: int) -> list[str]:
    """``count`` different texts of at least ``length`` characters, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311
    texts: dict[str, None] = {}
    while len(texts) < count:
        order = dice.sample(lines, len(lines))
        chosen, size = [], 0
        for line in order:
            chosen.append(line)
            size += len(line) + 1
            if size >= length:
                break
        texts["\n".join(chosen)] = None
    return list(texts)


def loaded(texts: list[str], folder: Path) -> list[Report]:
    """The texts as reports, each read from a file of its own."""
    found = []
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        found.append(load_report(path))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=200, help="how many (default 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--characters", type=int, default=5000, help="least length of each (default 5000)")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, whatever a library would like
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TOCSIN_HOME"] = str(Path(folder) / "home")
        texts = made_reports(paragraphs(REPORTS), args.reports, args.characters, args.seed)
        open_knowledge()  # makes the cache
        began = time.perf_counter()
        known = open_knowledge()
        opening = time.perf_counter() - began
        began = time.perf_counter()
        reports = loaded(texts, Path(folder))
        loading = time.perf_counter() - began
        began = time.perf_counter()
        for report in reports:
            read_report(report, known)
        reading = time.perf_counter() - began
        began = time.perf_counter()
        claims = sum(len(verify_report(report, known).verdicts) for report in reports)
        both = time.perf_counter() - began
    count = len(reports)
    figures = {
        "reports": count,
        "characters": sum(map(len, texts)),
        "claims": claims,
        "opening_s": round(opening, 3),
        "read_per_s": round(count / (loading + reading), 1),
        "read_and_verified_per_s": round(count / (loading + both), 1),
        "target_per_s": TARGET,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "peer": None,
    }
    good = count / (loading + both) >= TARGET
    if args.json:
        print(json.dumps(figures))
        return 0 if good else 1
    print(f"{count} reports, {figures['characters']:,} characters, {claims} claims; seed {args.seed}, one core")
    print(f"catalogues opened in   {opening:7.2f} s, once")
    print(f"read                   {figures['read_per_s']:7.1f} reports a second")
    print(f"read and verified      {figures['read_and_verified_per_s']:7.1f} reports a second")
    print(f"peak memory            {figures['peak_mb']:7d} MB")
    print("peer                   none: no tool known to us checks the claims of a report")
    print(f"target {TARGET:.0f} a second: {'met' if good else 'missed'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
