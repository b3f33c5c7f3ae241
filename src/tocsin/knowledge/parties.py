"""The parties of the pack and of all lists, each once: what is one party, and where the pack and a list disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from tocsin.knowledge.same import same_parties
from tocsin.model import Designation, Dispute, Name, Party, Relation, SameAs
from tocsin.names import glue
from tocsin.sources import PartyList

_JOINED = (
    "countries",
    "births",
    "birth_places",
    "positions",
    "identifiers",
    "domains",
    "emails",
    "phones",
    "addresses",
    "facts",
)


class Parties(NamedTuple):
    """Every party once. ``moved`` leads from the ref of a record that is another party to that party."""

    parties: list[Party]
    designations: list[Designation]
    relations: list[Relation]
    moved: dict[str, str]
    same: list[SameAs]
    disputes: list[Dispute]


def merge_parties(
    pack: Iterable[Party],
    designations: Iterable[Designation],
    lists: Iterable[PartyList],
    decided: Mapping[str, str] | None = None,
) -> Parties:
    """The pack's parties and those of synced lists; a list's record that a pack row names is that party.

    Where the pack and a synced list speak of the same record, the list's row is kept, with the pack's grounds, which
    are in our words. A further copy of a list (the FSF file of what the Journal says) has numbers of its own: its
    parties are known by their names, and a party that is listed already takes a row from it only where its act is later
    than ``decided``, the day up to which the list is known by list id. Then the records of different lists that are one
    party are joined (``same``), and what the pack says of a list is held against that list, which decides.
    """
    nodes: dict[str, Party] = {}
    for party in pack:
        held = nodes.get(party.ref)
        nodes[party.ref] = party if held is None else msgspec.structs.replace(held, names=(*held.names, *party.names))
    rows = list(designations)
    by_record = {(row.list, row.record): row for row in rows if row.record}
    merged: dict[str, str] = {}
    listed: list[Designation] = []
    given = sorted(lists, key=lambda held: (held.id != held.list, held.id))
    for one in given:
        copy = one.id != one.list
        homes = _homes_by_name(one, nodes, (*rows, *listed) if copy else [row for row in rows if not row.record])
        for row in one.designations:
            known = by_record.get((row.list, row.record))
            if known is not None:
                homes[row.ref] = known.ref
                row = msgspec.structs.replace(row, ref=known.ref)
            elif row.ref in homes:
                if copy and (row.listed or "") <= (decided or {}).get(row.list, ""):
                    continue
                row = msgspec.structs.replace(row, ref=homes[row.ref])
            listed.append(row)
        for party in one.parties:
            target = homes.get(party.ref)
            if target is None or target not in nodes:
                nodes[party.ref] = party
                continue
            merged[party.ref] = target
            nodes[target] = united(nodes[target], party)
    same = same_parties(nodes.values(), _lists_of((*rows, *listed)))
    for one_same in same:
        merged[one_same.other] = one_same.ref
        nodes[one_same.ref] = united(nodes[one_same.ref], nodes.pop(one_same.other))
    merged = {old: merged.get(new, new) for old, new in merged.items()}
    rows, disputes = settled(_moved(rows, merged), _moved(listed, merged), given)
    relations = [_relation(row, merged) for one in given for row in one.relations]
    return Parties(list(nodes.values()), rows, relations, merged, same, disputes)


def united(node: Party, party: Party) -> Party:
    """What both records say of the party; the first one's own name stays the main one."""
    seen = {name.name for name in node.names} | {node.name}
    names = (Name(name=party.name, by=party.by, url=party.url), *party.names)
    fresh = tuple(name for name in names if name.name not in seen)
    more = {key: tuple(dict.fromkeys((*getattr(node, key), *getattr(party, key)))) for key in _JOINED}
    countries = (node.country, *node.countries, party.country, *party.countries)
    births = (node.born, *node.births, party.born, *party.births)
    more["countries"] = tuple(dict.fromkeys(code for code in countries if code))
    more["births"] = tuple(dict.fromkeys(born for born in births if born))
    return msgspec.structs.replace(
        node,
        names=(*node.names, *fresh),
        schema=party.schema if node.schema == "LegalEntity" else node.schema,
        country=node.country or party.country,
        born=node.born or party.born,
        gender=node.gender or party.gender,
        **more,
    )


