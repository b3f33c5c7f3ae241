"""``tocsin detect``: Sigma rules over logs."""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.findings import Printing, org_of, org_option, paths_given, print_findings, printing_options
from tocsin.cli.output import working
from tocsin.model import SEVERITIES, Severity


@click.command("detect", epilog="Example:  tocsin detect logs/ --rules my-rules/ --level medium")
@click.argument("logs", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--rules", multiple=True, type=click.Path(path_type=Path), help="Folder or file of Sigma rules; may repeat."
)
@click.option("--no-pack", is_flag=True, help="Leave out the rules that come with Tocsin.")
@click.option("--level", type=click.Choice(SEVERITIES), help="Run only rules of this level and above.")
@org_option
@printing_options
def command(
    logs: tuple[Path, ...],
    rules: tuple[Path, ...],
    no_pack: bool,
    level: Severity | None,
    org_file: Path | None,
    as_json: bool,
    jsonl: bool,
    examined_file: Path | None,
    exit_code: bool,
) -> int:
    """Run Sigma rules over LOGS: Windows events (EVTX, JSON lines) and Zeek logs, also in .gz and .zip.

    A finding is consistent with what its rule describes; it is no proof of it.
    """
    from tocsin import spine

    org = org_of(org_file)
    paths = paths_given(logs, org.evidence.logs if org else (), "LOGS")
    folders = [*rules, *(org.evidence.rules if org else ())]
    with working("reading logs") as step:
        found = spine.detect_logs(paths, rules=folders, pack=not no_pack, level=level, step=step)
    return print_findings(Printing("detect", as_json, jsonl, examined_file, exit_code), found.findings, found.examined)
