"""Claims of what actors do: techniques, malware, targets, flaws; for one actor or a country's actors as a class."""

from __future__ import annotations

import re
from functools import lru_cache

from tocsin.knowledge import Graph
from tocsin.knowledge.tables import Use
from tocsin.model import Claim, Evidence, Exploit, Nearest
from tocsin.names import COUNTRY_LABELS, countries_in, sectors_in
from tocsin.verify import evidence as ev
from tocsin.verify.evidence import Judgement
from tocsin.verify.nearest import nearest_software

# Described in words, these sub-techniques can hardly be told apart, so a sibling under the same parent bears the claim out.
_LOOSE = {"T1090", "T1584", "T1583", "T1573", "T1027", "T1036", "T1070", "T1585", "T1586", "T1588", "T1587", "T1102"}
# Phishing for access and phishing for information read the same in a report: ATT&CK parts them by what comes of it.
_TWINS = {
    "T1566": "T1598",
    "T1598": "T1566",
    "T1566.002": "T1598.003",
    "T1598.003": "T1566.002",
    "T1566.001": "T1598.002",
}
# Kinds of appliance that reports name → words of vendor and product names in advisories.
_PRODUCTS = {
    "vpn": r"vpn|connect secure|pulse|fortios|forti|netscaler|citrix|adc|gateway|pan-os|globalprotect|big-ip|sonicwall|asa\b|anyconnect|check point|security gateway",
    "mail": r"exchange|zimbra|roundcube|outlook|email|e-mail|mail",
    "e-mail": r"exchange|zimbra|roundcube|outlook|email|e-mail|mail",
    "email": r"exchange|zimbra|roundcube|outlook|email|e-mail|mail",
    "firewall": r"fortios|pan-os|sophos|firewall|sonicwall|asa\b|xg",
    "router": r"router|ios\b|ios xe|rv\d|draytek|tp-link|netgear|mikrotik|smart install",
    "edge": r"connect secure|fortios|netscaler|pan-os|big-ip|ios|asa|gateway|manager",
    "appliance": r"connect secure|fortios|netscaler|pan-os|big-ip|asa|gateway|esg|manager",
    "perimeter": r"connect secure|fortios|netscaler|pan-os|big-ip|asa|gateway",
    "log4": r"log4j|horizon",
    "plc": r"unitronics|vision|plc|unistream",
    "virtuali": r"vmware|vcenter|esxi|horizon",
    "sharepoint": r"sharepoint",
}


@lru_cache(maxsize=4096)
def actors_of(graph: Graph, ref: str | None) -> list[str]:
    """The actors that a subject means: itself, those that a party fronts for or belongs to, or a country's."""
    if not ref:
        return []
    if ref.startswith("class:"):
        codes = set(ref[6:].split("+"))
        return [
            actor.ref
            for actor in graph.actors.values()
            if actor.country in codes and (graph.uses.get(actor.ref) or graph.exploits.get(actor.ref))
        ]
    ref = graph.current(ref)
    if ref in graph.actors:
        return [ref]
    found = [
        link.object
        for link in graph.out.get(ref, ())
        if link.predicate in ("fronts_for", "belongs_to", "same_as", "operates") and link.object in graph.actors
    ]
    found += [
        link.subject
        for link in graph.into.get(ref, ())
        if link.predicate in ("belongs_to", "same_as") and link.subject in graph.actors
    ]
    return list(dict.fromkeys(found))


