"""``tocsin risk``: what first, and by when?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tocsin.cli.findings import exit_code as contract_code
from tocsin.cli.findings import org_of, org_option
from tocsin.cli.output import console, document, print_json, shown, working
from tocsin.model import Case, read_json

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.model import Risk


@click.command("risk", epilog="Example:  tocsin risk report.html --org org.toml")
@click.argument("report", type=click.Path(path_type=Path), required=False)
@click.option("--case", "case_file", type=click.Path(path_type=Path), help="The register of a saved case.json.")
@click.option("--explain", is_flag=True, help="Show every term of every score.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--exit-code", is_flag=True, help="Exit 1 where the register has a row.")
@org_option
def command(
    report: Path | None,
    case_file: Path | None,
    explain: bool,
    as_json: bool,
    exit_code: bool,
    org_file: Path | None,
) -> int:
    """The ranked register for REPORT and an organisation, what the law asks, and what could be seen.

    Each score is likelihood times impact, and each of these a sum that --explain shows term by term.
    """
    from tocsin import spine

    if (report is None) == (case_file is None) or (report is not None and org_file is None):
        raise click.UsageError("give a REPORT and --org FILE, or --case FILE")
    if case_file is not None:
        case = read_json(case_file, Case)
    else:
        assert report is not None  # noqa: S101
        with working("reading logs") as step:
            case = spine.build_case(report, org=org_of(org_file), step=step)
    if as_json:
        body = {"risks": case.risks, "obligations": case.obligations, "coverage": case.coverage}
        print_json(document("risk", body, case.examined))
    else:
        _show(case, explain)
    return contract_code(exit_code, bool(case.risks), case.examined)


def _show(case: Case, explain: bool) -> None:
    out = console()
    if not case.risks:
        out.print("No risk arises from what was looked at.")
    for number, risk in enumerate(case.risks, 1):
        out.print(f"[bold]{number}. {risk.score:.2f}  {shown(risk.title)}[/bold]")
        out.print(f"   {shown(risk.treatment)}")
        out.print(f"   [dim]{shown(risk.owner)} · by {risk.due} · {risk.residual:.2f} remains after it[/dim]")
        if explain:
            _explain(out, risk)
    if case.obligations:
        out.print("\n[bold]What the law now asks[/bold] [dim](not legal advice)[/dim]")
    for duty in case.obligations:
        out.print(f"• {shown(duty.who)} must {shown(duty.must)}")
        to = f"[dim]to[/dim] {shown(duty.to)} " if duty.to else ""
        by = f"[dim]by[/dim] {shown(duty.by)}" if duty.by[:1].isdigit() else shown(duty.by)
        out.print(f"  {to}{by} [dim]({shown(duty.article)})[/dim]")


def _explain(out: Console, risk: Risk) -> None:
    for reason in risk.explained:
        out.print(f"   [dim]{shown(reason.name)} {reason.value}[/dim]")
        for part in reason.parts:
            out.print(f"     [dim]{part.value} × {part.weight}[/dim]  {shown(part.says)}")
