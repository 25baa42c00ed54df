"""What a new balance changes (design §6)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from relance.domain.balance_reading import ReadItem
from relance.domain.open_item import Settlement
from relance.domain.reconciliation.changes import ChangeKind
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.reconciliation.suspicion import vanished_amounts
from tests.application.fakes_import import a_balance, a_row
from tests.domain.balances import MONDAY, after, compared, kinds


class TestChanges:
    def test_new(self) -> None:
        assert kinds(compared(BalanceSnapshot(), a_balance(a_row()))) == {"FA-1|invoice|1": "new"}

    def test_unchanged(self) -> None:
        found = compared(after(a_row()), a_balance(replace(a_row(), line=9)))
        assert (found.changes, found.unchanged) == ({}, 1)

    @pytest.mark.parametrize(
        ("now", "kind"),
        [
            (a_row(open_amount="400.00"), "part_paid"),
            (a_row(open_amount="400.00", due=date(2026, 5, 2)), "part_paid"),
            (a_row(due=date(2026, 5, 2)), "changed"),
            (a_row(amount="900.00"), "changed"),
            (a_row(amount="1100.00"), "changed"),
        ],
    )
    def test_changed(self, now: ReadItem, kind: str) -> None:
        assert kinds(compared(after(a_row()), a_balance(now))) == {"FA-1|invoice|1": kind}

    def test_a_due_date_moved_later_is_told(self) -> None:
        for due, later in ((date(2026, 5, 2), True), (date(2026, 1, 15), False)):
            found = compared(after(a_row()), a_balance(a_row(due=due)))
            assert [c.due_moved_later for _, c in found.item_changes()] == [later]

    def test_a_debtor_renamed(self) -> None:
        found = compared(after(a_row()), a_balance(a_row(name="Dupont SAS")))
        change = found.changes["C001"]
        assert (change.renamed, change.name, change.items) == (True, "Dupont SAS", ())

    def test_absent_is_settled_then_confirmed_by_a_later_balance(self) -> None:
        once = compared(after(a_row(), a_row("FA-2")), a_balance(a_row("FA-2")))
        (change,) = once.changes["C001"].items
        assert change.after.settlement is Settlement.UNKNOWN_CAUSE
        assert (change.after.open_amount, change.after.settled_on) == (Decimal(0), MONDAY)
        same_day = compared(once.after, a_balance(a_row("FA-2")))
        assert same_day.changes == {}
        later = compared(once.after, a_balance(a_row("FA-2")), date(2026, 3, 9))
        assert kinds(later) == {"FA-1|invoice|1": "confirmed"}
        assert list(later.after.items_of("C001")) == ["FA-2|invoice|1"]

    def test_back_again_is_the_same_item(self) -> None:
        gone = compared(after(a_row(), a_row("FA-2")), a_balance(a_row("FA-2"))).after
        back = compared(gone, a_balance(a_row(), a_row("FA-2")), date(2026, 3, 9))
        assert kinds(back) == {"FA-1|invoice|1": "reopened"}

    def test_back_under_another_number_says_what_it_was(self) -> None:
        found = compared(after(a_row("FA-1")), a_balance(a_row("2026/FA-1")))
        reopened = [c for _, c in found.item_changes() if c.kind is ChangeKind.REOPENED]
        assert [(c.after.key, c.was) for c in reopened] == [
            ("2026/FA-1|invoice|1", "FA-1|invoice|1")
        ]
        assert vanished_amounts(found) == {"EUR": Decimal(0)}

    def test_another_amount_under_another_number_is_another_item(self) -> None:
        found = compared(after(a_row("FA-1")), a_balance(a_row("FA-9", amount="7.00")))
        assert kinds(found) == {"FA-9|invoice|1": "new", "FA-1|invoice|1": "settled"}
