"""How a case changes when something happened: pure, one function per event."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import (
    Case,
    ContactRecord,
    LiveNotice,
    Outcome,
    Progress,
    Reminded,
)
from relance.domain.escalation.answers import begin_answer, end_answer, reopened
from relance.domain.escalation.decision import (
    OpenCall,
    OpenTask,
    Performs,
    RemindTask,
    WithdrawCall,
)
from relance.domain.escalation.flagged import with_review_asked
from relance.domain.escalation.ordered import without_order
from relance.domain.escalation.own_steps import PLAN_DEFAULT
from relance.domain.escalation.performing import Deed, perform
from relance.domain.escalation.planned import planned_date
from relance.domain.escalation.plans import with_end_asked, with_reminder, without_reminder
from relance.domain.escalation.too_small import TOO_SMALL, asked_once
from relance.domain.holds import ManualHold
from relance.domain.missing_data import item_of
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level, Policy
from relance.domain.task import Task, TaskKind
from relance.domain.working_days import WorkingCalendar

CONTACTS_KEPT = timedelta(days=30)
FAILURES_BEFORE_TASK = 3
BETTER_DAY = frozenset(
    {
        "expired",
        "batch-not-released",
        "daily-cap",
        "first-messages-cap",
        "letters-cap",
        "letters-budget",
    }
)
"""Why a notice ends without anything being wrong with it: it may leave another day."""


def begin_notice(case: Case, notice: Notice, recipient_mark: str, today: date) -> Case:
    """The case is busy with its part of a notice just planned, or waits for its approval."""
    if notice.answers is not None:
        is_due = case.agenda is not None and case.agenda <= today
        begun = begin_answer(case, notice, recipient_mark)
        # Written before the run of the day, it puts that run off for nothing else of the case.
        return begun if is_due else replace(begun, agenda=_next(today))
    part = notice.part_of(case.debtor.code)
    live = LiveNotice(
        id=notice.id,
        status=notice.status,
        step=notice.step,
        planned_for=notice.planned_for,
        asked=part.asked,
        performs=part.performs,
        recipient=recipient_mark,
        channel=notice.channel,
    )
    if notice.status is NoticeStatus.AWAITING_APPROVAL:
        return replace(case, awaiting=live, agenda=_next(today))
    return replace(case, live=live, agenda=_next(today))


def free_notice(case: Case, notice_id: str, today: date) -> Case:
    """The notice ended without leaving: its items are free, and its id will not come again."""
    return replace(
        end_answer(case, notice_id, left=False),
        live=_unless(case.live, notice_id),
        awaiting=_unless(case.awaiting, notice_id),
        attempt=case.attempt + 1,
        agenda=_next(today),
    )


def expired(notice: Notice, reason: str) -> Notice:
    """What a person approved and whose day ended before it could leave (a pause, an old balance) is
    still what they approved: it waits for a better day. Any other is over.
    """
    waits = notice.approved_by is not None and reason in BETTER_DAY
    status = NoticeStatus.AWAITING_APPROVAL if waits else NoticeStatus.EXPIRED
    return replace(notice, status=status, reason=reason)


def expire_notice(case: Case, ended: Notice, today: date) -> Case:
    """The case of a notice that is now as `expired` says."""
    live = case.live
    if live is None or ended.status is not NoticeStatus.AWAITING_APPROVAL:
        return free_notice(case, ended.id, today)
    return replace(
        case, live=None, awaiting=replace(live, status=ended.status), agenda=_next(today)
    )


def fail_notice(case: Case, notice_id: str, today: date, calendar: WorkingCalendar) -> Case:
    """Tried again on the next open day; after three failures a person looks (rule 11)."""
    freed = replace(free_notice(case, notice_id, today), failures=case.failures + 1)
    if freed.failures < FAILURES_BEFORE_TASK:
        return freed
    task = Task(f"failed-{notice_id}", TaskKind.FAILED_STEP, today, calendar.add(today, 2))
    hold = ManualHold(f"failed-{notice_id}", "failed-step", today, None)
    return replace(freed, failures=0, tasks=(*freed.tasks, task), holds=(*freed.holds, hold))


def complete_notice(
    case: Case, notice: Notice, policy: Policy, calendar: WorkingCalendar, on: date
) -> Case:
    """It left: its steps are done, its reminders count, a deadline it printed is granted. The copy
    of a letter is the same message as the letter: it does and counts nothing.
    """
    if notice.answers is not None:
        told = not notice.rehearsal
        return replace(end_answer(case, notice.id, left=told), agenda=_next(on))
    if notice.copy_of is not None:
        return free_notice(case, notice.id, on)
    if notice.rehearsal:
        return _rehearsed(case, notice, on)
    outcome = Outcome.HANDED_OVER if notice.channel.is_letter else Outcome.SENT
    part = notice.part_of(case.debtor.code)
    deed = Deed(outcome, notice.id, notice.channel, notice.level)
    done = perform(case, part.performs, deed, policy, calendar, on)
    if notice.step == PLAN_DEFAULT:
        reminded = with_reminder(done, notice.id, on, calendar)
    else:
        reminded = _remind(done, part.asked, notice.level, notice.id, on)
    granted = _grant(reminded, notice)
    granted = without_order(granted) if notice.is_formal_notice else granted
    contact = ContactRecord(on, notice.channel, notice.level, notice.id, notice.is_formal_notice)
    return replace(
        granted,
        live=_unless(case.live, notice.id),
        awaiting=_unless(case.awaiting, notice.id),
        contacts=_keep_recent((*case.contacts, contact), on),
        unreached_on=None,
        failures=0,
        # Should these steps be due again (a due date moved later), their notice is another one.
        attempt=case.attempt + 1,
        agenda=_next(on),
    )


def _rehearsed(case: Case, notice: Notice, on: date) -> Case:
    """It went to our own test address: nobody was reminded, and the next rehearsal waits."""
    contact = ContactRecord(on, notice.channel, notice.level, notice.id, notice.is_formal_notice)
    freed = free_notice(case, notice.id, on)
    return replace(freed, rehearsals=_keep_recent((*case.rehearsals, contact), on))


def undo_notice(case: Case, notice: Notice, today: date) -> Case:
    """It bounced: what it had done is undone, as if it had never left (rule 2)."""
    if notice.answers is not None:
        return reopened(end_answer(case, notice.id, left=True), notice)
    case = without_reminder(case, notice.id)
    progress = {key: _without(value, notice) for key, value in case.progress.items()}
    contacts = tuple(contact for contact in case.contacts if contact.by != notice.id)
    return replace(free_notice(case, notice.id, today), progress=progress, contacts=contacts)


def mark_unreachable(case: Case, addresses: frozenset[str], reason: str, today: date) -> Case:
    """addresses: lower case; whoever shares one of them cannot be written to either. Decided again
    tomorrow: what awaits its approval may have lost its recipient.
    """
    contacts = tuple(
        replace(contact, unreachable=reason)
        if contact.email and contact.email.lower() in addresses
        else contact
        for contact in case.debtor.contacts
    )
    marked = replace(case, debtor=replace(case.debtor, contacts=contacts))
    return replace(marked, agenda=_next(today)) if case.open_items else marked


def open_call(case: Case, action: OpenCall, today: date) -> Case:
    """One open call task per debtor: what falls due joins it, and takes the day agreed for it."""
    existing = next((task for task in case.tasks if task.kind is TaskKind.CALL), None)
    if existing is None or existing.is_appointment:
        agreed = existing.again_on if existing else None
        task = Task(f"call-{today}", TaskKind.CALL, today, action.due_on, action.performs)
        task = replace(task, again_on=agreed)
    else:
        merged = tuple(sorted({*existing.performs, *action.performs}))
        task = replace(existing, performs=merged)
    others = tuple(t for t in case.tasks if t.kind is not TaskKind.CALL)
    return replace(case, tasks=(*others, task), agenda=_next(today))


def close_call(
    case: Case,
    task: Task,
    outcome: Outcome,
    policy: Policy,
    calendar: WorkingCalendar,
    on: date,
) -> Case:
    """The call's steps are done, whatever came of it: a call never blocks. A step whose date moved
    later since (its item starts again) is not. What was agreed for a day to come is still to be
    done that day, unless somebody was reached.
    """
    task = replace(task, performs=_come(case, task, policy, calendar, on))
    deed = Deed(outcome, task.key, Channel.CALL)
    done = perform(case, task.performs, deed, policy, calendar, on)
    if outcome is Outcome.REACHED:
        done = _count_call(done, task, policy, on)
    unreached = on if outcome is Outcome.UNREACHED else case.unreached_on
    left = done.without_task(task.key).tasks
    if outcome is not Outcome.REACHED and task.again_on is not None and task.again_on > on:
        left = (*left, appointment(task.again_on, on))
    return replace(done, tasks=left, unreached_on=unreached, agenda=_next(on))


def appointment(day: date, today: date) -> Task:
    """A call that the customer agreed on: it does no step, and is no contact of the budget."""
    return Task(f"call-again-{day}", TaskKind.CALL, today, day, again_on=day)


def _come(case: Case, task: Task, policy: Policy, calendar: WorkingCalendar, on: date) -> Performs:
    """The pairs of a call whose planned date has come, of the steps that the policy still has."""
    steps = [(key, policy.find(name)) for key, name in task.performs if key in case.items]
    dates = {
        (key, step.key): planned_date(
            step, case.items[key], case.progress_of(key).deadline, calendar
        )
        for key, step in steps
        if step is not None
    }
    return tuple(pair for pair, planned in dates.items() if planned and planned <= on)


def withdraw_call(case: Case, action: WithdrawCall, today: date) -> Case:
    """The call is made for the rest of its steps, if any, or because the customer agreed on it."""
    task = next(task for task in case.tasks if task.key == action.task_key)
    left = tuple(pair for pair in task.performs if pair not in action.performs)
    others = tuple(t for t in case.tasks if t.key != task.key)
    kept = (*others, replace(task, performs=left)) if left else others
    if not left and task.again_on is not None and action.reason == "overtaken":
        kept = (*others, appointment(task.again_on, today))
    return replace(case, tasks=kept, agenda=_next(today))


def remind_task(case: Case, action: RemindTask, today: date) -> Case:
    tasks = tuple(
        replace(task, reminded_on=today) if task.key == action.task_key else task
        for task in case.tasks
    )
    return replace(case, tasks=tasks, agenda=_next(today))


def attempt_call(case: Case, task: Task, today: date) -> Case:
    """A vain attempt: the task stays open."""
    tried = replace(task, attempts=task.attempts + 1)
    tasks = tuple(tried if t.key == task.key else t for t in case.tasks)
    return replace(case, tasks=tasks, agenda=_next(today))


def open_task(
    case: Case, action: OpenTask, policy: Policy, calendar: WorkingCalendar, today: date
) -> Case:
    """A task for a person; the steps that consist of opening it are done. What people write
    themselves is done when they say so.
    """
    deed = Deed(Outcome.TASK_OPENED, action.kind, Channel.TASK)
    opens = () if action.kind is TaskKind.WRITE else action.performs
    done = perform(case, opens, deed, policy, calendar, today)
    detail = action.detail or " ".join(action.items) or None
    task = Task(
        f"{action.kind}-{today}",
        action.kind,
        today,
        action.due_on,
        action.performs,
        detail=detail,
    )
    opened = replace(done, tasks=(*case.tasks, task), agenda=_next(today))
    if action.kind is TaskKind.END_PLAN:
        return with_end_asked(opened, calendar)
    if action.kind is TaskKind.REVIEW_FLAG:
        return with_review_asked(opened, today)
    if action.reason == TOO_SMALL:
        return _with_asked(opened, asked_once(action.items))
    tokens = (task.detail or "").split()
    return _with_asked(opened, tokens) if action.kind is TaskKind.COMPLETE_DATA else opened


def _with_asked(case: Case, tokens: Iterable[str]) -> Case:
    """Remembered for as long as it is about an item of the case, or about the debtor."""
    kept = [
        token for token in case.data_asked if (key := item_of(token)) is None or key in case.items
    ]
    return replace(case, data_asked=tuple(dict.fromkeys([*kept, *tokens])))


def _remind(case: Case, items: Iterable[ItemKey], level: Level, by: str, on: date) -> Case:
    """A reminder counts when it is of level 1 or more, after the due date, and listed the item."""
    if level.rank < Level.LEVEL_1.rank:
        return case
    progress = dict(case.progress)
    for key in items:
        item = case.items.get(key)
        if item is not None and item.due_date is not None and item.due_date < on:
            before = progress.get(key, Progress())
            progress[key] = replace(before, reminded=(*before.reminded, Reminded(on, by)))
    return replace(case, progress=progress)


def _count_call(case: Case, task: Task, policy: Policy, on: date) -> Case:
    for key, name in task.performs:
        case = _remind(case, (key,), policy.step(name).level, task.key, on)
    return case


def _grant(case: Case, notice: Notice) -> Case:
    if notice.deadline is None:
        return case
    progress = dict(case.progress)
    for key, _ in notice.part_of(case.debtor.code).performs:
        progress[key] = replace(progress.get(key, Progress()), deadline=notice.deadline)
    return replace(case, progress=progress)


def _without(progress: Progress, notice: Notice) -> Progress:
    performed = tuple(step for step in progress.performed if step.by != notice.id)
    undone = len(performed) < len(progress.performed)
    return replace(
        progress,
        performed=performed,
        reminded=tuple(reminder for reminder in progress.reminded if reminder.by != notice.id),
        deadline=None if undone and notice.deadline else progress.deadline,
    )


def _unless(live: LiveNotice | None, notice_id: str) -> LiveNotice | None:
    return None if live is not None and live.id == notice_id else live


def _keep_recent(contacts: tuple[ContactRecord, ...], on: date) -> tuple[ContactRecord, ...]:
    kept = [c for c in contacts if c.on >= on - CONTACTS_KEPT]
    return tuple(sorted(kept, key=lambda contact: contact.on))


def record_call_contact(case: Case, task: Task, policy: Policy, on: date) -> Case:
    """A call that reached somebody, or tried to, is a contact of the day: one, however often. One
    that was agreed with the customer is none.
    """
    known = any(contact.on == on and contact.by == task.key for contact in case.contacts)
    if task.is_appointment or known:
        return case
    steps = [policy.find(name) for _, name in task.performs]
    levels = [step.level for step in steps if step is not None]
    level = max(levels, key=lambda found: found.rank, default=Level.LEVEL_1)
    contact = ContactRecord(on, Channel.CALL, level, task.key)
    return replace(case, contacts=_keep_recent((*case.contacts, contact), on))


def _next(today: date) -> date:
    return today + timedelta(days=1)
