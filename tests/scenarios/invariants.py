"""What must be true of any case on any day: rules 1 to 8, 11 and 12, told without their code.

One function per line of what was promised of the escalation. Those of a `Leaving` are about a
message at the moment when it is handed over, those of a `Seen` about the case as stored that day.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from relance.adapters.codec import case_from_json, case_to_json
from relance.application.share_notices import MAX_ROUNDS
from relance.domain.case import Case
from relance.domain.creditor import Mode
from relance.domain.debtor import FlagKind
from relance.domain.escalation.calls import CALL_EXPIRES_AFTER, call_task
from relance.domain.escalation.decide import decide
from relance.domain.escalation.marks import is_step
from relance.domain.escalation.modes import only_observed
from relance.domain.escalation.own_steps import PLAN_DEFAULT
from relance.domain.escalation.position import level_of
from relance.domain.escalation.situation import situation_of
from relance.domain.evidence import EvidenceEntry
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    ReceivedPayment,
    UnreadReply,
)
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level, Policy
from tests.builders import CALENDAR

WEEK = timedelta(days=7)
LONGEST = timedelta(days=60)
"""The longest promise made here, its grace, and a few closed days."""
CALL_REASONS = {"call-open", "call-agreed", "called-lately"}


@dataclass(frozen=True, slots=True)
class Contact:
    """by: the notice, or the call task: the attempts of one call are one."""

    day: date
    by: str
    reminds: bool = False
    is_message: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """A message handed over. contacts: those before it, rehearsals too when it is one; reminders:
    by item, what was handed over or said before and counts; changed: whether the policy did.
    """

    case: Case
    notice: Notice
    today: date
    policy: Policy
    contacts: tuple[Contact, ...]
    reminders: dict[ItemKey, int]
    released_for: date | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A case at some moment. planned: just after the run of an open day; entries: since then."""

    case: Case
    today: date
    policy: Policy
    planned: bool
    entries: tuple[EvidenceEntry, ...] = ()


# ------------------------------------------------------------------ what leaves


def never_on_a_closed_day(one: Leaving) -> None:
    assert CALENDAR.is_open(one.today), "a message on a closed day"
    quiet = any(period.covers(one.today) for period in one.case.facts.quiet_periods)
    assert not (quiet and one.notice.level.rank >= Level.LEVEL_2.rank), "in a quiet period"
    assert not one.case.facts.paused


def never_after_payment_dispute_promise_or_unread_reply(one: Leaving) -> None:
    holds = one.case.holds
    assert not any(isinstance(hold, UnreadReply) for hold in holds), "although a reply is unread"
    if one.notice.answers is not None:
        return
    for hold in holds:
        if isinstance(hold, ManualHold) and not hold.items:
            held = hold.until is None or hold.until >= one.today
            assert not held, "chased although on hold"
    for key, asked in one.notice.asked.items():
        _may_be_asked(one, key, asked)
    owed = sum(item.open_amount for item in one.case.open_items)
    assert 0 < sum(one.notice.asked.values()) <= owed, "credits were not deducted"


def an_answer_asks_for_nothing_and_tells_what_holds(one: Leaving) -> None:
    if one.notice.answers is None:
        return
    assert not one.notice.asked
    assert not one.notice.performs
    keys = {hold.key for hold in one.case.holds}
    assert one.notice.answers in keys or _was_said(one), "told, and no longer true"
    assert one.notice.id in {answer.id for answer in one.case.answering}


def _was_said(one: Leaving) -> bool:
    """What a call is confirmed in writing as, of documents of which one is still owed."""
    owed = {item.key for item in one.case.open_items}
    said = (call.recap for call in one.case.calls if call.call == one.notice.answers)
    return any(recap is not None and owed & set(recap.items) for recap in said)


def reminders_seven_days_apart(one: Leaving) -> None:
    if not _is_contact(one):
        return
    messages = [contact for contact in one.contacts if contact.is_message]
    assert all(contact.day < one.today for contact in messages), "two messages in a day"
    if not one.notice.is_formal_notice:
        recent = [c.day for c in messages if c.reminds and c.day > one.today - WEEK]
        assert not recent, f"reminders {recent} and {one.today}"


