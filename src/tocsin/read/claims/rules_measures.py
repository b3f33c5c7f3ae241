"""What a listing does to a party: freeze, no funds, entry ban."""

from __future__ import annotations

import re

from tocsin.read.claims import lexicon as lex
from tocsin.read.claims.clauses import clause_at, said_in
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft, made
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.parties import coordinated_back, programme_in
from tocsin.read.claims.scene import Scene

_INTO = re.compile(r"\b(?:enter\w*|travel\w* to|into|in|out of|reach)\s+(?:the\s+)?$", re.IGNORECASE)
_NO_MEASURE = re.compile(
    r"\b(?:not|never|no longer)\s+(?:\w+\s+)?(?:subject to|under|face[sd]?|covered|frozen|carry|include|impose|mean|bring|extend)|(?:does|do|did) not\s+(?:freeze|block|ban|bar)"
    r"|\bno (?:asset freeze|travel ban|entry ban)|\bwithout (?:an? )?(?:asset freeze|travel ban)",
    re.IGNORECASE,
)
_MEASURE_STEMS = (
    *(
        "asset",
        "freez",
        "froz",
        "block",
        "fund",
        "resource",
        "travel",
        "enter",
        "entry",
        "visa",
        "ban",
        "barr",
        "bars ",
    ),
    *("prohibit", "forb", "transact", "business", "propert", "disqualif", "trust services", "out of the"),
)


def measure_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims of what a listing does to a party; measures that a sentence states together of one party are one claim."""
    text = scene.text
    found: list[tuple[str, re.Match[str]]] = []
    if not scene.has(_MEASURE_STEMS):
        return []
    for name, pattern in lex.MEASURES:
        for match in pattern.finditer(text):
            found.append((name, match))
            break
    if not found:
        return []
    found.sort(key=lambda pair: pair[1].start())
    groups: list[list[tuple[str, re.Match[str]]]] = [[found[0]]]
    for pair in found[1:]:
        between = text[groups[-1][-1][1].end() : pair[1].start()]
        split = re.search(r"[;:.]|\bonly\b|\b(?:applies|apply) to\b", between) or re.search(
            r"\bonly\b", text[pair[1].end() : pair[1].end() + 60]
        )
        if split:
            groups.append([pair])
        else:
            groups[-1].append(pair)
    drafts: list[Draft] = []
    for group in groups:
        first = group[0][1]
        start, end = clause_at(text, first.start())
        parties = _measured(scene, first, group[-1][1], discourse)
        words = text[first.start() : group[-1][1].end()]
        said = said_in(text, start, end, first.start())
        # "may not make funds available" states a measure; only "is not subject to" and the like deny one
        said = said._replace(negated=bool(_NO_MEASURE.search(text[start:end])))
        name = "; ".join(dict.fromkeys(kind for kind, _ in group))
        whose = _whose(scene)
        context = discourse.listing_authority.ref if discourse.listing_authority is not None else None
        for party in parties:
            thing = made("measure", words)
            # a named party's measures are looked for with every authority where the sentence names none
            authority = whose or (context if party.kind == "parties" else None)
            drafts.append(Draft(party, "measure", thing, said, None, name, programme_in(text), authority=authority))
    return drafts


def _whose(scene: Scene) -> str | None:
    """Whose measure it is: the authority that the sentence names, else the one whose territory is closed."""
    if re.search(r"\bschengen\b", scene.text, re.IGNORECASE):
        return "EU"
    named = scene.of("authority")
    acting = [item for item in named if not _INTO.search(scene.text[: item.start])]
    return (acting or named)[0].ref if named else None


def _measured(scene: Scene, first: re.Match[str], last: re.Match[str], discourse: Discourse) -> list[Item]:
    text = scene.text
    kinds = ("party", "actor", "unknown", "parties", "anaphor")
    items = [item for item in scene.items if item.kind in kinds and item.extra not in ("word", "malware", "group")]
    inside = [item for item in items if first.start() <= item.start and item.end <= last.end()]
    after = [
        item
        for item in items
        if last.end() <= item.start
        and re.search(
            r"\b(?:to|of|on|against|for|upon)\s+(?:the\s+)?(?:[\w'’]+\s+){0,2}$", text[last.end() : item.start]
        )
    ]
    before = [item for item in items if item.end <= first.start()]
    chosen = inside or after[:2] or coordinated_back(text, before)
    named = [item for item in chosen if item.kind != "anaphor"]
    if named:
        return named[:4]
    # "the measures freeze assets", "both": one claim about all that were just listed
    meant = [one for item in chosen for one in discourse.resolve(item, want="party")] or discourse.listed
    if chosen and re.search(r"\b(?:persons|people|individuals|men|officers)\b", chosen[0].text, re.IGNORECASE):
        meant = [one for one in meant if discourse.is_person(one)] or [chosen[0]._replace(kind="parties", extra="|P|+")]
    meant = [one for one in meant if one.kind in ("party", "actor", "unknown", "parties", "sponsor")]
    if len(meant) == 1 and chosen:
        return [meant[0]._replace(text=chosen[0].text if chosen else meant[0].text)]
    refs = tuple(dict.fromkeys(ref for one in meant for ref in one.refs[:1]))
    words = chosen[0].text if chosen else "the listed parties"
    extra = next((one.extra for one in meant if one.kind == "parties"), "")
    return [made("parties", words, refs, extra)] if meant else []
