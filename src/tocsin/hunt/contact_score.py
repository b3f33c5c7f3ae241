"""How bad a contact is, and how sure: by its form, by who published the thing, and by how long ago."""

from __future__ import annotations

import datetime
from collections import Counter

from msgspec.structs import replace

from tocsin.hunt.acts import COMMAND, CONNECTED, LOOKED_UP, MAILED, MENTIONED, SIGNED_IN, TRIED, Act, is_inward
from tocsin.hunt.kept import Kept
from tocsin.hunt.watch import Watched
from tocsin.logs import Event, iso
from tocsin.model import Confidence, Evidence, Finding, Reason, Severity, finding_id

# The thresholds; docs/hunting.md says why. The form of contact (acts) gives 0.1 to 0.7, and these take from it.
FRESH = 0.1  # a published means of attack, and none of the following
REPORT_ONLY = -0.2  # no authority or catalogue says it
OLD = -0.2
OLD_ADDRESS = 120  # days: lifetime in MISP's NIDS model (https://github.com/MISP/misp-decaying-models)
OLD_DOMAIN = 730  # days: names are paid for by the year, and a lapsed one is for sale after some 80 days more (ours)
SHARED = -0.3  # a host that others use, too, or may: the mail domain of a party may be its provider's
WEBSITE = -0.2  # a designated party's own site or mailbox: a question for compliance, by itself no attack
LOW, MEDIUM, HIGH = 0.2, 0.45, 0.65  # from this score on; below it is informational

_WEB = frozenset(["80", "443", "8080", "8443"])


class Contact:
    """A watched thing and a host of ours: how often, when, how."""

    __slots__ = ("acts", "example", "first", "hosts", "kept", "last", "users", "watched", "web", "where")

    def __init__(self, watched: Watched, host: str | None) -> None:
        self.watched = watched
        self.where = host
        self.acts: Counter[Act] = Counter()
        self.example: dict[Act, tuple[str, str]] = {}  # the field, and what was recognised in it
        self.first: datetime.datetime | None = None
        self.last: datetime.datetime | None = None
        self.users: set[str] = set()
        self.hosts: set[str] = set()  # of ours, where they are not told apart
        self.web = False
        self.kept = Kept()

    def add(self, event: Event, act: Act, field: str, text: str) -> None:
        """One more record."""
        self.acts[act] += 1
        self.example.setdefault(act, (field, text))
        if event.time is not None:
            self.first = min(self.first or event.time, event.time)
            self.last = max(self.last or event.time, event.time)
        if event.user and len(self.users) < 100:
            self.users.add(event.user)
        target = event.fields.get("id.resp_h", event.host)
        if self.where is None and isinstance(target, str) and len(self.hosts) < 1000:
            self.hosts.add(target)
        fields = event.fields
        ports = {str(fields.get("id.resp_p")), str(fields.get("DestinationPort"))}
        self.web = self.web or bool(ports & _WEB) or (event.product == "zeek" and event.service in ("http", "ssl"))

    @property
    def strongest(self) -> Act:
        """The form of contact that counts."""
        return max(self.acts, key=lambda one: one.weight)


def finding_of(contact: Contact) -> tuple[float, Finding]:
    """The score and the finding of a contact."""
    watched, act = contact.watched, contact.strongest
    age, old = _age(watched, contact.last)
    features = _features(contact, age, old)
    score = round(min(1.0, max(0.0, sum(one.weight or 0.0 for one in features if one.met))), 2)
    severity: Severity = (
        "high" if score >= HIGH else "medium" if score >= MEDIUM else "low" if score >= LOW else "informational"
    )
    weak = old or watched.shared or watched.named_by == "report" or act in (MENTIONED, COMMAND)
    named = watched.kind in ("domain", "email", "url")  # addresses are handed on sooner than names
    confidence: Confidence = "low" if weak else "high" if named and act in (CONNECTED, MAILED) else "moderate"
    user = next(iter(contact.users)) if len(contact.users) == 1 else None
    # The same record may hold two watched things: the evidence names the one that it is evidence of.
    evidence = tuple(replace(one, fields={"watched": watched.value, **one.fields}) for one in contact.kept.records)
    says = f"sum of the weights of what is met, 0 to 1; from {LOW} on low, {MEDIUM} medium, {HIGH} high"
    why = (
        Reason(name="score", says=says, value=score, parts=features),
        _published(watched),
        _conduct(contact),
        contact.kept.reason(),
    )
    return score, Finding(
        id=finding_id("hunt", "contacts", contact.where, user, (one.fields for one in evidence)),
        kind="hunt",
        hunt="contacts",
        title=f"{_who(contact)} {act.says} {_what(watched)}",
        severity=severity,
        confidence=confidence,
        time=iso(contact.first),
        first_seen=iso(contact.first),
        last_seen=iso(contact.last),
        host=contact.where,
        user=user,
        techniques=_techniques(contact),
        actors=watched.actors,
        parties=watched.parties,
        evidence=evidence,
        why=why,
        could_also_be=_innocent(watched, act, old),
        next=_next(contact),
    )


def _who(contact: Contact) -> str:
    if contact.where:
        return contact.where
    if contact.hosts:
        count = len(contact.hosts)
        return next(iter(contact.hosts)) if count == 1 else f"{count:,} hosts"
    return "a host that the log does not name"


def _what(watched: Watched) -> str:
    """The thing, and for whom it is published."""
    if watched.named_by == "report":
        return f"{watched.value}, which the report names as malicious"
    actors, parties = (actor.name for actor in watched.actors), (party.name for party in watched.parties)
    names = dict.fromkeys((*actors, *parties))
    lists = dict.fromkeys(name for one in watched.parties for name in one.lists)
    on = f" (on {', '.join(lists)})" if lists else ""
    return f"{watched.value}, published for {' and '.join(names)}{on}"


