"""The reference pack against facts checked by hand: who is listed by whom since when, and who stands behind whom."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tocsin.knowledge import Graph, open_graph, resolve, sure
from tocsin.knowledge import pack as packs

PACK = packs.load()


def _rows() -> dict[str, set[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for row in PACK.designations:
        found[row.ref].add((row.authority, row.list, row.listed or ""))
    return found


LISTED = _rows()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOCSIN_HOME", str(tmp_path_factory.mktemp("home")))
        yield open_graph()[0]


@pytest.mark.parametrize(
    ("ref", "rows"),
    [
        ("party:wuhan-xiaoruizhi", {("US", "OFAC-SDN", "2024-03-25"), ("UK", "UK-SL", "2024-03-25")}),
        ("party:zhao-guangzong", {("US", "OFAC-SDN", "2024-03-25"), ("UK", "UK-SL", "2024-03-25")}),
        ("party:ni-gaobin", {("US", "OFAC-SDN", "2024-03-25"), ("UK", "UK-SL", "2024-03-25")}),
        ("party:sichuan-silence", {("US", "OFAC-SDN", "2024-12-10")}),
        ("party:guan-tianfeng", {("US", "OFAC-SDN", "2024-12-10")}),
        (
            "party:integrity-technology-group",
            {("US", "OFAC-SDN", "2025-01-03"), ("UK", "UK-SL", "2025-12-09"), ("EU", "EU-CYB", "2026-03-16")},
        ),
        ("party:sichuan-juxinhe", {("US", "OFAC-SDN", "2025-01-17")}),
        ("party:yin-kecheng", {("US", "OFAC-SDN", "2025-01-17")}),
        ("party:zhou-shuai", {("US", "OFAC-SDN", "2025-03-05")}),
        ("party:shanghai-heiying", {("US", "OFAC-SDN", "2025-03-05")}),
        ("party:anxun", {("UK", "UK-SL", "2025-12-09"), ("EU", "EU-CYB", "2026-03-16")}),
        ("party:wu-haibo", {("EU", "EU-CYB", "2026-03-16")}),
        ("party:chen-cheng", {("EU", "EU-CYB", "2026-03-16")}),
        ("party:gao-qiang", {("EU", "EU-CYB", "2020-07-30"), ("UK", "UK-SL", "2020-12-31")}),
        ("party:zhang-shilong", {("EU", "EU-CYB", "2020-07-30"), ("UK", "UK-SL", "2020-12-31")}),
        ("party:huaying-haitai", {("EU", "EU-CYB", "2020-07-30"), ("UK", "UK-SL", "2020-12-31")}),
        ("party:tian-yinyin", {("US", "OFAC-SDN", "2020-03-02")}),
        ("party:wang-yunhe", {("US", "OFAC-SDN", "2024-05-28")}),
        ("party:emennet-pasargad", {("US", "OFAC-SDN", "2021-11-18"), ("EU", "EU-CYB", "2026-03-16")}),
        ("party:net-peygard-samavat", {("US", "OFAC-SDN", "2019-02-13")}),
        (
            "party:mohammad-bagher-shirinkar",
            {("US", "OFAC-SDN", "2019-02-13"), ("US", "OFAC-SDN", "2021-11-18"), ("US", "OFAC-SDN", "2024-02-02")},
        ),
        ("party:behzad-mesri", {("US", "OFAC-SDN", "2018-03-23"), ("US", "OFAC-SDN", "2019-02-13")}),
        ("party:itsecteam", {("US", "OFAC-SDN", "2017-09-14")}),
        ("party:ahmad-fathi", {("US", "OFAC-SDN", "2017-09-14")}),
        ("party:mabna-institute", {("US", "OFAC-SDN", "2018-03-23")}),
        ("party:ali-khorashadizadeh", {("US", "OFAC-SDN", "2018-11-28")}),
        ("party:rana-intelligence-computing", {("US", "OFAC-SDN", "2020-09-17")}),
        ("G0087", {("US", "OFAC-SDN", "2020-09-17")}),
        (
            "party:esmail-khatib",
            {("US", "OFAC-SDN", "2022-09-09"), ("US", "OFAC-SDN", "2022-09-22"), ("CA", "CA-SEMA", "2022-10-03")},
        ),
        ("party:afkar-system", {("US", "OFAC-SDN", "2022-09-14")}),
        ("party:najee-technology", {("US", "OFAC-SDN", "2022-09-14")}),
        ("party:hamid-reza-lashgarian", {("US", "OFAC-SDN", "2024-02-02")}),
        ("party:mehrsam-andisheh-saz-nik", {("US", "OFAC-SDN", "2024-04-23")}),
        ("party:dadeh-afzar-arman", {("US", "OFAC-SDN", "2024-04-23")}),
        ("party:masoud-jalili", {("US", "OFAC-SDN", "2024-09-27")}),
        ("party:cognitive-design-production-center", {("US", "OFAC-SDN", "2024-12-31")}),
        ("party:ravin-academy", {("US", "OFAC-SDN", "2022-10-26"), ("EU", "EU-IRN", "2023-01-23")}),
        ("party:sahab-pardaz", {("US", "OFAC-SDN", "2022-10-26"), ("EU", "EU-IRN", "2023-01-23")}),
        (
            "party:arvan-cloud",
            {("EU", "EU-IRN", "2022-11-14"), ("US", "OFAC-SDN", "2023-06-02"), ("UK", "UK-SL", "2023-09-15")},
        ),
        (
            "party:vahid-majid",
            {("US", "OFAC-SDN", "2022-10-06"), ("EU", "EU-IRN", "2022-11-14"), ("UK", "UK-SL", "2022-11-14")},
        ),
        ("party:supreme-council-of-cyberspace", {("US", "OFAC-SDN", "2018-01-12"), ("EU", "EU-IRN", "2023-09-15")}),
        ("sponsor:irgc-cec", {("US", "OFAC-SDN", "2018-01-12")}),
        (
            "sponsor:mois",
            {
                ("US", "OFAC-SDN", "2012-02-16"),
                ("US", "OFAC-SDN", "2012-04-23"),
                ("US", "OFAC-SDN", "2022-09-09"),
                ("CA", "CA-SEMA", "2022-10-03"),
            },
        ),
        ("sponsor:gru-26165", {("EU", "EU-CYB", "2020-10-22"), ("UK", "UK-SL", "2020-12-31")}),
        ("sponsor:gru-74455", {("EU", "EU-CYB", "2020-07-30"), ("UK", "UK-SL", "2020-12-31")}),
        ("sponsor:gru-29155", {("EU", "EU-RUSDA", "2024-12-16"), ("UK", "UK-SL", "2025-07-18")}),
        (
            "party:media-land",
            {
                ("US", "OFAC-SDN", "2025-11-19"),
                ("UK", "UK-SL", "2025-11-19"),
                ("AU", "AU-CYB", "2025-11-20"),
                ("EU", "EU-CYB", "2026-07-13"),
            },
        ),
    ],
)
def test_is_listed_by_whom_and_since_when(ref: str, rows: set[tuple[str, str, str]]) -> None:
    assert LISTED[ref] == rows


@pytest.mark.parametrize(
    ("ref", "authority"),
    [
        ("party:wu-haibo", "US"),
        ("party:wu-haibo", "UK"),
        ("party:chen-cheng", "US"),
        ("party:chen-cheng", "UK"),
        ("party:anxun", "US"),
        ("party:wuhan-xiaoruizhi", "EU"),
        ("party:zhao-guangzong", "EU"),
        ("party:ni-gaobin", "EU"),
        ("party:sichuan-juxinhe", "EU"),
        ("party:sichuan-silence", "UK"),
        ("party:huaying-haitai", "US"),
        ("party:zhang-shilong", "US"),
        ("party:emennet-pasargad", "UK"),
        ("sponsor:mss", "US"),
    ],
)
def test_is_not_listed_by(ref: str, authority: str) -> None:
    assert authority not in {row[0] for row in LISTED[ref]}


@pytest.mark.parametrize(
    "ref",
    [
        *(
            "party:zhu-hua",
            "party:mersad",
            "party:chengdu-404",
            "party:boyusec",
            "party:hainan-xiandun",
            "party:xu-zewei",
        ),
        *(
            "party:wang-zhe",
            "party:liang-guodong",
            "party:ma-li",
            "party:wang-yan",
            "party:xu-liang",
            "party:zhou-weiwei",
        ),
        *("party:wang-liyu", "party:sheng-jing", "party:peng-yaowen", "party:beijing-huanyu-tianqiong"),
        *("party:ali-aghamiri", "party:yaser-balaghi", "party:mohamad-paryar", "G0045", "G0128", "G0065", "G0096"),
    ],
)
def test_named_or_charged_but_listed_by_nobody(ref: str) -> None:
    assert not LISTED[ref]


def test_eight_of_isoon_and_two_officers_were_indicted_together() -> None:
    court = {row.ref for row in PACK.indictments if row.court == "S.D.N.Y." and row.unsealed == "2025-03-05"}
    assert court == {
        *("party:wu-haibo", "party:chen-cheng", "party:wang-zhe", "party:liang-guodong", "party:ma-li"),
        *("party:wang-yan", "party:xu-liang", "party:zhou-weiwei", "party:wang-liyu", "party:sheng-jing"),
    }


def test_the_cyber_regime_of_the_eu_has_27_persons_and_11_entities() -> None:
    rows = [row for row in PACK.designations if row.list == "EU-CYB"]
    persons = [row for row in rows if "/I.A/" in row.record]
    assert (len(persons), len(rows) - len(persons)) == (27, 11)
    assert all("travel ban" in row.measures for row in persons)
    assert not any("travel ban" in row.measures for row in rows if row not in persons)


def test_arvan_cloud_was_taken_off_the_eu_list() -> None:
    [row] = [r for r in PACK.designations if r.ref == "party:arvan-cloud" and r.authority == "EU"]
    assert row.delisted == "2024-04-04"


def test_mois_was_listed_under_three_orders_on_one_day() -> None:
    acts = {row.act for row in PACK.designations if row.ref == "sponsor:mois" and row.listed == "2012-02-16"}
    assert acts == {"E.O. 13224", "E.O. 13553", "E.O. 13572"}


@pytest.mark.parametrize(
    ("subject", "predicate", "object_"),
    [
        ("party:wuhan-xiaoruizhi", "fronts_for", "G0128"),
        ("party:wuhan-xiaoruizhi", "fronts_for", "sponsor:hubei-ssd"),
        ("G0128", "belongs_to", "sponsor:mss"),
        ("party:integrity-technology-group", "belongs_to", "actor:flax-typhoon"),
        ("party:integrity-technology-group", "operates", "malware:raptor-train"),
        ("party:wu-haibo", "leads", "party:anxun"),
        ("party:sichuan-juxinhe", "belongs_to", "G1045"),
        ("party:huaying-haitai", "fronts_for", "G0045"),
        ("G0045", "belongs_to", "sponsor:tianjin-ssb"),
        ("G0065", "belongs_to", "sponsor:hainan-ssd"),
        ("party:emennet-pasargad", "fronts_for", "actor:cotton-sandstorm"),
        ("actor:cotton-sandstorm", "belongs_to", "sponsor:irgc-cec"),
        ("party:net-peygard-samavat", "same_as", "party:emennet-pasargad"),
        ("party:mehrsam-andisheh-saz-nik", "fronts_for", "sponsor:irgc-cec"),
        ("party:hamid-reza-lashgarian", "leads", "sponsor:irgc-cec"),
        ("party:esmail-khatib", "leads", "sponsor:mois"),
        ("party:rana-intelligence-computing", "fronts_for", "G0087"),
        ("G0069", "belongs_to", "sponsor:mois"),
        ("G0007", "belongs_to", "sponsor:gru-26165"),
        ("G0034", "belongs_to", "sponsor:gru-74455"),
        ("G1033", "belongs_to", "sponsor:fsb-18"),
    ],
)
def test_who_stands_behind_whom(subject: str, predicate: str, object_: str) -> None:
    rows = [r for r in PACK.attributions if (r.subject, r.predicate, r.object) == (subject, predicate, object_)]
    assert rows
    assert all(row.by and row.url for row in rows)


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("Wuhan XRZ", "party:wuhan-xiaoruizhi"),
        ("武汉晓睿智科技有限责任公司", "party:wuhan-xiaoruizhi"),
        ("Guangzong Zhao", "party:zhao-guangzong"),
        ("i-Soon", "party:anxun"),
        ("安洵信息技术有限公司", "party:anxun"),
        ("Integrity Tech", "party:integrity-technology-group"),
        ("Yongxin Zhicheng", "party:integrity-technology-group"),
        ("永信至诚", "party:integrity-technology-group"),
        ("Sichuan Juxinhe", "party:sichuan-juxinhe"),
        ("Mahak Rayan Afraz", "party:mehrsam-andisheh-saz-nik"),
        ("MASN", "party:mehrsam-andisheh-saz-nik"),
        ("Eeleyanet Gostar", "party:emennet-pasargad"),
        ("Aria Sepehr Ayandehsazan", "party:emennet-pasargad"),
        ("Net Peygard", "party:net-peygard-samavat"),
        ("Afkar System", "party:afkar-system"),
        ("Najee", "party:najee-technology"),
        ("Rana Institute", "party:rana-intelligence-computing"),
        ("Mabna", "party:mabna-institute"),
        ("Samane Gostar Sahab Pardaz", "party:sahab-pardaz"),
        ("Abr Arvan", "party:arvan-cloud"),
        ("MOIS", "sponsor:mois"),
        ("Vezarat-e Ettela'at", "sponsor:mois"),
        ("وزارت اطلاعات", "sponsor:mois"),
        ("国家安全部", "sponsor:mss"),
        ("IRGC-CEC", "sponsor:irgc-cec"),
        ("Stone Panda", "G0045"),
    ],
)
def test_is_found_under_its_usual_names(graph: Graph, name: str, ref: str) -> None:
    found = sure(resolve(graph, name))
    assert found is not None
    assert found.ref == ref


def test_every_listed_party_is_found_under_its_own_name(graph: Graph) -> None:
    twins = {"party:intellexa", "party:intellexa-limited"}  # one name, two legal forms
    lost = [
        party.ref
        for party in PACK.parties
        if LISTED[party.ref] and party.ref not in twins
        if (found := sure(resolve(graph, party.name))) is None or found.ref != party.ref
    ]
    assert lost == []


def test_each_row_has_an_act_date_and_source_and_stands_once() -> None:
    seen: set[tuple[str, ...]] = set()
    for row in PACK.designations:
        key = (row.ref, row.authority, row.list, row.listed or "", row.act)
        assert key not in seen, key
        seen.add(key)
        assert row.by and row.url and row.measures, key
        for day in (row.listed, row.delisted):
            if day and len(day) == 10:
                datetime.date.fromisoformat(day)


def test_every_ref_of_the_pack_leads_to_a_node(graph: Graph) -> None:
    refs = {row.ref for row in PACK.designations} | {row.ref for row in PACK.indictments}
    refs |= {ref for row in PACK.attributions for ref in (row.subject, row.object)}
    assert sorted(ref for ref in refs if ref and graph.node(ref) is None) == []
