"""A case as the spine would return it, for printing only.

The parties are real, but record numbers, some dates and ties, and the software are made up: nothing here is evidence.
"""

from __future__ import annotations

import hashlib

from sample_profiles import ATTACK_URL, EU_URL, OFAC_URL, PROFILES, SOURCES, UK_URL
from tocsin.model import (
    Block,
    Case,
    Claim,
    Evidence,
    Examined,
    Fault,
    Indicator,
    ListHeld,
    Mention,
    Nearest,
    Reason,
    Ref,
    Report,
    Span,
    TechniqueSeen,
    Verdict,
    When,
)

EU, US, UK = (Ref(text=code, ref=code, name=code) for code in ("EU", "US", "UK"))
XRZ = Ref(
    text="Wuhan Xiaoruizhi Science and Technology",
    ref="party:wuhan-xiaoruizhi",
    name="Wuhan Xiaoruizhi Science and Technology",
)
INTEGRITY = Ref(
    text="Integrity Technology Group", ref="party:integrity-technology-group", name="Integrity Technology Group"
)
EMENNET = Ref(text="Emennet Pasargad", ref="party:emennet-pasargad", name="Emennet Pasargad")
APT31 = Ref(text="APT31", ref="G0128", name="ZIRCONIUM (APT31)")
FLAX = Ref(text="Flax Typhoon", ref="actor:flax-typhoon", name="Flax Typhoon")
MSS = Ref(text="Ministry of State Security (MSS)", ref="sponsor:mss", name="Ministry of State Security")
EU_LIST = Evidence(
    source="EU-CYB",
    publisher="Official Journal of the European Union",
    date="2026-07-13",
    url=EU_URL,
    says="no record of the party in EU-CYB as of 2026-07-13",
)
EU_FIVE = Evidence(
    source="EU-CYB",
    publisher="Official Journal of the European Union",
    date="2026-03-16",
    record="32019R0796/I.B/5",
    url=EU_URL,
    says="Integrity Technology Group, asset freeze",
)
EU_SIX = Evidence(
    source="EU-CYB",
    publisher="Official Journal of the European Union",
    date="2026-03-16",
    record="32019R0796/I.B/6",
    url=EU_URL,
    says="Emennet Pasargad, asset freeze",
)
OFAC_XRZ = Evidence(
    source="pack",
    publisher="US Department of the Treasury",
    date="2024-03-25",
    record="OFAC-SDN:47800",
    url=OFAC_URL,
    says="designated under CYBER2; front company for APT31",
)
UK_XRZ = Evidence(
    source="pack",
    publisher="UK FCDO",
    date="2024-03-25",
    record="CYB0041",
    url=UK_URL,
    says="asset freeze; associated with APT31",
)
ATTACK = Evidence(
    source="attack",
    publisher="MITRE ATT&CK",
    date="2025-10-28",
    record="G0128",
    url=ATTACK_URL,
    says="the group's techniques",
)

_PARAGRAPHS = (
    ("title", "EU hits Chinese and Iranian firms over APT31 intrusions"),
    ("heading", "What happened"),
    (
        "paragraph",
        "On 16 March 2026 the EU sanctioned Wuhan Xiaoruizhi Science and Technology, Integrity "
        "Technology Group and the Iranian company Emennet Pasargad. The measures freeze assets and "
        "ban Emennet Pasargad from entering the Union. The United States designated Wuhan Xiaoruizhi "
        "in January 2024, and the United Kingdom followed on 25 March 2024.",
    ),
    (
        "paragraph",
        "Wuhan Xiaoruizhi is a front for APT31, which belongs to the Chinese Ministry of State "
        "Security (MSS). Integrity Technology Group ran the infrastructure of Volt Typhoon, "
        "according to one vendor.",
    ),
    ("heading", "How they work"),
    (
        "paragraph",
        "APT31 uses spearphishing links and likely compromises home routers to hide its traffic. The "
        "group deploys the RAWREEL backdoor. Iranian actors typically exploit VPN appliances.",
    ),
    (
        "paragraph",
        "Emennet Pasargad operated under the name Holy Souls and stole the subscriber database of a French magazine.",
    ),
    ("heading", "What to do"),
    ("item", "Review remote access and require phishing-resistant authentication."),
    ("item", "Watch for unusual logons from residential addresses."),
    ("item", "Patch internet-facing appliances."),
    ("item", "Block update.xrz-mail[.]com and 192.88.99[.]17."),
)


def _text() -> tuple[str, tuple[Block, ...]]:
    text, blocks = "", []
    for kind, paragraph in _PARAGRAPHS:
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(paragraph)))
        text += paragraph + "\n"
    return text, tuple(blocks)


TEXT, BLOCKS = _text()


def _at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _claim(number: int, words: str, subject: Ref, predicate: str, thing: Ref, **more: object) -> Claim:
    start, end = _at(words)
    return Claim(
        id=f"c{number}",
        sentence=words,
        start=start,
        end=end,
        subject=subject,
        predicate=predicate,
        object=thing,
        **more,
    )


