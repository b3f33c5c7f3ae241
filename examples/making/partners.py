"""Whom Acme deals with: counterparties by country. Invented, but for the planted ones, which official lists publish."""

from __future__ import annotations

from typing import NamedTuple


class Partner(NamedTuple):
    """A counterparty. ``kind`` is Company or Person."""

    name: str
    kind: str
    country: str
    city: str
    registration: str = ""


class Listed(NamedTuple):
    """A planted counterparty that is listed, and the id of the listed party that screening must name."""

    partner: Partner
    listed: str
    what: str


# A country, then name | city | registration number or nothing; persons begin with an asterisk.
_TABLE = """
DE
Rheintal Werkzeuge GmbH | Lörrach | HRB 709114
Maschinenbau Oderbruch GmbH & Co. KG | Wriezen | HRA 3127
Schwarzwald Feinguss AG | Villingen | HRB 701882
Nordlicht Spedition GmbH | Flensburg | HRB 11907
Kupferhammer Härterei GmbH | Iserlohn | HRB 8834
Vogtland Oberflächentechnik GmbH | Plauen | HRB 27311
Allgäuer Messgeräte eG | Kempten | GnR 412
Elbtor Stahlhandel GmbH | Stade | HRB 203811
* Dr. Ingrid Sommerfeld | Bonn
* Holger Wittstock | Rostock
Sauerland Schmierstoffe GmbH | Olpe | HRB 10441
Stadtwerke Birkenau | Birkenau
CZ
Bohemia Alloys s.r.o. | Kladno | 27881904
Strojírna Horní Lhota a.s. | Blansko | 25338107
Kovovýroba Zelenka s.r.o. | Jihlava | 28301177
Isonet Metrology s.r.o. | Brno | 29217733
Integra Měřidla s.r.o. | Pardubice | 27460011
Doprava Slavík s.r.o. | Tábor | 26090155
* Ing. Radek Vondráček | Olomouc
Lakovna Morava a.s. | Přerov | 25823906
Nástrojárna Jestřebí s.r.o. | Liberec | 28690442
AT
Donau Präzision GmbH | Linz | FN 318412k
Tauern Hydraulik GmbH | Lienz | FN 240771t
Steirische Drehteile KG | Leoben | FN 55210a
CH
Jura Décolletage SA | Moutier | CHE-114.206.771
Aare Spindeltechnik AG | Aarau | CHE-107.881.240
PL
Huta Wierzbica Sp. z o.o. | Radom | 0000418227
Kujawy Odlewnia S.A. | Bydgoszcz | 0000233190
* Agnieszka Borowska-Lis | Gdynia
SK
Tatra Kovania s.r.o. | Martin | 36398112
HU
Alföld Szerszám Kft. | Kecskemét | 03-09-118274
IT
Officine Meccaniche Valsusa S.r.l. | Susa | 09118820017
Torneria Brescello S.p.A. | Brescello | 02244710358
Fonderie del Natisone S.r.l. | Cividale
* Giulia Ferrandini | Torino
FR
Décolletage du Faucigny SARL | Cluses | 421 887 309
Aciéries de la Loue SA | Ornans | 388 120 764
Outillage Beaucaire SAS | Beaucaire | 502 119 837
ES
Mecanizados Urdaibai S.L. | Gernika | B95118827
Aceros Monfragüe S.A. | Plasencia | A10221904
NL
Waalbocht Precisie B.V. | Tiel | 30187742
Zuiderzee Tooling B.V. | Hoorn | 37102288
BE
Ateliers de la Semois SPRL | Bouillon | 0477.221.908
SE
Bergslagen Gjuteri AB | Lindesberg | 556712-8841
Vänern Verktyg AB | Mariestad | 556388-1190
FI
Kymijoen Konepaja Oy | Kouvola | 2211873-4
DK
Limfjord Maskinfabrik A/S | Løgstør | 28117734
IE
Shannonside Gauges Ltd | Limerick | 518822
GB
Coventry Spline & Gear Ltd | Coventry | 07718842
Pennine Investment Castings Ltd | Halifax | 05522719
Integrity Gauges Ltd | Sheffield | 04411876
* Margaret Ashdown | Leeds
Thameside Freight Services Ltd | Tilbury | 06190288
US
Blue Mesa Aerostructures Inc. | Grand Junction
Tri-Rivers Fastener Corporation | Fort Wayne
Ohio Valley Broach LLC | Marietta
Pasadena Technology Casting LLC | Pasadena
* Warren T. Hollister | Tulsa
Sierra Vista Instruments Inc. | Tucson
Integrity Deburring Technology Inc. | Rockford
CA
Outaouais Machining Inc. | Gatineau
MX
Tornillos Bajío S.A. de C.V. | León
BR
Usinagem Serra Azul Ltda. | Joinville | 04.118.227/0001-90
TR
Karadeniz Döküm Sanayi A.Ş. | Samsun | 5120088172
Bozkır Makina Ltd. Şti. | Konya
AE
Gulf Crescent Bearings FZE | Sharjah
Al Dhafra Industrial Supplies LLC | Abu Dhabi
مؤسسة واحة النخيل للتجارة | العين
SA
شركة رمال الشرقية للمعدات | الدمام
IN
Sahyadri Forge Pvt. Ltd. | Pune | U27109PN2004PTC018827
Kaveri Toolroom Pvt. Ltd. | Coimbatore
* Anjali Deshmukh-Rao | Nashik
JP
Hakusan Seimitsu K.K. | Kanazawa
有限会社北浜製作所 | 小松
株式会社みどり野工具 | 長岡
KR
Hanbit Jeongmil Co., Ltd. | Changwon
대청정밀공업 주식회사 | 대전
TW
Alishan Carbide Co., Ltd. | Chiayi
霧峰刀具股份有限公司 | 臺中
VN
Sông Trà Cơ Khí Co., Ltd. | Quảng Ngãi
SG
Straits Harbour Logistics Pte. Ltd. | Singapore | 200811772K
CN
Ningbo Lanhai Bearing Co., Ltd. | Ningbo | 91330200MA2H8812XK
Wuhan Qingshan Castings Co., Ltd. | Wuhan | 91420107MA4KX117P
Chengdu Jinniu Precision Tools Co., Ltd. | Chengdu | 91510106MA61U8841Q
Suzhou Fenghe Mould Co., Ltd. | Suzhou | 91320505MA1N7719R
Dalian Haixing Machinery Import and Export Co., Ltd. | Dalian
武汉江汉特钢铸造有限公司 | 武汉 | 91420103MA49C2218T
成都双流精密模具有限公司 | 成都 | 91510122MA6D1188XA
北京昌平轴承销售有限公司 | 北京 | 91110114MA01K2277B
四川绵阳长虹路五金有限公司 | 绵阳
* Zhou Meifen | Shenzhen
* 林晓燕 | 厦门
Qingdao Laoshan Fasteners Co., Ltd. | Qingdao
Wuhan Xiaohe Science and Technology Trading Co., Ltd. | Wuhan
武汉睿禾光学科技有限公司 | 武汉
IR
Zagros Felez Sanat Co. | Isfahan
Pars Mehvar Bearings Co. | Arak
Pasargad Mehvar Co. | Shiraz
شرکت فولاد کویر کاشان | کاشان
* Nasrin Kohandel | Tabriz
Alborz Abzar Daghigh Co. | Karaj
RU
ООО Уральский Инструмент Плюс | Челябинск | 7448219907
АО Вологодский завод крепежа | Вологда | 3525118840
Sibirskaya Frezernaya Kompaniya OOO | Novosibirsk
* Ольга Березина-Лаптева | Пермь
* Gennady Prokopyev | Samara
UA
ТОВ Дніпровський Різець | Дніпро | 38117729
KZ
ТОО Жетысу Металл | Талдыкорган
GE
შპს კოლხეთის ლითონი | ქუთაისი
GR
Θεσσαλική Μηχανουργική Α.Ε. | Λάρισα
BG
Тракия Леене ООД | Пловдив | 115822719
RO
Prelucrări Bistrița S.R.L. | Bistrița
SI
Soča Orodja d.o.o. | Tolmin | 5988127000
HR
Kordun Alati d.o.o. | Karlovac
RS
Šumadija Livnica d.o.o. | Kragujevac
IL
מפעלי כרמל לעיבוד שבבי בע"מ | חיפה
TH
Chao Phraya Gear Co., Ltd. | Ayutthaya
"""

