"""Is this the same name? Normalising across scripts, an index, a score and its reasons: the one matcher of names."""

from tocsin.names.index import Entry, Match, NameIndex, NameTable, entry_of, table_of
from tocsin.names.normalise import Token, clean, fold, glue, name_tokens, script_of, skeleton, tokenise
from tocsin.names.places import COUNTRY_LABELS, countries_in, origin_of, sectors_in
from tocsin.names.score import Comparison, compare

__all__ = [
    "COUNTRY_LABELS",
    "Comparison",
    "Entry",
    "Match",
    "NameIndex",
    "NameTable",
    "Token",
    "clean",
    "compare",
    "countries_in",
    "entry_of",
    "fold",
    "glue",
    "name_tokens",
    "origin_of",
    "script_of",
    "sectors_in",
    "skeleton",
    "table_of",
    "tokenise",
]
