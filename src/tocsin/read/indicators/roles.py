"""How the text speaks of an indicator: as malicious, as a legitimate service, or as a link for the reader.

The deciding words are kept, since an analyst who blocks an address must be able to see why. A service that the text
calls legitimate is so even where it is defanged; words count only within the clause that speaks of the indicator.
"""

from __future__ import annotations

import re
from typing import Literal

from tocsin.model import Indicator
from tocsin.read.indicators.address import special

Role = Literal["malicious", "legitimate", "reference", "unknown"]

_LEGITIMATE = re.compile(
    r"\b(?:legitimate|legit|benign|genuine|trusted)\b"
    r"|\b(?:public|open|free|popular|well-known|commercial|third-party|cloud)\s+(?:[\w-]+\s+){0,2}?"
    r"(?:resolvers?|services?|storage|platforms?|websites?|sites?|providers?|cdns?|repositor(?:y|ies)|hosting|dns)\b"
    r"|\bofficial\s+(?:\w+\s+)?(?:site|website|domain|page|portal|server)\b",
    re.IGNORECASE,
)
_NOT_SO_BEFORE = re.compile(
    r"(?:\bnot|\bnever|\bil|\bposing as|\bdisguised as|\bmasquerad\w+ as|\bappear\w*|\blook\w*|\bseem\w*"
    r"|\bpretend\w*|\bfake"
    r"|\bmimic\w*|\bimpersonat\w+|\bspoof\w*|\bcompromised|\bhijacked|\bhacked"
    r"|\botherwise)(?: like)?(?: to be)?(?: an?| the)?\s*$",
    re.IGNORECASE,
)
_NOT_SO_AFTER = re.compile(
    r"-?\s?looking|\s*(?:,|but|yet|and)*\s*(?:compromised|hijacked|hacked)|\s+(?:accounts?|credentials?|users?"
    r"|traffic|e?-?mails?"
    r"|documents?|certificates?|access|updates?|business|purposes?|reasons?|activity)\b",
    re.IGNORECASE,
)
_COPIED_BEFORE = re.compile(
    r"\b(?:(?:look-?alikes?|cop(?:y|ies)|clones?|imitations?|typosquats?|fake versions?) of|instead of|rather than"
    r"|(?:impersonat|imitat|mimick|resembl)(?:es|ing|ed)|mimics)"
    r"(?: the| a| real| legitimate| original| genuine| domain| site| website| portal)*[\s:(\"'`]*$",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(r"\s*(?:[,(\u2013\u2014:-]|\)\s*,|is\b|are\b|was\b|were\b|which\b|\()", re.IGNORECASE)
_STRONG = re.compile(
    r"\b(?:c2s?|c&c|cnc|command[- ]and[- ]control|payloads?|droppers?|dropped|drops?|downloads?|downloaded"
    r"|downloading|exfil\w*"
    r"|beacons?|beaconed|beaconing|phishing|hosted|staged|staging|contacts|contacted|connects?|connected|fetch\w*"
    r"|retriev\w+"
    r"|redirect\w*|callbacks?|polled|malicious(?:ly)?|indicators? of compromise|iocs?)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:malware|attackers?|operators?|actors?|adversar(?:y|ies)|implants?|backdoors?|trojan|ransomware"
    r"|infrastructure|botnet"
    r"|loader|stealer|web ?shells?|exploit\w*|compromised|infected|rogue|fake|spoofed|look-?alike|typosquat\w*)\b",
    re.IGNORECASE,
)
_REFERENCE_BEFORE = re.compile(
    r"\b(?:see|see also|read|read more|visit|sources?|references?|refer to|via|details?|available|information"
    r"|learn more|published"
    r"|advisory|blog|report|cited|link|according to|courtesy of)\b[^.!?;\n]{0,24}$",
    re.IGNORECASE,
)
_CONTACT_BEFORE = re.compile(
    r"\b(?:contact|e-?mail|mail|write to|report (?:it |them |incidents |sightings )?to|reach|questions?|tips?|press"
    r"|enquiries|inquiries"
    r"|media)\b[^.!?;\n]{0,30}$",
    re.IGNORECASE,
)
_REFERENCE_HEAD = re.compile(r"\b(?:references?|sources?|further reading|links|bibliography|credits)\b", re.IGNORECASE)
_CUT_BEFORE = re.compile(r"[)\];!?]|[.:](?=\s)|\n|\b(?:and|but|while|whereas)\b|,\s", re.IGNORECASE)
_CUT_AFTER = re.compile(r"[);!?\n]|\.(?=\s|$)|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"[!?;\n]|\.(?=\s)")
_LIST_GLUE = re.compile(r"[\s)\]]*(?:,|;|/|\band\b|\bor\b|,\s*and|,\s*or|&)[\s(\[]*", re.IGNORECASE)
_DEFANGED = "defanged"
_LINKS = frozenset(("url", "domain", "email"))


class Roles:
    """Decides one indicator after another, in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.heads: dict[int, str] = {}  # end of a line that holds only indicators → the line that heads the list
        self.last: tuple[int, Role, str] = (-1, "unknown", "")

    def of(self, found: Indicator, marked: bool, after: int) -> tuple[Role, str]:
        """Role and deciding words. ``after`` is where the next indicator begins: its words are not this one's."""
        role, how = self._decide(found, marked, after)
        glue = self.text[self.last[0] : found.start] if self.last[0] >= 0 and found.start - self.last[0] < 12 else ""
        if glue and role in ("unknown", "reference") and self.last[1] != "unknown" and _LIST_GLUE.fullmatch(glue):
            if said := self.last[2].replace(_DEFANGED, "").rstrip("; "):  # a defanged neighbour alone says nothing
                role, how = self.last[1], said
        elif glue and how == _DEFANGED and self.last[1] == "legitimate" and _LIST_GLUE.fullmatch(glue):
            role, how = self.last[1], self.last[2]  # "legitimate services such as a[.]example and b[.]example"
        self.last = (found.end, role, how)
        return role, how

    def _decide(self, found: Indicator, marked: bool, after: int) -> tuple[Role, str]:
        text, start, end = self.text, found.start, found.end
        if why := special(found.value):
            return "legitimate", why
        left = text[max(self.last[0], start - 120, 0) : start]
        right = text[end : min(after, end + 120)]
        clause = left[_last_cut(_CUT_BEFORE, left) :]
        if words := _legitimate(clause, right, found.kind):
            return "legitimate", words
        if copied := _COPIED_BEFORE.search(left):
            return "legitimate", copied[0].strip(" :(\"'`")
        if found.kind == "cve":
            return "unknown", ""
        sentence = left[_last_cut(_SENTENCE_BEFORE, left) :]
        ahead = right[: cut.start()] if (cut := _CUT_AFTER.search(right)) else right
        head = self._head(found)
        if marked:
            word = next((bad[0] for part in (sentence, ahead[:60], head) if (bad := _STRONG.search(part))), "")
            return "malicious", f"{word}; {_DEFANGED}" if word else _DEFANGED
        if found.kind in _LINKS:
            if head and _REFERENCE_HEAD.search(head):
                return "reference", head.strip()[:80]
            if said := _REFERENCE_BEFORE.search(sentence):
                return "reference", said[0].strip()
            if found.kind == "email" and (said := _CONTACT_BEFORE.search(sentence)):
                return "reference", said[0].strip()
        for pattern in (_STRONG, _WEAK):
            if pattern is _WEAK and found.kind == "url" and "://" in found.value:
                break  # "the malware is described at https://…" is a link for the reader
            for part in (sentence, ahead[:60], head):
                if part and (bad := pattern.search(part)):
                    return "malicious", bad[0]
        if found.kind == "url" and not re.match(r"(?:\w+://)?[\d\[]", found.value):
            return "reference", "a link that can be followed"
        return "unknown", ""

    def _head(self, found: Indicator) -> str:
        """The line that heads the list in which an indicator has a line for itself, else ""."""
        text = self.text
        begin = text.rfind("\n", max(0, found.start - 200), found.start) + 1
        if begin == 0 and found.start > 200:
            return ""
        end = text.find("\n", found.end, found.end + 200)
        end = (len(text) if len(text) < found.end + 200 else -1) if end < 0 else end
        if end < 0 or sum(map(str.isalpha, text[begin : found.start] + text[found.end : end])) > 24:
            return ""
        above = begin - 1
        while above > 0 and begin - above < 4 and text[above - 1] == "\n":
            above -= 1
        head = self.heads.get(above)
        if head is None:
            top = text.rfind("\n", max(0, above - 200), max(0, above)) + 1
            head = text[top:above] if above > 0 and above - top < 160 else ""
        self.heads[end] = head
        return head


def _legitimate(clause: str, right: str, kind: str) -> str:
    """The words of the clause that call an indicator legitimate, or ""."""
    for found in _LEGITIMATE.finditer(clause):
        if not _NOT_SO_BEFORE.search(clause[: found.start()]) and not _NOT_SO_AFTER.match(clause, found.end()):
            return clause[found.start() :].strip(" (\"'`:")[:80]
    if not _SAID_AFTER.match(right):
        return ""
    opening = re.match(r"[\s,()\u2013\u2014:-]*", right)
    rest = right[opening.end() if opening else 0 :]
    cut = _CUT_AFTER.search(rest)
    rest = rest[: cut.start()] if cut else rest
    said = _LEGITIMATE.search(rest[:70])
    if not said or _NOT_SO_BEFORE.search(rest[: said.start()]) or _NOT_SO_AFTER.match(rest, said.end()):
        return ""
    return rest.strip()[:80]


def _last_cut(pattern: re.Pattern[str], text: str) -> int:
    at = 0
    for found in pattern.finditer(text):
        at = found.end()
    return at
