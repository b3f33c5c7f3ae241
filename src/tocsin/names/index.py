"""Names → nodes: exact by several keys, near by spelling, partial by their distinctive words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from tocsin.model import Reason
from tocsin.names.normalise import glue, name_tokens, script_of, skeleton
from tocsin.names.score import compare, weight_of

NEAR = 0.88  # Jaro-Winkler over glued names below which two names are not even compared


class Entry(msgspec.Struct, array_like=True, frozen=True):
    """A name of a node with its keys, made once and kept in the cache. ``by`` says who uses the name."""

    name: str
    ref: str
    by: str
    tokens: tuple[str, ...]
    glued: str
    skeleton: str = ""
    weak: bool = False


class Match(NamedTuple):
    """A node that a query may mean: the name that matched, how well and why."""

    ref: str
    name: str
    by: str
    score: float
    reason: Reason


def entry_of(name: str, ref: str, by: str = "", *, weak: bool = False) -> Entry:
    """The entry for a name, with its keys worked out. A weak name is found when asked for, never in running text."""
    bones = skeleton(name) if script_of(name) == "Arab" else ""
    return Entry(name, ref, by, name_tokens(name), glue(name), bones, weak)


class NameIndex:
    """An index over entries. Exact look-up is O(1); a near search compares O(n) short strings in native code."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._glued: dict[str, list[int]] = defaultdict(list)
        self._sorted: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        self._bones: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            self._glued[entry.glued].append(number)
            if len(entry.tokens) > 1:
                self._sorted[" ".join(sorted(entry.tokens))].append(number)
                for word in set(entry.tokens):
                    if weight_of(word) == 1.0:
                        self._words[word].append(number)
            for bone in entry.skeleton.split():
                self._bones[bone].append(number)
        self._choices = list(self._glued)
        self._word_list = list(self._words)

    def exact(self, name: str) -> list[Entry]:
        """Entries of the same name: the same words in the same order, however divided, without legal forms."""
        return [self.entries[number] for number in self._glued.get(glue(name), ())]

    def search(self, query: str, *, limit: int = 10, floor: float = 0.7) -> list[Match]:
        """The nodes that ``query`` may name, best first, each once with its best name. Empty for an empty query."""
        glued, tokens = glue(query), name_tokens(query)
        if not glued:
            return []
        numbers = set(self._glued.get(glued, ()))
        numbers.update(self._sorted.get(" ".join(sorted(tokens)), ()))
        for word in tokens:
            if weight_of(word) == 1.0 and len(found := self._words.get(word, ())) <= 400:
                numbers.update(found)
        if len(numbers) < 3:
            numbers.update(self._near_words(tokens))
        for bone in self._bones_of(query):
            numbers.update(self._bones.get(bone, ()))
        for choice, _, _ in process.extract(
            glued, self._choices, scorer=JaroWinkler.normalized_similarity, score_cutoff=NEAR, limit=25
        ):
            numbers.update(self._glued[choice])
        best: dict[str, Match] = {}
        for number in sorted(numbers):
            entry = self.entries[number]
            score, reason = compare(query, entry.name)
            if score >= floor and (entry.ref not in best or score > best[entry.ref].score):
                best[entry.ref] = Match(entry.ref, entry.name, entry.by, score, reason)
        return sorted(best.values(), key=lambda match: (-match.score, match.name, match.ref))[:limit]

    def _near_words(self, tokens: tuple[str, ...]) -> set[int]:
        """Entries with a word that is nearly a distinctive word of the query: a misspelt part of a longer name."""
        found: set[int] = set()
        for word in tokens:
            if len(word) >= 5 and weight_of(word) == 1.0 and word not in self._words:
                near = process.extract(
                    word, self._word_list, scorer=JaroWinkler.normalized_similarity, score_cutoff=NEAR, limit=8
                )
                for choice, _, _ in near:
                    found.update(self._words[choice])
        return found

    def _bones_of(self, query: str) -> list[str]:
        if script_of(query) == "Arab" or self._bones:
            return [bone for bone in skeleton(query).split() if len(bone) >= 3]
        return []
