"""The case as a STIX 2.1 bundle, for platforms that exchange threat intelligence.

Ids come from the content under a namespace of our own, and times from the case: the same case gives the same bundle.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from tocsin.brief.answer import Judged, judged, title
from tocsin.brief.behind import links, ordered_profiles
from tocsin.brief.bundle import Bundle, Object, attack_reference, stix_id, stix_time
from tocsin.brief.observed import sightings
from tocsin.brief.words import VERDICTS, count, is_public_id, one_line, qualifiers, safe_url, stop
from tocsin.model import Case, Evidence, Indicator, Profile, Ref, Source

_OPINIONS = {
    "corroborated": "strongly-agree",
    "partly": "agree",
    "unknown": "neutral",
    "contradicted": "strongly-disagree",
}
# What a pattern compares, by kind of indicator. Kinds that STIX has no plain object for are left out.
_PATHS = {
    "ipv4": "ipv4-addr:value",
    "ipv6": "ipv6-addr:value",
    "domain": "domain-name:value",
    "url": "url:value",
    "email": "email-addr:value",
    "md5": "file:hashes.MD5",
    "sha1": "file:hashes.'SHA-1'",
    "sha256": "file:hashes.'SHA-256'",
    "file": "file:name",
    "registry": "windows-registry-key:key",
    "mutex": "mutex:name",
}


def stix(case: Case) -> Object:
    """The bundle: the report, who and what it speaks of, how these relate, an opinion on every claim, what helps, and
    what an organisation's evidence showed: observed data, and sightings that say of what."""
    made = Bundle(case)
    for profile in ordered_profiles(case, "sponsor", "party", "actor"):
        made.node(profile.ref)
        _conduct(made, profile)
    _relations(made)
    for item in judged(case):
        _claim(made, item)
    for indicator in case.indicators:
        _indicator(made, indicator)
    sightings(made)
    return _whole(made)


def _conduct(made: Bundle, profile: Profile) -> None:
    """What an actor uses and exploits."""
    actor = made.refs.get(profile.ref)
    if profile.kind != "actor" or not actor:
        return
    for one in profile.techniques:
        tactics = [
            {"kill_chain_name": "mitre-attack", "phase_name": name.lower().replace(" ", "-")}
            for name in one.technique.tactics
            if re.fullmatch(r"[A-Za-z -]+", name)
        ]
        technique = made.add(
            "attack-pattern",
            one.technique.ref,
            name=one_line(one.technique.name),
            kill_chain_phases=tactics,
            external_references=[attack_reference(one.technique.ref, one.technique.url)],
        )
        made.refs.setdefault(one.technique.ref, technique)
        via = f"Through the campaign {one_line(profile.labels.get(one.via, one.via))}" if one.via else None
        made.relate(actor, "uses", technique, via)
    for software in profile.software:
        extra: Object = {"is_family": True} if software.kind == "malware" else {}
        references = [attack_reference(software.ref, software.url)] if is_public_id(software.ref) else []
        aliases = sorted({one_line(name.name) for name in software.names})
        tool = made.add(
            software.kind,
            software.ref,
            name=one_line(software.name),
            aliases=aliases,
            external_references=references,
        )
        made.objects[tool] |= extra
        made.refs.setdefault(software.ref, tool)
        made.relate(actor, "uses", tool)
    for flaw in profile.vulnerabilities:
        references = [{"source_name": "cve", "external_id": flaw.cve}] if is_public_id(flaw.cve) else []
        hole = made.add("vulnerability", flaw.cve, name=one_line(flaw.cve), external_references=references)
        made.refs.setdefault(flaw.cve, hole)
        made.relate(actor, "targets", hole, one_line(f"Exploited, according to {flaw.by}") if flaw.by else None)
    for mitigation, number in profile.mitigations:
        references = [attack_reference(mitigation.ref, mitigation.url)]
        course = made.add(
            "course-of-action", mitigation.ref, name=one_line(mitigation.name), external_references=references
        )
        # A profile counts the techniques that a mitigation addresses and does not name them, and STIX lets a course of
        # action mitigate techniques, not groups: so it is related to the group, with the count in words.
        of = f"{number} of {count(len(profile.techniques), 'technique')} of {one_line(profile.name)}"
        made.relate(course, "related-to", actor, f"Addresses {of}")


def _relations(made: Bundle) -> None:
    """Party to actor, actor to sponsor; STIX has "attributed-to" only towards a threat actor."""
    for link in links(made.case):
        left, right = made.node(link.left), made.node(link.right)
        if left and right:
            attributed = left.startswith("intrusion-set--") and right.startswith("threat-actor--")
            stated = "; ".join(
                dict.fromkeys(
                    one_line(f"{one.by or 'source not named'}: {one.says or one.predicate.replace('_', ' ')}")
                    for one in link.stated
                )
            )
            made.relate(left, "attributed-to" if attributed else "related-to", right, stated)


