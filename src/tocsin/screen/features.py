"""Evidence beyond names: each feature compares one thing that a record and a list both say, and is silent else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tocsin.names import COUNTRY_LABELS, countries_in, tokenise
from tocsin.names.words import LEGAL_FORMS
from tocsin.screen import score as weigh
from tocsin.screen.identifiers import Key, bic_keys, domain_keys, email_keys, lei_keys, number_keys, phone_keys
from tocsin.screen.listed import Listed, PartyKind
from tocsin.screen.query import Query
from tocsin.screen.score import Point

_KIND_WORDS: dict[str, PartyKind] = {
    **dict.fromkeys(("person", "individual", "natural", "privatperson"), "person"),
    **dict.fromkeys(
        "company organisation organization entity legal business corporate bank firm".split(), "organisation"
    ),
    **dict.fromkeys(("publicbody", "firma", "unternehmen"), "organisation"),
    **dict.fromkeys(("vessel", "ship", "boat"), "vessel"),
}
# Legal forms that are no particle or syllable of a person's name.
_SURE_FORMS = frozenset(form for form in LEGAL_FORMS if len(form) >= 3) | {"ag", "kg", "oy", "nv", "bv"}
_CHINA = frozenset({"CN", "HK", "MO"})
_OTHER_CODES = {"UK": "GB", "EL": "GR"}  # the EU's own codes
_FULL_DATE = re.compile(
    r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)"
)
_SPAN = re.compile(r"\b(1[89]\d\d|20\d\d)\s*(?:-|–|to|and|until)\s*(1[89]\d\d|20\d\d)\b")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_WORD_OF_KEY = {
    "register": "the authority's own number",
    "number": "an identity number",
    "lei": "the legal entity identifier",
    "wallet": "a wallet address",
    "email": "an e-mail address",
    "bic": "the BIC",
    "domain": "a web domain",
    "common number": "a number of six to eight digits",
    "phone": "a telephone number",
    "short number": "a short number, which many bear",
}


class Day(NamedTuple):
    """A date, as far as it is known; 0 for what is not."""

    year: int
    month: int
    day: int


def keys_of(query: Query) -> frozenset[Key]:
    """What identifies the party that is asked for."""
    return frozenset(
        number_keys(query.identifiers)
        | lei_keys(query.lei)
        | bic_keys(query.bic)
        | email_keys(query.emails)
        | domain_keys((*query.websites, *query.emails), parents=True)
        | phone_keys(query.phones)
    )


def features_of(query: Query, keys: frozenset[Key], party: Listed) -> Iterator[Point]:
    """All points for and against. Where an identifier decides, what is said against says less: records err."""
    identifiers = list(_identifiers(keys, party))
    yield from identifiers
    decided = any(point.share >= weigh.DECIDES for point in identifiers)
    for point in (*_birth(query, party), *_address(query, party), *_country(query, party), *_kind(query, party)):
        yield point._replace(share=point.share * weigh.BESIDE_EXACT) if decided and point.share < 0 else point


def _identifiers(keys: frozenset[Key], party: Listed) -> Iterator[Point]:
    shared = sorted(keys & party.keys, key=lambda key: (-weigh.EXACT[key.kind], key.value))
    if any(key.kind == "email" for key in shared):  # its domain says nothing more
        shared = [key for key in shared if key.kind != "domain"]
    for key in shared:
        says = f"{_WORD_OF_KEY[key.kind]} is the same: {key.value}"
        yield Point(key.kind.replace(" ", "_"), says, weigh.EXACT[key.kind], key.value)


def _birth(query: Query, party: Listed) -> Iterator[Point]:
    ours, theirs = days_in(query.born), days_in(party.born)
    if not ours or not theirs:
        return
    share, word = max((_alike(one, other) for one in ours for other in theirs), key=lambda found: found[0])
    what = "born" if party.kind == "person" else "founded"
    if share:
        yield Point("birth", f"{what} {query.born[:40]}, the list says {party.born}: {word}", share, party.born)


def _alike(one: Day, other: Day) -> tuple[float, str]:
    if abs(one.year - other.year) >= 2:
        return weigh.BORN_OTHER_YEAR, "another year"
    if one.year != other.year:
        return 0.0, "nearly the same year"
    if not (one.month and one.day and other.month and other.day):
        return weigh.BORN_SAME_YEAR, "the same year"
    if one == other:
        return weigh.BORN_SAME_DAY, "the same day"
    if (one.month, one.day) == (other.day, other.month):
        return weigh.BORN_SWAPPED, "the same day with day and month exchanged"
    return weigh.BORN_OTHER_DAY, "another day of that year"


@lru_cache(maxsize=4096)
def days_in(text: str) -> frozenset[Day]:
    """The dates in a cell: ISO or day first, with parts unknown (``00/00/1987``), years alone, spans of years."""
    text = text[:200]
    found: set[Day] = set()
    for match in _FULL_DATE.finditer(text):
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        if int(month) > 12 >= int(day):
            month, day = day, month
        found.add(Day(int(year), int(month), int(day)))
    rest = _FULL_DATE.sub(" ", text)
    for match in _SPAN.finditer(rest):
        first, last = int(match[1]), int(match[2])
        found.update(Day(year, 0, 0) for year in range(first, min(last, first + 30) + 1))
    found.update(Day(int(year), 0, 0) for year in _YEAR.findall(rest))
    return frozenset(found)


def _country(query: Query, party: Listed) -> Iterator[Point]:
    ours = countries_of(query)
    if not ours or not party.countries:
        return
    theirs = ", ".join(COUNTRY_LABELS.get(code, code) for code in sorted(party.countries))
    given = ", ".join(COUNTRY_LABELS.get(code, code) for code in sorted(ours))
    value = ", ".join(sorted(ours))
    if ours & party.countries:
        yield Point("country", f"{given} agrees with the list", weigh.SAME_COUNTRY, value)
    elif not (ours & _CHINA and party.countries & _CHINA):
        yield Point("country", f"{given}; the list says {theirs}", weigh.OTHER_COUNTRY, value)


def countries_of(query: Query) -> frozenset[str]:
    """The country that is given, as a code or by name, else the one that the address ends with."""
    given = query.country.strip()
    if len(given) == 2 and given.isalpha():
        return frozenset({_OTHER_CODES.get(given.upper(), given.upper())})
    text = (given or query.address.rsplit(",", 1)[-1])[:200]
    turned = " ".join(reversed(text.split(",")))  # "Korea, Republic of"
    return frozenset(code for code in countries_in(turned) if len(code) == 2)


def _kind(query: Query, party: Listed) -> Iterator[Point]:
    ours, how = kind_of(query)
    if not ours or party.kind in ("", "intrusion set"):
        return
    if ours == party.kind:
        yield Point("kind", f"{how}, as the list says", weigh.SAME_KIND, ours)
    else:
        yield Point("kind", f"{how}, and the list has {_a(party.kind)}", weigh.OTHER_KIND, ours)


def kind_of(query: Query) -> tuple[PartyKind, str]:
    """What the record says that it is; where it says nothing, a legal form in the name tells."""
    for word in re.findall(r"[a-z]+", query.type.lower()):
        if word in _KIND_WORDS:
            return _KIND_WORDS[word], f"the record is of {_a(_KIND_WORDS[word])}"
    words = [token.form for token in tokenise(query.name[:400])]
    ends = {words[0], words[-1]} if len(words) > 1 else set()
    if ends & _SURE_FORMS or "公司" in query.name or "شرکت" in query.name:
        return "organisation", "the name has the form of an organisation's"
    return "", ""


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _address(query: Query, party: Listed) -> Iterator[Point]:
    ours = _words(query.address)
    for address in party.addresses:
        theirs = _words(address)
        shared = ours & theirs
        if len(shared) >= 4 and len(shared) >= 0.6 * min(len(ours), len(theirs)) and any(map(str.isdigit, shared)):
            yield Point("address", f"the address is that of the list: {address}", weigh.SAME_ADDRESS, address)
            return


@lru_cache(maxsize=4096)
def _words(address: str) -> frozenset[str]:
    return frozenset(token.form for token in tokenise(address[:400]))
