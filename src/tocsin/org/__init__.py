"""Who are we? The organisation's own description of itself, and how its tables are read."""

from tocsin.org.config import Evidence, Org, files_of, load_org
from tocsin.org.tables import COLUMNS, Row, Table, open_table

__all__ = ["COLUMNS", "Evidence", "Org", "Row", "Table", "files_of", "load_org", "open_table"]
