"""Which parties a verb of listing or charging is said of, and under which regime."""

from __future__ import annotations

import re

from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.mentions import Item

PARTIES = ("party", "actor", "sponsor", "parties", "unknown", "anaphor", "class")
STOP = re.compile(
    r"\b(?:which|who|whose|whom|for (?!their|its)|over|because|after|accus\w+|linked to|tied to|involved in|said|says|when|while|that|focusing|effectively"
    r"|prohibit\w+|used by|behind|connected to|responsible|in connection|citing|describ\w+|known for|meaning|making|a front|an? [\w-]+ (?:of|for|in)|targeting|whether|better known|also known|through which|supporting|although|during|in exchange|by which)\b|[;:—]",
    re.IGNORECASE,
)
RESUME = re.compile(
    r"\b(?:along with|together with|as well as|plus|alongside|in addition to|and also|naming|among them|including|and)\s+(?:(?:the|its|two|three|one of its|[\w-]+)\s+){0,4}$",
    re.IGNORECASE,
)
_PROGRAMMES = (
    (re.compile(r"\b13694\b"), "E.O. 13694"),
    (re.compile(r"\b13553\b"), "E.O. 13553"),
    (re.compile(r"\b13848\b"), "E.O. 13848"),
    (re.compile(r"\b13224\b|\bcounter-?terrorism\b|\bterroris[mt] (?:list|regime|sanctions)", re.I), "E.O. 13224"),
    (
        re.compile(
            r"\b(?:cyber[- ](?:sanctions )?(?:regime|list|listings?|sanctions|framework|diplomacy)|cyber (?:\w+ ){0,2}(?:regime|list)|2019/796|Cyber \(Sanctions\))",
            re.I,
        ),
        "cyber",
    ),
    (
        re.compile(
            r"\bhuman[- ]rights (?:\w+ ){0,2}(?:regime|sanctions|list|framework|authorit|order)|\bfor (?:\w+ ){0,2}human[- ]rights (?:violations?|abuses?)|359/2011\b",
            re.I,
        ),
        "human rights",
    ),
)


def programme_in(clause: str) -> str | None:
    """The regime that a clause names: cyber, human rights, an executive order; None where it names none."""
    return next((name for pattern, name in _PROGRAMMES if pattern.search(clause)), None)


def coordinated_back(text: str, items: list[Item]) -> list[Item]:
    """The last name before a passive verb, with those that "and" or a comma ties to it. A name after a preposition that
    only describes the subject is not it: "Arabi, charged over …, was placed"."""
    if not items:
        return []
    subject = [items[0]]
    for item in items[1:]:
        between = text[subject[-1].end : item.start]
        if re.fullmatch(r"\s*(?:,|,?\s*and|,?\s*or|nor|,?\s*as well as)\s*(?:the\s+)?(?:\w+\s+){0,2}", between):
            subject.append(item)
        elif (
            subject[-1] is items[0]
            and items[0].kind in ("anaphor", "parties")
            and re.fullmatch(r"\s*(?:[–—:(-]|,?\s*namely|,?\s*among them|,)\s*", between)
        ):
            subject = [item]  # "the four - A, B, C and D - were": the names say who the four are
        elif re.search(r"\b(?:with|of|for|by|to|in|against|from|at|on|whose|over)\s+(?:the\s+)?(?:\w+\s+)?$", between):
            continue
        else:
            break
    return subject


def chain_back(text: str, items: list[Item]) -> list[Item]:
    """The last name before a place, with those that commas and "and" tie to it, titles between them allowed."""
    chain: list[Item] = []
    for item in reversed(items):
        if chain and not re.fullmatch(
            r"\s*(?:,|,?\s*and|,?\s*or)\s*(?:[a-z][\w'-]*\s+){0,4}", text[item.end : chain[0].start]
        ):
            break
        chain.insert(0, item)
    return chain


def settled(found: list[Item], discourse: Discourse, text: str) -> list[Item]:
    """Pointing words resolved, "entities and individuals" parted, each thing once."""
    out: list[Item] = []
    for number, item in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if (
            item.kind == "parties"
            and after is not None
            and re.fullmatch(r"(?:,|,?\s*namely|:|\s*[–—-])\s*", text[item.end : after.start])
        ):
            continue  # "two of its hackers, A and B": the names say who they are
        if item.kind == "anaphor":
            out += [one for one in discourse.resolve(item, want="party") if one.kind != "authority"]
        elif item.kind == "parties" and "|PE|" in item.extra and " and " in item.text:
            # "entities and individuals" are two claims: the one may be true without the other
            first, _, second = item.text.rpartition(" and ")
            person_last = bool(re.search(r"individual|person|people|national|men|women|hacker|offic", second, re.I))
            halves = ("E", "P") if person_last else ("P", "E")
            out += [
                item._replace(text=part, extra=item.extra.replace("|PE|", f"|{half}|"))
                for part, half in zip((first, second), halves, strict=True)
            ]
        elif (
            item.kind == "sponsor"
            and re.search(
                r"(?:front for|arm of|linked to|tied to|behalf of|employed by|run by)\s+(?:the\s+)?(?:\w+['’]?s?\s+){0,2}$",
                text[max(0, item.start - 30) : item.start],
            )
            and len(found) > 1
        ):
            continue
        else:
            out.append(item)
    seen: set[str] = set()
    return [one for one in out if not ((one.ref or one.text) in seen or seen.add(one.ref or one.text))]  # type: ignore[func-returns-value]
