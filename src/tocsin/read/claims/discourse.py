"""What the text was just speaking of: so that "the company", "both men" and "it" lead to what they mean."""

from __future__ import annotations

import re

from tocsin.knowledge import Graph
from tocsin.model import When
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

# What a preposition governs is not what the sentence is about: "was assigned to APT40"
_GOVERNED = re.compile(r"\b(?:to|by|of|with|for|against|from|in|on|at|over|behind|than|as)\s+(?:the\s+)?(?:\w+\s+)?$")
_ACTING = ("actor", "party", "sponsor", "class", "parties", "unknown")


class Discourse:
    """The things last named, newest last. A report's reader resets nothing: later names simply come to the front."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.companies: list[Item] = []
        self.persons: list[Item] = []
        self.actors: list[Item] = []
        self.classes: list[Item] = []
        self.sponsors: list[Item] = []
        self.software: list[Item] = []
        self.subject: Item | None = None
        self.authority: Item | None = None
        self.listing_authority: Item | None = None
        self.listed: list[Item] = []
        self.date: When | None = None
        self.main: list[Item] = []
        self.here: Item | None = None

    def begin(self, scene: Scene) -> None:
        """Take up a sentence: what it names first is what "it" means further on in it."""
        self.here = next(
            (
                item
                for item in scene.items
                if item.kind in ("party", "actor", "class")
                and not _GOVERNED.search(scene.text[max(0, item.start - 24) : item.start])
            ),
            None,
        )

    def is_person(self, item: Item) -> bool:
        """Whether an item names a person."""
        if item.ref and item.ref in self.graph.parties:
            return self.graph.parties[item.ref].schema == "Person"
        return item.kind == "unknown" and item.extra == "person"

    def note(self, scene: Scene) -> None:
        """Remember what a sentence named. An actor that is only mentioned does not displace the one spoken of."""
        acting = [
            item
            for item in scene.items
            if item.kind in (*_ACTING, "anaphor") and item.extra not in ("word", "name", "malware")
        ]
        first = next(
            (item for item in acting if not _GOVERNED.search(scene.text[max(0, item.start - 24) : item.start])), None
        )
        for item in scene.items:
            introduced = re.search(
                r"\b(?:company|firm|contractor|supplier|entity|business|outfit|front)\W+(?:\w+\W+){0,3}$",
                scene.text[max(0, item.start - 50) : item.start],
            )
            if item.kind == "party" or (
                item.kind == "unknown" and (item.extra == "person" or (item.extra == "company" and introduced))
            ):
                self._push(self.persons if self.is_person(item) else self.companies, item)
                if item.kind == "party" and item.ref and all(one.ref != item.ref for one in self.main):
                    self.main.append(item)
            elif item.kind == "actor":
                self._push(self.actors, item, on_top=item is first or not self.actors)
            elif item.kind == "class":
                self._push(self.classes, item)
            elif item.kind == "sponsor":
                self._push(self.sponsors, item)
            elif item.kind in ("malware", "tool"):
                self._push(self.software, item)
            elif item.kind == "authority":
                self.authority = item
        # "it was a front for the ministry": the text goes on to speak of "it", not of the ministry
        if first is not None and first.kind != "anaphor":
            self.subject = first

    @staticmethod
    def _push(stack: list[Item], item: Item, *, on_top: bool = True) -> None:
        top = stack[-1] if stack else None
        if not on_top and top is not None and (top.ref or top.text) == (item.ref or item.text):
            return
        stack[:] = [one for one in stack if (one.ref or one.text) != (item.ref or item.text)]
        stack.insert(len(stack) if on_top else max(len(stack) - 1, 0), item)

    def resolve(self, anaphor: Item, *, want: str = "any") -> list[Item]:
        """What a pointing word means; ``want``: any, actor, party. Empty where nothing fits."""
        kind, _, number = anaphor.extra.partition(":")
        if kind == "owned":
            return []  # "its front company" is another one than "it"
        if kind == "any" and self.here is not None and self.here.end < anaphor.start:
            return [self.here]
        if kind == "person":
            return self.persons[-1:]
        if kind == "persons":
            return self.persons[-(int(number) if number.isdigit() else 2) :]
        if kind == "company":
            if number == "second" and self.listed:
                return self.listed[1:2] or self.companies[-1:]
            return self.companies[-1:]
        if kind == "companys":
            if not number.isdigit() and len(self.listed) > 1:
                firms = [one for one in self.listed if not self.is_person(one)]
                return firms or self.companies[-2:]
            return self.companies[-(int(number) if number.isdigit() else 2) :]
        if kind == "anys":
            count = int(number) if number.isdigit() else 2
            if len(self.listed) >= count:
                return self.listed[-count:]
            named = self.companies + self.persons
            return named[-count:] if len(named) >= count else self.actors[-count:]
        if kind == "latter":
            return self.companies[-1:]
        if kind == "former":
            return self.companies[-2:-1]
        if kind == "body":
            return self.sponsors[-1:] or self.actors[-1:]
        if kind == "group":
            if anaphor.text.lower().startswith(("these", "those")) and self.classes:
                return self.classes[-1:]
            return self.actors[-1:] or self.classes[-1:] or self.companies[-1:]
        if kind == "plural" and want != "party" and self.here is not None and self.here.end < anaphor.start:
            return [self.here]
        if kind == "plural" and want == "party":
            return self.listed or self.companies[-1:]
        if want == "actor":
            if self.subject is not None and self.subject.kind in ("actor", "class"):
                return [self.subject]
            return self.actors[-1:] or self.classes[-1:] or self.companies[-1:]
        if want == "party":
            return [self.subject] if self.subject and self.subject.kind in ("party", "unknown") else self.companies[-1:]
        if self.subject is not None:
            return [self.subject]
        return self.actors[-1:] or self.companies[-1:]
