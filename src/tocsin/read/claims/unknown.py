"""Names that no catalogue has: an unknown party is the one that most needs a verdict, an unknown malware too."""

from __future__ import annotations

import re

from tocsin.names.words import PLACES
from tocsin.read.claims.mentions import Item

_WORD = r"(?:[A-Z][\w'’.-]*[\w]|[A-Z]{2,}|[A-Z])"
_SEQUENCE = re.compile(
    rf"(?<![\w.])(?:i-|e-)?{_WORD}(?:(?:\s+(?:of|and|for|the|al|bin|de|van|von)\s+|\s+|-){_WORD}|\s+\d{{1,4}}\b){{0,7}}"
)
_COMPANY_TAIL = re.compile(
    r"\b(?:Technolog(?:y|ies)|Tech|Company|Co|Ltd|Limited|LLC|Inc|Corp(?:oration)?|Group|Institute|Network|Networks|Information|Software|Systems|Solutions"
    r"|Holdings?|Academy|Security|Cybersecurity|Labs?|Industries|Organi[sz]ation|Bank|Exchange|University|Center|Centre|Services|Consulting|Communications?|Computing|Telecom)\.?$"
)
_NOT_NAMES = frozenset(
    """
    the a an in on at by for from with and or but if it its this that these those he she they we you i on over
    under after before since when while although however both neither either no not all some most many several
    other another according earlier later monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december washington london brussels
    beijing moscow tehran q a executive order regulation annex article section chapter windows linux microsoft
    google cisco fortinet ivanti citrix apple android outlook exchange office powershell internet web email vpn
    ip c2 soho edr mfa ttp ttps ioc iocs soc apt mitre att&ck cve python javascript china iran russia korea
    europe asia africa america chinese iranian russian korean european american british state department
    ministry foreign security intelligence council union united states kingdom nations government parliament
    president minister secretary director general fbi cia nsa cisa ncsc reuters bbc bloomberg ap afp mandiant
    crowdstrike symantec kaspersky eset proofpoint talos unit secureworks recorded future sentinelone trend
    micro check point cyber dark reading threat analysts investigators officials researchers experts today
    yesterday new first second third one two three four five six seven eight nine ten their his her there here
    what who why how where as to of so then once last next during among between such only also even still yet
    because until than though unlike like despite including sanctions sanction treasury ofac justice sdn list
    specially designated nationals eu us uk un
    """.split()
)
_MALWARE_BEFORE = re.compile(
    r"\b(?:malware|trojans?|backdoors?|implants?|ransomware|wipers?|loaders?|stealers?|rats?|tools?|droppers?|toolkits?|famil(?:y|ies)|variants?|spyware|worms?|botnets?|strains?|scripts?|toolset|frameworks?)"
    r"(?:\s+(?:families|family|variants?|strains?))?,?\s+(?:such as|like|called|named|known as|dubbed|including|includes|tracked as|referred to as|are|is|:)?\s*[\"“‘']?$",
    re.IGNORECASE,
)
_MALWARE_AFTER = re.compile(
    r"^[\"”’']?\s*(?:\(\w+\)\s*)?(?:,\s+(?:a|an|the|another|its|their)\s+(?:[\w-]+\s+){0,4}?)?(?:malware|trojan|backdoor|implant|ransomware|wiper|loader|stealer|rat|dropper|spyware|worm|botnet|toolkit|framework)\b",
    re.IGNORECASE,
)
_PERSON_BEFORE = re.compile(
    r"\b(?:nationals?|m[ae]n|women|woman|hackers?|officers?|executives?|officials?|founders?|citizens?|employees?|brothers|persons?|individuals?|people|engineers?|programmers?"
    r"|minister|general|colonel|major|chief|director|ceo|chairman|president|mr\.?|named|identified as|indicted|charged|sanctioned|designated|listed|among them|namely|defendants?|against)\W+(?:(?:[A-Z][\w'’-]+\s*){1,4}(?:,|and|or)\W*(?:and\s+)?){0,6}$"
)
_LISTED_WITH = re.compile(
    r"(?:such as|including|like|called|named|dubbed)\s+(?:[\w\"“”-]+(?:,\s+|\s+(?:and|or|as well as)\s+(?:the\s+)?)){0,4}$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:named|called|identified as|known as|contractor,|firm,|company,|front,|employee,|nationals?,|individuals?,)\s*$",
    re.IGNORECASE,
)


