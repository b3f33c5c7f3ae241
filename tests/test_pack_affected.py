"""The pack's table of affected versions: every row can be read in its product's scheme and says by whom and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tocsin.audit.judge import judge
from tocsin.audit.products import ENDED, PRODUCTS
from tocsin.audit.versions import parse_branch, parse_version
from tocsin.knowledge import Graph
from tocsin.knowledge.affected import Affected, affected_table, load_affected

TABLE = affected_table()
SCHEMES = {product.key: product.scheme for product in PRODUCTS}
ROWS = [row for flaws in TABLE.products.values() for rows in flaws.values() for row in rows]
# Facts checked by hand against the advisories: product, flaw, version, open or not.
FACTS = [
    ("fortios", "CVE-2024-21762", "7.0.12", "open"),
    ("fortios", "CVE-2024-21762", "7.0.14", "repaired"),
    ("fortios", "CVE-2024-21762", "7.6.1", "unaffected"),
    ("fortios", "CVE-2018-13379", "6.0.4", "open"),
    ("fortios", "CVE-2018-13379", "5.6.2", "unaffected"),
    ("fortios", "CVE-2018-13379", "7.4.8", "unaffected"),
    ("fortios", "CVE-2024-55591", "7.2.12", "unaffected"),
    ("fortiproxy", "CVE-2024-55591", "7.2.12", "open"),
    ("fortios", "CVE-2022-42475", "6.2.11", "open"),
    ("ivanti-connect-secure", "CVE-2025-22457", "22.7R2.5", "open"),
    ("ivanti-connect-secure", "CVE-2025-22457", "22.7R2.10", "repaired"),
    ("ivanti-connect-secure", "CVE-2025-22457", "9.1R18.9", "open"),
    ("ivanti-connect-secure", "CVE-2025-0282", "22.7R2.5", "repaired"),
    ("ivanti-connect-secure", "CVE-2025-0282", "9.1R18.9", "unaffected"),
    ("ivanti-connect-secure", "CVE-2023-46805", "9.1R17.1", "open"),
    ("ivanti-connect-secure", "CVE-2023-46805", "9.1R17.2", "repaired"),
    ("ivanti-connect-secure", "CVE-2019-11510", "9.0R3.3", "open"),
    ("netscaler", "CVE-2023-4966", "14.1-8.50", "repaired"),
    ("netscaler", "CVE-2025-5777", "14.1-8.50", "open"),
    ("netscaler", "CVE-2025-5777", "12.1-65.39", "open"),
    ("netscaler", "CVE-2025-5777", "13.1-37.241-FIPS", "repaired"),
    ("netscaler", "CVE-2025-5777", "13.1-37.241", "unclear"),
    ("netscaler", "CVE-2023-3519", "13.1-48.47", "open"),
    ("pan-os", "CVE-2024-3400", "10.2.8-h2", "open"),
    ("pan-os", "CVE-2024-3400", "10.2.8-h3", "repaired"),
    ("pan-os", "CVE-2024-3400", "10.2.10", "repaired"),
    ("pan-os", "CVE-2024-3400", "10.1.14", "unaffected"),
    ("cisco-asa", "CVE-2025-20362", "9.16(4)57", "open"),
    ("cisco-asa", "CVE-2025-20362", "9.17(1)", "open"),
    ("cisco-ios-xe", "CVE-2023-20198", "17.9.4", "open"),
    ("cisco-ios-xe", "CVE-2023-20198", "17.9.4a", "repaired"),
    ("big-ip", "CVE-2022-1388", "16.1.2.1", "open"),
    ("big-ip", "CVE-2022-1388", "16.1.2.2", "repaired"),
    ("big-ip", "CVE-2022-1388", "12.1.6", "open"),
    ("checkpoint-gateway", "CVE-2024-24919", "R81.20", "unclear"),
    ("sma100", "CVE-2021-20038", "10.2.1.2-24sv", "open"),
    ("sma100", "CVE-2021-20038", "10.2.1.14-75sv", "repaired"),
    ("sophos-firewall", "CVE-2022-3236", "19.0 MR1", "open"),
    ("sophos-firewall", "CVE-2022-3236", "19.0.2", "unaffected"),
    ("exchange", "CVE-2021-26855", "15.2.792.5", "open"),
    ("exchange", "CVE-2021-26855", "15.2.792.10", "repaired"),
    ("exchange", "CVE-2021-26855", "15.02.0858.005", "repaired"),
    ("exchange", "CVE-2021-26855", "15.1.1261.35", "open"),
    ("exchange", "CVE-2022-41040", "15.2.2562.17", "repaired"),
    ("exchange", "CVE-2021-26855", "2019 CU14", "repaired"),
    ("exchange", "CVE-2021-26855", "2019 CU8", "unclear"),
    ("zimbra", "CVE-2019-9670", "8.7.11p9", "open"),
    ("zimbra", "CVE-2019-9670", "8.8.15 Patch 41", "unaffected"),
    ("roundcube", "CVE-2020-35730", "1.4.9", "open"),
    ("roundcube", "CVE-2021-44026", "1.6.1", "repaired"),
    ("exim", "CVE-2019-10149", "4.91", "open"),
    ("exim", "CVE-2019-10149", "4.92", "unaffected"),
    ("exim", "CVE-2018-6789", "4.89", "open"),
    ("junos", "CVE-2025-21590", "20.4R3-S10", "open"),
    ("junos", "CVE-2025-21590", "22.3R3", "unclear"),
]


def test_the_table_is_read_without_a_fault() -> None:
    assert TABLE.faults == ()
    assert len(TABLE.cves) >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.cve}/{row.product}/{row.branch}")
def test_every_row_can_be_read_and_says_by_whom_and_where(row: Affected) -> None:
    assert re.fullmatch(r"CVE-\d{4}-\d{4,}", row.cve)
    assert re.fullmatch(r"https://\S+", row.url)
    assert row.by
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row.published)
    scheme = SCHEMES[row.product]
    for bound in (row.introduced, row.last, row.fixed):
        assert not bound or parse_version(scheme, bound) is not None, bound
    fixed = parse_version(scheme, row.fixed) if row.fixed else None
    assert fixed is None or row.branch == "*" or fixed.numbers[:1] == parse_branch(row.branch).numbers[:1]
    assert not (row.last and row.fixed)


@pytest.mark.parametrize(("product", "cve", "text", "state"), FACTS)
def test_facts_checked_by_hand(product: str, cve: str, text: str, state: str) -> None:
    version = parse_version(SCHEMES[product], text, text)
    assert version is not None
    assert judge(version, SCHEMES[product], TABLE.products[product][cve]).state == state


def test_what_actors_of_the_pack_exploit_at_the_perimeter_is_in_the_table(graph: Graph) -> None:
    exploited = {cve for cve in TABLE.cves if cve in graph.exploited}
    assert len(exploited) >= 50


def test_a_branch_out_of_support_is_of_a_product_that_is_known() -> None:
    for end in ENDED:
        assert end.product in SCHEMES
        assert parse_branch(end.branch).numbers
        assert not end.before or parse_version(SCHEMES[end.product], end.before)


def test_a_row_that_cannot_be_read_is_a_fault_and_the_others_are_used(tmp_path: Path) -> None:
    head = "cve,product,branch,status,introduced,last,fixed,by,published,url\n"
    good = "CVE-2024-21762,fortios,7.0,affected,,,7.0.14,FG-IR-24-015,2024-02-09,https://www.cve.org\n"
    (tmp_path / "affected.csv").write_text(head + "CVE-2024-21762,fortios,7.0,maybe,,,,x,2024-02-09,y\n" + good)
    table = load_affected(tmp_path)
    assert [fault.place for fault in table.faults] == ["line 2"]
    assert table.cves == {"CVE-2024-21762"}
    assert len(load_affected(tmp_path / "nowhere").faults) == 1
