"""Whatever the domain can say comes back from JSON exactly."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relance.adapters.codec import case_from_json, case_to_json, from_json, pack, to_json, unpack
from relance.adapters.dynamodb import keys
from relance.application.ports import ImportRecord, StoredReply
from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.evidence import EvidenceEntry, entry_hash
from relance.domain.holds import Hold
from relance.domain.notice import Notice

ROOMY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# Money is a number, and an instant is aware: what the types alone do not say.
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))


@pytest.mark.parametrize("kind", [Creditor, Notice, StoredReply, ImportRecord, EvidenceEntry])
def test_values_come_back(kind: type[Any]) -> None:
    @ROOMY
    @given(st.from_type(kind))
    def comes_back(value: Any) -> None:
        assert from_json(kind, to_json(kind, value)) == value

    comes_back()


@ROOMY
@given(st.from_type(Case))
def test_cases_come_back(case: Case) -> None:
    text = case_to_json(case)
    back = case_from_json(
        text,
        facts=case.facts,
        items=case.items,
        version=case.version,
        chain=case.chain,
        pays_for=case.pays_for,
    )
    case = replace(case, payer=None)  # read with the case of the payer
    assert back == case
    # The text tells 1.0 from 1.00; a set has no order to compare.
    back, case = (replace(one, to_release=frozenset()) for one in (back, case))
    assert repr(back) == repr(case)


@ROOMY
@given(st.from_type(Hold))  # type: ignore[arg-type]
def test_every_kind_of_hold_keeps_its_kind(hold: Hold) -> None:
    back: Hold = from_json(Hold, to_json(Hold, hold))  # type: ignore[arg-type]
    assert type(back) is type(hold)
    assert repr(back) == repr(hold)


@ROOMY
@given(st.from_type(EvidenceEntry))
def test_an_entry_that_comes_back_has_the_same_hash(entry: EvidenceEntry) -> None:
    assert entry_hash(from_json(EvidenceEntry, to_json(EvidenceEntry, entry))) == entry_hash(entry)


@given(st.text())
def test_packing_loses_nothing(text: str) -> None:
    assert unpack(pack(text)) == text


@given(st.lists(st.text(max_size=40), min_size=2, max_size=2, unique=True))
def test_key_parts_are_exact_and_never_collide(texts: list[str]) -> None:
    one, two = texts
    assert keys.text_of(keys.part(one)) == one
    assert keys.last_part(keys.case("c", one)) == one
    assert "#" not in keys.part(one)
    assert keys.case(one, two) != keys.case(two, one)
