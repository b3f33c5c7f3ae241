"""The state of a technique: seen, ruled, logged, not observable, else blind; each with its reasons.

A rule that is loaded counts only where a log that it runs on was read: a rule without its log sees nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from tocsin.coverage.census import Census
from tocsin.detect import LoadedRule, runs_on
from tocsin.knowledge import Graph
from tocsin.knowledge.log_sources import LogSource, log_sources
from tocsin.model import Coverage, CoverageState, Evidence, Finding, Reason

T = TypeVar("T")
# Tactics before the victim's network is touched; nothing in its logs can show them (ATT&CK's former PRE matrix).
BEFORE = frozenset({"reconnaissance", "resource-development"})
ORDER: dict[CoverageState, int] = {"blind": 0, "logged": 1, "ruled": 2, "tested": 3, "seen": 4, "not_observable": 5}
_NAMED = 3  # rules or findings named in a reason; the rest is counted


def techniques_of(graph: Graph, actors: Iterable[str]) -> dict[str, list[str]]:
    """The techniques of some actors, those of their campaigns included: technique → actors that use it."""
    found: dict[str, list[str]] = defaultdict(list)
    for actor in dict.fromkeys(actors):
        for use in graph.actor_uses(actor):
            ref = graph.current(use.object)
            if ref in graph.techniques and actor not in found[ref]:
                found[ref].append(actor)
    return {ref: found[ref] for ref in sorted(found) if found[ref]}


def cover(
    graph: Graph,
    actors: Iterable[str],
    findings: Sequence[Finding],
    rules: Sequence[LoadedRule],
    census: Census,
) -> tuple[Coverage, ...]:
    """The state of each technique of the actors, what is blind first. O(techniques × (rules + kinds of records))."""
    seen = _by_technique((ref, finding) for finding in findings for ref in finding.techniques)
    ruled = _by_technique((ref, rule) for rule in rules for ref in rule.techniques)
    sources = list(census.sources())
    running = {rule.id for rule in rules if any(runs_on(rule, *source) for source in sources)}
    rows = []
    for ref, users in techniques_of(graph, actors).items():
        technique = graph.techniques[ref]
        because = (
            _seen(seen.get(ref, [])),
            _ruled(ruled.get(ref, []), running),
            _logged(log_sources().get(ref, ()), census),
            _observable(technique.tactics),
        )
        rows.append(
            Coverage(
                technique=ref,
                name=technique.name,
                state=_state(because),
                because=because,
                tactics=technique.tactics,
                actors=tuple(graph.label(user) for user in users),
            )
        )
    return tuple(sorted(rows, key=lambda row: (ORDER[row.state], row.technique)))


def _state(because: tuple[Reason, ...]) -> CoverageState:
    seen, ruled, logged, observable = because
    if seen.met:
        return "seen"
    if not observable.met:
        return "not_observable"
    return "ruled" if ruled.met else "logged" if logged.met else "blind"


def _seen(findings: list[Finding]) -> Reason:
    titles = list(dict.fromkeys(one.title for one in findings))
    says = f"{_count(len(findings), 'finding')}: {_some(titles)}" if findings else "no finding speaks of it"
    return Reason(name="seen", says=says, value=len(findings), met=bool(findings))


def _ruled(rules: list[LoadedRule], running: set[str]) -> Reason:
    on = [rule.title for rule in rules if rule.id in running]
    off = len(rules) - len(on)
    says = f"{_count(len(on), 'rule')} ran: {_some(on)}" if on else "no rule for it ran"
    if off:
        says += f"; {_count(off, 'rule')} more {'is' if off == 1 else 'are'} loaded, but no log for it was read"
    return Reason(name="ruled", says=says, value=len(on), met=bool(on))


def _logged(sources: Sequence[LogSource], census: Census) -> Reason:
    """Whether records occur that ATT&CK says can show the technique."""
    parts = []
    for one in sources:
        occur = census.of(one.product, one.service, one.event_ids)
        wanted = f" of event ids {', '.join(one.event_ids)}" if one.event_ids else ""
        found = ", ".join(
            f"{event_id} ({number:,})" if event_id else f"{number:,}" for event_id, number in occur.items()
        )
        says = f"{one.product} {one.service}: {found} occur" if occur else f"{one.product} {one.service}: none{wanted}"
        cited = Evidence(
            source="ATT&CK", publisher=one.by, date=one.as_of, url=one.url, says="log sources of its analytics"
        )
        parts.append(Reason(name=one.service, says=says, value=sum(occur.values()), met=bool(occur), evidence=(cited,)))
    met = [part for part in parts if part.met]
    if not parts:
        says = "ATT&CK names no event id for it"
    else:
        says = "; ".join(part.says for part in met) if met else "no record of the kinds that can show it"
    return Reason(name="logged", says=says, value=len(met), met=bool(met), parts=tuple(parts))


def _observable(tactics: tuple[str, ...]) -> Reason:
    before = bool(tactics) and BEFORE.issuperset(tactics)
    says = "it happens before anything of ours is touched" if before else "it happens where our logs can show it"
    return Reason(name="observable", says=says, met=not before)


def _by_technique(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """What speaks of each technique; what speaks of a sub-technique speaks of its parent too."""
    found: dict[str, list[T]] = defaultdict(list)
    for ref, thing in pairs:
        for one in dict.fromkeys((ref, ref.partition(".")[0])):
            found[one].append(thing)
    return found


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
