"""Who is who from one balance to the next (design §6)."""

from dataclasses import replace
from datetime import date

import pytest

from relance.domain.balance_reading import ReadItem
from relance.domain.open_item import ItemKind
from relance.domain.reconciliation.identity import debtor_key, identify
from tests.application.fakes_import import a_balance, a_row
from tests.domain.balances import after, compared


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

    def test_an_export_sorted_otherwise_moves_nothing(self) -> None:
        """Duplicates that differ by what is left of them, or by their currency."""
        rows = [
            a_row(line=2, open_amount="10.00"),
            a_row(line=3, open_amount="20.00"),
            a_row(line=4, currency="USD"),
        ]
        sorted_otherwise = [replace(row, line=9 - row.line) for row in rows]
        assert compared(after(*rows), a_balance(*sorted_otherwise)).changes == {}

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
