"""The article that the project starts from: each claim that it must get right, with the evidence that decides it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from asking import knowledge, proofs_of
from tocsin import spine
from tocsin.model import Claim, Verdict
from tocsin.read import load_report

ARTICLE = Path(__file__).parents[2] / "shared" / "data" / "reports" / "eu-sanctions-apt31.txt"
XRZ, APT31 = "party:wuhan-xiaoruizhi", "G0128"
ANXUN_IN_EU = "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.B/7"
ITG_IN_EU = "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.B/5"
EMENNET_IN_EU = "EU-CYB | Council of the EU | 2026-03-16 | 32019R0796/I.B/6"
XRZ_IN_US = "OFAC-SDN | US Department of the Treasury | 2024-03-25 | 47800"
XRZ_IN_UK = "UK-SL | HM Treasury OFSI | 2024-03-25 | CYB0044"
COMPANIES = "companies based in China and Iran"
APPLIANCES = "VPN concentrators and mail servers"

pytestmark = pytest.mark.skipif(not ARTICLE.exists(), reason="the shared article is not here")


class Row(NamedTuple):
    """A claim by words of its sentence, its predicate and object; its verdict; and what must stand in its proof."""

    sentence: str
    subject: str
    predicate: str
    object: str
    verdict: str
    proofs: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


TABLE = [
    Row("Dark Reading", "EU", "designated", COMPANIES, "corroborated", (ANXUN_IN_EU, ITG_IN_EU, EMENNET_IN_EU)),
    Row(
        "Impacted entities",
        "EU",
        "designated",
        "Iranian firms",
        "partly",
        (EMENNET_IN_EU,),
        ("EU cyber listings have 1",),
    ),
    Row(
        "Simultaneously",
        "EU",
        "designated",
        "Iranian entities",
        "partly",
        (EMENNET_IN_EU,),
        ("359/2011", "Imam Reza Islamic Revolutionary Guard Corps", "Mohammad Rasulullah Corps"),
    ),
    Row("Simultaneously", "EU", "designated", "individuals", "partly", (), ("359/2011", "2026-03-16")),
    Row(
        "Impacted entities",
        "EU",
        "designated",
        XRZ,
        "contradicted",
        ("EU-CYB | EU | 2026-07-13", XRZ_IN_US, XRZ_IN_UK, ANXUN_IN_EU, ITG_IN_EU, EMENNET_IN_EU),
        ("not listed in EU-CYB as of 2026-07-13", "US since 2024-03-25", "UK since 2024-03-25"),
    ),
    Row("similar designations", "US", "designated", XRZ, "corroborated", (XRZ_IN_US,), ("2024-03-25",)),
    Row("similar designations", "UK", "designated", XRZ, "corroborated", (XRZ_IN_UK,), ("2024-03-25",)),
    Row("prohibiting them", "", "measure", "", "partly", (), ("asset freeze", "natural persons only")),
    Row("By freezing assets", "", "measure", "", "partly", (), ("natural persons only",)),
    Row(
        "a front for APT31",
        XRZ,
        "fronts_for",
        APT31,
        "corroborated",
        (f"pack | US Department of the Treasury | 2024-03-25 | {XRZ} fronts_for G0128",),
        ("UK FCDO",),
    ),
    Row(
        "widely associated",
        APT31,
        "belongs_to",
        "sponsor:mss",
        "corroborated",
        ("pack | UK FCDO | 2021-07-19 | G0128 belongs_to sponsor:mss",),
        ("Ministry of State Security",),
    ),
    Row("RAWREEL", APT31, "uses", "RAWREEL", "unknown", (), ("in no catalogue", "RAWDOOR", "tied to APT31")),
    Row("Phishing campaigns", APT31, "uses", "T1566", "corroborated", (), ("T1566.002", "T1598.003")),
    Row("SOHO", APT31, "uses", "T1584.008", "corroborated", (), ("T1584.008",)),
    Row("SOHO", APT31, "uses", "T1090.003", "corroborated", (), ("T1090.003",)),
    Row(
        "typically linked",
        "Iranian entities",
        "belongs_to",
        "sponsor:irgc",
        "partly",
        ("pack | US Department of the Treasury | 2018-01-12 | sponsor:irgc-cec belongs_to sponsor:irgc",),
        ("Emennet Pasargad", "US Department of the Treasury", "EU's own text names no such sponsor"),
    ),
    Row(
        "often exploit",
        "class:IR",
        "exploits",
        APPLIANCES,
        "corroborated",
        ("pack | FBI, CISA, ACSC and NCSC-UK (AA21-321A) | 2021-11-17 | CVE-2018-13379",),
        ("such actors", "CVE-2018-13379"),
    ),
]
QUIET = [
    "Security teams must prioritize",
    "Sanctioning Wuhan Xiaoruizhi",
    "Analysts researching",
    "Monitoring for unusual traffic",
    "Defenders should adopt",
    "Identity Management",
    "Threat Hunting",
    "By integrating",
    "Advertisement",
    "European Council Expands",
    "The Impact of",
    "Analyzing Iranian",
    "Recommendations for",
]


@pytest.fixture(scope="module")
def checked() -> spine.Verified:
    return spine.verify_report(load_report(ARTICLE), knowledge())


def found(checked: spine.Verified, row: Row) -> list[tuple[Claim, Verdict]]:
    """The claims of a row: made in its sentence, or made there again."""
    text = checked.report.text
    pairs = zip(checked.reading.claims, checked.verdicts, strict=True)
    return [
        (claim, verdict)
        for claim, verdict in pairs
        if claim.predicate == row.predicate
        and row.subject in ("", claim.subject.ref, claim.subject.text)
        and row.object in ("", claim.object.ref, claim.object.text)
        and any(row.sentence in line for line in (claim.sentence, *(text[s.start : s.end] for s in claim.also)))
    ]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.sentence}: {row.predicate} {row.object}")
def test_a_claim_of_the_article_gets_its_verdict_and_evidence(checked: spine.Verified, row: Row) -> None:
    pairs = found(checked, row)
    assert [verdict.verdict for _, verdict in pairs] == [row.verdict]
    verdict = pairs[0][1]
    assert set(row.proofs) <= set(proofs_of(verdict))
    told = [*(one.says for one in verdict.why), *(one.says for one in verdict.nearest)]
    told += [f"{one.says} {one.record}" for one in verdict.evidence]
    assert [words for words in row.says if not any(words in line for line in told)] == []


@pytest.mark.parametrize("words", QUIET)
def test_advice_headings_and_the_advertisement_get_no_verdict(checked: spine.Verified, words: str) -> None:
    assert words in checked.report.text
    assert [claim.sentence for claim in checked.reading.claims if words in claim.sentence] == []


def test_what_the_paper_says_is_said_to_be_the_paper_s(checked: spine.Verified) -> None:
    [claim] = [claim for claim in checked.reading.claims if claim.object.text == COMPANIES]
    assert claim.according_to == "Dark Reading"


def test_the_same_listing_is_claimed_once_with_its_other_places(checked: spine.Verified) -> None:
    [claim] = [c for c in checked.reading.claims if (c.subject.ref, c.object.ref) == ("EU", XRZ)]
    assert len(claim.also) >= 1
    assert all("Xiaoruizhi" in checked.report.text[span.start : span.end] for span in claim.also)


def test_few_claims_are_made_beyond_the_table(checked: spine.Verified) -> None:
    known = {claim.id for row in TABLE for claim, _ in found(checked, row)}
    assert sum(claim.id not in known for claim in checked.reading.claims) <= len(TABLE)
