"""Listing claims of parties that are only described, such as "two Chinese firms": counted in the lists."""

from __future__ import annotations

from tocsin.knowledge import Graph
from tocsin.model import Claim, Designation, Nearest
from tocsin.names import COUNTRY_LABELS
from tocsin.verify import evidence as ev
from tocsin.verify.evidence import Judgement
from tocsin.verify.records import Context, complete_for, country_of, fits, in_programme, is_cyber, listed_by, same_day


def judge_described(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """Parties that are only described: "two Chinese firms", "Iranian individuals". Counted in the authority's cyber list
    on the date that the report speaks of."""
    authority = claim.subject.ref
    countries, schema, number = (claim.schema or "||1").split("|")
    codes = [code for code in countries.split(",") if code]
    if not codes and (country := context.country(claim.sentence)):
        codes = [country]  # "two of its hackers": of the country that the report is about
    rows = listed_by(graph).get(authority or "", [])
    if claim.when and claim.when.from_:
        rows = [row for row in rows if fits(row.listed or "", claim.when)]
    elif days := [day for (who, day), _ in context.dates.most_common() if who == authority]:
        rows = [row for row in rows if row.listed in days]
    fitting = [row for row in rows if (not codes or country_of(graph, row) in codes) and _is_schema(graph, row, schema)]
    cyber = sorted((row for row in fitting if is_cyber(row)), key=lambda row: row.listed or "", reverse=True)
    what = claim.object.text
    if claim.programme and claim.programme not in ("cyber",):
        cyber = [row for row in fitting if in_programme(row, claim.programme)]
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
    if len(codes) > 1 and not all(any(country_of(graph, row) == code for row in cyber) for code in codes):
        missing = [
            COUNTRY_LABELS.get(code, code) for code in codes if not any(country_of(graph, row) == code for row in cyber)
        ]
        return Judgement("partly", f"{scope} have none of {', '.join(missing)} that fits “{what}”", proof, nearest)
    wanted = max(1, int(number)) if number.isdigit() else 2
    if len(parties) >= wanted and not (number.isdigit() and wanted > 1 and claim.when and len(parties) != wanted):
        says = f"{scope} have {len(parties)} that fit “{what}”"
        beside = [
            row
            for row in rows
            if is_cyber(row)
            and row.listed == cyber[0].listed
            and row not in cyber
            and (not codes or country_of(graph, row) in codes)
        ]
        if beside:
            names = ", ".join(dict.fromkeys(graph.label(row.ref) for row in beside[:4]))
            says += f"; listed with the newest of them on {cyber[0].listed}: {names}"
            proof += [ev.of_designation(graph, row) for row in beside[:4]]
        return Judgement("corroborated", says, proof, nearest)
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
    country = codes[0] if codes else context.country(claim.sentence)
    table = complete_for(graph, authority, country, claim.when) if claim.programme or context.cyber else None
    if table is None:
        return Judgement("unknown", f"no list held here is complete for “{what}” by {authority}", nearest=nearest)
    nearest += same_day(graph, claim, authority, codes[0] if codes else None, context)
    return Judgement(
        "contradicted", f"none in {table.list} as of {table.until} fits “{what}”", [ev.of_absence(table, what)], nearest
    )


def _latest(other: list[Designation], rows: list[Designation], codes: list[str], graph: Graph) -> list[Designation]:
    """Of another regime's rows, those of the day of the newest cyber listing of that country, else the newest."""
    days = [row.listed or "" for row in rows if is_cyber(row) and (not codes or country_of(graph, row) in codes)]
    same = [row for row in other if days and row.listed == max(days)]
    return same or sorted(other, key=lambda row: row.listed or "", reverse=True)


def _is_schema(graph: Graph, row: Designation, schema: str) -> bool:
    party = graph.parties.get(graph.current(row.ref))
    person = party is not None and party.schema == "Person"
    return (person and "P" in schema) or (not person and "E" in schema) or not schema
