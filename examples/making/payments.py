"""Payments as ISO 20022 messages: what Acme orders (pain.001.001.09), what its bank passes on to it (pacs.008.001.08).

Element names and order are the standard's; parties, accounts and amounts are invented. Account numbers carry wrong
check digits on purpose, so that they are nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape

from making.partners import Partner, ordinary


class Payment(NamedTuple):
    """A transaction; ``partner`` is the creditor of what we order, and the debtor of what we are paid.

    ``listed`` is the id of the listed party that screening must name, empty where there is none.
    """

    reference: str
    amount: str
    currency: str
    partner: Partner
    account: str
    text: str
    listed: str = ""
    what: str = ""


# Reference | amount | account | partner, as in the table of counterparties | text
_ORDERED = """
P260310-01 | 18420.00 EUR | CZ0008000000001927710011 | Bohemia Alloys s.r.o. | Invoice 2026-0412 bar stock
P260310-02 | 2310.50 EUR | DE00500105170648489890 | Rheintal Werkzeuge GmbH | RE 55128 Wendeplatten
P260310-03 | 7788.00 USD | 004417720091 | Blue Mesa Aerostructures Inc. | Returned goods, credit note 118
P260310-04 | 961.20 EUR | DE00217500000117711002 | Nordlicht Spedition GmbH | Fracht KW 10
P260311-05 | 41250.00 USD | 3301772200441190 | Ningbo Lanhai Bearing Co., Ltd. | PO 7714 bearings 6205
P260311-06 | 5120.00 EUR | IT00X0542811101000000123456 | Officine Meccaniche Valsusa S.r.l. | Fattura 220/2026
P260312-07 | 3300.00 CHF | CH0000762011623852957 | Jura Décolletage SA | Facture 9921
P260312-08 | 12890.00 EUR | PL00109010140000071219812874 | Huta Wierzbica Sp. z o.o. | Faktura 77/03
P260313-09 | 640.00 EUR | GB00ACBK60161331926819 | Margaret Ashdown | Training course 3 March
P260313-10 | 27600.00 EUR | NL00ACBK0417164300 | Waalbocht Precisie B.V. | Factuur 26-0318
P260316-11 | 1998.00 EUR | CZ0008000000001927755017 | Isonet Metrology s.r.o. | Kalibrace 2026/31
"""
_RECEIVED = """
R260309-01 | 22000.00 EUR | AT001904300234573201 | Donau Präzision GmbH | Rechnung 4401 und 4407
R260309-02 | 118500.00 USD | 110044982277 | Sierra Vista Instruments Inc. | PO 88120 housings
R260310-03 | 9870.00 EUR | FR0020041010050500013M02606 | Décolletage du Faucigny SARL | Facture 4412
R260311-04 | 15440.00 EUR | NL00ACBK0417199911 | Zuiderzee Tooling B.V. | Invoice 4415
R260312-05 | 30210.00 EUR | GB00ACBK60161377120044 | Coventry Spline & Gear Ltd | INV 4419 less retention
R260313-06 | 4075.00 EUR | HU00117730161111101800000000 | Alföld Szerszám Kft. | Számla 4420
R260316-07 | 51900.00 USD | 77021190044 | Hanbit Jeongmil Co., Ltd. | Invoice 4423 gear blanks
"""
CREDITOR = Payment(
    "P260316-12",
    "14400.00",
    "EUR",
    Partner("Ayandeh Sazan Sepehr Arya Co.", "Company", "IR", "Tehran"),
    "IR000540105180021273113007",
    "Web design, second part",
    "EU-CYB:32019R0796/I.B/6",
    "the creditor is Emennet Pasargad under a later name of it",
)
REMITTANCE = Payment(
    "R260317-08",
    "66300.00",
    "USD",
    Partner("Gulf Crescent Bearings FZE", "Company", "AE", "Sharjah"),
    "AE000331234567890123456",
    "Invoice 4431 on behalf of Integrity Technology Group, Beijing",
    "EU-CYB:32019R0796/I.B/5",
    "the text names a listed company behind the payer",
)
_NAME, _ACCOUNT, _BIC = "Acme Precision GmbH", "DE00370400440532013000", "ACBKDE00"  # of an invented bank


def ordered(*, planted: bool) -> tuple[Payment, ...]:
    """The transactions of the pain.001 message, in its order: currency by currency."""
    found = (*_payments(_ORDERED), *([CREDITOR] if planted else []))
    return tuple(sorted(found, key=lambda one: one.currency))


def received(*, planted: bool) -> tuple[Payment, ...]:
    """The transactions of the pacs.008 message, in its order."""
    return (*_payments(_RECEIVED), *([REMITTANCE] if planted else []))


def pain001(payments: tuple[Payment, ...]) -> bytes:
    """A customer credit transfer initiation: one payment information block a currency."""
    blocks = []
    for currency, group in groupby(payments, key=lambda one: one.currency):
        inside = list(group)
        blocks.append(
            f"""    <PmtInf>
      <PmtInfId>ACME-20260316-{currency}</PmtInfId>
      <PmtMtd>TRF</PmtMtd>
      <NbOfTxs>{len(inside)}</NbOfTxs>
      <CtrlSum>{_sum(inside)}</CtrlSum>
      <ReqdExctnDt><Dt>2026-03-17</Dt></ReqdExctnDt>
      <Dbtr>{_party(_NAME, "DE", "Bremen")}</Dbtr>
      <DbtrAcct>{_iban(_ACCOUNT)}</DbtrAcct>
      <DbtrAgt>{_agent(_BIC)}</DbtrAgt>
