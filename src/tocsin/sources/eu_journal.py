"""EU sanctions as published in the Official Journal: one CSV a legal act, in, parties and designations out.

The tables come as a folder or ``.tar.gz`` with ``consolidated/<CELEX>.csv`` (a framework act's annexes as they stand)
and ``amendments/<CELEX>.csv`` (what one amending act added or changed). A party that stands in both is one party and
keeps the consolidated record's id; ids are ``<CELEX>/<annex>/<recordId>`` with the framework's CELEX (CONTRACT, Ids).
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable

from tocsin.model import Designation, Fault, Name, Party, Source
from tocsin.names import clean, name_tokens, script_of
from tocsin.sources.catalogue import About, PartyList

ABOUT = About(
    id="eu-journal",
    publisher="Official Journal of the European Union",
    title="Restrictive measures, annexes as published",
    url="https://eur-lex.europa.eu",
    licence="reuse allowed with acknowledgement (Commission Decision 2011/833/EU)",
    cadence="with each act",
)
REQUIRED = {"recordId", "programKey", "annex", "startDate", "schema", "name", "alias"}
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec"),
        ),
        1,
    )
    for word in words.split()
}
_NATIONS = {
    "chinese": "CN",
    "china": "CN",
    "russian": "RU",
    "russia": "RU",
    "russian federation": "RU",
    "iranian": "IR",
    "iran": "IR",
    "dprk": "KP",
    "north korea": "KP",
    "syrian": "SY",
    "belarusian": "BY",
    "ukrainian": "UA",
    "moldovan": "MD",
    "turkish": "TR",
}
# Regimes whose Council decision also bans entry for natural persons listed in it, by programme; in EU-CYB by
# Decision (CFSP) 2019/797, Article 4. An asset freeze also means that no funds may be made available (Article 3 of the
# Regulation).
ENTRY_BAN = {"EU-CYB", "EU-IRN", "EU-RUSDA", "EU-RUS", "EU-BLR", "EU-SYR", "EU-HR", "EU-MYAN"}


def is_table(head: bytes) -> bool:
    """Whether a CSV that begins so is one of these tables."""
    first = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return first.startswith(("celex,", "amendedCelex,")) and "programKey" in first


def journal_date(text: str) -> str | None:
    """``16.3.2026``, ``14 July 2026``, ``9 Jul. 2026`` or ``2026-08-07`` as ISO 8601; None where it is no date."""
    text = clean(text or "")
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", text):
        day, month, year = (int(part) for part in match.groups())
    elif (match := re.fullmatch(r"(\d{1,2})\s+([A-Za-z]+)\.?\s+(\d{4})", text)) and match[2].lower() in _MONTHS:
        day, month, year = int(match[1]), _MONTHS[match[2].lower()], int(match[3])
    else:
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def split_names(cell: str) -> list[str]:
    """The names of one alias cell. ``;`` parts them; commas do only where each part reads as a whole name, since
    ``KARIMI, Farzin`` is one."""
    names = []
    for part in (cell or "").split(";"):
        pieces = [piece.strip() for piece in part.split(",")]
        whole = len(pieces) > 1 and all(len(piece.split()) >= 2 or _is_quoted(piece) for piece in pieces if piece)
        names += pieces if whole else [part.strip()]
    return [name for raw in names if (name := _unquoted(raw))]


def _unquoted(text: str) -> str:
    return clean(re.sub(r"[‘“”\"„«»]|’(?!\w)", "", text))


def _is_quoted(piece: str) -> bool:
    return piece.startswith(("‘", "'", "“", '"'))


def main_names(cell: str) -> list[str]:
    """The printed name, and a short form in brackets as a further name: ``Tianjin … Co. Ltd (Huaying Haitai)``."""
    name = _unquoted(cell)
    bracket = re.fullmatch(r"(.+?)\s*\(([^()]{2,60})\)", name)
    return [bracket[1], bracket[2]] if bracket and "/" not in bracket[2] else [name]


def parse(tables: Iterable[tuple[str, bytes]], today: str) -> tuple[list[PartyList], list[Fault]]:
    """The lists, one a programme, that these tables hold: ``(file name, content)`` in any order.

    ``today`` bounds the date of a list, since some records take effect later. A table without the needed columns and a
    row that cannot be used become faults; nothing is raised.
    """
    rows: list[tuple[bool, str, int, dict[str, str]]] = []
    faults: list[Fault] = []
    for file, raw in tables:
        try:
            reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), strict=True)
            columns = set(reader.fieldnames or ())
            if missing := REQUIRED - columns:
                why = f"columns missing: {', '.join(sorted(missing))}"
                faults.append(Fault(file=file, place="line 1", why=why, todo="give the table as published"))
                continue
            rows += [("amendedCelex" in columns, file, reader.line_num, row) for row in reader]
        except (UnicodeDecodeError, csv.Error) as error:
            why = f"not a UTF-8 CSV table: {error}"
            faults.append(Fault(file=file, place="", why=why, todo="the others were read"))
    rows.sort(key=lambda item: item[0])  # consolidated first: their record ids win
    parties: dict[str, dict[str, tuple[Party, Designation]]] = defaultdict(dict)
    seen: set[tuple[str, str, str, frozenset[str]]] = set()
    for amending, file, number, row in rows:
        if not clean(row["name"] or ""):
            faults.append(Fault(file=file, place=f"line {number}", why="a record without a name", todo="left out"))
            continue
        framework = row.get("amendedCelex") if amending else row.get("celex")
        words = frozenset(name_tokens(main_names(row["name"])[0]))
        same = (framework or "", row["annex"] or "", row["schema"] or "", words)
        if amending and same in seen:
            continue
        seen.add(same)
        programme = row["programKey"] or "EU"
        record = f"{framework}/{row['annex']}/{row['recordId'] or row['name']}"
        if record in parties[programme]:
            record = f"{framework}/{row['annex']}/{row['name']}"
        parties[programme][record] = _row(row, record, programme, str(framework))
    return [_list(programme, list(found.values()), today) for programme, found in sorted(parties.items())], faults


def _list(programme: str, found: list[tuple[Party, Designation]], today: str) -> PartyList:
    newest = max((row.listed for _, row in found if row.listed and row.listed <= today), default="")
    source = Source(
        id=programme,
        publisher=ABOUT.publisher,
        title=f"{programme}: annexes as published in the Official Journal",
        url=ABOUT.url,
        published=newest or None,
        licence=ABOUT.licence,
        reliability="A",
    )
    return PartyList(
        id=programme,
        source=source,
        as_of=newest,
        parties=tuple(party for party, _ in found),
        designations=tuple(designation for _, designation in found),
    )


def _row(row: dict[str, str], record: str, programme: str, framework: str) -> tuple[Party, Designation]:
    ref = f"{programme}:{record}"
    url = f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{framework}"
    first, *more = main_names(row["name"])
    names = [
        Name(name=n, by=ABOUT.publisher, script=script_of(n), url=url) for n in [*more, *split_names(row["alias"])]
    ]
    for column, kind in (("weakAlias", "weak"), ("previousName", "previous")):
        names += [
            Name(name=n, by=ABOUT.publisher, kind=kind, script=script_of(n), url=url)  # type: ignore[arg-type]
            for n in split_names(row.get(column) or "")
        ]
    person = row["schema"] == "Person"
    where = row.get("nationality") or row.get("country") or row.get("jurisdiction") or ""
    party = Party(
        ref=ref,
        name=first,
        schema="Person" if person else "LegalEntity",
        names=tuple(names),
        country=_country(where, row.get("address") or ""),
        born=journal_date(row.get("birthDate") or "") or (row.get("birthDate") or None),
        identifiers=tuple(
            f"{kind}:{value}"
            for kind, column in (
                ("registration", "registrationNumber"),
                ("passport", "passportNumber"),
                ("tax", "taxNumber"),
                ("inn", "innCode"),
                ("ogrn", "ogrnCode"),
                ("id", "idNumber"),
            )
            for value in _cells(row.get(column))
        ),
        domains=tuple(v for v in re.split(r"[;,]\s*", row.get("website") or "") if "." in v),
        emails=tuple(re.findall(r"[\w.+-]+@[\w-]+\.[\w.]+", row.get("email") or "")),
        phones=tuple(_cells((row.get("phone") or "").replace(",", ";"))),
        addresses=tuple(_cells(row.get("address"))),
        by=ABOUT.publisher,
        url=url,
        source=programme,
    )
    number = re.fullmatch(r"3(\d{4})([RD])(\d{4})", framework)
    act = f"Regulation (EU) {number[1]}/{int(number[3])}" if number else framework
    designation = Designation(
        ref=ref,
        authority="EU",
        list=programme,
        record=record,
        programme=programme,
        listed=journal_date(row["startDate"]),
        measures=_measures(row.get("measure") or "", person and programme in ENTRY_BAN),
        act=act,
        by="Council of the European Union",
        url=url,
        source=programme,
    )
    return party, designation


def _measures(printed: str, entry_ban: bool) -> tuple[str, ...]:
    """The measures that an annex stands for: most freeze assets, some only restrict exports, transport or finance."""
    if clean(printed).lower() not in ("", "asset freeze"):
        return (clean(printed).lower(),)
    return ("asset freeze", "no funds or economic resources", *(["travel ban"] if entry_ban else []))


def _cells(text: str | None) -> list[str]:
    return [value for part in (text or "").split(";") if (value := clean(part))]


def _country(nationality: str, address: str) -> str | None:
    for text in (nationality.lower(), address.lower()):
        for word, code in _NATIONS.items():
            if re.search(rf"\b{word}\b", text):
                return code
    return None
