"""Coverage: whether the logs and rules at hand could show what an actor does."""

from __future__ import annotations

import datetime

import pytest

from tocsin.coverage import Census, cover, techniques_of
from tocsin.detect import load_rules
from tocsin.knowledge import Graph, open_graph
from tocsin.logs import Event, batch_of
from tocsin.model import Coverage, Finding

NOON = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)
ACTOR = "G0128"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()[0]


def census(*kinds: tuple[str, str, str, str]) -> Census:
    counted = Census()
    events = [
        Event("a.jsonl", f"line {number}", NOON, "ws01", None, product, category, service, {"EventID": event_id})
        for number, (product, category, service, event_id) in enumerate(kinds)
    ]
    if events:
        counted.feed(batch_of(events))
    return counted


def states(graph: Graph, counted: Census, *findings: Finding, rules: bool = True) -> dict[str, Coverage]:
    loaded = load_rules().rules if rules else ()
    return {row.technique: row for row in cover(graph, [ACTOR], findings, loaded, counted)}


def test_every_technique_of_the_actor_has_one_state_and_what_is_blind_comes_first(graph: Graph) -> None:
    rows = cover(graph, [ACTOR], (), load_rules().rules, census())
    assert [row.technique for row in rows if row.state == "blind"] == [row.technique for row in rows][
        : sum(row.state == "blind" for row in rows)
    ]
    assert {row.technique for row in rows} == set(techniques_of(graph, [ACTOR]))
    assert all(row.actors == (graph.label(ACTOR),) for row in rows)


def test_without_logs_nothing_is_seen_whatever_rules_are_loaded(graph: Graph) -> None:
    rows = states(graph, census())
    assert {row.state for row in rows.values()} == {"blind", "not_observable"}
    assert any("no log for it was read" in reason.says for row in rows.values() for reason in row.because)


def test_what_happens_before_our_network_is_touched_is_not_observable(graph: Graph) -> None:
    rows = states(graph, census())
    before = {ref for ref, row in rows.items() if set(row.tactics) <= {"reconnaissance", "resource-development"}}
    assert before
    assert {ref for ref, row in rows.items() if row.state == "not_observable"} == before


def test_its_event_ids_make_a_technique_logged_and_name_them(graph: Graph) -> None:
    rows = states(graph, census(("windows", "", "security", "4698")), rules=False)
    assert "4698 (1)" in next(reason.says for reason in rows["T1036.004"].because if reason.name == "logged")
    assert rows["T1036.004"].state == "logged"
    assert states(graph, census(("windows", "", "security", "4634")), rules=False)["T1036.004"].state == "blind"


def test_a_rule_counts_where_its_log_was_read_and_a_finding_most(graph: Graph) -> None:
    started = census(("windows", "process_creation", "sysmon", "1"))
    rows = states(graph, started)
    ruled = [ref for ref, row in rows.items() if row.state == "ruled"]
    assert ruled
    one = Finding(id="0" * 16, kind="detection", title="T", severity="low", confidence="low", techniques=(ruled[0],))
    assert states(graph, started, one)[ruled[0]].state == "seen"


def test_a_finding_of_a_sub_technique_speaks_of_its_parent(graph: Graph) -> None:
    one = Finding(id="0" * 16, kind="hunt", title="T", severity="low", confidence="low", techniques=("T1036.999",))
    assert states(graph, census(), one)["T1036"].state == "seen"
