"""Do we deal with them? Counterparties and payments against the designated parties, every decision with its reasons."""

from tocsin.screen.counterparties import TableScreening, screen_name, screen_table
from tocsin.screen.findings import findings_of, look
from tocsin.screen.payments import PaymentScreening, screen_payments
from tocsin.screen.query import Query
from tocsin.screen.score import ALERT, REVIEW
from tocsin.screen.screener import Screener, Seen

__all__ = [
    "ALERT",
    "REVIEW",
    "PaymentScreening",
    "Query",
    "Screener",
    "Seen",
    "TableScreening",
    "findings_of",
    "look",
    "screen_name",
    "screen_payments",
    "screen_table",
]
