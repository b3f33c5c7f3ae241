"""What first, and by when: coverage, obligations and the register of risks."""

from __future__ import annotations

from typing import Literal

from tocsin.model.base import Reason, Record

CoverageState = Literal["not_observable", "blind", "logged", "ruled", "tested", "seen"]


class Coverage(Record, frozen=True, kw_only=True):
    """Could we see this technique? ``actors`` are those at hand that use it."""

    technique: str
    name: str
    state: CoverageState
    because: tuple[Reason, ...] = ()
    tactics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


class Obligation(Record, frozen=True, kw_only=True):
    """What the law now asks: who must do what, to whom, by when; the article that says so. Not legal advice.

    ``by`` is a date, or words where the law gives no day. ``findings`` are the ids that bring it.
    """

    who: str
    must: str
    to: str
    by: str
    article: str
    url: str
    because: tuple[Reason, ...] = ()
    findings: tuple[str, ...] = ()
    authority: str = ""


class Risk(Record, frozen=True, kw_only=True):
    """A row of the register. ``likelihood``, ``impact`` and ``score`` are 0…1; ``explained`` lets a reader recompute
    each: its reasons are named for what they make up, and hold the terms as parts with value and weight."""

    id: str
    title: str
    likelihood: float
    impact: float
    score: float
    explained: tuple[Reason, ...] = ()
    findings: tuple[str, ...] = ()
    treatment: str = ""
    owner: str = ""
    due: str = ""
    residual: float = 0.0
