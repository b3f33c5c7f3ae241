"""Recall of claims, right verdicts and false alarms over labelled reports.

    python benchmarks/accuracy.py [FOLDER] [--misses]

FOLDER holds reports with a JSON of labels beside each (default: tests/reports). A label is found when a claim of the
same predicate stands in its sentence and names its object; its verdict is right when the label allows it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tocsin import spine

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))

from labelled import summed, tallies  # noqa: E402 - the matching is shared with the tests


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=TESTS / "reports")
    parser.add_argument("--misses", action="store_true", help="print labels that were missed or judged wrongly")
    args = parser.parse_args()
    parts = []
    for name, one in tallies(args.folder, spine.open_knowledge()):
        parts.append(one)
        if args.misses:
            print(*(f"{name[:2]} {miss[:400]}" for miss in one.misses), sep="\n")
        print(f"{name:32s} labels {one.labels:3d}  found {one.found:3d}  right {one.right:3d}  claims {one.claims:3d}")
    if not parts:
        sys.exit(f"{args.folder}: no labelled reports; each is a report with a JSON of the same name beside it")
    total = summed(parts)
    print(
        f"recall {total.recall:.3f}  right verdicts {total.precision:.3f}  with evidence {total.proven:.3f}"
        f"  claims on quiet sentences {total.false_alarms:.3f}"
        f"  claims outside the labels {total.outside} of {total.claims} ({total.labels} labels)"
    )


if __name__ == "__main__":
    main()
