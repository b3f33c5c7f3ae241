"""What first? The register: what makes one row, what its score is made of, and that a reader can do it again."""

from __future__ import annotations

import datetime
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostile_case import hostile_org_case
from risk_findings import APT31, EVERY, INTEGRITY, ORG, SIGN_INS, TODAY, flaw, made, match, rule
from tocsin.model import (
    CONFIDENCES,
    SEVERITIES,
    ActorTie,
    Finding,
    Organisation,
    Reason,
    Risk,
    SharedTechnique,
    to_json,
)
from tocsin.risk import assess, recompute, remaining

DOCS = Path(__file__).parent.parent / "docs" / "risk.md"
# Any of the findings above, as sure and as bad as one likes.
ANY_FINDING = st.builds(
    lambda one, severity, confidence: msgspec.structs.replace(one, severity=severity, confidence=confidence),
    st.sampled_from(EVERY),
    st.sampled_from(SEVERITIES),
    st.sampled_from(CONFIDENCES),
)
ANY_FINDINGS = st.lists(ANY_FINDING, max_size=12, unique_by=lambda one: one.id)


def one_of(*findings: Finding, organisation: Organisation = ORG, today: datetime.date = TODAY) -> Risk:
    (risk,) = assess(findings, (APT31,), organisation, today)
    return risk


def titles(*findings: Finding) -> list[str]:
    return [risk.title for risk in assess(findings, (), ORG, TODAY)]


def terms(risk: Risk, name: str) -> dict[str, tuple[float, float]]:
    (reason,) = (one for one in risk.explained if one.name == name)
    return {part.name: (float(part.value or 0), part.weight or 0.0) for part in reason.parts}


def intruder() -> Risk:
    """The worked example of docs/risk.md: two rules and a hunt on a domain controller, one as APT31 does it."""
    return one_of(
        made("detection", "New administrator", host="dc01", rule=rule("admin_group"), confidence="high"),
        made("detection", "Script host", host="dc01.nordhafen.example", rule=rule("script_host"), severity="medium"),
        made("hunt", "Through relays", host="10.0.0.5", hunt="relays", techniques=("T1090.003",)),
    )


def test_a_score_done_by_hand():
    risk = intruder()
    # 0.88 × 0.60 = 0.528 → 0.53; three agree: 1 × 0.15; T1090.003 is one of 4's: 0.25, fit 1: 0.25 × 0.20 = 0.05
    assert terms(risk, "likelihood") == {
        "confidence": (0.88, 0.6),
        "together": (1.0, 0.15),
        "exploited": (0.0, 0.15),
        "exposed": (0.0, 0.05),
        "actor": (0.25, 0.2),
    }
    assert risk.likelihood == 0.73
    # high: 0.75 × 0.50 = 0.375 → 0.38; a domain controller: 0.20
    assert terms(risk, "impact") == {
        "severity": (0.75, 0.5),
        "asset": (1.0, 0.2),
        "privilege": (0.0, 0.15),
        "law": (0.0, 0.3),
    }
    assert risk.impact == 0.58
    assert risk.score == 0.42  # 0.73 × 0.58 = 0.4234
    assert risk.residual == 0.13  # 0.42 × 0.30 = 0.126
    assert risk.title == "Signs of an intruder on DC01.nordhafen.example"
    assert risk.due == "2026-11-26"


def test_the_documents_show_that_example():
    text = DOCS.read_text(encoding="utf-8")
    for reason in intruder().explained[:3]:
        for part in reason.parts:
            assert f"| {part.name} | {float(part.value or 0):.2f} | {part.weight:.2f} |" in text
        assert f"**{reason.value:.2f}**" in text


@given(ANY_FINDINGS)
@settings(max_examples=200)
def test_every_score_can_be_done_again_from_what_is_shown(findings: list[Finding]):
    for risk in assess(findings, (APT31,), ORG, TODAY):
        assert recompute(risk) == (risk.likelihood, risk.impact, risk.score)
        assert remaining(risk) == risk.residual
        assert 0 <= risk.residual <= risk.score <= risk.likelihood <= 0.99
        assert 0 <= risk.score <= risk.impact <= 1


@given(ANY_FINDINGS)
def test_paper_and_pencil_give_the_same(findings: list[Finding]):
    """The rule of the documents, done here from the JSON alone and without the room's own arithmetic."""
    for risk in assess(findings, (APT31,), ORG, TODAY):
        shown = json.loads(to_json(risk))
        by_hand = {}
        for reason in shown["explained"]:
            products = [Decimal(str(part["value"])) * Decimal(str(part["weight"])) for part in reason.get("parts", ())]
            by_hand[reason["name"]] = sum(one.quantize(Decimal("0.01"), ROUND_HALF_UP) for one in products)
        assert float(by_hand["likelihood"]) == shown["likelihood"]
        assert float(by_hand["impact"]) == shown["impact"]
        score = (by_hand["likelihood"] * by_hand["impact"]).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert float(score) == shown["score"]
        assert float(by_hand["residual"]) == shown["residual"]


