"""The records that decide listing claims: rows of a party, dates that fit, tables that are complete."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from functools import lru_cache

from tocsin.knowledge import Completeness, Graph
from tocsin.model import Claim, Designation, Nearest, When
from tocsin.names import countries_in
from tocsin.read.claims.dates import month_day
from tocsin.verify import evidence as ev

_CYBER = re.compile(
    r"cyber|hack(?:er|ing|ed)|malware|intrusion|phishing|espionage|botnet|ransomware|backdoor|spyware|\bAPT\s?\d", re.I
)
SLACK_DAYS = 3  # a notice, its publication and the press of the next day are the same event
OLD_DAYS = 365  # a list that is so much older than the newest one at hand says nothing of today


class Context:
    """What the report as a whole tells: the countries that it is about and the dates of the listings it speaks of."""

    def __init__(self, graph: Graph, claims: tuple[Claim, ...], title: str) -> None:
        countries: Counter[str] = Counter()
        self.dates: Counter[tuple[str, str]] = Counter()
        for claim in claims:
            if claim.predicate != "designated":
                continue
            node = graph.node(claim.object.ref)
            if node and node.country:
                countries[node.country] += 1
            for row in rows_of(graph, claim.object.ref, claim.subject.ref):
                if row.listed and fits(row.listed, claim.when):
                    self.dates[(row.authority, row.listed)] += 1
        for code in countries_in(title):
            countries[code] += 2
        self.countries = countries
        self.cyber = bool(_CYBER.search(title)) or any(self._is_cyber(graph, claim) for claim in claims)

    @staticmethod
    def _is_cyber(graph: Graph, claim: Claim) -> bool:
        """Whether a claim shows that the report is about attacks on computers."""
        if claim.predicate in ("uses", "exploits", "operates") or _CYBER.search(claim.sentence):
            return True
        refs = (claim.subject.ref or "", claim.object.ref or "")
        return any(ref in graph.actors or any(map(is_cyber, graph.designations.get(ref, ()))) for ref in refs)

    def country(self, sentence: str) -> str | None:
        """The country of a party that no catalogue has: the one of its sentence, else the one the report is about."""
        named = [code for code in countries_in(sentence) if len(code) == 2 and code in self.countries]
        if named:
            return named[0]
        return self.countries.most_common(1)[0][0] if self.countries else None


def rows_of(graph: Graph, ref: str | None, authority: str | None) -> list[Designation]:
    """The designations of a node by an authority, by date; those of parties that are the same by a source count too."""
    if not ref:
        return []
    refs = [ref]
    for link in (*graph.out.get(ref, ()), *graph.into.get(ref, ())):
        if link.predicate == "same_as":
            refs.append(link.object if link.subject == ref else link.subject)
    rows = [
        row
        for one in dict.fromkeys(refs)
        for row in graph.designations.get(one, ())
        if authority in (None, row.authority)
    ]
    return sorted(rows, key=lambda row: row.listed or "")


def fits(listed: str, when: When | None) -> bool:
    """Whether a date of listing is the claimed time, give or take ``SLACK_DAYS``; a time without a year fits any year."""
    if when is None:
        return True
    if not when.from_ or not when.to:
        stated = month_day(when.text)
        if stated is None or len(listed) < 10:
            return True
        month, day = stated
        return int(listed[5:7]) == month and (day is None or abs(int(listed[8:10]) - day) <= SLACK_DAYS)
    return _shift(when.from_, -SLACK_DAYS) <= listed[:10].ljust(10, "~")[:10] and listed <= _shift(when.to, SLACK_DAYS)


def _shift(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def complete_for(graph: Graph, authority: str | None, country: str | None, when: When | None) -> Completeness | None:
    """The table that is complete for an authority's cyber listings of parties of a country up to the claimed date.

    A claim without a date is of now: an old list does not decide it.
    """
    newest = max((held.as_of for held in graph.lists), default="")
    for table in graph.complete:
        if table.authority != authority or (table.list.startswith("EU") and table.list != "EU-CYB"):
            continue
        if table.countries and country not in table.countries:
            continue
        if when and when.from_:
            if when.from_ > table.until:
                continue
        elif newest and table.until < _shift(newest, -OLD_DAYS):
            continue
        return table
    return None


def in_programme(row: Designation, programme: str | None) -> bool:
    """Whether a listing is under the regime that the report names; true where it names none."""
    if programme is None:
        return True
    text = f"{row.programme} {row.act} {row.list}".lower()
    if programme == "cyber":
        if row.authority == "US":
            return (
                not row.act
                or any(order in row.act for order in ("13694", "13757", "14144"))
                or "cyber" in row.programme.lower()
            )
        return row.authority != "EU" or row.list == "EU-CYB"
    if programme == "human rights":
        return "359/2011" in text or "1998" in text or "hr" in text or "13553" in text or "human" in text
    number = programme.rpartition(" ")[2]
    if number == "13224" and "sdgt" in text:
        return True
    return number in text or not any(char.isdigit() for char in row.act)


def same_day(graph: Graph, claim: Claim, authority: str | None, country: str | None, context: Context) -> list[Nearest]:
    """Whom the authority did list: on the claimed date, else its newest cyber listings of parties of that country."""
    everything = cyber_of(graph, authority or "", None)
    rows = cyber_of(graph, authority or "", country)
    if claim.when and claim.when.from_:
        on_day = [row for row in rows if fits(row.listed or "", claim.when)]
        rows = on_day or rows
    if not rows:
        return []
    day = max(row.listed or "" for row in rows)
    # all that it listed that day, of whatever country: so that the reader sees the action that the report may mean
    on_day = [row for row in everything if row.listed == day]
    names = ", ".join(graph.label(row.ref) for row in on_day[:6])
    return [
        Nearest(
            says=f"{authority} listed on {day}: {names}",
            evidence=tuple(ev.of_designation(graph, row) for row in on_day[:6]),
        )
    ]


def country_of(graph: Graph, row: Designation) -> str | None:
    """The country of the listed party."""
    node = graph.node(row.ref)
    return node.country if node else None


@lru_cache(maxsize=4)
def listed_by(graph: Graph) -> dict[str, list[Designation]]:
    """The dated designations by authority: gathered once for all reports."""
    found: dict[str, list[Designation]] = {}
    for rows in graph.designations.values():
        for row in rows:
            if row.listed:
                found.setdefault(row.authority, []).append(row)
    return found


@lru_cache(maxsize=256)
def cyber_of(graph: Graph, authority: str, country: str | None) -> list[Designation]:
    """An authority's dated cyber listings of parties of a country."""
    rows = listed_by(graph).get(authority, [])
    return [row for row in rows if is_cyber(row) and (country is None or country_of(graph, row) == country)]


def is_cyber(row: Designation) -> bool:
    """Whether a row is of an authority's cyber list, as far as the list tells."""
    return not row.list.startswith("EU") or row.list == "EU-CYB"
