"""Who stands in the sample case, and what it says of them; in part made up (see ``sample_case``)."""

from __future__ import annotations

from tocsin.model import (
    Attribution,
    Designation,
    Dispute,
    Exploit,
    Indictment,
    Mitigation,
    Name,
    Profile,
    Relation,
    SharedTechnique,
    Software,
    Source,
    Technique,
    Trait,
)

EU_URL = "https://eur-lex.europa.eu/eli/reg/2019/796"
OFAC_URL = "https://home.treasury.gov/news/press-releases/jy2205"
UK_URL = "https://www.gov.uk/government/publications/financial-sanctions-cyber-attacks"
ATTACK_URL = "https://attack.mitre.org/groups/G0128"


_TECHNIQUES = (
    "T1598 Phishing for Information|reconnaissance|4;T1598.003 Spearphishing Link|reconnaissance|14;"
    "T1583.001 Domains|resource-development|39;"
    "T1583.006 Web Services|resource-development|23;T1584.008 Network Devices|resource-development|3;"
    "T1566.002 Spearphishing Link|initial-access|42;"
    "T1204.001 Malicious Link|execution|46;T1059.003 Windows Command Shell|execution|70;T1059.006 Python|execution|16;"
    "T1547.001 Registry Run Keys / Startup Folder|persistence,privilege-escalation|54;T1068 "
    "Exploitation for Privilege Escalation|privilege-escalation|21;"
    "T1218.007 Msiexec|defense-evasion|5;T1140 Deobfuscate/Decode Files or Information|"
    "defense-evasion|37;T1036.004 Masquerade Task or Service|defense-evasion|21;"
    "T1027.002 Software Packing|defense-evasion|22;T1555.003 Credentials from Web Browsers|"
    "credential-access|22;T1033 System Owner/User Discovery|discovery|37;"
    "T1082 System Information Discovery|discovery|54;T1016 System Network Configuration Discovery|"
    "discovery|41;T1012 Query Registry|discovery|18;"
    "T1124 System Time Discovery|discovery|12;T1573.001 Symmetric Cryptography|command-and-control|"
    "13;T1090.003 Multi-hop Proxy|command-and-control|10;"
    "T1665 Hide Infrastructure|command-and-control|1;T1105 Ingress Tool Transfer|command-and-control|"
    "84;T1041 Exfiltration Over C2 Channel|exfiltration|24;"
    "T1567.002 Exfiltration to Cloud Storage|exfiltration|23"
)


def _techniques() -> tuple[SharedTechnique, ...]:
    found = []
    for row in _TECHNIQUES.split(";"):
        title, tactics, shared = row.split("|")
        ref, name = title.split(" ", 1)
        url = f"https://attack.mitre.org/techniques/{ref.replace('.', '/')}"
        technique = Technique(ref=ref, name=name, tactics=tuple(tactics.split(",")), url=url, source="attack")
        found.append(
            SharedTechnique(
                technique=technique, shared_by=int(shared), of=172, via="C0055" if ref == "T1090.003" else None
            )
        )
    return tuple(found)


def _listed(
    ref: str, authority: str, name: str, date: str, record: str, programme: str, url: str, by: str, grounds: str
) -> Designation:
    act = {"EU": "Regulation (EU) 2019/796", "US": "E.O. 13694", "UK": "Cyber (Sanctions) (EU Exit) Regulations 2020"}[
        authority
    ]
    return Designation(
        ref=ref,
        authority=authority,
        list=name,
        programme=programme,
        listed=date,
        record=record,
        measures=("asset freeze",),
        grounds=grounds,
        act=act,
        by=by,
        url=url,
        source="pack" if authority != "EU" else "EU-CYB",
    )


def _tie(
    subject: str, predicate: str, thing: str, by: str, since: str, says: str, url: str, confidence: str = "confirmed"
) -> Attribution:
    return Attribution(
        subject=subject,
        predicate=predicate,
        object=thing,
        by=by,
        since=since,
        says=says,
        url=url,
        confidence=confidence,
        source="pack",
    )


