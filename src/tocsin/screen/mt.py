"""SWIFT FIN payment messages, one at a time: MT103 (a customer's transfer) and MT202, MT202 COV, MT205 (between banks).

Read as they lie in files: one or many messages, bare, parted by ``$`` (RJE), or in the control signs of DOS-PCC. The
fields and their options are those of the SWIFT User Handbook, Category 1 and Category 2, Message Reference Guides
(https://www.swift.com/standards/mt-standards); option F is described in its guidelines for fields 50F and 59F.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tocsin.model import Fault
from tocsin.screen.payment import Payment
from tocsin.screen.query import Query

_CHUNK = 256 * 1024
_MOST = 256 * 1024  # bytes of one message; FIN allows 10,000 characters
_START = re.compile(rb"\{1:[A-Z]\d\d")
_TYPE = re.compile(r"\{2:[IO](\d{3})")
_READ = {"103", "202", "205"}
_SENDER = re.compile(r"\{1:[A-Z]\d\d([A-Z0-9]{8})[A-Z0-9]([A-Z0-9]{3})")
_RECEIVER = re.compile(r"\{2:I\d{3}([A-Z0-9]{8})[A-Z0-9]([A-Z0-9]{3})")
_FROM = re.compile(r"\{2:O\d{3}\d{10}([A-Z0-9]{8})[A-Z0-9]([A-Z0-9]{3})")
_UETR = re.compile(r"\{121:([0-9a-fA-F-]{36})\}")
_FIELD = re.compile(r"^:(\d{2}[A-Z]?):", re.MULTILINE)
_AMOUNT = re.compile(r"(\d{6})?([A-Z]{3})([\d,]+)")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_FULL_LINE = 33  # characters from which a line was full, so that the name goes on in the next

_PARTIES = {
    "50": "ordering customer",
    "51": "sending institution",
    "52": "ordering institution",
    "53": "sender's correspondent",
    "54": "receiver's correspondent",
    "55": "third reimbursement institution",
    "56": "intermediary institution",
    "57": "account with institution",
    "58": "beneficiary institution",
    "59": "beneficiary customer",
}
_TEXTS = {
    "70": "remittance text",
    "72": "sender to receiver information",
    "77B": "regulatory reporting",
    "77T": "envelope contents",
}
# Of option F, the codes of a party identifier: CODE/COUNTRY/NUMBER.
_NUMBERS = {
    "ARNU": "alien registration",
    "CCPT": "passport",
    "CUST": "customer",
    "DRLC": "driving licence",
    "EMPL": "employer",
    "NIDN": "nationalid",
    "SOSE": "social security",
    "TXID": "tax",
}


class MtFile:
    """FIN messages of a file, in bounded memory. Iterate it once; ``count`` and ``faults`` are complete after that.

    A message that is cut is used as far as it goes, and named. Messages of other types are counted in one fault.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[Payment]:
        others: dict[str, list[int]] = {}
        try:
            for line, raw in self._messages():
                text = _decoded(raw)
                kind = found[1] if (found := _TYPE.search(text)) else ""
                if kind not in _READ:
                    others.setdefault(kind, []).append(line)
                    continue
                self.count += 1
                if "-}" not in text:
                    todo = "get the file whole; what stands in it was used"
                    self._fault(f"line {line}", f"message {self.count} is cut", todo)
                yield _payment(text, self.count, line)
        except OSError as error:
            self._fault("", error.strerror or str(error), "check the path")
        for kind, lines in sorted(others.items()):
            what = f"message{'s' if len(lines) > 1 else ''} {f'of type MT{kind}' if kind else 'without a type'}"
            self._fault(f"line {lines[0]}", f"{len(lines)} {what} not read", "MT103, MT202, MT202 COV and MT205 are")
        if not self.count and not others:
            self._fault("", "no FIN message in it", "give MT103 or MT202 messages with their blocks {1:…}{2:…}{4:…}")

    def _messages(self) -> Iterator[tuple[int, bytes]]:
        """Each message with the line that it begins on."""
        held, line = b"", 1
        with self.path.open("rb") as handle:
            while chunk := handle.read(_CHUNK):
                held += chunk
                starts = [found.start() for found in _START.finditer(held)]
                if not starts and len(held) > _MOST:
                    self._fault(f"line {line}", "no FIN message begins here", "take out what is not a message")
                    return
                for start, end in pairwise(starts):
                    yield line + held.count(b"\n", 0, start), held[start:end]
                if len(starts) > 1:
                    line += held.count(b"\n", 0, starts[-1])
                    held = held[starts[-1] :]
                if len(held) > _MOST and starts:
                    self._fault(
                        f"line {line}", f"a message of more than {_MOST // 1024} KB", "FIN allows 10,000 characters"
                    )
                    return
        if found := _START.search(held):
            yield line + held.count(b"\n", 0, found.start()), held[found.start() :]

    def _fault(self, place: str, why: str, todo: str) -> None:
        self.faults.append(Fault(file=str(self.path), place=place, why=why, todo=todo))


def is_mt(head: bytes) -> bool:
    """Whether a file begins with a FIN message; ``head`` is its first bytes."""
    return _START.search(head[:200]) is not None


