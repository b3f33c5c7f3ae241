"""``tocsin verify``: whether what a report claims is true."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import click
import msgspec

from tocsin.cli.output import COLOURS, SIGNS, USAGE, console, document, print_json, report_error, shown
from tocsin.cli.read import about, check_asked, finish, reports_of, with_faults
from tocsin.model import Claim, Fault, TocsinError, Verdict


@click.command("verify", epilog="Example:  tocsin verify report.txt --json")
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--lines",
    type=click.Path(path_type=Path),
    help="A file of which each line is a report; prints JSON lines, in order.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--jsonl", is_flag=True, help="One JSON document a line, one a report, also for a report without claims.")
@click.option(
    "--examined",
    "examined_file",
    type=click.Path(path_type=Path),
    help="With --jsonl: write what was examined to this file.",
)
def command(
    reports: tuple[Path, ...], lines: Path | None, as_json: bool, jsonl: bool, examined_file: Path | None
) -> int:
    """Check each claim of REPORTS against official lists and catalogues.

    Exit code 3 where no report claims anything.
    """
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
        checked = spine.verify_report(report, known)
        seen += 1
        found += len(checked.reading.claims)
        claims = [
            _joined(claim, verdict) for claim, verdict in zip(checked.reading.claims, checked.verdicts, strict=True)
        ]
        if as_json or jsonl:
            body = {"report": about(report), "as_of": checked.as_of, "claims": claims}
            print_json(document("verify", body, with_faults(spine.examined(known), faults)), lines=jsonl)
        else:
            _show(report.title or report.path, checked.reading.claims, checked.verdicts, checked.as_of)
    return finish(with_faults(spine.examined(known), faults), faults, seen, found, examined_file, jsonl)


def _joined(claim: Claim, verdict: Verdict) -> dict[str, Any]:
    both: dict[str, Any] = msgspec.to_builtins(claim)
    judged = msgspec.to_builtins(verdict)
    judged.pop("claim")
    return {**both, **judged}


def _show(title: str, claims: list[Claim], verdicts: tuple[Verdict, ...], dates: dict[str, str]) -> None:
    from rich.padding import Padding

    out = console()
    out.print(f"[bold]{shown(title)}[/bold]")
    out.print("[dim]" + ", ".join(f"{name} as of {day}" for name, day in dates.items()) + "[/dim]\n")
    for claim, verdict in zip(claims, verdicts, strict=True):
        colour = COLOURS[verdict.verdict]
        words = f"{claim.subject.text} – {claim.predicate.replace('_', ' ')} – {claim.object.text}"
        when = f" ({claim.when.text})" if claim.when else ""
        out.print(f"[{colour}]{SIGNS[verdict.verdict]} {verdict.verdict:13}[/{colour}] {shown(words)}{shown(when)}")
        for reason in verdict.why[:1]:
            out.print(Padding(shown(reason.says), (0, 0, 0, 4)))
        for near in verdict.nearest[: 0 if verdict.verdict == "corroborated" else 2]:
            out.print(Padding(f"[dim]nearest true:[/dim] {shown(near.says)}", (0, 0, 0, 4)))
        for one in verdict.evidence[:2]:
            source = ", ".join(part for part in (one.publisher, one.date, one.record) if part)
            out.print(Padding(f"[dim]{shown(source)}[/dim]", (0, 0, 0, 4)))
