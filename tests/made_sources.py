"""Hand-made files as the publishers give them: an ATT&CK bundle, tables of the EU Journal, the EU's FSF file."""

from __future__ import annotations

import csv
import io
from typing import Any

COLUMNS = (
    "recordId programKey annex measure startDate schema name alias weakAlias previousName nationality birthDate address"
    " website email"
).split()


def table(*rows: dict[str, str], amending: bool = False, columns: list[str] | None = None) -> bytes:
    key = "amendedCelex" if amending else "celex"
    out = io.StringIO()
    writer = csv.DictWriter(out, [key, *(columns or COLUMNS)], extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        given = {"recordId": "1", "programKey": "EU-CYB", "annex": "I.B", "schema": "LegalEntity", **row}
        writer.writerow({key: "32019R0796", **given})
    return out.getvalue().encode()


def fsf(entities: str, head: str = "", made: str = "2026-07-01T10:00:00.000+02:00") -> bytes:
    namespace = "http://eu.europa.ec/fpi/fsd/export"
    return (
        f'<?xml version="1.0"?>{head}<export xmlns="{namespace}" generationDate="{made}">{entities}</export>'.encode()
    )


FIRM = """<sanctionEntity euReferenceNumber="EU.1.2" logicalId="1">
 <regulation programme="CYB" publicationDate="2026-03-16" numberTitle="2026/588 (OJ L588)"/>
 <subjectType code="enterprise" classificationCode="E"/>
 <nameAlias wholeName="امن‌نت پاسارگاد" strong="true"/><nameAlias wholeName="Emennet Pasargad" strong="true"/>
 <nameAlias wholeName="Holy Souls" strong="false"/><nameAlias wholeName="" firstName="Eeleyanet" lastName="Gostar"/>
 <address street="Main Street 1" city="Tehran" countryIso2Code="IR"/><address countryIso2Code="00"/>
 <identification identificationTypeCode="regnumber" number="123"/>
</sanctionEntity>"""
PERSON = """<sanctionEntity euReferenceNumber="EU.3.4">
 <regulation programme="CYB" publicationDate="2020-07-30" numberTitle="2020/1125"/>
 <regulation programme="RUSDA" publicationDate="2024-12-16" numberTitle="2024/3188"/>
 <subjectType code="person"/><nameAlias wholeName="Ivan Ivanov" strong="true"/>
 <citizenship countryIso2Code="RU"/><birthdate circa="true" year="1953" calendarType="GREGORIAN"/>
 <birthdate circa="false" year="1961" monthOfYear="8" calendarType="GREGORIAN"/>
 <birthdate year="1380" monthOfYear="1" dayOfMonth="1" calendarType="ISLAMIC"/>
</sanctionEntity>"""


def thing(kind: str, number: str, name: str, **more: Any) -> dict[str, Any]:
    folder = {"intrusion-set": "groups", "attack-pattern": "techniques", "campaign": "campaigns"}.get(kind, "software")
    url = f"https://attack.mitre.org/{folder}/{number}"
    return {
        "type": kind,
        "id": f"{kind}--{number}",
        "name": name,
        "modified": "2025-10-28T00:00:00.000Z",
        "external_references": [{"source_name": "mitre-attack", "external_id": number, "url": url}],
        "x_mitre_version": "1.0",
        **more,
    }


def link(kind: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "relationship",
        "id": f"relationship--{kind}-{source}-{target}",
        "relationship_type": kind,
        "source_ref": source,
        "target_ref": target,
        "modified": "2025-04-16T00:00:00.000Z",
        **more,
    }


PHASES = [{"kill_chain_name": "mitre-attack", "phase_name": "initial-access"}]
BUNDLE: dict[str, Any] = {
    "type": "bundle",
    "id": "bundle--1",
    "objects": [
        thing(
            "intrusion-set", "G0128", "ZIRCONIUM", aliases=["ZIRCONIUM", "APT31"], description="A China-based group."
        ),
        thing("intrusion-set", "G0058", "Charming Kitten", revoked=True),
        thing("intrusion-set", "G0059", "Magic Hound", aliases=["Magic Hound", "APT35"]),
        thing("malware", "S1234", "RAWDOOR", x_mitre_aliases=["RAWDOOR"]),
        thing("tool", "S0002", "Mimikatz"),
        thing("malware", "S0999", "OldOne", x_mitre_deprecated=True),
        thing("attack-pattern", "T1566", "Phishing", kill_chain_phases=PHASES, x_mitre_platforms=["Windows"]),
        thing("attack-pattern", "T1086", "PowerShell", revoked=True),
        thing("attack-pattern", "T1059.001", "PowerShell"),
        thing("attack-pattern", "T1064", "Scripting", x_mitre_deprecated=True),
        thing("course-of-action", "M1017", "User Training"),
        thing("course-of-action", "T1086", "An older mitigation"),
        thing("campaign", "C0001", "Operation Example"),
        {"type": "x-mitre-tactic", "id": "x-mitre-tactic--1", "name": "Initial Access"},
        link(
            "uses", "intrusion-set--G0128", "attack-pattern--T1566", external_references=[{"url": "https://x.test/1"}]
        ),
        link("uses", "campaign--C0001", "malware--S1234"),
        link("uses", "intrusion-set--G0128", "tool--S0002", revoked=True),
        link("uses", "intrusion-set--gone", "tool--S0002"),
        link("attributed-to", "campaign--C0001", "intrusion-set--G0128"),
        link("mitigates", "course-of-action--M1017", "attack-pattern--T1566"),
        link("mitigates", "course-of-action--T1086", "attack-pattern--T1566"),
        link("revoked-by", "intrusion-set--G0058", "intrusion-set--G0059"),
        link("revoked-by", "attack-pattern--T1086", "attack-pattern--T1059.001"),
    ],
}