_XRZ_TIES = (
    _tie(
        "party:wuhan-xiaoruizhi",
        "fronts_for",
        "G0128",
        "US Department of the Treasury",
        "2024-03-25",
        "cover for APT31 operations",
        OFAC_URL,
    ),
    _tie(
        "party:wuhan-xiaoruizhi",
        "fronts_for",
        "G0128",
        "UK FCDO",
        "2024-03-25",
        "calls the company a front linked to APT31",
        UK_URL,
    ),
    _tie(
        "party:wuhan-xiaoruizhi",
        "fronts_for",
        "sponsor:mss",
        "US Department of the Treasury",
        "2024-03-25",
        "company set up as an MSS front",
        OFAC_URL,
    ),
)
_APT31_TIES = (
    _tie(
        "G0128",
        "belongs_to",
        "sponsor:hubei-ssd",
        "US Department of Justice",
        "2024-03-25",
        "run by the Hubei arm of the MSS",
        "https://www.justice.gov/opa/pr/seven-hackers",
    ),
    _tie(
        "sponsor:hubei-ssd",
        "belongs_to",
        "sponsor:mss",
        "US Department of Justice",
        "2024-03-25",
        "",
        "https://www.justice.gov/opa/pr/seven-hackers",
    ),
)
_FLAX_TIES = (
    _tie(
        "party:integrity-technology-group",
        "belongs_to",
        "actor:flax-typhoon",
        "US Department of Justice",
        "2024-09-18",
        "hackers working for the company are known as Flax Typhoon",
        "https://www.justice.gov/",
    ),
    _tie(
        "actor:flax-typhoon",
        "belongs_to",
        "party:integrity-technology-group",
        "FBI",
        "2024-09-18",
        "the group presents itself as the company",
        "https://www.fbi.gov/",
        "high",
    ),
    _tie(
        "party:integrity-technology-group",
        "fronts_for",
        "actor:flax-typhoon",
        "Council of the EU",
        "2026-03-16",
        "its products and infrastructure served Flax Typhoon",
        EU_URL,
        "high",
    ),
)
_COTTON_TIES = (
    _tie(
        "party:emennet-pasargad",
        "same_as",
        "actor:cotton-sandstorm",
        "Council of the EU",
        "2026-03-16",
        "gives Haywire Kitten and Holy Souls as other names",
        EU_URL,
    ),
    _tie(
        "actor:cotton-sandstorm",
        "belongs_to",
        "sponsor:irgc-cec",
        "FBI, US Treasury and INCD",
        "2024-10",
        "works for the cyber command",
        "https://www.ic3.gov/",
        "high",
    ),
)
_LABELS = {
    "party:wuhan-xiaoruizhi": "Wuhan Xiaoruizhi Science and Technology",
    "G0128": "ZIRCONIUM",
    "sponsor:mss": "Ministry of State Security",
    "sponsor:hubei-ssd": "Hubei State Security Department",
    "party:integrity-technology-group": "Integrity Technology Group",
    "actor:flax-typhoon": "Flax Typhoon",
    "party:emennet-pasargad": "Emennet Pasargad",
    "actor:cotton-sandstorm": "Cotton Sandstorm",
    "sponsor:irgc-cec": "IRGC Cyber-Electronic Command",
    "C0055": "Office router campaign",
}
_MITIGATIONS = (
    "M1031 Network Intrusion Prevention 6;M1017 User Training 5;M1038 Execution Prevention 4;M1021 "
    "Restrict Web-Based Content 4;M1056 Pre-compromise 4;M1051 Update Software 2;M1054 Software "
    "Configuration 2;M1037 Filter Network Traffic 2"
)


def _mitigations() -> tuple[tuple[Mitigation, int], ...]:
    rows = [row.split(" ", 1) for row in _MITIGATIONS.split(";")]
    return tuple(
        (
            Mitigation(ref=ref, name=rest.rpartition(" ")[0], url=f"https://attack.mitre.org/mitigations/{ref}"),
            int(rest.rpartition(" ")[2]),
        )
        for ref, rest in rows
    )


