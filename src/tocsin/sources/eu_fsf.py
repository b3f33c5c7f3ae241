"""The EU consolidated list of persons, groups and entities subject to financial sanctions: FSF XML 1.1 in, lists out.

Published by the European Commission (DG FISMA) on its Financial Sanctions Files site as ``xmlFullSanctionsList_1_1``;
elements and attributes are those of the publisher's XML format 1.1 (namespace ``http://eu.europa.ec/fpi/fsd/export``,
schema and manual on that site). The file repeats what the Official Journal says, and follows it by days: the acts are
law by their publication there, so a Journal list of a later date decides before it.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tocsin.model import Designation, Fault, Name, Party, Source, TocsinError
from tocsin.names import clean, script_of
from tocsin.sources.catalogue import About, PartyList

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ABOUT = About(
    id="eu-fsf",
    publisher="European Commission (FSF)",
    title="Consolidated list of persons, groups and entities subject to EU financial sanctions",
    url="https://webgate.ec.europa.eu/fsd/fsf",
    licence="reuse allowed with acknowledgement (Commission Decision 2011/833/EU)",
    cadence="with each act, within days",
)
NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_N = f"{{{NAMESPACE}}}"
_MEASURES = ("asset freeze", "no funds or economic resources")  # the file is of financial sanctions only


def is_list(head: bytes) -> bool:
    """Whether a file that begins so is this list."""
    return NAMESPACE.encode() in head and b"<" in head[:64]


def parse(raw: bytes, file: str, sha256: str | None = None) -> tuple[list[PartyList], list[Fault]]:
    """The lists, one a programme, that the file holds, and the records that had to be left out. O(len(raw)).

    Lists are ``EU-<PROGRAMME> (FSF)``, so that they stand beside those of the Journal; ``as_of`` is the day on which
    the Commission made the file. Raises TocsinError where the file is no well-formed list: half a list is none.
    """
    from lxml import etree  # 30 ms to import, and only a sync needs it

    parties: dict[str, dict[str, tuple[Party, list[Designation]]]] = defaultdict(dict)
    faults: list[Fault] = []
    made = ""
    try:
        rows = etree.iterparse(
            io.BytesIO(raw),
            tag=f"{_N}sanctionEntity",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for number, (_, entity) in enumerate(rows, 1):
            tree = entity.getroottree()
            if tree.docinfo.internalDTD is not None:
                raise TocsinError(file, "", "a document type where the publisher's file has none", "fetch it again")
            made = (tree.getroot().get("generationDate") or "")[:10]
            reference = entity.get("euReferenceNumber") or ""
            if not reference or not (names := _names(entity)):
                place = reference or f"record {number}"
                faults.append(Fault(file=file, place=place, why="a record without number or name", todo="left out"))
                continue
            for programme, acts in _acts(entity).items():
                ref = f"{programme}:{reference}"
                designations = [_designation(act, ref, programme, reference) for act in acts]
                parties[programme][reference] = (_party(entity, ref, names, f"{programme} (FSF)"), designations)
            entity.clear()
    except etree.XMLSyntaxError as error:
        raise TocsinError(
            file, f"line {error.lineno}", f"not well-formed XML: {error.msg}", "fetch it again"
        ) from error
    if not parties:
        raise TocsinError(file, "", "an FSF file without any record", "fetch it again")
    return [_list(programme, found, made, sha256) for programme, found in sorted(parties.items())], faults


def _list(
    programme: str, found: dict[str, tuple[Party, list[Designation]]], made: str, sha256: str | None
) -> PartyList:
    designations = [row for _, rows in found.values() for row in rows]
    as_of = made or max((row.listed for row in designations if row.listed), default="")
    source = Source(
        id=f"{programme} (FSF)",
        publisher=ABOUT.publisher,
        title=f"{programme}: {ABOUT.title}",
        url=ABOUT.url,
        published=as_of or None,
        sha256=sha256,
        licence=ABOUT.licence,
        reliability="A",
    )
    return PartyList(
        id=source.id,
        source=source,
        as_of=as_of,
        parties=tuple(party for party, _ in found.values()),
        designations=tuple(designations),
    )


def _acts(entity: Element) -> dict[str, list[Element]]:
    """The acts that list the entity, by programme, each act once."""
    acts: dict[str, dict[str, Element]] = defaultdict(dict)
    for act in entity.iter(f"{_N}regulation"):
        programme = re.sub(r"[^A-Z0-9-]", "", (act.get("programme") or "").upper())
        if programme:
            acts[f"EU-{programme}"].setdefault(act.get("numberTitle") or "", act)
    return {programme: list(found.values()) for programme, found in acts.items()}


def _designation(act: Element, ref: str, programme: str, reference: str) -> Designation:
    number = clean(act.get("numberTitle") or "")
    return Designation(
        ref=ref,
        authority="EU",
        list=programme,
        record=reference,
        programme=programme,
        listed=_day(act.get("publicationDate")),
        measures=_MEASURES,
        act=f"Regulation (EU) {number}" if re.match(r"\d", number) else number,
        by="Council of the European Union",
        url=ABOUT.url,
        source=f"{programme} (FSF)",
    )


def _party(entity: Element, ref: str, names: list[Name], source: str) -> Party:
    kind = entity.find(f"{_N}subjectType")
    person = kind is not None and (kind.get("code") == "person" or kind.get("classificationCode") == "P")
    main = next((one for one in names if one.kind == "alias" and one.script == "Latn"), names[0])
    codes = [
        code
        for tag in ("citizenship", "address")
        for one in entity.iter(f"{_N}{tag}")
        if re.fullmatch(r"[A-Z]{2}", code := one.get("countryIso2Code") or "")
    ]
    return Party(
        ref=ref,
        name=main.name,
        schema="Person" if person else "LegalEntity",
        names=tuple(one for one in names if one is not main),
        country=codes[0] if codes else None,
        born=_born(entity),
        identifiers=tuple(
            f"{clean(one.get('identificationTypeCode') or 'id')}:{number}"
            for one in entity.iter(f"{_N}identification")
            if (number := clean(one.get("number") or ""))
        ),
        addresses=tuple(
            place
            for one in entity.iter(f"{_N}address")
            if (place := ", ".join(clean(part) for key in ("street", "city") if (part := one.get(key))))
        ),
        by=ABOUT.publisher,
        url=ABOUT.url,
        source=source,
    )


def _names(entity: Element) -> list[Name]:
    """Each name once; a name that is not strong, by the file's own word, is weak."""
    found: dict[str, Name] = {}
    for alias in entity.iter(f"{_N}nameAlias"):
        parts = [alias.get(key) or "" for key in ("firstName", "middleName", "lastName")]
        name = clean(alias.get("wholeName") or "") or clean(" ".join(parts))
        if name:
            kind = "weak" if alias.get("strong") == "false" else "alias"
            made = Name(name=name, by=ABOUT.publisher, kind=kind, script=script_of(name), url=ABOUT.url)  # type: ignore[arg-type]
            found.setdefault(name, made)
    return list(found.values())


def _born(entity: Element) -> str | None:
    """The most exact date of birth of the Gregorian calendar that the record gives: a day, a month or a year."""
    dates = []
    for one in entity.iter(f"{_N}birthdate"):
        parts = [one.get(key) or "" for key in ("year", "monthOfYear", "dayOfMonth")]
        if (one.get("calendarType") or "GREGORIAN") != "GREGORIAN" or not re.fullmatch(r"\d{4}", parts[0]):
            continue
        given = [parts[0]]
        for part in parts[1:]:
            if not re.fullmatch(r"\d{1,2}", part):
                break
            given.append(part.zfill(2))
        dates.append((one.get("circa") != "true", len(given), "-".join(given)))
    return max(dates)[2] if dates else None


def _day(text: str | None) -> str | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}", text or "")
    return match.group() if match else None
