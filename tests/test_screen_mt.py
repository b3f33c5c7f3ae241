"""SWIFT FIN payment messages, and payments between banks: every party, agent and text is screened."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screen_parties import party, screener_of
from tocsin.model import Screened
from tocsin.screen import Screener, screen_payments
from tocsin.screen.mt import MtFile
from tocsin.screen.payments import is_payment_file

PARTIES = (
    party("1", "Nordmeer Turbinenwerk GmbH", schema="Company", country="DE"),
    party("2", "Handelsbank Ostmark", schema="Company", country="AT", identifiers=("bic:HBOMATWWXXX",)),
    party(
        "3",
        "Ivan Pavlovich Petrovskiy",
        schema="Person",
        country="RU",
        born="1986-03-04",
        identifiers=("passport:752198331",),
    ),
)

HEAD = "{1:F01ACBKDEFFAXXX0000000000}{2:I%sDONAATWWXXXXN}{3:{108:MUR1}{121:0e2c1c6c-7a0f-4f57-8d9c-0a6a3c1f2b11}}{4:\n"
MT103 = """:20:REF-103
:23B:CRED
:32A:260316EUR1500,50
:50K:/DE89370400440532013000
ACME GMBH
HAFENSTRASSE 1
52070 AACHEN
{agents}:59:/AT611904300234573201
{creditor}
RING 7
WIEN
:70:{text}
:71A:SHA
-}}{{5:{{CHK:123456789ABC}}}}"""
MT202COV = """:20:REF-202
:21:E2E-77
:32A:260316USD9000,
:52A:ACBKDEFFXXX
:58A:{beneficiary}
:50F:{ordering}
:59:/123
Donau Werkzeug AG
:70:INVOICE 9
-}}"""


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return screener_of(tmp_path_factory.mktemp("home"), PARTIES)


def mt103(creditor: str = "DONAU WERKZEUG AG", text: str = "INVOICE 1", agents: str = "") -> str:
    return HEAD % "103" + MT103.format(creditor=creditor, text=text, agents=agents)


def mt202(beneficiary: str = "DONAATWWXXX", ordering: str = "/1\n1/ACME GMBH\n3/DE/AACHEN") -> str:
    return HEAD % "202" + MT202COV.format(beneficiary=beneficiary, ordering=ordering)


def answers(screener: Screener, folder: Path, text: str | bytes, name: str = "p.fin") -> list[Screened]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    run = screen_payments(screener, [path])
    found = list(run)
    assert run.faults == []
    return found


def fields(answer: Screened) -> set[str]:
    return {str(reason.value) for hit in answer.hits for reason in hit.features if reason.name == "field"}


@pytest.mark.parametrize(
    ("text", "field", "decision"),
    [
        (mt103("NORDMEER TURBINENWERK GMBH"), "beneficiary customer", "alert"),
        (mt103("Petrovskiy Ivan Pavlovich"), "beneficiary customer", "alert"),
        (mt103(agents=":57A:HBOMATWW\n"), "account with institution", "alert"),
        (mt103(agents=":56D:/X\nHANDELSBANK OSTMARK\nWIEN\n"), "intermediary institution", "alert"),
        (mt103(text="INV 7 FOR NORDMEER TURBINENWERK\n//GMBH HAMBURG"), "remittance text", "review"),
        (mt202("HBOMATWW"), "beneficiary institution", "alert"),
        (
            mt202(ordering="CCPT/RU/752198331\n1/PETROVSKIY IVAN\n3/RU/MOSCOW\n4/19860304"),
            "underlying ordering customer",
            "alert",
        ),
    ],
)
def test_what_stands_in_any_field_is_found(
    screener: Screener, tmp_path: Path, text: str, field: str, decision: str
) -> None:
    (answer,) = answers(screener, tmp_path, text)
    assert fields(answer) == {field}
    assert answer.decision in (decision, "alert")


@pytest.mark.parametrize("text", [mt103(), mt202()])
def test_a_payment_between_others_is_clear(screener: Screener, tmp_path: Path, text: str) -> None:
    (answer,) = answers(screener, tmp_path, text)
    assert (answer.decision, answer.hits) == ("clear", ())


def test_what_identifies_the_payment(screener: Screener, tmp_path: Path) -> None:
    (one,) = answers(screener, tmp_path, mt103())
    assert one.query["message"] == "REF-103"
    assert (one.query["amount"], one.query["currency"], one.query["created"]) == ("1500.50", "EUR", "2026-03-16")
    assert one.query["uetr"] == "0e2c1c6c-7a0f-4f57-8d9c-0a6a3c1f2b11"
    assert one.query["fields"] == [
        "ordering customer",
        "beneficiary customer",
        "sender",
        "receiver",
        "remittance text",
    ]
    (other,) = answers(screener, tmp_path, mt202())
    assert (other.query["end_to_end"], other.query["amount"]) == ("E2E-77", "9000")


def test_option_f_gives_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "p.fin"
    path.write_text(
        mt202(ordering="NIDN/RU/771234\n1/PETROVSKIY\n1/IVAN\n2/MAIN STREET 1\n3/RU/MOSCOW\n4/19860304\n7/RU/99887766")
    )
    (payment,) = MtFile(path)
    party = dict(payment.parties)["underlying ordering customer"]
    assert (party.name, party.country, party.born) == ("PETROVSKIY IVAN", "RU", "1986-03-04")
    assert party.address == "MAIN STREET 1, MOSCOW"
    assert party.identifiers == ("nationalid/RU:771234", "nationalid/RU:99887766")


def test_a_name_that_fills_its_line_may_go_on(screener: Screener, tmp_path: Path) -> None:
    long = "NORDMEER TURBINENWERK GESELLSCHAFT"
    (answer,) = answers(screener, tmp_path, mt103(f"{long}\nMIT BESCHRAENKTER HAFTUNG"))
    assert fields(answer) == {"beneficiary customer"}


@pytest.mark.parametrize("between", ["", "\r\n", "$", "\x03\x01", "\n$\n"])
def test_many_messages_in_a_file_are_each_one_answer(screener: Screener, tmp_path: Path, between: str) -> None:
    text = between.join([mt103("Nordmeer Turbinenwerk GmbH"), mt202(), mt103()] * 700)
    found = answers(screener, tmp_path, text.replace("\n", "\r\n") if between == "\r\n" else text)
    assert [one.row for one in found] == list(range(1, 2101))
    assert [one.decision for one in found[:3]] == ["alert", "clear", "clear"]
    assert sum(one.decision == "alert" for one in found) == 700


def test_a_cut_message_is_used_and_named(screener: Screener, tmp_path: Path) -> None:
    path = tmp_path / "p.fin"
    path.write_text(mt103() + "\n" + mt103("Nordmeer Turbinenwerk GmbH").partition("INVOICE")[0])
    run = screen_payments(screener, [path])
    assert [one.decision for one in run] == ["clear", "alert"]
    (fault,) = run.faults
    assert (fault.place, fault.why) == ("line 16", "message 2 is cut")


def test_other_messages_are_counted_and_named(screener: Screener, tmp_path: Path) -> None:
    path = tmp_path / "p.fin"
    path.write_text("\n".join((mt103(), mt103().replace("I103", "I940"), mt103().replace("I103", "I940"))))
    run = screen_payments(screener, [path])
    assert len(list(run)) == 1
    (fault,) = run.faults
    assert fault.why == "2 messages of type MT940 not read"


def test_a_message_without_end_is_refused_in_bounded_memory(screener: Screener, tmp_path: Path) -> None:
    path = tmp_path / "p.fin"
    path.write_bytes(mt103().encode() + b"\n" + (HEAD % "103").encode() + b":70:" + b"A" * 3_000_000)
    run = screen_payments(screener, [path])
    assert len(list(run)) == 1
    (fault,) = run.faults
    assert "more than" in fault.why


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_damage_is_read_or_named(screener: Screener, tmp_path: Path, noise: bytes, at: int) -> None:
    raw = mt103().encode()
    path = tmp_path / "p.fin"
    path.write_bytes(raw[:at] + noise + raw[at:])
    run = screen_payments(screener, [path])
    assert list(run) or run.faults


PACS_009 = """<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08"><FICdtTrf>
 <GrpHdr><MsgId>B-9</MsgId><CreDtTm>2026-03-17T10:00:00Z</CreDtTm></GrpHdr>
 <CdtTrfTxInf><PmtId><EndToEndId>E-9</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="USD">5.00</IntrBkSttlmAmt>
  <Dbtr><FinInstnId><BICFI>ACBKDEFF</BICFI></FinInstnId></Dbtr>
  <Cdtr><FinInstnId><BICFI>{bank}</BICFI></FinInstnId></Cdtr>
  <UndrlygCstmrCdtTrf><Dbtr><Nm>{debtor}</Nm></Dbtr><Cdtr><Nm>Donau Werkzeug AG</Nm></Cdtr></UndrlygCstmrCdtTrf>
 </CdtTrfTxInf></FICdtTrf></Document>"""


@pytest.mark.parametrize(
    ("bank", "debtor", "expected"),
    [
        ("HBOMATWW", "Acme GmbH", {"creditor"}),
        ("DONAATWW", "Nordmeer Turbinenwerk GmbH", {"underlying debtor"}),
        ("DONAATWW", "Acme GmbH", set()),
    ],
)
def test_transfers_between_banks_in_iso_20022(
    screener: Screener, tmp_path: Path, bank: str, debtor: str, expected: set[str]
) -> None:
    (answer,) = answers(screener, tmp_path, PACS_009.format(bank=bank, debtor=debtor), "p.xml")
    assert fields(answer) == expected


def test_payment_files_are_known_by_content(tmp_path: Path) -> None:
    for name, content, expected in (
        ("a.txt", mt103(), True),
        ("b.dat", "\ufeff<?xml version='1.0'?><Document/>", True),
        ("c.csv", "id,name\n1,<b>\n", False),
        ("d.xml", "", False),
    ):
        (tmp_path / name).write_text(content)
        assert is_payment_file(tmp_path / name) is expected
    assert is_payment_file(tmp_path / "absent") is False
