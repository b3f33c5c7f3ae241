"""Who is behind whom: relations that sources state, merged over all who state them, and the chains they make."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from tocsin.brief.words import listing, one_line
from tocsin.model import Attribution, Case, Claim, Profile, Record

# What a reader has to know first: who is listed, then who is behind whom.
_WEIGHT = {"designated": 0, "not_designated": 0, "delisted": 0, "measure": 1, "indicted": 1}
_WEIGHT |= {"fronts_for": 2, "belongs_to": 2, "same_as": 2, "operates": 3, "owns": 3, "leads": 3}
# Parties stand before the actors they front for, actors before the sponsors that direct them.
RANK = {"party": 0, "actor": 1, "sponsor": 2}
MAX_CHAINS = 24
_DEEPEST = 5
_KINDS = (
    (re.compile(r"party:"), "party"),
    (re.compile(r"actor:|G\d{4}$"), "actor"),
    (re.compile(r"sponsor:"), "sponsor"),
    (re.compile(r"T\d{4}"), "technique"),
    (re.compile(r"malware:|tool:|S\d{4}$"), "malware"),
    (re.compile(r"M\d{4}$"), "mitigation"),
    (re.compile(r"C\d{4}$"), "campaign"),
    (re.compile(r"CVE-"), "vulnerability"),
    (re.compile(r"[A-Z]{2,}[A-Z0-9-]*:"), "party"),
)


class Link(Record, frozen=True):
    """One relation between two nodes, from the party towards the sponsor, with every source that states it."""

    left: str
    right: str
    stated: tuple[Attribution, ...]

    @property
    def by(self) -> str:
        """Who states it, in a few words."""
        names = list(dict.fromkeys(one_line(one.by, 80) for one in self.stated if one.by))
        return f"{names[0]} and {len(names) - 1} more" if len(names) > 2 else listing(names)


class Step(Record, frozen=True):
    """A party, actor or sponsor in a chain; ``by`` says who ties it to the step before."""

    ref: str
    name: str
    kind: str
    by: str = ""


def weight(claim: Claim) -> int:
    """How early a reader needs a claim; 0 is first."""
    return _WEIGHT.get(claim.predicate, 4)


def labels(case: Case) -> dict[str, str]:
    """The name of every ref the case speaks of."""
    found: dict[str, str] = {}
    for claim in case.claims:
        for ref in (claim.subject, claim.object):
            if ref.ref and ref.name:
                found[ref.ref] = ref.name
    for profile in case.profiles:
        found.update(profile.labels)
    found.update({profile.ref: profile.name for profile in case.profiles})
    # An actor has many names: beside the catalogue's stands the one by which the report calls it.
    known = {
        profile.ref: {name.name for name in profile.aliases} for profile in case.profiles if profile.kind == "actor"
    }
    for claim in case.claims:
        for ref in (claim.subject, claim.object):
            if ref.ref and ref.text in known.get(ref.ref, ()) and ref.text not in found[ref.ref]:
                found[ref.ref] = f"{found[ref.ref]} ({ref.text})"
                del known[ref.ref]
    return found


def kinds(case: Case) -> dict[str, str]:
    """What each ref stands for: from its profile, else from the shape of the id (CONTRACT, Ids)."""
    refs = {end for profile in case.profiles for link in profile.attributions for end in (link.subject, link.object)}
    found = {ref: next((kind for pattern, kind in _KINDS if pattern.match(ref)), "") for ref in refs}
    return found | {profile.ref: profile.kind for profile in case.profiles}


def links(case: Case) -> tuple[Link, ...]:
    """Party before actor before sponsor before the body it is part of, however the source words it; each pair once."""
    kind = kinds(case)
    pairs: dict[tuple[str, str], dict[Attribution, None]] = defaultdict(dict)
    for profile in case.profiles:
        for one in profile.attributions:
            left, right = RANK.get(kind[one.subject]), RANK.get(kind[one.object])
            if left is None or right is None or one.subject == one.object or (left == right != 2):
                continue
            pair = (one.subject, one.object) if left <= right else (one.object, one.subject)
            pairs[pair][one] = None
    return tuple(Link(left=left, right=right, stated=tuple(stated)) for (left, right), stated in pairs.items())


def direct_links(case: Case) -> tuple[Link, ...]:
    """The relations without those that a longer way already shows: they would say the same with less."""
    after: dict[str, list[str]] = defaultdict(list)
    found = links(case)
    for link in found:
        after[link.left].append(link.right)

    def reach(ref: str, depth: int = _DEEPEST) -> set[str]:
        near = set(after[ref])
        return near.union(*(reach(one, depth - 1) for one in near)) if depth else near

    return tuple(
        link for link in found if not any(link.right in reach(one) for one in after[link.left] if one != link.right)
    )


def chains(case: Case) -> tuple[tuple[Step, ...], ...]:
    """Party → actor → sponsor, one line each, in the order in which the report names them."""
    names, kind, relations = labels(case), kinds(case), direct_links(case)
    after: dict[str, list[Link]] = defaultdict(list)
    for link in relations:
        after[link.left].append(link)

    def step(ref: str, by: str = "") -> Step:
        return Step(ref=ref, name=one_line(names.get(ref, ref), 120), kind=kind.get(ref, ""), by=by)

    def walk(path: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        seen = {one.ref for one in path}
        onward = [link for link in after[path[-1].ref] if link.right not in seen]
        if not onward or len(path) > _DEEPEST:
            yield path
        for link in onward if len(path) <= _DEEPEST else ():
            yield from walk((*path, step(link.right, link.by)))

    pointed = {link.right for link in relations}
    starts = [profile.ref for profile in ordered_profiles(case, "party", "actor") if profile.ref not in pointed]
    paths = (path for ref in starts for path in walk((step(ref),)) if len(path) > 1)
    return tuple(itertools.islice(paths, MAX_CHAINS))


def ordered_profiles(case: Case, *wanted: str) -> list[Profile]:
    """The profiles of these kinds, in the order in which the report's weightiest claims name them."""
    order: dict[str, int] = {}
    for claim in sorted(case.claims, key=lambda claim: (weight(claim), claim.start)):
        for ref in (claim.subject.ref, claim.object.ref):
            if ref:
                order.setdefault(ref, len(order))
    unique = {profile.ref: profile for profile in case.profiles if profile.kind in wanted}
    return sorted(unique.values(), key=lambda profile: order.get(profile.ref, len(order)))
