"""The reference pack: our own tables of designations, attributions, flaws and traits, each row with its source.

The tables are CSV files in ``pack/``; ``completeness.csv`` says for which authority and programme they are complete,
for parties of which countries, and up to when. A row that cannot be read becomes a fault; the others are used.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tocsin.knowledge.tables import Completeness
from tocsin.model import (
    Actor,
    Attribution,
    Campaign,
    Designation,
    Exploit,
    Fault,
    Indictment,
    Name,
    Party,
    Record,
    Software,
    Source,
    Trait,
)
from tocsin.names import script_of

FOLDER = Path(__file__).parent / "pack"
PACK = "pack"
T = TypeVar("T")
Row = dict[str, str]


class Campaigns(Record, frozen=True, kw_only=True):
    """ATT&CK campaigns with what was used in them, as ids."""

    campaigns: tuple[Campaign, ...]
    uses: tuple[Attribution, ...]


class Pack(Record, frozen=True, kw_only=True):
    """All tables, as nouns."""

    parties: tuple[Party, ...]
    designations: tuple[Designation, ...]
    indictments: tuple[Indictment, ...]
    attributions: tuple[Attribution, ...]
    actors: tuple[Actor, ...]
    actor_names: tuple[tuple[str, Name], ...]
    malware: tuple[tuple[Software, Attribution], ...]
    exploits: tuple[Exploit, ...]
    traits: tuple[Trait, ...]
    campaigns: Campaigns
    revoked: dict[str, str]
    complete: tuple[Completeness, ...]
    source: Source
    faults: tuple[Fault, ...]


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell, parted by ``;``."""
    return tuple(value for part in cell.split(";") if (value := part.strip()))


def _url(row: Row) -> str | None:
    """The address of the row's source; where it gives a second one (of a delisting), the first."""
    return next(iter(values(row["url"])), None)


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.newest = ""

    def rows(self, table: str, make: Callable[[Row], T]) -> list[T]:
        path = self.folder / f"{table}.csv"
        found: list[T] = []
        try:
            with path.open(encoding="utf-8", newline="") as handle:
                for number, row in enumerate(csv.DictReader(handle, strict=True), 2):
                    try:
                        found.append(make(row))
                    except (KeyError, TypeError, AttributeError) as error:
                        why = f"a row that lacks {error}"
                        self.faults.append(
                            Fault(file=path.name, place=f"line {number}", why=why, todo="mend the table")
                        )
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            todo = "reinstall tocsin; the work went on without the table"
            self.faults.append(Fault(file=str(path), place="", why=f"table not readable: {error}", todo=todo))
        return found


def load(folder: Path = FOLDER) -> Pack:
    """Read all tables. O(rows)."""
    reader = _Reader(folder)
    names: dict[str, list[Name]] = {}
    for ref, name in reader.rows("names", lambda row: (row["ref"], _name(row))):
        names.setdefault(ref, []).append(name)
    parties = reader.rows("parties", lambda row: _party(row, tuple(names.get(row["ref"], ()))))
    parties += reader.rows("sponsors", lambda row: _sponsor(row, tuple(names.get(row["ref"], ()))))
    uses: list[Attribution] = []
    campaigns = reader.rows("campaigns", lambda row: _campaign(row, uses))
    complete = reader.rows("completeness", _complete)
    return Pack(
        parties=tuple(parties),
        designations=tuple(reader.rows("designations", _designation)),
        indictments=tuple(reader.rows("indictments", _indictment)),
        attributions=tuple(reader.rows("attributions", _attribution)),
        actors=tuple(reader.rows("actors", _actor)),
        actor_names=tuple(reader.rows("actor_names", lambda row: (row["ref"], _name(row)))),
        malware=tuple(reader.rows("malware", _malware)),
        exploits=tuple(reader.rows("exploits", _exploit)),
        traits=tuple(reader.rows("traits", _trait)),
        campaigns=Campaigns(campaigns=tuple(campaigns), uses=tuple(uses)),
        revoked=dict(reader.rows("revoked", lambda row: (row["old"], row["new"]))),
        complete=tuple(complete),
        source=Source(
            id=PACK,
            publisher="Tocsin",
            title="Tocsin reference pack: cyber designations and attributions, each row with its own source",
            published=max((one.until for one in complete), default=None),
            licence="Apache-2.0 (facts from public records)",
            reliability="B",
        ),
        faults=tuple(reader.faults),
    )


