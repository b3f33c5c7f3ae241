"""What actors use, target and exploit: as short sentences say it."""

from __future__ import annotations

import pytest

from asking import claims_of, line_of, table

USES = """
APT31 uses RAWDOOR.
    G0128 | uses | malware:win.rawdoor
ShadowPad is used by APT41.
    G0096 | uses | S0596
The backdoor RAWDOOR is used by APT31.
    G0128 | uses | malware:win.rawdoor
Industroyer was deployed by Sandworm.
    G0034 | uses | S0604
The malware Industroyer was written by Sandworm.
    G0034 | uses | S0604
Salt Typhoon carried Demodex.
    G1045 | uses | malware:demodex
APT31 uses malware called RAWREEL.
    G0128 | uses | RAWREEL
APT28 uses Mimikatz.
    G0007 | uses | S0002
Sandworm deployed Industroyer and NotPetya.
    G0034 | uses | S0604
    G0034 | uses | S0368
APT31 has used spearphishing links.
    G0128 | uses | T1566.002
Spearphishing links were sent by APT31.
    G0128 | uses | T1566.002
APT29 relied on password spraying.
    G0016 | uses | T1110.003
Volt Typhoon hides its traffic behind compromised SOHO routers.
    G1017 | uses | T1584.008
MuddyWater uses PowerShell scripts and remote access tools.
    G0069 | uses | T1059.001
    G0069 | uses | T1219
APT41 used DLL side-loading.
    G0096 | uses | T1574.001
APT31 used T1566.002 in this campaign.
    G0128 | uses | T1566.002
APT31 used the technique T1584.008.
    G0128 | uses | T1584.008
APT41 used T1086 in its attacks.
    G0096 | uses | T1059.001
With NotPetya, Sandworm struck companies in Ukraine.
    G0034 | uses | S0368
    G0034 | targets | companies in Ukraine
MuddyWater has never used Industroyer.
    G0069 | uses | S0604 | not
APT29 does not use Industroyer.
    G0016 | uses | S0604 | not
Volt Typhoon did not deploy NotPetya.
    G1017 | uses | S0368 | not
"""
CLASSES = """
Russian state-sponsored actors use password spraying.
    class:RU | uses | T1110.003
Iranian actors exploit VPN appliances and mail servers.
    class:IR | exploits | VPN appliances and mail servers
Chinese and Russian actors exploit VPN appliances.
    class:CN+RU | exploits | VPN appliances
Chinese hackers exploit vulnerabilities in routers.
    class:CN | exploits | routers
Iranian groups target universities.
    class:IR | targets | universities
Russian hackers target energy companies.
    class:RU | targets | energy companies
"""
TARGETS = """
APT31 targets government officials.
    G0128 | targets | government officials
APT33 targets aerospace and energy.
    G0064 | targets | aerospace
    G0064 | targets | energy
APT31 targeted government, defence and telecommunications.
    G0128 | targets | government
    G0128 | targets | defence
    G0128 | targets | telecommunications
Universities in the United States were targeted by Silent Librarian.
    G0122 | targets | Universities in the United States
Flax Typhoon targets organisations in Taiwan.
    actor:flax-typhoon | targets | organisations in Taiwan
Ukrainian power companies were attacked by Sandworm.
    G0034 | targets | Ukrainian power companies
Kimsuky spies on South Korean think tanks.
    G0094 | targets | South Korean think tanks
APT40 does not target universities.
    G0065 | targets | universities | not
Silent Librarian hacked universities.
    G0122 | targets | universities
"""
EXPLOITS = """
CVE-2021-44228 was exploited by APT41.
    G0096 | exploits | CVE-2021-44228
HAFNIUM exploited CVE-2021-26855 and CVE-2021-27065.
    G0125 | exploits | CVE-2021-26855
    G0125 | exploits | CVE-2021-27065
APT28 exploits CVE-2023-23397, a flaw in Microsoft Outlook.
    G0007 | exploits | CVE-2023-23397
HAFNIUM exploited vulnerabilities in Microsoft Exchange.
    G0125 | exploits | Microsoft Exchange
APT28 never exploited CVE-2021-44228.
    G0007 | exploits | CVE-2021-44228 | not
"""


@pytest.mark.parametrize(("text", "lines"), table(USES + CLASSES + TARGETS + EXPLOITS))
def test_a_sentence_says_just_these_claims(text: str, lines: list[str]) -> None:
    assert sorted(line_of(claim) for claim in claims_of(text)) == sorted(lines)
