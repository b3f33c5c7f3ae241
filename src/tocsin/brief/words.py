"""The words of a brief: how a claim, a date or a verdict is said, and how text of others is shown without harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from tocsin.model import Claim, Reason, Record, Ref, VerdictWord, When, to_json


class Word(Record, frozen=True):
    """How a verdict is shown: never by colour alone, so each has a sign and a heading of its own."""

    word: VerdictWord
    sign: str
    title: str
    means: str


# In the order in which a reader needs them: what is wrong first.
VERDICTS: dict[VerdictWord, Word] = {
    "contradicted": Word(word="contradicted", sign="✕", title="Contradicted", means="the evidence says otherwise"),
    "partly": Word(word="partly", sign="◐", title="Partly true", means="true in part; a detail is wrong"),
    "unknown": Word(word="unknown", sign="?", title="Unknown", means="no source held here decides it"),
    "corroborated": Word(
        word="corroborated", sign="✓", title="Corroborated", means="an authority or catalogue says so"
    ),
}

# Predicate: as stated, as denied; then both of a class ("Iranian actors"). Between subject and object.
_PREDICATES: dict[str, tuple[str, str, str, str]] = {
    "designated": ("designated", "did not designate", "designated", "did not designate"),
    "not_designated": ("has not designated", "has designated", "have not designated", "have designated"),
    "delisted": ("delisted", "did not delist", "delisted", "did not delist"),
    "indicted": ("indicted", "did not indict", "indicted", "did not indict"),
    "measure": ("is subject to", "is not subject to", "are subject to", "are not subject to"),
    "fronts_for": ("is a front for", "is not a front for", "are fronts for", "are not fronts for"),
    "belongs_to": ("belongs to", "does not belong to", "belong to", "do not belong to"),
    "located_in": ("is located in", "is not located in", "are located in", "are not located in"),
    "same_as": ("is the same as", "is not the same as", "are the same as", "are not the same as"),
    "uses": ("uses", "does not use", "use", "do not use"),
    "targets": ("targets", "does not target", "target", "do not target"),
    "exploits": ("exploits", "does not exploit", "exploit", "do not exploit"),
    "operates": ("operates", "does not operate", "operate", "do not operate"),
    "owns": ("owns", "does not own", "own", "do not own"),
    "leads": ("leads", "does not lead", "lead", "do not lead"),
    "has_domain": ("has the domain", "does not have the domain", "have the domain", "do not have the domain"),
    "is": ("is", "is not", "are", "are not"),
}
_CLASSES = re.compile(
    r"\b(actors|groups|hackers|operators|companies|firms|entities|individuals|persons|people)$", re.IGNORECASE
)
_BEFORE = {"all", "every", "few", "many", "most", "no", "none of the", "several", "some"}
_AUTHORITIES = {"EU": "the EU", "US": "the US", "UK": "the UK", "UN": "the UN"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_KEPT = {"\n", "\t", "\u200c", "\u200d"}  # Persian and Indic spelling needs the joiners
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LANGS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]"), "zh"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"), "und-Arab"),
    (re.compile(r"[\u0400-\u04ff]"), "und-Cyrl"),
)


def shown(text: str) -> str:
    """``text`` with every control, bidirectional and invisible character made visible as ``⟦U+202E⟧``."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(f"⟦U+{ord(char):04X}⟧" if _hidden(char) else char for char in text)


def _hidden(char: str) -> bool:
    if char in _KEPT or char == "\xad":
        return False
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters of ``text``; says how many were left out, since nothing is dropped in silence."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}… [{len(text) - limit:,} more characters]"


def short(text: str, limit: int) -> str:
    """``text`` on one line, cut at a word with an ellipsis: where the whole text stands elsewhere in the brief."""
    line = one_line(text, max(limit * 4, 1000))
    return line if len(line) <= limit else f"{line[:limit].rsplit(' ', 1)[0].rstrip(',;:')}…"


def one_line(text: str, limit: int = 400) -> str:
    """``text`` inert, on one line and not longer than a reader can take in."""
    return clip(shown(" ".join(text.split())), limit)


