"""Answers that a person must look at, as findings of the brief."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.model import (
    Confidence,
    Fault,
    Finding,
    Hit,
    InputRead,
    Looked,
    PartyTie,
    TocsinError,
    finding_id,
    merged,
)
from tocsin.org import Org, files_of
from tocsin.screen.counterparties import screen_table
from tocsin.screen.listed import Listed, Listing
from tocsin.screen.payments import screen_payments
from tocsin.screen.score import DECIDES, EXACT, SURE
from tocsin.screen.screener import Screener, Seen

_SURE_FEATURES = frozenset(name.replace(" ", "_") for name, share in EXACT.items() if share >= DECIDES)
_MOST_PARTIES = 5  # findings that one record may give: what comes after is never better than these


def look(screener: Screener, org: Org) -> Looked:
    """Screen the organisation's counterparties and payments. Files that cannot be read stand in ``left_out``."""
    findings: list[Finding] = []
    inputs: list[InputRead] = []
    left_out: list[Fault] = []
    columns = org.columns.get("counterparties")
    for folder in org.evidence.counterparties:
        files = files_of([folder])
        if not files:
            todo = "put the CSV files there, or take it out of evidence.counterparties"
            left_out.append(Fault(file=str(folder), place="", why="no file in it", todo=todo))
        for path in files:
            try:
                table = screen_table(screener, path, columns)
            except TocsinError as error:
                left_out.append(error.fault)
                continue
            for seen in table.seen():
                findings += findings_of(screener, seen)
            inputs.append(table.read)
            left_out += table.faults
    if org.evidence.payments:
        payments = screen_payments(screener, org.evidence.payments)
        for seen in payments.seen():
            findings += findings_of(screener, seen)
        inputs += payments.read
        left_out += payments.faults
    return Looked(findings=merged(findings), inputs=tuple(inputs), left_out=tuple(left_out))


def findings_of(screener: Screener, seen: Seen) -> Iterator[Finding]:
    """A finding for each party that a record may mean, the likeliest first; none where the answer is clear."""
    best: dict[str, Hit] = {}
    for hit in seen.screened.hits:
        if hit.decision != "clear" and hit.ref:
            best.setdefault(hit.ref, hit)
    for hit in list(best.values())[:_MOST_PARTIES]:
        yield _finding(screener.parties[hit.ref or ""], hit, seen)


def _finding(party: Listed, hit: Hit, seen: Seen) -> Finding:
    fields = [str(reason.value) for reason in hit.features if reason.name == "field"]
    asked = _asked(seen, fields)
    lists = tuple(dict.fromkeys(one.list for one in party.listings))
    verb = "may be" if hit.decision == "alert" else "resembles"
    what = f"The {fields[0]} of a payment" if fields else "A counterparty"
    if fields and fields[0] in ("remittance text", "instruction"):
        what, asked, verb = f"The {fields[0]} of a payment", "", "names what may be"
    return Finding(
        id=finding_id("screening", party.ref, None, None, [seen.observed.fields]),
        kind="screening",
        title=f"{what}{f', “{asked}”,' if asked else ''} {verb} {party.name} ({', '.join(lists)})",
        severity="high" if hit.decision == "alert" else "medium",
        confidence=_confidence(hit),
        time=seen.time,
        first_seen=seen.time,
        last_seen=seen.time,
        parties=(PartyTie(ref=party.ref, name=party.name, why=_why(party), lists=lists),),
        evidence=(seen.observed,),
        why=hit.features,
        could_also_be=_innocent(party, hit, bool(fields)),
        next=_next(party, bool(fields)),
    )


def _asked(seen: Seen, fields: list[str]) -> str:
    record = seen.observed.fields.get(fields[0]) if fields else seen.screened.query
    return str(record.get("name") or record.get("bic") or "")[:120] if isinstance(record, dict) else ""


def _confidence(hit: Hit) -> Confidence:
    """High where more than a name agrees: by the score, or by an identifier that is one party's alone."""
    exact = any(reason.name in _SURE_FEATURES for reason in hit.features)
    return "high" if hit.decision == "alert" and (exact or hit.score >= SURE) else "moderate"


def _why(party: Listed) -> str:
    return "; ".join(_listing(one) for one in party.listings)


def _listing(one: Listing) -> str:
    since = f" since {one.listed}" if one.listed else ""
    measures = f": {', '.join(one.measures)}" if one.measures else ""
    return f"listed as {one.id}{since}{measures}"


def _innocent(party: Listed, hit: Hit, payment: bool) -> tuple[str, ...]:
    names = {reason.name for reason in hit.features}
    other = {"person": "another person", "vessel": "another vessel"}.get(party.kind, "another organisation")
    found = [f"{other} of the same or a like name"]
    if party.kind == "person" and "birth" not in names and not payment:
        found.append("a namesake: no birth date was compared")
    if any(not reason.met and reason.name in ("country", "kind", "birth") for reason in hit.features):
        found.append("somebody else, as what speaks against suggests")
    if names & {"domain", "phone", "common_number", "short_number"}:
        found.append("a number or domain that has passed to another holder")
    if any(reason.name == "field" and reason.value in ("remittance text", "instruction") for reason in hit.features):
        found.append("a text that names the party without dealing with it")
    return tuple(found)


def _next(party: Listed, payment: bool) -> tuple[str, ...]:
    held = "the payment" if payment else "payments and deliveries to this counterparty"
    sources = "; ".join(f"{one.id} {one.url or ''}".strip() for one in party.listings[:4])
    what = "birth date, nationality and identity numbers" if party.kind == "person" else "register number and address"
    return (
        f"Hold {held} until a person has decided.",
        "Do not tell the other side that it is being checked.",
        f"Compare {what} with the list itself: {sources}",
        "Pass it to compliance, and keep the decision with its reasons.",
    )
