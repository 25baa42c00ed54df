"""The contract of CaseStore, on every engine: how a debtor has paid."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from relance.application.ports import CaseChange, Conflict
from relance.domain.debtor import PayerProfile
from relance.domain.open_item import PaymentMethod
from relance.domain.payment_history import RECENT, PaymentHistory
from tests.adapters.stores.conftest import AnyStores
from tests.adapters.stores.samples import case, creditor, draft
from tests.domain.paid import a_paid, paid_history

FULL = a_paid(
    "FA-1|à #1",
    days_late=3,
    amount="1234567890123456789.0000000001",
    issued=date(2026, 1, 2),
    reminders=2,
    disputed=True,
    part_paid=True,
    method=PaymentMethod.CHEQUE,
)


def test_nothing_settled_is_an_empty_history(stores: AnyStores) -> None:
    stores.of("acme").cases.commit(CaseChange(case(), draft()))
    assert stores.of("acme").cases.payments("C001") == PaymentHistory()


def test_it_comes_back_to_the_last_digit(stores: AnyStores) -> None:
    history = paid_history(FULL, *(a_paid(f"FA-{n}", amount="0.10") for n in range(RECENT + 5)))
    stores.of("acme").cases.commit(CaseChange(case(), draft(), payments=history))
    found = stores.of("acme").cases.payments("C001")
    assert found == history
    assert repr(found) == repr(history)
    assert found.months


def test_a_change_that_says_nothing_of_it_leaves_it(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    now = cases.commit(CaseChange(case(), draft(), payments=paid_history(FULL)))
    cases.commit(CaseChange(now, draft()))
    assert cases.payments("C001") == paid_history(FULL)


def test_it_is_written_with_its_case_or_not_at_all(stores: AnyStores) -> None:
    cases = stores.of("acme").cases
    now = cases.commit(CaseChange(case(), draft(), payments=paid_history(FULL)))
    cases.commit(CaseChange(now, draft()))
    with pytest.raises(Conflict):
        cases.commit(CaseChange(now, draft(), payments=PaymentHistory()))
    assert cases.payments("C001") == paid_history(FULL)


def test_each_debtor_and_each_creditor_has_its_own(stores: AnyStores) -> None:
    stores.of("acme").cases.commit(CaseChange(case(), draft(), payments=paid_history(FULL)))
    assert stores.of("acme").cases.payments("C002") == PaymentHistory()
    assert stores.of("other").cases.payments("C001") == PaymentHistory()


def test_what_waits_for_its_confirmation_and_the_profile_are_in_the_case(
    stores: AnyStores,
) -> None:
    made = case()
    debtor = replace(
        made.debtor, profile=PayerProfile.GOOD, proposed_profile=PayerProfile.BAD_PAYER
    )
    made = replace(made, settling=(FULL,), debtor=debtor)
    stores.of("acme").cases.commit(CaseChange(made, draft()))
    found = stores.of("acme").cases.load("C001", creditor())
    assert found is not None
    assert found.settling == (FULL,)
    assert found.settling[0].amount == Decimal("1234567890123456789.0000000001")
    assert found.debtor == debtor
