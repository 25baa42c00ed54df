"""A report as JSON: whole, however long. One element of a list per line, written as it comes, so
that no more than one copy of a long report is in memory.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from io import BytesIO


def encode_report(values: Mapping[str, object]) -> bytes:
    """The same bytes for the same values."""
    out = BytesIO()
    out.write(b"{")
    for place, (name, value) in enumerate(values.items()):
        out.write(b",\n" if place else b"\n")
        out.write(f" {json.dumps(name)}: ".encode())
        _write(out, value)
    out.write(b"\n}\n")
    return out.getvalue()


def _write(out: BytesIO, value: object) -> None:
    if not isinstance(value, tuple | list) or not value:
        out.write(_text(value))
        return
    out.write(b"[")
    for place, one in enumerate(value):
        out.write(b",\n  " if place else b"\n  ")
        out.write(_text(one))
    out.write(b"\n ]")


def _text(value: object) -> bytes:
    """A lone half of a surrogate pair, as a broken file may hold, becomes "?"."""
    return json.dumps(value, ensure_ascii=False, default=_plain).encode(errors="replace")


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    return str(value)
