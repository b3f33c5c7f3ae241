"""The organisation's part of the page: what its evidence shows, in the shapes in which the templates print it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tocsin.brief import matrix
from tocsin.brief.grouping import Group, Part, parts
from tocsin.brief.plot import plot
from tocsin.brief.register import FIRST, by_authority, ranked
from tocsin.brief.six import six
from tocsin.brief.words import clip, count, plain, shown
from tocsin.model import Case, Finding, Observed, Record

# A page is read by people: what goes beyond these is counted on it, and stands whole in findings.jsonl.
GROUPS = 40  # groups of a part, each with its findings
FULL = 2  # findings of a group with reasons and records
BRIEF = 20  # findings of a group as a line
RECORDS = 3  # evidence records of a finding
FIELDS = 24  # fields of a record
VALUE = 400  # characters of a field


class Shown(Record, frozen=True):
    """An evidence record as the page has it: where it stands, its fields, and how many more there are."""

    seen: Observed
    fields: tuple[tuple[str, str], ...]
    more: int


def view(case: Case) -> dict[str, Any]:
    """What the templates of the organisation's part need; the same keys whether or not there is one."""
    found = parts(case)
    rows = ranked(case)
    return {
        "six": six(case) if case.org else (),
        "parts_found": found,
        "group_at": _places(found),
        "groups_most": GROUPS,
        "full_most": FULL,
        "brief_most": BRIEF,
        "law": by_authority(case),
        "rows": rows,
        "first_rows": rows[:FIRST],
        "plot": plot(rows),
        "matrix": matrix.matrix(case),
        "states": matrix.STATES,
        "state_tally": matrix.tally(case),
        "covered": matrix.covered(case),
    }


def records(finding: Finding) -> tuple[Shown, ...]:
    """The first records of a finding, with the first of their fields, and long values cut with their length said."""
    return tuple(
        Shown(
            seen=one,
            fields=tuple((clip(shown(name), 80), clip(plain(value), VALUE)) for name, value in _head(one)),
            more=max(len(one.fields) - FIELDS, 0),
        )
        for one in finding.evidence[:RECORDS]
    )


def links_to(refs: Iterable[str], places: dict[str, Group]) -> tuple[tuple[Group, int], ...]:
    """The groups in which findings stand, each once, with how many of these findings are in it."""
    found: dict[int, int] = {}
    groups: dict[int, Group] = {}
    for ref in refs:
        group = places.get(ref)
        if group:
            found[group.number] = found.get(group.number, 0) + 1
            groups[group.number] = group
    return tuple((groups[number], amount) for number, amount in found.items())


def left(finding: Finding) -> str:
    """How many records of a finding the page leaves to findings.jsonl."""
    more = len(finding.evidence) - RECORDS
    return f"{count(more, 'more record')} in findings.jsonl" if more > 0 else ""


def _places(found: tuple[Part, ...]) -> dict[str, Group]:
    """The group in which a finding stands, by its id; those that the page does not show are left out."""
    return {one.id: group for part in found for group in part.groups[:GROUPS] for one in group.findings}


def _head(one: Observed) -> list[tuple[str, Any]]:
    return list(one.fields.items())[:FIELDS]