def at_most_three_contacts_in_any_seven_days(one: Leaving) -> None:
    if _is_contact(one):
        known = {c.by for c in one.contacts if c.day > one.today - WEEK}
        assert len(known) < 3, f"a fourth contact in seven days: {sorted(known)} and {one.today}"


def levels_never_skip_nor_go_back_without_a_recorded_reason(one: Leaving) -> None:
    for key, step in one.notice.performs:
        if is_step(step) and one.notice.answers is None:
            _level_by_level(one, key, step)


def formal_notice_only_after_three_reminders_that_count(one: Leaving) -> None:
    if not one.notice.is_formal_notice or one.notice.answers is not None:
        return
    assert one.notice.approved_by == "paul", "a formal notice nobody approved"
    for key, _ in one.notice.performs:
        assert len(one.case.progress_of(key).reminded) >= 3, "without its three reminders"
        assert one.reminders.get(key, 0) >= 3, "reminders that nobody saw leave"


def nothing_of_a_lower_level_after_the_hand_over(one: Leaving) -> None:
    if one.notice.answers is None:
        given = [p for k, p in one.case.progress.items() if one.case.items[k].is_claim and p.last]
        assert not any(p.is_handed_over for p in given), "chased after the hand-over"


def only_what_the_mode_and_the_flag_let_out(one: Leaving) -> None:
    mode, notice = one.case.facts.mode, one.notice
    assert mode is not Mode.OBSERVE, "something left while observing"
    assert notice.rehearsal or mode is not Mode.REDIRECT, "to the customer while redirecting"
    if notice.answers is not None:
        return
    assert mode is not Mode.CONFIRM or one.released_for == one.today, "nobody released the day"
    flag = one.case.debtor.flag_kind
    assert flag not in {FlagKind.NEVER, FlagKind.MANUAL_ONLY}, f"left although {flag}"
    if flag is FlagKind.CONFIRM_ALL and notice.copy_of is None:
        assert notice.approved_by is not None, "left unconfirmed"
    for note in one.case.announced:
        if notice.level is Level.LEVEL_2 and note.stopped_until is not None:
            stopped = set(note.items) & {key for key, step in notice.performs if is_step(step)}
            late = note.stopped_until < one.today
            assert late or not stopped & _at_level_2(one), (
                "left although the salesperson stopped it"
            )


# ------------------------------------------------------------------ the case, any day


def a_case_is_never_forgotten(seen: Seen) -> None:
    case, today = seen.case, seen.today
    if not case.open_items:
        return
    assert case.agenda is not None, "no agenda date"
    if seen.planned and not _is_rehearsed(case):
        dates = [item.due_date for item in case.open_items if item.due_date]
        assert today < case.agenda <= max([today, *dates]) + LONGEST, "no agenda date to come"


def one_live_notice_per_case(seen: Seen) -> None:
    case, today = seen.case, seen.today
    live = case.live
    if not seen.planned:
        over = live is None or live.status is NoticeStatus.SENDING or live.planned_for > today
        assert over, "a notice whose day is over still holds the case"
    busy = [notice for notice in (live, case.awaiting) if notice is not None]
    demanded = [key for notice in busy for key, step in notice.performs if is_step(step)]
    assert len(demanded) == len(set(demanded)), "an item of two notices"
    names = [task.kind for task in case.tasks if task.kind not in {"find_contact", "review"}]
    kinds = [kind for kind in names if kind not in {"failed_step", "mend"}]
    assert len(kinds) == len(set(kinds)), f"the same task twice: {kinds}"
    assert len(seen.entries) <= 4 * MAX_ROUNDS, "a loop of actions"


def steps_stay_in_order(seen: Seen) -> None:
    for progress in seen.case.progress.values():
        levels = [level_of(done, seen.policy) for done in progress.standing]
        ranks = [level.rank for level in levels if level is not None]
        assert ranks == sorted(ranks), "a level goes back"
        names = [done.step for done in progress.standing]
        assert len(names) == len(set(names)), "a step done twice"


