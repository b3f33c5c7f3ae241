"""The tests of single values: wildcards, case, numbers, addresses and expressions."""

from __future__ import annotations

import ipaddress
import operator
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.detect.values import ANY, ONE, Regex, Wildcard, compared, folded, in_network, pattern, regex, time_part

MANY, SINGLE = Wildcard(ANY), Wildcard(ONE)
PARTS = st.lists(st.one_of(st.text("ab*", max_size=2), st.just(MANY), st.just(SINGLE)), max_size=6)


@given(PARTS, st.text("ab*", max_size=9), st.booleans())
def test_wildcards_match_what_an_expression_of_the_same_meaning_matches(
    parts: list[str | Wildcard], text: str, inside: bool
) -> None:
    whole = "".join(
        re.escape(part) if isinstance(part, str) else ".*" if part is MANY or part.mark == ANY else "."
        for part in parts
    )
    wanted = re.search(whole, text, re.DOTALL) if inside else re.fullmatch(whole, text, re.DOTALL)
    assert pattern(parts, inside=inside).holds(text) == bool(wanted)


def test_many_wildcards_over_a_long_value_take_no_time_that_grows_with_their_product() -> None:
    stars = [part for _ in range(40) for part in (MANY, "a", SINGLE)]
    assert not pattern([*stars, MANY, "b"]).holds("a" * 20_000)


@given(st.text())
def test_folding_keeps_every_place_and_is_stable(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
    assert folded(text.upper()) == folded(text.lower()) or not text.isascii()


@pytest.mark.parametrize(
    ("one", "two"), [("ΟΔΟΣ", "οδος"), ("Straße", "STRAßE"), ("\u212aey", "key"), ("ŽLUŤ", "žluť")]
)
def test_letters_of_any_script_match_without_case(one: str, two: str) -> None:
    assert pattern([one]).holds(folded(two))
    assert not pattern([one], cased=True).holds(two)


@pytest.mark.parametrize(
    ("expression", "flags", "text", "wanted"),
    [
        ("Get-[A-Z]{3}", "", "x Get-ABC y", True),
        ("Get-[A-Z]{3}", "", "x get-abc y", False),
        ("get-abc", "i", "x GET-ABC y", True),
        ("start.end", "", "start\nend", False),
        ("start.end", "s", "start\nend", True),
        ("^b$", "", "a\nb\nc", False),
        ("^b$", "m", "a\nb\nc", True),
        ("^a$", "", "a\n", False),
        (r"(?:a+)+$", "", "a" * 50_000 + "b", False),
    ],
)
def test_expressions_search_the_value_with_sigma_s_flags(expression: str, flags: str, text: str, wanted: bool) -> None:
    assert regex(expression, flags).holds(text) is wanted


@pytest.mark.parametrize("expression", ["keep-(?!safe)", r"(a)\1", "(?<=a)b", "a{2000}"])
def test_expressions_that_are_not_linear_are_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="Invalid regular expression"):
        Regex(expression)


@given(st.lists(st.text("ab\n", max_size=4), max_size=8), st.text("ab\n", max_size=4))
def test_judging_values_together_changes_no_verdict(texts: list[str], other: str) -> None:
    together = Regex("a.b|^b")
    together.learn(texts)
    assert [together(text) for text in [*texts, other]] == [Regex("a.b|^b")(text) for text in [*texts, other]]


@pytest.mark.parametrize(
    ("block", "text", "wanted"),
    [
        ("10.0.0.0/8", "10.200.3.4", True),
        ("10.0.0.0/8", "::ffff:10.1.2.3", True),
        ("10.0.0.0/8", "11.0.0.1", False),
        ("fe80::/10", "fe80::1", True),
        ("fe80::/10", "10.0.0.1", False),
        ("10.0.0.0/8", "10.0.0", False),
        ("10.0.0.0/8", "-", False),
    ],
)
def test_addresses_in_blocks(block: str, text: str, wanted: bool) -> None:
    assert in_network(ipaddress.ip_network(block)).holds(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("10", False), ("11", True), ("10.5", True), ("0x20", False), ("many", False), ("nan", False)]
)
def test_what_is_no_number_is_never_greater(text: str, wanted: bool) -> None:
    assert compared(">", operator.gt, 10).holds(text) is wanted


@pytest.mark.parametrize(
    ("text", "part", "wanted"),
    [
        ("2026-03-03 23:30:00.000", "hour", 23),
        ("2026-03-03T23:30:00+02:00", "hour", 21),
        ("2026-01-01", "week", 1),
        ("yesterday", "hour", None),
    ],
)
def test_parts_of_times(text: str, part: str, wanted: int | None) -> None:
    assert time_part(text, part) == wanted
