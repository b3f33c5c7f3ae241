"""From pySigma's parsed rule to the tree that is run.

pySigma reads values and modifiers; the condition is resolved here, since pySigma 1.x drops a pattern of selections that
matches none in silence, which turns ``sel and not 1 of filter_*`` into ``sel``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable

from pyparsing import ParseException, ParseResults
from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionIdentifier,
    ConditionNOT,
    ConditionOR,
    ConditionSelector,
    ConditionValueExpression,
    SigmaCondition,
)
from sigma.exceptions import SigmaConditionError
from sigma.rule import SigmaDetections
from sigma.types import (
    CompareOperators,
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SigmaType,
    SpecialChars,
)

from tocsin.detect import conditions, values
from tocsin.detect.conditions import Node
from tocsin.detect.values import ValueTest, Wildcard

_WILDCARDS = {SpecialChars.WILDCARD_MULTI: Wildcard(values.ANY), SpecialChars.WILDCARD_SINGLE: Wildcard(values.ONE)}
_COMPARE: dict[CompareOperators, tuple[str, Callable[[float, float], bool]]] = {
    CompareOperators.LT: ("<", operator.lt),
    CompareOperators.LTE: ("<=", operator.le),
    CompareOperators.GT: (">", operator.gt),
    CompareOperators.GTE: (">=", operator.ge),
}


class Refused(Exception):
    """The rule cannot be run: why, and the key of its detection section that is at fault."""

    def __init__(self, why: str, key: str = "condition") -> None:
        super().__init__(why)
        self.why = why
        self.key = key


def compiled(detections: SigmaDetections) -> Node:
    """The tree of a rule's detection section; several conditions are joined by or. Raises Refused."""
    parts = []
    for condition in detections.parsed_condition:
        if not isinstance(condition.condition, str) or not condition.condition.strip():
            raise Refused("the condition is empty, or no text")
        parts.append(_resolved(_parsed(condition), detections))
    return parts[0] if len(parts) == 1 else conditions.Any(tuple(parts))


def _parsed(condition: SigmaCondition) -> object:
    try:
        return condition.parse(postprocess=False)
    except SigmaConditionError as error:
        where = error.__context__
        if isinstance(where, ParseException):
            raise Refused(f"the condition cannot be read from its character {where.loc + 1} on") from None
        raise


def _resolved(item: object, detections: SigmaDetections) -> Node:
    """The tree of a parsed condition, with the selections that it names in place of their names."""
    while isinstance(item, ParseResults) and len(item) == 1:  # pyparsing wraps what stands in brackets
        item = item[0]
    match item:
        case ConditionIdentifier():
            return _selection(item.identifier, detections)
        case ConditionSelector():
            found = [_selection(one.identifier, detections) for one in item.resolve_referenced_detections(detections)]
            label = " ".join((item.args[0], "of", item.pattern))
            if not found:
                raise Refused(f"the condition says '{label}', and no selection has such a name")
            joined = conditions.All if item.cond_class is ConditionAND else conditions.Any
            return joined(tuple(found), label)
        case ConditionNOT():
            return conditions.Not(_resolved(item.args[0], detections))
        case ConditionAND() | ConditionOR():
            parts = tuple(_resolved(arg, detections) for arg in item.args)
            return conditions.All(parts) if isinstance(item, ConditionAND) else conditions.Any(parts)
    raise Refused("the condition cannot be read")


def _selection(name: str, detections: SigmaDetections) -> Node:
    if name not in detections.detections:
        raise Refused(f"the condition names '{name}', and no selection has that name")
    try:
        return conditions.Selection(name, _built(detections.detections[name].postprocess(detections)))
    except Refused as refused:
        raise Refused(refused.why, name) from None
    except ValueError as error:  # pySigma's own errors are ValueErrors too
        raise Refused(str(error), name) from None


