"""YAML files of rules, a document at a time, with the lines on which their keys stand."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import yaml

MAX_BYTES = 1024 * 1024  # the largest of 3,780 public rules has 40 kB
_MAX_VALUES = 50_000  # of a document, aliases counted as often as they are used
_MAX_DEPTH = 20


class BrokenYaml(Exception):
    """The file cannot be read as YAML, from ``line`` on (0: not known)."""

    def __init__(self, why: str, line: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.line = line


class Document(NamedTuple):
    """A document of a file: what it holds, the line where it begins, and its YAML nodes."""

    body: Any
    line: int
    node: yaml.Node

    def line_of(self, *keys: str) -> int:
        """The line of the deepest of these nested keys that is there."""
        node, line = self.node, self.line
        for key in keys:
            found = [pair for pair in _pairs(node) if pair[0].value == key]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        return line


class _Loader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """As usual, but a key that stands twice is an error: the first value would be lost in silence."""
        seen = set()
        for key, _ in _pairs(node):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key.value}' stands twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def documents(data: bytes) -> Iterator[Document]:
    """The documents of a file that are not empty. Raises BrokenYaml; the documents before the fault have been given."""
    if len(data) > MAX_BYTES:
        raise BrokenYaml(f"the file is larger than {MAX_BYTES // 1024} kB")
    try:
        loader = _Loader(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BrokenYaml("this is not UTF-8", data.count(b"\n", 0, error.start) + 1) from None
    except yaml.YAMLError as error:
        raise BrokenYaml(_said(error), _line(error)) from None
    try:
        while loader.check_node():
            node = loader.get_node()
            body = loader.construct_document(node) if node else None
            if node is not None and body is not None:
                _check_size(body)
                yield Document(body, node.start_mark.line + 1, node)
    except yaml.YAMLError as error:
        raise BrokenYaml(_said(error), _line(error)) from None
    except (ValueError, OverflowError, RecursionError) as error:  # a date or a number that is none, endless nesting
        raise BrokenYaml(f"a value cannot be read: {error}") from None
    finally:
        loader.dispose()


def _pairs(node: yaml.Node) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _check_size(body: Any) -> None:
    """Aliases can make a small file hold billions of values: those are counted before anything walks over them."""
    waiting, seen = [(body, 1)], 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > _MAX_VALUES or depth > _MAX_DEPTH:
            raise BrokenYaml("the file holds too many values, or nests them too deeply")
        if isinstance(value, dict):
            waiting.extend((one, depth + 1) for one in value.values())
        elif isinstance(value, list):
            waiting.extend((one, depth + 1) for one in value)


def _said(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or "the YAML cannot be read"
    return f"broken YAML: {said}"


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 0
