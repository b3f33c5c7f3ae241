"""``tocsin audit-log``: the chained log of decisions and proofs, listed, exported, checked."""

from __future__ import annotations

import datetime
import itertools
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from tocsin.cli.output import (
    FOUND,
    NOTHING,
    OK,
    console,
    document,
    inert,
    print_json,
    report_faults,
    shown,
)
from tocsin.model import Entry, Examined

_MOST = 40  # entries on a terminal, the newest; --jsonl has all


def _moment(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        try:
            datetime.datetime.fromisoformat(value)
        except ValueError as error:
            raise click.BadParameter(f"{value} is neither a day nor a time; write YYYY-MM-DD") from error
    return value


@click.group("audit-log", epilog="Example:  tocsin audit-log verify")
def command() -> None:
    """Decisions and proofs of screening: a log whose entries chain by hash, so that a change is noticed."""


@command.command("verify", epilog="Example:  tocsin audit-log verify decisions-2026.jsonl")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--head", help="A last hash that was noted elsewhere: the log must still contain it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--exit-code", is_flag=True, help="Exit 1, not 4, where damage was found.")
def verify(file: Path | None, head: str | None, as_json: bool, exit_code: bool) -> int:
    """Whether no entry of the log, or of an exported FILE, was changed, removed, put in or moved.

    Each damaged entry is named on stderr, and the exit code is then 4. Note the last hash outside of this machine:
    whoever may write here could make the whole log anew, and only a noted hash (--head) tells.
    """
    from tocsin.store.cases import CaseDatabase, check_file

    if file is not None:
        found = check_file(file, head)
    else:
        with CaseDatabase() as database:
            found = database.check(head)
    if as_json:
        body = {name: getattr(found, name) for name in ("entries", "intact", "first", "last", "head")}
        print_json(document("audit-log", body, Examined(left_out=tuple(found.faults))))
    elif not found.entries:
        click.echo("no entry yet")
    elif not found.faults:
        out = console()
        before = f"; what came before entry {found.first} is not in this file" if found.first > 1 else ""
        out.print(f"{found.entries:,} entries, {found.first} to {found.last}: whole{before}.")
        out.print(f"Note the last hash elsewhere: {found.head}", soft_wrap=True)
    code = report_faults(found.faults)
    if code != OK:
        return FOUND if exit_code else code
    return OK if found.entries else NOTHING


@command.command("list", epilog="Example:  tocsin audit-log list --since 2026-11-01")
@click.option("--subject", help="Only about this finding or alert.")
@click.option("--since", callback=_moment, help="Only since this day or time (UTC).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line.")
def listing(subject: str | None, since: str | None, as_json: bool, jsonl: bool) -> int:
    """The entries of the log, by number."""
    from tocsin.store.cases import CaseDatabase

    if as_json and jsonl:
        raise click.UsageError("give --json or --jsonl")
    with CaseDatabase() as database:
        entries = database.entries(since, subject=subject)
        first = next(entries, None)
        if first is not None:
            entries = itertools.chain([first], entries)
        if jsonl:
            for one in entries:
                print_json(one, lines=True)
        elif as_json:
            body: dict[str, Any] = {"entries": list(entries)}
            print_json(document("audit-log", body, Examined(left_out=tuple(database.faults))))
        else:
            _show(entries)
        code = report_faults(database.faults)
    return code if code != OK or first is not None else NOTHING


@command.command("export", epilog="Example:  tocsin audit-log export --out decisions-2026.jsonl --since 2026-01-01")
@click.option("--out", "file", required=True, type=click.Path(path_type=Path), help="The new file.")
@click.option("--since", callback=_moment, help="From this day or time on (UTC).")
@click.option("--until", callback=_moment, help="Up to this day, or this time (UTC).")
def export(file: Path, since: str | None, until: str | None) -> int:
    """Write entries as JSON lines, which "audit-log verify FILE" and a few lines of any language can check."""
    from tocsin.store.cases import CaseDatabase, write_export

    with CaseDatabase() as database:
        count = write_export(file, database.export(since, until))
        click.echo(f"{count:,} entries in {inert(str(file))}")
        code = report_faults(database.faults)
    return code if code != OK or count else NOTHING


def _show(entries: Iterator[Entry]) -> None:
    older, newest = 0, deque[Entry]()
    for one in entries:
        newest.append(one)
        if len(newest) > _MOST:
            newest.popleft()
            older += 1
    out = console()
    if older:
        out.print(f"[dim]{older:,} older entries; --jsonl has all[/dim]")
    for one in newest:
        out.print(f"[dim]{one.number:>6}  {one.at}  {shown(one.by)}[/dim]")
        if one.disposition is not None:
            word = one.disposition
            ends = f" until {word.until}" if word.until else ""
            out.print(f"        {shown(word.subject)} [bold]{word.word}[/bold]{ends}, owner {shown(word.owner)}")
            out.print(f"        {shown(word.reason)}")
        elif one.proof is not None:
            proof = one.proof
            found = f"{proof.rows:,} asked, {proof.alerts:,} to hold and check, {proof.reviews:,} to review"
            out.print(f"        screened {shown(proof.asked)}: {found}")
