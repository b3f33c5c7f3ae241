"""Who is not listed and yet frozen: what listed parties own or control, by each authority's own rule.

Shares are taken through chains as OFAC's FAQ 401 explains it: an owner that itself falls under the rule counts with the
whole of its share, one that does not counts with nothing. So the set of owned parties is the least fixed point over the
owner links; circles of owners end there too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from tocsin.knowledge import Graph
from tocsin.model import Evidence, Reason, Relation


class Rule(NamedTuple):
    """How an authority reads ownership. ``inclusive``: the share itself is enough, else more than it is needed.

    ``aggregated``: the shares of several listed owners are added up. ``control``: control without ownership counts.
    """

    authority: str
    share: float
    inclusive: bool
    aggregated: bool
    control: bool
    act: str
    url: str

    def reached(self, share: float) -> bool:
        """Whether a share is enough; shares are given to a hundredth of a per cent."""
        rounded = round(share, 4)
        return rounded >= self.share if self.inclusive else rounded > self.share


RULES = (
    Rule(
        "US",
        0.5,
        True,
        True,
        False,
        "OFAC, Revised Guidance on Entities Owned by Persons Whose Property Is Blocked, 13 August 2014 (79 FR 47726)",
        "https://ofac.treasury.gov/faqs/401",
    ),
    Rule(
        "EU",
        0.5,
        True,
        True,
        True,
        "Council of the EU, Best Practices for the effective implementation of restrictive measures, 3 July 2024",
        "https://data.consilium.europa.eu/doc/document/ST-11623-2024-INIT/en/pdf",
    ),
    Rule(
        "UK",
        0.5,
        False,
        False,
        True,
        "Cyber (Sanctions) (EU Exit) Regulations 2020 (SI 2020/597), regulation 7, and its like in every UK regime",
        "https://www.legislation.gov.uk/uksi/2020/597/regulation/7",
    ),
    Rule(
        "CH",
        0.5,
        False,
        True,
        True,
        "SECO, explanations on the Ordinance on Measures in Connection with the Situation in Ukraine, 13 June 2024",
        "https://www.seco.admin.ch",
    ),
)
_FREEZES = ("asset freeze", "no funds or economic resources")


class Owned(NamedTuple):
    """An unlisted party that falls under a rule: the listed parties behind it, the share that counts, and each link.

    ``how``: owned, controlled, or share unknown, where a listed party owns some of it and nobody says how much.
    ``share`` is 0…1. ``path`` are the links from the listed parties down to it.
    """

    ref: str
    authority: str
    how: str
    owners: tuple[str, ...]
    share: float | None
    path: tuple[Relation, ...]
    rule: Rule


def owned_parties(graph: Graph, on: str) -> dict[str, list[Owned]]:
    """The parties that listed ones own or control on a day, by ref. O(rules × owner links × depth of the chains)."""
    owners: dict[str, list[Relation]] = defaultdict(list)
    for rows in graph.relations.values():
        for row in rows:
            ended = row.until and row.until < on
            if row.predicate in ("owns", "controls") and row.subject and row.object and not ended:
                owners[row.object].append(row)
    found: dict[str, list[Owned]] = defaultdict(list)
    if not owners:
        return found
    for rule in RULES:
        listed = _frozen(graph, rule.authority)
        groups = [listed] if rule.aggregated else [{ref} for ref in sorted(listed)]
        seen: set[str] = set()
        for group in groups:
            for one in _closure(owners, group, rule):
                if one.ref not in listed and one.ref not in seen:
                    seen.add(one.ref)
                    found[one.ref].append(one)
    return found


def _frozen(graph: Graph, authority: str) -> set[str]:
    """Whose funds the authority froze: other measures do not pass on to what a party owns."""
    return {
        ref
        for ref, rows in graph.designations.items()
        if any(
            row.authority == authority and not row.delisted and (not row.measures or set(_FREEZES) & set(row.measures))
            for row in rows
        )
    }


def _closure(owners: Mapping[str, list[Relation]], listed: set[str], rule: Rule) -> Iterator[Owned]:
    """What falls under the rule, each as soon as the owners that it takes are known to fall under it."""
    behind: dict[str, Owned] = {}
    grown = True
    while grown:
        grown = False
        for ref, links in owners.items():
            if ref in listed or (ref in behind and behind[ref].how != "share unknown"):
                continue
            one = _judged(ref, links, listed, behind, rule)
            if one is not None and (ref not in behind or one.how != "share unknown"):
                behind[ref] = one
                grown = True
    yield from behind.values()


def _judged(
    ref: str, links: Iterable[Relation], listed: set[str], behind: Mapping[str, Owned], rule: Rule
) -> Owned | None:
    counted = [
        link
        for link in links
        if link.subject in listed or (link.subject in behind and behind[link.subject].how != "share unknown")
    ]
    stakes: dict[str, Relation] = {}
    for link in counted:
        if link.predicate == "owns":
            held = stakes.get(link.subject)
            # two records of one stake: the larger one, so that it is not counted twice
            if held is None or (link.share or 0.0) > (held.share or 0.0):
                stakes[link.subject] = link
    share = min(1.0, sum(link.share or 0.0 for link in stakes.values()))
    if rule.reached(share):
        return _owned(ref, "owned", share, [one for one in stakes.values() if one.share], behind, rule)
    controls = [link for link in counted if link.predicate == "controls"]
    if rule.control and controls:
        return _owned(ref, "controlled", None, controls, behind, rule)
    unknown = [link for link in stakes.values() if link.share is None]
    if unknown:
        return _owned(ref, "share unknown", None, list(stakes.values()), behind, rule)
    return None


def _owned(
    ref: str, how: str, share: float | None, links: list[Relation], behind: Mapping[str, Owned], rule: Rule
) -> Owned:
    path: dict[Relation, None] = {}
    owners: dict[str, None] = {}
    for link in links:
        above = behind.get(link.subject)
        path.update(dict.fromkeys(above.path if above else ()))
        path[link] = None
        owners.update(dict.fromkeys(above.owners if above else (link.subject,)))
    return Owned(ref, rule.authority, how, tuple(owners), share, tuple(path), rule)


def ownership_reason(graph: Graph, one: Owned) -> Reason:
    """Why a party falls under a rule, link by link, with the rule's own source."""
    rule = one.rule
    need = f"{rule.share:.0%} or more" if rule.inclusive else f"more than {rule.share:.0%}"
    who = " and ".join(graph.label(owner) for owner in one.owners[:3]) + (" and others" if len(one.owners) > 3 else "")
    says = {
        "owned": f"{who}, listed by {rule.authority}, own{'s' if len(one.owners) == 1 else ''} {one.share or 0:.2%} of"
        f" it; {rule.authority} takes {need}{', added up over listed owners' if rule.aggregated else ''}",
        "controlled": f"{who}, listed by {rule.authority}, control{'s' if len(one.owners) == 1 else ''} it",
        "share unknown": f"{who}, listed by {rule.authority}, own{'s' if len(one.owners) == 1 else ''} a share of it"
        f" that no source gives; {rule.authority} takes {need}",
    }[one.how]
    return Reason(
        name="ownership",
        says=says,
        value=one.share if one.share is not None else one.how,
        evidence=(Evidence(source=rule.authority, publisher=rule.authority, url=rule.url, says=rule.act),),
        parts=tuple(_link(graph, link) for link in one.path),
    )


def _link(graph: Graph, link: Relation) -> Reason:
    share = f" {link.share:.2%} of" if link.share is not None else ""
    says = f"{graph.label(link.subject)} {link.predicate}{share} {graph.label(link.object)}"
    record = Evidence(source=link.source, publisher=link.by, date=link.since, url=link.url, says=says)
    return Reason(name="link", says=says, value=link.share, evidence=(record,))
