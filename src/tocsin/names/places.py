"""Countries and sectors as texts name them: names, adjectives and capitals → ISO 3166 alpha-2; words → sectors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

# code: names; adjectives; capitals and other words that stand for the state. Lower case.
_COUNTRIES = """
CN china, people's republic of china, prc, mainland china; chinese; beijing
IR iran, islamic republic of iran; iranian; tehran
RU russia, russian federation; russian; moscow, kremlin
KP north korea, dprk, democratic people's republic of korea; north korean; pyongyang
US united states, united states of america, usa, america; american; washington
GB united kingdom, uk, great britain, britain, england; british; london
KR south korea, republic of korea; south korean; seoul
TW taiwan; taiwanese; taipei
JP japan; japanese; tokyo
IN india; indian; new delhi
IL israel; israeli; jerusalem
SA saudi arabia; saudi; riyadh
AE united arab emirates, uae; emirati; abu dhabi
UA ukraine; ukrainian; kyiv, kiev
DE germany; german; berlin
FR france; french; paris
NL netherlands, the netherlands; dutch; the hague
BE belgium; belgian
IT italy; italian; rome
ES spain; spanish; madrid
PL poland; polish; warsaw
CZ czech republic, czechia; czech; prague
SK slovakia; slovak
EE estonia; estonian; tallinn
LV latvia; latvian; riga
LT lithuania; lithuanian; vilnius
FI finland; finnish; helsinki
SE sweden; swedish; stockholm
NO norway; norwegian; oslo
DK denmark; danish; copenhagen
AL albania; albanian; tirana
GR greece; greek; athens
TR turkey, türkiye; turkish; ankara
GE georgia; georgian; tbilisi
MD moldova; moldovan
BY belarus; belarusian; minsk
AU australia; australian; canberra
NZ new zealand; new zealander; wellington
CA canada; canadian; ottawa
BR brazil; brazilian
MX mexico; mexican
PH philippines, the philippines; filipino, philippine; manila
VN vietnam; vietnamese; hanoi
TH thailand; thai; bangkok
MY malaysia; malaysian
SG singapore; singaporean
ID indonesia; indonesian; jakarta
HK hong kong
PK pakistan; pakistani; islamabad
AF afghanistan; afghan; kabul
IQ iraq; iraqi; baghdad
SY syria; syrian; damascus
LB lebanon; lebanese; beirut
JO jordan; jordanian
KW kuwait; kuwaiti
QA qatar; qatari
EG egypt; egyptian; cairo
ZA south africa; south african
KE kenya; kenyan
NG nigeria; nigerian
CH switzerland; swiss; bern
AT austria; austrian; vienna
HU hungary; hungarian; budapest
RO romania; romanian
BG bulgaria; bulgarian
RS serbia; serbian
ME montenegro; montenegrin
MN mongolia; mongolian
KZ kazakhstan; kazakh
BH bahrain; bahraini
OM oman; omani
YE yemen; yemeni
KH cambodia; cambodian
MM myanmar, burma; burmese
"""

_REGIONS = {
    "middle east": "Middle East",
    "gulf": "Middle East",
    "europe": "Europe",
    "european": "Europe",
    "southeast asia": "Southeast Asia",
    "south-east asia": "Southeast Asia",
    "central asia": "Central Asia",
    "africa": "Africa",
    "african": "Africa",
    "asia": "Asia",
    "asian": "Asia",
    "north america": "North America",
    "latin america": "Latin America",
    "south asia": "South Asia",
}

# Sector: the words by which texts name it (stems end in *); an indented line goes on with the row above.
_SECTORS = """
government: government*, governmental, ministr*, foreign ministr*, public sector, public-sector, officials,
  diplomat*, embass*, parliament*, lawmaker*, legislator*, members of parliament, state agenc*, federal agenc*,
  municipal*, agencies
political: political, politician*, election*, electoral, election campaign*, democratic, party officials, voter*
defense: defense, defence, militar*, armed forces, defense contractor*, arms maker*, weapons
aerospace: aerospace, aviation, airline*, aircraft, satellite*, space
telecommunications: telecom*, telecommunication*, telephone compan*, phone compan*, carrier*, mobile operator*,
  internet service provider*, isps
