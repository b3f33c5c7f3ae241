"""Indicators in a text: what they are, where they stand, and how the text speaks of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from tocsin.model import Indicator
from tocsin.read.indicators.address import addresses
from tocsin.read.indicators.artefacts import artefacts
from tocsin.read.indicators.base import Found
from tocsin.read.indicators.defang import refang
from tocsin.read.indicators.names import address_urls, emails, names, urls
from tocsin.read.indicators.roles import Role, Roles

# Where two readers claim the same characters, the one whose form says more is right: a user agent may hold a link, a
# path a host-like name, a URL an address.
_ORDER = ("user_agent", "url", "email", "task", "service", "mutex", "registry", "path", "cve", "hash", "ip", "name")
_RANK = {name: rank for rank, name in enumerate(_ORDER)}
_GROUPS = {"md5": "hash", "sha1": "hash", "sha256": "hash", "wallet": "hash", "ipv4": "ip", "ipv6": "ip", "cidr": "ip"}
_GROUPS |= {"file": "name", "domain": "name"}


def find_indicators(text: str) -> tuple[Indicator, ...]:
    """Every indicator in ``text``, each place it stands, in order and without overlaps; never raises.

    ``value`` is refanged and normalised, ``text`` as written. Kinds: ipv4, ipv6 (also ranges), cidr (IPv4 ranges),
    domain, url, email, md5, sha1, sha256, file, registry, task, service, mutex, user_agent, wallet, cve. The domain of
    a URL or an e-mail address is not listed by itself. Links that the text gives its reader are left out; a service
    that it calls legitimate is listed with that role and the words that say so in ``how``. A value that is spoken of
    twice has one role: legitimate before malicious, and either before unknown.
    """
    refanged = refang(text)
    whole = refanged.text
    ips = address_urls(refanged, addresses(refanged))
    candidates: list[tuple[int, Found]] = []
    for source in (urls(refanged), emails(refanged), artefacts(whole), ips, names(refanged)):
        candidates += ((_rank(found), found) for found in source)
    found_at: list[tuple[Indicator, bool]] = []
    for found in _without_overlaps(candidates):
        start, end = refanged.span(found.start, found.end)
        marked = refanged.marked(found.start, found.end + 1)  # a defanged port speaks for the address before it
        found_at.append(
            (Indicator(kind=found.kind, value=found.value, text=text[start:end], start=start, end=end), marked)
        )
    return _with_roles(text, found_at)


def _rank(found: Found) -> int:
    if found.kind == "file" and ("\\" in found.value or "/" in found.value):
        return _RANK["path"]
    return _RANK[_GROUPS.get(found.kind, found.kind)]


def _without_overlaps(candidates: Iterable[tuple[int, Found]]) -> list[Found]:
    starts: list[int] = []
    kept: list[Found] = []
    for _, found in sorted(candidates, key=lambda item: (item[0], item[1].start, -item[1].end)):
        at = bisect_left(starts, found.end)
        if at and kept[at - 1].end > found.start:
            continue
        starts.insert(at, found.start)
        kept.insert(at, found)
    return kept


def _with_roles(text: str, found_at: list[tuple[Indicator, bool]]) -> tuple[Indicator, ...]:
    roles = Roles(text)
    decided: list[tuple[Indicator, Role, str]] = []
    said: dict[tuple[str, str], tuple[Role, str]] = {}
    for number, (found, marked) in enumerate(found_at):
        after = found_at[number + 1][0].start if number + 1 < len(found_at) else len(text)
        role, how = roles.of(found, marked, after)
        decided.append((found, role, how))
        key = (found.kind, found.value)
        if role == "legitimate" or (role == "malicious" and key not in said):
            said[key] = (role, how)
    result = []
    for found, role, how in decided:
        role, how = said.get((found.kind, found.value), (role, how)) if role != "reference" else (role, how)
        if role != "reference":
            result.append(
                Indicator(
                    kind=found.kind,
                    value=found.value,
                    text=found.text,
                    start=found.start,
                    end=found.end,
                    role=role,
                    how=how,
                )
            )
    return tuple(result)