@given(ANY_FINDINGS.filter(bool), st.data())
@settings(max_examples=200)
def test_worse_or_surer_findings_never_lower_a_score(findings: list[Finding], data: st.DataObject):
    before = {risk.id: risk.score for risk in assess(findings, (APT31,), ORG, TODAY)}
    at = data.draw(st.integers(0, len(findings) - 1))
    one = findings[at]
    worse = msgspec.structs.replace(
        one,
        severity=data.draw(st.sampled_from(SEVERITIES[SEVERITIES.index(one.severity) :])),
        confidence=data.draw(st.sampled_from(CONFIDENCES[CONFIDENCES.index(one.confidence) :])),
    )
    after = {risk.id: risk.score for risk in assess([*findings[:at], worse, *findings[at + 1 :]], (APT31,), ORG, TODAY)}
    assert all(after[ref] >= score for ref, score in before.items())


@given(ANY_FINDINGS, ANY_FINDING)
def test_a_further_finding_never_lowers_a_score(findings: list[Finding], further: Finding):
    before = {risk.id: risk.score for risk in assess(findings, (APT31,), ORG, TODAY)}
    after = {risk.id: risk.score for risk in assess([*findings, further], (APT31,), ORG, TODAY)}
    assert all(after[ref] >= score for ref, score in before.items())


@given(st.permutations(EVERY))
def test_the_order_of_findings_does_not_matter(findings: list[Finding]):
    assert assess(findings, (APT31,), ORG, TODAY) == assess(EVERY, (APT31,), ORG, TODAY)


def test_every_finding_is_in_one_row_and_every_row_says_what_who_and_when():
    risks = assess(EVERY, (APT31,), ORG, TODAY)
    assert sorted(ref for risk in risks for ref in risk.findings) == sorted(one.id for one in EVERY)
    assert [risk.score for risk in risks] == sorted((risk.score for risk in risks), reverse=True)
    for risk in risks:
        assert re.fullmatch(r"risk:[0-9a-f]{12}", risk.id)
        assert risk.treatment and risk.owner
        assert datetime.date.fromisoformat(risk.due) >= TODAY
    assert len({risk.id for risk in risks}) == len(risks)


def test_nothing_found_is_no_risk():
    assert assess((), (APT31,), ORG, TODAY) == ()


def test_a_host_is_one_risk_by_whatever_name_the_logs_know_it():
    names = ("dc01", "DC01.nordhafen.example", "10.0.0.5")
    seen = [made("detection", "Script host", host=name, rule=rule("script_host")) for name in names]
    assert titles(*seen) == ["Signs of an intruder on DC01.nordhafen.example"]


def test_weak_signs_are_called_weak():
    weak = made("hunt", "An old address", host="ws17", hunt="contacts", severity="low")
    assert titles(weak) == ["Weak signs of an intruder on ws17"]


def test_a_hunt_that_knows_no_host_is_one_row_however_much_it_finds():
    found = [made("hunt", f"A look-up of {number}.example", hunt="contacts") for number in range(3)]
    assert len(titles(*found)) == 1
    assert titles(*found)[0].startswith("Signs of an intruder: A look-up of ")


def test_a_flaw_and_signs_of_an_intruder_on_the_same_asset_speak_for_each_other():
    seen, hole = made("hunt", "x", host="192.88.99.1"), flaw("vpn01", "CVE-2023-46805", kev=True)
    apart = {risk.id: risk for one in (seen, hole) for risk in assess([one], (), ORG, TODAY)}
    together = assess([seen, hole], (), ORG, TODAY)
    assert len(together) == 2
    for risk in together:
        assert terms(risk, "likelihood")["together"] == (0.5, 0.15)
        assert risk.likelihood > apart[risk.id].likelihood


def test_a_host_without_a_name_of_ours_is_known_by_its_address():
    assert titles(made("hunt", "x", host="10.9.1.2"), made("hunt", "y", host="10.9.1.3")) == [
        "Signs of an intruder on 10.9.1.2",
        "Signs of an intruder on 10.9.1.3",
    ]


def test_the_network_that_a_host_stands_in_counts_and_has_an_owner():
    risk = one_of(made("hunt", "x", host="10.9.1.2"))
    assert terms(risk, "impact")["asset"] == (1.0, 0.2)
    assert risk.owner == "Plant team"


