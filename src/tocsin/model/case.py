"""All that is known of one report: what ``spine`` returns and ``brief`` prints, years later without any catalogue."""

from __future__ import annotations

import msgspec

from tocsin.model.actors import Attribution, Exploit, Mitigation, Software, Technique, Trait
from tocsin.model.base import Examined, Record, Source
from tocsin.model.findings import Finding
from tocsin.model.organisation import Organisation
from tocsin.model.parties import Designation, Dispute, Indictment, Name, Relation, SameAs
from tocsin.model.reports import Claim, Indicator, Mention, Report, TechniqueSeen
from tocsin.model.risks import Coverage, Obligation, Risk
from tocsin.model.verdicts import Verdict


class SharedTechnique(Record, frozen=True, kw_only=True):
    """A technique of an actor, and how specific it is: how many other actors of the catalogue share it."""

    technique: Technique
    shared_by: int
    of: int
    via: str | None = None
    url: str | None = None


class Profile(Record, frozen=True, kw_only=True):
    """A party, actor, sponsor, technique or malware, with all that is known around it.

    ``same`` are records of other lists that are this party, ``disputes`` where the pack and a list disagree,
    ``relations`` what publishers say of its owners, directors and kin. ``labels`` has the names of all refs in it, so
    that it can be shown without the graph.
    """

    ref: str
    kind: str
    name: str
    country: str | None = None
    aliases: tuple[Name, ...] = ()
    designations: tuple[Designation, ...] = ()
    same: tuple[SameAs, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    relations: tuple[Relation, ...] = ()
    indictments: tuple[Indictment, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    targets: tuple[str, ...] = ()
    techniques: tuple[SharedTechnique, ...] = ()
    software: tuple[Software, ...] = ()
    vulnerabilities: tuple[Exploit, ...] = ()
    mitigations: tuple[tuple[Mitigation, int], ...] = ()
    traits: tuple[Trait, ...] = ()
    used_by: tuple[str, ...] = ()
    labels: dict[str, str] = msgspec.field(default_factory=dict)
    sources: tuple[Source, ...] = ()


class Case(Record, frozen=True, kw_only=True):
    """One report, read, verified and explained, and what the organisation's own evidence says to it.

    ``created`` is the UTC time; ``attack`` the ATT&CK version in use; ``org`` is null where no organisation was given.
    """

    schema: str
    tocsin: str
    created: str
    report: Report
    as_of: dict[str, str]
    claims: tuple[Claim, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    mentions: tuple[Mention, ...] = ()
    techniques: tuple[TechniqueSeen, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    profiles: tuple[Profile, ...] = ()
    sources: tuple[Source, ...] = ()
    attack: str = ""
    org: Organisation | None = None
    findings: tuple[Finding, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    risks: tuple[Risk, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    examined: Examined = Examined()
