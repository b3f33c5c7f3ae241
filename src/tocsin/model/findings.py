"""What was seen in the organisation's own evidence: findings, and what they rest on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from tocsin.model.base import Fault, InputRead, Reason, Record

FindingKind = Literal["screening", "detection", "hunt", "exposure", "identity", "endpoint", "log_gap"]
Severity = Literal["informational", "low", "medium", "high", "critical"]  # Sigma's five levels
Confidence = Literal["low", "moderate", "high"]  # the three levels of ICD 203
SEVERITIES: tuple[Severity, ...] = ("informational", "low", "medium", "high", "critical")
CONFIDENCES: tuple[Confidence, ...] = ("low", "moderate", "high")


class Observed(Record, frozen=True, kw_only=True):
    """A record of the evidence: the file, the place in it that leads back to it, and what it says.

    ``file`` is ``ARCHIVE#MEMBER`` for a member of an archive; ``record`` is the record number or the line.
    """

    file: str
    record: str
    fields: dict[str, Any] = msgspec.field(default_factory=dict)


class ActorTie(Record, frozen=True, kw_only=True):
    """An actor that a finding is consistent with: through what, and how many other actors share that."""

    ref: str
    name: str
    why: str
    shared_by: int


class PartyTie(Record, frozen=True, kw_only=True):
    """A party that a finding speaks of: why, and the published lists that it stands on."""

    ref: str
    name: str
    why: str
    lists: tuple[str, ...] = ()


class RuleRef(Record, frozen=True, kw_only=True):
    """The rule that matched. ``path`` is as given; a rule of our pack begins with ``tocsin:``."""

    id: str
    title: str
    path: str


class Finding(Record, frozen=True, kw_only=True):
    """Something seen, where, when, how sure and how bad. Times are ISO 8601 in UTC, null where nothing tells them.

    ``could_also_be`` are the innocent explanations to rule out; ``next`` what to do, the first thing first.
    """

    id: str
    kind: FindingKind
    title: str
    severity: Severity
    confidence: Confidence
    time: str | None = None
    first_seen: str | None = None
    last_seen: str | None = None
    host: str | None = None
    user: str | None = None
    techniques: tuple[str, ...] = ()
    actors: tuple[ActorTie, ...] = ()
    parties: tuple[PartyTie, ...] = ()
    rule: RuleRef | None = None
    hunt: str | None = None
    evidence: tuple[Observed, ...] = ()
    why: tuple[Reason, ...] = ()
    could_also_be: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


class Looked(Record, frozen=True, kw_only=True):
    """What a room saw in the evidence that it was given, and what of it could not be read."""

    findings: tuple[Finding, ...] = ()
    inputs: tuple[InputRead, ...] = ()
    left_out: tuple[Fault, ...] = ()


def finding_id(
    kind: FindingKind, by: str, host: str | None, user: str | None, contents: Iterable[Mapping[str, Any]]
) -> str:
    """The stable id: 16 hex digits of SHA-256 over kind, rule or hunt (``by``), host, user and the evidence's content.

    Paths do not count, so that the same record met in another file is the same finding; nor does the order of evidence.
    """
    encode = msgspec.json.Encoder(order="sorted").encode
    body = sorted(encode(dict(content)) for content in contents)
    parts = (kind.encode(), by.encode(), (host or "").lower().encode(), (user or "").lower().encode(), *body)
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:16]


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the order first met; one met in several files lists each file in its evidence. O(n)."""
    found: dict[str, Finding] = {}
    for one in findings:
        known = found.get(one.id)
        if known is None:
            found[one.id] = one
            continue
        places = {(seen.file, seen.record) for seen in known.evidence}
        more = tuple(seen for seen in one.evidence if (seen.file, seen.record) not in places)
        if more:
            found[one.id] = msgspec.structs.replace(known, evidence=(*known.evidence, *more))
    return tuple(found.values())
