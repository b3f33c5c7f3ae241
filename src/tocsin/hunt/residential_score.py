"""What makes a residential source more than somebody at home: a few features, each with its weight and its reason."""

from __future__ import annotations

import datetime
import math
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.hunt.kept import Kept
from tocsin.hunt.kinds import AddressKind
from tocsin.logs import iso
from tocsin.model import Asset, Confidence, Finding, Reason, Severity, finding_id

# The thresholds. They are ours: no public source gives any for residential ranges, so each is to be read beside what
# is usual in the log (docs/hunting.md). The weights of all features that speak for it add up to 1.
RESIDENTIAL = 0.1  # weight of the range alone: people live there
NEW, NEW_PART, NEW_SPAN = 0.15, 0.2, 5  # first seen in the last fifth of a log of at least 5 days
QUIET, QUIET_SHARE = 0.2, 0.25  # all in hours with under a quarter of the mean of all hours
QUIET_SESSIONS, QUIET_SPAN = 50, 3  # sessions, and days, that it takes to know the hours
LARGE, LARGE_BYTES, LARGE_SECONDS = 0.3, 500_000_000, 3600  # in one session that lasts
LARGE_TIMES, LARGE_SESSIONS = 10, 20  # and so many times the median, where so many sessions were seen
SEVERAL = 0.05  # assets: VPN and mail are what an employee uses, too
GUESSED, GUESSES = 0.2, 5  # failed sign-ins beside the good ones
USUAL, USUAL_DAYS = -0.1, 3  # came on so many days, not at quiet hours only
MEDIUM, HIGH = 0.4, 0.6  # from this score on
STALE = 365  # days between the table and the log: address blocks are sold and lent

Day = datetime.date
Time = datetime.datetime


class Surroundings:
    """What is usual at the VPN and mail assets: when sessions begin, and how large residential ones are."""

    def __init__(self) -> None:
        self.hours = [0] * 24
        self.first: Time | None = None
        self.last: Time | None = None
        self._sizes = [0] * 64  # sessions by the logarithm of their bytes

    def add(self, times: pa.Array) -> None:
        """Sessions that began at ``times``."""
        times = times.drop_null()
        if not len(times):
            return
        ends = pc.min_max(times)
        first, last = ends["min"].as_py(), ends["max"].as_py()
        self.first = min(self.first or first, first)
        self.last = max(self.last or last, last)
        for counted in pc.value_counts(pc.hour(times)).to_pylist():
            self.hours[counted["values"]] += counted["counts"]

    def size(self, count: int) -> None:
        """A residential session of so many bytes, both ways together."""
        self._sizes[min(63, count.bit_length())] += 1

    @property
    def days(self) -> float:
        """How long the log is."""
        return (self.last - self.first).total_seconds() / 86_400 if self.first and self.last else 0.0

    @property
    def late(self) -> Time | None:
        """From when on a source is new; None where the log is too short to tell."""
        if self.first is None or self.last is None or self.days < NEW_SPAN:
            return None
        return self.last - (self.last - self.first) * NEW_PART

    @property
    def quiet(self) -> frozenset[int] | None:
        """The hours (UTC) in which little happens; None where too few sessions were seen to tell."""
        total = sum(self.hours)
        if total < QUIET_SESSIONS or self.days < QUIET_SPAN:
            return None
        return frozenset(hour for hour, count in enumerate(self.hours) if count < QUIET_SHARE * total / 24)

    @property
    def median(self) -> int | None:
        """Bytes of the median residential session, to the power of two above; None where too few were seen."""
        total = sum(self._sizes)
        if total < LARGE_SESSIONS:
            return None
        upto = accumulate(self._sizes)
        return 1 << next(power for power, count in enumerate(upto) if 2 * count >= total)


