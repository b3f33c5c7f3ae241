"""Findings of an organisation that is made up, as each room gives them, for the tests of the register."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from tocsin.model import (
    ActorTie,
    Asset,
    Finding,
    Observed,
    Organisation,
    PartyTie,
    Profile,
    Reason,
    RuleRef,
    SharedTechnique,
    Technique,
    finding_id,
)

TODAY = datetime.date(2026, 11, 25)  # a Wednesday, the day before Thanksgiving
ORG = Organisation(
    name="Nordhafen AG",
    countries=("DE",),
    sectors=("transportation",),
    jurisdictions=("EU", "US"),
    assets=(
        Asset(name="vpn01", role="vpn", addresses=("192.88.99.1",), owner="Network team"),
        Asset(name="DC01.nordhafen.example", role="domain controller", addresses=("10.0.0.5",)),
        Asset(name="ws17"),
        Asset(name="plant", role="network", addresses=("10.9.0.0/16",), sensitive=True, owner="Plant team"),
    ),
    admins=("adm-berg",),
)
APT31 = Profile(
    ref="G0128",
    kind="actor",
    name="APT31",
    targets=("government", "transport", "DE", "US"),
    techniques=(
        SharedTechnique(technique=Technique(ref="T1090.003", name="Multi-hop Proxy"), shared_by=3, of=172),
        SharedTechnique(technique=Technique(ref="T1059.003", name="Windows Command Shell"), shared_by=80, of=172),
    ),
)
INTEGRITY = PartyTie(ref="party:integrity", name="Integrity Technology Group", why="name", lists=("EU-CYB", "OFAC-SDN"))


def made(kind: str, title: str, **more: Any) -> Finding:
    """A finding; ``severity`` is high and ``confidence`` moderate where nothing else is said."""
    fields = more.pop("fields", {"title": title})
    seen = Observed(file=more.pop("file", "evidence.csv"), record="2", fields=fields)
    by = more["rule"].id if more.get("rule") else more.get("hunt") or ""
    given = {
        "id": finding_id(kind, by, more.get("host"), more.get("user"), [fields]),  # type: ignore[arg-type]
        "kind": kind,
        "title": title,
        "severity": "high",
        "confidence": "moderate",
        "evidence": (seen,),
    }
    return msgspec.convert(given | more, Finding, from_attributes=True)


def rule(name: str) -> RuleRef:
    """A rule of the pack."""
    return RuleRef(id=name, title=name.replace("_", " "), path=f"tocsin:{name}.yml")


def flaw(host: str, cve: str, *, kev: bool = False, exposed: bool | None = None, **more: Any) -> Finding:
    """A flaw of an asset, as the audit of the perimeter names it."""
    why = (Reason(name="kev", says="in CISA's catalogue", met=kev),)
    if exposed is not None:
        why += (Reason(name="exposed", says="by the inventory", met=exposed),)
    return made("exposure", f"{host} has {cve}", host=host, why=why, fields={"asset": host, "about": cve}, **more)


def match(party: PartyTie = INTEGRITY, **more: Any) -> Finding:
    """A counterparty that may be a listed party: an alert, unless the severity is said to be less than high."""
    return made("screening", f"A counterparty may be {party.name}", parties=(party,), **more)


_ADMINISTRATOR = Reason(name="administrator", says="in Domain Admins", weight=1.0)
SIGN_INS = (
    made(
        "identity",
        "berg (administrator): it may sign in with sms",
        user="berg",
        why=(Reason(name="sign-in", says="the weakest way in is a telephone", value="weak"), _ADMINISTRATOR),
    ),
    made(
        "identity",
        "j.lind (user): it may sign in with password",
        user="j.lind",
        severity="low",
        why=(Reason(name="sign-in", says="the weakest way in is a password alone", value="password"),),
    ),
    made(
        "identity",
        "root2: an administrator nobody named, in Domain Admins",
        user="root2",
        why=(Reason(name="not named", says="org.toml does not name it"), _ADMINISTRATOR),
    ),
)
EVERY = (
    match(file="counterparties.csv"),
    match(PartyTie(ref="OFAC-SDN:1", name="Jane Roe", why="name", lists=("OFAC-SDN",)), severity="medium"),
    made("detection", "Script host", host="ws17", rule=rule("script_host"), techniques=("T1059.003",)),
    made(
        "hunt",
        "A relay",
        host="10.0.0.5",
        hunt="contacts",
        actors=(ActorTie(ref="G0128", name="APT31", why="x", shared_by=0),),
    ),
    made("hunt", "A mass of look-ups", user=r"NORDHAFEN\j.lind", hunt="lookups", confidence="low"),
    made("hunt", "Nobody knows where", hunt="lookups", severity="informational"),
    flaw("vpn01", "CVE-2023-46805", kev=True, exposed=True, severity="critical", confidence="high"),
    made("exposure", "vpn02: the version is unknown", host="vpn02", severity="low"),
    made("exposure", "mail01 offers its management page", host="mail01"),
    *SIGN_INS,
    made("identity", "old is stale", user="old", severity="low"),
    made("log_gap", "No record for two hours", host="dc01", severity="low"),
)
