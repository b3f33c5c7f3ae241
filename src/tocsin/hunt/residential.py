"""Hunt 1: who comes to the VPN and the mail from residential ranges, as through a relay of hijacked home routers?

After the joint advisory on covert networks of compromised devices: know what is usual at the edge and look at what is
not, since lists of relays are stale when they are printed
(https://www.cyber.gov.au/about-us/view-all-content/alerts-and-advisories/defending-against-china-nexus-covert-networks-of-compromised-devices).
"""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.hunt.addresses import Prefixes, address_of, network_of
from tocsin.hunt.kept import Room
from tocsin.hunt.kinds import RESIDENTIAL, AddressKind, AddressKinds
from tocsin.hunt.residential_score import Surroundings, Visits, finding_of, is_usual
from tocsin.hunt.zeek import ESTABLISHED, established, number
from tocsin.logs import events_of
from tocsin.model import Asset, Fault, Finding, Organisation

ROLES = ("vpn", "mail")
SMTP = "25"  # mail servers deliver to one another there; who signs in uses another port
LOGGED_ON, FAILED = "4624", "4625"  # events of the Security log of Windows
REMOTE = ("3", "10")  # logon types: over the network, and remote desktop

_PLACE = "hunt residential"
_STATES = pa.array(sorted(ESTABLISHED))
# What is kept of a record as evidence
_CONNECTION = tuple(
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state".split()
)
_SIGN_IN = tuple("EventID LogonType IpAddress IpPort TargetUserName TargetDomainName WorkstationName Status".split())


