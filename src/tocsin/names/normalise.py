"""One form for every spelling of a name: folded ASCII tokens, with offsets into the text they came from."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from tocsin.names.words import (
    ABBREVIATIONS,
    ARABIC_CONSONANTS,
    ARABIC_WORDS,
    HAN_WORDS,
    HONORIFICS,
    LEGAL_FORMS,
    LEGAL_PHRASES,
)

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_HANGUL = re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HEBREW = re.compile(r"[\u0590-\u05ff]")
# A token is a run of letters and digits, in any script; an apostrophe inside a word belongs to it.
_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ALNUM = re.compile(r"[a-z0-9]+")
_SHORT_FORM = re.compile(r"\b(?:[a-z]\.){2,}", re.IGNORECASE)


class Token(NamedTuple):
    """A word of a text: its folded form and where it stands (end exclusive)."""

    form: str
    start: int
    end: int


def script_of(text: str) -> str:
    """The ISO 15924 code of the script that decides how a name is compared; Latn where nothing else stands in it."""
    for pattern, code in (
        (_HAN, "Hani"),
        (_HANGUL, "Hang"),
        (_KANA, "Jpan"),
        (_ARABIC, "Arab"),
        (_CYRILLIC, "Cyrl"),
        (_HEBREW, "Hebr"),
    ):
        if pattern.search(text):
            return code
    return "Latn"


def clean(text: str) -> str:
    """NFKC, with control, invisible and direction-changing characters taken out and white space made single."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower-case ASCII of one word or name: ``Щербаков`` → ``shcherbakov``, ``É`` → ``e``. Han goes to pinyin."""
    if text.isascii():
        return text.lower()
    if _HAN.search(text):
        text = _pinyin(text)
    folded = anyascii(unicodedata.normalize("NFKC", text)).lower()
    return folded.replace("'", "").replace("`", "")


def _pinyin(text: str) -> str:
    """Han to pinyin, the run's corporate words to English, so that it meets the romanised form of the same name."""
    from pypinyin import Style, lazy_pinyin  # 0.3 s to import: only when a name has Han characters

    for word in sorted(HAN_WORDS, key=len, reverse=True):
        text = text.replace(word, HAN_WORDS[word])
    parts = []
    for run in re.split(r"([\u3400-\u9fff\uf900-\ufaff]+)", text):
        if run and _HAN.match(run):
            parts.append("".join(lazy_pinyin(run, style=Style.NORMAL)))
        else:
            parts.append(run)
    return " ".join(" ".join(parts).split())


def tokenise(text: str) -> list[Token]:
    """The words of a running text with their places. O(len(text)). Never raises; a word of a million letters is cut
    to its first 200 for comparing, its place stays whole."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        end = match.end()
        if word.endswith(("'s", "’s")):  # the owner's name ends before it
            word, end = word[:-2], end - 2
        tokens.append(Token(_form(word[:200]), match.start(), end))
    return tokens


@lru_cache(maxsize=65536)
def _form(word: str) -> str:
    """A word as it is compared."""
    return fold(word).replace("’", "").replace("'", "").replace("ʼ", "")


@lru_cache(maxsize=65536)
def name_tokens(name: str) -> tuple[str, ...]:
    """The folded words of a name without its legal form: ``"OOO «Импульс»"`` → ``("impuls",)``.

    The legal form stays when nothing else would be left.
    """
    text = _SHORT_FORM.sub(lambda m: m.group().replace(".", "") + " ", clean(name[:400]))
    if _ARABIC.search(text):
        for word, english in ARABIC_WORDS.items():
            text = text.replace(word, english)
    lower = text.casefold()
    for phrase in LEGAL_PHRASES:
        if phrase in lower:
            text = lower = lower.replace(phrase, " ")
    words = _ALNUM.findall(fold(text.replace("’", "").replace("'", "").replace("&", " and ")))
    while len(words) > 1 and words[0] in HONORIFICS:
        words = words[1:]
    kept = tuple(ABBREVIATIONS.get(word, word) for word in words if word not in LEGAL_FORMS)
    return kept or tuple(words)


def glue(name: str) -> str:
    """All letters and digits of a name in one word, so that ``APT-31``, ``APT 31`` and ``apt31`` meet."""
    return "".join(name_tokens(name))


_LATIN_FOLDS = (
    ("sch", "s"),
    ("tch", "c"),
    ("sh", "s"),
    ("ch", "c"),
    ("kh", "k"),
    ("gh", "g"),
    ("zh", "z"),
    ("ph", "f"),
    ("q", "g"),
    ("x", "ks"),
    ("v", ""),
    ("w", ""),
    ("y", ""),
    ("dj", "j"),
)


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants that survive romanisation, for Arabic and Persian names: ``محمد`` and ``Mohammad`` → ``mhmd``.

    Doubled consonants count once, since the Arabic script does not write them. Empty where there are fewer than three.
    """
    if _ARABIC.search(name):
        text = clean(name)
        for word in ARABIC_WORDS:
            text = text.replace(word, " ")
        words = ["".join(ARABIC_CONSONANTS.get(char, "") for char in word) for word in text.split()]
    else:
        words = []
        for word in name_tokens(name):
            for old, new in _LATIN_FOLDS:
                word = word.replace(old, new)
            words.append(re.sub(r"[aeiou]", "", word))
    joined = " ".join(re.sub(r"(.)\1+", r"\1", word) for word in words if word)
    return joined if len(joined.replace(" ", "")) >= 3 else ""
