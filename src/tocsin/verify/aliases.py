"""Claims that two names mean one thing: a catalogue gives both to one node, or to two."""

from __future__ import annotations

from tocsin.knowledge import Graph
from tocsin.model import Claim, Evidence, Nearest, VerdictWord
from tocsin.names import glue
from tocsin.verify import evidence as ev
from tocsin.verify.evidence import Judgement


def judge_same(graph: Graph, claim: Claim) -> Judgement:
    """``same_as``: a catalogue gives both names to one node. A name that sources give to two leads to both."""
    name, other = claim.subject.name or claim.subject.text, claim.object.text
    subject = claim.subject.ref
    refs = {graph.current(entry.ref) for entry in graph.names.exact(other)} | (
        {claim.object.ref} if claim.object.ref else set()
    )
    aliases = {graph.current(entry.ref) for entry in graph.names.exact(claim.subject.text)} | (
        {subject} if subject else set()
    )
    common = [ref for ref in aliases & refs if ref]
    if common:
        proof = _naming(graph, common[0], other)
        return Judgement("corroborated", f"{other} is a name of {graph.label(common[0])}", proof)
    if not aliases or not refs:
        return Judgement("unknown", f"“{other if not refs else name}” is in no catalogue")
    links = [
        link
        for ref in aliases
        for link in (*graph.out.get(ref or "", ()), *graph.into.get(ref or "", ()))
        if {link.subject, link.object} & refs
    ]
    same = [link for link in links if link.predicate == "same_as"]
    if same:
        return Judgement(
            "corroborated",
            f"a source holds {name} and {other} to be one",
            [ev.of_attribution(graph, link) for link in same[:3]],
        )
    if links:
        word: VerdictWord = (
            "corroborated" if _is_party(graph, subject) != _is_party(graph, claim.object.ref) else "partly"
        )
        return Judgement(
            word,
            f"a source ties {name} and {other}, without calling them one",
            [ev.of_attribution(graph, link) for link in links[:3]],
        )
    kind = getattr(graph.node(subject), "kind", "")
    refs = {ref for ref in refs if ref and getattr(graph.node(ref), "kind", "") == kind} or refs
    aliases = {ref for ref in aliases if ref and getattr(graph.node(ref), "kind", "") == kind} or aliases
    kinds = {getattr(graph.node(ref), "kind", "") for ref in (*aliases, *refs) if ref}
    proof = [one for ref in sorted(ref for ref in refs if ref)[:2] for one in _naming(graph, ref, other)[:1]]
    if len(kinds) > 1:
        return Judgement("unknown", f"no source held here ties {name} and {other}", proof)
    nearest = [
        Nearest(says=f"{other} is {graph.label(ref)}", evidence=tuple(_naming(graph, ref, other)[:2]))
        for ref in sorted(r for r in refs if r)[:2]
    ]
    return Judgement(
        "contradicted",
        f"{other} is a name of {', '.join(graph.label(r) for r in sorted(r for r in refs if r)[:2])}, not of {name}",
        proof,
        nearest,
    )


def _is_party(graph: Graph, ref: str | None) -> bool:
    return bool(ref) and ref in graph.parties


def _naming(graph: Graph, ref: str, name: str) -> list[Evidence]:
    """Who uses a name for a node."""
    node = graph.node(ref)
    key = glue(name)
    found = [
        ev.of_name(graph, ref, one.name, one.by, one.url)
        for one in (node.names if node else ())
        if glue(one.name) == key
    ]
    if not found and node:
        found = [ev.of_name(graph, ref, node.name, "catalogue", None)]
    return found[:4]
