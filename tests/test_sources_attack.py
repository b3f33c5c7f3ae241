"""A MITRE bundle in, a catalogue out; a hand-made one has what real ones have."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made_sources import BUNDLE, thing
from tocsin.model import TocsinError
from tocsin.sources import attack


def parsed(bundle: dict[str, Any]) -> attack.Catalogue:
    return attack.parse(json.dumps(bundle).encode(), "enterprise-attack.json", "00ff")


def test_a_bundle_is_known_by_its_head():
    assert attack.is_bundle(json.dumps(BUNDLE).encode())
    assert not attack.is_bundle(b'{"type": "bundle", "objects": []}')
    assert not attack.is_bundle(b"celex,recordId")


def test_groups_have_their_names_country_and_withdrawn_ids():
    actors = {actor.ref: actor for actor in parsed(BUNDLE).actors}
    assert set(actors) == {"G0128", "G0059"}
    assert [name.name for name in actors["G0128"].names] == ["ZIRCONIUM", "APT31"]
    assert (actors["G0128"].country, actors["G0128"].url) == ("CN", "https://attack.mitre.org/groups/G0128")
    assert actors["G0059"].also == ("G0058",)


def test_withdrawn_techniques_stay_and_lead_on():
    techniques = {technique.ref: technique for technique in parsed(BUNDLE).techniques}
    assert techniques["T1086"].revoked_by == "T1059.001"
    assert techniques["T1566"].tactics == ("initial-access",)
    assert set(techniques) == {"T1566", "T1086", "T1059.001", "T1064"}


def test_software_mitigations_and_campaigns():
    catalogue = parsed(BUNDLE)
    assert {(one.ref, one.kind) for one in catalogue.software} == {("S1234", "malware"), ("S0002", "tool")}
    assert [one.ref for one in catalogue.mitigations] == ["M1017"]
    assert [(one.ref, one.name) for one in catalogue.campaigns] == [("C0001", "Operation Example")]
    assert (catalogue.source.published, catalogue.source.sha256) == ("2025-10-28", "00ff")
    assert catalogue.version == "v18 (2025-10-28)"


def test_links_hold_what_is_stated_and_not_withdrawn():
    links = {(one.subject, one.predicate, one.object): one for one in parsed(BUNDLE).links}
    assert set(links) == {
        ("G0128", "uses", "T1566"),
        ("C0001", "uses", "S1234"),
        ("C0001", "belongs_to", "G0128"),
        ("M1017", "mitigates", "T1566"),
    }
    assert links["G0128", "uses", "T1566"].url == "https://x.test/1"
    assert links["G0128", "uses", "T1566"].since == "2025-04-16"


def test_a_damaged_object_is_a_fault_and_the_rest_is_read():
    bundle = copy.deepcopy(BUNDLE)
    bundle["objects"].insert(1, {"type": "malware", "id": 7})
    catalogue = parsed(bundle)
    (fault,) = catalogue.faults
    assert (fault.file, fault.place) == ("enterprise-attack.json", "object 2")
    assert len(catalogue.actors) == 2


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{", b'{"type": "bundle"}', b'{"type":"bundle","objects":{}}', b"\xff\xfe", b"[" * 100_000],
)
def test_what_is_no_bundle_is_one_error(raw: bytes):
    with pytest.raises(TocsinError, match=r"tocsin: a\.json: not a STIX bundle: .*enterprise-attack\.json"):
        attack.parse(raw, "a.json")


def test_a_bundle_of_something_else_is_one_error():
    with pytest.raises(TocsinError, match="without ATT&CK groups"):
        parsed({"type": "bundle", "objects": [thing("tool", "S0002", "Mimikatz")]})


def test_the_bundle_of_another_domain_does_not_take_the_place_of_enterprise():
    bundle = copy.deepcopy(BUNDLE)
    for one in bundle["objects"]:
        one["x_mitre_domains"] = ["ics-attack"]
    with pytest.raises(TocsinError, match="another domain than Enterprise: ics-attack; give enterprise-attack"):
        parsed(bundle)


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda one: (
            st.lists(one)
            | st.dictionaries(st.sampled_from(["type", "id", "name", "aliases", "objects", "external_references"]), one)
        ),
        max_leaves=12,
    )
)
def test_any_object_is_read_or_named(value: Any):
    bundle = copy.deepcopy(BUNDLE)
    bundle["objects"].append(value)
    assert len(parsed(bundle).actors) == 2