def _features(contact: Contact, age: str, old: bool) -> tuple[Reason, ...]:
    watched, act = contact.watched, contact.strongest
    report = watched.named_by == "report"
    site = watched.is_site
    attack = not (site or report or old or watched.shared)
    return (
        Reason(name=act.name, says=f"the strongest form of contact in the records: {act.name}", weight=act.weight),
        Reason(
            name="fresh means of attack",
            says="published as such, not old and not shared" if attack else "one of the points below is met",
            weight=FRESH,
            met=attack,
        ),
        Reason(name="old", says=age, weight=OLD, met=old),
        Reason(
            name="report only",
            says="named in the report, not by an authority" if report else "published by an authority or a catalogue",
            weight=REPORT_ONLY,
            met=report,
        ),
        Reason(
            name="shared host",
            says="a service or mail domain that others may use, too" if watched.shared else "not known to be shared",
            weight=SHARED,
            met=watched.shared,
        ),
        Reason(
            name="own site",
            says="a listed party's own site or mailbox" if site else "not only a listed party's own site or mailbox",
            weight=WEBSITE,
            met=site,
        ),
    )


def _age(watched: Watched, last: datetime.datetime | None) -> tuple[str, bool]:
    """What the age of the newest publication is, and whether it is old for such a thing."""
    if watched.on_list:
        return "on an official list in force, which states it today", False
    newest = max((day for one in watched.statements if (day := _latest(one.published)) is not None), default=None)
    if newest is None or last is None:
        return "no date to tell its age by", False
    limit = OLD_ADDRESS if watched.kind in ("address", "network") else OLD_DOMAIN
    stated = max((one.published for one in watched.statements if one.published), default="")
    days = (last.date() - newest).days
    if days < 0:
        return f"published {stated}, after the last contact", False
    says = f"published {stated}, {days:,} days before the last contact; infrastructure changes hands ({limit} are old)"
    return says, days > limit


def _latest(text: str | None) -> datetime.date | None:
    """The last day that a date, a month or a year can mean."""
    parts = [int(part) for part in (text or "").split("-") if part.isdigit()]
    try:
        match parts:
            case [year]:
                return datetime.date(year, 12, 31)
            case [year, month]:
                return datetime.date(year, month, 28)
            case [year, month, day]:
                return datetime.date(year, month, day)
    except ValueError:
        pass
    return None


def _published(watched: Watched) -> Reason:
    """Who published it, as evidence with addresses."""
    evidence = tuple(
        Evidence(
            source=one.source, publisher=one.by, date=one.published, record=watched.value, url=one.url, says=one.says
        )
        for one in watched.statements
    )
    says = "; ".join(
        f"{one.by}{f' ({one.published})' if one.published else ''}: {one.says}" for one in watched.statements
    )
    return Reason(name="published", says=says, value=watched.value, evidence=evidence)


def _conduct(contact: Contact) -> Reason:
    """What was seen, form by form."""
    parts = []
    for act, count in sorted(contact.acts.items(), key=lambda one: -one[0].weight):
        field, text = contact.example[act]
        parts.append(f"{act.name}: {count:,} records (first as {text} in {field})")
    if contact.users:
        parts.append(f"users: {', '.join(sorted(contact.users)[:5])}")
    return Reason(name="what was seen", says="; ".join(parts), value=str(sum(contact.acts.values())))


def _techniques(contact: Contact) -> tuple[str, ...]:
    """What it would be if it were an actor's. A listed party's own site is no technique."""
    watched, act = contact.watched, contact.strongest
    if watched.is_site:
        return ()
    found = []
    if any("phish" in one.says.lower() for one in watched.statements) or act is MAILED:
        found.append("T1566")
    elif act in (CONNECTED, TRIED):
        found.append("T1071.001" if contact.web else "T1071")
    elif act is LOOKED_UP:
        found.append("T1071.004")
    elif act is SIGNED_IN:
        found.append("T1078")
    return tuple(found)


def _innocent(watched: Watched, act: Act, old: bool) -> tuple[str, ...]:
    found = ["a security product, mail gateway or analyst that looks up what is published as malicious"]
    if watched.is_site:
        found = ["somebody who reads the public web site of the party, or a link to it in a page"]
    if old:
        found.append("another holder: the name or address has changed hands since it was published")
    if watched.kind in ("address", "network"):
        found.append("another host at the same address: providers give one address to many customers")
    if watched.shared:
        found.append("ordinary use of a service that many share")
    if act in (MENTIONED, COMMAND):
        found.append("a text, block list, rule or report that names it, without any contact")
    if is_inward(act):
        found.append("a scan of the whole internet that met us, too")
    return tuple(found)


def _next(contact: Contact) -> tuple[str, ...]:
    watched = contact.watched
    found = []
    if contact.strongest is MAILED:
        found.append("read the messages: who wrote first, what about, with which links and attachments")
    elif is_inward(contact.strongest):
        found.append(f"look at what {watched.value} did after it came in, and with which account")
    else:
        found.append(f"find the process and the account on {_who(contact)} that made the contact")
    lists = dict.fromkeys(name for one in watched.parties for name in one.lists)
    if lists:
        found.append(
            f"ask compliance whether we deal with a party on {', '.join(lists)}: funds and economic resources must not "
            "reach it; screen customers, suppliers and payments for its names"
        )
    if not watched.is_site:
        found.append("search all hosts for the same contact and for what else the same source publishes")
        found.append("keep the memory and the logs of the host before anything is cleaned")
    return tuple(found)
