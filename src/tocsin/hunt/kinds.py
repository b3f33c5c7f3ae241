"""The address-kind table: which ranges are residential, mobile, hosting or a business's, by longest prefix."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tocsin.hunt.addresses import Address, Network, Prefixes, network_of
from tocsin.model import Fault, InputRead, TocsinError
from tocsin.org import Table, open_table

RESIDENTIAL = "residential"
_MAX_FAULTS = 20  # a table of another shape has one in every row
# The words of public tables for a kind, in the order in which they decide: "business isp" is a business. "ISP" and
# "MOB" are usage types of IP2Location (https://www.ip2location.com/database/ip2location), "cellular" and "residential"
# user types of MaxMind (https://dev.maxmind.com/geoip/docs/web-services/responses).
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("hosting", frozenset("hosting dch datacenter datacentre cdn cloud vps server colo colocation vpn proxy".split())),
    ("business", frozenset("business com corporate commercial company enterprise organization org".split())),
    (RESIDENTIAL, frozenset("residential home household consumer dsl adsl vdsl cable fiber fibre ftth".split())),
    (RESIDENTIAL, frozenset("fixed fixedline broadband dialup eyeball subscriber".split())),
    ("mobile", frozenset("mobile mob cellular wireless lte 4g 5g".split())),
    (RESIDENTIAL, frozenset(["isp"])),
)
_BOTH = frozenset(["isp", "mob"])  # IP2Location's "ISP/MOB": a fixed line or a mobile one


class AddressKind(NamedTuple):
    """What a row says: the block, the kind (in our words where it is a known one), the AS and the day it was true."""

    prefix: str
    kind: str
    asn: str
    as_of: datetime.date | None


class AddressKinds:
    """A table of ranges, read whole by ``read``; ``inputs`` and ``faults`` say what of it. About 400 bytes a row."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()  # rows by kind
        self.inputs: tuple[InputRead, ...] = ()
        self.faults: list[Fault] = []
        self._prefixes: Prefixes[AddressKind] = Prefixes()

    @classmethod
    def read(cls, path: Path, columns: Mapping[str, str] | None = None) -> AddressKinds:
        """The table at ``path``; ``columns`` maps our words to theirs. One not readable is empty, with a fault."""
        kinds = cls()
        try:
            table = open_table(path, "address_kinds", columns)
            kinds._prefixes = Prefixes(kinds._rows(table))
        except TocsinError as error:
            kinds.faults.append(error.fault)
            return kinds
        kinds.inputs = (table.read,)
        kinds.faults += table.faults[:_MAX_FAULTS]
        if not kinds.count[RESIDENTIAL]:
            words = ", ".join(sorted(kinds.count)[:8]) or "none"
            todo = "write residential in the column kind for such ranges"
            kinds._fault(path, "", f"no row is of kind residential; the kinds are {words}", todo)
        return kinds

    def get(self, address: Address) -> AddressKind | None:
        """What the longest prefix says of an address, or None where no row holds it."""
        return self._prefixes.get(address)

    def _rows(self, table: Table) -> Iterator[tuple[Network, AddressKind]]:
        bad = 0
        for row in table:
            prefix = row.values.get("prefix", "")
            try:
                block = network_of(prefix)
            except ValueError:
                bad += 1
                if bad <= _MAX_FAULTS:
                    why = f"{prefix[:60]!r} is no address and no CIDR block"
                    self._fault(table.path, f"line {row.line}", why, "mend that row; it was left out")
                continue
            kind = kind_of(row.values.get("kind", ""))
            self.count[kind] += 1
            yield block, AddressKind(str(block), kind, row.values.get("asn", ""), _day(row.values.get("as_of", "")))
        if bad > _MAX_FAULTS:
            why = f"{bad - _MAX_FAULTS:,} more rows without a CIDR block"
            self._fault(table.path, "", why, "give blocks as 203.0.113.0/24; these rows were left out")

    def _fault(self, path: Path, place: str, why: str, todo: str) -> None:
        self.faults.append(Fault(file=str(path), place=place, why=why, todo=todo))


def kind_of(text: str) -> str:
    """``residential``, ``mobile``, ``hosting`` or ``business`` for the usual words of it, else the word itself."""
    words = frozenset(re.findall(r"[a-z0-9]+", text.casefold()))
    if words == _BOTH:
        return RESIDENTIAL
    return next((kind for kind, known in _WORDS if words & known), text.strip().casefold() or "unknown")


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text[:10])
    except ValueError:
        return None
