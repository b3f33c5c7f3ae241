"""Findings into risks, one for what somebody who decides sees as one: a listed party, a host, a kind of account."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tocsin.model import CONFIDENCES, SEVERITIES, Asset, Finding, Organisation
from tocsin.risk.signals import (
    account,
    asset_of,
    exposure_of,
    flaws_of,
    host_key,
    is_in_kev,
    is_privileged,
    is_strong,
    listed,
    source_of,
    words_of,
)
from tocsin.risk.tables import GroupKind, filled, treatments

_PLAIN = ("workstation", "network", "other")
# What tells findings of a kind apart: the name of a reason, or a word of the title.
_UNKNOWN = (("not judged",), ("unknown", "not known"))
_UNNAMED = (("not named",), ("nobody named",))
_SIGN_IN = (("sign-in", "unknown method"), ("mfa", "phishing"))
PARTICULAR: frozenset[GroupKind] = frozenset({"listed party", "intruder", "account", "intrusion", "open asset"})
# Where a finding says what to do first, since it names the flaw or the account. A host with signs of an intruder, and a
# party, come with several findings, of which none by itself says what to do about the whole.
LED: frozenset[GroupKind] = frozenset({"account", "open asset"})
# A host with both is worth more than the two by themselves: the one says how, the other that somebody did.
_BESIDE: dict[GroupKind, tuple[GroupKind, str]] = {
    "intruder": ("open asset", "that it is open to attack"),
    "open asset": ("intruder", "the signs of an intruder on it"),
}


class Group(NamedTuple):
    """Findings that are one risk. ``key`` tells groups of a kind apart; ``name`` and ``about`` fill the title.

    ``beside`` says what else is known of the same host, in a row of its own.
    """

    kind: GroupKind
    key: str
    name: str
    about: str
    findings: tuple[Finding, ...]
    asset: Asset | None
    beside: str = ""

    @property
    def title(self) -> str:
        """The risk in one line."""
        return filled(treatments()[self.kind].title, {"name": self.name, "about": self.about})

    @property
    def lead(self) -> Finding:
        """The worst and surest finding; among equals the one with the least id."""
        return min(self.findings, key=lambda one: (-severity(one), -confidence(one), one.id))


def severity(finding: Finding) -> int:
    """Its place among Sigma's five levels, from 0."""
    return SEVERITIES.index(finding.severity)


def confidence(finding: Finding) -> int:
    """Its place among the three levels of ICD 203, from 0."""
    return CONFIDENCES.index(finding.confidence)


def grouped(findings: Iterable[Finding], organisation: Organisation) -> list[Group]:
    """Every finding in exactly one group, whatever the order of the findings. O(n log n)."""
    found: dict[tuple[GroupKind, str], dict[str, Finding]] = defaultdict(dict)
    for one in findings:
        found[_place(one, organisation)].setdefault(one.id, one)
    return [
        _group(kind, key, tuple(sorted(members.values(), key=lambda one: one.id)), organisation)._replace(
            beside=_BESIDE[kind][1] if kind in _BESIDE and (_BESIDE[kind][0], key) in found else ""
        )
        for (kind, key), members in sorted(found.items())
    ]


def case_of(group: Group) -> str:
    """The case that decides by when a group is treated, as ``due.csv`` names it.

    What nobody says to be out of reach of the internet is taken as exposed: the audit is of what faces it.
    """
    grave = severity(group.lead) >= SEVERITIES.index("high")
    exposed = any(exposure_of(one) is not False for one in group.findings)
    exploited = any(is_in_kev(one) or one.actors for one in group.findings)
    match group.kind:
        case "listed party":
            return "strong" if any(is_strong(one) for one in group.findings) else "possible"
        case "intruder" | "account" | "intrusion":
            return "grave" if grave else "other"
        case "open asset":
            if exploited and exposed:
                return "exploited and exposed"
            return "exploited or exposed" if exploited or exposed else "other"
        case _:
            return "any"


def _place(finding: Finding, organisation: Organisation) -> tuple[GroupKind, str]:
    host = host_key(organisation, finding.host) if finding.host else ""
    match finding.kind:
        case "screening":
            return "listed party", finding.parties[0].ref if finding.parties else finding.title
        case "detection" | "hunt" | "endpoint":
            if host:
                return "intruder", host
            return ("account", account(finding.user)) if finding.user else ("intrusion", source_of(finding))
        case "exposure":
            unknown = _is(finding, _UNKNOWN) and not flaws_of(finding)
            return ("unknown product", "") if unknown else ("open asset", host)
        case "identity":
            return _identity(finding, organisation), ""
        case _:
            return "log gap", ""


def _identity(finding: Finding, organisation: Organisation) -> GroupKind:
    if _is(finding, _UNNAMED):
        return "unnamed administrator"
    if _is(finding, _SIGN_IN):
        return "administrator sign-in" if is_privileged(finding, organisation) else "account sign-in"
    return "identity"


def _is(finding: Finding, what: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    reasons, words = what
    text = words_of(finding)
    return any(one.name in reasons for one in finding.why) or any(word in text for word in words)


def _group(kind: GroupKind, key: str, findings: tuple[Finding, ...], organisation: Organisation) -> Group:
    assets = [asset for asset in (asset_of(organisation, one.host) for one in findings) if asset is not None]
    asset = min(assets, key=lambda one: (not is_grave(one), one.role in _PLAIN, one.name), default=None)
    group = Group(kind, key, key, "", findings, asset)
    match kind:
        case "listed party":
            return group._replace(name=_party(group), about=_lists(group))
        case "intruder":
            grave = severity(group.lead) >= SEVERITIES.index("medium")
            return group._replace(name=_host(group), about="Signs" if grave else "Weak signs")
        case "open asset":
            return group._replace(name=_host(group), about=_flaws(group))
        case "intrusion":
            return group._replace(name=group.lead.title)
        case "account":
            return group._replace(name=min(one.user for one in findings if one.user))
        case _:
            return group


def is_grave(asset: Asset) -> bool:
    """Whether an intruder on it reaches what matters most: it is marked sensitive, or holds every account."""
    return asset.sensitive or asset.role == "domain controller"


def _host(group: Group) -> str:
    if group.asset is not None and group.asset.role != "network":
        return group.asset.name
    return min((one.host for one in group.findings if one.host), default="A host")


def _flaws(group: Group) -> str:
    flaws = sorted({flaw for one in group.findings for flaw in flaws_of(one)})
    if not flaws:
        return "is easier to enter than it should be"
    exploited = any(is_in_kev(one) or one.actors for one in group.findings)
    return f"can be entered through {'known-exploited' if exploited else 'known'} flaws ({listed(flaws)})"


def _party(group: Group) -> str:
    return group.lead.parties[0].name if group.lead.parties else group.key


def _lists(group: Group) -> str:
    """The lists of the party, which other candidates of the same findings need not stand on."""
    name = _party(group)
    ties = [tie for one in group.findings for tie in one.parties if group.key == tie.ref or name == tie.name]
    lists = sorted({published for tie in ties for published in tie.lists})
    return f" ({listed(lists, 5)})" if lists else ""
