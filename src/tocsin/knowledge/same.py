"""The same party on several lists: recognised by what the publishers say of it, with the evidence for it.

Records are compared only where they share a key: a number, the words of a strong name, or a day of birth and a country.
Two records of one list are never taken for one, since their publisher holds them apart; nor are two that contradict
each other. O(n) in the records, times the size of a block that shares a key.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from tocsin.model import Party, Reason, SameAs
from tocsin.names import compare, name_tokens
from tocsin.names.score import weight_of

_MOST = 40  # records that share a key: a key of more says nothing of who is meant
_NUMBER = 0.7  # the likeness of names from which a shared number, which may be mistyped or borrowed, makes them one
_NEAR_NAME = 0.85  # that of names beside the same day of birth and a shared country
_BODIES = frozenset({"Company", "Organization", "PublicBody", "LegalEntity"})
# Numbers that one thing alone has, whatever it is called: a record of the UN, a hull, a legal entity.
_SURE = frozenset({"un", "imo", "lei"})
# Numbers of other kinds than these are an authority's own and mean nothing on another list.
_COMMON = re.compile(
    r"passport|national|id|identi|regist|tax|inn|ogrn|uscc|swift|bic|vat|company|mmsi|wallet", re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")


class _Pair(NamedTuple):
    weight: float
    left: str
    right: str
    why: Reason


class _Known(NamedTuple):
    """What is compared of a record."""

    party: Party
    numbers: dict[str, str]  # the number → what kind it is
    names: dict[str, str]  # its words, in order of the alphabet → the name
    days: frozenset[str]
    years: frozenset[int]
    countries: frozenset[str]


def same_parties(parties: Iterable[Party], lists: Mapping[str, frozenset[str]]) -> list[SameAs]:
    """Which records are one party: each leads to the first of its group, in the order of ``parties``.

    ``lists`` gives the lists that each ref stands on; parties on none are left alone.
    """
    known = {party.ref: _known(party) for party in parties if lists.get(party.ref)}
    order = {ref: number for number, ref in enumerate(known)}
    pairs = sorted(_pairs(known, lists), key=lambda pair: (-pair.weight, order[pair.left], order[pair.right]))
    leads: dict[str, str] = {}
    groups = {ref: {ref} for ref in known}
    on = {ref: set(lists[ref]) for ref in known}
    why: dict[str, Reason] = {}
    for pair in pairs:
        left, right = leads.get(pair.left, pair.left), leads.get(pair.right, pair.right)
        if left == right or on[left] & on[right]:
            continue
        if any(_contradict(known[one], known[other]) for one in groups[left] for other in groups[right]):
            continue
        first, second = sorted((left, right), key=lambda ref: order[ref])
        groups[first] |= groups.pop(second)
        on[first] |= on.pop(second)
        for ref in groups[first] - {first}:
            leads[ref] = first
        why.setdefault(second, pair.why)
    return [
        SameAs(ref=first, other=other, why=why[other])
        for other, first in sorted(leads.items(), key=lambda p: order[p[0]])
    ]


def _pairs(known: Mapping[str, _Known], lists: Mapping[str, frozenset[str]]) -> Iterator[_Pair]:
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ref, one in known.items():
        for number in one.numbers:
            blocks["number", number].append(ref)
        for words in one.names:
            blocks["name", words].append(ref)
        for day in one.days:
            for country in one.countries:
                blocks["born", f"{day} {country}"].append(ref)
    seen: set[tuple[str, str, str]] = set()
    for (kind, key), refs in blocks.items():
        if len(refs) > _MOST:
            continue
        for left, right in combinations(refs, 2):
            if lists[left] & lists[right] or (kind, left, right) in seen:
                continue
            seen.add((kind, left, right))
            if why := _why(kind, key, known[left], known[right]):
                yield _Pair(why.weight or 0.0, left, right, why)


def _why(kind: str, key: str, left: _Known, right: _Known) -> Reason | None:
    if _contradict(left, right):
        return None
    if kind == "number":
        return _by_number(key, left, right)
    if kind == "name":
        return _by_name(key, left, right)
    likeness, ours, theirs = _nearest(left, right)
    if likeness < _NEAR_NAME:
        return None
    says = f"born {key.split()[0]} in both records, of {key.split()[1]}, and “{ours}” is nearly “{theirs}”"
    return Reason(name="born", says=says, value=round(likeness, 3), weight=0.8)


def _by_number(number: str, left: _Known, right: _Known) -> Reason | None:
    kinds = {left.numbers[number], right.numbers[number]}
    if kinds & _SURE:
        return Reason(name="number", says=f"{kinds.pop()} {number} stands in both records", value=number, weight=1.0)
    likeness, ours, theirs = _nearest(left, right)
    if likeness < _NUMBER:
        return None
    says = f"the number {number} stands in both records, and “{ours}” is like “{theirs}”"
    return Reason(name="number", says=says, value=number, weight=0.95)


def _by_name(words: str, left: _Known, right: _Known) -> Reason | None:
    name, own = left.names[words], sum(weight_of(word) == 1.0 for word in words.split())
    shared = sorted(left.countries & right.countries)
    if left.party.schema in _BODIES:
        if not own or (not shared and (own < 2 or (left.countries and right.countries))):
            return None
        place = f", of {shared[0]}" if shared else ""
        return Reason(name="name", says=f"“{name}” is the name in both records{place}", value=name, weight=0.7)
    days = sorted(left.days & right.days)
    if days:
        says = f"“{name}”, born {days[0]}, in both records"
        return Reason(name="name", says=says, value=name, weight=0.9)
    years = sorted(left.years & right.years)
    if years and shared and len(words.split()) > 1 and not (left.days and right.days):
        says = f"“{name}”, born {years[0]}, of {shared[0]}, in both records"
        return Reason(name="name", says=says, value=name, weight=0.75)
    return None


def _nearest(left: _Known, right: _Known) -> tuple[float, str, str]:
    """The likeness of the two names that are most alike, and these names."""
    pairs = ((ours, theirs) for ours in left.names.values() for theirs in right.names.values())
    return max(((compare(ours, theirs).score, ours, theirs) for ours, theirs in pairs), default=(0.0, "", ""))


def _contradict(left: _Known, right: _Known) -> bool:
    ours, theirs = left.party, right.party
    if ours.schema != theirs.schema and not {ours.schema, theirs.schema} <= _BODIES:
        return True
    if ours.gender and theirs.gender and ours.gender != theirs.gender:
        return True
    if ours.schema == "Person" and left.years and right.years:
        return min(abs(one - other) for one in left.years for other in right.years) > 1
    hulls = [{number for number, kind in one.numbers.items() if kind == "imo"} for one in (left, right)]
    return all(hulls) and not hulls[0] & hulls[1]


def _known(party: Party) -> _Known:
    names: dict[str, str] = {}
    strong = (party.name, *(one.name for one in party.names if one.kind in ("main", "alias")))
    for name in strong:
        words = " ".join(sorted(name_tokens(name)))
        if len(words) >= 4:
            names.setdefault(words, name)
    births = party.births or ((party.born,) if party.born else ())
    return _Known(
        party,
        dict(_numbers(party)),
        names,
        frozenset(day for born in births for day in _DAY.findall(born) if not day.endswith("-01-01")),
        frozenset(int(year) for born in births for year in _years(born)),
        frozenset((*party.countries, *((party.country,) if party.country else ()))),
    )


def _years(born: str) -> Iterator[int]:
    years = [int(year) for year in _YEAR.findall(re.sub(r"-\d{2}", "", born))]
    yield from range(years[0], years[-1] + 1) if len(years) > 1 and years[-1] - years[0] < 30 else years


def _numbers(party: Party) -> Iterator[tuple[str, str]]:
    for one in party.identifiers:
        given, _, value = one.partition(":")
        kind = given.partition("/")[0].strip().lower()
        plain = "".join(char for char in value.upper() if char.isalnum())
        if kind in _SURE or (len(plain) >= 6 and sum(map(str.isdigit, plain)) >= 5 and _COMMON.search(kind)):
            yield plain, kind