class Visits:
    """What one source did at one asset."""

    __slots__ = (
        "accesses", "asset", "days", "drawn", "failed", "first", "hours", "kept", "kind", "largest", "last", "longest",
        "sent", "sign_ins", "source", "users",
    )  # fmt: skip

    def __init__(self, source: str, asset: Asset, kind: AddressKind | None) -> None:
        self.source = source
        self.asset = asset
        self.kind = kind
        self.accesses = self.sign_ins = self.failed = self.sent = self.drawn = 0
        self.days: set[Day] = set()
        self.hours: set[int] = set()
        self.first: Time | None = None
        self.last: Time | None = None
        self.longest = 0.0
        self.largest = 0  # bytes of the largest session that lasted
        self.users: set[str] = set()
        self.kept = Kept()

    def session(self, time: Time | None, seconds: float, sent: int, drawn: int) -> None:
        """A connection: bytes from the source (``sent``) and to it (``drawn``)."""
        self._at(time)
        self.sent += sent
        self.drawn += drawn
        self.longest = max(self.longest, seconds)
        if seconds >= LARGE_SECONDS:
            self.largest = max(self.largest, sent + drawn)

    def sign_in(self, time: Time | None, user: str) -> None:
        """An account that signed in."""
        self._at(time)
        self.sign_ins += 1
        if user and len(self.users) < 100:
            self.users.add(user)

    def _at(self, time: Time | None) -> None:
        self.accesses += 1
        if time is None:
            return
        self.days.add(time.date())
        self.hours.add(time.hour)
        self.first = min(self.first or time, time)
        self.last = max(self.last or time, time)


def is_usual(visits: Visits, around: Surroundings) -> bool:
    """Whether a source behaves as somebody who works at home: it comes on several days, and no other feature is met."""
    met = {feature.name for feature in _features(visits, (), around) if feature.met}
    return "usual" in met and not met & {"new", "quiet hours", "large session", "failed sign-ins"}


def finding_of(visits: Visits, assets: tuple[str, ...], around: Surroundings, usual: int) -> tuple[float, Finding]:
    """The score and the finding of a source at an asset. ``assets`` are all that it reached."""
    features = _features(visits, assets, around)
    score = round(sum(one.weight or 0.0 for one in features if one.met), 2)
    severity: Severity = "high" if score >= HIGH else "medium" if score >= MEDIUM else "low"
    table, fresh = _table(visits)
    confidence: Confidence = "moderate" if severity != "low" and fresh else "low"
    asset = visits.asset
    says = f"sum of the weights of what is met; from {MEDIUM} on medium, from {HIGH} on high"
    why = [Reason(name="score", says=says, value=score, parts=features), _conduct(visits), table, visits.kept.reason()]
    if usual:
        says = f"others that came on {USUAL_DAYS} days or more at usual hours, and are not reported: {usual:,}"
        why.append(Reason(name="home workers", says=says, value=str(usual)))
    evidence = tuple(visits.kept.records)
    user = next(iter(visits.users)) if len(visits.users) == 1 else None
    return score, Finding(
        id=finding_id("hunt", "residential", asset.name, user, (one.fields for one in evidence)),
        kind="hunt",
        hunt="residential",
        title=f"{visits.source}, a residential address, reached {asset.name} ({asset.role})",
        severity=severity,
        confidence=confidence,
        time=iso(visits.first),
        first_seen=iso(visits.first),
        last_seen=iso(visits.last),
        host=asset.name,
        user=user,
        techniques=(
            *(["T1133"] if asset.role == "vpn" else []),
            *(["T1078"] if visits.sign_ins else []),
            "T1090.003",
        ),
        evidence=evidence,
        why=tuple(why),
        could_also_be=(
            "somebody who works at home, or travels",
            "a customer or supplier who is meant to use this service",
            "a range that the table calls residential and is not",
        ),
        next=(
            f"look up in the own log of {asset.name} which account signed in from {visits.source} at that time",
            "compare with that account's past sources, devices and hours, and ask its owner by another channel",
            "check its second factor and the machine certificate; end the session where nobody owns up to it",
            "do not attribute by this address: relays live for weeks and several actors share one",
        ),
    )


def _features(visits: Visits, assets: tuple[str, ...], around: Surroundings) -> tuple[Reason, ...]:
    return (
        Reason(name="residential range", says=_range(visits.kind), weight=RESIDENTIAL),
        _new(visits, around),
        _quiet(visits, around),
        _large(visits, around),
        Reason(
            name="several assets",
            says=f"reached {len(assets)} of the VPN and mail assets: {', '.join(assets)}",
            weight=SEVERAL,
            met=len(assets) > 1,
        ),
        Reason(
            name="failed sign-ins",
            says=f"{visits.failed:,} failed sign-ins from it; {GUESSES} or more count",
            weight=GUESSED,
            met=visits.failed >= GUESSES,
        ),
        _usual(visits, around),
    )


