"""Claims that an authority listed, did not list, delisted or indicted a party: decided by lists and complete tables only."""

from __future__ import annotations

import datetime
from collections import Counter
from functools import lru_cache

from tocsin.knowledge import Completeness, Graph, resolve
from tocsin.model import Claim, Designation, Nearest, When
from tocsin.names import COUNTRY_LABELS, countries_in
from tocsin.read.claims.dates import month_day
from tocsin.verify import evidence as ev
from tocsin.verify.evidence import Judgement

SLACK_DAYS = 3  # a notice, its publication and the press of the next day are the same event


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
                if row.listed and _fits(row.listed, claim.when):
                    self.dates[(row.authority, row.listed)] += 1
        for code in countries_in(title):
            countries[code] += 2
        self.countries = countries

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


def _fits(listed: str, when: When | None) -> bool:
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
    """The table that is complete for an authority's cyber listings of parties of a country up to the claimed date."""
    for table in graph.complete:
        if table.authority != authority or (table.list.startswith("EU") and table.list != "EU-CYB"):
            continue
        if table.countries and country not in table.countries:
            continue
        if when and when.from_ and when.from_ > table.until:
            continue
        return table
    return None


def judge_designated(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """``designated`` and ``not_designated``: what is claimed is decided first, then turned round where it is denied."""
    if claim.schema and claim.object.ref is None:
        found = _judge_described(graph, claim, context)
    else:
        found = _judge_named(graph, claim, context)
    if claim.predicate == "not_designated":
        return _turned(found, claim)
    return found


def _turned(found: Judgement, claim: Claim) -> Judgement:
    if found.verdict == "partly" and (
        "itself" in found.why[0].says or (claim.programme and "another regime" in found.why[0].says)
    ):
        return Judgement("corroborated", found.why[0].says, found.evidence, found.nearest)
    turn = {
        "corroborated": "contradicted",
        "contradicted": "corroborated",
        "partly": "contradicted",
        "unknown": "unknown",
    }
    return Judgement(turn[found.verdict], found.why[0].says, found.evidence, found.nearest)  # type: ignore[arg-type]


def _judge_named(graph: Graph, claim: Claim, context: Context) -> Judgement:
    authority, name = claim.subject.ref, claim.object.name or claim.object.text
    rows = rows_of(graph, claim.object.ref, authority)
    live = [row for row in rows if not row.delisted] or rows
    if live:
        return _judge_rows(graph, claim, live, name)
    node = graph.node(claim.object.ref)
    if node is None:
        return _judge_nameless(graph, claim, context, name)
    elsewhere = rows_of(graph, claim.object.ref, None)
    charged = graph.indictments.get(node.ref, [])
    nearest = [
        Nearest(
            says=f"{graph.label(row.ref)} is listed by {row.authority} since {row.listed}",
            evidence=(ev.of_designation(graph, row),),
        )
        for row in elsewhere[:4]
    ]
    nearest += [
        Nearest(says=f"{name} was indicted, which is not a listing", evidence=(ev.of_indictment(graph, one),))
        for one in charged[:2]
    ]
    around = _listed_around(graph, node.ref, authority)
    if node.kind in ("actor", "sponsor") and around:
        says = f"{authority} did not list {name} itself, but {len(around)} of its parties"
        return Judgement("partly", says, [ev.of_designation(graph, row) for row in around[:5]], nearest)
    table = complete_for(graph, authority, node.country or context.country(claim.sentence), claim.when)
    nearest = [*_same_day(graph, claim, authority, node.country, context), *nearest]
    if table is None:
        return Judgement(
            "unknown",
            f"no list held here is complete for {authority} on {name}; no record of it",
            [e for n in nearest[:2] for e in n.evidence],
            nearest,
        )
    return Judgement(
        "contradicted",
        f"{name} is not listed in {table.list} as of {table.until}",
        [ev.of_absence(table, name), *[e for n in nearest[:3] for e in n.evidence]],
        nearest,
    )


def _judge_rows(graph: Graph, claim: Claim, rows: list[Designation], name: str) -> Judgement:
    authority = claim.subject.ref
    proof = [ev.of_designation(graph, row) for row in rows]
    dated = [row for row in rows if row.listed and _fits(row.listed, claim.when)] or (
        [row for row in rows if not row.listed] if claim.when is None else []
    )
    in_regime = [row for row in (dated or rows) if _in_programme(row, claim.programme)]
    if claim.programme and not in_regime:
        held = ", ".join(
            dict.fromkeys(f"{row.programme or row.list} ({row.act})" if row.act else row.programme for row in rows)
        )
        return Judgement(
            "partly",
            f"{authority} listed {name}, but under another regime: {held}",
            proof,
            [Nearest(says=proof[0].says, evidence=(proof[0],))],
        )
    if not dated and claim.when is not None:
        dates = ", ".join(row.listed or "no date given" for row in rows)
        return Judgement(
            "partly",
            f"{authority} listed {name}, but on another date: {dates}",
            proof,
            [Nearest(says=proof[0].says, evidence=(proof[0],))],
        )
    chosen = [row for row in rows if row in in_regime or row in dated] or rows
    return Judgement(
        "corroborated",
        f"{authority} listed {name} on {chosen[0].listed or 'a date the list does not give'}",
        [ev.of_designation(graph, row) for row in chosen],
    )


def _in_programme(row: Designation, programme: str | None) -> bool:
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


def _judge_nameless(graph: Graph, claim: Claim, context: Context, name: str) -> Judgement:
    authority = claim.subject.ref
    near = [
        found for found in resolve(graph, claim.object.text, limit=3) if found.kind in ("party", "actor", "sponsor")
    ]
    nearest = [
        Nearest(
            says=f"nearest known name: {one.name} ({one.score:.2f})",
            evidence=tuple(ev.of_designation(graph, row) for row in rows_of(graph, one.ref, None)[:2]),
        )
        for one in near
    ]
    country = context.country(claim.sentence)
    table = complete_for(graph, authority, country, claim.when)
    nearest += _same_day(graph, claim, authority, country, context)
    if table is None:
        return Judgement(
            "unknown", f"“{name}” is in no catalogue, and no list held here is complete for it", nearest=nearest
        )
    return Judgement(
        "contradicted",
        f"“{name}” is not listed in {table.list} as of {table.until}, and is in no catalogue",
        [ev.of_absence(table, name)],
        nearest,
    )


def _listed_around(graph: Graph, ref: str, authority: str | None) -> list[Designation]:
    """What an authority listed of the parties that front for or belong to an actor."""
    refs = [
        link.subject
        for link in graph.into.get(ref, ())
        if link.predicate in ("fronts_for", "belongs_to", "same_as") and link.subject in graph.parties
    ]
    return [row for one in dict.fromkeys(refs) for row in rows_of(graph, one, authority)]


def _same_day(
    graph: Graph, claim: Claim, authority: str | None, country: str | None, context: Context
) -> list[Nearest]:
    """Whom the authority did list: on the claimed date, else its newest cyber listings of parties of that country."""
    everything = _cyber_of(graph, authority or "", None)
    rows = _cyber_of(graph, authority or "", country)
    if claim.when and claim.when.from_:
        on_day = [row for row in rows if _fits(row.listed or "", claim.when)]
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


def _country_of(graph: Graph, row: Designation) -> str | None:
    node = graph.node(row.ref)
    return node.country if node else None


def _judge_described(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """Parties that are only described: "two Chinese firms", "Iranian individuals". Counted in the authority's cyber list
    on the date that the report speaks of."""
    authority = claim.subject.ref
    countries, schema, number = (claim.schema or "||1").split("|")
    codes = [code for code in countries.split(",") if code]
    rows = _listed_by(graph).get(authority or "", [])
    if claim.when and claim.when.from_:
        rows = [row for row in rows if _fits(row.listed or "", claim.when)]
    elif days := [day for (who, day), _ in context.dates.most_common() if who == authority]:
        rows = [row for row in rows if row.listed in days]
    fitting = [
        row for row in rows if (not codes or _country_of(graph, row) in codes) and _is_schema(graph, row, schema)
    ]
    cyber = [row for row in fitting if _cyber(row)]
    what = claim.object.text
    if claim.programme and claim.programme not in ("cyber",):
        cyber = [row for row in fitting if _in_programme(row, claim.programme)]
    parties = list(dict.fromkeys(row.ref for row in cyber))
    proof = [ev.of_designation(graph, row) for row in cyber[:8]]
    other = [row for row in fitting if row not in cyber]
    nearest = [
        Nearest(
            says=f"under another regime, {row.act or row.programme}: {graph.label(row.ref)} ({row.listed})",
            evidence=(ev.of_designation(graph, row),),
        )
        for row in _latest(other, rows, codes, graph)[:5]
    ]
    scope = f"{authority} cyber listings"
    if len(codes) > 1 and not all(any(_country_of(graph, row) == code for row in cyber) for code in codes):
        missing = [
            COUNTRY_LABELS.get(code, code)
            for code in codes
            if not any(_country_of(graph, row) == code for row in cyber)
        ]
        return Judgement("partly", f"{scope} have none of {', '.join(missing)} that fits “{what}”", proof, nearest)
    wanted = int(number) if number.isdigit() else 2
    if len(parties) >= wanted and not (number.isdigit() and wanted > 1 and claim.when and len(parties) != wanted):
        return Judgement("corroborated", f"{scope} have {len(parties)} that fit “{what}”", proof, nearest)
    if parties:
        names = ", ".join(f"{graph.label(row.ref)} ({row.listed})" for row in cyber[:4])
        nearest = [Nearest(says=f"{scope}: {names}", evidence=tuple(proof[:4])), *nearest]
        return Judgement(
            "partly",
            f"{scope} have {len(parties)} that fit “{what}”, not {number if number.isdigit() else 'several'}",
            proof,
            nearest,
        )
    if other:
        return Judgement(
            "partly",
            f"none in {scope} fits “{what}”; true under another regime of {authority}",
            [e for n in nearest for e in n.evidence][:5],
            nearest,
        )
    table = complete_for(graph, authority, codes[0] if codes else context.country(claim.sentence), claim.when)
    if table is None:
        return Judgement("unknown", f"no list held here is complete for “{what}” by {authority}", nearest=nearest)
    nearest += _same_day(graph, claim, authority, codes[0] if codes else None, context)
    return Judgement(
        "contradicted", f"none in {table.list} as of {table.until} fits “{what}”", [ev.of_absence(table, what)], nearest
    )


def _latest(other: list[Designation], rows: list[Designation], codes: list[str], graph: Graph) -> list[Designation]:
    """Of another regime's rows, those of the day of the newest cyber listing of that country, else the newest."""
    days = [row.listed or "" for row in rows if _cyber(row) and (not codes or _country_of(graph, row) in codes)]
    same = [row for row in other if days and row.listed == max(days)]
    return same or sorted(other, key=lambda row: row.listed or "", reverse=True)


@lru_cache(maxsize=4)
def _listed_by(graph: Graph) -> dict[str, list[Designation]]:
    """The dated designations by authority: gathered once for all reports."""
    found: dict[str, list[Designation]] = {}
    for rows in graph.designations.values():
        for row in rows:
            if row.listed:
                found.setdefault(row.authority, []).append(row)
    return found


@lru_cache(maxsize=256)
def _cyber_of(graph: Graph, authority: str, country: str | None) -> list[Designation]:
    """An authority's dated cyber listings of parties of a country."""
    rows = _listed_by(graph).get(authority, [])
    return [row for row in rows if _cyber(row) and (country is None or _country_of(graph, row) == country)]


def _cyber(row: Designation) -> bool:
    """Whether a row is of an authority's cyber list, as far as the list tells."""
    return not row.list.startswith("EU") or row.list == "EU-CYB"


def _is_schema(graph: Graph, row: Designation, schema: str) -> bool:
    party = graph.parties.get(graph.current(row.ref))
    person = party is not None and party.schema == "Person"
    return (person and "P" in schema) or (not person and "E" in schema) or not schema


def judge_delisted(graph: Graph, claim: Claim) -> Judgement:
    """``delisted``: true where a row of the authority carries the date of it."""
    name = claim.object.name or claim.object.text
    rows = rows_of(graph, claim.object.ref, claim.subject.ref)
    gone = [row for row in rows if row.delisted]
    proof = [ev.of_designation(graph, row) for row in gone or rows]
    if gone:
        return Judgement("corroborated", f"{claim.subject.ref} delisted {name} on {gone[0].delisted}", proof)
    if rows:
        return Judgement(
            "contradicted",
            f"{name} stands in {rows[0].list} without a delisting",
            proof,
            [Nearest(says=proof[0].says, evidence=(proof[0],))],
        )
    return Judgement("unknown", f"no listing of {name} by {claim.subject.ref} is known here")


def judge_indicted(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """``indicted``: by the pack's table of criminal cases, which is not declared complete."""
    name = claim.object.name or claim.object.text
    cases = graph.indictments.get(claim.object.ref or "", [])
    if not cases and claim.schema:
        countries, _, number = claim.schema.split("|")
        refs = [
            ref
            for ref, rows in graph.indictments.items()
            if (node := graph.node(ref))
            and (not countries or node.country in countries.split(","))
            and any(_fits((row.unsealed or row.filed or "")[:10], claim.when) for row in rows)
        ]
        wanted = int(number) if number.isdigit() else 1
        if len(refs) >= wanted and claim.when:
            proof = [ev.of_indictment(graph, graph.indictments[ref][0]) for ref in refs[:8]]
            return Judgement("corroborated", f"{len(refs)} that fit “{name}” were indicted then", proof)
        if refs and wanted <= len(refs):
            return Judgement(
                "corroborated",
                f"{len(refs)} indicted parties fit “{name}”",
                [ev.of_indictment(graph, graph.indictments[ref][0]) for ref in refs[:8]],
            )
        return Judgement("unknown", f"no case that fits “{name}” is known here")
    if not cases:
        rows = rows_of(graph, claim.object.ref, None)
        nearest = [
            Nearest(says=ev.of_designation(graph, row).says, evidence=(ev.of_designation(graph, row),))
            for row in rows[:2]
        ]
        return Judgement("unknown", f"no criminal case against {name} is known here", nearest=nearest)
    proof = [ev.of_indictment(graph, one) for one in cases]
    dates = [day for one in cases for day in (one.unsealed, one.filed) if day]
    if claim.when and claim.when.from_ and dates and not any(_fits(day, claim.when) for day in dates):
        return Judgement("partly", f"{name} was indicted, but on another date: {', '.join(dates)}", proof)
    return Judgement("corroborated", f"{name} was indicted", proof)
