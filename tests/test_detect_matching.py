"""What a rule means for a record: Sigma's values, modifiers and conditions, from the rule's text to the verdict."""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from pathlib import Path

import pytest

from detecting import HEAD, event, fires, found, loaded, rule_text
from tocsin.detect import Detector, load_rules
from tocsin.logs import LogReader, Value

CASES = Path(__file__).parents[2] / "shared" / "cases"


def encoded(text: str, before: str) -> str:
    return base64.b64encode((before + text).encode("utf-16-le")).decode()


@pytest.mark.parametrize(
    ("value", "text", "wanted"),
    [
        (r"'C:\Windows\cmd.exe'", r"c:\windows\CMD.EXE", True),
        (r"'cmd.exe'", r"C:\Windows\cmd.exe", False),
        (r"'C:\Windows\\*.exe'", r"C:\Windows\a\b.exe", True),
        (r"'C:\Windows\\*.exe'", r"C:\Windowsb.exe", False),
        (r"'*\Windows\*'", "C:\\Windows*", True),
        (r"'*\Windows\*'", "C:\\Windows\\x", False),
        (r"'a\?b'", "a?b", True),
        (r"'a\?b'", "axb", False),
        (r"'a?b'", "axb", True),
        (r"'a?b'", "ab", False),
        (r"''", "", True),
        (r"''", "x", False),
        ("4104", "4104", True),
        ("4104", "41040", False),
        ("true", "True", True),
    ],
)
def test_plain_values(tmp_path: Path, value: str, text: str, wanted: bool) -> None:
    assert fires(tmp_path, f"sel:\n  Image: {value}\ncondition: sel", {"Image": text}) is wanted


@pytest.mark.parametrize(
    ("item", "fields", "wanted"),
    [
        (r"A|contains: '\Desktop\'", {"A": "C:\\Users\\x\\Desktop\\t.exe"}, True),
        (r"A|contains: '\Desktop\'", {"A": "D:\\Desktop"}, False),
        ("A|startswith: ab", {"A": "ABC"}, True),
        ("A|endswith: bc", {"A": "aBC"}, True),
        ("A|contains|all: [b, d]", {"A": "a b c d"}, True),
        ("A|contains|all: [b, e]", {"A": "a b c d"}, False),
        ("A|contains|cased: Ab", {"A": "xAby"}, True),
        ("A|contains|cased: Ab", {"A": "xaby"}, False),
        ("A|contains|windash: ' -enc'", {"A": "p /enc x"}, True),
        ("A|contains|windash: ' -enc'", {"A": "p \u2013enc x"}, True),
        ("A|contains|all|windash: [' -a', ' -b']", {"A": "p /a -b"}, True),
        ("A|base64|contains: 'secret pass'", {"A": "x c2VjcmV0IHBhc3M= y"}, True),
        ("A|wide|base64offset|contains: Net.WebClient", {"A": "-e " + encoded("Net.WebClient", "")}, True),
        ("A|wide|base64offset|contains: Net.WebClient", {"A": "-e " + encoded("Net.WebClient", "ab")}, True),
        ("A|wide|base64offset|contains: Net.WebClient", {"A": "-e " + encoded("Net.Socket", "ab")}, False),
        ("A|cidr: 10.0.0.0/8", {"A": "10.2.3.4"}, True),
        ("A|cidr: [10.0.0.0/8, 192.0.2.0/24]", {"A": "192.0.3.1"}, False),
        ("A|gt: 5", {"A": "6"}, True),
        ("A|gte: 5", {"A": "5"}, True),
        ("A|lt: 5", {"A": "5"}, False),
        ("A|lte: 5", {"A": "x"}, False),
        ("A|exists: true", {"A": ""}, True),
        ("A|exists: false", {"A": ""}, False),
        ("A: null", {"B": "1"}, True),
        ("A: null", {"A": ""}, False),
        ("A|neq: x", {"A": "y"}, True),
        ("A|neq: x", {"A": "X"}, False),
        ("A|neq: [x, z]", {"A": "z"}, False),
        ("A: [x, y]", {"A": ["a", "Y"]}, True),
        ("A|hour: 23", {"A": "2026-03-03 23:30:00.000"}, True),
        ("A|re|i: 'x\\d+'", {"A": ["a", "X12"]}, True),
    ],
)
def test_modifiers(tmp_path: Path, item: str, fields: dict[str, Value], wanted: bool) -> None:
    assert fires(tmp_path, f"sel:\n  {item}\ncondition: sel", fields) is wanted


@pytest.mark.parametrize(
    ("item", "fields", "wanted"),
    [
        ("A|fieldref: B", {"A": "Alba", "B": "ALBA"}, True),
        ("A|fieldref: B", {"A": "a*", "B": "alba"}, False),
        ("A|fieldref: B", {"A": "alba", "B": "a*"}, False),
        ("A|fieldref: B", {"A": "alba"}, False),
        ("A|fieldref: B", {}, False),
        ("A|fieldref|endswith: B", {"A": "C:\\t\\[x].exe", "B": "[X].exe"}, True),
        ("A|fieldref|startswith: B", {"A": "C:\\t", "B": "D:"}, False),
        ("A|fieldref|contains: B", {"A": "C:\\t\\a", "B": "\\T\\"}, True),
    ],
)
def test_a_field_against_another_field(tmp_path: Path, item: str, fields: dict[str, Value], wanted: bool) -> None:
    assert fires(tmp_path, f"sel:\n  {item}\ncondition: sel", fields) is wanted