def judge_uses(graph: Graph, claim: Claim) -> Judgement:
    """``uses``: techniques, tactics, malware and tools, those of campaigns included."""
    ref = graph.current(claim.object.ref) if claim.object.ref else None
    actors = actors_of(graph, claim.subject.ref)
    if ref and ref.startswith("T") and "." in ref and ref not in graph.techniques:
        ref = ref.partition(".")[0]  # a sub-technique that this ATT&CK version lacks
    name = claim.subject.name or claim.subject.text
    other = claim.object.name or claim.object.text
    if ref is None:
        nearest = nearest_software(graph, claim.object.text, actors)
        return Judgement("unknown", f"“{claim.object.text}” is in no catalogue", nearest=nearest)
    if (claim.subject.ref or "").startswith("class:"):
        return _judge_class(graph, claim, ref, actors)
    if claim.subject.ref in graph.software:
        found = _uses_of(graph, [claim.subject.ref or ""], ref)
    else:
        found = _uses_of(graph, actors, ref)
    if found:
        via = "; ".join(dict.fromkeys(f"through campaign {graph.label(use.via)}" for use in found if use.via))
        only = f" ({via})" if via and all(use.via for use in found) else ""
        return Judgement(
            "corroborated", f"{name} uses {_titles(graph, found)}{only}", [ev.of_use(graph, use) for use in found[:6]]
        )
    if not actors and claim.subject.ref not in graph.software:
        if graph.node(claim.subject.ref) is None:
            return Judgement("unknown", f"“{name}” is in no catalogue")
        return Judgement("unknown", f"no catalogue ties {name} to an actor whose tools are known")
    if ref in graph.software:
        return _not_theirs(graph, ref, actors, name, other)
    near = _siblings(graph, actors, ref)
    nearest = [Nearest(says=ev.of_use(graph, use).says, evidence=(ev.of_use(graph, use),)) for use in near[:3]]
    return Judgement("unknown", f"no source held here ties {other} ({ref}) to {name}", nearest=nearest)


def _titles(graph: Graph, uses: list[Use]) -> str:
    return ", ".join(dict.fromkeys(f"{graph.label(use.object)} ({use.object})" for use in uses[:4]))


def _uses_of(graph: Graph, actors: list[str], ref: str) -> list[Use]:
    """The uses that bear out a claim of ``ref``: the same id, a sub-technique of it, or a tactic's technique; exact ones
    first, so that the evidence names the fact that decides."""
    wanted = set(actors)
    found = [use for thing in _bearing_out(graph, ref) for use in graph.used_by.get(thing, ()) if use.subject in wanted]
    return sorted(found, key=lambda use: (use.object != ref, use.via != ""))


@lru_cache(maxsize=2048)
def _bearing_out(graph: Graph, ref: str) -> tuple[str, ...]:
    """The ids whose use is a use of ``ref``."""
    parent = ref.partition(".")[0]
    twin = _TWINS.get(ref)
    return tuple(
        thing
        for thing in graph.used_by
        if (now := graph.current(thing)) == ref
        or now.startswith(f"{ref}.")
        or (twin and (now == twin or now.startswith(f"{twin}.")))
        or (parent in _LOOSE and now.partition(".")[0] == parent)
        or (ref.startswith("TA") and _in_tactic(graph, now, ref))
    )


_TACTIC_NAMES = {
    "TA0043": "reconnaissance",
    "TA0042": "resource-development",
    "TA0001": "initial-access",
    "TA0002": "execution",
    "TA0003": "persistence",
    "TA0004": "privilege-escalation",
    "TA0005": "defense-evasion",
    "TA0006": "credential-access",
    "TA0007": "discovery",
    "TA0008": "lateral-movement",
    "TA0009": "collection",
    "TA0011": "command-and-control",
    "TA0010": "exfiltration",
    "TA0040": "impact",
}


def _in_tactic(graph: Graph, thing: str, tactic: str) -> bool:
    technique = graph.techniques.get(thing)
    return technique is not None and _TACTIC_NAMES.get(tactic) in technique.tactics


def _siblings(graph: Graph, actors: list[str], ref: str) -> list[Use]:
    parent = ref.partition(".")[0]
    return [use for actor in actors for use in graph.actor_uses(actor) if use.object.partition(".")[0] == parent]


