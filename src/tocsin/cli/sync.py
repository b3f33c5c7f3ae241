"""``tocsin sync``: take official lists and catalogues into use."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from tocsin.cli.output import OK, USAGE, console, document, print_json, report_faults
from tocsin.model import Examined, ListHeld


@click.command("sync", epilog="Example:  tocsin sync --from ~/lists")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    help="A folder with the files: ATT&CK bundle, EU Journal tables, EU list (FSF); also inside .gz, .zip, .tar.gz.",
)
@click.option("--status", is_flag=True, help="What is held, of which date, from whom.")
@click.option("--as-of", "today", help="The day that the files are of (YYYY-MM-DD); default today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(folder: Path | None, status: bool, today: str | None, as_json: bool) -> int:
    """Take lists and catalogues from a folder into use, whole or not at all.

    Files are known by their content; those that cannot be used are named.
    """
    from tocsin import spine
    from tocsin.store import Snapshots

    if today:
        try:
            datetime.date.fromisoformat(today)
        except ValueError as error:
            raise click.UsageError(f"--as-of {today} is not a date; write YYYY-MM-DD") from error
    if status:
        snapshots = Snapshots()
        rows = [
            ListHeld(id=h.id, publisher=h.publisher, as_of=h.as_of, parties=h.parties, sha256=h.sha256)
            for h in snapshots.held()
        ]
        faults = snapshots.faults
    elif folder is not None:
        rows, faults = spine.sync(folder, today or datetime.date.today().isoformat())
    else:
        raise click.UsageError("give --from DIR, or --status")
    if as_json:
        print_json(document("sync", {"lists": rows}, Examined(left_out=tuple(faults))))
    else:
        _show(rows)
    report_faults(faults)
    return OK if rows or status else USAGE


def _show(rows: list[ListHeld]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("list", "as of", "parties", "publisher"):
        table.add_column(column, overflow="fold", justify="right" if column == "parties" else "left")
    for row in rows:
        table.add_row(row.id, row.as_of, str(row.parties), row.publisher)
    console().print(table if rows else "nothing synced; the bundled reference pack answers")
