"""Versions as their vendors write them, made comparable: numbers as numbers, each vendor's scheme by its own reading.

As text 7.0.9 comes after 7.0.16, 22.7R2.6 after 22.7R2.10 and build 8.50 after build 43.56; as numbers they do not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WIDTH = 6  # numbers of the longest version of any scheme
_MOST = 10**12  # more than any number in a version
_MAX_TEXT = 200  # characters; a banner is shorter


class Version(NamedTuple):
    """A version: its numbers, and a flavour whose builds have a count of their own (FIPS, NDcPP).

    ``exact`` is False where the text leaves the end open: 7.0 may be any 7.0.x, "2019 CU14" any build of that update.
    """

    numbers: tuple[int, ...]
    flavour: str = ""
    exact: bool = True

    @property
    def low(self) -> tuple[int, ...]:
        """The lowest version that the text can mean."""
        return self.numbers + (0,) * (_WIDTH - len(self.numbers))

    @property
    def high(self) -> tuple[int, ...]:
        """The highest version that the text can mean."""
        return self.low if self.exact else self.numbers + (_MOST,) * (_WIDTH - len(self.numbers))


class Branch(NamedTuple):
    """The beginning that all versions of a branch share."""

    numbers: tuple[int, ...]
    flavour: str = ""

    def holds(self, version: Version) -> bool:
        """Whether a version is of this branch."""
        same = version.numbers[: len(self.numbers)] == self.numbers
        return same and version.flavour.lower() == self.flavour.lower()


class Scheme(NamedTuple):
    """How a vendor writes versions: patterns, the first that is found counts; and how many numbers make it exact."""

    patterns: tuple[re.Pattern[str], ...]
    exact: int


def _scheme(exact: int, *patterns: str) -> Scheme:
    return Scheme(tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns), exact)


_BEGIN = r"(?<![\d.])"  # a version begins where no other number ends
SCHEMES: dict[str, Scheme] = {
    # Plain numbers parted by dots, by how many of them name one version and not a branch.
    "dotted-2": _scheme(2, _BEGIN + r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?"),
    "dotted-3": _scheme(3, _BEGIN + r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?"),
    "dotted-4": _scheme(4, _BEGIN + r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?"),
    # v7.0.16,build0667,241001 (GA.M); the build only counts within the version.
    "fortinet": _scheme(3, _BEGIN + r"v?(\d+)\.(\d+)(?:\.(\d+))?"),
    # 22.7R2.10, 9.1R18.9; from 25 on plain numbers.
    "ivanti": _scheme(
        3, _BEGIN + r"(\d+)\.(\d+)\s?R(\d+)(?:\.(\d+))?", _BEGIN + r"(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?"
    ),
    # 13.1-58.32, NS13.1: Build 58.31.nc, 13.1.58.32.
    "netscaler": _scheme(4, _BEGIN + r"(?:NS)?(\d+)\.(\d+)(?:[\s:.,-]+(?:build\s*)?(\d+)\.(\d+))?"),
    # 15.2.1544.11, 15.02.1544.011, Version 15.2 (Build 1544.11).
    "exchange": _scheme(
        4, _BEGIN + r"(1[45])\.(\d+)\s*\(build\s*(\d+)\.(\d+)\)", _BEGIN + r"(1[45])\.(\d+)(?:\.(\d+))?(?:\.(\d+))?"
    ),
    # 9.16(4)57, 9.16.4.57.
    "cisco-asa": _scheme(
        3, _BEGIN + r"(\d+)\.(\d+)\((\d+)(?:\.\d+)?\)(\d+)?", _BEGIN + r"(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?"
    ),
    # 17.03.04a, 16.12.1z1.
    "cisco-ios-xe": _scheme(3, _BEGIN + r"(\d+)\.(\d+)(?:\.(\d+)([a-z](?![a-z]))?(\d+)?)?"),
    # 10.2.3-h4.
    "pan-os": _scheme(3, _BEGIN + r"(\d+)\.(\d+)(?:\.(\d+)(?:-h(\d+))?)?"),
    # 10.2.1.14-75sv.
    "sonicwall": _scheme(5, _BEGIN + r"(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-(\d+)sv)?"),
    # 19.0 MR1, 18.5.4 MR-4-Build418, 19.0 GA.
    "sophos": _scheme(3, _BEGIN + r"v?(\d+)\.(\d+)\s*MR-?(\d+)", _BEGIN + r"v?(\d+)\.(\d+)(?:\.(\d+))?"),
    # R81.20, R81.
    "check-point": _scheme(1, r"(?<![a-z0-9])R(\d+)(?:\.(\d+))?"),
    # 21.2R3-S9.
    "junos": _scheme(3, _BEGIN + r"(\d+)\.(\d+)(?:R(\d+)(?:-S(\d+))?)?"),
    # 8.7.11p10, 8.8.15_P41, 8.8.15 Patch 41.
    "zimbra": _scheme(3, _BEGIN + r"(\d+)\.(\d+)(?:\.(\d+)(?:(?:|.{0,40}?[\s_-])p(?:atch)?[\s_-]?(\d+))?)?"),
    # 4.60, 4.60 Patch 1, V4.60(ABUI.1).
    "zyxel": _scheme(
        2, _BEGIN + r"v?(\d+)\.(\d+)\([a-z]+\.(\d+)\)", _BEGIN + r"v?(\d+)\.(\d+)(?:\s*p(?:atch)?\s*(\d+))?"
    ),
}
_FLAVOUR = re.compile(r"\b(FIPS|NDcPP)\b", re.IGNORECASE)
_FLAVOURED = frozenset({"netscaler"})
# Cumulative updates of Exchange by their build, as Microsoft lists them:
# https://github.com/microsoft/CSS-Exchange/blob/main/Shared/Get-ExchangeBuildVersionInformation.ps1
_UPDATES: dict[str, tuple[int, int, tuple[int, ...]]] = {  # year: the line 15.x, the first update listed, the builds
    "2013": (0, 16, (1293, 1320, 1347, 1365, 1367, 1395, 1473, 1497)),
    "2016": (
        1,
        1,
        (
            *(396, 466, 544, 669, 845, 1034, 1261, 1415, 1466, 1531, 1591, 1713),
            *(1779, 1847, 1913, 1979, 2044, 2106, 2176, 2242, 2308, 2375, 2507),
        ),
    ),
    "2019": (2, 1, (330, 397, 464, 529, 595, 659, 721, 792, 858, 922, 986, 1118, 1258, 1544, 1748)),
}
_UPDATE = re.compile(r"\b(2013|2016|2019)\b.{0,40}?\b(?:CU|cumulative update)\s?(\d{1,2})\b", re.IGNORECASE)
_SUBSCRIPTION = re.compile(r"\b(?:SE|subscription edition)\b.{0,20}?\bRTM\b", re.IGNORECASE)


def parse_version(scheme: str, text: str, product: str = "") -> Version | None:
    """The version that a text gives in a scheme, or None. ``product`` is what the inventory calls the product: it may
    hold the flavour, or the year of an Exchange whose version says only "CU14". O(length)."""
    text, product = text[:_MAX_TEXT], product[:_MAX_TEXT]
    rule = SCHEMES[scheme]
    for pattern in rule.patterns:
        if found := pattern.search(text):
            numbers = _numbers(found.groups())
            return Version(numbers, _flavour(scheme, f"{text} {product}"), len(numbers) >= rule.exact)
    return _exchange_update(f"{product} {text}") if scheme == "exchange" else None


def parse_branch(text: str) -> Branch:
    """A branch as the pack writes it: 7.0, 9.1R14, 13.1-FIPS."""
    return Branch(tuple(int(number) for number in re.findall(r"\d+", text)), _flavour("netscaler", text))


def _numbers(groups: tuple[str | None, ...]) -> tuple[int, ...]:
    """The parts as numbers, letters by their place in the alphabet; what is not given at the end is left out."""
    parts = list(groups)
    while parts and parts[-1] is None:
        parts.pop()
    return tuple(_number(part) for part in parts)


def _number(part: str | None) -> int:
    if part is None:
        return 0
    return min(int(part[:12]), _MOST - 1) if part.isdigit() else ord(part.lower()) - ord("a") + 1


def _flavour(scheme: str, text: str) -> str:
    found = _FLAVOUR.search(text) if scheme in _FLAVOURED else None
    return found[1].lower() if found else ""


def _exchange_update(text: str) -> Version | None:
    if found := _UPDATE.search(text):
        line, first, builds = _UPDATES[found[1]]
        at = int(found[2]) - first
        return Version((15, line, builds[at]), exact=False) if 0 <= at < len(builds) else None
    return Version((15, 2, 2562), exact=False) if _SUBSCRIPTION.search(text) else None
