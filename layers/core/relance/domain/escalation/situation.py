"""A case seen on one day: its account and the next step of each item, computed once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.decision import Held
from relance.domain.escalation.gates import Gate
from relance.domain.escalation.netting import Account, hold_end, net_account
from relance.domain.escalation.position import is_formal_notice, is_lost, level_of
from relance.domain.escalation.schedule import NextStep, next_step
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Policy
from relance.domain.task import Task, TaskKind
from relance.domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Situation:
    """next_steps: only items with something chaseable and a step left."""

    case: Case
    policy: Policy
    calendar: WorkingCalendar
    today: date
    gate: Gate
    account: Account
    next_steps: dict[ItemKey, NextStep]

    def due(self) -> list[NextStep]:
        return [step for step in self.next_steps.values() if step.due_on <= self.today]

    def task(self, kind: TaskKind) -> Task | None:
        return next((task for task in self.case.tasks if task.kind is kind), None)

    def overdue_keys(self) -> list[ItemKey]:
        """Late items with something to ask for, oldest first. What falls due on a closed day is
        late from the day after the next open one (rule 6).
        """
        return [
            key
            for key, rest in self.account.items()
            if rest.chaseable > 0
            and rest.item.due_date
            and self.calendar.first_open(rest.item.due_date) < self.today
        ]

    def largest_total(self, asked: Mapping[ItemKey, Decimal]) -> Decimal:
        """Minima compare with the sum of one currency: euros and dollars do not add up."""
        return max(self.sums_of(asked).values(), default=Decimal(0))

    def sums_of(self, asked: Mapping[ItemKey, Decimal]) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for key, amount in asked.items():
            currency = self.account[key].item.currency
            sums[currency] = sums.get(currency, Decimal(0)) + amount
        return sums

    def reached(self, level: Level) -> bool:
        """Whether the last step performed on an item still owed is of that level."""
        lasts = (self.case.progress_of(key).last for key in self.account)
        return any(last and level_of(last, self.policy) is level for last in lasts)

    @property
    def formal_notice_running(self) -> bool:
        """From its approval to the hand-over, the debtor's other items wait (rule 8). What credits
        cover entirely is paid as far as we know, and will not be handed over.
        """
        awaiting = self.case.awaiting
        approved = awaiting is not None and awaiting.approved_by is not None
        approved = approved and self.awaits_formal_notice
        owed = [k for k, rest in self.account.items() if rest.covered < rest.item.open_amount]
        lasts = (self.case.progress_of(key).last for key in owed)
        return approved or any(last and is_formal_notice(last, self.policy) for last in lasts)

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
            if rest.chaseable > 0 and is_lost(self.case.progress_of(key), self.policy)
        ]


def situation_of(case: Case, policy: Policy, calendar: WorkingCalendar, today: date) -> Situation:
    account = net_account(case, calendar)
    steps: dict[ItemKey, NextStep] = {}
    for key, rest in account.items():
        if rest.chaseable <= 0:
            continue
        found = next_step(
            rest,
            case.progress_of(key),
            policy,
            calendar,
            today,
            held_until=hold_end(case, key, calendar),
            payment_days=case.debtor.payment_days,
        )
        if found is not None:
            steps[key] = found
    return Situation(case, policy, calendar, today, Gate(case, calendar, today), account, steps)


def held_items(situation: Situation) -> list[Held]:
    """Why items with nothing chaseable, or no step left, are left alone."""
    found = []
    for key, rest in situation.account.items():
        reason = rest.hold_reason()
        if reason is not None:
            found.append(Held(reason, (key,)))
        elif key not in situation.next_steps:
            found.append(Held(_why_no_step(situation, key), (key,)))
        for step, why in _skips(situation, key):
            found.append(Held(f"{why}:{step}", (key,)))
    return found


def _why_no_step(situation: Situation, key: ItemKey) -> str:
    if key in situation.lost_keys:
        return "step-unknown"
    return "nothing-left" if situation.case.progress_of(key).last else "no-date"


def _skips(situation: Situation, key: ItemKey) -> tuple[tuple[str, str], ...]:
    step = situation.next_steps.get(key)
    return step.skipped if step else ()
