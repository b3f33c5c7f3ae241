"""``tocsin brief``: the whole flow."""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.findings import org_option
from tocsin.cli.output import FOUND, GAPS, NOTHING, OK, document, print_json, report_faults, working


@click.command("brief", epilog="Example:  tocsin brief report.html --org org.toml --out my-brief")
@click.argument("report", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("tocsin-brief"),
    show_default=True,
    help="Folder for the brief.",
)
@click.option(
    "--case", "case_file", type=click.Path(path_type=Path), help="Print a saved case.json again; needs no catalogue."
)
@click.option("--json", "as_json", is_flag=True, help="The whole case as one JSON document.")
@click.option("--exit-code", is_flag=True, help="Exit 1 where something was found in the evidence.")
@org_option
def command(
    report: Path | None, out: Path, case_file: Path | None, as_json: bool, exit_code: bool, org_file: Path | None
) -> int:
    """Read REPORT, check its claims, say who is behind it, look into our own evidence, and write the brief.

    With --org it also says whether we deal with them, whether they are in here, where they could get in, what the law
    asks, and what to do first.

    Writes brief.html, brief.md, bundle.json (STIX 2.1), findings.jsonl and case.json.
    """
    from tocsin import spine
    from tocsin.brief import answer_text

    if (report is None) == (case_file is None):
        raise click.UsageError("give a REPORT, or --case FILE, but not both")
    if case_file is not None:
        case, files = spine.print_case(case_file, out)
    else:
        assert report is not None  # noqa: S101
        with working("reading logs") as step:
            case, files = spine.brief_report(report, out, org_file=org_file, step=step)
    if as_json:
        print_json(document("brief", {"files": [str(path) for path in files], "case": case}, case.examined))
    else:
        click.echo(answer_text(case))
        page = next((path for path in files if path.suffix == ".html"), files[0])
        click.echo(f"\nThe brief: {page}")
    code = report_faults(case.examined.left_out)
    if exit_code and case.findings:
        return FOUND
    return GAPS if code == GAPS else OK if case.claims else NOTHING
