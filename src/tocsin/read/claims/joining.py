"""What the rules of relations share: the names around a verb, and the claims that they make together."""

from __future__ import annotations

import re

from tocsin.read.claims.clauses import clause_at, said_in, subjects_of
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene


def objects_after(scene: Scene, place: int, kinds: tuple[str, ...], reach: int = 110) -> list[Item]:
    """The first fitting name after a place, with those coordinated to it."""
    stop = re.search(
        r"\b(?:which|who|whose|because|while|although|after|before|when|since|targeting|through which|and has|and have|and is|and was|whose|that)\b|[;:]",
        scene.text[place : place + 260],
    )
    limit = place + (stop.start() if stop else 260)
    found: list[Item] = []
    for item in scene.items:
        if (
            (item.kind not in kinds and item.extra != "body")
            or item.start < place
            or item.start >= limit
            or item.extra == "word"
        ):
            continue
        if not found:
            if item.start - place > reach:
                break
            found.append(item)
            continue
        between = scene.text[found[-1].end : item.start]
        if re.fullmatch(r"\s*(?:\([^)]*\)\s*)?(?:,|,?\s*and|,?\s*or|,?\s*as well as|/)\s*(?:[\w'’]+\s+){0,4}", between):
            found.append(item)
        elif not re.fullmatch(r"\s*\(\s*", between):
            break
    return found


def subjects_near(scene: Scene, place: int, discourse: Discourse, want: str = "any") -> list[Item]:
    """Who a verb is said of; authorities and malware are not."""
    return [
        item
        for item in subjects_of(scene, place, discourse, want=want)
        if item.kind != "authority" and item.extra != "malware"
    ]


def nearest_left(scene: Scene, place: int, kinds: tuple[str, ...], discourse: Discourse, reach: int = 45) -> list[Item]:
    """The name that a noun phrase or participle qualifies: the one just before it."""
    before = [item for item in scene.items if item.kind in kinds and item.end <= place and item.extra != "word"]
    if not before or place - before[-1].end > reach:
        return []
    last = before[-1]
    return discourse.resolve(last) if last.kind == "anaphor" else [last]


def joined(
    scene: Scene, discourse: Discourse, cue: re.Match[str], subjects: list[Item], predicate: str, objects: list[Item]
) -> list[Draft]:
    """A claim for each subject and object; pointing words among the objects ("the ministry") are resolved."""
    start, end = clause_at(scene.text, cue.start())
    said = said_in(scene.text, start, end, cue.start())
    when = None
    objects = [one for item in objects for one in (discourse.resolve(item) if item.kind == "anaphor" else [item])]
    quantifier = quantifier_in(scene.text[max(0, cue.start() - 40) : cue.end()])
    return [
        Draft(subject, predicate, thing, said, when, quantifier=quantifier)
        for subject in subjects[:3]
        for thing in objects[:4]
        if (subject.ref or subject.text) != (thing.ref or thing.text)
    ]


def quantifier_in(text: str) -> str | None:
    """A word that says how many: mostly, typically, all."""
    match = re.search(
        r"\b(mostly|typically|usually|generally|mainly|most|all|always|predominantly|chiefly)\b", text, re.I
    )
    return match[1].lower() if match else None
