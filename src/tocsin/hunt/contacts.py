"""Hunt 2: has anything of ours been in contact with what is published for designated parties and actors?

All string fields of all records are looked through, each distinct value of a batch once.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.hunt.acts import PROBED, act_of, is_inward
from tocsin.hunt.addresses import Prefixes, address_of, network_of
from tocsin.hunt.contact_score import Contact, finding_of
from tocsin.hunt.kept import Room
from tocsin.hunt.watch import Match, Watch
from tocsin.logs import META, Event, events_of
from tocsin.model import Fault, Finding, Organisation
from tocsin.org.config import PRIVATE

# What is kept of a record beside the fields that matched
_CONTEXT = tuple(
    """ts UtcTime uid EventID Channel Image ParentImage CommandLine User id.orig_h id.orig_p id.resp_h id.resp_p proto
    service conn_state orig_bytes resp_bytes query answers method host uri server_name status_code SourceIp
    DestinationIp DestinationHostname DestinationPort QueryName IpAddress TargetUserName mailfrom rcptto
    subject""".split()
)


# Fields of telephone numbers: second factors and their changes (Entra ID, Okta), calls of telephone systems
_PHONES = re.compile(r"phone|mobile|msisdn|call(?:er|ee|ing|ed)|dial", re.IGNORECASE)


class Contacts:
    """One finding a watched thing and host of ours. Memory: a record of counts for each, and the evidence."""

    name = "contacts"

    def __init__(self, organisation: Organisation, watch: Watch) -> None:
        own = Prefixes((network_of(block), True) for block in organisation.internal or PRIVATE)
        self._watch = watch.without(own)
        self._named = Prefixes(
            (block, one.name)
            for one in organisation.assets
            for block in map(network_of, one.addresses)
            if block.num_addresses == 1
        )
        self._contacts: dict[tuple[str, str], Contact] = {}
        self._room = Room()
        self.faults: list[Fault] = []
        self.notes: list[str] = []

    def feed(self, batch: pa.RecordBatch) -> None:
        """Look through all string fields. O(characters of the distinct values)."""
        if not len(self._watch):
            return
        met: dict[int, list[tuple[str, Match]]] = defaultdict(list)
        for name, column in zip(batch.schema.names[len(META) :], batch.columns[len(META) :], strict=True):
            for row, match in self._in_column(column, phones=bool(_PHONES.search(name))):
                met[row].append((name, match))
        if met:
            rows = sorted(met)
            for row, event in zip(rows, events_of(batch.take(pa.array(rows, pa.int64()))), strict=True):
                self._take(event, met[row])

    def findings(self) -> list[Finding]:
        """One a watched thing and host, those with the highest score first."""
        scored = [finding_of(contact) for contact in self._contacts.values()]
        return [finding for _, finding in sorted(scored, key=lambda one: (-one[0], one[1].first_seen or "", one[1].id))]

    def _in_column(self, column: pa.Array, *, phones: bool) -> list[tuple[int, Match]]:
        """Rows of a column in which a watched thing stands. Few values hold a dot, and of those few a watched tail;
        ``phones``: the column is one of telephone numbers, which stand nowhere else without being other numbers."""
        rows = None
        if pa.types.is_list(column.type):
            rows, column = pc.list_parent_indices(column), pc.list_flatten(column)
        if not pa.types.is_string(column.type):
            return []
        coded = column.dictionary_encode()
        values = coded.dictionary
        likely = pc.match_substring(values, ".")
        if self._watch.needs_colon:
            likely = pc.or_(likely, pc.match_substring(values, ":"))
        phones = phones and self._watch.has_phones
        find = self._watch.dialled if phones else self._watch.find
        places = pc.indices_nonzero(pc.is_valid(values) if phones else likely)
        found = {
            place: matches
            for place, value in zip(places.to_pylist(), values.take(places).to_pylist(), strict=True)
            if (matches := find(value))
        }
        if not found:
            return []
        at = pc.indices_nonzero(pc.is_in(coded.indices, value_set=pa.array(list(found), coded.indices.type)))
        codes = coded.indices.take(at).to_pylist()
        numbers = (rows.take(at) if rows is not None else at).to_pylist()
        return [(number, match) for number, code in zip(numbers, codes, strict=True) for match in found[code]]

    def _take(self, event: Event, matches: list[tuple[str, Match]]) -> None:
        """One record: for each watched thing in it the strongest form of contact that it shows."""
        fields_of: dict[str, dict[str, str]] = defaultdict(dict)
        for field, match in matches:
            fields_of[match.watched.value][field] = match.text
        for watched in {match.watched.value: match.watched for _, match in matches}.values():
            marks = fields_of[watched.value]
            act, field = max(
                ((act_of(event, field, watched), field) for field in marks), key=lambda one: (one[0].weight, one[1])
            )
            # A scan from outside of all that is ours is one thing, not one for each address that it tried.
            host = None if act is PROBED else self._host(event, inward=is_inward(act))
            key = (watched.value, host or "")
            if key not in self._contacts:
                self._contacts[key] = Contact(watched, host)
            contact = self._contacts[key]
            contact.add(event, act, field, marks[field])
            contact.kept.add(event, dict.fromkeys((*marks, *_CONTEXT)), self._room, marks)

    def _host(self, event: Event, *, inward: bool) -> str | None:
        """Whose contact it is: of network logs the near end, by its asset's name where it has one; else the machine."""
        near = event.fields.get("id.resp_h" if inward else "id.orig_h")
        if not isinstance(near, str):
            return event.host
        address = address_of(near)
        return near if address is None else self._named.get(address) or str(address)
