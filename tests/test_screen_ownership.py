"""What listed parties own: each authority's rule, through chains and circles, with the path."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.model import Designation, Relation
from tocsin.screen.ownership import RULES, Owned, owned_parties, ownership_reason

DAY = "2026-06-01"


class Made:
    """As much of a graph as owners need."""

    def __init__(self, links: list[tuple[Any, ...]], listed: dict[str, str], measures: tuple[str, ...] = ()) -> None:
        self.designations = {
            ref: [
                Designation(ref=ref, authority=by, list=f"{by}-X", programme="X", listed=DAY, measures=measures)
                for by in authorities.split()
            ]
            for ref, authorities in listed.items()
        }
        self.relations: dict[str, list[Relation]] = {}
        for subject, predicate, thing, share, *more in links:
            row = Relation(
                subject=subject, predicate=predicate, object=thing, share=share, until=more[0] if more else None
            )
            self.relations.setdefault(subject, []).append(row)

    def label(self, ref: str) -> str:
        return ref.upper()


def found(links: list[tuple[Any, ...]], listed: dict[str, str], **more: Any) -> dict[tuple[str, str], Owned]:
    made = Made(links, listed, **more)
    return {(ref, one.authority): one for ref, rows in owned_parties(made, DAY).items() for one in rows}  # type: ignore[arg-type]


def owned(links: list[tuple[Any, ...]], authority: str = "US", listed: tuple[str, ...] = ("x",)) -> set[str]:
    """The refs that one authority's rule reaches by ownership."""
    everything = found(links, dict.fromkeys(listed, authority))
    return {ref for (ref, by), one in everything.items() if by == authority and one.how == "owned"}


# The examples of OFAC's FAQ 401, in its own order.
FAQ_401 = [
    ([("x", "owns", "a", 0.5), ("a", "owns", "b", 0.5)], {"a", "b"}),
    (
        [("x", "owns", "a", 0.5), ("x", "owns", "b", 0.5), ("a", "owns", "c", 0.25), ("b", "owns", "c", 0.25)],
        {"a", "b", "c"},
    ),
    ([("x", "owns", "a", 0.5), ("x", "owns", "b", 0.1), ("a", "owns", "b", 0.4)], {"a", "b"}),
    ([("x", "owns", "a", 0.5), ("x", "owns", "b", 0.25), ("a", "owns", "c", 0.25), ("b", "owns", "c", 0.25)], {"a"}),
    ([("x", "owns", "a", 0.25), ("x", "owns", "b", 0.25), ("a", "owns", "c", 0.5), ("b", "owns", "c", 0.5)], set()),
]


@pytest.mark.parametrize("number", range(len(FAQ_401)))
def test_the_examples_of_ofac(number: int):
    links, expected = FAQ_401[number]
    assert owned(links) == expected


def test_half_is_enough_for_the_us_and_the_eu_and_not_for_the_uk_and_switzerland():
    links = [("x", "owns", "a", 0.5)]
    assert {by for by in ("US", "EU", "UK", "CH") if owned(links, by)} == {"US", "EU"}
    assert {by for by in ("US", "EU", "UK", "CH") if owned([("x", "owns", "a", 0.501)], by)} == {"US", "EU", "UK", "CH"}


def test_owners_are_added_up_but_by_the_uk():
    links = [("x", "owns", "a", 0.3), ("y", "owns", "a", 0.3)]
    assert {by for by in ("US", "EU", "UK", "CH") if owned(links, by, ("x", "y"))} == {"US", "EU", "CH"}


def test_an_owner_whom_another_authority_lists_does_not_count():
    links = [("x", "owns", "a", 0.3), ("y", "owns", "a", 0.3)]
    assert found(links, {"x": "US", "y": "EU"}) == {}


def test_one_persons_direct_and_indirect_shares_count_together_for_the_uk():
    assert owned([("x", "owns", "a", 0.6), ("x", "owns", "b", 0.2), ("a", "owns", "b", 0.4)], "UK") == {"a", "b"}


def test_control_counts_for_all_but_the_us():
    links = [("x", "controls", "a", None)]
    result = found(links, {"x": "US EU UK CH"})
    assert {by: one.how for (_, by), one in result.items()} == dict.fromkeys(("EU", "UK", "CH"), "controlled")


def test_a_share_that_nobody_gives_is_said_to_be_unknown():
    (one,) = found([("x", "owns", "a", None)], {"x": "US"}).values()
    assert (one.how, one.share) == ("share unknown", None)
    assert "no source gives" in ownership_reason(Made([], {}), one).says  # type: ignore[arg-type]


def test_a_circle_of_owners_ends():
    links = [("x", "owns", "a", 0.6), ("a", "owns", "b", 0.6), ("b", "owns", "a", 0.4), ("b", "owns", "c", 0.5)]
    assert owned(links) == {"a", "b", "c"}
    assert owned([("a", "owns", "b", 1.0), ("b", "owns", "a", 1.0)]) == set()


def test_what_was_sold_does_not_count():
    assert found([("x", "owns", "a", 0.9, "2024-01-01")], {"x": "US"}) == {}
    assert found([("x", "owns", "a", 0.9, "2027-01-01")], {"x": "US"}) != {}


def test_only_a_freeze_passes_on():
    assert found([("x", "owns", "a", 0.9)], {"x": "EU"}, measures=("travel ban",)) == {}
    assert found([("x", "owns", "a", 0.9)], {"x": "EU"}, measures=("asset freeze", "travel ban")) != {}


def test_the_reason_shows_the_path_and_the_rule():
    result = found([("x", "owns", "a", 0.6), ("a", "owns", "b", 0.55), ("y", "owns", "b", 0.1)], {"x": "US", "y": "US"})
    reason = ownership_reason(Made([], {}), result["b", "US"])  # type: ignore[arg-type]
    assert reason.says == "X and Y, listed by US, own 65.00% of it; US takes 50% or more, added up over listed owners"
    assert [part.says for part in reason.parts] == [
        "X owns 60.00% of A",
        "A owns 55.00% of B",
        "Y owns 10.00% of B",
    ]
    assert "79 FR 47726" in reason.evidence[0].says


NODES = st.sampled_from("xyabcdef")
LINKS = st.lists(
    st.tuples(NODES, st.just("owns"), NODES, st.sampled_from([0.1, 0.25, 0.4, 0.5, 0.6, 1.0])), max_size=16
)


@settings(max_examples=200)
@given(LINKS)
def test_the_result_is_that_of_a_plain_count(links: list[tuple[str, str, str, float]]):
    stakes: dict[tuple[str, str], float] = {}
    for owner, _, thing, share in links:
        stakes[owner, thing] = max(share, stakes.get((owner, thing), 0.0))
    blocked = {"x", "y"}
    for _ in range(10):
        for thing in "abcdef":
            if (
                round(sum(share for (owner, what), share in stakes.items() if what == thing and owner in blocked), 4)
                >= 0.5
            ):
                blocked.add(thing)
    assert owned(links, "US", ("x", "y")) == blocked - {"x", "y"}


def test_each_rule_names_its_source():
    assert {rule.authority for rule in RULES} == {"US", "EU", "UK", "CH"}
    assert all(rule.act and rule.url.startswith("https://") for rule in RULES)
