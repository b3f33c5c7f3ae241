"""EU lists from both publishers: the Official Journal's tables and the Commission's file."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_sources import COLUMNS, FIRM, PERSON, fsf, table
from tocsin.model import TocsinError
from tocsin.sources import eu_fsf, eu_journal

JOURNAL = Path(__file__).parents[2] / "shared" / "data" / "lists" / "eu-journal.tar.gz"


def lists_of(*tables: bytes, today: str = "2026-08-07") -> list[eu_journal.PartyList]:
    lists, faults = eu_journal.parse([(f"{n}.csv", raw) for n, raw in enumerate(tables)], today)
    assert faults == []
    return lists


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("16.3.2026", "2026-03-16"),
        ("14 July 2026", "2026-07-14"),
        ("9 Jul. 2026", "2026-07-09"),
        ("2026-08-07", "2026-08-07"),
        ("05/11/2020", "2020-11-05"),
        (" 1\u00a0May 2020 ", "2020-05-01"),
        ("", None),
        ("soon", None),
        ("31.13.2026", None),
        ("40.1.2026", None),
        ("14 Quintilis 2026", None),
    ],
)
def test_dates_in_all_their_forms(printed: str, day: str | None):
    assert eu_journal.journal_date(printed) == day


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", []),
        ("a.k.a. One; Two Words ;", ["a.k.a. One", "Two Words"]),
        ("KARIMI, Farzin", ["KARIMI, Farzin"]),
        ("Alexander Ivanov, Oleksandr Ivanov", ["Alexander Ivanov", "Oleksandr Ivanov"]),
        ("‘Z-Pentest Alliance’, ‘Z-Alliance’", ["Z-Pentest Alliance", "Z-Alliance"]),
        ("“Anzu Team”; «Импульс»", ["Anzu Team", "Импульс"]),
    ],
)
def test_names_that_share_a_cell(cell: str, names: list[str]):
    assert eu_journal.split_names(cell) == names


def test_a_short_form_in_brackets_is_a_name_of_its_own():
    assert eu_journal.main_names("Tianjin Huaying Co. Ltd (Huaying Haitai)") == [
        "Tianjin Huaying Co. Ltd",
        "Huaying Haitai",
    ]
    assert eu_journal.main_names("GTsST (GU/GRU)") == ["GTsST (GU/GRU)"]


def test_a_record_becomes_a_party_and_its_designation():
    (held,) = lists_of(
        table(
            {
                "recordId": "18",
                "annex": "I.A",
                "schema": "Person",
                "name": "CHEN Cheng",
                "alias": "陈诚; Jesse Chen",
                "weakAlias": "lengmo",
                "previousName": "CHEN Chang",
                "startDate": "16.3.2026",
                "nationality": "Chinese",
                "birthDate": "1.2.1980",
            }
        )
    )
    (party,), (row,) = held.parties, held.designations
    assert party.ref == row.ref == "EU-CYB:32019R0796/I.A/18"
    assert [(name.name, name.kind, name.script) for name in party.names] == [
        ("陈诚", "alias", "Hani"),
        ("Jesse Chen", "alias", "Latn"),
        ("lengmo", "weak", "Latn"),
        ("CHEN Chang", "previous", "Latn"),
    ]
    assert (party.schema, party.country, party.born) == ("Person", "CN", "1980-02-01")
    assert (row.authority, row.list, row.record, row.listed) == ("EU", "EU-CYB", "32019R0796/I.A/18", "2026-03-16")
    assert row.measures == ("asset freeze", "no funds or economic resources", "travel ban")
    assert row.act == "Regulation (EU) 2019/796"
    assert row.url == "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32019R0796"


def test_companies_are_not_barred_from_entry_and_export_controls_freeze_nothing():
    firm, trade = lists_of(
        table({"name": "Emennet Pasargad", "measure": "Asset freeze"}),
        table({"name": "SFT LLC", "programKey": "EU-RUS", "measure": "Export control"}),
    )
    assert firm.designations[0].measures == ("asset freeze", "no funds or economic resources")
    assert trade.designations[0].measures == ("export control",)


def test_an_amendment_adds_what_is_new_and_keeps_the_older_record_id():
    standing = table({"recordId": "6", "name": "Emennet Pasargad", "startDate": "16.3.2026"})
    change = table(
        {"recordId": "1", "name": "Emennet Pasargad", "startDate": "1.7.2026"},
        {"recordId": "2", "name": "Impuls LLC", "startDate": "13.7.2026"},
        amending=True,
    )
    for order in ((standing, change), (change, standing)):
        (held,) = lists_of(*order)
        rows = {row.ref: row.listed for row in held.designations}
        assert rows == {"EU-CYB:32019R0796/I.B/6": "2026-03-16", "EU-CYB:32019R0796/I.B/2": "2026-07-13"}
        assert held.as_of == "2026-07-13"


def test_a_number_that_another_name_has_taken_gives_way_to_the_printed_name():
    (held,) = lists_of(table({"recordId": "6", "name": "Emennet"}, {"recordId": "6", "name": "Impuls"}))
    assert [party.ref for party in held.parties] == ["EU-CYB:32019R0796/I.B/6", "EU-CYB:32019R0796/I.B/Impuls"]


def test_a_list_is_of_its_newest_record_that_is_in_force_and_without_dates_of_none():
    rows = table({"name": "One", "startDate": "1.7.2026"}, {"recordId": "2", "name": "Two", "startDate": "1.9.2026"})
    assert lists_of(rows, today="2026-08-07")[0].as_of == "2026-07-01"
    (held,) = lists_of(table({"name": "One", "startDate": ""}))
    assert (held.as_of, held.designations[0].listed) == ("", None)


def test_faults_name_file_line_and_remedy_and_the_rest_is_read():
    good = table({"name": "Emennet"}, {"recordId": "2", "name": " "})
    lists, faults = eu_journal.parse(
        [
            ("good.csv", good),
            ("short.csv", table({"name": "x"}, columns=["name", "recordId"])),
            ("latin.csv", "celex,name\n1,\xe9".encode("latin-1")),
        ],
        "2026-08-07",
    )
    assert [len(held.parties) for held in lists] == [1]
    assert {(fault.file, fault.place) for fault in faults} == {
        ("good.csv", "line 3"),
        ("short.csv", "line 1"),
        ("latin.csv", ""),
    }
    assert any("columns missing: alias, annex, programKey, schema, startDate" in fault.why for fault in faults)


def test_a_table_that_alone_is_damaged_is_still_named():
    assert eu_journal.parse([("x.csv", b"celex,programKey\n")], "2026-08-07")[1][0].file == "x.csv"


def test_tables_are_known_by_their_first_line():
    assert eu_journal.is_table(table({"name": "x"}))
    assert eu_journal.is_table(b"\xef\xbb\xbf" + table({"name": "x"}, amending=True))
    assert not eu_journal.is_table(b"name,alias\n")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=80))
def test_any_table_is_read_or_named(raw: bytes, cell: str):
    eu_journal.parse([("x.csv", raw)], "2026-08-07")
    lists, faults = eu_journal.parse([("y.csv", table(dict.fromkeys(COLUMNS, cell)))], "2026-08-07")
    assert lists or faults


@pytest.mark.skipif(not JOURNAL.exists(), reason="the tables of the Journal are not here")
def test_the_cyber_list_of_the_journal_is_whole():
    with tarfile.open(JOURNAL) as archive:
        tables = [(one.name, archive.extractfile(one).read()) for one in archive if one.name.endswith(".csv")]  # type: ignore[union-attr]
    lists, faults = eu_journal.parse(tables, "2026-08-07")
    assert faults == []
    (cyber,) = [held for held in lists if held.id == "EU-CYB"]
    assert (len(cyber.parties), cyber.as_of) == (38, "2026-07-13")
    assert sum(party.schema == "Person" for party in cyber.parties) == 27
    spring = {
        party.name for party, row in zip(cyber.parties, cyber.designations, strict=True) if row.listed == "2026-03-16"
    }
    assert spring == {
        "CHEN Cheng",
        "WU Haibo",
        "Integrity Technology Group",
        "Emennet Pasargad",
        "Anxun Information Technology Co. Ltd.",
    }


def test_the_commissions_file_gives_a_list_a_programme():
    lists, faults = eu_fsf.parse(fsf(FIRM + PERSON), "fsf.xml", "00ff")
    assert faults == []
    assert [(one.id, one.list, one.as_of, len(one.parties)) for one in lists] == [
        ("EU-CYB (FSF)", "EU-CYB", "2026-07-01", 2),
        ("EU-RUSDA (FSF)", "EU-RUSDA", "2026-07-01", 1),
    ]
    firm, person = lists[0].parties
    assert (firm.ref, firm.name, firm.schema, firm.country) == (
        "EU-CYB:EU.1.2",
        "Emennet Pasargad",
        "LegalEntity",
        "IR",
    )
    assert {(name.name, name.kind, name.script) for name in firm.names} == {
        ("امننت پاسارگاد", "alias", "Arab"),
        ("Holy Souls", "weak", "Latn"),
        ("Eeleyanet Gostar", "alias", "Latn"),
    }
    assert (firm.identifiers, firm.addresses) == (("regnumber:123",), ("Main Street 1, Tehran",))
    assert (person.schema, person.country, person.born) == ("Person", "RU", "1961-08")
    assert lists[0].source.sha256 == "00ff"


def test_designations_of_the_commissions_file_say_which_act_and_when():
    lists, _ = eu_fsf.parse(fsf(PERSON), "fsf.xml")
    rows = {row.ref: row for one in lists for row in one.designations}
    assert rows["EU-CYB:EU.3.4"].listed == "2020-07-30"
    assert rows["EU-CYB:EU.3.4"].record == "EU.3.4"
    assert rows["EU-RUSDA:EU.3.4"].act == "Regulation (EU) 2024/3188"
    assert {row.list for row in rows.values()} == {"EU-CYB", "EU-RUSDA"}
    assert "travel ban" not in rows["EU-CYB:EU.3.4"].measures  # the file is of financial sanctions


def test_records_without_number_or_name_are_named():
    nameless = '<sanctionEntity euReferenceNumber="EU.5.6"><regulation programme="CYB"/></sanctionEntity>'
    numberless = '<sanctionEntity><nameAlias wholeName="X"/></sanctionEntity>'
    lists, faults = eu_fsf.parse(fsf(FIRM + nameless + numberless), "fsf.xml")
    assert len(lists[0].parties) == 1
    assert [fault.place for fault in faults] == ["EU.5.6", "record 3"]


def test_half_a_file_is_none():
    with pytest.raises(TocsinError, match=r"fsf\.xml:line \d+: not well-formed XML"):
        eu_fsf.parse(fsf(FIRM + PERSON)[:-40], "fsf.xml")
    with pytest.raises(TocsinError, match="without any record"):
        eu_fsf.parse(fsf(""), "fsf.xml")


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE export [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE export [<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;">]>',
        '<!DOCTYPE export SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_a_file_with_a_document_type_is_refused(entity: str):
    with pytest.raises(TocsinError, match=r"document type|external entity"):
        eu_fsf.parse(fsf(FIRM.replace("Holy Souls", "&x;") if "ENTITY" in entity else FIRM, entity), "fsf.xml")


def test_the_commissions_file_is_known_by_its_namespace():
    assert eu_fsf.is_list(fsf(FIRM))
    assert not eu_fsf.is_list(b"<export></export>")