_MARCH = When(from_="2026-03-16", to="2026-03-16", text="On 16 March 2026")
_SENTENCE = _PARAGRAPHS[2][1].split(". ")[0] + "."

CLAIMS = (
    _claim(
        1,
        _SENTENCE,
        EU,
        "designated",
        XRZ,
        when=_MARCH,
        also=(Span(start=_at("EU hits Chinese")[0], end=len(_PARAGRAPHS[0][1])),),
    ),
    _claim(2, _SENTENCE, EU, "designated", INTEGRITY, when=_MARCH),
    _claim(3, _SENTENCE, EU, "designated", EMENNET, when=_MARCH),
    _claim(
        4,
        "The measures freeze assets and ban Emennet Pasargad from entering the Union.",
        EMENNET,
        "measure",
        Ref(text="asset freeze and entry ban"),
        measure="asset freeze; travel ban",
    ),
    _claim(
        5,
        "The United States designated Wuhan Xiaoruizhi in January 2024",
        US,
        "designated",
        XRZ,
        when=When(from_="2024-01-01", to="2024-01-31", text="in January 2024"),
    ),
    _claim(
        6,
        "and the United Kingdom followed on 25 March 2024.",
        UK,
        "designated",
        XRZ,
        when=When(from_="2024-03-25", to="2024-03-25", text="on 25 March 2024"),
    ),
    _claim(7, "Wuhan Xiaoruizhi is a front for APT31", XRZ, "fronts_for", APT31),
    _claim(8, "which belongs to the Chinese Ministry of State Security (MSS).", APT31, "belongs_to", MSS),
    _claim(
        9,
        "Integrity Technology Group ran the infrastructure of Volt Typhoon, according to one vendor.",
        INTEGRITY,
        "belongs_to",
        Ref(text="Volt Typhoon", ref="G1017", name="Volt Typhoon"),
        according_to="one vendor",
    ),
    _claim(
        10,
        "APT31 uses spearphishing links",
        APT31,
        "uses",
        Ref(text="spearphishing links", ref="T1566.002", name="Spearphishing Link"),
    ),
    _claim(
        11,
        "likely compromises home routers to hide its traffic.",
        APT31,
        "uses",
        Ref(text="compromises home routers", ref="T1584.008", name="Network Devices"),
        hedged="likely",
    ),
    _claim(12, "The group deploys the RAWREEL backdoor.", APT31, "uses", Ref(text="RAWREEL")),
    _claim(
        13,
        "Iranian actors typically exploit VPN appliances.",
        Ref(text="Iranian actors", ref="class:IR", name="Iranian actors"),
        "exploits",
        Ref(text="VPN appliances"),
        quantifier="typically",
    ),
    _claim(
        14,
        "Emennet Pasargad operated under the name Holy Souls",
        EMENNET,
        "same_as",
        Ref(text="Holy Souls", ref="actor:cotton-sandstorm", name="Cotton Sandstorm"),
    ),
)


def _verdict(
    number: int,
    word: str,
    says: str,
    *evidence: Evidence,
    nearest: tuple[Nearest, ...] = (),
    parts: tuple[Reason, ...] = (),
) -> Verdict:
    why = (Reason(name="evidence", says=says, value=1.0, weight=1.0, evidence=evidence[:1], parts=parts),)
    return Verdict(claim=f"c{number}", verdict=word, why=why, evidence=evidence, nearest=nearest)


