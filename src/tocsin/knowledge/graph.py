"""The graph: nodes by ref, what is known of each, and the index of their names. Read-only once made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from tocsin.knowledge.pack import Completeness
from tocsin.model import (
    Actor,
    Attribution,
    Campaign,
    Designation,
    Exploit,
    Fault,
    Indictment,
    ListHeld,
    Mitigation,
    Name,
    Party,
    Record,
    Software,
    Source,
    Technique,
    Trait,
)
from tocsin.names import Entry, NameIndex

T = TypeVar("T")


class Tables(Record, frozen=True, kw_only=True):
    """All that the graph is made of: what the cache keeps."""

    parties: tuple[Party, ...] = ()
    actors: tuple[Actor, ...] = ()
    software: tuple[Software, ...] = ()
    techniques: tuple[Technique, ...] = ()
    mitigations: tuple[Mitigation, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    designations: tuple[Designation, ...] = ()
    indictments: tuple[Indictment, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    # uses and mitigates are many: subject, object, url, campaign, by, since
    uses: tuple[tuple[str, str, str, str, str, str], ...] = ()
    mitigates: tuple[tuple[str, str], ...] = ()
    exploits: tuple[Exploit, ...] = ()
    traits: tuple[Trait, ...] = ()
    entries: tuple[Entry, ...] = ()
    moved: dict[str, str] = {}
    lists: tuple[ListHeld, ...] = ()
    complete: tuple[Completeness, ...] = ()
    sources: tuple[Source, ...] = ()
    attack: str = ""
    faults: tuple[Fault, ...] = ()


class Node(NamedTuple):
    """A node of any kind: what every room may ask of it."""

    ref: str
    kind: str
    name: str
    country: str | None
    names: tuple[Name, ...]


class Use(NamedTuple):
    """An actor (or software) uses a technique or software; ``via`` is the campaign where it holds only through one."""

    subject: str
    object: str
    url: str
    via: str
    by: str
    since: str


class Graph:
    """Look-ups over ``Tables``; each is O(1) or O(answers)."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.parties = {party.ref: party for party in tables.parties}
        self.actors = {actor.ref: actor for actor in tables.actors}
        self.software = {software.ref: software for software in tables.software}
        self.techniques = {technique.ref: technique for technique in tables.techniques}
        self.mitigations = {mitigation.ref: mitigation for mitigation in tables.mitigations}
        self.campaigns = {campaign.ref: campaign for campaign in tables.campaigns}
        self.sources = {source.id: source for source in tables.sources}
        self.moved = tables.moved
        self.attack = tables.attack
        self.complete = tables.complete
        self.lists = tables.lists
        self.designations = _by(tables.designations, lambda one: one.ref)
        self.indictments = _by(tables.indictments, lambda one: one.ref)
        self.out = _by(tables.attributions, lambda one: one.subject)
        self.into = _by(tables.attributions, lambda one: one.object)
        self.exploits = _by(tables.exploits, lambda one: one.actor)
        self.exploited = _by(tables.exploits, lambda one: one.cve)
        self.traits = _by(tables.traits, lambda one: one.actor)
        self.uses: dict[str, list[Use]] = defaultdict(list)
        self.used_by: dict[str, list[Use]] = defaultdict(list)
        for row in tables.uses:
            use = Use(*row)
            self.uses[use.subject].append(use)
            self.used_by[use.object].append(use)
        self.mitigated_by: dict[str, list[str]] = defaultdict(list)
        for mitigation, technique in tables.mitigates:
            self.mitigated_by[technique].append(mitigation)
        self._names: NameIndex | None = None

    @property
    def names(self) -> NameIndex:
        """The index of all names, made when first asked for."""
        if self._names is None:
            self._names = NameIndex(self.tables.entries)
        return self._names

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
        ref = self.current(ref)
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


def _by(rows: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
