"""Names in a text → nodes: a dictionary over folded words, built once from the graph's names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

from tocsin.knowledge import Graph
from tocsin.names import Token, glue, name_tokens, script_of, tokenise
from tocsin.names.score import weight_of
from tocsin.names.words import ABBREVIATIONS, LEGAL_FORMS, PLACES
from tocsin.read.claims.common import COMMON_WORDS

MAX_WORDS = 14
_GAP = re.compile(r"[\s\-–‐‑/.,&'’‘“”\"()_]{0,3}")
_MALWARE_CONTEXT = re.compile(
    r"\b(?:malware|trojans?|backdoors?|implants?|ransomware|wipers?|loaders?|stealers?|rats?|botnets?|tools?|spyware|worms?|rootkits?"
    r"|droppers?|families|family|deploy\w*|deliver\w*|install\w*|payloads?|variants?|framework|web ?shells?)\b",
    re.IGNORECASE,
)
_KIND_OF_REF = (("G", "actor"), ("S", "malware"), ("T", "technique"), ("C", "campaign"), ("M", "mitigation"))


_EVERYDAY = frozenset("integrity positive special horizon".split())  # alone they are no company's name


class Item(NamedTuple):
    """A thing in the text: its kind, the nodes it may be (best first), and where it stands."""

    kind: str
    start: int
    end: int
    text: str
    refs: tuple[str, ...] = ()
    extra: str = ""

    @property
    def ref(self) -> str | None:
        """The best node, or None for a name that no catalogue has."""
        return self.refs[0] if self.refs else None


class Gazetteer:
    """All names of the graph, by their first word. Finding is O(words of the text × longest name)."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        self._pairs: set[tuple[str, ...]] = set()  # how names of several words begin
        self._other: list[tuple[str, str]] = []
        self._spelt: dict[tuple[str, ...], str] = {}
        for entry in graph.tables.entries:
            kind = kind_of(graph, entry.ref)
            if kind in ("technique", "mitigation"):
                continue
            if script_of(entry.name) in ("Hani", "Hang", "Jpan", "Arab"):
                if len(entry.name) >= 3:
                    self._other.append((entry.name, entry.ref))
                continue
            if entry.weak or not self._usable(entry.tokens, entry.name, kind):
                continue
            if kind == "party" and len(entry.tokens) == 1 and not entry.ref.startswith("party:"):
                continue  # lists have thousands of names of one word, and many are words of the language
            self._add(entry.tokens, entry.ref, entry.name)
            if len(entry.tokens) == 2 and len(entry.glued) >= 7:
                self._add((entry.glued,), entry.ref, entry.name)
            split = re.fullmatch(r"([a-z]+)(\d+)", entry.glued)
            if split and len(entry.tokens) == 1:
                self._add((split[1], split[2]), entry.ref, entry.name)

        self._add_short_forms()
        for tokens, refs in self._words.items():
            if len(refs) > 1:  # a name that is the node's own comes before one that is an alias there
                refs.sort(key=lambda ref: self._rank(tokens, ref))

    def _add_short_forms(self) -> None:
        """What reports call the parties that sources tie to actors: "Anxun", "Wuhan Xiaoruizhi", a Russian without the
        father's name. A form that two parties share, or that is a name already, is left out."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        spelt: dict[tuple[str, ...], str] = {}
        for entry in self.graph.tables.entries:
            if entry.weak or entry.ref not in self.graph.out or kind_of(self.graph, entry.ref) != "party":
                continue
            if (short := _short_of(entry.tokens)) and short not in self._words:
                found[short].add(entry.ref)
                spelt[short] = entry.name
        for short, refs in found.items():
            if len(refs) == 1:
                self._add(short, next(iter(refs)), spelt[short])

    def _rank(self, tokens: tuple[str, ...], ref: str) -> int:
        """Which of several nodes a name means first: an actor of that very name, ATT&CK software of that name, an actor's
        alias, then the families of Malpedia, which often bear their users' names."""
        main = self._is_main(tokens, ref)
        if ref not in self.graph.software:
            return 0 if main else 2
        return 1 if main and ref.startswith("S") else 3

    def _is_main(self, tokens: tuple[str, ...], ref: str) -> bool:
        """Whether a name is the node's own, and not only an alias of it."""
        return glue(self._spelt[tokens]) in {glue(part) for part in re.split(r"[()]", self.graph.label(ref))}

    def _add(self, tokens: tuple[str, ...], ref: str, name: str) -> None:
        if ref not in self._words[tokens]:
            self._words[tokens].append(ref)
            self._spelt.setdefault(tokens, name)
            self._longest[tokens[0]] = max(self._longest[tokens[0]], len(tokens))
            self._pairs.add(tokens[:2])

    @staticmethod
    def _usable(tokens: tuple[str, ...], name: str, kind: str) -> bool:
        """Whether a name may be looked for in running text: short and everyday words would be found everywhere."""
        if not tokens or len(tokens) > MAX_WORDS:
            return False
        if len(tokens) == 1:
            word = tokens[0]
            if len(word) < 3 or word.isdigit():
                return False
            if kind == "party" and (len(word) < 4 or weight_of(word) < 1.0):
                return False
        return any(weight_of(word) == 1.0 for word in tokens) or kind == "sponsor" or len(tokens) > 3

    def find(
        self, text: str, tokens: list[Token] | None = None, local: dict[tuple[str, ...], tuple[str, ...]] | None = None
    ) -> list[Item]:
        """The names in a text, longest first at each place, not overlapping. ``local`` are names that hold only here."""
        tokens = tokenise(text) if tokens is None else tokens
        local = local or {}
        local_first = {key[0] for key in local}
        items: list[Item] = []
        here = 0
        forms = [ABBREVIATIONS.get(token.form, token.form) for token in tokens]
        forms.append("")
        while here < len(tokens):
            # most words begin no name: they are passed over without more ado
            if forms[here] not in local_first and not self._may_begin(text, tokens[here], forms[here], forms[here + 1]):
                here += 1
                continue
            item, used = self._at(text, tokens, here, local, local_first)
            if item is not None:
                items.append(item)
                here += used
            else:
                here += 1
        if not text.isascii():
            items += self._in_other_scripts(text, items)
            items.sort(key=lambda one: one.start)
        return items

    def _may_begin(self, text: str, token: Token, first: str, second: str) -> bool:
        """Whether a name can begin at a word: false only where the word and the next begin none."""
        if first in self._longest and (
            (first,) in self._words
            or (first, second) in self._pairs
            or (first, f"{second}s") in self._pairs
            or second in LEGAL_FORMS
        ):
            return True
        if text[token.end : token.end + 2] in ("'s", "’s") and f"{first}s" in self._longest:
            return True
        return text[token.start].isupper() and (f"{token.form}{second}",) in self._words

    def _at(
        self,
        text: str,
        tokens: list[Token],
        here: int,
        local: dict[tuple[str, ...], tuple[str, ...]],
        local_first: set[str],
    ) -> tuple[Item | None, int]:
        first = ABBREVIATIONS.get(tokens[here].form, tokens[here].form)
        longest = self._longest.get(first, 0)
        if text[tokens[here].end : tokens[here].end + 2] in ("'s", "’s"):
            longest = max(longest, self._longest.get(f"{first}s", 0))
        if first in local_first:
            longest = max(longest, 4)
        words: list[str] = []
        ends: list[int] = []
        place = here
        while longest and len(words) < longest and place < len(tokens):
            if place > here and not _joined(text, tokens[place - 1], tokens[place]):
                break
            form = tokens[place].form
            if text[tokens[place].end : tokens[place].end + 2] in ("'s", "’s") and place + 1 < len(tokens):
                form += "s"  # "People's Liberation Army"; at a name's end the bare form is tried too
            if form not in LEGAL_FORMS or not words:
                words.append(ABBREVIATIONS.get(form, form))
                ends.append(place)
            place += 1
        for length in range(len(words), 0, -1):
            key = tuple(words[:length])
            if text[tokens[ends[length - 1]].end : tokens[ends[length - 1]].end + 2] in ("'s", "’s"):
                bare = tokens[ends[length - 1]].form
                key = (*key[:-1], ABBREVIATIONS.get(bare, bare))
            refs = [*local.get(key, ()), *self._words.get(key, ())]
            if not refs:
                continue
            last = ends[length - 1]
            start, end = tokens[here].start, tokens[last].end
            if not self._reads_as_name(text, start, end, key, refs):
                continue
            if key in local:
                last = self._extended(text, tokens, last, refs[0])
                end = tokens[last].end
            while (
                last + 1 < len(tokens)
                and tokens[last + 1].form in LEGAL_FORMS
                and text[tokens[last + 1].start].isupper()  # "AS" is a legal form, "as" is not
                and _joined(text, tokens[last], tokens[last + 1])
            ):
                last += 1
                end = tokens[last].end
            if (
                text[end : end + 1] == "."
                and text[start:end].split()[-1].lower() in ("co", "ltd", "inc", "corp")
                and text[end + 1 : end + 2] not in ("", "\n")
            ):
                end += 1
            ordered = tuple(refs)
            return Item(kind_of(self.graph, ordered[0]), start, end, text[start:end], ordered), last - here + 1
        # "Muddy Water", "Fancy-Bear": two words that a catalogue writes as one
        if here + 1 < len(tokens) and _joined(text, tokens[here], tokens[here + 1]):
            glued = tokens[here].form + tokens[here + 1].form
            refs = self._words.get((glued,), [])
            written = text[tokens[here].start : tokens[here + 1].end]
            if refs and len(glued) >= 7 and written[0].isupper() and any(c.isupper() for c in written[1:]):
                start, end = tokens[here].start, tokens[here + 1].end
                return Item(kind_of(self.graph, refs[0]), start, end, text[start:end], tuple(refs)), 2
        return None, 0

    def _extended(self, text: str, tokens: list[Token], last: int, ref: str) -> int:
        """A short form with the words that follow it and stand in the full name too: "Integrity Tech"."""
        node = self.graph.node(ref)
        if node is None or kind_of(self.graph, ref) != "party":
            return last
        words = {
            word for name in (node.name, *(n.name for n in node.names)) if name.isascii() for word in name_tokens(name)
        }
        while last + 1 < len(tokens) and _joined(text, tokens[last], tokens[last + 1]):
            form = tokens[last + 1].form
            if ABBREVIATIONS.get(form, form) not in words or not text[tokens[last + 1].start].isupper():
                break
            last += 1
        return last

    def _reads_as_name(self, text: str, start: int, end: int, key: tuple[str, ...], refs: Iterable[str]) -> bool:
        written = text[start:end]
        if len(key) > 1:
            return any(char.isupper() for char in written)
        if not any(char.isupper() for char in written) and not any(char.isdigit() for char in written):
            return False
        if key[0] not in COMMON_WORDS:
            return True
        # An everyday word is a name only where it is written as one and the text speaks of malware or actors there
        if sum(char.isupper() for char in written) >= 2 and not written.isupper():
            return True
        around = text[max(0, start - 40) : end + 40]
        sentence_start = start == 0 or text[max(0, start - 2) : start].strip() in ("", ".", "\n")
        return not sentence_start and bool(_MALWARE_CONTEXT.search(around)) and written[0].isupper()

    def _in_other_scripts(self, text: str, items: list[Item]) -> list[Item]:
        found: list[Item] = []
        taken = [(item.start, item.end) for item in items if not item.text.isascii()]
        for name, ref in sorted(self._other, key=lambda pair: -len(pair[0])):
            place = text.find(name)
            while place >= 0:
                end = place + len(name)
                if all(end <= s or place >= e for s, e in taken):
                    taken.append((place, end))
                    found.append(Item(kind_of(self.graph, ref), place, end, name, (ref,)))
                place = text.find(name, end)
        return found


