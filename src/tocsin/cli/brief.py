"""``tocsin brief``: the whole flow."""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.output import GAPS, NOTHING, OK, document, print_json, report_faults


@click.command("brief", epilog="Example:  tocsin brief report.html --out my-brief")
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
def command(report: Path | None, out: Path, case_file: Path | None, as_json: bool) -> int:
    """Read REPORT, check its claims, say who is behind it, and write the brief.

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
        case, files = spine.brief_report(report, out)
    if as_json:
        print_json(document("brief", {"files": [str(path) for path in files], "case": case}, case.examined))
    else:
        click.echo(answer_text(case))
        page = next((path for path in files if path.suffix == ".html"), files[0])
        click.echo(f"\nThe brief: {page}")
    code = report_faults(case.examined.left_out)
    return GAPS if code == GAPS else OK if case.claims else NOTHING
