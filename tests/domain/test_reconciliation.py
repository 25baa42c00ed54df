"""Design §6: identity of items, what a balance settles, and what a rejected row protects."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from relance.domain.balance_reading import BalanceReading, ReadItem, RejectedRow
from relance.domain.open_item import ItemKind, Settlement
from relance.domain.reconciliation.changes import ChangeKind
from relance.domain.reconciliation.identity import debtor_key, identify
from relance.domain.reconciliation.reconcile import (
    BalanceOrigin,
    Reconciliation,
    reconcile,
    without_orphans,
)
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.reconciliation.suspicion import suspicion, vanished_amounts
from tests.application.fakes_import import a_balance, a_row

MONDAY = date(2026, 3, 2)


def compared(
    snapshot: BalanceSnapshot, reading: BalanceReading, day: date = MONDAY, seq: int = 1
) -> Reconciliation:
    return reconcile(snapshot, reading, BalanceOrigin(seq, day, "sha", datetime.now(UTC)))


def after(*rows: ReadItem, day: date = MONDAY) -> BalanceSnapshot:
    return compared(BalanceSnapshot(), a_balance(*rows), day).after


def kinds(found: Reconciliation) -> dict[str, str]:
    return {change.after.key: change.kind.value for _, change in found.item_changes()}


class TestIdentity:
    @pytest.mark.parametrize(
        ("row", "key"),
        [
            (a_row("FA-2026-001"), "FA-2026-001|invoice|1"),
            (a_row("FA 2026 001 "), "FA_2026_001|invoice|1"),
            (a_row("A|1"), "A/1|invoice|1"),
            (a_row("AV-1", kind=ItemKind.CREDIT_NOTE), "AV-1|credit_note|1"),
            (
                a_row(None, kind=ItemKind.PAYMENT, amount="-120.50"),
                "payment|2026-01-02|-120.5|1",
            ),
            (
                a_row("RG-7", kind=ItemKind.PAYMENT, amount="-100.00", issued=None, due=None),
                "payment|undated|-100|1",
            ),
            (a_row("", kind=ItemKind.OTHER), "other|2026-01-02|1000|1"),
        ],
    )
    def test_keys_are_readable(self, row: ReadItem, key: str) -> None:
        assert [found for found, _ in identify([row], {})] == [key]

    def test_lines_of_one_number_are_ranked_by_due_date(self) -> None:
        later, sooner = a_row(line=2, due=date(2026, 4, 1)), a_row(line=3, due=date(2026, 3, 1))
        assert identify([later, sooner], {}) == [
            ("FA-1|invoice|1", sooner),
            ("FA-1|invoice|2", later),
        ]

    def test_duplicated_rows_are_two_items(self) -> None:
        assert [key for key, _ in identify([a_row(line=2), a_row(line=3)], {})] == [
            "FA-1|invoice|1",
            "FA-1|invoice|2",
        ]

    def test_a_line_keeps_its_rank_when_an_earlier_one_is_paid(self) -> None:
        dues = [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
        rows = [a_row(line=i, due=due) for i, due in enumerate(dues)]
        known = after(*rows).items_of("C001")
        assert [key[-1] for key, _ in identify(rows[1:], known)] == ["2", "3"]
        assert [key[-1] for key, _ in identify(rows[2:], known)] == ["3"]

    def test_a_date_moved_among_several_is_the_last_of_those_left(self) -> None:
        rows = [a_row(line=2, due=date(2026, 3, 1)), a_row(line=3, due=date(2026, 4, 1))]
        known = after(*rows).items_of("C001")
        moved = a_row(line=2, due=date(2026, 9, 1))
        assert identify([moved], known) == [("FA-1|invoice|2", moved)]

    def test_a_line_more_gets_a_new_rank(self) -> None:
        first = a_row(line=2, due=date(2026, 3, 1))
        known = after(first).items_of("C001")
        second = a_row(line=3, due=date(2026, 2, 1))
        assert dict(identify([first, second], known)) == {
            "FA-1|invoice|1": first,
            "FA-1|invoice|2": second,
        }

    @pytest.mark.parametrize(
        ("code", "name", "key"),
        [
            ("C001", "Dupont", "C001"),
            (" C001 ", None, "C001"),
            (None, "SARL Dupont & Fils", "name:sarl-dupont-et-fils"),
            ("", "Sarl DUPONT ET FILS ", "name:sarl-dupont-et-fils"),
            (None, "東京", "name:東京"),
            (None, "  ", None),
        ],
    )
    def test_a_debtor_is_its_code_else_its_name(
        self, code: str | None, name: str | None, key: str | None
    ) -> None:
        assert debtor_key(code, name) == key


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
        assert suspicion(known, reading, compared(known, reading), None) == "balance-shrunk"
