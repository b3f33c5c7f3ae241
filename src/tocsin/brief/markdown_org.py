"""The organisation's part of the brief as Markdown: the six answers, what to do, findings, coverage, register."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.brief.grouping import Group, parts, tie_words
from tocsin.brief.inert import bullets, code, link, table, text
from tocsin.brief.looked import span
from tocsin.brief.matrix import STATES, covered, tally
from tocsin.brief.register import Row, by_authority, first_things, ranked
from tocsin.brief.six import six
from tocsin.brief.words import capital, clip, count, day, figure, listing, moment, plain, shown, stop
from tocsin.model import Case, Finding, Reason

_GROUPS = 25  # groups of a part; the page shows more, and findings.jsonl all
_FIELDS = 8
_VALUE = 160
NO_EVIDENCE = (
    "No organisation’s evidence was given; with `--org org.toml` the brief also says whether you deal with them, "
    "whether they are here and where they could get in."
)


def answers(case: Case) -> list[str]:
    """The six answers, the first things to do and what the law asks; without an organisation one line that says so."""
    if not case.org:
        return [NO_EVIDENCE]
    found = [f"For {text(case.org.name, 120)}"]
    for number, one in enumerate(six(case), 1):
        found.append(f"**{number}. {one.question} {text(one.word)}.** {text(' '.join(one.says), 1200)}")
    things = [
        f"**{figure(row.risk.score)}** {text(stop(capital(row.risk.treatment or row.risk.title)))} {_who(row)}"
        for row in first_things(case)
    ]
    if things:
        found += ["## What to do first", "\n".join(f"{rank}. {line}" for rank, line in enumerate(things, 1))]
    for authority, duties in by_authority(case):
        found.append(f"## The law now asks: {text(authority)} (not legal advice)")
        found.append(
            bullets(
                f"**{text(capital(day(one.by)) or 'No day given')}**: {text(one.who)} must {text(stop(one.must))}"
                f"{f' To: {text(stop(one.to))}' if one.to else ''} {link(one.url, one.article)}"
                for one in duties
            )
        )
    return found


def evidence(case: Case) -> list[str]:
    """Findings by question and system, coverage, and the register with its terms."""
    return [*_findings(case), *_coverage(case), *_register(case)]


def logs(case: Case) -> list[str]:
    """What of the organisation's evidence was examined, a line each."""
    examined = case.examined
    if not case.org and not examined.logs and not examined.inputs:
        return []
    lines = [
        f"Log {code(one.path)}: {text(one.format)}, {count(one.records, 'record')} {text(span((one,)))}".rstrip()
        for one in examined.logs
    ] or ["Logs: none were given"]
    lines += [f"{text(capital(one.kind))} {code(one.path)}: {count(one.records, 'record')}" for one in examined.inputs]
    rules = examined.rules
    lines.append(f"{count(rules.get('run', 0), 'rule')} run, {rules.get('left_out', 0)} left out")
    return lines


def _who(row: Row) -> str:
    by = f", by {day(row.risk.due)}" if row.risk.due else ""
    return text(f"({row.risk.owner or 'nobody named'}{by})")


def _findings(case: Case) -> list[str]:
    found = parts(case)
    if not found:
        return []
    made = ["## Findings", "All records stand in full in findings.jsonl."]
    for part in found:
        made += [f"### {text(part.title)}", text(part.says)]
        first = part.groups[0].number
        for place in part.places:
            groups = [group for group in place.groups if group.number < first + _GROUPS]
            if place.name and groups:
                made.append(f"**{text(place.name)}**")
            made += ["\n".join(_group(group)) for group in groups]
        if len(part.groups) > _GROUPS:
            made.append(f"And {count(len(part.groups) - _GROUPS, 'more group')}, of lesser severity.")
    return made


def _group(group: Group) -> Iterator[str]:
    number = len(group.findings)
    facts = [group.severity, f"{group.confidence} confidence", f"{number} findings" if number > 1 else ""]
    facts += [f"{moment(group.first)}{f' to {moment(group.last)}' if group.last != group.first else ''}"]
    yield f"- **{group.number}. {text(group.title)}** ({text(', '.join(one for one in facts if one))})"
    one = group.findings[0]
    for label, words in _facts(one):
        yield f"  - {label}: {words}"


def _facts(one: Finding) -> Iterator[tuple[str, str]]:
    if one.user:
        yield "Account", text(one.user)
    if one.techniques:
        yield "Techniques", text(listing(one.techniques, 8))
    for tie in one.actors[:3]:
        yield "Actor", text(stop(capital(tie_words(tie, one.kind))))
    for party in one.parties[:3]:
        yield "Party", text(f"{party.name} ({listing(party.lists) or 'no list named'})")
    yield from (("Why", _reason(reason)) for reason in one.why[:6])
    for seen in one.evidence[:2]:
        fields = [f"{shown(name)}={clip(plain(value), _VALUE)}" for name, value in list(seen.fields.items())[:_FIELDS]]
        more = f" and {len(seen.fields) - _FIELDS} more fields" if len(seen.fields) > _FIELDS else ""
        yield "Record", f"{code(f'{seen.file}, {seen.record}')}: {text('; '.join(fields) + more, 1500)}"
    if one.could_also_be:
        yield "It could also be", text(stop("; ".join(one.could_also_be)))
    if one.next:
        yield "Next", text(stop("; then ".join(step.removesuffix(".") for step in one.next)))


def _reason(reason: Reason) -> str:
    parts = "; ".join(part.says for part in reason.parts[:6])
    return text(f"{reason.says}{'' if reason.met else ' (not met)'}{f' ({parts})' if parts else ''}")


def _coverage(case: Case) -> list[str]:
    if not case.coverage:
        return []
    states = listing([f"{number} {word.title.lower()} ({word.means})" for word, number in tally(case)])
    rows = [
        (
            text(f"{one.technique} {one.name}"),
            STATES[one.state].title,
            text("; ".join(reason.says for reason in one.because)) or "not said",
        )
        for one in covered(case)
    ]
    return ["## Could we see them?", f"{states}.", table(("Technique", "State", "Because"), rows)]


def _register(case: Case) -> list[str]:
    rows = ranked(case)
    if not rows:
        return []
    made = ["## Register of risks", "Score = likelihood × impact; each of these is the sum of value × weight."]
    cells = [
        (
            str(row.rank),
            text(row.risk.title),
            *(figure(one) for one in (row.risk.score, row.risk.likelihood, row.risk.impact, row.risk.residual)),
            text(row.risk.owner or "nobody named"),
            text(day(row.risk.due) or "no day set"),
        )
        for row in rows
    ]
    made.append(table(("No.", "Risk", "Score", "Likelihood", "Impact", "Residual", "Owner", "By"), cells))
    for row in rows:
        lines = [
            f"{capital(one.name)} {figure(one.value)} = "
            + " + ".join(
                f"{figure(term.value)} × {figure(term.weight)} ({text(term.reason.name)})" for term in one.terms
            )
            for one in row.sums
        ]
        if lines:
            made += [f"{row.rank}\\. {text(row.risk.title)}", bullets(lines)]
    return made
