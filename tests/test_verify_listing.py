"""Verdicts on who listed, delisted or indicted whom and with what measure, with the records that decide them."""

from __future__ import annotations

import pytest

from asking import Asked, assert_decided, checked, judged, proofs_of

ITG, XRZ, KHATIB = "party:integrity-technology-group", "party:wuhan-xiaoruizhi", "party:esmail-khatib"
XRZ_IN_US = "OFAC-SDN | US Department of the Treasury | 2024-03-25 | 47800"
ITG_IN_EU = "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.B/5"
WU_IN_EU = "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.A/19"
ITG_IN_US = "OFAC-SDN | US Department of the Treasury | 2025-01-03 | 50543"
ABSENT_IN_EU = "EU-CYB | EU | 2026-07-13"

DESIGNATED = [
    Asked(
        "The EU sanctioned Integrity Technology Group on 16 March 2026.",
        "designated",
        ITG,
        "corroborated",
        ITG_IN_EU,
        "2026-03-16",
    ),
    Asked(
        "Treasury sanctioned Guan Tianfeng on 10 December 2024.",
        "designated",
        "party:guan-tianfeng",
        "corroborated",
        "OFAC-SDN | US Department of the Treasury | 2024-12-10 | 52263",
        "2024-12-10",
    ),
    Asked(
        "The UK sanctioned Wuhan Xiaoruizhi Science and Technology in March 2024.",
        "designated",
        XRZ,
        "corroborated",
        "UK-SL | HM Treasury OFSI | 2024-03-25 | CYB0044",
    ),
    # A person listed under two acts: each date has its own record
    Asked(
        "The US sanctioned Esmail Khatib on 22 September 2022.",
        "designated",
        KHATIB,
        "corroborated",
        "OFAC-SDN | US Department of the Treasury | 2022-09-22 | 39017",
        "2022-09-22",
    ),
    # A list of one authority says nothing of another's
    Asked("Canada sanctioned Integrity Technology Group.", "designated", ITG, "unknown", ""),
    # Another date
    Asked(
        "The US sanctioned Integrity Technology Group on 9 September 2024.",
        "designated",
        ITG,
        "partly",
        ITG_IN_US,
        "another date: 2025-01-03",
    ),
    Asked(
        "The US sanctioned Hossein Abbasi in 2020.",
        "designated",
        "party:hossein-abbasi",
        "partly",
        "OFAC-SDN | US Department of the Treasury | 2019-02-13 | 26392",
        "another date: 2019-02-13",
    ),
    # Another regime
    Asked(
        "The US sanctioned Zhao Guangzong under Executive Order 13848.",
        "designated",
        "party:zhao-guangzong",
        "partly",
        "OFAC-SDN | US Department of the Treasury | 2024-03-25 | 47814",
        "another regime",
    ),
    Asked(
        "The EU listed Emennet Pasargad under its human rights regime.",
        "designated",
        "party:emennet-pasargad",
        "partly",
        "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.B/6",
        "another regime",
    ),
    # Not in a complete list
    Asked(
        "The EU sanctioned Wuhan Xiaoruizhi Science and Technology in 2026.",
        "designated",
        XRZ,
        "contradicted",
        ABSENT_IN_EU,
        "not listed in EU-CYB as of 2026-07-13",
    ),
    Asked(
        "The EU sanctioned Chengdu Fantasy Technology Co., a front for APT31, under its cyber regime.",
        "designated",
        "Chengdu Fantasy Technology Co",
        "contradicted",
        ABSENT_IN_EU,
        "not listed in EU-CYB as of 2026-07-13",
    ),
    Asked(
        "The UK sanctioned Sichuan Juxinhe in 2025.",
        "designated",
        "party:sichuan-juxinhe",
        "contradicted",
        "UK-SL | UK | 2025-12-31",
        "not listed in UK-SL as of 2025-12-31",
    ),
    Asked(
        "The US sanctioned Chen Cheng.",
        "designated",
        "party:chen-cheng",
        "contradicted",
        "OFAC-SDN | US | 2026-06-30",
        "not listed in OFAC-SDN as of 2026-06-30",
    ),
    # A day after the one up to which the list is complete
    Asked(
        "The EU sanctioned Wuhan Xiaoruizhi Science and Technology on 5 October 2027.",
        "designated",
        XRZ,
        "unknown",
        "",
        "no list held here is complete",
    ),
    Asked(
        "The UK sanctioned Sichuan Juxinhe in May 2026.",
        "designated",
        "party:sichuan-juxinhe",
        "unknown",
        "",
        "no list held here is complete",
    ),
    # No table is declared complete for Russian parties by the US
    Asked(
        "The US sanctioned Dmitry Badin.",
        "designated",
        "party:dmitry-badin",
        "unknown",
        "",
        "no list held here is complete for US",
    ),
    Asked("The US sanctioned Acme Widgets Ltd.", "designated", "Acme Widgets Ltd", "unknown", "", "in no catalogue"),
]
CROWDS = [
    Asked(
        "The US sanctioned six Iranian officials on 2 February 2024.",
        "designated",
        "six Iranian officials",
        "corroborated",
        "OFAC-SDN | US Department of the Treasury | 2024-02-02 | 47395",
        "6 that fit",
    ),
    Asked(
        "The EU sanctioned six Chinese companies in March 2026.",
        "designated",
        "six Chinese companies",
        "partly",
        ITG_IN_EU,
        "2 that fit",
    ),
    Asked(
        "The EU sanctioned Iranian individuals on 16 March 2026.",
        "designated",
        "Iranian individuals",
        "partly",
        "EU-IRN | Council of the EU | 2026-03-16 | 32011R0359/I.A/270",
        "another regime of EU",
    ),
]
NOT_DESIGNATED = [
    Asked(
        "The EU has not listed Wuhan Xiaoruizhi Science and Technology.",
        "not_designated",
        XRZ,
        "corroborated",
        ABSENT_IN_EU,
        "as of 2026-07-13",
    ),
    Asked(
        "The EU has not listed Integrity Technology Group.",
        "not_designated",
        ITG,
        "contradicted",
        ITG_IN_EU,
        "EU listed Integrity Technology Group on 2026-03-16",
    ),
    Asked("The US has not listed Dmitry Badin.", "not_designated", "party:dmitry-badin", "unknown", ""),
    # Its members are listed, the group is not
    Asked(
        "The US did not sanction APT31.",
        "not_designated",
        "G0128",
        "corroborated",
        XRZ_IN_US,
        "itself",
    ),
]
DELISTED = [
    Asked(
        "The EU delisted Arvan Cloud in April 2024.",
        "delisted",
        "party:arvan-cloud",
        "corroborated",
        "EU-IRN | Council of the EU | 2022-11-14",
        "delisted Noyan Abr Arvan Co. on 2024-04-04",
    ),
    Asked("The US delisted Integrity Technology Group.", "delisted", ITG, "contradicted", ITG_IN_US, "stands in"),
    Asked("The UK delisted Sichuan Juxinhe.", "delisted", "party:sichuan-juxinhe", "unknown", "", "no listing"),
]
INDICTED = [
    Asked(
        "The US indicted Zhao Guangzong on 25 March 2024.",
        "indicted",
        "party:zhao-guangzong",
        "corroborated",
        "indictments | US Department of Justice | 2024-03-25",
    ),
    Asked(
        "The US indicted Zhao Guangzong in May 2021.",
        "indicted",
        "party:zhao-guangzong",
        "partly",
        "indictments | US Department of Justice | 2024-03-25",
        "another date",
    ),
    Asked(
        "The US indicted twelve Chinese nationals on 5 March 2025.",
        "indicted",
        "twelve Chinese nationals",
        "corroborated",
        "indictments | US Department of Justice | 2025-03-05",
        "12 that fit",
    ),
    Asked(
        "The US has not indicted Zhao Guangzong.",
        "indicted",
        "party:zhao-guangzong",
        "contradicted",
        "indictments | US Department of Justice | 2024-03-25",
    ),
    # A listing is no charge
    Asked(
        "The US indicted Esmail Khatib.",
        "indicted",
        KHATIB,
        "unknown",
        "OFAC-SDN | US Department of the Treasury | 2022-09-09 | 39017",
    ),
]
MEASURES = [
    Asked(
        "The EU froze the assets of Integrity Technology Group.",
        "measure",
        "asset freeze",
        "corroborated",
        ITG_IN_EU,
        "asset freeze, no funds or economic resources",
    ),
    Asked("The EU imposed a travel ban on Wu Haibo.", "measure", "travel ban", "corroborated", WU_IN_EU),
    # A company cannot travel: Decision (CFSP) 2019/797, Article 4
    Asked(
        "The EU has banned Integrity Technology Group from entering the Union.",
        "measure",
        "travel ban",
        "partly",
        ITG_IN_EU,
        "natural persons only",
    ),
    Asked(
        "The EU froze the assets of Integrity Technology Group and banned it from entering the Union.",
        "measure",
        "asset freeze; travel ban",
        "partly",
        ITG_IN_EU,
        "not travel ban",
    ),
    Asked(
        "The EU froze the assets of Wuhan Xiaoruizhi Science and Technology.",
        "measure",
        "asset freeze",
        "contradicted",
        ABSENT_IN_EU,
        "as of 2026-07-13",
    ),
    Asked(
        "The EU did not freeze the assets of Sichuan Silence.",
        "measure",
        "asset freeze",
        "corroborated",
        ABSENT_IN_EU,
    ),
    Asked("The US froze the assets of Dmitry Badin.", "measure", "asset freeze", "unknown", "", "no listing"),
]


