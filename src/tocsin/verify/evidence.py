"""Records of the graph as evidence: who published what, when, and what it says in our words."""

from __future__ import annotations

from tocsin.knowledge import Completeness, Graph
from tocsin.knowledge.tables import PACK_PUBLISHER, Use
from tocsin.model import Attribution, Designation, Evidence, Exploit, Indictment, Nearest, Reason, VerdictWord
from tocsin.names import COUNTRY_LABELS


class Judgement:
    """A verdict in the making; the rooms of ``verify`` return it and ``judge`` gives it the claim's id."""

    __slots__ = ("evidence", "nearest", "verdict", "why")

    def __init__(
        self,
        verdict: VerdictWord,
        says: str,
        evidence: list[Evidence] | None = None,
        nearest: list[Nearest] | None = None,
        parts: list[Reason] | None = None,
        name: str = "decided by",
    ) -> None:
        self.verdict: VerdictWord = verdict
        self.evidence = evidence or []
        self.nearest = nearest or []
        self.why = [
            Reason(
                name=name,
                says=says,
                value=verdict,
                met=verdict == "corroborated",
                evidence=tuple(self.evidence[:3]),
                parts=tuple(parts or ()),
            )
        ]


def of_designation(graph: Graph, row: Designation) -> Evidence:
    """A listing as evidence."""
    name = graph.label(row.ref)
    when = f"on {row.listed}" if row.listed else "on a date that the list does not give"
    act = f" under {row.act}" if row.act else ""
    gone = f"; delisted {row.delisted}" if row.delisted else ""
    measures = f": {', '.join(row.measures)}" if row.measures else ""
    return Evidence(
        source=row.list,
        publisher=row.by or row.authority,
        date=row.listed,
        record=row.record or None,
        url=row.url,
        says=f"{row.authority} listed {name} {when}{act} ({row.list}){measures}{gone}",
    )


def of_indictment(graph: Graph, row: Indictment) -> Evidence:
    """A criminal case as evidence."""
    when = row.unsealed or row.filed
    says = f"{graph.label(row.ref)} was indicted ({row.court or row.authority}{', made public ' + when if when else ''}): {row.charges}"
    return Evidence(source="indictments", publisher=row.by, date=when, url=row.url, says=says)


def of_attribution(graph: Graph, row: Attribution) -> Evidence:
    """A statement of who is behind whom as evidence."""
    words = row.predicate.replace("_", " ")
    says = f"{graph.label(row.subject)} {words} {graph.label(row.object)}"
    return Evidence(
        source=row.source or "pack",
        publisher=row.by or PACK_PUBLISHER,
        date=row.since,
        record=f"{row.subject} {row.predicate} {row.object}",
        url=row.url,
        says=f"{says}: {row.says}" if row.says else says,
    )


def of_use(graph: Graph, use: Use) -> Evidence:
    """An actor's use of a technique or software as evidence."""
    via = f" in campaign {graph.label(use.via)} ({use.via})" if use.via else ""
    node = graph.node(use.object)
    title = f"{node.name} ({node.ref})" if node else use.object
    return Evidence(
        source="mitre-attack" if use.by.startswith("MITRE") else "pack",
        publisher=use.by or "MITRE ATT&CK",
        date=use.since or None,
        record=use.object,
        url=use.url or None,
        says=f"{graph.label(use.subject)} uses {title}{via}",
    )


def of_exploit(graph: Graph, row: Exploit) -> Evidence:
    """An advisory's word that an actor exploited a flaw."""
    product = f" in {row.vendor} {row.product}".rstrip() if row.product or row.vendor else ""
    return Evidence(
        source="pack",
        publisher=row.by,
        date=row.published,
        record=row.cve,
        url=row.url,
        says=f"{graph.label(row.actor)} exploited {row.cve}{product}",
    )


def of_absence(table: Completeness, name: str) -> Evidence:
    """That a complete list does not have a name, as of its date."""
    countries = ", ".join(COUNTRY_LABELS.get(c, c) for c in table.countries)
    scope = f" ({table.scope}: {countries})" if countries else ""
    return Evidence(
        source=table.list,
        publisher=table.authority,
        date=table.until,
        record=None,
        says=f"{name} is not in {table.list}{scope} as of {table.until}: {table.how}",
    )


def of_name(graph: Graph, ref: str, name: str, by: str, url: str | None) -> Evidence:
    """That a source uses a name for a node."""
    return Evidence(
        source="names", publisher=by or "catalogue", record=ref, url=url, says=f"{name} is a name of {graph.label(ref)}"
    )
