"""The sample case with an organisation and what its evidence shows, for printing only.

Parties and techniques are real; the organisation, its systems, its records and all figures are made up.
"""

from __future__ import annotations

import msgspec

from sample_case import sample_case
from sample_register import COVERAGE, obligations, risks
from tocsin.model import (
    ActorTie,
    Asset,
    Case,
    Examined,
    Fault,
    Finding,
    InputRead,
    LogRead,
    Observed,
    Organisation,
    PartyTie,
    Reason,
    RuleRef,
    finding_id,
)

ZIRCONIUM = ActorTie(ref="G0128", name="ZIRCONIUM (APT31)", why="the technique T1566.002", shared_by=67)
HOME_ROUTERS = ActorTie(ref="G0128", name="ZIRCONIUM (APT31)", why="the technique T1584.008", shared_by=3)
XRZ = PartyTie(
    ref="party:wuhan-xiaoruizhi",
    name="Wuhan Xiaoruizhi Science and Technology",
    why="the name 武汉晓睿智科技有限责任公司",
    lists=("OFAC-SDN", "UK-SL"),
)
EMENNET = PartyTie(
    ref="party:emennet-pasargad", name="Emennet Pasargad", why="the name ایمن نت پاسارگاد", lists=("EU-CYB", "OFAC-SDN")
)

ORG = Organisation(
    name="Acme Maritime GmbH",
    countries=("DE",),
    sectors=("transportation",),
    employees=740,
    jurisdictions=("EU", "US"),
    internal=("10.0.0.0/8",),
    assets=(
        Asset(name="db01", role="database", sensitive=True, owner="Data services", says="the crew register"),
        Asset(name="vpn01", role="vpn", addresses=("192.88.99.1",), owner="Network team"),
        Asset(name="mail01", role="mail", owner="Workplace team"),
    ),
    admins=("adm-berg",),
)


def _finding(
    kind: str, title: str, severity: str, confidence: str, fields: dict[str, object], **more: object
) -> Finding:
    file, record = str(more.pop("file", "logs/ws17.jsonl")), str(more.pop("record", "1"))
    evidence = (Observed(file=file, record=record, fields=fields),)
    rule = more.get("rule")
    by = rule.id if isinstance(rule, RuleRef) else str(more.get("hunt") or title)
    host, user = more.get("host"), more.get("user")
    ref = finding_id(kind, by, host, user, [fields])  # type: ignore[arg-type]
    time = more.get("time")
    seen = {"first_seen": time, "last_seen": time} if time else {}
    return msgspec.convert(
        {
            "id": ref,
            "kind": kind,
            "title": title,
            "severity": severity,
            "confidence": confidence,
            **seen,
            **more,
            "evidence": evidence,
        },
        Finding,
        from_attributes=True,
    )


def _hit(score: float, name: float, country: float) -> tuple[Reason, ...]:
    parts = (
        Reason(name="name", says="All four parts of the name agree, in both scripts", value=name, weight=0.7),
        Reason(name="country", says="Both are in China", value=country, weight=0.3, met=country > 0),
    )
    return (Reason(name="score", says="How near the two parties are", value=score, parts=parts),)


