"""What happened here? A module a format; each gives Arrow record batches with one vocabulary of fields."""

from tocsin.logs.events import META, Event, Value, batch_of, batches_of, events_of, iso
from tocsin.logs.reader import LogReader

__all__ = ["META", "Event", "LogReader", "Value", "batch_of", "batches_of", "events_of", "iso"]
