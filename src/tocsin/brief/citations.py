"""The numbered sources of a brief: each statement leads to its evidence, and each piece of evidence to its source."""

from __future__ import annotations

import msgspec

from tocsin.brief.words import day, one_line
from tocsin.model import Attribution, Case, Designation, Evidence, Exploit, Indictment, Record, Source, Trait

Row = Designation | Indictment | Attribution | Exploit | Trait


class Cited(Record, frozen=True):
    """One piece of evidence: its own number, that of its source, its place under it, and which claims rest on it."""

    number: int
    source: int
    place: int
    evidence: Evidence
    claims: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """``2.3``: the third record cited from source 2."""
        return f"{self.source}.{self.place}"


class Entry(Record, frozen=True):
    """A numbered source with the records that were cited from it."""

    number: int
    source: Source
    cited: tuple[Cited, ...]


class Citations:
    """Gives out numbers in the order of first use, so that the same case always numbers alike."""

    def __init__(self, case: Case) -> None:
        held = [*case.sources, *case.examined.catalogues]
        held += [source for profile in case.profiles for source in profile.sources]
        self._held = {source.id: source for source in reversed(held)}
        self._as_of = {one.id: one for one in case.examined.lists}
        self._sources: dict[tuple[str, ...], tuple[int, Source]] = {}
        self._evidence: dict[tuple[int, Evidence], Cited] = {}
        self._places: dict[int, int] = {}

    def cite(self, evidence: Evidence, claim: int | None = None) -> Cited:
        """The numbers of a piece of evidence, the same for the same evidence; ``claim`` is whom it speaks for."""
        source = self.source(evidence.source, evidence.publisher, evidence.url)
        key = (source, evidence)
        found = self._evidence.get(key)
        if found is None:
            place = self._places[source] = self._places.get(source, 0) + 1
            found = Cited(number=len(self._evidence) + 1, source=source, place=place, evidence=evidence)
        if claim is not None and claim not in found.claims:
            found = msgspec.structs.replace(found, claims=tuple(sorted((*found.claims, claim))))
        self._evidence[key] = found
        return found

    def source(self, ref: str, publisher: str = "", url: str | None = None) -> int:
        """The number of a source. One that the case does not describe stands under its publisher and address."""
        known = self._held.get(ref)
        key = ("id", known.id) if known else ("by", ref, publisher, "" if ref else url or "")
        if key not in self._sources:
            made = known or self._made(ref, publisher, url)
            self._sources[key] = (len(self._sources) + 1, made)
        return self._sources[key][0]

    def _made(self, ref: str, publisher: str, url: str | None) -> Source:
        held = self._as_of.get(ref)
        if held:
            return Source(
                id=ref, publisher=publisher or held.publisher, title=f"List {ref}", url=url, published=held.as_of
            )
        return Source(
            id=ref or publisher or "unnamed", publisher=publisher or ref or "unnamed", title=one_line(ref), url=url
        )

    def entries(self) -> tuple[Entry, ...]:
        """Every source cited so far, by number, then those that were consulted without being cited."""
        by_source: dict[int, list[Cited]] = {}
        for cited in sorted(self._evidence.values(), key=lambda one: one.number):
            by_source.setdefault(cited.source, []).append(cited)
        for held in reversed(self._held.values()):
            self.source(held.id)
        return tuple(
            Entry(number=number, source=source, cited=tuple(by_source.get(number, ())))
            for number, source in self._sources.values()
        )


def evidence_of(row: Row) -> Evidence:
    """The evidence that a row of a list or catalogue is, in the shape in which verdicts give theirs."""
    if isinstance(row, Designation):
        says = f"{row.list}: listed {day(row.listed) or 'on a date not held'}"
        return Evidence(
            source=row.source or row.list,
            publisher=row.by or row.authority,
            date=row.listed,
            record=row.record or None,
            url=row.url,
            says=says,
        )
    if isinstance(row, Indictment):
        return Evidence(
            source=row.source,
            publisher=row.by or row.authority,
            date=row.unsealed or row.filed,
            url=row.url,
            says=row.charges,
        )
    if isinstance(row, Attribution):
        return Evidence(source=row.source, publisher=row.by, date=row.since, url=row.url, says=row.says)
    if isinstance(row, Exploit):
        return Evidence(
            source=row.source, publisher=row.by, date=row.published, url=row.url, says=f"{row.cve} was exploited"
        )
    return Evidence(source=row.source, publisher=row.by, date=row.published, url=row.url, says=row.says)
