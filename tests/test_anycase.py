"""Patterns in lower case find on lower-cased text what ignoring case finds on the text itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.read.claims.anycase import lower, lowered

PATTERNS = [
    r"\b(?:Listed|sanctioned)\s+(?=[A-Z])",
    r"(?P<who>[A-Z]\w+)\s+of\s+(?P<what>\w+)",
    r"(?<![\w-])(?:EU|US)(?!\w)",
    r"\S+\W+\D",
]
TEXTS = st.text(alphabet="AaBbLlIiSsTtEeDdUuOoFf 1-.İ", max_size=60)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=TEXTS)
def test_the_places_found_are_those_that_ignoring_case_finds(pattern: str, text: str) -> None:
    plain = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE) if "İ" not in text]
    folded = [match.span() for match in lowered(pattern).finditer(lower(text)) if "İ" not in text]
    assert folded == plain


@given(st.text())
def test_every_character_keeps_its_place(text: str) -> None:
    small = lower(text)
    assert len(small) == len(text)
    assert all(one in (old, old.lower()) for one, old in zip(small, text, strict=True) if old != "Σ")