PLANTED = (
    Listed(
        Partner("Anxun Information Technologies Co Ltd", "Company", "CN", "Shanghai"),
        "EU-CYB:32019R0796/I.B/7",
        "spelt a little differently",
    ),
    Listed(
        Partner("武汉晓睿智科技有限责任公司", "Company", "CN", "武汉"),
        "OFAC-SDN:47800",
        "listed under its Latin name, here in characters",
    ),
    Listed(
        Partner("Integrity Technology Grp Inc", "Company", "CN", "Beijing", "91110108562135265P"),
        "EU-CYB:32019R0796/I.B/5",
        "shortened, with the number that the lists publish",
    ),
    Listed(
        Partner("Mehrsam Andishe Saz Nik Co.", "Company", "IR", "Tehran"),
        "OFAC-SDN:48664",
        "a letter less than on the list",
    ),
)
# After how many ordinary partners each planted one stands.
_PLACES = (23, 58, 91, 104)


def ordinary() -> list[Partner]:
    """The partners that no list names."""
    found, country = [], ""
    for line in _TABLE.strip().splitlines():
        if len(line) == 2:
            country = line
            continue
        name, city, registration, *_ = (*(cell.strip() for cell in line.split("|")), "")
        person = name.startswith("* ")
        found.append(Partner(name.removeprefix("* "), "Person" if person else "Company", country, city, registration))
    return found


def partners(*, planted: bool) -> list[tuple[Partner, Listed | None]]:
    """All counterparties in the order of the file; the planted ones stand among the others."""
    rows: list[tuple[Partner, Listed | None]] = [(one, None) for one in ordinary()]
    if planted:
        for place, listed in sorted(zip(_PLACES, PLANTED, strict=True), key=lambda pair: pair[0], reverse=True):
            rows.insert(place, (listed.partner, listed))
    return rows
