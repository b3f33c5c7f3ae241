"""Short texts put to the reader and the judges, as the tests of claims and verdicts ask them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tocsin import spine
from tocsin.model import Claim, Verdict
from tocsin.read.extract.report import report_of


@cache
def knowledge() -> spine.Knowledge:
    """The bundled catalogues and the reference pack, opened once for all tests of a run."""
    return spine.open_knowledge()


def checked(text: str) -> spine.Verified:
    """What a text says, and whether it is true."""
    return spine.verify_report(report_of(text), knowledge())


def claims_of(text: str) -> list[Claim]:
    """The claims of a text, in its order."""
    return spine.read_report(report_of(text), knowledge())[0].claims


def line_of(claim: Claim) -> str:
    """A claim as a line of a table: ``subject | predicate | object | day | not | hedge | by whom``.

    What it lacks is left out. Subject and object are refs where there are any, else what the text says; of a measure,
    the object is what it does.
    """
    thing = claim.measure or claim.object.ref or claim.object.text
    parts = [claim.subject.ref or claim.subject.text, claim.predicate, thing]
    if claim.when and claim.when.from_:
        parts.append(claim.when.from_)
    if claim.negated:
        parts.append("not")
    if claim.hedged:
        parts.append(claim.hedged)
    if claim.according_to:
        parts.append(f"by {claim.according_to}")
    return " | ".join(parts)


def table(text: str) -> list[tuple[str, list[str]]]:
    """A table of texts, each with the lines of its claims indented below it."""
    rows: list[tuple[str, list[str]]] = []
    for line in filter(None, text.splitlines()):
        if line.startswith(" "):
            rows[-1][1].append(line.strip())
        else:
            rows.append((line, []))
    return rows


def judged(text: str, predicate: str, thing: str) -> Verdict:
    """The verdict of the one claim in ``text`` with this predicate, whose object has this ref or these words."""
    found = checked(text)
    pairs = zip(found.reading.claims, found.verdicts, strict=True)
    fitting = [v for c, v in pairs if c.predicate == predicate and thing in (c.object.ref, c.object.text, c.measure)]
    assert len(fitting) == 1, [line_of(claim) for claim in found.reading.claims]
    return fitting[0]


class Asked(NamedTuple):
    """A row of a table of verdicts: a text, the claim in it, its verdict, the evidence that decides, words of the why.

    ``proof`` is ``source | publisher | date | record`` without what the evidence lacks, or empty where there is none.
    """

    text: str
    predicate: str
    object: str
    verdict: str
    proof: str
    says: str = ""

    def __str__(self) -> str:
        return f"{self.verdict}: {self.text}"


def proofs_of(verdict: Verdict) -> list[str]:
    """The evidence of a verdict and of the nearest true things, as lines."""
    evidence = [*verdict.evidence, *(one for near in verdict.nearest for one in near.evidence)]
    return [" | ".join(filter(None, (one.source, one.publisher, one.date, one.record))) for one in evidence]


def assert_decided(row: Asked) -> Verdict:
    """The verdict of a row's claim, after it is seen to be the expected one for the expected reason."""
    verdict = judged(row.text, row.predicate, row.object)
    assert verdict.verdict == row.verdict, [reason.says for reason in verdict.why]
    assert row.says in verdict.why[0].says
    if row.proof:
        assert row.proof in proofs_of(verdict)
    return verdict
