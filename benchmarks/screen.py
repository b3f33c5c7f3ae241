"""How fast names are screened against all designated parties of the reference pack, beside a plain rapidfuzz scan.

    python benchmarks/screen.py [--queries N] [--seed S] [--json]

Half of the queries are names of listed parties, each misspelt by one letter or with its words turned; the other half
are names that nobody bears, put together from the words of different parties. The peer compares each query with every
name by ``rapidfuzz.fuzz.token_sort_ratio`` (``process.extract``, no index), at the cut that gives it the same number of
false matches. One core; state lies in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

from tocsin.knowledge import open_graph
from tocsin.screen import Query, Screener


class Asked(NamedTuple):
    """A query and the ref of the party that it means; none where nobody bears that name."""

    name: str
    ref: str


class Figures(NamedTuple):
    """What came of a run over all queries."""

    queries_per_s: float
    recall: float
    first: float
    false_per_1000: float


def made(screener: Screener, count: int, seed: int) -> list[Asked]:
    """The queries, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311
    strong = [one for one in screener.names if not one.weak and len(one.tokens) > 1 and one.name.isascii()]
    found = []
    for _ in range(count // 2):
        one = dice.choice(strong)
        words = one.name.split()
        if dice.random() < 0.5:
            dice.shuffle(words)
        else:
            at = dice.randrange(len(words))
            place = dice.randrange(len(words[at]) + 1)
            words[at] = words[at][:place] + dice.choice("aeiouklmnrst") + words[at][place + 1 :]
        found.append(Asked(" ".join(words), one.party.ref))
    while len(found) < count:
        pair = dice.sample(strong, 2)
        if pair[0].party.ref != pair[1].party.ref:
            words = [pair[0].tokens[0], pair[1].tokens[-1]]
            known = any(set(words) <= set(one.tokens) for one in screener.names)
            if not known:
                found.append(Asked(" ".join(words), ""))
    dice.shuffle(found)
    return found


def measured(asked: list[Asked], answer: Callable[[str], list[str]]) -> Figures:
    """Run all queries; ``answer`` gives the refs of the parties that a name may mean, the likeliest first."""
    began = time.perf_counter()
    answers = [answer(one.name) for one in asked]
    took = time.perf_counter() - began
    meant = [(one.ref, found) for one, found in zip(asked, answers, strict=True) if one.ref]
    nobody = [found for one, found in zip(asked, answers, strict=True) if not one.ref]
    return Figures(
        queries_per_s=len(asked) / took,
        recall=sum(ref in found for ref, found in meant) / len(meant),
        first=sum(found[:1] == [ref] for ref, found in meant) / len(meant),
        false_per_1000=1000 * sum(bool(found) for found in nobody) / len(nobody),
    )


def ours(screener: Screener) -> Callable[[str], list[str]]:
    """Review and alert, as ``tocsin screen`` answers."""

    def answer(name: str) -> list[str]:
        hits = screener.screen(Query(name=name)).hits
        return list(dict.fromkeys(hit.ref or "" for hit in hits if hit.decision != "clear"))

    return answer


def scan(screener: Screener, cut: float) -> Callable[[str], list[str]]:
    """Every name compared with the query; the names are made ready beforehand."""
    refs = [one.party.ref for one in screener.names]
    choices = [utils.default_process(one.name) for one in screener.names]

    def answer(name: str) -> list[str]:
        query = utils.default_process(name)
        near = process.extract(query, choices, scorer=fuzz.token_sort_ratio, score_cutoff=cut, limit=20)
        return list(dict.fromkeys(refs[number] for _, _, number in near))

    return answer


def same_noise(screener: Screener, asked: list[Asked], most: float) -> float:
    """The lowest cut of the scan, from 70 on, at which it has no more false matches than ``most`` per 1,000."""
    nobody = [one for one in asked if not one.ref][:400]
    cuts: Iterable[int] = range(70, 100)
    for cut in cuts:
        answer = scan(screener, cut)
        if 1000 * sum(bool(answer(one.name)) for one in nobody) / len(nobody) <= most:
            return cut
    return 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=2000, help="how many queries (default 2000)")
    parser.add_argument("--seed", type=int, default=1, help="for the queries (default 1)")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["TOCSIN_HOME"] = home
        graph, _ = open_graph()
    began = time.perf_counter()
    screener = Screener(graph)
    built = time.perf_counter() - began
    asked = made(screener, args.queries, args.seed)
    mine = measured(asked, ours(screener))
    cut = same_noise(screener, asked, mine.false_per_1000)
    peer = measured(asked, scan(screener, cut))
    ratio = mine.queries_per_s / peer.queries_per_s
    if args.json:
        figures = {"tocsin": mine._asdict(), "scan": {"cut": cut, **peer._asdict()}, "ratio": ratio, "build_s": built}
        print(json.dumps({"parties": len(screener.parties), "names": len(screener.names), **figures}))
        return 0
    print(f"{len(screener.parties)} parties, {len(screener.names)} names, index made in {built:.2f} s")
    for name, one in (("tocsin", mine), (f"scan >= {cut:g}", peer)):
        print(
            f"{name:12} {one.queries_per_s:8,.0f} queries/s  found {one.recall:.3f}  first {one.first:.3f}  "
            f"false matches per 1,000 {one.false_per_1000:.1f}"
        )
    print(f"ratio {ratio:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