def test_one_row_a_listed_party_with_its_lists():
    other = msgspec.structs.replace(INTEGRITY, ref="party:other", name="Other {name} Ltd", lists=())
    assert titles(match(file="a.csv"), match(file="b.xml", fields={"paid": 1}), match(other, fields={"id": 3})) == [
        "We may be dealing with Integrity Technology Group (EU-CYB and OFAC-SDN)",
        "We may be dealing with Other {name} Ltd",
    ]


def test_a_second_file_that_names_the_party_makes_it_likelier():
    alone = one_of(match(file="a.csv"))
    both = one_of(match(file="a.csv"), match(file="b.xml", fields={"paid": 1}))
    assert both.likelihood == round(alone.likelihood + 0.08, 2)  # 0.5 × 0.15 = 0.075, and halves go up


@pytest.mark.parametrize(
    ("jurisdictions", "value"),
    [(("EU",), 1.0), (("US",), 1.0), (("UK",), 0.25), ((), 0.25)],
)
def test_the_law_counts_where_it_binds_us(jurisdictions: tuple[str, ...], value: float):
    ours = msgspec.structs.replace(ORG, jurisdictions=jurisdictions)
    assert terms(one_of(match(), organisation=ours), "impact")["law"] == (value, 0.3)


def test_administrators_and_other_accounts_are_two_rows_and_those_nobody_named_a_third():
    risks = assess(SIGN_INS, (), ORG, TODAY)
    assert {risk.title: (risk.due, risk.owner) for risk in risks} == {
        "Administrators nobody named": ("2026-11-28", "Identity team"),
        "Administrators without phishing-resistant MFA": ("2026-12-09", "Identity team"),
        "Accounts without phishing-resistant MFA": ("2027-01-24", "Identity team"),
    }


def test_flaws_of_an_asset_are_one_row_and_unknown_products_are_another():
    assert titles(
        flaw("vpn01", "CVE-2023-46805", kev=True),
        flaw("vpn01", "CVE-2024-21887"),
        flaw("mail01", "CVE-2021-34473"),
        made("exposure", "vpn02: the version is unknown", host="vpn02", severity="low"),
        made("exposure", "vpn03: the product is not known", host="vpn03", severity="low"),
        made(
            "exposure",
            "vpn04: 2 flaws of Connect Secure cannot be excluded",
            host="vpn04",
            severity="low",
            why=(Reason(name="not judged", says="the build is not given", met=False),),
        ),
        made("exposure", "old01 is out of support", host="old01", severity="low"),
        made("exposure", "vpn01 is out of support", host="vpn01", severity="low"),
    ) == [
        "vpn01 can be entered through known-exploited flaws (CVE-2023-46805 and CVE-2024-21887)",
        "mail01 can be entered through known flaws (CVE-2021-34473)",
        "Assets of unknown product or version: nobody can say whether they have known flaws",
        "old01 is easier to enter than it should be",
    ]


@pytest.mark.parametrize(
    ("finding", "due"),
    [
        (flaw("vpn01", "CVE-2023-46805", kev=True, exposed=True), "2026-11-28"),
        (flaw("vpn01", "CVE-2023-46805", kev=True), "2026-11-28"),
        (flaw("vpn01", "CVE-2023-46805", kev=True, exposed=False), "2026-12-09"),
        (flaw("vpn01", "CVE-2023-46805", exposed=True), "2026-12-09"),
        (flaw("vpn01", "CVE-2023-46805", exposed=False), "2027-01-24"),
        (made("exposure", "old01 is out of support", host="old01"), "2026-12-09"),
        (match(), "2026-11-25"),
        (match(severity="medium"), "2026-11-27"),
        (made("detection", "x", host="ws17"), "2026-11-26"),
        (made("detection", "x", host="ws17", severity="medium"), "2026-12-02"),
        (made("log_gap", "x"), "2026-12-09"),
    ],
)
def test_by_when(finding: Finding, due: str):
    risk = one_of(finding)
    assert risk.due == due
    (reason,) = (one for one in risk.explained if one.name == "due")
    assert reason.value == due
    assert "our figure" in reason.says or reason.evidence[0].url


def test_a_host_with_many_signs_is_treated_as_a_whole():
    risk = one_of(
        made("detection", "a", host="ws17", next=("Ask the user",), severity="low"),
        made("detection", "b", host="ws17", next=("Isolate ws17", "Keep its memory")),
    )
    assert risk.treatment.startswith("Look at the records of ws17, take it off the network")


def test_many_alike_get_the_treatment_of_their_kind_and_not_that_of_one_account():
    accounts = [made("identity", "no MFA", user=f"u{number}", next=(f"Call u{number}",)) for number in range(3)]
    assert one_of(*accounts).treatment.startswith("Move them to passkeys")


