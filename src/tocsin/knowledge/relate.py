"""Which of the actors at hand a finding is consistent with: through which technique, and who else shares it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from tocsin.knowledge.graph import Graph
from tocsin.model import ActorTie, Finding

FEW = 5  # groups that share a technique up to which it says something of each of them


def related(graph: Graph, findings: Iterable[Finding], actors: Sequence[str] | None = None) -> tuple[Finding, ...]:
    """The findings with the actors among ``actors`` that use one of their techniques, the most specific one named.

    Where no actors are at hand (None), those are named whose technique at most ``FEW`` share. Ties that a finding has
    by itself (a published address, a flaw) stay, and come first. A technique that many share says little; ``shared_by``
    is how many other actors of the catalogue use it. O(findings × actors at hand × techniques of a finding).
    """
    return tuple(_with_ties(graph, one, actors) for one in findings)


def _with_ties(graph: Graph, finding: Finding, actors: Sequence[str] | None) -> Finding:
    known = {tie.ref for tie in finding.actors}
    best: dict[str, ActorTie] = {}
    for technique in finding.techniques:
        seen = graph.current(technique)
        # That of all actors only those few that use the parent were named would say more than is known
        for shared in dict.fromkeys((seen, seen.partition(".")[0] if actors is not None else seen)):
            users = graph.users_of(shared)
            for actor in users if actors is None else [one for one in actors if one in users]:
                if actor in known or (actors is None and len(users) > FEW):
                    continue
                kind = "" if shared == seen else f", of which {seen} is a kind"
                why = f"uses {shared} {graph.label(shared)}{kind}"
                tie = ActorTie(ref=actor, name=graph.label(actor), why=why, shared_by=len(users) - 1)
                if actor not in best or tie.shared_by < best[actor].shared_by:
                    best[actor] = tie
    if not best:
        return finding
    ties = sorted(best.values(), key=lambda tie: (tie.shared_by, tie.name))
    return msgspec.structs.replace(finding, actors=(*finding.actors, *ties))
