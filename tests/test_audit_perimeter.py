"""The perimeter audit: which appliances are open to which flaws, who exploits them, and what cannot be judged."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.audit import audit_perimeter
from tocsin.audit.products import products_named, recognise
from tocsin.knowledge import Graph
from tocsin.model import Finding, Looked

TODAY = datetime.date(2026, 11, 25)
SHARED = Path(__file__).parents[2] / "shared" / "cases"
HEAD = "asset,vendor,product,version,exposed,checked\n"


def inventory(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "inventory.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def audit(graph: Graph, path: Path, kev: Path | None = None, columns: dict[str, str] | None = None) -> Looked:
    return audit_perimeter([path], graph, columns=columns, kev=kev, today=TODAY)


def kev_file(folder: Path, *cves: str, product: str = "FortiOS") -> Path:
    path = folder / "kev.json"
    flaws = [
        {
            "cveID": cve,
            "vendorProject": "Fortinet",
            "product": product,
            "dateAdded": "2024-02-09",
            "knownRansomwareCampaignUse": "Known",
        }
        for cve in cves
    ]
    path.write_text(json.dumps({"title": "t", "catalogVersion": "1", "vulnerabilities": flaws}))
    return path


def about(looked: Looked, cve: str) -> list[Finding]:
    return [one for one in looked.findings if cve in one.title]


def test_an_exposed_appliance_that_actors_exploit_is_critical_and_says_who_says_so(
    graph: Graph, tmp_path: Path
) -> None:
    looked = audit(graph, inventory(tmp_path, "vpn01,Fortinet,FortiGate 100F,v7.0.8 build0418,yes,2026-11-20"))
    (finding,) = about(looked, "CVE-2022-42475")
    assert finding.title == "vpn01: FortiOS v7.0.8 build0418 is open to CVE-2022-42475"
    assert (finding.kind, finding.severity, finding.confidence, finding.host) == (
        "exposure",
        "critical",
        "high",
        "vpn01",
    )
    assert finding.techniques == ("T1190", "T1133")
    assert {tie.shared_by for tie in finding.actors} == {len(finding.actors) - 1}
    assert all(graph.node(tie.ref) and tie.why.endswith("it exploited CVE-2022-42475") for tie in finding.actors)
    reasons = {reason.name: reason for reason in finding.why}
    assert reasons["version"].evidence[0].url
    assert all(one.url and one.publisher for one in reasons["exploited"].evidence)
    assert reasons["exposed"].says.endswith("as of 2026-11-20")
    assert "look on vpn01 for signs" in finding.next[0]
    assert "7.0.9" in finding.next[1]
    assert finding.evidence[0].record == "line 2"
    assert finding.evidence[0].fields["version"] == "v7.0.8 build0418"


def test_who_is_not_exposed_is_less_urgent_and_unknown_counts_as_exposed(graph: Graph, tmp_path: Path) -> None:
    path = inventory(
        tmp_path,
        "a,Fortinet,FortiOS,7.0.8,no,",
        "b,Fortinet,FortiOS,7.0.8,,",
        "c,Fortinet,FortiOS,7.0.8,perhaps,",
    )
    found = {one.host: one for one in about(audit(graph, path), "CVE-2022-42475")}
    assert (found["a"].severity, found["b"].severity, found["c"].severity) == ("medium", "critical", "critical")
    assert found["b"].confidence == "moderate"
    assert any("does not say whether the internet reaches it" in reason.says for reason in found["b"].why)


def test_kev_raises_the_severity_and_what_it_holds_beyond_the_table_is_said(graph: Graph, tmp_path: Path) -> None:
    path = inventory(tmp_path, "vpn01,Fortinet,FortiOS,7.0.12,yes,")
    (without,) = about(audit(graph, path), "CVE-2024-21762")
    looked = audit(graph, path, kev_file(tmp_path, "CVE-2024-21762", "CVE-2099-1234"))
    (with_kev,) = about(looked, "CVE-2024-21762")
    assert (without.severity, with_kev.severity) == ("medium", "high")
    assert without.id == with_kev.id
    says = " ".join(reason.says for reason in with_kev.why)
    assert "exploited since 2024-02-09, by ransomware too" in says
    assert "KEV also holds 1 flaw of" in says
    assert [(one.kind, one.records) for one in looked.inputs][:2] == [
        ("known exploited flaws", 2),
        ("known exploited flaws with a version table", 1),
    ]


@pytest.mark.parametrize("broken", [b"{", b"\x1f\x8b\x00\x00", b'{"vulnerabilities": [{"x": 1}]}', b"[]", b""])
def test_a_broken_kev_is_one_fault_and_the_audit_goes_on(graph: Graph, tmp_path: Path, broken: bytes) -> None:
    kev = tmp_path / "kev.json"
    kev.write_bytes(broken)
    looked = audit(graph, inventory(tmp_path, "vpn01,Fortinet,FortiOS,7.0.12,yes,"), kev)
    assert [Path(fault.file).name for fault in looked.left_out] == ["kev.json"]
    assert looked.left_out[0].todo
    assert about(looked, "CVE-2024-21762")


def test_kev_may_be_packed(graph: Graph, tmp_path: Path) -> None:
    packed = tmp_path / "kev.json.gz"
    packed.write_bytes(gzip.compress(kev_file(tmp_path, "CVE-2024-21762").read_bytes()))
    looked = audit(graph, inventory(tmp_path, "vpn01,Fortinet,FortiOS,7.0.12,yes,"), packed)
    assert looked.left_out == ()
    assert about(looked, "CVE-2024-21762")[0].severity == "high"
    packed.write_bytes(packed.read_bytes()[:-20])
    cut = audit(graph, inventory(tmp_path, "vpn01,Fortinet,FortiOS,7.0.12,yes,"), packed)
    assert len(cut.left_out) == 1


def test_what_is_not_known_is_said_and_never_guessed(graph: Graph, tmp_path: Path) -> None:
    path = inventory(
        tmp_path,
        "box,Acme,Tunnel 9000,1.0,yes,",
        "fmg,Fortinet,FortiManager,7.0.12,no,",
        "ics,Ivanti,Connect Secure,,yes,",
        "odd,Ivanti,Connect Secure,latest,yes,",
        "old,Roundcube,Roundcube Webmail,1.4,yes,",
        "epmm,MobileIron,Core,11.4.0.0,yes,",
    )
    found = {one.host: one for one in audit(graph, path).findings}
    assert "product is not known here" in found["box"].title
    assert (found["box"].severity, found["box"].techniques) == ("medium", ())
    assert "no version table for FortiManager" in found["fmg"].title
    assert found["fmg"].severity == "low"
    for host in ("ics", "odd"):
        assert "8 flaws of Ivanti Connect Secure" in found[host].title
        assert "CVE-2025-22457" in {part.name for part in found[host].why[0].parts}
    assert "not given in full" in found["old"].why[0].parts[0].says
    assert {part.name for part in found["epmm"].why[0].parts} == {"CVE-2025-4427", "CVE-2025-4428"}
    assert "not covered" in found["epmm"].why[0].parts[0].says


def test_a_hotfix_that_the_version_does_not_show_is_not_called_open(graph: Graph, tmp_path: Path) -> None:
    looked = audit(graph, inventory(tmp_path, "fw,Check Point,Quantum Security Gateway,R81.20,yes,"))
    (finding,) = looked.findings
    assert "1 flaw of Check Point security gateway R81.20 cannot be excluded" in finding.title
    assert "hotfix" in finding.why[0].parts[0].says


@pytest.mark.parametrize(
    ("row", "ended"),
    [
        ("x,Microsoft,Exchange Server 2019,15.2.1544.44,yes,", True),
        ("x,Microsoft,Exchange Server,2016 CU23,yes,", True),
        ("x,Microsoft,Exchange Server SE,15.2.2562.46,yes,", False),
        ("x,Pulse Secure,Pulse Connect Secure,9.1R18.9,yes,", True),
        ("x,Citrix,NetScaler ADC,13.0-92.31,yes,", True),
        ("x,Citrix,NetScaler ADC 12.1-FIPS,12.1-55.330,yes,", False),
    ],
)
def test_a_branch_out_of_support_is_a_finding(graph: Graph, tmp_path: Path, row: str, ended: bool) -> None:
    looked = audit(graph, inventory(tmp_path, row))
    found = [one for one in looked.findings if "out of support" in one.title]
    assert bool(found) == ended
    assert all(one.why[0].evidence[0].url for one in found)


def test_what_is_repaired_everywhere_yields_nothing(graph: Graph, tmp_path: Path) -> None:
    path = inventory(
        tmp_path,
        "vpn1,Fortinet,FortiGate-60F,v7.4.8,yes,",
        "vpn2,Ivanti,Connect Secure,22.7R2.10,yes,",
        "vpn3,Citrix,NetScaler Gateway,14.1-56.73,yes,",
        "vpn4,Palo Alto Networks,PA-440 PAN-OS,11.2.4-h2,yes,",
        "vpn5,F5,BIG-IP APM,17.1.2,yes,",
        "vpn6,SonicWall,SMA 410,10.2.1.14-75sv,yes,",
        "vpn7,Sophos,XGS Firewall,SFOS 21.0.0,yes,",
        "mail1,Microsoft,Exchange Server SE,15.2.2562.46,yes,",
        "mail2,Synacor,Zimbra Collaboration,10.1.4,yes,",
        "mail3,Roundcube,Webmail,1.6.10,yes,",
        "mail4,,Exim,4.98,yes,",
    )
    looked = audit(graph, path)
    assert looked.findings == ()
    assert looked.left_out == ()
    assert looked.inputs[0].records == 11


def test_other_words_for_columns_and_mapped_ones(graph: Graph, tmp_path: Path) -> None:
    path = inventory(tmp_path, "gw;Fortinet;FortiOS;7.0.12;ja", head="Hostname;Hersteller;Produkt;Stand;Internet\n")
    looked = audit(graph, path, columns={"version": "Stand"})
    assert about(looked, "CVE-2024-21762")[0].host == "gw"


def test_a_file_that_is_no_inventory_is_one_fault_and_the_others_are_used(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("colour,size\nred,3\n")
    good = inventory(tmp_path, "vpn01,Fortinet,FortiOS,7.0.12,yes,")
    looked = audit_perimeter(
        [tmp_path / "wrong.csv", good, tmp_path / "gone.csv"], graph, columns=None, kev=None, today=TODAY
    )
    assert [Path(fault.file).name for fault in looked.left_out] == ["wrong.csv", "gone.csv"]
    assert about(looked, "CVE-2024-21762")


def test_the_same_row_in_two_files_is_one_finding(graph: Graph, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        inventory(tmp_path / name, "vpn01,Fortinet,FortiOS,7.0.12,yes,")
    looked = audit_perimeter([tmp_path], graph, columns=None, kev=None, today=TODAY)
    (finding,) = about(looked, "CVE-2024-21762")
    assert len(finding.evidence) == 2


@pytest.mark.parametrize(
    ("vendor", "product", "key"),
    [
        ("Fortinet", "FortiGate-60F", "fortios"),
        ("Fortinet", "FortiManager", "fortimanager"),
        ("Pulse Secure", "Pulse Connect Secure", "ivanti-connect-secure"),
        ("Ivanti", "Policy Secure", "ivanti-policy-secure"),
        ("MobileIron", "Core", "ivanti-epmm"),
        ("MobileIron", "Sentry", "ivanti-sentry"),
        ("Citrix", "ADC", "netscaler"),
        ("NetScaler", "ADC FIPS", "netscaler"),
        ("Palo Alto Networks", "PA-3220", "pan-os"),
        ("Palo Alto Networks", "Panorama M-200", "panorama"),
        ("Cisco", "ASA 5525-X", "cisco-asa"),
        ("Cisco", "Firepower Threat Defense", "cisco-ftd"),
        ("SonicWall", "SMA 1000", "sma1000"),
        ("SonicWall", "SMA 500v", "sma100"),
        ("SonicWall", "TZ 370", "sonicos"),
        ("Microsoft", "Exchange Online", None),
        ("nginx", "nginx", None),
        ("", "", None),
    ],
)
def test_products_by_their_names_and_old_names(vendor: str, product: str, key: str | None) -> None:
    found = recognise(vendor, product)
    assert (found.key if found else None) == key


def test_an_entry_may_name_several_products() -> None:
    assert products_named("Fortinet", "FortiOS and FortiProxy") == {"fortios", "fortiproxy"}


@given(st.text(max_size=600), st.text(max_size=600))
def test_no_name_is_too_odd(vendor: str, product: str) -> None:
    found = recognise(vendor, product)
    assert found is None or found.key


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize("case", ["per-netscaler-builds", "per-ivanti-releases", "per-fortinet-products"])
@pytest.mark.parametrize("with_kev", [False, True])
def test_shared_cases(graph: Graph, case: str, with_kev: bool) -> None:
    lines = (SHARED / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    expected = next(one for line in lines if (one := json.loads(line))["id"] == case)["expect"]
    folder = SHARED / "files" / case
    kev = folder / "catalogue" / "known_exploited_vulnerabilities.json" if with_kev else None
    looked = audit(graph, folder / "inventory.csv", kev)
    for cve, assets in expected["assets_with"].items():
        assert {one.host for one in about(looked, cve)} >= set(assets)
        spoken_of = {one.host for one in looked.findings if cve in repr(one)}
        assert spoken_of.isdisjoint(expected["assets_without"][cve])
    assert looked.left_out == ()
