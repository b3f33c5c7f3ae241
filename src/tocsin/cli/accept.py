"""``tocsin accept``: a person's word on findings and alerts, in the chained log."""

from __future__ import annotations

import datetime
import re
from typing import Any, get_args

import click

from tocsin.cli.output import OK, console, document, print_json, shown
from tocsin.model import Disposition, Examined, Word

# Ids of findings and alerts, and of rows of the risk register: a word of a reason left without quotes is neither.
_ID = re.compile(r"[0-9a-f]{16}|risk:[0-9a-f]{12}")


def _ids(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if not _ID.fullmatch(value):
            raise click.BadParameter(f"{value} is not the id of a finding, an alert or a risk")
    return tuple(dict.fromkeys(values))


def _last_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is not a date; write YYYY-MM-DD") from error
    if day < datetime.datetime.now(datetime.UTC).date():
        raise click.BadParameter(f"{value} is past")
    return day.isoformat()


@click.command(
    "accept",
    epilog='Example:  tocsin accept 0f3c5a77d2b1e864 --as dismissed --owner "A. Roe" --reason "other birth date"',
)
@click.argument("findings", metavar="FINDING...", nargs=-1, required=True, callback=_ids)
@click.option(
    "--as", "word", type=click.Choice(get_args(Word)), default="accepted", show_default=True, help="What it is."
)
@click.option("--reason", required=True, help="Why.")
@click.option("--owner", required=True, help="Who answers for it.")
@click.option("--until", callback=_last_day, help="The last day on which it holds (YYYY-MM-DD); default for ever.")
@click.option("--record", help="Hash of the listed party's record; a change of the record ends the word.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(
    findings: tuple[str, ...],
    word: Word,
    reason: str,
    owner: str,
    until: str | None,
    record: str | None,
    as_json: bool,
) -> int:
    """Write what a person decided about FINDING into the log of decisions.

    A finding or alert is confirmed, dismissed, escalated or accepted, for ever, until a day, or until the record of
    the listed party changes. Entries are never changed: a later word on the same finding takes its place.
    """
    from tocsin.store.cases import CaseDatabase, account, now

    words = [
        Disposition(subject=one, word=word, reason=reason, owner=owner, until=until, record=record) for one in findings
    ]
    with CaseDatabase() as database:
        entries = database.decide_all(words, by=account(), at=now())
    if as_json:
        body: dict[str, Any] = {"entries": entries}
        print_json(document("accept", body, Examined()))
        return OK
    out = console()
    for number, one in ((entry.number, entry.disposition) for entry in entries):
        assert one is not None  # noqa: S101
        ends = f" until {one.until}" if one.until else ""
        out.print(f"{shown(one.subject)} {one.word}{ends}, owner {shown(one.owner)}  [dim]entry {number}[/dim]")
    return OK