"""
            + "".join(_transfer(one) for one in inside)
            + "    </PmtInf>\n"
        )
    return _document(
        "pain.001.001.09",
        f"""  <CstmrCdtTrfInitn>
    <GrpHdr>
      <MsgId>ACME-PAIN-20260316</MsgId>
      <CreDtTm>2026-03-16T15:02:11Z</CreDtTm>
      <NbOfTxs>{len(payments)}</NbOfTxs>
      <CtrlSum>{_sum(payments)}</CtrlSum>
      <InitgPty><Nm>{_NAME}</Nm></InitgPty>
    </GrpHdr>
{"".join(blocks)}  </CstmrCdtTrfInitn>
""",
    )


def pacs008(payments: tuple[Payment, ...]) -> bytes:
    """A financial institution's customer credit transfer, as the bank hands it to Acme."""
    return _document(
        "pacs.008.001.08",
        f"""  <FIToFICstmrCdtTrf>
    <GrpHdr>
      <MsgId>ACBK-PACS-20260317</MsgId>
      <CreDtTm>2026-03-17T06:30:00Z</CreDtTm>
      <NbOfTxs>{len(payments)}</NbOfTxs>
      <SttlmInf><SttlmMtd>CLRG</SttlmMtd></SttlmInf>
    </GrpHdr>
{"".join(_incoming(one) for one in payments)}  </FIToFICstmrCdtTrf>
""",
    )


def _payments(table: str) -> Iterator[Payment]:
    known = {partner.name: partner for partner in ordinary()}
    for line in table.strip().splitlines():
        reference, money, account, name, text = (cell.strip() for cell in line.split("|"))
        amount, currency = money.split()
        yield Payment(reference, amount, currency, known[name], account, text)


def _transfer(one: Payment) -> str:
    account = _iban(one.account) if one.account[:2].isalpha() else _other(one.account)
    return f"""      <CdtTrfTxInf>
        <PmtId><InstrId>{one.reference}</InstrId><EndToEndId>{one.reference}</EndToEndId></PmtId>
        <Amt><InstdAmt Ccy="{one.currency}">{one.amount}</InstdAmt></Amt>
        <CdtrAgt>{_agent(f"ACBK{one.partner.country}00")}</CdtrAgt>
        <Cdtr>{_party(one.partner.name, one.partner.country, one.partner.city)}</Cdtr>
        <CdtrAcct>{account}</CdtrAcct>
        <RmtInf><Ustrd>{escape(one.text)}</Ustrd></RmtInf>
      </CdtTrfTxInf>
"""


def _incoming(one: Payment) -> str:
    account = _iban(one.account) if one.account[:2].isalpha() else _other(one.account)
    return f"""    <CdtTrfTxInf>
      <PmtId><EndToEndId>{one.reference}</EndToEndId><TxId>{one.reference}</TxId></PmtId>
      <IntrBkSttlmAmt Ccy="{one.currency}">{one.amount}</IntrBkSttlmAmt>
      <IntrBkSttlmDt>2026-03-17</IntrBkSttlmDt>
      <ChrgBr>SHAR</ChrgBr>
      <Dbtr>{_party(one.partner.name, one.partner.country, one.partner.city)}</Dbtr>
      <DbtrAcct>{account}</DbtrAcct>
      <DbtrAgt>{_agent(f"ACBK{one.partner.country}00")}</DbtrAgt>
      <CdtrAgt>{_agent(_BIC)}</CdtrAgt>
      <Cdtr>{_party(_NAME, "DE", "Bremen")}</Cdtr>
      <CdtrAcct>{_iban(_ACCOUNT)}</CdtrAcct>
      <RmtInf><Ustrd>{escape(one.text)}</Ustrd></RmtInf>
    </CdtTrfTxInf>
"""


def _party(name: str, country: str, town: str) -> str:
    address = f"<PstlAdr><TwnNm>{escape(town)}</TwnNm><Ctry>{country}</Ctry></PstlAdr>"
    return f"<Nm>{escape(name)}</Nm>{address}"


def _agent(bic: str) -> str:
    return f"<FinInstnId><BICFI>{bic}</BICFI></FinInstnId>"


def _iban(number: str) -> str:
    return f"<Id><IBAN>{number}</IBAN></Id>"


def _other(number: str) -> str:
    return f"<Id><Othr><Id>{number}</Id></Othr></Id>"


def _sum(payments: list[Payment] | tuple[Payment, ...]) -> str:
    cents = sum(int(one.amount.replace(".", "")) for one in payments)
    return f"{cents // 100}.{cents % 100:02d}"


def _document(message: str, body: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{message}">\n{body}</Document>\n'.encode()
