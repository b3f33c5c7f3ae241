"""Whom prosecutors charged. Charges are no listing: they freeze nothing."""

from __future__ import annotations

import re

from tocsin.read.claims.clauses import clause_at, date_near, possessive, said_in
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft, made
from tocsin.read.claims.parties import RESUME, STOP, chain_back, coordinated_back, settled
from tocsin.read.claims.scene import Scene

_INDICT = re.compile(
    r"(?<![\w-])(?:(?P<pass>(?:was|were|been|are|is|stand|stands|being)\s+(?:[\w-]+\s+){0,3}?(?:indicted|charged|named in (?:an|the) indictment|under indictment))|(?P<act>indict(?:ed|s|ing)|charg(?:ed|es|ing)(?=\s+(?:\w+\s+){0,2}[A-Z“\"a-z])|(?:unsealed|unsealing|announced|filed|brought|returned)\s+(?:\w+\s+){0,6}?(?:charges?|indictments?|complaints?|cases?)(?:\s+(?:against|charging|naming))?|(?:charges|indictments?|case)\s+(?:against|charging|naming)))(?!\w)",
    re.IGNORECASE,
)


_KINDS = ("party", "unknown", "parties", "anaphor")
_NO_PARTY = ("word", "malware")


def indictment_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims that prosecutors charged a party."""
    drafts: list[Draft] = []
    if not scene.has(("indict", "charg", "complaint", "case")):
        return drafts
    for cue in _INDICT.finditer(scene.text):
        start, end = clause_at(scene.text, cue.start())
        text = scene.text
        parties = [
            item for item in scene.items if item.kind in _KINDS and item.extra not in _NO_PARTY and not possessive(item)
        ]
        before = [item for item in parties if item.end <= cue.start()]
        reduced = cue.group().lower() in ("indicted", "charged") and re.match(
            r",?\s+(?:over|with|for|in|by|on|under)\b", text[cue.end() :]
        )
        if reduced and not cue["pass"]:
            objects = chain_back(text, before)
        elif cue["pass"]:
            inside = [item for item in before if start <= item.start]
            after_dash = re.match(r"\s*[–—-]\s*$", text[max(0, start - 3) : start])
            objects = coordinated_back(text, before if after_dash or not inside else inside)
        else:
            stop = next((m.start() for m in STOP.finditer(text, cue.end(), len(text))), len(text))
            objects = [
                item
                for item in parties
                if cue.end() <= item.start
                and (item.start < stop or RESUME.search(text[max(cue.end(), item.start - 60) : item.start]))
            ]
        objects = settled(objects, discourse, text)
        if not objects:
            continue
        who = (
            next(iter(scene.of("prosecutor")), None)
            or next((item for item in scene.of("authority") if item.ref == "US"), None)
            or made("authority", "United States", ("US",))
        )
        said = said_in(text, start, end, cue.start())
        when = date_near(scene, start, end, discourse)
        drafts += [Draft(who._replace(refs=("US",)), "indicted", thing, said, when) for thing in objects]
    return drafts
