"""The statement of a notice: every open amount once, and a sum that adds up (rules 3 and 4)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.netting import net_account
from relance.domain.escalation.statement import build_statement
from relance.domain.holds import Dispute, Promise
from relance.domain.open_item import ItemKey
from relance.domain.statement import SectionKind, Statement
from tests.builders import CALENDAR, a_case, a_credit, an_invoice

MONDAY = date(2026, 3, 2)
LATE = an_invoice("LATE", due=MONDAY - timedelta(days=20), amount="500")
SOON = an_invoice("SOON", due=MONDAY + timedelta(days=20), amount="70")


def statement(case: Case, *asked: ItemKey) -> Statement:
    return build_statement(case, net_account(case, CALENDAR), set(asked), CALENDAR, MONDAY)


def amounts(found: Statement) -> dict[SectionKind, dict[str, Decimal]]:
    return {
        section.kind: {line.number: line.amount for line in section.lines}
        for section in found.sections
    }


def test_the_lines_asked_sum_up_to_what_is_asked_with_credits_deducted() -> None:
    found = statement(a_case(LATE, SOON, a_credit(amount="-120")), LATE.key)
    assert amounts(found) == {
        SectionKind.ASKED: {"LATE": Decimal(380)},
        SectionKind.NOT_DUE: {"SOON": Decimal(70)},
        SectionKind.CREDITS: {"AV-1": Decimal(-120)},
    }
    assert found.asked == {"EUR": Decimal(380)}


def test_a_line_is_split_between_what_is_asked_promised_and_disputed() -> None:
    holds = (
        Dispute("d", {LATE.key: Decimal(100)}, "price", "ana", MONDAY, MONDAY),
        Promise("p", MONDAY, None, {LATE.key: Decimal(150)}, None, MONDAY),
    )
    found = statement(replace(a_case(LATE), holds=holds), LATE.key)
    assert amounts(found) == {
        SectionKind.ASKED: {"LATE": Decimal(250)},
        SectionKind.PROMISED: {"LATE": Decimal(150)},
        SectionKind.DISPUTED: {"LATE": Decimal(100)},
    }


def test_what_fell_due_on_a_sunday_is_not_late_on_monday_and_is_shown() -> None:
    sunday = an_invoice("SUNDAY", due=MONDAY - timedelta(days=1), amount="90")
    found = statement(a_case(LATE, sunday), LATE.key)
    assert amounts(found)[SectionKind.NOT_DUE] == {"SUNDAY": Decimal(90)}


def test_sums_are_per_currency() -> None:
    pounds = an_invoice("GBP", due=MONDAY - timedelta(days=9), amount="40", currency="GBP")
    found = statement(a_case(LATE, pounds), LATE.key, pounds.key)
    assert found.asked == {"EUR": Decimal(500), "GBP": Decimal(40)}