def _decoded(raw: bytes) -> str:
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _payment(text: str, number: int, line: int) -> Payment:
    fields = list(_fields(text))
    first: dict[str, str] = {}
    for tag, value in fields:
        first.setdefault(tag, value)
    parties: list[tuple[str, Query]] = []
    texts: dict[str, list[str]] = {}
    covered = False  # sequence B of an MT202 COV repeats the fields for the customers' transfer that it covers
    for tag, value in fields:
        covered = covered or (tag[:2] == "50" and bool({"58A", "58D"} & first.keys()))
        if tag[:2] in _PARTIES:
            who = f"underlying {_PARTIES[tag[:2]]}" if covered else _PARTIES[tag[:2]]
            parties.append((who, _party(tag, value)))
        elif field := _TEXTS.get(tag) or _TEXTS.get(tag[:2] if tag[:2] in ("70", "72") else ""):
            texts.setdefault(field, []).append(_joined(value))
    for word, pattern in (("sender", _SENDER), ("receiver", _RECEIVER), ("sender", _FROM)):
        if found := pattern.search(text):
            parties.append((word, Query(bic=_bic(found))))
    amount = _AMOUNT.search(first.get("32A", first.get("32B", "")).replace("\n", ""))
    return Payment(
        number=number,
        line=line,
        message=first.get("20", "").strip(),
        created=_day(amount[1]) if amount and amount[1] else "",
        end_to_end=first.get("21", "").strip(),
        uetr=found[1] if (found := _UETR.search(text)) else "",
        amount=amount[3].replace(",", ".").rstrip(".") if amount else "",
        currency=amount[2] if amount else "",
        parties=tuple(dict.fromkeys(one for one in parties if any(one[1]))),
        texts=tuple((field, " ".join(lines)) for field, lines in texts.items()),
    )


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The fields of block 4, in order: tag and value, lines kept."""
    _, _, block = text.partition("{4:")
    block = block.partition("\n-}")[0].partition("-}")[0]
    tags = list(_FIELD.finditer(block))
    ends = [*(tag.start() for tag in tags[1:]), len(block)]
    for tag, end in zip(tags, ends, strict=False):
        yield tag[1], block[tag.end() : end].strip("\n")


def _party(tag: str, value: str) -> Query:
    option = tag[2:]
    lines = [line.strip() for line in value.split("\n") if line.strip()]
    if option == "F" and any(re.match(r"[1-8]/", line) for line in lines):
        return _party_f(lines)
    account = ""
    while lines and lines[0].startswith("/"):
        account = account or re.sub(r"^/(?:[A-Z]/)?", "", lines.pop(0)).lstrip("/")
    if option in ("A", "G") and lines and _BIC.fullmatch(lines[0]):
        return Query(bic=lines[0], name=" ".join(lines[1:2]))
    if not lines:
        return Query(identifiers=(account,) if account else ())
    name, rest = lines[0], lines[1:]
    # a name that fills its line goes on in the next, or the address begins there: nobody but the sender knows
    longer = (f"{name} {rest[0]}",) if rest and len(name) >= _FULL_LINE else ()
    return Query(name=name, aliases=longer, address=", ".join(rest), identifiers=(account,) if account else ())


def _party_f(lines: list[str]) -> Query:
    """Option F: ``1/`` name, ``2/`` street, ``3/`` country and town, ``4/`` born, ``5/`` where, ``6/`` and ``7/``
    numbers, ``8/`` what has no room in the line of an identifier."""
    said: dict[str, list[str]] = {}
    numbers: list[str] = []
    for line in lines:
        found = re.match(r"([1-8])/(.*)", line)
        if found:
            said.setdefault(found[1], []).append(found[2].strip())
        elif found := re.match(r"([A-Z]{4})/([A-Z]{2})/(.+)", line):
            numbers.append(f"{_NUMBERS.get(found[1], found[1].lower())}/{found[2]}:{found[3].rpartition('/')[2]}")
        elif line.startswith("/"):
            numbers.append(line.lstrip("/"))
    for key, kind in (("6", "customer"), ("7", "nationalid")):
        numbers += [f"{kind}/{one[:2]}:{one.rpartition('/')[2]}" for one in said.get(key, ())]
    places = [one.split("/", 1) for one in said.get("3", ())]
    towns = [one[1] for one in places if len(one) > 1]
    born = _digits_day("".join(said.get("4", ())))
    return Query(
        name=" ".join(said.get("1", ())),
        country=places[0][0] if places else "",
        born=born,
        address=", ".join((*said.get("2", ()), *towns)),
        identifiers=tuple(numbers),
    )


def _joined(value: str) -> str:
    """The lines of a text as one; ``//`` marks a line that goes on."""
    return " ".join(line.removeprefix("//").strip() for line in value.split("\n") if line.strip())


def _bic(found: re.Match[str]) -> str:
    office = found[2]
    return found[1] if office == "X" * len(office) else found[1] + office  # nothing but X: the head office


def _day(digits: str) -> str:
    """YYMMDD as a date; SWIFT's years 80 to 99 are of the last century."""
    century = "19" if int(digits[:2]) >= 80 else "20"
    return f"{century}{digits[:2]}-{digits[2:4]}-{digits[4:]}"


def _digits_day(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if re.fullmatch(r"\d{8}", digits) else ""