def _range(kind: AddressKind | None) -> str:
    if kind is None:
        return "in no row"
    return f"in {kind.prefix}{f' of AS {kind.asn}' if kind.asn else ''}, where people live: by itself it says little"


def _new(visits: Visits, around: Surroundings) -> Reason:
    late = around.late
    if late is None or visits.first is None:
        says = f"not judged: the log covers {around.days:.1f} days, and {NEW_SPAN} are needed"
        return Reason(name="new", says=says, weight=NEW, met=False)
    met = visits.first >= late
    says = f"first seen {iso(visits.first)}; from {iso(late)} on a source is new to the log"
    return Reason(name="new", says=says, weight=NEW, met=met)


def _quiet(visits: Visits, around: Surroundings) -> Reason:
    quiet = around.quiet
    if quiet is None or not visits.hours:
        seen = f"{sum(around.hours):,} sessions in {around.days:.1f} days"
        says = f"not judged: {seen}; it takes {QUIET_SESSIONS} in {QUIET_SPAN}"
        return Reason(name="quiet hours", says=says, weight=QUIET, met=False)
    hours = ", ".join(str(hour) for hour in sorted(visits.hours))
    says = f"came in the hours {hours} (UTC); in a quiet hour under a quarter of the mean of all hours begins"
    return Reason(name="quiet hours", says=says, weight=QUIET, met=visits.hours <= quiet)


def _large(visits: Visits, around: Surroundings) -> Reason:
    median = around.median
    met = visits.largest >= max(LARGE_BYTES, LARGE_TIMES * (median or 0))
    usual = f"the median residential session has under {_bytes(median)}" if median else "too few to know the usual size"
    says = (
        f"largest session of an hour or more: {_bytes(visits.largest)}; {usual}; "
        f"{_bytes(LARGE_BYTES)} and {LARGE_TIMES} times the median count"
    )
    return Reason(name="large session", says=says, weight=LARGE, met=met)


def _usual(visits: Visits, around: Surroundings) -> Reason:
    quiet = around.quiet or frozenset()
    met = len(visits.days) >= USUAL_DAYS and not visits.hours <= quiet
    days = len(visits.days)
    says = f"came on {days} day{'s' if days != 1 else ''}; {USUAL_DAYS} at usual hours are what a home worker does"
    return Reason(name="usual", says=says, weight=USUAL, met=met)


def _conduct(visits: Visits) -> Reason:
    parts = [f"{visits.accesses:,} accesses on {len(visits.days)} days"]
    if visits.sign_ins:
        parts.append(
            f"{visits.sign_ins:,} of them sign-ins, by {', '.join(sorted(visits.users)[:5]) or 'unnamed accounts'}"
        )
    if visits.sent or visits.drawn:
        parts.append(f"{_bytes(visits.sent)} from the source, {_bytes(visits.drawn)} to it")
    if visits.longest:
        parts.append(f"the longest of {visits.longest / 3600:.1f} hours")
    return Reason(name="what it did", says="; ".join(parts), value=str(visits.accesses))


def _table(visits: Visits) -> tuple[Reason, bool]:
    """How old the table is against the log, and whether it is fresh enough to trust."""
    as_of = visits.kind.as_of if visits.kind else None
    if as_of is None or visits.last is None:
        return Reason(name="table of address kinds", says="the row is undated; confidence stays low", met=False), False
    days = abs((visits.last.date() - as_of).days)
    fresh = days <= STALE
    says = f"the row is of {as_of}, {days:,} days from the log" + ("" if fresh else "; old, so confidence stays low")
    return Reason(name="table of address kinds", says=says, value=str(as_of), met=fresh), fresh


def _bytes(count: int | None) -> str:
    """A size in decimal units: 1.5 GB."""
    if not count or count < 1000:
        return f"{count or 0} B"
    power = min(4, int(math.log10(count)) // 3)
    return f"{count / 1000**power:.1f} {'kMGT'[power - 1]}B"
