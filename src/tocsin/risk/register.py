"""The ranked register: a row a risk, with a score that a reader can do again by hand, what to do, who, and by when."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from tocsin.model import Evidence, Finding, Organisation, Profile, Reason, Risk
from tocsin.risk.arithmetic import product
from tocsin.risk.groups import LED, PARTICULAR, Group, case_of, grouped
from tocsin.risk.score import impact_of, likelihood_of, residual_of, summed
from tocsin.risk.tables import filled, terms, treatments


def assess(
    findings: Sequence[Finding], profiles: Sequence[Profile], organisation: Organisation, today: datetime.date
) -> tuple[Risk, ...]:
    """Findings as risks, the worst first; the order in which they are given does not matter.

    score = likelihood × impact, all 0…1 with two digits. ``explained`` holds the reasons ``likelihood``, ``impact`` and
    ``residual`` with their terms as parts, and ``due``, which says why that day. ``profiles`` are those of the report.
    """
    risks = [_risk(group, profiles, organisation, today) for group in grouped(findings, organisation)]
    return tuple(sorted(risks, key=lambda one: (-one.score, one.due, one.title, one.id)))


def recompute(risk: Risk) -> tuple[float, float, float]:
    """Likelihood, impact and score of a risk from the terms that it shows, as a reader does it on paper."""
    shown = {one.name: one for one in risk.explained}
    likelihood, impact = summed(shown["likelihood"]), summed(shown["impact"])
    return likelihood, impact, product(likelihood, impact)


def remaining(risk: Risk) -> float:
    """What remains after the treatment, from the score and the factor that it shows."""
    return summed(next(one for one in risk.explained if one.name == "residual"))


def _risk(group: Group, profiles: Sequence[Profile], organisation: Organisation, today: datetime.date) -> Risk:
    likelihood = likelihood_of(group, profiles, organisation)
    impact = impact_of(group, organisation)
    score = product(summed(likelihood), summed(impact))
    residual = residual_of(group, score)
    due = _due(group, today)
    row = treatments()[group.kind]
    first = group.lead.next[0] if group.kind in LED and group.lead.next else filled(row.treatment, {"name": group.name})
    asset = group.asset if group.kind in PARTICULAR else None
    return Risk(
        id=f"risk:{hashlib.sha256(f'{group.kind}|{group.key}'.encode()).hexdigest()[:12]}",
        title=group.title,
        likelihood=summed(likelihood),
        impact=summed(impact),
        score=score,
        explained=(likelihood, impact, residual, due),
        findings=tuple(one.id for one in group.findings),
        treatment=first[:1].upper() + first[1:].removesuffix("."),
        owner=asset.owner if asset is not None and asset.owner else row.owner,
        due=str(due.value),
        residual=summed(residual),
    )


def _due(group: Group, today: datetime.date) -> Reason:
    term = terms()[group.kind, case_of(group)]
    day = (today + datetime.timedelta(days=term.days)).isoformat()
    says = f"{term.days} {'day' if term.days == 1 else 'days'} from {today.isoformat()}: {term.because}"
    evidence = (Evidence(source=term.source, publisher=term.source, url=term.url),) if term.source else ()
    return Reason(name="due", says=says, value=day, evidence=evidence)
