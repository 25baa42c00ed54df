"""The statement of account that a notice shows (design §5 rules 3 and 4)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.netting import Account, Rest
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.statement import Section, SectionKind, Statement, StatementLine
from relance.domain.working_days import WorkingCalendar

AmountOf = Callable[[Rest], Decimal]


def build_statement(
    case: Case, account: Account, asked: set[ItemKey], calendar: WorkingCalendar, today: date
) -> Statement:
    """asked: the items demanded now. Their lines hold the rest once credits are deducted, so that
    they sum up to what is asked; the credits are shown for information. What fell due on a closed
    day is not late before the next open day is over.
    """
    late = [rest for rest in account.values() if _is_late(rest.item, calendar, today)]
    soon = [rest for rest in account.values() if rest not in late]
    demanded = [rest for rest in late if rest.item.key in asked]
    sections = [
        _section(SectionKind.ASKED, demanded, lambda rest: rest.chaseable, today),
        _section(SectionKind.PROMISED, late, _awaited, today),
        _section(SectionKind.DISPUTED, [*late, *soon], lambda rest: rest.disputed, today),
        _section(SectionKind.AGREED, [*late, *soon], lambda rest: rest.agreed, today),
        _section(SectionKind.NOT_DUE, soon, lambda rest: rest.chaseable + rest.promised, today),
        _credits(case),
    ]
    return Statement(
        as_of=case.facts.balance.fresh_as_of,
        sections=tuple(section for section in sections if section.lines),
        asked=_sums(demanded),
    )


def _awaited(rest: Rest) -> Decimal:
    return rest.promised + rest.announced + rest.received


def _section(kind: SectionKind, rests: list[Rest], amount_of: AmountOf, today: date) -> Section:
    lines = [_line(rest, amount_of(rest), today) for rest in rests if amount_of(rest) > 0]
    return Section(kind, tuple(lines))


def _line(rest: Rest, amount: Decimal, today: date) -> StatementLine:
    item = rest.item
    return StatementLine(
        key=item.key,
        number=item.number,
        kind=item.kind,
        issue_date=item.issue_date,
        due_date=item.due_date,
        original_amount=item.amount,
        open_amount=item.open_amount,
        amount=amount,
        currency=item.currency,
        days_late=_days_late(item, today),
        order_number=item.order_number,
        promised_for=rest.promised_for,
    )


def _credits(case: Case) -> Section:
    lines = [
        StatementLine(
            key=item.key,
            number=item.number,
            kind=item.kind,
            issue_date=item.issue_date,
            due_date=item.due_date,
            original_amount=item.amount,
            open_amount=item.open_amount,
            amount=item.open_amount,
            currency=item.currency,
            days_late=0,
            order_number=item.order_number,
        )
        for item in case.open_items
        if item.is_credit
    ]
    return Section(SectionKind.CREDITS, tuple(sorted(lines, key=lambda line: line.number)))


def _sums(rests: list[Rest]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for rest in rests:
        currency = rest.item.currency
        sums[currency] = sums.get(currency, Decimal(0)) + rest.chaseable
    return sums


def _is_late(item: OpenItem, calendar: WorkingCalendar, today: date) -> bool:
    return item.due_date is not None and calendar.first_working(item.due_date) < today


def _days_late(item: OpenItem, today: date) -> int:
    return max(0, (today - item.due_date).days) if item.due_date else 0
