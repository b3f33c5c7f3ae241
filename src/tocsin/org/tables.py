"""The organisation's own tables as CSV: columns known by common other names, or mapped in ``org.toml``.

Read row by row in bounded memory; a row that is out of shape is used as far as it goes and named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from tocsin.model import Fault, InputRead, TocsinError

MAX_LINE = 1024 * 1024  # characters; no honest row of such a table comes near
_SAMPLE = 64 * 1024

# A kind of table: our word for a column, and the other names it goes by (compared without case, spaces and signs).
COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "counterparties": {
        "id": ("number", "customer", "customerid", "supplierid", "vendorid", "accountid", "reference", "nr", "no"),
        "name": (
            "fullname",
            "counterparty",
            "company",
            "companyname",
            "legalname",
            "entityname",
            "customername",
            "suppliername",
            "vendorname",
            "beneficiary",
            "firma",
            "firmenname",
            "nom",
            "raisonsociale",
            "名称",
        ),
        "type": ("kind", "entitytype", "partytype", "schema", "category"),
        "country": ("countrycode", "nationality", "jurisdiction", "land", "pays", "ctry"),
        "born": ("dob", "birthdate", "dateofbirth", "incorporated", "founded"),
        "address": ("street", "fulladdress", "adresse", "postaladdress", "city"),
        "registration": (
            "registrationnumber",
            "regno",
            "companynumber",
            "uscc",
            "crn",
            "taxid",
            "tax",
            "vat",
            "vatnumber",
            "identifier",
            "idnumber",
            "passport",
            "nationalid",
            "inn",
        ),
        "lei": ("leicode",),
        "bic": ("swift", "swiftcode", "swiftbic"),
        "email": ("mail", "emailaddress"),
        "website": ("domain", "url", "homepage", "web"),
        "phone": ("telephone", "tel", "phonenumber"),
        "alias": ("aka", "othername", "othernames", "tradingname", "dba"),
    },
    "inventory": {
        "asset": ("name", "host", "hostname", "device", "system", "id", "assetid", "assetname", "ci"),
        "address": ("ip", "ipaddress", "publicip", "url", "fqdn"),
        "vendor": ("manufacturer", "make", "hersteller"),
        "product": ("model", "software", "productname", "type", "appliance", "produkt"),
        "version": ("firmware", "firmwareversion", "softwareversion", "build", "release", "banner", "osversion"),
        "exposed": ("internetfacing", "public", "external", "exposure", "internet", "reachable"),
        "role": ("function", "service", "purpose", "use"),
        "owner": ("team", "responsible", "contact"),
        "management": ("managementexposed", "admininterface", "mgmt", "managementinterface"),
        "checked": ("lastseen", "asof", "scanned", "date", "updated"),
    },
    "identities": {
        "account": ("user", "username", "upn", "userprincipalname", "login", "samaccountname", "name", "id", "email"),
        "display": ("displayname", "fullname", "realname"),
        "enabled": ("accountenabled", "active", "status", "state"),
        "type": ("usertype", "kind", "accounttype"),
        "groups": ("group", "roles", "role", "memberof", "membership", "directoryroles", "adminroles"),
        "methods": (
            "mfamethods",
            "authenticationmethods",
            "methodsregistered",
            "mfa",
            "authmethods",
            "factors",
            "allowedmethods",
        ),
        "created": ("createddate", "whencreated", "createddatetime"),
        "last_seen": ("lastsignin", "lastlogon", "lastlogin", "lastsignindatetime"),
    },
    "address_kinds": {
        "prefix": ("network", "cidr", "range", "subnet"),
        "asn": ("as", "asnumber", "origin"),
        "kind": ("type", "category", "usage", "usagetype"),
        "as_of": ("date", "asof", "updated"),
    },
}
NEEDED: dict[str, tuple[str, ...]] = {
    "counterparties": ("name",),
    "inventory": ("asset",),
    "identities": ("account", "methods"),
    "address_kinds": ("prefix", "kind"),
}


class Row(NamedTuple):
    """A row: its line in the file (the header is line 1), our columns, and the row as it stands there."""

    line: int
    values: dict[str, str]
    raw: dict[str, str]


class Table:
    """An open table. Iterate it once; ``count`` and ``faults`` are complete after that."""

    def __init__(self, path: Path, kind: str, columns: Mapping[str, str] | None = None) -> None:
        self.path = path
        self.kind = kind
        self.count = 0
        self.faults: list[Fault] = []
        self._mapped = dict(columns or {})
        self._encoding, self._delimiter = _dialect(path)
        self._handle = path.open(encoding=self._encoding, newline="", errors="replace")
        try:
            self._reader = csv.reader(_lines(self._handle), delimiter=self._delimiter, strict=True)
            self.header = [cell.strip() for cell in next(self._reader, [])]
            self.columns = self._columns()
        except (csv.Error, TocsinError, OSError) as error:
            self._handle.close()
            if isinstance(error, TocsinError):
                raise
            raise TocsinError(str(path), "line 1", f"not a CSV file: {error}", "export it as CSV, UTF-8") from error

    @property
    def read(self) -> InputRead:
        """What was read of it."""
        return InputRead(path=str(self.path), kind=self.kind, records=self.count)

    def __iter__(self) -> Iterator[Row]:
        with self._handle:
            try:
                for cells in self._reader:
                    if any(cell.strip() for cell in cells):
                        yield self._row(cells)
            except (csv.Error, TocsinError) as error:
                place = f"line {self._reader.line_num}"
                why = error.fault.why if isinstance(error, TocsinError) else str(error)
                todo = "mend that line; the rows above it were used"
                self.faults.append(
                    Fault(file=str(self.path), place=place, why=f"not readable further: {why}", todo=todo)
                )

    def _row(self, cells: list[str]) -> Row:
        self.count += 1
        line = self._reader.line_num
        if len(cells) != len(self.header):
            why = f"{len(cells)} cells where the header has {len(self.header)}"
            todo = "quote cells that hold the delimiter; the row was used as far as it goes"
            self.faults.append(Fault(file=str(self.path), place=f"line {line}", why=why, todo=todo))
        raw = {name: cell.strip() for name, cell in zip(self.header, cells, strict=False)}
        values = {ours: cells[at].strip() for ours, at in self.columns.items() if at < len(cells)}
        return Row(line, values, raw)

    def _columns(self) -> dict[str, int]:
        """Where each of our columns stands. Raises TocsinError where one that is needed is not there."""
        places: dict[str, int] = {}
        for at, title in enumerate(self.header):
            places.setdefault(_plain(title), at)
        found: dict[str, int] = {}
        for ours, theirs in self._mapped.items():
            if _plain(theirs) not in places:
                self._lacks(f"no column {theirs!r}, to which {ours} is mapped")
            found[ours] = places[_plain(theirs)]
        taken = set(found.values())
        for ours, others in COLUMNS[self.kind].items():
            names = (_plain(ours), *others)
            free = [places[name] for name in names if name in places and places[name] not in taken]
            if ours not in found and free:
                found[ours] = free[0]
                taken.add(free[0])
        lacking = [ours for ours in NEEDED[self.kind] if ours not in found]
        if lacking:
            self._lacks(f"no column for {' and '.join(lacking)}")
        return found

    def _lacks(self, why: str) -> None:
        there = ", ".join(self.header[:12]) or "nothing"
        todo = f'name it in org.toml: [columns.{self.kind}] {NEEDED[self.kind][0]} = "their word"'
        raise TocsinError(str(self.path), "line 1", f"{why}; the header has {there}", todo)


def open_table(path: Path, kind: str, columns: Mapping[str, str] | None = None) -> Table:
    """Open a table of a kind in ``COLUMNS``; ``columns`` maps our words to theirs.

    Raises TocsinError where the file cannot be read or lacks a column that is needed.
    """
    try:
        return Table(path, kind, columns)
    except OSError as error:
        raise TocsinError(str(path), "", error.strerror or str(error), "check the path") from error


def _plain(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())


def _dialect(path: Path) -> tuple[str, str]:
    """The encoding and the delimiter: by byte order mark, else UTF-8 where it is that, else Windows-1252."""
    with path.open("rb") as handle:
        sample = handle.read(_SAMPLE)
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        try:
            sample.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:  # else a character cut at the sample's end
                encoding = "cp1252"
    head = sample.decode(encoding, errors="replace").partition("\n")[0]
    counts = {sign: head.count(sign) for sign in ",;\t|"}
    return encoding, max(counts, key=lambda sign: counts[sign])


def _lines(handle: IO[str]) -> Iterator[str]:
    while line := handle.readline(MAX_LINE):
        if len(line) == MAX_LINE and not line.endswith("\n"):
            raise TocsinError(handle.name, "", f"a line of more than {MAX_LINE:,} characters", "export it anew")
        yield line
