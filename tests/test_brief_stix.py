"""The bundle: valid STIX 2.1, the same bytes twice, and true to the case."""

from __future__ import annotations

import json

import pytest
from stix2validator import validate_string

from hostile_case import hostile_case
from sample_case import empty_case, sample_case
from tocsin.brief import stix

CASES = [sample_case, empty_case, hostile_case]


def objects(case, kind):
    return {one["id"]: one for one in stix(case())["objects"] if one["type"] == kind}


@pytest.mark.parametrize("case", CASES)
def test_the_validator_accepts_it(case):
    result = validate_string(json.dumps(stix(case())))
    assert result.is_valid, result.errors


@pytest.mark.parametrize("case", CASES)
def test_the_same_case_gives_the_same_bytes(case):
    assert json.dumps(stix(case())) == json.dumps(stix(case()))


@pytest.mark.parametrize("case", CASES)
def test_every_reference_is_in_the_bundle(case):
    bundle = stix(case())
    ids = [one["id"] for one in bundle["objects"]]
    assert len(ids) == len(set(ids))
    for one in bundle["objects"]:
        pointed = [*one.get("object_refs", []), *(value for key, value in one.items() if key.endswith("_ref"))]
        assert set(pointed) <= set(ids)


def test_who_is_behind_whom():
    names = {one["id"]: one["name"] for one in stix(sample_case())["objects"] if "name" in one}
    found = {
        (names[one["source_ref"]], one["relationship_type"], names[one["target_ref"]])
        for one in objects(sample_case, "relationship").values()
    }
    assert ("ZIRCONIUM", "attributed-to", "Hubei State Security Department") in found
    assert ("Wuhan Xiaoruizhi Science and Technology", "related-to", "ZIRCONIUM") in found
    assert ("ZIRCONIUM", "uses", "Network Devices") in found
    assert ("ZIRCONIUM", "uses", "Mimikatz") in found
    assert ("ZIRCONIUM", "targets", "CVE-2017-0005") in found
    # What only the report says, and the evidence contradicts, is no relationship.
    assert not any("Volt Typhoon" in left + right for left, _, right in found)


def test_actors_carry_their_attack_id():
    actor = next(one for one in objects(sample_case, "intrusion-set").values() if one["name"] == "ZIRCONIUM")
    assert {"source_name": "mitre-attack", "external_id": "G0128"} in actor["external_references"]
    assert "APT31" in actor["aliases"]


def test_every_claim_has_a_note_and_an_opinion_on_it():
    notes, opinions = objects(sample_case, "note"), objects(sample_case, "opinion")
    assert len(notes) == len(opinions) == 14
    by_label = {}
    for one in opinions.values():
        assert one["object_refs"][0] in notes
        by_label.setdefault(one["labels"][0], set()).add(one["opinion"])
    assert by_label == {
        "contradicted": {"strongly-disagree"},
        "partly": {"agree"},
        "unknown": {"neutral"},
        "corroborated": {"strongly-agree"},
    }


def test_only_what_the_text_calls_malicious_becomes_an_indicator():
    patterns = {one["pattern"] for one in objects(sample_case, "indicator").values()}
    assert patterns == {"[domain-name:value = 'update.xrz-mail.com']", "[ipv4-addr:value = '192.88.99.17']"}


def test_quotes_in_a_value_stay_inside_the_pattern():
    (one,) = objects(hostile_case, "indicator").values()
    assert one["pattern"] == r"[domain-name:value = 'evil\'\\.com']"


def test_times_come_from_the_case():
    assert {one["created"] for one in stix(sample_case())["objects"]} == {"2026-11-25T09:30:00.000Z"}
    (report,) = objects(sample_case, "report").values()
    assert report["published"] == "2026-03-18T00:00:00.000Z"
