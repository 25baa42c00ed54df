"""What the templates of a notice see: the content, and what they would else have to compute."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from relance.domain.debtor import Debtor
from relance.domain.errors import RelanceError
from relance.domain.notice_content import DebtorAccount, NoticeContent
from relance.domain.penalties import PenaltyClaim, added_claims
from relance.domain.policy import Level
from relance.domain.statement import Section, SectionKind, StatementLine

_REFERENCE_CHARACTERS = 60
"""What surely fits in the remittance text of a transfer."""

Sums = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class SectionView:
    """kind: a SectionKind, or "upcoming" for what a preventive notice is about."""

    kind: str
    lines: tuple[StatementLine, ...]
    totals: Sums


@dataclass(frozen=True, slots=True)
class AccountView:
    """One debtor's account in the message; asked: what is demanded of it, or is to fall due."""

    debtor: Debtor
    main: SectionView
    others: tuple[SectionView, ...]
    asked: Sums
    credits_left: Sums
    claim: PenaltyClaim | None


def notice_values(content: NoticeContent) -> dict[str, Any]:
    """The fields of the content by name, plus `accounts`, one per debtor; `main`, `asked`… are of
    all of them together.

    Raises RelanceError("nothing-to-ask") instead of making an empty message.
    """
    accounts = tuple(_view(content, account) for account in _accounts(content))
    main, asked = _together(accounts, content.notice.level)
    claims = [account.claim for account in accounts if account.claim]
    values: dict[str, Any] = {
        field.name: getattr(content, field.name) for field in fields(NoticeContent)
    }
    return values | {
        "accounts": accounts,
        "codes": ", ".join(account.debtor.code for account in accounts),
        "customer_name": content.payer or content.debtor.name,
        "main": main,
        "has_others": any(account.others for account in accounts),
        "asked": asked,
        "claim": added_claims(claims) if claims else None,
        "oldest": min((ln.due_date for ln in main.lines if ln.due_date), default=None),
        "most_late": max(line.days_late for line in main.lines),
        "without_order": _numbers(main, lambda line: not line.order_number),
        "without_due_date": _numbers(main, lambda line: not line.due_date),
        "reference": payment_reference(accounts),
        "deadline": content.notice.deadline,
        "attention": _attention(content),
        "by_post": False,
    }


def payment_reference(accounts: tuple[AccountView, ...]) -> str:
    """What the customer should quote: short enough for the remittance text of a transfer."""
    first = accounts[0]
    if len(accounts) > 1:
        codes = " ".join(account.debtor.code for account in accounts)
        return codes if len(codes) <= _REFERENCE_CHARACTERS else first.debtor.code
    numbers = [line.number for line in first.main.lines]
    return " ".join([first.debtor.code, *numbers]) if len(numbers) <= 3 else first.debtor.code


def added(sums: Iterable[Sums]) -> Sums:
    """Per currency."""
    total: Sums = {}
    for one in sums:
        for currency, amount in one.items():
            total[currency] = total.get(currency, Decimal()) + amount
    return total


def _accounts(content: NoticeContent) -> tuple[DebtorAccount, ...]:
    notice = content.notice
    own = frozenset(notice.asked)
    lead = DebtorAccount(content.debtor, notice.level, own, content.statement, content.claim)
    return (lead, *content.companions)


def _view(content: NoticeContent, account: DebtorAccount) -> AccountView:
    main = _main_section(content, account)
    return AccountView(
        debtor=account.debtor,
        main=main,
        others=_others(account, main),
        asked=account.statement.asked or main.totals,
        credits_left=_credits_to_deduct(account, main),
        claim=account.claim,
    )


def _together(accounts: tuple[AccountView, ...], level: Level) -> tuple[SectionView, Sums]:
    """What the prose speaks of: an account that only tells what is to fall due adds nothing to what
    a reminder demands.
    """
    kind = "upcoming" if level is Level.PREVENTIVE else "asked"
    about = [account for account in accounts if account.main.kind == kind]
    lines = tuple(line for account in about for line in account.main.lines)
    main = SectionView(kind, lines, _sums(lines))
    return main, added(account.asked for account in about)


def _main_section(content: NoticeContent, account: DebtorAccount) -> SectionView:
    preventive = account.level is Level.PREVENTIVE
    section = account.statement.section(SectionKind.NOT_DUE if preventive else SectionKind.ASKED)
    lines = section.lines if section else ()
    if preventive:
        lines = tuple(line for line in lines if line.key in account.asked) or lines
    if not lines or not any(_sums(lines).values()):
        raise RelanceError("nothing-to-ask", {"notice": content.notice.id})
    return SectionView("upcoming" if preventive else "asked", lines, _sums(lines))


def _others(account: DebtorAccount, main: SectionView) -> tuple[SectionView, ...]:
    """The rest of the account, in the order of the statement, nothing shown twice."""
    return tuple(
        SectionView(str(section.kind), lines, _sums(lines))
        for section in account.statement.sections
        if section.kind is not SectionKind.ASKED and (lines := _not_in(main, section))
    )


def _not_in(main: SectionView, section: Section) -> tuple[StatementLine, ...]:
    if main.kind != "upcoming" or section.kind is not SectionKind.NOT_DUE:
        return section.lines
    shown = {line.key for line in main.lines}
    return tuple(line for line in section.lines if line.key not in shown)


def _credits_to_deduct(account: DebtorAccount, main: SectionView) -> Sums:
    """What separates the lines from the sum asked, when the lines are not already net of it."""
    asked = account.statement.asked
    return {
        currency: total - asked[currency]
        for currency, total in main.totals.items()
        if currency in asked and total != asked[currency]
    }


def _numbers(main: SectionView, wanted: Callable[[StatementLine], bool]) -> tuple[str, ...]:
    """Each once: two debtors may have documents of one number."""
    return tuple(dict.fromkeys(line.number for line in main.lines if wanted(line)))


def _sums(lines: tuple[StatementLine, ...]) -> Sums:
    return added({line.currency: line.amount} for line in lines)


def _attention(content: NoticeContent) -> tuple[str, ...]:
    names = (recipient.name.strip() for recipient in content.notice.recipients)
    return tuple(name for name in names if name and name != content.debtor.name)
