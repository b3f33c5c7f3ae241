"""Claims of what a listing does to a party: asset freeze, no funds, entry ban."""

from __future__ import annotations

from tocsin.knowledge import Graph
from tocsin.model import Claim, Designation, Nearest
from tocsin.verify import evidence as ev
from tocsin.verify.evidence import Judgement
from tocsin.verify.records import Context, complete_for, rows_of

# An entry ban needs a natural person: Decision (CFSP) 2019/797, Article 4; Cyber (Sanctions) (EU Exit) Regulations 2020,
# regulation 17 with section 8B of the Immigration Act 1971; E.O. 13694, section 4 (entry of persons suspended).
_ENTRY = "an entry ban applies to natural persons only"


def judge_measure(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """Each stated measure is looked for in the listings of the party, or of all parties that the words mean."""
    authority = claim.authority
    stated = [one for one in (claim.measure or "").split("; ") if one]
    refs = claim.about or ((claim.subject.ref,) if claim.subject.ref else ())
    rows = [row for ref in refs for row in rows_of(graph, ref, authority)]
    described = claim.schema or ""
    named = claim.subject.text[:1].isupper() and not described and not refs  # a party that no catalogue has
    if not rows and (described or not refs) and not named:
        rows = _described(graph, authority, described, context)
    name = claim.subject.name or claim.subject.text
    if not rows:
        return _unlisted(graph, claim, context, refs, name)
    if claim.negated:
        held = {one for row in rows for one in row.measures}
        return Judgement(
            "contradicted" if set(stated) & held else "corroborated",
            f"measures of {name}: {', '.join(sorted(held))}",
            [ev.of_designation(graph, row) for row in rows[:4]],
        )
    unmet = _unmet(graph, rows, stated)
    proof = [ev.of_designation(graph, row) for row in rows[:5]]
    held_words = ", ".join(dict.fromkeys(one for row in rows for one in row.measures)) or "not stated in the record"
    if not unmet:
        return Judgement("corroborated", f"the listing of {name} brings: {held_words}", proof)
    why = f"the listing of {name} brings {held_words}; not {', '.join(unmet)}"
    if "travel ban" in unmet:
        why += f" ({_ENTRY})"
    nearest = [Nearest(says=f"{authority or rows[0].authority}: {held_words}", evidence=tuple(proof[:2]))]
    return Judgement("partly", why, proof, nearest)


def _unmet(graph: Graph, rows: list[Designation], stated: list[str]) -> list[str]:
    """The stated measures that the listings do not bring. An entry ban must hold for every party that is meant: one firm
    among persons makes it untrue; any other measure holds where a listing has it."""
    unmet = []
    entities = [row for row in rows if not _is_person(graph, row)]
    for measure in stated:
        if measure == "travel ban":
            met = all(_has(row, measure) for row in (entities or rows))
        else:
            met = any(_has(row, measure) for row in rows)
        if not met:
            unmet.append(measure)
    return unmet


def _has(row: Designation, measure: str) -> bool:
    # A freeze under these acts always forbids making funds available: EU Regulation 2019/796 Art. 3; 31 CFR 578.201; UK regs 11-15
    if measure == "no funds or economic resources" and "asset freeze" in row.measures:
        return True
    return measure in row.measures


def _is_person(graph: Graph, row: Designation) -> bool:
    party = graph.parties.get(graph.current(row.ref))
    return party is not None and party.schema == "Person"


def _described(graph: Graph, authority: str | None, described: str, context: Context) -> list[Designation]:
    codes = [code for code in described.split("|")[0].split(",") if code]
    rows = [
        row
        for found in graph.designations.values()
        for row in found
        if row.authority == authority and (not row.list.startswith("EU") or row.list == "EU-CYB")
    ]
    if codes:
        rows = [row for row in rows if (node := graph.node(row.ref)) and node.country in codes]
    if schema := described.split("|")[1] if "|" in described else "":
        rows = [row for row in rows if ("P" if _is_person(graph, row) else "E") in schema]
    days = {day for who, day in context.dates if who == authority}
    return [row for row in rows if row.listed in days] or rows


def _unlisted(graph: Graph, claim: Claim, context: Context, refs: tuple[str, ...], name: str) -> Judgement:
    node = graph.node(refs[0]) if refs else None
    elsewhere = [row for ref in refs for row in rows_of(graph, ref, None)]
    nearest = [
        Nearest(says=ev.of_designation(graph, row).says, evidence=(ev.of_designation(graph, row),))
        for row in elsewhere[:3]
    ]
    if claim.authority is None and elsewhere:
        stated = [one for one in (claim.measure or "").split("; ") if one]
        unmet = _unmet(graph, elsewhere, stated)
        proof = [ev.of_designation(graph, row) for row in elsewhere[:3]]
        return Judgement(
            "partly" if unmet else "corroborated",
            f"listings of {name} bring: {', '.join(dict.fromkeys(m for r in elsewhere for m in r.measures))}",
            proof,
        )
    country = node.country if node else context.country(claim.sentence)
    table = complete_for(graph, claim.authority, country, claim.when) if node or context.cyber else None
    if claim.negated and table:
        return Judgement(
            "corroborated",
            f"{name} is not listed in {table.list} as of {table.until}",
            [ev.of_absence(table, name)],
            nearest,
        )
    if claim.authority == "EU" and "asset freeze" in (claim.measure or "") and claim.about:
        # what the act itself provides, whoever is listed under it
        return Judgement(
            "partly",
            f"the measures are those of Regulation (EU) 2019/796, but {name} is not listed in EU-CYB; {_ENTRY}",
            [ev.of_absence(table, name)] if table else [],
            nearest,
        )
    if table is None:
        return Judgement(
            "unknown", f"no listing of {name} by {claim.authority or 'any authority'} is known here", nearest=nearest
        )
    return Judgement(
        "contradicted",
        f"{name} is not listed in {table.list} as of {table.until}, so no such measure is on it",
        [ev.of_absence(table, name)],
        nearest,
    )