def safe_url(url: str | None) -> str | None:
    """``url`` where it may become a link: http or https, with a host, and nothing hidden in it; else None."""
    if not url or len(url) > 2000 or shown(url) != url or any(char.isspace() or char in "<>\"'`\\" for char in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def language(text: str) -> tuple[str | None, Literal["ltr", "rtl"] | None]:
    """BCP 47 language and direction of a name, where its script tells them: for the right glyphs and order."""
    for pattern, lang in _LANGS:
        if pattern.search(text):
            return lang, "rtl" if _RTL.search(text) else None
    return None, None


def day(iso: str | None) -> str:
    """``2026-03-16`` as ``16 March 2026``; what is not such a date stays as it is."""
    if not iso:
        return ""
    try:
        when = date.fromisoformat(iso[:10])
    except ValueError:
        return one_line(iso, 40)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def moment(iso: str | None) -> str:
    """``2026-11-12T08:14:05Z`` as ``12 November 2026, 08:14:05 UTC``; a day alone as that day; else as it stands."""
    if not iso or "T" not in iso:
        return day(iso)
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return one_line(iso, 40)
    when = when.astimezone(UTC) if when.tzinfo else when
    return f"{day(when.date().isoformat())}, {when:%H:%M:%S} UTC"


def span_words(start: str | None, end: str | None) -> str:
    """From which day to which, with the prepositions; empty where neither is known."""
    first, last = day((start or "")[:10]), day((end or "")[:10])
    if first and last and first != last:
        return f"from {first} to {last}"
    return f"on {first or last}" if first or last else ""


def figure(number: float) -> str:
    """A value, weight or score: with two digits, and with more where it has more, so that a sum can be redone."""
    short = f"{number:.2f}"
    return short if float(short) == number else repr(round(number, 6))


def weighed(reason: Reason) -> str:
    """The value of a reason and its weight, in words; empty where it has neither."""
    value = reason.value
    shown_value = one_line(value, 120) if isinstance(value, str) else "" if value is None else figure(value)
    if not shown_value or shown_value in reason.says:
        shown_value = "" if isinstance(value, str) or value is None else shown_value
    weight = "" if reason.weight is None else f"weight {figure(reason.weight)}"
    return " × ".join(part for part in (shown_value, weight) if part)


def plain(value: Any) -> str:
    """What a field of an evidence record says: text as it is, anything else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return to_json(value)


def when_words(when: When | None) -> str:
    """When a claim holds, with its preposition; the report's own words in brackets where no day can be told."""
    if when is None:
        return ""
    start, end = when.from_, when.to
    if start and end:
        if start == end:
            return f"on {day(start)}"
        if start[:7] == end[:7] and start.endswith("-01") and end[8:10] >= "28":
            return f"in {day(start).partition(' ')[2]}"
        if start[:4] == end[:4] and start.endswith("-01-01") and end.endswith("-12-31"):
            return f"in {start[:4]}"
        return f"between {day(start)} and {day(end)}"
    if start or end:
        return f"since {day(start)}" if start else f"until {day(end)}"
    return f"({one_line(when.text, 80)})" if when.text else ""


def ref_name(ref: Ref) -> str:
    """The name of a thing as catalogues write it; the report's own word where none has it."""
    name = one_line(ref.name or ref.text, 160)
    return _AUTHORITIES.get(name, name)


def predicate_words(claim: Claim) -> str:
    """What the claim says of subject and object."""
    forms = _PREDICATES[claim.predicate]
    return forms[2 * bool(_CLASSES.search(ref_name(claim.subject))) + claim.negated]


def claim_words(claim: Claim) -> str:
    """A claim as one plain sentence: subject, predicate, object, measure and time, without the final stop."""
    subject, thing = ref_name(claim.subject), ref_name(claim.object)
    quantifier, measure = one_line(claim.quantifier or "", 40), one_line(claim.measure or "", 160)
    if quantifier and quantifier.casefold() not in subject.casefold():
        before = quantifier.casefold() in _BEFORE
        subject = f"{quantifier} {subject}" if before else f"{subject} {quantifier}"
    if claim.predicate == "measure":
        thing, measure = measure.replace(";", ",") or thing, ""
    words = " ".join(part for part in (subject, predicate_words(claim), thing) if part)
    if measure and measure.casefold() not in words.casefold():
        words += f" ({measure})"
    if claim.programme and claim.programme.casefold() not in words.casefold():
        words += f" under {one_line(claim.programme, 40)}"
    when = when_words(claim.when)
    return capital(f"{words}, {when}" if when.startswith("between") else f"{words} {when}".rstrip())


# Their objects are places and things, which no catalogue needs to have
_DESCRIBED = ("located_in", "targets", "has_domain", "exploits", "operates")


def qualifiers(claim: Claim) -> tuple[str, ...]:
    """How the report itself qualifies the claim: hedged, or said by someone else."""
    said: list[str] = []
    if claim.hedged:
        said.append(f"hedged in the report (“{one_line(claim.hedged, 40)}”)")
    if claim.according_to:
        said.append(f"according to {one_line(claim.according_to, 80)}")
    strangers = [ref for ref in (claim.subject, claim.object) if ref.ref is None and claim.predicate != "measure"]
    if claim.schema or claim.predicate in _DESCRIBED:
        plain = (claim.object, claim.subject if claim.schema else None)
        strangers = [ref for ref in strangers if ref not in plain]
    said += [f"“{one_line(ref.text, 60)}” is in no catalogue held here" for ref in strangers]
    exact = claim.when and claim.when.from_ == claim.when.to and day(claim.when.from_) in claim.when.text
    if claim.when and claim.when.from_ and claim.when.text and not exact:
        said.append(f"the report’s words for the time: “{one_line(claim.when.text, 60)}”")
    return tuple(said)


def is_public_id(ref: str | None) -> bool:
    """Whether ``ref`` is an id that others use too (ATT&CK, CVE), and so of use to a reader."""
    return bool(ref and re.fullmatch(r"[GSTMC]\d{4}(\.\d{3})?|CVE-\d{4}-\d{4,}", ref))


def capital(text: str) -> str:
    """``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str = "") -> str:
    """``1 claim``, ``2 claims``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(items: Sequence[str], limit: int = 6) -> str:
    """``a, b and c``; from ``limit`` on with how many more there are."""
    if len(items) > limit:
        return f"{', '.join(items[:limit])} and {len(items) - limit} more"
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def stop(text: str) -> str:
    """``text`` as a sentence: with a stop at its end, and only one."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", "]")) else f"{text}."