def settled(
    pack: Iterable[Designation], listed: Iterable[Designation], lists: Iterable[PartyList]
) -> tuple[list[Designation], list[Dispute]]:
    """The rows of lists, and those of the pack that no list of their publisher speaks against.

    A list speaks against a row where it has the party since another day, and where it lacks the party though its own
    date is not before the row's. A list without a date of its own refutes nothing.
    """
    ours: list[Designation] = []
    kept = list(listed)
    held: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(kept):
        held[row.ref, row.list].append(number)
    synced = {one.list: one for one in lists if one.id == one.list}
    mine: dict[tuple[str, str], list[Designation]] = defaultdict(list)
    for row in pack:
        mine[row.ref, row.list].append(row)
    disputes: list[Dispute] = []
    for (ref, name), rows in mine.items():
        one, theirs = synced.get(name), held.get((ref, name), [])
        if one is None:
            ours += rows
        elif not theirs:
            gone = [row for row in rows if not row.delisted and one.as_of and (row.listed or "") <= one.as_of]
            ours += [row for row in rows if row not in gone]
            disputes += [_dispute(row, one, f"not on {name} as of {one.as_of}") for row in gone]
        else:
            further, mended = _agreed(rows, [kept[number] for number in theirs])
            for number, row in zip(theirs, mended, strict=True):
                kept[number] = row
            if len(further) < len(rows) or all(row.delisted for row in mended):
                ours += further
            else:
                says = f"listed {', '.join(sorted({row.listed for row in mended if row.listed}))}"
                disputes += [_dispute(row, one, says) for row in further]
    return [*ours, *kept], disputes


def _agreed(rows: list[Designation], theirs: list[Designation]) -> tuple[list[Designation], list[Designation]]:
    """The pack's rows that no row of the list is, and the list's rows with the day, where the list gives none, and the
    grounds and the act of the pack's row that each is: of the same day, else of no day and, if so, of its programme."""
    further: list[Designation] = []
    mended = list(theirs)
    free = set(range(len(theirs)))
    for row in sorted(rows, key=lambda row: (row.delisted is not None, row.listed or "")):
        same = [at for at in sorted(free) if mended[at].listed == row.listed and not row.delisted]
        undated = [at for at in sorted(free) if mended[at].listed is None and not row.delisted]
        undated.sort(key=lambda at: mended[at].programme != row.programme)
        at = next(iter((*same, *undated)), None)
        if at is None:
            further.append(row)
            continue
        free.discard(at)
        mended[at] = msgspec.structs.replace(
            mended[at], grounds=row.grounds, act=row.act or mended[at].act, listed=mended[at].listed or row.listed
        )
    grounds = next((row.grounds for row in rows if row.grounds), "")
    return further, [msgspec.structs.replace(row, grounds=row.grounds or grounds) for row in mended]


def _dispute(row: Designation, held: PartyList, says: str) -> Dispute:
    ours = f"delisted {row.delisted}" if row.delisted else f"listed {row.listed or 'on an unknown day'}"
    return Dispute(
        ref=row.ref, list=row.list, pack=ours, held=says, as_of=held.as_of, by=row.by, url=row.url, source=held.id
    )


def _lists_of(rows: Iterable[Designation]) -> dict[str, frozenset[str]]:
    """What each ref stands on, a copy of a list apart from it: the source of its rows."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.ref].add(row.source or row.list)
    return {ref: frozenset(lists) for ref, lists in found.items()}


def _moved(rows: Iterable[Designation], merged: Mapping[str, str]) -> list[Designation]:
    return [msgspec.structs.replace(row, ref=merged[row.ref]) if row.ref in merged else row for row in rows]


def _relation(row: Relation, merged: Mapping[str, str]) -> Relation:
    ends = {"subject": merged.get(row.subject, row.subject), "object": merged.get(row.object, row.object)}
    return msgspec.structs.replace(row, **ends)


def _homes_by_name(one: PartyList, nodes: Mapping[str, Party], rows: Iterable[Designation]) -> dict[str, str]:
    """Which party that is on the same list by ``rows`` each of its parties is: the one that alone bears its name."""
    bearers: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for ref in {row.ref for row in rows if row.list == one.list and row.ref in nodes}:
        for key in _strong_keys(nodes[ref]):
            bearers[key].add(ref)
    homes = {}
    taken: dict[str, set[str]] = defaultdict(set)
    for party in one.parties:
        found = set().union(*(bearers.get(key, ()) for key in _strong_keys(party)))
        if len(found) == 1:
            homes[party.ref] = found.pop()
            taken[homes[party.ref]].add(party.ref)
    # two records of one list that a name leads to are two parties, and which of them is meant is not known
    return {ref: home for ref, home in homes.items() if len(taken[home]) == 1}


def _strong_keys(party: Party) -> set[tuple[str, bool]]:
    names = [party.name, *(name.name for name in party.names if name.kind != "weak")]
    return {(key, party.schema == "Person") for name in names if (key := glue(name))}
