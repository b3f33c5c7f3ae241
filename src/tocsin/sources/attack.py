"""MITRE ATT&CK: one STIX 2.1 bundle in, a ``Catalogue`` out. O(objects); 25,000 objects take about a second.

Format: STIX 2.1 (OASIS) with MITRE's extensions, described in mitre-attack/attack-stix-data, USAGE.md.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from tocsin.model import (
    Actor,
    Attribution,
    Campaign,
    Fault,
    Mitigation,
    Name,
    Software,
    Source,
    Technique,
    TocsinError,
)
from tocsin.names import countries_in, origin_of, sectors_in
from tocsin.sources.catalogue import About, Catalogue

ABOUT = About(
    id="mitre-attack",
    publisher="MITRE",
    title="ATT&CK for Enterprise",
    url="https://attack.mitre.org",
    licence="ATT&CK Terms of Use (royalty-free, with attribution)",
    cadence="twice a year",
)
_KINDS = {"intrusion-set", "malware", "tool", "attack-pattern", "course-of-action", "campaign", "relationship"}


class _Object(msgspec.Struct):
    type: str
    id: str = ""
    name: str = ""
    description: str = ""
    modified: str = ""
    aliases: list[str] = []
    x_mitre_aliases: list[str] = []
    x_mitre_platforms: list[str] = []
    x_mitre_domains: list[str] = []
    x_mitre_version: str = ""
    x_mitre_attack_spec_version: str = ""
    external_references: list[dict[str, Any]] = []
    kill_chain_phases: list[dict[str, str]] = []
    revoked: bool = False
    x_mitre_deprecated: bool = False
    relationship_type: str = ""
    source_ref: str = ""
    target_ref: str = ""


class _Bundle(msgspec.Struct):
    type: str
    objects: list[msgspec.Raw]


def is_bundle(head: bytes) -> bool:
    """Whether a file that begins so may be a STIX bundle with ATT&CK objects."""
    return head.lstrip()[:1] == b"{" and b'"bundle"' in head and (b"x-mitre" in head or b"x_mitre" in head)


def parse(raw: bytes, file: str, sha256: str | None = None) -> Catalogue:
    """The catalogue that a bundle holds. Raises TocsinError where it is no bundle or has no groups; an object that
    does not decode becomes a fault and the rest is read."""
    try:
        bundle = msgspec.json.decode(raw, type=_Bundle)
    except (msgspec.DecodeError, RecursionError) as error:
        raise TocsinError(file, "", f"not a STIX bundle: {error}", "give MITRE's enterprise-attack.json") from error
    objects, faults = _objects(bundle, file)
    by_id = {obj.id: (obj, _reference(obj)) for obj in objects if obj.type != "relationship"}
    newest = max((obj.modified for obj in objects), default="")[:10]
    version = _version(by_id.values(), newest)
    source = Source(
        id=ABOUT.id,
        publisher=ABOUT.publisher,
        title=f"{ABOUT.title} {version}",
        url=ABOUT.url,
        published=newest or None,
        sha256=sha256,
        licence=ABOUT.licence,
        reliability="A",
    )
    revoked = {
        by_id[obj.source_ref][1][0]: by_id[obj.target_ref][1][0]
        for obj in objects
        if obj.relationship_type == "revoked-by" and obj.source_ref in by_id and obj.target_ref in by_id
    }
    actors, software, techniques, mitigations, campaigns = [], [], [], [], []
    for obj, (ref, url) in by_id.values():
        gone = obj.revoked or obj.x_mitre_deprecated or ref in revoked
        if obj.type == "attack-pattern" and ref:  # withdrawn techniques too, since reports still use their ids
            techniques.append(_technique(obj, ref, url, revoked))
        elif gone or not ref:
            continue
        elif obj.type == "intrusion-set":
            actors.append(_actor(obj, ref, url, revoked))
        elif obj.type in ("malware", "tool"):
            software.append(_software(obj, ref, url))
        elif obj.type == "course-of-action" and ref.startswith("M"):
            mitigations.append(Mitigation(ref=ref, name=obj.name, url=url, source=ABOUT.id))
        elif obj.type == "campaign":
            campaigns.append(Campaign(ref=ref, name=obj.name, url=url, source=ABOUT.id))
    if not actors or not techniques:
        raise TocsinError(file, "", "a STIX bundle without ATT&CK groups and techniques", "give enterprise-attack.json")
    domains = {domain for obj in objects if obj.type == "attack-pattern" for domain in obj.x_mitre_domains}
    if domains and "enterprise-attack" not in domains:
        why = f"ATT&CK for another domain than Enterprise: {', '.join(sorted(domains))}"
        raise TocsinError(file, "", why, "give enterprise-attack.json")
    return Catalogue(
        source=source,
        version=version,
        actors=tuple(actors),
        software=tuple(software),
        techniques=tuple(techniques),
        mitigations=tuple(mitigations),
        campaigns=tuple(campaigns),
        links=tuple(_links(objects, by_id, newest)),
        faults=faults,
    )


def _objects(bundle: _Bundle, file: str) -> tuple[list[_Object], tuple[Fault, ...]]:
    objects, faults = [], []
    decoder = msgspec.json.Decoder(_Object)
    for number, raw in enumerate(bundle.objects):
        try:
            obj = decoder.decode(raw)
        except (msgspec.DecodeError, RecursionError) as error:
            faults.append(Fault(file=file, place=f"object {number + 1}", why=str(error), todo="the rest was read"))
            continue
        if obj.type in _KINDS:
            objects.append(obj)
    return objects, tuple(faults)


def _technique(obj: _Object, ref: str, url: str | None, revoked: dict[str, str]) -> Technique:
    return Technique(
        ref=ref,
        name=obj.name,
        tactics=tuple(phase["phase_name"] for phase in obj.kill_chain_phases if "phase_name" in phase),
        platforms=tuple(obj.x_mitre_platforms),
        revoked_by=revoked.get(ref),
        url=url,
        source=ABOUT.id,
    )


def _actor(obj: _Object, ref: str, url: str | None, revoked: dict[str, str]) -> Actor:
    return Actor(
        ref=ref,
        name=obj.name,
        names=_names(obj.aliases, url),
        also=tuple(old for old, new in revoked.items() if new == ref),
        country=origin_of(obj.description),
        sectors=tuple(sectors_in(obj.description)),
        countries=tuple(countries_in(obj.description)),
        by="MITRE ATT&CK",
        url=url,
        source=ABOUT.id,
    )


def _software(obj: _Object, ref: str, url: str | None) -> Software:
    return Software(
        ref=ref,
        name=obj.name,
        kind="malware" if obj.type == "malware" else "tool",
        names=_names(obj.x_mitre_aliases, url),
        url=url,
        source=ABOUT.id,
    )


def _reference(obj: _Object) -> tuple[str, str | None]:
    for reference in obj.external_references:
        if reference.get("source_name") == "mitre-attack":
            return str(reference.get("external_id", "")), reference.get("url")
    return "", None


def _names(aliases: list[str], url: str | None) -> tuple[Name, ...]:
    return tuple(Name(name=alias, by="MITRE ATT&CK", url=url) for alias in aliases)


def _version(objects: Any, newest: str) -> str:
    """ATT&CK bundles do not state their release in every file: the ids that came with a release tell it.

    Detection strategies came with v18 (2025-10), the tactics Stealth and Defense Impairment with v19 (2026-04).
    """
    tactics = {phase.get("phase_name") for obj, _ in objects for phase in obj.kill_chain_phases}
    if "defense-impairment" in tactics:
        return f"v19 ({newest})"
    return f"v18 ({newest})" if newest >= "2025-10" else f"({newest})"


def _links(objects: list[_Object], by_id: dict[str, Any], newest: str) -> list[Attribution]:
    links = []
    words = {"uses": "uses", "mitigates": "mitigates", "attributed-to": "belongs_to"}
    for obj in objects:
        predicate = words.get(obj.relationship_type)
        if not predicate or obj.revoked or obj.x_mitre_deprecated:
            continue
        source, target = by_id.get(obj.source_ref), by_id.get(obj.target_ref)
        if not source or not target or not source[1][0] or not target[1][0]:
            continue
        if predicate == "mitigates" and not re.match(r"M\d", source[1][0]):
            continue
        url = next((r["url"] for r in obj.external_references if r.get("url")), None)
        links.append(
            Attribution(
                subject=source[1][0],
                predicate=predicate,
                object=target[1][0],
                by="MITRE ATT&CK",
                since=obj.modified[:10] or newest,
                url=url or source[1][1],
                source=ABOUT.id,
            )
        )
    return links
