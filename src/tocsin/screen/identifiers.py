"""What identifies a party without its name, in one form for every way of writing it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

KeyKind = Literal[
    "register", "number", "short number", "common number", "lei", "bic", "wallet", "email", "domain", "phone"
]

# The numbers that the authorities themselves give a party; they mean nothing without the word for whose they are.
_REGISTERS = ("ofac", "ofsi-group", "un", "eu", "uk")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")  # ISO 9362
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")  # ISO 17442
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/@\s]*@)?((?:[\w-]+\.)+[\w-]{2,})", re.IGNORECASE)
# Hosts on which everybody has a page: the page may be a party's, the domain is not.
_SHARED_HOSTS = frozenset(
    """
    facebook.com twitter.com x.com instagram.com linkedin.com youtube.com t.me telegram.me vk.com ok.ru github.com
    medium.com wordpress.com blogspot.com weebly.com wixsite.com alibaba.com made-in-china.com aparat.com gmail.com
    yahoo.com outlook.com hotmail.com icloud.com mail.ru yandex.ru 163.com 126.com qq.com proton.me protonmail.com
    """.split()
)
_MAX = 200  # characters of a value; no identifier is longer


class Key(NamedTuple):
    """An identifier as it is compared: its kind and its value in one form."""

    kind: KeyKind
    value: str


def number_keys(values: Iterable[str]) -> set[Key]:
    """Keys of numbers, given as ``type:value`` or alone. ``V-4471903`` and ``v4471903`` are one.

    Six to eight digits are borne by several in different countries and registers (``HRB 709114`` is one in each court),
    fewer by many; a letter and seven digits, as passports have, are not.
    """
    keys: set[Key] = set()
    for given in values:
        kind, _, rest = given[:_MAX].partition(":")
        kind, value = (kind.strip().lower(), rest) if rest else ("", given[:_MAX])
        plain = "".join(char for char in value.upper() if char.isalnum())
        if not plain or kind == "ticker":
            continue
        if kind in _REGISTERS:
            keys.add(Key("register", f"{kind}:{plain}"))
        elif kind.startswith("wallet"):
            keys.add(Key("wallet", value.strip()))
        elif kind == "lei":
            keys |= lei_keys(value)
        elif kind in ("bic", "swift", "swiftbic"):
            keys |= bic_keys(value)
        else:
            keys.add(Key(_strength(plain), plain))
            if not kind and len(plain) >= 25:
                keys.add(Key("wallet", value.strip()))
    return keys


def _strength(plain: str) -> KeyKind:
    digits = sum(map(str.isdigit, plain))
    if digits < 6:
        return "short number"
    return "number" if digits > 8 or (digits > 6 and digits < len(plain)) else "common number"


def lei_keys(text: str) -> set[Key]:
    """The key of a legal entity identifier; none where it is not one."""
    plain = re.sub(r"\W", "", text[:_MAX]).upper()
    return {Key("lei", plain)} if _LEI.fullmatch(plain) else set()


def bic_keys(text: str) -> set[Key]:
    """The key of a BIC: its first eight letters, which name the institution; three more only name its branch."""
    plain = re.sub(r"\W", "", text[:_MAX]).upper()
    return {Key("bic", plain[:8])} if _BIC.fullmatch(plain) else set()


def email_keys(emails: Iterable[str]) -> set[Key]:
    """Keys of addresses, and of the domains that they stand under."""
    keys: set[Key] = set()
    for email in emails:
        plain = email[:_MAX].strip().lower()
        if plain.count("@") == 1 and not plain.startswith("@"):
            keys.add(Key("email", plain))
    return keys


def domain_keys(addresses: Iterable[str], *, parents: bool) -> set[Key]:
    """Keys of the hosts in URLs, e-mail addresses or domains, without ``www``.

    ``parents`` adds the domains that a host stands under: a page on ``mail.i-soon.net`` is one of ``i-soon.net``.
    """
    keys: set[Key] = set()
    for address in addresses:
        match = _HOST.match(address[:_MAX].strip())
        host = match[1].lower().removeprefix("www.") if match else ""
        labels = host.split(".")
        hosts = [".".join(labels[at:]) for at in range(len(labels) - 1)] if parents else [host]
        keys.update(Key("domain", one) for one in hosts if one and one not in _SHARED_HOSTS)
    return keys


def phone_keys(phones: Iterable[str]) -> set[Key]:
    """Keys of telephone numbers: the last nine digits, since country codes and zeros before them are written or not."""
    digits = ("".join(char for char in phone[:_MAX] if char.isdigit()) for phone in phones)
    return {Key("phone", number[-9:]) for number in digits if len(number) >= 9}
