"""The one decider (design §5 rule 12): pure, and the only code that decides."""

from datetime import date, timedelta

from relance.domain.case import Case
from relance.domain.debtor import FlagKind
from relance.domain.escalation.agenda import next_agenda
from relance.domain.escalation.announcing import tell_salesperson
from relance.domain.escalation.answers import answers_due
from relance.domain.escalation.calls import (
    calls_coming,
    close_overdue_call,
    plan_call,
    waiting_for_call,
    withdraw_call,
)
from relance.domain.escalation.completing import complete_data_task
from relance.domain.escalation.decision import Action, Decision, ExpireNotice, Held, PlanMessage
from relance.domain.escalation.disputes import owner_reminders
from relance.domain.escalation.flagged import review_flag, withdraw_writing, write_by_hand
from relance.domain.escalation.formal_notice import (
    expire_awaiting,
    plan_formal_notice,
    plan_hand_over,
)
from relance.domain.escalation.handed_over import after_hand_over
from relance.domain.escalation.late_answers import chase_approval, chase_arrangements
from relance.domain.escalation.matching import match_payment_task
from relance.domain.escalation.messages import MessageOutcome, plan_message
from relance.domain.escalation.other_arrangements import ended_holds
from relance.domain.escalation.our_turn import remind_our_turn
from relance.domain.escalation.plan_steps import ask_unreminded, follow_plan
from relance.domain.escalation.review import review_lost, review_unposted
from relance.domain.escalation.situation import Situation, held_items, situation_of
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Policy
from relance.domain.working_days import WorkingCalendar


def decide(case: Case, policy: Policy, calendar: WorkingCalendar, today: date) -> Decision:
    """What to do for this case today, what not, and why.

    Housekeeping (a call not made, a notice out of date) comes alone: once it is applied the case
    is decided again, so that what follows from it is decided on what is then true.
    """
    situation = situation_of(case, policy, calendar, today)
    housekeeping = _housekeeping(situation)
    if housekeeping:
        return Decision(tuple(housekeeping), (), today)
    found: list[Action] = []
    found += owner_reminders(situation)
    closed = situation.gate.closed()
    if closed is not None:
        answers, unanswered = answers_due(situation)
        held_back = [closed, *unanswered, *held_items(situation)]
        return _decision(situation, [*found, *answers], held_back)
    actions, held = _daily(situation)
    return _decision(situation, [*found, *actions], [*held, *held_items(situation)])


def _housekeeping(situation: Situation) -> list[Action]:
    """What is true on any day, open or closed, held or not."""
    found: list[Action] = []
    live = situation.case.live
    if live is not None and live.status == "planned" and live.planned_for < situation.today:
        found.append(ExpireNotice(live.id, "expired"))
    expired = expire_awaiting(situation)
    if expired is not None:
        found.append(expired)
    call = withdraw_call(situation) or close_overdue_call(situation)
    writing = withdraw_writing(situation)
    found += (action for action in (call, writing) if action is not None)
    found += ended_holds(situation.case.holds, situation.today)
    return found


def _daily(situation: Situation) -> tuple[list[Action], list[Held]]:
    if situation.reached(Level.LITIGATION):
        return after_hand_over(situation)
    answers, unanswered = answers_due(situation)
    actions = [*_chores(situation), *answers]
    actions += remind_our_turn(situation)
    never = situation.gate.never_held()
    if never is not None:
        return actions, [never]
    if situation.case.live is not None:
        tomorrow = situation.today + timedelta(days=1)
        live = Held("live-notice", tuple(situation.case.live.asked), tomorrow)
        return actions, [live, *unanswered]
    hand_over, held = plan_hand_over(situation)
    held += unanswered
    if hand_over is not None:
        return [*actions, hand_over], held
    return _chase(situation, actions, held)


def _chores(situation: Situation) -> list[Action]:
    """What is asked of people beside chasing; of a debtor never to be chased, only the accounts and
    the plans.
    """
    found: list[Action | None] = [
        match_payment_task(situation),
        review_unposted(situation),
        review_flag(situation),
        ask_unreminded(situation),
    ]
    if situation.case.debtor.flag_kind is not FlagKind.NEVER:
        found += [
            complete_data_task(situation),
            review_lost(situation),
            chase_approval(situation),
            *chase_arrangements(situation),
            tell_salesperson(situation),
            write_by_hand(situation),
        ]
    return [action for action in found if action is not None]


def _chase(
    situation: Situation, actions: list[Action], held: list[Held]
) -> tuple[list[Action], list[Held]]:
    formal, formal_held = plan_formal_notice(situation)
    held += formal_held
    if formal is not None:
        actions.append(formal)
    if situation.formal_notice_running:
        return actions, [*held, Held("formal-notice-running")]
    blocked = _blocked(situation, formal)
    call, call_held = plan_call(situation, blocked)
    calls = calls_coming(situation, call)
    message, message_held = _message(situation, blocked, calls)
    actions += [action for action in (call, message) if action is not None]
    return actions, [*held, *call_held, *waiting_for_call(situation), *message_held]


def _message(situation: Situation, blocked: set[ItemKey], calls: int) -> MessageOutcome:
    """One a day: an instalment that misses comes first."""
    plan, plan_held = follow_plan(situation, calls)
    if plan is not None:
        return plan, plan_held
    message, held = plan_message(situation, blocked, calls)
    return message, [*plan_held, *held]


def _blocked(situation: Situation, formal: Action | None) -> set[ItemKey]:
    """Items that a formal notice demands, proposed today or awaiting its approval."""
    blocked: set[ItemKey] = set()
    if situation.case.awaiting is not None:
        blocked |= set(situation.case.awaiting.asked)
    if isinstance(formal, PlanMessage):
        blocked |= set(formal.asked)
    return blocked


def _decision(situation: Situation, actions: list[Action], held: list[Held]) -> Decision:
    if actions:
        agenda: date | None = situation.today + timedelta(days=1)
    else:
        agenda = next_agenda(situation, held)
    return Decision(tuple(actions), tuple(held), agenda)
