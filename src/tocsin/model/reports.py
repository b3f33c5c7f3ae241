"""A report and what stands in it. Offsets are characters of ``Report.text``, end exclusive."""

from __future__ import annotations

from typing import Literal

import msgspec

from tocsin.model.base import Record, Ref

BlockKind = Literal["title", "heading", "paragraph", "item", "cell", "aside"]
Predicate = Literal[
    "designated",
    "not_designated",
    "delisted",
    "indicted",
    "measure",
    "fronts_for",
    "belongs_to",
    "located_in",
    "same_as",
    "uses",
    "targets",
    "exploits",
    "operates",
    "owns",
    "leads",
    "has_domain",
    "is",
]


class Block(Record, frozen=True, kw_only=True):
    """A paragraph, heading, list item or cell: ``text[start:end]``."""

    kind: BlockKind
    start: int
    end: int


class Report(Record, frozen=True, kw_only=True):
    """A text with its blocks. ``how`` names the extractor, and the fallback where one was needed."""

    path: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    title: str = ""
    publisher: str | None = None
    published: str | None = None
    language: str = "und"
    how: str = ""


class Mention(Record, frozen=True, kw_only=True):
    """A name in the text. ``kind``: party, actor, sponsor, malware, tool, technique, tactic, cve, indicator, country,
    sector, date, authority, measure, class. ``refs`` has every node the name leads to, best first."""

    kind: str
    text: str
    start: int
    end: int
    ref: str | None = None
    name: str | None = None
    score: float = 1.0
    refs: tuple[str, ...] = ()


class TechniqueSeen(Record, frozen=True, kw_only=True):
    """A technique that a sentence speaks of, by id (T1566), by name (Phishing) or as described (a phrase)."""

    id: str
    name: str
    sentence: str
    start: int
    end: int
    score: float
    how: Literal["id", "name", "described"]


class Indicator(Record, frozen=True, kw_only=True):
    """An observable in the text; ``value`` is refanged.

    ``role`` says how the text speaks of it, and ``how`` by which words.
    """

    kind: str
    value: str
    text: str
    start: int
    end: int
    role: Literal["malicious", "legitimate", "reference", "unknown"] = "unknown"
    how: str = ""


class When(Record, frozen=True, kw_only=True):
    """A time as stated: the first and last day it can mean, and the words."""

    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    text: str = ""


class Span(Record, frozen=True, kw_only=True):
    """A further place where the same claim is made."""

    start: int
    end: int


class Claim(Record, frozen=True, kw_only=True):
    """The least that can be true or false by itself. ``hedged`` is the ICD 203 word nearest to what is said, or null.

    ``quantifier`` is a word such as "mostly"; ``schema`` tells of parties that are only described, as
    ``countries|P or E or PE|number``; ``authority`` is whose measure a ``measure`` is; ``about`` are all nodes that a
    pointing word means.
    """

    id: str
    sentence: str
    start: int
    end: int
    subject: Ref
    predicate: Predicate
    object: Ref
    when: When | None = None
    measure: str | None = None
    according_to: str | None = None
    hedged: str | None = None
    negated: bool = False
    also: tuple[Span, ...] = ()
    quantifier: str | None = None
    schema: str | None = None
    programme: str | None = None
    authority: str | None = None
    about: tuple[str, ...] = ()
