"""Claims of who is behind whom, decided by attributions and the paths that they make."""

from __future__ import annotations

import re

from tocsin.knowledge import Graph
from tocsin.model import Attribution, Claim, Evidence, Nearest, VerdictWord
from tocsin.names import COUNTRY_LABELS, glue
from tocsin.names.words import PLACES
from tocsin.verify import evidence as ev
from tocsin.verify.conduct import actors_of, judge_uses
from tocsin.verify.evidence import Judgement
from tocsin.verify.listing import Context, rows_of

_COUNTRIES = frozenset("china chinese prc iran iranian russia russian korea korean dprk".split())
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
        proof = _proofs(graph, up[thing.ref], subject.ref, thing.ref)
        return Judgement("corroborated", f"{name} → {other}: {'; '.join(sorted({e.publisher for e in proof}))}", proof)
    down = ancestors(graph, thing.ref)
    if subject.ref in down and thing.kind != "sponsor":
        return Judgement(
            "corroborated",
            f"a source ties {other} to {name}",
            _proofs(graph, down[subject.ref], thing.ref, subject.ref),
        )
    below = [ref for ref in up if (party := graph.parties.get(ref)) and party.parent == thing.ref]
    if below:
        return Judgement(
            "corroborated",
            f"{name} belongs to {graph.label(below[0])}, a part of {other}",
            _proofs(graph, up[below[0]], subject.ref, below[0]),
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
        proof = _proofs(graph, up[parent], subject, parent)
        return Judgement(
            "partly",
            f"sources tie {name} to {graph.label(parent)}, none to its part {other}",
            proof,
            [Nearest(says=proof[0].says, evidence=tuple(proof[:2]))],
        )
    if rivals:
        nearest = [
            Nearest(says=f"{name} → {graph.label(ref)}", evidence=tuple(_proofs(graph, up[ref], subject, ref)[:2]))
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


def _proofs(graph: Graph, path: list[Attribution], subject: str, thing: str) -> list[Evidence]:
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
    proof = [one for ref in list(supported)[:4] for one in _proofs(graph, supported[ref], ref, claim.object.ref)[:3]]
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
    proof = [_proofs(graph, path, ref, claim.object.ref or "")[0] for ref, path in list(found.items())[:6]]
    if len(found) < 2 or (claim.quantifier and len(found) * 2 <= len(actors)):
        return Judgement("partly", f"{len(found)} of {len(actors)} actors are tied to {other}", proof)
    return Judgement("corroborated", f"{len(found)} of {len(actors)} actors are tied to {other}", proof)


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
        cities = (
            [word for word in PLACES if re.search(rf"\b{word}\b", " ".join(party.addresses).lower())] if party else []
        )
        if capital and any(
            city not in ("china", "iran", "russia", "korea", "dprk", "prc", "chinese") for city in cities
        ):
            return Judgement(
                "contradicted",
                f"addresses of {name} name {', '.join(cities[:3])}, not {place}",
                proof,
                [Nearest(says=proof[0].says, evidence=tuple(proof))],
            )
        if not capital:
            return Judgement("corroborated", f"{name} is of {COUNTRY_LABELS.get(node.country, node.country)}", proof)
    elsewhere = [word for word in PLACES if word not in _COUNTRIES and re.search(rf"\b{word}\b", known.lower())]
    if elsewhere and place.lower().split(",")[0] in PLACES:
        says = f"names and addresses of {name} have {', '.join(sorted(elsewhere)[:3])}, not {place}"
        return Judgement("contradicted", says, proof, [Nearest(says=proof[0].says, evidence=tuple(proof))])
    return Judgement("unknown", f"no source held here gives {place} for {name}", proof)


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
    if thing.ref in up:
        return Judgement(
            "partly", f"a source ties {name} to {other}", _proofs(graph, up[thing.ref], subject.ref, thing.ref), nearest
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
