"""``tocsin lists compare``: parties beside authorities, with dates: who moved first, who has not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tocsin.cli.output import GAPS, NOTHING, OK, console, document, print_json, report_faults, shown
from tocsin.model import Examined

if TYPE_CHECKING:
    from tocsin.knowledge.listings import Row


@click.command("compare", epilog="Example:  tocsin lists compare EU-CYB")
@click.argument("lists", nargs=-1)
@click.option("--several", is_flag=True, help="Only parties that more than one authority lists.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(lists: tuple[str, ...], several: bool, as_json: bool) -> int:
    """The parties on LISTS (EU-CYB, OFAC-SDN, …, or EU for all of the EU's; default EU-CYB) beside every authority.

    A date is the first day on which the authority listed the party. “–” means: on no list of that authority that is
    held here.
    """
    from tocsin.knowledge import open_graph
    from tocsin.knowledge.listings import compare_listings, held_authorities

    graph, faults = open_graph()
    rows = compare_listings(graph, lists or ("EU-CYB",))
    if several:
        rows = [row for row in rows if len(row.standings) > 1]
    authorities = held_authorities(graph)
    if as_json:
        examined = Examined(lists=graph.lists, left_out=tuple(faults))
        print_json(document("lists-compare", {"authorities": authorities, "parties": rows}, examined))
    else:
        _show(rows, authorities)
    code = report_faults(faults)
    if not rows:
        return NOTHING
    return GAPS if code == GAPS else OK


def _show(rows: Sequence[Row], authorities: Sequence[str]) -> None:
    from rich.table import Table

    out = console()
    listing = {standing.authority for row in rows for standing in row.standings}
    used = [one for one in authorities if one in listing]
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("party", overflow="fold", ratio=1)
    for authority in used:
        table.add_column(authority, no_wrap=True)
    for row in rows:
        standing = {one.authority: one for one in row.standings}
        cells = []
        for authority in used:
            one = standing.get(authority)
            if one is None:
                cells.append("[dim]–[/dim]")
            elif one.delisted:
                cells.append(f"[dim]off {one.delisted}[/dim]")
            else:
                said = one.listed or "no date"
                cells.append(f"[bold]{said}[/bold]" if row.first == authority else said)
        table.add_row(shown(row.name), *cells)
    out.print(table)
    firsts = [row.first for row in rows if row.first]
    if firsts:
        counts = ", ".join(
            f"{one} {firsts.count(one)}" for one in sorted(set(firsts), key=lambda one: -firsts.count(one))
        )
        out.print(f"\n{len(rows)} parties; moved first (bold), where two dates are known: {counts}.")
