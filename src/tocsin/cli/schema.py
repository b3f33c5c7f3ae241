"""``tocsin schema``: the JSON Schema of what is written."""

from __future__ import annotations

import click

from tocsin.cli.output import OK, print_json
from tocsin.model import (
    Case,
    Claim,
    Coverage,
    Designation,
    Entry,
    Finding,
    Obligation,
    Profile,
    Report,
    Risk,
    Screened,
    Verdict,
    schema_of,
)

_KINDS = {
    "case": Case,
    "claim": Claim,
    "coverage": Coverage,
    "designation": Designation,
    "entry": Entry,
    "finding": Finding,
    "obligation": Obligation,
    "profile": Profile,
    "report": Report,
    "risk": Risk,
    "screened": Screened,
    "verdict": Verdict,
}


@click.command("schema", epilog="Example:  tocsin schema case")
@click.argument("document", type=click.Choice(sorted(_KINDS)))
def command(document: str) -> int:
    """The JSON Schema (2020-12) of DOCUMENT."""
    print_json(schema_of(_KINDS[document]))
    return OK
