"""Does a known pattern match? Sigma rules over logs: our pack (``rules/``) and the user's own."""

from tocsin.detect.detector import Detector
from tocsin.detect.loaded import LoadedRule, RuleSet
from tocsin.detect.loading import load_rules
from tocsin.detect.logsource import runs_on

__all__ = ["Detector", "LoadedRule", "RuleSet", "load_rules", "runs_on"]
