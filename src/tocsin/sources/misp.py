"""The MISP galaxies of the ``pymispgalaxies`` package: ATT&CK, threat actors, Malpedia names, without any download.

Format: the MISP galaxy JSON (misp-galaxy, clusters/*.json): ``values`` with ``value``, ``meta`` and ``related``.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tocsin.model import Actor, Attribution, Fault, Mitigation, Name, Software, Source, Technique
from tocsin.names import countries_in, origin_of, sectors_in
from tocsin.sources.catalogue import About, Catalogue

ABOUT = About(
    id="misp-galaxy",
    publisher="MISP Project",
    title="MISP galaxies",
    url="https://github.com/MISP/misp-galaxy",
    licence="CC0-1.0 or BSD-2-Clause; ATT&CK content under MITRE's terms",
    cadence="weekly; in the package a few times a year",
    reliability="B",
)
_ATTACK = tuple(f"mitre-{kind}" for kind in ("intrusion-set", "malware", "tool", "attack-pattern", "course-of-action"))
_ACTORS = {"threat-actor": "MISP threat-actor", "microsoft-activity-group": "Microsoft"}


class _Value(msgspec.Struct):
    value: str
    description: str = ""
    uuid: str = ""
    meta: dict[str, Any] = {}
    related: list[dict[str, Any]] = []
    revoked: bool = False


class _Cluster(msgspec.Struct):
    values: list[_Value]
    version: int = 0


def folder() -> Path:
    """Where the installed package keeps its clusters; found without importing it."""
    spec = importlib.util.find_spec("pymispgalaxies")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0] if places else "pymispgalaxies") / "data" / "misp-galaxy" / "clusters"


def files() -> list[Path]:
    """The cluster files that are read."""
    return [folder() / f"{name}.json" for name in (*_ATTACK, *_ACTORS, "malpedia")]


def version() -> str:
    """The version of the installed package, or "none"."""
    import importlib.metadata  # only who reads the clusters pays for it

    try:
        return importlib.metadata.version("pymispgalaxies")
    except importlib.metadata.PackageNotFoundError:
        return "none"


class Galaxies:
    """The clusters that Tocsin reads. A damaged or missing file becomes a fault; the others are read."""

    def __init__(self, where: Path | None = None) -> None:
        self.where = where or folder()
        self.faults: list[Fault] = []
        self.source = Source(
            id=ABOUT.id,
            publisher=ABOUT.publisher,
            title=f"{ABOUT.title} (pymispgalaxies {version()})",
            url=ABOUT.url,
            published="2025-11" if version().startswith("1.1.1") else None,
            licence=ABOUT.licence,
            reliability="B",
        )

    def cluster(self, name: str) -> list[_Value]:
        """The values of ``name.json``; empty, with a fault, where it cannot be read."""
        path = self.where / f"{name}.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=_Cluster).values
        except (OSError, msgspec.DecodeError, RecursionError) as error:
            todo = "reinstall pymispgalaxies, or sync a MITRE bundle; the work went on without it"
            self.faults.append(Fault(file=str(path), place="", why=f"catalogue not readable: {error}", todo=todo))
            return []

    def attack(self) -> Catalogue:
        """ATT&CK as the galaxies have it (v17 in 1.1.1): no campaigns, no references by relation."""
        actors, software, techniques, mitigations = [], [], [], []
        links: list[Attribution] = []
        values: dict[str, tuple[str, str, _Value]] = {}
        for name in _ATTACK:
            for value in self.cluster(name):
                kind = name.removeprefix("mitre-")
                values[value.uuid] = (kind, str(value.meta.get("external_id", "")), value)
        moved = {
            ref: values[link["dest-uuid"]][1]
            for _, ref, value in values.values()
            for link in value.related
            if link.get("type") == "revoked-by" and link.get("dest-uuid") in values
        }
        for kind, ref, value in values.values():
            url = next((u for u in value.meta.get("refs", ()) if "attack.mitre.org" in u), None)
            if kind == "attack-pattern" and ref:  # withdrawn techniques too, since reports still use their ids
                techniques.append(_technique(value, ref, url, moved))
            elif value.revoked or ref in moved or not ref:
                continue
            elif kind == "intrusion-set":
                actors.append(_group(value, ref, url, moved))
            elif kind in ("malware", "tool"):
                software.append(_software(value, kind, ref, url))
            elif ref.startswith("M"):
                mitigations.append(Mitigation(ref=ref, name=_label(value.value, ref), url=url, source=ABOUT.id))
            else:
                continue  # a mitigation of the years before ATT&CK gave them ids of their own
            links += _links(value, ref, url, values)
        return Catalogue(
            source=self.source,
            version="v17 (pymispgalaxies)" if version().startswith("1.1.1") else f"pymispgalaxies {version()}",
            actors=tuple(actors),
            software=tuple(software),
            techniques=tuple(techniques),
            mitigations=tuple(mitigations),
            links=tuple(links),
        )

    def actors(self) -> list[Actor]:
        """The threat-actor and Microsoft clusters. ``also`` holds the ATT&CK group ids that an entry names, so that the
        entry can join its group; an entry that names none stands by itself."""
        found = []
        for cluster, by in _ACTORS.items():
            for value in self.cluster(cluster):
                synonyms = [str(n) for n in value.meta.get("synonyms", ())]
                refs = [str(u) for u in value.meta.get("refs", ())]
                groups = [m for n in synonyms for m in re.findall(r"^(G\d{4})$", n.strip())]
                pages = [m for u in refs for m in re.findall(r"attack\.mitre\.org/groups/(G\d{4})", u)]
                slug = re.sub(r"[^a-z0-9]+", "-", value.value.lower()).strip("-")
                found.append(
                    Actor(
                        ref=f"actor:{slug}",
                        name=value.value,
                        names=tuple(Name(name=n, by=by) for n in (value.value, *synonyms) if n.strip() not in groups),
                        country=_country(value.meta),
                        sponsor=value.meta.get("cfr-suspected-state-sponsor"),
                        sectors=_sectors(value),
                        countries=_victims(value),
                        also=tuple(dict.fromkeys(groups or (pages if len(set(pages)) == 1 else []))),
                        by=by,
                        url=ABOUT.url + f"/blob/main/clusters/{cluster}.json",
                        source=ABOUT.id,
                    )
                )
        return found

    def malpedia(self) -> list[Software]:
        """Malware families by Malpedia's names; ``ref`` is ``malware:`` and Malpedia's own id."""
        found = []
        for value in self.cluster("malpedia"):
            url = next((u for u in value.meta.get("refs", ()) if "malpedia" in u), None)
            slug = (url or value.value).rstrip("/").rpartition("/")[2].lower().replace(" ", "-")
            names = tuple(Name(name=str(n), by="Malpedia", url=url) for n in value.meta.get("synonyms", ()))
            found.append(Software(ref=f"malware:{slug}", name=value.value, names=names, url=url, source="malpedia"))
        return found


def _technique(value: _Value, ref: str, url: str | None, moved: dict[str, str]) -> Technique:
    tactics = dict.fromkeys(phase.rpartition(":")[2] for phase in value.meta.get("kill_chain", ()))
    return Technique(
        ref=ref,
        name=_label(value.value, ref),
        tactics=tuple(tactics),
        platforms=tuple(value.meta.get("mitre_platforms", ())),
        revoked_by=moved.get(ref),
        url=url,
        source=ABOUT.id,
    )


def _group(value: _Value, ref: str, url: str | None, moved: dict[str, str]) -> Actor:
    return Actor(
        ref=ref,
        name=_label(value.value, ref),
        names=_synonyms(value, url),
        also=tuple(old for old, new in moved.items() if new == ref),
        country=origin_of(value.description),
        sectors=tuple(sectors_in(value.description)),
        countries=tuple(countries_in(value.description)),
        by="MITRE ATT&CK",
        url=url,
        source=ABOUT.id,
    )


def _software(value: _Value, kind: str, ref: str, url: str | None) -> Software:
    return Software(
        ref=ref,
        name=_label(value.value, ref),
        kind="malware" if kind == "malware" else "tool",
        names=_synonyms(value, url),
        url=url,
        source=ABOUT.id,
    )


def _synonyms(value: _Value, url: str | None) -> tuple[Name, ...]:
    return tuple(Name(name=str(name), by="MITRE ATT&CK", url=url) for name in value.meta.get("synonyms", ()))


def _links(
    value: _Value, ref: str, url: str | None, values: dict[str, tuple[str, str, _Value]]
) -> Iterator[Attribution]:
    for link in value.related:
        target = values.get(link.get("dest-uuid", ""))
        if target and link.get("type") in ("uses", "mitigates"):
            yield Attribution(
                subject=ref, predicate=link["type"], object=target[1], by="MITRE ATT&CK", url=url, source=ABOUT.id
            )


def _sectors(value: _Value) -> tuple[str, ...]:
    """The sectors that an entry gives as targets, and those that its description names."""
    given = " ".join(str(one) for one in value.meta.get("cfr-target-category", ()))
    return tuple(sectors_in(f"{given} {value.description}"))


def _victims(value: _Value) -> tuple[str, ...]:
    given = ", ".join(str(one) for one in value.meta.get("cfr-suspected-victims", ()))
    return tuple(countries_in(f"{given} {value.description}"))


def _label(value: str, ref: str) -> str:
    return value.removesuffix(f" - {ref}").strip()


def _country(meta: dict[str, Any]) -> str | None:
    code = str(meta.get("country", "")).upper()[:2]
    return code or None
