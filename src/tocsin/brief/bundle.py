"""A STIX 2.1 bundle in the making: ids from the content, times from the case, and a node of the graph added once."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from tocsin.brief.behind import kinds, labels
from tocsin.brief.words import is_public_id, one_line, safe_url
from tocsin.model import Case, Profile

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://github.com/tocsin/stix/1")
Object = dict[str, Any]
_ORGANISATIONS = {"Company", "Organization", "PublicBody", "LegalEntity"}


class Bundle:
    """The objects so far, each once by its id, and the STIX ids of the nodes among them."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.time = stix_time(case.created)
        self.names, self.kinds = labels(case), kinds(case)
        self.sources = {source.id: source for source in case.sources}
        self.profiles = {profile.ref: profile for profile in case.profiles}
        self.schemas = {
            ref.ref: claim.schema for claim in case.claims if claim.schema for ref in (claim.subject, claim.object)
        }
        self.objects: dict[str, Object] = {}
        self.refs: dict[str, str] = {}
        self.patterns: dict[str, str] = {}  # what an indicator looks for, in lower case → the indicator
        self.author = self.add("identity", "tocsin", name="Tocsin", identity_class="system")
        publisher = one_line(case.report.publisher or "")
        self.publisher = (
            self.add("identity", f"publisher:{publisher}", name=publisher, identity_class="organization")
            if publisher
            else self.author
        )
        self.report = stix_id("report", f"{case.report.sha256}:{case.report.path}")

    def add(self, kind: str, key: str, **fields: Any) -> str:
        """Add an object unless it is there; ``key`` tells it from others of its kind. Empty fields are left out."""
        found = stix_id(kind, key)
        common = {"type": kind, "spec_version": "2.1", "id": found, "created": self.time, "modified": self.time}
        if key != "tocsin":
            common["created_by_ref"] = self.author
        self.objects.setdefault(found, common | {name: value for name, value in fields.items() if value})
        return found

    def keep(self, thing: Object) -> str:
        """Add an object that has its id already, such as an observable, unless it is there."""
        self.objects.setdefault(thing["id"], thing)
        return str(thing["id"])

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
            return self.add("intrusion-set", ref, name=one_line(plain), aliases=aliases, external_references=references)
        if kind == "sponsor":
            return self.add(
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
            return self.add(
                "identity",
                ref,
                name=one_line(plain),
                description=also,
                identity_class=sort,
                external_references=references,
            )
        return None

    def _references(self, ref: str, profile: Profile | None) -> list[Object]:
        found = [attack_reference(ref)] if is_public_id(ref) else []
        for row in profile.designations if profile else ():
            reference = {
                "source_name": one_line(row.list or row.authority),
                "description": one_line(f"{row.programme}, listed {row.listed or 'on a date not held'}"),
                "external_id": one_line(row.record),
                "url": safe_url(row.url),
            }
            found.append({key: value for key, value in reference.items() if value})
        return found

    def relate(self, left: str, kind: str, right: str, description: str | None = None) -> None:
        """Add a relationship between two objects."""
        self.add(
            "relationship",
            f"{left} {kind} {right}",
            relationship_type=kind,
            source_ref=left,
            target_ref=right,
            description=description,
        )


def stix_id(kind: str, key: str) -> str:
    """The id that an object of this kind has for this key: the same for the same, under a namespace of our own."""
    return f"{kind}--{uuid.uuid5(NAMESPACE, f'{kind}|{key}'.encode('utf-8', 'replace').decode())}"


def attack_reference(ref: str, url: str | None = None) -> Object:
    """Where a technique, group or piece of software is described."""
    if not is_public_id(ref):
        return {"source_name": "catalogue", "external_id": one_line(ref)}
    found = {"source_name": "mitre-attack", "external_id": ref, "url": safe_url(url)}
    return {key: value for key, value in found.items() if value}


def stix_time(text: str) -> str:
    """An RFC 3339 time in UTC, to the millisecond; the epoch where ``text`` is no time, so that bytes stay the same."""
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        moment = datetime.fromtimestamp(0, UTC)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
