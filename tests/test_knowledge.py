"""Names lead to nodes, nodes to what is known of them: on the bundled catalogues and the reference pack."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.knowledge import Graph, profile_of, resolve, sure
from tocsin.model import Profile


def leads_to(graph: Graph, name: str) -> list[str]:
    """The nodes that share the best score."""
    found = resolve(graph, name)
    return [one.ref for one in found if found and one.score == found[0].score]


def profile(graph: Graph, ref: str) -> Profile:
    found = profile_of(graph, ref)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("APT31", "G0128"),
        ("apt-31", "G0128"),
        ("Judgement Panda", "G0128"),
        ("Emmenet", "party:emennet-pasargad"),
        ("Emennet Pasargad", "party:emennet-pasargad"),
        ("安洵信息技术有限公司", "party:anxun"),
        ("i-Soon", "party:anxun"),
        ("Wuhan Xiaoruizhi", "party:wuhan-xiaoruizhi"),
        ("Mint Sandstorm", "G0059"),
        ("G0058", "G0059"),
        ("Charming Kitten", "G0059"),
        ("t1086", "T1059.001"),
        ("T1566.002", "T1566.002"),
        ("Password Spraying", "T1110.003"),
        ("RAWDOOR", "malware:win.rawdoor"),
        ("IRGC", "sponsor:irgc"),
        ("Ministry of State Security", "sponsor:mss"),
        ("CVE-2023-46805", "CVE-2023-46805"),
        ("M1017", "M1017"),
        ("C0024", "C0024"),
    ],
)
def test_a_name_leads_surely_to_one_node(graph: Graph, name: str, ref: str):
    best = sure(resolve(graph, name))
    assert best is not None
    assert best.ref == ref
    assert best.why.says


@pytest.mark.parametrize(
    ("name", "refs"),
    [
        ("Grizzly Steppe", {"G0007", "G0016"}),
        ("Cobalt Gypsy", {"G0049", "G0003"}),
        ("Imperial Kitten", {"G1012", "actor:unc1549", "actor:bohrium"}),
    ],
)
def test_a_name_that_several_actors_have_leads_to_each_with_who_says_so(graph: Graph, name: str, refs: set[str]):
    assert set(leads_to(graph, name)) == refs
    found = [one for one in resolve(graph, name) if one.ref in refs]
    assert all(one.by for one in found)
    assert sure(resolve(graph, name)) is None


@pytest.mark.parametrize("name", ["", "   ", "Nobody Known", "APT99", "T9999", "CVE-1999-00000", "Science"])
def test_what_nobody_knows_leads_nowhere(graph: Graph, name: str):
    assert sure(resolve(graph, name)) is None
    assert profile_of(graph, name) is None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80))
def test_any_query_is_answered(graph: Graph, query: str):
    for one in resolve(graph, query):
        assert 0.7 <= one.score <= 1.0
        assert graph.node(one.ref) is not None
        assert one.why.says


def test_a_name_of_a_million_letters_is_answered(graph: Graph):
    assert resolve(graph, "x" * 1_000_000) == []


def test_withdrawn_and_merged_ids_lead_on(graph: Graph):
    assert graph.current("T1086") == "T1059.001"
    assert graph.current("G0058") == "G0059"
    assert graph.node("T1086") == graph.node("T1059.001")
    assert graph.current("T1566") == "T1566"
    assert graph.node(None) is None


def test_an_actor_in_several_catalogues_is_one_node(graph: Graph):
    owners = {entry.ref for name in ("Mint Sandstorm", "APT35", "Charming Kitten") for entry in graph.names.exact(name)}
    assert "G0059" in owners
    names = {(name.name, name.by) for name in profile(graph, "G0059").aliases}
    assert {by for _, by in names} >= {"MITRE ATT&CK", "MISP threat-actor", "Microsoft"}


def test_the_profile_of_a_party(graph: Graph):
    found = profile(graph, "party:wuhan-xiaoruizhi")
    assert {(row.authority, row.listed) for row in found.designations} == {("US", "2024-03-25"), ("UK", "2024-03-25")}
    assert all(row.url and row.by and row.measures for row in found.designations)
    assert ("fronts_for", "G0128") in {(one.predicate, one.object) for one in found.attributions}
    assert found.labels["G0128"] == "APT31 (ZIRCONIUM)"
    assert {shared.technique.ref for shared in found.techniques} >= {"T1566.002", "T1584.008"}
    assert any(name.script == "Hani" for name in found.aliases)
    assert "pack" in {source.id for source in found.sources}


def test_the_way_up_from_a_party_to_its_sponsor(graph: Graph):
    paths = graph.sponsors_of("party:wuhan-xiaoruizhi")
    assert ["G0128"] in [[one.object for one in path] for path in paths]
    assert any([one.object for one in path][-1] == "sponsor:mss" for path in paths)
    assert all(one.by and one.url for path in paths for one in path)
    assert all(len({one.object for one in path}) == len(path) for path in paths)  # no way goes in a circle


def test_the_profile_of_an_actor(graph: Graph):
    found = profile(graph, "G0128")
    assert (found.kind, found.country) == ("actor", "CN")
    assert {"T1566.002", "T1598.003", "T1584.008", "T1090.003"} <= {one.technique.ref for one in found.techniques}
    assert all(0 <= one.shared_by < one.of for one in found.techniques)
    assert "RAWDOOR" in {one.name for one in found.software}
    counts = [count for _, count in found.mitigations]
    assert counts == sorted(counts, reverse=True)
    assert found.targets


def test_how_many_others_share_a_technique(graph: Graph):
    (shared,) = [one for one in profile(graph, "G0128").techniques if one.technique.ref == "T1566.002"]
    assert shared.shared_by == len(set(graph.users_of("T1566.002")) - {"G0128"})


def test_what_holds_only_through_a_campaign_says_so(graph: Graph):
    found = profile(graph, "G0034")
    via = {one.technique.ref: one.via for one in found.techniques}
    assert via["T1027.002"] == "C0025"
    assert found.labels["C0025"] == "2016 Ukraine Electric Power Attack"
    assert any(value is None for value in via.values())


def test_the_profiles_of_a_sponsor_a_technique_a_malware_and_a_flaw(graph: Graph):
    sponsor = profile(graph, "sponsor:mss")
    assert sponsor.kind == "sponsor"
    assert "G0128" in {end for one in sponsor.attributions for end in (one.subject, one.object)}
    technique = profile(graph, "T1566.002")
    assert "G0128" in technique.used_by
    assert technique.labels["G0128"] == "APT31 (ZIRCONIUM)"
    assert "M1017" in {mitigation.ref for mitigation, _ in technique.mitigations}
    malware = profile(graph, "malware:win.rawdoor")
    assert "G0128" in malware.used_by
    flaw = profile(graph, "CVE-2023-46805")
    assert flaw.kind == "vulnerability"
    assert {one.cve for one in flaw.vulnerabilities} == {"CVE-2023-46805"}
    assert all(one.by and one.url for one in flaw.vulnerabilities)


def test_every_ref_in_the_graph_is_a_node(graph: Graph):
    for rows in graph.out.values():
        for one in rows:
            assert graph.node(one.subject), one
            assert graph.node(one.object), one
    for rows in (*graph.designations.values(), *graph.indictments.values()):
        assert all(graph.node(row.ref) for row in rows)
    assert {entry.ref for entry in graph.names.entries if graph.node(entry.ref) is None} == set()


def test_records_are_a_mapping_that_answers_like_one(graph: Graph):
    assert "G0128" in graph.actors
    assert graph.actors.get("G9999") is None
    assert graph.actors["G0128"] is graph.actors["G0128"]
    assert len(graph.actors) == len(list(graph.actors.values()))
    with pytest.raises(KeyError):
        graph.actors["G9999"]
