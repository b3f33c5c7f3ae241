"""Claims of where a party is, who leads or owns it, what it operates, which domains are its."""

from __future__ import annotations

import re

from tocsin.knowledge import Graph
from tocsin.model import Claim, Evidence, Nearest, VerdictWord
from tocsin.names import COUNTRY_LABELS, glue
from tocsin.names.words import PLACES
from tocsin.verify import evidence as ev
from tocsin.verify.conduct import actors_of, judge_uses
from tocsin.verify.evidence import Judgement
from tocsin.verify.records import rows_of
from tocsin.verify.ties import ancestors, proofs_of

_COUNTRIES = frozenset("china chinese prc iran iranian russia russian korea korean dprk".split())


def judge_located(graph: Graph, claim: Claim) -> Judgement:
    """``located_in``: by the country and the addresses that lists give."""
    node = graph.node(claim.subject.ref)
    name = claim.subject.name or claim.subject.text
    if node is None:
        return Judgement("unknown", f"“{name}” is in no catalogue")
    party = graph.parties.get(node.ref)
    place = claim.object.text
    words = [
        w for w in re.findall(r"[a-z]+", place.lower()) if len(w) > 3 and w not in ("province", "city", "district")
    ]
    known = " ".join([*(party.addresses if party else ()), node.name, *(one.name for one in node.names)])
    rows = rows_of(graph, node.ref, None)
    source = rows[0] if rows else None
    proof = [
        Evidence(
            source=source.list if source else "pack",
            publisher=(party.by if party else "") or (source.by if source else "catalogue"),
            record=node.ref,
            date=source.listed if source else None,
            url=(party.url if party else None),
            says=f"{node.name}: {'; '.join(party.addresses) if party and party.addresses else COUNTRY_LABELS.get(node.country or '', node.country or 'no place given')}",
        )
    ]
    if any(re.search(rf"\b{word}", known.lower()) for word in words):
        return Judgement("corroborated", f"an address or name of {name} has {place}", proof)
    if claim.object.ref and node.country:
        if claim.object.ref != node.country:
            return Judgement(
                "contradicted",
                f"{name} is of {COUNTRY_LABELS.get(node.country, node.country)}",
                proof,
                [Nearest(says=proof[0].says, evidence=tuple(proof))],
            )
        capital = not any(word in place.lower() for word in COUNTRY_LABELS.get(node.country, "").lower().split())
        cities = _cities(" ".join(party.addresses)) if party else []
        if capital and cities:
            return Judgement(
                "contradicted",
                f"addresses of {name} name {', '.join(cities[:3])}, not {place}",
                proof,
                [Nearest(says=proof[0].says, evidence=tuple(proof))],
            )
        if not capital:
            return Judgement("corroborated", f"{name} is of {COUNTRY_LABELS.get(node.country, node.country)}", proof)
    elsewhere = _cities(known)
    if elsewhere and place.lower().split(",")[0] in PLACES:
        says = f"names and addresses of {name} have {', '.join(elsewhere[:3])}, not {place}"
        return Judgement("contradicted", says, proof, [Nearest(says=proof[0].says, evidence=tuple(proof))])
    return Judgement("unknown", f"no source held here gives {place} for {name}", proof)


def _cities(words: str) -> list[str]:
    """The provinces and cities that names and addresses have, in the order of the alphabet."""
    held = set(re.findall(r"[a-z]+", words.lower()))
    return sorted(word.title() for word in PLACES if word not in _COUNTRIES and word in held)


