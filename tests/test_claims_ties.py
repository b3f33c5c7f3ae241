"""Who is behind whom, where they sit and what else they are called: as short sentences say it."""

from __future__ import annotations

import pytest

from asking import claims_of, line_of, table

FRONTS = """
Wuhan Xiaoruizhi Science and Technology is a front for APT31.
    party:wuhan-xiaoruizhi | fronts_for | G0128
Wuhan XRZ acts as a front company for APT31.
    party:wuhan-xiaoruizhi | fronts_for | G0128
Sichuan Juxinhe served as a front for Salt Typhoon.
    party:sichuan-juxinhe | fronts_for | G1045
Integrity Technology Group fronts for Flax Typhoon.
    party:integrity-technology-group | fronts_for | actor:flax-typhoon
Chengdu Fantasy Technology Co is a front for APT31.
    Chengdu Fantasy Technology Co | fronts_for | G0128
"""
BELONGS = """
APT31 belongs to China's Ministry of State Security.
    G0128 | belongs_to | sponsor:mss
APT31 works for the Hubei State Security Department.
    G0128 | belongs_to | sponsor:hubei-ssd
Flax Typhoon is run by Integrity Technology Group.
    actor:flax-typhoon | belongs_to | party:integrity-technology-group
Flax Typhoon is the name for hackers of Integrity Technology Group.
    actor:flax-typhoon | belongs_to | party:integrity-technology-group
Cotton Sandstorm is part of the IRGC.
    actor:cotton-sandstorm | belongs_to | sponsor:irgc
Zhao Guangzong is a member of APT31.
    party:zhao-guangzong | belongs_to | G0128
Ni Gaobin works for Wuhan Xiaoruizhi Science and Technology.
    party:ni-gaobin | belongs_to | party:wuhan-xiaoruizhi
APT40 is linked to the Hainan State Security Department.
    G0065 | belongs_to | sponsor:hainan-ssd
APT34 is tied to Iran's Ministry of Intelligence and Security.
    G0049 | belongs_to | sponsor:mois
The US attributes APT29 to the SVR.
    G0016 | belongs_to | sponsor:svr
Lazarus Group is controlled by the Reconnaissance General Bureau.
    G0032 | belongs_to | sponsor:rgb
Najee Technology is affiliated with the IRGC.
    party:najee-technology | belongs_to | sponsor:irgc
Sandworm is not part of the SVR.
    G0034 | belongs_to | sponsor:svr | not
APT28, a group run by the GRU, targeted German politicians.
    G0007 | belongs_to | sponsor:gru
    G0007 | targets | German politicians
Iranian actors belong to the IRGC.
    class:IR | belongs_to | sponsor:irgc
The Iranian entities sanctioned by the EU are linked to the IRGC.
    Iranian entities | belongs_to | sponsor:irgc
"""
LOCATED = """
Integrity Technology Group is headquartered in Beijing.
    party:integrity-technology-group | located_in | CN
Sichuan Silence is a Chengdu-based company.
    party:sichuan-silence | located_in | Chengdu
Sichuan Silence is located in Chengdu.
    party:sichuan-silence | located_in | Chengdu
Afkar System is based in Yazd.
    party:afkar-system | located_in | Yazd
Wuhan Xiaoruizhi Science and Technology is not based in Shanghai.
    party:wuhan-xiaoruizhi | located_in | Shanghai | not
"""
SAME = """
APT31 is also known as Judgement Panda.
    G0128 | same_as | G0128
APT31, also tracked as Zirconium, has been active since 2016.
    G0128 | same_as | G0128
Hafnium is another name for APT31.
    G0125 | same_as | G0128
Fancy Bear is also called APT28.
    G0007 | same_as | G0007
APT31 is not the same as APT40.
    G0128 | same_as | G0065 | not
Flax Typhoon (also Ethereal Panda) uses web shells.
    actor:flax-typhoon | same_as | actor:flax-typhoon
    actor:flax-typhoon | uses | T1505.003
APT31 is also known as Purple Walrus.
    G0128 | same_as | Purple Walrus
"""
LEADS_OWNS = """
Wu Haibo founded i-Soon.
    party:wu-haibo | leads | party:anxun
Wu Haibo heads Anxun Information Technology.
    party:wu-haibo | leads | party:anxun
Chen Cheng co-founded Anxun Information Technology.
    party:chen-cheng | leads | party:anxun
Esmail Khatib leads the Ministry of Intelligence and Security.
    party:esmail-khatib | leads | sponsor:mois
Hamid Reza Lashgarian heads the IRGC Cyber-Electronic Command.
    party:hamid-reza-lashgarian | leads | sponsor:irgc-cec
Zhou Shuai owns Shanghai Heiying.
    party:zhou-shuai | owns | party:shanghai-heiying
"""
OPERATES_DOMAIN = """
i-Soon used the domain i-soon.net.
    party:anxun | has_domain | i-soon.net
The domain i-soon.net belongs to Sichuan Silence.
    party:sichuan-silence | has_domain | i-soon.net
"""


@pytest.mark.parametrize(("text", "lines"), table(FRONTS + BELONGS + LOCATED + SAME + LEADS_OWNS + OPERATES_DOMAIN))
def test_a_sentence_says_just_these_claims(text: str, lines: list[str]) -> None:
    assert sorted(line_of(claim) for claim in claims_of(text)) == sorted(lines)
