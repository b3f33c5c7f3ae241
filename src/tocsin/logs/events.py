"""The one vocabulary of log records, as Arrow record batches and as single events.

A batch has the columns of ``META`` and one column for each field that occurs in it, named as Sigma's taxonomy names it
(https://sigmahq.io/docs/basics/log-sources.html): ``Image``, ``CommandLine``, ``id.orig_h``. A field is a string, or a
list of strings where a record gives it several times; it is null where the record lacks it, and empty where it is there
and empty.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

Value = str | list[str]
BATCH = 4096  # records of a batch
MAX_CELLS = 4_000_000  # records × fields of a batch: records that share no field make many columns, mostly null
MAX_CHARACTERS = 64 * 1024 * 1024  # of all values of a batch

META = pa.schema(
    [
        ("_file", pa.string()),
        ("_record", pa.string()),
        ("_time", pa.timestamp("us", tz="UTC")),
        ("_host", pa.string()),
        ("_user", pa.string()),
        ("_product", pa.string()),
        ("_category", pa.string()),
        ("_service", pa.string()),
    ]
)
_META_NAMES = frozenset(META.names)


class Event(NamedTuple):
    """One record. ``file`` and ``record`` lead back to it; ``time`` is UTC; ``host`` is the machine, not the collector.

    ``product``, ``category`` and ``service`` are the log source in Sigma's words, empty where it has none.
    """

    file: str
    record: str
    time: datetime.datetime | None
    host: str | None
    user: str | None
    product: str
    category: str
    service: str
    fields: dict[str, Value]


def batches_of(events: Iterable[Event], size: int = BATCH) -> Iterator[pa.RecordBatch]:
    """Events as record batches of at most ``size`` records, in their order; memory is bounded by one batch.

    A batch ends early where its records are very long or have very many different fields.
    """
    held: list[Event] = []
    names: set[str] = set()
    characters = 0
    for event in events:
        held.append(event)
        names.update(event.fields)
        characters += _characters(event.fields.values())
        if len(held) >= size or len(held) * len(names) > MAX_CELLS or characters > MAX_CHARACTERS:
            yield batch_of(held)
            held = []
            names = set()
            characters = 0
    if held:
        yield batch_of(held)


def _characters(values: Iterable[Value]) -> int:
    try:
        return len("".join(values))  # type: ignore[arg-type]  # the quick way where no value is a list
    except TypeError:
        return sum(len(one) if isinstance(one, str) else sum(map(len, one)) for one in values)


def batch_of(events: list[Event]) -> pa.RecordBatch:
    """Some events as one record batch. O(values + records × fields that occur)."""
    columns: dict[str, list[Value | None]] = {}
    many: set[str] = set()  # fields that are a list somewhere
    for row, event in enumerate(events):
        for name, value in event.fields.items():
            column = columns.get(name)
            if column is None:
                column = columns[name] = [None] * len(events)
            column[row] = value
            if isinstance(value, list):
                many.add(name)
    arrays = [
        pa.array([event[at] or None if at > 4 else event[at] for event in events], type=META.field(at).type)
        for at in range(len(META))
    ]
    fields = list(META)
    for name, column in columns.items():
        if name in many:
            lists = [[one] if isinstance(one, str) else one for one in column]
            arrays.append(pa.array(lists, type=pa.list_(pa.string())))
        else:
            arrays.append(pa.array(column, type=pa.string()))
        fields.append(pa.field(_column(name, columns), arrays[-1].type))
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def _column(name: str, names: Container[str]) -> str:
    """The column of a field: its name, with an underscore after it where that is the name of a column of ``META``."""
    if name not in _META_NAMES:
        return name
    while name in _META_NAMES or name in names:
        name += "_"
    return name


def events_of(batch: pa.RecordBatch) -> Iterator[Event]:
    """The events of a batch, in order; a list of one value is that value."""
    meta = [batch.column(at).to_pylist() for at in range(len(META))]
    names = batch.schema.names[len(META) :]
    columns = [batch.column(at).to_pylist() for at in range(len(META), batch.num_columns)]
    for number in range(batch.num_rows):
        fields: dict[str, Value] = {}
        for name, column in zip(names, columns, strict=True):
            value = column[number]
            if value is not None:
                fields[name] = value[0] if isinstance(value, list) and len(value) == 1 else value
        file, record, time, host, user, product, category, service = (column[number] for column in meta)
        yield Event(file, record, time, host, user, product or "", category or "", service or "", fields)


def iso(time: datetime.datetime | None) -> str | None:
    """ISO 8601 in UTC, to the second or, where there are parts of one, to the microsecond: ``2026-03-03T09:00:00Z``."""
    if time is None:
        return None
    return time.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