@pytest.mark.parametrize(
    "row", [*DESIGNATED, *CROWDS, *NOT_DESIGNATED, *DELISTED, *INDICTED, *MEASURES], ids=lambda row: str(row)
)
def test_a_listing_claim_is_decided_by_the_record_that_names_it(row: Asked) -> None:
    assert_decided(row)


def test_absence_names_whom_the_authority_did_list_and_who_did_list_the_party() -> None:
    verdict = judged("The EU sanctioned Wuhan Xiaoruizhi Science and Technology in 2026.", "designated", XRZ)
    nearest = "\n".join(near.says for near in verdict.nearest)
    assert "Integrity Technology Group" in nearest
    assert "Anxun" in nearest
    assert "listed by US since 2024-03-25" in nearest
    assert "listed by UK since 2024-03-25" in nearest
    assert XRZ_IN_US in proofs_of(verdict)


def test_absence_is_never_said_to_be_no_sanction_at_all() -> None:
    rows = [row for row in (*DESIGNATED, *NOT_DESIGNATED) if " as of " in row.says]
    for row in rows:
        verdict = assert_decided(row)
        assert "as of" in verdict.why[0].says
        assert "not sanctioned" not in " ".join(reason.says for reason in verdict.why)


def test_what_is_only_reported_or_guessed_is_judged_for_what_is_claimed() -> None:
    text = "According to Reuters, the EU probably sanctioned Integrity Technology Group on 16 March 2026."
    verdict = judged(text, "designated", ITG)
    assert verdict.verdict == "corroborated"
    assert {(reason.name, reason.value) for reason in verdict.why} >= {("hedged", "likely"), ("second hand", "Reuters")}


def test_the_lists_that_decided_stand_with_their_dates() -> None:
    found = checked("The EU sanctioned Integrity Technology Group.")
    assert {"EU-CYB", "OFAC-SDN", "UK-SL"} <= found.as_of.keys()
    assert found.as_of["EU-CYB"] == "2026-07-13"