@pytest.mark.parametrize(
    ("detection", "fields", "wanted"),
    [
        ("k: [drop]\ncondition: k", {"Data": ["svc", "C:\\MIMIDROP.dll"]}, True),
        ("k: [drop]\ncondition: k", {"drop": "no"}, False),
        ("k:\n  '|all': [one, two]\ncondition: k", {"A": "xOne", "B": "two"}, True),
        ("k:\n  '|all': [one, two]\ncondition: k", {"A": "one"}, False),
        ("k:\n  '|re': 'o[n]e$'\ncondition: k", {"A": ["x", "one"]}, True),
        ("k: ['a*c']\ncondition: k", {"A": "xxabcxx"}, True),
        ("k: [15]\ncondition: k", {"A": "no 15."}, True),
    ],
)
def test_keywords_are_in_values_and_not_in_names(
    tmp_path: Path, detection: str, fields: dict[str, Value], wanted: bool
) -> None:
    assert fires(tmp_path, detection, fields) is wanted


SELECTIONS = "sel_a_cmd: {A: '1'}\nsel_b_cmd: {B: '1'}\nsel_c_img: {C: '1'}\nfilter_x: {X: '1'}\n"


@pytest.mark.parametrize(
    ("condition", "true", "wanted"),
    [
        ("1 of sel_*", "C", True),
        ("1 of sel_*_cmd", "C", False),
        ("all of sel_*_cmd", "AB", True),
        ("all of sel_*_cmd", "A", False),
        ("any of them", "X", True),
        ("1 of sel_* and not 1 of filter_*", "A", True),
        ("1 of sel_* and not 1 of filter_*", "AX", False),
        ("not sel_a_cmd", "B", True),
        ("not (sel_a_cmd or sel_b_cmd)", "C", True),
        ("sel_a_cmd or sel_b_cmd and sel_c_img", "A", True),
        ("(sel_a_cmd or sel_b_cmd) and sel_c_img", "A", False),
        ("((sel_a_cmd))", "A", True),
        ("[sel_a_cmd, sel_b_cmd]", "B", True),
    ],
)
def test_conditions(tmp_path: Path, condition: str, true: str, wanted: bool) -> None:
    assert fires(tmp_path, SELECTIONS + f"condition: {condition}", dict.fromkeys(true, "1")) is wanted


def test_a_list_of_maps_is_or_and_a_map_is_and(tmp_path: Path) -> None:
    detection = "sel:\n  - {A: x, B: y}\n  - C: z\ncondition: sel"
    assert fires(tmp_path, detection, {"A": "x", "B": "y"})
    assert fires(tmp_path, detection, {"C": "z"})
    assert not fires(tmp_path, detection, {"A": "x"})


@pytest.mark.parametrize(
    ("wanted", "source", "runs"),
    [
        ("{category: process_creation}", ("linux", "process_creation", ""), True),
        ("{product: windows}", ("windows", "", "application"), True),
        ("{product: windows, service: security}", ("windows", "process_creation", "security"), True),
        ("{product: windows, service: sysmon}", ("windows", "process_creation", "security"), False),
        ("{product: windows, category: registry_event}", ("windows", "registry_set", "sysmon"), True),
        ("{product: windows, category: registry_set}", ("windows", "registry_delete", "sysmon"), False),
        ("{product: Zeek, service: dns}", ("zeek", "", "dns"), True),
        ("{product: linux, category: process_creation}", ("windows", "process_creation", "sysmon"), False),
    ],
)
def test_a_rule_runs_on_its_logs_only(tmp_path: Path, wanted: str, source: tuple[str, str, str], runs: bool) -> None:
    head = f"title: t\nlogsource: {wanted}"
    rules = loaded(tmp_path, rule_text("sel: {A: x}\ncondition: sel", head))
    assert bool(found(rules, [event({"A": "x"}, source=source)])) is runs


def test_records_of_one_batch_keep_their_order_and_their_own_fields(tmp_path: Path) -> None:
    other = HEAD.replace("process_creation", "ps_script").replace("5555", "6666")
    rules = loaded(
        tmp_path, rule_text("sel: {A|re: x}\ncondition: sel"), rule_text("sel: {B|re: y}\ncondition: sel", other)
    )
    script = ("windows", "ps_script", "powershell")
    events = [
        event({"B": "y"}, source=script, record="1"),
        event({"A": "x"}, record="2"),
        event({"A": ["y", "x"]}, record="3"),
        event({"B": "x"}, source=script, record="4"),
        event({"B": "yy"}, source=script, record="5"),
        event({"A": "x"}, source=("linux", "auditd", ""), record="6"),
    ]
    findings = found(rules, events)
    assert [finding.evidence[0].record for finding in findings] == ["1", "2", "3", "5"]
    assert findings[2].evidence[0].fields == {"A": ["y", "x"]}


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize("case", ["sig-escape", "sig-fieldref", "sig-cond", "sig-re", "sig-keywords"])
def test_the_cases_on_which_other_engines_fail(case: str) -> None:
    lines = (CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    expect = next(json.loads(line)["expect"] for line in lines if json.loads(line)["id"] == case)
    rules = load_rules([CASES / "files" / case / "rules"], pack=False)
    detector, hosts = Detector(rules), defaultdict(set)
    for batch in LogReader([CASES / "files" / case / "events.jsonl"]).batches():
        for finding in detector.feed(batch):
            assert finding.rule and finding.host
            hosts[finding.rule.id].add(finding.host.split(".")[0].lower())
    for rule, wanted in expect["by_rule"].items():
        if rule == "d22cc0b9-035a-4150-8a7c-7236f6b7ad5c":  # the other hosts' cmd.exe lies in System32 as well
            assert "ws01" in hosts[rule] and not {"ws02", "ws07", "ws08", "ws09"} & hosts[rule]
        else:
            assert hosts[rule] == set(wanted)
    left_out = " ".join(fault.line() for fault in rules.left_out)
    assert all(name in left_out for name in expect.get("examined", []))
