"""How a case changes when somebody called: pure (the table is `EFFECTS`)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from relance.domain.calling import (
    CALLS_KEPT,
    NOTE_KEPT,
    CallMade,
    CallOutcome,
    Cause,
    LateCause,
)
from relance.domain.case import Case, Outcome
from relance.domain.escalation.arrangements import find_items
from relance.domain.escalation.call_list import call_rests, items_of_call
from relance.domain.escalation.call_numbers import call_contact, call_step, mark_wrong_number
from relance.domain.escalation.call_report import VAIN_ATTEMPTS, Caller, CallReport
from relance.domain.escalation.progress import appointment, attempt_call, close_call
from relance.domain.escalation.taking_our_turn import OurTurn, take_turn
from relance.domain.open_item import ItemKey
from relance.domain.policy import Policy
from relance.domain.task import Task, TaskKind

PHONE_DAYS = 2


def items_about(case: Case, task: Task, report: CallReport, caller: Caller) -> tuple[ItemKey, ...]:
    """What was talked about. Raises ArrangementRefused for a document that is not owed."""
    if report.about:
        return find_items(case, report.about)
    rests = call_rests(case, task, caller.calendar, caller.today)
    return tuple(rest.item.key for rest in rests) or items_of_call(task)


def proposed_phone(case: Case, task: Task, policy: Policy) -> str | None:
    contact = call_contact(case, call_step(task, policy))
    return contact.dial if contact else None


def end_call(case: Case, task: Task, report: CallReport, caller: Caller) -> Case:
    """The steps of the call after this outcome: done when somebody was reached, unreached after
    three vain attempts, else still to be made. A wrong number is no attempt while another one is
    left to dial; it asks for one when none is.
    """
    if report.effect.reaches:
        return _closed(case, task, Outcome.REACHED, report.again, caller)
    if report.outcome is CallOutcome.WRONG_NUMBER:
        return _wrong_number(case, task, report, caller)
    if task.attempts + 1 >= VAIN_ATTEMPTS:
        return _closed(case, task, Outcome.UNREACHED, None, caller)
    return _still_open(attempt_call(case, task, caller.today), task.key, report.again)


def note_call(case: Case, task: Task, report: CallReport, caller: Caller) -> Case:
    """Remembered: when, who called whom at which number, what was said, why each item is late."""
    made = CallMade(
        caller.today,
        report.outcome,
        task.key,
        caller.by,
        report.phone or proposed_phone(case, task, caller.policy),
        report.spoke_to,
        report.note[:NOTE_KEPT],
    )
    return replace(case, calls=(*case.calls, made)[-CALLS_KEPT:])


def note_causes(
    case: Case, items: Iterable[ItemKey], report: CallReport, disputed: set[str], caller: Caller
) -> Case:
    """One cause per item talked about: the one given for it, else for all, else the outcome's; a
    dispute is that of the documents named.
    """
    found: dict[ItemKey, Cause] = {}
    for key in items:
        number = case.items[key].number
        usual = report.effect.cause
        if usual is Cause.DISPUTE and number not in disputed:
            usual = None
        cause = report.causes.get(number, report.causes.get("", usual))
        if cause is not None:
            found[key] = cause
    return with_causes(case, found, caller)


def with_causes(case: Case, causes: Mapping[ItemKey, Cause], caller: Caller) -> Case:
    noted = {key: LateCause(cause, caller.today, caller.by) for key, cause in causes.items()}
    kept = {key: one for key, one in case.causes.items() if key in case.items}
    return replace(case, causes={**kept, **noted}) if noted else case


def take_our_turn(
    case: Case, task: Task, items: Iterable[ItemKey], report: CallReport, caller: Caller
) -> Case:
    """What the outcome says that we owe them (`taking_our_turn`); an owner given as an e-mail
    address is written to there.
    """
    kind = report.effect.task
    if kind is None:
        return case
    owner = report.owner or caller.by
    turn = OurTurn(
        about=report.note if kind is TaskKind.MEND else "",
        owner=owner,
        owner_email=report.owner_email or (owner if "@" in owner else None),
        target=report.target or caller.calendar.add(caller.today, report.effect.days),
        items=tuple(key for key in items if key in case.items),
        kind=kind,
    )
    return take_turn(case, turn, f"{task.key}-{kind}", caller.today)


def _closed(case: Case, task: Task, outcome: Outcome, again: date | None, caller: Caller) -> Case:
    done = close_call(
        case,
        replace(task, again_on=None),
        outcome,
        caller.policy,
        caller.calendar,
        caller.today,
    )
    if again is None:
        return done
    return replace(done, tasks=(*done.tasks, appointment(again, caller.today)))


def _still_open(case: Case, key: str, again: date | None) -> Case:
    tasks = tuple(replace(t, again_on=again) if t.key == key else t for t in case.tasks)
    return replace(case, tasks=tasks)


def _wrong_number(case: Case, task: Task, report: CallReport, caller: Caller) -> Case:
    dialled = report.phone or proposed_phone(case, task, caller.policy)
    marked = mark_wrong_number(case, dialled) if dialled else case
    if proposed_phone(marked, task, caller.policy) is not None:
        agenda = caller.today + timedelta(days=1)
        return replace(_still_open(marked, task.key, report.again), agenda=agenda)
    closed = _closed(marked, task, Outcome.NOT_MADE, None, caller)
    if any(one.kind is TaskKind.FIND_PHONE for one in closed.tasks):
        return closed
    due = caller.calendar.add(caller.today, PHONE_DAYS)
    ask = Task(f"{TaskKind.FIND_PHONE}-{caller.today}", TaskKind.FIND_PHONE, caller.today, due)
    return replace(closed, tasks=(*closed.tasks, ask))


def next_call_day(report: CallReport, caller: Caller) -> date | None:
    """What was agreed, else what the outcome proposes."""
    if report.again is not None or not report.effect.calls_again:
        return report.again
    return caller.calendar.add(caller.today, report.effect.days)
