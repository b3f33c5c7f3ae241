"""The rules that are loaded: what they say about themselves, the logs they run on, and the test that they are."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.detect.conditions import Node
from tocsin.model import Fault, Severity


class LogSource(NamedTuple):
    """The logs that a rule is for, in Sigma's words and lower case; empty where it does not say."""

    product: str = ""
    category: str = ""
    service: str = ""


class LoadedRule(NamedTuple):
    """A rule ready to run. ``path`` is as given; a rule of our pack begins with ``tocsin:rules/``.

    ``techniques`` are ATT&CK ids and ``tactics`` ATT&CK's short names, as the rule's tags have them. ``level`` and
    ``status`` are Sigma's words; a rule without a level is ``medium``, one without a status has an empty one.
    """

    id: str
    title: str
    level: Severity
    status: str
    path: str
    techniques: tuple[str, ...]
    tactics: tuple[str, ...]
    logsource: LogSource
    falsepositives: tuple[str, ...]
    description: str
    condition: Node


class RuleSet(NamedTuple):
    """The rules that run, and those that were left out, each with its file, place and reason."""

    rules: tuple[LoadedRule, ...]
    left_out: tuple[Fault, ...] = ()
