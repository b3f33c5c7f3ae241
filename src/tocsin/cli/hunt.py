"""``tocsin hunt``: what is unlike the usual, or in touch with what the authorities publish."""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.findings import Printing, org_of, org_option, paths_given, print_findings, printing_options
from tocsin.cli.output import working


@click.command("hunt", epilog="Example:  tocsin hunt logs/conn.log --org org.toml")
@click.argument("logs", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--address-kinds",
    type=click.Path(path_type=Path),
    help="CSV of address ranges and their kinds (prefix, asn, kind, as_of).",
)
@org_option
@printing_options
def command(
    logs: tuple[Path, ...],
    address_kinds: Path | None,
    org_file: Path | None,
    as_json: bool,
    jsonl: bool,
    examined_file: Path | None,
    exit_code: bool,
) -> int:
    """Hunt over LOGS: access from residential ranges to VPN and mail assets; contact with published addresses."""
    from tocsin import spine

    org = org_of(org_file)
    paths = paths_given(logs, org.evidence.logs if org else (), "LOGS")
    with working("reading logs") as step:
        found = spine.hunt_logs(paths, org=org, address_kinds=address_kinds, step=step)
    return print_findings(Printing("hunt", as_json, jsonl, examined_file, exit_code), found.findings, found.examined)
