"""Claims that an authority listed, did not list, delisted or indicted a party: decided by lists and complete tables only."""

from __future__ import annotations

from tocsin.knowledge import Graph, resolve
from tocsin.model import Claim, Designation, Nearest
from tocsin.verify import evidence as ev
from tocsin.verify.described import judge_described
from tocsin.verify.evidence import Judgement
from tocsin.verify.records import Context, complete_for, fits, in_programme, rows_of, same_day


def judge_designated(graph: Graph, claim: Claim, context: Context) -> Judgement:
    """``designated`` and ``not_designated``: what is claimed is decided first, then turned round where it is denied."""
    if claim.schema and claim.object.ref is None:
        found = judge_described(graph, claim, context)
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
    table = complete_for(graph, authority, node.country or context.country(claim.sentence), claim.when)
    if node.kind in ("actor", "sponsor") and around:
        proof = [ev.of_designation(graph, row) for row in around[:5]]
        says = f"{authority} did not list {name} itself, but {len(around)} of its parties"
        near = Nearest(
            says=f"listed by {authority}: {', '.join(graph.label(row.ref) for row in around[:4])}",
            evidence=tuple(proof),
        )
        return Judgement("contradicted" if table else "unknown", says, proof, [near, *nearest])
    nearest = [*same_day(graph, claim, authority, node.country, context), *nearest]
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
    dated = [row for row in rows if row.listed and fits(row.listed, claim.when)] or (
        [row for row in rows if not row.listed] if claim.when is None else []
    )
    in_regime = [row for row in (dated or rows) if in_programme(row, claim.programme)]
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
    # the tables are complete for cyber listings: they refute no listing that may be of another kind
    table = complete_for(graph, authority, country, claim.when) if claim.programme or context.cyber else None
    nearest += same_day(graph, claim, authority, country, context)
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


def judge_delisted(graph: Graph, claim: Claim) -> Judgement:
    """``delisted``: true where a row of the authority carries the date of it."""
    name = claim.object.name or claim.object.text
    rows = rows_of(graph, claim.object.ref, claim.subject.ref)
    gone = [row for row in rows if row.delisted]
    proof = [ev.of_designation(graph, row) for row in gone or rows]
    if gone:
        says = f"{claim.subject.ref} delisted {name} on {', '.join(row.delisted or '' for row in gone)}"
        if any(fits(row.delisted or "", claim.when) for row in gone):
            return Judgement("corroborated", says, proof)
        return Judgement("partly", f"{says}, not then", proof, [Nearest(says=says, evidence=(proof[0],))])
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
            and any(fits((row.unsealed or row.filed or "")[:10], claim.when) for row in rows)
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
    if claim.when and claim.when.from_ and dates and not any(fits(day, claim.when) for day in dates):
        return Judgement("partly", f"{name} was indicted, but on another date: {', '.join(dates)}", proof)
    return Judgement("corroborated", f"{name} was indicted", proof)
