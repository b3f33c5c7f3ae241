"""Coverage, risks and obligations of the sample organisation, for printing only: figures and duties are made up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

from tocsin.model import Coverage, Evidence, Finding, Obligation, Reason, Risk

EU_ACT = "https://eur-lex.europa.eu/eli/reg/2019/796/oj"
OFAC_ACT = "https://www.ecfr.gov/current/title-31/subtitle-B/chapter-V/part-501/subpart-C/section-501.603"
_CENT = Decimal("0.01")
_LIKELY = (
    ("confidence", "the surest finding: high confidence", 0.6),
    ("together", "2 rules or hunts agree", 0.15),
    ("exploited", "CISA lists it as known exploited", 0.15),
    ("actor", "the actor goes for our country and sector", 0.2),
)
_GRAVE = (
    ("severity", "the worst finding", 0.5),
    ("asset", "the crew register is sensitive", 0.2),
    ("law", "to deal with it is an offence", 0.3),
)

_COVERED = """
T1027.002|Software Packing|blind|stealth|no rule for it ran
T1068|Exploitation for Privilege Escalation|blind|privilege-escalation|no rule for it ran
T1555.003|Credentials from Web Browsers|blind|credential-access|no rule for it ran
T1012|Query Registry|logged|discovery|windows sysmon: 12 (4,410) occur
T1041|Exfiltration Over C2 Channel|logged|exfiltration|zeek conn: 40,113 occur
T1059.006|Python|ruled|execution|2 rules ran: Python without a console
T1547.001|Registry Run Keys / Startup Folder|seen|persistence|1 finding: a run key
T1566.002|Spearphishing Link|seen|initial-access|1 finding: Mail client starts a script host
T1102.002|Bidirectional Communication|tested|command-and-control|its rule has an event that must match
T1036.004|Masquerade Task or Service|ruled|stealth|1 rule ran
T1584.008|Network Devices|not_observable|resource-development|it happens before anything of ours is touched
T1583.001|Domains|not_observable|resource-development|it happens before anything of ours is touched
"""


def _covered(row: str) -> Coverage:
    technique, name, state, tactic, says = row.split("|")
    found = {
        "technique": technique,
        "name": name,
        "state": state,
        "tactics": (tactic,),
        "because": (Reason(name=state, says=says, met=state not in ("blind", "not_observable")),),
        "actors": ("ZIRCONIUM (APT31)",),
    }
    return msgspec.convert(found, Coverage, from_attributes=True)


COVERAGE = tuple(_covered(row) for row in _COVERED.strip().splitlines())


def product(value: float, weight: float) -> float:
    """value × weight to two digits, halves up: what a reader does on paper."""
    return float((Decimal(str(value)) * Decimal(str(weight))).quantize(_CENT, ROUND_HALF_UP))


def _reason(name: str, cap: float, names: tuple[tuple[str, str, float], ...], values: tuple[float, ...]) -> Reason:
    rows = zip(names, values, strict=True)
    parts = [
        Reason(name=term, says=says, value=value, weight=weight, met=value > 0) for (term, says, weight), value in rows
    ]
    total = round(sum(product(float(one.value or 0), one.weight or 0) for one in parts), 2)
    if total > cap:
        over = round(total - cap, 2)
        parts.append(Reason(name="cap", says=f"No more than {cap:.2f}", value=over, weight=-1.0))
    says = "the sum of value × weight, each to two digits"
    return Reason(name=name, says=says, value=min(total, cap), parts=tuple(parts))


def _risk(
    number: int,
    title: str,
    likely: tuple[float, ...],
    grave: tuple[float, ...],
    findings: tuple[Finding, ...],
    **more: str,
) -> Risk:
    """A row whose terms add up as the register's do."""
    likelihood, impact = _reason("likelihood", 0.99, _LIKELY, likely), _reason("impact", 1.0, _GRAVE, grave)
    score = product(float(likelihood.value or 0), float(impact.value or 0))
    left = Reason(name="score", says="the share that remains: lists lag behind", value=score, weight=0.2)
    residual = product(score, 0.2)
    said = Evidence(source="BOD 26-04", publisher="CISA", url="https://www.cisa.gov/", says="a term of three days")
    return Risk(
        id=f"risk-{number}",
        title=title,
        likelihood=float(likelihood.value or 0),
        impact=float(impact.value or 0),
        score=score,
        residual=residual,
        explained=(
            likelihood,
            impact,
            Reason(name="residual", says="what remains after the treatment", value=residual, parts=(left,)),
            Reason(name="due", says="3 days from today", value=more["due"], evidence=(said,)),
        ),
        findings=tuple(one.id for one in findings),
        **more,
    )


