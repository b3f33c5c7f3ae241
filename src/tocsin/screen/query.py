"""What is asked: a name and whatever else a record says of a counterparty or of a party to a payment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_SEVERAL = re.compile(r"\s*[;\n]\s*")


class Query(NamedTuple):
    """One party that is asked for, as its record has it; nothing of it is needed.

    ``identifiers`` are numbers, alone or as ``type:value`` (``passport:V29385211``, ``ofac:33634``). ``type`` is any
    usual word for a person, a company or a vessel; ``country`` a name or an ISO 3166 code.
    """

    name: str = ""
    aliases: tuple[str, ...] = ()
    type: str = ""
    country: str = ""
    born: str = ""
    identifiers: tuple[str, ...] = ()
    lei: str = ""
    bic: str = ""
    emails: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    address: str = ""
    phones: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the further names, each once."""
        return tuple(dict.fromkeys(name for name in (self.name, *self.aliases) if name))

    def as_given(self) -> dict[str, Any]:
        """What was asked, without the parts that nothing is known of."""
        return {key: list(said) if isinstance(said, tuple) else said for key, said in self._asdict().items() if said}


def query_of(values: Mapping[str, str]) -> Query:
    """The query of a row of a counterparty table, by the columns of ``tocsin.org``; ``;`` parts several in a cell."""

    def cell(column: str) -> str:
        return values.get(column, "").strip()

    def cells(column: str) -> tuple[str, ...]:
        return tuple(part for part in _SEVERAL.split(cell(column)) if part)

    return Query(
        name=cell("name"),
        aliases=cells("alias"),
        type=cell("type"),
        country=cell("country"),
        born=cell("born"),
        identifiers=cells("registration"),
        lei=cell("lei"),
        bic=cell("bic"),
        emails=cells("email"),
        websites=cells("website"),
        address=cell("address"),
        phones=cells("phone"),
    )
