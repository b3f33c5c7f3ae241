"""The command line: one module a command, loaded when it is called."""

from __future__ import annotations

import io
import sys

import click

from tocsin import __version__
from tocsin.cli.lazy import LazyGroup
from tocsin.cli.output import report_error
from tocsin.model import TocsinError

_COMMANDS = {
    "brief": "The whole flow: read, verify, look into our evidence; write the brief.",
    "read": "What a report says: names, techniques, indicators, claims.",
    "verify": "Whether what a report claims is true.",
    "who": "Who is behind a name, and what they do.",
    "screen": "Do we deal with them? Names, counterparties, payments.",
    "detect": "Are they in here? Sigma rules over logs.",
    "hunt": "Are they in here? Hunts over logs.",
    "audit": "Could they get in? The perimeter and the accounts.",
    "coverage": "Could we see them? A technique at a time.",
    "risk": "What first, and by when? The register and what the law asks.",
    "accept": "A person's word on a finding or an alert, kept in the log.",
    "audit-log": "The chained log of decisions: list, export, verify.",
    "lists": "One party on all lists; parties beside authorities, with dates.",
    "sync": "Take official lists and catalogues into use.",
    "schema": "The JSON Schema of a document.",
}


@click.group(
    cls=LazyGroup, lazy=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80}
)
@click.version_option(__version__, prog_name="tocsin")
@click.option("--debug", is_flag=True, help="Show a traceback where something goes wrong.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Is the report true? Who is behind it? What follows?

    \b
    Example:
      tocsin brief report.txt --out my-brief
    """
    ctx.obj = {"debug": debug}


def main() -> None:
    """Entry point. Errors are one line on stderr; exit codes are those of the contract."""
    debug = "--debug" in sys.argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that lacks a letter shows its number
            stream.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        click.echo(f"tocsin: {error.format_message().rstrip('.')}; see tocsin --help", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("tocsin: stopped; nothing half-written is left", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except TocsinError as error:
        if debug:
            raise
        report_error(error)
        sys.exit(2)
    except Exception as error:
        if debug:
            raise
        click.echo(f"tocsin: {type(error).__name__}: {error}; run again with --debug and report it", err=True)
        sys.exit(2)