energy: energy, oil, gas, petrochemical*, electric*, power grid, utilit*, nuclear
water: water, wastewater
finance: financ*, bank*, insurance, cryptocurrenc*, crypto exchange*, fintech
healthcare: health*, hospital*, medical, pharmac*, vaccine*, biotech*
education: universit*, academi*, academic*, education, school*, scholar*, professor*, research institut*, researchers
think tanks: think tank*, think-tank*, policy institut*
ngo: ngo*, non-governmental, nongovernmental, non-profit*, nonprofit*, charit*, civil society, human rights
dissidents: dissident*, activist*, opposition, diaspora, exile*, uyghur*, minorit*, pro-democracy
media: media, journalist*, news*, broadcaster*, press, publisher*
technology: technolog*, it companies, software, semiconductor*, chip maker*, managed service provider*, cloud,
  it service*, tech compan*, electronics
manufacturing: manufactur*, industrial, automotive, car maker*, engineering
transport: transport*, shipping, maritime, logistics, rail*, port*
legal: law firm*, legal, lawyer*
hospitality: hotel*, hospitality, travel, travellers, travelers, casino*, gaming
retail: retail*
critical infrastructure: critical infrastructure, infrastructure
economic: economic, high-value economic
chemical: chemical*
private sector: private sector, businesses, companies, corporat*, enterprise*
construction: construction
agriculture: agricultur*, food
"""


def _countries() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        code, rest = line.split(" ", 1)
        for table, part in zip((names, adjectives, capitals), rest.split(";"), strict=False):
            table.update({word.strip(): code for word in part.split(",") if word.strip()})
    return names, adjectives, capitals


COUNTRY_NAMES, COUNTRY_ADJECTIVES, CAPITALS = _countries()
COUNTRY_LABELS = {code: name.title().replace(" Of ", " of ") for name, code in reversed(COUNTRY_NAMES.items())}
COUNTRY_LABELS.update(
    {"US": "United States", "GB": "United Kingdom", "KP": "North Korea", "CN": "China", "IR": "Iran", "RU": "Russia"}
)


@cache
def _sectors() -> list[tuple[str, re.Pattern[str]]]:
    table = []
    for line in _SECTORS.replace("\n  ", " ").strip().splitlines():
        sector, words = line.split(":", 1)
        parts = [re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(",")]
        table.append((sector, re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)))
    return table


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


# The patterns are long: only who reads descriptions pays for them.
@cache
def _place() -> re.Pattern[str]:
    words = _any_of([*COUNTRY_NAMES, *COUNTRY_ADJECTIVES, *_REGIONS])
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _origin() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<word>{_any_of([*COUNTRY_NAMES, *COUNTRY_ADJECTIVES])})[- ](?:based|nexus|linked|backed|aligned|state"
        r"|government|threat|cyber|espionage|nation|military|intelligence|affiliated|sponsored|apt|hack\w+|group|actor"
        r"|adversary)",
        re.IGNORECASE,
    )


_SHORT_CODES = re.compile(r"(?<![\w.])(?:U\.S\.A?\.?|U\.K\.?|US|UK|UAE)(?!\w)")


def origin_of(text: str) -> str | None:
    """The country that a description's first lines give as where an actor comes from, or None."""
    match = _origin().search(text[:300])
    if not match:
        return None
    word = match["word"].lower()
    return COUNTRY_NAMES.get(word) or COUNTRY_ADJECTIVES.get(word)


def sectors_in(text: str) -> list[str]:
    """The sectors that a text names, each once, in the order of the table."""
    return [sector for sector, pattern in _sectors() if pattern.search(text)]


def countries_in(text: str) -> list[str]:
    """The countries (ISO codes) and regions that a text names by name or adjective, each once, in order."""
    found: dict[str, None] = {}
    for match in _place().finditer(text):
        word = match.group().lower()
        if word in ("us", "uk", "usa", "uae") and not match.group().isupper():
            continue
        found[COUNTRY_NAMES.get(word) or COUNTRY_ADJECTIVES.get(word) or _REGIONS[word]] = None
    for match in _SHORT_CODES.finditer(text):
        code = match.group().replace(".", "")
        found["US" if code.startswith("US") else "GB" if code == "UK" else "AE"] = None
    return list(found)
