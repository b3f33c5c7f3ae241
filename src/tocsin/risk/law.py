"""Whose law a published list belongs to, and whether that law binds the organisation."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.model import Organisation


def authority_of(published_list: str) -> str:
    """The authority of a list by its id, as ``org.toml`` names jurisdictions: ``OFAC-SDN`` is of the US."""
    prefix = published_list.partition("-")[0]
    return "US" if prefix == "OFAC" else prefix


def authorities_of(lists: Iterable[str]) -> list[str]:
    """The authorities of some lists, each once, sorted."""
    return sorted({authority_of(one) for one in lists})


def binding(published_list: str, organisation: Organisation) -> bool:
    """Whether the law behind a list binds the organisation. That of the UN does so only through the law of states."""
    return authority_of(published_list) in organisation.jurisdictions
