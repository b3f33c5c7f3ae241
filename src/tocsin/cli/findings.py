"""What the commands that look at evidence share: their options, and how findings are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tocsin.cli.output import (
    FOUND,
    GAPS,
    NOTHING,
    OK,
    USAGE,
    console,
    document,
    examined_sentence,
    print_json,
    report_faults,
    shown,
)
from tocsin.model import SEVERITIES, Examined, Finding, Severity, to_json

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.org import Org

COLOUR: dict[Severity, str] = {
    "critical": "bold red",
    "high": "red",
    "medium": "yellow",
    "low": "cyan",
    "informational": "dim",
}
_MOST = 40  # groups shown on a terminal; --json has all


class Printing(NamedTuple):
    """How a command was asked to print."""

    command: str
    as_json: bool
    jsonl: bool
    examined_file: Path | None
    exit_code: bool


def printing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``, ``--jsonl``, ``--examined`` and ``--exit-code``, which all commands with many results have."""
    for option in (
        click.option("--exit-code", is_flag=True, help="Exit 1 where something was found."),
        click.option(
            "--examined",
            "examined_file",
            type=click.Path(path_type=Path),
            help="With --jsonl: write what was examined to this file.",
        ),
        click.option("--jsonl", is_flag=True, help="One JSON object a line."),
        click.option("--json", "as_json", is_flag=True, help="One JSON document."),
    ):
        command = option(command)
    return command


def org_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--org``: who we are, and where the evidence lies."""
    return click.option(
        "--org",
        "org_file",
        type=click.Path(path_type=Path),
        help="org.toml: our assets and networks, and where the evidence lies.",
    )(command)


def org_of(org_file: Path | None) -> Org | None:
    """The organisation of ``--org``, or None. Raises TocsinError where the file cannot be used."""
    from tocsin.org import load_org

    return load_org(org_file) if org_file is not None else None


def paths_given(paths: Sequence[Path], found: Iterable[Path], what: str) -> list[Path]:
    """The paths of the command line, else those that ``org.toml`` names. Raises UsageError where there are none."""
    chosen = list(paths) or list(found)
    if not chosen:
        raise click.UsageError(f"give {what}, or --org with a file that names some")
    return chosen


def print_findings(
    how: Printing, findings: Sequence[Finding], examined: Examined, body: dict[str, Any] | None = None
) -> int:
    """Findings as a document, as lines or as a table; the exit code. ``body`` are further keys of the document.

    Where nothing could be read, nothing is written but the reasons.
    """
    if not examined.logs and not examined.inputs:
        report_faults(examined.left_out)
        return USAGE
    if how.examined_file is not None:
        from tocsin.store import write_whole

        write_whole(how.examined_file, to_json(examined, indent=2).encode())
    if how.as_json:
        print_json(document(how.command, {"findings": findings, **(body or {})}, examined))
    elif how.jsonl:
        for one in findings:
            print_json(one, lines=True)
        click.echo(examined_sentence(examined), err=True)
    else:
        _show(findings, examined)
    return exit_code(how.exit_code, bool(findings), examined)


def exit_code(asked: bool, found: bool, examined: Examined) -> int:
    """The contract's exit code, after a line on stderr for each thing that was left out."""
    code = report_faults(examined.left_out)
    if not examined.logs and not examined.inputs:
        return USAGE
    if asked and found:
        return FOUND
    if code == GAPS:
        return GAPS
    records = sum(log.records for log in examined.logs) + sum(one.records for one in examined.inputs)
    return OK if records else NOTHING


def _show(findings: Sequence[Finding], examined: Examined) -> None:
    out = console()
    out.print(summary(findings))
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    order = {severity: number for number, severity in enumerate(reversed(SEVERITIES))}
    for one in sorted(findings, key=lambda finding: (order[finding.severity], finding.first_seen or "")):
        groups.setdefault((one.severity, one.title, one.host or one.user or ""), []).append(one)
    for number, ((_, title, where), group) in enumerate(groups.items()):
        if number == _MOST:
            out.print(f"\n[dim]and {len(groups) - _MOST} more groups; --json has all[/dim]")
            break
        _show_group(out, title, where, group)
    out.print(f"\n[dim]{shown(examined_sentence(examined).removeprefix('tocsin: '))}[/dim]")


def _show_group(out: Console, title: str, where: str, group: list[Finding]) -> None:
    first = group[0]
    times = sorted(time for one in group for time in (one.first_seen, one.last_seen) if time)
    when = f"{times[0][:19]}" + (f" … {times[-1][:19]}" if times[-1] != times[0] else "") if times else ""
    many = f"{len(group)} times" if len(group) > 1 else ""
    about = " · ".join(part for part in (where, when, many, f"{first.confidence} confidence") if part)
    out.print(f"\n[{COLOUR[first.severity]}]{first.severity:<13}[/] [bold]{shown(title)}[/bold]")
    out.print(f"  {shown(about)}")
    for reason in [one for one in first.why if one.met][:3]:
        out.print(f"  [dim]why:[/dim] {shown(reason.says)}")
    for tie in first.actors[:2]:
        out.print(
            f"  [dim]consistent with[/dim] {shown(tie.name)}: {shown(tie.why)} [dim]({tie.shared_by} others too)[/dim]"
        )
    if first.next:
        out.print(f"  [dim]next:[/dim] {shown(first.next[0])}")
    place = first.evidence[0] if first.evidence else None
    if place is not None:
        out.print(f"  [dim]{shown(f'{place.file}, {place.record}')}[/dim]")


def summary(findings: Sequence[Finding]) -> str:
    """How many findings of each severity."""
    counts = Counter(one.severity for one in findings)
    parts = [f"{counts[severity]} {severity}" for severity in reversed(SEVERITIES) if counts[severity]]
    return (
        f"{len(findings)} finding{'s' if len(findings) != 1 else ''}: {', '.join(parts)}" if parts else "Nothing found."
    )