_XRZ_NEAREST = (
    Nearest(
        says=(
            "The US listed Wuhan Xiaoruizhi Science and Technology on 25 March 2024 (OFAC-SDN, CYBER2), "
            "and the UK on the same day"
        ),
        evidence=(OFAC_XRZ, UK_XRZ),
    ),
    Nearest(
        says=(
            "On 16 March 2026 the EU listed Integrity Technology Group, Emennet Pasargad and Anxun "
            "Information Technology"
        ),
        evidence=(EU_FIVE, EU_SIX),
    ),
)
_FLAX_EVIDENCE = Evidence(
    source="EU-CYB",
    publisher="Council of the EU",
    date="2026-03-16",
    record="32019R0796/I.B/5",
    url=EU_URL,
    says="its products and infrastructure served Flax Typhoon",
)
VERDICTS = (
    _verdict(
        1,
        "contradicted",
        "Wuhan Xiaoruizhi Science and Technology is not listed in EU-CYB as of 13 July 2026, and "
        "that list is held complete",
        EU_LIST,
        nearest=_XRZ_NEAREST,
        parts=(
            Reason(
                name="name",
                says="No name in EU-CYB comes near “Wuhan Xiaoruizhi” (best score 0.41)",
                value=0.41,
                met=False,
            ),
            Reason(
                name="complete",
                says="EU-CYB is declared complete up to 7 August 2026, after the claimed day",
                value="2026-08-07",
                parts=(Reason(name="day", says="The claimed day is 16 March 2026"),),
            ),
        ),
    ),
    _verdict(2, "corroborated", "EU-CYB lists the party since 16 March 2026", EU_FIVE),
    _verdict(3, "corroborated", "EU-CYB lists the party since 16 March 2026", EU_SIX),
    _verdict(
        4,
        "partly",
        "The asset freeze holds; an entry ban applies only to natural persons, and Emennet Pasargad is a company",
        EU_SIX,
        nearest=(
            Nearest(
                says="The EU froze the assets of Emennet Pasargad and forbids making funds available to it",
                evidence=(EU_SIX,),
            ),
        ),
    ),
    _verdict(
        5,
        "partly",
        "The US listed the party, but on 25 March 2024",
        OFAC_XRZ,
        nearest=(Nearest(says="The US listed Wuhan Xiaoruizhi on 25 March 2024", evidence=(OFAC_XRZ,)),),
    ),
    _verdict(6, "corroborated", "The UK listed the party that day", UK_XRZ),
    _verdict(7, "corroborated", "US Treasury and UK FCDO call the company a front for APT31", OFAC_XRZ, UK_XRZ),
    _verdict(
        8,
        "corroborated",
        "US Department of Justice ties APT31 to the Hubei arm of the ministry",
        Evidence(
            source="pack",
            publisher="US Department of Justice",
            date="2024-03-25",
            url="https://www.justice.gov/opa/pr/seven-hackers",
            says="front for the Hubei arm of the MSS",
        ),
    ),
    _verdict(
        9,
        "contradicted",
        "Four sources tie the company to Flax Typhoon, none to Volt Typhoon",
        _FLAX_EVIDENCE,
        nearest=(Nearest(says="Integrity Technology Group is tied to Flax Typhoon", evidence=(_FLAX_EVIDENCE,)),),
    ),
    _verdict(10, "corroborated", "ATT&CK has the technique for the group", ATTACK),
    _verdict(11, "corroborated", "ATT&CK has the technique for the group; 3 other groups share it", ATTACK),
    _verdict(12, "unknown", "RAWREEL stands in no catalogue held here; that refutes nothing"),
    _verdict(
        13,
        "partly",
        "Four of eleven Iranian actors with exploited flaws on record used VPN appliances: several, not most",
        Evidence(
            source="pack",
            publisher="CISA and FBI",
            date="2024-08-28",
            url="https://www.cisa.gov/news-events/cybersecurity-advisories/aa24-241a",
            says="exploitation of VPN gateways",
        ),
    ),
)


def sample_case() -> Case:
    """A report that gets its foremost claim wrong, with everything around it."""
    block = _at("Block update.xrz-mail[.]com and 192.88.99[.]17.")[0]
    return Case(
        schema="tocsin/case/1",
        tocsin="0.1.0",
        created="2026-11-25T09:30:00Z",
        attack="18.1",
        report=Report(
            path="reports/apt31.txt",
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            text=TEXT,
            blocks=BLOCKS,
            title=_PARAGRAPHS[0][1],
            publisher="Example Security News",
            published="2026-03-18",
            language="en",
            how="plain text",
        ),
        as_of={"EU-CYB": "2026-07-13", "OFAC-SDN": "2026-06-30", "UK-SL": "2025-12-31"},
        claims=CLAIMS,
        verdicts=VERDICTS,
        mentions=(
            Mention(
                kind="actor", text="APT31", start=_at("APT31")[0], end=_at("APT31")[1], ref="G0128", name="ZIRCONIUM"
            ),
        ),
        techniques=(
            TechniqueSeen(
                id="T1566.002",
                name="Spearphishing Link",
                sentence="APT31 uses spearphishing links",
                start=_at("spearphishing links")[0],
                end=_at("spearphishing links")[1],
                score=0.9,
                how="name",
            ),
        ),
        indicators=(
            Indicator(
                kind="domain",
                value="update.xrz-mail.com",
                text="update.xrz-mail[.]com",
                start=block + 6,
                end=block + 27,
                role="malicious",
                how="Block",
            ),
            Indicator(
                kind="ipv4",
                value="192.88.99.17",
                text="192.88.99[.]17",
                start=block + 32,
                end=block + 46,
                role="malicious",
                how="Block",
            ),
            Indicator(kind="domain", value="example.org", text="example.org", start=0, end=0, role="legitimate"),
        ),
        profiles=PROFILES,
        sources=SOURCES,
        examined=Examined(
            lists=(
                ListHeld(
                    id="EU-CYB",
                    as_of="2026-07-13",
                    parties=38,
                    publisher="Official Journal of the European Union",
                    sha256="ab" * 32,
                ),
                ListHeld(id="OFAC-SDN", as_of="2026-06-30", parties=17061, publisher="US Department of the Treasury"),
                ListHeld(id="UK-SL", as_of="2025-12-31", parties=3811, publisher="UK FCDO"),
            ),
            catalogues=(SOURCES[2], SOURCES[3]),
            left_out=(
                Fault(
                    file="lists/sdn_comments.csv",
                    place="",
                    why="of another date than the list it belongs to",
                    todo="fetch both together",
                ),
            ),
        ),
    )


def empty_case() -> Case:
    """A report in which nothing is claimed, with nothing around it."""
    text = "Nothing happened today."
    report = Report(path="quiet.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, blocks=())
    return Case(schema="tocsin/case/1", tocsin="0.1.0", created="2026-11-25T09:30:00Z", report=report, as_of={})
