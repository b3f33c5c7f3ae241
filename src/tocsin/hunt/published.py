"""From the graph and a report to what is watched: which domains and addresses are published for whom, and by whom."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tocsin.hunt.addresses import address_of, network_of
from tocsin.hunt.shared import MAIL, is_registrable, is_service, is_suffix
from tocsin.hunt.watch import Statement, Watch, Watched, phone_key
from tocsin.knowledge import Graph
from tocsin.model import ActorTie, Designation, Indicator, Party, PartyTie, Trait

_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}\Z")
_KINDS = frozenset("domain ipv4 ipv6 cidr email url".split())  # of traits and indicators; a file is no contact

_MAIL_DOMAIN = "mail domain"  # where a party has a mailbox: its own, or that of a small provider, with others


class _Said(NamedTuple):
    """One publication of one thing."""

    kind: str
    value: str
    statement: Statement
    actor: str | None = None
    party: str | None = None
    on_list: bool = False
    report: bool = False


def watch_of(graph: Graph, indicators: Iterable[Indicator] = ()) -> Watch:
    """What to watch for: the contacts of designated parties, the traits of actors, what a report calls malicious.

    Never watched: public suffixes and the parents of dynamic names (``ddns.net``), whole domains of public mail, whole
    hosts where anybody may publish (of a URL there the path must match, too).
    """
    said: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for one in (*_contacts(graph), *_traits(graph), *_named(indicators)):
        key = _normal(one.kind, one.value)
        if key is not None and not (one.report and key[0] == "domain" and is_service(key[1])):
            said[key].append(one)
    return Watch(_watched(graph, kind, value, rows) for (kind, value), rows in said.items())


def _contacts(graph: Graph) -> Iterator[_Said]:
    """What lists give for the parties on them: their web sites, telephones, mail addresses, and mail domains of
    their own."""
    listed: list[tuple[Party, list[Designation]]] = []
    for ref in graph.parties:
        party = graph.parties[ref]
        now = [one for one in graph.designations.get(ref, ()) if one.delisted is None]
        if now and (party.domains or party.emails or party.phones):
            listed.append((party, now))
    users = Counter(host for party, _ in listed for host in {_mail_host(email) for email in party.emails})
    for party, now in listed:
        newest = max((one.listed or "" for one in now), default="") or None
        where = ", ".join(dict.fromkeys(one.list for one in now))
        by = party.by or now[0].by

        def stated(
            what: str, party: Party = party, by: str = by, day: str | None = newest, on: str = where
        ) -> Statement:
            return Statement(by, f"{what} of {party.name}, on {on}", day, party.url, party.source)

        for domain in party.domains:
            yield _Said("site", domain, stated("web site"), party=party.ref, on_list=True)
        for phone in party.phones:
            yield _Said("phone", phone, stated("telephone"), party=party.ref, on_list=True)
        for email in party.emails:
            yield _Said("email", email, stated("mail address"), party=party.ref, on_list=True)
            host = _mail_host(email)
            if host not in MAIL and users[host] == 1:  # a host of several parties is their provider's
                yield _Said(_MAIL_DOMAIN, host, stated("domain of a mail address"), party=party.ref, on_list=True)


def _traits(graph: Graph) -> Iterator[_Said]:
    """What advisories give for actors and parties."""
    for ref in graph.traits:
        is_party = ref in graph.parties
        for trait in graph.traits[ref]:
            if trait.kind in _KINDS:
                yield _Said(
                    trait.kind,
                    trait.value,
                    _statement(trait),
                    actor=None if is_party else graph.current(ref),
                    party=ref if is_party else None,
                )


def _statement(trait: Trait) -> Statement:
    return Statement(trait.by, trait.says, trait.published, trait.url, trait.source)


def _named(indicators: Iterable[Indicator]) -> Iterator[_Said]:
    """What a report names as malicious. A report is no authority."""
    for one in indicators:
        if one.role == "malicious" and one.kind in _KINDS:
            says = "named in the report, not by an authority" + (f" ({one.how})" if one.how else "")
            yield _Said(one.kind, one.value, Statement("the report", says, None, None, "report"), report=True)


def _normal(kind: str, text: str) -> tuple[str, str] | None:
    """Kind and value as they are looked up; nothing where it is not to be watched."""
    text = text.strip().lower()
    if kind == "phone":
        number = phone_key(text)
        return ("phone", number) if number else None
    if kind == "email":
        text = text.strip(".")
        return ("email", text) if "@" in text and _HOST.match(_mail_host(text)) else None
    rest = text.partition("://")[2] or text
    host, slash, path = rest.partition("/")
    if kind == "cidr" or (kind.startswith("ipv") and slash):
        try:
            return ("network", str(network_of(rest)))
        except ValueError:
            return None
    host = host.rpartition("@")[2]
    address = address_of(host) or address_of(host.rpartition(":")[0])
    if address is not None:
        return ("address", str(address))
    host = host.partition(":")[0].strip(".")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if kind == "site" and host.startswith("www.") and is_registrable(host[4:]):
        host = host[4:]  # it is of the same party as its www
    if not _HOST.match(host) or is_suffix(host):
        return None
    if kind in ("url", "site") and is_service(host):
        return ("url", f"{host}/{path}") if path else None
    return ("domain", host)


def _watched(graph: Graph, kind: str, value: str, rows: list[_Said]) -> Watched:
    actors = list(dict.fromkeys(one.actor for one in rows if one.actor))
    parties = list(dict.fromkeys(one.party for one in rows if one.party))
    return Watched(
        value=value,
        kind=kind,  # type: ignore[arg-type]  # one of those that _normal gives
        actors=tuple(
            ActorTie(ref=ref, name=graph.label(ref), why=_why(rows, value, actor=ref), shared_by=len(actors) - 1)
            for ref in actors
        ),
        parties=tuple(
            PartyTie(ref=ref, name=graph.label(ref), why=_why(rows, value, party=ref), lists=_lists(graph, ref))
            for ref in parties
        ),
        statements=tuple(dict.fromkeys(one.statement for one in rows)),
        named_by="report" if all(one.report for one in rows) else "authority",
        on_list=any(one.on_list for one in rows),
        shared=kind == "domain" and (is_service(value) or all(one.kind == _MAIL_DOMAIN for one in rows)),
    )


def _why(rows: list[_Said], value: str, *, actor: str | None = None, party: str | None = None) -> str:
    """Who publishes the value for this actor or party, and as what."""
    own = [one.statement for one in rows if (actor and one.actor == actor) or (party and one.party == party)]
    says = dict.fromkeys(f"{one.by}{f' ({one.published})' if one.published else ''}: {one.says}" for one in own)
    return f"{value} is published by {'; '.join(says)}"


def _lists(graph: Graph, ref: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.list for one in graph.designations.get(ref, ()) if one.delisted is None))


def _mail_host(email: str) -> str:
    return email.strip().lower().rpartition("@")[2]
