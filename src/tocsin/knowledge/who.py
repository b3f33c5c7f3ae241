"""Who is behind a name: the nodes it leads to, and the profile of the one that is meant."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.knowledge.cache import open_graph
from tocsin.knowledge.profile import profile_of
from tocsin.knowledge.resolve import Found, resolve, sure
from tocsin.model import Examined, Fault, Profile


class Who(NamedTuple):
    """What a name leads to: the matches, the profile of the best where it is sure, and in what was looked."""

    matches: list[Found]
    profile: Profile | None
    faults: list[Fault]
    examined: Examined


def who(name: str) -> Who:
    """Who is behind a name, and what they do."""
    graph, faults = open_graph()
    matches = resolve(graph, name)
    best = sure(matches)
    examined = Examined(lists=graph.lists, catalogues=graph.tables.sources, left_out=tuple(faults))
    return Who(matches, profile_of(graph, best.ref) if best else None, faults, examined)