SCREENED = (
    _finding(
        "screening",
        "The supplier “Wuhan Xiaoruizhi Sci. & Tech.” matches Wuhan Xiaoruizhi Science and Technology",
        "critical",
        "high",
        {"id": "S-1042", "name": "武汉晓睿智科技有限责任公司", "country": "CN", "role": "supplier"},
        file="counterparties.csv",
        record="118",
        parties=(XRZ,),
        why=_hit(0.97, 0.96, 1.0),
        could_also_be=("Another company of the same name: compare the address and the registration number",),
        next=("Stop payments to it until a person has decided", "Compare the registration number with the list entry"),
    ),
    _finding(
        "screening",
        "A payment to “Eeleyanet Gostar” names Emennet Pasargad in its remittance text",
        "high",
        "moderate",
        {"EndToEndId": "INV-77120", "Ustrd": "services ایمن نت پاسارگاد Q2", "Amt": "18400.00 EUR"},
        file="payments/2026-10-pain001.xml",
        record="PmtInf 3, CdtTrfTxInf 12",
        time="2026-10-02T00:00:00Z",
        parties=(EMENNET,),
        why=_hit(0.81, 0.81, 0.8),
        could_also_be=("Free text that quotes a former name of an unrelated company",),
        next=("Hold the payment, and ask the bank for the account holder",),
    ),
    _finding(
        "screening",
        "The customer “Integrity Tech Ltd” may be Integrity Technology Group",
        "medium",
        "low",
        {"id": "C-88", "name": "Integrity Tech Ltd", "country": "IE"},
        file="counterparties.csv",
        record="902",
        parties=(PartyTie(ref="party:integrity-technology-group", name="Integrity Technology Group", why="two words"),),
        why=_hit(0.55, 0.78, 0.0),
        could_also_be=("An Irish company that has nothing to do with it: the country differs",),
        next=("Compare the country and the registration number",),
    ),
)

_PHISHING = RuleRef(id="b1c6", title="Mail client starts a script host", path="tocsin:phishing_child.yml")
_RECON = RuleRef(id="a7d2", title="PowerShell reads the domain's groups", path="tocsin:powershell_recon.yml")
_ADMIN = RuleRef(id="c9f4", title="Member added to an administrators' group", path="tocsin:admin_group.yml")
_PHISHING_WHY = (
    Reason(
        name="selection",
        says="ParentImage ends with \\OUTLOOK.EXE and Image ends with \\wscript.exe",
        value=1.0,
        parts=(Reason(name="filter", says="not the archive plug-in of the mail team", met=False),),
    ),
)


def _recon(number: int) -> Finding:
    return _finding(
        "detection",
        _RECON.title,
        "medium",
        "moderate",
        {
            "EventID": "1",
            "Image": r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe",
            "CommandLine": f"powershell -nop -c Get-ADGroupMember 'Domain Admins' # {number} "
            + "x" * (700 * (number == 1)),
            "ParentImage": r"C:\Windows\explorer.exe",
            "ProcessId": str(4100 + number),
            "Hashes": "MD5=" + "0a" * 16 + ",SHA256=" + "9b" * 32,
        },
        record=str(2200 + number),
        time=f"2026-11-12T09:{number:02d}:30Z",
        host="ws17.acme.example",
        user=r"ACME\j.lind",
        techniques=("T1069.002",),
        rule=_RECON,
        why=(Reason(name="selection", says="CommandLine contains Get-ADGroupMember and 'Domain Admins'", value=1.0),),
        could_also_be=("An administrator who looks up a group",),
        next=("Ask the user",),
    )


