"""Entries that chain by hash: the canonical form, and what is wrong with a chain.

**The canonical form** of an entry is its JSON by RFC 8785 (JSON Canonicalization Scheme): UTF-8, no white space, keys
in sorted order, no escape that JSON does not ask for, a whole number without a point. Fields that are null are left
out, and thresholds have at most four decimals, so that Python's ``json`` and RFC 8785 write the same. ``hash`` is the
SHA-256 (64 hex digits) of the canonical form without ``hash``; ``previous`` is the hash of the entry before, 64 zeros
in the first. An export has a line an entry, in the canonical form with ``hash``. An auditor needs no more than this::

    import hashlib, json
    previous = None
    for line in open("decisions.jsonl", encoding="utf-8"):
        entry = json.loads(line)
        told = entry.pop("hash")
        text = json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(text.encode()).hexdigest() == told, entry["number"]
        assert previous in (None, entry["previous"]), entry["number"]
        previous = told

**What a whole chain proves:** between two hashes that somebody noted, no entry was changed, removed, put in or moved.
**What it does not:** whoever may write to the database and to its head file can make all entries anew, or take the last
ones away with the head file. Only a hash that was noted elsewhere (``--head``) or an export out of their reach tells.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tocsin.model import Disposition, Entry, Fault, Proof, TocsinError

GENESIS = "0" * 64  # ``previous`` of the first entry
MAX_ENTRY = 1024 * 1024  # bytes; a reason of a hundred pages is below it
_MOST = 1000  # faults told; whoever has more needs the backup, not the rest
_COMPARE = "compare with an export or a backup that is out of reach of whoever may write here"
_EXPORT = "give a file that tocsin audit-log export wrote"
_CHANGED = "its content is not what its hash is of"
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)  # JSON, but of another shape
_HASH = re.compile(r"[0-9a-f]{64}")


class Stored(NamedTuple):
    """An entry as it is kept: ``body`` is the canonical form without the hash; the other fields say what it says."""

    number: int
    previous: str
    hash: str
    kind: str
    subject: str | None
    at: str
    body: str

    def line(self) -> bytes:
        """The entry as a line of an export, without the line's end."""
        return canonical({**json.loads(self.body), "hash": self.hash})


class Link(NamedTuple):
    """What the check looks at of a kept entry. ``odd`` says what is wrong with it by itself, and is empty else."""

    place: str
    number: int
    previous: str
    hash: str
    odd: str = ""


class Checked(NamedTuple):
    """A chain that was checked: how many entries, how many of them whole, the numbers of the first and the last, the
    last hash (empty where there is no entry), and what is wrong."""

    entries: int
    intact: int
    first: int
    last: int
    head: str
    faults: list[Fault]


class Witness(NamedTuple):
    """A hash that the chain must have, since somebody noted it: where, and of which number where that is known."""

    noted: str
    hash: str
    number: int | None = None


def canonical(value: dict[str, Any]) -> bytes:
    """The canonical form of an object of text, whole numbers and short decimals. Raises UnicodeEncodeError."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def sealed(content: Disposition | Proof, *, number: int, previous: str, by: str, at: str) -> Stored:
    """The entry that says ``content``, with its hash. Raises TocsinError where it is too long or not Unicode text."""
    kind, subject = ("disposition", content.subject) if isinstance(content, Disposition) else ("proof", None)
    said = {"number": number, "at": at, "by": by, "previous": previous, kind: _plain(msgspec.to_builtins(content))}
    try:
        body = canonical(said)
    except (UnicodeEncodeError, ValueError) as error:
        raise TocsinError(kind, "", f"cannot be written: {error}", "give Unicode text and finite numbers") from error
    if len(body) > MAX_ENTRY:
        raise TocsinError(kind, "", f"{len(body):,} bytes long", f"say it in {MAX_ENTRY:,}; attach what is longer")
    return Stored(number, previous, hashlib.sha256(body).hexdigest(), kind, subject, at, body.decode())


def _plain(value: Any) -> Any:
    """Without nulls; a decimal that is whole as a whole number, as RFC 8785 writes it."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 4)
    return value


def unsealed(stored: Stored) -> Entry:
    """The noun of a kept entry. Raises ValueError where it is not what was written."""
    if odd := _odd(stored):
        raise ValueError(odd)
    try:
        return msgspec.json.decode(stored.line(), type=Entry)
    except msgspec.DecodeError as error:
        raise ValueError(f"its content is not what this tocsin writes: {error}") from error


def _odd(stored: Stored) -> str:
    """What is wrong with an entry of the database by itself."""
    try:
        said = json.loads(stored.body)
        disposition = said.get("disposition") or {}
        kind = "proof" if "proof" in said else "disposition" if disposition else ""
        told = (said["number"], said["previous"], kind, disposition.get("subject"), said["at"])
    except _UNREADABLE:
        return "its content is not an entry"
    if not _is_hash_of(stored.body.encode("utf-8", "surrogatepass"), stored.hash):
        return _CHANGED
    kept = (stored.number, stored.previous, stored.kind, stored.subject, stored.at)
    names = ("number", "previous", "kind", "subject", "at")
    odd = [name for name, one, other in zip(names, kept, told, strict=True) if one != other]
    return f"beside its content stands another {', '.join(odd)}" if odd else ""