def a_call_never_blocks(seen: Seen) -> None:
    """A call is over three working days after its day, and is the reason of no other step."""
    if not seen.planned or _is_rehearsed(seen.case):
        return
    task = call_task(seen.case)
    if task is not None and not task.is_appointment:
        assert CALENDAR.count(task.due_on, seen.today) < CALL_EXPIRES_AFTER, "a call still open"
    decision = decide(seen.case, seen.policy, CALENDAR, seen.today)
    if seen.case.live is not None or decision.actions:
        return
    why = [held for held in decision.held if held.reason not in CALL_REASONS]
    told = {key for held in why for key in held.items}
    for step in situation_of(seen.case, seen.policy, CALENDAR, seen.today).due():
        if step.step.channel.is_message and not any(not held.items for held in why):
            assert step.item.key in told, f"{step.step.key} waits for a call"


def every_decision_is_reproducible(seen: Seen) -> None:
    """From the case, the policy and the date, of the case as it was stored and read again too."""
    case = seen.case
    stored = case_from_json(
        case_to_json(case),
        facts=case.facts,
        items=case.items,
        version=case.version,
        chain=case.chain,
        pays_for=case.pays_for,
    )
    assert stored == replace(case, payer=None)
    first = decide(case, seen.policy, CALENDAR, seen.today)
    assert first == decide(case, seen.policy, CALENDAR, seen.today)
    assert case.payer or first == decide(stored, seen.policy, CALENDAR, seen.today)


def decided_again_it_asks_for_nothing_more(seen: Seen) -> None:
    case, today = seen.case, seen.today
    if not seen.planned or _is_rehearsed(case):
        return
    decision = decide(case, seen.policy, CALENDAR, today)
    soon = CALENDAR.first_open(today + timedelta(days=1))
    waits = case.agenda is not None and case.agenda <= soon
    assert waits or not decision.actions, f"not before {case.agenda}: {decision.actions}"
    assert decision.held or not case.open_items or decision.agenda, "no word why"


OF_LEAVING = (
    never_on_a_closed_day,
    never_after_payment_dispute_promise_or_unread_reply,
    an_answer_asks_for_nothing_and_tells_what_holds,
    reminders_seven_days_apart,
    at_most_three_contacts_in_any_seven_days,
    levels_never_skip_nor_go_back_without_a_recorded_reason,
    formal_notice_only_after_three_reminders_that_count,
    nothing_of_a_lower_level_after_the_hand_over,
    only_what_the_mode_and_the_flag_let_out,
)
OF_DAY = (
    a_case_is_never_forgotten,
    one_live_notice_per_case,
    steps_stay_in_order,
    a_call_never_blocks,
    every_decision_is_reproducible,
    decided_again_it_asks_for_nothing_more,
)


# ------------------------------------------------------------------ their parts


def _is_rehearsed(case: Case) -> bool:
    """It is looked at every day, its agenda left as it is, and people are asked for nothing."""
    return case.facts.mode is Mode.REDIRECT or only_observed(case.facts)


def _is_contact(one: Leaving) -> bool:
    return one.notice.answers is None and one.notice.copy_of is None


def _at_level_2(one: Leaving) -> set[ItemKey]:
    steps = {key: one.policy.find(step) for key, step in one.notice.performs}
    return {key for key, step in steps.items() if step and step.level is Level.LEVEL_2}


def _may_be_asked(one: Leaving, key: ItemKey, asked: Decimal) -> None:
    case, today = one.case, one.today
    if one.notice.step == PLAN_DEFAULT:
        _instalment(case, key, asked, today)
        return
    item = case.items[key]
    seen = case.facts.balance.as_of or today
    assert item.is_claim
    assert key not in case.to_release, "asked although nobody released it"
    if one.notice.level is not Level.PREVENTIVE:
        assert item.due_date is not None
        assert item.due_date < today, "asked before it is late"
    assert asked <= _left(case, key, seen), "asked although disputed or promised"
    _nothing_agreed(case, key, asked, today)


