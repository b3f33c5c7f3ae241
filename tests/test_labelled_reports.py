"""Reports with labelled claims: how many are found, judged rightly and proven, and how many invented.

The labels were set by hand from the public record; ``python benchmarks/accuracy.py --misses`` prints what is missed.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asking import knowledge
from labelled import Tally, norm, summed, tallies
from tocsin.read import load_report

REPORTS = Path(__file__).parent / "reports"


@pytest.fixture(scope="module")
def by_report() -> dict[str, Tally]:
    return dict(tallies(REPORTS, knowledge()))


@pytest.fixture(scope="module")
def total(by_report: dict[str, Tally]) -> Tally:
    return summed(by_report.values())


def test_most_labelled_claims_are_found(total: Tally) -> None:
    assert total.recall >= 0.68


def test_their_verdicts_are_right(total: Tally) -> None:
    assert total.precision >= 0.92


def test_their_verdicts_come_with_evidence(total: Tally) -> None:
    assert total.proven >= 0.9


def test_sentences_that_claim_nothing_get_no_claim(total: Tally) -> None:
    assert total.quiet > 0
    assert total.false_alarms <= 0.02


def test_there_are_no_more_claims_outside_the_labels_than_labels(total: Tally) -> None:
    assert total.outside <= total.labels


def test_no_report_is_read_in_vain(by_report: dict[str, Tally]) -> None:
    assert len(by_report) >= 15
    assert {name: one.recall for name, one in by_report.items() if one.recall < 0.35} == {}


@pytest.mark.parametrize("file", sorted(REPORTS.glob("*.json")), ids=lambda file: file.stem)
def test_every_label_stands_in_its_report(file: Path) -> None:
    labels = json.loads(file.read_text(encoding="utf-8"))
    report = load_report(REPORTS / labels["report"])
    text = norm(f"{report.title} {report.text}")
    sentences = [label["sentence"] for label in labels["claims"]] + labels["no_claim"]
    assert [sentence for sentence in sentences if norm(sentence)[:60] not in text] == []