def _not_theirs(graph: Graph, ref: str, actors: list[str], name: str, other: str) -> Judgement:
    """Malware that catalogues tie only to others is contradicted; a tool that anyone can have is not."""
    owners = graph.users_of(ref)
    software = graph.software[ref]
    proof = [ev.of_use(graph, use) for use in graph.used_by.get(ref, ()) if use.subject in graph.actors][:4]
    if not owners:
        return Judgement(
            "unknown", f"no catalogue ties {other} to an actor", nearest=nearest_software(graph, other, actors)[:1]
        )
    labels = ", ".join(graph.label(one) for one in owners[:4])
    nearest = [Nearest(says=f"{other} is tied to {labels}", evidence=tuple(proof))]
    country = {graph.actors[one].country for one in actors if one in graph.actors}
    if software.kind == "tool" or len(owners) >= 6:
        return Judgement(
            "unknown", f"{other} is shared by many ({labels}); no source held here ties it to {name}", proof, nearest
        )
    if len(owners) >= 3 and any(graph.actors[one].country in country for one in owners):
        return Judgement(
            "unknown",
            f"{other} is shared by actors of that country ({labels}); none of the sources names {name}",
            proof,
            nearest,
        )
    return Judgement("contradicted", f"{other} is tied to {labels}, not to {name}", proof, nearest)


def _judge_class(graph: Graph, claim: Claim, ref: str, actors: list[str]) -> Judgement:
    """A country's actors: true as a class when two or more do it, with the count."""
    found: dict[str, Use] = {}
    for use in _uses_of(graph, actors, ref):
        found.setdefault(use.subject, use)
    return _class_verdict(
        graph, claim, len(actors), [ev.of_use(graph, use) for use in list(found.values())[:6]], list(found)
    )


def _class_verdict(graph: Graph, claim: Claim, total: int, proof: list[Evidence], found: list[str]) -> Judgement:
    other = claim.object.name or claim.object.text
    labels = ", ".join(graph.label(ref) for ref in found[:6])
    says = f"{len(found)} of {total} such actors: {labels}" if found else f"no such actor is tied to {other}"
    if len(found) >= 2:
        if claim.quantifier and len(found) * 2 <= total:
            return Judgement("partly", f"{says}; not most", proof)
        return Judgement("corroborated", says, proof)
    if found:
        return Judgement("partly", f"{says}; one is no class", proof)
    return Judgement("unknown", says)


def judge_exploits(graph: Graph, claim: Claim) -> Judgement:
    """``exploits``: a CVE, or the kind of product that a report names."""
    actors = actors_of(graph, claim.subject.ref)
    name = claim.subject.name or claim.subject.text
    is_class = (claim.subject.ref or "").startswith("class:")
    if claim.object.ref and claim.object.ref.startswith("CVE-"):
        cve = claim.object.ref
        ties = [link.object for link in graph.out.get(claim.subject.ref or "", ()) if link.predicate == "belongs_to"]
        doing = dict.fromkeys([*actors, claim.subject.ref or "", *ties])
        rows = [row for ref in doing for row in graph.exploits.get(ref, ()) if row.cve == cve]
        if rows:
            return Judgement(
                "corroborated",
                f"an advisory says that {name} exploited {cve}",
                [ev.of_exploit(graph, row) for row in rows[:4]],
            )
        others = graph.exploited.get(cve, [])
        nearest = [
            Nearest(says=ev.of_exploit(graph, row).says, evidence=(ev.of_exploit(graph, row),)) for row in others[:3]
        ]
        return Judgement("unknown", f"no source held here ties {cve} to {name}", nearest=nearest)
    wanted = [pattern for word, pattern in _PRODUCTS.items() if word in claim.object.text.lower()]
    words = [w for w in re.findall(r"[a-z][a-z0-9-]{3,}", claim.object.text.lower()) if w not in _DULL]
    rows = [row for actor in actors for row in graph.exploits.get(actor, ())]
    groups = [[row for row in rows if re.search(pattern, f"{row.vendor} {row.product}".lower())] for pattern in wanted]
    if not groups and words:
        groups = [[row for row in rows if any(w in f"{row.vendor} {row.product}".lower() for w in words)]]
    if groups and all(groups):
        chosen = [row for group in groups for row in _spread(group)]
        doers = list(dict.fromkeys(row.actor for group in groups for row in group))
        proof = [ev.of_exploit(graph, row) for row in chosen[:8]]
        cves = ", ".join(dict.fromkeys(row.cve for row in chosen[:8]))
        if is_class:
            judged = _class_verdict(graph, claim, len(actors), proof, doers)
            judged.why[0] = judged.why[0].__class__(
                name="count", says=f"{judged.why[0].says}; {cves}", value=judged.verdict, met=True
            )
            return judged
        return Judgement("corroborated", f"{name} exploited {cves}", proof)
    t1190 = [use for actor in actors for use in graph.actor_uses(actor) if use.object in ("T1190", "T1133")]
    some = [row for group in groups for row in group]
    if some:
        return Judgement(
            "partly",
            f"{name} exploited some of these: {', '.join(dict.fromkeys(row.cve for row in some[:6]))}",
            [ev.of_exploit(graph, row) for row in some[:5]],
        )
    if t1190 and not wanted:
        if is_class:
            doers = list(dict.fromkeys(use.subject for use in t1190))
            return _class_verdict(graph, claim, len(actors), [ev.of_use(graph, use) for use in t1190[:6]], doers)
        return Judgement(
            "corroborated", f"{name} exploits public-facing applications", [ev.of_use(graph, use) for use in t1190[:3]]
        )
    nearest = [Nearest(says=ev.of_use(graph, use).says, evidence=(ev.of_use(graph, use),)) for use in t1190[:2]]
    return Judgement(
        "unknown", f"no source held here says that {name} exploited “{claim.object.text}”", nearest=nearest
    )


