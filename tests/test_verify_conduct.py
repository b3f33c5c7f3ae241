"""Verdicts on what actors use, target and exploit, for one actor or for a country's actors as a class."""

from __future__ import annotations

import re

import pytest

from asking import Asked, assert_decided, judged

ATTACK = "mitre-attack | MITRE ATT&CK"

USES = [
    Asked(
        "APT31 uses RAWDOOR.",
        "uses",
        "malware:win.rawdoor",
        "corroborated",
        "pack | HarfangLab (on the US indictment) | 2024 | malware:win.rawdoor",
    ),
    Asked("Sandworm used NotPetya.", "uses", "S0368", "corroborated", f"{ATTACK} | S0368", "NotPetya"),
    Asked("APT31 has used spearphishing links.", "uses", "T1566.002", "corroborated", f"{ATTACK} | T1566.002"),
    # A sub-technique bears out its parent
    Asked("APT28 uses spearphishing.", "uses", "T1566", "corroborated", f"{ATTACK} | T1566.001"),
    # A revoked id: T1086 became T1059.001
    Asked("APT41 used T1086 in its attacks.", "uses", "T1059.001", "corroborated", f"{ATTACK} | T1059.001"),
    Asked("APT29 does not use Industroyer.", "uses", "S0604", "corroborated", f"{ATTACK} | S0604", "Sandworm"),
    Asked("APT31 deployed Industroyer.", "uses", "S0604", "contradicted", f"{ATTACK} | S0604", "Sandworm"),
    Asked("APT29 uses CHOPSTICK.", "uses", "S0023", "contradicted", f"{ATTACK} | S0023", "tied to APT28"),
    # A tool that anyone can have refutes nothing
    Asked("Lazarus Group uses Cobalt Strike.", "uses", "S0154", "unknown", f"{ATTACK} | S0154", "shared by many"),
    Asked("APT31 uses T1086.", "uses", "T1059.001", "unknown", "", "no source held here"),
    Asked("APT31 uses malware called RAWREEL.", "uses", "RAWREEL", "unknown", "", "in no catalogue"),
    Asked("Sichuan Silence uses RAWDOOR.", "uses", "malware:win.rawdoor", "unknown", ""),
]
CLASSES = [
    Asked("Russian state-sponsored actors use password spraying.", "uses", "T1110.003", "corroborated", ""),
    Asked("Iranian actors mostly use password spraying.", "uses", "T1110.003", "partly", "", "not most"),
    Asked("Iranian actors use POWERSTATS.", "uses", "S0223", "partly", f"{ATTACK} | S0223", "one is no class"),
    Asked("Iranian actors use HAMMERTOSS.", "uses", "S0037", "unknown", ""),
    Asked(
        "Iranian actors exploit VPN appliances and mail servers.",
        "exploits",
        "VPN appliances and mail servers",
        "corroborated",
        "pack | FBI, CISA, ACSC and NCSC-UK (AA21-321A) | 2021-11-17 | CVE-2018-13379",
        "CVE-2018-13379",
    ),
    Asked("Iranian actors typically exploit mail servers.", "exploits", "mail servers", "partly", "", "not most"),
    Asked("Iranian actors target telecommunications.", "targets", "telecommunications", "corroborated", ""),
    Asked("Iranian actors target Japan.", "targets", "Japan", "unknown", ""),
]
EXPLOITS = [
    Asked(
        "CVE-2021-44228 was exploited by APT41.",
        "exploits",
        "CVE-2021-44228",
        "corroborated",
        "pack | Mandiant | 2022-03-08 | CVE-2021-44228",
    ),
    Asked(
        "HAFNIUM exploited vulnerabilities in Microsoft Exchange.",
        "exploits",
        "Microsoft Exchange",
        "corroborated",
        "pack | Microsoft | 2021-03-02 | CVE-2021-26855",
    ),
    Asked(
        "Fox Kitten exploited flaws in VPN appliances and SharePoint.",
        "exploits",
        "VPN appliances and SharePoint",
        "partly",
        "pack | CISA and FBI (AA20-259A) | 2020-09-15 | CVE-2019-11510",
        "some of these",
    ),
    Asked("APT40 exploited CVE-2021-26855.", "exploits", "CVE-2021-26855", "unknown", "", "no source held here"),
    Asked("APT31 exploited CVE-2024-99999.", "exploits", "CVE-2024-99999", "unknown", ""),
]
TARGETS = [
    Asked("APT31 targets government officials.", "targets", "government officials", "corroborated", ""),
    Asked("Flax Typhoon targets organisations in Taiwan.", "targets", "organisations in Taiwan", "corroborated", ""),
    Asked("APT31 targeted the shipping sector.", "targets", "the shipping sector", "unknown", ""),
]


@pytest.mark.parametrize("row", [*USES, *CLASSES, *EXPLOITS, *TARGETS], ids=lambda row: str(row))
def test_conduct_is_decided_by_catalogues_and_advisories(row: Asked) -> None:
    assert_decided(row)


@pytest.mark.parametrize("row", [row for row in CLASSES if row.verdict != "unknown"], ids=lambda row: str(row))
def test_a_verdict_on_a_class_says_how_many_of_how_many(row: Asked) -> None:
    counted = re.match(r"(\d+) of (\d+) such actors: ", assert_decided(row).why[0].says)
    assert counted
    doing, all_of_them = int(counted[1]), int(counted[2])
    assert 0 < doing <= all_of_them
    assert (doing >= 2) or row.verdict == "partly"


@pytest.mark.parametrize(
    ("text", "first"), [("APT31 uses malware called RAWREEL.", "RAWDOOR"), ("APT31 deployed RAWDOR.", "RAWDOOR")]
)
def test_an_unknown_name_leads_first_to_the_actor_s_own_malware(text: str, first: str) -> None:
    verdict = judged(text, "uses", text.split()[-1].rstrip("."))
    assert verdict.verdict == "unknown"
    assert first in verdict.nearest[0].says
    assert "tied to APT31" in verdict.nearest[0].says
    assert verdict.nearest[0].evidence


def test_malware_of_another_actor_names_its_owner_with_evidence() -> None:
    verdict = judged("APT31 deployed Industroyer.", "uses", "S0604")
    assert "Industroyer is tied to APT44 (Sandworm Team)" in verdict.nearest[0].says
    assert verdict.nearest[0].evidence[0].url


@pytest.mark.parametrize(
    ("text", "ref", "campaign"),
    [
        ("Sandworm uses T1543.003.", "T1543.003", "2016 Ukraine Electric Power Attack"),
        ("Volt Typhoon uses T1571.", "T1571", "KV Botnet Activity"),
    ],
)
def test_what_holds_only_through_a_campaign_says_so(text: str, ref: str, campaign: str) -> None:
    verdict = judged(text, "uses", ref)
    assert verdict.verdict == "corroborated"
    assert f"through campaign {campaign}" in verdict.why[0].says
    assert f"in campaign {campaign}" in verdict.evidence[0].says


def test_what_the_actor_does_anyway_is_not_laid_to_a_campaign() -> None:
    verdict = judged("APT41 uses ShadowPad.", "uses", "S0596")
    assert "campaign" not in verdict.why[0].says
