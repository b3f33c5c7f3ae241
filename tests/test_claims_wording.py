"""How a claim is said: how surely, by whom, of which day, over two sentences, twice, or not at all."""

from __future__ import annotations

import pytest

from asking import claims_of, line_of, table

HEDGED = """
APT31 almost certainly belongs to the MSS.
    G0128 | belongs_to | sponsor:mss | almost certain
APT31 likely uses RAWDOOR.
    G0128 | uses | malware:win.rawdoor | likely
APT28 probably used Cobalt Strike.
    G0007 | uses | S0154 | likely
APT41 reportedly used ShadowPad.
    G0096 | uses | S0596 | likely
APT41 may have deployed ShadowPad.
    G0096 | uses | S0596 | roughly even chance
APT41 could have deployed ShadowPad.
    G0096 | uses | S0596 | roughly even chance
Zhao Guangzong is suspected to be a member of APT31.
    party:zhao-guangzong | belongs_to | G0128 | likely
"""
SECOND_HAND = """
According to Mandiant, APT41 uses ShadowPad.
    G0096 | uses | S0596 | by Mandiant
Mandiant said that APT41 uses ShadowPad.
    G0096 | uses | S0596 | by Mandiant
APT41 uses ShadowPad, Mandiant said.
    G0096 | uses | S0596 | by Mandiant
According to the FBI, APT41 deployed ShadowPad.
    G0096 | uses | S0596 | by FBI
A researcher claimed that Sandworm deployed Industroyer.
    G0034 | uses | S0604 | by A researcher
According to Reuters, the EU sanctioned Integrity Technology Group on 16 March 2026.
    EU | designated | party:integrity-technology-group | 2026-03-16 | by Reuters
Microsoft assesses that APT28 uses password spraying.
    G0007 | uses | T1110.003 | likely | by Microsoft
"""
DATED = """
EU sanctioned Integrity Technology Group on Mar. 16, 2026.
    EU | designated | party:integrity-technology-group | 2026-03-16
EU sanctioned Integrity Technology Group on March 16th, 2026.
    EU | designated | party:integrity-technology-group | 2026-03-16
EU sanctioned Integrity Technology Group on the 16th of March 2026.
    EU | designated | party:integrity-technology-group | 2026-03-16
EU sanctioned Integrity Technology Group in Q1 2026.
    EU | designated | party:integrity-technology-group | 2026-01-01
EU sanctioned Integrity Technology Group in 2026.
    EU | designated | party:integrity-technology-group | 2026-01-01
16 March 2026: the EU listed Integrity Technology Group.
    EU | designated | party:integrity-technology-group | 2026-03-16
EU sanctioned Integrity Technology Group on 31 February 2026.
    EU | designated | party:integrity-technology-group
EU sanctioned Integrity Technology Group in March.
    EU | designated | party:integrity-technology-group
"""
POINTING_BACK = """
The EU listed Integrity Technology Group. The company is a front for Flax Typhoon.
    EU | designated | party:integrity-technology-group
    party:integrity-technology-group | fronts_for | actor:flax-typhoon
APT31 is a Chinese group. It uses spearphishing links.
    G0128 | uses | T1566.002
The US sanctioned Zhao Guangzong and Ni Gaobin. The UK sanctioned both men on the same day.
    US | designated | party:zhao-guangzong
    US | designated | party:ni-gaobin
    UK | designated | party:zhao-guangzong
    UK | designated | party:ni-gaobin
The US indicted Yin Kecheng. He was sanctioned by the US on 17 January 2025.
    US | indicted | party:yin-kecheng
    US | designated | party:yin-kecheng | 2025-01-17
Treasury sanctioned Sichuan Juxinhe in January 2025. The firm belongs to Salt Typhoon.
    US | designated | party:sichuan-juxinhe | 2025-01-01
    party:sichuan-juxinhe | belongs_to | G1045
MuddyWater belongs to MOIS. The group targets telecommunications.
    G0069 | belongs_to | sponsor:mois
    G0069 | targets | telecommunications
APT41 is Chinese. The group used ShadowPad.
    G0096 | uses | S0596
Integrity Technology Group is a Beijing company. The EU listed it on 16 March 2026.
    EU | designated | party:integrity-technology-group | 2026-03-16
The EU listed Integrity Technology Group on 16 March 2026. The company is based in Beijing.
    EU | designated | party:integrity-technology-group | 2026-03-16
    party:integrity-technology-group | located_in | CN
The US sanctioned Guan Tianfeng on 10 December 2024. He was indicted on the same day.
    US | designated | party:guan-tianfeng | 2024-12-10
    US | indicted | party:guan-tianfeng | 2024-12-10
The US sanctioned Sichuan Silence. The UK has not sanctioned the company.
    US | designated | party:sichuan-silence
    UK | not_designated | party:sichuan-silence | not
The EU listed Wu Haibo and Chen Cheng. Both men were indicted by the US.
    EU | designated | party:wu-haibo
    EU | designated | party:chen-cheng
    US | indicted | party:wu-haibo
    US | indicted | party:chen-cheng
The EU listed Wu Haibo. He leads Anxun Information Technology.
    EU | designated | party:wu-haibo
    party:wu-haibo | leads | party:anxun
The US listed Sichuan Juxinhe. The UK listed it too.
    US | designated | party:sichuan-juxinhe
    UK | designated | party:sichuan-juxinhe
MuddyWater is Iranian. These hackers use PowerShell scripts.
    G0069 | uses | T1059.001
The EU listed Integrity Technology Group on 16 March 2026. The measures freeze its assets.
    EU | designated | party:integrity-technology-group | 2026-03-16
    party:integrity-technology-group | measure | asset freeze
"""
QUIET = """
Patch VPN appliances now.
Defenders should monitor for APT31 activity.
Organisations are advised to block domains of MuddyWater.
Review all accounts that APT31 may have used.
We recommend that firms block RAWDOOR.
Enable multi-factor authentication against Iranian actors.
Is APT31 behind the attack?
What does the EU sanction?
Has the US sanctioned Integrity Technology Group?
Subscribe to our newsletter for more on APT31.
Advertisement
Read more: APT31 targets parliament.
Photo: the headquarters of i-Soon in Chengdu.
Sign up for our webinar on Volt Typhoon.
The EU has a cyber sanctions regime.
Sanctions are a diplomatic tool.
Ministers met in Brussels on 16 March 2026.
The EU may impose sanctions on those who attack its members.
Analysts researching APT31 should look at its routers.
"""
PERIODS = [
    ("on 16 March 2026", "2026-03-16", "2026-03-16"),
    ("on 2026-03-16", "2026-03-16", "2026-03-16"),
    ("on March 16, 2026", "2026-03-16", "2026-03-16"),
    ("in March 2026", "2026-03-01", "2026-03-31"),
    ("in February 2024", "2024-02-01", "2024-02-29"),
    ("in Q1 2026", "2026-01-01", "2026-03-31"),
    ("in 2026", "2026-01-01", "2026-12-31"),
    ("in March", None, None),
]


