"""A group of commands that loads the module of one only when that one is called, so that each pays for itself alone."""

from __future__ import annotations

import importlib
from typing import Any

import click


class LazyGroup(click.Group):
    """``lazy`` has a line of help by the name of each command, in the order in which they are shown.

    A command is the ``command`` of a module of this room: ``prefix`` and its name, with ``_`` for ``-``.
    """

    def __init__(self, *arguments: Any, lazy: dict[str, str], prefix: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._lazy = lazy
        self._prefix = prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        module = importlib.import_module(f"tocsin.cli.{self._prefix}{cmd_name.replace('-', '_')}")
        assert isinstance(module.command, click.Command)  # noqa: S101
        return module.command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lazy.items()))
