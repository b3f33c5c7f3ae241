"""Versions compare as their vendors count them, never as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.audit.versions import SCHEMES, Version, parse_branch, parse_version

WRITTEN = [
    ("fortinet", "v7.0.16,build0667,241001 (GA.M)", (7, 0, 16)),
    ("fortinet", "v7.0.17-build0682", (7, 0, 17)),
    ("fortinet", "FortiOS v7.4.8 build2795", (7, 4, 8)),
    ("ivanti", "22.7R2.10", (22, 7, 2, 10)),
    ("ivanti", "22.7R2.5 (build 3793)", (22, 7, 2, 5)),
    ("ivanti", "9.1R18.9", (9, 1, 18, 9)),
    ("ivanti", "22.8R1", (22, 8, 1)),
    ("ivanti", "25.1.3.0", (25, 1, 3, 0)),
    ("netscaler", "13.1-58.32", (13, 1, 58, 32)),
    ("netscaler", "NS13.1 58.32.nc", (13, 1, 58, 32)),
    ("netscaler", "NS13.1: Build 58.31.nc", (13, 1, 58, 31)),
    ("netscaler", "13.1.58.32", (13, 1, 58, 32)),
    ("exchange", "15.2.1544.11", (15, 2, 1544, 11)),
    ("exchange", "15.02.1258.028", (15, 2, 1258, 28)),
    ("exchange", "Version 15.2 (Build 1544.4)", (15, 2, 1544, 4)),
    ("cisco-asa", "9.16(4)57", (9, 16, 4, 57)),
    ("cisco-asa", "9.16.4.85", (9, 16, 4, 85)),
    ("cisco-asa", "9.18(4)", (9, 18, 4)),
    ("cisco-ios-xe", "17.03.04a", (17, 3, 4, 1)),
    ("cisco-ios-xe", "16.12.1z1", (16, 12, 1, 26, 1)),
    ("pan-os", "10.2.3-h4", (10, 2, 3, 4)),
    ("pan-os", "11.1.2", (11, 1, 2)),
    ("sonicwall", "10.2.1.14-75sv", (10, 2, 1, 14, 75)),
    ("sophos", "19.0 MR1", (19, 0, 1)),
    ("sophos", "SFOS 18.5.4 MR-4-Build418", (18, 5, 4)),
    ("check-point", "R81.20", (81, 20)),
    ("junos", "21.2R3-S9", (21, 2, 3, 9)),
    ("zimbra", "8.7.11p10", (8, 7, 11, 10)),
    ("zimbra", "8.8.15_GA_3869.UBUNTU18 Patch 41", (8, 8, 15, 41)),
    ("zyxel", "V4.60(ABUI.1)", (4, 60, 1)),
    ("zyxel", "4.60", (4, 60)),
    ("dotted-4", "9.2.0.006", (9, 2, 0, 6)),
    ("dotted-2", "4.92", (4, 92)),
]
# Each is older than the next, and comes after it as text.
TRAPS = [
    ("fortinet", "7.0.9", "7.0.16"),
    ("ivanti", "22.7R2.6", "22.7R2.10"),
    ("ivanti", "9.1R18.9", "22.7R2.5"),
    ("netscaler", "14.1-8.50", "14.1-43.56"),
    ("exchange", "15.1.845.34", "15.1.1034.26"),
    ("cisco-asa", "9.16(4)9", "9.16(4)57"),
    ("cisco-ios-xe", "17.9.4", "17.9.4a"),
    ("cisco-ios-xe", "17.9.4a", "17.12.1"),
    ("pan-os", "10.2.9", "10.2.9-h1"),
    ("pan-os", "10.2.9-h9", "10.2.10"),
    ("sonicwall", "10.2.1.3-27sv", "10.2.1.14-75sv"),
    ("junos", "21.2R3-S9", "21.2R3-S10"),
    ("junos", "24.2R1-S2", "24.2R2"),
    ("zimbra", "8.7.11p9", "8.7.11p10"),
]


def known(scheme: str, text: str) -> Version:
    version = parse_version(scheme, text)
    assert version is not None, text
    return version


@pytest.mark.parametrize(("scheme", "text", "numbers"), WRITTEN)
def test_versions_are_read_as_they_are_written(scheme: str, text: str, numbers: tuple[int, ...]) -> None:
    version = known(scheme, text)
    assert version.numbers == numbers
    assert version.exact


@pytest.mark.parametrize(("scheme", "older", "newer"), TRAPS)
def test_what_text_would_put_the_wrong_way_round(scheme: str, older: str, newer: str) -> None:
    assert known(scheme, older).low < known(scheme, newer).low


@pytest.mark.parametrize(
    ("scheme", "text", "product", "numbers"),
    [
        ("exchange", "2019 CU14", "Exchange Server", (15, 2, 1544)),
        ("exchange", "CU14", "Microsoft Exchange Server 2019", (15, 2, 1544)),
        ("exchange", "2016 Cumulative Update 23", "", (15, 1, 2507)),
        ("exchange", "SE RTM", "Exchange Server", (15, 2, 2562)),
        ("fortinet", "7.0", "", (7, 0)),
        ("netscaler", "13.1", "", (13, 1)),
        ("sonicwall", "10.2.1.14", "", (10, 2, 1, 14)),
    ],
)
def test_a_version_that_leaves_its_end_open_is_not_exact(
    scheme: str, text: str, product: str, numbers: tuple[int, ...]
) -> None:
    version = parse_version(scheme, text, product)
    assert version is not None
    assert (version.numbers, version.exact) == (numbers, False)
    assert version.low < version.high


@pytest.mark.parametrize("text", ["", "latest", "unknown", "n/a", "R2D2", "2019", "CU99"])
def test_what_is_no_version_is_none(text: str) -> None:
    assert parse_version("exchange", text, "Exchange Server") is None


def test_builds_of_fips_and_ndcpp_are_branches_of_their_own() -> None:
    fips = parse_version("netscaler", "13.1-37.219", "NetScaler ADC 13.1-FIPS")
    assert fips is not None
    assert parse_branch("13.1-FIPS").holds(fips)
    assert not parse_branch("13.1").holds(fips)
    assert not parse_branch("13.1-NDcPP").holds(fips)
    assert parse_branch("13.1").holds(known("netscaler", "13.1-58.32"))
    assert not parse_branch("13.1").holds(known("netscaler", "13.0-92.31"))


NUMBERS = st.lists(st.integers(0, 9999), min_size=3, max_size=3).map(tuple)


@given(NUMBERS, NUMBERS)
def test_the_order_of_versions_is_the_order_of_their_numbers(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    for scheme, pattern in (("fortinet", "v{}.{}.{}"), ("ivanti", "{}.{}R{}"), ("junos", "{}.{}R{}")):
        left, right = known(scheme, pattern.format(*one)), known(scheme, pattern.format(*other))
        assert (left.low < right.low) == (one < other)
        assert (left.low == right.low) == (one == other)
        assert left.low == left.high


@given(st.sampled_from(sorted(SCHEMES)), st.text(max_size=300), st.text(max_size=300))
def test_no_text_is_too_odd(scheme: str, text: str, product: str) -> None:
    version = parse_version(scheme, text, product)
    assert version is None or (version.low <= version.high and len(version.low) == len(version.high))


@given(st.sampled_from(sorted(SCHEMES)), st.text(alphabet="0123456789.-()RSvh pP", max_size=40))
def test_hostile_numbers_stay_in_bounds(scheme: str, text: str) -> None:
    version = parse_version(scheme, text * 30)
    assert version is None or all(0 <= number < 10**12 for number in version.numbers)
