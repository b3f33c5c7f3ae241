"""What is watched for, and where in a text it stands: hosts and those below them, addresses, mailboxes, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from tocsin.hunt.addresses import Address, Prefixes, address_of, network_of
from tocsin.model import ActorTie, PartyTie

# Two labels or more, at their whole length: ``evil.com`` is neither in ``notevil.com`` nor in ``evil.com.example.org``,
# nor is it the name of a mailbox (``evil.com@example.org``). Two digits after a % belong to it. Linear: what a run has
# consumed is never given back, and none begins inside a label.
_HOSTS = re.compile(r"(?<![\w-])(?:(?<=%)[0-9a-f]{2})?([\w-]++(?:\.[\w-]++)++)(@?)")
_V6 = re.compile(r"(?<![\w:.])[0-9a-f]{0,4}+(?::[0-9a-f]{0,4}+){2,8}+(?![\w:])")
_LOCAL_PART = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}\Z")
_LONGEST = 253  # characters of a host name, RFC 1035
_PHONE = 9  # digits by which a telephone number is known
_PORT = re.compile(r"\A:\d{1,5}")
_QUAD = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
# What follows a dot: few texts hold an ending of what is watched, and to look for it is 15 times as fast as for hosts.
_LAST = re.compile(r"\.([\w-]+)")


class Statement(NamedTuple):
    """Who published a watched thing, as what, on which day (ISO 8601, may be a year or month), and where.

    ``source`` is the id of the list or catalogue that has it.
    """

    by: str
    says: str
    published: str | None
    url: str | None
    source: str = ""


class Watched(NamedTuple):
    """A thing to look for. ``value`` is a host, an address, a CIDR block, a mail address, ``host/path``, or the last
    nine digits of a telephone number.

    ``on_list`` is whether an official list in force gives it for a party; ``named_by`` who says that it is bad;
    ``shared`` whether others use the same host.
    """

    value: str
    kind: Literal["domain", "address", "network", "email", "url", "phone"]
    actors: tuple[ActorTie, ...] = ()
    parties: tuple[PartyTie, ...] = ()
    statements: tuple[Statement, ...] = ()
    named_by: Literal["authority", "report"] = "authority"
    on_list: bool = False
    shared: bool = False

    @property
    def is_site(self) -> bool:
        """Whether it is only a listed party's own site or mailbox: no attack comes from it as far as is published."""
        return self.on_list and not self.actors


class Match(NamedTuple):
    """A watched thing, and the text (in lower case) in which it was recognised."""

    watched: Watched
    text: str


class Watch:
    """All watched things by what is looked up: O(labels) a host name in a text, whatever their number."""

    def __init__(self, watched: Iterable[Watched] = ()) -> None:
        self.watched = tuple(watched)
        self._by_value = {one.value: one for one in self.watched if one.kind in ("domain", "email", "address")}
        self._phones = {one.value: one for one in self.watched if one.kind == "phone"}
        self._urls: dict[str, list[Watched]] = {}
        for one in self.watched:
            if one.kind == "url":
                self._urls.setdefault(one.value.partition("/")[0], []).append(one)
        self._networks: Prefixes[Watched] = Prefixes(
            (network_of(one.value), one) for one in self.watched if one.kind == "network"
        )
        hosts = [
            one.value.partition("/")[0].rpartition("@")[2]
            for one in self.watched
            if one.kind not in ("network", "phone")
        ]
        names = [host for host in hosts if ":" not in host]
        self._tails = {_tail(host) for host in names}
        self._depth = max((name.count(".") + 1 for name in names), default=1)
        self._blocks = bool(self._networks)
        self._v6 = self._blocks or len(names) < len(hosts)
        last = {name.rpartition(".")[2] for name in names}
        self._endings = last | {_unicode(label) for label in last}

    def __len__(self) -> int:
        return len(self.watched)

    @property
    def needs_colon(self) -> bool:
        """Whether a text without a dot can hold a watched thing: an IPv6 address."""
        return self._v6

    def find(self, text: str) -> Sequence[Match]:
        """The watched things in a text, each once, the most specific of those at one place. O(len(text))."""
        text = text.lower()
        v6 = self._v6 and text.count(":") > 1
        v4 = self._blocks and _QUAD.search(text) is not None
        if not v6 and not v4 and self._endings.isdisjoint(_LAST.findall(text)):
            return ()
        found: dict[str, Match] = {}
        for token in _HOSTS.finditer(text):
            if not token[2] and (match := self._host(text, token.start(1), token.end(1))) is not None:
                found.setdefault(match.watched.value, match)
        for token in _V6.finditer(text) if v6 else ():
            if (match := self._address(token[0])) is not None:
                found.setdefault(match.watched.value, match)
        return tuple(found.values())

    @property
    def has_phones(self) -> bool:
        """Whether a telephone number is watched."""
        return bool(self._phones)

    def dialled(self, text: str) -> Sequence[Match]:
        """The watched telephone number that a field for one holds, however it is written."""
        known = self._phones.get(phone_key(text))
        return (Match(known, text.lower()),) if known is not None else ()

    def _host(self, text: str, start: int, end: int) -> Match | None:
        host = text[start:end]
        if _QUAD.fullmatch(host):
            single = self._by_value.get(host)  # as it is written everywhere; to parse it costs more than the rest
            return Match(single, host) if single is not None else self._address(host) if self._blocks else None
        if not host.isascii():
            host = _punycode(host)
        if _tail(host) not in self._tails:
            return None
        if text[start - 1 : start] == "@" and (local := _LOCAL_PART.search(text, max(0, start - 65), start - 1)):
            mailbox = self._by_value.get(f"{local[0]}@{host}")
            if mailbox is not None:
                return Match(mailbox, mailbox.value)
        if host in self._urls:
            rest = _PORT.sub("", text[end : end + 2048])
            urls = [one for one in self._urls[host] if rest.startswith(one.value[len(host) :])]
            return Match(max(urls, key=lambda one: len(one.value)), host) if urls else None
        labels = host.rsplit(".", self._depth)[-self._depth :]  # a hostile text may have thousands
        for at in range(len(labels) - 1):
            known = self._by_value.get(".".join(labels[at:]))
            if known is not None and known.kind == "domain":
                return Match(known, host[-_LONGEST:])
        return None

    def _address(self, text: str) -> Match | None:
        address = address_of(text)
        if address is None:
            return None
        known = self._by_value.get(str(address)) or self._networks.get(address)
        return Match(known, text) if known is not None else None

    def without(self, own: Prefixes[bool]) -> Watch:
        """The same without addresses that nobody else can have: the organisation's own, and those of no host."""
        return Watch(one for one in self.watched if not _is_own(one, own))


def phone_key(text: str) -> str:
    """The last nine digits, since the country's code and the zeros before are written or not; empty for fewer."""
    digits = "".join(char for char in text[:_LONGEST] if char.isdigit() and char.isascii())
    return digits[-_PHONE:] if len(digits) >= _PHONE else ""


def _is_own(one: Watched, own: Prefixes[bool]) -> bool:
    if one.kind not in ("address", "network"):
        return False
    address: Address = network_of(one.value).network_address
    nobody = address.is_loopback or address.is_link_local or address.is_multicast or address.is_unspecified
    return nobody or bool(own.get(address))


def _tail(host: str) -> str:
    """The last two labels."""
    head, _, last = host.rpartition(".")
    return f"{head.rpartition('.')[2]}.{last}"


def _unicode(label: str) -> str:
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def _punycode(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
