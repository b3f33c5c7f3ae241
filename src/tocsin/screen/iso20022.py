"""ISO 20022 payment files, a transaction at a time: pain.001 (customer to bank), pacs.008 (bank to bank for a customer)
and pacs.009 (between banks, with the customers' transfer that it covers).

The message definitions are published at https://www.iso20022.org/iso-20022-message-definitions; the elements read here
are the same in all versions, but for two that were renamed (``BIC``, ``BICOrBEI``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lxml import etree

from tocsin.model import Fault, TocsinError
from tocsin.screen.payment import Payment
from tocsin.screen.query import Query

_NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(pain\.001|pacs\.00[89])\.001\.\d\d")
_AFTERWORD = re.compile(r"\s*\(<string>.*|, line \d+, column \d+.*|, use XML_PARSE_HUGE option")
_CHUNK = 64 * 1024
_MOST_BETWEEN = 8 * 1024 * 1024  # bytes from one transaction to the next; none comes near that
_MAX_TEXT = 10_000  # characters of one value; the longest that the standard has is 2,048

_PARTIES = {
    "InitgPty": "initiating party",
    "Dbtr": "debtor",
    "UltmtDbtr": "ultimate debtor",
    "Cdtr": "creditor",
    "UltmtCdtr": "ultimate creditor",
}
_AGENTS = {
    "FwdgAgt": "forwarding agent",
    "InstgAgt": "instructing agent",
    "InstdAgt": "instructed agent",
    "DbtrAgt": "debtor agent",
    "CdtrAgt": "creditor agent",
    **{f"IntrmyAgt{n}": f"intermediary agent {n}" for n in (1, 2, 3)},
    "PrvsInstgAgt": "previous instructing agent",
    **{f"PrvsInstgAgt{n}": f"previous instructing agent {n}" for n in (1, 2, 3)},
}
_BILLED = {"Invcr": "invoicer", "Invcee": "invoicee"}
_TEXTS = {
    "Ustrd": "remittance text",
    "AddtlRmtInf": "remittance text",
    "InstrInf": "instruction",
    "AddtlInf": "instruction",
}


class Iso20022File:
    """Such messages of a file, in bounded memory. Iterate it once; ``count`` and ``faults`` are complete after that.

    Entities are not resolved, and a file that declares a document type is refused. Where the file is cut or broken, the
    transactions before that place are given.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.faults: list[Fault] = []

    def __iter__(self) -> Iterator[Payment]:
        try:
            with self.path.open("rb") as handle:
                yield from self._payments(_Bounded(handle))
        except OSError as error:
            self._fault("", error.strerror or str(error), "check the path")
        except TocsinError as error:
            self.faults.append(error.fault)
        except etree.XMLSyntaxError as error:
            place = f"line {error.lineno or 1}"
            why = _AFTERWORD.sub("", error.msg or "broken XML")
            if self.count:
                self._fault(place, f"broken XML: {why}", f"get the file whole; the {self.count:,} before it were used")
            else:
                self._fault(
                    place, f"no XML that can be read: {why}", "give pain.001, pacs.008 or pacs.009 messages as XML"
                )

    def _payments(self, source: _Bounded) -> Iterator[Payment]:
        known = False
        context = etree.iterparse(
            source,
            events=("start", "end"),
            tag=("{*}Document", "{*}CdtTrfTxInf"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in context:
            if event == "start":
                self._check_type(element)
                if _local(element) == "Document":
                    self._check_namespace(element)
                    known = True
                continue
            if _local(element) == "CdtTrfTxInf" and known:
                self.count += 1
                yield _payment(element, self.count)
                _free(element)
                source.seen = 0
        self._check_type(context.root)
        if not known:
            raise self._error(_line(context.root), f"<{_local(context.root)}> is no payment message", _WANTED)
        if not self.count:
            self._fault("", "no transaction in it", "check that the right file was exported")

    def _check_type(self, element: etree._Element) -> None:
        if element.getroottree().docinfo.internalDTD is not None:
            todo = "payment messages have none: take the document type with its entities out, or refuse the file"
            raise self._error(_line_of_doctype(self.path), "declares a document type", todo)

    def _check_namespace(self, document: etree._Element) -> None:
        namespace = str(document.tag).rpartition("}")[0].removeprefix("{")
        if not _NAMESPACE.fullmatch(namespace):
            raise self._error(_line(document), f"namespace {namespace[:120] or 'none'} is not read", _WANTED)

    def _error(self, line: int, why: str, todo: str) -> TocsinError:
        return TocsinError(str(self.path), f"line {line}", why, todo)

    def _fault(self, place: str, why: str, todo: str) -> None:
        self.faults.append(Fault(file=str(self.path), place=place, why=why, todo=todo))


_WANTED = "give messages of urn:iso:std:iso:20022:tech:xsd:pain.001.001.NN, pacs.008.001.NN or pacs.009.001.NN"


class _Bounded:
    """A file that refuses to go on where no transaction comes: what is between two is held in memory."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle
        self.seen = 0

    def read(self, size: int = _CHUNK) -> bytes:
        """The next bytes. Raises TocsinError where too many came without a transaction."""
        if self.seen > _MOST_BETWEEN:
            why = f"{_MOST_BETWEEN // 1024 // 1024} MB without a transaction"
            raise TocsinError(self._handle.name, "", why, "give pain.001, pacs.008 or pacs.009 messages")
        chunk = self._handle.read(min(size, _CHUNK))
        self.seen += len(chunk)
        return chunk


def _line_of_doctype(path: Path) -> int:
    with path.open("rb") as handle:
        head, found, _ = handle.read(_CHUNK).partition(b"<!DOCTYPE")
    return head.count(b"\n") + 1 if found else 1


def _local(element: etree._Element) -> str:
    # by hand: a damaged namespace makes a tag that QName refuses
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _free(element: etree._Element) -> None:
    """Give back what was read: the transaction, and the transactions and groups of them before it."""
    element.clear()
    for one in (element, *element.iterancestors()):
        parent, before = one.getparent(), one.getprevious()
        while parent is not None and before is not None and before.tag == one.tag:
            parent.remove(before)
            before = one.getprevious()


def _payment(element: etree._Element, number: int) -> Payment:
    parties: list[tuple[str, Query]] = []
    texts: list[tuple[str, str]] = []
    message = created = ""
    # The transaction first, then the group of payments and the message that it stands in, which may name the debtor
    for level in (element, *element.iterancestors()):
        for child in level:
            name = _local(child)
            if name == "GrpHdr":
                message, created = _text(child, "MsgId"), _text(child, "CreDtTm")
                parties += _parties_in(child)
            elif name in _PARTIES and level is not element:
                parties.append((_PARTIES[name], _party(child)))
            elif name in _AGENTS and level is not element:
                parties.append((_AGENTS[name], _agent(child)))
        if level is element:
            parties += _parties_in(element)
            texts += _texts_in(element)
    amount = next((one for one in element.iter("{*}InstdAmt", "{*}IntrBkSttlmAmt")), None)
    return Payment(
        number=number,
        line=_line(element),
        message=message,
        created=created,
        end_to_end=_text(element, "PmtId", "EndToEndId"),
        uetr=_text(element, "PmtId", "UETR"),
        amount=(amount.text or "").strip() if amount is not None else "",
        currency=amount.get("Ccy", "") if amount is not None else "",
        parties=tuple(dict.fromkeys(one for one in parties if any(one[1]))),
        texts=tuple(texts),
    )


def _parties_in(element: etree._Element) -> Iterator[tuple[str, Query]]:
    covered = {one for under in element.iter("{*}UndrlygCstmrCdtTrf") for one in under.iter(etree.Element)}
    for child in element.iter(etree.Element):
        name = _local(child)
        field = _PARTIES.get(name) or _AGENTS.get(name) or _BILLED.get(name)
        if field:
            # Between banks, the debtor and the creditor are banks themselves
            bank = name in _AGENTS or child.find("{*}FinInstnId") is not None
            yield f"underlying {field}" if child in covered else field, _agent(child) if bank else _party(child)


def _texts_in(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Free text; lines of one kind are joined, since names are broken over them."""
    found: dict[str, list[str]] = {}
    for child in element.iter(etree.Element):
        field = _TEXTS.get(_local(child))
        if field and (text := _own_text(child)):
            found.setdefault(field, []).append(text)
    for field, lines in found.items():
        yield field, " ".join(lines)


def _party(element: etree._Element) -> Query:
    others = [_own_text(one) for one in element.iterfind("{*}Id/{*}*/{*}Othr/{*}Id")]
    born = _text(element, "Id", "PrvtId", "DtAndPlcOfBirth", "BirthDt")
    kind = "person" if element.find("{*}Id/{*}PrvtId") is not None else ""
    kind = "organisation" if element.find("{*}Id/{*}OrgId") is not None else kind
    return Query(
        name=_text(element, "Nm"),
        type=kind,
        country=_country(element),
        born=born,
        identifiers=tuple(number for number in others if number),
        lei=_text(element, "Id", "OrgId", "LEI"),
        bic=_text(element, "Id", "OrgId", "AnyBIC") or _text(element, "Id", "OrgId", "BICOrBEI"),
        emails=tuple(filter(None, (_text(element, "CtctDtls", "EmailAdr"),))),
        address=_address(element),
        phones=tuple(filter(None, (_text(element, "CtctDtls", "PhneNb"), _text(element, "CtctDtls", "MobNb")))),
    )


def _agent(element: etree._Element) -> Query:
    bank = element.find("{*}FinInstnId")
    if bank is None:
        return Query()
    return Query(
        name=_text(bank, "Nm"),
        country=_country(bank),
        lei=_text(bank, "LEI"),
        bic=_text(bank, "BICFI") or _text(bank, "BIC"),
        address=_address(bank),
    )


def _country(element: etree._Element) -> str:
    return _text(element, "PstlAdr", "Ctry") or _text(element, "CtryOfRes")


def _address(element: etree._Element) -> str:
    address = element.find("{*}PstlAdr")
    parts = (one for one in address.iter(etree.Element) if one is not address) if address is not None else ()
    return ", ".join(text for one in parts if _local(one) != "Ctry" and (text := _own_text(one)))[:_MAX_TEXT]


def _text(element: etree._Element, *path: str) -> str:
    found = element.find("/".join(f"{{*}}{step}" for step in path))
    return _own_text(found) if found is not None else ""


def _own_text(element: etree._Element) -> str:
    return " ".join((element.text or "")[:_MAX_TEXT].split())
