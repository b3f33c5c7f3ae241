"""The case database: what was decided and asked, as a chained log; runs with their findings; books of answers.

It is ``cases.sqlite`` under ``TOCSIN_HOME``, or what ``TOCSIN_DATABASE`` names as a URL of SQLAlchemy. Decisions and
proofs of screening are never changed and never deleted. Since 12 March 2025 records of transactions under US sanctions
must be kept for ten years (31 CFR 501.601; https://www.federalregister.gov/citation/89-FR-74832, adopted as final by
https://www.federalregister.gov/citation/90-FR-13286 of 21 March 2025).
"""

from tocsin.store.cases.books import Book, Edition, Remembered
from tocsin.store.cases.chain import Checked, check_file
from tocsin.store.cases.database import CaseDatabase
from tocsin.store.cases.export import write_export
from tocsin.store.cases.runs import Kept, Run
from tocsin.store.cases.signature import account, now

__all__ = [
    "Book",
    "CaseDatabase",
    "Checked",
    "Edition",
    "Kept",
    "Remembered",
    "Run",
    "account",
    "check_file",
    "now",
    "write_export",
]