PROFILES = (
    Profile(
        ref="party:wuhan-xiaoruizhi",
        kind="party",
        name="Wuhan Xiaoruizhi Science and Technology",
        country="CN",
        attributions=_XRZ_TIES,
        labels=_LABELS,
        aliases=(
            Name(name="武汉晓睿智科技有限责任公司", by="OFAC", script="Hans"),
            Name(name="Wuhan XRZ", by="OFAC", kind="short"),
        ),
        designations=(
            _listed(
                "party:wuhan-xiaoruizhi",
                "US",
                "OFAC-SDN",
                "2024-03-25",
                "47800",
                "CYBER2",
                OFAC_URL,
                "US Department of the Treasury",
                "front company used as cover for intrusions against US infrastructure",
            ),
            _listed(
                "party:wuhan-xiaoruizhi",
                "UK",
                "UK-SL",
                "2024-03-25",
                "CYB0041",
                "Cyber",
                UK_URL,
                "UK FCDO",
                "associated with APT31",
            ),
        ),
        techniques=_techniques(),
        relations=(
            Relation(subject="party:wuhan-xiaoruizhi", predicate="acts_for", object="", object_name="A ministry"),
            Relation(subject="", subject_name="An owner", predicate="owns", object="party:wuhan-xiaoruizhi", share=0.5),
        ),
        disputes=(
            Dispute(
                ref="party:wuhan-xiaoruizhi",
                list="UK-SL",
                pack="listed 2024-03-25",
                held="listed 2024-03-26",
                as_of="2026-06-01",
                by="UK FCDO",
                url=UK_URL,
            ),
        ),
    ),
    Profile(
        ref="party:integrity-technology-group",
        kind="party",
        name="Integrity Technology Group",
        country="CN",
        attributions=_FLAX_TIES,
        labels=_LABELS,
        aliases=(Name(name="永信至诚科技集团股份有限公司", by="EU", script="Hans"),),
        designations=(
            _listed(
                "party:integrity-technology-group",
                "US",
                "OFAC-SDN",
                "2025-01-03",
                "51972",
                "CYBER2",
                OFAC_URL,
                "US Department of the Treasury",
                "infrastructure for Flax Typhoon intrusions",
            ),
            _listed(
                "party:integrity-technology-group",
                "EU",
                "EU-CYB",
                "2026-03-16",
                "32019R0796/I.B/5",
                "EU-CYB",
                EU_URL,
                "Council of the EU",
                "its products let Flax Typhoon compromise 65,600 devices",
            ),
            _listed(
                "party:integrity-technology-group",
                "UK",
                "UK-SL",
                "2025-12-09",
                "CYB0099",
                "Cyber",
                UK_URL,
                "UK FCDO",
                "supports intrusions",
            ),
        ),
    ),
    Profile(
        ref="party:emennet-pasargad",
        kind="party",
        name="Emennet Pasargad",
        country="IR",
        attributions=_COTTON_TIES,
        labels=_LABELS,
        aliases=(
            Name(name="ایمن نت پاسارگاد", by="OFAC", script="Arab"),
            Name(name="Aria Sepehr Ayandehsazan", by="EU"),
            Name(name="Holy Souls", by="EU"),
        ),
        designations=(
            _listed(
                "party:emennet-pasargad",
                "US",
                "OFAC-SDN",
                "2021-11-18",
                "33634",
                "ELECTION-EO13848",
                OFAC_URL,
                "US Department of the Treasury",
                "attempted influence on the 2020 US election",
            ),
            _listed(
                "party:emennet-pasargad",
                "EU",
                "EU-CYB",
                "2026-03-16",
                "32019R0796/I.B/6",
                "EU-CYB",
                EU_URL,
                "Council of the EU",
                "Swedish SMS service, Charlie Hebdo data, Paris billboards",
            ),
        ),
        indictments=(
            Indictment(
                ref="party:emennet-pasargad",
                authority="US",
                court="S.D.N.Y.",
                unsealed="2021-11-18",
                charges="two contractors charged with computer intrusion",
                status="at large",
                by="US Department of Justice",
                url="https://www.justice.gov/",
                source="pack",
            ),
        ),
    ),
    Profile(
        ref="G0128",
        kind="actor",
        name="ZIRCONIUM",
        country="CN",
        attributions=(*_XRZ_TIES[:2], *_APT31_TIES),
        labels=_LABELS,
        aliases=(
            Name(name="APT31", by="Mandiant"),
            Name(name="Violet Typhoon", by="Microsoft"),
            Name(name="Judgment Panda", by="CrowdStrike"),
        ),
        techniques=_techniques(),
        mitigations=_mitigations(),
        targets=("government", "political organisations", "technology", "US", "FI", "CZ"),
        software=(
            Software(ref="S0650", name="QakBot", url="https://attack.mitre.org/software/S0650"),
            Software(ref="malware:rawdoor", name="RAWDOOR"),
            Software(ref="S0002", name="Mimikatz", kind="tool"),
        ),
        vulnerabilities=(
            Exploit(
                actor="G0128",
                cve="CVE-2017-0005",
                vendor="Microsoft",
                product="Windows",
                by="Check Point Research",
                published="2021-02-22",
                url="https://research.checkpoint.com/",
                source="pack",
            ),
        ),
        traits=(
            Trait(
                actor="G0128",
                kind="infrastructure",
                value="compromised SOHO routers",
                says="relay network",
                by="ANSSI",
                published="2021-07-21",
                url="https://www.cert.ssi.gouv.fr/",
                source="pack",
            ),
        ),
    ),
    Profile(
        ref="actor:flax-typhoon",
        kind="actor",
        name="Flax Typhoon",
        country="CN",
        attributions=_FLAX_TIES,
        labels=_LABELS,
        aliases=(Name(name="Ethereal Panda", by="CrowdStrike"),),
    ),
    Profile(
        ref="actor:cotton-sandstorm",
        kind="actor",
        name="Cotton Sandstorm",
        country="IR",
        attributions=_COTTON_TIES,
        labels=_LABELS,
        aliases=(Name(name="Haywire Kitten", by="CrowdStrike"),),
        techniques=_techniques()[3:9],
        mitigations=_mitigations()[1:4],
    ),
    Profile(ref="sponsor:mss", kind="sponsor", name="Ministry of State Security", country="CN", labels=_LABELS),
)

SOURCES = (
    Source(
        id="EU-CYB",
        publisher="Official Journal of the European Union",
        title="Regulation (EU) 2019/796, annexes as published",
        url=EU_URL,
        published="2026-07-13",
        retrieved="2026-08-07",
        licence="reuse with acknowledgement",
        reliability="A",
    ),
    Source(
        id="pack",
        publisher="Tocsin",
        title="Cyber designations and attributions, reference pack",
        published="2026-08-01",
        reliability="B",
    ),
    Source(
        id="attack",
        publisher="MITRE",
        title="ATT&CK Enterprise 18.1",
        url="https://attack.mitre.org",
        published="2025-10-28",
        licence="ATT&CK terms of use",
        reliability="B",
    ),
    Source(
        id="malpedia",
        publisher="Fraunhofer FKIE",
        title="Malpedia, through pymispgalaxies 1.1.1",
        url="https://malpedia.caad.fkie.fraunhofer.de",
        reliability="B",
    ),
)
