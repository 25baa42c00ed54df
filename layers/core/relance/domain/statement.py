"""What a notice shows of the account: sections of lines, and the sum asked (design §5 rule 3)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from relance.domain.open_item import ItemKey, ItemKind


class SectionKind(StrEnum):
    """In the order in which a message shows them."""

    ASKED = "asked"
    PROMISED = "promised"
    DISPUTED = "disputed"
    AGREED = "agreed"
    """In a plan, otherwise arranged, or held by a person of ours."""
    NOT_DUE = "not_due"
    CREDITS = "credits"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """amount: what this section holds of the item (a part when it is partly disputed, promised or
    covered); open_amount: all that is open of it. Credits are negative.
    """

    key: ItemKey
    number: str
    kind: ItemKind
    issue_date: date | None
    due_date: date | None
    original_amount: Decimal
    open_amount: Decimal
    amount: Decimal
    currency: str
    days_late: int
    order_number: str | None = None
    promised_for: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    kind: SectionKind
    lines: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """as_of: the date of the balance it was made from; asked: the sum asked per currency, credits
    deducted, never negative.
    """

    as_of: date | None
    sections: tuple[Section, ...]
    asked: dict[str, Decimal]

    def section(self, kind: SectionKind) -> Section | None:
        return next((section for section in self.sections if section.kind is kind), None)
