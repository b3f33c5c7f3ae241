"""The graph: nodes by ref, what is known of each, and the index of their names. Read-only once made."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.knowledge.tables import Rows, Tables, Use
from tocsin.model import (
    Actor,
    Attribution,
    Campaign,
    Designation,
    Dispute,
    Exploit,
    Indictment,
    Mitigation,
    Name,
    Party,
    Relation,
    SameAs,
    Software,
    Technique,
    Trait,
)
from tocsin.names import NameIndex

__all__ = ["Graph", "Node", "Use"]


class Node(NamedTuple):
    """A node of any kind: what every room may ask of it."""

    ref: str
    kind: str
    name: str
    country: str | None
    names: tuple[Name, ...]


class Graph:
    """Look-ups over ``Tables``; each is O(1) or O(answers), and decodes only what it answers."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.parties = Rows(tables.parties, Party)
        self.actors = Rows(tables.actors, Actor)
        self.software = Rows(tables.software, Software)
        self.techniques = Rows(tables.techniques, Technique)
        self.mitigations = Rows(tables.mitigations, Mitigation)
        self.campaigns = Rows(tables.campaigns, Campaign)
        self.designations = Rows(tables.designations, list[Designation])
        self.relations = Rows(tables.relations, list[Relation])
        self.related = Rows(tables.related, list[Relation])
        self.same = Rows(tables.same, list[SameAs])
        self.disputes = Rows(tables.disputes, list[Dispute])
        self.indictments = Rows(tables.indictments, list[Indictment])
        self.out = Rows(tables.out, list[Attribution])
        self.into = Rows(tables.into, list[Attribution])
        self.exploits = Rows(tables.exploits, list[Exploit])
        self.exploited = Rows(tables.exploited, list[Exploit])
        self.traits = Rows(tables.traits, list[Trait])
        self.uses = Rows(tables.uses, list[Use])
        self.used_by = Rows(tables.used_by, list[Use])
        self.mitigated_by = tables.mitigated_by
        self.sources = {source.id: source for source in tables.sources}
        self.moved = tables.moved
        self.attack = tables.attack
        self.complete = tables.complete
        self.lists = tables.lists
        self.names = NameIndex(table=tables.names)
        self._nodes: dict[str, Node] = {}  # those that were asked for

    def current(self, ref: str) -> str:
        """The id that a withdrawn or merged id leads to: ``T1086`` → ``T1059.001``, ``G0058`` → ``G0059``."""
        seen = set()
        while ref in self.moved and ref not in seen:
            seen.add(ref)
            ref = self.moved[ref]
        return ref

    def node(self, ref: str | None) -> Node | None:
        """The node of a ref, or None."""
        if not ref:
            return None
        known = self._nodes.get(ref)
        if known is None and (known := self._find(self.current(ref))) is not None:
            self._nodes[ref] = known
        return known

    def _find(self, ref: str) -> Node | None:
        if (party := self.parties.get(ref)) is not None:
            return Node(ref, party.kind, party.name, party.country, party.names)
        if (actor := self.actors.get(ref)) is not None:
            return Node(ref, "actor", actor.name, actor.country, actor.names)
        if (software := self.software.get(ref)) is not None:
            return Node(ref, software.kind, software.name, None, software.names)
        if (technique := self.techniques.get(ref)) is not None:
            return Node(ref, "technique", technique.name, None, ())
        if (mitigation := self.mitigations.get(ref)) is not None:
            return Node(ref, "mitigation", mitigation.name, None, ())
        if (campaign := self.campaigns.get(ref)) is not None:
            return Node(ref, "campaign", campaign.name, None, ())
        if ref.startswith("CVE-") and ref in self.exploited:
            return Node(ref, "vulnerability", ref, None, ())
        return None

    def label(self, ref: str) -> str:
        """The name of a ref, or the ref itself."""
        node = self.node(ref)
        return node.name if node else ref

    def actor_uses(self, actor: str) -> list[Use]:
        """What an actor uses, that of its campaigns included (``via`` names them); direct statements come first."""
        return sorted(self.uses.get(actor, ()), key=lambda use: (use.via != "", use.object))

    def users_of(self, ref: str) -> list[str]:
        """The actors that use a technique or software, each once."""
        return list(dict.fromkeys(use.subject for use in self.used_by.get(ref, ()) if use.subject in self.actors))

    def sponsors_of(self, ref: str) -> list[tuple[Attribution, ...]]:
        """Paths of attributions from a node up to its sponsors: party → actor → sponsor → parent. Cycles are cut."""
        paths: list[tuple[Attribution, ...]] = []
        stack: list[tuple[str, tuple[Attribution, ...]]] = [(self.current(ref), ())]
        while stack:
            here, path = stack.pop()
            for link in self.out.get(here, ()):
                if link.predicate in ("fronts_for", "belongs_to") and all(link.object != one.subject for one in path):
                    longer = (*path, link)
                    paths.append(longer)
                    if len(longer) < 5:
                        stack.append((self.current(link.object), longer))
        return paths
