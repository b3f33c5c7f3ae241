"""What screening sees in an organisation's own evidence, as findings of the brief."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.knowledge import Graph
from tocsin.model import Finding, Looked, TocsinError
from tocsin.org import load_org
from tocsin.screen import Screener, look, screen_table

ROWS = """Nr;Firma;Art;Land;Reg
1;Donau Werkzeug AG;Company;AT;FN 318412k
2;Anxun Information Technology Co., Ltd.;Company;CN;91310116561906136G
3;Garantex;Company;AT;
4;Mohammad Bagher Shirinkar;Person;IR;
5;林晓燕;Person;CN;
6;R. Lin;Person;CN;91510105332025597A
"""
PAYMENT = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>B-1</MsgId><CreDtTm>2026-03-17T10:00:00+02:00</CreDtTm></GrpHdr>
<CdtTrfTxInf><PmtId><EndToEndId>E-1</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="USD">5.00</IntrBkSttlmAmt>
<Dbtr><Nm>Gulf Bearings FZE</Nm></Dbtr><Cdtr><Nm>Acme GmbH</Nm></Cdtr>
<RmtInf><Ustrd>Invoice 7 for Integrity Technology Group, Beijing</Ustrd></RmtInf></CdtTrfTxInf>
<CdtTrfTxInf><PmtId><EndToEndId>E-2</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="USD">9.00</IntrBkSttlmAmt>
<Dbtr><Nm>EMENNET PASARGAD</Nm><PstlAdr><Ctry>IR</Ctry></PstlAdr></Dbtr><Cdtr><Nm>Acme GmbH</Nm></Cdtr></CdtTrfTxInf>
</FIToFICstmrCdtTrf></Document>"""
ORG = """
[organisation]
name = "Acme"
countries = ["DE"]
[evidence]
counterparties = ["partners"]
payments = ["payments"]
[columns.counterparties]
name = "Firma"
registration = "Reg"
type = "Art"
"""


@pytest.fixture(scope="module")
def screener(graph: Graph) -> Screener:
    return Screener(graph)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("partners", "payments"):
        (tmp_path / name).mkdir()
    (tmp_path / "partners" / "a.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "payments" / "b.xml").write_text(PAYMENT, encoding="utf-8")
    (tmp_path / "org.toml").write_text(ORG, encoding="utf-8")
    return tmp_path


def looked(screener: Screener, folder: Path) -> Looked:
    return look(screener, load_org(folder / "org.toml"))


def at(seen: Looked, record: str, ref: str) -> Finding:
    (found,) = [
        one
        for one in seen.findings
        if one.evidence[0].record == record and [party.ref for party in one.parties] == [ref]
    ]
    return found


def test_counterparties_and_payments_become_findings(screener: Screener, folder: Path) -> None:
    seen = looked(screener, folder)
    assert {(one.kind, one.techniques, one.actors, one.rule) for one in seen.findings} == {("screening", (), (), None)}
    table = {(one.evidence[0].record, one.parties[0].ref, one.severity, one.confidence) for one in seen.findings}
    assert table == {
        ("line 3", "party:anxun", "high", "high"),
        ("line 4", "party:garantex", "medium", "moderate"),
        ("line 5", "party:mohammad-bagher-shirinkar", "high", "high"),
        ("line 7", "party:anxun", "high", "high"),
        ("transaction 1", "party:integrity-technology-group", "high", "moderate"),
        ("transaction 2", "party:emennet-pasargad", "high", "high"),
    }
    assert {(Path(one.path).name, one.kind, one.records) for one in seen.inputs} == {
        ("a.csv", "counterparties", 6),
        ("b.xml", "payments", 2),
    }
    assert seen.left_out == ()


def test_a_finding_says_who_on_which_lists_why_and_what_to_do(screener: Screener, folder: Path) -> None:
    found = at(looked(screener, folder), "line 3", "party:anxun")
    name = "Anxun Information Technology Co"
    assert found.title == f"A counterparty, “{name}., Ltd.”, may be {name}. Ltd. (EU-CYB, UK-SL)"
    assert found.parties[0].lists == ("EU-CYB", "UK-SL")
    assert "EU-CYB:32019R0796/I.B/7 since 2026-03-16: asset freeze" in found.parties[0].why
    assert found.evidence[0].file == str(folder / "partners" / "a.csv")
    assert found.evidence[0].fields["Firma"] == "Anxun Information Technology Co., Ltd."
    assert {reason.name for reason in found.why} >= {"name", "number", "country", "kind"}
    assert found.could_also_be
    assert "Hold" in found.next[0]
    assert found.time is None


def test_a_finding_of_a_payment_has_its_time_and_the_field_that_matched(screener: Screener, folder: Path) -> None:
    seen = looked(screener, folder)
    text = at(seen, "transaction 1", "party:integrity-technology-group")
    assert text.time == text.first_seen == "2026-03-17T08:00:00Z"
    assert text.title.startswith("The remittance text of a payment names what may be Integrity Technology Group")
    assert text.evidence[0].fields == {
        "message": "B-1",
        "end_to_end": "E-1",
        "amount": "5.00",
        "currency": "USD",
        "created": "2026-03-17T10:00:00+02:00",
        "remittance text": "Invoice 7 for Integrity Technology Group, Beijing",
    }
    debtor = at(seen, "transaction 2", "party:emennet-pasargad")
    assert debtor.evidence[0].fields["debtor"] == {"name": "EMENNET PASARGAD", "country": "IR"}
    assert "“EMENNET PASARGAD”" in debtor.title


def test_the_same_record_in_another_file_is_the_same_finding(screener: Screener, folder: Path) -> None:
    before = looked(screener, folder).findings
    (folder / "partners" / "copy.csv").write_text(ROWS, encoding="utf-8")
    after = looked(screener, folder).findings
    assert [one.id for one in after] == [one.id for one in before]
    assert {Path(seen.file).name for seen in after[0].evidence} == {"a.csv", "copy.csv"}


def test_what_cannot_be_read_is_named_and_the_rest_is_used(screener: Screener, folder: Path) -> None:
    (folder / "partners" / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "payments" / "c.xml").write_text("<html/>", encoding="utf-8")
    seen = looked(screener, folder)
    assert len(seen.findings) == 6
    assert {Path(fault.file).name for fault in seen.left_out} == {"b.csv", "c.xml"}
    assert all(fault.todo for fault in seen.left_out)


def test_an_empty_folder_is_named(screener: Screener, folder: Path) -> None:
    for name in ("partners/a.csv", "payments/b.xml"):
        (folder / name).unlink()
    seen = looked(screener, folder)
    assert seen.findings == ()
    assert {Path(fault.file).name for fault in seen.left_out} == {"partners", "payments"}


def test_a_table_answers_every_row_in_order(screener: Screener, folder: Path) -> None:
    columns = load_org(folder / "org.toml").columns["counterparties"]
    table = screen_table(screener, folder / "partners" / "a.csv", columns)
    answers = list(table)
    assert [one.row for one in answers] == [1, 2, 3, 4, 5, 6]
    assert [one.decision for one in answers] == ["clear", "alert", "review", "alert", "clear", "alert"]
    assert answers[0].query["name"] == "Donau Werkzeug AG"
    assert table.read.records == 6
    assert table.faults == []


def test_a_table_without_names_is_refused_with_the_way_out(screener: Screener, folder: Path) -> None:
    path = folder / "partners" / "b.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TocsinError, match="no column for name"):
        screen_table(screener, path)
