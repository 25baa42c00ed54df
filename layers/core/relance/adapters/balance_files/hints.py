"""What the creditor already told us about its exports."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from relance.domain.balance_settings import BalanceSettings, DateOrder, DecimalMark, OwedSign

__all__ = ["BalanceHints", "DateOrder", "DecimalMark", "OwedSign", "hints_of"]


@dataclass(frozen=True, slots=True)
class BalanceHints:
    """Answers to the questions a file may raise. What a file proves of its notations wins over
    them; a pinned column or header row wins over what the file seems to be.

    default_currency: ISO 4217, for files that name none; sheet: the sheet that lists the items;
    owed_sign: the sign of what customers owe, asked only when every amount is negative; mapping:
    field of ours to column name, 1-based index or letter; header_row: 1-based line of the header,
    0 for a file without one; terms_days: from issue to due date, for files without due dates;
    end_of_month: moved to the last day of the month then reached.
    """

    default_currency: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    sheet: str | None = None
    owed_sign: OwedSign | None = None
    mapping: Mapping[str, str | int] = field(default_factory=dict)
    header_row: int | None = None
    terms_days: int | None = None
    end_of_month: bool = False

    def due_date(self, issued_on: date) -> date | None:
        """By the terms agreed; None when none are known."""
        if self.terms_days is None:
            return None
        due = issued_on + timedelta(days=self.terms_days)
        return due.replace(day=monthrange(due.year, due.month)[1]) if self.end_of_month else due


def hints_of(
    settings: BalanceSettings, currency: str | None = None, terms_days: int | None = None
) -> BalanceHints:
    """currency, terms_days: the creditor's own, for settings that say nothing of them."""
    return BalanceHints(
        settings.default_currency or currency,
        settings.date_order,
        settings.decimal_mark,
        settings.sheet,
        settings.owed_sign,
        settings.mapping,
        settings.header_row,
        terms_days if settings.terms_days is None else settings.terms_days,
    )
