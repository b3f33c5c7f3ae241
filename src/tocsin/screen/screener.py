"""One query against all designated parties: candidates by name and by identifier, and a hit for each that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from tocsin.knowledge import Graph
from tocsin.model import Hit, Observed, Reason, Screened
from tocsin.names import Comparison, NameIndex
from tocsin.screen.features import features_of, keys_of
from tocsin.screen.freetext import TextNames
from tocsin.screen.identifiers import Key
from tocsin.screen.listed import Listed, listed_parties
from tocsin.screen.naming import Commonness, Named, listed_name, weighed
from tocsin.screen.query import Query
from tocsin.screen.score import NAME, OTHER_NAME, REVIEW, WEAK_NAME, Point, combined, decision_of
from tocsin.screen.variants import compare_initials, unglued, without_initials

NEAREST = 60  # names that one look-up considers
FLOOR = 0.55  # name scores below are no candidate
MAX_HITS = 20


class Seen(NamedTuple):
    """An answer with the record of the evidence that it is about, and the time of that record where it has one."""

    screened: Screened
    observed: Observed
    time: str | None = None


class Screener:
    """The index over every designated party of a graph, made once; ``screen`` asks it."""

    def __init__(self, graph: Graph) -> None:
        self.parties = {party.ref: party for party in listed_parties(graph)}
        entries = [entry for entry in graph.names.entries if entry.ref in self.parties]
        self.names = [listed_name(entry, self.parties[entry.ref]) for entry in entries]
        self._common = Commonness(self.names)
        # Each name is a node of its own: the best one of a party depends on more than its likeness
        own = (msgspec.structs.replace(entry, ref=str(number)) for number, entry in enumerate(entries))
        self.index = NameIndex(own)
        self._bearers: dict[Key, list[str]] = defaultdict(list)
        for ref, party in self.parties.items():
            for key in party.keys:
                if key.kind != "short number":
                    self._bearers[key].append(ref)

    def screen(self, query: Query, row: int = 1) -> Screened:
        """The hits of a query, best first, and what they lead to; ``clear`` where nothing was hit.

        A hit a list that a party stands on. A hit that a contradiction brought below review stays, as clear, so that
        it can be seen why.
        """
        return screened(query.as_given(), self.hits(query), row)

    @cached_property
    def text_names(self) -> TextNames:
        """The names that are looked for in free text."""
        return TextNames(self.names)

    def hits(self, query: Query) -> list[Hit]:
        """All hits of a query, in no order."""
        named = self._by_name(query)
        keys = keys_of(query)
        refs = [*named, *(ref for key in keys for ref in self._bearers.get(key, ()) if ref not in named)]
        found: list[Hit] = []
        for ref in dict.fromkeys(refs):
            found += self._judge(query, keys, self.parties[ref], named.get(ref))
        return found

    def _judge(self, query: Query, keys: frozenset[Key], party: Listed, named: Named | None) -> Iterator[Hit]:
        points = list(features_of(query, keys, party))
        first = _name_point(query, party, named)
        score, reasons = combined([*([first] if first else []), *points, *_left(party)])
        best = combined([*([first] if first else []), *(point for point in points if point.share > 0)])[0]
        if best >= REVIEW:
            yield from hits_on(party, named.listed.name if named else party.name, score, reasons)

    def _by_name(self, query: Query) -> dict[str, Named]:
        """The best name of each party that a name of the query may mean."""
        best: dict[str, Named] = {}
        for name in query.names:
            for one in self._named(name):
                held = best.get(one.listed.party.ref)
                if held is None or one.score > held.score or (one.score == held.score and one.listed.name == name):
                    best[one.listed.party.ref] = one
        return best

    def _named(self, name: str) -> Iterator[Named]:
        matches = self.index.search(name, limit=NEAREST, floor=FLOOR)
        for match in matches:
            yield weighed(name, self.names[int(match.ref)], Comparison(match.score, match.reason), self._common)
        if not matches and (rest := unglued(name, self.index)):
            for match in self.index.search(rest, limit=NEAREST, floor=FLOOR):
                reason = Reason(name="name", says=f"“{name}” has a legal form glued to it", value=match.score)
                yield weighed(rest, self.names[int(match.ref)], Comparison(match.score, reason), self._common)
        if full := without_initials(name):
            for match in self.index.search(full, limit=NEAREST, floor=0.3):
                listed = self.names[int(match.ref)]
                if listed.party.kind == "person" and (found := compare_initials(name, listed.name)).score >= FLOOR:
                    yield Named(listed, round(found.score * (WEAK_NAME if listed.weak else 1.0), 4), (found.reason,))


def screened(query: Mapping[str, Any], hits: list[Hit], row: int) -> Screened:
    """The answer that these hits make."""
    hits = sorted(hits, key=lambda hit: (-hit.score, hit.list, hit.id))[:MAX_HITS]
    return Screened(row=row, query=dict(query), decision=hits[0].decision if hits else "clear", hits=tuple(hits))


def hits_on(party: Listed, matched: str, score: float, reasons: tuple[Reason, ...]) -> Iterator[Hit]:
    """A hit for each list that a party stands on."""
    for listing in party.listings:
        yield Hit(
            list=listing.list,
            id=listing.id,
            name=party.name,
            matched_name=matched,
            score=score,
            decision=decision_of(score),
            features=reasons,
            ref=party.ref,
        )


def _name_point(query: Query, party: Listed, named: Named | None) -> Point | None:
    if not query.names:
        return None
    if named is None:
        return Point("name", f"“{query.names[0][:120]}” is no name of {party.name}", OTHER_NAME, 0.0)
    says = "; but ".join((f"{named.reasons[0].says}, a name of {party.name}", *(one.says for one in named.reasons[1:])))
    return Point("name", says, NAME * named.score, named.score, named.reasons)


def _left(party: Listed) -> Iterator[Point]:
    if party.left:
        yield Point("delisted", f"taken off {', '.join(party.left)}; the other listings stand", 0.0)