@pytest.mark.parametrize(("text", "lines"), table(HEDGED + SECOND_HAND + DATED + POINTING_BACK))
def test_a_text_says_just_these_claims(text: str, lines: list[str]) -> None:
    assert sorted(line_of(claim) for claim in claims_of(text)) == sorted(lines)


@pytest.mark.parametrize("text", QUIET.strip().splitlines())
def test_advice_questions_and_advertisements_claim_nothing(text: str) -> None:
    assert [line_of(claim) for claim in claims_of(text)] == []


def test_a_heading_claims_nothing_and_the_body_below_it_does() -> None:
    text = "APT31 deploys NotPetya\n\nOn Monday analysts met.\n\nThe hackers of APT31\n\nAPT31 uses RAWDOOR.\n"
    assert [line_of(claim) for claim in claims_of(text)] == ["G0128 | uses | malware:win.rawdoor"]


@pytest.mark.parametrize(("words", "first", "last"), PERIODS)
def test_a_stated_time_is_the_first_and_last_day_it_can_mean(words: str, first: str | None, last: str | None) -> None:
    [claim] = claims_of(f"The EU sanctioned Integrity Technology Group {words}.")
    assert claim.when is not None
    assert (claim.when.from_, claim.when.to) == (first, last)
    assert claim.when.text in words


def test_a_date_without_a_year_takes_it_from_the_day_of_the_report() -> None:
    text = "Cyber firm listed\n\nBrussels, 20 March 2026\n\nThe EU listed Integrity Technology Group on 16 March.\n"
    [claim] = claims_of(text)
    assert claim.when is not None
    assert claim.when.from_ == "2026-03-16"


SAME_AGAIN = [
    "The EU sanctioned Integrity Technology Group in March 2026. Integrity Technology Group was listed by the EU.",
    "Sandworm deployed Industroyer. Nobody noticed at first. Industroyer was deployed by Sandworm.",
    "APT31 belongs to the MSS. It targets diplomats. APT31 works for the MSS.",
]


@pytest.mark.parametrize("text", SAME_AGAIN)
def test_the_same_claim_made_again_is_one_claim_with_another_span(text: str) -> None:
    [claim] = [claim for claim in claims_of(text) if claim.predicate != "targets"]
    [again] = claim.also
    assert text[claim.start : claim.end] == claim.sentence
    assert text[again.start : again.end] == text[text.rindex(". ", 0, -1) + 2 :]


def test_the_same_claim_denied_is_another_claim() -> None:
    found = claims_of("Sandworm deployed Industroyer. Sandworm never deployed Industroyer.")
    assert [(claim.negated, claim.also) for claim in found] == [(False, ()), (True, ())]


def test_two_listings_of_one_party_on_two_days_are_two_claims() -> None:
    text = (
        "The US sanctioned Esmail Khatib on 9 September 2022. "
        "The US sanctioned Esmail Khatib again on 22 September 2022."
    )
    assert [line_of(claim) for claim in claims_of(text)] == [
        "US | designated | party:esmail-khatib | 2022-09-09",
        "US | designated | party:esmail-khatib | 2022-09-22",
    ]


def test_ids_are_stable_and_differ() -> None:
    text = "The EU listed Wu Haibo and Chen Cheng. Sandworm deployed Industroyer and NotPetya."
    first, second = ([claim.id for claim in claims_of(text)] for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first) == 4
