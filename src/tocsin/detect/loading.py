"""Rules from files: our pack and the user's folders, read through pySigma. What cannot run is named, and the rest runs.

Source: https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html.
"""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sigma.exceptions import (
    SigmaConditionError,
    SigmaError,
    SigmaLevelError,
    SigmaLogsourceError,
    SigmaStatusError,
    SigmaTitleError,
)
from sigma.rule import SigmaDetection, SigmaRule

from tocsin.detect.compile import Refused, compiled
from tocsin.detect.documents import BrokenYaml, Document, documents
from tocsin.detect.loaded import LoadedRule, LogSource, RuleSet
from tocsin.model import SEVERITIES, Fault, Severity

PACK = Path(__file__).parent / "rules"
PACK_PATH = "tocsin:rules/"
_ENDINGS = (".yml", ".yaml")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://sigmahq.io/")
# What pySigma is to read. The rest of a rule (dates, authors, links) decides nothing, so no fault in it stops the rule.
_READ = ("title", "name", "status", "description", "level", "falsepositives", "tags", "logsource", "detection")
_KEYS: dict[type[SigmaError], tuple[str, ...]] = {
    SigmaConditionError: ("detection", "condition"),
    SigmaLevelError: ("level",),
    SigmaLogsourceError: ("logsource",),
    SigmaStatusError: ("status",),
    SigmaTitleError: ("title",),
}
# ATT&CK's tactics by short name, those of version 19 included (https://attack.mitre.org/tactics/enterprise/).
TACTICS = frozenset(
    "reconnaissance resource-development initial-access execution persistence privilege-escalation defense-evasion "
    "stealth defense-impairment credential-access discovery lateral-movement collection command-and-control "
    "exfiltration impact".split()
)
_TODO = "correct the rule, or take it out of the folder"


class _Read(NamedTuple):
    """A rule of a file, with the name by which a correlation may speak of it and the line where it begins."""

    rule: LoadedRule
    name: str
    line: int


class _Gathering:
    """What has been read so far."""

    def __init__(self) -> None:
        self.read: list[_Read] = []
        self.left_out: list[Fault] = []
        self.parts: set[str] = set()  # names and ids of rules that count only within a correlation

    def fault(self, path: str, line: int, why: str, todo: str = _TODO) -> None:
        self.left_out.append(Fault(file=path, place=str(line) if line else "", why=why, todo=todo))


def load_rules(folders: Iterable[Path] = (), *, pack: bool = True, level: Severity | None = None) -> RuleSet:
    """Our pack (unless ``pack`` is false) and the .yml and .yaml files of folders, those in them included.

    ``level`` leaves out, without a word, the rules below it. Of rules with one id the first counts, and our pack comes
    first. A rule that cannot run stands in ``left_out`` with file, line and reason. No error is raised. O(files).
    """
    gathering = _Gathering()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the re module, on expressions that pySigma only tries out with it
        if pack:
            for file in _files(PACK):
                _read_file(file, PACK_PATH + file.name, gathering)
        for folder in folders:
            if not folder.exists():
                gathering.fault(str(folder), 0, "there is no such file or folder", "name a folder of Sigma rules")
            for file in _files(folder):
                _read_file(file, str(file), gathering)
    rules = tuple(_kept(gathering))
    if level is not None:
        rules = tuple(rule for rule in rules if SEVERITIES.index(rule.level) >= SEVERITIES.index(level))
    return RuleSet(rules, tuple(gathering.left_out))


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file())


def _kept(gathering: _Gathering) -> Iterator[LoadedRule]:
    """Each id once, and no rule that is only a part of a correlation."""
    first: dict[str, str] = {}
    for rule, name, line in gathering.read:
        if {rule.id, name} & gathering.parts:
            why = "the rule counts only within a correlation rule, and those are not run yet"
            gathering.fault(rule.path, line, why, "run the correlation elsewhere")
        elif rule.id.lower() in first:
            why = f"the id {rule.id} is taken by {first[rule.id.lower()]}, which counts"
            gathering.fault(rule.path, line, why, "give the rule an id of its own")
        else:
            first[rule.id.lower()] = rule.path
            yield rule


def _read_file(file: Path, path: str, gathering: _Gathering) -> None:
    found = False
    try:
        for document in documents(file.read_bytes()):
            found = True
            _read_document(document, path, gathering)
    except BrokenYaml as error:
        gathering.fault(path, error.line, error.why)
    except OSError as error:
        gathering.fault(path, 0, f"the file cannot be read: {error.strerror}", "check its permissions")
    else:
        if not found:
            gathering.fault(path, 0, "the file holds no rule", "take it out of the folder")


