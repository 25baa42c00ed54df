"""Our salesperson hears of level 2 three working days before it leaves, and may hold it back once
(design §5, "Who is who").
"""

from dataclasses import replace
from datetime import date, timedelta

from relance.domain.case import Announcement, Case
from relance.domain.escalation.decision import Held, TellSalesperson
from relance.domain.escalation.position import level_of
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level
from relance.domain.team import salesperson_of
from relance.domain.working_days import WorkingCalendar

TOLD_BEFORE = 3
MOST_STOPPED = 10
"""Working days: between telling and the step, and of the longest stop."""


def tell_salesperson(situation: Situation) -> TellSalesperson | None:
    """Once per item, when its first step of level 2 is three working days away or nearer."""
    who = salesperson_of(situation.case.debtor, situation.case.facts.salespeople)
    if who is None or situation.formal_notice_running or situation.gate.messages_held():
        return None
    near = [step for step in _to_announce(situation) if _is_near(situation, step)]
    rests = {step.item.key: situation.account[step.item.key].chaseable for step in near}
    asked = {key: situation.account[key].chaseable for key in situation.overdue_keys()} | rests
    if not near or not situation.reaches(asked, near[0].step.min_total):
        return None
    free = situation.calendar.add(situation.today, TOLD_BEFORE)
    leaves_on = max(free, min(step.due_on for step in near))
    return TellSalesperson(who.key, tuple(sorted(rests)), leaves_on)


def sales_held(situation: Situation, step: NextStep) -> Held | None:
    """A step of level 2 waits for its salesperson to have had three working days, whatever became
    of the mail, and for the end of their stop.
    """
    key = step.item.key
    if not _opens_level_2(situation, step):
        return None
    note = announcement_of(situation.case, key)
    if note is not None and is_stopped(note, situation.today):
        return Held("sales-stopped", (key,), _after(note))
    if salesperson_of(situation.case.debtor, situation.case.facts.salespeople) is None:
        return None
    if note is None:
        return Held("salesperson-to-tell", (key,), situation.today + timedelta(days=1))
    free = situation.calendar.add(note.told_on, TOLD_BEFORE)
    return Held("salesperson-told", (key,), free) if free > situation.today else None


def announcement_of(case: Case, key: ItemKey) -> Announcement | None:
    """The last one about this item. One that came before its present due date was about another
    escalation.
    """
    item = case.items.get(key)
    due = item.due_date if item else None
    notes = (n for n in reversed(case.announced) if key in n.items)
    return next((note for note in notes if due is None or note.told_on > due), None)


def is_stopped(note: Announcement, today: date) -> bool:
    return note.stopped_until is not None and note.stopped_until >= today


def stopped_on(case: Case, keys: tuple[ItemKey, ...], today: date) -> bool:
    """Whether a salesperson holds back one of these items."""
    notes = (announcement_of(case, key) for key in keys)
    return any(note is not None and is_stopped(note, today) for note in notes)


def announcing_dates(situation: Situation) -> list[date]:
    """When the salesperson must be told, or their stop ends."""
    if salesperson_of(situation.case.debtor, situation.case.facts.salespeople) is None:
        return []
    calendar = situation.calendar
    return [_before(calendar, s.due_on, TOLD_BEFORE) for s in _to_announce(situation)]


def record_told(case: Case, action: TellSalesperson, today: date) -> Case:
    """What was told about items that are gone is forgotten: the evidence has it."""
    open_keys = {item.key for item in case.open_items}
    kept = tuple(note for note in case.announced if open_keys & set(note.items))
    key = f"sales-{today}"
    note = Announcement(key, action.items, action.salesperson, today, action.leaves_on)
    return replace(case, announced=(*kept, note), agenda=today + timedelta(days=1))


def _to_announce(situation: Situation) -> list[NextStep]:
    return [
        step
        for step in situation.next_steps.values()
        if _opens_level_2(situation, step)
        and announcement_of(situation.case, step.item.key) is None
    ]


def _opens_level_2(situation: Situation, step: NextStep) -> bool:
    """Once something of level 2 was done, it is no news."""
    if step.step.level is not Level.LEVEL_2:
        return False
    done = situation.case.progress_of(step.item.key).standing
    levels = (level_of(one, situation.policy) for one in done)
    return not any(level and level.rank >= Level.LEVEL_2.rank for level in levels)


def _is_near(situation: Situation, step: NextStep) -> bool:
    return _before(situation.calendar, step.due_on, TOLD_BEFORE) <= situation.today


def _after(note: Announcement) -> date | None:
    return note.stopped_until + timedelta(days=1) if note.stopped_until else None


def _before(calendar: WorkingCalendar, day: date, count: int) -> date:
    """The `count`-th open day before `day`."""
    for _ in range(count):
        day -= timedelta(days=1)
        while not calendar.is_open(day):
            day -= timedelta(days=1)
    return day
