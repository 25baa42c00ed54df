"""What the templates of a notice see: the content, and what they would else have to compute."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from relance.domain.errors import RelanceError
from relance.domain.notice_content import NoticeContent
from relance.domain.policy import Level
from relance.domain.statement import Section, SectionKind, StatementLine


@dataclass(frozen=True, slots=True)
class SectionView:
    """kind: a SectionKind, or "upcoming" for what a preventive notice is about."""

    kind: str
    lines: tuple[StatementLine, ...]
    totals: dict[str, Decimal]


def notice_values(content: NoticeContent) -> dict[str, Any]:
    """The fields of the content by name, plus `main`, `others`, `asked`, `reference`…

    Raises RelanceError("nothing-to-ask") instead of making an empty message.
    """
    main = _main_section(content)
    values: dict[str, Any] = {
        field.name: getattr(content, field.name) for field in fields(NoticeContent)
    }
    return values | {
        "main": main,
        "others": _others(content, main),
        "asked": content.statement.asked or main.totals,
        "credits_left": _credits_to_deduct(content, main),
        "oldest": min((ln.due_date for ln in main.lines if ln.due_date), default=None),
        "most_late": max(line.days_late for line in main.lines),
        "without_order": tuple(ln.number for ln in main.lines if not ln.order_number),
        "without_due_date": tuple(line.number for line in main.lines if not line.due_date),
        "reference": payment_reference(content, main),
        "deadline": content.notice.deadline,
        "attention": _attention(content),
        "by_post": False,
    }


def payment_reference(content: NoticeContent, main: SectionView) -> str:
    """What the customer should quote: short enough for the remittance text of a transfer."""
    numbers = [line.number for line in main.lines]
    return " ".join([content.debtor.code, *numbers]) if len(numbers) <= 3 else content.debtor.code


def _main_section(content: NoticeContent) -> SectionView:
    preventive = content.notice.level is Level.PREVENTIVE
    section = content.statement.section(SectionKind.NOT_DUE if preventive else SectionKind.ASKED)
    lines = section.lines if section else ()
    if preventive:
        lines = tuple(line for line in lines if line.key in content.notice.asked) or lines
    if not lines or not any(_sums(lines).values()):
        raise RelanceError("nothing-to-ask", {"notice": content.notice.id})
    return SectionView("upcoming" if preventive else "asked", lines, _sums(lines))


def _others(content: NoticeContent, main: SectionView) -> tuple[SectionView, ...]:
    """The rest of the account, in the order of the statement, nothing shown twice."""
    return tuple(
        SectionView(str(section.kind), lines, _sums(lines))
        for section in content.statement.sections
        if section.kind is not SectionKind.ASKED and (lines := _not_in(main, section))
    )


def _not_in(main: SectionView, section: Section) -> tuple[StatementLine, ...]:
    if main.kind != "upcoming" or section.kind is not SectionKind.NOT_DUE:
        return section.lines
    shown = {line.key for line in main.lines}
    return tuple(line for line in section.lines if line.key not in shown)


def _credits_to_deduct(content: NoticeContent, main: SectionView) -> dict[str, Decimal]:
    """What separates the lines from the sum asked, when the lines are not already net of it."""
    asked = content.statement.asked
    return {
        currency: total - asked[currency]
        for currency, total in main.totals.items()
        if currency in asked and total != asked[currency]
    }


def _sums(lines: tuple[StatementLine, ...]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.currency] = sums.get(line.currency, Decimal()) + line.amount
    return sums


def _attention(content: NoticeContent) -> tuple[str, ...]:
    names = (recipient.name.strip() for recipient in content.notice.recipients)
    return tuple(name for name in names if name and name != content.debtor.name)