def _read_document(document: Document, path: str, gathering: _Gathering) -> None:
    body, elsewhere = document.body, "run it elsewhere"
    if not isinstance(body, dict):
        gathering.fault(path, document.line, "a rule must be a mapping of keys to values")
    elif "correlation" in body:
        gathering.parts.update(_parts(body))
        gathering.fault(path, document.line, "this is a correlation rule, and those are not run yet", elsewhere)
    elif "filter" in body:
        gathering.fault(path, document.line, "this is a filter rule, and those are not run yet", elsewhere)
    elif "action" in body:
        gathering.fault(path, document.line, "'action' joined rules in Sigma 1, and is not read", "write each rule out")
    else:
        try:
            gathering.read.append(_Read(_loaded(body, path), str(body.get("name", "")), document.line))
        except Refused as refused:
            gathering.fault(path, document.line_of("detection", refused.key), refused.why)
        except SigmaError as error:
            gathering.fault(path, document.line_of(*_keys_of(error, body)), _said(error))
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
            # pySigma takes the shape of much for granted; whatever it trips over, the fault is the rule's.
            gathering.fault(path, document.line, f"the rule cannot be read: {error}")


def _parts(body: dict[str, Any]) -> set[str]:
    """The names and ids of the rules that a correlation joins, unless it says that they count alone too."""
    correlation = body["correlation"]
    if not isinstance(correlation, dict) or correlation.get("generate") is True or body.get("generate") is True:
        return set()
    rules = correlation.get("rules")
    return {str(name) for name in (rules if isinstance(rules, list) else [rules])}


def _loaded(body: dict[str, Any], path: str) -> LoadedRule:
    read = {key: body[key] for key in _READ if key in body}
    if isinstance(read.get("detection"), dict):  # a time frame belongs to the counting of Sigma 1, and selects nothing
        read["detection"] = {key: value for key, value in read["detection"].items() if key != "timeframe"}
    _check_expressions(read.get("detection"))
    rule = SigmaRule.from_dict(read)
    tags = [tag.name.lower().replace("_", "-") for tag in rule.tags if tag.namespace.lower() == "attack"]
    source = rule.logsource
    words = (str(word or "").lower() for word in (source.product, source.category, source.service))
    return LoadedRule(
        id=str(body["id"]) if body.get("id") else _derived_id(read),
        title=rule.title,
        level=_level(rule),
        status=str(rule.status or ""),
        path=path,
        techniques=tuple(dict.fromkeys(tag.upper() for tag in tags if tag[:1] == "t" and tag[1:2].isdigit())),
        tactics=tuple(dict.fromkeys(tag for tag in tags if tag in TACTICS)),
        logsource=LogSource(*words),
        falsepositives=tuple(str(one) for one in rule.falsepositives or ()),
        description=(rule.description or "").strip(),
        condition=compiled(rule.detection),
    )


def _check_expressions(detection: Any) -> None:
    """An expression that is no text: pySigma would take an empty one for the word ``None``. Raises Refused."""
    waiting = [(key, value, str(key)) for key, value in detection.items()] if isinstance(detection, dict) else []
    while waiting:
        key, value, selection = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((inner, one, selection) for inner, one in value.items())
        elif isinstance(value, list):
            waiting.extend((key, one, selection) for one in value)
        elif "re" in str(key).split("|")[1:] and not isinstance(value, str):
            raise Refused(f"'{key}' must be a text", selection)


def _level(rule: SigmaRule) -> Severity:
    word = str(rule.level or "medium")
    return next(level for level in SEVERITIES if level == word)


def _derived_id(read: dict[str, Any]) -> str:
    """An id for a rule without one: the same as long as title, log source and detection are."""
    what = [read.get("title"), read.get("logsource"), read.get("detection")]
    return str(uuid.uuid5(_NAMESPACE, msgspec.json.encode(what, enc_hook=str, order="sorted").decode()))


def _keys_of(error: SigmaError, body: dict[str, Any]) -> tuple[str, ...]:
    """The keys under which the fault lies; of a selection, its name."""
    for kind, keys in _KEYS.items():
        if isinstance(error, kind):
            return keys
    detection = body.get("detection")
    if not isinstance(detection, dict):
        return ()
    for name, definition in detection.items():
        try:
            if name != "condition":
                SigmaDetection.from_definition(definition)
        except (SigmaError, TypeError, AttributeError):
            return ("detection", str(name))
    return ("detection",)


def _said(error: SigmaError) -> str:
    """The first line of what pySigma says, begun in lower case as our own reasons are."""
    text = str(error.args[0]).splitlines()[0] if error.args else type(error).__name__
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
