"""Small rules and events, as the tests of detection put them together."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

from tocsin.detect import Detector, RuleSet, load_rules
from tocsin.logs import Event, Value, batch_of
from tocsin.model import Finding

NOON = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)
HEAD = """
title: A made rule
id: 11111111-2222-4333-8444-555555555555
status: test
level: high
logsource:
  product: windows
  category: process_creation
"""


def rule_text(detection: str, head: str = HEAD) -> str:
    """A rule with this detection section."""
    return head.strip() + "\ndetection:\n" + textwrap.indent(textwrap.dedent(detection).strip(), "  ") + "\n"


def loaded(folder: Path, *texts: str) -> RuleSet:
    """The rules of these texts, a file each: r1.yml, r2.yml, …"""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts, start=1):
        (folder / f"r{number}.yml").write_text(text, encoding="utf-8")
    return load_rules([folder], pack=False)


def event(
    fields: Mapping[str, Value],
    *,
    source: tuple[str, str, str] = ("windows", "process_creation", "sysmon"),
    record: str = "1",
    host: str | None = "ws01",
) -> Event:
    """A record of a log, at noon on 3 March 2026."""
    return Event("log.jsonl", record, NOON, host, "CORP\\alba", *source, dict(fields))


def found(rules: RuleSet, events: Iterable[Event]) -> list[Finding]:
    """What the rules find in the events."""
    return Detector(rules).feed(batch_of(list(events)))


def fires(folder: Path, detection: str, fields: Mapping[str, Value]) -> bool:
    """Whether a rule with this detection section finds a process creation with these fields."""
    rules = loaded(folder, rule_text(detection))
    assert rules.left_out == ()
    return bool(found(rules, [event(fields)]))
