"""Who is behind whom: fronts, membership, direction by a state body."""

from __future__ import annotations

import re

from tocsin.read.claims.anycase import lowered
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft
from tocsin.read.claims.joining import joined, nearest_left, objects_after, subjects_near
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

_ADV = r"(?:(?:widely|closely|directly|typically|publicly|also|often|mostly|reportedly|believed to be|said to be|thought to be|likely|generally|usually|in turn|long been|been|formally|officially|previously|allegedly|loosely|probably|possibly|now|further|strongly|commonly|all|itself|most likely|almost certainly|widely thought to be)\s+){0,3}"
_FRONT = lowered(
    r"(?<![\w-])(?:(?:(?:as |is |was |be |a |an |the |its )*)(?:front|cover|shell|cut-?out)(?:\s+(?:company|companies|firm|organi[sz]ation|business|entity))?\s+(?:for|of|behind|run by|used by|controlled by)|fronts?\s+for|fronted\s+for|fronting\s+for|act(?:s|ed|ing)?\s+(?:as\s+a\s+front\s+)?(?:for|on\s+behalf\s+of))(?!\w)",
)
_SET_UP = re.compile(
    r"(?<![\w-])(?:set\s+up|established|created|founded|uses?|used|hid\s+behind|hides\s+behind)\s+(?=[^.;]{3,90}?\bas\s+(?:an?|its|their)\s+(?:front|cover|shell|cut-?out))",
    re.I,
)
_BELONG = lowered(
    rf"(?<![\w-])(?:{_ADV}(?:associated|affiliated|linked|tied|connected|aligned)\s+(?:with|to)|part\s+of|belong(?:s|ed|ing)?\s+to"
    r"|(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?(?:arm|unit|branch|wing|element|subordinate|division|component|subgroup|sub-group|offshoot|contractors?|hackers?|affiliates?)\s+(?:of|for|to|within|inside)"
    r"|(?:run|controlled|directed|overseen|employed|hired|commanded|tasked|supervised|managed|backed|sponsored|funded|staffed)\s+(?:out\s+of|by)"
    r"|is(?=\s+(?:the\s+)?(?:gru['’]s\s+)?unit\s+\d)|run\s+out\s+of|worked\s+(?:directly\s+|closely\s+)?with|supported\s+by|(?:role|part|involvement)\s+in(?=\s+(?:the\s+)?[A-Z])|for\s+(?:helping|supporting|aiding)|attribut(?:ed|es|e|ing)\s+(?:[^.;,]{1,60}?\s+)?to|answer(?:s|ing)?\s+to|report(?:s|ing)?\s+to|subordinate\s+to|under\s+the\s+(?:direction|control|authority|command|umbrella)\s+of"
    r"|(?:work|works|worked|working)\s+(?:directly\s+)?(?:for|on\s+behalf\s+of|at|under)|serv(?:es|ed|ing)\s+(?:in|with|under)|(?:officers?|members?|employees?|operatives?|agents?|official|officials|staff|engineers?|veterans?)\s+(?:of|in|at|from|with|for)"
    r"|operat(?:es|ed|ing)\s+(?:for|on\s+behalf\s+of|under)|on\s+the\s+payroll\s+of|(?:held|holds|hold)\s+(?:\w+\s+){0,2}(?:posts?|positions?|jobs?)\s+(?:at|in|with)|sits?\s+(?:in|inside|within|under)|acting\s+for|ties\s+(?:it\s+|them\s+|him\s+)?(?:to|with)|links?\s+(?:it\s+|them\s+|him\s+|[\w-]+\s+)?(?:to|with)|links\s+to|connected\s+[^.;,]{1,40}?\s+to|contracted\s+(?:by|to|for)|assess\w*\s+to\s+be\s+(?:part\s+of|run\s+by)|on\s+behalf\s+of|at\s+the\s+behest\s+of|works?\s+as\s+an?\s+contractor\s+(?:for|to)"
    r"|tak(?:es|e|ing)\s+(?:its\s+|their\s+)?orders\s+from|st(?:ands|ood)\s+for|ties?\s+[^.;]{0,30}?\s+to|supporting|supports?(?=\s+(?:the\s+)?[A-Z]))(?!\w)",
)
STATE = ("sponsor",)
BODIES = ("sponsor", "party", "actor")


