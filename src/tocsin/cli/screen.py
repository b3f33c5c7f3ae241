"""``tocsin screen``: do we deal with them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from tocsin.cli.findings import Printing, org_of, org_option, printing_options
from tocsin.cli.findings import exit_code as contract_code
from tocsin.cli.output import (
    FOUND,
    GAPS,
    OK,
    console,
    document,
    examined_sentence,
    print_json,
    report_faults,
    shown,
    working,
)
from tocsin.model import Decision, Screened, to_json

COLOURS: dict[Decision, str] = {"alert": "bold red", "review": "yellow", "clear": "green"}


@click.command("screen", epilog='Example:  tocsin screen "Anxun Information Technology"')
@click.argument("query", nargs=-1)
@click.option("--name", "as_name", is_flag=True, help="Take QUERY as a name even where a file is called so.")
@org_option
@printing_options
def command(
    query: tuple[str, ...],
    as_name: bool,
    org_file: Path | None,
    as_json: bool,
    jsonl: bool,
    examined_file: Path | None,
    exit_code: bool,
) -> int:
    """Screen a name, a counterparty CSV, or ISO 20022 payments against all designated parties.

    QUERY is a name, or paths of files and folders; without it, the evidence that --org names is screened. A clear
    answer means that nobody of that name is on the lists examined, as of their dates.
    """
    from tocsin import spine

    how = Printing("screen", as_json, jsonl, examined_file, exit_code)
    org = org_of(org_file)
    paths = [Path(one) for one in query if not as_name and Path(one).exists()]
    if query and len(paths) not in (0, len(query)):
        absent = next(one for one in query if not Path(one).exists())
        raise click.UsageError(f"{absent} is not a file; give one name, or files that exist")
    if not query and org is None:
        raise click.UsageError("give a name, a file, or --org FILE")
    one_name = bool(query) and not paths
    screening = spine.screen_name(" ".join(query)) if one_name else spine.screen_files(paths, org=org)
    found = answered = 0
    rows: list[Screened] = []
    with working("screening", "rows") as step:
        for one in screening:
            answered += 1
            found += one.decision != "clear"
            step(answered)
            if jsonl:
                print_json(shaped(one), lines=True)
            elif as_json or one.decision != "clear" or one_name:
                rows.append(one)
    examined = screening.examined()
    if as_json:
        results = [shaped(one) for one in rows]
        print_json(document("screen", results[0] if one_name else {"results": results}, examined))
    elif jsonl:
        click.echo(examined_sentence(examined), err=True)
    else:
        _show(rows, answered)
    if how.examined_file is not None:
        from tocsin.store import write_whole

        write_whole(how.examined_file, to_json(examined, indent=2).encode())
    if one_name:
        report_faults(examined.left_out)
        return FOUND if exit_code and found else GAPS if examined.left_out else OK
    return contract_code(exit_code, bool(found), examined)


def shaped(one: Screened) -> dict[str, Any]:
    """An answer as the contract shows it."""
    import msgspec

    body: dict[str, Any] = msgspec.to_builtins(one)
    return body


def _show(rows: Iterable[Screened], answered: int) -> None:
    out = console()
    shown_rows = list(rows)
    alerts = sum(one.decision == "alert" for one in shown_rows)
    reviews = sum(one.decision == "review" for one in shown_rows)
    out.print(f"{answered:,} screened: {alerts} to hold and check, {reviews} to review, the rest clear.")
    for one in sorted(shown_rows, key=lambda row: -max((hit.score for hit in row.hits), default=0.0)):
        asked = one.query.get("name") or next(iter(one.query.values()), "")
        out.print(
            f"\n[{COLOURS[one.decision]}]{one.decision}[/]  [bold]{shown(str(asked))}[/bold]  [dim]row {one.row}[/dim]"
        )
        for line in _lines(one):
            out.print(f"  {line}")


def _lines(one: Screened) -> Iterator[str]:
    for hit in one.hits[:6]:
        yield f"{hit.score:.2f}  {shown(hit.name)}  [dim]{shown(hit.id)}[/dim]"
        for reason in hit.features[:6]:
            sign = "" if reason.weight is None else f"{reason.weight:+.2f}  "
            yield f"      [dim]{sign}{shown(reason.says)}[/dim]"
    if len(one.hits) > 6:
        yield f"[dim]and {len(one.hits) - 6} more hits; --json has all[/dim]"
