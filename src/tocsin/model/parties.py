"""Parties and what authorities do to them. Words follow FollowTheMoney (schema names, names by strength)."""

from __future__ import annotations

from typing import Literal

from tocsin.model.base import Record


class Name(Record, frozen=True, kw_only=True):
    """One name of a party or an actor, and who uses it. ``script`` is an ISO 15924 code (Latn, Hans, Arab, Cyrl, …)."""

    name: str
    by: str = ""
    kind: Literal["main", "alias", "weak", "previous", "short"] = "alias"
    script: str = "Latn"
    url: str | None = None


class Party(Record, frozen=True, kw_only=True):
    """A person, company, organisation or state body. ``kind`` is ``sponsor`` for a state body that directs actors.

    ``identifiers`` are ``type:value`` (registration, passport, nationalid, ofac); countries are ISO 3166 alpha-2.
    """

    ref: str
    name: str
    kind: Literal["party", "sponsor"] = "party"
    schema: Literal["Person", "Company", "Organization", "PublicBody", "LegalEntity", "Vessel"] = "LegalEntity"
    names: tuple[Name, ...] = ()
    country: str | None = None
    born: str | None = None
    parent: str | None = None
    identifiers: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    by: str = ""
    url: str | None = None
    source: str = ""


class Designation(Record, frozen=True, kw_only=True):
    """One authority's measure against one party, under one act and date. ``record`` is the publisher's own id."""

    ref: str
    authority: str
    list: str
    programme: str
    listed: str | None
    record: str = ""
    delisted: str | None = None
    measures: tuple[str, ...] = ()
    grounds: str = ""
    act: str = ""
    by: str = ""
    url: str | None = None
    source: str = ""


class Indictment(Record, frozen=True, kw_only=True):
    """A criminal case against a party. Not a designation: charges freeze nothing."""

    ref: str
    authority: str
    court: str = ""
    filed: str | None = None
    unsealed: str | None = None
    charges: str = ""
    status: str = ""
    by: str = ""
    url: str | None = None
    source: str = ""
