"""One thing under several names and ids becomes one node; what was merged is kept as old ref → new ref."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from tocsin.model import Actor, Name, Software
from tocsin.names import glue


def merge_actors(
    groups: Iterable[Actor],
    galaxy: Iterable[Actor],
    pack: Iterable[Actor],
    pack_names: tuple[tuple[str, Name], ...],
    moved: dict[str, str],
) -> tuple[list[Actor], dict[str, str]]:
    """ATT&CK groups with what the galaxies and the pack add to them, then the actors that ATT&CK lacks.

    A galaxy entry joins the group whose id it gives, else the group whose main name or alias is its main name. Its
    other names may belong to further actors too; they stay with each.
    """
    nodes: dict[str, Actor] = {}
    main: dict[str, str] = {}
    alias: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        nodes[group.ref] = msgspec.structs.replace(group, name=_with_apt_number(group))
        main[glue(group.name)] = group.ref
        for name in group.names:
            alias[_key(name.name)].add(group.ref)
    for ref, name in pack_names:
        if (known := moved.get(ref, ref)) in nodes:
            alias[_key(name.name)].add(known)
    merged: dict[str, str] = {}
    for actor in (*galaxy, *pack):
        target = _home_of(actor, nodes, main, alias, moved)
        if target is None:
            nodes[actor.ref] = actor
            main.setdefault(glue(actor.name), actor.ref)
            continue
        if actor.ref != target:
            merged[actor.ref] = target
        nodes[target] = _joined(nodes[target], actor)
    for ref, name in pack_names:
        ref = moved.get(ref, merged.get(ref, ref))
        if ref in nodes:
            nodes[ref] = msgspec.structs.replace(nodes[ref], names=_more_names(nodes[ref], (name,)))
    return list(nodes.values()), merged


def _with_apt_number(group: Actor) -> str:
    """Reports say APT31 where ATT&CK heads the page ZIRCONIUM: show both."""
    number = next((n.name for n in group.names if re.fullmatch(r"APT\d+", n.name)), None)
    return f"{number} ({group.name})" if number and number != group.name else group.name


def _home_of(
    actor: Actor, nodes: dict[str, Actor], main: dict[str, str], alias: dict[str, set[str]], moved: dict[str, str]
) -> str | None:
    if actor.ref in nodes:
        return actor.ref
    given = [moved.get(ref, ref) for ref in actor.also]
    known = list(dict.fromkeys(ref for ref in given if ref in nodes))
    if len(known) == 1:
        return known[0]
    key = glue(actor.name)
    short = _key(actor.name)
    if key in main and (not known or main[key] in known) and _same_country(nodes[main[key]], actor):
        return main[key]
    # A vendor's name that two unlike actors have had ("IRIDIUM") must not make them one
    owners = [ref for ref in alias.get(short, ()) if _same_country(nodes[ref], actor)]
    if len(owners) == 1:
        return owners[0]
    # Microsoft's list gives each new name with the older ones: where these are one group's, so is the new one
    older = [_key(name.name) for name in actor.names if _key(name.name) != short] if actor.by == "Microsoft" else []
    groups = Counter(ref for one in older for ref in alias.get(one, {main[one]} if one in main else set()))
    best = [ref for ref, count in groups.most_common(1) if count * 2 > len(older) and _same_country(nodes[ref], actor)]
    return best[0] if best else None


def _key(name: str) -> str:
    """The glued name without what only says that it is a group: "Callisto Group" is "Callisto"."""
    return re.sub(r"(?:group|team|gang)$", "", glue(name)) or glue(name)


def _same_country(one: Actor, other: Actor) -> bool:
    return one.country is None or other.country is None or one.country == other.country


def _joined(node: Actor, more: Actor) -> Actor:
    return msgspec.structs.replace(
        node,
        names=_more_names(node, (Name(name=more.name, by=more.by, url=more.url), *more.names)),
        country=more.country or node.country if more.by != "Microsoft" else node.country or more.country,
        sponsor=node.sponsor or more.sponsor,
        sectors=tuple(dict.fromkeys((*node.sectors, *more.sectors))),
        countries=tuple(dict.fromkeys((*node.countries, *more.countries))),
    )


def _more_names(node: Actor, names: Iterable[Name]) -> tuple[Name, ...]:
    """All names; the same name by another source stays, so that a reader sees who uses it."""
    kept = list(node.names)
    seen = {(glue(name.name), name.by) for name in kept}
    for name in names:
        if name.name and (glue(name.name), name.by) not in seen:
            seen.add((glue(name.name), name.by))
            kept.append(name)
    return tuple(kept)


def merge_software(
    attack: Iterable[Software], malpedia: Iterable[Software], pack: Iterable[Software]
) -> tuple[list[Software], dict[str, str]]:
    """ATT&CK software with Malpedia's and the pack's names; families that ATT&CK lacks stand by themselves."""
    nodes: dict[str, Software] = {}
    names: dict[str, str] = {}
    merged: dict[str, str] = {}
    for software in (*attack, *malpedia, *pack):
        target = software.ref if software.ref in nodes else None
        # A family of one platform, "Anubis (Android)", must not fall together with its namesake
        key = re.sub(r"[^a-z0-9()]+", "", software.name.lower())
        if target is None and software.source != "mitre-attack":
            target = names.get(key)
        if target is None:
            nodes[software.ref] = software
            names.setdefault(key, software.ref)
            for name in software.names:
                names.setdefault(re.sub(r"[^a-z0-9()]+", "", name.name.lower()), software.ref)
            continue
        if target != software.ref:
            merged[software.ref] = target
        node = nodes[target]
        seen = {glue(name.name) for name in node.names} | {glue(node.name)}
        more = tuple(n for n in software.names if glue(n.name) not in seen)
        nodes[target] = msgspec.structs.replace(node, names=(*node.names, *more))
    return list(nodes.values()), merged
