"""What an audit of the perimeter says: each finding with its reasons, their sources, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from tocsin.audit.assets import Installed
from tocsin.audit.judge import Judged
from tocsin.audit.kev import URL as KEV_URL
from tocsin.audit.kev import Flaw
from tocsin.audit.products import Ended
from tocsin.knowledge import Graph
from tocsin.knowledge.affected import Affected
from tocsin.model import ActorTie, Evidence, Exploit, Finding, Reason, Severity, finding_id

# By who is known to exploit a flaw, and whether the internet reaches the asset.
SEVERITY: dict[tuple[str, bool], Severity] = {
    ("actors", True): "critical",
    ("kev", True): "high",
    ("nobody", True): "medium",
    ("actors", False): "medium",
    ("kev", False): "medium",
    ("nobody", False): "low",
}
_EXPOSURE = {
    "yes": "the inventory says that the internet reaches it",
    "no": "the inventory says that the internet does not reach it",
    "unknown": "the inventory does not say whether the internet reaches it; it counts as exposed",
}
_OTHERWISE = (
    "the inventory is older than the last update",
    "the part that has the flaw is switched off, or a workaround of the vendor is in place",
)


def open_flaw(
    asset: Installed, cve: str, judged: Judged, graph: Graph, flaw: Flaw | None, gap: Sequence[Reason]
) -> Finding:
    """An asset whose version is open to a flaw: who exploits it, who says so, and the version that repairs it."""
    row = judged.row
    exploits = graph.exploited.get(cve, [])
    known = "actors" if exploits else "kev" if flaw else "nobody"
    version = Reason(name="version", says=f"{asset.label}: {judged.says}", weight=1.0, evidence=_advisory(row))
    reasons = [version, _exposed(asset), _exploited(graph, cve, exploits), *_in_kev(flaw), *gap]
    return Finding(
        id=finding_id("exposure", f"perimeter/{cve}", asset.host, None, [asset.seen.fields]),
        kind="exposure",
        title=f"{asset.host}: {asset.label} is open to {cve}",
        severity=SEVERITY[known, asset.exposed],
        confidence="moderate" if asset.exposure == "unknown" else "high",
        host=asset.host,
        techniques=_techniques(asset),
        actors=_actors(graph, cve, exploits),
        evidence=(asset.seen,),
        why=tuple(reasons),
        could_also_be=_OTHERWISE,
        next=(
            _look(asset, known),
            _repair(row),
            "until then allow only known addresses to reach it, or take it off the internet",
        ),
    )


def cannot_judge(
    asset: Installed, why: str, flaws: Sequence[tuple[str, Judged]], todo: str, gap: Sequence[Reason]
) -> Finding:
    """An asset of which flaws cannot be excluded: one finding, which names each of them and what is lacking."""
    count = f"{len(flaws)} flaws" if len(flaws) != 1 else "1 flaw"
    parts = tuple(
        Reason(name=cve, says=judged.says, met=False, evidence=_advisory(judged.row)) for cve, judged in flaws
    )
    reasons = [Reason(name="not judged", says=why, met=False, parts=parts), _exposed(asset), *gap]
    title = f"{asset.host}: {count} of {asset.label} cannot be excluded" if flaws else f"{asset.host}: {why}"
    return Finding(
        id=finding_id("exposure", "perimeter/not judged", asset.host, None, [asset.seen.fields]),
        kind="exposure",
        title=title,
        severity="medium" if asset.exposed else "low",
        confidence="low",
        host=asset.host,
        techniques=_techniques(asset) if flaws else (),
        evidence=(asset.seen,),
        why=tuple(reasons),
        could_also_be=("a version in which all of this is repaired",) if flaws else ("a product without a known flaw",),
        next=(todo,),
    )


def out_of_support(asset: Installed, ended: Ended) -> Finding:
    """An asset whose branch gets no repairs any more."""
    source = Evidence(source=ended.by, publisher=ended.by, date=ended.published, url=ended.url, says=ended.says)
    return Finding(
        id=finding_id("exposure", "perimeter/support", asset.host, None, [asset.seen.fields]),
        kind="exposure",
        title=f"{asset.host}: {asset.label} is out of support",
        severity="high" if asset.exposed else "medium",
        confidence="high",
        host=asset.host,
        evidence=(asset.seen,),
        why=(Reason(name="support", says=ended.says, weight=1.0, evidence=(source,)), _exposed(asset)),
        could_also_be=("a paid extension of the support",),
        next=(f"move {asset.host} to a version that is supported: {ended.url}",),
    )


def _exposed(asset: Installed) -> Reason:
    as_of = f" as of {asset.as_of}" if asset.as_of else ""
    says = _EXPOSURE[asset.exposure] + as_of
    return Reason(name="exposed", says=says, value=asset.exposure, met=asset.exposed)


def _exploited(graph: Graph, cve: str, exploits: Sequence[Exploit]) -> Reason:
    if not exploits:
        return Reason(name="exploited", says=f"the pack knows of no actor that exploits {cve}", met=False)
    names = sorted({graph.label(graph.current(one.actor)) for one in exploits})
    says = f"{cve} is exploited by {', '.join(names)} according to public advisories"
    return Reason(name="exploited", says=says, weight=1.0, evidence=tuple(_statement(graph, one) for one in exploits))


def _statement(graph: Graph, one: Exploit) -> Evidence:
    says = f"{graph.label(graph.current(one.actor))} exploited {one.cve}"
    return Evidence(source=one.source, publisher=one.by, date=one.published, record=one.cve, url=one.url, says=says)


def _in_kev(flaw: Flaw | None) -> tuple[Reason, ...]:
    if flaw is None:
        return ()
    also = ", by ransomware too" if flaw.ransomware.casefold() == "known" else ""
    says = f"CISA lists {flaw.cve} as exploited since {flaw.added or 'a day that it does not give'}{also}"
    listed = Evidence(
        source="CISA-KEV", publisher="CISA", date=flaw.added or None, record=flaw.cve, url=KEV_URL, says=says
    )
    return (Reason(name="kev", says=says, weight=1.0, evidence=(listed,)),)


def _actors(graph: Graph, cve: str, exploits: Iterable[Exploit]) -> tuple[ActorTie, ...]:
    """The actors that exploit the flaw, each once, by whose word."""
    said: dict[str, list[str]] = {}
    for one in exploits:
        by = f"{one.by} ({one.published})" if one.published else one.by
        said.setdefault(graph.current(one.actor), []).append(by)
    return tuple(
        ActorTie(
            ref=ref,
            name=graph.label(ref),
            why=f"according to {'; '.join(dict.fromkeys(by))} it exploited {cve}",
            shared_by=len(said) - 1,
        )
        for ref, by in said.items()
    )


def _techniques(asset: Installed) -> tuple[str, ...]:
    return ("T1190", "T1133") if asset.product and asset.product.vpn else ("T1190",)


def _advisory(row: Affected | None) -> tuple[Evidence, ...]:
    if row is None:
        return ()
    bounds = (("from", row.introduced), ("up to", row.last), ("before", row.fixed))
    given = " ".join(f"{word} {bound}" for word, bound in bounds if bound) or "all versions"
    says = f"{row.status}: branch {row.branch}, {given}"
    return (
        Evidence(
            source=row.by,
            publisher=urlsplit(row.url).hostname or row.by,
            date=row.published,
            record=row.cve,
            url=row.url,
            says=says,
        ),
    )


def _look(asset: Installed, known: str) -> str:
    what = "accounts nobody made, changed files, sign-ins at odd hours, traffic to unknown addresses"
    first = "first, before anything is changed," if known != "nobody" else "first"
    return f"{first} look on {asset.host} for signs that somebody has come in: {what}"


def _repair(row: Affected | None) -> str:
    if row and row.fixed:
        return f"then update to {row.fixed} or later ({row.by}: {row.url})"
    if row and row.last:
        return f"then update to a version after {row.last} ({row.by}: {row.url})"
    return f"then move to a branch that has a repair{f' ({row.by}: {row.url})' if row else ''}"
