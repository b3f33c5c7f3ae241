"""Parties and what authorities do to them. Words follow FollowTheMoney (schema names, names by strength)."""

from __future__ import annotations

from typing import Literal

from tocsin.model.base import Reason, Record


class Name(Record, frozen=True, kw_only=True):
    """One name of a party or an actor, and who uses it. ``script`` is an ISO 15924 code (Latn, Hans, Arab, Cyrl, …)."""

    name: str
    by: str = ""
    kind: Literal["main", "alias", "weak", "previous", "short"] = "alias"
    script: str = "Latn"
    url: str | None = None


class Party(Record, frozen=True, kw_only=True):
    """A person, company, organisation, vessel or state body. ``kind`` is ``sponsor`` for a state body that directs
    actors.

    Countries are ISO 3166 alpha-2: ``country`` is the first of ``countries`` (nationality, citizenship, seat, flag).
    Dates are ISO 8601 as far as they are known (``1985``, ``1985-03``); in ``births`` also spans (``1960/1961``) and
    approximate ones (``1955~``), as in EDTF, https://www.loc.gov/standards/datetime/. ``born`` is the first of them; of
    a company it is the day of its founding. ``identifiers`` are ``type:value`` or ``type/CC:value`` with the country
    that issued it (``passport/IR:V29385211``, ``registration``, ``nationalid``, ``tax``, ``lei``, ``bic``, ``imo``,
    ``mmsi``, ``callsign``, ``wallet/XBT:…``, ``ofac``). ``facts`` are ``label:value`` for what has no field of its own
    (a vessel's type and tonnage, a father's name), so that nothing that a publisher says is lost.
    """

    ref: str
    name: str
    kind: Literal["party", "sponsor"] = "party"
    schema: Literal["Person", "Company", "Organization", "PublicBody", "LegalEntity", "Vessel"] = "LegalEntity"
    names: tuple[Name, ...] = ()
    country: str | None = None
    countries: tuple[str, ...] = ()
    born: str | None = None
    births: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()
    gender: Literal["male", "female"] | None = None
    positions: tuple[str, ...] = ()
    parent: str | None = None
    identifiers: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    by: str = ""
    url: str | None = None
    source: str = ""


Tie = Literal[
    "owns", "controls", "directs", "acts_for", "family_of", "associate_of", "member_of", "linked_to", "same_as"
]


class Relation(Record, frozen=True, kw_only=True):
    """A publisher says how one party stands to another, from ``subject`` to ``object``: *subject* owns *object*.

    ``object`` is a ref, or empty where the publisher only names the other, which then stands in ``object_name``
    (``subject_name`` likewise). ``share`` is the part that is owned, 0…1, and None where nobody says it.
    """

    subject: str
    predicate: Tie
    object: str
    subject_name: str = ""
    object_name: str = ""
    share: float | None = None
    since: str | None = None
    until: str | None = None
    says: str = ""
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
    amended: str | None = None
    delisted: str | None = None
    measures: tuple[str, ...] = ()
    grounds: str = ""
    act: str = ""
    by: str = ""
    url: str | None = None
    source: str = ""


class SameAs(Record, frozen=True, kw_only=True):
    """The record ``other`` of a list is the party ``ref``, and why."""

    ref: str
    other: str
    why: Reason


class Dispute(Record, frozen=True, kw_only=True):
    """The reference pack says one thing of a party on a list and the list itself another: the list decides."""

    ref: str
    list: str
    pack: str
    held: str
    as_of: str = ""
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
