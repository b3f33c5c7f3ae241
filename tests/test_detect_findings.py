"""A finding of a rule: what it says of itself, of the record and of what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from detecting import HEAD, event, found, loaded, rule_text
from tocsin.detect import Detector
from tocsin.logs import batch_of
from tocsin.model import Reason, finding_id

DETECTION = """
tool:
  Image|endswith: ['\\\\net.exe', '\\\\net1.exe']
asked:
  CommandLine|contains: '/add'
filter_ours:
  User: SYSTEM
condition: tool and asked and not 1 of filter_*
"""
TAGS = "tags: [attack.persistence, attack.t1136.001]\nfalsepositives: [Unknown, The help desk]\n"
FIELDS = {"Image": "C:\\Windows\\System32\\NET.exe", "CommandLine": "net user x /add", "User": "CORP\\alba"}


def leaves(reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    for reason in reasons:
        if reason.parts:
            yield from leaves(reason.parts)
        else:
            yield reason


def test_a_finding_says_what_where_why_and_what_else_it_could_be(tmp_path: Path) -> None:
    (finding,) = found(loaded(tmp_path, rule_text(DETECTION, HEAD + TAGS)), [event(FIELDS, record="17")])
    assert (finding.kind, finding.title, finding.severity, finding.confidence) == (
        "detection",
        "A made rule",
        "high",
        "moderate",
    )
    assert finding.time == finding.first_seen == finding.last_seen == "2026-03-03T12:00:00Z"
    assert (finding.host, finding.user, finding.techniques) == ("ws01", "CORP\\alba", ("T1136.001",))
    assert finding.rule and finding.rule.path == str(tmp_path / "r1.yml")
    (seen,) = finding.evidence
    assert (seen.file, seen.record, seen.fields) == ("log.jsonl", "17", FIELDS)
    assert finding.id == finding_id("detection", finding.rule.id, "ws01", "CORP\\alba", [FIELDS])
    assert finding.could_also_be == ("The help desk",)
    assert 2 <= len(finding.next) <= 3
    assert finding.actors == ()
    (condition,) = finding.why
    assert [part.name for part in condition.parts] == ["tool", "asked", "not 1 of filter_*"]
    assert [(leaf.name, leaf.value) for leaf in leaves(condition.parts[:2])] == [
        ("Image", FIELDS["Image"]),
        ("CommandLine", FIELDS["CommandLine"]),
    ]


def test_a_long_value_is_shown_around_what_matched(tmp_path: Path) -> None:
    text = "x" * 5000 + " Needle here " + "y" * 5000
    (finding,) = found(loaded(tmp_path, rule_text("sel: {A|contains: needle}\ncondition: sel")), [event({"A": text})])
    (leaf,) = leaves(finding.why)
    assert isinstance(leaf.value, str)
    assert "Needle here" in leaf.value and len(leaf.value) < 200
    assert finding.evidence[0].fields["A"] == text


@pytest.mark.parametrize(
    ("status", "level", "confidence"),
    [
        ("stable", "critical", "high"),
        ("stable", "low", "moderate"),
        ("test", "medium", "moderate"),
        ("test", "informational", "low"),
        ("experimental", "high", "low"),
        ("deprecated", "high", "low"),
    ],
)
def test_confidence_comes_from_status_and_level(tmp_path: Path, status: str, level: str, confidence: str) -> None:
    head = HEAD.replace("status: test", f"status: {status}").replace("level: high", f"level: {level}")
    (finding,) = found(loaded(tmp_path, rule_text("sel: {A: x}\ncondition: sel", head)), [event({"A": "x"})])
    assert (finding.confidence, finding.severity) == (confidence, level)


def test_the_same_record_is_the_same_finding_in_any_batch_and_place(tmp_path: Path) -> None:
    rules = loaded(tmp_path, rule_text("sel: {A: x}\ncondition: sel"))
    detector = Detector(rules)
    first = detector.feed(batch_of([event({"A": "x", "B": "1"}, record="1"), event({"A": "z"}, record="2")]))
    again = detector.feed(batch_of([event({"B": "1", "A": "x"}, record="9")]))
    assert [finding.id for finding in first] == [finding.id for finding in again]
    assert (detector.counts[rules.rules[0].id], detector.records) == (2, 3)
    assert found(rules, [event({"A": "x"}, host=None)])[0].host is None
