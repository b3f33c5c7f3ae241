"""The designated parties as screening compares them, taken from the graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from tocsin.knowledge import Graph
from tocsin.model import Designation, Party
from tocsin.names import countries_in
from tocsin.screen.identifiers import Key, domain_keys, email_keys, number_keys, phone_keys

PartyKind = Literal["person", "organisation", "vessel", "intrusion set", ""]
_KINDS: dict[str, PartyKind] = {
    "Person": "person",
    "Company": "organisation",
    "Organization": "organisation",
    "PublicBody": "organisation",
    "Vessel": "vessel",
}


class Listing(NamedTuple):
    """A published list that a party stands on: its id there (``OFAC-SDN:33634``), since when, what that forbids."""

    list: str
    id: str
    authority: str
    listed: str | None
    measures: tuple[str, ...]
    url: str | None


class Listed(NamedTuple):
    """A party with at least one designation in force."""

    ref: str
    name: str
    kind: PartyKind
    listings: tuple[Listing, ...]
    left: tuple[str, ...] = ()  # lists that it was taken off, with the day
    countries: frozenset[str] = frozenset()
    born: str = ""
    addresses: tuple[str, ...] = ()
    keys: frozenset[Key] = frozenset()


def listed_parties(graph: Graph) -> Iterator[Listed]:
    """Every party or intrusion set with a designation in force. One that was wholly delisted is none."""
    for ref, rows in graph.designations.items():
        live = [row for row in rows if not row.delisted]
        node = graph.node(ref)
        if not live or node is None:
            continue
        party = graph.parties.get(ref)
        listings = _listings(live, node.name, party)
        still = {one.list for one in listings}
        left = tuple(f"{row.list} on {row.delisted}" for row in rows if row.delisted and row.list not in still)
        if party is None:
            countries = frozenset({node.country} if node.country else ())
            yield Listed(ref, node.name, "intrusion set", listings, left, countries)
            continue
        yield Listed(
            ref=ref,
            name=node.name,
            kind=_KINDS.get(party.schema, ""),
            listings=listings,
            left=left,
            countries=_countries(party),
            born=party.born or "",
            addresses=party.addresses,
            keys=_keys(party, listings),
        )


def _listings(live: list[Designation], printed: str, party: Party | None) -> tuple[Listing, ...]:
    """One a list and record, with the first day and all measures of what several acts say there."""
    found: dict[str, Listing] = {}
    for row in live:
        one = f"{row.list}:{row.record or _number_of(row.list, party) or printed}"
        held = found.get(one)
        days = [day for day in (row.listed, held.listed if held else None) if day]
        measures = (*(held.measures if held else ()), *row.measures)
        found[one] = Listing(
            row.list, one, row.authority, min(days, default=None), tuple(dict.fromkeys(measures)), row.url
        )
    return tuple(found.values())


def _number_of(of: str, party: Party | None) -> str:
    """OFAC's number of a party, where a designation was announced before the list had it."""
    numbers = [one[5:] for one in (party.identifiers if party else ()) if one.startswith("ofac:")]
    return numbers[0] if of.startswith("OFAC-") and len(numbers) == 1 else ""


def _countries(party: Party) -> frozenset[str]:
    last = (address.rsplit(",", 1)[-1] for address in party.addresses)
    found = {code for part in last for code in countries_in(part) if len(code) == 2}
    return frozenset(found | ({party.country} if party.country else set()))


def _keys(party: Party, listings: tuple[Listing, ...]) -> frozenset[Key]:
    registers = (f"ofac:{one.id.partition(':')[2]}" for one in listings if one.list.startswith("OFAC-"))
    return frozenset(
        number_keys((*party.identifiers, *(one for one in registers if one[5:].isdigit())))
        | email_keys(party.emails)
        | domain_keys(party.domains, parents=False)
        | phone_keys(party.phones)
    )
