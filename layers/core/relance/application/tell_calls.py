"""Each collector is told once a day whom to call, in which order, and what to say.

The mail of the morning does it, once every page of the run is decided: a list by stake needs them
all. An hour after the run, whoever it did not reach is told here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from relance.application.call_sheet import sheet_of
from relance.application.office import Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.ports import CallSheetRenderer, CaseChange
from relance.application.staff_mail import StaffMail
from relance.domain.case import Case
from relance.domain.escalation.call_list import CallToMake, DayOfCalls, day_of_calls
from relance.domain.escalation.calls import call_task
from relance.domain.evidence import EvidenceDraft
from relance.domain.team import person_for

HOURS_AFTER_PLANNING = 1


@dataclass(frozen=True, slots=True)
class CallsTold:
    """What one creditor's collectors were given: calls to make, calls over the day's number, mails
    that left and that did not.
    """

    listed: int = 0
    over: int = 0
    told: int = 0
    untold: int = 0


def tell_calls(
    scheduled_at: datetime, *, office: Office, staff: StaffMail, sheets: CallSheetRenderer
) -> dict[str, CallsTold]:
    """Of each creditor whose hour it is. What fails keeps no other waiting, and is raised at the
    end.
    """
    told: dict[str, CallsTold] = {}

    def tell(code: str) -> None:
        creditor = office.creditors.get(code)
        local = scheduled_at.astimezone(ZoneInfo(creditor.profile.zone))
        if local.hour != (creditor.profile.plan_at.hour + HOURS_AFTER_PLANNING) % 24:
            return
        desk = office.open(code, today=local.date())
        if _may_call(desk):
            told[code] = _tell_creditor(desk, staff, sheets)

    one_by_one(office.creditors.codes(), tell)
    return told


def calls_today(desk: Desk) -> dict[str, DayOfCalls]:
    """By key of who makes them that day, finance when a collector and the backup are away: one
    Query for who is to be called, and one for each case.
    """
    mine: dict[str, list[Case]] = {}
    for case in desk.cases_of(desk.cases.to_call()):
        person = person_for(case, desk.creditor.profile, desk.today)
        mine.setdefault(person.key, []).append(case)
    return {
        key: day_of_calls(cases, _most(desk, key), desk.calendar, desk.today)
        for key, cases in sorted(mine.items())
    }


def _may_call(desk: Desk) -> bool:
    return desk.creditor.pause is None and desk.calendar.is_open(desk.today)


def _most(desk: Desk, key: str) -> int:
    """Of finance, who stands in for all who are away, as of the first collector."""
    return desk.creditor.profile.collector(key).max_calls_per_day


def _address(desk: Desk, key: str) -> str:
    profile = desk.creditor.profile
    return next((c.email for c in profile.collectors if c.key == key), profile.finance_email)


def _tell_creditor(desk: Desk, staff: StaffMail, sheets: CallSheetRenderer) -> CallsTold:
    """Told, then noted as listed: stopped in between, it is told again rather than never."""
    sums = CallsTold()
    for key, day in calls_today(desk).items():
        if day.is_listed or not day.to_make:
            continue
        to = _address(desk, key)
        left = staff.tell(desk, "worklist", to, _worklist(desk, day, sheets))
        for call in day.to_make:
            note_listed(desk, call)
        sums = CallsTold(
            sums.listed + len(day.to_make),
            sums.over + len(day.over),
            sums.told + left,
            sums.untold + (not left),
        )
    return sums


def _worklist(desk: Desk, day: DayOfCalls, sheets: CallSheetRenderer) -> dict[str, object]:
    language = desk.creditor.profile.language
    return {
        "day": desk.today,
        "total": _total(day.to_make),
        "calls": [sheet_of(desk, call, sheets, language) for call in day.to_make],
        "over": len(day.over),
        "approvals": [],
        "hand_overs": [],
        "tasks": [],
    }


def _total(calls: Iterable[CallToMake]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for call in calls:
        for currency, amount in call.asked.items():
            total[currency] = total.get(currency, Decimal(0)) + amount
    return total


def note_listed(desk: Desk, call: CallToMake) -> None:
    """It is on the list of today: whoever lists again leaves it there, and tells it no more."""

    def change(case: Case) -> CaseChange | None:
        task = call_task(case)
        if task is None or task.key != call.task.key:
            return None
        listed = replace(task, listed_on=desk.today)
        tasks = tuple(listed if one.key == task.key else one for one in case.tasks)
        facts = {"call": task.key, "priority": str(call.priority)}
        entry = EvidenceDraft(desk.now, "system", "call-listed", facts)
        return CaseChange(replace(case, tasks=tasks), entry)

    desk.change(call.case.debtor.code, change)
