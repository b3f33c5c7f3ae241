"""Claims of who is behind whom, decided by attributions and the paths that they make."""

from __future__ import annotations

import re

from tocsin.knowledge import Graph
from tocsin.model import Attribution, Claim, Evidence, Nearest, VerdictWord
from tocsin.names import COUNTRY_LABELS
from tocsin.verify import evidence as ev
from tocsin.verify.conduct import actors_of
from tocsin.verify.evidence import Judgement
from tocsin.verify.records import Context

_UP = ("fronts_for", "belongs_to", "owns")


def ancestors(graph: Graph, ref: str) -> dict[str, list[Attribution]]:
    """Every node that a node acts for, with the statements that lead there: party → actor → sponsor → parent body."""
    found: dict[str, list[Attribution]] = {}
    stack: list[tuple[str, list[Attribution]]] = [(graph.current(ref), [])]
    while stack:
        here, path = stack.pop()
        links = [link for link in graph.out.get(here, ()) if link.predicate in ("fronts_for", "belongs_to", "same_as")]
        party = graph.parties.get(here)
        if party is not None and party.parent:
            links.append(
                Attribution(
                    subject=here,
                    predicate="belongs_to",
                    object=party.parent,
                    by=party.by,
                    url=party.url,
                    source=party.source,
                )
            )
        for link in links:
            target = graph.current(link.object)
            if link.predicate == "same_as" and path:
                continue
            if target != ref and target not in found:
                found[target] = [*path, link]
                if len(path) < 5:
                    stack.append((target, [*path, link]))
    return found


