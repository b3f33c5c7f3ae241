"""Labelled reports: which claims of a reading are the labelled ones, and how many are found and judged rightly.

A folder holds reports with a JSON beside each: ``report`` is the file's name, ``claims`` are labels with sentence,
predicate, object and the verdicts allowed (parted by ``|``), ``no_claim`` sentences that claim nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tocsin import spine
from tocsin.knowledge import Graph
from tocsin.model import Claim, Verdict
from tocsin.names import glue, name_tokens

Label = dict[str, Any]

# Predicates that a reader may take for one another: a front for a ministry belongs to it.
SAME = (
    {"fronts_for", "belongs_to"},
    {"designated", "not_designated"},
    {"operates", "uses", "owns"},
    {"uses", "exploits"},
    {"leads", "belongs_to"},
)
_CROWD = re.compile(r"\d|people|firms|companies|officials|individuals|persons|men")


class Tally(NamedTuple):
    """What came of one report or of several; ``misses`` says in a line each what was missed or judged wrongly."""

    labels: int = 0
    found: int = 0
    right: int = 0
    evidenced: int = 0
    quiet: int = 0
    alarms: int = 0
    claims: int = 0
    outside: int = 0
    misses: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        """Share of the labels that are found."""
        return self.found / max(self.labels, 1)

    @property
    def precision(self) -> float:
        """Share of the found labels whose verdict is one of those allowed."""
        return self.right / max(self.found, 1)

    @property
    def proven(self) -> float:
        """Share of the found labels whose verdict comes with evidence or a nearest true thing."""
        return self.evidenced / max(self.found, 1)

    @property
    def false_alarms(self) -> float:
        """Share of the sentences that claim nothing in which a claim is seen."""
        return self.alarms / max(self.quiet, 1)


def tallies(folder: Path, known: spine.Knowledge) -> Iterator[tuple[str, Tally]]:
    """Each labelled report of a folder by its name, with what came of it."""
    for file in sorted(folder.glob("*.json")):
        labels = json.loads(file.read_text(encoding="utf-8"))
        yield (
            labels["report"],
            tally(labels, spine.verify_report(spine.load_report(folder / labels["report"]), known), known),
        )


def summed(parts: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    parts = tuple(parts)
    return Tally(*(sum(column) for column in list(zip(*parts, strict=True))[:-1]), sum((p.misses for p in parts), ()))


def tally(labels: Label, checked: spine.Verified, known: spine.Knowledge) -> Tally:
    """What came of one report."""
    pairs = list(zip(checked.reading.claims, checked.verdicts, strict=True))
    used: set[str] = set()
    misses: list[str] = []
    found = right = evidenced = alarms = 0
    for label in labels["claims"]:
        hits = _hits(known.graph, label, pairs, checked.report.text)
        if not hits:
            misses.append(f"MISS {label['predicate']}: {label['subject']} -> {label['object']} || {label['sentence']}")
            continue
        hits.sort(key=lambda pair: pair[0].id in used)
        allowed = label["verdict"].split("|")
        claim, verdict = next((pair for pair in hits if pair[1].verdict in allowed), hits[0])
        used.add(claim.id)
        found += 1
        evidenced += bool(verdict.evidence or verdict.nearest)
        right += verdict.verdict in allowed
        if verdict.verdict not in allowed:
            misses.append(
                f"WRONG {verdict.verdict} not {label['verdict']} ({label['deciding']}): {_short(claim)}"
                f" because {verdict.why[0].says} || {claim.sentence}"
            )
    for sentence in labels["no_claim"]:
        seen = [claim for claim, _ in pairs if norm(sentence) in norm(claim.sentence)]
        alarms += bool(seen)
        misses += [f"ALARM {_short(claim)} || {sentence}" for claim in seen]
    return Tally(
        labels=len(labels["claims"]),
        found=found,
        right=right,
        evidenced=evidenced,
        quiet=len(labels["no_claim"]),
        alarms=alarms,
        claims=len(pairs),
        outside=sum(claim.id not in used for claim, _ in pairs),
        misses=tuple(misses),
    )


def norm(text: str) -> str:
    """Letters and digits only, for finding a sentence again in extracted text."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&#39;", "'").replace("&amp;", "&")).strip()


def close(a: str, b: str) -> bool:
    """Whether two wordings name the same thing: one holds the other, or they share half their distinctive words."""
    x, y = glue(a), glue(b)
    if not x or not y:
        return False
    if x in y or y in x:
        return True
    left, right = ({w[:6] for w in name_tokens(t) if len(w) > 3} for t in (a, b))
    return len(left & right) * 2 >= min(len(left), len(right)) > 0


def fits(graph: Graph, label: Label, claim: Claim) -> bool:
    """Whether a claim is the labelled one: of the same predicate, in its sentence, and naming its object."""
    one, two = label["predicate"], claim.predicate
    if one != two and not any({one, two} <= group for group in SAME):
        return False
    here, there = norm(label["sentence"]), norm(claim.sentence)
    if not (here in there or there in here or here[:60] in there):
        return False
    if one in ("designated", "not_designated", "indicted") and claim.schema and not claim.object.ref:
        return close(label["object"], claim.object.text) or bool(_CROWD.search(label["object"]))
    if one == "measure":
        return True
    objects = [label["object"], *filter(None, str(label.get("object_is") or "").split("; "))]
    texts = [claim.object.text, claim.object.name or ""]
    if any(close(a, b) for a in objects for b in texts if b):
        return True
    refs = {graph.current(entry.ref) for text in objects for entry in graph.names.exact(text)}
    return bool(claim.object.ref) and (claim.object.ref in refs or str(claim.object.ref) in label.get("deciding", ""))


def _hits(graph: Graph, label: Label, pairs: list[tuple[Claim, Verdict]], text: str) -> list[tuple[Claim, Verdict]]:
    """The claims that are the labelled one; else those that stand first elsewhere and in its sentence again."""
    hits = [pair for pair in pairs if fits(graph, label, pair[0])]
    return hits or [
        (claim, verdict)
        for claim, verdict in pairs
        if any(
            fits(graph, label, msgspec.structs.replace(claim, sentence=text[span.start : span.end]))
            for span in claim.also
        )
    ]


def _short(claim: Claim) -> str:
    day = claim.when.from_ if claim.when else ""
    return (
        f"{claim.subject.text} <{claim.subject.ref}> {claim.predicate} {claim.object.text} <{claim.object.ref}> {day}"
    )
