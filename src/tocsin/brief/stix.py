"""The case as a STIX 2.1 bundle, for platforms that exchange threat intelligence.

Ids come from the content under a namespace of our own, and times from the case: the same case gives the same bundle.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from tocsin.brief.answer import Judged, judged, title
from tocsin.brief.behind import kinds, labels, links, ordered_profiles
from tocsin.brief.words import VERDICTS, is_public_id, one_line, qualifiers, safe_url, stop
from tocsin.model import Case, Evidence, Indicator, Profile, Ref, Source

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/tocsin/stix/1")
Object = dict[str, Any]
_OPINIONS = {
    "corroborated": "strongly-agree",
    "partly": "agree",
    "unknown": "neutral",
    "contradicted": "strongly-disagree",
}
_ORGANISATIONS = {"Company", "Organization", "PublicBody", "LegalEntity"}
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
    """The bundle: the report, who and what it speaks of, how these relate, and an opinion on every claim."""
    made = _Bundle(case)
    for profile in ordered_profiles(case, "sponsor", "party", "actor"):
        made.node(profile.ref)
        made.conduct(profile)
    made.relations()
    for item in judged(case):
        made.claim(item)
    for indicator in case.indicators:
        made.indicator(indicator)
    return made.bundle()


class _Bundle:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.time = _time(case.created)
        self.names, self.kinds = labels(case), kinds(case)
        self.sources = {source.id: source for source in case.sources}
        self.profiles = {profile.ref: profile for profile in case.profiles}
        self.schemas = {
            ref.ref: claim.schema for claim in case.claims if claim.schema for ref in (claim.subject, claim.object)
        }
        self.objects: dict[str, Object] = {}
        self.refs: dict[str, str] = {}
        self.author = self._add("identity", "tocsin", name="Tocsin", identity_class="system")
        publisher = one_line(case.report.publisher or "")
        self.publisher = (
            self._add("identity", f"publisher:{publisher}", name=publisher, identity_class="organization")
            if publisher
            else self.author
        )
        self.report = _id("report", f"{case.report.sha256}:{case.report.path}")

    def _add(self, kind: str, key: str, **fields: Any) -> str:
        found = _id(kind, key)
        common = {"type": kind, "spec_version": "2.1", "id": found, "created": self.time, "modified": self.time}
        if key != "tocsin":
            common["created_by_ref"] = self.author
        self.objects.setdefault(found, common | {name: value for name, value in fields.items() if value})
        return found

    def node(self, ref: str) -> str | None:
        """The STIX id of a node, made on first use; None for what STIX has no object for."""
        if ref not in self.refs:
            found = self._node(ref, self.profiles.get(ref), one_line(self.names.get(ref, ref)))
            if not found:
                return None
            self.refs[ref] = found
        return self.refs[ref]

    def _node(self, ref: str, profile: Profile | None, name: str) -> str | None:
        kind = profile.kind if profile else self.kinds.get(ref, "")
        plain = profile.name if profile else name
        aliases = sorted({one_line(alias.name) for alias in profile.aliases if alias.name != plain}) if profile else []
        references = self._references(ref, profile)
        if kind == "actor":
            return self._add(
                "intrusion-set", ref, name=one_line(plain), aliases=aliases, external_references=references
            )
        if kind == "sponsor":
            return self._add(
                "threat-actor",
                ref,
                name=one_line(plain),
                threat_actor_types=["nation-state"],
                aliases=aliases,
                external_references=references,
            )
        if kind == "party":
            schema = self.schemas.get(ref)
            sort = "individual" if schema == "Person" else "organization" if schema in _ORGANISATIONS else "unknown"
            also = f"Also known as: {'; '.join(aliases)}" if aliases else None
            return self._add(
                "identity",
                ref,
                name=one_line(plain),
                description=also,
                identity_class=sort,
                external_references=references,
            )
        return None

    def _references(self, ref: str, profile: Profile | None) -> list[Object]:
        found = [_attack(ref)] if is_public_id(ref) else []
        for row in profile.designations if profile else ():
            reference = {
                "source_name": one_line(row.list or row.authority),
                "description": one_line(f"{row.programme}, listed {row.listed or 'on a date not held'}"),
                "external_id": one_line(row.record),
                "url": safe_url(row.url),
            }
            found.append({key: value for key, value in reference.items() if value})
        return found

    def conduct(self, profile: Profile) -> None:
        """What an actor uses and exploits."""
        actor = self.refs.get(profile.ref)
        if profile.kind != "actor" or not actor:
            return
        for one in profile.techniques:
            tactics = [
                {"kill_chain_name": "mitre-attack", "phase_name": name.lower().replace(" ", "-")}
                for name in one.technique.tactics
                if re.fullmatch(r"[A-Za-z -]+", name)
            ]
            technique = self._add(
                "attack-pattern",
                one.technique.ref,
                name=one_line(one.technique.name),
                kill_chain_phases=tactics,
                external_references=[_attack(one.technique.ref, one.technique.url)],
            )
            self.refs.setdefault(one.technique.ref, technique)
            via = f"Through the campaign {one_line(profile.labels.get(one.via, one.via))}" if one.via else None
            self._relate(actor, "uses", technique, via)
        for software in profile.software:
            extra: Object = {"is_family": True} if software.kind == "malware" else {}
            references = [_attack(software.ref, software.url)] if is_public_id(software.ref) else []
            aliases = sorted({one_line(name.name) for name in software.names})
            tool = self._add(
                software.kind,
                software.ref,
                name=one_line(software.name),
                aliases=aliases,
                external_references=references,
            )
            self.objects[tool] |= extra
            self.refs.setdefault(software.ref, tool)
            self._relate(actor, "uses", tool)
        for flaw in profile.vulnerabilities:
            references = [{"source_name": "cve", "external_id": flaw.cve}] if is_public_id(flaw.cve) else []
            hole = self._add("vulnerability", flaw.cve, name=one_line(flaw.cve), external_references=references)
            self.refs.setdefault(flaw.cve, hole)
            self._relate(actor, "targets", hole, one_line(f"Exploited, according to {flaw.by}") if flaw.by else None)

    def relations(self) -> None:
        """Party to actor, actor to sponsor; STIX has "attributed-to" only towards a threat actor."""
        for link in links(self.case):
            left, right = self.node(link.left), self.node(link.right)
            if left and right:
                attributed = left.startswith("intrusion-set--") and right.startswith("threat-actor--")
                stated = "; ".join(
                    dict.fromkeys(
                        one_line(f"{one.by or 'source not named'}: {one.says or one.predicate.replace('_', ' ')}")
                        for one in link.stated
                    )
                )
                self._relate(left, "attributed-to" if attributed else "related-to", right, stated)

    def _relate(self, left: str, kind: str, right: str, description: str | None = None) -> None:
        self._add(
            "relationship",
            f"{left} {kind} {right}",
            relationship_type=kind,
            source_ref=left,
            target_ref=right,
            description=description,
        )

    def claim(self, item: Judged) -> None:
        """A note with what the report claims, and an opinion on that note with the verdict."""
        claim = item.claim
        about = [found for ref in (claim.subject, claim.object) if (found := self._about(ref))]
        said = " ".join(stop(one) for one in (item.words, *qualifiers(claim)))
        note = self._add(
            "note",
            f"{self.report} {claim.id}",
            abstract=f"Claim: {item.words}",
            content=f"{said} The report says: “{one_line(claim.sentence)}”",
            object_refs=list(dict.fromkeys((self.report, *about))),
        )
        verdict = VERDICTS[item.word]
        reasons = [
            stop(f"{verdict.title}: {verdict.means}"),
            *(stop(one_line(one.says)) for one in item.verdict.why if one.says),
        ]
        reasons += [f"Nearest true: {one}" for one in item.nearest]
        evidence = self._evidence(
            [*item.verdict.evidence, *(one for near in item.verdict.nearest for one in near.evidence)]
        )
        self._add(
            "opinion",
            f"{self.report} {claim.id}",
            explanation=" ".join(reasons),
            opinion=_OPINIONS[item.word],
            object_refs=[note],
            labels=[item.word],
            external_references=evidence,
        )

    def _about(self, ref: Ref) -> str | None:
        return self.refs.get(ref.ref) or self.node(ref.ref) if ref.ref else None

    def _evidence(self, evidence: Iterable[Evidence]) -> list[Object]:
        found = []
        for one in dict.fromkeys(evidence):
            source: Source | None = self.sources.get(one.source)
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

    def indicator(self, one: Indicator) -> None:
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
        says = (
            f"The report calls it malicious (“{one_line(one.how, 80)}”)" if one.how else "The report calls it malicious"
        )
        published = self.case.report.published
        self._add(
            "indicator",
            f"{one.kind}:{one.value}",
            name=one_line(one.value),
            description=says,
            indicator_types=["malicious-activity"],
            pattern=f"[{path} = '{value}']",
            pattern_type="stix",
            valid_from=_time(published) if published else self.time,
        )

    def bundle(self) -> Object:
        """All objects, the report last, since it points to every other."""
        inside = [key for key in self.objects if key != self.author] or [self.author]
        report = self.case.report
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
        made: Object = {
            "type": "report",
            "spec_version": "2.1",
            "id": self.report,
            "created_by_ref": self.publisher,
            "created": self.time,
            "modified": self.time,
        }
        made |= {
            "name": title(self.case),
            "report_types": ["threat-report"],
            "published": _time(report.published) if report.published else self.time,
        }
        made |= {"external_references": references, "object_refs": inside}
        objects = [*self.objects.values(), made]
        key = json.dumps(objects, sort_keys=True)
        return {"type": "bundle", "id": _id("bundle", key), "objects": objects}


def _id(kind: str, key: str) -> str:
    return f"{kind}--{uuid.uuid5(NAMESPACE, f'{kind}|{key}'.encode('utf-8', 'replace').decode())}"


def _attack(ref: str, url: str | None = None) -> Object:
    if not is_public_id(ref):
        return {"source_name": "catalogue", "external_id": one_line(ref)}
    found = {"source_name": "mitre-attack", "external_id": ref, "url": safe_url(url)}
    return {key: value for key, value in found.items() if value}


def _time(text: str) -> str:
    """An RFC 3339 time in UTC, to the millisecond; the epoch where ``text`` is no time, so that bytes stay the same."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