def front_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims that a party is a front for an actor or a state body."""
    drafts = []
    for cue in _FRONT.finditer(scene.lower) if scene.has(("front", "cover", "shell", "cut", "act")) else ():
        objects = objects_after(scene, cue.end(), BODIES)
        subjects = nearest_left(
            scene, cue.start(), ("party", "unknown", "anaphor", "parties"), discourse
        ) or subjects_near(scene, cue.start(), discourse)
        drafts += joined(scene, discourse, cue, subjects, "fronts_for", objects)
    for cue in _SET_UP.finditer(scene.text):  # "the department set up X as a front"
        fronts = objects_after(scene, cue.start(), ("party", "unknown"), reach=30)
        behind = [item for item in subjects_near(scene, cue.start(), discourse) if item.kind in BODIES]
        drafts += joined(scene, discourse, cue, fronts[:1], "fronts_for", behind[:1])
    return drafts


def membership_claims(scene: Scene, discourse: Discourse, earlier: list[Draft]) -> list[Draft]:
    """Claims that one belongs to, works for or is directed by another; what ``earlier`` says already is left out."""
    drafts = []
    fronted = {(d.subject.ref, d.object.ref) for d in earlier}
    for cue in _BELONG.finditer(scene.lower) if scene.of("sponsor", "party", "actor") else ():
        words = cue.group().lower()
        by_person = bool(
            re.search(r"officer|member|employee|operative|agent|official|staff|work|serv|payroll|employ|hired", words)
        )
        kinds = (
            BODIES
            if by_person
            or re.search(
                r"part|belong|linked|tied|associated|affiliated|ties|links|arm|unit|connected|contractor|subgroup|support|attribut|behalf",
                words,
            )
            else (*STATE, "party")
        )
        objects = objects_after(scene, cue.end(), kinds, reach=60)
        if not objects:
            continue
        subjects = []
        if not re.match(r"(?:is|are|was|were|be|been|belongs?|works?|worked|answers?|reports?)", words):
            subjects = nearest_left(
                scene, cue.start(), ("party", "unknown", "parties", "class", "actor"), discourse, reach=6
            )
        if re.match(r"(?:ties?\b|links?|attribut)", words):
            antecedent = re.search(r",?\s+(?:whom|which|that)\s+", scene.text[: cue.start()])
            if antecedent:
                subjects = _before(scene, antecedent.start())
            inner = [
                i
                for i in scene.items
                if i.kind in ("actor", "party", "class", "anaphor") and cue.start() <= i.start < objects[0].start
            ]
            inner = [one for i in inner for one in (discourse.resolve(i) if i.kind == "anaphor" else [i])]
            subjects = inner or subjects
        subjects = subjects or subjects_near(scene, cue.start(), discourse)
        subjects = [s for s in subjects if s.kind != "sponsor" or objects[0].kind == "sponsor"]
        objects = [o for o in objects if (subjects[0].ref if subjects else None, o.ref) not in fronted]
        if words.startswith("support") and not any(o.kind in ("sponsor", "actor") for o in objects):
            continue
        drafts += joined(scene, discourse, cue, subjects, "belongs_to", objects)
    return drafts


def _before(scene: Scene, place: int) -> list[Item]:
    """The coordinated names that end just before a place: "neither A nor B, whom …"."""
    found: list[Item] = []
    for item in reversed(
        [i for i in scene.items if i.end <= place and i.kind in ("party", "actor", "unknown", "class")]
    ):
        if not found or re.fullmatch(r"\s*(?:,|,?\s*and|nor|or)\s*", scene.text[item.end : found[-1].start]):
            found.append(item)
        else:
            break
    return found[:1]
