"""Catalogues, lists and the pack, merged into ``Tables``."""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from tocsin.knowledge import pack as packs
from tocsin.knowledge.merge import merge_actors, merge_software
from tocsin.knowledge.parties import merge_parties
from tocsin.knowledge.tables import PACK_PUBLISHER, Completeness, Tables, Use, grouped, packed
from tocsin.model import Actor, Attribution, ListHeld, Party, Software
from tocsin.names import Entry, clean, entry_of, script_of, table_of
from tocsin.sources import Catalogue, PartyList, misp
from tocsin.store import Snapshots


def build(snapshots: Snapshots) -> Tables:
    """Merge all sources. About a second; the result is what the cache keeps."""
    pack = packs.load()
    galaxies = misp.Galaxies()
    synced = snapshots.catalogue()
    catalogue = synced or galaxies.attack()
    lists = snapshots.lists()
    moved = dict(pack.revoked)
    moved.update({t.ref: t.revoked_by for t in catalogue.techniques if t.revoked_by})
    moved.update({old: actor.ref for actor in catalogue.actors for old in actor.also})
    if not synced:
        catalogue = _with_campaigns(catalogue, pack)
    actors, merged_actors = merge_actors(catalogue.actors, galaxies.actors(), pack.actors, pack.actor_names, moved)
    moved.update(merged_actors)
    software, merged_software = merge_software(catalogue.software, galaxies.malpedia(), [s for s, _ in pack.malware])
    moved.update(merged_software)
    found = merge_parties(pack.parties, pack.designations, lists, _decided(pack, lists))
    moved.update(found.moved)
    uses, attributions = _links(catalogue, pack, moved)
    exploits = [msgspec.structs.replace(e, actor=moved.get(e.actor, e.actor)) for e in pack.exploits]
    traits = [msgspec.structs.replace(t, actor=moved.get(t.actor, t.actor)) for t in pack.traits]
    mitigated_by: dict[str, list[str]] = defaultdict(list)
    for link in catalogue.links:
        if link.predicate == "mitigates":
            mitigated_by[link.object].append(link.subject)
    sources = (pack.source, galaxies.source, catalogue.source, *(held.source for held in lists))
    return Tables(
        parties=packed(found.parties, lambda one: one.ref),
        actors=packed(actors, lambda one: one.ref),
        software=packed(software, lambda one: one.ref),
        techniques=packed(catalogue.techniques, lambda one: one.ref),
        mitigations=packed(catalogue.mitigations, lambda one: one.ref),
        campaigns=packed(catalogue.campaigns, lambda one: one.ref),
        designations=grouped(found.designations, lambda one: one.ref),
        relations=grouped(found.relations, lambda one: one.subject),
        related=grouped([row for row in found.relations if row.object], lambda one: one.object),
        same=grouped(found.same, lambda one: one.ref),
        disputes=grouped(found.disputes, lambda one: one.ref),
        indictments=grouped(pack.indictments, lambda one: one.ref),
        out=grouped(attributions, lambda one: one.subject),
        into=grouped(attributions, lambda one: one.object),
        uses=grouped(uses, lambda one: one.subject),
        used_by=grouped(uses, lambda one: one.object),
        exploits=grouped(exploits, lambda one: one.actor),
        exploited=grouped(exploits, lambda one: one.cve),
        traits=grouped(traits, lambda one: one.actor),
        mitigated_by={ref: tuple(links) for ref, links in mitigated_by.items()},
        names=table_of(_entries(found.parties, actors, software, catalogue)),
        moved={old: new for old, new in moved.items() if old != new},
        lists=_lists_held(pack, lists),
        complete=_complete(pack, lists),
        sources=tuple({one.id: one for one in sources}.values()),
        attack=catalogue.version,
        faults=(*pack.faults, *galaxies.faults, *catalogue.faults, *snapshots.faults),
    )


def _with_campaigns(catalogue: Catalogue, pack: packs.Pack) -> Catalogue:
    """The galaxies have no campaigns: the pack's table of ids stands in for them."""
    known = {one.ref for one in catalogue.techniques} | {one.ref for one in catalogue.software}
    uses = tuple(use for use in pack.campaigns.uses if use.object in known)
    belongs = tuple(
        Attribution(
            subject=c.ref, predicate="belongs_to", object=c.group, by="MITRE ATT&CK", url=c.url, source=packs.PACK
        )
        for c in pack.campaigns.campaigns
        if c.group
    )
    return msgspec.structs.replace(
        catalogue, campaigns=pack.campaigns.campaigns, links=(*catalogue.links, *uses, *belongs)
    )


def _links(catalogue: Catalogue, pack: packs.Pack, moved: dict[str, str]) -> tuple[list[Use], list[Attribution]]:
    """uses rows (a group's own, then those of its campaigns that it lacks) and all other attributions."""
    rows: list[Use] = []
    own: dict[str, set[str]] = defaultdict(set)
    groups: dict[str, list[str]] = defaultdict(list)
    attributions: list[Attribution] = []
    for link in catalogue.links:
        if link.predicate == "belongs_to":
            groups[link.subject].append(moved.get(link.object, link.object))
            attributions.append(link)
    owners = [owner for _, owner in pack.malware]
    for link in (*catalogue.links, *owners):
        if link.predicate != "uses" or not link.subject:
            continue
        subject, thing = moved.get(link.subject, link.subject), moved.get(link.object, link.object)
        if thing not in own[subject]:
            own[subject].add(thing)
            rows.append(Use(subject, thing, link.url or "", "", link.by, link.since or ""))
    for row in list(rows):
        for group in groups.get(row.subject, ()):
            if row.object not in own[group]:
                own[group].add(row.object)
                rows.append(row._replace(subject=group, via=row.subject))
    for link in pack.attributions:
        subject, thing = moved.get(link.subject, link.subject), moved.get(link.object, link.object)
        if subject == thing:
            continue
        attributions.append(msgspec.structs.replace(link, subject=subject, object=thing))
    return rows, attributions


