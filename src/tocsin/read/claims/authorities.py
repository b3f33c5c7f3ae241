"""Which authority a listing is of: named, coordinated, by its list, or the one that the text speaks of."""

from __future__ import annotations

import re

from tocsin.read.claims import lexicon as lex
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import made
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

_LISTS = (
    (re.compile(r"\b(?:SDN|specially designated nationals|OFAC)\b", re.I), "US"),
    (re.compile(r"\b(?:2019/796|EU['’]?s? cyber|EU-CYB)\b", re.I), "EU"),
    (re.compile(r"\b(?:OFSI|EU Exit)\b"), "UK"),
)


def authorities_of(scene: Scene, cue: re.Match[str], start: int, end: int, discourse: Discourse) -> list[Item]:
    """The authorities of a listing: after "by", else before the verb, by the list named, or the one spoken of."""
    text = scene.text
    named = [
        item
        for item in scene.of("authority")
        if not re.match(r"['’]?-", text[item.end : item.end + 2])
        and not _BESIDE.search(text[max(0, item.start - 40) : item.start])
    ]
    after_by = [
        item
        for item in named
        if (
            item.start >= cue.end()
            and re.search(
                r"\bby\s+(?:both\s+)?(?:the\s+)?(?:[\w'’.]+\s+){0,3}$",
                text[max(cue.end() - 1, item.start - 40) : item.start],
            )
        )
        or (cue.start() <= item.start < cue.end() and re.search(r"\bby\s+(?:the\s+)?$", text[cue.start() : item.start]))
    ]
    if cue["sim"]:
        later = [item for item in named if item.start >= cue.end()]
        return _together(text, named, later[0]) if later else []
    if after_by:
        return _together(text, named, after_by[0])
    left = [
        item
        for item in named
        if start <= item.start
        and item.end <= cue.start()
        and not _BESIDE.search(text[max(0, item.start - 40) : item.start])
    ]
    pronoun = re.match(r"\s*(?:It|They)\b", text[start:])
    if cue.group().lower() == "added" and not left and not pronoun:
        return []
    if left and (cue["act"] or cue["put"] or cue["de"] or cue["nom"] or cue["join"]):
        chosen = left[0] if len(left) == 1 else left[-1]
        return _together(text, named, chosen)
    for pattern, code in _LISTS:
        if pattern.search(text[start:end]):
            match = pattern.search(text[start:end])
            word = match.group() if match else code
            return [made("authority", word, (code,))]
    inside = [item for item in named if start <= item.start < end]
    if inside and not cue["act"] and not cue["de"]:
        return _together(text, named, inside[0])
    adjective = re.search(r"\b(European|American|British|Australian|Canadian|Japanese|Swiss)\b", text[start:end])
    if (
        adjective
        and adjective[1].lower() in lex.AUTHORITY_ADJECTIVES
        and re.search(r"\b(?:measures?|sanctions|list|blacklist|designations?|listings?)\b", text[start:end], re.I)
    ):
        return [made("authority", adjective[1], (lex.AUTHORITY_ADJECTIVES[adjective[1].lower()],))]
    if left:
        return [left[-1]]
    elsewhere = [item for item in named if item.end <= start]
    if elsewhere and (cue["act"] or cue["put"]):
        return [elsewhere[0]]
    context = discourse.listing_authority or discourse.authority
    return [context] if context is not None else []


# "followed London and Washington", "jointly with Canada", "in the United States": not the one that acts
_BESIDE = re.compile(
    r"\b(?:(?:in|into|(?<!subject )to|from|against|within|across|travel to)\s+(?:the\s+)?|(?:followed|following|after|like|unlike|joined|joining|alongside|with|than)\s+(?:the\s+)?(?:[A-Z][\w.]*(?:\s+[A-Z]\w*)?\s+and\s+)?(?:the\s+)?)$"
)


def _together(text: str, named: list[Item], chosen: Item) -> list[Item]:
    """An authority with those that "and" ties to it: "the United States and the United Kingdom"."""
    group = [chosen]
    for item in named:
        if item is chosen or item.ref == chosen.ref:
            continue
        low, high = (chosen, item) if chosen.start < item.start else (item, chosen)
        between = text[low.end : high.start]
        if re.fullmatch(
            r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s*(?:and|nor|or|as well as|together with|along with))\s*(?:(?:the|both|later|by|its ally)\s+){0,2}(?:United Kingdom['’]s\s+)?",
            between,
        ) or (
            "and" in between
            and len(between) < 45
            and not re.search(r"\b(?:listed|sanctioned|designated|in|on|by)\b", between)
        ):
            group.append(item)
    return group
