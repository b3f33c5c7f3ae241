"""How long ``tocsin who`` takes from start to answer, as a command of its own.

    python benchmarks/who.py [NAME…] [--runs N] [--json]

Cold is the first call ever: the catalogues are turned into the cache. Warm is every later one; its median over N runs
counts, and is to stay under 0.7 s. State lies in a temporary folder, so nothing of yours is read or written.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

TARGET = 0.7  # seconds, warm, from start to answer


def once(name: str, home: str) -> float:
    """Seconds of one run in a process of its own. Raises SystemExit where the name leads nowhere."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", "who", name, "--json"],
        env={**os.environ, "TOCSIN_HOME": home},
        capture_output=True,
        check=False,
    )
    took = time.perf_counter() - began
    if done.returncode != 0:
        raise SystemExit(f"who {name}: exit {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=["APT31", "安洵信息技术有限公司", "Judgement Panda", "Emmenet"])
    parser.add_argument("--runs", type=int, default=9, help="warm runs for each name (default 9)")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        cold = once(args.names[0], home)
        warm = {name: [once(name, home) for _ in range(args.runs)] for name in args.names}
    medians = {name: statistics.median(times) for name, times in warm.items()}
    good = all(median < TARGET for median in medians.values())
    if args.json:
        print(
            json.dumps({"cold_s": cold, "warm_median_s": medians, "runs": args.runs, "target_s": TARGET, "met": good})
        )
        return 0 if good else 1
    print(f"cold  {cold:6.2f} s  who {args.names[0]}")
    for name, times in warm.items():
        print(f"warm  {medians[name]:6.2f} s  who {name}  (fastest {min(times):.2f}, slowest {max(times):.2f})")
    print(f"target {TARGET} s warm: {'met' if good else 'missed'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
