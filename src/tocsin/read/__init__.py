"""What does this report say? Text, mentions, indicators and claims, each with its place in the text."""

from tocsin.read.claims.mentions import Gazetteer
from tocsin.read.claims.reading import Reading, read_claims
from tocsin.read.extract.report import lines_as_reports, load_report, report_of
from tocsin.read.indicators import find_indicators

__all__ = ["Gazetteer", "Reading", "find_indicators", "lines_as_reports", "load_report", "read_claims", "report_of"]
