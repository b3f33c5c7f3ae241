"""``tocsin lists``: what is in the lists that are held."""

from __future__ import annotations

import click

from tocsin.cli.lazy import LazyGroup

_COMMANDS = {
    "show": "One party across all authorities.",
    "compare": "Parties beside authorities, with dates.",
}


@click.group("lists", cls=LazyGroup, lazy=_COMMANDS, prefix="lists_", epilog="Example:  tocsin lists compare EU-CYB")
def command() -> None:
    """What is in the lists that are held: one party, the authorities beside one another."""
