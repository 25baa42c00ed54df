"""Instalment plans: proposed with an immediate part payment, agreed, followed, ended (rule 5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from relance.domain.case import Case
from relance.domain.errors import RelanceError
from relance.domain.escalation.agreed import paid_of_plan
from relance.domain.escalation.arrangements import find_items, without_promises
from relance.domain.escalation.netting import Account, net_account
from relance.domain.holds import (
    Hold,
    Instalment,
    InstalmentReminder,
    Plan,
    PlanState,
    ToWrite,
)
from relance.domain.open_item import ItemKey
from relance.domain.working_days import WorkingCalendar

PROPOSAL_DAYS = 8
"""To sign a plan and to pay its first part."""
UNPAID_AFTER = 3
"""Working days after its date during which an instalment may still arrive."""
REMINDER_GRANTS = 8
"""Days that the one reminder of an instalment gives."""
LONGEST_MONTHS = 24
"""As a court may grant at the most (C. civ. 1343-5)."""


class PlanRefused(RelanceError):
    """These terms make no plan, or the plan is not at that stage."""


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """now: the immediate part payment; count: the instalments after it, one a month from first;
    numbers: the documents it spreads, none: all that is overdue; person: who signs there.
    """

    now: Decimal
    count: int
    first: date
    numbers: tuple[str, ...] = ()
    person: str | None = None


def propose_plan(
    case: Case, terms: PlanTerms, key: str, calendar: WorkingCalendar, today: date
) -> Case:
    """Its items wait until the proposal is agreed on, or lapses. Raises PlanRefused."""
    if any(isinstance(h, Plan) and h.state is not PlanState.ENDED for h in case.holds):
        raise PlanRefused("plan-exists")
    spread = _spread(case, terms, calendar, today)
    currencies = {case.items[one].currency for one in spread}
    if not spread:
        raise PlanRefused("plan-covers-nothing")
    if len(currencies) > 1:
        raise PlanRefused("plan-of-two-currencies")
    lapses_on = today + timedelta(days=PROPOSAL_DAYS)
    plan = Plan(
        key=key,
        instalments=_instalments(terms, sum(spread.values(), Decimal(0)), lapses_on),
        amounts=spread,
        owed={one: case.items[one].open_amount for one in spread},
        currency=currencies.pop(),
        recorded_on=today,
        lapses_on=lapses_on,
        person=terms.person,
        to_write=ToWrite("plan_agreement", today),
    )
    return replace(case, holds=(*case.holds, plan), agenda=today + timedelta(days=1))


def agree_plan(case: Case, key: str, calendar: WorkingCalendar, today: date) -> Case:
    """The customer signed it: it takes the place of what was promised. Raises PlanRefused."""
    plan = _plan(case, key, PlanState.PROPOSED)
    agreed = replace(
        plan, state=PlanState.AGREED, agreed_on=today, to_write=ToWrite("plan_agreed", today)
    )
    return _with(without_promises(case, tuple(plan.amounts), calendar), agreed, today)


def end_plan(case: Case, key: str, today: date) -> Case:
    """What is left of it is asked for again from tomorrow on: all of it, as its clause of
    acceleration says. Raises PlanRefused.
    """
    plan = _plan(case, key, PlanState.AGREED)
    ended = replace(plan, state=PlanState.ENDED, ended_on=today, to_write=None)
    return _with(case, ended, today)


@dataclass(frozen=True, slots=True)
class Default:
    """instalment: the last one that fell due; amount: what misses of all that fell due so far."""

    plan: Plan
    instalment: int
    amount: Decimal


def default_of(plan: Plan, case: Case, calendar: WorkingCalendar) -> Default | None:
    """As a balance shows it that is dated three working days after an instalment, or later."""
    seen = case.facts.balance.fresh_as_of
    if plan.state is not PlanState.AGREED or seen is None:
        return None
    late = [one for one in plan.instalments if calendar.add(one.due_on, UNPAID_AFTER) <= seen]
    missing = sum((one.amount for one in late), Decimal(0)) - paid_of_plan(plan, case)
    return Default(plan, len(late) - 1, missing) if missing > 0 else None


def defaults(case: Case, calendar: WorkingCalendar) -> list[Default]:
    found = (default_of(h, case, calendar) for h in case.holds if isinstance(h, Plan))
    return [one for one in found if one is not None]


def paid_instalments(plan: Plan, case: Case) -> int:
    """How many instalments, from the first on, are paid in full."""
    paid, count = paid_of_plan(plan, case), 0
    for one in plan.instalments:
        paid -= one.amount
        if paid < 0:
            break
        count += 1
    return count


def share_of(default: Default, account: Account) -> dict[ItemKey, Decimal]:
    """What the reminder asks of each item of the plan, the oldest first."""
    left, asked = default.amount, {}
    for key, rest in account.items():
        if key in default.plan.amounts and left > 0 and rest.planned > 0:
            asked[key] = min(left, rest.planned)
            left -= asked[key]
    return asked


def with_reminder(case: Case, by: str, on: date, calendar: WorkingCalendar) -> Case:
    """The reminder of the instalment that misses left."""
    late = {one.plan.key: one for one in defaults(case, calendar)}
    holds: list[Hold] = []
    for hold in case.holds:
        if isinstance(hold, Plan) and hold.key in late:
            deadline = on + timedelta(days=REMINDER_GRANTS)
            reminder = InstalmentReminder(late[hold.key].instalment, on, deadline, by)
            holds.append(replace(hold, reminder=reminder))
        else:
            holds.append(hold)
    return replace(case, holds=tuple(holds))


def without_reminder(case: Case, by: str) -> Case:
    """It bounced: it has to be sent again."""
    holds = tuple(
        replace(h, reminder=None)
        if isinstance(h, Plan) and h.reminder is not None and h.reminder.by == by
        else h
        for h in case.holds
    )
    return replace(case, holds=holds)


def with_end_asked(case: Case, calendar: WorkingCalendar) -> Case:
    """A person is asked once about each instalment, and may let the plan go on."""
    late = {one.plan.key: one.instalment for one in defaults(case, calendar)}
    holds = tuple(
        replace(h, asked_end_for=late[h.key]) if isinstance(h, Plan) and h.key in late else h
        for h in case.holds
    )
    return replace(case, holds=holds)


def monthly(first: date, count: int) -> list[date]:
    """The same day of each month, its last one when it is shorter."""
    days = []
    for n in range(count):
        year, month = divmod(first.month - 1 + n, 12)
        start = date(first.year + year, month + 1, 1)
        following = (start + timedelta(days=31)).replace(day=1)
        last = (following - timedelta(days=1)).day
        days.append(start.replace(day=min(first.day, last)))
    return days


def _spread(
    case: Case, terms: PlanTerms, calendar: WorkingCalendar, today: date
) -> dict[ItemKey, Decimal]:
    """All that may be chased of the items, promises included: the plan takes their place."""
    account = net_account(without_promises(case, tuple(case.items), calendar), calendar)
    named: Sequence[ItemKey] = find_items(case, terms.numbers)
    if not terms.numbers:
        named = [k for k, r in account.items() if r.item.due_date and r.item.due_date < today]
    return {key: account[key].chaseable for key in named if account[key].chaseable > 0}


def _instalments(terms: PlanTerms, total: Decimal, lapses_on: date) -> tuple[Instalment, ...]:
    """The rest in equal parts to the cent; the last one makes the sum right."""
    if terms.now <= 0:
        raise PlanRefused("plan-without-part-payment")
    if terms.now >= total or terms.count < 1:
        raise PlanRefused("plan-spreads-nothing", {"total": str(total)})
    if terms.first <= lapses_on:
        raise PlanRefused("plan-begins-too-soon", {"date": lapses_on.isoformat()})
    if terms.count > LONGEST_MONTHS:
        raise PlanRefused("plan-too-long", {"months": str(LONGEST_MONTHS)})
    rest = total - terms.now
    each = (rest / terms.count).quantize(Decimal("0.01"), ROUND_DOWN)
    if each <= 0:
        raise PlanRefused("plan-spreads-nothing", {"total": str(total)})
    amounts = [each] * (terms.count - 1) + [rest - each * (terms.count - 1)]
    days = monthly(terms.first, terms.count)
    parts = (Instalment(day, part) for day, part in zip(days, amounts, strict=True))
    return (Instalment(lapses_on, terms.now), *parts)


def _plan(case: Case, key: str, state: PlanState) -> Plan:
    found = next((h for h in case.holds if isinstance(h, Plan) and h.key == key), None)
    if found is None or found.state is not state:
        raise PlanRefused("no-such-plan", {"plan": key})
    return found


def _with(case: Case, plan: Plan, today: date) -> Case:
    holds = tuple(plan if h.key == plan.key else h for h in case.holds)
    return replace(case, holds=holds, agenda=today + timedelta(days=1))
