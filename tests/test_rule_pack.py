"""Our rule pack: every rule finds what it is for, lets its near miss go, and says what a reader needs to know."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml

from detecting import event, found
from tocsin.detect import LoadedRule, RuleSet, load_rules
from tocsin.detect.loading import PACK, PACK_PATH, TACTICS
from tocsin.knowledge import Graph
from tocsin.knowledge.log_sources import log_sources

RULES = load_rules()
DETECTION_MD = Path(__file__).parent.parent / "docs" / "detection.md"


def slug(rule: LoadedRule) -> str:
    return rule.path.removeprefix(PACK_PATH).removesuffix(".yml")


def examples(rule: LoadedRule) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads((PACK / f"{slug(rule)}.events.json").read_text("utf-8"))
    return found


def fired(rule: LoadedRule, record: dict[str, Any]) -> bool:
    source = (record["_product"], record["_category"], record["_service"])
    fields = {name: value for name, value in record.items() if not name.startswith("_")}
    return bool(found(RuleSet((rule,)), [event(fields, source=source)]))


def test_every_rule_of_the_pack_runs_and_has_its_examples() -> None:
    assert RULES.left_out == ()
    names = {path.name.split(".")[0] for path in PACK.iterdir()}
    assert names == {slug(rule) for rule in RULES.rules}
    assert len(RULES.rules) >= 40


@pytest.mark.parametrize("rule", RULES.rules, ids=slug)
def test_a_rule_finds_its_examples_and_not_the_near_misses(rule: LoadedRule) -> None:
    records = examples(rule)
    assert records["match"] and records["miss"]
    assert [fired(rule, record) for record in records["match"]] == [True] * len(records["match"])
    assert [fired(rule, record) for record in records["miss"]] == [False] * len(records["miss"])


def test_ids_and_titles_are_their_own() -> None:
    assert len({rule.id for rule in RULES.rules}) == len({rule.title for rule in RULES.rules}) == len(RULES.rules)
    assert all(uuid.UUID(rule.id).version == 4 for rule in RULES.rules)


@pytest.mark.parametrize("rule", RULES.rules, ids=slug)
def test_a_rule_says_what_a_reader_needs(rule: LoadedRule, graph: Graph) -> None:
    body = yaml.safe_load((PACK / f"{slug(rule)}.yml").read_text("utf-8"))
    assert (body["author"], body["license"]) == ("Tocsin", "Apache-2.0")
    assert body["level"] and body["status"] in ("stable", "test")
    assert 40 <= len(rule.description) <= 300
    assert rule.falsepositives and all(text[0].isupper() for text in rule.falsepositives)
    assert rule.techniques and set(rule.techniques) <= {*graph.techniques, *log_sources()}
    assert rule.tactics and set(rule.tactics) <= TACTICS
    assert all(re.fullmatch(r"attack\.(t\d{4}(\.\d{3})?|[a-z-]+)", tag) for tag in body["tags"])
    assert rule.logsource.product == "windows"
    assert rule.logsource.category or rule.logsource.service


def test_the_documentation_lists_the_pack() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| .+ \| \w+ \| ([^|]+) \|$", DETECTION_MD.read_text("utf-8"), re.M))
    assert {name: text.split() for name, text in rows.items()} == {
        slug(rule): list(rule.techniques) for rule in RULES.rules
    }
