"""Is it one of the actors at hand? How few share what was seen, and whether they go for organisations like ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.model import Finding, Organisation, Profile
from tocsin.names import countries_in, sectors_in
from tocsin.org.config import EU
from tocsin.risk.arithmetic import product, ratio

# How well the targets of an actor fit us: country and sector, one of them, or neither that we know of.
BOTH, ONE, NEITHER = 1.0, 0.75, 0.5


class Relevance(NamedTuple):
    """``value`` is specificity × fit: 1 for what a single actor does, who goes for our country and our sector."""

    value: float
    says: str


def relevance(findings: Iterable[Finding], profiles: Sequence[Profile], organisation: Organisation) -> Relevance:
    """How much findings speak for an actor of the report. Value 0 where they speak for none.

    A technique or indicator that n other actors share counts as one in n + 1: what 80 groups do says nothing of one.
    """
    shared: dict[str, tuple[int, str]] = {}
    techniques: set[str] = set()
    for one in findings:
        techniques.update(one.techniques)
        for tie in one.actors:
            shared[tie.ref] = min(shared.get(tie.ref, (tie.shared_by, tie.why)), (tie.shared_by, tie.why))
    found = [
        _of(profile, techniques, shared.get(profile.ref), organisation)
        for profile in profiles
        if profile.kind == "actor"
    ]
    best = min((one for one in found if one.value > 0), key=lambda one: (-one.value, one.says), default=None)
    return best or Relevance(0.0, "Nothing here speaks for an actor of the report")


def _of(profile: Profile, techniques: set[str], tie: tuple[int, str] | None, organisation: Organisation) -> Relevance:
    ways = [
        (one.shared_by, f"{one.technique.ref} {one.technique.name}")
        for one in profile.techniques
        if one.technique.ref in techniques
    ]
    ways += [tie] if tie else []
    if not ways:
        return Relevance(0.0, "")
    least, through = min(ways)
    others = max(least, 0)
    specificity = ratio(1, others + 1)
    fit, like_us = _fit(profile, organisation)
    says = (
        f"Consistent with {profile.name} through {through}, one of {others + 1} known for it "
        f"(1 ÷ {others + 1} = {specificity:.2f}); {like_us} (× {fit:.2f})"
    )
    return Relevance(product(specificity, fit), says)


def _fit(profile: Profile, organisation: Organisation) -> tuple[float, str]:
    countries = _countries(profile.targets) & _own_countries(organisation)
    sectors = _sectors(profile.targets) & _sectors(organisation.sectors)
    common = [*sorted(countries), *sorted(sectors)]
    if not common:
        return NEITHER, "that it goes for our countries or sectors is not known"
    return BOTH if countries and sectors else ONE, f"it goes for {', '.join(common)} as we are"


def _countries(targets: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for word in targets:
        if len(word) == 2 and word.isupper():
            found.add(word)
        else:
            found.update(countries_in(word))
    return found


def _own_countries(organisation: Organisation) -> set[str]:
    own = set(organisation.countries)
    return own | {"Europe"} if own & EU else own


def _sectors(words: Iterable[str]) -> set[str]:
    return {sector for word in words for sector in (sectors_in(word) or [word.casefold()])}