def judge_linked(graph: Graph, claim: Claim) -> Judgement:
    """``leads`` and ``owns``: by a statement of just that; a looser tie between the two makes it partly."""
    subject, thing = graph.node(claim.subject.ref), graph.node(claim.object.ref)
    name, other = claim.subject.name or claim.subject.text, claim.object.name or claim.object.text
    if subject is None or thing is None:
        return Judgement("unknown", f"“{name if subject is None else other}” is in no catalogue")
    links = [link for link in graph.out.get(subject.ref, ()) if graph.current(link.object) == thing.ref]
    exact = [link for link in links if link.predicate == claim.predicate]
    if exact:
        return Judgement(
            "corroborated",
            f"a source says that {name} {claim.predicate} {other}",
            [ev.of_attribution(graph, link) for link in exact[:3]],
        )
    if links:
        leads = any(
            re.search(r"found|chief|head|lead|ceo|director|command|minister|chair|boss|owner", link.says.lower())
            for link in links
        )
        word: VerdictWord = "corroborated" if leads and claim.predicate == "leads" else "partly"
        return Judgement(
            word,
            f"a source ties {name} to {other}: {links[0].predicate.replace('_', ' ')}",
            [ev.of_attribution(graph, link) for link in links[:3]],
        )
    rivals = [link for link in graph.into.get(thing.ref, ()) if link.predicate == claim.predicate]
    nearest = [
        Nearest(says=ev.of_attribution(graph, link).says, evidence=(ev.of_attribution(graph, link),))
        for link in rivals[:3]
    ]
    up = ancestors(graph, subject.ref)
    if rivals and claim.predicate == "owns" and thing.ref not in up:
        proof = [one for near in nearest for one in near.evidence]
        return Judgement("contradicted", f"sources name another owner of {other}", proof, nearest)
    if thing.ref in up:
        return Judgement(
            "partly",
            f"a source ties {name} to {other}",
            proofs_of(graph, up[thing.ref], subject.ref, thing.ref),
            nearest,
        )
    return Judgement("unknown", f"no source held here says that {name} {claim.predicate} {other}", nearest=nearest)


def judge_operates(graph: Graph, claim: Claim) -> Judgement:
    """``operates``: a statement of just that, or the party's actor uses the thing."""
    subject = graph.node(claim.subject.ref)
    if subject is None:
        return Judgement("unknown", f"“{claim.subject.text}” is in no catalogue")
    key = glue(claim.object.text)
    links = [
        link
        for link in graph.out.get(subject.ref, ())
        if link.predicate in ("operates", "uses", "owns")
        and (link.object == claim.object.ref or glue(link.object.partition(":")[2]) in key or key in glue(link.says))
    ]
    if links:
        return Judgement(
            "corroborated",
            f"a source says that {subject.name} operates it",
            [ev.of_attribution(graph, link) for link in links[:3]],
        )
    if claim.object.ref:
        return judge_uses(graph, claim)
    actors = actors_of(graph, subject.ref)
    network = re.search(r"network|botnet|devices|routers|relay|infrastructure|proxies", claim.object.text, re.I)
    if network:
        mentions = [
            link
            for link in graph.out.get(subject.ref, ())
            if re.search(r"botnet|network|infrastructure|devices|server", link.says, re.I)
        ]
        if mentions:
            return Judgement(
                "corroborated",
                f"a source says so of {subject.name}",
                [ev.of_attribution(graph, link) for link in mentions[:3]],
            )
        used = [
            use
            for actor in actors
            for use in graph.actor_uses(actor)
            if use.object.split(".")[0] in ("T1584", "T1090", "T1583")
        ]
        if used:
            return Judgement(
                "corroborated",
                f"{subject.name} is known for such infrastructure",
                [ev.of_use(graph, use) for use in used[:3]],
            )
    return Judgement("unknown", f"no source held here says that {subject.name} operates “{claim.object.text}”")


def judge_domain(graph: Graph, claim: Claim) -> Judgement:
    """``has_domain``: by the domains that lists and advisories publish."""
    subject = graph.node(claim.subject.ref)
    value = claim.object.text.lower()
    if subject is None:
        return Judgement("unknown", f"“{claim.subject.text}” is in no catalogue")
    party = graph.parties.get(subject.ref)
    if party and value in party.domains:
        rows = rows_of(graph, subject.ref, None)
        return Judgement(
            "corroborated",
            f"the list gives {value} for {subject.name}",
            [ev.of_designation(graph, row) for row in rows[:2]],
        )
    owners = [trait for traits in graph.traits.values() for trait in traits if trait.value.lower() == value]
    proof = [
        Evidence(
            source="pack",
            publisher=one.by,
            date=one.published,
            record=one.value,
            url=one.url,
            says=f"{one.value} is given for {graph.label(one.actor)}",
        )
        for one in owners[:3]
    ]
    mine = {subject.ref, *actors_of(graph, subject.ref)}
    if any(one.actor in mine for one in owners):
        return Judgement("corroborated", f"an advisory gives {value} for {subject.name}", proof)
    if owners:
        return Judgement(
            "contradicted",
            f"{value} is given for {graph.label(owners[0].actor)}",
            proof,
            [Nearest(says=proof[0].says, evidence=(proof[0],))],
        )
    return Judgement("unknown", f"no source held here has {value}")