def _is_hash_of(body: bytes, told: str) -> bool:
    return hashlib.sha256(body).hexdigest() == told


def kept_links(entries: Iterable[Stored]) -> Iterator[Link]:
    """Links of entries as the database keeps them, in the order of their numbers there."""
    for one in entries:
        yield Link(f"entry {one.number}", one.number, one.previous, one.hash, _odd(one))


def line_links(lines: Iterable[bytes]) -> Iterator[Link]:
    """Links of the lines of an export. What a damaged line says of its number counts only where that is the next."""
    last: int | None = None
    for count, raw in enumerate(lines, 1):
        line = raw.removesuffix(b"\n").removesuffix(b"\r")
        number, previous, told, odd = None, "", "", "it is not an entry"
        try:
            said = json.loads(line)
            written = canonical(said)
            told, number, previous = str(said.pop("hash")), int(said["number"]), str(said["previous"])
            odd = "" if written == line else "it is not in the canonical form"
            if not _is_hash_of(canonical(said), told):
                odd = _CHANGED
        except _UNREADABLE:
            if not line.strip():
                continue
        if number is None or (odd and last is not None):
            number = (last or 0) + 1
        last = number
        yield Link(f"line {count}, entry {number}", number, previous, told, odd)


def check(links: Iterable[Link], *, file: str, witnesses: Sequence[Witness] = (), whole: bool = True) -> Checked:
    """Follow every link; a fault for each entry that was changed, removed, put in or moved.

    ``whole``: the chain begins with entry 1, as in the database; an export may begin later.
    """
    faults: list[Fault] = []
    gaps: list[tuple[int, int]] = []  # numbers passed over, from and to
    astray: list[int] = []  # numbers met after a higher one
    unmet = {one.hash: one for one in witnesses}
    count = intact = first = last = 0
    before: Link | None = None

    def fault(place: str, why: str) -> None:
        faults.append(Fault(file=file, place=place, why=why, todo=_COMPARE))

    for one in links:
        if not count:
            first, last = one.number, 0 if whole else one.number - 1
        count += 1
        intact += not one.odd
        unmet.pop(one.hash, None)
        if one.odd:
            fault(one.place, f"changed: {one.odd}")
        if one.number <= last:
            astray.append(one.number)
            fault(one.place, f"moved or put in: it stands after entry {last}")
        else:
            if one.number > last + 1:
                gaps.append((last + 1, one.number - 1))
            elif not _follows(one, before):
                fault(f"entries {last} and {one.number}", "the second does not follow the first: one was made anew")
            last = one.number
        before = one
        if len(faults) >= _MOST:
            fault(one.place, f"{_MOST} faults: the rest was not checked")
            return Checked(count, intact, first, last, one.hash, faults)
    for gap in gaps:
        for start, end in _without(*gap, astray):
            fault(_numbers(start, end), "removed")
    for witness in unmet.values():
        if witness.number is not None and witness.number > last:
            fault(_numbers(last + 1, witness.number), f"removed from the end: {witness.noted} has the last hash")
        else:
            what = "entries were removed from the end, or all were made anew"
            fault(_numbers(last, last), f"no entry has the hash {witness.hash[:16]}… of {witness.noted}: {what}")
    return Checked(count, intact, first, last, before.hash if before else "", faults)


def _follows(one: Link, before: Link | None) -> bool:
    """Whether an entry was chained to the one before it; where one of the two is damaged, that was said already."""
    if before is None:
        return one.number > 1 or one.previous == GENESIS or bool(one.odd)
    return one.previous == before.hash or bool(one.odd or before.odd)


def _without(start: int, end: int, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The runs of numbers that are left of ``start`` to ``end`` without some."""
    for number in sorted({one for one in numbers if start <= one <= end}):
        if start < number:
            yield start, number - 1
        start = number + 1
    if start <= end:
        yield start, end


def _numbers(first: int, last: int) -> str:
    return f"entry {first}" if first == last else f"entries {first} to {last}"


def check_file(path: Path, head: str | None = None) -> Checked:
    """Check an export by itself. What came before its first entry is not in it, so that ``first`` is to be told.

    Raises TocsinError where it cannot be read, or where no line of it is a whole entry.
    """
    witnesses = [noted_elsewhere(head)] if head else []
    try:
        with path.open("rb") as stream:
            lines = iter(lambda: stream.readline(MAX_ENTRY + 256), b"")  # room for the hash and the line's end
            found = check(line_links(lines), file=str(path), witnesses=witnesses, whole=False)
    except OSError as error:
        raise TocsinError(str(path), "", error.strerror or str(error), _EXPORT) from error
    if found.entries and not found.intact:
        raise TocsinError(str(path), "", "no line of it is a whole entry of the log", _EXPORT)
    return found


def noted_elsewhere(head: str) -> Witness:
    """The hash that a person noted. Raises TocsinError where it is none."""
    noted = head.strip().lower()
    if not _HASH.fullmatch(noted):
        raise TocsinError("--head", "", "not a hash of 64 hex digits", "give the hash that audit-log verify printed")
    return Witness("--head", noted)
