"""By when, and to whom? What the law asks once somebody we deal with may be a listed party."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile_case import hostile_org_case
from risk_findings import EVERY, INTEGRITY, ORG, TODAY, made, match
from tocsin.model import Finding, Obligation, Organisation, PartyTie
from tocsin.org.config import EU
from tocsin.risk import obligations
from tocsin.risk.calendar import us_business_days_after, us_holidays
from tocsin.risk.obligations import due_by
from tocsin.risk.tables import competent_authorities, duties, duties_of, terms, treatments


def ours(*jurisdictions: str, **more: Any) -> Organisation:
    return msgspec.structs.replace(ORG, jurisdictions=jurisdictions, **more)


def on(*lists: str, name: str = "Integrity Technology Group") -> PartyTie:
    return PartyTie(ref=f"party:{name}", name=name, why="name", lists=lists)


def asked(*findings: Finding, organisation: Organisation = ORG, today: datetime.date = TODAY) -> list[Obligation]:
    return list(obligations(findings, organisation, today))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # By the calendar of the Office of Personnel Management, but for Saturdays: those take no Friday with them.
        (2026, "01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25"),
        (2027, "01-01 01-18 02-15 05-31 06-19 07-05 09-06 10-11 11-11 11-25 12-25"),
        (2028, "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25"),
        (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-11 11-23 12-25"),
    ],
)
def test_federal_holidays(year: int, days: str):
    assert sorted(us_holidays(year)) == [datetime.date.fromisoformat(f"{year}-{day}") for day in days.split()]


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-11-25", "2026-12-10"),  # Thanksgiving on the 26th does not count: 27, 30, 1-4, 7-10
        ("2026-12-18", "2027-01-05"),  # Christmas and New Year: 21-24, 28-31, 4, 5
        ("2026-06-12", "2026-06-29"),  # Juneteenth is a Friday: 15-18, 22-26, 29
        ("2026-07-01", "2026-07-15"),  # Independence Day is a Saturday, and the Friday before it counts
        ("2027-07-02", "2027-07-19"),  # Independence Day is a Sunday, kept on the Monday: 6-9, 12-16, 19
        ("2026-03-02", "2026-03-16"),
        ("2026-03-07", "2026-03-20"),  # from a Saturday on
    ],
)
def test_ten_business_days(day: str, last: str):
    assert us_business_days_after(datetime.date.fromisoformat(day), 10).isoformat() == last


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)), st.integers(1, 30))
def test_a_term_ends_on_a_business_day_and_one_day_more_ends_later(day: datetime.date, count: int):
    last = us_business_days_after(day, count)
    assert last.weekday() < 5
    assert last not in us_holidays(last.year)
    assert us_business_days_after(day, count + 1) > last >= day + datetime.timedelta(days=count)


@pytest.mark.parametrize(
    ("rule", "today", "by"),
    [
        ("10 US business days", "2026-11-25", "2026-12-10"),
        ("14 days", "2026-11-25", "2026-12-09"),
        ("30 September", "2026-11-25", "2027-09-30"),
        ("30 September", "2027-06-30", "2027-09-30"),
        ("30 September", "2027-07-01", "2028-09-30"),  # what is blocked in July was not held on 30 June
        ("immediately", "2026-11-25", "immediately"),
    ],
)
def test_rules_of_the_table_as_days(rule: str, today: str, by: str):
    assert due_by(rule, datetime.date.fromisoformat(today)) == by


def test_a_strong_match_on_two_lists_that_bind_us():
    duties_now = asked(match())
    assert [(one.authority, one.by, one.article.split(",")[0]) for one in duties_now] == [
        ("EU", "at once", "Regulation (EU) 2019/796 Art. 3(1) and (2)"),
        ("US", "at once", "31 CFR 578.201 (cyber); for other programmes section 201 of their part of 31 CFR chapter V"),
        ("EU", "immediately", "Regulation (EU) 2019/796 Art. 8(1)"),
        ("US", "2026-12-10", "31 CFR 501.603(b)(1)"),
        ("US", "2026-12-10", "31 CFR 501.604"),
        ("US", "2027-09-30", "31 CFR 501.603(b)(2)"),
        ("US", "from the transaction on", "31 CFR 501.601"),
    ]
    assert all(one.findings == (match().id,) for one in duties_now)
    assert all(one.who.startswith("Nordhafen AG (") and one.url.startswith("https://") for one in duties_now)


def test_the_report_goes_to_the_authority_of_our_country():
    (report,) = (one for one in asked(match(on("EU-CYB"))) if "Art. 8" in one.article)
    assert report.to.startswith("the competent authority of Germany (https://www.bmwi.de/")
    assert "counted" not in "".join(reason.says for reason in report.because)


def test_where_no_member_state_is_ours_the_regulation_says_who():
    us = ours("EU", countries=("US",))
    assert "where we are resident or located" in asked(match(on("EU-CYB")), organisation=us)[1].to


def test_a_day_that_we_computed_says_from_when_it_counts():
    (report,) = (one for one in asked(match()) if one.article == "31 CFR 501.603(b)(1)")
    says = " ".join(reason.says for reason in report.because)
    assert "counted from the day of this brief, 2026-11-25" in says
    assert "the law counts from the day on which the property is blocked" in says


@pytest.mark.parametrize(
    ("severity", "words"), [("high", "a strong match: hold"), ("medium", "a possible match: let a person review it")]
)
def test_a_match_is_never_said_to_be_confirmed(severity: str, words: str):
    for one in asked(match(severity=severity)):
        assert words in one.must
        assert "if confirmed" in one.must
        assert "may be on" in one.because[0].says


def test_one_strong_match_among_possible_ones_is_named_first_and_held():
    weak = match(on("EU-CYB", name="Anxun"), severity="medium", fields={"id": 2})
    (freeze, _) = asked(weak, match(on("EU-CYB")))
    assert "of Integrity Technology Group and Anxun" in freeze.must
    assert "a strong match" in freeze.must
    assert set(freeze.findings) == {weak.id, match(on("EU-CYB")).id}


@pytest.mark.parametrize(
    ("jurisdictions", "authorities"),
    [(("EU",), {"EU"}), (("US",), {"US"}), (("UK",), set()), ((), set()), (("EU", "US", "UK"), {"EU", "US"})],
)
def test_a_list_asks_nothing_of_those_whom_its_law_does_not_bind(jurisdictions: tuple[str, ...], authorities: set[str]):
    assert {one.authority for one in asked(match(), organisation=ours(*jurisdictions))} == authorities


def test_only_screening_brings_duties():
    contact = made("hunt", "A look-up", host="ws17", hunt="contacts", parties=(INTEGRITY,))
    assert asked(contact) == []
    assert asked() == []
    assert asked(match(on())) == []


def test_in_the_united_kingdom_suspicion_is_enough():
    freeze, report = asked(match(on("UK-SL")), organisation=ours("UK"))
    assert "regs 11 to 15" in freeze.article
    assert "if confirmed or reasonably suspected" in freeze.must
    assert report.by == "as soon as practicable"
    assert report.to == "HM Treasury (Office of Financial Sanctions Implementation)"
    assert "relevant firm" in report.who


def test_two_regimes_of_one_authority_are_one_duty_with_both_articles_and_the_stricter_term():
    freeze, report = asked(match(on("EU-CYB", "EU-UKR")), organisation=ours("EU"))
    assert freeze.article == (
        "Regulation (EU) 2019/796 Art. 3(1) and (2); Regulation (EU) No 269/2014 Art. 2(1) and (2)"
    )
    assert report.by == "immediately"
    assert asked(match(on("EU-UKR")), organisation=ours("EU"))[1].by == "2026-12-09"


def test_a_list_that_binds_us_and_is_not_in_the_table_is_said():
    (one,) = asked(match(on("AU-CYB")), organisation=ours("AU"))
    assert "ask counsel" in one.must
    assert "AU-CYB" in one.article


@pytest.mark.parametrize("name", ["EU-XYZ", "EU"])
def test_a_programme_without_a_row_of_its_own_has_that_of_its_authority(name: str):
    assert {row.lists for row in duties_of(name)} == {"EU-*"}


def test_lists_beside_the_sdn_list_do_not_all_freeze():
    (one,) = asked(match(on("OFAC-CONS")))
    assert "look up which restriction" in one.must


@given(st.permutations(EVERY))
def test_the_order_of_findings_does_not_matter(findings: list[Finding]):
    assert obligations(findings, ORG, TODAY) == obligations(EVERY, ORG, TODAY)


def test_names_with_braces_are_names():
    (freeze, *_) = asked(match(on("EU-CYB", name="{us} {0} Ltd")), organisation=ours("EU"))
    assert "of {us} {0} Ltd and make none" in freeze.must


def test_hostile_findings_bring_no_duty():
    case = hostile_org_case()
    assert case.org is not None
    assert obligations(case.findings, case.org, TODAY) == ()


def test_every_row_of_the_tables_is_whole():
    for row in duties():
        assert None not in row
        assert all((row.who, row.must, row.when, row.by, row.article, row.because)), row
        assert row.url.startswith("https://")
        assert datetime.date.fromisoformat(row.checked) <= TODAY
        assert row.by == due_by(row.by, TODAY) or datetime.date.fromisoformat(due_by(row.by, TODAY)) >= TODAY
    assert {row.duty for row in duties()} >= {"freeze", "report"}
    assert set(competent_authorities()) == EU
    assert all(url.startswith(("https://", "http://")) for _, url in competent_authorities().values())
    assert {kind for kind, _ in terms()} == set(treatments())
    assert all(0 < row.factor < 1 for row in treatments().values())
    assert all(
        term.url.startswith("https://") if term.source else "our figure" in term.because for term in terms().values()
    )
