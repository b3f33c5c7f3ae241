"""``tocsin lists``: what is in the lists that are held."""

from __future__ import annotations

import importlib

import click

_COMMANDS = {
    "show": "One party across all authorities.",
    "compare": "Parties beside authorities, with dates.",
}


class _Lists(click.Group):
    """Loads the module of a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(importlib.import_module(f"tocsin.cli.lists_{cmd_name}"), "command")  # noqa: B009
        assert isinstance(command, click.Command)  # noqa: S101
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group("lists", cls=_Lists, epilog="Example:  tocsin lists compare EU-CYB")
def command() -> None:
    """What is in the lists that are held: one party, the authorities beside one another."""
