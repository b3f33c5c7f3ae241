"""Likelihood and impact of a risk, each a sum of terms (value × weight) that the reader sees. ``docs/risk.md`` has why.

Every product is rounded to two digits before it is added, so that what is shown gives what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from tocsin.model import Confidence, Finding, Organisation, Profile, Reason, Severity
from tocsin.risk.arithmetic import product, total
from tocsin.risk.groups import Group, is_grave
from tocsin.risk.law import authorities_of, binding
from tocsin.risk.relevance import relevance
from tocsin.risk.signals import exposure_of, flaws_of, is_in_kev, is_privileged, listed, source_of
from tocsin.risk.tables import GroupKind, treatments

# The middles of ICD 203's bands "unlikely" (20-45 %), "likely" (55-80 %) and "very likely" (80-95 %). The directive
# keeps confidence and likelihood apart; that we read a level of one as a band of the other is our convention.
# https://www.dni.gov/files/documents/ICD/ICD-203.pdf
CONFIDENCE: dict[Confidence, float] = {"low": 0.33, "moderate": 0.68, "high": 0.88}
BAND: dict[Confidence, str] = {"low": "unlikely", "moderate": "likely", "high": "very likely"}
SEVERITY: dict[Severity, float] = {"informational": 0.1, "low": 0.25, "medium": 0.5, "high": 0.75, "critical": 1.0}
LIKELIHOOD_CAP = 0.99  # ICD 203's scale ends at 99 %: nothing here is certain
IMPACT_CAP = 1.0

_SURE, _TOGETHER, _EXPLOITED, _EXPOSED, _ACTOR = 0.6, 0.15, 0.15, 0.05, 0.2
_WORST, _ASSET, _PRIVILEGE, _LAW = 0.5, 0.2, 0.15, 0.3


def likelihood_of(group: Group, profiles: Sequence[Profile], organisation: Organisation) -> Reason:
    """How likely the risk is real, or comes true: how sure the surest finding is, and what else speaks for it."""
    surest = max((one.confidence for one in group.findings), key=list(CONFIDENCE).index)
    actor = relevance(group.findings, profiles, organisation)
    terms = (
        _term("confidence", f"The surest finding: {surest} confidence, {BAND[surest]}", CONFIDENCE[surest], _SURE),
        _together(group),
        _exploited(group),
        _exposed(group),
        _term("actor", actor.says, actor.value, _ACTOR),
    )
    says = "How likely it is: the sum of value × weight, each to two digits"
    return _sum("likelihood", says, terms, LIKELIHOOD_CAP, "certain it never is")


def impact_of(group: Group, organisation: Organisation) -> Reason:
    """How bad it would be: the worst finding, what it touches, and what the law makes of it."""
    worst = group.lead.severity
    terms = (
        _term("severity", f"The worst finding is {worst}", SEVERITY[worst], _WORST),
        _asset(group),
        _privilege(group, organisation),
        _law(group, organisation),
    )
    says = "How bad it would be: the sum of value × weight, each to two digits"
    return _sum("impact", says, terms, IMPACT_CAP, "more than everything it cannot be")


def residual_of(group: Group, score: float) -> Reason:
    """What remains after the treatment: the score times the factor of the kind of risk."""
    row = treatments()[group.kind]
    part = Reason(name="score", says=f"The share that remains: {row.because}", value=score, weight=row.factor)
    return Reason(
        name="residual", says="What remains after the treatment", value=product(score, row.factor), parts=(part,)
    )


def summed(reason: Reason) -> float:
    """The value of a reason from its parts alone."""
    return total(product(float(part.value or 0), part.weight or 0.0) for part in reason.parts)


def _together(group: Group) -> Reason:
    ways = sorted({_way(group.kind, one) for one in group.findings})
    ways += [group.beside] if group.beside else []
    value = min(len(ways) - 1, 2) / 2
    many = {
        "listed party": "files name the party",
        "open asset": "ways in, or signs that one was taken",
        "administrator sign-in": "accounts are open to it",
        "account sign-in": "accounts are open to it",
        "unnamed administrator": "accounts are concerned",
        "identity": "accounts are concerned",
        "unknown product": "assets are concerned",
        "log gap": "logs are concerned",
    }.get(group.kind, "witnesses agree")
    says = f"{len(ways)} {many}: {listed(ways)}" if value else "Nothing further beside it"
    return _term("together", says, value, _TOGETHER)


def _way(kind: GroupKind, one: Finding) -> str:
    """What makes a finding a further witness of its risk and not the same one again."""
    match kind:
        case "intruder" | "account" | "intrusion":
            return one.rule.title if one.rule else source_of(one)
        case "open asset":
            return min(flaws_of(one), default=one.title)
        case "listed party" | "log gap":
            return min((PurePath(seen.file).name for seen in one.evidence), default=one.id)
        case _:
            return one.user or one.host or one.id


def _exploited(group: Group) -> Reason:
    exploited = sorted({flaw for one in group.findings if is_in_kev(one) for flaw in flaws_of(one) or [one.title]})
    actors = sorted({tie.name for one in group.findings if one.kind == "exposure" for tie in one.actors})
    if exploited:
        return _term("exploited", f"In CISA's catalogue of exploited flaws: {listed(exploited)}", 1.0, _EXPLOITED)
    if actors:
        return _term("exploited", f"Actors are known to use it: {listed(actors)}", 0.75, _EXPLOITED)
    return _term("exploited", "No flaw in it that is known to be exploited", 0.0, _EXPLOITED)


def _exposed(group: Group) -> Reason:
    said = [exposure_of(one) for one in group.findings if one.kind == "exposure"]
    if True in said:
        return _term("exposed", "It can be reached from the internet", 1.0, _EXPOSED)
    if None in said:
        return _term("exposed", "Nothing says whether it can be reached from the internet", 0.5, _EXPOSED)
    return _term("exposed", "Nothing that can be reached from the internet", 0.0, _EXPOSED)


def _asset(group: Group) -> Reason:
    asset = group.asset
    if asset is None:
        return _term("asset", "No asset that org.toml names", 0.0, _ASSET)
    if is_grave(asset):
        why = "is marked sensitive" if asset.sensitive else "is a domain controller"
        return _term("asset", f"{asset.name} {why}", 1.0, _ASSET)
    served = asset.role in ("vpn", "mail", "database", "server")
    says = f"{asset.name} ({asset.role}) is an asset of ours" + ("" if served else ", of no special role")
    return _term("asset", says, 0.5 if served else 0.0, _ASSET)


def _privilege(group: Group, organisation: Organisation) -> Reason:
    users = sorted({one.user or "an account" for one in group.findings if is_privileged(one, organisation)})
    says = f"An administrator's account: {listed(users)}" if users else "No administrator's account"
    return _term("privilege", says, 1.0 if users else 0.0, _PRIVILEGE)


def _law(group: Group, organisation: Organisation) -> Reason:
    screened = [one for one in group.findings if one.kind == "screening"]
    lists = sorted({name for one in screened for tie in one.parties for name in tie.lists})
    bound = [name for name in lists if binding(name, organisation)]
    if bound:
        return _term("law", f"Dealing with it may be an offence under law that binds us: {listed(bound)}", 1.0, _LAW)
    if lists:
        whose = listed(authorities_of(lists))
        says = f"Listed by {whose}, whose law org.toml does not name as ours; it may bind our banks and partners"
        return _term("law", says, 0.25, _LAW)
    return _term("law", "No listed party that we may be dealing with", 0.0, _LAW)


def _term(name: str, says: str, value: float, weight: float) -> Reason:
    return Reason(name=name, says=says, value=value, weight=weight, met=value > 0)


def _sum(name: str, says: str, terms: tuple[Reason, ...], cap: float, why: str) -> Reason:
    over = total([summed(Reason(name=name, says=says, parts=terms)), -cap])
    if over > 0:
        terms = (*terms, Reason(name="cap", says=f"No more than {cap:.2f}: {why}", value=over, weight=-1.0))
    whole = Reason(name=name, says=says, parts=terms)
    return Reason(name=name, says=says, value=summed(whole), parts=terms)
