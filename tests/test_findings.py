"""Findings: one id for the same thing wherever it is met, and the actors that it is consistent with."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.knowledge import Graph, open_graph
from tocsin.knowledge.relate import FEW, related
from tocsin.model import Finding, Observed, finding_id, merged

FIELDS = st.dictionaries(st.text(max_size=6), st.one_of(st.text(max_size=8), st.lists(st.text(max_size=3))), max_size=4)


def seen(file: str, fields: dict[str, Any], *techniques: str, host: str = "ws01") -> Finding:
    return Finding(
        id=finding_id("detection", "r1", host, "anna", [fields]),
        kind="detection",
        title="Something",
        severity="medium",
        confidence="moderate",
        host=host,
        techniques=techniques,
        evidence=(Observed(file=file, record="line 1", fields=fields),),
    )


@given(st.lists(FIELDS, max_size=4))
def test_an_id_is_of_the_content_in_any_order(contents: list[dict[str, Any]]) -> None:
    one = finding_id("hunt", "contacts", "WS01", None, contents)
    turned = [dict(reversed(list(fields.items()))) for fields in reversed(contents)]
    assert one == finding_id("hunt", "contacts", "ws01", None, turned)
    assert len(one) == 16
    assert int(one, 16) >= 0


@pytest.mark.parametrize(
    "other",
    [
        ("hunt", "r1", "ws01", "anna", {"a": "b"}),
        ("detection", "r2", "ws01", "anna", {"a": "b"}),
        ("detection", "r1", "ws02", "anna", {"a": "b"}),
        ("detection", "r1", "ws01", None, {"a": "b"}),
        ("detection", "r1", "ws01", "anna", {"a": "c"}),
        ("detection", "r1", "ws01a", "nna", {"a": "b"}),
    ],
)
def test_another_kind_rule_host_user_or_record_is_another_finding(other: Any) -> None:
    kind, by, host, user, fields = other
    assert finding_id("detection", "r1", "ws01", "anna", [{"a": "b"}]) != finding_id(kind, by, host, user, [fields])


def test_a_record_met_in_two_files_is_one_finding_that_lists_both() -> None:
    first, second, other = seen("a.jsonl", {"x": "1"}), seen("b.zip#a.jsonl", {"x": "1"}), seen("a.jsonl", {"x": "2"})
    both = merged([first, other, second, first])
    assert [one.id for one in both] == [first.id, other.id]
    assert [place.file for place in both[0].evidence] == ["a.jsonl", "b.zip#a.jsonl"]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()[0]


def test_a_finding_names_the_actors_at_hand_and_how_many_others_share_the_technique(graph: Graph) -> None:
    (one,) = related(graph, [seen("a", {}, "T1059.001")], ["G0128", "G0059"])
    assert {tie.ref for tie in one.actors} <= {"G0128", "G0059"}
    tie = next(tie for tie in one.actors if tie.ref == "G0059")
    assert "T1059.001" in tie.why
    assert tie.shared_by == len(graph.users_of("T1059.001")) - 1
    assert tie.shared_by > 50


def test_a_sub_technique_is_of_a_kind_that_an_actor_uses(graph: Graph) -> None:
    whole = [use.object for use in graph.actor_uses("G0059") if use.object[0] == "T" and "." not in use.object]
    parent, sub = next(
        (one, ref)
        for one in whole
        for ref in graph.techniques
        if ref.startswith(f"{one}.") and "G0059" not in graph.users_of(ref)
    )
    (one,) = related(graph, [seen("a", {}, sub)], ["G0059"])
    assert [tie.why for tie in one.actors] == [f"uses {parent} {graph.label(parent)}, of which {sub} is a kind"]


def test_without_actors_at_hand_only_a_rare_technique_names_any(graph: Graph) -> None:
    common, rare = (
        "T1059.001",
        next(ref for ref in graph.techniques if "." in ref and 0 < len(graph.users_of(ref)) <= FEW),
    )
    one, two = related(graph, [seen("a", {"n": "1"}, common), seen("a", {"n": "2"}, rare)])
    assert one.actors == ()
    assert {tie.ref for tie in two.actors} >= set(graph.users_of(rare))
    assert related(graph, [seen("a", {}, "T1059.001")], [])[0].actors == ()
