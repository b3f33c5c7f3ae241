"""Parties of the pack and of several lists: what is one party, and where the pack and a list disagree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.knowledge.parties import merge_parties
from tocsin.knowledge.same import same_parties
from tocsin.model import Designation, Name, Party, Relation, Source
from tocsin.sources import PartyList


def person(ref: str, name: str, *aliases: str, born: str = "", country: str = "RU", **more: object) -> Party:
    names = tuple(Name(name=one) for one in aliases)
    births = (born,) if born else ()
    return Party(ref=ref, name=name, schema="Person", names=names, births=births, countries=(country,), **more)  # type: ignore[arg-type]


def firm(ref: str, name: str, country: str = "IR", **more: object) -> Party:
    return Party(ref=ref, name=name, schema="Company", countries=(country,) if country else (), **more)  # type: ignore[arg-type]


def joined(*parties: Party) -> set[tuple[str, str]]:
    """Which ref leads to which; each party stands on the list that its ref begins with."""
    lists = {party.ref: frozenset({party.ref.partition(":")[0]}) for party in parties}
    return {(one.other, one.ref) for one in same_parties(parties, lists)}


def listed(id_: str, *parties: Party, as_of: str = "2026-06-01", days: dict[str, str] | None = None) -> PartyList:
    rows = tuple(
        Designation(
            ref=party.ref,
            authority=id_[:2],
            list=id_,
            programme=id_,
            listed=(days or {}).get(party.ref),
            record=party.ref.partition(":")[2],
            source=id_,
        )
        for party in parties
    )
    return PartyList(
        id=id_, source=Source(id=id_, publisher="made", title=id_), as_of=as_of, parties=parties, designations=rows
    )


SAME = {
    "name and day of birth": (
        person("A:1", "Igor Kostyukov", born="1961-02-21"),
        person("B:1", "KOSTYUKOV, Igor", born="1961-02-21", country="UA"),
    ),
    "day of birth, country and a name spelt otherwise": (
        person("A:1", "Mikail Gutseriev", born="1958-03-09"),
        person("B:1", "Mikhail Gutseriyev", born="1958-03-09"),
    ),
    "an alias, the year and the country": (
        person("A:1", "Maksim Yakubets", "Maksim Viktorovich Yakubets", born="1987"),
        person("B:1", "Maksim Viktorovich Yakubets", born="1987-05-20"),
    ),
    "a passport and a likeness": (
        person("A:1", "Zhang Shilong", identifiers=("passport/CN:G12345678",), country="CN"),
        person("B:1", "Shilong Zhang", identifiers=("passport:G-12345678",), country="CN"),
    ),
    "a firm's name and country": (firm("A:1", "Mahan Air"), firm("B:1", "MAHAN AIR CO.")),
    "a firm's number": (
        firm("A:1", "Kalinin Plant JSC", "RU", identifiers=("tax/RU:5099000013",)),
        firm("B:1", "AO Plant Kalinin", "", identifiers=("registration:5099000013",)),
    ),
    "a hull": (
        Party(ref="A:1", name="GREY HERON", schema="Vessel", identifiers=("imo:9187629",)),
        Party(ref="B:1", name="OCEAN LILY", schema="Vessel", identifiers=("imo:9187629",)),
    ),
    "the reference of the UN": (
        person("A:1", "Hamza Noor", identifiers=("un:TAi.901",), country="AF"),
        person("B:1", "Amza Nour", identifiers=("un:TAi.901",), country="AF"),
    ),
}
OTHERS = {
    "the same name without a date": (person("A:1", "Ali Mohammadi"), person("B:1", "Ali Mohammadi")),
    "the same name, born in other years": (
        person("A:1", "Ali Mohammadi", born="1961-02-21"),
        person("B:1", "Ali Mohammadi", born="1975-02-21"),
    ),
    "a person and a firm": (person("A:1", "Kaspersky Holding"), firm("B:1", "Kaspersky Holding", "RU")),
    "firms of other countries": (firm("A:1", "Horizon Trading"), firm("B:1", "Horizon Trading", "SY")),
    "trades without a name": (firm("A:1", "Oil Company", ""), firm("B:1", "Oil Company", "")),
    "other hulls of one name": (
        Party(ref="A:1", name="GREY HERON", schema="Vessel", identifiers=("imo:9187629",)),
        Party(ref="B:1", name="GREY HERON", schema="Vessel", identifiers=("imo:9187631",)),
    ),
    "a man and a woman": (
        person("A:1", "Robin Karimov", born="1961-02-21", gender="male"),
        person("B:1", "Robin Karimov", born="1961-02-21", gender="female"),
    ),
    "a shared number under names that are not alike": (
        firm("A:1", "Kalinin Plant", identifiers=("registration:5099000013",)),
        firm("B:1", "Sunrise Bakery", identifiers=("registration:5099000013",)),
    ),
    "two records of one list": (
        person("A:1", "Igor Kostyukov", born="1961-02-21"),
        person("A:2", "Igor Kostyukov", born="1961-02-21"),
    ),
}


@pytest.mark.parametrize("kind", SAME)
def test_records_of_one_party_are_joined(kind: str):
    assert joined(*SAME[kind]) == {("B:1", "A:1")}


@pytest.mark.parametrize("kind", OTHERS)
def test_records_of_two_parties_are_not(kind: str):
    assert joined(*OTHERS[kind]) == set()


def test_a_third_record_joins_only_where_it_contradicts_neither():
    first = person("A:1", "Igor Kostyukov", born="1961-02-21")
    second = person("B:1", "Igor Kostyukov", "Igor Olegovich Kostyukov", born="1961-02-21")
    third = person("C:1", "Igor Olegovich Kostyukov", born="1961-02-21", gender="male")
    assert joined(first, second, third) == {("B:1", "A:1"), ("C:1", "A:1")}
    other = person("C:1", "Igor Olegovich Kostyukov", born="1984-02-21")
    assert joined(first, second, other) == {("B:1", "A:1")}


@given(st.permutations([pair[at] for pair in SAME.values() for at in (0, 1)][:8]))
def test_the_order_of_the_records_changes_only_which_leads(parties: list[Party]):
    renamed = [
        Party(**{**{f: getattr(p, f) for f in p.__struct_fields__}, "ref": f"{p.ref[0]}:{p.name}"}) for p in parties
    ]
    groups = {frozenset(pair) for pair in joined(*renamed)}
    usual = sorted(renamed, key=lambda one: one.ref)
    assert groups == {frozenset(pair) for pair in joined(*usual)}


def test_a_joined_party_keeps_what_every_record_says():
    one = firm("EU-IRN:EU.1", "Mahan Air", identifiers=("registration:1",), addresses=("Tehran",))
    other = firm("UN-SC:IRe.1", "MAHAN AIR", identifiers=("imo:2",), domains=("mahan.example",))
    found = merge_parties([], [], [listed("EU-IRN", one), listed("UN-SC", other)])
    (party,) = found.parties
    assert party.identifiers == ("registration:1", "imo:2")
    assert (party.addresses, party.domains) == (("Tehran",), ("mahan.example",))
    assert {name.name for name in party.names} == {"MAHAN AIR"}
    assert {(row.ref, row.list, row.record) for row in found.designations} == {
        ("EU-IRN:EU.1", "EU-IRN", "EU.1"),
        ("EU-IRN:EU.1", "UN-SC", "IRe.1"),
    }
    assert found.moved == {"UN-SC:IRe.1": "EU-IRN:EU.1"}
    assert [(one.ref, one.other) for one in found.same] == [("EU-IRN:EU.1", "UN-SC:IRe.1")]


def test_ties_follow_the_parties_that_they_join():
    owner = firm("EU-IRN:EU.1", "Mahan Air")
    again, owned = firm("UN-SC:IRe.1", "Mahan Air"), firm("UN-SC:IRe.2", "Mahan Catering")
    tie = Relation(subject=again.ref, predicate="owns", object=owned.ref, share=0.6)
    lists = [listed("EU-IRN", owner)]
    second = listed("UN-SC", again, owned)
    lists.append(PartyList(**{**{f: getattr(second, f) for f in second.__struct_fields__}, "relations": (tie,)}))
    (row,) = merge_parties([], [], lists).relations
    assert (row.subject, row.object, row.share) == ("EU-IRN:EU.1", "UN-SC:IRe.2", 0.6)


def pack_row(listed: str | None, delisted: str | None = None, record: str = "") -> Designation:
    return Designation(
        ref="party:mahan-air",
        authority="EU",
        list="EU-IRN",
        programme="EU-IRN",
        listed=listed,
        delisted=delisted,
        record=record,
        grounds="an airline",
        by="Council",
        source="pack",
    )


PACK = [firm("party:mahan-air", "Mahan Air")]


def test_the_list_decides_where_the_pack_says_another_day():
    day = listed("EU-IRN", firm("EU-IRN:EU.1", "Mahan Air"), days={"EU-IRN:EU.1": "2012-03-24"})
    found = merge_parties(PACK, [pack_row("2011-05-23")], [day])
    assert [(row.ref, row.listed) for row in found.designations] == [("party:mahan-air", "2012-03-24")]
    (dispute,) = found.disputes
    assert (dispute.pack, dispute.held) == ("listed 2011-05-23", "listed 2012-03-24")


def test_where_they_agree_the_row_has_the_words_of_the_pack():
    day = listed("EU-IRN", firm("EU-IRN:EU.1", "Mahan Air"), days={"EU-IRN:EU.1": "2011-05-23"})
    found = merge_parties(PACK, [pack_row("2011-05-23")], [day])
    assert [(row.record, row.grounds) for row in found.designations] == [("EU.1", "an airline")]
    assert found.disputes == []


def test_a_party_that_the_list_lacks_is_not_listed_by_it():
    other = listed("EU-IRN", firm("EU-IRN:EU.2", "Qeshm Fars"), as_of="2026-06-01")
    found = merge_parties(PACK, [pack_row("2011-05-23")], [other])
    assert [row.ref for row in found.designations] == ["EU-IRN:EU.2"]
    (dispute,) = found.disputes
    assert (dispute.ref, dispute.held) == ("party:mahan-air", "not on EU-IRN as of 2026-06-01")


@pytest.mark.parametrize("as_of", ["", "2010-01-01"])
def test_a_list_without_a_date_or_older_than_the_row_refutes_nothing(as_of: str):
    other = listed("EU-IRN", firm("EU-IRN:EU.2", "Qeshm Fars"), as_of=as_of)
    found = merge_parties(PACK, [pack_row("2011-05-23")], [other])
    assert {row.ref for row in found.designations} == {"party:mahan-air", "EU-IRN:EU.2"}
    assert found.disputes == []


def test_what_the_pack_knows_of_the_past_stays():
    other = listed("EU-IRN", firm("EU-IRN:EU.2", "Qeshm Fars"))
    found = merge_parties(PACK, [pack_row("2011-05-23", delisted="2016-01-16")], [other])
    assert ("party:mahan-air", "2016-01-16") in {(row.ref, row.delisted) for row in found.designations}
    assert found.disputes == []


def test_a_list_without_days_takes_them_from_the_pack_and_disputes_none_of_its_acts():
    undated = listed("EU-IRN", firm("EU-IRN:EU.1", "Mahan Air"))
    rows = [pack_row("2011-05-23", record="EU.1"), pack_row("2018-03-15", record="EU.1")]
    found = merge_parties(PACK, rows, [undated])
    assert sorted((row.listed, row.grounds) for row in found.designations) == [
        ("2011-05-23", "an airline"),
        ("2018-03-15", "an airline"),
    ]
    assert found.disputes == []
