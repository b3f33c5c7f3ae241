"""The answer: what is true, what is not, and who is behind it. Every format says it from here, so all say the same."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.brief.behind import Step, chains, weight
from tocsin.brief.words import VERDICTS, capital, claim_words, count, day, listing, one_line, stop
from tocsin.model import Case, Claim, Profile, Reason, Record, Verdict, VerdictWord


class Judged(Record, frozen=True):
    """A claim beside its verdict, numbered in the order of the text."""

    number: int
    claim: Claim
    verdict: Verdict
    words: str

    @property
    def word(self) -> VerdictWord:
        """The verdict."""
        return self.verdict.verdict

    @property
    def nearest(self) -> tuple[str, ...]:
        """The nearest true statements, as sentences."""
        return tuple(stop(capital(one_line(item.says, 400))) for item in self.verdict.nearest if item.says.strip())

    @property
    def because(self) -> str:
        """The first thing that was decisive, or the first that was looked at."""
        reasons = [reason for reason in self.verdict.why if reason.met and reason.says] or list(self.verdict.why)
        return stop(capital(one_line(reasons[0].says, 400))) if reasons and reasons[0].says else ""


class Headline(Record, frozen=True):
    """The answer to "is it true, and who is behind it?". ``counts`` has every verdict, also those that are 0."""

    title: str
    counts: dict[VerdictWord, int]
    says: tuple[str, ...]
    tally: str
    behind: tuple[tuple[Step, ...], ...]
    lists: tuple[tuple[str, str], ...]


def headline(case: Case) -> Headline:
    """The answer of a case: counts, one or two sentences, the chains behind it, and the lists it rests on."""
    all_judged = judged(case)
    groups = grouped(all_judged)
    return Headline(
        title=title(case),
        counts={word: len(groups[word]) for word in VERDICTS},
        says=_sentences(groups, len(all_judged)),
        tally=_tally(groups, len(all_judged)),
        behind=chains(case),
        lists=lists(case),
    )


def title(case: Case) -> str:
    """What the report is called; its file name where it has no title."""
    return one_line(case.report.title or case.report.path or "Report without a title", 240)


def judged(case: Case) -> tuple[Judged, ...]:
    """Every claim with its verdict, in the order of the text. One that was never checked is unknown, and says so."""
    verdicts = {verdict.claim: verdict for verdict in case.verdicts}
    ordered = sorted(case.claims, key=lambda claim: (claim.start, claim.end))
    return tuple(
        Judged(
            number=number, claim=claim, verdict=verdicts.get(claim.id) or _unchecked(claim), words=claim_words(claim)
        )
        for number, claim in enumerate(ordered, 1)
    )


def _unchecked(claim: Claim) -> Verdict:
    why = Reason(name="not checked", says="This claim was not checked: the case holds no verdict for it")
    return Verdict(claim=claim.id, verdict="unknown", why=(why,))


def grouped(items: Iterable[Judged]) -> dict[VerdictWord, list[Judged]]:
    """By verdict, what is wrong first; within a verdict the weightiest claims first."""
    groups: dict[VerdictWord, list[Judged]] = {word: [] for word in VERDICTS}
    for item in items:
        groups[item.word].append(item)
    for group in groups.values():
        group.sort(key=lambda item: (weight(item.claim), not item.nearest, item.number))
    return groups


def _tally(groups: dict[VerdictWord, list[Judged]], total: int) -> str:
    if not total:
        return "The report makes no claim that can be checked."
    words = {"contradicted": "contradicted by the evidence", "partly": "true only in part"}
    words |= {"unknown": "beyond what the sources held here can decide", "corroborated": "corroborated"}
    parts = [
        f"{len(group)} {'is' if len(group) == 1 else 'are'} {words[word]}" for word, group in groups.items() if group
    ]
    return f"Of {count(total, 'claim')}, {listing(parts)}." if total > 1 else f"The one claim {parts[0][2:]}."


def _sentences(groups: dict[VerdictWord, list[Judged]], total: int) -> tuple[str, ...]:
    tally = _tally(groups, total)
    wrong, partly, true = groups["contradicted"], groups["partly"], groups["corroborated"]
    if wrong:
        return (" ".join([f"Not true: “{wrong[0].words}”.", *wrong[0].nearest[:1]]), tally)
    if partly:
        near = partly[0].nearest[0] if partly[0].nearest else partly[0].because
        return (f"True only in part: “{partly[0].words}”. {near}".strip(), tally)
    if true:
        first = "All of it is corroborated" if len(true) == total else "Nothing in it is contradicted"
        return (f"{first}; foremost: “{true[0].words}”.", tally)
    return ("Nothing in it could be confirmed or refuted with the sources held here.", tally) if total else (tally,)


def lists(case: Case) -> tuple[tuple[str, str], ...]:
    """Each list that bears on the claims and the date of its newest record; all that were examined stand below."""
    found = dict(case.as_of) or {held.id: held.as_of for held in case.examined.lists}
    return tuple(sorted(found.items()))


def standing(case: Case, profile: Profile) -> tuple[tuple[str, str], ...]:
    """What each list consulted has on a party. Absence is said as absence from a list of a date, never as innocence."""
    rows = []
    for name, as_of in lists(case):
        on = [item for item in profile.designations if item.list == name]
        live = [item for item in on if not item.delisted]
        if live:
            rows.append((name, f"listed {day(live[0].listed)}".strip()))
        elif on:
            rows.append((name, f"delisted {day(on[0].delisted)}"))
        else:
            rows.append((name, f"not listed in {name} as of {day(as_of) or 'an unknown date'}"))
    return tuple(rows)
