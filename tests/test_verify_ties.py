"""Verdicts on who is behind whom, what else they are called, where they sit and what they own, with who says so."""

from __future__ import annotations

import pytest

from asking import Asked, assert_decided, checked, judged

ITG, XRZ, ANXUN = "party:integrity-technology-group", "party:wuhan-xiaoruizhi", "party:anxun"

FRONTS = [
    Asked(
        "Integrity Technology Group is a front for Flax Typhoon.",
        "fronts_for",
        "actor:flax-typhoon",
        "corroborated",
        f"pack | Council of the EU | 2026-03-16 | {ITG} fronts_for actor:flax-typhoon",
        "US Department of Justice",
    ),
    Asked(
        "Wuhan Xiaoruizhi Science and Technology is a front for the Ministry of State Security.",
        "fronts_for",
        "sponsor:mss",
        "corroborated",
        f"pack | US Department of the Treasury | 2024-03-25 | {XRZ} fronts_for sponsor:mss",
    ),
    Asked(
        "Integrity Technology Group is a front for Volt Typhoon.",
        "fronts_for",
        "G1017",
        "contradicted",
        f"pack | NCSC-UK | 2024-09-18 | {ITG} belongs_to actor:flax-typhoon",
        "to Flax Typhoon, not to Volt Typhoon",
    ),
    Asked("Chengdu Fantasy Technology Co is a front for APT31.", "fronts_for", "G0128", "unknown", "", "no catalogue"),
]
BELONGS = [
    Asked(
        "APT31 belongs to China's Ministry of State Security.",
        "belongs_to",
        "sponsor:mss",
        "corroborated",
        "pack | UK FCDO | 2021-07-19 | G0128 belongs_to sponsor:mss",
    ),
    # Through the unit that it is
    Asked(
        "APT28, a group run by the GRU, sent phishing mails.",
        "belongs_to",
        "sponsor:gru",
        "corroborated",
        "pack | Council of the EU | 2020-10-22 | G0007 belongs_to sponsor:gru-26165",
    ),
    Asked(
        "Najee Technology is affiliated with the IRGC.",
        "belongs_to",
        "sponsor:irgc",
        "corroborated",
        "pack | US Department of the Treasury | 2022-09-14 | party:najee-technology belongs_to sponsor:irgc",
    ),
    # The sponsor is of another country, or of the same country and another one
    Asked(
        "APT31 belongs to the GRU.",
        "belongs_to",
        "sponsor:gru",
        "contradicted",
        "pack | HM Treasury OFSI | 2024-03-25 | G0128 belongs_to sponsor:mss",
        "not to",
    ),
    Asked(
        "APT29 belongs to the FSB.",
        "belongs_to",
        "sponsor:fsb",
        "contradicted",
        "pack | UK Government | 2021-04-15 | G0016 belongs_to sponsor:svr",
        "Foreign Intelligence Service",
    ),
    Asked(
        "MuddyWater belongs to the IRGC.",
        "belongs_to",
        "sponsor:irgc",
        "contradicted",
        "pack | FBI, CISA, CNMF and NCSC-UK | 2022-02-24 | G0069 belongs_to sponsor:mois",
        "Ministry of Intelligence",
    ),
    Asked(
        "Sandworm is not part of the SVR.",
        "belongs_to",
        "sponsor:svr",
        "corroborated",
        "pack | Council of the EU | 2020-07-30 | G0034 belongs_to sponsor:gru-74455",
    ),
    Asked("Volt Typhoon belongs to the MSS.", "belongs_to", "sponsor:mss", "unknown", "", "no source held here"),
]
CROWDS = [
    Asked(
        "Iranian actors belong to the IRGC.",
        "belongs_to",
        "sponsor:irgc",
        "corroborated",
        "pack | Microsoft | 2024-08-28 | G0064 belongs_to sponsor:irgc",
        " actors are tied to",
    ),
    Asked(
        "Iranian actors mostly belong to the IRGC.",
        "belongs_to",
        "sponsor:irgc",
        "partly",
        "pack | Microsoft | 2024-08-28 | G0064 belongs_to sponsor:irgc",
        " actors are tied to",
    ),
    Asked("Iranian actors belong to the GRU.", "belongs_to", "sponsor:gru", "unknown", ""),
    Asked(
        "The Iranian entities sanctioned by the EU are linked to the IRGC.",
        "belongs_to",
        "sponsor:irgc",
        "partly",
        "pack | US Department of the Treasury | 2018-01-12 | sponsor:irgc-cec belongs_to sponsor:irgc",
        "EU's own text names no such sponsor",
    ),
]
NAMES = [
    Asked("APT31 is also known as Judgement Panda.", "same_as", "G0128", "corroborated", "", "Judgement Panda"),
    Asked(
        "Emennet Pasargad was formerly known as Net Peygard Samavat.",
        "same_as",
        "party:net-peygard-samavat",
        "corroborated",
        "",
    ),
    Asked(
        "APT31 is also known as Fancy Bear.",
        "same_as",
        "G0007",
        "contradicted",
        "names | MITRE ATT&CK | G0007",
        "APT28",
    ),
    Asked("APT31 is not the same as APT40.", "same_as", "G0065", "corroborated", ""),
    Asked("APT31 is also known as Purple Walrus.", "same_as", "Purple Walrus", "unknown", "", "in no catalogue"),
]
PLACES = [
    Asked(
        "Integrity Technology Group is headquartered in Beijing.",
        "located_in",
        "Beijing",
        "corroborated",
        f"OFAC-SDN | Council of the EU | 2025-01-03 | {ITG}",
    ),
    Asked("Sichuan Silence is based in Chengdu.", "located_in", "Chengdu", "corroborated", "", "Chengdu"),
    Asked(
        "Integrity Technology Group is based in Shanghai.",
        "located_in",
        "Shanghai",
        "contradicted",
        f"OFAC-SDN | Council of the EU | 2025-01-03 | {ITG}",
        "not Shanghai",
    ),
    Asked("Integrity Technology Group is based in Tehran.", "located_in", "Tehran", "contradicted", "", "of China"),
    Asked(
        "Chengdu Fantasy Technology Co is based in Beijing.", "located_in", "Beijing", "unknown", "", "in no catalogue"
    ),
]
CONTROL = [
    Asked(
        "Wu Haibo founded i-Soon.",
        "leads",
        ANXUN,
        "corroborated",
        f"pack | Council of the EU | 2026-03-16 | party:wu-haibo leads {ANXUN}",
    ),
    Asked(
        "Igor Kostyukov leads the GRU.",
        "leads",
        "sponsor:gru",
        "corroborated",
        "pack | Council of the EU | 2020-10-22 | party:igor-kostyukov leads sponsor:gru",
    ),
    Asked("Esmail Khatib leads the IRGC.", "leads", "sponsor:irgc", "unknown", "", "no source held here"),
    Asked(
        "Zhou Shuai owns Shanghai Heiying.",
        "owns",
        "party:shanghai-heiying",
        "corroborated",
        "pack | US Department of the Treasury | 2025-03-05 | party:zhou-shuai owns party:shanghai-heiying",
    ),
    # Leading is not owning
    Asked(
        "Wu Haibo owns Anxun Information Technology.",
        "owns",
        ANXUN,
        "partly",
        f"pack | Council of the EU | 2026-03-16 | party:wu-haibo leads {ANXUN}",
        "leads",
    ),
    Asked("Zhou Shuai owns Anxun Information Technology.", "owns", ANXUN, "unknown", "", "no source held here"),
]
ASSETS = [
    Asked(
        "Integrity Technology Group operates the Raptor Train botnet.",
        "operates",
        "malware:raptor-train",
        "corroborated",
        f"pack | US Department of Justice | 2024-09-18 | {ITG} operates malware:raptor-train",
    ),
    Asked(
        "APT29 operates Raptor Train.",
        "operates",
        "malware:raptor-train",
        "contradicted",
        "pack | Lumen Black Lotus Labs | 2024-09-18 | malware:raptor-train",
        "Flax Typhoon",
    ),
    Asked("Sichuan Silence operates the Raptor Train botnet.", "operates", "malware:raptor-train", "unknown", ""),
    Asked(
        "i-Soon used the domain i-soon.net.",
        "has_domain",
        "i-soon.net",
        "corroborated",
        "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.B/7",
    ),
    Asked(
        "APT35 used the domain cam-research-ac.com.",
        "has_domain",
        "cam-research-ac.com",
        "contradicted",
        "pack | FireEye | 2019-07-18 | cam-research-ac.com",
        "OilRig",
    ),
    Asked("i-Soon used the domain example-nowhere.net.", "has_domain", "example-nowhere.net", "unknown", ""),
]


@pytest.mark.parametrize(
    "row", [*FRONTS, *BELONGS, *CROWDS, *NAMES, *PLACES, *CONTROL, *ASSETS], ids=lambda row: str(row)
)
def test_a_tie_is_decided_by_who_states_it(row: Asked) -> None:
    assert_decided(row)


@pytest.mark.parametrize("row", [FRONTS[2], BELONGS[3], BELONGS[4]], ids=lambda row: str(row))
def test_a_refuted_tie_comes_with_the_true_one(row: Asked) -> None:
    verdict = assert_decided(row)
    assert verdict.nearest
    assert all(near.evidence for near in verdict.nearest)


@pytest.mark.parametrize("other", ["APT28", "APT29"])
def test_a_name_that_sources_give_to_two_actors_is_either(other: str) -> None:
    found = checked(f"Grizzly Steppe is also known as {other}.")
    assert [verdict.verdict for verdict in found.verdicts] == ["corroborated"]


def test_a_denial_is_judged_as_such_and_says_so() -> None:
    verdict = judged("APT31 is not the same as APT40.", "same_as", "G0065")
    assert [reason.value for reason in verdict.why if reason.name == "negated"] == ["corroborated"]
