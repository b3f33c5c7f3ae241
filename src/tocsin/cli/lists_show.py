"""``tocsin lists show``: one party across all authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.output import GAPS, NOTHING, OK, console, document, inert, print_json, report_faults, shown
from tocsin.model import Examined, Party, TocsinError

if TYPE_CHECKING:
    from tocsin.knowledge import Graph

_MOST = 20  # values of a kind on a terminal; --json has all


@click.command("show", epilog="Example:  tocsin lists show OFAC-SDN:26558")
@click.argument("party")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(party: str, as_json: bool) -> int:
    """All that the lists say of one party: who lists it since when, its names, numbers, addresses and ties.

    PARTY is an id on any list, a ref of the pack, or a name.
    """
    from tocsin.knowledge import open_graph, profile_of, resolve, sure

    graph, faults = open_graph()
    found = [one for one in resolve(graph, party) if one.ref in graph.parties]
    if not found:
        click.echo(f"tocsin: {inert(party)}: on no list here; see tocsin who", err=True)
        report_faults(faults)
        return NOTHING
    best = sure(found)
    if best is None:
        rivals = ", ".join(dict.fromkeys(one.ref for one in found[:6]))
        raise TocsinError(party, "", f"leads to {rivals}", "give the id of one of them")
    ref = best.ref
    profile = profile_of(graph, ref)
    assert profile is not None  # noqa: S101
    record = graph.parties[ref]
    examined = Examined(lists=graph.lists, catalogues=graph.tables.sources, left_out=tuple(faults))
    if as_json:
        body: dict[str, Any] = {
            "party": record,
            "designations": profile.designations,
            "relations": profile.relations,
            "same": profile.same,
            "disputes": profile.disputes,
        }
        print_json(document("lists-show", body, examined))
    else:
        _show(graph, record)
    return GAPS if report_faults(faults) == GAPS else OK


def _show(graph: Graph, party: Party) -> None:
    from tocsin.knowledge.listings import standings_of, whole_authorities

    out = console()
    out.print(f"[bold]{shown(party.name)}[/bold]  [dim]{shown(party.ref)} · {party.schema}[/dim]")
    rows = graph.designations.get(party.ref, [])
    for one in standings_of(rows):
        until = f", taken off {one.delisted}" if one.delisted else ""
        out.print(f"  {one.authority:<4} {one.listed or 'no date':<11} {shown(', '.join(one.lists))}{until}")
    lacking = sorted(set(whole_authorities(graph)) - {row.authority for row in rows})
    if lacking:
        out.print(f"  [dim]on no list of {', '.join(lacking)} that is held here[/dim]")
    for title, values in (
        ("Names", [f"{one.name}{' (weak)' if one.kind == 'weak' else ''}" for one in party.names]),
        ("Born" if party.schema == "Person" else "Founded", party.births or ((party.born,) if party.born else ())),
        ("Countries", party.countries or ((party.country,) if party.country else ())),
        ("Numbers", party.identifiers),
        ("Addresses", party.addresses),
        ("Contacts", (*party.domains, *party.emails, *party.phones)),
        ("Positions", party.positions),
        ("Facts", party.facts),
    ):
        if values:
            more = f" … and {len(values) - _MOST} more" if len(values) > _MOST else ""
            out.print(f"[dim]{title}:[/dim] {shown('; '.join(list(values)[:_MOST]))}{more}")
    for tie in (*graph.relations.get(party.ref, ()), *graph.related.get(party.ref, ())):
        ends = [graph.label(tie.subject) if tie.subject else tie.subject_name]
        ends.append(graph.label(tie.object) if tie.object else tie.object_name)
        share = f" {tie.share:.0%}" if tie.share is not None else ""
        out.print(f"[dim]Tie:[/dim] {shown(ends[0])} {tie.predicate.replace('_', ' ')}{share} {shown(ends[1])}")
    for same in graph.same.get(party.ref, ()):
        out.print(f"[dim]One with {shown(same.other)}: {shown(same.why.says)}[/dim]")
    for dispute in graph.disputes.get(party.ref, ()):
        says = f"the reference pack has {dispute.pack}, {dispute.list} as of {dispute.as_of} {dispute.held}"
        out.print(f"[yellow]Differs:[/yellow] {shown(says)}; the list decides")
