"""YAML as people mean it, with the line of every field.

Scalars stay text and their field decides what they are: YAML 1.1 alone would read 10:00 as 600,
NO as false and 01 as a number. Aliases (which can blow up), tags and duplicate keys are refused.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.config_files.yaml_mistakes import mistake_of

MAX_BYTES = 200_000
_NULLS = {"", "~", "null", "Null", "NULL"}
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """values: dicts, lists, text and None; lines: where each path stands, 1-based."""

    name: str
    values: dict[str, Any]
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of a field, else of what should hold it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_document(content: bytes, name: str, *, instead: str = "key: value lines") -> Document:
    """Raises ConfigRefused: what is wrong, at which line. instead: what to write in a file that is
    empty or holds no fields.
    """
    if len(content) > MAX_BYTES:
        raise _refused(name, "config-too-large", 1, expected=f"{MAX_BYTES} bytes at most")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, "config-not-utf8", 1, expected="a file saved as UTF-8") from error
    root = _root(text, name)
    if not isinstance(root, yaml.MappingNode):
        raise _refused(name, "config-malformed", 1, expected=instead)
    builder = _Builder(name)
    values = builder.mapping(root, ())
    return Document(name, values, builder.lines)


def _root(text: str, name: str) -> yaml.Node | None:
    try:
        return _compose(text, name)
    except yaml.YAMLError as error:
        line, expected = mistake_of(error, text)
        raise _refused(name, "config-malformed", line, expected=expected) from error
    except RecursionError as error:
        raise _refused(name, "config-malformed", 1, expected="fewer nested levels") from error


def _compose(text: str, name: str) -> yaml.Node | None:
    loader = yaml.SafeLoader(text)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise _refused(name, "config-alias", line, expected="the value, written again")
        return loader.get_single_node()
    finally:
        loader.dispose()


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        plain = getattr(node, "style", None) is None
        return None if plain and node.value in _NULLS else node.value

    def mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            here = (*path, key)
            if key in found:
                raise _refused(self.name, "config-duplicate-key", line, here, "each key once")
            self.lines[here] = line
            found[key] = self.value(child, here)
        return found


def _refused(name: str, code: str, line: int, path: Path = (), expected: str = "") -> ConfigRefused:
    return ConfigRefused.of(name, (Problem(code, line, path, expected),))
