"""The inventory of what faces the internet, the accounts, the kinds of addresses, and some exploited flaws."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Appliance(NamedTuple):
    """A row of the inventory. ``repaired`` is vendor, product and version in the twin, or None where they are the same.

    ``expect`` is the CVE, or the words, by which the audit must name what is wrong with it.
    """

    name: str
    address: str
    role: str
    vendor: str
    product: str
    version: str
    repaired: tuple[str, str, str] | None = None
    expect: str = ""
    what: str = ""


# Name | address | role | vendor, product, version | the same in the twin, where it differs
_APPLIANCES = """
acme-fw01  | 198.51.100.10 | vpn   | Fortinet, FortiGate 100F, v7.0.5 build0304 | Fortinet, FortiGate 100F, v7.4.11
acme-gw01  | 198.51.100.11 | vpn   | Citrix, NetScaler ADC, 14.1-60.57 |
acme-mx01  | 198.51.100.25 | mail  | Microsoft, Exchange 2016, 15.1.2106.2 | Microsoft, Exchange Server SE, 15.2.2562.37
acme-vpn02 | 198.51.100.12 | vpn   | Ivanti, Connect Secure, | Ivanti, Connect Secure, 22.8R2
acme-ra01  | 198.51.100.13 | vpn   | Kestrel Networks, AccessBridge 300, 4.1.7 | Palo Alto Networks, PAN-OS, 11.2.10
acme-fw02  | 198.51.100.14 | vpn   | Fortinet, FortiGate 60F, v7.4.11 build2878 |
acme-lb01  | 198.51.100.15 | other | F5, BIG-IP, 17.5.1.3 |
acme-pan01 | 198.51.100.16 | vpn   | Palo Alto Networks, PAN-OS, 11.2.10 |
"""
_WRONG = {
    "acme-fw01": ("CVE-2022-42475", "FortiOS with a flaw that is exploited"),
    "acme-mx01": ("CVE-2021-26855", "Exchange from before March 2021"),
    "acme-vpn02": ("cannot be excluded", "a version that nobody wrote down"),
    "acme-ra01": ("product is not known", "a product that no catalogue knows"),
}


def appliances() -> list[Appliance]:
    """What faces the internet."""
    found = []
    for line in _APPLIANCES.strip().splitlines():
        name, address, role, now, then = (cell.strip() for cell in line.split("|"))
        repaired = _three(then) if then else None
        found.append(Appliance(name, address, role, *_three(now), repaired, *_WRONG.get(name, ("", ""))))
    return found


def _three(text: str) -> tuple[str, str, str]:
    vendor, product, version = (part.strip() for part in text.split(","))
    return vendor, product, version


class Account(NamedTuple):
    """A row of the accounts. ``methods`` are what it may sign in with; ``repaired`` is how they stand in the twin.

    ``wrong`` are the words by which the audit must name what is wrong with it, each with what that is.
    """

    login: str
    name: str
    groups: str
    methods: str
    repaired: str = ""
    wrong: tuple[tuple[str, str], ...] = ()


_KEY, _HELLO = "FIDO2 security key", "Windows Hello for Business"
_TOP = "Domain Admins; Global Administrator"
_STAFF = """
a.keller Anna Keller|m.novak Martin Novák|j.brandt Jonas Brandt|p.svoboda Petra Svobodová|l.hartmann Lena Hartmann
k.dvorak Karel Dvořák|s.weiss Sabine Weiss-Lang|t.adam Tomáš Adam|b.fuchs Bettina Fuchs|o.prochazka Ondřej Procházka
c.lindner Clara Lindner|v.kucera Vít Kučera|d.roth Daniel Roth|z.bartos Zuzana Bartošová|f.engel Felix Engel
i.hruska Ivana Hrušková|g.maurer Greta Maurer|j.pokorny Jan Pokorný|u.sander Ulf Sander|e.vesela Eva Veselá
n.pohl Nadine Pohl|r.kolar Roman Kolář|h.zeller Hanna Zeller|l.urban Lukáš Urban|w.thiel Werner Thiel
m.cerna Marie Černá|o.jansen Oskar Jansen|k.benes Klára Benešová|t.frey Tobias Frey|d.simek David Šimek
"""
ADMINS = ("adm-adam@acme.test", "adm-prochazka@acme.test", "breakglass@acme.test")


def accounts(*, planted: bool) -> list[Account]:
    """All accounts. Those of the planted ones that only the intruder made are not in the twin."""
    found = []
    people = [one for line in _STAFF.strip().splitlines() for one in line.split("|")]
    for number, one in enumerate(people):
        login, _, name = one.partition(" ")
        found.append(Account(login, name, "Staff", (_HELLO, f"{_KEY}; {_HELLO}")[number % 2]))
    alone, beside = ("with Password", "a password and nothing else"), ("with SMS", "a code by SMS is allowed, too")
    found += [
        Account("h.krause", "Heike Krause", "Staff", "Password", _HELLO, (alone,)),
        Account("e.malik", "Emil Malík", "Staff", f"{_HELLO}; SMS", _HELLO, (beside,)),
        Account("adm-adam", "Tomáš Adam (administration)", _TOP, f"{_KEY}; SMS", _KEY, (beside,)),
        Account("adm-prochazka", "Ondřej Procházka (administration)", "Exchange Administrator", _KEY),
        Account("breakglass", "Emergency access", "Global Administrator", _KEY),
        Account("x.berger", "Xenia Berger", "Staff; CAD", f"{_KEY}; {_HELLO}"),
        Account("y.stastny", "Yvona Šťastná", "Staff; CAD", _HELLO),
        Account("q.holub", "Quirin Holub", "Staff", _KEY),
    ]
    if planted:
        unnamed = ("nobody named", "an administrator whom nobody named: the account that the intruder made")
        found.append(Account("svc-update", "Update service", "Domain Admins", "Password", "", (alone, unnamed)))
    return found


class Flaw(NamedTuple):
    """A flaw that is known to be exploited: facts of CISA's catalogue, in our own few words."""

    cve: str
    vendor: str
    product: str
    added: str
    due: str
    ransomware: bool
    words: str