SEEN = (
    _finding(
        "detection",
        _PHISHING.title,
        "high",
        "moderate",
        {
            "EventID": "1",
            "ParentImage": r"C:\Program Files\Microsoft Office\OUTLOOK.EXE",
            "Image": r"C:\Windows\System32\wscript.exe",
            "CommandLine": r"wscript.exe C:\Users\j.lind\Downloads\交货通知.js",
            "User": r"ACME\j.lind",
            "ProcessId": "4012",
            "ParentProcessId": "3120",
        },
        record="2188",
        time="2026-11-12T08:14:05Z",
        host="ws17.acme.example",
        user=r"ACME\j.lind",
        techniques=("T1566.002", "T1059.005"),
        actors=(ZIRCONIUM,),
        rule=_PHISHING,
        why=_PHISHING_WHY,
        could_also_be=("A script that the workplace team sends by mail",),
        next=(
            "Isolate ws17",
            "Keep its memory and mailbox before anything is cleaned",
            "Search all mailboxes for the sender",
        ),
    ),
    *(_recon(number) for number in range(1, 8)),
    _finding(
        "detection",
        _ADMIN.title,
        "high",
        "high",
        {
            "EventID": "4728",
            "TargetUserName": "Domain Admins",
            "MemberName": "CN=svc-backup2,OU=Services,DC=acme,DC=example",
            "SubjectUserName": "j.lind",
        },
        file="logs/dc01.evtx",
        record="88120",
        time="2026-11-12T10:02:41Z",
        host="dc01.acme.example",
        user=r"ACME\j.lind",
        techniques=("T1098.007",),
        rule=_ADMIN,
        why=(Reason(name="selection", says="EventID is 4728 and the group is an administrators' group", value=1.0),),
        could_also_be=("A change that the identity team planned",),
        next=("Take svc-backup2 out of the group", "Ask who asked for the change"),
    ),
    _finding(
        "hunt",
        "Sign-ins to vpn01 from residential ranges",
        "high",
        "moderate",
        {"id.orig_h": "192.88.99.201", "id.resp_h": "192.88.99.1", "id.resp_p": "443", "proto": "tcp", "uid": "CxT3"},
        file="logs/zeek.tar.gz#conn.log",
        record="40113",
        time="2026-11-11T22:40:17Z",
        host="vpn01",
        techniques=("T1133",),
        actors=(HOME_ROUTERS,),
        hunt="residential",
        why=(
            Reason(name="range", says="192.88.99.0/24 is residential in address-kinds.csv", value=1.0, weight=0.6),
            Reason(name="rare", says="first connection from this network in 30 days", value=0.9, weight=0.4),
        ),
        could_also_be=("An employee at home whose provider changed the address",),
        next=("Ask the person whose session it was", "Compare with the VPN's own log"),
    ),
    _finding(
        "hunt",
        "db01 looked up update.xrz-mail.com, a domain published for ZIRCONIUM",
        "critical",
        "high",
        {"query": "update.xrz-mail.com", "id.orig_h": "10.0.4.20", "id.resp_h": "10.0.0.53", "qtype_name": "A"},
        file="logs/zeek.tar.gz#dns.log",
        record="9120",
        time="2026-11-12T11:30:00Z",
        host="db01",
        actors=(ActorTie(ref="G0128", name="ZIRCONIUM (APT31)", why="the domain update.xrz-mail.com", shared_by=0),),
        hunt="published",
        why=(Reason(name="published", says="The report and one advisory give the domain as theirs", value=1.0),),
        could_also_be=("A security tool that checks the domain",),
        next=("Isolate db01", "Find the process that asked"),
    ),
    _finding(
        "endpoint",
        "A run key starts a program in a user's folder",
        "medium",
        "moderate",
        {
            "EventID": "13",
            "TargetObject": r"HKU\S-1-5-21\Software\Microsoft\Windows\CurrentVersion\Run\Updater",
            "Details": r"C:\Users\j.lind\AppData\Roaming\upd.exe",
            "Image": r"C:\Windows\regedit.exe",
        },
        record="2301",
        time="2026-11-12T08:20:11Z",
        host="ws17.acme.example",
        user=r"ACME\j.lind",
        techniques=("T1547.001",),
        why=(Reason(name="path", says="The program lies where a user may write", value=1.0),),
        could_also_be=("A program that the user installed",),
        next=("Keep a copy of upd.exe, then look at it",),
    ),
)
EXPOSED = (
    _finding(
        "exposure",
        "vpn01 runs FortiOS 7.0.1, which CVE-2022-40684 affects",
        "critical",
        "high",
        {"asset": "vpn01", "product": "FortiOS", "version": "7.0.1"},
        file="inventory.csv",
        record="4",
        host="vpn01",
        techniques=("T1190",),
        actors=(ActorTie(ref="G0069", name="MuddyWater", why="CVE-2022-40684", shared_by=2),),
        why=(Reason(name="version", says="7.0.1 lies between 7.0.0 and 7.0.6", value=1.0),),
        could_also_be=("A build that the vendor mended without a new number",),
        next=("Update to 7.0.7 or later", "Hunt on vpn01 for what came before the update"),
    ),
    _finding(
        "exposure",
        "mail01: the version is not known",
        "low",
        "high",
        {"asset": "mail01", "product": "Exchange Server", "version": ""},
        file="inventory.csv",
        record="7",
        host="mail01",
        why=(Reason(name="version", says="The inventory gives none", met=False),),
        next=("Read the version off the system",),
    ),
)
IDENTITIES = tuple(
    _finding(
        "identity",
        f"{user} may sign in without phishing-resistant MFA",
        severity,
        "high",
        {"user": user, "methods": methods, "admin": admin},
        file="identities.csv",
        record=str(place),
        user=user,
        why=(Reason(name="weakest", says=f"The weakest method allowed is {methods[-1]}", value=1.0),),
        next=("Ask for a security key at the next sign-in",),
    )
    for place, (user, methods, admin, severity) in enumerate(
        [
            ("adm-berg", ["fido2", "sms"], "yes", "high"),
            ("j.lind", ["password"], "no", "medium"),
            ("سارا.م", ["sms"], "no", "medium"),
            ("li.wei", ["totp"], "no", "medium"),
        ],
        2,
    )
)
GAPS = (
    _finding(
        "log_gap",
        "The log of dc01 has no record between 04:10 and 06:55",
        "low",
        "moderate",
        {"last": "88001", "next": "88002"},
        file="logs/dc01.evtx",
        record="88002",
        time="2026-11-12T06:55:00Z",
        host="dc01.acme.example",
        why=(Reason(name="gap", says="2 h 45 min, where 4 minutes are usual", value=0.9),),
        could_also_be=("The host was switched off",),
        next=("Look whether the log was cleared",),
    ),
)
FINDINGS = (*SCREENED, *SEEN, *EXPOSED, *IDENTITIES, *GAPS)
EXAMINED = Examined(
    logs=(
        LogRead(
            path="logs/dc01.evtx", format="evtx", records=88120, from_="2026-11-01T00:00:04Z", to="2026-11-20T23:59:58Z"
        ),
        LogRead(
            path="logs/ws17.jsonl",
            format="windows-json",
            records=2301,
            from_="2026-11-10T06:00:00Z",
            to="2026-11-12T16:00:00Z",
        ),
        LogRead(
            path="logs/zeek.tar.gz#conn.log",
            format="zeek",
            records=40113,
            from_="2026-11-11T00:00:00Z",
            to="2026-11-12T23:59:59Z",
        ),
        LogRead(path="logs/zeek.tar.gz#dns.log", format="zeek", records=0),
    ),
    inputs=(
        InputRead(path="counterparties.csv", kind="counterparties", records=1204),
        InputRead(path="payments/2026-10-pain001.xml", kind="payments", records=38),
        InputRead(path="inventory.csv", kind="inventory", records=7),
        InputRead(path="identities.csv", kind="identities", records=5),
        InputRead(path="address-kinds.csv", kind="address_kinds", records=51200),
    ),
    rules={"run": 31, "left_out": 2},
    left_out=(
        Fault(file="logs/ws17.jsonl", place="line 2302", why="the last line is cut", todo="copy the file again"),
        Fault(file="rules/own/lateral.yml", place="detection", why="unknown modifier “fuzzy”", todo="mend the rule"),
    ),
)


def org_case() -> Case:
    """The sample report, met by an organisation in whose evidence much is found."""
    case = sample_case()
    held = msgspec.structs.replace(
        EXAMINED,
        lists=case.examined.lists,
        catalogues=case.examined.catalogues,
        left_out=(*case.examined.left_out, *EXAMINED.left_out),
    )
    return msgspec.structs.replace(
        case,
        org=ORG,
        findings=FINDINGS,
        coverage=COVERAGE,
        risks=risks(SCREENED, SEEN, EXPOSED, IDENTITIES),
        obligations=obligations(SCREENED),
        examined=held,
    )


def clean_case() -> Case:
    """The same evidence with nothing in it."""
    found = org_case()
    examined = msgspec.structs.replace(found.examined, left_out=())
    coverage = tuple(one for one in COVERAGE if one.state != "seen")
    return msgspec.structs.replace(found, findings=(), risks=(), obligations=(), coverage=coverage, examined=examined)


def bare_case() -> Case:
    """An organisation that gave no evidence at all."""
    return msgspec.structs.replace(sample_case(), org=Organisation(name="Acme Maritime GmbH"))
