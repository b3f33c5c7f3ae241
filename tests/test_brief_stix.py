"""The bundle: valid STIX 2.1, the same bytes twice, and true to the case."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stix2validator import validate_string

from hostile_case import hostile_case, hostile_org_case
from sample_case import empty_case, sample_case
from sample_findings import bare_case, clean_case, org_case
from tocsin.brief import stix
from tocsin.brief.sco import observables
from tocsin.model import Observed

CASES = [sample_case, empty_case, hostile_case, org_case, clean_case, bare_case, hostile_org_case]


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
        pointed = [value for key, value in one.items() if key.endswith("_ref")]
        pointed += [value for key, values in one.items() if key.endswith("_refs") for value in values]
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
    assert {one["created"] for one in stix(sample_case())["objects"] if "created" in one} == {
        "2026-11-25T09:30:00.000Z"
    }
    (report,) = objects(sample_case, "report").values()
    assert report["published"] == "2026-03-18T00:00:00.000Z"


def test_what_helps_stands_beside_the_actor_with_how_much_it_addresses():
    courses = objects(sample_case, "course-of-action")
    ties = [one for one in objects(sample_case, "relationship").values() if one["source_ref"] in courses]
    assert {one["name"] for one in courses.values()} >= {"User Training"}
    assert all(re.match(r"Addresses \d+ of \d+ techniques? of ", one["description"]) for one in ties)
    assert all(one["target_ref"].startswith("intrusion-set--") for one in ties)


def test_a_finding_is_a_sighting_of_what_it_speaks_for():
    every = {one["id"]: one for one in stix(org_case())["objects"]}
    sighted = [one for one in every.values() if one["type"] == "sighting"]
    seen = {(every[one["sighting_of_ref"]].get("name"), one["count"], one["confidence"]) for one in sighted}
    assert ("Wuhan Xiaoruizhi Science and Technology", 1, 85) in seen  # a party, screened
    assert ("update.xrz-mail.com", 1, 85) in seen  # an indicator of the report
    assert ("T1069.002", 7, 50) in seen  # a technique, seven times
    assert not any(one["sighting_of_ref"].startswith("intrusion-set--") for one in sighted)
    assert {every[where]["name"] for one in sighted for where in one["where_sighted_refs"]} == {"Acme Maritime GmbH"}
    assert any("67 other groups share it" in one["description"] for one in sighted)


def test_observed_data_holds_the_process_with_its_parent_and_account():
    every = {one["id"]: one for one in stix(org_case())["objects"]}
    process = next(one for one in every.values() if one.get("command_line", "").startswith("wscript.exe"))
    assert process["pid"] == 4012
    assert every[process["image_ref"]]["name"] == "wscript.exe"
    assert every[every[process["image_ref"]]["parent_directory_ref"]]["path"] == r"C:\Windows\System32"
    assert every[every[process["parent_ref"]]["image_ref"]]["name"] == "OUTLOOK.EXE"
    assert every[process["creator_user_ref"]]["account_login"] == r"ACME\j.lind"


def test_what_has_no_sighting_is_a_note_on_the_organisation():
    every = {one["id"]: one for one in stix(org_case())["objects"]}
    note = next(one for one in every.values() if one.get("abstract", "").startswith("vpn01 runs FortiOS"))
    assert {every[ref].get("name") for ref in note["object_refs"]} == {"Acme Maritime GmbH", "CVE-2022-40684"}


def seen(**fields):
    return observables(Observed(file="a.jsonl", record="1", fields=fields))


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"TargetObject": r"HKLM\Software\Run\x", "Details": "y"}, ["windows-registry-key"]),
        ({"TargetObject": r"HKLM\Software\HKU\x"}, ["artifact"]),
        ({"query": "a.example."}, ["domain-name"]),
        ({"query": "192.0.2.1"}, ["artifact"]),
        ({"TargetFilename": r"C:\a\b.exe"}, ["directory", "file"]),
        ({"sha256": "9b" * 32, "md5": "not a hash"}, ["file"]),
        (
            {"id.orig_h": "192.0.2.1", "id.resp_h": "2001:db8::1", "id.resp_p": "443", "proto": "tcp"},
            ["ipv4-addr", "ipv6-addr", "network-traffic"],
        ),
        ({"SourceIp": "192.0.2.1"}, ["ipv4-addr"]),
        ({"Image": "C:\\folder\\", "ProcessId": "0x1f4"}, ["directory", "process"]),
        ({"nothing": "known"}, ["artifact"]),
        ({}, ["artifact"]),
    ],
)
def test_fields_become_observables(fields, kinds):
    found = seen(**fields)
    assert [one["type"] for one in found] == kinds
    bundle = {"type": "bundle", "id": f"bundle--{uuid.uuid4()}", "objects": found}
    result = validate_string(json.dumps(bundle))
    assert result.is_valid, result.errors


def test_an_address_has_the_id_that_the_standard_gives_it():
    # The namespace and the way are STIX 2.1's (section 2.9), so that other producers give the same id.
    (one,) = seen(SourceIp="198.51.100.3")
    assert one["id"] == "ipv4-addr--" + str(
        uuid.uuid5(uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7"), '{"value":"198.51.100.3"}')
    )


_NAMES = [
    *("Image", "CommandLine", "ParentImage", "Hashes", "TargetObject", "Details", "TargetFilename", "query", "User"),
    *("id.orig_h", "id.resp_h", "id.resp_p", "proto", "service", "ProcessId", "sha256", "DestinationHostname"),
]


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(_NAMES), st.text(max_size=30) | st.sampled_from(["192.0.2.1", "tcp", "a.b"])))
def test_no_record_makes_the_bundle_invalid(fields):
    bundle = {"type": "bundle", "id": f"bundle--{uuid.UUID(int=4 << 76 | 2 << 62)}", "objects": seen(**fields)}
    result = validate_string(json.dumps(bundle))
    assert result.is_valid, result.errors
