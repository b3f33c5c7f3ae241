"""Other names: also known as, tracked as, formerly, names in brackets."""

from __future__ import annotations

import re

from tocsin.read.claims.anycase import lowered
from tocsin.read.claims.clauses import clause_at, said_in
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft
from tocsin.read.claims.mentions import Item
from tocsin.read.claims.scene import Scene

_NAMES = lowered(
    r"(?<![\w-])(?:(?:is|are|was|were)?\s*(?:also\s+|better\s+|commonly\s+|otherwise\s+|formerly\s+|previously\s+|sometimes\s+|now\s+|variously\s+|once\s+|widely\s+|elsewhere\s+|publicly\s+|usually\s+)+(?:known|tracked|called|referred\s+to|named|labelled|labeled|identified|dubbed|monitored)(?:\s+by\s+[\w\s]{2,30}?)?(?:\s+as)?"
    r"|a\.?k\.?a\.?|(?:known|tracked)\s+(?:to\s+[\w ]{2,30}?\s+|by\s+[\w ]{2,30}?\s+|elsewhere\s+|in\s+the\s+industry\s+)?as|is\s+tracked\s+(?:by\s+[\w ]{2,40}?\s+)?as|(?:formerly|previously)(?:\s+(?:the|named|called|known\s+as))?(?=\s+[A-Z“\"])|(?:renamed|rebranded)(?:\s+(?:itself|as|to))*"
    r"|(?:under|by|using)\s+the\s+(?:names?|alias(?:es)?|handles?|monikers?|nicknames?|brand)(?:\s+of)?|alias(?:es)?|(?:dubbed|nicknamed)|(?:trades?|trading|operat(?:es|ing)|resurfaced|re-emerged|rebranded|registered)\s+(?:\w+\s+)?as|under\s+(?:the\s+banner|its\s+(?:registered|new|former|current)\s+name)(?:\s+of)?|(?:track|know|follow|monitor)s?\s+(?:[\w\s]{2,40}?\s+)?(?:activity|group|unit|actor|cluster|company|firm)\s+as|(?:whom|which|that)\s+(?:[A-Z]\w*|(?:most|many|several)\s+(?:vendors|researchers|analysts)|other\s+vendors|other\s+researchers|some\s+vendors|researchers|others|vendors|analysts)(?:\s+[A-Z]\w*)?\s+(?:calls?|tracks?(?:\s+as)?|names?|dubs?|knows?\s+as|labels?)"
    r"|(?:calls?|tracks)\s+(?:it|the\s+group|the\s+actor|them|the\s+same\s+\w+|him|itself|himself)(?:\s+as)?|wrote\s+about\s+it\s+as|who\s+(?:calls|goes\s+by)(?:\s+himself)?|(?:previously|formerly|earlier|later)\s+(?:operated|traded|known)\s+as|later\s+became|other\s+names?(?:\s+for\s+[\w ]{3,40}?)?\s+(?:include|are)|(?:tracks?|calls?|knows?)\s+(?:it|[A-Z][\w-]+(?:\s[A-Z][\w-]+){0,2})\s+as|(?:goes|go|went)\s+by(?:\s+the\s+(?:handle|name|alias|nickname|moniker)s?)?|equat(?:e|es|ed|ing)\s+(?:it|them|him|the\s+\w+|[A-Z][\w-]+(?:\s[A-Z]\w+)?)\s+with|(?:is|are)\s+called|fil(?:e|es|ed)\s+(?:it|them)\s+under|follow\s+the\s+same\s+\w+\s+as|(?:is|are)\s+(?:not\s+)?the\s+same\s+(?:(?:thing|group|actor|entity|company|team|people|outfit|crew)\s+)?as|(?:is|was)\s+(?:simply\s+|just\s+|in\s+fact\s+|merely\s+)?another\s+name\s+for|overlaps?\s+with|successor\s+(?:of|to)|the\s+new\s+name\s+of|successor)(?!\w)",
)
_GENERIC_HEAD = re.compile(
    r"(?:hackers|actors?|group|network|botnet|malware|backdoor|trojan|tool|software|crew|cluster|campaign|operation|unit|outfit|gang|team|hacker|operators|what is|persona|personas)\s*,?\s*(?:\w+\s+)?$",
    re.I,
)


_NAMED = ("actor", "party", "malware", "tool", "sponsor", "unknown", "campaign")


