"""A profile is proposed from what was seen, with its reasons, and never applied by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from relance.domain.debtor import PayerProfile
from relance.domain.open_item import PaymentMethod
from relance.domain.payer_profile import ProfileThresholds, propose_profile, with_proposal
from relance.domain.payment_history import PaymentHistory
from tests.builders import a_case, a_debtor, an_invoice
from tests.domain.paid import a_paid, several

CASE = a_case()


@pytest.mark.parametrize(
    ("history", "profile"),
    [
        (several(6, days_late=0), PayerProfile.GOOD),
        (several(6, days_late=-5), PayerProfile.GOOD),
        (several(6, days_late=12, reminders=1), PayerProfile.NEGLIGENT),
        (several(6, days_late=40, reminders=3), PayerProfile.BAD_PAYER),
        (several(6, days_late=40, reminders=3, part_paid=True), PayerProfile.SHORT_OF_CASH),
        (several(6, days_late=40, reminders=3, disputed=True), PayerProfile.DISPUTE),
        (several(6, method=PaymentMethod.DIRECT_DEBIT), PayerProfile.AUTOMATIC),
        (several(6, days_late=12), None),
    ],
)
def test_what_is_proposed(history: PaymentHistory, profile: PayerProfile | None) -> None:
    found = propose_profile(CASE, history)
    assert found.profile is profile
    assert found.reasons


def test_a_few_items_prove_nothing() -> None:
    found = propose_profile(CASE, several(4, days_late=60, reminders=5))
    assert found.profile is None
    assert found.reasons[0].code == "too-few-paid-items"
    assert found.reasons[0].values == {"items": "4", "least": "5"}


def test_the_reasons_tell_the_figures() -> None:
    (days, asked) = propose_profile(CASE, several(6, days_late=40, reminders=3)).reasons
    assert (days.code, days.values) == ("days-late", {"days": "40.0", "items": "6"})
    assert (asked.code, asked.values) == ("reminders-needed", {"reminders": "3.0"})


def test_a_public_body_is_administrative_whatever_it_paid() -> None:
    town = replace(a_debtor(), name="Commune de Vannes")
    assert propose_profile(a_case(debtor=town), several(6)).profile is PayerProfile.ADMINISTRATIVE


def test_bills_of_exchange_are_known_before_anything_is_paid() -> None:
    bill = replace(an_invoice(), payment_method=PaymentMethod.BILL_OF_EXCHANGE)
    assert propose_profile(a_case(bill), PaymentHistory()).profile is PayerProfile.AUTOMATIC
    assert propose_profile(a_case(bill, an_invoice("B")), PaymentHistory()).profile is None


def test_the_currency_of_most_items_decides() -> None:
    history = several(6, days_late=40, reminders=3).with_paid([a_paid("X", currency="USD")])
    assert propose_profile(CASE, history).profile is PayerProfile.BAD_PAYER


def test_thresholds_are_data() -> None:
    patient = ProfileThresholds(bad_payer_days=Decimal(60))
    found = propose_profile(CASE, several(6, days_late=40, reminders=3), patient)
    assert found.profile is PayerProfile.NEGLIGENT


def test_a_proposal_changes_no_profile() -> None:
    debtor = with_proposal(a_debtor(), PayerProfile.NEGLIGENT)
    assert (debtor.profile, debtor.proposed_profile) == (None, PayerProfile.NEGLIGENT)


def test_what_a_person_confirmed_is_not_proposed_again() -> None:
    known = replace(a_debtor(), profile=PayerProfile.GOOD)
    assert with_proposal(known, PayerProfile.GOOD).proposed_profile is None
    again = with_proposal(known, PayerProfile.NEGLIGENT)
    assert (again.profile, again.proposed_profile) == (PayerProfile.GOOD, PayerProfile.NEGLIGENT)
    assert with_proposal(again, None).proposed_profile is None
