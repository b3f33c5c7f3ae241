"""Names → nodes: exact by one key, near by spelling, partial by their words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from tocsin.model import Reason
from tocsin.names.normalise import clean, glue, name_tokens, script_of, skeleton
from tocsin.names.score import Keyed, Keys, compare_keys, keys_of, weight_of

NEAR = 0.84  # Jaro-Winkler below which two words are not compared: what ``word_similarity`` lets pass lies above
COMMON = 400  # a word of more names than this finds candidates only together with the other words


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
    """A node that a query may mean: the name that matched, how well and why; ``glued`` is the key of that name."""

    ref: str
    name: str
    by: str
    score: float
    reason: Reason
    glued: str = ""


class NameTable(msgspec.Struct, array_like=True, frozen=True):
    """Entries as columns, sorted by ``glued``, which load far faster than as many objects.

    ``tokens`` are joined by spaces. ``words``, ``bones`` (of skeletons) and ``scripts`` (names with other letters than
    ASCII, as they stand) say in which entries each occurs; ``weak`` are the numbers of weak names.
    """

    names: list[str]
    refs: list[str]
    bys: list[str]
    tokens: list[str]
    glued: list[str]
    skeletons: dict[int, str]
    weak: frozenset[int]
    words: dict[str, list[int]]
    bones: dict[str, list[int]]
    scripts: dict[str, list[int]]


def entry_of(name: str, ref: str, by: str = "", *, weak: bool = False) -> Entry:
    """The entry for a name, with its keys worked out. A weak name is found when asked for, never in running text."""
    bones = skeleton(name) if script_of(name) == "Arab" else ""
    return Entry(name, ref, by, name_tokens(name), glue(name), bones, weak)


def table_of(entries: Iterable[Entry]) -> NameTable:
    """The columns for some entries. O(n log n)."""
    rows = sorted(entries, key=lambda entry: entry.glued)
    words: dict[str, list[int]] = defaultdict(list)
    bones: dict[str, list[int]] = defaultdict(list)
    scripts: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(rows):
        if len(entry.tokens) > 1:
            for word in dict.fromkeys(entry.tokens):
                words[word].append(number)
        for bone in dict.fromkeys(entry.skeleton.split()):
            bones[bone].append(number)
        if not entry.name.isascii():
            scripts[clean(entry.name)].append(number)
    return NameTable(
        names=[entry.name for entry in rows],
        refs=[entry.ref for entry in rows],
        bys=[entry.by for entry in rows],
        tokens=[" ".join(entry.tokens) for entry in rows],
        glued=[entry.glued for entry in rows],
        skeletons={number: entry.skeleton for number, entry in enumerate(rows) if entry.skeleton},
        weak=frozenset(number for number, entry in enumerate(rows) if entry.weak),
        words=dict(words),
        bones=dict(bones),
        scripts=dict(scripts),
    )


class NameIndex:
    """An index over entries. Exact look-up is O(log n); a near search compares O(n) short strings in native code."""

    def __init__(self, entries: Iterable[Entry] = (), *, table: NameTable | None = None) -> None:
        self.table = table or table_of(entries)

    @cached_property
    def entries(self) -> list[Entry]:
        """All entries, in the order of their keys."""
        return [self._entry(number) for number in range(len(self.table.names))]

    def exact(self, name: str) -> list[Entry]:
        """Entries of the same name: the same words in the same order, however divided, without legal forms."""
        return [self._entry(number) for number in self._same(glue(name))]

    def search(self, query: str, *, limit: int = 10, floor: float = 0.7) -> list[Match]:
        """The nodes that ``query`` may name, best first, each once with its best name. Empty for an empty query."""
        keys = self._keys_of(query)
        if not keys.glued:
            return []
        best: dict[str, Match] = {}
        for number in sorted(self._candidates(keys)):
            entry = self._entry(number)
            score, reason = compare_keys(keys, entry)
            if score >= floor and (entry.ref not in best or score > best[entry.ref].score):
                best[entry.ref] = Match(entry.ref, entry.name, entry.by, score, reason, entry.glued)
        return sorted(best.values(), key=lambda match: (-match.score, match.name, match.ref))[:limit]

    def _entry(self, number: int) -> Entry:
        table = self.table
        tokens = tuple(table.tokens[number].split())
        bones = table.skeletons.get(number, "")
        return Entry(
            table.names[number],
            table.refs[number],
            table.bys[number],
            tokens,
            table.glued[number],
            bones,
            number in table.weak,
        )

    def _keys_of(self, query: str) -> Keyed:
        """The keys of a query, from the table where the very name stands there: pinyin need not be loaded for it."""
        held = self.table.scripts.get(clean(query[:400]), ()) if not query.isascii() else ()
        if not held:
            return keys_of(query)
        entry = self._entry(held[0])
        return Keys(query, entry.tokens, entry.glued)

    def _same(self, glued: str) -> range:
        column = self.table.glued
        return range(bisect_left(column, glued), bisect_right(column, glued)) if glued else range(0)

    def _candidates(self, keys: Keyed) -> set[int]:
        words = self.table.words
        numbers = set(self._same(keys.glued))
        postings = [words.get(word, []) for word in keys.tokens]
        for word, found in zip(keys.tokens, postings, strict=True):
            if len(found) <= COMMON and weight_of(word) == 1.0:
                numbers.update(found)
        numbers.update(set(postings[0]).intersection(*postings[1:]))
        numbers.update(self._near_words(keys.tokens))
        if self.table.bones and script_of(keys.name) != "Hani":
            for bone in skeleton(keys.name).split():
                if len(bone) >= 3:
                    numbers.update(self.table.bones.get(bone, ()))
        near = process.extract(
            keys.glued, self.table.glued, scorer=JaroWinkler.normalized_similarity, score_cutoff=NEAR, limit=25
        )
        numbers.update(number for _, _, number in near)
        return numbers

    @cached_property
    def _vocabulary(self) -> list[str]:
        return list(self.table.words)

    def _near_words(self, tokens: tuple[str, ...]) -> set[int]:
        """Entries with a word that is nearly a distinctive word of the query: a misspelt part of a longer name."""
        found: set[int] = set()
        for word in tokens:
            if len(word) >= 4 and weight_of(word) == 1.0 and word not in self.table.words:
                near = process.extract(
                    word, self._vocabulary, scorer=JaroWinkler.normalized_similarity, score_cutoff=NEAR, limit=16
                )
                for choice, _, _ in near:
                    found.update(self.table.words[choice])
        return found
