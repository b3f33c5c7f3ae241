"""From sentences to claims: the scene of each, the rules over it, then refs, ids and duplicates put in order."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from functools import lru_cache

import msgspec

from tocsin.knowledge import Graph, resolve, sure
from tocsin.model import Claim, Mention, Ref, Report, Span, TechniqueSeen
from tocsin.names import COUNTRY_LABELS, name_tokens, tokenise
from tocsin.names.score import weight_of
from tocsin.read.claims.common import COMMON_WORDS
from tocsin.read.claims.discourse import Discourse
from tocsin.read.claims.draft import Draft
from tocsin.read.claims.lexicon import AUTHORITY_NAMES
from tocsin.read.claims.mentions import Gazetteer, Item
from tocsin.read.claims.phrases import TACTICS
from tocsin.read.claims.rules_bodies import body_claims
from tocsin.read.claims.rules_conduct import conduct_claims
from tocsin.read.claims.rules_indictments import indictment_claims
from tocsin.read.claims.rules_listing import listing_claims
from tocsin.read.claims.rules_measures import measure_claims
from tocsin.read.claims.rules_names import name_claims
from tocsin.read.claims.rules_sponsors import front_claims, membership_claims
from tocsin.read.claims.scene import Scene, scene_of
from tocsin.read.claims.sentences import Sentence, sentences_of

_POINTING = frozenset("them they their both these those it the listed parties".split()) | {"the listed parties"}
NEAR_ENOUGH = 0.88  # score from which a name that stands in no list so is taken for the known one
Local = dict[tuple[str, ...], tuple[str, ...]]


class Reading(msgspec.Struct):
    """What was read of a report: mentions, techniques and claims, each with its place."""

    mentions: list[Mention]
    techniques: list[TechniqueSeen]
    claims: list[Claim]


def read_claims(report: Report, gazetteer: Gazetteer) -> Reading:
    """All that a report names and claims. O(len(text)); never raises on any text."""
    graph = gazetteer.graph
    sentences = list(sentences_of(report))
    tokens = tokenise(report.text)
    names = gazetteer.find(report.text, tokens)
    if local := _short_forms(report, gazetteer, names):
        names = gazetteer.find(report.text, tokens, local)
    starts = [item.start for item in names]
    year = int(report.published[:4]) if report.published else None
    discourse = Discourse(graph)
    reading = Reading([], [], [])
    drafts: list[tuple[Draft, Sentence]] = []
    for sentence in sentences:
        inside = names[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        scene = scene_of(sentence, inside, graph, year)
        _note(scene, graph, reading)
        if sentence.block in ("title", "heading"):
            for item in scene.of("authority"):
                if discourse.listing_authority is None and sentence.block == "title":
                    discourse.listing_authority = item
            if sentence.block == "title":
                discourse.note(scene)
            continue
        if not sentence.claims:
            continue
        discourse.begin(scene)
        found = listing_claims(scene, discourse)
        found += indictment_claims(scene, discourse)
        found += measure_claims(scene, discourse)
        fronts = front_claims(scene, discourse)
        found += [*fronts, *membership_claims(scene, discourse, fronts)]
        found += name_claims(scene, discourse)
        found += body_claims(scene, discourse)
        found += conduct_claims(scene, discourse)
        drafts += [(draft, sentence) for draft in found]
        discourse.note(scene)
    reading.claims = _numbered(drafts, graph)
    return reading


def _short_forms(report: Report, gazetteer: Gazetteer, names: list[Item]) -> Local:
    """Words by which a report goes on to call what it has named in full: "Juxinhe", "Yin", "Wuhan XRZ".

    A word that two of the report's names share is left out, and so is every word that a catalogue already has.
    """
    graph = gazetteer.graph
    found: dict[tuple[str, ...], set[str]] = {}
    for item in names:
        if item.kind != "party" or not item.ref:
            continue
        party = graph.parties.get(item.ref)
        tokens = name_tokens(item.text)
        if party is None or len(tokens) < 2:
            continue
        if party.schema == "Person":
            words = [tokens[0]] if party.country in ("CN", "KP") and len(tokens) <= 3 else list(tokens[1:][-2:])
        else:
            proper = [w for w in tokens if weight_of(w) == 1.0]
            words = proper[:1]
        for word in words:
            if len(word) >= (3 if party.schema == "Person" else 4) and word not in COMMON_WORDS:
                found.setdefault((word,), set()).add(item.ref)
    # "Full Name Ltd ("Short")"
    for match in re.finditer(
        r"\((?:the )?[\"“”'‘’]([^\"“”'‘’()]{2,40})[\"“”'‘’](?:,? (?:or|and) [\"“][^\"”]+[\"”])?\)", report.text
    ):
        before = gazetteer.find(report.text[max(0, match.start() - 120) : match.start()])
        if before and before[-1].ref and before[-1].kind in ("party", "actor", "sponsor"):
            key = name_tokens(match[1])
            if key:
                found.setdefault(key, set()).add(before[-1].ref)
    return {key: tuple(refs) for key, refs in found.items() if len(refs) == 1}


def _note(scene: Scene, graph: Graph, reading: Reading) -> None:
    base = scene.sentence.start
    for item in scene.items:
        start, end = base + item.start, base + item.end
        if item.kind in ("technique",) and item.ref:
            technique = graph.techniques.get(graph.current(item.ref))
            how = "id" if item.extra == "id" else "described"
            name = technique.name if technique else item.ref
            if technique and item.text.lower() == technique.name.lower():
                how = "name"
            reading.techniques.append(
                TechniqueSeen(
                    id=technique.ref if technique else item.ref,
                    name=name,
                    sentence=scene.text,
                    start=start,
                    end=end,
                    score={"id": 1.0, "name": 0.9, "described": 0.7}[how],
                    how=how,  # type: ignore[arg-type]
                )
            )
        elif item.kind == "anaphor" or item.extra == "word":
            continue
        reading.mentions.append(
            Mention(
                kind=_mention_kind(item),
                text=item.text,
                start=start,
                end=end,
                ref=item.ref,
                name=_label(item, graph),
                score=1.0 if item.ref else 0.5,
                refs=item.refs,
            )
        )
    for dated in scene.dates:
        text = scene.text[dated.start : dated.end]
        reading.mentions.append(
            Mention(kind="date", text=text, start=base + dated.start, end=base + dated.end, name=dated.when.from_)
        )


def _mention_kind(item: Item) -> str:
    if item.kind == "unknown":
        return "malware" if item.extra == "malware" else "party"
    return {"prosecutor": "authority", "parties": "party"}.get(item.kind, item.kind)


def _label(item: Item, graph: Graph) -> str | None:
    if item.kind in ("authority", "prosecutor") and item.ref:
        return AUTHORITY_NAMES.get(item.ref, item.ref)
    if item.kind == "country" and item.ref:
        return COUNTRY_LABELS.get(item.ref, item.ref)
    if item.kind == "tactic" and item.ref:
        return TACTICS.get(item.ref)
    return graph.label(item.ref) if item.ref and graph.node(item.ref) else None


_PREFER_OBJECT = {"uses": ("malware", "tool", "technique", "actor"), "operates": ("malware", "tool", "actor", "party")}
_PREFER = {
    "designated": ("party", "sponsor", "actor"),
    "not_designated": ("party", "sponsor", "actor"),
    "uses": ("actor", "malware", "tool", "party"),
    "targets": ("actor", "party"),
    "exploits": ("actor", "party"),
    **dict.fromkeys(
        ("delisted", "indicted", "measure", "located_in", "leads", "owns", "fronts_for", "has_domain"),
        ("party", "sponsor", "actor"),
    ),
}


def _ref(item: Item, graph: Graph, predicate: str, *, is_object: bool = False) -> Ref:
    """The reference of an item, by the kind that its role asks for where a name leads to several nodes."""
    refs = item.refs
    if item.kind == "class":
        codes = item.extra.split(",")
        return Ref(
            text=item.text,
            ref="class:" + "+".join(codes),
            name=f"{' and '.join(COUNTRY_LABELS.get(c, c) for c in codes)}: its actors",
        )
    if item.kind == "parties":
        return Ref(text=item.text, ref=refs[0] if len(refs) == 1 else None, name=_meant(item, graph))
    if item.kind == "place":
        return Ref(text=item.text, ref=refs[0] if refs else None, name=COUNTRY_LABELS.get(refs[0]) if refs else None)
    if len(refs) > 1 and item.kind not in ("parties",):
        order = (_PREFER_OBJECT if is_object else {}).get(predicate) or _PREFER.get(
            predicate, ("actor", "party", "sponsor", "malware")
        )
        nodes = [node for ref in refs if (node := graph.node(ref))]
        nodes.sort(key=lambda node: order.index(node.kind) if node.kind in order else 9)
        if nodes:
            return Ref(text=item.text, ref=nodes[0].ref, name=nodes[0].name)
    unknown = not refs and item.kind == "unknown" and item.extra != "malware"
    if unknown and (near := _near(graph, item.text)) is not None:
        return Ref(text=item.text, ref=near, name=graph.label(near))
    return Ref(text=item.text, ref=graph.current(refs[0]) if refs else None, name=_label(item, graph))


@lru_cache(maxsize=4096)
def _near(graph: Graph, text: str) -> str | None:
    """The party or actor that a name not found in any list so is all but spelt as, or None."""
    best = sure(resolve(graph, text, limit=3))
    if best is None or best.score < NEAR_ENOUGH or best.kind not in ("party", "sponsor", "actor"):
        return None
    return best.ref


def _meant(item: Item, graph: Graph) -> str | None:
    """What a pointing word means in a few words; null where the text's own words say it."""
    if item.refs:
        more = f" and {len(item.refs) - 3} more" if len(item.refs) > 3 else ""
        return ", ".join(graph.label(ref) for ref in item.refs[:3]) + more
    countries, schema, _ = (item.extra or "||").split("|")
    if not countries or item.text.lower() not in _POINTING:
        return None
    heads = {"P": "persons", "E": "entities"}.get(schema, "parties")
    return f"{heads} of {' and '.join(COUNTRY_LABELS.get(code, code) for code in countries.split(','))}"


