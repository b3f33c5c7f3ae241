"""What commands share in printing: documents, faults, exit codes, a console of at most 80 columns."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click
import msgspec

from tocsin import __version__
from tocsin.model import Examined, Fault, TocsinError, to_json

if TYPE_CHECKING:
    from rich.console import Console

OK, FOUND, USAGE, NOTHING, GAPS = 0, 1, 2, 3, 4
COLOURS = {"corroborated": "green", "contradicted": "bold red", "partly": "yellow", "unknown": "cyan"}
SIGNS = {"corroborated": "✓", "contradicted": "✗", "partly": "◐", "unknown": "?"}


def document(command: str, body: dict[str, Any], examined: Examined) -> dict[str, Any]:
    """A document of the contract: opens with schema and version, ends with what was examined."""
    return {
        "schema": f"tocsin/{command}/1",
        "tocsin": __version__,
        **msgspec.to_builtins(body),
        "examined": msgspec.to_builtins(examined),
    }


def print_json(value: Any, *, lines: bool = False) -> None:
    """One document on stdout: indented, or one line."""
    click.echo(to_json(value, indent=0 if lines else 2))


def shown(text: str) -> str:
    """Text of others for the console, inert: no markup of ours in it, no control or direction-changing characters."""
    from rich.markup import escape

    return escape(inert(text))


def inert(text: str) -> str:
    """As ``shown``, for stderr, which has no markup."""
    from tocsin.names import clean  # not for --help

    return clean(text)


def report_error(error: TocsinError) -> None:
    """One error, one line on stderr."""
    click.echo(inert(error.fault.line()), err=True)


def report_faults(faults: Iterable[Fault]) -> int:
    """A line on stderr for each thing left out; returns the exit code that says so."""
    code = OK
    for fault in faults:
        click.echo(inert(fault.line()), err=True)
        code = GAPS
    return code


def examined_sentence(examined: Examined) -> str:
    """What was examined in one sentence, for stderr."""
    lists = ", ".join(f"{held.id} as of {held.as_of}" for held in examined.lists[:8])
    more = f" and {len(examined.lists) - 8} more" if len(examined.lists) > 8 else ""
    left = f"; {len(examined.left_out)} left out" if examined.left_out else ""
    return f"tocsin: examined {lists}{more}{left}"


def console() -> Console:
    """A console on stdout: colour only on a terminal, never wider than 80 columns."""
    from rich.console import Console

    return Console(width=min(80, Console().width) if sys.stdout.isatty() else 80, highlight=False, emoji=False)


@contextlib.contextmanager
def working(what: str, unit: str = "records") -> Iterator[Callable[[int], None]]:
    """A line on stderr that says how far long work has come, on a terminal only, and only when it takes longer than a
    second. Gives a function that is told the number reached so far."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed:,}"), TimeElapsedColumn()
    began = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=False) as progress:
        task = progress.add_task(f"{what}, {unit}:", total=None, visible=False)
        yield lambda done: progress.update(task, completed=done, visible=time.monotonic() - began > 1)
