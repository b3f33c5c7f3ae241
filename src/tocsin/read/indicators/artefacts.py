"""What stands on a machine: paths, registry keys, hashes, tasks, services, mutexes, user agents; and CVE ids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.read.indicators.base import Found
from tocsin.read.indicators.wallets import is_wallet

_LONG = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{26,}+")
_HEX = re.compile(r"[0-9a-fA-F]+")
_HASH_KINDS = {32: "md5", 40: "sha1", 64: "sha256"}
# Same form, other meaning: nobody finds a file by its import hash, or a commit by its id.
_OTHER_HASH = re.compile(
    r"\b(?:imphash|impfuzzy|import hash|ja3s?|ja4\w?|jarm|hassh|rich(?:pv)?(?: header)?(?: hash)?|vhash"
    r"|authentihash|commit"
    r"|revision|tx|txid|transaction|telfhash|dhash|guid|uuid)\b[\s:=(\"'`]{0,4}(?:hash|id|is|of)?[\s:=(\"'`]{0,4}$",
    re.IGNORECASE,
)
_CVE = re.compile(r"(?<![A-Za-z0-9])CVE[-\u2010-\u2015 _](\d{4})[-\u2010-\u2015](\d{4,19})(?!\d)", re.IGNORECASE)

_HIVE = re.compile(
    r"(?<![A-Za-z0-9_\\])(?:HKEY_(?:LOCAL_MACHINE|CURRENT_USER|CLASSES_ROOT|USERS|CURRENT_CONFIG)|HK(?:LM|CU|CR|U"
    r"|CC)):?\\{1,2}"
    r"(?=[\w{%.])",
    re.IGNORECASE,
)
_WINDOWS = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]:\\{1,2}(?=[\w%$.~(])|(?<!\w)%[A-Za-z()]{3,24}[A-Za-z0-9()]{0,4}%\\{1,2}(?=[\w%$.~])"
    r"|(?<![\\\w])\\\\[A-Za-z0-9][\w.-]{0,60}\\(?=[\w$.])"
)
# A path goes on over a space only inside a name that is followed by a backslash, as in C:\Program Files\. Words of the
# sentence are told from it by their small first letter, or because a new path begins.
_SEGMENTS = re.compile(
    r"[^\s\\/:*?\"<>|`,;'\u2018-\u201f]{1,128}+"
    r"(?: (?:(?!HK(?:LM|CU|CR|U|CC|EY)|[A-Z]:)[A-Z0-9(][^\s\\/:*?\"<>|`,;']{0,40})){0,4}?\\{1,2}"
    r"|[^\s\\/:*?\"<>|`,;'\u2018-\u201f]{1,128}+"
)
_UNIX = re.compile(
    r"/(?:tmp|etc|usr|var|opt|home|root|bin|sbin|dev|lib|lib64|proc|mnt|boot|srv|run|data|system|Users|Library"
    r"|Applications|private|cf|jffs|flash|config|sdcard)(?:/[\w.+@%=~$-]{1,128}){1,16}+"
)
_HOME = re.compile(r"~(?:/[\w.+@%=$-]{1,128}){1,8}+")
_QUOTE = {'"': '"', "“": "”", "‘": "’", "'": "'", "`": "`", "«": "»", "„": "“"}
_TASK = re.compile(
    r"\b(?:scheduled\s+)?tasks?\b(?P<named>[\s,:]+(?:is\s+|was\s+)?(?:named|called|name|names)\b)?", re.IGNORECASE
)
_TN = re.compile(r"(?<!\w)[/-](?:tn|TaskName)\s+", re.IGNORECASE)
_SCHEDULED = re.compile(r"\bschedul", re.IGNORECASE)
_SERVICE = re.compile(r"\bservices?\b(?P<named>[\s,:]+(?:is\s+|was\s+)?(?:named|called|name|names)\b)?", re.IGNORECASE)
_SC = re.compile(r"\b(?:sc(?:\.exe)?(?:\s+\\\\\S{1,64})?\s+create|New-Service(?:\s+-Name)?)\s+", re.IGNORECASE)
_INSTALLS = re.compile(r"\b(?:creat|install|regist|windows|persist|launch|start|malicious|system)\w*\b", re.IGNORECASE)
_MUTEX = re.compile(
    r"\b(?:mutex(?:es)?|mutant)\b(?P<named>[\s,:]+(?:is\s+|was\s+)?(?:named|called|name|value|object)?)?", re.IGNORECASE
)
_AGENT = re.compile(
    r"\buser[- ]?agents?\b(?:\s+(?:string|header|value|field))?(?P<named>[\s:=]+(?:is|of|was|named|set to)?)?",
    re.IGNORECASE,
)
_BROWSER = re.compile(
    r"(?<![\w/])(?:Mozilla/\d\.\d|Opera/\d{1,2}\.\d{1,3})(?: ?\([^()\n]{1,300}\)"
    r"| (?:[A-Za-z][\w.-]{0,40}/[\w.-]{1,40}|like Gecko)){1,12}"
)
_PRODUCT = re.compile(r"[\w.-]{1,60}/[\w.-]{1,30}(?: \([^()\n]{1,200}\))?(?: [\w.-]{1,40}/[\w.-]{1,30}){0,8}")
_BARE = re.compile(r"[\w\\{}$.#@:-]{2,128}")
_PLAIN_WORD = re.compile(
    r"(?:the|a|an|and|or|that|which|this|to|for|in|on|with|is|was|were|by|from|of|as|it|its)", re.IGNORECASE
)


def artefacts(text: str) -> Iterator[Found]:
    """All of them, in no order. Names of tasks, services and mutexes need words that say so."""
    for found in _LONG.finditer(text):
        yield from _hash(text, found)
        if is_wallet(found[0]):
            yield Found(kind="wallet", value=found[0], start=found.start(), end=found.end())
    lower = text.lower()
    if "cve" in lower:
        for found in _CVE.finditer(text):
            yield Found(kind="cve", value=f"CVE-{found[1]}-{found[2]}", start=found.start(), end=found.end())
    if "\\" in text:
        yield from _backslashed(text, _HIVE, "registry")
        yield from _backslashed(text, _WINDOWS, "file")
    if "/" in text:
        for pattern in (_UNIX, _HOME):
            for found in pattern.finditer(text):
                path = found[0].rstrip(".-/")
                before = text[found.start() - 1] if found.start() else " "
                if not (before.isalnum() or before in "_/.:\\~-") and (path.count("/") > 1 or "." in path):
                    yield Found(kind="file", value=path, start=found.start(), end=found.start() + len(path))
    if "ozilla/" in text or "pera/" in text:
        for found in _BROWSER.finditer(text):
            yield Found(kind="user_agent", value=found[0], start=found.start(), end=found.end())
    if "schedul" in lower:
        yield from _named(text, "task", _TASK, _SCHEDULED)
    if "/tn" in lower or "-taskname" in lower or "-tn" in lower:
        yield from _after(text, "task", _TN)
    if "service" in lower or "sc create" in lower or "sc.exe" in lower:
        yield from _named(text, "service", _SERVICE, _INSTALLS)
        yield from _after(text, "service", _SC)
    if "mutex" in lower or "mutant" in lower:
        yield from _named(text, "mutex", _MUTEX, None)
    if "agent" in lower:
        yield from _named(text, "user_agent", _AGENT, None)


def _hash(text: str, found: re.Match[str]) -> Iterator[Found]:
    value = found[0].lower()
    kind = _HASH_KINDS.get(len(value))
    # A row of digits alone is a number, and letters alone a word of a pattern.
    if not kind or not _HEX.fullmatch(value) or value.isdigit() or value.isalpha() or len(set(value)) < 5:
        return
    if text[found.end() : found.end() + 1] == "." and text[found.end() + 1 : found.end() + 3].isalnum():
        return  # a file that has its hash for a name
    if not _OTHER_HASH.search(text[max(0, found.start() - 40) : found.start()]):
        yield Found(kind=kind, value=value, start=found.start(), end=found.end())


def _backslashed(text: str, opening: re.Pattern[str], kind: str) -> Iterator[Found]:
    done = 0
    for found in opening.finditer(text):
        if found.start() < done:
            continue
        start, end = found.span()
        closing = _QUOTE.get(text[start - 1]) if start else None
        close = text.find(closing, end, end + 300) if closing else -1
        if close > 0 and "\n" not in text[end:close]:
            end = close
        else:
            for _ in range(24):
                segment = _SEGMENTS.match(text, end)
                if not segment:
                    break
                end = segment.end()
                if text[end - 1] != "\\":
                    break
        written = text[start:end].rstrip(".,;:!?\\ ")
        while written.endswith((")", "]")) and written.count("(") + written.count("[") < written.count(
            ")"
        ) + written.count("]"):
            written = written[:-1]
        done = start + len(written)
        if "\\" in written:
            value = written[:2] + written[2:].replace("\\\\", "\\")
            if kind == "registry":
                value = value.replace(":\\", "\\", 1)
            yield Found(kind=kind, value=value, start=start, end=done)


def _named(text: str, kind: str, pattern: re.Pattern[str], needed: re.Pattern[str] | None) -> Iterator[Found]:
    """Names that follow the word: in quotes, or after "named" and the like. ``needed`` must stand near before or "
    "in it."""
    for found in pattern.finditer(text):
        if needed and not needed.search(text, max(0, found.start() - 60), found.end()):
            continue
        at = found.end()
        while at < len(text) and text[at] in " \t,:=(" and at - found.end() < 4:
            at += 1
        said = (
            bool(found["named"] and found["named"].strip(" \t\n,"))
            or ":" in text[found.end() : at]
            or "=" in text[found.end() : at]
        )
        yield from _value(text, kind, at, said)


def _after(text: str, kind: str, pattern: re.Pattern[str]) -> Iterator[Found]:
    for found in pattern.finditer(text):
        yield from _value(text, kind, found.end(), True)


def _value(text: str, kind: str, at: int, said: bool) -> Iterator[Found]:
    closing = _QUOTE.get(text[at : at + 1])
    if closing:
        close = text.find(closing, at + 1, at + 302)
        written = text[at + 1 : close] if close > 0 else ""
        if len(written.strip()) > 1 and "\n" not in written:
            value = written.strip().rstrip(",.")
            start = at + 1 + written.index(value[0])
            yield Found(kind=kind, value=value, start=start, end=start + len(value))
        return
    if kind == "mutex" and not said and not text.startswith(("Global\\", "Local\\"), at):
        return
    if kind != "mutex" and not said:
        return
    bare = (_PRODUCT if kind == "user_agent" else _BARE).match(text, at)
    if bare:
        value = bare[0].rstrip(".,;:-")
        if len(value) > 1 and not _PLAIN_WORD.fullmatch(value):
            yield Found(kind=kind, value=value, start=at, end=at + len(value))