# As CISA dates them: https://www.cisa.gov/known-exploited-vulnerabilities-catalog
_ADC = "Application Delivery Controller (ADC), Gateway, and SD-WAN WANOP Appliance"
FLAWS = (
    Flaw("CVE-2018-13379", "Fortinet", "FortiOS", "2021-11-03", "2022-05-03", True, "files read through the portal"),
    Flaw("CVE-2019-19781", "Citrix", _ADC, "2021-11-03", "2022-05-03", True, "code run through a path"),
    Flaw("CVE-2021-26855", "Microsoft", "Exchange Server", "2021-11-03", "2021-04-16", True, "ProxyLogon"),
    Flaw("CVE-2022-42475", "Fortinet", "FortiOS", "2022-12-13", "2023-01-03", True, "overflow in the portal"),
    Flaw(
        "CVE-2023-3519",
        "Citrix",
        "NetScaler ADC and NetScaler Gateway",
        "2023-07-19",
        "2023-08-09",
        True,
        "code run without signing in",
    ),
    Flaw(
        "CVE-2024-3400", "Palo Alto Networks", "PAN-OS", "2024-04-12", "2024-04-19", True, "commands to GlobalProtect"
    ),
    Flaw(
        "CVE-2025-0282",
        "Ivanti",
        "Connect Secure, Policy Secure, and ZTA Gateways",
        "2025-01-08",
        "2025-01-15",
        True,
        "overflow before signing in",
    ),
    Flaw(
        "CVE-2024-55591", "Fortinet", "FortiOS and FortiProxy", "2025-01-14", "2025-01-21", True, "admin by a side door"
    ),
)
KINDS = (
    ("192.88.99.0/27", "64496", "residential"),
    ("192.88.99.32/27", "64497", "residential"),
    ("192.88.99.64/27", "64498", "residential"),
    ("192.88.99.96/27", "64499", "mobile"),
    ("192.88.99.128/26", "64500", "business"),
    ("192.88.99.192/26", "64501", "hosting"),
    ("2002:c058:6301::/48", "64498", "residential"),
    ("198.51.100.0/24", "64502", "business"),
    ("203.0.113.0/24", "64503", "hosting"),
)


def inventory_csv(*, planted: bool) -> bytes:
    """``perimeter.csv``, with the words that an asset system has for our columns."""
    header = (
        "Hostname",
        "Public IP",
        "Manufacturer",
        "Model",
        "Firmware",
        "Internet-facing",
        "Function",
        "Team",
        "Scanned",
    )
    rows = []
    for one in appliances():
        now = (one.vendor, one.product, one.version)
        vendor, product, version = now if planted or one.repaired is None else one.repaired
        rows.append((one.name, one.address, vendor, product, version, "yes", one.role, "IT", "2026-03-16"))
    return table((header, *rows))


def accounts_csv(*, planted: bool) -> bytes:
    """``accounts.csv`` as an identity provider's report."""
    header = (
        "User Principal Name",
        "Display Name",
        "Account Enabled",
        "Directory Roles",
        "Allowed Methods",
        "Last Sign-in",
    )
    rows = [
        (
            f"{one.login}@acme.test", one.name, "true", one.groups,
            one.methods if planted or not one.repaired else one.repaired, "2026-03-17",
        )
        for one in accounts(planted=planted)
    ]  # fmt: skip
    return table((header, *rows))


def kinds_csv() -> bytes:
    """``tables/address-kinds.csv``."""
    return table((("prefix", "asn", "kind", "as_of"), *((*row, "2026-03-01") for row in KINDS)))


def kev_json() -> bytes:
    """``tables/kev.json`` in the form of CISA's catalogue of known exploited vulnerabilities."""
    entries: list[dict[str, object]] = [
        {
            "cveID": flaw.cve,
            "vendorProject": flaw.vendor,
            "product": flaw.product,
            "vulnerabilityName": f"{flaw.vendor}: {flaw.words}",
            "dateAdded": flaw.added,
            "shortDescription": f"Exploited: {flaw.words}.",
            "requiredAction": "Repair as the vendor says, or take it out of use.",
            "dueDate": flaw.due,
            "knownRansomwareCampaignUse": "Known" if flaw.ransomware else "Unknown",
            "notes": "",
            "cwes": [],
        }
        for flaw in FLAWS
    ]
    head = {
        "title": "Excerpt: facts from CISA's catalogue of known exploited vulnerabilities",
        "catalogVersion": "2026.03.01",
    }
    whole = {**head, "dateReleased": "2026-03-01T00:00:00Z", "count": len(entries), "vulnerabilities": entries}
    return (json.dumps(whole, indent=1, ensure_ascii=False) + "\n").encode()


def table(rows: Iterable[Sequence[object]], delimiter: str = ",") -> bytes:
    """Rows as CSV, UTF-8, lines ending in a line feed."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