class Residential:
    """One finding a residential source and a VPN or mail asset. A source is an address, of IPv6 its /64.

    Memory: one record of counts a pair of source and asset, and the evidence (see ``kept``).
    """

    name = "residential"

    def __init__(self, organisation: Organisation, kinds: AddressKinds | None) -> None:
        self._organisation = organisation
        self._kinds = kinds
        assets = [one for one in organisation.assets if one.role in ROLES]
        self._assets = Prefixes((network_of(block), one) for one in assets for block in one.addresses)
        self._looks = kinds is not None and bool(assets)
        self._visits: dict[tuple[str, str], Visits] = {}
        self._around = Surroundings()
        self._room = Room()
        self._asset_at: dict[str, Asset | None] = {}
        self.faults = _faults(kinds, assets)
        self.notes: list[str] = []

    def feed(self, batch: pa.RecordBatch) -> None:
        """Look at connections (Zeek conn) and at sign-ins (Windows 4624, 4625) from the network."""
        if self._looks:
            self._connections(batch)
            self._sign_ins(batch)

    def findings(self) -> list[Finding]:
        """Sources that are not plainly usual, those with the highest score first."""
        usual = 0
        reached: dict[str, set[str]] = defaultdict(set)
        for (source, asset), visits in self._visits.items():
            if visits.accesses:
                reached[source].add(asset)
        found = []
        for (source, _), visits in self._visits.items():
            if not visits.accesses:
                continue
            if is_usual(visits, self._around):
                usual += 1
            else:
                found.append((visits, tuple(sorted(reached[source]))))
        if usual:
            self.notes = [
                "residential sources that came on several days at usual hours, as people who work at home do, and are "
                f"not reported: {usual:,}"
            ]
        scored = [finding_of(visits, assets, self._around, usual) for visits, assets in found]
        return [finding for _, finding in sorted(scored, key=lambda one: (-one[0], one[1].first_seen or "", one[1].id))]

    def _connections(self, batch: pa.RecordBatch) -> None:
        if not _has(batch, "id.orig_h", "id.resp_h", "conn_state"):
            return
        rows = batch.filter(_each(batch.column("id.resp_h"), lambda text: self._asset(text) is not None))
        if not rows.num_rows:
            return
        self._around.add(rows.filter(pc.is_in(rows.column("conn_state"), value_set=_STATES)).column("_time"))
        rows = rows.filter(_each(rows.column("id.orig_h"), lambda text: self._residential(text) is not None))
        for event in events_of(rows):
            fields = event.fields
            asset = self._asset(str(fields["id.resp_h"]))
            if asset is None or not established(fields) or (asset.role == "mail" and fields.get("id.resp_p") == SMTP):
                continue
            visits = self._visits_of(str(fields["id.orig_h"]), asset)
            sent, drawn = int(number(fields.get("orig_bytes"))), int(number(fields.get("resp_bytes")))
            visits.session(event.time, number(fields.get("duration")), sent, drawn)
            self._around.size(sent + drawn)
            visits.kept.add(event, _CONNECTION, self._room)

    def _sign_ins(self, batch: pa.RecordBatch) -> None:
        if not _has(batch, "EventID", "LogonType", "IpAddress"):
            return
        wanted = pc.and_(
            pc.is_in(batch.column("EventID"), value_set=pa.array([LOGGED_ON, FAILED])),
            pc.is_in(batch.column("LogonType"), value_set=pa.array(REMOTE)),
        )
        for event in events_of(batch.filter(wanted)):
            asset = self._organisation.asset(event.host)
            source = str(event.fields.get("IpAddress", ""))
            if asset is None or asset.role not in ROLES or self._residential(source) is None:
                continue
            visits = self._visits_of(source, asset)
            if event.fields["EventID"] == FAILED:
                visits.failed += 1
                continue
            visits.sign_in(event.time, str(event.fields.get("TargetUserName", "")))
            self._around.add(pa.array([event.time], pa.timestamp("us", tz="UTC")))
            visits.kept.add(event, _SIGN_IN, self._room)

    def _asset(self, text: str) -> Asset | None:
        """The VPN or mail asset at an address; remembered, since a log has few destinations of ours."""
        if text not in self._asset_at:
            if len(self._asset_at) > 100_000:
                self._asset_at.clear()
            address = address_of(text)
            self._asset_at[text] = self._assets.get(address) if address is not None else None
        return self._asset_at[text]

    def _residential(self, text: str) -> AddressKind | None:
        """The row of the table for an address, where it is a residential one."""
        address = address_of(text)
        kind = self._kinds.get(address) if self._kinds is not None and address is not None else None
        return kind if kind is not None and kind.kind == RESIDENTIAL else None

    def _visits_of(self, text: str, asset: Asset) -> Visits:
        source = _source(text)
        key = (source, asset.name)
        if key not in self._visits:
            self._visits[key] = Visits(source, asset, self._residential(text))
        return self._visits[key]


def _faults(kinds: AddressKinds | None, assets: list[Asset]) -> list[Fault]:
    """Why the hunt cannot look, and what of its table was left out."""
    found = [] if kinds is None else list(kinds.faults)
    if kinds is None:
        why = "could not look: no table of address kinds named"
        found.append(Fault(file=_PLACE, place="", why=why, todo="name one in org.toml under [tables] address_kinds"))
    if not assets:
        why = "could not look: no asset has the role vpn or mail"
        found.append(
            Fault(file=_PLACE, place="", why=why, todo="describe them in org.toml as [[asset]] with addresses")
        )
    return found


def _has(batch: pa.RecordBatch, *names: str) -> bool:
    """Whether a batch has all these fields, each given once a record."""
    there = {field.name for field in batch.schema if pa.types.is_string(field.type)}
    return there.issuperset(names)


def _source(text: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one: hosts change the rest of it daily (RFC 8981)."""
    address = address_of(text)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)


def _each(column: pa.Array, asked: Callable[[str], bool]) -> pa.Array:
    """For each row of a column what ``asked`` says of its value, asked once for each distinct one; null is no."""
    coded = column.dictionary_encode()
    known = pa.array([value is not None and asked(value) for value in coded.dictionary.to_pylist()], pa.bool_())
    return pc.fill_null(known.take(coded.indices), False)
