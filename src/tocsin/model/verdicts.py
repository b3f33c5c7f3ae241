"""What was found of a claim."""

from __future__ import annotations

from typing import Literal

from tocsin.model.base import Evidence, Reason, Record

VerdictWord = Literal["corroborated", "contradicted", "partly", "unknown"]


class Nearest(Record, frozen=True, kw_only=True):
    """The nearest thing that is true, with its evidence."""

    says: str
    evidence: tuple[Evidence, ...] = ()


class Verdict(Record, frozen=True, kw_only=True):
    """The judgement of one claim (``claim`` is its id); absence is always "as of" a date, never "not sanctioned"."""

    claim: str
    verdict: VerdictWord
    why: tuple[Reason, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Nearest, ...] = ()