def test_a_technique_that_all_use_says_less_than_one_that_few_use():
    def actor(technique: str) -> float:
        return terms(one_of(made("hunt", "x", host="ws17", techniques=(technique,))), "likelihood")["actor"][0]

    assert actor("T1090.003") == 0.25  # one of four, who go for German transport
    assert actor("T1059.003") == 0.01  # one of 81
    assert actor("T1566") == 0.0


def test_what_is_published_for_one_actor_alone_says_most():
    tie = ActorTie(ref="G0128", name="APT31", why="the domain a.example", shared_by=0)
    assert terms(one_of(made("hunt", "x", host="ws17", actors=(tie,))), "likelihood")["actor"] == (1.0, 0.2)


def test_an_actor_that_the_report_does_not_name_is_not_at_hand():
    tie = ActorTie(ref="G0007", name="APT28", why="the domain a.example", shared_by=0)
    assert terms(one_of(made("hunt", "x", host="ws17", actors=(tie,))), "likelihood")["actor"] == (0.0, 0.2)


@pytest.mark.parametrize(
    ("targets", "value"),
    [
        (("DE", "transportation"), 0.25),
        (("Germany", "energy"), 0.19),
        (("Europe",), 0.19),
        (("logistics",), 0.19),
        (("FR", "energy"), 0.13),
        ((), 0.13),
    ],
)
def test_an_actor_counts_more_that_goes_for_organisations_like_ours(targets: tuple[str, ...], value: float):
    profile = msgspec.structs.replace(APT31, targets=targets)
    seen = made("hunt", "x", host="ws17", techniques=("T1090.003",))
    (risk,) = assess([seen], (profile,), ORG, TODAY)
    assert terms(risk, "likelihood")["actor"] == (value, 0.2)


def test_what_makes_it_more_than_everything_is_taken_off_in_sight():
    """A cap is a term like the others: the sum of what is shown is the value that is shown."""
    tie = ActorTie(ref="G0128", name="APT31", why="x", shared_by=0)
    flaws = [
        flaw("vpn01", cve, kev=True, exposed=True, confidence="high", actors=(tie,))
        for cve in ("CVE-2023-46805", "CVE-2024-21887", "CVE-2025-0282")
    ]
    risk = one_of(*flaws)
    assert risk.likelihood == 0.99
    assert terms(risk, "likelihood")["cap"] == (0.09, -1.0)  # 0.53 + 0.15 + 0.15 + 0.05 + 0.20 = 1.08


def test_the_cap_may_fall_away_where_an_actor_is_not_at_hand():
    flaws = [flaw("vpn01", f"CVE-2024-1000{number}", kev=True, exposed=True, confidence="high") for number in range(3)]
    risk = one_of(*flaws)
    assert "cap" not in terms(risk, "likelihood")
    assert risk.likelihood == 0.88


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("badminton", "Accounts without phishing-resistant MFA"),
        (r"NORDHAFEN\ADM-Berg", "Administrators without phishing-resistant MFA"),
        ("adm-berg@nordhafen.example", "Administrators without phishing-resistant MFA"),
    ],
)
def test_who_is_an_administrator(name: str, title: str):
    assert one_of(made("identity", f"{name} may sign in without MFA", user=name)).title == title


def test_exposure_that_the_inventory_does_not_tell_counts_half_and_is_treated_as_exposed():
    why = (Reason(name="exposed", says="not said", value="unknown"), Reason(name="kev", says="in CISA's catalogue"))
    risk = one_of(made("exposure", "vpn01 is open to CVE-2023-46805", host="vpn01", why=why))
    assert terms(risk, "likelihood")["exposed"] == (0.5, 0.05)
    assert risk.due == "2026-11-28"


def test_an_id_is_that_of_the_thing_and_not_of_the_findings():
    one = one_of(made("detection", "a", host="ws17", rule=rule("a")))
    other = one_of(made("hunt", "b", host="WS17.nordhafen.example", hunt="b", severity="low"))
    assert one.id == other.id
    assert one.id != one_of(made("detection", "a", host="ws18", rule=rule("a"))).id


def test_hostile_findings_are_rows_like_others():
    case = hostile_org_case()
    assert case.org is not None
    risks = assess(case.findings, case.profiles, case.org, TODAY)
    assert {ref for risk in risks for ref in risk.findings} == {one.id for one in case.findings}
    assert all(recompute(risk) == (risk.likelihood, risk.impact, risk.score) for risk in risks)


def test_shared_technique_of_nobody_else_is_as_specific_as_can_be():
    rare = SharedTechnique(technique=APT31.techniques[0].technique, shared_by=0, of=172)
    profile = msgspec.structs.replace(APT31, techniques=(rare,))
    (risk,) = assess([made("hunt", "x", host="ws17", techniques=("T1090.003",))], (profile,), ORG, TODAY)
    assert terms(risk, "likelihood")["actor"] == (1.0, 0.2)