def _claim(made: Bundle, item: Judged) -> None:
    """A note with what the report claims, and an opinion on that note with the verdict."""
    claim = item.claim
    about = [found for ref in (claim.subject, claim.object) if (found := _about(made, ref))]
    said = " ".join(stop(one) for one in (item.words, *qualifiers(claim)))
    note = made.add(
        "note",
        f"{made.report} {claim.id}",
        abstract=f"Claim: {item.words}",
        content=f"{said} The report says: “{one_line(claim.sentence)}”",
        object_refs=list(dict.fromkeys((made.report, *about))),
    )
    verdict = VERDICTS[item.word]
    reasons = [
        stop(f"{verdict.title}: {verdict.means}"),
        *(stop(one_line(one.says)) for one in item.verdict.why if one.says),
    ]
    reasons += [f"Nearest true: {one}" for one in item.nearest]
    evidence = _evidence(
        made, [*item.verdict.evidence, *(one for near in item.verdict.nearest for one in near.evidence)]
    )
    made.add(
        "opinion",
        f"{made.report} {claim.id}",
        explanation=" ".join(reasons),
        opinion=_OPINIONS[item.word],
        object_refs=[note],
        labels=[item.word],
        external_references=evidence,
    )


def _about(made: Bundle, ref: Ref) -> str | None:
    return made.refs.get(ref.ref) or made.node(ref.ref) if ref.ref else None


def _evidence(made: Bundle, evidence: Iterable[Evidence]) -> list[Object]:
    found = []
    for one in dict.fromkeys(evidence):
        source: Source | None = made.sources.get(one.source)
        name = one_line(one.publisher or (source.publisher if source else "") or one.source or "source not named")
        reference = {
            "source_name": name,
            "description": one_line(", ".join(part for part in (one.date, one.says) if part)),
            # the schema keeps ids of this form for references whose source is named "cve"
            "external_id": "" if (one.record or "").startswith(("CVE-", "CAPEC-")) else one_line(one.record or ""),
            "url": safe_url(one.url),
        }
        kept = {key: value for key, value in reference.items() if value}
        found.append(kept if len(kept) > 1 else kept | {"description": "no more is held of this source"})
    return found


def _indicator(made: Bundle, one: Indicator) -> None:
    """A pattern for what the text calls malicious; never for what it only mentions."""
    path = (
        "ipv6-addr:value"
        if one.kind == "cidr" and ":" in one.value
        else "ipv4-addr:value"
        if one.kind == "cidr"
        else _PATHS.get(one.kind)
    )
    if one.role != "malicious" or not path or len(one.value) > 2000:
        return
    value = one.value.replace("\\", "\\\\").replace("'", "\\'")
    says = f"The report calls it malicious (“{one_line(one.how, 80)}”)" if one.how else "The report calls it malicious"
    published = made.case.report.published
    made.patterns[one.value.casefold()] = made.add(
        "indicator",
        f"{one.kind}:{one.value}",
        name=one_line(one.value),
        description=says,
        indicator_types=["malicious-activity"],
        pattern=f"[{path} = '{value}']",
        pattern_type="stix",
        valid_from=stix_time(published) if published else made.time,
    )


def _whole(made: Bundle) -> Object:
    """All objects, the report last, since it points to every other."""
    inside = [key for key in made.objects if key != made.author] or [made.author]
    report = made.case.report
    references = [
        {
            "source_name": one_line(report.publisher or "report"),
            "description": one_line(report.path),
            "hashes": {"SHA-256": report.sha256},
        }
        if re.fullmatch(r"[0-9a-f]{64}", report.sha256)
        else {
            "source_name": one_line(report.publisher or "report"),
            "description": one_line(report.path) or "a report",
        }
    ]
    if report.path.startswith("http") and safe_url(report.path):
        references[0]["url"] = report.path
    if "url" not in references[0]:
        references[0].pop("hashes", None)  # a hash without its address says nothing that can be checked
    whole: Object = {
        "type": "report",
        "spec_version": "2.1",
        "id": made.report,
        "created_by_ref": made.publisher,
        "created": made.time,
        "modified": made.time,
    }
    whole |= {
        "name": title(made.case),
        "report_types": ["threat-report"],
        "published": stix_time(report.published) if report.published else made.time,
    }
    whole |= {"external_references": references, "object_refs": inside}
    objects = [*made.objects.values(), whole]
    key = json.dumps(objects, sort_keys=True)
    return {"type": "bundle", "id": stix_id("bundle", key), "objects": objects}
