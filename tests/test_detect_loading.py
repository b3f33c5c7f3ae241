"""Reading rules: what is loaded, and what a user is told of a rule that cannot run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detecting import HEAD, event, found, loaded, rule_text
from tocsin.detect import load_rules
from tocsin.detect.documents import BrokenYaml, documents

GOOD = "sel: {A: x}\ncondition: sel"


def test_what_a_rule_says_of_itself(tmp_path: Path) -> None:
    head = HEAD + (
        "description: Something is done.\n"
        "tags: [attack.execution, attack.defense_evasion, attack.t1059.001, attack.g0128, cve.2026-1]\n"
        "falsepositives: [Unknown, An administrator]\ndate: soon\nauthor: [a, b]\n"
    )
    (rule,) = loaded(tmp_path, rule_text(GOOD, head)).rules
    assert (rule.id, rule.title, rule.level, rule.status) == (
        "11111111-2222-4333-8444-555555555555",
        "A made rule",
        "high",
        "test",
    )
    assert (rule.techniques, rule.tactics) == (("T1059.001",), ("execution", "defense-evasion"))
    assert tuple(rule.logsource) == ("windows", "process_creation", "")
    assert rule.falsepositives == ("Unknown", "An administrator")
    assert rule.description == "Something is done."
    assert rule.path == str(tmp_path / "r1.yml")


def test_an_id_is_derived_from_what_the_rule_says(tmp_path: Path) -> None:
    head = "title: t\nlogsource: {product: windows}"
    (one,) = loaded(tmp_path / "1", rule_text(GOOD, head)).rules
    (same,) = loaded(tmp_path / "2", "author: x\n" + rule_text(GOOD, head)).rules
    (other,) = loaded(tmp_path / "3", rule_text(GOOD.replace("x", "y"), head)).rules
    assert one.id == same.id != other.id
    assert (one.level, one.status) == ("medium", "")


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("title: [broken\n", "2", "broken YAML"),
        ("title: t\ntitle: u\n", "2", "the key 'title' stands twice"),
        ("- a\n", "1", "must be a mapping"),
        ("", "", "holds no rule"),
        (rule_text("sel: {A: x}"), "8", "at least one condition"),
        (rule_text("condition: sel"), "8", "no detections"),
        (rule_text("sel: {A: x}\nother: {A|conta1ns: y}\ncondition: sel"), "10", "unknown modifier"),
        (rule_text("sel: {A: x}\ncondition: sel and"), "10", "from its character 8 on"),
        (rule_text("sel: {A: x}\ncondition: sel | count() > 5"), "10", "pipe"),
        (rule_text("sel: {A: x}\ncondition: ''"), "10", "condition is empty"),
        (rule_text("sel: {A: x}\ncondition: sel and not 1 of filter_*"), "10", "'1 of filter_*', and no selection"),
        (rule_text("sel: {A: x}\ncondition: sel and not filter"), "10", "names 'filter'"),
        (rule_text("sel: {A|re: 'a(?!b)'}\ncondition: sel"), "9", "linear time"),
        (rule_text("sel: {A|re: 'a('}\ncondition: sel"), "9", "invalid"),
        (rule_text("sel: {A|re: null}\ncondition: sel"), "9", "must be a text"),
        (rule_text("sel: {A|expand: '%servers%'}\ncondition: sel"), "9", "%servers% has no list"),
        (rule_text("sel: {A|cidr: 10.0.0.0/33}\ncondition: sel"), "9", "CIDR"),
        (rule_text("sel: {A: 2026-01-01}\ncondition: sel"), "9", "Unsupported type"),
        (rule_text("sel: null\ncondition: sel"), "9", "keyword"),
        (rule_text("sel: ['*']\ncondition: sel"), "9", "empty keyword"),
        (rule_text(GOOD, HEAD.replace("level: high", "level: urgent")), "4", "urgent"),
        (rule_text(GOOD, "title: t"), "1", "log source"),
        (rule_text(GOOD, "logsource: {product: windows}"), "1", "title"),
        ("title: c\ncorrelation: {type: event_count, rules: [a], group-by: [h], timespan: 1m}\n", "1", "correlation"),
        ("title: f\nlogsource: {product: windows}\nfilter: {rules: [a]}\n", "1", "filter rule"),
        ("action: global\ntitle: g\n", "1", "'action'"),
        ("title: t\nlogsource: 5\ndetection: 5\n", "", ""),
    ],
)
def test_a_rule_that_cannot_run_is_named_and_the_rest_runs(tmp_path: Path, text: str, place: str, why: str) -> None:
    good = HEAD.replace("5555", "6666")
    rules = loaded(tmp_path, text, rule_text(GOOD, good))
    assert [Path(rule.path).name for rule in rules.rules] == ["r2.yml"]
    (fault,) = rules.left_out
    assert fault.file == str(tmp_path / "r1.yml")
    assert fault.todo
    if why:
        assert (fault.place, why.lower() in fault.why.lower()) == (place, True), fault
        assert "\n" not in fault.line()


def test_bytes_that_are_no_text_and_files_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"title: x\nb: \xff\xfe")
    (tmp_path / "b.yaml").write_bytes(b"# " + b"x" * 1024 * 1024)
    (tmp_path / "note.txt").write_text("no rule")
    whys = [(fault.place, fault.why) for fault in load_rules([tmp_path], pack=False).left_out]
    assert whys == [("2", "this is not UTF-8"), ("", "the file is larger than 1024 kB")]


def test_aliases_cannot_make_a_small_file_huge() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    with pytest.raises(BrokenYaml, match="too many values"):
        list(documents("\n".join(lines).encode()))


@given(st.binary(max_size=60) | st.text("[]{}&*a:- \n|>!%'\"", max_size=60).map(str.encode))
def test_any_bytes_are_documents_or_one_error(data: bytes) -> None:
    try:
        for document in documents(data):
            assert document.body is not None
    except BrokenYaml as error:
        assert error.why


WORDS = st.sampled_from(
    ["sel", "A|contains", "A|re", "A|re|i", "|all", "A|exists", "A|cidr", "B|fieldref", "A|gt", "", "a"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text("a*?\\\\([%1.", max_size=5) | WORDS
SHAPES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(WORDS, SHAPES, max_size=3), st.sampled_from(["sel", "1 of them", "not a", "(sel", ["sel", 1]]))
def test_any_shape_of_rule_runs_or_is_left_out(
    tmp_path_factory: pytest.TempPathFactory, detection: dict[str, object], condition: object
) -> None:
    detection = {"sel": {"A": "x"}, **detection, "condition": condition}
    body = {"title": "t", "logsource": {"product": "windows"}, "detection": detection}
    rules = loaded(tmp_path_factory.mktemp("shape"), json.dumps(body))
    assert len(rules.rules) + len(rules.left_out) == 1
    source = ("windows", "", "")
    found(rules, [event({"A": ["x", ""], "B": "a"}, source=source), event({}, source=source)])


def test_of_two_rules_with_one_id_the_first_counts(tmp_path: Path) -> None:
    rules = loaded(tmp_path, rule_text(GOOD), rule_text(GOOD.replace("x", "y")))
    assert [Path(rule.path).name for rule in rules.rules] == ["r1.yml"]
    assert "r1.yml, which counts" in rules.left_out[0].why
    twice = "\n---\n".join([rule_text(GOOD)] * 2)
    again = loaded(tmp_path / "one-file", twice)
    assert (len(again.rules), len(again.left_out)) == (1, 1)


def test_a_part_of_a_correlation_does_not_run_alone(tmp_path: Path) -> None:
    base = "name: failed\n" + rule_text(GOOD)
    correlation = "title: c\ncorrelation: {type: event_count, rules: [failed], timespan: 1m, condition: {gte: 5}}\n"
    rules = loaded(tmp_path / "a", base, correlation)
    assert rules.rules == ()
    assert [fault.why.split(",")[0] for fault in rules.left_out] == [
        "this is a correlation rule",
        "the rule counts only within a correlation rule",
    ]
    alone = loaded(tmp_path / "b", base, correlation.replace("{type", "{generate: true, type"))
    assert len(alone.rules) == 1


def test_folders_files_levels_and_the_pack(tmp_path: Path) -> None:
    low = HEAD.replace("high", "low").replace("5555", "7777")
    loaded(tmp_path / "deep", rule_text(GOOD), rule_text(GOOD, low))
    assert len(load_rules([tmp_path], pack=False).rules) == 2
    assert len(load_rules([tmp_path / "deep" / "r2.yml"], pack=False).rules) == 1
    assert len(load_rules([tmp_path], pack=False, level="medium").rules) == 1
    packed = load_rules([tmp_path])
    assert packed.rules[0].path.startswith("tocsin:rules/")
    assert packed.rules[-1].path.startswith(str(tmp_path))
    (fault,) = load_rules([tmp_path / "nowhere"], pack=False).left_out
    assert "no such file or folder" in fault.why
