"""``tocsin read``: what a report says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from tocsin.cli.output import (
    GAPS,
    NOTHING,
    OK,
    USAGE,
    console,
    document,
    examined_sentence,
    print_json,
    report_error,
    report_faults,
    shown,
)
from tocsin.model import Examined, Fault, Report, TocsinError, to_json


def about(report: Report) -> dict[str, Any]:
    """The head of a report as the contract shows it."""
    return {
        "path": report.path,
        "sha256": report.sha256,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "language": report.language,
    }


def reports_of(paths: tuple[Path, ...], lines: Path | None, faults: list[Fault]) -> Iterator[Report]:
    """The reports asked for, in order; one that cannot be read becomes a fault and the others go on."""
    from tocsin.read import lines_as_reports, load_report

    for path in paths:
        try:
            yield load_report(path)
        except TocsinError as error:
            faults.append(error.fault)
    if lines is not None:
        yield from lines_as_reports(lines)


def check_asked(paths: tuple[Path, ...], lines: Path | None, as_json: bool) -> None:
    """Refuse what cannot be printed as one document."""
    if not paths and lines is None:
        raise click.UsageError("give at least one REPORT")
    if as_json and (len(paths) > 1 or lines is not None):
        raise click.UsageError("several reports do not fit one JSON document; use --jsonl")


def finish(
    examined: Examined, faults: list[Fault], seen: int, found: int, examined_file: Path | None, jsonl: bool
) -> int:
    """Say what was examined and left out, and give the exit code."""
    if examined_file is not None:
        from tocsin.store import write_whole

        write_whole(examined_file, to_json(examined, indent=2).encode())
    if jsonl:
        click.echo(examined_sentence(examined), err=True)
    code = report_faults([*examined.left_out, *[fault for fault in faults if fault not in examined.left_out]])
    if seen == 0:
        return USAGE
    return code if code == GAPS else OK if found else NOTHING


@click.command("read", epilog="Example:  tocsin read report.pdf --json")
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--lines",
    type=click.Path(path_type=Path),
    help="A file of which each line is a report; prints JSON lines, in order.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--jsonl", is_flag=True, help="One JSON document a line, one a report.")
@click.option(
    "--examined",
    "examined_file",
    type=click.Path(path_type=Path),
    help="With --jsonl: write what was examined to this file.",
)
def command(
    reports: tuple[Path, ...], lines: Path | None, as_json: bool, jsonl: bool, examined_file: Path | None
) -> int:
    """What REPORTS say: names, techniques, indicators and claims, with their places."""
    from tocsin import spine

    check_asked(reports, lines, as_json)
    jsonl = jsonl or lines is not None
    faults: list[Fault] = []
    queue = reports_of(reports, lines, faults)
    first = next(queue, None)
    if first is None:
        for fault in faults:
            report_error(TocsinError(fault.file, fault.place, fault.why, fault.todo))
        return USAGE
    known = spine.open_knowledge()
    seen = found = 0
    for report in chain([first], queue):
        reading, indicators = spine.read_report(report, known)
        seen += 1
        found += bool(reading.claims or reading.mentions or indicators)
        body = {
            "report": about(report),
            "mentions": reading.mentions,
            "techniques": reading.techniques,
            "indicators": indicators,
            "claims": reading.claims,
        }
        if as_json or jsonl:
            print_json(document("read", body, with_faults(spine.examined(known), faults)), lines=jsonl)
        else:
            _show(report, body)
    return finish(with_faults(spine.examined(known), faults), faults, seen, found, examined_file, jsonl)


def with_faults(examined: Examined, faults: list[Fault]) -> Examined:
    """What was examined, the reports that could not be read among what was left out."""
    import msgspec

    return msgspec.structs.replace(examined, left_out=(*examined.left_out, *faults))


def _show(report: Report, body: dict[str, Any]) -> None:
    from rich.table import Table

    out = console()
    out.print(f"[bold]{shown(report.title or report.path)}[/bold]")
    counts = ", ".join(f"{len(body[kind])} {kind}" for kind in ("claims", "techniques", "indicators", "mentions"))
    out.print(f"{counts}\n")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("who", "claim", "what", "when"):
        table.add_column(column, overflow="fold")
    for claim in body["claims"]:
        when = claim.when.text if claim.when else ""
        word = claim.predicate.replace("_", " ")
        table.add_row(
            shown(claim.subject.text),
            ("not " if claim.negated and "not" not in word else "") + word,
            shown(claim.object.text),
            shown(when),
        )
    out.print(table)
    for indicator in body["indicators"]:
        out.print(f"{indicator.kind:9} {shown(indicator.value)}  [dim]{indicator.role}[/dim]")
