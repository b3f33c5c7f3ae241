"""What the law asks where somebody we deal with may be a listed party: who must do what, to whom, by when. Not advice.

A duty arises only from a list whose authority's law binds the organisation (``organisation.jurisdictions``), and only
from screening: that a host was in touch with an address of a listed party is no dealing with its funds.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tocsin.model import Evidence, Finding, Obligation, Organisation, PartyTie, Reason
from tocsin.org.config import EU
from tocsin.risk.calendar import us_business_days_after
from tocsin.risk.law import authority_of, binding
from tocsin.risk.signals import is_strong, listed
from tocsin.risk.tables import Duty, competent_authorities, duties, duties_of, filled

_HOLD = "a strong match: hold payments and deliveries until a person has decided"
_LOOK = "a possible match: let a person review it first"


class _Arisen(NamedTuple):
    """A duty of one authority: its rows by article, and the lists, parties and findings that bring it."""

    rows: dict[str, Duty]
    lists: set[str]
    parties: dict[str, None]
    findings: dict[str, Finding]


def obligations(
    findings: Sequence[Finding], organisation: Organisation, today: datetime.date
) -> tuple[Obligation, ...]:
    """One obligation an authority and duty, freezing in front; none where screening met no list that binds us."""
    arisen: dict[tuple[str, str], _Arisen] = {}
    for one, tie, published in _met(findings, organisation):
        for row in duties_of(published) or [_unknown(published)]:
            found = arisen.setdefault((row.authority, row.duty), _Arisen({}, set(), {}, {}))
            found.rows.setdefault(row.article, row)
            found.lists.add(published)
            found.parties.setdefault(tie.name)
            found.findings.setdefault(one.id, one)
    ranks = list(dict.fromkeys(row.duty for row in duties()))
    order = sorted(arisen, key=lambda one: (ranks.index(one[1]), one[0]))
    return tuple(_obligation(arisen[one], organisation, today) for one in order)


def due_by(rule: str, today: datetime.date) -> str:
    """The day, or the law's own words, of a rule of the table: ``10 US business days``, ``14 days``, ``30 September``.

    Property held on 30 June is reported by the 30 September after it; so the next report is that of the next 30 June.
    """
    number, _, unit = rule.partition(" ")
    if unit == "US business days":
        return us_business_days_after(today, int(number)).isoformat()
    if unit == "days":
        return (today + datetime.timedelta(days=int(number))).isoformat()
    if rule == "30 September":
        year = today.year if today <= datetime.date(today.year, 6, 30) else today.year + 1
        return datetime.date(year, 9, 30).isoformat()
    return rule


def _met(findings: Iterable[Finding], organisation: Organisation) -> Iterable[tuple[Finding, PartyTie, str]]:
    """Each screening finding with each listed party and list of it that binds us, in an order of its own."""
    screened = sorted(
        (one for one in findings if one.kind == "screening"), key=lambda one: (not is_strong(one), one.id)
    )
    for one in screened:
        for tie in one.parties:
            for published in tie.lists:
                if binding(published, organisation):
                    yield one, tie, published


def _obligation(found: _Arisen, organisation: Organisation, today: datetime.date) -> Obligation:
    rows = list(found.rows.values())
    row = rows[0]
    parties = listed(list(found.parties))
    strong = any(is_strong(one) for one in found.findings.values())
    words = {"us": organisation.name, "parties": parties, "competent": _competent(organisation)}
    by = _soonest([due_by(one.by, today) for one in rows])
    must = f"{filled(row.must, words)}, {row.when} ({_HOLD if strong else _LOOK})"
    return Obligation(
        who=filled(row.who, words),
        must=must,
        to=filled(row.to, words),
        by=by,
        article="; ".join(one.article for one in rows),
        url=row.url,
        because=_because(found, rows, by, today),
        findings=tuple(found.findings),
        authority=row.authority,
    )


def _because(found: _Arisen, rows: Sequence[Duty], by: str, today: datetime.date) -> tuple[Reason, ...]:
    lists = listed(sorted(found.lists), 5)
    parties = listed(list(found.parties))
    bound = Reason(
        name="law",
        says=f"{parties} may be on {lists}, a list of the {rows[0].authority}, whose law binds us",
        value=1.0,
    )
    articles = [
        Reason(
            name="article",
            says=f"{one.article}: {one.because}" if one.because else one.article,
            evidence=(
                Evidence(
                    source="obligations.csv", publisher=one.authority, date=one.checked, record=one.article, url=one.url
                ),
            ),
        )
        for one in rows
    ]
    counted = [
        Reason(name="term", says=f"{one.by}, counted from the day of this brief, {today.isoformat()}", value=one.by)
        for one in rows
        if one.by.endswith(" days") and due_by(one.by, today) == by
    ]
    return (bound, *articles, *counted)


def _soonest(days: Sequence[str]) -> str:
    """The strictest of several terms: the law's words, which all mean without delay, before a day."""
    return min(days, key=lambda day: (day[:1].isdigit(), day))


def _competent(organisation: Organisation) -> str:
    """The competent authorities of the member states that we are in, by the page that the Union's regulations name."""
    known = competent_authorities()
    named = [f"{known[code][0]} ({known[code][1]})" for code in organisation.countries if code in EU and code in known]
    where = " and ".join(named) or "the member state where we are resident or located (Annex II of the regulation)"
    return f"the competent authority of {where}"


def _unknown(published: str) -> Duty:
    """For a list that binds us and is not in the table: said, since silence would read as no duty."""
    return Duty(
        authority=authority_of(published),
        lists=published,
        duty="freeze",
        who="{us}",
        must="ask counsel what the law behind the listing of {parties} asks",
        when="if confirmed",
        to="counsel",
        by="at once",
        article=f"the law behind {published}, which our table of duties does not have",
        because="",
        url="",
        checked="",
    )