def name_claims(scene: Scene, discourse: Discourse) -> list[Draft]:
    """Claims that two names mean one thing, one a name."""
    drafts = []
    text = scene.text
    for cue in _NAMES.finditer(scene.lower) if scene.of(*_NAMED) else ():
        before = text[: cue.start()]
        plain = re.match(r"(?:is\s+)?(?:known|tracked)\s+|dubbed|nicknamed|under|by|using", cue.group().strip(), re.I)
        names = _name_list(scene, cue.end())
        if not names:
            continue
        if plain and _GENERIC_HEAD.search(before):
            # "operators known as A, B and C": the names are one another's
            said = said_in(text, *clause_at(text, cue.start()), cue.start())
            drafts += [Draft(names[0], "same_as", one, said) for one in names[1:6] if names[0].kind == "actor"]
            continue
        near = [
            i
            for i in scene.items
            if i.end <= cue.start()
            and i.kind in ("actor", "party", "sponsor", "malware", "tool", "unknown", "anaphor")
            and i.extra != "word"
        ]
        near = near or [i for i in scene.of("actor", "party", "malware", "tool") if cue.start() <= i.start < cue.end()]
        if not near and cue.start() < 3:
            later = [i for i in scene.items if i.start > names[-1].end and i.kind in ("actor", "party", "anaphor")]
            subjects = [
                one for i in later[:1] for one in (discourse.resolve(i, want="actor") if i.kind == "anaphor" else [i])
            ]
        elif not near:
            subjects = (
                discourse.actors[-1:]
                if re.search(r"wrote about it|calls|track|know|monitor|follow", cue.group())
                else []
            )
        elif (
            near[-1].kind == "anaphor" and len(near) > 1 and re.fullmatch(r",\s*", text[near[-2].end : near[-1].start])
        ):
            subjects = [near[-2]]  # "APT27, the crew that others call …"
        elif near[-1].kind == "anaphor":
            subjects = discourse.resolve(near[-1], want="actor" if near[-1].extra in ("group", "any") else "any")
        else:
            owner = (
                near[0]
                if re.match(r"(?:was|is|are|were)\b", cue.group().strip(), re.I)
                and near[0].kind != "anaphor"
                and "," not in text[near[0].end : cue.start()]
                else near[-1]
            )
            subjects = [owner]
        start, end = clause_at(text, cue.start())
        said = said_in(text, start, end, cue.start() + (len(cue.group()) if "not" in cue.group() else 0))
        drafts += [
            Draft(s, "same_as", n, said)
            for s in subjects[:1]
            for n in names[:6]
            if (n.ref is None or n.text.lower() != s.text.lower())
        ]
    for match in re.finditer(
        r"\((?:also |aka |a\.k\.a\. |formerly |tracked as |also known as |or )?([^()]{3,80})\)", text
    ):
        named = [i for i in scene.items if i.kind in ("actor", "malware") and 0 <= match.start() - i.end <= 1]
        inside = [
            i
            for i in scene.items
            if i.kind in ("actor", "malware", "unknown")
            and match.start() < i.start
            and i.end <= match.end()
            and i.extra not in ("person", "company")
        ]
        if named and inside and not re.search(r"\bCVE|\d{4}\)", match.group()):
            said = said_in(text, *clause_at(text, match.start()), match.start())
            drafts += [Draft(named[0], "same_as", name, said._replace(negated=False)) for name in inside[:5]]
    return drafts


def _name_list(scene: Scene, place: int) -> list[Item]:
    found: list[Item] = []
    last = place
    for item in scene.items:
        if item.start < place or item.kind not in (
            "actor",
            "party",
            "malware",
            "tool",
            "unknown",
            "sponsor",
            "campaign",
        ):
            continue
        between = scene.text[last : item.start]
        limit = (
            r"\s*(?:by\s+[\w\s]{2,40}?\s+as\s+)?[\"“‘'(]?(?:the\s+)?[\"“‘']?"
            if not found
            else r"[\"”’')]?\s*(?:,|,?\s*and(?:,\s*[\w ]{2,30},)?|,?\s*or|/)\s*(?:(?:[A-Z][\w]*|others|IBM|also|sometimes|by)\s+(?:[A-Z]\w+\s+)?(?:as\s+)?)?(?:as\s+)?(?:the\s+)?[\"“‘']?"
        )
        if not re.fullmatch(limit, between):
            break
        found.append(item)
        last = item.end
    return found
