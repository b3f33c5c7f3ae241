"""Names → nodes, with the reason: what ``who`` and the reader ask."""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.knowledge.graph import Graph
from tocsin.model import Reason
from tocsin.names import clean, glue, script_of

ID = re.compile(r"(?:[TGSMC]\d{4}(?:\.\d{3})?|TA\d{4}|CVE-\d{4}-\d{4,7})", re.IGNORECASE)
CLEAR_LEAD = 0.05
SAME = 0.99  # the score of the same name, at most divided otherwise
# A name that leads to nodes of several kinds leads first to the kind that people ask for.
_KIND_ORDER = {
    "party": 0,
    "sponsor": 0,
    "actor": 1,
    "malware": 2,
    "tool": 2,
    "technique": 3,
    "campaign": 4,
    "mitigation": 5,
}


class Found(NamedTuple):
    """A node that a name leads to, how well, and who uses that name.

    ``main``: it is the node's own name, not an alias; ``literal``: letter for letter, legal form included.
    """

    ref: str
    kind: str
    name: str
    score: float
    by: tuple[str, ...]
    why: Reason
    main: bool = False
    literal: bool = False


def resolve(graph: Graph, query: str, limit: int = 10) -> list[Found]:
    """The nodes that ``query`` may mean, best first. An id, current or withdrawn, leads straight to its node."""
    query = query.strip()
    direct = query.upper() if ID.fullmatch(query) else query
    if (node := graph.node(direct)) is not None:
        says = f"{direct} is its id" if node.ref == direct else f"{direct} was merged into {node.ref}"
        return [Found(node.ref, node.kind, node.name, 1.0, (), Reason(name="id", says=says, value=1.0))]
    matches = graph.names.search(query, limit=limit * 2)
    if not matches and (bracket := re.fullmatch(r"([^()]+)\(([^()]+)\)", query)):
        # "Ministry of Intelligence (MOIS)": the name before the bracket, else the one in it
        matches = graph.names.search(bracket[1], limit=limit * 2) or graph.names.search(bracket[2], limit=limit * 2)
    found = []
    for match in matches:
        node = graph.node(match.ref)
        if node is None:
            continue
        by = _users_of(graph, match.ref, match.name)
        reason = Reason(
            name=match.reason.name,
            says=f"{match.reason.says}; a name of {node.name} by {', '.join(by) or match.by or 'our pack'}",
            value=match.score,
            parts=match.reason.parts,
        )
        own = {glue(part) for part in (node.name, *re.split(r"[()]", node.name))}
        main = match.score >= SAME and match.glued in own
        found.append(
            Found(
                node.ref,
                node.kind,
                node.name,
                match.score,
                by,
                reason,
                main,
                clean(query).casefold() == clean(match.name).casefold(),
            )
        )
    found.sort(
        key=lambda one: (
            -round(one.score, 3),
            not one.main,
            not one.literal,
            _KIND_ORDER.get(one.kind, 6),
            -_known(graph, one.ref),
            one.ref,
        )
    )
    return found[:limit]


def sure(found: list[Found]) -> Found | None:
    """The best one where it leads clearly, else None: two actors with the same name are not chosen between in silence.

    Nodes of different kinds do not rival each other: ``ITSecTeam`` the listed company comes before an intrusion set
    of that name, an intrusion set before the malware that is called after it.
    """
    if not found:
        return None
    close = [one for one in found if found[0].score - one.score < CLEAR_LEAD]
    parties = [one for one in close if _rank(one) == 0]
    # its own name; for the others it is an alias
    own = [one for one in (parties or close) if one.score >= SAME and one.main]
    own = [one for one in own if one.literal] or own
    if len(own) == 1:
        return own[0]
    first = [one for one in close if _rank(one) == min(map(_rank, close))]
    return first[0] if len(first) == 1 else None


def _rank(one: Found) -> int:
    return _KIND_ORDER.get(one.kind, 6)


def _known(graph: Graph, ref: str) -> int:
    """How much is known of a node, so that of two equal names the better documented one comes first."""
    return (
        len(graph.designations.get(ref, ())) * 3 + len(graph.out.get(ref, ())) + min(len(graph.uses.get(ref, ())), 20)
    )


def _users_of(graph: Graph, ref: str, name: str) -> tuple[str, ...]:
    """Who uses a name for a node. Names in other scripts are compared as they stand: keys of Han names cost most."""
    node = graph.node(ref)
    as_it_stands = script_of(name) != "Latn"
    key = clean(name) if as_it_stands else glue(name)
    return tuple(
        dict.fromkeys(
            one.by
            for one in (node.names if node else ())
            if one.by
            and (clean(one.name) if as_it_stands else "" if script_of(one.name) != "Latn" else glue(one.name)) == key
        )
    )
