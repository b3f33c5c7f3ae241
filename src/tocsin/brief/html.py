"""The brief as one self-contained page: no script, no request, and a policy that forbids both."""

from __future__ import annotations

import base64
import functools
import hashlib
import itertools
from collections.abc import Callable
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import jinja2
from markupsafe import Markup

from tocsin.brief import conduct, evidence, words
from tocsin.brief.answer import Headline, grouped, headline, judged, standing
from tocsin.brief.behind import labels, ordered_profiles
from tocsin.brief.citations import Citations, evidence_of
from tocsin.brief.grouping import tie_words
from tocsin.brief.passage import Passage, passages
from tocsin.brief.plot import grade
from tocsin.brief.relations import relations
from tocsin.brief.timeline import events, timeline
from tocsin.model import Case, Profile, Record

_RELATIONS = {"same_as": "is the same as", "fronts_for": "is a front for", "belongs_to": "belongs to"}
_RELATIONS |= {"attributed_to": "is attributed to", "sponsored_by": "is sponsored by"}
_MOST_MITIGATIONS = 15


class Run(Record, frozen=True):
    """Passages that follow each other; folded when nothing is claimed in a long stretch of them."""

    passages: tuple[Passage, ...]
    folded: bool


class Share(Record, frozen=True):
    """A stretch of the bar that shows how the verdicts divide."""

    word: str
    x: float
    width: float


def html(case: Case) -> str:
    """The page as text. The same case gives the same bytes."""
    items = judged(case)
    head = headline(case)
    citations = Citations(case)
    told = conduct.actors(case)
    runs = _runs(passages(case.report, items))
    parties = tuple(
        p for p in ordered_profiles(case, "party", "sponsor", "actor") if p.kind == "party" or p.designations
    )
    mitigations = conduct.coverage(told)
    css = _css()
    view: dict[str, Any] = {
        "case": case,
        "head": head,
        "items": items,
        "groups": grouped(items),
        "shares": _shares(head),
        "verdicts": words.VERDICTS,
        "citations": citations,
        "passages": runs,
        "text_lang": _language_tag(case.report.language),
        "anchored": {n for run in runs for one in run.passages for piece in one.pieces for n in piece.starts},
        "drawing": relations(case, items),
        "profiles": ordered_profiles(case, "party", "actor", "sponsor"),
        "parties": parties,
        "line": timeline(case),
        "events": events(case),
        "conduct": told,
        "specific": conduct.SPECIFIC,
        "mitigations": mitigations[:_MOST_MITIGATIONS],
        "mitigations_of": sum(len(profile.techniques) for profile in told) or 1,
        "css": Markup(css),  # noqa: S704 - our own style sheet
        "css_hash": _sha256(css),
        **evidence.view(case),
    }
    view["contents"] = _contents(case, view)
    environment = _environment()
    names, techniques = labels(case), _technique_names(case)
    # What needs this case is bound here; everything else the environment knows already.
    bound: dict[str, Callable[..., Any]] = {
        "label": lambda ref: names.get(ref, ref),
        "label_in": lambda ref, profile: profile.labels.get(ref, ref),
        "standing": lambda profile: standing(case, profile),
        "does": conduct.does,
        "groups": lambda refs: evidence.links_to(refs, view["group_at"]),
        "technique_name": lambda ref: techniques.get(ref, ""),
        "cited": lambda row: citations.cite(evidence_of(row)),
    }
    scoped = environment.overlay()
    scoped.filters = {**environment.filters, **bound}
    return scoped.get_template("brief.html.j2").render(view)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("tocsin.brief"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        # Every value on its way into the page is made visible first, so that no template can forget it.
        finalize=lambda value: words.shown(value) if type(value) is str else value,
    )
    environment.filters |= {
        "bdi": bdi,
        "day": words.day,
        "clip": words.clip,
        "stop": words.stop,
        "capital": words.capital,
        "count": lambda number, one, many="": words.count(number, one, many),
        "listing": words.listing,
        "safe_url": words.safe_url,
        "host": lambda url: urlsplit(url).hostname or "",
        "qualifiers": words.qualifiers,
        "is_public_id": words.is_public_id,
        "relation": lambda predicate: _RELATIONS.get(predicate, predicate.replace("_", " ")),
        "aliases": _aliases,
        "by_tactic": conduct.by_tactic,
        "shared": conduct.shared,
        "figure": words.figure,
        "grade": grade,
        "moment": words.moment,
        "weighed": words.weighed,
        "tie_words": tie_words,
        "records": evidence.records,
        "left": evidence.left,
    }
    return environment


def bdi(name: str) -> Markup:
    """A name kept apart from the text around it, with its language and direction where its script tells them."""
    lang, direction = words.language(name)
    attributes = Markup("").join(
        Markup(' {}="{}"').format(key, value) for key, value in (("lang", lang), ("dir", direction)) if value
    )
    return Markup("<bdi{}>{}</bdi>").format(attributes, words.one_line(name, 240))


def _css() -> str:
    folder = resources.files("tocsin.brief").joinpath("templates")
    return "".join(folder.joinpath(name).read_text(encoding="utf-8") for name in ("brief.css", "evidence.css"))


def _sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _language_tag(language: str) -> str:
    safe = language.replace("-", "").isalnum() and language.isascii()
    return language if safe else "und"


def _runs(found: tuple[Passage, ...]) -> tuple[Run, ...]:
    """Long stretches in which nothing is claimed are folded, so that what is claimed stands close together."""
    runs = []
    for quiet, group in itertools.groupby(found, key=lambda passage: passage.quiet):
        together = tuple(group)
        runs.append(Run(passages=together, folded=quiet and len(together) > 3))
    return tuple(runs)


def _shares(head: Headline) -> tuple[Share, ...]:
    total = sum(head.counts.values()) or 1
    shares, x = [], 0.0
    for word, number in head.counts.items():
        width = round(100 * number / total, 3)
        shares.append(Share(word=word, x=round(x, 3), width=width))
        x += width
    return tuple(shares)


def _contents(case: Case, view: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    parts = [("answer", "Answer", True), ("claims", "Claims", True)]
    parts += [
        ("behind", "Behind it", bool(view["drawing"] or view["profiles"])),
        ("listings", "Listings", bool(view["parties"])),
    ]
    parts += [("conduct", "Conduct", bool(view["conduct"])), ("indicators", "Indicators", bool(case.indicators))]
    parts += [
        ("findings", "Findings", bool(case.org or view["parts_found"])),
        ("coverage", "Coverage", bool(view["covered"])),
        ("risks", "Risks", bool(view["rows"])),
    ]
    parts += [("examined", "Examined", True), ("sources", "Sources", True)]
    return tuple((key, name) for key, name, there in parts if there)


def _aliases(profile: Profile) -> tuple[tuple[str, str], ...]:
    """Each other name once, with all who use it."""
    found: dict[str, list[str]] = {}
    for name in profile.aliases:
        if name.name != profile.name:
            found.setdefault(name.name, []).append(name.by)
    return tuple((name, words.listing(list(dict.fromkeys(one for one in by if one)), 2)) for name, by in found.items())


def _technique_names(case: Case) -> dict[str, str]:
    known = {one.technique.ref: one.technique.name for profile in case.profiles for one in profile.techniques}
    return {one.technique: one.name for one in case.coverage} | known
