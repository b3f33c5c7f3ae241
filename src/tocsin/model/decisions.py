"""What people decided about what was found, and the proof that something was asked: entries of the chained log."""

from __future__ import annotations

from typing import Literal

from tocsin.model.base import ListHeld, Record

Word = Literal["confirmed", "dismissed", "escalated", "accepted"]


class Disposition(Record, frozen=True, kw_only=True):
    """A person's word on an alert or a finding, by its id.

    ``confirmed``: it is the listed party, or it did happen; ``dismissed``: it is not; ``escalated``: someone else
    decides; ``accepted``: it is so, and stays so. ``until`` is the last day (ISO 8601) on which it holds; ``record`` is
    the hash of the listed party's record that was looked at: where it is given, a change of the record ends the word.
    """

    subject: str
    word: Word
    reason: str
    owner: str
    until: str | None = None
    record: str | None = None


class Proof(Record, frozen=True, kw_only=True):
    """That a screening was done, also where nothing was hit.

    ``asked`` is a name, or a file with its SHA-256 in ``sha256``; ``lists`` are the versions that were consulted, by
    hash; ``answers`` is the SHA-256 over all answers as they were given, one JSON line each.
    """

    asked: str
    sha256: str | None = None
    rows: int = 1
    alerts: int = 0
    reviews: int = 0
    review_from: float = 0.0
    alert_from: float = 0.0
    lists: tuple[ListHeld, ...] = ()
    tocsin: str = ""
    answers: str = ""


class Entry(Record, frozen=True, kw_only=True):
    """An entry of the chained log: ``hash`` is the SHA-256 over all else, ``previous`` the hash of the one before.

    ``at`` is a time in UTC, ``by`` the account that wrote it. One of ``disposition`` and ``proof`` is there.
    The hash is of the canonical JSON (RFC 8785) without null fields, in which thresholds have at most four decimals.
    """

    number: int
    at: str
    by: str
    previous: str
    hash: str
    disposition: Disposition | None = None
    proof: Proof | None = None