_DULL = frozenset(
    """
    known unpatched public facing internet devices servers server software systems products product various
    several recent these those their other popular widely used
    """.split()
)


def _spread(rows: list[Exploit]) -> list[Exploit]:
    """Rows of different actors first, so that the evidence shows more than one."""
    seen: set[str] = set()
    first = [row for row in rows if not (row.actor in seen or seen.add(row.actor))]  # type: ignore[func-returns-value]
    return (first + [row for row in rows if row not in first])[:4]


def judge_targets(graph: Graph, claim: Claim) -> Judgement:
    """``targets``: by the sectors and countries that catalogues give for the actor."""
    actors = actors_of(graph, claim.subject.ref)
    name = claim.subject.name or claim.subject.text
    sectors, countries = sectors_in(claim.object.text), countries_in(claim.object.text)
    if not actors:
        return Judgement("unknown", f"no catalogue says whom {name} targets")
    known = {ref: graph.actors[ref] for ref in actors}
    fitting = [
        ref
        for ref, actor in known.items()
        if (not sectors or set(sectors) & set(actor.sectors))
        and (not countries or set(countries) & set(actor.countries))
    ]
    loosely = [
        ref
        for ref, actor in known.items()
        if set(sectors) & set(actor.sectors) or set(countries) & set(actor.countries)
    ]
    chosen = fitting or (loosely if sectors else [])
    proof = [
        Evidence(
            source=known[ref].source or "catalogue",
            publisher=known[ref].by or "catalogue",
            record=ref,
            url=known[ref].url,
            says=f"{graph.label(ref)} targets {', '.join((*known[ref].sectors[:8], *[COUNTRY_LABELS.get(c, c) for c in known[ref].countries[:12]]))}",
        )
        for ref in chosen[:4]
    ]
    if (claim.subject.ref or "").startswith("class:"):
        return _class_verdict(graph, claim, len(actors), proof, fitting)
    if fitting:
        return Judgement("corroborated", f"catalogues give {claim.object.text} among the targets of {name}", proof)
    if loosely and sectors and countries:
        return Judgement(
            "corroborated" if set(sectors) & set(known[loosely[0]].sectors) else "unknown",
            f"catalogues give {', '.join(sectors)} among the targets of {name}",
            proof,
        )
    return Judgement("unknown", f"no source held here gives {claim.object.text} as a target of {name}", proof)
