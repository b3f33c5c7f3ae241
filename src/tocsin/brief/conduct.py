"""What the actors do and what helps against it: by tactic, by how few share it, and by how much a mitigation covers."""

from __future__ import annotations

from tocsin.brief.behind import ordered_profiles
from tocsin.brief.words import capital, count, listing
from tocsin.model import Case, Mitigation, Profile, Record, SharedTechnique

# ATT&CK's own order, from preparation to effect; v19 has split Defense Evasion, older versions still say it.
TACTICS = (
    "reconnaissance",
    "resource-development",
    "initial-access",
    "execution",
    "persistence",
    "privilege-escalation",
    "stealth",
    "defense-impairment",
    "defense-evasion",
    "credential-access",
    "discovery",
    "lateral-movement",
    "collection",
    "command-and-control",
    "exfiltration",
    "impact",
)
# A technique that at most so many other groups use says something about who it was.
SPECIFIC = 5


class TacticGroup(Record, frozen=True):
    """The techniques of one tactic, the most specific first."""

    name: str
    techniques: tuple[SharedTechnique, ...]


class Coverage(Record, frozen=True):
    """A mitigation, and for each actor how many of its techniques it addresses."""

    mitigation: Mitigation
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Over all actors: what the ranking goes by."""
        return sum(self.counts)


def actors(case: Case) -> tuple[Profile, ...]:
    """The profiles whose conduct is told: the actors; where there is none, whatever has techniques or software."""
    found = [profile for profile in ordered_profiles(case, "actor") if _does(profile)]
    if not found:
        found = [profile for profile in ordered_profiles(case, *{one.kind for one in case.profiles}) if _does(profile)]
    return tuple(found)


def _does(profile: Profile) -> bool:
    return bool(profile.techniques or profile.software or profile.vulnerabilities or profile.traits)


def does(profile: Profile) -> str:
    """How much is known of an actor, in words."""
    amounts = (len(profile.techniques), "technique"), (len(profile.software), "piece of software", "pieces of software")
    known = [count(*amount) for amount in (*amounts, (len(profile.vulnerabilities), "exploited flaw")) if amount[0]]
    return capital(listing(known))


def by_tactic(techniques: tuple[SharedTechnique, ...]) -> tuple[TacticGroup, ...]:
    """Techniques under the first of their tactics in ATT&CK's order; each stands once."""
    groups: dict[str, list[SharedTechnique]] = {}
    for one in techniques:
        groups.setdefault(min(one.technique.tactics or ("",), key=tactic_rank), []).append(one)
    return tuple(
        TacticGroup(name=tactic_name(tactic), techniques=tuple(sorted(groups[tactic], key=specificity)))
        for tactic in sorted(groups, key=tactic_rank)
    )


def tactic_rank(tactic: str) -> tuple[int, str]:
    """Sorts tactics in ATT&CK's order; unknown ones come last."""
    key = tactic.casefold().replace(" ", "-")
    return (TACTICS.index(key) if key in TACTICS else len(TACTICS), key)


def specificity(one: SharedTechnique) -> tuple[int, str]:
    """Sorts the techniques that fewest others share first."""
    return (one.shared_by, one.technique.ref)


def tactic_name(tactic: str) -> str:
    """``initial-access`` as ``Initial access``."""
    words = tactic.replace("-", " ").strip().lower()
    return words[:1].upper() + words[1:] if words else "No tactic given"


def shared(one: SharedTechnique) -> str:
    """How specific a technique is, in words."""
    if one.shared_by == 0:
        return "no other group" + (f" of {one.of}" if one.of else "")
    others = "1 other group" if one.shared_by == 1 else f"{one.shared_by} other groups"
    return f"{others} of {one.of}" if one.of else others


def coverage(profiles: tuple[Profile, ...]) -> tuple[Coverage, ...]:
    """Mitigations over these actors, those that address most techniques first."""
    known: dict[str, Mitigation] = {}
    counts: dict[str, list[int]] = {}
    for place, profile in enumerate(profiles):
        for mitigation, number in profile.mitigations:
            known.setdefault(mitigation.ref, mitigation)
            counts.setdefault(mitigation.ref, [0] * len(profiles))[place] = number
    rows = [Coverage(mitigation=known[ref], counts=tuple(numbers)) for ref, numbers in counts.items()]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.mitigation.ref)))
