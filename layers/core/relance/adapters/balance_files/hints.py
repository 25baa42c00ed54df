"""What the creditor already told us about its exports."""

from dataclasses import dataclass
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
