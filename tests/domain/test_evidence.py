"""The chain of a case: any change is noticed, personal text can be erased."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.evidence import (
    ChainHead,
    EvidenceDraft,
    EvidenceEntry,
    ObjectRef,
    chain_problem,
    head_of,
    seal,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
texts = st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=3)


def chain(*drafts: EvidenceDraft) -> tuple[EvidenceEntry, ...]:
    head, entries = ChainHead(0, ""), []
    for number, draft in enumerate(drafts):
        entry = seal(draft, head, salt=f"{number:032x}")
        head = head_of(entry)
        entries.append(entry)
    return tuple(entries)


def draft(kind: str = "sent", **personal: str) -> EvidenceDraft:
    ref = ObjectRef("a/b.eml", "v1", "00ff")
    return EvidenceDraft(NOW, "system", kind, {"notice": "n1"}, personal, (ref,))


@given(st.lists(st.tuples(texts, texts), max_size=6))
def test_a_chain_as_it_was_sealed_is_consistent(parts: list[tuple[Any, Any]]) -> None:
    drafts = [EvidenceDraft(NOW, "x", "k", facts, personal) for facts, personal in parts]
    assert chain_problem(chain(*drafts)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "other"},
        {"actor": "paul"},
        {"at": datetime(2026, 3, 3, tzinfo=UTC)},
        {"facts": {"notice": "n2"}},
        {"objects": ()},
        {"objects": (ObjectRef("a/b.eml", "v2", "00ff"),)},
        {"digests": {}},
    ],
)
def test_any_change_of_an_entry_is_noticed(change: dict[str, Any]) -> None:
    first, second, third = chain(draft(), draft(name="Durand"), draft())
    altered = (first, replace(second, **change), third)
    assert chain_problem(altered) == "evidence-entry-altered"


def test_an_entry_taken_out_is_noticed() -> None:
    first, _, third = chain(draft(), draft(), draft())
    assert chain_problem((first, third)) == "evidence-entry-missing"


def test_an_entry_sealed_again_breaks_the_next() -> None:
    first, second, third = chain(draft(), draft(), draft())
    forged = seal(draft("forged"), head_of(first), salt="0" * 32)
    assert second != forged
    assert chain_problem((first, forged, third)) == "evidence-chain-broken"


def test_altered_personal_text_is_noticed() -> None:
    (entry,) = chain(draft(name="Durand"))
    altered = replace(entry, personal={"name": "Dupont"})
    assert chain_problem((altered,)) == "evidence-personal-altered"


def test_erasing_personal_text_and_its_salt_leaves_a_valid_chain() -> None:
    (entry,) = chain(draft(name="Durand"))
    erased = replace(entry, personal={}, salt=None)
    assert chain_problem((erased,)) is None
    assert "Durand" not in repr(erased)
