"""How alike are two names, and why: part by part, with weights, as one ``Reason``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA, JaroWinkler

from tocsin.model import Reason
from tocsin.names.normalise import glue, name_tokens, script_of, skeleton
from tocsin.names.words import GENERIC, PLACES

GENERIC_WEIGHT = 0.2
PLACE_WEIGHT = 0.4
FUZZY_FLOOR = 0.8
LEFT_OVER_QUERY = 1.0  # a word of the query that the name lacks counts in full: it may name another party
LEFT_OVER_BESIDE = 0.4  # less beside a whole name of two words and more: people have further names
LEFT_OVER_NAME = 0.35  # a word of the name that the query lacks counts less: short forms are usual


_SYLLABIC = {"Hani", "Hang", "Jpan"}
_CONSONANT_PAIRS = ({"Arab", "Latn"}, {"Arab", "Cyrl"})


class Keyed(Protocol):
    """A name with the keys that names are compared by: its folded words, and all of them in one."""

    @property
    def name(self) -> str: ...
    @property
    def tokens(self) -> tuple[str, ...]: ...
    @property
    def glued(self) -> str: ...


class Keys(NamedTuple):
    """The keys of one name."""

    name: str
    tokens: tuple[str, ...]
    glued: str


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


def keys_of(name: str) -> Keys:
    """The keys of a name that is not in an index."""
    return Keys(name, name_tokens(name), glue(name))


def compare(query: str, name: str) -> Comparison:
    """Compare a query with a known name. Order of words does not matter; legal forms do not count. O(n·m) words."""
    return compare_keys(keys_of(query), keys_of(name))


def compare_keys(query: Keyed, name: Keyed) -> Comparison:
    """As ``compare``, for names whose keys are at hand."""
    if not query.tokens or not name.tokens:
        return Comparison(0.0, Reason(name="name", says="nothing to compare", value=0.0, met=False))
    if query.tokens == name.tokens:
        return Comparison(1.0, Reason(name="name", says=_says(query, "is", name), value=1.0, weight=1.0))
    if query.glued == name.glued:
        return Comparison(0.99, Reason(name="name", says=f"{_says(query, 'is', name)}, divided otherwise", value=0.99))
    script, other = script_of(query.name), script_of(name.name)
    # Another character is another name where characters are syllables: 习近朋 is no misspelling of 习近平
    near = not (script == other and script in _SYLLABIC)
    across = _across_scripts(query.name, name.name) if {script, other} in _CONSONANT_PAIRS else 0.0
    score, parts = _align(query.tokens, name.tokens, near=near)
    whole = _glued(query.glued, name.glued) if near else 0.0
    if across > max(score, whole):
        says = f"{_says(query, 'and', name)} have the same consonants"
        return Comparison(across, Reason(name="consonants", says=says, value=across))
    if whole > score:
        return Comparison(whole, Reason(name="spelling", says=_says(query, "is spelt nearly as", name), value=whole))
    return Comparison(score, Reason(name="name", says=_says(query, "against", name), value=score, parts=tuple(parts)))


def _says(query: Keyed, words: str, name: Keyed) -> str:
    return f"“{query.name}” {words} “{name.name}”"


def _align(left: tuple[str, ...], right: tuple[str, ...], *, near: bool) -> tuple[float, list[Reason]]:
    """The share of weight that the words of two names have in common, and a reason a word."""
    used, taken = _pairs(left, right, near=near)
    spare_left = [word for i, word in enumerate(left) if i not in used]
    spare_right = [word for j, word in enumerate(right) if j not in taken]
    parts, gained, total = [], 0.0, 0.0
    for i, (similarity, j) in sorted(used.items()):
        weight = weight_of(left[i])
        total += weight
        gained += weight * similarity
        kind, says = ("literal", left[i]) if similarity == 1 else ("fuzzy", f"{left[i]} ~ {right[j]}")
        parts.append(Reason(name=kind, says=says, value=round(similarity, 3), weight=weight))
    # A distinctive word on either side that the other lacks: not a short form of one name, but two names
    apart = _distinctive(spare_left) and _distinctive(spare_right)
    whole = not _distinctive(spare_right) and sum(weight_of(left[i]) == 1.0 for i in used) >= 2
    for word in spare_left:
        weight = weight_of(word) * (LEFT_OVER_BESIDE if whole else LEFT_OVER_QUERY)
        total += weight
        says = f"{word} is not in the name"
        parts.append(Reason(name="left over", says=says, value=0.0, weight=round(weight, 3), met=False))
    for word in spare_right:
        weight = weight_of(word) * (LEFT_OVER_QUERY if apart else LEFT_OVER_NAME)
        total += weight
        says = f"{word} of the name is not asked for"
        parts.append(Reason(name="left over", says=says, value=0.0, weight=round(weight, 3), met=False))
    # Without one distinctive word in common, trades and places alone are no match.
    if not _distinctive(left[i] for i in used) and (_distinctive(left) or _distinctive(right)):
        return 0.0, parts
    order = [j for _, (_, j) in sorted(used.items())]
    score = gained / total if total else 0.0
    return round(min(score, 0.98 if order == sorted(order) else 0.96), 4), parts


def _pairs(
    left: tuple[str, ...], right: tuple[str, ...], *, near: bool
) -> tuple[dict[int, tuple[float, int]], set[int]]:
    """Which word of ``left`` goes with which of ``right``, the likest first, each at most once."""
    pairs = sorted(
        (
            (similarity, i, j)
            for i, a in enumerate(left)
            for j, b in enumerate(right)
            if (similarity := word_similarity(a, b) if near else float(a == b))
        ),
        key=lambda pair: (-pair[0], abs(pair[1] - pair[2]), pair[1]),
    )
    used: dict[int, tuple[float, int]] = {}
    taken: set[int] = set()
    for similarity, i, j in pairs:
        if i not in used and j not in taken:
            used[i] = (similarity, j)
            taken.add(j)
    return used, taken


def _distinctive(words: Iterable[str]) -> bool:
    return any(weight_of(word) == 1.0 for word in words)


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
    """Arabic script against Latin or Cyrillic, on consonants: the share of words that have the same."""
    left, right = set(skeleton(query).split()), set(skeleton(name).split())
    shared = left & right
    if sum(len(word) for word in shared) < 4:
        return 0.0
    return round(0.92 * 2 * len(shared) / (len(left) + len(right)), 4)