def _left(case: Case, key: ItemKey, seen: date) -> Decimal:
    """What is neither disputed nor promised of it."""
    item = case.items[key]
    left = item.open_amount
    for hold in case.holds:
        if isinstance(hold, Dispute) and hold.resolved_on is None:
            left -= hold.amounts.get(key, Decimal(0))
        elif isinstance(hold, AnnouncedPayment) and key in hold.items:
            assert seen >= hold.verify_from, "asked although said to be paid"
        elif isinstance(hold, ReceivedPayment) and key in hold.amounts and not hold.posted_on:
            assert item.open_amount > hold.amounts[key], "asked although paid"
        elif isinstance(hold, Promise) and seen <= hold.promised_for and key in hold.covered:
            paid = hold.owed[key] - item.open_amount
            others = [h for h in case.holds if isinstance(h, Promise) and h is not hold]
            if not any(key in h.covered for h in others):
                left -= max(Decimal(0), hold.covered[key] - max(Decimal(0), paid))
    return left


def _instalment(case: Case, key: ItemKey, asked: Decimal, today: date) -> None:
    agreed = [h for h in case.holds if isinstance(h, Plan) and h.state is PlanState.AGREED]
    assert asked <= sum(plan.amounts.get(key, 0) for plan in agreed), "not of the plan"
    assert all(plan.reminder is None or plan.reminder.on < today for plan in agreed)


def _nothing_agreed(case: Case, key: ItemKey, asked: Decimal, today: date) -> None:
    """What was agreed of an item, less what was paid since, is not asked for."""
    left, seen = case.items[key].open_amount, case.facts.balance.as_of or today
    for hold in case.holds:
        plan = isinstance(hold, Plan) and hold.state is not PlanState.ENDED
        if plan or (isinstance(hold, Arrangement) and seen <= hold.until):
            assert isinstance(hold, Plan | Arrangement)
            paid = max(Decimal(0), hold.owed.get(key, left) - left)
            agreed = max(Decimal(0), hold.amounts.get(key, Decimal(0)) - paid)
            assert asked <= left - agreed, "asked although agreed otherwise"
        if isinstance(hold, ManualHold) and key in hold.items:
            assert hold.until is not None, "asked although held"
            assert hold.until < today, "asked although held"


def _level_by_level(one: Leaving, key: ItemKey, name: str) -> None:
    """After the last message of the item, only steps that may be skipped are skipped."""
    policy, step = one.policy, one.policy.step(name)
    progress = one.case.progress_of(key)
    assert name not in {done.step for done in progress.standing}, f"{name} again"
    written = [done for done in progress.standing if not done.is_call]
    levels = [level_of(done, policy) for done in written]
    last = max((level.rank for level in levels if level is not None), default=-1)
    assert last <= step.level.rank, f"{name} goes back"
    places = [policy.index(d.step) for d in written if policy.find(d.step) is not None]
    before = max(places, default=-1)
    assert before < policy.index(name), f"{name} goes back"
    for passed in policy.steps[before + 1 : policy.index(name)]:
        called = passed.channel is Channel.CALL
        along = one.notice.is_formal_notice and _comes_along(one, key)
        below = progress.start is not None and passed.level.rank < progress.start.rank
        other = one.changed and passed.level.rank <= max(last, Level.LEVEL_1.rank)
        skips = called or passed.level is Level.PREVENTIVE or along or below or other
        assert skips, f"{passed.key} was skipped"


def _comes_along(one: Leaving, key: ItemKey) -> bool:
    """Rule 8: its own is due within 15 days, it was written to at the level before, and it is
    another item that started this one.
    """
    formal = one.policy.formal_notice
    due = one.case.items[key].due_date
    assert formal is not None
    own = timedelta(days=formal.after_days - one.policy.take_along_days)
    near = due is not None and CALENDAR.first_open(due) + own <= one.today
    messages = [
        step
        for step in one.policy.steps[: one.policy.index(formal.key)]
        if step.channel is not Channel.CALL
    ]
    lasts = {
        other: [d for d in one.case.progress_of(other).standing if not d.is_call][-1]
        for other, _ in one.notice.performs
    }
    reached = level_of(lasts[key], one.policy) is messages[-1].level
    starts = any(lasts[k].step == messages[-1].key for k in lasts if k != key)
    return near and reached and (starts or one.changed)
