"""Screening: who was asked for, what was hit, and what that leads to."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tocsin.model.base import Reason, Record

Decision = Literal["clear", "review", "alert"]


class Hit(Record, frozen=True, kw_only=True):
    """A listed party that a query may mean. ``list`` and ``id`` are the published list and ``<list>:<publisher's id>``;
    ``ref`` is the node of the pack where there is one."""

    list: str
    id: str
    name: str
    matched_name: str
    score: float
    decision: Decision
    features: tuple[Reason, ...] = ()
    ref: str | None = None


class Screened(Record, frozen=True, kw_only=True):
    """The answer to one query, also where nothing was hit. ``row`` is the place of the query in its file, from 1."""

    row: int
    query: dict[str, Any] = msgspec.field(default_factory=dict)
    decision: Decision = "clear"
    hits: tuple[Hit, ...] = ()
