"""Findings as a reader wants them: by question, by system, and what one rule saw many times as one group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from tocsin.brief.words import count, one_line
from tocsin.model import (
    CONFIDENCES,
    SEVERITIES,
    ActorTie,
    Asset,
    Case,
    Confidence,
    Finding,
    FindingKind,
    Record,
    Severity,
)


class Group(Record, frozen=True):
    """Findings of one rule or hunt on one system, the earliest first; ``number`` is its place in the brief."""

    number: int
    title: str
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The worst of its findings."""
        return max((one.severity for one in self.findings), key=SEVERITIES.index)

    @property
    def confidence(self) -> Confidence:
        """The highest of its findings."""
        return max((one.confidence for one in self.findings), key=CONFIDENCES.index)

    @property
    def first(self) -> str | None:
        """When it was first seen; None where nothing tells."""
        return min((at for one in self.findings if (at := one.first_seen or one.time)), default=None)

    @property
    def last(self) -> str | None:
        """When it was last seen; None where nothing tells."""
        return max((at for one in self.findings if (at := one.last_seen or one.time)), default=None)

    @property
    def users(self) -> tuple[str, ...]:
        """The accounts, each once."""
        return tuple(dict.fromkeys(one.user for one in self.findings if one.user))


class Place(Record, frozen=True):
    """A system, and the groups seen on it; ``name`` is empty where the part is not ordered by system."""

    name: str
    groups: tuple[Group, ...]
    asset: Asset | None = None


class Part(Record, frozen=True):
    """The findings that speak to one question."""

    key: str
    title: str
    says: str
    places: tuple[Place, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """Of all places."""
        return tuple(group for place in self.places for group in place.groups)

    @property
    def findings(self) -> int:
        """How many there are, over all groups."""
        return sum(len(group.findings) for group in self.groups)


# Key, title, what a reader must know of such findings, their kinds, and whether they are ordered by system.
_PARTS: tuple[tuple[str, str, str, tuple[FindingKind, ...], bool], ...] = (
    (
        "screening",
        "Do we deal with them?",
        "A match of names and details with a list; whether it is the same party is for a person to decide.",
        ("screening",),
        False,
    ),
    (
        "here",
        "Are they in here?",
        "What rules and hunts saw in the logs. It is consistent with what is named, and proves nobody’s presence.",
        ("detection", "hunt", "endpoint"),
        True,
    ),
    (
        "exposure",
        "Could they get in? Exposed systems",
        "What the inventory says, held against flaws that are known to be exploited. Nothing was probed.",
        ("exposure",),
        True,
    ),
    (
        "identity",
        "Could they get in? Accounts",
        "What the accounts’ settings allow; the weakest way to sign in counts.",
        ("identity",),
        False,
    ),
    ("gaps", "Where the evidence has gaps", "In a gap nothing can be found.", ("log_gap",), True),
)


def parts(case: Case) -> tuple[Part, ...]:
    """The parts in which something was found, numbered through. O(findings × log findings)."""
    found = []
    number = 0
    for key, title, says, kinds, by_system in _PARTS:
        groups: dict[tuple[str, str], list[Finding]] = {}
        for one in case.findings:
            if one.kind in kinds:
                groups.setdefault((_system(one) if by_system else "", _sort(one)), []).append(one)
        if not groups:
            continue
        places: dict[str, list[tuple[Finding, ...]]] = {}
        for (system, _), together in groups.items():
            places.setdefault(system, []).append(tuple(sorted(together, key=lambda one: one.time or "")))
        made = []
        for several in sorted(places.values(), key=lambda several: min(map(_worst, several))):
            ordered = sorted(several, key=_worst)
            numbered = [Group(number=number + at, title=_title(one), findings=one) for at, one in enumerate(ordered, 1)]
            number += len(numbered)
            host = ordered[0][0].host if by_system else None
            asset = case.org.asset(host) if case.org else None
            name = one_line(host or "No system named", 80) if by_system else ""
            made.append(Place(name=name, asset=asset, groups=tuple(numbered)))
        found.append(Part(key=key, title=title, says=says, places=tuple(made)))
    return tuple(found)


def foremost(findings: Sequence[Finding]) -> Finding:
    """The one to read first: the worst, then the surest, then the earliest."""
    return min(findings, key=_rank)


def closest(findings: Iterable[Finding]) -> ActorTie | None:
    """The tie to an actor that fewest others share; None where no finding has one."""
    ties = [tie for one in findings for tie in one.actors]
    return min(ties, key=lambda tie: (tie.shared_by, tie.name), default=None)


def tie_words(tie: ActorTie, kind: FindingKind = "hunt") -> str:
    """To whom a finding is tied, through what, and how little that may say; a flaw only says who is known to use it."""
    verb = "shares" if tie.shared_by == 1 else "share"
    others = (
        f"{count(tie.shared_by, 'other group')} {verb} it" if tie.shared_by > 0 else "no other group here shares it"
    )
    how = "known of" if kind == "exposure" else "consistent with"
    return f"{how} {one_line(tie.name, 80)} ({one_line(tie.why, 160)}; {others})"


def _rank(one: Finding) -> tuple[int, int, str]:
    return (-SEVERITIES.index(one.severity), -CONFIDENCES.index(one.confidence), one.time or "9999")


def _worst(together: Sequence[Finding]) -> tuple[int, int, int, str]:
    severity, confidence, time = min(map(_rank, together))
    return (severity, confidence, -len(together), time)


def _system(one: Finding) -> str:
    return (one.host or "").casefold()


def _sort(one: Finding) -> str:
    """What makes findings one group: the rule or hunt; the party that is screened for; else what the title says."""
    if one.kind == "screening" and one.parties:
        return f"party {one.parties[0].ref}"
    if one.kind == "exposure":  # each flaw is mended by itself
        return one.title
    return one.rule.id if one.rule else one.hunt or _without_user(one)


def _without_user(one: Finding) -> str:
    return re.sub(re.escape(one.user), "", one.title, flags=re.IGNORECASE) if one.user else one.title


def _title(together: Sequence[Finding]) -> str:
    titles = Counter(one.title for one in together)
    first = one_line(foremost(together).title, 240)
    if len(titles) == 1:
        return first
    rule = together[0].rule
    return one_line(rule.title, 240) if rule else f"{first}, and {len(together) - 1} more of this kind"
