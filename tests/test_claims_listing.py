"""Who listed, did not list, delisted or indicted whom, when, and with what measure: as short sentences say it."""

from __future__ import annotations

import pytest

from asking import claims_of, line_of, table

ACTIVE = """
The EU sanctioned Integrity Technology Group on 16 March 2026.
    EU | designated | party:integrity-technology-group | 2026-03-16
On March 25, 2024, the US Treasury designated Wuhan Xiaoruizhi Science and Technology Company.
    US | designated | party:wuhan-xiaoruizhi | 2024-03-25
The United Kingdom blacklisted Zhao Guangzong and Ni Gaobin in March 2024.
    UK | designated | party:zhao-guangzong | 2024-03-01
    UK | designated | party:ni-gaobin | 2024-03-01
Brussels imposed restrictive measures on Emennet Pasargad in March 2026.
    EU | designated | party:emennet-pasargad | 2026-03-01
OFAC added Zhou Shuai to the SDN list on 5 March 2025.
    US | designated | party:zhou-shuai | 2025-03-05
The US Treasury has named Shanghai Heiying in its SDN list.
    US | designated | party:shanghai-heiying
Washington sanctioned Sichuan Silence and Guan Tianfeng on 10 December 2024.
    US | designated | party:sichuan-silence | 2024-12-10
    US | designated | party:guan-tianfeng | 2024-12-10
Canada sanctioned Integrity Technology Group.
    CA | designated | party:integrity-technology-group
Japan sanctioned Lazarus Group in December 2022.
    JP | designated | G0032 | 2022-12-01
The US sanctioned Acme Widgets Ltd on 3 May 2025.
    US | designated | Acme Widgets Ltd | 2025-05-03
"""
PASSIVE = """
Integrity Technology Group was sanctioned by the United States on January 3, 2025.
    US | designated | party:integrity-technology-group | 2025-01-03
Yin Kecheng was added to the SDN list on 17 January 2025.
    US | designated | party:yin-kecheng | 2025-01-17
Emennet Pasargad was placed on the EU cyber sanctions list on 2026-03-16.
    EU | designated | party:emennet-pasargad | 2026-03-16
Chen Cheng and Wu Haibo were put under EU sanctions on 16 March 2026.
    EU | designated | party:chen-cheng | 2026-03-16
    EU | designated | party:wu-haibo | 2026-03-16
Listed by the EU on 16 March 2026 were Integrity Technology Group and Emennet Pasargad.
    EU | designated | party:integrity-technology-group | 2026-03-16
    EU | designated | party:emennet-pasargad | 2026-03-16
Guan Tianfeng is under US sanctions.
    US | designated | party:guan-tianfeng
Integrity Technology Group, a Beijing company, was sanctioned by the EU.
    EU | designated | party:integrity-technology-group
"""
NOMINAL = """
The designation of Sichuan Juxinhe by OFAC came in January 2025.
    US | designated | party:sichuan-juxinhe | 2025-01-01
London's sanctions against i-Soon were announced on 9 December 2025.
    UK | designated | party:anxun | 2025-12-09
"""
LISTS_AND_CROWDS = """
The US sanctioned Afkar System, Najee Technology and ten people on 14 September 2022.
    US | designated | party:afkar-system | 2022-09-14
    US | designated | party:najee-technology | 2022-09-14
    US | designated | ten people | 2022-09-14
The EU imposed sanctions against Chen Cheng, Wu Haibo and Integrity Technology Group.
    EU | designated | party:chen-cheng
    EU | designated | party:wu-haibo
    EU | designated | party:integrity-technology-group
In December 2023 the UK and the US sanctioned Ruslan Peretyatko and Andrey Korinets.
    US | designated | party:ruslan-peretyatko | 2023-12-01
    US | designated | party:andrey-korinets | 2023-12-01
    UK | designated | party:ruslan-peretyatko | 2023-12-01
    UK | designated | party:andrey-korinets | 2023-12-01
The EU sanctioned three companies and two people on 16 March 2026.
    EU | designated | three companies | 2026-03-16
    EU | designated | two people | 2026-03-16
The US sanctioned six Iranian officials on 2 February 2024.
    US | designated | six Iranian officials | 2024-02-02
"""
DENIED = """
The EU has not listed Wuhan Xiaoruizhi Science and Technology.
    EU | not_designated | party:wuhan-xiaoruizhi | not
Wuhan Xiaoruizhi Science and Technology was never sanctioned by the European Union.
    EU | not_designated | party:wuhan-xiaoruizhi | not
The EU listed neither Zhao Guangzong nor Ni Gaobin.
    EU | not_designated | party:zhao-guangzong | not
    EU | not_designated | party:ni-gaobin | not
Sichuan Silence is not on the EU sanctions list.
    EU | not_designated | party:sichuan-silence | not
No EU sanctions have been imposed on Zhao Guangzong.
    EU | not_designated | party:zhao-guangzong | not
The EU did not list Sichuan Silence.
    EU | not_designated | party:sichuan-silence | not
The EU has yet to list Zhao Guangzong.
    EU | not_designated | party:zhao-guangzong | not
Sichuan Juxinhe has not been sanctioned by the UK.
    UK | not_designated | party:sichuan-juxinhe | not
"""
DELISTED = """
The US lifted sanctions on Sichuan Silence.
    US | delisted | party:sichuan-silence
The EU delisted Chen Cheng on 1 June 2026.
    EU | delisted | party:chen-cheng | 2026-06-01
The US Treasury removed Sichuan Silence from its SDN list in May 2025.
    US | delisted | party:sichuan-silence | 2025-05-01
"""
INDICTED = """
The US Justice Department indicted Zhao Guangzong on 25 March 2024.
    US | indicted | party:zhao-guangzong | 2024-03-25
Yin Kecheng was charged by federal prosecutors in March 2025.
    US | indicted | party:yin-kecheng | 2025-03-01
A federal grand jury indicted Yin Kecheng and Zhou Shuai.
    US | indicted | party:yin-kecheng
    US | indicted | party:zhou-shuai
Wu Haibo was indicted in the United States.
    US | indicted | party:wu-haibo
The Justice Department charged twelve Chinese nationals on 5 March 2025.
    US | indicted | twelve Chinese nationals | 2025-03-05
An indictment against Guan Tianfeng was unsealed in December 2024.
    US | indicted | party:guan-tianfeng | 2024-12-01
Zhou Shuai has not been indicted.
    US | indicted | party:zhou-shuai | not
Neither Zhao Guangzong nor Ni Gaobin was indicted.
    US | indicted | party:zhao-guangzong | not
    US | indicted | party:ni-gaobin | not
"""
MEASURES = """
The EU froze the assets of Integrity Technology Group.
    party:integrity-technology-group | measure | asset freeze
Integrity Technology Group's assets in the EU are frozen.
    party:integrity-technology-group | measure | asset freeze
Wu Haibo is banned from travelling to the EU.
    party:wu-haibo | measure | travel ban
Wu Haibo faces an asset freeze and a travel ban in the EU.
    party:wu-haibo | measure | asset freeze; travel ban
The EU froze the assets of Chen Cheng and barred him from entering the Union.
    party:chen-cheng | measure | asset freeze; travel ban
The EU froze the assets of Integrity Technology Group and banned it from entering the Union.
    party:integrity-technology-group | measure | asset freeze; travel ban
Europeans are forbidden to make funds available to Integrity Technology Group.
    party:integrity-technology-group | measure | no funds or economic resources
Chen Cheng may not enter the EU.
    party:chen-cheng | measure | travel ban
The EU did not freeze the assets of Sichuan Silence.
    party:sichuan-silence | measure | asset freeze | not
"""


@pytest.mark.parametrize(
    ("text", "lines"), table(ACTIVE + PASSIVE + NOMINAL + LISTS_AND_CROWDS + DENIED + DELISTED + INDICTED + MEASURES)
)
def test_a_sentence_says_just_these_claims(text: str, lines: list[str]) -> None:
    assert sorted(line_of(claim) for claim in claims_of(text)) == sorted(lines)