def _numbered(drafts: list[tuple[Draft, Sentence]], graph: Graph) -> list[Claim]:
    """Claims in the order of the text; the same one made again becomes a further span of the first."""
    order: list[str] = []
    claims: dict[str, Claim] = {}
    for draft, sentence in drafts:
        subject, thing = (
            _ref(draft.subject, graph, draft.predicate),
            _ref(draft.object, graph, draft.predicate, is_object=True),
        )
        schema = (
            draft.object.extra
            if draft.object.kind == "parties"
            else draft.subject.extra
            if draft.subject.kind == "parties"
            else None
        )
        what = "" if draft.predicate == "same_as" else thing.ref
        what = what or " ".join(name_tokens(thing.text)) or thing.text.lower()
        whom = subject.ref or " ".join(name_tokens(subject.text)) or subject.text.lower()
        key = "|".join((whom, draft.predicate, what, draft.measure or "", str(draft.said.negated)))
        held = claims.get(key)
        if held is not None and _compatible(held, draft):
            if sentence.start != held.start and all(span.start != sentence.start for span in held.also):
                held = msgspec.structs.replace(held, also=(*held.also, Span(start=sentence.start, end=sentence.end)))
            claims[key] = msgspec.structs.replace(
                held,
                when=held.when or draft.when,
                programme=held.programme or draft.programme,
                according_to=held.according_to or draft.said.according_to,
            )
            continue
        if held is not None:
            key += f"|{draft.when.from_ if draft.when else ''}|{draft.programme}"
            if key in claims:
                continue
        digest = hashlib.sha256(f"{key}|{sentence.start}".encode()).hexdigest()[:10]
        claims[key] = Claim(
            id=f"c-{digest}",
            sentence=sentence.text,
            start=sentence.start,
            end=sentence.end,
            subject=subject,
            predicate=draft.predicate,  # type: ignore[arg-type]
            object=thing,
            when=draft.when,
            measure=draft.measure,
            according_to=draft.said.according_to,
            hedged=draft.said.hedged,
            negated=draft.said.negated,
            quantifier=draft.quantifier,
            schema=schema or None,
            programme=draft.programme,
            authority=draft.authority,
            about=draft.subject.refs if draft.subject.kind == "parties" else (),
        )
        order.append(key)
    return sorted((claims[key] for key in order), key=lambda claim: claim.start)


def _compatible(held: Claim, draft: Draft) -> bool:
    if held.programme != draft.programme and "E.O." in f"{held.programme} {draft.programme}":
        return False
    if held.when is None or draft.when is None or held.when.from_ is None or draft.when.from_ is None:
        return True
    return (held.when.from_ or "") <= (draft.when.to or "") and (draft.when.from_ or "") <= (held.when.to or "")
