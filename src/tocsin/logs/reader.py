"""Logs from files and folders, in one pass and in bounded memory."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from tocsin.logs.contents import UNREADABLE, Content, contents_of, printable, unreadable
from tocsin.logs.events import Event, batches_of, iso
from tocsin.logs.formats import FORMATS, HEAD, KNOWN, Format, format_of
from tocsin.logs.notes import Notes
from tocsin.model import Fault, LogRead, TocsinError
from tocsin.org import files_of

_TAR = b"ustar"


class LogReader:
    """Reads logs of any known format, plain, in .gz or in .zip. ``read`` and ``faults`` are complete when ``batches``
    has been exhausted: every file then stands in one of them, or in both where a part of it was read."""

    def __init__(self, paths: Iterable[Path], *, format: str | None = None) -> None:
        """``format`` is a name of FORMATS that all files are then read as. Raises TocsinError where there is none."""
        self._paths = [Path(path) for path in paths]
        self._format = next((one for one in FORMATS if one.name == format), None)
        if format is not None and self._format is None:
            names = ", ".join(one.name for one in FORMATS)
            raise TocsinError(format, "", "no such log format", f"there are {names}")
        self.read: list[LogRead] = []
        self.faults: list[Fault] = []

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The records of all files, in the order of the files; times need not ascend."""
        yield from batches_of(self._events())

    def _events(self) -> Iterator[Event]:
        for given in self._paths:
            if not files_of([given]):
                self._fault(printable(str(given)), "a folder without files", "check the path, or where the logs are")
        for path in files_of(self._paths):
            for content in contents_of(path, self.faults):
                yield from self._of(content)

    def _of(self, content: Content) -> Iterator[Event]:
        try:
            with content.open() as stream:
                head = stream.read(HEAD)
        except UNREADABLE as error:
            self.faults.append(unreadable(content.name, "", error))
            return
        found = self._format or format_of(head, content.name)
        if found is None:
            self._unknown(content.name, head)
        else:
            yield from self._read(content, found)

    def _read(self, content: Content, how: Format) -> Iterator[Event]:
        notes = Notes(content.name)
        broken: list[Fault] = []
        records = 0
        first: datetime.datetime | None = None
        last: datetime.datetime | None = None
        try:
            with content.open() as stream:
                for event in how.events(stream, content.name, notes):
                    records += 1
                    time = event.time
                    if time is not None:
                        if first is None or time < first:
                            first = time
                        if last is None or time > last:
                            last = time
                    yield event
        except UNREADABLE as error:
            broken.append(unreadable(content.name, f"after record {records}", error))
        faults = [*notes.faults(), *broken]
        self.faults += faults
        if records or not faults:
            read = LogRead(path=content.name, format=how.name, records=records, from_=iso(first), to=iso(last))
            self.read.append(read)

    def _unknown(self, name: str, head: bytes) -> None:
        if not head:
            self._fault(name, "an empty file", "check the export")
        elif head[257:262] == _TAR:
            self._fault(name, "a tar archive, which is not opened", "unpack it, and give the folder")
        elif head.startswith(b"PK\x03\x04"):
            self._fault(name, "an archive inside an archive, which is not opened", "unpack it, and give the folder")
        else:
            self._fault(name, "not a log format that is known", f"known are: {KNOWN}")

    def _fault(self, name: str, why: str, todo: str) -> None:
        self.faults.append(Fault(file=name, place="", why=why, todo=todo))
