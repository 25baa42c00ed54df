"""An item is settled only if no rejected row can be it; a doubtful balance is not applied."""

from datetime import date

import pytest

from relance.domain.balance_reading import ReadItem, RejectedRow
from relance.domain.reconciliation.reconcile import (
    without_orphans,
)
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.reconciliation.suspicion import suspicion
from tests.application.fakes_import import a_balance, a_row
from tests.domain.balances import after, compared, kinds


class TestProtection:
    """An item is settled only if no rejected row can be it."""

    BEFORE = (
        a_row("FA-1"),
        a_row("FA-2"),
        a_row("FA-3", code="C002", name="Durand"),
    )

    @pytest.mark.parametrize(
        ("rejected", "settled"),
        [
            ((), {"FA-1", "FA-2", "FA-3"}),
            ((RejectedRow(5, "bad-amount", number="FA-1"),), {"FA-2", "FA-3"}),
            ((RejectedRow(5, "bad-amount", number=" fa-1 "),), {"FA-2", "FA-3"}),
            (
                (RejectedRow(5, "bad-amount", number="FA-1", debtor_code="C001"),),
                {"FA-2", "FA-3"},
            ),
            ((RejectedRow(5, "bad-amount", debtor_code="C001"),), {"FA-3"}),
            ((RejectedRow(5, "bad-amount", debtor_name="DURAND"),), {"FA-1", "FA-2"}),
            ((RejectedRow(5, "bad-number", number="F?-1", debtor_code="C001"),), {"FA-3"}),
            ((RejectedRow(5, "bad-number", number="FA-99"),), {"FA-1", "FA-2", "FA-3"}),
            ((RejectedRow(5, "unreadable"),), set()),
            (
                (RejectedRow(5, "x", number="FA-1"), RejectedRow(6, "x", debtor_code="C002")),
                {"FA-2"},
            ),
        ],
    )
    def test_a_rejected_row_never_settles(
        self, rejected: tuple[RejectedRow, ...], settled: set[str]
    ) -> None:
        found = compared(after(*self.BEFORE), a_balance(rejected=rejected))
        assert {c.after.number for _, c in found.item_changes()} == settled
        assert len(found.suspended) == 3 - len(settled)

    def test_good_rows_of_a_protected_debtor_go_in(self) -> None:
        rejected = (RejectedRow(5, "bad-amount", debtor_code="C001"),)
        now = (a_row("FA-2", open_amount="1.00"), a_row("FA-3", code="C002", name="Durand"))
        found = compared(after(*self.BEFORE), a_balance(*now, rejected=rejected))
        assert kinds(found) == {"FA-2|invoice|1": "part_paid"}
        assert found.suspended == (("C001", "FA-1|invoice|1"),)

    def test_a_protected_settlement_is_not_confirmed(self) -> None:
        gone = compared(after(*self.BEFORE), a_balance(*self.BEFORE[1:])).after
        rejected = (RejectedRow(5, "bad-amount", number="FA-1"),)
        again = a_balance(*self.BEFORE[1:], rejected=rejected)
        assert compared(gone, again, date(2026, 3, 9)).changes == {}

    def test_a_row_without_a_debtor_is_quarantined_with_its_number(self) -> None:
        read = without_orphans(a_balance(a_row("FA-1", code=None, name=None, line=7)))
        assert read.items == ()
        assert [(r.line, r.reason, r.number) for r in read.rejected] == [
            (7, "debtor-missing", "FA-1")
        ]


class TestSuspicion:
    def verdict(
        self, *rows: ReadItem, as_of: date | None = None, last: date | None = None
    ) -> str | None:
        known = after(*[a_row(f"FA-{n}", line=n) for n in range(10)])
        reading = a_balance(*rows, as_of=as_of)
        return suspicion(known, reading, compared(known, reading), last)

    def test_up_to_forty_percent_may_vanish(self) -> None:
        assert self.verdict(*[a_row(f"FA-{n}") for n in range(6)]) is None
        assert self.verdict(*[a_row(f"FA-{n}") for n in range(5)]) == "balance-shrunk"

    def test_part_payments_count(self) -> None:
        rows = [a_row(f"FA-{n}", open_amount="10.00") for n in range(10)]
        assert self.verdict(*rows) == "balance-shrunk"

    def test_empty(self) -> None:
        assert self.verdict() == "balance-empty"
        empty = a_balance()
        found = compared(BalanceSnapshot(), empty)
        assert suspicion(BalanceSnapshot(), empty, found, None) is None

    def test_older_than_the_last(self) -> None:
        rows = [a_row(f"FA-{n}") for n in range(10)]
        last = date(2026, 3, 1)
        assert self.verdict(*rows, as_of=date(2026, 2, 28), last=last) == "balance-older-than-last"
        assert self.verdict(*rows, as_of=last, last=last) is None

    def test_currencies_are_not_added_up(self) -> None:
        known = after(a_row("FA-1", amount="100000.00"), a_row("US-1", currency="USD"))
        reading = a_balance(a_row("FA-1", amount="100000.00"))
        reason = suspicion(known, reading, compared(known, reading), None)
        assert reason == "balance-currency-missing"
