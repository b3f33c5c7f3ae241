"""In which logs a technique can be seen: ATT&CK's chain from technique over strategy and analytic to log source.

The table holds of each analytic's log sources those that name event ids, or a log of Zeek; the rest of them is prose
that needs a person. Source: MITRE ATT&CK Enterprise v18.1, ``x_mitre_log_source_references`` (https://attack.mitre.org).
"""

from __future__ import annotations

import csv
import functools

from tocsin.knowledge.pack import FOLDER, values
from tocsin.model import Record


class LogSource(Record, frozen=True, kw_only=True):
    """A log that can show a technique: Sigma's product and service, and the event ids (none: any record counts)."""

    technique: str
    product: str
    service: str
    event_ids: tuple[str, ...]
    by: str
    as_of: str
    url: str


@functools.cache
def log_sources() -> dict[str, tuple[LogSource, ...]]:
    """The log sources of each technique that has any. O(rows), once."""
    found: dict[str, tuple[LogSource, ...]] = {}
    with (FOLDER / "log_sources.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, strict=True):
            source = LogSource(
                technique=row["technique"],
                product=row["product"],
                service=row["service"],
                event_ids=values(row["event_ids"]),
                by=row["by"],
                as_of=row["as_of"],
                url=row["url"],
            )
            found[source.technique] = (*found.get(source.technique, ()), source)
    return found
