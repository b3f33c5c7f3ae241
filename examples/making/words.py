"""The texts of both folders: ``org.toml`` with its comments, and what a reader should know first."""

from __future__ import annotations

from making.tables import ADMINS

_ORG = f"""\
# Who we are, what is sensitive, and where the evidence lies. docs/organisation.md has every key.
# Paths count from the folder of this file.

[organisation]
name = "Acme Precision GmbH"
# Where we are, as ISO 3166 codes. They say whose law binds us: DE and CZ bring that of the EU.
countries = ["DE", "CZ"]
# Our trades, in the words that actors' targets are described in.
sectors = ["manufacturing", "defence", "aerospace"]
employees = 240
# Whose law binds us besides: we invoice in dollars through banks in New York, and sell through a branch in Coventry.
jurisdictions = ["US", "UK"]
# Who should be an administrator. The identity audit names every other one.
admins = [{", ".join(f'"{one}"' for one in ADMINS)}]

[networks]
# Our own address blocks; everything else is outside.
internal = ["10.20.0.0/16", "198.51.100.0/24"]

# Systems that matter. role: vpn, mail, database, domain controller, server, workstation, network, other.
# sensitive = true raises what a finding there would cost us.
[[asset]]
name = "acme-fw01"
role = "vpn"
addresses = ["198.51.100.10"]
owner = "IT"
says = "VPN for everybody who works at home"

[[asset]]
name = "acme-mx01"
role = "mail"
addresses = ["198.51.100.25"]
owner = "IT"
says = "mail server, also for telephones"

[[asset]]
name = "acme-dc01"
role = "domain controller"
addresses = ["10.20.0.10"]
sensitive = true
owner = "IT"

[[asset]]
name = "acme-sql01"
role = "database"
addresses = ["10.20.0.20"]
sensitive = true
owner = "Engineering"
says = "orders, drawings and prices, also of defence customers"

[[asset]]
name = "acme-fs01"
role = "server"
addresses = ["10.20.0.30"]
sensitive = true
owner = "Engineering"
says = "drawings"

[[asset]]
name = "workstations"
role = "workstation"
addresses = ["10.20.1.0/24"]

# Where the evidence lies: files, or folders that are read whole.
[evidence]
counterparties = ["counterparties.csv"]  # whom we buy from and sell to
payments = ["payments"]                  # ISO 20022: pain.001 that we send, pacs.008 that the bank passes on
logs = ["logs"]                          # Windows events and Zeek
inventory = ["perimeter.csv"]            # what faces the internet
identities = ["accounts.csv"]            # accounts and how they may sign in
rules = []                               # Sigma rules of our own, besides those of Tocsin

[tables]
# Which address ranges are homes, phones, hosting. Tocsin ships none; a provider of such data does.
address_kinds = "tables/address-kinds.csv"
# CISA's catalogue of known exploited vulnerabilities, or an excerpt of it.
kev = "tables/kev.json"

# Columns that are named otherwise than Tocsin expects: our word = "their word". Common other names need no entry.
[columns.counterparties]
address = "Ort"
"""
_README = """\
# Acme Precision GmbH

An organisation to try Tocsin on: a maker of precision parts in Germany and Czechia with about 240 employees.
`org.toml` says who it is and where its evidence lies: counterparties, payments, ten working days of logs (5 to
18 March 2026), the inventory of its perimeter, and its accounts.

Everything is invented: people, companies, hosts, addresses, accounts. The exceptions are the names, numbers and
domains that official lists and advisories publish for listed parties and actors, the facts in `tables/kev.json`,
which are CISA's, and well-known web sites that employees look up.

"""
_STORY = """\
What is planted in it, record by record, stands in `planted.csv`:

1. On 10 March a salesman opens an attachment. Word starts PowerShell, which fetches its next stage from a domain
   that is published for APT31 and looks around in the domain. Passwords are taken from the memory of lsass.
2. From 11 March on somebody comes through the VPN at night, from homes that no employee lives in, sends ever more
   data, moves to the database server, and contacts an address that is published for Flax Typhoon.
3. On 13 March there is a new account, an administrator at once, and a task that starts with the system. On 17 March
   a log is cleared.
4. Four counterparties are listed, one payment goes to a listed company, and the text of another names one.
5. Two appliances have flaws that are exploited, of two more nobody can tell; four accounts sign in with too little.

"""
_TWIN = """\
This is the twin of `examples/acme` without what is planted there: no listed party, no intrusion, appliances repaired,
accounts with keys. Nothing may be found in it. Its routine holds what looks like an attack and is none.

"""
_END = "Both folders are written by `python examples/make_acme.py`; change that, not the files.\n"


def org_toml() -> bytes:
    """``org.toml``; both organisations have the same."""
    return _ORG.encode()


def readme(*, planted: bool) -> bytes:
    """``README.md`` of the folder."""
    return (_README + (_STORY if planted else _TWIN) + _END).encode()