def _entries(parties: list[Party], actors: list[Actor], software: list[Software], catalogue: Catalogue) -> list[Entry]:
    seen: set[tuple[str, str, str]] = set()
    entries: list[Entry] = []

    def add(name: str, ref: str, by: str, weak: bool = False) -> None:
        entry = entry_of(name, ref, by, weak=weak)
        # The same name in another script stays: texts in that script are searched for it as it stands
        key = (entry.glued, ref, "" if script_of(name) == "Latn" else clean(name))
        if entry.glued and key not in seen and len(name) <= 300:
            seen.add(key)
            entries.append(entry)

    things: tuple[Actor | Party | Software, ...] = (*actors, *parties, *software)
    for thing in things:
        if thing.name.endswith("(no group named)"):
            continue  # a country's class, which reports name in many ways: read as a class
        by = thing.source if isinstance(thing, Software) else thing.by or thing.source
        add(thing.name, thing.ref, by)
        for name in thing.names:
            nickname = isinstance(thing, Party) and thing.schema == "Person" and " " not in name.name.strip()
            add(name.name, thing.ref, name.by, name.kind == "weak" or (nickname and name.script == "Latn"))
        if isinstance(thing, Party):
            for full in (thing.name, *(one.name for one in thing.names)):
                for short in _shorter(full):
                    add(short, thing.ref, by)
        # "APT31 (ZIRCONIUM)" is found by either name
        if not isinstance(thing, Party):
            parts = re.split(r"[()]", thing.name)
            for part in parts if isinstance(thing, Actor) else parts[:1]:
                add(part.strip(), thing.ref, by)
    for campaign in catalogue.campaigns:
        add(campaign.name, campaign.ref, "MITRE ATT&CK")
    for technique in catalogue.techniques:
        mobile = technique.platforms and set(technique.platforms) <= {"Android", "iOS"}
        if not technique.revoked_by and not mobile:
            add(technique.name, technique.ref, "MITRE ATT&CK")
    for mitigation in catalogue.mitigations:
        add(mitigation.name, mitigation.ref, "MITRE ATT&CK")
    return entries


def _shorter(name: str) -> list[str]:
    """How texts write a body that lists name in full: without brackets, or by its unit number alone."""
    shorter = []
    if "(" in name and len(bare := re.sub(r"\s*\([^()]*\)", "", name).strip()) > 12:
        shorter.append(bare)
    if unit := re.search(r"\bunit (\d{5})\b", name, re.IGNORECASE):
        shorter.append(f"Unit {unit[1]}")
    return shorter


def _lists_held(pack: packs.Pack, lists: list[PartyList]) -> tuple[ListHeld, ...]:
    held = [
        ListHeld(
            id=one.id,
            publisher=one.source.publisher,
            as_of=one.as_of,
            parties=len(one.parties),
            sha256=one.source.sha256,
        )
        for one in lists
    ]
    have = {one.id for one in held}
    by_list: dict[str, set[str]] = defaultdict(set)
    newest: dict[str, str] = {}
    for row in pack.designations:
        by_list[row.list].add(row.ref)
        newest[row.list] = max(newest.get(row.list, ""), row.listed or "")
    until: dict[str, str] = {}
    for part in pack.complete:
        until[part.list] = max(until.get(part.list, ""), part.until)
    for name in sorted(by_list.keys() - have):
        as_of = until.get(name) or newest[name]
        held.append(ListHeld(id=name, publisher=PACK_PUBLISHER, as_of=as_of, parties=len(by_list[name])))
    return tuple(held)


def _decided(pack: packs.Pack, lists: list[PartyList]) -> dict[str, str]:
    """Up to which day each list is known from its own publisher or the pack, by list id; copies do not count."""
    until = {one.list: one.until for one in pack.complete if one.scope == "all"}
    for one in lists:
        if one.id == one.list:
            until[one.list] = max(until.get(one.list, ""), one.as_of)
    return until


def _complete(pack: packs.Pack, lists: list[PartyList]) -> tuple[Completeness, ...]:
    """What the pack declares, and each synced list, which is whole by itself up to its own date; the latest come first.

    Where two publishers give the same list, the newer of the two decides, and ``how`` names both. The pack's row of a
    list stays where it reaches further than the list that is held.
    """
    whole: dict[str, list[PartyList]] = defaultdict(list)
    for one in lists:
        whole[one.list].append(one)
    kept = list(pack.complete)
    for name, copies in whole.items():
        until = max(one.as_of for one in copies)
        if not until:
            continue  # of an unknown date: it cannot tell what is not on it
        how = "; ".join(f"{one.source.publisher}, as of {one.as_of or 'no date'}" for one in copies)
        authority = next((row.authority for one in copies for row in one.designations), name.partition("-")[0])
        kept = [one for one in kept if one.list != name or one.until > until]
        kept.append(Completeness(authority=authority, list=name, scope="all", countries=(), until=until, how=how))
    return tuple(sorted(kept, key=lambda one: one.until, reverse=True))
