"""What the creditor already told us about its exports."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

DateOrder = Literal["day-first", "month-first"]
DecimalMark = Literal[",", "."]
OwedSign = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True)
class BalanceHints:
    """Answers to the questions a file may raise. What a file proves wins over them.

    default_currency: ISO 4217, for files that name none; sheet: the sheet that lists the items;
    owed_sign: the sign of what customers owe, asked only when every amount is negative;
    terms_days: from issue to due date, for files without due dates; end_of_month: moved to the
    last day of the month then reached.
    """

    default_currency: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    sheet: str | None = None
    owed_sign: OwedSign | None = None
    terms_days: int | None = None
    end_of_month: bool = False

    def due_date(self, issued_on: date) -> date | None:
        """What the payment terms say of a document; None without terms."""
        if self.terms_days is None:
            return None
        due = issued_on + timedelta(days=self.terms_days)
        return due.replace(day=monthrange(due.year, due.month)[1]) if self.end_of_month else due
