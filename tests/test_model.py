"""The nouns go out as JSON and come back the same, and say where a document is wrong."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import inspect

from tocsin.model import (
    Case,
    Claim,
    Evidence,
    Fault,
    Profile,
    Reason,
    Ref,
    TocsinError,
    When,
    from_json,
    read_json,
    schema_of,
    to_json,
)


def values(kind: inspect.Type, above: tuple[type, ...] = ()) -> st.SearchStrategy[Any]:
    """Any value that a type of the model allows; a noun that holds its like (Reason) does so once."""
    match kind:
        case inspect.StrType():
            return st.text(max_size=12)
        case inspect.AnyType():
            return st.one_of(st.text(max_size=8), st.lists(st.text(max_size=4), max_size=2))
        case inspect.BoolType():
            return st.booleans()
        case inspect.IntType():
            return st.integers(-(2**53), 2**53)
        case inspect.FloatType():
            return st.floats(allow_nan=False, allow_infinity=False)
        case inspect.NoneType():
            return st.none()
        case inspect.LiteralType():
            return st.sampled_from(kind.values)
        case inspect.UnionType():
            return st.one_of([values(one, above) for one in kind.types])
        case inspect.VarTupleType(item_type=inspect.StructType(cls=cls)) if above.count(cls) > 1:
            return st.just(())
        case inspect.VarTupleType():
            return st.lists(values(kind.item_type, above), max_size=2).map(tuple)
        case inspect.TupleType():
            return st.tuples(*(values(one, above) for one in kind.item_types))
        case inspect.DictType():
            return st.dictionaries(st.text(max_size=6), values(kind.value_type, above), max_size=2)
        case inspect.StructType():
            fields = {one.name: values(one.type, (*above, kind.cls)) for one in kind.fields}
            return st.builds(kind.cls, **fields)
    raise AssertionError(f"no strategy for {kind}")


def nouns(kind: type[Any]) -> st.SearchStrategy[Any]:
    return values(inspect.type_info(kind))


def test_a_case_without_findings_has_all_keys():
    case = msgspec.json.decode(to_json(from_json(CASE, Case)))
    assert list(case)[:4] == ["schema", "tocsin", "created", "report"]
    none = {"run": 0, "left_out": 0}
    assert case["examined"] == {
        "lists": [],
        "catalogues": [],
        "logs": [],
        "inputs": [],
        "rules": none,
        "notes": [],
        "left_out": [],
    }


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_case_comes_back_the_same(data: st.DataObject):
    case = data.draw(nouns(Case))
    assert from_json(to_json(case), Case) == case
    assert from_json(to_json(case, indent=2), Case) == case


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_profile_comes_back_the_same(data: st.DataObject):
    profile = data.draw(nouns(Profile))
    assert from_json(to_json(profile).encode(), Profile) == profile


def test_a_time_is_written_as_from_and_to():
    claim = Claim(
        id="c1",
        sentence="The EU listed X.",
        start=0,
        end=16,
        subject=Ref(text="The EU", ref="EU"),
        predicate="designated",
        object=Ref(text="X"),
        when=When(from_="2026-03-16", to="2026-03-16", text="16 March"),
    )
    assert '"when":{"from":"2026-03-16","to":"2026-03-16","text":"16 March"}' in to_json(claim)


def test_reasons_nest():
    reason = Reason(name="name", says="a is a", parts=(Reason(name="literal", says="a", value=1.0),))
    assert from_json(to_json(reason), Reason).parts[0].value == 1.0


def test_keys_of_a_newer_version_are_passed_over():
    assert from_json('{"source":"EU-CYB","publisher":"Council","tomorrow":1}', Evidence).publisher == "Council"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"source": 3, "publisher": ""}', '{"source": "x"}', "\xff" * 3])
def test_a_document_that_is_none_is_one_clear_error(text: str):
    with pytest.raises(TocsinError, match=r"^tocsin: old\.json: not a evidence: .*; give the file that tocsin wrote$"):
        from_json(text, Evidence, file="old.json")


def test_a_document_that_nests_without_end_is_an_error():
    with pytest.raises(TocsinError):
        from_json('{"name":"a","says":"b","parts":[' * 50_000, Reason)


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(TocsinError, match=r"gone\.json: No such file"):
        read_json(tmp_path / "gone.json", Case)


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault(file="a.csv", place="line 3", why="no name", todo="mend it"), "tocsin: a.csv:line 3: no name; mend it"),
        (Fault(file="a.csv", place="", why="no name"), "tocsin: a.csv: no name"),
    ],
)
def test_a_fault_is_one_line(fault: Fault, line: str):
    assert fault.line() == line


def test_the_schema_of_a_case_names_its_required_keys():
    schema = schema_of(Case)
    case = schema["$defs"]["Case"]
    assert case["required"] == ["schema", "tocsin", "created", "report", "as_of"]
    assert set(case["properties"]) >= {"claims", "verdicts", "profiles", "examined"}
    assert schema["$defs"]["Claim"]["properties"]["predicate"]["enum"].count("fronts_for") == 1


CASE = b"""{"schema": "tocsin/case/1", "tocsin": "0.1.0", "created": "2026-01-01T00:00:00Z", "as_of": {},
"report": {"path": "r.txt", "sha256": "00", "text": "x", "blocks": []}}"""