def risks(
    screened: tuple[Finding, ...],
    seen: tuple[Finding, ...],
    exposed: tuple[Finding, ...],
    identities: tuple[Finding, ...],
) -> tuple[Risk, ...]:
    """Six risks, from grave to slight, not in that order."""
    return (
        _risk(
            1,
            "Money reaches a listed party",
            (0.88, 1, 0, 0.25),
            (1, 0.5, 1),
            screened[:2],
            treatment="Freeze what is held for it, stop payments, and have compliance decide on the match",
            owner="Chief compliance officer",
            due="2026-11-26",
        ),
        _risk(
            2,
            "A published domain of ZIRCONIUM is in use on db01",
            (0.88, 1, 0, 1),
            (1, 1, 0),
            seen[-2:-1],
            treatment="Isolate db01 and find the process that asks for update.xrz-mail.com",
            owner="Data services",
            due="2026-11-26",
        ),
        _risk(
            3,
            "vpn01 can be entered through CVE-2022-40684",
            (0.88, 0, 1, 0.33),
            (1, 0.5, 0),
            exposed[:1],
            treatment="Update FortiOS to 7.0.7 or later, then hunt on vpn01",
            owner="Network team",
            due="2026-11-28",
        ),
        _risk(
            4,
            "A mail led to a script on ws17",
            (0.68, 1, 0, 0.02),
            (0.75, 0.5, 0),
            seen[:8],
            treatment="Isolate ws17, keep memory and mailbox, search all mailboxes for the sender",
            owner="Security operations",
            due="2026-11-27",
        ),
        _risk(
            5,
            "An unplanned account is a domain administrator",
            (0.68, 1, 0, 0),
            (0.75, 0.5, 0),
            seen[8:9],
            treatment="Take svc-backup2 out of Domain Admins and reset it",
            owner="",
            due="",
        ),
        _risk(
            6,
            "An administrator signs in with text messages",
            (0.33, 0.5, 0, 0),
            (0.5, 0, 0),
            identities[:1],
            treatment="Security keys for all administrators",
            owner="Identity team",
            due="2026-12-15",
        ),
    )


def obligations(screened: tuple[Finding, ...]) -> tuple[Obligation, ...]:
    """Five obligations of two authorities and of our own."""
    return (
        Obligation(
            authority="EU",
            who="Acme Maritime GmbH",
            must="freeze all funds and economic resources of Emennet Pasargad, and make none available to it",
            to="",
            by="without delay",
            article="Regulation (EU) 2019/796, Article 3",
            url=EU_ACT,
            because=(Reason(name="match", says="A payment may have been made to a party on EU-CYB", value=0.81),),
            findings=(screened[1].id,),
        ),
        Obligation(
            authority="EU",
            who="Acme Maritime GmbH",
            must="report the frozen accounts and amounts",
            to="Deutsche Bundesbank, and the Commission through it",
            by="immediately",
            article="Regulation (EU) 2019/796, Article 8",
            url=EU_ACT,
            findings=(screened[1].id,),
        ),
        Obligation(
            authority="US",
            who="US persons of the group",
            must="block the property of Wuhan Xiaoruizhi Science and Technology",
            to="",
            by="at once",
            article="Executive Order 13694, section 1",
            url="https://ofac.treasury.gov/",
            findings=(screened[0].id,),
        ),
        Obligation(
            authority="US",
            who="US persons of the group",
            must="report the blocked property",
            to="OFAC",
            by="2026-12-09",
            article="31 CFR 501.603",
            url=OFAC_ACT,
            findings=(screened[0].id,),
        ),
        Obligation(
            authority="",
            who="Acme Maritime GmbH",
            must="have a person decide on the weaker match, and keep the decision",
            to="its own file",
            by="before the next payment",
            article="internal",
            url="",
            findings=(screened[2].id,),
        ),
    )
