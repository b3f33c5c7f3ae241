"""``tocsin coverage``: could we see them?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tocsin.cli.findings import exit_code as contract_code
from tocsin.cli.findings import org_of, org_option
from tocsin.cli.output import console, document, print_json, shown, working
from tocsin.model import CoverageState

if TYPE_CHECKING:
    from tocsin.model import Coverage

STATES: dict[CoverageState, tuple[str, str]] = {
    "seen": ("bold red", "a finding speaks of it"),
    "tested": ("green", "a rule for it was proved on a test"),
    "ruled": ("green", "a rule for it ran"),
    "logged": ("yellow", "its events are logged, no rule ran"),
    "blind": ("bold", "nothing here could show it"),
    "not_observable": ("dim", "before anything of ours is touched"),
}


@click.command("coverage", epilog="Example:  tocsin coverage --actor APT31 logs/ --org org.toml")
@click.argument("logs", nargs=-1, type=click.Path(path_type=Path))
@click.option("--actor", "actors", multiple=True, required=True, help="An actor by any of its names; may repeat.")
@click.option(
    "--rules", multiple=True, type=click.Path(path_type=Path), help="Folder or file of Sigma rules; may repeat."
)
@org_option
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(
    logs: tuple[Path, ...], actors: tuple[str, ...], rules: tuple[Path, ...], org_file: Path | None, as_json: bool
) -> int:
    """Whether LOGS and the rules at hand could show the techniques of the actors.

    A rule counts only where a log that it runs on was read.
    """
    from tocsin import spine

    org = org_of(org_file)
    with working("reading logs") as step:
        seen = spine.cover_actors(
            actors, [*logs, *(org.evidence.logs if org and not logs else ())], rules=rules, step=step
        )
    if as_json:
        print_json(document("coverage", {"coverage": seen.coverage}, seen.examined))
    else:
        show(seen.coverage)
    return contract_code(False, False, seen.examined)


def show(rows: tuple[Coverage, ...]) -> None:
    """The states counted, then a technique a line, what is blind first."""
    from rich.table import Table

    out = console()
    counts = Counter(row.state for row in rows)
    out.print(
        f"{len(rows)} techniques: " + ", ".join(f"{counts[s]} {s.replace('_', ' ')}" for s in STATES if counts[s])
    )
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("technique", "", "state", "because"):
        table.add_column(column, overflow="fold")
    for row in rows:
        colour, says = STATES[row.state]
        met = next(
            (reason.says for reason in row.because if reason.met and reason.name == _DECIDES.get(row.state)), says
        )
        state = f"[{colour}]{row.state.replace('_', ' ')}[/]"
        table.add_row(row.technique, shown(row.name), state, shown(met))
    out.print(table)


_DECIDES: dict[CoverageState, str] = {"seen": "seen", "ruled": "ruled", "logged": "logged"}
