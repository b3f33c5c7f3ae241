"""A folder of evidence: its files as bytes, the same every time, and the list of what is planted in them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from making.intrusion import intrusion
from making.office import workstations
from making.partners import partners
from making.payments import ordered, pacs008, pain001, received
from making.people import DC, FILES, SQL
from making.perimeter import conn_log, dns_log, flows, ssl_log
from making.servers import servers
from making.tables import accounts, accounts_csv, appliances, inventory_csv, kev_json, kinds_csv, table
from making.windows import Expected, Made, record
from making.words import org_toml, readme

_ZIP_DATE = (2026, 3, 19, 0, 0, 0)


class Planted(NamedTuple):
    """A row of ``planted.csv``: the place of a planted record, the room that must find it, and what it must say."""

    file: str
    record: str
    room: str
    expect: str
    what: str


class Folder:
    """The files of one of the two organisations, by their path in it."""

    def __init__(self, *, planted: bool) -> None:
        self.files: dict[str, bytes] = {}
        self.planted: list[Planted] = []
        self._business(planted)
        self._windows(planted)
        self._zeek(planted)
        self._tables(planted)
        self.files["org.toml"] = org_toml()
        self.files["README.md"] = readme(planted=planted)
        if planted:
            self.files["planted.csv"] = table((Planted._fields, *self.planted))

    def write(self, path: Path) -> None:
        """Write the files under ``path``; others that are there stay."""
        for name, content in self.files.items():
            target = path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    def _business(self, planted: bool) -> None:
        rows: list[tuple[object, ...]] = [("Vendor ID", "Firma", "Entity Type", "Land", "Ort", "Reg No")]
        for line, (partner, listed) in enumerate(partners(planted=planted), start=2):
            rows.append((f"K{line * 7 + 10000}", *partner))
            if listed:
                self._plant("counterparties.csv", f"line {line}", "screen", listed.listed, listed.what)
        self.files["counterparties.csv"] = table(rows, ";")
        orders, income = ordered(planted=planted), received(planted=planted)
        for name, content, payments in (
            ("payments/orders-2026-03-16.xml", pain001(orders), orders),
            ("payments/income-2026-03-17.xml", pacs008(income), income),
        ):
            self.files[name] = content
            for number, one in enumerate(payments, start=1):
                if one.listed:
                    self._plant(name, f"transaction {number}", "screen", one.listed, one.what)

    def _windows(self, planted: bool) -> None:
        made = [*workstations(), *servers(), *(intrusion() if planted else ())]
        made.sort(key=lambda event: (event.time, event.host, event.channel, event.event))
        offices = [event for event in made if event.host.startswith("acme-ws")]
        name = "logs/workstations.jsonl.gz"
        self.files[name] = gzip.compress(self._lines(name, offices), 9, mtime=0)
        name = "logs/domain-controller.jsonl.gz"
        controller = [event for event in made if event.host == DC.host]
        self.files[name] = gzip.compress(self._lines(name, controller), 9, mtime=0)
        name, members = "logs/servers.zip", {}
        for server in (SQL, FILES):
            member = f"{server.host}.jsonl"
            members[member] = self._lines(f"{name}#{member}", [event for event in made if event.host == server.host])
        self.files[name] = _zip(members)

    def _lines(self, name: str, made: Iterable[Made]) -> bytes:
        numbers: Counter[tuple[str, str]] = Counter()
        lines = []
        for line, event in enumerate(made, start=1):
            numbers[event.host, event.channel] += 1
            entry = record(event, 20_000 + numbers[event.host, event.channel])
            lines.append(json.dumps(entry, separators=(",", ":"), ensure_ascii=False))
            self._expect(name, line, event.expected)
        return ("\n".join(lines) + "\n").encode()

    def _zeek(self, planted: bool) -> None:
        found = flows(planted=planted)
        for name, (content, expected) in (
            ("logs/zeek/conn.log", conn_log(found)),
            ("logs/zeek/ssl.log.gz", ssl_log(found)),
            ("logs/zeek/dns.log.gz", dns_log(found)),
        ):
            self.files[name] = gzip.compress(content, 9, mtime=0) if name.endswith(".gz") else content
            for line, one in expected:
                self._expect(name, line, (one,))

    def _tables(self, planted: bool) -> None:
        self.files["perimeter.csv"] = inventory_csv(planted=planted)
        self.files["accounts.csv"] = accounts_csv(planted=planted)
        self.files["tables/address-kinds.csv"] = kinds_csv()
        self.files["tables/kev.json"] = kev_json()
        if not planted:
            return
        for line, appliance in enumerate(appliances(), start=2):
            if appliance.expect:
                self._plant("perimeter.csv", f"line {line}", "audit perimeter", appliance.expect, appliance.what)
        for line, account in enumerate(accounts(planted=True), start=2):
            for expect, what in account.wrong:
                self._plant("accounts.csv", f"line {line}", "audit identity", expect, what)

    def _expect(self, name: str, line: int, expected: Iterable[Expected]) -> None:
        for one in expected:
            self._plant(name, f"line {line}", one.room, one.says, one.what)

    def _plant(self, file: str, place: str, room: str, expect: str, what: str) -> None:
        self.planted.append(Planted(file, place, room, expect, what))


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, content)
    return out.getvalue()
