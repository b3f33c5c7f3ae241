"""The head file: number and hash of the last entry, apart from the database, so that a shortened log is noticed.

It has a line ``NUMBER HASH``. A line that the log does not contain is never overwritten: who takes entries away and
writes new ones leaves the old line as a witness.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tocsin.model import Fault, TocsinError
from tocsin.store.cases.chain import Witness
from tocsin.store.home import write_whole

_LINE = re.compile(r"([1-9][0-9]{0,17}) ([0-9a-f]{64})")
_MAX = 65_536  # bytes; it has one line, or a few after the log was shortened


def witnesses(path: Path) -> tuple[list[Witness], list[Fault]]:
    """What the head file says, and a fault for each line that says nothing."""
    found, faults = [], []
    for number, line in enumerate(_lines(path), 1):
        if told := _LINE.fullmatch(line):
            found.append(Witness(path.name, told[2], int(told[1])))
        else:
            why, todo = "not the number and hash of an entry", "compare the log with an export, then delete the line"
            faults.append(Fault(file=str(path), place=f"line {number}", why=why, todo=todo))
    return found, faults


def note(path: Path, number: int, head: str, contains: Callable[[int, str], bool]) -> None:
    """Write the last entry's number and hash in place of what the log contains. Raises TocsinError."""
    now = f"{number} {head}"
    before = _lines(path)
    if now in before:
        return
    kept = []
    for line in before:
        told = _LINE.fullmatch(line)
        if told is None or not contains(int(told[1]), told[2]):
            kept.append(line)
    write_whole(path, "".join(f"{line}\n" for line in (*kept, now)).encode())


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as stream:
            return stream.read(_MAX).decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise TocsinError(str(path), "", error.strerror or str(error), "make it readable") from error
