"""``tocsin audit``: could they get in?"""

from __future__ import annotations

from pathlib import Path

import click

from tocsin.cli.findings import Printing, org_of, org_option, paths_given, print_findings, printing_options


@click.group("audit", epilog="Example:  tocsin audit perimeter inventory.csv")
def command() -> None:
    """Could they get in? Audits of what an organisation exports about itself."""


@command.command(
    "perimeter", epilog="Example:  tocsin audit perimeter inventory.csv --kev known_exploited_vulnerabilities.json"
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--kev", type=click.Path(path_type=Path), help="CISA's catalogue of known exploited vulnerabilities (JSON)."
)
@org_option
@printing_options
def perimeter(
    files: tuple[Path, ...],
    kev: Path | None,
    org_file: Path | None,
    as_json: bool,
    jsonl: bool,
    examined_file: Path | None,
    exit_code: bool,
) -> int:
    """VPN and mail appliances of the inventory FILES against the flaws that actors exploit."""
    from tocsin import spine

    org = org_of(org_file)
    paths = paths_given(files, org.evidence.inventory if org else (), "an inventory")
    found = spine.audit_inventory(paths, org=org, kev=kev)
    how = Printing("audit", as_json, jsonl, examined_file, exit_code)
    return print_findings(how, found.findings, found.examined)


@command.command("identity", epilog="Example:  tocsin audit identity accounts.csv --json")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@org_option
@printing_options
def identity(
    files: tuple[Path, ...],
    org_file: Path | None,
    as_json: bool,
    jsonl: bool,
    examined_file: Path | None,
    exit_code: bool,
) -> int:
    """Accounts of the identity FILES without phishing-resistant sign-in, and who is in admin groups."""
    from tocsin import spine

    org = org_of(org_file)
    paths = paths_given(files, org.evidence.identities if org else (), "an identity file")
    found, admins = spine.audit_accounts(paths, org=org)
    how = Printing("audit", as_json, jsonl, examined_file, exit_code)
    return print_findings(how, found.findings, found.examined, {"admins": admins})