def judge_tie(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """``fronts_for`` and ``belongs_to``."""
    if claim.schema and claim.subject.ref is None:
        return _judge_described(graph, claim, context)
    if (claim.subject.ref or "").startswith("class:"):
        return _judge_class(graph, claim)
    subject, thing = graph.node(claim.subject.ref), graph.node(claim.object.ref)
    name, other = claim.subject.name or claim.subject.text, claim.object.name or claim.object.text
    if subject is None or thing is None:
        missing = name if subject is None else other
        return Judgement("unknown", f"“{missing}” is in no catalogue")
    up = ancestors(graph, subject.ref)
    if thing.ref in up:
        proof = proofs_of(graph, up[thing.ref], subject.ref, thing.ref)
        return Judgement("corroborated", f"{name} → {other}: {'; '.join(sorted({e.publisher for e in proof}))}", proof)
    down = ancestors(graph, thing.ref)
    if subject.ref in down and thing.kind != "sponsor":
        return Judgement(
            "corroborated",
            f"a source ties {other} to {name}",
            proofs_of(graph, down[subject.ref], thing.ref, subject.ref),
        )
    below = [ref for ref in up if (party := graph.parties.get(ref)) and party.parent == thing.ref]
    if below:
        return Judgement(
            "corroborated",
            f"{name} belongs to {graph.label(below[0])}, a part of {other}",
            proofs_of(graph, up[below[0]], subject.ref, below[0]),
        )
    return _refuted(graph, claim, subject.ref, thing.ref, up, name, other)


def _refuted(
    graph: Graph, claim: Claim, subject: str, thing: str, up: dict[str, list[Attribution]], name: str, other: str
) -> Judgement:
    """Another sponsor, actor or party is the one that sources name, or none is known."""
    kind = getattr(graph.node(thing), "kind", "")
    rivals = [ref for ref in up if getattr(graph.node(ref), "kind", "") == kind and up[ref][-1].predicate != "same_as"]
    if kind == "actor" and graph.node(subject) and getattr(graph.node(subject), "kind", "") == "actor":
        rivals = []  # one actor may well be a part of another without any source here
    parent = graph.parties[thing].parent if thing in graph.parties else None
    if (
        kind == "sponsor"
        and parent
        and parent in up
        and not any(graph.parties[r].parent == parent for r in rivals if r in graph.parties)
    ):
        proof = proofs_of(graph, up[parent], subject, parent)
        return Judgement(
            "partly",
            f"sources tie {name} to {graph.label(parent)}, none to its part {other}",
            proof,
            [Nearest(says=proof[0].says, evidence=tuple(proof[:2]))],
        )
    if rivals:
        nearest = [
            Nearest(says=f"{name} → {graph.label(ref)}", evidence=tuple(proofs_of(graph, up[ref], subject, ref)[:2]))
            for ref in rivals[:3]
        ]
        proof = [one for near in nearest for one in near.evidence]
        return Judgement(
            "contradicted",
            f"sources tie {name} to {', '.join(graph.label(ref) for ref in rivals[:3])}, not to {other}",
            proof,
            nearest,
        )
    mine, theirs = graph.node(subject), graph.node(thing)
    if kind == "sponsor" and mine and theirs and mine.country and theirs.country and mine.country != theirs.country:
        says = f"catalogues hold {name} for an actor of {COUNTRY_LABELS.get(mine.country, mine.country)}, not of {COUNTRY_LABELS.get(theirs.country, theirs.country)}"
        proof = [
            Evidence(
                source="catalogue",
                publisher=getattr(graph.actors.get(subject), "by", "") or "catalogue",
                record=subject,
                says=says,
            )
        ]
        return Judgement(
            "contradicted",
            says,
            proof,
            [Nearest(says=f"{name}: {COUNTRY_LABELS.get(mine.country, mine.country)}", evidence=tuple(proof))],
        )
    tied = [link for link in graph.into.get(thing, ()) if link.predicate in _UP]
    nearest = [
        Nearest(says=f"tied to {other}: {graph.label(link.subject)}", evidence=(ev.of_attribution(graph, link),))
        for link in tied[:3]
    ]
    return Judgement("unknown", f"no source held here ties {name} to {other}", nearest=nearest)


def proofs_of(graph: Graph, path: list[Attribution], subject: str, thing: str) -> list[Evidence]:
    """The path's statements; first all that speak of the two directly, so that every source is named."""
    direct = [link for link in graph.out.get(subject, ()) if graph.current(link.object) == thing]
    links = list(dict.fromkeys([*direct, *path]))
    return [ev.of_attribution(graph, link) for link in links[:6]]


def _judge_described(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """ "The Iranian entities sanctioned by the EU are linked to the IRGC": for each of them a source must say so."""
    countries, schema, _ = (claim.schema or "||").split("|")
    codes = countries.split(",") if countries else []
    authority = next(iter(who for (who, _), _ in context.dates.most_common()), None)
    named = [
        code
        for code in ("EU", "US", "UK")
        if re.search(
            rf"\b{code}\b|{ {'EU': 'European Union|Brussels', 'US': 'United States|Treasury|Washington', 'UK': 'Britain|London|United Kingdom'}[code] }",
            claim.sentence,
        )
    ]
    authority = named[0] if named else authority
    refs: list[str] = []
    for ref, rows in graph.designations.items():
        node = graph.node(ref)
        if node is None or (codes and node.country not in codes):
            continue
        person = ref in graph.parties and graph.parties[ref].schema == "Person"
        if schema and ("P" if person else "E") not in schema:
            continue
        days = {day for who, day in context.dates if who == authority}
        if any(
            row.authority == authority
            and (not days or row.listed in days)
            and (not row.list.startswith("EU") or row.list == "EU-CYB")
            for row in rows
        ):
            refs.append(ref)
    number = (claim.schema or "||").split("|")[2]
    if number.isdigit() and int(number) > 1 and len(refs) != int(number):
        for day in (day for (who, day), _ in context.dates.most_common() if who == authority):
            then = [ref for ref in refs if any(row.listed == day for row in graph.designations[ref])]
            if len(then) == int(number):
                refs = then
                break
    if not refs or claim.object.ref is None:
        return Judgement("unknown", f"no listed party fits “{claim.subject.text}”")
    supported = {ref: up[claim.object.ref] for ref in refs if claim.object.ref in (up := ancestors(graph, ref))}
    own_words = [
        ref
        for ref in supported
        if any(
            authority and link.by.lower().startswith({"EU": "council", "US": "us", "UK": "uk"}.get(authority, "-"))
            for link in supported[ref]
        )
    ]
    proof = [one for ref in list(supported)[:4] for one in proofs_of(graph, supported[ref], ref, claim.object.ref)[:3]]
    other = claim.object.name or claim.object.text
    if not supported:
        return Judgement("unknown", f"no source ties any of {', '.join(graph.label(r) for r in refs[:4])} to {other}")
    silent = "" if own_words else f"; {authority}'s own text names no such sponsor"
    said = f"{len(supported)} of {len(refs)} ({', '.join(graph.label(r) for r in list(supported)[:4])}) by {', '.join(sorted({e.publisher for e in proof})[:4])}{silent}"
    word: VerdictWord = "corroborated" if len(supported) == len(refs) >= 2 and own_words else "partly"
    return Judgement(
        word, f"a source ties {said} to {other}", proof, [Nearest(says=proof[0].says, evidence=(proof[0],))]
    )


def _judge_class(graph: Graph, claim: Claim) -> Judgement:
    actors = actors_of(graph, claim.subject.ref)
    found = {
        ref: up[claim.object.ref]
        for ref in actors
        if claim.object.ref and claim.object.ref in (up := ancestors(graph, ref))
    }
    other = claim.object.name or claim.object.text
    if not found:
        return Judgement("unknown", f"no source held here ties actors of that country to {other}")
    proof = [proofs_of(graph, path, ref, claim.object.ref or "")[0] for ref, path in list(found.items())[:6]]
    if len(found) < 2 or (claim.quantifier and len(found) * 2 <= len(actors)):
        return Judgement("partly", f"{len(found)} of {len(actors)} actors are tied to {other}", proof)
    return Judgement("corroborated", f"{len(found)} of {len(actors)} actors are tied to {other}", proof)
