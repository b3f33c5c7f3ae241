"""Lists of a few parties, as screening meets them after a sync; and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tocsin.knowledge import open_graph
from tocsin.model import Designation, Hit, Name, Party, Screened, Source
from tocsin.screen import Screener
from tocsin.sources import PartyList
from tocsin.store import Snapshots

LIST = "DEMO"


def party(number: str, name: str, *, weak: Iterable[str] = (), **more: object) -> Party:
    """A party of the demo list, by the publisher's own number."""
    also = tuple(Name(name=one, by="A publisher", kind="weak") for one in weak)
    return Party(ref=f"{LIST}:{number}", name=name, names=also, by="A publisher", source=LIST, **more)  # type: ignore[arg-type]


def listed(one: Party, *, delisted: str | None = None, of: str = LIST) -> Designation:
    """That party on a list, as of 5 January 2026."""
    number = one.ref.partition(":")[2]
    return Designation(
        ref=one.ref,
        authority="DEMO",
        list=of,
        programme="DEMO",
        record=number,
        listed="2026-01-05",
        delisted=delisted,
        measures=("asset freeze",),
        source=of,
    )


def screener_of(
    home: Path, parties: Iterable[Party], more: Iterable[Designation] = (), delisted: Iterable[str] = ()
) -> Screener:
    """A screener over the bundled pack and one more list that holds these parties."""
    held = tuple(parties)
    off = set(delisted)
    rows = tuple(listed(one, delisted="2026-02-01" if one.ref in off else None) for one in held)
    one = PartyList(
        id=LIST,
        source=Source(id=LIST, publisher="A publisher", title="A list", sha256="0" * 64),
        as_of="2026-03-01",
        parties=held,
        designations=(*rows, *more),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOCSIN_HOME", str(home))
        Snapshots().keep((one,), ())
        return Screener(open_graph()[0])


def best(answer: Screened, number: str) -> Hit | None:
    """The best hit on a party of the demo list."""
    return next((hit for hit in answer.hits if hit.id == f"{LIST}:{number}"), None)


def total(hit: Hit) -> float:
    """What a reader gets who adds up the weights."""
    return round(sum(reason.weight or 0.0 for reason in hit.features), 4)
