"""A document checked against a dataclass of the domain: no parallel models."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from relance.adapters.config_files.problems import ConfigRefused, Problem
from relance.adapters.config_files.yaml_document import Document, Path

T = TypeVar("T")

_OTHER_KIND = {"decimal_type", "dict_type"}
"""A minimum is a figure, or figures by currency: what is neither is told once."""

_EXPECTED = {
    "decimal_parsing": "a number, e.g. 20 or 20.50",
    "decimal_type": "a number, e.g. 20 or 20.50",
    "finite_number": "a number, e.g. 20 or 20.50",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "int_type": "a whole number",
    "time_parsing": "a time, e.g. 08:00",
    "time_type": "a time, e.g. 08:00",
    "date_parsing": "a date, e.g. 2026-11-30",
    "date_from_datetime_parsing": "a date, e.g. 2026-11-30",
    "date_type": "a date, e.g. 2026-11-30",
    "string_type": "a text",
    "tuple_type": "a list: [a, b], or one `- …` line each",
    "list_type": "a list: [a, b], or one `- …` line each",
    "dict_type": "key: value lines, indented",
    "dataclass_type": "key: value lines, indented",
    "too_short": "more elements",
    "too_long": "fewer elements",
}
_ANY = "a value of the kind that the documentation gives"
"""Rather than the words of the validator, which are English and a developer's."""


def validate(kind: type[T], document: Document, *, at: Path = ()) -> T:
    """The value of that type, from the part of the document under `at`. Raises ConfigRefused."""
    values: Any = document.values
    for step in at:
        values = values[step]
    unknown = [
        Problem("config-unknown-key", document.line((*at, *path)), (*at, *path), expected)
        for path, expected in unknown_keys(kind, values)
    ]
    try:
        found: T = TypeAdapter(kind).validate_python(values)
    except ValidationError as error:
        wrong = _problems(error, document, at, values)
        raise ConfigRefused.of(document.name, (*unknown, *wrong)) from error
    if unknown:
        raise ConfigRefused.of(document.name, tuple(unknown))
    return found


def unknown_keys(kind: Any, values: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Keys that no field has, with the nearest one: a misspelt option must not be ignored."""
    for nested in _arms(kind):
        if is_dataclass(nested) and isinstance(values, Mapping):
            yield from _of_mapping(nested, values, path)
        elif get_origin(nested) is dict and isinstance(values, Mapping):
            for key, value in values.items():
                yield from unknown_keys(get_args(nested)[1], value, (*path, key))
        elif get_origin(nested) in {tuple, list} and isinstance(values, list):
            for index, value in enumerate(values):
                yield from unknown_keys(get_args(nested)[0], value, (*path, index))


def _of_mapping(kind: Any, values: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str]]:
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]
    for key, value in values.items():
        if key in names:
            yield from unknown_keys(hints[key], value, (*path, key))
        else:
            near = get_close_matches(key, names, n=1)
            yield (*path, key), near[0] if near else "one of: " + ", ".join(names)


def _arms(kind: Any) -> tuple[Any, ...]:
    """The types of a union, or the type itself."""
    if get_origin(kind) in {Union, types.UnionType}:
        return get_args(kind)
    return (kind,)


def _problems(error: ValidationError, document: Document, at: Path, values: Any) -> list[Problem]:
    """One per field: what is neither of two kinds is told once, by the kind that it resembles."""
    found: dict[Path, Problem] = {}
    others: dict[Path, Problem] = {}
    for details in error.errors():
        place, value = _place(details, values)
        other = isinstance(value, Mapping) is not (details["type"] == "dict_type")
        known = others if details["type"] in _OTHER_KIND and other else found
        known.setdefault(place, _problem(details, document, (*at, *place)))
    kept = [p for path, p in others.items() if not any(f[: len(path)] == path for f in found)]
    return [*found.values(), *kept]


def _problem(details: ErrorDetails, document: Document, path: Path) -> Problem:
    if details["type"] == "missing":
        return Problem("config-missing-key", document.line(path), path, f"{path[-1]}: …")
    return Problem("config-wrong-value", document.line(path), path, _expected(details))


def _place(details: ErrorDetails, values: Any) -> tuple[Path, Any]:
    """The path of the field in the file and what stands there: pydantic also names the arms of a
    union, and the key of a mapping.
    """
    path: list[str | int] = []
    for part in details["loc"]:
        is_missing = details["type"] == "missing" and part == details["loc"][-1]
        if _has(values, part):
            values = values[part]
        elif not is_missing:
            continue
        path.append(part)
    return tuple(path), values


def _has(values: object, part: str | int) -> bool:
    if isinstance(values, list):
        return isinstance(part, int) and part < len(values)
    return isinstance(values, Mapping) and part in values


def _expected(details: ErrorDetails) -> str:
    if details["type"] == "enum":
        return "one of: " + str(details["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
    return _EXPECTED.get(details["type"], _ANY)
