"""Which versions of a product a flaw is in, as the vendor or the CVE record says: ``pack/affected.csv``.

A row is a range of versions in a branch: from ``introduced`` on, up to ``last`` or before ``fixed``, and to the end of
the branch where neither is given (no repaired version in that branch). ``branch`` is the beginning of a version (7.0,
9.1R14, 15.2.792) with a flavour where builds have a count of their own (13.1-FIPS); ``*`` holds for branches that have
no row. Sources: CVE records (https://www.cve.org) and the advisory that each row names. Bounds are text here: what
comes before what is for the reader of versions to say.
"""

from __future__ import annotations

import csv
import functools
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from tocsin.knowledge.pack import FOLDER
from tocsin.model import Fault, Record

Status = Literal["affected", "unaffected", "hotfix"]


class Affected(Record, frozen=True, kw_only=True):
    """A range of versions. ``hotfix``: affected until a repair that the version does not show. ``by``: the advisory."""

    cve: str
    product: str
    branch: str
    status: Status
    introduced: str
    last: str
    fixed: str
    by: str
    published: str
    url: str


class AffectedTable(NamedTuple):
    """The rows by product and CVE, and the rows that could not be read."""

    products: Mapping[str, Mapping[str, tuple[Affected, ...]]]
    faults: tuple[Fault, ...] = ()

    @property
    def cves(self) -> frozenset[str]:
        """The flaws that the table has versions for."""
        return frozenset(cve for flaws in self.products.values() for cve in flaws)


def load_affected(folder: Path = FOLDER) -> AffectedTable:
    """Read the table; a row that cannot be read becomes a fault. O(rows)."""
    path = folder / "affected.csv"
    found: dict[str, dict[str, tuple[Affected, ...]]] = defaultdict(dict)
    faults: list[Fault] = []
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            for number, row in enumerate(csv.DictReader(handle, strict=True), 2):
                try:
                    one = msgspec.convert(row, Affected)
                except msgspec.ValidationError as error:
                    place, why = f"line {number}", f"a row that cannot be read: {error}"
                    faults.append(Fault(file=path.name, place=place, why=why, todo="mend the table"))
                    continue
                flaws = found[one.product]
                flaws[one.cve] = (*flaws.get(one.cve, ()), one)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        todo = "reinstall tocsin; the work went on without the table"
        faults.append(Fault(file=str(path), place="", why=f"table not readable: {error}", todo=todo))
    return AffectedTable(found, tuple(faults))


@functools.cache
def affected_table() -> AffectedTable:
    """The table of the pack, read once."""
    return load_affected()