def _built(item: object) -> Node:
    """The tree of a selection as pySigma links its items and values."""
    match item:
        case ConditionAND():
            return conditions.All(tuple(map(_built, item.args)))
        case ConditionOR():
            return _either([_built(arg) for arg in item.args])
        case ConditionNOT():
            return conditions.Not(_built(item.args[0]))
        case ConditionFieldEqualsValueExpression():
            return _field(item.field, item.value)
        case ConditionValueExpression():
            return _keyword(item.value)
    raise Refused("a selection is empty")


def _either(parts: list[Node]) -> Node:
    """Parts joined by or; the tests of one field are made one part, since long lists of values are the usual case."""
    tests: dict[str, list[ValueTest]] = {}
    joined: list[Node] = []
    for part in parts:
        if isinstance(part, conditions.FieldMatches):
            tests.setdefault(part.field, []).extend(part.tests)
        else:
            joined.append(part)
    joined = [*(conditions.FieldMatches(field, tuple(found)) for field, found in tests.items()), *joined]
    return joined[0] if len(joined) == 1 else conditions.Any(tuple(joined))


def _field(field: str, value: SigmaType) -> Node:
    match value:
        case SigmaNull():
            return conditions.FieldExists(field, False)
        case SigmaExists():
            return conditions.FieldExists(field, value.exists)
        case SigmaFieldReference():
            return conditions.FieldIsField(field, value.field, value.starts_with, value.ends_with)
        case SigmaExpansion():
            return _either([_field(field, one) for one in value.values])
    return conditions.FieldMatches(field, (_test(value),))


def _keyword(value: SigmaType) -> Node:
    if isinstance(value, SigmaExpansion):
        return conditions.Any(tuple(map(_keyword, value.values)))
    if isinstance(value, SigmaNull | SigmaExists | SigmaFieldReference):
        raise Refused("a keyword must be text, a number or an expression")
    if isinstance(value, SigmaString) and not any(isinstance(part, str) for part in value.s):
        raise Refused("an empty keyword is in every record")
    if isinstance(value, SigmaNumber | SigmaBool):
        return conditions.Keyword(values.pattern((str(value).lower(),), inside=True))
    return conditions.Keyword(_test(value, inside=True))


def _test(value: SigmaType, inside: bool = False) -> ValueTest:
    """The test of one value. Raises ValueError where an expression cannot be run on RE2."""
    match value:
        case SigmaString():
            parts = tuple(map(_part, value.s))
            return values.pattern(parts, cased=isinstance(value, SigmaCasedString), inside=inside)
        case SigmaRegularExpression():
            return _regex(value)
        case SigmaCIDRExpression():
            return values.in_network(value.network)
        case SigmaCompareExpression():
            sign, check = _COMPARE[value.op]
            return values.compared(sign, check, value.number.number, _time_part(value.number))
        case SigmaTimestampPart():
            return values.compared("=", operator.eq, value.number, _time_part(value))
        case SigmaBool():
            return values.boolean(value.boolean)
        case SigmaNumber():
            return values.number(value.number)
    raise Refused(f"values of the kind {type(value).__name__} cannot be run")


def _part(part: str | SpecialChars | Placeholder) -> str | Wildcard:
    if isinstance(part, Placeholder):
        raise Refused(f"the placeholder %{part.name}% has no list of values")
    return part if isinstance(part, str) else _WILDCARDS[part]


def _regex(value: SigmaRegularExpression) -> ValueTest:
    if value.contains_placeholder():
        raise Refused("an expression has a placeholder without a list of values")
    expression = str(value.regexp)
    flags = "".join(sorted(value.sigma_to_re_flag[flag] for flag in value.flags))
    try:
        return values.regex(expression, flags)
    except ValueError as error:
        said = re.sub(r"^Invalid regular expression: ", "", str(error))
        raise Refused(f"the expression {expression!r} cannot be run in linear time ({said})") from None


def _time_part(value: SigmaNumber) -> str:
    return value.timestamp_part.name.lower() if isinstance(value, SigmaTimestampPart) else ""
