"""All that is known around one node: what ``who`` shows and the brief prints."""

from __future__ import annotations

from collections import Counter

from tocsin.knowledge.graph import Graph, Node
from tocsin.model import (
    Attribution,
    Designation,
    Exploit,
    Mitigation,
    Name,
    Profile,
    SharedTechnique,
    Software,
    Source,
    Trait,
)


def profile_of(graph: Graph, ref: str) -> Profile | None:
    """The profile of a node; None for a ref that is no node.

    A party shows the techniques of the actors that it fronts for or belongs to; a sponsor shows its actors.
    """
    node = graph.node(ref)
    if node is None:
        return None
    ref = node.ref
    attributions = _attributions(graph, ref)
    actors = _actors_behind(graph, node, attributions)
    techniques = _techniques(graph, node, actors)
    designations = sorted(graph.designations.get(ref, ()), key=lambda row: row.listed or "")
    relations = [*graph.relations.get(ref, ()), *(row for row in graph.related.get(ref, ()) if row.subject != ref)]
    labels = {one: graph.label(one) for link in attributions for one in (link.subject, link.object)}
    labels.update({one: graph.label(one) for row in relations for one in (row.subject, row.object) if one})
    used_by = graph.users_of(ref)
    labels.update({one: graph.label(one) for one in used_by})
    labels.update({shared.via: graph.label(shared.via) for shared in techniques if shared.via})
    exploits = _exploits(graph, node, actors)
    labels.update({one.actor: graph.label(one.actor) for one in exploits})
    return Profile(
        ref=ref,
        kind=node.kind,
        name=node.name,
        country=node.country,
        aliases=_aliases(node),
        designations=tuple(designations),
        same=tuple(graph.same.get(ref, ())),
        disputes=tuple(graph.disputes.get(ref, ())),
        relations=tuple(relations),
        indictments=tuple(graph.indictments.get(ref, ())),
        attributions=tuple(attributions),
        targets=_targets(graph, actors if node.kind != "actor" else [ref]),
        techniques=tuple(techniques),
        software=tuple(_software(graph, actors)),
        vulnerabilities=tuple(exploits),
        mitigations=tuple(_mitigations(graph, node, techniques)),
        traits=tuple(_traits(graph, [ref, *actors])),
        used_by=tuple(used_by),
        labels=labels,
        sources=_sources(graph, designations, attributions),
    )


def _aliases(node: Node) -> tuple[Name, ...]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for name in node.names:
        if name.name != node.name and (name.name, name.by) not in seen:
            seen.add((name.name, name.by))
            kept.append(name)
    return tuple(kept)


def _attributions(graph: Graph, ref: str) -> list[Attribution]:
    """The node's own relations, both ways, then the way up to its sponsors."""
    found: dict[Attribution, None] = {}
    for link in (*graph.out.get(ref, ()), *graph.into.get(ref, ())):
        if link.subject in graph.campaigns and link.object != ref:
            continue
        found[link] = None
    for path in graph.sponsors_of(ref):
        for link in path:
            found[link] = None
    sponsors = {link.object for link in found} | {ref}
    for sponsor in list(sponsors):
        party = graph.parties.get(sponsor)
        while party is not None and party.parent and party.parent != party.ref:
            link = Attribution(
                subject=party.ref,
                predicate="belongs_to",
                object=party.parent,
                by=party.by,
                url=party.url,
                source=party.source,
            )
            if link in found or (
                party.parent in sponsors
                and any(one.subject == party.ref and one.object == party.parent for one in found)
            ):
                break
            found[link] = None
            party = graph.parties.get(party.parent)
    return list(found)


def _actors_behind(graph: Graph, node: Node, attributions: list[Attribution]) -> list[str]:
    if node.kind == "actor":
        return [node.ref]
    if node.kind not in ("party", "sponsor"):
        return []
    found = [
        one.object
        for one in attributions
        if one.subject == node.ref and one.object in graph.actors and one.predicate != "same_as"
    ]
    found += [one.object for one in attributions if one.predicate == "same_as" and one.object in graph.actors]
    if node.kind == "sponsor":
        found += [one.subject for one in attributions if one.object == node.ref and one.subject in graph.actors]
    return list(dict.fromkeys(found))


def _techniques(graph: Graph, node: Node, actors: list[str]) -> list[SharedTechnique]:
    if node.kind in ("malware", "tool", "campaign"):
        subjects = [node.ref]
    elif node.kind == "sponsor":
        subjects = []  # the union over all its actors says nothing of any one of them
    else:
        subjects = actors
    total = sum(1 for ref in graph.actors if graph.uses.get(ref))
    found: dict[str, SharedTechnique] = {}
    for subject in subjects:
        for use in graph.actor_uses(subject):
            technique = graph.techniques.get(graph.current(use.object))
            if technique is None or technique.ref in found:
                continue
            others = [one for one in graph.users_of(technique.ref) if one != subject]
            found[technique.ref] = SharedTechnique(
                technique=technique, shared_by=len(others), of=total, via=use.via or None, url=use.url or technique.url
            )
    return sorted(found.values(), key=lambda one: one.technique.ref)


def _software(graph: Graph, actors: list[str]) -> list[Software]:
    refs = dict.fromkeys(graph.current(use.object) for actor in actors for use in graph.actor_uses(actor))
    return [graph.software[ref] for ref in refs if ref in graph.software]


def _exploits(graph: Graph, node: Node, actors: list[str]) -> list[Exploit]:
    if node.kind == "vulnerability":
        return graph.exploited.get(node.ref, [])
    rows = [one for actor in actors for one in graph.exploits.get(actor, ())]
    return sorted(rows, key=lambda one: (one.cve, one.published or ""))


def _mitigations(graph: Graph, node: Node, techniques: list[SharedTechnique]) -> list[tuple[Mitigation, int]]:
    refs = [one.technique.ref for one in techniques] or ([node.ref] if node.kind == "technique" else [])
    counted = Counter(mitigation for ref in refs for mitigation in graph.mitigated_by.get(ref, ()))
    return [
        (graph.mitigations[ref], count)
        for ref, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        if ref in graph.mitigations
    ]


def _targets(graph: Graph, actors: list[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for ref in actors:
        actor = graph.actors.get(ref)
        if actor:
            found.update(dict.fromkeys((*actor.sectors, *actor.countries)))
    return tuple(found)


def _traits(graph: Graph, refs: list[str]) -> list[Trait]:
    return [trait for ref in dict.fromkeys(refs) for trait in graph.traits.get(ref, ())]


def _sources(graph: Graph, designations: list[Designation], attributions: list[Attribution]) -> tuple[Source, ...]:
    ids = dict.fromkeys([row.source for row in designations] + [link.source for link in attributions])
    return tuple(graph.sources[one] for one in ids if one in graph.sources)
