"""All that a collector needs before a call: whom, what for, what was said, what to ask."""

from collections.abc import Mapping
from decimal import Decimal
from shlex import quote

from relance.application.call_script import CallScript
from relance.application.office import Desk, Office
from relance.application.people import NotAllowed
from relance.application.ports import CallSheetRenderer
from relance.domain.case import Case
from relance.domain.escalation.call_list import CallToMake, call_rests, call_to_make, days_late
from relance.domain.escalation.call_numbers import call_contact, call_contacts, call_step
from relance.domain.escalation.calls import call_ends, call_task
from relance.domain.escalation.netting import Rest, is_promise_live
from relance.domain.holds import Dispute, Promise
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Step

SHOWN = 5
"""Documents that a sheet lists, oldest due first; the case has them all."""

Sheet = dict[str, object]


def call_sheet(
    creditor: str, debtor: str, *, office: Office, sheets: CallSheetRenderer, language: str | None
) -> str:
    """The sheet of the open call as text. Raises NotAllowed without one."""
    desk = office.open(creditor)
    case = desk.case(debtor)
    task = call_task(case)
    if task is None:
        raise NotAllowed("no-open-call", {"creditor": creditor})
    call = call_to_make(case, task, desk.calendar, desk.today)
    spoken = language or desk.creditor.profile.language
    return sheets.text(sheet_of(desk, call, sheets, spoken), language=spoken)


def sheet_of(desk: Desk, call: CallToMake, sheets: CallSheetRenderer, language: str) -> Sheet:
    """Plain values (`templates/<language>/calls/sheet.txt.j2`)."""
    case, task = call.case, call.task
    step = call_step(task, desk.policy_of(case))
    contact = call_contact(case, step)
    rests = call_rests(case, task, desk.calendar, desk.today)
    lines = [_line(rest, case, desk) for rest in rests]
    creditor, debtor = quote(case.creditor), quote(case.debtor.code)
    return {
        "debtor_code": case.debtor.code,
        "debtor_name": case.debtor.name,
        "kind": task.kind,
        "level": str(_level(desk, case, step)),
        "due_on": task.due_on,
        "until": call_ends(task, desk.calendar),
        "again_on": task.again_on,
        "attempts": task.attempts,
        "priority": call.priority,
        "contact_name": contact.name if contact else None,
        "role": str(contact.role) if contact else None,
        "phone": contact.dial if contact else None,
        "others": _others(case, step, contact.dial if contact else None),
        "asked": call.asked,
        "lines": lines[:SHOWN],
        "more": max(0, len(lines) - SHOWN),
        "said": _said(case),
        "promises": _promises(desk, case),
        "disputes": _disputes(case),
        "script": _script(desk, case, step, sheets, language),
        "reason": "step-due",
        "command": f"relance call {creditor} {debtor} reached",
    }


def _level(desk: Desk, case: Case, step: Step | None) -> Level:
    """An appointment that does no step is of the level that the case has reached."""
    if step is not None:
        return step.level
    lasts = [case.progress_of(item.key).last for item in case.open_items]
    policy = desk.policy_of(case)
    known = [policy.find(last.step) for last in lasts if last is not None]
    levels = [found.level for found in known if found is not None]
    return max(levels, key=lambda level: level.rank, default=Level.LEVEL_1)


def _others(case: Case, step: Step | None, shown: str | None) -> list[str]:
    """Each further number once: people share a switchboard."""
    by_number: dict[str, str] = {}
    for contact in call_contacts(case, step):
        if contact.dial is not None and contact.dial != shown:
            by_number.setdefault(contact.dial, contact.name)
    return [f"{name}, {number}" for number, name in by_number.items()]


def _script(
    desk: Desk, case: Case, step: Step | None, sheets: CallSheetRenderer, language: str
) -> CallScript:
    return sheets.script(
        key=step.template if step else None,
        level=str(_level(desk, case, step)),
        profile=str(case.debtor.profile) if case.debtor.profile else None,
        language=language,
    )


def _line(rest: Rest, case: Case, desk: Desk) -> Sheet:
    item = rest.item
    noted = case.causes.get(item.key)
    return {
        "number": item.number,
        "due_date": item.due_date,
        "days_late": days_late(rest, desk.today),
        "amount": rest.chaseable,
        "currency": item.currency,
        "cause": str(noted.cause) if noted else None,
    }


def _said(case: Case) -> list[Sheet]:
    """The last calls, the latest first."""
    return [
        {
            "on": made.on,
            "outcome": str(made.outcome),
            "by": made.by,
            "spoke_to": made.spoke_to,
            "phone": made.phone,
            "note": made.note,
        }
        for made in reversed(case.calls)
    ]


def _promises(desk: Desk, case: Case) -> list[Sheet]:
    """Held or broken: a promise whose items are settled is no more in the case."""
    return [
        {
            "on": hold.recorded_on,
            "for": hold.promised_for,
            "amounts": _amounts(case, hold.covered),
            "live": is_promise_live(hold, case, desk.calendar),
        }
        for hold in case.holds
        if isinstance(hold, Promise)
    ]


def _disputes(case: Case) -> list[Sheet]:
    return [
        {
            "numbers": [case.items[key].number for key in hold.amounts if key in case.items],
            "category": hold.category,
            "owner": hold.owner,
            "target": hold.target_on,
            "amounts": _amounts(case, hold.amounts),
        }
        for hold in case.holds
        if isinstance(hold, Dispute) and hold.resolved_on is None
    ]


def _amounts(case: Case, by_item: Mapping[ItemKey, Decimal]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for key, amount in by_item.items():
        if key in case.items:
            currency = case.items[key].currency
            sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums
