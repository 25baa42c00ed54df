"""Values to JSON text and back, through the domain's own dataclasses: no parallel models."""

import json
import zlib
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

from relance.domain.case import Case, CreditorFacts
from relance.domain.evidence import ChainHead
from relance.domain.open_item import ItemKey, OpenItem

T = TypeVar("T")

_STORED_ELSEWHERE = {"facts", "items", "version", "chain", "payer", "pays_for"}
"""Fields of a case that are attributes or rows of their own, or belong to somebody else."""


def to_json(kind: type[T], value: T, *, leave_out: frozenset[str] = frozenset()) -> str:
    """Compact JSON; decimals are strings, so nothing is rounded."""
    return _adapter(cast(Hashable, kind)).dump_json(value, exclude=set(leave_out)).decode()


def from_json(kind: type[T], text: str, **added: Any) -> T:
    """The value back; `added`: the fields that the text leaves out, already typed."""
    adapter = _adapter(cast(Hashable, kind))
    if not added:
        return cast(T, adapter.validate_json(text))
    return cast(T, adapter.validate_python({**json.loads(text), **added}))


def case_to_json(case: Case) -> str:
    return to_json(Case, case, leave_out=frozenset(_STORED_ELSEWHERE))


def case_from_json(
    text: str,
    *,
    facts: CreditorFacts,
    items: Mapping[ItemKey, OpenItem],
    version: int,
    chain: ChainHead,
    pays_for: tuple[str, ...] = (),
) -> Case:
    return from_json(
        Case,
        text,
        facts=facts,
        items=dict(items),
        version=version,
        chain=chain,
        pays_for=pays_for,
    )


def pack(text: str) -> bytes:
    """Deflated text: the progress of a large case repeats itself and shrinks about ten times."""
    return zlib.compress(text.encode(), 6)


def unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Built on first use: building them all at import would cost every cold start."""
    return TypeAdapter(cast(Any, kind))
