"""Who works at Acme, and on which machine. All of it is invented."""

from __future__ import annotations

import datetime
from typing import NamedTuple

DOMAIN = "ACME"
SUFFIX = "acme.test"
SID = "S-1-5-21-1400210021-2400320032-3400430043"
UTC = datetime.UTC


class Person(NamedTuple):
    """An employee with a workstation; ``home`` is the address of the flat from which the VPN is used, if at all."""

    login: str
    name: str
    team: str
    host: str
    address: str
    rid: int
    home: str = ""

    @property
    def sid(self) -> str:
        return f"{SID}-{self.rid}"


class Server(NamedTuple):
    """A server of the organisation."""

    host: str
    address: str


PEOPLE = (
    Person("a.keller", "Anna Keller", "Sales", "acme-ws01", "10.20.1.11", 1111, "192.88.99.5"),
    Person("m.novak", "Martin Novák", "Purchasing", "acme-ws02", "10.20.1.12", 1112, "192.88.99.35"),
    Person("j.brandt", "Jonas Brandt", "Sales", "acme-ws03", "10.20.1.13", 1113, "192.88.99.9"),
    Person("p.svoboda", "Petra Svobodová", "Engineering", "acme-ws04", "10.20.1.14", 1114, "192.88.99.41"),
    Person("l.hartmann", "Lena Hartmann", "Finance", "acme-ws05", "10.20.1.15", 1115, "192.88.99.14"),
    Person("k.dvorak", "Karel Dvořák", "Quality", "acme-ws06", "10.20.1.16", 1116),
    Person("s.weiss", "Sabine Weiss", "Personnel", "acme-ws07", "10.20.1.17", 1117, "192.88.99.18"),
    Person("t.adam", "Tomáš Adam", "IT", "acme-ws08", "10.20.1.18", 1118, "192.88.99.49"),
)
VICTIM = PEOPLE[2]
ADMIN = PEOPLE[7]
ADMIN_LOGIN, ADMIN_SID = "adm-adam", f"{SID}-1201"
BACKUP_LOGIN, BACKUP_SID = "svc-backup", f"{SID}-1301"
SQL_LOGIN, SQL_SID = "svc-sql", f"{SID}-1302"

DC = Server("acme-dc01", "10.20.0.10")
SQL = Server("acme-sql01", "10.20.0.20")
FILES = Server("acme-fs01", "10.20.0.30")
SERVERS = (DC, SQL, FILES)

# Ten working days around the announcement of 17 March 2026; clocks in Germany and Czechia are an hour ahead of UTC.
DAYS = tuple(datetime.date(2026, 3, day) for day in (5, 6, 9, 10, 11, 12, 13, 16, 17, 18))


def at(day: datetime.date, clock: str, milliseconds: int = 0) -> datetime.datetime:
    """A moment in UTC: ``at(day, "07:58:12")``."""
    time = datetime.time.fromisoformat(clock)
    return datetime.datetime.combine(day, time, UTC) + datetime.timedelta(milliseconds=milliseconds)


def full(host: str) -> str:
    """The host with its domain."""
    return f"{host}.{SUFFIX}"


def march(day: int) -> datetime.date:
    """A day of March 2026."""
    return datetime.date(2026, 3, day)
