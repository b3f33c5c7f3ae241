"""Claims → verdicts: each predicate to the room's module that can decide it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from tocsin.knowledge import Graph
from tocsin.model import Claim, Reason, Report, Verdict
from tocsin.verify.aliases import judge_same
from tocsin.verify.bodies import judge_domain, judge_linked, judge_located, judge_operates
from tocsin.verify.conduct import judge_exploits, judge_targets, judge_uses
from tocsin.verify.evidence import Judgement
from tocsin.verify.listing import judge_delisted, judge_designated, judge_indicted
from tocsin.verify.measures import judge_measure
from tocsin.verify.records import Context
from tocsin.verify.ties import judge_tie

_TURN = {"corroborated": "contradicted", "contradicted": "corroborated", "partly": "contradicted", "unknown": "unknown"}
_HOLDS = ("corroborated", "partly")
_OF_ACTORS = ("belongs_to", "uses", "targets", "exploits")
Rule = Callable[[Graph, Claim, Context], Judgement]
_RULES: dict[str, Rule] = {
    "designated": judge_designated,
    "not_designated": judge_designated,
    "delisted": lambda graph, claim, _: judge_delisted(graph, claim),
    "indicted": judge_indicted,
    "measure": judge_measure,
    "fronts_for": judge_tie,
    "belongs_to": judge_tie,
    "same_as": lambda graph, claim, _: judge_same(graph, claim),
    "located_in": lambda graph, claim, _: judge_located(graph, claim),
    "leads": lambda graph, claim, _: judge_linked(graph, claim),
    "owns": lambda graph, claim, _: judge_linked(graph, claim),
    "operates": lambda graph, claim, _: judge_operates(graph, claim),
    "has_domain": lambda graph, claim, _: judge_domain(graph, claim),
    "uses": lambda graph, claim, _: judge_uses(graph, claim),
    "targets": lambda graph, claim, _: judge_targets(graph, claim),
    "exploits": lambda graph, claim, _: judge_exploits(graph, claim),
}
# Their rules judge the denial themselves.
_DENIAL_JUDGED = {"not_designated", "designated", "measure"}


def verify_claims(graph: Graph, report: Report, claims: Iterable[Claim]) -> tuple[Verdict, ...]:
    """A verdict for each claim, in order. It judges what the report says, negation included."""
    claims = tuple(claims)
    context = Context(graph, claims, report.title)
    return tuple(_judge(graph, claim, context) for claim in claims)


def _judge(graph: Graph, claim: Claim, context: Context) -> Verdict:
    rule = _RULES.get(claim.predicate)
    found = (
        _by_any_bearer(rule, graph, claim, context)
        if rule
        else Judgement("unknown", f"“{claim.predicate}” is not something that sources here decide")
    )
    why = list(found.why)
    verdict = found.verdict
    if claim.negated and claim.predicate not in _DENIAL_JUDGED:
        turned = _TURN[verdict]
        why.append(Reason(name="negated", says=f"the report denies it: {verdict} turns to {turned}", value=turned))
        verdict = turned  # type: ignore[assignment]
    if claim.hedged:
        why.append(
            Reason(name="hedged", says=f"said to be {claim.hedged}; judged is what is claimed", value=claim.hedged)
        )
    if claim.according_to:
        why.append(Reason(name="second hand", says=f"according to {claim.according_to}", value=claim.according_to))
    return Verdict(
        claim=claim.id, verdict=verdict, why=tuple(why), evidence=tuple(found.evidence), nearest=tuple(found.nearest)
    )


def _by_any_bearer(rule: Rule, graph: Graph, claim: Claim, context: Context) -> Judgement:
    """What the rule finds of the actor that the claim's subject means; where sources give the name to several actors, of
    the one of them for whom it holds."""
    found = rule(graph, claim, context)
    known = claim.subject.ref
    if known is None or known not in graph.actors or claim.predicate not in _OF_ACTORS or found.verdict in _HOLDS:
        return found
    bearers = {graph.current(entry.ref) for entry in graph.names.exact(claim.subject.text)}
    for ref in sorted(ref for ref in bearers if ref in graph.actors and ref != known):
        meant = msgspec.structs.replace(claim.subject, ref=ref, name=graph.label(ref))
        other = rule(graph, msgspec.structs.replace(claim, subject=meant), context)
        if other.verdict in _HOLDS:
            says = f"“{claim.subject.text}” is a name of {graph.label(known)} and of {graph.label(ref)}"
            other.why.append(Reason(name="shared name", says=says, value=ref))
            return other
    return found


def as_of(graph: Graph, claims: Iterable[Claim]) -> dict[str, str]:
    """The lists that bear on the claims, each with the date that it is held as of; the cyber lists always."""
    wanted = {
        claim.subject.ref for claim in claims if claim.predicate in ("designated", "not_designated", "delisted")
    } | {"EU", "US", "UK"}
    dates = {held.id: held.as_of for held in graph.lists}
    named = {"EU-CYB": "EU", "OFAC-SDN": "US", "UK-SL": "UK"}
    out = {name: dates[name] for name in named if name in dates}
    for row_list, day in sorted(dates.items()):
        authority = row_list.partition("-")[0]
        list_id = row_list.partition(" ")[0]  # "EU-CYB (FSF)" is a further copy of EU-CYB
        if (
            list_id.startswith("EU-") and "EU" in wanted and list_id in ("EU-CYB", "EU-IRN", "EU-RUSDA", "EU-TERR")
        ) or (authority in wanted and authority not in ("EU", "UK", "OFAC")):
            out.setdefault(row_list, day)
    return out
