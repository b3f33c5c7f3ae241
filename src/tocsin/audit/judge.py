"""Is this version open to this flaw? The version against the ranges that the vendor or the CVE record gives.

Within the branch of the version its own rows decide; the longest branch that fits is the version's own. Rows of ``*``
decide for branches without a row. Where none speaks of the version, nothing is guessed: it cannot be judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tocsin.audit.versions import Version, parse_branch, parse_version
from tocsin.knowledge.affected import Affected

State = Literal["open", "repaired", "unaffected", "unclear"]
Numbers = tuple[int, ...]


class Judged(NamedTuple):
    """What the ranges say of a version: why, and the row that says so; None where no row speaks of it."""

    state: State
    says: str
    row: Affected | None = None


def judge(version: Version, scheme: str, rows: Sequence[Affected]) -> Judged:
    """Judge a version by the rows of one flaw in one product. O(rows).

    A version that leaves its end open (7.0, "2019 CU14") is judged only where all that it can mean has one answer; so
    is one whose build may belong to a flavour that the inventory does not name.
    """
    low = _judge(version, version.low, scheme, rows)
    if not version.exact:
        high = _judge(version, version.high, scheme, rows)
        if high.state != low.state:
            return Judged("unclear", "the version is not given in full, and the missing part decides", low.row)
    if low.state == "open" and not version.flavour:
        flavoured = _flavoured(version, scheme, rows)
        if flavoured and flavoured.state != "open":
            name = flavoured.row.branch if flavoured.row else ""
            says = (
                f"open as a build of the common branch, {flavoured.state} as one of {name}; the inventory does not say"
            )
            return Judged("unclear", says, low.row)
    return low


def _judge(version: Version, at: Numbers, scheme: str, rows: Sequence[Affected]) -> Judged:
    own, others = _rows_of(version, rows)
    if own and (judged := _within(at, scheme, own)):
        return judged
    if own and (bounded := next((row for row in own if row.status != "unaffected"), None)):
        return Judged("unaffected", f"{bounded.by} names no such version of branch {bounded.branch}", bounded)
    if judged := _within(at, scheme, others):
        return judged
    by = rows[0].by if rows else "the advisory"
    return Judged("unclear", f"the branch is not covered by {by}; it cannot be judged")


def _rows_of(version: Version, rows: Sequence[Affected]) -> tuple[list[Affected], list[Affected]]:
    """The rows of the version's own branch, and those for all branches without a row."""
    own: list[Affected] = []
    longest = 0
    for row in rows:
        branch = parse_branch(row.branch)
        if row.branch == "*" or not branch.holds(version) or len(branch.numbers) < longest:
            continue
        if len(branch.numbers) > longest:
            own, longest = [], len(branch.numbers)
        own.append(row)
    return own, [row for row in rows if row.branch == "*"]


def _within(at: Numbers, scheme: str, rows: Sequence[Affected]) -> Judged | None:
    """The first row whose range holds the version, the affected ones first; else a row that repaired it."""
    for row in sorted(rows, key=lambda row: row.status == "unaffected"):
        if _holds(at, scheme, row):
            return _said(row)
    for row in rows:
        if row.fixed and at >= _bound(scheme, row.fixed).low:
            return Judged("repaired", f"{row.fixed} or later, repaired according to {row.by}", row)
    return None


def _holds(at: Numbers, scheme: str, row: Affected) -> bool:
    after = not row.introduced or at >= _bound(scheme, row.introduced).low
    upto = not row.last or at <= _bound(scheme, row.last).high
    before = not row.fixed or at < _bound(scheme, row.fixed).low
    return after and upto and before


def _said(row: Affected) -> Judged:
    if row.status == "unaffected":
        return Judged("unaffected", f"{row.by} does not count this version among the affected ones", row)
    if row.status == "hotfix":
        return Judged("unclear", "the repair is a hotfix, and the version does not show whether it is installed", row)
    branch = "" if row.branch == "*" else f" of branch {row.branch}"
    if row.fixed:
        return Judged("open", f"before {row.fixed}, the first repaired version{branch} according to {row.by}", row)
    if row.last:
        return Judged("open", f"up to {row.last}, the last affected version{branch} according to {row.by}", row)
    return Judged("open", f"{row.by} names no repaired version{branch}", row)


def _flavoured(version: Version, scheme: str, rows: Sequence[Affected]) -> Judged | None:
    """The judgement if the build is one of a flavour, whose builds begin with their own number: 37 in 13.1-FIPS."""
    for row in rows:
        branch = parse_branch(row.branch)
        bound = _bound(scheme, row.fixed) if row.fixed and branch.flavour else None
        same = bound and version.numbers[: len(bound.numbers) - 1] == bound.numbers[:-1]
        if same:
            other = version._replace(flavour=branch.flavour)
            return _judge(other, other.low, scheme, rows)
    return None


def _bound(scheme: str, text: str) -> Version:
    """A bound of the table. Raises ValueError where it is not written in the product's scheme."""
    version = parse_version(scheme, text)
    if version is None:
        raise ValueError(f"{text!r} is no version in the scheme {scheme}")
    return version