def _short_of(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The proper words that begin a company's name, or given and family name of three; empty where there is none."""
    if len(tokens) == 3 and tokens[1].endswith(("vich", "vna")):
        return tokens[0], tokens[2]
    place = tokens[:1] if tokens[0] in PLACES else ()
    proper = tuple(takewhile(lambda word: weight_of(word) == 1.0 and word not in PLACES, tokens[len(place) :]))
    short = place + proper
    rest = tokens[len(short) :]
    if not proper or not rest or any(weight_of(word) == 1.0 for word in rest):
        return ()
    telling = [word for word in short if len(word) > 4 and word not in COMMON_WORDS and word not in _EVERYDAY]
    return short if telling else ()


def _joined(text: str, left: Token, right: Token) -> bool:
    gap = text[left.end : right.start]
    if gap[:2] in ("'s", "’s"):
        gap = gap[2:]
    if not _GAP.fullmatch(gap) or "\n" in gap:
        return False
    if "," in gap:
        return right.form in LEGAL_FORMS
    if "." in gap and " " in gap:
        return left.form in LEGAL_FORMS and right.form in LEGAL_FORMS
    return not ("(" in gap or '"' in gap or "“" in gap)


def kind_of(graph: Graph, ref: str) -> str:
    """The kind of a node by its ref, without making the node."""
    if ref in graph.parties:
        return graph.parties[ref].kind
    if ref in graph.software:
        return graph.software[ref].kind
    if ref in graph.actors:
        return "actor"
    for letter, kind in _KIND_OF_REF:
        if ref.startswith(letter) and ref[1:2].isdigit():
            return kind
    return "party"
