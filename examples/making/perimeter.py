"""What a Zeek sensor at the perimeter saw: the VPN, the mail server, and what goes out.

Documentation ranges stand for Acme and its partners. 192.88.99.0/24 and 2002:c058:6301::/48, retired relay ranges that
nobody uses (RFC 7526), stand for homes, phones and hosting, since libraries take documentation ranges for private ones.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import NamedTuple

from making.chance import Chance, digest
from making.intrusion import BOTNET_ADDRESS, CONTRACTOR_DOMAIN, RELAY_DOMAIN, STAGER
from making.office import RESOLVED
from making.people import DAYS, PEOPLE, VICTIM, at, march
from making.windows import Expected

VPN, MAIL, RESOLVER = "198.51.100.10", "198.51.100.25", "10.20.0.10"
RELAYS = ("192.88.99.77", "2002:c058:6301:77::5")  # homes whose routers the intruder goes through
PARTNER_MAIL = ("203.0.113.90", "203.0.113.91", "203.0.113.92")
PHONES = ("192.88.99.101", "192.88.99.104", "192.88.99.110", "192.88.99.117")
_PUBLISHED = (RELAY_DOMAIN, CONTRACTOR_DOMAIN)
_INSIDE = frozenset(person.address for person in PEOPLE)
_CONN = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state history",
    "time string addr port addr port enum string interval count count string string",
)
_SSL = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p version cipher server_name resumed established",
    "time string addr port addr port string string string bool bool",
)


class Flow(NamedTuple):
    """A connection; ``name`` is the server name that the client gave, if it was TLS and gave one."""

    time: datetime.datetime
    source: str
    target: str
    port: int
    proto: str
    service: str
    seconds: float
    sent: int
    received: int
    name: str = ""
    expected: tuple[Expected, ...] = ()

    @property
    def uid(self) -> str:
        return "C" + digest("uid", self.time, self.source, self.target)[:17]

    @property
    def source_port(self) -> int:
        return 32768 + int(digest("port", self.time, self.source)[:4], 16) % 28000


def flows(*, planted: bool) -> list[Flow]:
    """All connections, in order of time."""
    found = [*_homes(), *_mail(), *_browsing()]
    if planted:
        found += _night_visits()
        found += _published_contacts()
    return sorted(found, key=lambda flow: (flow.time, flow.source, flow.target))


def conn_log(found: list[Flow]) -> tuple[bytes, list[tuple[int, Expected]]]:
    """``conn.log`` as Zeek writes it, and what must be found at which line."""
    lines = [_head("conn", *_CONN)]
    lines += [
        _row(
            _seconds(flow.time), flow.uid, flow.source, flow.source_port, flow.target, flow.port, flow.proto,
            flow.service, f"{flow.seconds:.6f}", flow.sent, flow.received, "SF", "ShADadFf",
        )
        for flow in found
    ]  # fmt: skip
    by_address = [flow._replace(expected=() if flow.name in _PUBLISHED else flow.expected) for flow in found]
    return _text(lines), _planted(by_address)


def ssl_log(found: list[Flow]) -> tuple[bytes, list[tuple[int, Expected]]]:
    """``ssl.log`` of the same connections."""
    named = _named(found)
    lines = [_head("ssl", *_SSL)]
    lines += [
        _row(
            _seconds(flow.time), flow.uid, flow.source, flow.source_port, flow.target, flow.port, "TLSv13",
            "TLS_AES_256_GCM_SHA384", flow.name, "F", "T",
        )
        for flow in named
    ]  # fmt: skip
    return _text(lines), _planted(named)


def dns_log(found: list[Flow]) -> tuple[bytes, list[tuple[int, Expected]]]:
    """``dns.log`` as JSON lines: the look-up before each named connection."""
    named = [flow for flow in _named(found) if flow.source in _INSIDE]
    lines = []
    for flow in named:
        before = flow.time - datetime.timedelta(milliseconds=41)
        entry = {
            "ts": round(before.timestamp(), 6), "uid": "C" + digest("dns", flow.uid)[:17], "id.orig_h": RESOLVER,
            "id.orig_p": flow.source_port, "id.resp_h": "203.0.113.53", "id.resp_p": 53, "proto": "udp",
            "query": flow.name, "qclass_name": "C_INTERNET", "qtype_name": "A", "rcode_name": "NOERROR",
            "answers": [flow.target], "TTLs": [300.0], "rejected": False,
        }  # fmt: skip
        lines.append(json.dumps(entry, separators=(",", ":")))
    return _text(lines), _planted(named, head=0)


def _homes() -> Iterator[Flow]:
    """Those who work at home on some days, from the same line each time and in office hours."""
    for person in PEOPLE:
        chance = Chance(f"home {person.login}")
        for number, day in enumerate(DAYS):
            if not person.home or (number + person.rid) % 2:
                continue
            start = at(day, "06:20:00") + datetime.timedelta(milliseconds=chance.between(0, 5_400_000))
            for _ in range(chance.between(2, 3)):
                seconds = chance.between(5400, 11000)
                sent, received = chance.between(8_000_000, 60_000_000), chance.between(40_000_000, 300_000_000)
                yield Flow(start, person.home, VPN, 443, "tcp", "ssl", seconds, sent, received, "vpn.acme.test")
                start += datetime.timedelta(seconds=seconds + chance.between(60, 1200))


def _mail() -> Iterator[Flow]:
    chance = Chance("mail")
    for day in DAYS:
        for _ in range(38):
            time = at(day, "05:00:00") + datetime.timedelta(milliseconds=chance.between(0, 50_000_000))
            size = chance.between(4_000, 900_000)
            yield Flow(time, chance.pick(PARTNER_MAIL), MAIL, 25, "tcp", "smtp", 1.9, size, 1_100)
        for phone in PHONES:
            for _ in range(4):
                time = at(day, "05:30:00") + datetime.timedelta(milliseconds=chance.between(0, 45_000_000))
                sent, received = chance.between(2_000, 40_000), chance.between(8_000, 400_000)
                yield Flow(time, phone, MAIL, 443, "tcp", "ssl", 62.5, sent, received, "mail.acme.test")


def _browsing() -> Iterator[Flow]:
    chance = Chance("browsing")
    names = tuple(RESOLVED)
    for day in DAYS:
        for person in PEOPLE:
            for _ in range(chance.between(14, 20)):
                time = at(day, "06:45:00") + datetime.timedelta(milliseconds=chance.between(0, 31_000_000))
                name = chance.pick(names)
                sent, received = chance.between(900, 60_000), chance.between(4_000, 2_500_000)
                target, seconds = RESOLVED[name], chance.between(1, 300)
                yield Flow(time, person.address, target, 443, "tcp", "ssl", seconds, sent, received, name)


def _night_visits() -> Iterator[Flow]:
    """Sign-ins to the VPN at night from homes that no employee lives in, with far more sent than ever."""
    for number, (day, clock, minutes, gigabytes) in enumerate(
        ((11, "23:48:20", 95, 0.2), (13, "00:55:04", 70, 0.4), (16, "00:31:47", 130, 3.1), (17, "01:05:30", 85, 4.6))
    ):
        what = Expected("hunt", "a residential address", "VPN at night from a home that no employee lives in")
        yield Flow(
            at(march(day), clock, 137 * number), RELAYS[number % 2], VPN, 443, "tcp", "ssl", minutes * 60,
            int(gigabytes * 1e9), 90_000_000, "vpn.acme.test", (what,),
        )  # fmt: skip


def _published_contacts() -> Iterator[Flow]:
    relay = Expected("hunt", RELAY_DOMAIN, "a domain published for APT31")
    yield Flow(
        at(march(10), "13:47:06", 790), VICTIM.address, STAGER, 443, "tcp", "ssl", 4.2, 2_100, 310_000,
        RELAY_DOMAIN, (relay,),
    )  # fmt: skip
    company = Expected("hunt", CONTRACTOR_DOMAIN, "a listed company's domain")
    yield Flow(
        at(march(16), "10:31:22", 610), PEOPLE[1].address, "203.0.113.77", 443, "tcp", "ssl", 38.0, 9_400, 620_000,
        CONTRACTOR_DOMAIN, (company,),
    )  # fmt: skip
    botnet = Expected("hunt", BOTNET_ADDRESS, "an address published for Flax Typhoon")
    yield Flow(
        at(march(12), "01:40:09", 3), "10.20.0.20", BOTNET_ADDRESS, 34125, "tcp", "-", 611.0, 48_000_000, 190_000, "",
        (botnet,),
    )  # fmt: skip


def _named(found: list[Flow]) -> list[Flow]:
    """Those of TLS, with what must be found by the name; a visit to the VPN is found by its address, in conn.log."""
    named = [flow for flow in found if flow.name]
    return [flow._replace(expected=flow.expected if flow.name in _PUBLISHED else ()) for flow in named]


def _planted(found: list[Flow], head: int = 8) -> list[tuple[int, Expected]]:
    """What must be found at which line; Zeek's tables begin with eight lines of head."""
    return [(line, one) for line, flow in enumerate(found, start=head + 1) for one in flow.expected]


def _head(path: str, fields: str, types: str) -> str:
    opened = DAYS[0].strftime("%Y-%m-%d-00-00-00")
    marks = ("#separator \\x09", "#set_separator\t,", "#empty_field\t(empty)", "#unset_field\t-")
    names = ("#fields\t" + fields.replace(" ", "\t"), "#types\t" + types.replace(" ", "\t"))
    return "\n".join((*marks, f"#path\t{path}", f"#open\t{opened}", *names))


def _row(*cells: object) -> str:
    return "\t".join(str(cell) for cell in cells)


def _seconds(time: datetime.datetime) -> str:
    return f"{time.timestamp():.6f}"


def _text(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
