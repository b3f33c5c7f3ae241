"""Word tables for names: legal forms, generic words, and the Chinese and Persian words that company names are made of.

Legal forms follow the ISO 20275 (GLEIF) entity legal form list in their usual short spellings; generic words are those
that many unrelated parties share and that must not carry a match.
"""

from __future__ import annotations

# Folded (lower-case ASCII, no punctuation) forms that say only what kind of body it is.
LEGAL_FORMS = frozenset(
    """
    ltd limited co company inc incorporated corp corporation llc llp lp plc gmbh mbh ag aktiengesellschaft kg ohg ug
    se sa sas sarl sl srl spa nv bv ab as asa oy oyj aps kft zrt rt sro doo dd ad eood ood jsc pjsc ojsc cjsc oao zao
    ooo pao ao aozt fgup fsbi fgbu fku pte pty sdn bhd kk yk kabushiki kaisha pvt private joint stock pjs sherkat
    sherkate moassese youxian gongsi gufen
    """.split()
)

# Legal forms that are written out in several words, taken off before the words are split.
LEGAL_PHRASES = (
    "общество с ограниченной ответственностью",
    "публичное акционерное общество",
    "закрытое акционерное общество",
    "открытое акционерное общество",
    "акционерное общество",
    "gesellschaft mit beschränkter haftung",
    "société anonyme",
    "sociedad anónima",
    "società per azioni",
    "societatea cu răspundere limitată",
    "sp. z o.o.",
    "limited liability company",
    "joint stock company",
)

# Usual short spellings of generic words.
ABBREVIATIONS = {
    "tech": "technology",
    "technologies": "technology",
    "sci": "science",
    "sciences": "science",
    "intl": "international",
    "info": "information",
    "inst": "institute",
    "univ": "university",
    "dept": "department",
    "org": "organization",
    "organisation": "organization",
    "centre": "center",
    "grp": "group",
    "networks": "network",
}

# Words that name a trade, not a party: a match on them alone is no match.
GENERIC = frozenset(
    """
    and of the for de la du des technology technologies tech science sciences scientific information informational
    network networks computing computer computers software systems system solutions services service security cyber
    cybersecurity development industry industrial industries trading trade international national global group holding
    holdings institute institution center centre research engineering electronic electronics digital data communication
    communications telecom telecommunications enterprise enterprises management investment engineering academy
    university organization organisation association foundation bureau department ministry state general main office
    branch team project internet online media consulting import export
    """.split()
)

# Places in company names: they narrow, but many share them.
PLACES = frozenset(
    """
    beijing shanghai tianjin chongqing guangdong guangzhou shenzhen sichuan chengdu hubei wuhan hainan jiangsu nanjing
    zhejiang hangzhou shandong fujian hunan hebei henan yunnan china chinese prc iran iranian tehran mashhad isfahan
    yazd shiraz tabriz qom karaj
    russia russian moscow petersburg korea korean dprk pyongyang
    """.split()
)

# Chinese corporate words, longest first when applied, and what they are in English names.
HAN_WORDS = {
    "股份有限公司": "",
    "有限责任公司": "",
    "有限公司": "",
    "公司": "",
    "集团": " group ",
    "信息技术": " information technology ",
    "网络科技": " network technology ",
    "网络技术": " network technology ",
    "网络安全": " cybersecurity ",
    "信息": " information ",
    "技术": " technology ",
    "科技": " technology ",
    "网络": " network ",
    "科学": " science ",
    "安全": " security ",
    "发展": " development ",
    "国际": " international ",
    "贸易": " trading ",
    "电子": " electronic ",
    "软件": " software ",
    "研究院": " institute ",
    "研究所": " institute ",
}

# Persian and Arabic: each letter's usual Latin consonant; vowels and signs give nothing: romanisations differ there.
ARABIC_CONSONANTS = {
    "ب": "b",
    "پ": "p",
    "ت": "t",
    "ط": "t",
    "ث": "s",
    "س": "s",
    "ص": "s",
    "ج": "j",
    "چ": "c",
    "ح": "h",
    "ه": "h",
    "ة": "",
    "خ": "k",
    "د": "d",
    "ذ": "z",
    "ز": "z",
    "ض": "z",
    "ظ": "z",
    "ژ": "z",
    "ر": "r",
    "ش": "s",
    "غ": "g",
    "ق": "g",
    "ف": "f",
    "ک": "k",
    "ك": "k",
    "گ": "g",
    "ل": "l",
    "م": "m",
    "ن": "n",
}

# Words of Persian and Arabic names that romanised names translate or drop.
ARABIC_WORDS = {
    "شرکت": "",
    "موسسه": " institute ",
    "مؤسسه": " institute ",
    "سازمان": " organization ",
    "وزارت": " ministry ",
    "گروه": " group ",
    "آکادمی": " academy ",
}

# Honorifics and ranks, which sources put before a person's name or leave out.
HONORIFICS = frozenset(
    """
    mr mrs ms dr sir prof general brigadier colonel major captain lieutenant sergeant minister haj hajj seyyed seyed
    sayyid sayed
    """.split()
)