def _name(row: Row) -> Name:
    kind = row.get("kind") or "alias"
    return Name(name=row["name"], by=row["by"], kind=kind, script=script_of(row["name"]), url=_url(row))  # type: ignore[arg-type]


def _party(row: Row, names: tuple[Name, ...]) -> Party:
    return Party(
        ref=row["ref"],
        name=row["name"],
        schema=row["schema"] or "LegalEntity",  # type: ignore[arg-type]
        names=names,
        country=row["country"] or None,
        born=row["born"] or None,
        identifiers=values(row["identifiers"]),
        domains=values(row["domains"]),
        emails=values(row["emails"]),
        phones=values(row["phones"]),
        addresses=values(row["address"]),
        by=row["by"],
        url=_url(row),
        source=PACK,
    )


def _sponsor(row: Row, names: tuple[Name, ...]) -> Party:
    more = tuple(Name(name=n, by=row["by"], script=script_of(n), url=_url(row)) for n in values(row["names"]))
    return Party(
        ref=row["ref"],
        name=row["name"],
        kind="sponsor",
        schema="PublicBody",
        names=more + names,
        country=row["country"] or None,
        parent=row["parent"] or None,
        by=row["by"],
        url=_url(row),
        source=PACK,
    )


def _designation(row: Row) -> Designation:
    return Designation(
        ref=row["ref"],
        authority=row["authority"],
        list=row["list"],
        record=row["record"],
        programme=row["programme"],
        listed=row["listed"] or None,
        delisted=row["delisted"] or None,
        measures=values(row["measures"]),
        grounds=row["grounds"],
        act=row["act"],
        by=row["by"],
        url=_url(row),
        source=PACK,
    )


def _indictment(row: Row) -> Indictment:
    return Indictment(
        ref=row["ref"],
        authority=row["authority"],
        court=row["court"],
        filed=row["filed"] or None,
        unsealed=row["unsealed"] or None,
        charges=row["charges"],
        status=row["status"],
        by=row["by"],
        url=_url(row),
        source=PACK,
    )


def _attribution(row: Row) -> Attribution:
    return Attribution(
        subject=row["subject"],
        predicate=row["predicate"],
        object=row["object"],
        by=row["by"],
        since=row["since"] or None,
        confidence=row["confidence"] or None,
        says=row["says"],
        url=_url(row),
        source=PACK,
    )


def _actor(row: Row) -> Actor:
    return Actor(
        ref=row["ref"],
        name=row["name"],
        country=row["country"] or None,
        sponsor=row["sponsor"] or None,
        sectors=values(row["sectors"]),
        countries=values(row["countries"]),
        by=row["by"],
        url=_url(row),
        source=PACK,
    )


def _malware(row: Row) -> tuple[Software, Attribution]:
    names = tuple(Name(name=n, by=row["by"], url=_url(row)) for n in values(row["names"]))
    kind = "tool" if row["kind"] == "tool" else "malware"
    software = Software(ref=row["ref"], name=row["name"], kind=kind, names=names, url=_url(row), source=PACK)  # type: ignore[arg-type]
    owner = Attribution(
        subject=row["actor"],
        predicate="uses",
        object=row["ref"],
        by=row["by"],
        since=row["published"] or None,
        url=_url(row),
        source=PACK,
    )
    return software, owner


def _exploit(row: Row) -> Exploit:
    return Exploit(
        actor=row["actor"],
        cve=row["cve"],
        vendor=row["vendor"],
        product=row["product"],
        by=row["by"],
        published=row["published"] or None,
        url=_url(row),
        source=PACK,
    )


def _trait(row: Row) -> Trait:
    return Trait(
        actor=row["actor"],
        kind=row["kind"],
        value=row["value"],
        says=row["says"],
        by=row["by"],
        published=row["published"] or None,
        url=_url(row),
        source=PACK,
    )


def _campaign(row: Row, uses: list[Attribution]) -> Campaign:
    url = f"https://attack.mitre.org/campaigns/{row['ref']}"
    for thing in (*values(row["techniques"]), *values(row["software"])):
        uses.append(
            Attribution(
                subject=row["ref"],
                predicate="uses",
                object=thing,
                by="MITRE ATT&CK",
                since=row["as_of"],
                url=url,
                source=PACK,
            )
        )
    return Campaign(ref=row["ref"], name=row["name"], group=row["group"], url=url, source=PACK)


def _complete(row: Row) -> Completeness:
    words = {key: row[key] for key in ("authority", "list", "scope", "until", "how")}
    return Completeness(countries=values(row["countries"]), **words)
