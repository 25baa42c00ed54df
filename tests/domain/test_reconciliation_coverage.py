"""Balances in parts, additions, what is covered until maturity, and codes that became one (§6)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from relance.domain.balance_reading import BalanceReading, ReadItem, ReadParties, SummaryRow
from relance.domain.balance_settings import BalanceMode, BalancePart, PartBy
from relance.domain.open_item import ItemKind, PaymentMethod, Settlement
from relance.domain.reconciliation.reconcile import BalanceOrigin, Reconciliation, reconcile
from relance.domain.reconciliation.rules import BalanceRules
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.reconciliation.suspicion import suspicion, vanished_amounts
from tests.application.fakes_import import a_balance, a_row
from tests.builders import CALENDAR
from tests.domain.balances import MONDAY, kinds

CURRENCIES = (
    BalancePart("home", PartBy.CURRENCY, "EUR"),
    BalancePart("export", PartBy.CURRENCY, "USD"),
)
FILES = (
    BalancePart("north", PartBy.FILE, "*nord*"),
    BalancePart("south", PartBy.FILE, "*sud*"),
)
ACCOUNTS = (
    BalancePart("ordinary", PartBy.ACCOUNT, "411"),
    BalancePart("doubtful", PartBy.ACCOUNT, "416"),
)
EUROS, DOLLARS = a_row("FA-1"), a_row("US-1", currency="USD")
SUNDAY_AFTER = date(2026, 3, 8)


def step(
    before: BalanceSnapshot, reading: BalanceReading, rules: BalanceRules, day: date = MONDAY
) -> Reconciliation:
    return reconcile(before, reading, BalanceOrigin(1, day, "s", datetime.now(UTC)), rules)


def rules(*parts: BalancePart, file: str = "balance.csv") -> BalanceRules:
    return BalanceRules(parts=parts, file_name=file, calendar=CALENDAR)


class TestAddition:
    def test_absence_from_an_addition_settles_nothing(self) -> None:
        delta = BalanceRules(mode=BalanceMode.DELTA)
        first = step(BalanceSnapshot(), a_balance(EUROS), delta).after
        found = step(first, a_balance(a_row("FA-2")), delta, SUNDAY_AFTER)
        assert kinds(found) == {"FA-2|invoice|1": "new"}
        assert len(found.after.items_of("C001")) == 2
        assert suspicion(first, a_balance(), step(first, a_balance(), delta), None, delta) is None

    def test_what_an_addition_shows_again_is_the_same_item(self) -> None:
        delta = BalanceRules(mode=BalanceMode.DELTA)
        first = step(BalanceSnapshot(), a_balance(EUROS), delta).after
        found = step(first, a_balance(a_row(open_amount="10.00")), delta)
        assert kinds(found) == {"FA-1|invoice|1": "part_paid"}


class TestParts:
    def test_absence_settles_within_the_parts_of_the_file_only(self) -> None:
        both = step(BalanceSnapshot(), a_balance(EUROS, DOLLARS), rules(*CURRENCIES)).after
        assert {i.number: i.part for _, i in both.each()} == {"FA-1": "home", "US-1": "export"}
        found = step(
            both, a_balance(a_row("FA-2", amount="5.00")), rules(*CURRENCIES), SUNDAY_AFTER
        )
        assert kinds(found) == {"FA-2|invoice|1": "new", "FA-1|invoice|1": "settled"}
        assert found.compared == {"EUR": EUROS.open_amount}

    def test_a_file_is_a_part_by_its_name(self) -> None:
        north = step(BalanceSnapshot(), a_balance(EUROS), rules(*FILES, file="Nord 02.csv")).after
        south = step(north, a_balance(a_row("FA-2")), rules(*FILES, file="SUD.csv"))
        assert kinds(south) == {"FA-2|invoice|1": "new"}
        assert set(south.after.parts) == {"north", "south"}
        empty = step(south.after, a_balance(), rules(*FILES, file="sud.csv"))
        assert kinds(empty) == {"FA-2|invoice|1": "settled"}

    def test_an_item_goes_from_one_part_to_another_as_the_same_item(self) -> None:
        ordinary = replace(EUROS, account="411000")
        doubtful = replace(EUROS, account="416000")
        first = step(BalanceSnapshot(), a_balance(ordinary), rules(*ACCOUNTS)).after
        moved = step(first, a_balance(doubtful), rules(*ACCOUNTS))
        assert kinds(moved) == {"FA-1|invoice|1": "changed"}
        left = step(moved.after, a_balance(replace(a_row("FA-2"), account="411")), rules(*ACCOUNTS))
        assert kinds(left) == {"FA-2|invoice|1": "new"}

    def test_the_same_number_in_two_parts_is_two_items(self) -> None:
        first = step(BalanceSnapshot(), a_balance(a_row("7")), rules(*CURRENCIES)).after
        other = a_row("7", currency="USD", amount="55.00")
        found = step(first, a_balance(other), rules(*CURRENCIES))
        assert kinds(found) == {"7|invoice|2": "new"}

    def test_what_was_known_before_parts_were_declared_is_settled_once_all_have_come(self) -> None:
        old = step(BalanceSnapshot(), a_balance(EUROS), rules()).after
        south = step(old, a_balance(a_row("FA-2")), rules(*FILES, file="sud.csv"))
        assert kinds(south) == {"FA-2|invoice|1": "new"}
        north = step(
            south.after, a_balance(a_row("FA-3", amount="5.00")), rules(*FILES, file="nord.csv")
        )
        assert kinds(north) == {"FA-3|invoice|1": "new", "FA-1|invoice|1": "settled"}

    def test_rows_of_no_declared_part_ask_a_person(self) -> None:
        reading = a_balance(EUROS, replace(DOLLARS, currency="CHF"))
        given = rules(*CURRENCIES)
        found = step(BalanceSnapshot(), reading, given)
        assert suspicion(BalanceSnapshot(), reading, found, None, given) == "balance-part-unknown"

    def test_a_part_is_compared_with_its_own_last_date(self) -> None:
        given = rules(*CURRENCIES)
        both = step(BalanceSnapshot(), a_balance(EUROS), given, MONDAY).after
        late = step(both, a_balance(DOLLARS), given, SUNDAY_AFTER).after
        older = a_balance(EUROS, as_of=MONDAY)
        assert suspicion(late, older, step(late, older, given), SUNDAY_AFTER, given) is None
        before = a_balance(EUROS, as_of=date(2026, 2, 27))
        found = suspicion(late, before, step(late, before, given), SUNDAY_AFTER, given)
        assert found == "balance-older-than-last"


class TestCovered:
    """Handed to the bank: paid unless it comes back."""

    @pytest.mark.parametrize(
        ("bill", "covered"),
        [
            (replace(EUROS, payment_method=PaymentMethod.BILL_OF_EXCHANGE), True),
            (replace(EUROS, payment_method=PaymentMethod.DIRECT_DEBIT), True),
            (replace(EUROS, payment_method=PaymentMethod.CHEQUE), True),
            (replace(EUROS, account="413100"), True),
            (replace(EUROS, payment_method=PaymentMethod.TRANSFER, account="411"), False),
        ],
    )
    def test_what_may_be_returned_is_covered_first(self, bill: ReadItem, covered: bool) -> None:
        known = step(BalanceSnapshot(), a_balance(bill), rules()).after
        (change,) = step(known, a_balance(), rules()).changes["C001"].items
        cause = Settlement.COVERED if covered else Settlement.UNKNOWN_CAUSE
        assert (change.after.settlement, change.after.is_open) == (cause, False)

    def test_until_its_maturity_and_five_working_days(self) -> None:
        bill = replace(EUROS, due_date=date(2026, 3, 31), payment_method=PaymentMethod.CHEQUE)
        known = step(BalanceSnapshot(), a_balance(bill), rules()).after
        gone = step(known, a_balance(), rules()).after
        for day in (date(2026, 3, 20), date(2026, 4, 8)):
            assert step(gone, a_balance(), rules(), day).changes == {}
        later = step(gone, a_balance(), rules(), date(2026, 4, 9))
        assert kinds(later) == {"FA-1|invoice|1": "confirmed"}

    def test_what_comes_back_is_told_as_returned(self) -> None:
        bill = replace(EUROS, payment_method=PaymentMethod.CHEQUE)
        known = step(BalanceSnapshot(), a_balance(bill), rules()).after
        gone = step(known, a_balance(), rules()).after
        (change,) = step(gone, a_balance(bill), rules(), SUNDAY_AFTER).changes["C001"].items
        assert (change.kind.value, change.was_returned) == ("reopened", True)


class TestMerged:
    OLD = (a_row("FA-1", code="A"), a_row("FA-2", code="A"), a_row("FA-3", code="B"))

    def known(self) -> BalanceSnapshot:
        return step(BalanceSnapshot(), a_balance(*self.OLD), rules()).after

    def now(self, *numbers: str, code: str = "B") -> BalanceReading:
        return a_balance(*[a_row(number, code=code) for number in numbers])

    def test_a_code_whose_items_are_under_another_is_merged(self) -> None:
        found = step(self.known(), self.now("FA-1", "FA-2", "FA-3"), rules())
        change = found.changes["A"]
        assert change.merged_into == "B"
        assert [(c.kind.value, c.now) for c in change.items] == [
            ("moved", "FA-1|invoice|1"),
            ("moved", "FA-2|invoice|1"),
        ]
        assert vanished_amounts(found) == {}
        assert "A" not in found.after.debtors

    def test_what_did_not_move_is_settled(self) -> None:
        items = step(self.known(), self.now("FA-1", "FA-3"), rules()).changes["A"].items
        assert {c.after.number: c.kind.value for c in items} == {"FA-1": "moved", "FA-2": "settled"}

    def test_less_than_half_of_it_is_no_merge(self) -> None:
        rows = [a_row(f"FA-{n}", code="A") for n in range(5)]
        known = step(BalanceSnapshot(), a_balance(*rows), rules()).after
        found = step(known, self.now("FA-0", "FA-1"), rules())
        assert found.changes["A"].merged_into is None

    def test_a_code_that_the_file_still_shows_is_not_merged(self) -> None:
        rows = (a_row("FA-9", code="A", amount="1.00"), *self.now("FA-1", "FA-2").items)
        found = step(self.known(), a_balance(*rows), rules())
        assert found.changes["A"].merged_into is None

    def test_the_same_number_known_under_both_is_two_items(self) -> None:
        rows = (a_row("FA-1", code="A"), a_row("FA-1", code="B"))
        known = step(BalanceSnapshot(), a_balance(*rows), rules()).after
        assert step(known, self.now("FA-1"), rules()).changes["A"].merged_into is None

    def test_many_merges_ask_a_person(self) -> None:
        rows = [a_row(f"FA-{n}", code=f"C{n}") for n in range(8)]
        known = step(BalanceSnapshot(), a_balance(*rows), rules()).after
        for moved, reason in ((3, None), (4, "balance-debtors-merged")):
            now = [a_row(f"FA-{n}", code=f"{'D' if n < moved else 'C'}{n}") for n in range(8)]
            reading = a_balance(*now)
            found = step(known, reading, rules())
            assert suspicion(known, reading, found, None) == reason


class TestGaps:
    def verdict(self, before: list[ReadItem], now: list[ReadItem]) -> str | None:
        known = step(BalanceSnapshot(), a_balance(*before), rules()).after
        reading = a_balance(*now)
        return suspicion(known, reading, step(known, reading, rules()), None)

    def rows(self, *names: int) -> list[ReadItem]:
        return [a_row(f"FA-{n}", code=f"C{n:03}", name=f"Client {n:03}") for n in names]

    def test_a_range_of_codes_that_is_missing(self) -> None:
        everybody = self.rows(*range(40))
        assert self.verdict(everybody, everybody[:30]) == "balance-range-missing"
        scattered = [row for n, row in enumerate(everybody) if n % 4]
        assert self.verdict(everybody, scattered) is None

    def test_a_whole_account_that_is_missing(self) -> None:
        ordinary = [replace(row, account="411000") for row in self.rows(*range(0, 40, 2))]
        other = [replace(row, account="411900") for row in self.rows(1, 15, 33)]
        assert self.verdict(ordinary + other, ordinary) == "balance-account-missing"
        assert self.verdict(ordinary + other[:2], ordinary) is None

    def test_another_creditors_balance(self) -> None:
        theirs = [a_row(f"B-{n}", code=f"X{n}", name=f"Autre {n}") for n in range(10)]
        assert self.verdict(self.rows(*range(10)), theirs) == "balance-of-another-creditor"

    def test_a_recoded_ledger_is_not_another_creditors(self) -> None:
        same = [replace(row, debtor_code=f"9{row.debtor_code}") for row in self.rows(*range(10))]
        assert self.verdict(self.rows(*range(10)), same) == "balance-debtors-merged"


def test_a_customers_total_without_its_items_settles_none_of_them() -> None:
    known = step(BalanceSnapshot(), a_balance(EUROS, a_row("FA-2", code="C2")), rules()).after
    total = SummaryRow(5, "C001", None, EUROS.amount, "EUR")
    reading = replace(a_balance(a_row("FA-2", code="C2")), summary=(total,))
    assert step(known, reading, rules()).changes == {}


def test_who_else_the_rows_name_is_a_change_once() -> None:
    row = replace(EUROS, parties=ReadParties(salesperson="Ana"))
    known = step(BalanceSnapshot(), a_balance(EUROS), rules()).after
    found = step(known, a_balance(row), rules())
    assert found.changes["C001"].parties == ReadParties(salesperson="Ana")
    assert step(found.after, a_balance(row), rules()).changes == {}
    assert step(found.after, a_balance(EUROS), rules()).changes == {}


def test_a_kind_better_understood_is_the_same_item() -> None:
    known = step(BalanceSnapshot(), a_balance(replace(EUROS, kind=ItemKind.OTHER)), rules()).after
    found = step(known, a_balance(EUROS), rules())
    reopened = [c for _, c in found.item_changes() if c.was is not None]
    assert [(c.after.key, c.was) for c in reopened] == [("FA-1|invoice|1", "FA-1|other|1")]
    assert vanished_amounts(found) == {"EUR": 0}
