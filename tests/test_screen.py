"""Names and other evidence against the designated parties of the reference pack and of small lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screen_parties import LIST, best, listed, party, screener_of, total
from tocsin.knowledge import Graph
from tocsin.model import Decision
from tocsin.screen import ALERT, REVIEW, Query, Screener, screen_name


@pytest.fixture(scope="module")
def screener(graph: Graph) -> Screener:
    return Screener(graph)


PETROV = party(
    "1",
    "Ivan Pavlovich Petrovskiy",
    schema="Person",
    country="RU",
    born="1986-03-04",
    identifiers=("passport:V-4471903",),
)
WORKS = party(
    "2",
    "Nordmeer Turbinenwerk GmbH",
    schema="Company",
    country="DE",
    identifiers=(
        "registration:HRB 118",
        "taxid:9912345",
        "vat:DE811907980",
        "bic:NMTWDEFFXXX",
        "lei:5299000J2N45DDNE4Y28",
    ),
    domains=("https://www.nordmeer-turbinen.example/en",),
    emails=("office@nordmeer.example",),
    phones=("+49 40 5550 1234",),
    addresses=("Kaistrasse 12, 20457 Hamburg, Germany",),
)
GONE = party("3", "Ostwind Spedition GmbH", schema="Company", country="DE")
HALF = party("4", "Westwind Armaturen GmbH", schema="Company", country="DE")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    home = tmp_path_factory.mktemp("home")
    more = [listed(HALF, of="DEMO-OLD", delisted="2025-12-01"), listed(HALF, of="DEMO-NEW")]
    return screener_of(home, (PETROV, WORKS, GONE, HALF), more, delisted=[GONE.ref])


# What people type, what must come of it, and the id that must be among the hits.
LABELLED: list[tuple[str, str, str]] = [
    # Han, pinyin, abbreviations, word order, legal forms
    ("安洵信息技术有限公司", "alert", "EU-CYB:32019R0796/I.B/7"),
    ("Anxun Information Technology Co., Ltd.", "alert", "UK-SL:CYB0114"),
    ("ANXUN INFO TECH", "alert", "EU-CYB:32019R0796/I.B/7"),
    ("Information Technology Anxun", "alert review", "EU-CYB:32019R0796/I.B/7"),
    ("Anxun Informaton Technology", "alert review", "EU-CYB:32019R0796/I.B/7"),
    ("i-Soon", "alert", "EU-CYB:32019R0796/I.B/7"),
    ("武汉晓睿智科技有限责任公司", "alert", "OFAC-SDN:47800"),
    ("武汉晓睿智", "alert review", "OFAC-SDN:47800"),
    ("Xiaoruizhi Science & Technology", "alert review", "OFAC-SDN:47800"),
    ("Wuhan Xiaoruizhi Sci. and Tech. Co. Ltd", "alert", "UK-SL:CYB0044"),
    ("Integrity Technology Group", "alert", "EU-CYB:32019R0796/I.B/5"),
    ("赵光宗", "alert", "OFAC-SDN:47814"),
    ("Zhao Guang Zong", "alert", "UK-SL:CYB0045"),
    ("吴海波", "alert", "EU-CYB:32019R0796/I.A/19"),
    # Persian and Arabic script
    ("امن‌نت پاسارگاد", "alert review", "OFAC-SDN:33634"),
    ("شرکت امن‌نت پاسارگاد", "alert review", "OFAC-SDN:33634"),
    ("محمد باقر شیرینکار", "alert review", "OFAC-SDN:26391"),
    ("سپاه پاسداران انقلاب اسلامی", "alert", "EU-TERR:32001R2580/II.B/9"),
    ("Emmenet Pasargad", "alert review", "EU-CYB:32019R0796/I.B/6"),
    ("Pasargad Emennet Co.", "alert", "EU-CYB:32019R0796/I.B/6"),
    ("Ayandeh Sazan Sepehr Arya", "alert", "OFAC-SDN:33634"),
    # Cyrillic, patronymics, initials, surname first
    ("Моренец Алексей Сергеевич", "alert", "UK-SL:CYB0006"),
    ("Алексей Моренец", "alert review", "EU-CYB:32019R0796/I.A/4"),
    ("MORENETS, Aleksei Sergeyevich", "alert", "OFAC-SDN:26173"),
    ("A. S. Morenets", "review", "OFAC-SDN:26173"),
    ("ООО «Импульс»", "alert review", "EU-CYB:32019R0796/I.B/10"),
    ("Park Jin-hyok", "alert", "OFAC-SDN:24918"),
    # One word, or a code name: never more than a review
    ("Garantex", "review", "OFAC-SDN:36025"),
    ("Intellexa", "review", "OFAC-SDN:48059"),
    ("Red Dot GmbH", "review clear", ""),
    ("Zinc", "review clear", ""),
    ("Morenets", "review clear", ""),
    ("Shirinkar", "review clear", ""),
    ("Mr. Smith", "review clear", ""),
]
# Look-alikes and namesakes that no list has.
INNOCENT = """
Integrity Technology Solutions Ltd
Integrity Gauges Ltd
Digital Integrity Ltd
Wuhan Iron and Steel
Wuhan Science and Technology University Press
Sichuan Information Technology Co. Ltd
成都双流精密模具有限公司
武汉江汉特钢铸造有限公司
林晓燕
Anhui Technology Import and Export
Pasadena Technology Casting LLC
Information Technology Company Limited
Technology Group
Security Solutions International
Isonet Metrology s.r.o.
Institute of Science
Ministry of Transport
Zhang Wei
Wang Wei
Li Wei
Zhang Shuai
Chen Jing
Kim Min-jun
Park Ji-sung
Mohammad Rezaei
Ali Mohammadi
Mohammad Hosseini
Reza Karimi
Ahmad Ahmadi
علی رضایی
محمد حسینی
Ivan Petrov
Sergey Ivanov
Aleksandr Smirnov
Aleksandr Aleksandrovich
Дмитрий Соколов
Ольга Березина-Лаптева
Deutsche Bank AG
Matrixx Software
Grid Solutions
""".strip().splitlines()


@pytest.mark.parametrize(("name", "allowed", "wanted"), LABELLED)
def test_names_of_listed_parties_come_back(screener: Screener, name: str, allowed: str, wanted: str) -> None:
    answer = screen_name(screener, name)
    assert answer.decision in allowed.split()
    assert any(hit.id.startswith(wanted) for hit in answer.hits) or (not wanted and answer.decision == "clear")
    assert answer.query == {"name": name}


@pytest.mark.parametrize("name", INNOCENT)
def test_look_alikes_and_namesakes_are_clear(screener: Screener, name: str) -> None:
    assert screen_name(screener, name).decision == "clear"


def test_a_party_on_several_lists_gives_a_hit_a_list_with_the_publishers_ids(screener: Screener) -> None:
    hits = screen_name(screener, "Igor Kostyukov").hits
    mine = {hit.list: hit.id for hit in hits if hit.ref == "party:igor-kostyukov"}
    assert mine == {
        "EU-CHEM": "EU-CHEM:32018R1542/I.A/9",
        "EU-CYB": "EU-CYB:32019R0796/I.A/8",
        "OFAC-SDN": "OFAC-SDN:21330",
        "UK-SL": "UK-SL:CYB0011",
    }


def test_where_the_publisher_gives_no_number_the_printed_name_stands_for_it(screener: Screener) -> None:
    hits = screen_name(screener, "Integrity Technology Group").hits
    assert "UK-SL:Integrity Technology Group" in {hit.id for hit in hits}


def test_a_party_is_found_by_the_authority_s_own_number(screener: Screener) -> None:
    answer = screener.screen(Query(identifiers=("ofac:33634",)))
    assert answer.decision == "alert"
    assert {hit.ref for hit in answer.hits} == {"party:emennet-pasargad"}
    assert screener.screen(Query(identifiers=("33634",))).decision == "clear"


def test_an_announced_listing_has_the_number_that_the_list_gave_later(screener: Screener) -> None:
    assert {hit.id for hit in screen_name(screener, "A7 LLC").hits if hit.list == "OFAC-SDN"} >= {"OFAC-SDN:54628"}


def test_the_weights_of_a_hit_add_up_to_its_score(demo: Screener) -> None:
    query = Query(name="Petrovsky Ivan", country="DE", born="1987", type="company", identifiers=("V4471903",))
    (hit,) = demo.screen(query).hits
    assert total(hit) == hit.score
    assert {reason.name: (reason.weight or 0) > 0 for reason in hit.features} == {
        "name": True,
        "number": True,
        "country": False,
        "kind": False,
    }


def score(demo: Screener, query: Query, number: str = "1") -> float:
    hit = best(demo.screen(query), number)
    return hit.score if hit else 0.0


def test_more_agreement_ranks_higher_and_nothing_reaches_one(demo: Screener) -> None:
    name = "Ivan Pavlovich Petrovskiy"
    ladder = [
        score(demo, Query(name=name, country="DE", born="1990")),
        score(demo, Query(name=name, born="1990")),
        score(demo, Query(name=name, country="DE")),
        score(demo, Query(name=name)),
        score(demo, Query(name=name, country="Russia")),
        score(demo, Query(name=name, country="RU", born="1986")),
        score(demo, Query(name=name, country="RU", born="04/03/1986")),
        score(demo, Query(name=name, country="RU", born="1986-03-04", identifiers=("v4471903",))),
    ]
    assert ladder == sorted(set(ladder))
    assert ladder[-1] < 1.0


@pytest.mark.parametrize(
    ("query", "decision"),
    [
        (Query(identifiers=("V4471903",)), "alert"),
        (Query(name="R. Costa", identifiers=("passport:v 4471903",)), "alert"),
        (Query(name="Ivan Pavlovich Petrovskiy", born="1961"), "clear"),
        (Query(name="Ivan Petrovskiy", born="dd/mm/1986"), "alert review"),
        (Query(name="Petrovskiy"), "clear review"),
    ],
)
def test_evidence_beside_the_name_decides(demo: Screener, query: Query, decision: str) -> None:
    assert demo.screen(query).decision in decision.split()


@pytest.mark.parametrize(
    ("query", "decision"),
    [
        (Query(bic="NMTWDEFF"), "alert"),
        (Query(bic="NMTW DEFF 700"), "alert"),
        (Query(bic="NMTWDEFE"), "clear"),
        (Query(lei="5299000j2n45ddne4y28"), "alert"),
        (Query(emails=("Office@Nordmeer.example",)), "alert"),
        (Query(emails=("sales@mail.nordmeer-turbinen.example",)), "alert"),
        (Query(websites=("http://nordmeer-turbinen.example",)), "alert"),
        (Query(websites=("http://turbinen.example",)), "clear"),
        (Query(phones=("0049 (40) 55501234",)), "review"),
        (Query(identifiers=("9912345",)), "review"),  # seven digits are borne by others too
        (Query(identifiers=("HRB 118",)), "clear"),  # too short, and one in each court
        (Query(name="Nordmeer Turbinenwerke", identifiers=("HRB118",)), "alert"),
        (Query(identifiers=("118",)), "clear"),
        (Query(identifiers=("DE 811 907 980",)), "alert"),
        (Query(name="Nordmeer Trading", identifiers=("9912345",)), "alert review"),
    ],
)
def test_an_identifier_is_found_without_a_name(demo: Screener, query: Query, decision: Decision) -> None:
    answer = demo.screen(query)
    assert answer.decision in decision.split()
    assert answer.decision == "clear" or best(answer, "2")


def test_a_differing_name_is_said_to_speak_against(demo: Screener) -> None:
    hit = best(demo.screen(Query(name="Blumen Krause", lei="5299000J2N45DDNE4Y28")), "2")
    assert hit is not None
    against = [reason for reason in hit.features if not reason.met]
    assert [reason.name for reason in against] == ["name"]
    assert (against[0].weight or 0) < 0


def test_a_contradicted_hit_stays_to_be_seen(demo: Screener) -> None:
    answer = demo.screen(Query(name="Ivan Pavlovich Petrovskiy", born="1961"))
    assert [hit.decision for hit in answer.hits] == ["clear"]
    assert any(reason.name == "birth" and not reason.met for reason in answer.hits[0].features)


def test_address_and_kind_count(demo: Screener) -> None:
    name = "Nordmeer Turbinenwerke"
    alone = score(demo, Query(name=name), "2")
    assert score(demo, Query(name=name, address="Kaistraße 12, 20457 Hamburg"), "2") > alone
    assert score(demo, Query(name=name, type="Individual"), "2") < alone


@pytest.mark.parametrize("country", ["DE", "de", "Germany", "Germany, Federal Republic of", "German"])
def test_a_country_is_known_by_code_and_by_name(demo: Screener, country: str) -> None:
    name = "Nordmeer Turbinenwerke"
    assert score(demo, Query(name=name, country=country), "2") > score(demo, Query(name=name), "2")
    assert score(demo, Query(name=name, country="Korea, Republic of"), "2") < score(demo, Query(name=name), "2")


def test_who_was_delisted_is_no_hit_and_who_was_in_part_says_so(demo: Screener) -> None:
    assert demo.screen(Query(name="Ostwind Spedition GmbH")).hits == ()
    hits = demo.screen(Query(name="Westwind Armaturen GmbH")).hits
    assert {hit.list for hit in hits} == {LIST, "DEMO-NEW"}
    (left,) = [reason for reason in hits[0].features if reason.name == "delisted"]
    assert "DEMO-OLD on 2025-12-01" in left.says


def test_every_strong_name_of_every_listed_party_is_found(screener: Screener) -> None:
    lost = [
        one.name
        for one in screener.names
        if not one.weak and not any(hit.ref == one.party.ref for hit in screen_name(screener, one.name).hits)
    ]
    assert lost == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Query,
        name=st.text(max_size=40) | st.sampled_from(["Ivan Petrovskiy", "Nordmeer Turbinenwerk", "K. L. I."]),
        type=st.text(max_size=8),
        country=st.text(max_size=12),
        born=st.text(max_size=12) | st.sampled_from(["1986", "4.3.1986", "1985-1987", "99/99/1986"]),
        identifiers=st.tuples(st.text(max_size=20)),
        lei=st.text(max_size=20),
        bic=st.text(max_size=11),
        emails=st.tuples(st.text(max_size=20)),
        websites=st.tuples(st.text(max_size=20)),
        address=st.text(max_size=40),
        phones=st.tuples(st.text(max_size=12)),
    )
)
def test_any_query_is_answered_and_adds_up(demo: Screener, query: Query) -> None:
    answer = demo.screen(query)
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    for hit in answer.hits:
        assert 0 <= hit.score < 1
        assert total(hit) == hit.score
        assert hit.decision == ("alert" if hit.score >= ALERT else "review" if hit.score >= REVIEW else "clear")
    assert answer.decision == (answer.hits[0].decision if answer.hits else "clear")


def test_a_name_of_a_million_letters_is_answered(demo: Screener) -> None:
    assert demo.screen(Query(name="x" * 1_000_000, address="y " * 500_000, born="9" * 100_000)).decision == "clear"


def test_the_columns_of_the_page_are_those_of_the_table() -> None:
    from tocsin.org.tables import COLUMNS

    page = (Path(__file__).parent.parent / "docs" / "screening.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `") and line.count("|") == 4]
    assert [row for row in rows if row in COLUMNS["counterparties"]] == list(COLUMNS["counterparties"])