def unknown_names(text: str, taken: list[tuple[int, int]]) -> list[Item]:
    """Names of parties, persons and malware that stand in the text and that no item covers yet.

    ``extra`` says what the words around make of it: company, person, malware. O(len(text)).
    """
    items: list[Item] = []
    for match in _SEQUENCE.finditer(text):
        spans = [span for piece in _free(match.start(), match.end(), taken) for span in _apart(text, *piece)]
        for start, end in spans:
            item = _judge(text, start, end)
            if item is not None:
                items.append(item)
                taken.append((item.start, item.end))
    return items


def _apart(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Two names that "and" joins are two, where each has words of its own: not "Science and Technology"."""
    joint = re.search(r"\s+and\s+", text[start:end])
    if not joint:
        return [(start, end)]
    left, right = text[start : start + joint.start()].split(), text[start + joint.end() : end].split()
    bound = {
        "science",
        "research",
        "information",
        "trade",
        "import",
        "development",
        "design",
        "foreign",
        "security",
        "computers",
    }
    if len(left) >= 2 and len(right) >= 2 and left[-1].lower() not in bound:
        return [(start, start + joint.start()), *_apart(text, start + joint.end(), end)]
    return [(start, end)]


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a span that nothing covers."""
    parts = [(start, end)]
    for s, e in taken:
        parts = [piece for a, b in parts for piece in ((a, min(b, s)), (max(a, e), b)) if piece[0] < piece[1]]
    return parts


def _judge(text: str, start: int, end: int) -> Item | None:
    while start < end and not text[start].isalnum():
        start += 1
    name = text[start:end]
    if not any(char.isalpha() for char in name):
        return None
    # Take off what opens a sentence or binds a name to its neighbours
    while (
        (lead := re.match(r"(\S+)\s+", name))
        and lead[1].lower().strip(".,'’") in _NOT_NAMES
        and not (lead[1].lower() in PLACES and len(name.split()) > 2)
    ):
        start += lead.end()
        name = text[start:end]
    name = name.rstrip()
    end = start + len(name)
    while (tail := re.search(r"\s+(\S+)$", name)) and (
        tail[1].lower() in _NOT_NAMES or tail[1] in ("and", "of", "for", "the")
    ):
        end = start + tail.start()
        name = text[start:end]
    if match := re.match(r"\d+\s+", name):
        start += match.end()
        name = text[start:end]
    name = re.sub(r"(?:['’]s)?[\s.\-'’]*$", "", name)
    end = start + len(name)
    words = name.split()
    if not words or len(name) < 3 or name.lower() in _NOT_NAMES or all(w.lower() in _NOT_NAMES for w in words):
        return None
    before, after = text[max(0, start - 60) : start], text[end : end + 60]
    if (
        len(words) <= 2
        and (_MALWARE_BEFORE.search(before) or _MALWARE_AFTER.match(after))
        and not _COMPANY_TAIL.search(name)
    ):
        return Item("unknown", start, end, name, (), "malware")
    if len(words) == 1:
        mixed = sum(c.isupper() for c in name) >= 2 and any(c.islower() for c in name)
        if _LISTED_WITH.search(before) and re.search(
            r"malware|backdoor|tool|trojan|implant|ransomware|families", before, re.I
        ):
            return Item("unknown", start, end, name, (), "malware")
        if name.isupper() and len(name) >= 6:
            return Item("unknown", start, end, name, (), "malware")
        if mixed or _CALLED.search(before):
            return Item("unknown", start, end, name, (), "name")
        return Item("unknown", start, end, name, (), "word") if start > 0 else None
    if _COMPANY_TAIL.search(name):
        return Item("unknown", start, end, name, (), "company")
    if (
        2 <= len(words) <= 4
        and _PERSON_BEFORE.search(before)
        and all(re.fullmatch(r"[A-Z][\w'’-]+|al|bin|[A-Z]\.", word) for word in words)
    ):
        return Item("unknown", start, end, name, (), "person")
    return Item("unknown", start, end, name, (), "name")
