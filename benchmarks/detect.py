"""How fast rules run over logs, on one core: loading them, and events a second of the plain evaluator.

    python benchmarks/detect.py LOGS… [--rules DIR]… [--no-pack] [--records N] [--json]

The logs are read first, up to N records, and reading is not counted: the figure is the evaluator's alone.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

from tocsin.detect import Detector, load_rules
from tocsin.logs import LogReader


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("logs", nargs="+", type=Path, help="files or folders of logs")
    parser.add_argument("--rules", action="append", default=[], type=Path, help="folder of Sigma rules; may repeat")
    parser.add_argument("--no-pack", action="store_true", help="leave out the rules that come with Tocsin")
    parser.add_argument("--records", type=int, default=200_000, help="how many at most (default 200,000)")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, whatever a library would like
    began = time.perf_counter()
    rules = load_rules(args.rules, pack=not args.no_pack)
    loading = time.perf_counter() - began
    batches, records = [], 0
    for batch in LogReader(args.logs).batches():
        batches.append(batch)
        records += batch.num_rows
        if records >= args.records:
            break
    detector, findings = Detector(rules), 0
    began = time.perf_counter()
    for batch in batches:
        findings += len(detector.feed(batch))
    seconds = time.perf_counter() - began
    figures = {
        "rules": len(rules.rules),
        "left_out": len(rules.left_out),
        "loading_seconds": round(loading, 2),
        "records": records,
        "findings": findings,
        "rules_that_fired": len(detector.counts),
        "records_per_second": round(records / seconds) if records else 0,
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    sys.stdout.write(json.dumps(figures) + "\n" if args.json else "".join(f"{k}: {v}\n" for k, v in figures.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
