"""How alike are two names, and why: part by part, with weights, as one ``Reason``."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler, OSA

from tocsin.model import Reason
from tocsin.names.normalise import glue, name_tokens, script_of, skeleton
from tocsin.names.words import GENERIC, PLACES

GENERIC_WEIGHT = 0.2
PLACE_WEIGHT = 0.4
FUZZY_FLOOR = 0.8
LEFT_OVER_QUERY = 1.0  # a word of the query that the name lacks counts in full: it may name another party
LEFT_OVER_NAME = 0.35  # a word of the name that the query lacks counts less: short forms are usual


class Comparison(NamedTuple):
    """A score 0…1 and what it is made of."""

    score: float
    reason: Reason


def weight_of(word: str) -> float:
    """How much a word says about which party it is: 1 for a proper name, less for trades and places."""
    if word in GENERIC:
        return GENERIC_WEIGHT
    if word in PLACES:
        return PLACE_WEIGHT
    return 1.0


def word_similarity(a: str, b: str) -> float:
    """1 for the same word; small misspellings near 1; 0 below the floor or where digits differ (APT28 is not APT29)."""
    if a == b:
        return 1.0
    if any(char.isdigit() for char in a + b):
        return 0.0
    longest = max(len(a), len(b))
    edits = OSA.distance(a, b, score_cutoff=2)
    if longest < 4 or edits > (1 if longest < 7 else 2):
        return 0.0
    alike = 1.0 - edits / longest
    similarity = max(alike, JaroWinkler.similarity(a, b) - 0.04)
    return similarity if similarity >= FUZZY_FLOOR else 0.0


def compare(query: str, name: str) -> Comparison:
    """Compare a query with a known name. Order of words does not matter; legal forms do not count. O(n·m) words."""
    left, right = name_tokens(query), name_tokens(name)
    if not left or not right:
        return Comparison(0.0, Reason(name="name", says="nothing to compare", value=0.0, met=False))
    if left == right:
        return Comparison(1.0, Reason(name="name", says=f"“{query}” is “{name}”", value=1.0, weight=1.0))
    if glue(query) == glue(name):
        return Comparison(0.99, Reason(name="name", says=f"“{query}” is “{name}”, divided otherwise", value=0.99))
    across = _across_scripts(query, name)
    score, parts = _align(left, right)
    whole = _glued(glue(query), glue(name))
    if across > max(score, whole):
        says = f"“{query}” and “{name}” have the same consonants"
        return Comparison(across, Reason(name="consonants", says=says, value=across))
    if whole > score:
        return Comparison(whole, Reason(name="spelling", says=f"“{query}” is spelt nearly as “{name}”", value=whole))
    return Comparison(score, Reason(name="name", says=f"“{query}” against “{name}”", value=score, parts=tuple(parts)))


def _align(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[float, list[Reason]]:
    pairs = sorted(
        ((word_similarity(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)), reverse=True
    )
    used_left: dict[int, tuple[float, str]] = {}
    used_right: set[int] = set()
    for similarity, i, j in pairs:
        if similarity > 0 and i not in used_left and j not in used_right:
            used_left[i] = (similarity, right[j])
            used_right.add(j)
    parts, gained, total = [], 0.0, 0.0
    for i, word in enumerate(left):
        weight = weight_of(word)
        if i in used_left:
            similarity, other = used_left[i]
            total += weight
            gained += weight * similarity
            kind, says = ("literal", word) if similarity == 1 else ("fuzzy", f"{word} ~ {other}")
            parts.append(Reason(name=kind, says=says, value=round(similarity, 3), weight=weight))
        else:
            total += weight * LEFT_OVER_QUERY
            parts.append(Reason(name="left over", says=f"{word} is not in the name", value=0.0, weight=weight, met=False))
    matched = sum(weight_of(left[i]) for i in used_left)
    for j, word in enumerate(right):
        if j not in used_right:
            weight = weight_of(word) * LEFT_OVER_NAME
            total += weight
            says = f"{word} of the name is not asked for"
            parts.append(Reason(name="left over", says=says, value=0.0, weight=round(weight, 3), met=False))
    # Without one distinctive word in common, trades and places alone are no match.
    if matched < 1.0 and max((weight_of(word) for word in left), default=0) >= 1.0:
        return 0.0, parts
    reordered = [used_left[i][1] for i in sorted(used_left)] != [right[j] for j in sorted(used_right)]
    score = gained / total if total else 0.0
    return round(min(score, 0.98 if not reordered else 0.96), 4), parts


def _glued(a: str, b: str) -> float:
    """Misspelling over word borders, for names of one or two words: ``Judgement Panda`` and ``Judgment Panda``."""
    longest = max(len(a), len(b))
    if longest < 6 or a[:1] != b[:1] or _digits(a) != _digits(b):
        return 0.0
    edits = OSA.distance(a, b, score_cutoff=2)
    return round(1.0 - edits / longest - 0.01, 4) if edits <= (1 if longest < 9 else 2) else 0.0


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _across_scripts(query: str, name: str) -> float:
    """Arabic script against Latin, on consonants; 0 where both are in one script."""
    scripts = {script_of(query), script_of(name)}
    if "Arab" not in scripts or len(scripts) == 1:
        return 0.0
    a, b = skeleton(query), skeleton(name)
    if not a or not b:
        return 0.0
    left, right = set(a.split()), set(b.split())
    shared = left & right
    if sum(len(word) for word in shared) < 4:
        return 0.0
    return round(0.92 * 2 * len(shared) / (len(left) + len(right)), 4)
