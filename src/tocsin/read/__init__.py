"""What does this report say? Text, mentions, indicators and claims, each with its place in the text."""

from tocsin.read.claims import Reading, read_claims
from tocsin.read.indicators import find_indicators
from tocsin.read.mentions import Gazetteer
from tocsin.read.text import lines_as_reports, load_report, report_of

__all__ = ["Gazetteer", "Reading", "find_indicators", "lines_as_reports", "load_report", "read_claims", "report_of"]
