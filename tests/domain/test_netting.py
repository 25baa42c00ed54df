"""Rule 4: what may be chased of each item."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.domain.case import Case
from relance.domain.escalation.netting import broken_promises, net_account
from relance.domain.holds import AnnouncedPayment, Dispute, Promise, ReceivedPayment
from relance.domain.open_item import ItemFlag, ItemKind
from tests.builders import CALENDAR, a_case, a_credit, an_invoice, seen_on

OLD = an_invoice("OLD", due=date(2026, 1, 5), amount="300")
NEW = an_invoice("NEW", due=date(2026, 2, 5), amount="500")
TODAY = date(2026, 3, 2)


def chaseable(case: Case) -> dict[str, Decimal]:
    return {r.item.number: r.chaseable for r in net_account(case, CALENDAR).values()}


def test_credits_cover_the_oldest_due_first() -> None:
    case = a_case(NEW, OLD, a_credit(amount="-350"))
    assert chaseable(case) == {"OLD": Decimal(0), "NEW": Decimal(450)}


def test_a_credit_note_covers_its_own_invoice_first() -> None:
    case = a_case(NEW, OLD, a_credit(amount="-350", credits_number="NEW"))
    assert chaseable(case) == {"OLD": Decimal(300), "NEW": Decimal(150)}


def test_an_unmatched_payment_of_today_covers_too() -> None:
    case = a_case(OLD, a_credit(amount="-300", kind=ItemKind.PAYMENT, issued=TODAY))
    assert chaseable(case) == {"OLD": Decimal(0)}


def test_currencies_are_never_netted_together() -> None:
    dollars = an_invoice("USD", due=date(2026, 1, 1), amount="300", currency="USD")
    assert chaseable(a_case(dollars, a_credit(amount="-300"))) == {"USD": Decimal(300)}


def test_a_dispute_holds_its_amount_and_the_rest_goes_on() -> None:
    dispute = Dispute("d", {OLD.key: Decimal(100)}, "price", "ana", TODAY, TODAY)
    case = replace(a_case(OLD), holds=(dispute,))
    assert chaseable(case) == {"OLD": Decimal(200)}


def test_a_part_payment_counts_against_the_undisputed_part_first() -> None:
    dispute = Dispute("d", {OLD.key: Decimal(100)}, "price", "ana", TODAY, TODAY)
    paid = replace(OLD, open_amount=Decimal(150))
    assert chaseable(replace(a_case(paid), holds=(dispute,))) == {"OLD": Decimal(50)}


def test_a_resolved_dispute_holds_nothing() -> None:
    dispute = Dispute("d", {OLD.key: Decimal(100)}, "price", "ana", TODAY, TODAY, TODAY)
    assert chaseable(replace(a_case(OLD), holds=(dispute,))) == {"OLD": Decimal(300)}


def promise(means: str | None = None) -> Promise:
    return Promise("p", date(2026, 3, 13), None, {OLD.key: Decimal(300)}, means, TODAY)


def test_a_promise_is_broken_only_by_a_balance_later_than_its_grace() -> None:
    """Friday 13 + 2 working days = Tuesday 17: the balance of that day proves nothing yet."""
    case = replace(a_case(OLD), holds=(promise(),))
    assert chaseable(seen_on(case, date(2026, 3, 17))) == {"OLD": Decimal(0)}
    broken = seen_on(case, date(2026, 3, 18))
    assert chaseable(broken) == {"OLD": Decimal(300)}
    assert broken_promises(broken, CALENDAR) == (promise(),)


def test_a_cheque_has_five_days_of_grace() -> None:
    case = replace(a_case(OLD), holds=(promise("cheque"),))
    assert chaseable(seen_on(case, date(2026, 3, 20))) == {"OLD": Decimal(0)}
    assert chaseable(seen_on(case, date(2026, 3, 23))) == {"OLD": Decimal(300)}


def test_an_announced_payment_holds_until_a_later_balance_still_shows_the_item() -> None:
    paid = AnnouncedPayment("a", (OLD.key,), TODAY, date(2026, 3, 9))
    case = replace(a_case(OLD), holds=(paid,))
    assert chaseable(seen_on(case, date(2026, 3, 6))) == {"OLD": Decimal(0)}
    assert chaseable(seen_on(case, date(2026, 3, 9))) == {"OLD": Decimal(300)}


amounts = st.decimals("0.01", "5000", places=2)


@given(claims=st.lists(amounts, min_size=1, max_size=6), credit=amounts, disputed=amounts)
def test_every_cent_is_somewhere_and_nothing_is_negative(
    claims: list[Decimal], credit: Decimal, disputed: Decimal
) -> None:
    items = [
        an_invoice(f"F{n}", due=date(2026, 1, 1 + n), amount=str(amount))
        for n, amount in enumerate(claims)
    ]
    dispute = Dispute("d", {items[0].key: disputed}, "price", "ana", TODAY, TODAY)
    case = replace(a_case(*items, a_credit(amount=f"-{credit}")), holds=(dispute,))
    account = net_account(case, CALENDAR)
    for rest in account.values():
        parts = (rest.disputed, rest.promised, rest.announced, rest.covered, rest.chaseable)
        assert sum(parts) == rest.item.open_amount
        assert min(parts) >= 0
    covered = sum(rest.covered for rest in account.values())
    free = sum(rest.item.open_amount - rest.disputed for rest in account.values())
    assert covered == min(credit, free)


@pytest.mark.parametrize("flag", list(ItemFlag))
def test_what_the_accounts_flag_is_held_from_the_first_day(flag: ItemFlag) -> None:
    case = a_case(replace(OLD, flag=flag), NEW)
    rest = net_account(case, CALENDAR)[OLD.key]
    assert (rest.chaseable, rest.disputed) == (Decimal(0), Decimal(300))
    assert rest.hold_reason() == f"flagged-{flag}"
    assert chaseable(case)["NEW"] == Decimal(500)


def test_a_credit_does_not_cover_what_is_flagged() -> None:
    flagged = replace(OLD, flag=ItemFlag.DISPUTED)
    case = a_case(flagged, NEW, a_credit(amount="-100"))
    assert chaseable(case) == {"OLD": Decimal(0), "NEW": Decimal(400)}


def received(amount: int, owed: int = 300, key: str = "p1") -> ReceivedPayment:
    amounts, before = {OLD.key: Decimal(amount)}, {OLD.key: Decimal(owed)}
    return ReceivedPayment(key, amounts, before, TODAY, TODAY, date(2026, 3, 9))


class TestPaymentReceived:
    def test_it_holds_what_was_received_however_old_the_balance(self) -> None:
        case = replace(a_case(OLD), holds=(received(300),))
        for day in (TODAY, date(2026, 9, 1)):
            rest = net_account(seen_on(case, day), CALENDAR)[OLD.key]
            assert (rest.chaseable, rest.received) == (Decimal(0), Decimal(300))
            assert rest.hold_reason() == "payment-received"

    def test_the_rest_goes_on(self) -> None:
        case = replace(a_case(OLD), holds=(received(100),))
        assert chaseable(case) == {"OLD": Decimal(200)}

    def test_what_the_balance_took_off_since_is_its_posting(self) -> None:
        for open_amount, left in (("200", 200), ("250", 200), ("150", 150)):
            paid = replace(OLD, open_amount=Decimal(open_amount))
            case = replace(a_case(paid), holds=(received(100),))
            assert chaseable(case) == {"OLD": Decimal(left)}

    def test_two_receipts_add_up_and_are_posted_one_after_the_other(self) -> None:
        paid = replace(OLD, open_amount=Decimal(200))
        case = replace(a_case(paid), holds=(received(100), received(50, key="p2")))
        assert chaseable(case) == {"OLD": Decimal(150)}

    def test_once_posted_it_holds_nothing(self) -> None:
        case = replace(a_case(OLD), holds=(replace(received(300), posted_on=TODAY),))
        assert chaseable(case) == {"OLD": Decimal(300)}
