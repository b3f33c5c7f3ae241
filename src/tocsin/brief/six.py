"""The six questions of a brief, each with an answer that never says more than was looked at.

1 Is it true? 2 Who is behind it? 3 Do we deal with them? 4 Are they in here? 5 Could they get in? 6 What first?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tocsin.brief import looked
from tocsin.brief.answer import Headline, headline
from tocsin.brief.grouping import closest, foremost, tie_words
from tocsin.brief.register import first_things
from tocsin.brief.words import VERDICTS, capital, count, day, figure, listing, one_line, short, span_words, stop
from tocsin.model import SEVERITIES, Case, Finding, FindingKind, Record, VerdictWord

State = Literal["alarm", "caution", "told", "nothing", "unseen", "good"]
# Never by colour alone. "Nothing" has no tick: nothing found is not the same as safe.
SIGNS: dict[State, str] = {"alarm": "!", "caution": "◐", "told": "→", "nothing": "○", "unseen": "–", "good": "✓"}
QUESTIONS = {
    "true": "Is it true?",
    "behind": "Who is behind it?",
    "deal": "Do we deal with them?",
    "here": "Are they in here?",
    "doors": "Could they get in?",
    "first": "What first, and by when?",
}
_CLAIMS: tuple[tuple[VerdictWord, State, str], ...] = (
    ("contradicted", "alarm", "Not as reported"),
    ("partly", "caution", "True only in part"),
    ("corroborated", "good", "Corroborated"),
    ("unknown", "unseen", "Cannot be decided here"),
)
_HERE: tuple[FindingKind, ...] = ("detection", "hunt", "endpoint")
_EXAMINED = ("examined", "What was examined")
_SHORT = 280  # characters of a sentence that names a finding or a claim
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_GRAVE = 0.5  # score from which the first risk is an alarm


class Answer(Record, frozen=True):
    """A question and its answer. ``anchor`` is the section of the page with the detail, ``link`` what it holds."""

    key: str
    state: State
    word: str
    says: tuple[str, ...]
    anchor: str
    link: str

    @property
    def question(self) -> str:
        """The question, in the words of every format."""
        return QUESTIONS[self.key]

    @property
    def sign(self) -> str:
        """The sign of its state."""
        return SIGNS[self.state]


def six(case: Case) -> tuple[Answer, ...]:
    """The six answers of a case with an organisation, in the order of the questions."""
    head = headline(case)
    return (_true(head), _behind(head), _deal(case), _here(case), _doors(case), _first(case))


def _answer(key: str, state: State, word: str, says: Sequence[str], anchor: str, link: str) -> Answer:
    return Answer(key=key, state=state, word=word, says=tuple(says), anchor=anchor, link=link)


def _unseen(key: str, why: str) -> Answer:
    return _answer(key, "unseen", "Not looked", [f"Not looked: {why}."], *_EXAMINED)


def _true(head: Headline) -> Answer:
    found = [(state, word) for verdict, state, word in _CLAIMS if head.counts[verdict]]
    state, word = found[0] if found else ("unseen", "Nothing to check")
    if head.counts["contradicted"] and head.counts["corroborated"]:
        word = "Not all of it"
    parts = [f"{number} {VERDICTS[verdict].title.lower()}" for verdict, number in head.counts.items() if number]
    total = sum(head.counts.values())
    link = f"{count(total, 'claim')}: {listing(parts)}" if total else "The report"
    return _answer("true", state, word, [short(head.says[0], _SHORT)], "verdicts", link)


def _behind(head: Headline) -> Answer:
    if not head.behind:
        says = ["No source held here ties a party of this report to an actor or a sponsor."]
        return _answer("behind", "unseen", "Not known", says, "verdicts", "Lists consulted")
    first, *rest = [" → ".join(step.name for step in path) for path in head.behind]
    by = listing(list(dict.fromkeys(step.by for step in head.behind[0] if step.by)), 2)
    says = [stop(short(f"{first}, as stated by {by}" if by else first, _SHORT))]
    if rest:
        says.append(f"Also {short(rest[0], _SHORT)}." if len(rest) == 1 else f"And {len(rest)} more chains.")
    actors = [step.name for path in head.behind for step in path if step.kind == "actor"]
    names = list(dict.fromkeys(actors or [path[-1].name for path in head.behind]))
    word = listing(names, 2 if len(names) == 2 else 1)
    return _answer("behind", "told", word, says, "behind", count(len(head.behind), "chain"))


def _deal(case: Case) -> Answer:
    found = [one for one in case.findings if one.kind == "screening"]
    absent = looked.missing(case, looked.DEALINGS)
    if found:
        levels = {"likely": "high", "possible": "moderate", "weak": "low"}
        numbers = {word: sum(one.confidence == level for one in found) for word, level in levels.items()}
        matches = f"{listing([f'{number} {word}' for word, number in numbers.items() if number])} match"
        lists = listing(list(dict.fromkeys(name for one in found for tie in one.parties for name in tie.lists)), 4)
        on = f" with parties on {lists}" if lists else ""
        says = [f"{matches}{'' if len(found) == 1 else 'es'}{on}; a person has to decide.", _foremost(found)]
        word = "Likely" if numbers["likely"] else "Possibly" if numbers["possible"] else "Hardly, but look"
        state: State = "alarm" if numbers["likely"] else "caution"
        return _answer("deal", state, word, says, "part-screening", count(len(found), "match", "matches"))
    if not looked.given(case, looked.DEALINGS):
        return _unseen("deal", absent)
    lists = looked.lists_words(case)
    return _clean("deal", f"{looked.amounts(case, looked.DEALINGS)}{f', against {lists}' if lists else ''}", absent)


def _here(case: Case) -> Answer:
    found = [one for one in case.findings if one.kind in _HERE]
    if found:
        systems = {one.host.casefold() for one in found if one.host}
        on = f" on {count(len(systems), 'system')}" if systems else ""
        times = [at for one in found if (at := one.time or one.first_seen)]
        when = f" {span_words(min(times), max(times))}" if times else ""
        tie = closest(found)
        says = [
            f"{count(len(found), 'finding')}{on}{when}. {_foremost(found)}",
            stop(capital(f"{tie_words(tie)}: no proof that it was them"))
            if tie
            else "None of it is proof of who it was.",
        ]
        return _answer("here", _alarm(found), "Signs found", says, "part-here", count(len(found), "finding"))
    if not case.examined.logs:
        return _unseen("here", "no logs were given")
    rules = case.examined.rules.get("run", 0)
    by = f", with {count(rules, 'rule')}" if rules else ""
    says = [f"Nothing found in {looked.logs_words(case)}{by}."]
    if not case.coverage:
        return _answer("here", "nothing", "Nothing found", says, *_EXAMINED)
    blind = sum(one.state == "blind" for one in case.coverage)
    says.append(
        f"{blind} of {count(len(case.coverage), 'technique')} of these actors could not have been seen in them."
    )
    return _answer("here", "nothing", "Nothing found", says, "coverage", "What could be seen")


def _doors(case: Case) -> Answer:
    of = {"exposed systems": "exposure", "accounts": "identity"}
    found = {where: [one for one in case.findings if one.kind == kind] for where, kind in of.items()}
    every = [one for several in found.values() for one in several]
    absent = looked.missing(case, looked.DOORS)
    if every:
        parts = [f"{count(len(several), 'finding')} on {where}" for where, several in found.items() if several]
        anchor = "part-exposure" if found["exposed systems"] else "part-identity"
        says = [f"{listing(parts)}.", _foremost(every)]
        return _answer("doors", _alarm(every), "Ways in found", says, anchor, count(len(every), "finding"))
    if not looked.given(case, looked.DOORS):
        return _unseen("doors", absent)
    return _clean("doors", looked.amounts(case, looked.DOORS), absent)


def _clean(key: str, where: str, absent: str) -> Answer:
    says = [f"Nothing found in {where}.", *([f"Not all was looked at: {absent}."] if absent else [])]
    return _answer(key, "nothing", "Nothing found", says, *_EXAMINED)


def _first(case: Case) -> Answer:
    things, law = first_things(case), case.obligations
    if not things and not law:
        if not case.examined.logs and not case.examined.inputs:
            return _unseen("first", "no evidence of the organisation was given")
        says = ["What was examined puts nothing on the register and brings no obligation."]
        return _answer("first", "nothing", "Nothing from this", says, *_EXAMINED)
    days = sorted(risk.due for risk in case.risks if _DAY.fullmatch(risk.due))
    word = f"By {day(days[0])}" if days else "Now"
    says = []
    if things:
        risk = things[0].risk
        what = capital(short(risk.treatment or risk.title, _SHORT)).removesuffix(".")
        by = f"by {day(risk.due)}" if risk.due else ""
        facts = (f"score {figure(risk.score)}", one_line(risk.owner, 60), by)
        says.append(f"{what} ({', '.join(fact for fact in facts if fact)}).")
    if law:
        says.append(f"The law asks {_number(len(law))} of us, beginning {one_line(law[0].by, 60) or 'at once'}.")
    state: State = "alarm" if law or things[0].risk.score >= _GRAVE else "caution"
    if things:
        return _answer("first", state, word, says, "risks", f"{count(len(case.risks), 'risk')} in the register")
    return _answer("first", state, word, says, "law", count(len(law), "obligation"))


def _alarm(found: Sequence[Finding]) -> State:
    return "alarm" if max(SEVERITIES.index(one.severity) for one in found) >= SEVERITIES.index("high") else "caution"


def _foremost(found: Sequence[Finding]) -> str:
    one = foremost(found)
    on = f" on {one_line(one.host, 60)}" if one.host and one.host.casefold() not in one.title.casefold() else ""
    label = "Foremost: " if len(found) > 1 else ""
    return stop(f"{label}{short(one.title, _SHORT)}{on} ({one.severity})")


def _number(number: int) -> str:
    words = ("no thing", "one thing", "two things", "three things", "four things", "five things", "six things")
    return words[number] if number < len(words) else f"{number} things"
