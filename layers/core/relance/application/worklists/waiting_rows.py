"""One row of a worklist for each thing that waits for a person."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from relance.application.approvals import CheckList
from relance.application.call_sheet import sheet_of
from relance.application.office import Desk
from relance.application.ports import CallSheetRenderer, StoredReply
from relance.application.stakes import sum_of
from relance.application.worklists.rows import ListedItem, ListedRow, Reference, RowKind
from relance.domain.case import Case
from relance.domain.checklist import Check
from relance.domain.escalation.call_list import CallToMake, call_rests
from relance.domain.escalation.netting import is_promise_live, net_account
from relance.domain.holds import Arrangement, Promise
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKey

TEXT_SHOWN = 600
"""Characters of a reply: the mail that was forwarded has it whole."""


def call_row(desk: Desk, call: CallToMake, sheets: CallSheetRenderer, language: str) -> ListedRow:
    case, task = call.case, call.task
    sheet = sheet_of(desk, call, sheets, language)
    rests = call_rests(case, task, desk.calendar, desk.today)
    promises = (hold for hold in case.holds if isinstance(hold, Promise))
    return ListedRow(
        Reference(RowKind.CALL, case.debtor.code, task.key, str(task.attempts)),
        case.debtor.name,
        call.asked,
        text=str(getattr(sheet["script"], "aim", "")),
        contact=str(sheet["contact_name"] or ""),
        phone=str(sheet["phone"] or ""),
        promised=tuple(
            one.promised_for for one in promises if is_promise_live(one, case, desk.calendar)
        ),
        items=_items(case, {rest.item.key: rest.chaseable for rest in rests}),
    )


def reply_row(desk: Desk, case: Case, reply: StoredReply) -> ListedRow:
    account = net_account(case, desk.calendar)
    rests = {key: rest.chaseable for key, rest in account.items() if rest.chaseable > 0}
    return ListedRow(
        Reference(RowKind.REPLY, case.debtor.code, reply.id),
        case.debtor.name,
        _stake(case, rests),
        why=reply.subject,
        text=reply.visible_text[:TEXT_SHOWN],
        contact=reply.sender or "",
        items=_items(case, rests),
    )


def approval_rows(notice: Notice, case: Case, found: CheckList) -> Iterator[ListedRow]:
    """The message, then one row for each check that only a person answers."""
    yield ListedRow(
        Reference(RowKind.APPROVAL, case.debtor.code, notice.id),
        case.debtor.name,
        found.asked,
        why=notice.step,
        contact=", ".join(one.name for one in notice.recipients),
        items=_items(case, notice.part_of(case.debtor.code).asked),
    )
    for check in found.checks:
        if not check.is_known:
            yield _check_row(notice, case, check)


def _check_row(notice: Notice, case: Case, check: Check) -> ListedRow:
    numbers = (case.items[key].number for key in check.items if key in case.items)
    return ListedRow(
        Reference(RowKind.CHECK, case.debtor.code, notice.id, str(check.code)),
        case.debtor.name,
        why=str(check.code),
        text=" ".join(filter(None, (check.seen, *numbers))),
    )


def arrangement_row(case: Case, hold: Arrangement) -> ListedRow:
    return ListedRow(
        Reference(RowKind.ARRANGEMENT, case.debtor.code, hold.key),
        case.debtor.name,
        _stake(case, hold.amounts),
        why=str(hold.kind),
        contact=hold.person or "",
        promised=(hold.until,),
        items=_items(case, hold.amounts),
    )


def _stake(case: Case, amounts: Mapping[ItemKey, Decimal]) -> dict[str, Decimal]:
    known = ((case.items[key], amount) for key, amount in amounts.items() if key in case.items)
    return sum_of({item.currency: amount} for item, amount in known)


def _items(case: Case, amounts: Mapping[ItemKey, Decimal]) -> tuple[ListedItem, ...]:
    """Oldest due first."""
    found = [case.items[key] for key in amounts if key in case.items]
    found.sort(key=lambda item: (str(item.due_date), item.key))
    return tuple(
        ListedItem(item.number, item.due_date, amounts[item.key], item.currency) for item in found
    )
