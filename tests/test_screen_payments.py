"""Payment files: every party, agent and text of a transaction is screened, and bad files cost only themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screen_parties import LIST, best, party, screener_of, total
from tocsin.model import Screened
from tocsin.screen import Screener, screen_payments

PARTIES = (
    party("1", "Nordmeer Turbinenwerk GmbH", schema="Company", country="DE", identifiers=("lei:5299000J2N45DDNE4Y28",)),
    party("2", "Handelsbank Ostmark", schema="Company", country="AT", identifiers=("bic:HBOMATWWXXX",)),
    party("3", "Ivan Pavlovich Petrovskiy", schema="Person", country="RU", born="1986-03-04", weak=("Nightjar",)),
    party("4", "北海启明网络科技有限公司", schema="Company", country="CN"),
    party("5", "Garantix", schema="Company"),
)

PAIN = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.{version}">
 <CstmrCdtTrfInitn>
  <GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-03-16T09:30:00+01:00</CreDtTm><NbOfTxs>1</NbOfTxs>
   <InitgPty><Nm>Acme Treasury</Nm>{initiator}</InitgPty></GrpHdr>
  <PmtInf><PmtInfId>P-1</PmtInfId><Dbtr><Nm>{debtor}</Nm></Dbtr>
   <DbtrAgt><FinInstnId><BICFI>ACBKDE00</BICFI></FinInstnId></DbtrAgt>{group}
   {transactions}
  </PmtInf>
 </CstmrCdtTrfInitn>
</Document>"""
TRANSACTION = """<CdtTrfTxInf><PmtId><EndToEndId>{number}</EndToEndId></PmtId>
    <Amt><InstdAmt Ccy="EUR">100.00</InstdAmt></Amt>{more}<Cdtr><Nm>{creditor}</Nm>{creditor_more}</Cdtr>
    <RmtInf><Ustrd>{text}</Ustrd></RmtInf></CdtTrfTxInf>"""
