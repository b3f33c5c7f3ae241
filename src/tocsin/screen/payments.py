"""Payments against the designated parties: every party and agent of a transaction, and its remittance text."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tocsin.model import Fault, Hit, InputRead, Observed, Reason, Screened
from tocsin.org import files_of
from tocsin.screen.iso20022 import Iso20022File
from tocsin.screen.mt import MtFile, is_mt
from tocsin.screen.payment import Payment
from tocsin.screen.query import Query
from tocsin.screen.score import FREE_TEXT, NAME, ONE_WORD, Point, combined
from tocsin.screen.screener import Screener, Seen, hits_on, screened

_REMEMBERED = 20_000  # parties whose answer is kept: the same ones stand in every payment of a run


class PaymentScreening:
    """Payments screened as they are read. Iterate it once; ``read`` and ``faults`` are complete after that."""

    def __init__(self, screener: Screener, paths: Iterable[Path]) -> None:
        self._screener = screener
        self._paths = tuple(paths)
        self._known: dict[Query, list[Hit]] = {}
        self.read: list[InputRead] = []
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[Screened]:
        return (one.screened for one in self.seen())

    def seen(self) -> Iterator[Seen]:
        """An answer a transaction, in the order of the files; ``row`` counts from 1 in each file."""
        files = files_of(self._paths)
        if not files:
            place = ", ".join(map(str, self._paths)) or "payments"
            todo = "put ISO 20022 or SWIFT FIN files there, or take it out of evidence.payments"
            self.faults.append(Fault(file=place, place="", why="no payment file in it", todo=todo))
        for path in files:
            payments = MtFile(path) if is_mt(_head(path)) else Iso20022File(path)
            for payment in payments:
                yield self._screen(path, payment)
            self.faults += payments.faults
            if payments.count:
                self.read.append(InputRead(path=str(path), kind="payments", records=payments.count))

    def _screen(self, path: Path, payment: Payment) -> Seen:
        best: dict[str, Hit] = {}
        fields: dict[str, set[str]] = {}
        for field, hit in self._hits(payment):
            fields.setdefault(hit.id, set()).add(field)
            if hit.id not in best or hit.score > best[hit.id].score:
                best[hit.id] = msgspec.structs.replace(hit, features=(*hit.features, _field(field)))
        query = _asked(payment)
        answer = screened({**query, "file": str(path)}, list(best.values()), payment.number)
        matched = {field for hit in answer.hits for field in fields[hit.id]}
        observed = Observed(
            file=str(path), record=f"transaction {payment.number}", fields=_evidence(payment, query, matched)
        )
        return Seen(answer, observed, _utc(payment.created))

    def _hits(self, payment: Payment) -> Iterator[tuple[str, Hit]]:
        for field, query in payment.parties:
            hits = self._known.get(query)
            if hits is None:
                if len(self._known) >= _REMEMBERED:
                    self._known.clear()
                hits = self._known[query] = self._screener.hits(query)
            yield from ((field, hit) for hit in hits)
        for field, text in payment.texts:
            for one in self._screener.text_names.find(text):
                share = NAME * FREE_TEXT * (ONE_WORD if len(one.listed.tokens) == 1 else 1.0)
                says = f"“{one.words}” stands in the text, a name of {one.listed.party.name}"
                score, reasons = combined([Point("name", says, share, FREE_TEXT)])
                yield from ((field, hit) for hit in hits_on(one.listed.party, one.listed.name, score, reasons))


def screen_payments(screener: Screener, paths: Iterable[Path]) -> PaymentScreening:
    """Screen payment files and folders of them: pain.001, pacs.008, pacs.009, MT103, MT202, MT205.

    Nothing is read before it is iterated.
    """
    return PaymentScreening(screener, paths)


def is_payment_file(path: Path) -> bool:
    """Whether a file holds payment messages, by its first bytes: XML, or SWIFT FIN."""
    head = _head(path)
    return is_mt(head) or head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(1024)
    except OSError:  # said by who reads the whole file
        return b""


def _field(field: str) -> Reason:
    return Reason(name="field", says=f"matched in the {field}", value=field, weight=0.0)


def _asked(payment: Payment) -> dict[str, Any]:
    """What identifies the payment, and which fields of it were screened."""
    asked: dict[str, Any] = {
        "message": payment.message,
        "end_to_end": payment.end_to_end,
        "uetr": payment.uetr,
        "amount": payment.amount,
        "currency": payment.currency,
        "created": payment.created,
    }
    fields = dict.fromkeys(field for field, _ in (*payment.parties, *payment.texts))
    return {key: value for key, value in asked.items() if value} | {"fields": list(fields)}


def _evidence(payment: Payment, query: dict[str, Any], matched: set[str]) -> dict[str, Any]:
    """The fields that matter: what identifies the payment, and the parties and texts that matched, as they stand."""
    fields = {key: value for key, value in query.items() if key != "fields"}
    for field, party in payment.parties:
        if field in matched or (not matched and party.name):
            fields[field] = party.as_given()
    fields.update({field: text for field, text in payment.texts if field in matched})
    return fields


def _utc(created: str) -> str | None:
    """The creation time in UTC; one without an offset is taken as UTC."""
    try:
        moment = datetime.fromisoformat(created)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
