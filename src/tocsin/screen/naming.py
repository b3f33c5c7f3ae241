"""How much a likeness of names says of who is meant: that depends on what kind of name it is, and who else bears it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tocsin.model import Reason
from tocsin.names import Comparison, Entry, clean, name_tokens, script_of
from tocsin.names.score import weight_of, word_similarity
from tocsin.screen.listed import Listed
from tocsin.screen.score import COMMON_WORDS, ONE_WORD, OTHER_SPELLING, OTHER_SYLLABLE, OTHER_TRADE, WEAK_NAME

SAME = 0.98  # a score from here on is the whole name, word for word
COMMON = 3  # a word that so many listed parties bear says little of which one is meant …
COMMON_SHARE = 0.002  # … or such a share of them, where there are many
TWO_WORDS = 1.4  # the weight of a name that is more than one word: a place and a proper name at least
# Where names are made of syllables, another letter is another syllable, and so another person.
_SYLLABLES = frozenset({"CN", "HK", "MO", "TW", "KP", "KR", "VN"})


class ListedName(NamedTuple):
    """A name of a listed party. ``weak``: an alias that the authority calls weak, a nickname, a code name."""

    name: str
    party: Listed
    weak: bool
    tokens: tuple[str, ...]


class Named(NamedTuple):
    """How well a name of a party fits, and why: the likeness, then each thing that makes it count for less."""

    listed: ListedName
    score: float
    reasons: tuple[Reason, ...]


def listed_name(entry: Entry, party: Listed) -> ListedName:
    """A name as screening takes it: what an intrusion set is called beside its main name is a code name (Zinc)."""
    code = party.kind == "intrusion set" and entry.name != party.name
    return ListedName(entry.name, party, entry.weak or code, entry.tokens)


class Commonness:
    """Which words many of the listed parties bear in their names."""

    def __init__(self, names: Iterable[ListedName]) -> None:
        pairs = {(word, name.party.ref) for name in names for word in name.tokens}
        self._bearers = Counter(word for word, _ in pairs)
        self._common = max(COMMON, int(COMMON_SHARE * len({ref for _, ref in pairs})))

    def apart(self, word: str, others: Iterable[str]) -> bool:
        """Whether a word is a name of its own beside one that it begins or goes on from: Mohammadi, Mohammad."""
        return word in self._bearers and any(word.startswith(one) or one.startswith(word) for one in others)

    def all_common(self, words: Iterable[str]) -> bool:
        """Whether none of the words narrows down who is meant."""
        return all(self._bearers[word] >= self._common or weight_of(word) < 1.0 for word in words)


def weighed(asked: str, listed: ListedName, found: Comparison, common: Commonness) -> Named:
    """A likeness, less what makes it say less. Each factor is a reason with its value."""
    score, reasons = found.score, [found.reason]
    for factor, reason in _doubts(asked, listed, found, common):
        score *= factor
        reasons.append(Reason(name=reason[0], says=reason[1], value=factor, met=False))
    return Named(listed, round(score, 4), tuple(reasons))


def _doubts(
    asked: str, listed: ListedName, found: Comparison, common: Commonness
) -> list[tuple[float, tuple[str, str]]]:
    doubts: list[tuple[float, tuple[str, str]]] = []
    ours, theirs = name_tokens(asked), listed.tokens
    whole = found.score >= SAME
    if listed.weak:
        doubts.append((WEAK_NAME, ("weak alias", f"“{listed.name}” is a weak alias or a code name")))
    elif whole and _weight(theirs) < TWO_WORDS and not _is_main(asked, listed):
        doubts.append((ONE_WORD, ("one word", f"only one word of “{listed.name}” is a name, and others bear it")))
    if whole:
        return doubts
    shared = [word for word in theirs if any(word_similarity(word, one) for one in ours)]
    spare = [word for word in ours if not any(word_similarity(word, one) for one in theirs)]
    if listed.party.kind == "person":
        if shared and common.all_common(shared):
            doubts.append((COMMON_WORDS, ("common", f"{' '.join(shared)}: words that many names have")))
        changed = [word for word in ours if word not in theirs and word not in spare]
        syllables = bool(listed.party.countries & _SYLLABLES)
        if syllables and len(shared) < len(theirs):
            lacking = [word for word in theirs if word not in shared]
            says = f"{' '.join(lacking)} is lacking: where names are made of syllables that is another name"
            doubts.append((OTHER_SYLLABLE, ("syllable", says)))
        elif changed and (syllables or any(common.apart(word, theirs) for word in changed)):
            doubts.append((OTHER_SPELLING, ("spelling", f"{' '.join(changed)} is also a name of its own")))
    elif not listed.weak and sum(weight_of(word) == 1.0 for word in shared) == 1:
        if spare:
            says = f"{' '.join(spare)} is not in the name, and one word alone is shared"
            doubts.append((OTHER_TRADE, ("other trade", says)))
        else:
            doubts.append((ONE_WORD, ("one word", f"one word of “{listed.name}” is given, and others bear it")))
    return doubts


def _weight(words: tuple[str, ...]) -> float:
    return sum(weight_of(word) for word in words)


def _is_main(asked: str, listed: ListedName) -> bool:
    """The party's own name in full, its legal form included; names in Han or Hangul are not written in words."""
    main = listed.party.name
    if script_of(listed.name) in ("Hani", "Hang") or clean(asked).casefold() == clean(main).casefold():
        return True
    return len(listed.tokens) > 1 and name_tokens(main) == listed.tokens
