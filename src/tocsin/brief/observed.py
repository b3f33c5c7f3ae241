"""Findings in the STIX bundle: what was observed, and of what that is a sighting, never more than "consistent with".

A group of findings (one rule on one system) is one sighting with its count for each thing that it speaks for: an
indicator of the report, else its techniques, else the actor; the party for a screening match. What STIX has no sighting
for (an exposed system, an account, a gap in a log) becomes a note on the organisation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from tocsin.brief.bundle import Bundle, Object, attack_reference, stix_time
from tocsin.brief.grouping import Group, Part, parts, tie_words
from tocsin.brief.sco import observables
from tocsin.brief.words import capital, one_line, plain, stop
from tocsin.model import Finding

MOST = 25  # findings of a group that become observed data; the count of the sighting is of all
RECORDS = 5  # records of a finding that do
# The middles of STIX 2.1's scale for low, medium and high (appendix A).
_CONFIDENCE = {"low": 15, "moderate": 50, "high": 85}
_CVE = re.compile(r"\bCVE-\d{4}-\d{4,7}\b")
_TECHNIQUE = re.compile(r"T\d{4}(\.\d{3})?")


def sightings(made: Bundle) -> None:
    """Add what the findings of the case show."""
    found = parts(made.case)
    if not found:
        return
    name = one_line(made.case.org.name if made.case.org else "The organisation", 160)
    where = made.add("identity", f"organisation:{name}", name=name, identity_class="organization")
    for part in found:
        for group in part.groups:
            _group(made, part, group, where)


def _group(made: Bundle, part: Part, group: Group, where: str) -> None:
    seen = _observed(made, group)
    targets = list(dict.fromkeys(_targets(made, part, group)))
    for target in targets:
        made.add(
            "sighting",
            f"{target} {' '.join(one.id for one in group.findings)}",
            sighting_of_ref=target,
            first_seen=_seen(group.first),
            last_seen=_seen(group.last),
            count=len(group.findings),
            observed_data_refs=seen,
            where_sighted_refs=[where],
            confidence=_CONFIDENCE[group.confidence],
            description=_words(group),
        )
    if not targets:
        flaws = _CVE.findall(" ".join(one.title for one in group.findings))
        about = [where, *(_flaw(made, cve) for cve in dict.fromkeys(flaws)), *seen]
        made.add(
            "note",
            f"finding {' '.join(one.id for one in group.findings)}",
            abstract=group.title,
            content=_words(group),
            object_refs=about,
            confidence=_CONFIDENCE[group.confidence],
        )


def _seen(time: str | None) -> str | None:
    """The time in STIX's form; None for what is no time."""
    try:
        datetime.fromisoformat(time or "")
    except ValueError:
        return None
    return stix_time(time or "")


def _words(group: Group) -> str:
    """What was seen, how bad, to whom it is tied, and what else it could be."""
    one = group.findings[0]
    said = [group.title, f"Severity {group.severity}, confidence {group.confidence}"]
    said += [capital(tie_words(tie, one.kind)) for tie in one.actors[:5]]
    said += [f"It could also be: {one_line('; '.join(one.could_also_be), 600)}"] if one.could_also_be else []
    return " ".join(stop(words) for words in said)


def _observed(made: Bundle, group: Group) -> list[str]:
    """Observed data of the first findings of a group; none for a finding without a time, since STIX wants one."""
    found = []
    for one in group.findings[:MOST]:
        times = [at for time in (one.time, one.first_seen, one.last_seen) if (at := _seen(time))]
        if not times or not one.evidence:
            continue
        refs = [made.keep(thing) for record in one.evidence[:RECORDS] for thing in observables(record)]
        made_id = made.add(
            "observed-data",
            one.id,
            first_observed=min(times),
            last_observed=max(times),
            number_observed=len(one.evidence),
            object_refs=list(dict.fromkeys(refs)),
        )
        found.append(made_id)
    return list(dict.fromkeys(found))


def _targets(made: Bundle, part: Part, group: Group) -> Iterator[str]:
    if part.key == "screening":
        for tie in {tie.ref: tie for one in group.findings for tie in one.parties[:5]}.values():
            yield made.node(tie.ref) or made.add("identity", tie.ref, name=one_line(tie.name), identity_class="unknown")
        return
    if part.key != "here":
        return
    indicators = [found for one in group.findings for found in _indicators(made, one)]
    techniques = [ref for one in group.findings for ref in one.techniques if _TECHNIQUE.fullmatch(ref)]
    yield from indicators
    yield from (_technique(made, ref) for ref in dict.fromkeys(techniques))
    if not indicators and not techniques:
        ties = {tie.ref: tie for one in group.findings for tie in one.actors}
        yield from (found for ref in ties if (found := made.node(ref)))


def _indicators(made: Bundle, one: Finding) -> Iterator[str]:
    """The indicators of the report whose value is a field of the evidence."""
    for record in one.evidence[:RECORDS]:
        for value in record.fields.values():
            text = plain(value) if isinstance(value, str | int) else ""
            found = made.patterns.get(text.casefold()) if len(text) < 2000 else None
            if found:
                yield found


def _technique(made: Bundle, ref: str) -> str:
    named = {one.technique: one.name for one in made.case.coverage}
    references: list[Object] = [attack_reference(ref)]
    key = made.refs.get(ref)
    return key or made.add("attack-pattern", ref, name=one_line(named.get(ref, ref)), external_references=references)


def _flaw(made: Bundle, cve: str) -> str:
    references = [{"source_name": "cve", "external_id": cve}]
    return made.refs.get(cve) or made.add("vulnerability", cve, name=cve, external_references=references)
