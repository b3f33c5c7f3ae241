"""``audit perimeter``: appliances of an inventory against the flaws that actors exploit.

A flaw is reported where the pack has a version table for it, whether or not an actor is known to use it; the severity
says which. What cannot be judged is said: an unknown product, a version that is missing, a branch without a word.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tocsin.audit.assets import Installed, installed
from tocsin.audit.exposure import cannot_judge, open_flaw, out_of_support
from tocsin.audit.judge import Judged, judge
from tocsin.audit.kev import Kev, read_kev
from tocsin.audit.products import ENDED, Ended, products_named
from tocsin.audit.versions import parse_branch, parse_version
from tocsin.knowledge import Graph
from tocsin.knowledge.affected import AffectedTable, affected_table
from tocsin.model import Fault, Finding, InputRead, Looked, Reason, TocsinError, merged
from tocsin.org import files_of, open_table


class _Known(NamedTuple):
    """What the assets are held against."""

    graph: Graph
    table: AffectedTable
    kev: Kev
    gaps: Counter[str]  # exploited flaws by product that have no version table
    today: datetime.date


def audit_perimeter(
    paths: Sequence[Path],
    graph: Graph,
    *,
    columns: Mapping[str, str] | None,
    kev: Path | None,
    today: datetime.date,
) -> Looked:
    """The findings on the assets of inventory files; ``columns`` maps our words for columns to theirs.

    ``kev`` is CISA's catalogue: a broken one is a fault, and the audit goes on without it. O(assets x flaws).
    """
    table = affected_table()
    faults: list[Fault] = list(table.faults)
    catalogue, inputs = _catalogue(kev, table, faults)
    known = _Known(graph, table, catalogue, _gaps(catalogue, table), today)
    findings: list[Finding] = []
    for path in files_of(paths):
        try:
            rows = open_table(path, "inventory", columns)
        except TocsinError as error:
            faults.append(error.fault)
            continue
        for row in rows:
            findings += _findings(installed(str(path), row), known)
        faults += rows.faults
        inputs.append(rows.read)
    return Looked(findings=merged(findings), inputs=tuple(inputs), left_out=tuple(faults))


def _catalogue(path: Path | None, table: AffectedTable, faults: list[Fault]) -> tuple[Kev, list[InputRead]]:
    if path is None:
        return Kev(), []
    try:
        kev = read_kev(path)
    except TocsinError as error:
        faults.append(error.fault)
        return Kev(), []
    judged = len(table.cves & kev.flaws.keys())
    return kev, [
        InputRead(path=str(path), kind="known exploited flaws", records=len(kev.flaws)),
        InputRead(path=str(path), kind="known exploited flaws with a version table", records=judged),
    ]


def _findings(asset: Installed, known: _Known) -> Iterator[Finding]:
    product = asset.product
    if product is None:
        why = f"{asset.label} cannot be judged: the product is not known here"
        todo = "check its vendor's advisories by hand, or write vendor and product as the vendor does"
        yield cannot_judge(asset, why, (), todo, ())
        return
    flaws = known.table.products.get(product.key)
    gap = _gap(product.key, known)
    if flaws is None:
        why = f"{asset.label} cannot be judged: the pack has no version table for {product.name}"
        yield cannot_judge(asset, why, (), "check its vendor's advisories by hand", gap)
        return
    if asset.version is None:
        text = "the inventory gives no version that can be read"
        unread = [(cve, Judged("unclear", text)) for cve in flaws]
        yield cannot_judge(asset, text, unread, f"find out which version {asset.host} runs, and audit again", gap)
        return
    judged = [(cve, judge(asset.version, product.scheme, rows)) for cve, rows in flaws.items()]
    for cve, one in judged:
        if one.state == "open":
            yield open_flaw(asset, cve, one, known.graph, known.kev.flaws.get(cve), gap)
    if unclear := [(cve, one) for cve, one in judged if one.state == "unclear"]:
        why = "the version alone does not tell"
        yield cannot_judge(asset, why, unclear, f"check {asset.host} against the advisories that are named", gap)
    if ended := next((end for end in ENDED if _has_ended(end, asset, known.today)), None):
        yield out_of_support(asset, ended)


def _gaps(kev: Kev, table: AffectedTable) -> Counter[str]:
    others = (flaw for cve, flaw in kev.flaws.items() if cve not in table.cves)
    return Counter(product for flaw in others for product in products_named(flaw.vendor, flaw.product))


def _gap(product: str, known: _Known) -> tuple[Reason, ...]:
    """How many exploited flaws of the product are not judged, for want of a version table."""
    count = known.gaps[product]
    if not count:
        return ()
    flaws = f"{count} flaws" if count > 1 else "1 flaw"
    says = f"KEV also holds {flaws} of this product without a version table in the pack: not judged"
    return (Reason(name="not judged", says=says, value=float(count), met=False),)


def _has_ended(end: Ended, asset: Installed, today: datetime.date) -> bool:
    version, product = asset.version, asset.product
    if version is None or product is None or product.key != end.product or end.since > today.isoformat():
        return False
    before = parse_version(product.scheme, end.before) if end.before else None
    return parse_branch(end.branch).holds(version) and (before is None or version.high < before.low)
