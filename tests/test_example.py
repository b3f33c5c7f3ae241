"""The example report, whose events are real and whose mistakes are made up: each claim gets its right verdict."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tocsin import open_knowledge, verify_report
from tocsin.model import Claim, Verdict
from tocsin.read import load_report
from tocsin.spine import Verified

REPORT = Path(__file__).parent.parent / "examples" / "reports" / "eu-cyber-listings.html"


class Expected(NamedTuple):
    """A claim by words of its sentence, subject, predicate and object; its verdict; what its evidence must say."""

    sentence: str
    subject: str
    predicate: str
    object: str
    verdict: str
    says: str


TABLE = [
    Expected("companies in China and in Iran", "EU", "designated", "companies", "corroborated", "2026-03-16"),
    Expected("placed under sanctions", "EU", "designated", "party:wuhan-xiaoruizhi", "contradicted", "2024-03-25"),
    Expected("a front for APT31", "party:wuhan-xiaoruizhi", "fronts_for", "G0128", "corroborated", "2024-03-25"),
    Expected("works for China", "G0128", "belongs_to", "sponsor:mss", "corroborated", "Ministry of State Security"),
    Expected("Judgement Panda", "G0128", "same_as", "Judgement Panda", "corroborated", "Judgement Panda"),
    Expected("had each blacklisted", "US", "designated", "party:wuhan-xiaoruizhi", "corroborated", "2024-03-25"),
    Expected("had each blacklisted", "UK", "designated", "party:wuhan-xiaoruizhi", "corroborated", "2024-03-25"),
    Expected("Two of its hackers", "US", "designated", "party:zhao-guangzong", "corroborated", "2024-03-25"),
    Expected("Two of its hackers", "US", "designated", "party:ni-gaobin", "corroborated", "2024-03-25"),
    Expected("indicted both men", "US", "indicted", "party:zhao-guangzong", "corroborated", "2024-03-25"),
    Expected("indicted both men", "US", "indicted", "party:ni-gaobin", "corroborated", "2024-03-25"),
    Expected("Also sanctioned", "EU", "designated", "party:integrity-technology-group", "corroborated", "2026-03-16"),
    Expected("bar those companies", "", "measure", "", "partly", "asset freeze"),
    Expected("may not make funds available", "", "measure", "", "corroborated", "no funds or economic resources"),
    Expected("Iranian individuals", "EU", "designated", "individuals", "partly", "359/2011"),
    Expected("tied to the Islamic", "Iranian entities", "belongs_to", "sponsor:irgc", "partly", "Emennet Pasargad"),
    Expected("in November 2021", "US", "designated", "party:emennet-pasargad", "corroborated", "2021-11-18"),
    Expected("VPN appliances", "class:IR", "exploits", "VPN appliances", "corroborated", "CVE-2018-13379"),
    Expected("dissidents abroad", "class:IR", "uses", "T1566", "corroborated", "Spearphishing"),
    Expected("sends spearphishing links", "G0128", "uses", "T1566.002", "corroborated", "T1566.002"),
    Expected("RAWGATE", "G0128", "uses", "RAWGATE", "unknown", "RAWDOOR"),
    Expected("SOHO routers", "G0128", "uses", "T1584.008", "corroborated", "T1584.008"),
    Expected("SOHO routers", "G0128", "uses", "T1090", "corroborated", "T1090.003"),
    Expected("CVE-2021-26855", "G0128", "exploits", "CVE-2021-26855", "unknown", "CVE-2021-26855"),
    Expected("government officials", "G0128", "targets", "government officials", "corroborated", "government"),
    Expected("Industroyer", "G0128", "uses", "S0604", "contradicted", "Sandworm"),
    Expected("Anxun Information", "EU", "designated", "party:anxun", "corroborated", "2026-03-16"),
]
# Advice, headings, an advertisement, related stories and the publisher's notes: they claim nothing.
QUIET = [
    "Patch VPN appliances",
    "Look for logins",
    "Train staff",
    "Ask your bank",
    "What defenders should do now",
    "A company from Wuhan",
    "Advertisement",
    "Example Shipping",
    "wallet drainer",
    "newsletter",
    "cookie",
]


@pytest.fixture(scope="module")
def checked() -> Verified:
    return verify_report(load_report(REPORT), open_knowledge())


def fits(expected: Expected, claim: Claim) -> bool:
    """Whether a claim is the expected one."""
    return (
        expected.sentence in claim.sentence
        and expected.predicate == claim.predicate
        and (expected.subject == claim.subject.ref or expected.subject in claim.subject.text)
        and ((claim.object.ref or "").startswith(expected.object) or expected.object in claim.object.text)
    )


def told(verdict: Verdict) -> str:
    """All that a verdict offers for itself."""
    proof = [*verdict.evidence, *(one for near in verdict.nearest for one in near.evidence)]
    words = [one for e in proof for one in (e.date, e.record, e.says) if one]
    return "\n".join([*words, *(reason.says for reason in verdict.why), *(near.says for near in verdict.nearest)])


@pytest.mark.parametrize("expected", TABLE, ids=lambda one: f"{one.sentence}: {one.predicate} {one.object}")
def test_a_claim_gets_its_verdict_and_the_evidence_that_decides(checked: Verified, expected: Expected) -> None:
    pairs = zip(checked.reading.claims, checked.verdicts, strict=True)
    found = [verdict for claim, verdict in pairs if fits(expected, claim)]
    assert [verdict.verdict for verdict in found] == [expected.verdict]
    assert expected.says in told(found[0])


def test_the_nearest_known_name_comes_first(checked: Verified) -> None:
    pairs = zip(checked.reading.claims, checked.verdicts, strict=True)
    nearest = next(verdict.nearest for claim, verdict in pairs if claim.object.text == "RAWGATE")
    assert "RAWDOOR" in nearest[0].says


@pytest.mark.parametrize("words", QUIET)
def test_what_claims_nothing_gets_no_verdict(checked: Verified, words: str) -> None:
    assert [claim.sentence for claim in checked.reading.claims if words in claim.sentence] == []


def test_a_consultant_s_guess_stays_a_guess(checked: Verified) -> None:
    claim = next(claim for claim in checked.reading.claims if claim.object.ref == "S0604")
    assert claim.hedged in ("likely", "roughly even chance")


def test_what_a_government_said_is_said_of_it(checked: Verified) -> None:
    claim = next(claim for claim in checked.reading.claims if claim.object.ref == "CVE-2021-26855")
    assert claim.according_to == "British government"


def test_few_claims_are_made_that_a_person_would_not_make(checked: Verified) -> None:
    others = [claim for claim in checked.reading.claims if not any(fits(one, claim) for one in TABLE)]
    assert len(others) <= 6, [(c.subject.text, c.predicate, c.object.text) for c in others]
