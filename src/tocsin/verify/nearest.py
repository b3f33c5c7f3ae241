"""The nearest known name to one that no catalogue has, weighed by what belongs to the actor.

Plain edit distance prefers any short name that differs in few letters; a report that garbles a name garbles one of the
actor's own. So a name of the actor's own gets a bonus that outweighs about a quarter of the letters.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from tocsin.knowledge import Graph
from tocsin.model import Evidence, Nearest
from tocsin.names import glue
from tocsin.verify import evidence as ev

OWN_BONUS = 0.25
OWN_FLOOR = 0.6  # of an actor's own names: an everyday garbling keeps about this much
FLOOR = 0.82
OPENING = 4  # letters of a shared opening that count


@lru_cache(maxsize=4)
def _keys(graph: Graph) -> dict[str, str]:
    """Software by its glued name: made once for all reports."""
    return {ref: glue(software.name) for ref, software in graph.software.items()}


def _alike(a: str, b: str) -> float:
    """Jaro-Winkler, with the shared opening counted also where the rest differs much: who garbles a name keeps its head."""
    opening = next((n for n in range(OPENING, 0, -1) if a[:n] == b[:n]), 0)
    return JaroWinkler.similarity(a, b) + 0.04 * opening


def nearest_software(graph: Graph, name: str, actors: list[str], limit: int = 3) -> list[Nearest]:
    """The software whose name is nearest to ``name``; that of ``actors`` first where it is near enough."""
    key = glue(name)
    if not key:
        return []
    own = {graph.current(use.object): use for actor in actors for use in graph.actor_uses(actor)}
    scored: dict[str, tuple[float, str]] = {}
    for ref in own:
        software = graph.software.get(ref)
        if software is None:
            continue
        for label in (software.name, *(one.name for one in software.names)):
            score = _alike(key, glue(label)) + OWN_BONUS
            if score > scored.get(ref, (0.0, ""))[0]:
                scored[ref] = (score, label)
    choices = _keys(graph)
    for _, score, ref in process.extract(key, choices, scorer=JaroWinkler.normalized_similarity, limit=5):
        if score > scored.get(ref, (0.0, ""))[0]:
            scored[ref] = (score, graph.software[ref].name)
    best = sorted(scored.items(), key=lambda pair: (-pair[1][0], pair[0]))[:limit]
    found = []
    for ref, (score, label) in best:
        if score < (OWN_FLOOR + OWN_BONUS if ref in own else FLOOR):
            continue
        owners = graph.users_of(ref)
        proof: tuple[Evidence, ...] = tuple(
            ev.of_use(graph, use) for use in graph.used_by.get(ref, ())[:2] if use.subject in graph.actors
        )
        tied = (
            f", tied to {', '.join(graph.label(one) for one in owners[:3])}"
            if owners
            else ", which no catalogue ties to an actor"
        )
        found.append(Nearest(says=f"nearest known name: {label} ({ref}){tied}", evidence=proof))
    return found