PACS = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.{version}">
 <FIToFICstmrCdtTrf><GrpHdr><MsgId>B-1</MsgId><CreDtTm>2026-03-17T10:00:00Z</CreDtTm></GrpHdr>
  <CdtTrfTxInf><PmtId><EndToEndId>E-1</EndToEndId></PmtId>
   <IntrBkSttlmAmt Ccy="USD">5.00</IntrBkSttlmAmt>{inside}</CdtTrfTxInf>
 </FIToFICstmrCdtTrf></Document>"""


def transaction(
    creditor: str = "Donau Werkzeug AG",
    text: str = "Invoice 1",
    more: str = "",
    creditor_more: str = "",
    number: str = "E-1",
) -> str:
    return TRANSACTION.format(creditor=creditor, text=text, more=more, creditor_more=creditor_more, number=number)


def pain(
    *transactions: str, debtor: str = "Acme GmbH", group: str = "", initiator: str = "", version: str = "09"
) -> str:
    inside = "\n".join(transactions or [transaction()])
    return PAIN.format(transactions=inside, debtor=debtor, group=group, initiator=initiator, version=version)


def pacs(inside: str, version: str = "08") -> str:
    return PACS.format(inside=inside, version=version)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return screener_of(tmp_path_factory.mktemp("home"), PARTIES)


def screened(screener: Screener, folder: Path, text: str | bytes, name: str = "a.xml") -> list[Screened]:
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    run = screen_payments(screener, [folder / name])
    answers = list(run)
    assert run.faults == []
    assert [one.records for one in run.read] == [len(answers)]
    return answers


def fields_of(answer: Screened) -> set[str]:
    return {str(reason.value) for hit in answer.hits for reason in hit.features if reason.name == "field"}


AGENT = "<{tag}><FinInstnId><{bic}>{value}</{bic}></FinInstnId></{tag}>"
NAMED = "<{tag}><Nm>Nordmeer Turbinenwerk</Nm></{tag}>"


@pytest.mark.parametrize(
    ("text", "field", "number"),
    [
        (pain(transaction(creditor="Nordmeer Turbinenwerk")), "creditor", "1"),
        (pain(transaction(creditor="Turbinenwerk Nordmeer GmbH"), version="03"), "creditor", "1"),
        (pain(debtor="Nordmeer Turbinenwerk GmbH", version="11"), "debtor", "1"),
        (pain(initiator="<Id><OrgId><LEI>5299000J2N45DDNE4Y28</LEI></OrgId></Id>"), "initiating party", "1"),
        (pain(group=NAMED.format(tag="UltmtDbtr")), "ultimate debtor", "1"),
        (pain(transaction(more=NAMED.format(tag="UltmtCdtr"))), "ultimate creditor", "1"),
        (pain(transaction(more=AGENT.format(tag="CdtrAgt", bic="BICFI", value="HBOMATWW"))), "creditor agent", "2"),
        (
            pain(transaction(more=AGENT.format(tag="IntrmyAgt1", bic="BIC", value="HBOMATWW123"))),
            "intermediary agent 1",
            "2",
        ),
        (pacs(AGENT.format(tag="DbtrAgt", bic="BICFI", value="HBOMATWWXXX"), "02"), "debtor agent", "2"),
        (pacs(AGENT.format(tag="PrvsInstgAgt1", bic="BICFI", value="HBOMATWW")), "previous instructing agent 1", "2"),
        (pacs(NAMED.format(tag="Cdtr"), "13"), "creditor", "1"),
        (pacs("<Dbtr><Nm>PETROVSKIY, Ivan Pavlovich</Nm></Dbtr>"), "debtor", "3"),
        (pacs("<RmtInf><Strd><Invcr><Nm>Nordmeer Turbinenwerk</Nm></Invcr></Strd></RmtInf>"), "invoicer", "1"),
        (pain(transaction(text="INV 7 on behalf of Nordmeer Turbinenwerk, part 2")), "remittance text", "1"),
        (pain(transaction(text="for nordmeer-turbinenwerk gmbh/hamburg")), "remittance text", "1"),
        (pain(transaction(text="rent</Ustrd><Ustrd>Ivan Pavlovich</Ustrd><Ustrd>Petrovskiy")), "remittance text", "3"),
        (pain(transaction(text="货款北海启明网络科技有限公司三月")), "remittance text", "4"),
        (
            pacs("<RmtInf><Strd><AddtlRmtInf>Handelsbank Ostmark</AddtlRmtInf></Strd></RmtInf>"),
            "remittance text",
            "2",
        ),
    ],
)
def test_a_listed_party_is_found_in_every_field(
    screener: Screener, tmp_path: Path, text: str, field: str, number: str
) -> None:
    (answer,) = screened(screener, tmp_path, text)
    assert answer.decision == "alert"
    hit = best(answer, number)
    assert hit is not None
    assert total(hit) == hit.score
    assert fields_of(answer) == {field}


@pytest.mark.parametrize(
    "text",
    [
        pain(),
        pain(transaction(more=AGENT.format(tag="CdtrAgt", bic="BICFI", value="HBOMATWA"))),
        pain(transaction(text="Nordmeer cruise, Turbinenwerk visit")),
        pain(transaction(text="nightjar song; paid to Ivan P.")),  # weak names are not looked for in text
        pain(transaction(text="科技有限公司货款")),
        pain(transaction(text="&lt;Nordmeer&gt; x")),
    ],
)
def test_an_innocent_payment_is_clear(screener: Screener, tmp_path: Path, text: str) -> None:
    assert [one.decision for one in screened(screener, tmp_path, text)] == ["clear"]


def test_one_word_in_a_text_is_a_review(screener: Screener, tmp_path: Path) -> None:
    (answer,) = screened(screener, tmp_path, pain(transaction(text="garantix exchange fee")))
    assert (answer.decision, fields_of(answer)) == ("review", {"remittance text"})


def test_who_was_born_when_and_lives_where_counts_in_payments_too(screener: Screener, tmp_path: Path) -> None:
    birth = "<DtAndPlcOfBirth><BirthDt>{}</BirthDt></DtAndPlcOfBirth>"
    more = f"<PstlAdr><Ctry>RU</Ctry></PstlAdr><Id><PrvtId>{birth}</PrvtId></Id>"
    scores = []
    for born in ("1986-03-04", "1961-01-01"):
        text = pain(transaction(creditor="Ivan Pavlovich Petrovskiy", creditor_more=more.format(born)))
        hit = best(screened(screener, tmp_path, text)[0], "3")
        assert hit is not None
        scores.append(hit.score)
    assert scores[0] > 0.95
    assert scores[1] < scores[0] - 0.2


def test_an_answer_a_transaction_with_what_identifies_it(screener: Screener, tmp_path: Path) -> None:
    text = pain(
        *(transaction(number=f"E-{n}", creditor=name) for n, name in ((1, "A B"), (2, "Nordmeer Turbinenwerk")))
    )
    answers = screened(screener, tmp_path, text)
    assert [(one.row, one.query["end_to_end"], one.decision) for one in answers] == [
        (1, "E-1", "clear"),
        (2, "E-2", "alert"),
    ]
    asked = answers[1].query
    assert (asked["message"], asked["amount"], asked["currency"]) == ("M-1", "100.00", "EUR")
    assert set(asked["fields"]) == {"initiating party", "debtor", "debtor agent", "creditor", "remittance text"}


def test_a_folder_of_payments_is_read_file_by_file(screener: Screener, tmp_path: Path) -> None:
    (tmp_path / "b.xml").write_text(pain(transaction(), transaction()))
    (tmp_path / "a.xml").write_text(pacs(NAMED.format(tag="Cdtr")))
    (tmp_path / "note.txt").write_text("no payments")
    run = screen_payments(screener, [tmp_path])
    assert [(Path(one.query["file"]).name, one.row) for one in run] == [("a.xml", 1), ("b.xml", 1), ("b.xml", 2)]
    assert [(Path(one.path).name, one.records) for one in run.read] == [("a.xml", 1), ("b.xml", 2)]
    assert [Path(one.file).name for one in run.faults] == ["note.txt"]


BOMB = '<!DOCTYPE Document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@pytest.mark.parametrize(
    ("text", "place", "why", "used"),
    [
        (pain().replace(HEAD, HEAD + BOMB + "\n").replace("Invoice 1", "&b;"), "line 2", "document type", 0),
        (
            pain().replace(HEAD, HEAD + '<!DOCTYPE Document SYSTEM "file:///etc/hostname">'),
            "line 2",
            "document type",
            0,
        ),
        (pain().replace("pain.001.001.09", "camt.053.001.08"), "line 2", "camt.053", 0),
        (
            pain().replace(' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"', ""),
            "line 2",
            "none is not read",
            0,
        ),
        ("<html><p>Service unavailable</p></html>", "line 1", "<html> is no payment message", 0),
        ("{1:F01ACBKDE00XXXX}", "line 1", "without a type", 0),
        ("", "line 1", "no XML", 0),
        ("<Document>" + "<a>" * 1000, "line 1", "none is not read", 0),
        (pain(transaction(), transaction())[:-180], "", "broken XML", 1),
        (pain(transaction(), transaction().replace("</Cdtr>", "</Dbtr>")), "line 12", "broken XML", 1),
        (PAIN.format(transactions="", debtor="x", group="", initiator="", version="09"), "", "no transaction", 0),
    ],
)
def test_a_bad_file_gives_one_fault_and_what_came_before_is_used(
    screener: Screener, tmp_path: Path, text: str, place: str, why: str, used: int
) -> None:
    path = tmp_path / "p.xml"
    path.write_text(text, encoding="utf-8")
    run = screen_payments(screener, [path])
    answers = list(run)
    (fault,) = run.faults
    assert (fault.file, fault.todo != "") == (str(path), True)
    assert place in fault.place
    assert why in fault.why
    assert len(answers) == used


def test_an_empty_folder_and_a_missing_file_are_faults(screener: Screener, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", tmp_path / "absent.xml"):
        run = screen_payments(screener, [path])
        assert list(run) == []
        assert [fault.file for fault in run.faults] == [str(path)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2000), st.binary(max_size=8))
def test_a_damaged_file_never_raises(screener: Screener, tmp_path: Path, at: int, junk: bytes) -> None:
    raw = pain(transaction(creditor="Nordmeer Turbinenwerk"), transaction()).encode()
    path = tmp_path / "p.xml"
    path.write_bytes(raw[:at] + junk + raw[at + len(junk) :])
    run = screen_payments(screener, [path])
    answers = list(run)
    assert len(answers) <= 2
    assert all(one.decision in ("clear", "review", "alert") for one in answers)
    assert answers or run.faults
    assert {hit.list for one in answers for hit in one.hits} <= {LIST}
