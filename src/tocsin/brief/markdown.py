"""The brief as Markdown: the page in short, for tickets and wikis."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.brief import conduct
from tocsin.brief.answer import Judged, grouped, headline, judged, standing
from tocsin.brief.behind import labels, ordered_profiles
from tocsin.brief.citations import Citations, Cited, evidence_of
from tocsin.brief.inert import bullets, code, link, table, text
from tocsin.brief.markdown_org import answers, evidence, logs
from tocsin.brief.timeline import events
from tocsin.brief.words import VERDICTS, capital, clip, count, day, listing, qualifiers, safe_url, stop
from tocsin.model import Case, Evidence

_MOST_MITIGATIONS = 10


def markdown(case: Case) -> str:
    """The same content as the page, in short; what others wrote cannot become markup."""
    items, head, citations = judged(case), headline(case), Citations(case)
    about = [text(part) for part in (case.report.publisher or "", day(case.report.published)) if part]
    parts = [f"# {text(head.title)}"]
    if about:
        parts.append(" · ".join(about))
    parts += answers(case)
    parts.append(f"**{text(head.tally)}**")
    parts += _answer(items, citations)
    parts.append("## Who is behind it")
    chains = [" → ".join(text(step.name) for step in path) for path in head.behind]
    parts.append(bullets(chains) or "No source held here ties a party of this report to an actor or a sponsor.")
    parts.append("## Lists consulted")
    consulted = [f"{text(name)} as of {text(day(as_of) or 'an unknown date')}" for name, as_of in head.lists]
    parts.append(bullets(consulted) or "None: nothing here speaks for or against a listing.")
    if items:
        parts += ["## Claims", *(_claim(item, citations) for item in items)]
    parts += _listings(case, citations)
    parts += _conduct(case)
    if case.indicators:
        rows = [(text(one.kind), code(one.value), text(one.role)) for one in case.indicators]
        parts += ["## Indicators in the text", table(("Kind", "Value", "The text calls it"), rows)]
    parts += evidence(case)
    parts += _examined(case)
    parts += ["## Sources", _sources(citations)]
    parts.append(
        f"Made {text(case.created)} by Tocsin {text(case.tocsin)}; "
        f"report SHA-256 {code(case.report.sha256 or 'not held')}."
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _cite(found: Cited) -> str:
    return f"[{found.label}]"


def _cites(citations: Citations, evidence: Iterable[Evidence], number: int) -> str:
    return "".join(f" {_cite(citations.cite(one, number))}" for one in evidence)


def _answer(items: tuple[Judged, ...], citations: Citations) -> list[str]:
    titles = {
        "contradicted": "Not true",
        "partly": "True in part",
        "unknown": "Cannot be decided here",
        "corroborated": "True",
    }
    parts = []
    for word, group in grouped(items).items():
        lines = []
        for item in group:
            line = text(item.words)
            if word in ("contradicted", "partly") and item.nearest:
                near = item.verdict.nearest[0]
                line += f". **Nearest true:** {text(item.nearest[0])}{_cites(citations, near.evidence, item.number)}"
            elif word in ("contradicted", "partly") and item.because:
                line += f". {text(item.because)}"
            elif word == "corroborated":
                line += _cites(citations, item.verdict.evidence[:2], item.number)
            lines.append(line)
        if lines:
            parts += [f"## {VERDICTS[word].sign} {titles[word]}", bullets(lines)]
    return parts


def _claim(item: Judged, citations: Citations) -> str:
    lines = [
        f"### {item.number}. {text(item.words)}",
        "",
        f"**{VERDICTS[item.word].title}.** “{text(clip(item.claim.sentence, 320))}”",
        "",
    ]
    lines += [f"- {text(stop(capital(one)))}" for one in qualifiers(item.claim)]
    lines += [
        f"- Why: {text(one.says or one.name)}{_cites(citations, one.evidence, item.number)}" for one in item.verdict.why
    ]
    for one in item.verdict.evidence:
        lines.append(f"- Evidence: {_evidence(one)} {_cite(citations.cite(one, item.number))}")
    lines += [
        f"- Nearest true: {text(one.says)}{_cites(citations, one.evidence, item.number)}"
        for one in item.verdict.nearest
        if one.says
    ]
    return "\n".join(lines).rstrip()


def _evidence(one: Evidence) -> str:
    parts = [text(one.publisher or one.source or "Publisher not named"), text(day(one.date))]
    parts += [link(one.url, one.record or "record") if one.record or safe_url(one.url) else text(one.url or "")]
    said = f": {text(one.says)}" if one.says else ""
    return ", ".join(part for part in parts if part) + said


def _listings(case: Case, citations: Citations) -> list[str]:
    parties = [
        one for one in ordered_profiles(case, "party", "sponsor", "actor") if one.kind == "party" or one.designations
    ]
    if not parties:
        return []
    parts = ["## Who listed whom, and when"]
    columns = [name for name, _ in standing(case, parties[0])]
    if columns:
        rows = [(text(one.name), *(text(capital(says)) for _, says in standing(case, one))) for one in parties]
        parts.append(table(("Party", *(text(name) for name in columns)), rows))
    differing = [one for party in parties for one in party.disputes]
    if differing:
        parts.append("### Where the reference pack and a list differ; the list decides")
        parts.append(
            bullets(
                f"{text(labels(case).get(one.ref, one.ref))}: the pack has {text(one.pack)}; {text(one.list)} as of"
                f" {text(one.as_of)}: {text(one.held)}"
                for one in differing
            )
        )
    acts = [
        (
            text(act.date or "not held"),
            text(act.authority),
            text(act.profile.name),
            act.kind,
            _cite(citations.cite(evidence_of(act.row))),
        )
        for act in events(case)
    ]
    return [*parts, table(("Date", "Authority", "Party", "What", "Source"), acts)] if acts else parts


def _conduct(case: Case) -> list[str]:
    told = conduct.actors(case)
    if not told:
        return []
    parts = ["## What these actors do, and what helps against it"]
    for profile in told:
        parts.append(f"### {text(profile.name)}")
        rows = [
            (
                text(group.name),
                link(one.technique.url, one.technique.ref),
                text(one.technique.name),
                text(conduct.shared(one)),
            )
            for group in conduct.by_tactic(profile.techniques)
            for one in group.techniques
        ]
        parts.append(table(("Tactic", "Technique", "Name", "Shared with"), rows) if rows else "")
        extras = [
            ("Software", [one.name for one in profile.software]),
            ("Exploited flaws", [one.cve for one in profile.vulnerabilities]),
        ]
        parts.append(bullets(f"{name}: {text(listing(values, 40))}" for name, values in extras if values))
    helps = [
        (text(f"{row.mitigation.name} ({row.mitigation.ref})"), *(str(number) for number in row.counts))
        for row in conduct.coverage(told)[:_MOST_MITIGATIONS]
    ]
    if helps:
        names = (text(f"{one.name} (of {len(one.techniques)})") for one in told)
        parts += ["### What helps against most of it", table(("Mitigation", *names), helps)]
    return parts


def _examined(case: Case) -> list[str]:
    examined = case.examined
    lines = [
        f"{text(one.id)}: {text(one.publisher or 'publisher not named')}, "
        f"as of {text(day(one.as_of) or 'an unknown date')}, {count(one.parties, 'party', 'parties')}"
        for one in examined.lists
    ]
    lines += [f"{link(one.url, one.title or one.id)}, {text(one.publisher)}" for one in examined.catalogues]
    lines.append(f"The report: {count(len(case.report.text), 'character')}, {count(len(case.claims), 'claim')}")
    lines += logs(case)
    lines += [
        f"Left out: {text(one.file)}{text(':' + one.place) if one.place else ''}: {text(one.why)}"
        f"{'; ' + text(one.todo) if one.todo else ''}"
        for one in examined.left_out
    ]
    return ["## What was examined", bullets(lines)]


def _sources(citations: Citations) -> str:
    lines = []
    for entry in citations.entries():
        source = entry.source
        details = [source.publisher, day(source.published), source.licence or "", f"grade {source.reliability}"]
        lines.append(
            f"- {entry.number}: {link(source.url, source.title or source.id)} "
            f"({text(', '.join(one for one in details if one))})"
        )
        lines += [f"  - {found.label}: {_evidence(found.evidence)}" for found in entry.cited]
    return "\n".join(lines) or "Nothing was cited."
