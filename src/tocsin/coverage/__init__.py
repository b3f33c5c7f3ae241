"""Could we see them? From the logs at hand and the rules loaded, a technique at a time."""

from tocsin.coverage.census import Census
from tocsin.coverage.states import cover, techniques_of

__all__ = ["Census", "cover", "techniques_of"]
