"""A case seen on one day: its account and the next step of each item, computed once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from relance.domain.case import Case, PerformedStep
from relance.domain.escalation.decision import Held
from relance.domain.escalation.gates import Gate
from relance.domain.escalation.netting import Account, Rest, hold_end, net_account
from relance.domain.escalation.ordered import order_of, ordered_step
from relance.domain.escalation.position import is_formal_notice, is_lost, level_of, steps_left
from relance.domain.escalation.schedule import NextStep, next_step
from relance.domain.limits import with_limits
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level, Policy
from relance.domain.task import Task, TaskKind
from relance.domain.threshold import Threshold, is_reached
from relance.domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Situation:
    """next_steps: only items with something chaseable and a step left; lasts: the last step
    performed on each item still owed on which something was done.
    """

    case: Case
    policy: Policy
    calendar: WorkingCalendar
    today: date
    gate: Gate
    account: Account
    next_steps: dict[ItemKey, NextStep]
    lasts: tuple[tuple[Rest, PerformedStep], ...]

    def due(self) -> list[NextStep]:
        return [step for step in self.next_steps.values() if step.due_on <= self.today]

    def task(self, kind: TaskKind) -> Task | None:
        for task in self.case.tasks:
            if task.kind is kind:
                return task
        return None

    def overdue_keys(self) -> list[ItemKey]:
        """Late items with something to ask for, oldest first. What falls due on a closed day is
        late from the day after the next open one (rule 6).
        """
        return [
            key
            for key, rest in self.account.items()
            if rest.chaseable > 0
            and rest.item.due_date
            and self.calendar.first_working(rest.item.due_date) < self.today
        ]

    def reaches(self, asked: Mapping[ItemKey, Decimal], *minima: Threshold) -> bool:
        """Minima compare with the sum of one currency: euros and dollars do not add up."""
        return is_reached(self.sums_of(asked), *minima)

    def sums_of(self, asked: Mapping[ItemKey, Decimal]) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for key, amount in asked.items():
            currency = self.account[key].item.currency
            sums[currency] = sums.get(currency, Decimal(0)) + amount
        return sums

    def reached(self, level: Level) -> bool:
        """Whether the last step performed on an item still owed is of that level."""
        return any(level_of(last, self.policy) is level for _, last in self.lasts)

    @property
    def formal_notice_running(self) -> bool:
        """From its approval to the hand-over, the debtor's other items wait (rule 8). What credits
        cover entirely is paid as far as we know, and will not be handed over.
        """
        sent = any(
            is_formal_notice(last, self.policy)
            for rest, last in self.lasts
            if rest.covered < rest.item.open_amount
        )
        return sent or self._has_approved_formal_notice

    @property
    def _has_approved_formal_notice(self) -> bool:
        """Any other step that a person approves holds its own items only."""
        awaiting = self.case.awaiting
        if awaiting is None or awaiting.approved_by is None:
            return False
        step = self.policy.find(awaiting.step)
        return step is None or step.is_formal_notice

    @property
    def awaits_formal_notice(self) -> bool:
        """Not a reminder to a debtor of whom everything is confirmed."""
        awaiting = self.case.awaiting
        step = self.policy.find(awaiting.step) if awaiting else None
        return step is not None and step.is_formal_notice

    @property
    def lost_keys(self) -> list[ItemKey]:
        """Items to chase of which nobody can say where they stand in this policy."""
        return [
            key
            for key, rest in self.account.items()
            if rest.chaseable > 0
            and key not in self.next_steps
            and is_lost(self.case.progress_of(key), self.policy)
        ]


def situation_of(case: Case, policy: Policy, calendar: WorkingCalendar, today: date) -> Situation:
    """policy: the creditor's; what it changes for this debtor is applied here."""
    policy = policy.of(case.debtor)
    case = with_limits(case, policy)
    account = net_account(case, calendar)
    next_call = calls_from(case, policy)
    steps: dict[ItemKey, NextStep] = {}
    for key, rest in account.items():
        if rest.chaseable <= 0:
            continue
        held_until = hold_end(case, key, calendar) if case.holds else None
        ordered = _ordered_step(case, rest, policy, calendar, today, held_until)
        found = ordered or next_step(
            rest,
            case.progress_of(key),
            policy,
            calendar,
            today,
            held_until=held_until,
            payment_days=case.debtor.payment_days,
            calls_from=next_call,
        )
        if found is not None:
            steps[key] = found
    gate, lasts = Gate(case, calendar, today), _lasts(case, account)
    return Situation(case, policy, calendar, today, gate, account, steps, lasts)


def _ordered_step(
    case: Case,
    rest: Rest,
    policy: Policy,
    calendar: WorkingCalendar,
    today: date,
    held_until: date | None,
) -> NextStep | None:
    key = rest.item.key
    order = order_of(case, key)
    if order is None:
        return None
    progress = case.progress_of(key)
    return ordered_step(rest, progress, order, policy, calendar, today, held_until=held_until)


def _lasts(case: Case, account: Account) -> tuple[tuple[Rest, PerformedStep], ...]:
    if not case.progress:
        return ()
    done = [(rest, case.progress_of(key).last) for key, rest in account.items()]
    return tuple([(rest, last) for rest, last in done if last is not None])


def calls_from(case: Case, policy: Policy) -> date | None:
    """A call is about all of the account: what asks for one soon after it waits for the next, and
    keeps no message waiting. None: nobody was called lately, or the call is still to be made.
    """
    calls = [contact.on for contact in case.contacts if contact.channel is Channel.CALL]
    if not calls or any(task.kind is TaskKind.CALL for task in case.tasks):
        return None
    return max(calls) + timedelta(days=policy.call_spacing_days)


def held_items(situation: Situation) -> list[Held]:
    """Why items with nothing chaseable, or no step left, are left alone. Of those in a file that
    was handed over the case says it.
    """
    found = []
    for key, rest in situation.account.items():
        reason = rest.hold_reason()
        if reason is not None:
            found.append(Held(reason, (key,)))
        elif key not in situation.next_steps and not situation.case.progress_of(key).is_handed_over:
            found.append(Held(_why_no_step(situation, key), (key,)))
        for step, why in _skips(situation, key):
            found.append(Held(f"{why}:{step}", (key,)))
    return found


def _why_no_step(situation: Situation, key: ItemKey) -> str:
    if is_lost(situation.case.progress_of(key), situation.policy):
        return "step-unknown"
    item, progress = situation.case.items[key], situation.case.progress_of(key)
    lacks_date = item.due_date is None and steps_left(
        progress, item, situation.policy, situation.calendar
    )
    return "no-date" if lacks_date or not progress.last else "nothing-left"


def _skips(situation: Situation, key: ItemKey) -> tuple[tuple[str, str], ...]:
    step = situation.next_steps.get(key)
    return step.skipped if step else ()
