"""Intrusion sets and what they do, as in ATT&CK, Malpedia and CVE, with their own ids."""

from __future__ import annotations

from typing import Literal

from tocsin.model.base import Record
from tocsin.model.parties import Name


class Actor(Record, frozen=True, kw_only=True):
    """An intrusion set. ``ref`` is its ATT&CK id where it has one. ``also`` are ids that lead here (revoked ones)."""

    ref: str
    name: str
    names: tuple[Name, ...] = ()
    country: str | None = None
    sponsor: str | None = None
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    by: str = ""
    url: str | None = None
    source: str = ""


class Attribution(Record, frozen=True, kw_only=True):
    """A relation and who states it: party → actor, actor → sponsor, actor → technique or software.

    ``via`` names the campaign through which a relation holds when it holds only through one.
    """

    subject: str
    predicate: str
    object: str
    by: str = ""
    since: str | None = None
    confidence: str | None = None
    says: str = ""
    url: str | None = None
    via: str | None = None
    source: str = ""


class Technique(Record, frozen=True, kw_only=True):
    """An ATT&CK technique or sub-technique; ``revoked_by`` is where a withdrawn id leads."""

    ref: str
    name: str
    tactics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    revoked_by: str | None = None
    url: str | None = None
    source: str = ""


class Software(Record, frozen=True, kw_only=True):
    """Malware or a tool, by ATT&CK or Malpedia."""

    ref: str
    name: str
    kind: Literal["malware", "tool"] = "malware"
    names: tuple[Name, ...] = ()
    url: str | None = None
    source: str = ""


class Mitigation(Record, frozen=True, kw_only=True):
    """An ATT&CK mitigation (M….)."""

    ref: str
    name: str
    url: str | None = None
    source: str = ""


class Campaign(Record, frozen=True, kw_only=True):
    """An ATT&CK campaign: its group, and what was used in it."""

    ref: str
    name: str
    group: str = ""
    url: str | None = None
    source: str = ""


class Exploit(Record, frozen=True, kw_only=True):
    """A flaw that a public advisory says an actor exploited."""

    actor: str
    cve: str
    vendor: str = ""
    product: str = ""
    by: str = ""
    published: str | None = None
    url: str | None = None
    source: str = ""


class Target(Record, frozen=True, kw_only=True):
    """A sector or country that a source says an actor targets."""

    actor: str
    what: str
    by: str = ""
    url: str | None = None
    source: str = ""


class Trait(Record, frozen=True, kw_only=True):
    """Infrastructure, a file or a persistence trait that a public advisory gives for an actor or party."""

    actor: str
    kind: str
    value: str
    says: str = ""
    by: str = ""
    published: str | None = None
    url: str | None = None
    source: str = ""
