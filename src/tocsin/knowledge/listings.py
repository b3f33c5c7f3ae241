"""Who is listed by whom: one party across all authorities, and parties beside authorities with dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from tocsin.knowledge.graph import Graph
from tocsin.knowledge.tables import PACK_PUBLISHER
from tocsin.model import Designation, Record


class Standing(Record, frozen=True, kw_only=True):
    """How a party stands with one authority: since when (the first day, None where no list says it), on which lists,
    and since when no more, where it is on none of them now."""

    authority: str
    lists: tuple[str, ...]
    listed: str | None
    delisted: str | None = None


class Row(Record, frozen=True, kw_only=True):
    """A party with each authority that lists it. ``first`` moved first, by the dates there are, and alone on that day;
    ``lacking`` are the authorities of which a published list is held, and none that has it."""

    ref: str
    name: str
    country: str | None
    standings: tuple[Standing, ...]
    first: str | None = None
    lacking: tuple[str, ...] = ()


def compare_listings(graph: Graph, lists: Iterable[str] = (), among: Iterable[str] = ()) -> list[Row]:
    """The parties on any of ``lists`` (all where empty), or those of ``among``, beside every authority; by name.

    An id such as ``EU`` stands for all lists of that authority. O(designations).
    """
    wanted, refs = set(lists), set(among)
    authorities = whole_authorities(graph)
    rows = []
    for ref, found in graph.designations.items():
        if refs and ref not in refs:
            continue
        if wanted and not any(row.list in wanted or row.authority in wanted for row in found):
            continue
        node = graph.node(ref)
        if node is not None:
            standings = standings_of(found)
            days = sorted(one.listed for one in standings if one.listed)
            has = {one.authority for one in standings if not one.delisted}
            rows.append(
                Row(
                    ref=ref,
                    name=node.name,
                    country=node.country,
                    standings=standings,
                    first=standings[0].authority if len(days) > 1 and days[0] < days[1] else None,
                    lacking=tuple(one for one in authorities if one not in has),
                )
            )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.ref))


def standings_of(rows: Iterable[Designation]) -> tuple[Standing, ...]:
    """One for each authority, the first to list it first."""
    by: Mapping[str, list[Designation]] = defaultdict(list)
    for row in rows:
        by[row.authority].append(row)
    found = []
    for authority, group in by.items():
        live = [row for row in group if not row.delisted]
        days = [row.listed for row in group if row.listed]
        gone = None if live else max((row.delisted for row in group if row.delisted), default=None)
        lists = tuple(dict.fromkeys(row.list for row in live or group))
        found.append(Standing(authority=authority, lists=lists, listed=min(days, default=None), delisted=gone))
    return tuple(sorted(found, key=lambda one: (one.listed or "9999", one.authority)))


def held_authorities(graph: Graph) -> list[str]:
    """The authorities of which a list, or a table of the pack, is at hand."""
    return sorted({row.authority for rows in graph.designations.values() for row in rows})


def whole_authorities(graph: Graph) -> list[str]:
    """The authorities of which a published list was synced; the tables of the pack are a part of theirs."""
    known = {row.list: row.authority for rows in graph.designations.values() for row in rows}
    synced = [one.id for one in graph.lists if one.id.partition(" ")[0] in known and one.publisher != PACK_PUBLISHER]
    return sorted({known[one.partition(" ")[0]] for one in synced})
