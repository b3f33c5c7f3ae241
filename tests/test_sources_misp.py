"""The galaxies of the installed package, and a folder of damaged ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.sources import misp


@pytest.fixture(scope="module")
def galaxies() -> misp.Galaxies:
    return misp.Galaxies()


def test_all_files_that_are_read_are_in_the_package():
    assert all(path.is_file() for path in misp.files())
    assert misp.version() != "none"


def test_attack_groups_and_what_they_use(galaxies: misp.Galaxies):
    catalogue = galaxies.attack()
    actors = {actor.ref: actor for actor in catalogue.actors}
    assert {name.name for name in actors["G0128"].names} >= {"APT31", "Violet Typhoon"}
    assert actors["G0128"].countries == ("CN", "US")
    assert actors["G0027"].country == "CN"
    assert ("G0128", "uses", "T1584.008") in {(one.subject, one.predicate, one.object) for one in catalogue.links}
    assert {one.kind for one in catalogue.software} == {"malware", "tool"}
    techniques = {technique.ref: technique for technique in catalogue.techniques}
    assert techniques["T1566"].name == "Phishing"
    assert techniques["T1566"].tactics == ("initial-access",)
    assert all(one.ref.startswith("M") for one in catalogue.mitigations)
    assert catalogue.campaigns == ()
    assert galaxies.faults == []


def test_threat_actors_say_which_group_they_are(galaxies: misp.Galaxies):
    actors = {actor.name: actor for actor in galaxies.actors()}
    assert actors["APT31"].country == "CN"
    assert actors["APT1"].also == ("G0006",)
    assert all(name.name != "G0006" for name in actors["APT1"].names)


def test_malpedia_names_have_their_address(galaxies: misp.Galaxies):
    families = galaxies.malpedia()
    assert len(families) > 2000
    assert all(one.ref.startswith("malware:") for one in families)
    assert sum(one.url is not None for one in families) > 0.9 * len(families)


@pytest.mark.parametrize("content", [b"", b"{", b'{"values": 3}', b'{"values": [{"value": 3}]}', b"\xff\xfe\x00"])
def test_a_damaged_cluster_is_a_fault_and_the_others_are_read(tmp_path: Path, content: bytes):
    cluster = {"values": [{"value": "APT31", "meta": {"country": "cn", "synonyms": ["G0128", "ZIRCONIUM"]}}]}
    (tmp_path / "threat-actor.json").write_text(json.dumps(cluster))
    (tmp_path / "microsoft-activity-group.json").write_bytes(content)
    galaxies = misp.Galaxies(tmp_path)
    (actor,) = galaxies.actors()
    assert (actor.ref, actor.country, actor.also) == ("actor:apt31", "CN", ("G0128",))
    assert [name.name for name in actor.names] == ["APT31", "ZIRCONIUM"]
    (fault,) = galaxies.faults
    assert fault.file.endswith("microsoft-activity-group.json")
    assert "reinstall pymispgalaxies" in fault.todo


def test_no_package_at_all_is_a_fault_a_file(tmp_path: Path):
    galaxies = misp.Galaxies(tmp_path / "nowhere")
    assert galaxies.attack().actors == ()
    assert galaxies.malpedia() == []
    assert len(galaxies.faults) == 6
