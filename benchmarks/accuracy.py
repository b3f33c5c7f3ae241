"""Recall of claims, right verdicts and false alarms over labelled reports.

    python benchmarks/accuracy.py [FOLDER] [--misses]

FOLDER holds reports with a JSON of labels beside each (default: tests/reports). A label is found when a claim of the same
predicate stands in its sentence and names its object; its verdict is right when it is one of those the label allows.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from tocsin import spine
from tocsin.knowledge import Graph
from tocsin.model import Claim, Verdict
from tocsin.names import glue, name_tokens

# Predicates that a reader may take for one another: a front for a ministry belongs to it.
SAME = (
    {"fronts_for", "belongs_to"},
    {"designated", "not_designated"},
    {"operates", "uses", "owns"},
    {"uses", "exploits"},
    {"leads", "belongs_to"},
)


def close(a: str, b: str) -> bool:
    """Whether two wordings name the same thing: one holds the other, or they share half their distinctive words."""
    x, y = glue(a), glue(b)
    if not x or not y:
        return False
    if x in y or y in x:
        return True
    left, right = ({w[:6] for w in name_tokens(t) if len(w) > 3} for t in (a, b))
    return len(left & right) * 2 >= min(len(left), len(right)) > 0


def refs_of(graph: Graph, texts: list[str]) -> set[str]:
    """The nodes that wordings lead to."""
    return {graph.current(e.ref) for text in texts for e in graph.names.exact(text)}


def fits(graph: Graph, label: dict[str, Any], claim: Claim) -> bool:
    """Whether a claim is the labelled one."""
    one, two = label["predicate"], claim.predicate
    if one != two and not any({one, two} <= group for group in SAME):
        return False
    here = norm(label["sentence"])
    spans = norm(claim.sentence)
    if not (here in spans or spans in here or here[:60] in spans):
        return False
    objects = [label["object"], *[part for part in str(label.get("object_is") or "").split("; ") if part]]
    if one in ("designated", "not_designated", "indicted") and claim.schema and not claim.object.ref:
        return (
            True
            if close(label["object"], claim.object.text)
            else bool(re.search(r"\d|people|firms|companies|officials|individuals|persons|men", label["object"]))
        )
    if one == "measure":
        return True
    texts = [claim.object.text, claim.object.name or ""]
    if any(close(a, b) for a in objects for b in texts if b):
        return True
    if claim.object.ref and claim.object.ref in refs_of(graph, objects):
        return True
    return bool(claim.object.ref) and str(claim.object.ref) in label.get("deciding", "")


def norm(text: str) -> str:
    """Letters and digits only, for finding a sentence again in extracted text."""
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&#39;", "'").replace("&amp;", "&")).strip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent.parent / "tests" / "reports")
    parser.add_argument("--misses", action="store_true", help="print labels that were missed or judged wrongly")
    args = parser.parse_args()
    known = spine.open_knowledge()
    total = found = right = claims_made = quiet = alarms = evidenced = extra = 0
    for labels_file in sorted(args.folder.glob("*.json")):
        labels = json.loads(labels_file.read_text(encoding="utf-8"))
        report = spine.load_report(args.folder / labels["report"])
        checked = spine.verify_report(report, known)
        pairs: list[tuple[Claim, Verdict]] = list(zip(checked.reading.claims, checked.verdicts, strict=True))
        n_found = n_right = 0
        used: set[str] = set()
        for label in labels["claims"]:
            total += 1
            hits = [(c, v) for c, v in pairs if fits(known.graph, label, c)]
            hits += [(c, v) for c, v in pairs if not hits and _by_also(known.graph, label, c, report.text)]
            hits.sort(key=lambda pair: pair[0].id in used)
            allowed = label["verdict"].split("|")
            if not hits:
                if args.misses:
                    print(
                        f"MISS {labels['report'][:2]} {label['predicate']}: {label['subject']} -> {label['object']} || {label['sentence'][:170]}"
                    )
                continue
            n_found += 1
            best = next(((c, v) for c, v in hits if v.verdict in allowed), hits[0])
            used.add(best[0].id)
            evidenced += bool(best[1].evidence or best[1].nearest)
            if best[1].verdict in allowed:
                n_right += 1
            elif args.misses:
                c, v = best
                print(
                    f"WRONG {labels['report'][:2]} {v.verdict} not {label['verdict']} ({label['deciding']}): {c.subject.text}<{c.subject.ref}> {c.predicate} {c.object.text}<{c.object.ref}> {c.when.from_ if c.when else ''} {c.programme or ''} because {v.why[0].says[:150]} || {c.sentence[:130]}"
                )
        for sentence in labels["no_claim"]:
            quiet += 1
            hit = [
                c
                for c, _ in pairs
                if norm(c.sentence) and (norm(sentence) == norm(c.sentence) or norm(sentence) in norm(c.sentence))
            ]
            alarms += bool(hit)
            if hit and args.misses:
                print(
                    f"ALARM {labels['report'][:2]} {[(c.subject.text, c.predicate, c.object.text) for c in hit]} || {sentence[:120]}"
                )
        found += n_found
        right += n_right
        claims_made += len(pairs)
        extra += len([c for c, _ in pairs if c.id not in used])
        print(
            f"{labels['report']:32s} labels {len(labels['claims']):3d}  found {n_found:3d}  right {n_right:3d}  claims {len(pairs):3d}"
        )
    print(
        f"recall {found / total:.3f}  right verdicts {right / max(found, 1):.3f}  with evidence {evidenced / max(found, 1):.3f}  claims on quiet sentences {alarms / max(quiet, 1):.3f}  claims outside the labels {extra} of {claims_made} ({total} labels)"
    )


def _by_also(graph: Graph, label: dict[str, Any], claim: Claim, text: str) -> bool:
    """A claim that stands first elsewhere and here again."""
    return any(
        fits(graph, label, msgspec.structs.replace(claim, sentence=text[span.start : span.end])) for span in claim.also
    )


if __name__ == "__main__":
    sys.exit(main())
