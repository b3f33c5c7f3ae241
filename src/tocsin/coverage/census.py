"""Which kinds of records occur in the logs at hand, counted while they stream by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa

_COLUMNS = ("_product", "_category", "_service")


class Kind(NamedTuple):
    """A kind of record: its log source in Sigma's words, and the event id where it has one."""

    product: str
    category: str
    service: str
    event_id: str


class Census:
    """How many records of each kind there are. Memory grows with the kinds: some hundreds."""

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()

    def feed(self, batch: pa.RecordBatch) -> None:
        """Count the records of a batch. O(records)."""
        columns = [batch.column(name).to_pylist() for name in _COLUMNS]
        ids = batch.column("EventID").to_pylist() if "EventID" in batch.schema.names else [None] * batch.num_rows
        found = Counter(zip(*columns, map(_one, ids), strict=True))
        for (product, category, service, event_id), number in found.items():
            self.counts[Kind(product or "", category or "", service or "", event_id)] += number

    def of(self, product: str, service: str, event_ids: tuple[str, ...] = ()) -> dict[str, int]:
        """The records of a product and service by event id; of ``event_ids`` alone where any are given."""
        found: Counter[str] = Counter()
        for kind, number in self.counts.items():
            if (kind.product, kind.service) == (product, service) and (not event_ids or kind.event_id in event_ids):
                found[kind.event_id] += number
        return dict(found)

    def sources(self) -> Iterator[tuple[str, str, str]]:
        """The log sources that occur, each once."""
        yield from dict.fromkeys((kind.product, kind.category, kind.service) for kind in self.counts)


def _one(event_id: str | list[str] | None) -> str:
    return (event_id[0] if event_id else "") if isinstance(event_id, list) else event_id or ""
