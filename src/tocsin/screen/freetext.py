"""Names of listed parties inside free text, by exact look-ups of its runs of words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tocsin.names import Token, clean, script_of, tokenise
from tocsin.names.score import weight_of
from tocsin.names.words import ABBREVIATIONS, LEGAL_FORMS
from tocsin.screen.naming import ListedName

MOST_WORDS = 10  # of a name in a text
_LONG_WORD = 7  # letters of a name of one word that is looked for: shorter ones are words of some language
_SHORTEST = 6  # letters of any name
_TEXT = 20_000  # characters of one text
_SYLLABIC = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]+")
_LONGEST_RUN = 24  # characters of a name in Han, kana or Hangul


class InText(NamedTuple):
    """A listed name that stands in a text, and the words of the text that are it."""

    listed: ListedName
    words: str


class TextNames:
    """Strong, distinctive names by their glued words, and names in Han, kana and Hangul as they are written."""

    def __init__(self, names: Iterable[ListedName]) -> None:
        self._glued: dict[str, list[ListedName]] = defaultdict(list)
        self._written: dict[str, list[ListedName]] = defaultdict(list)
        for name in names:
            if name.weak:
                continue
            if script_of(name.name) in ("Hani", "Hang", "Jpan"):
                written = "".join(_SYLLABIC.findall(clean(name.name)))
                if len(written) >= 3:
                    self._written[written].append(name)
            elif _is_telling(name.tokens):
                self._glued["".join(name.tokens)].append(name)

    def find(self, text: str) -> list[InText]:
        """The names that stand in a text, longest first, a party once. O(words x 10)."""
        text = clean(text[:_TEXT])
        found: dict[str, InText] = {}
        for one in sorted((*self._by_words(text), *self._by_characters(text)), key=lambda hit: -len(hit.words)):
            found.setdefault(one.listed.party.ref, one)
        return list(found.values())

    def _by_words(self, text: str) -> Iterator[InText]:
        tokens = [(token, form) for token in tokenise(text) for form in (_form(token),) if form]
        for start in range(len(tokens)):
            glued = ""
            for token, form in tokens[start : start + MOST_WORDS]:
                glued += form
                for name in self._glued.get(glued, ()):
                    yield InText(name, text[tokens[start][0].start : token.end])

    def _by_characters(self, text: str) -> Iterator[InText]:
        for run in _SYLLABIC.findall(text):
            for start in range(len(run)):
                for end in range(start + 3, min(start + _LONGEST_RUN, len(run)) + 1):
                    for name in self._written.get(run[start:end], ()):
                        yield InText(name, run[start:end])


def _form(token: Token) -> str:
    """A word as it stands in the key of a name: abbreviations spelt out, legal forms left out."""
    form = ABBREVIATIONS.get(token.form, token.form)
    return "" if form in LEGAL_FORMS else "".join(char for char in form if char.isalnum())


def _is_telling(words: tuple[str, ...]) -> bool:
    proper = [word for word in words if weight_of(word) == 1.0]
    if len("".join(words)) < _SHORTEST or not proper:
        return False
    return len(words) > 1 or len(words[0]) >= _LONG_WORD
