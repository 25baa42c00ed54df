"""What is agreed keeps its cents from being chased, and follows its items (design §5 rule 5)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from relance.domain.case import Case, Outcome, PerformedStep, Progress
from relance.domain.case_import import apply_balance
from relance.domain.case_merge import carried
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import RemindOwner, WriteAnswer
from relance.domain.escalation.netting import net_account
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.escalation.plans import PlanTerms, default_of, monthly, propose_plan
from relance.domain.holds import (
    Arrangement,
    ArrangementKind,
    Dispute,
    Hold,
    Instalment,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    ToWrite,
    rekeyed,
)
from relance.domain.open_item import ItemKey, Settlement
from relance.domain.policy import Level
from relance.domain.reconciliation.changes import DebtorChange, change_between
from tests.builders import CALENDAR, a_case, a_credit, an_invoice, seen_on, standard_policy

MONDAY = date(2026, 3, 9)
DUE = date(2026, 3, 2)
ITEM = an_invoice(due=DUE, amount="1000")
POLICY = standard_policy()
amounts = st.decimals("0.01", "2000", places=2)


def plan(amount: str = "1000", state: PlanState = PlanState.AGREED) -> Plan:
    total = Decimal(amount)
    parts = (Instalment(date(2026, 3, 16), total / 2), Instalment(date(2026, 4, 16), total / 2))
    owed = {ITEM.key: ITEM.open_amount}
    return Plan("plan", parts, {ITEM.key: total}, owed, "EUR", MONDAY, MONDAY, state)


def arrangement(amount: str = "1000") -> Arrangement:
    held, owed = {ITEM.key: Decimal(amount)}, {ITEM.key: ITEM.open_amount}
    until = date(2026, 4, 30)
    return Arrangement(
        "arr", ArrangementKind.RETURN, held, owed, MONDAY, until, "ana", until, approved_by="paul"
    )


def item_hold() -> ManualHold:
    return ManualHold("hold", "held-by-person", MONDAY, None, (ITEM.key,), "why")


EVERY_HOLD: tuple[Hold, ...] = (
    Promise(
        "promise", date(2026, 3, 20), None, {ITEM.key: Decimal(100)}, None, MONDAY,
        {ITEM.key: ITEM.open_amount}, times={ITEM.key: 2},
    ),
    Dispute("dispute", {ITEM.key: Decimal(100)}, "price", "ana", MONDAY, date(2026, 3, 24)),
    plan(),
    arrangement(),
    item_hold(),
)  # fmt: skip


@given(
    open_amount=amounts,
    in_plan=amounts,
    arranged=amounts,
    disputed=amounts,
    promised=amounts,
    credit=amounts,
    held=st.booleans(),
)
def test_every_cent_is_somewhere_and_nothing_is_negative(
    open_amount: Decimal,
    in_plan: Decimal,
    arranged: Decimal,
    disputed: Decimal,
    promised: Decimal,
    credit: Decimal,
    held: bool,
) -> None:
    item = replace(ITEM, amount=Decimal(2000), open_amount=open_amount)
    owed = {ITEM.key: Decimal(2000)}
    holds: tuple[Hold, ...] = (
        replace(plan(), amounts={ITEM.key: in_plan}, owed=owed),
        replace(arrangement(), amounts={ITEM.key: arranged}, owed=owed),
        Dispute("d", {ITEM.key: disputed}, "price", "ana", MONDAY, MONDAY),
        Promise("p", date(2026, 4, 1), None, {ITEM.key: promised}, None, MONDAY, owed),
        *([item_hold()] if held else []),
    )
    case = replace(a_case(item, a_credit(amount=f"-{credit}")), holds=holds)
    (rest,) = net_account(case, CALENDAR).values()
    parts = (
        rest.disputed, rest.received, rest.planned, rest.arranged, rest.promised, rest.on_hold,
        rest.announced, rest.covered, rest.chaseable,
    )  # fmt: skip
    assert sum(parts) == open_amount
    assert min(parts) >= 0
    assert not held or rest.chaseable == 0


@given(
    total=st.decimals("2", "99999", places=2),
    now=st.decimals("0.01", "1", places=2),
    count=st.integers(1, 24),
    first=st.dates(date(2026, 3, 18), date(2027, 3, 1)),
)
def test_instalments_are_monthly_and_sum_up_to_the_cent(
    total: Decimal, now: Decimal, count: int, first: date
) -> None:
    case = a_case(replace(ITEM, amount=total, open_amount=total))
    made = propose_plan(case, PlanTerms(now, count, first), "plan", CALENDAR, MONDAY)
    (found,) = (h for h in made.holds if isinstance(h, Plan))
    assert found.total == total
    assert len(found.instalments) == count + 1
    assert all(one.amount > 0 for one in found.instalments)
    days = [one.due_on for one in found.instalments]
    assert days == sorted(set(days))
    assert net_account(made, CALENDAR)[ITEM.key].chaseable == 0


def test_a_plan_begun_on_the_31st_falls_due_on_the_last_day_of_each_month() -> None:
    assert monthly(date(2026, 12, 31), 4) == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]


def test_an_instalment_is_late_three_working_days_after_its_date_on_a_balance_of_that_day() -> None:
    case = replace(a_case(ITEM), holds=(plan(),))
    assert default_of(plan(), seen_on(case, date(2026, 3, 18)), CALENDAR) is None
    late = default_of(plan(), seen_on(case, date(2026, 3, 19)), CALENDAR)
    assert late is not None
    assert (late.instalment, late.amount) == (0, Decimal(500))
    part = replace(case, items={ITEM.key: replace(ITEM, open_amount=Decimal(600))})
    short = default_of(plan(), seen_on(part, date(2026, 3, 19)), CALENDAR)
    assert short is not None
    assert short.amount == Decimal(100)
    kept = replace(case, items={ITEM.key: replace(ITEM, open_amount=Decimal(500))})
    assert default_of(plan(), seen_on(kept, date(2026, 3, 19)), CALENDAR) is None
    both = default_of(plan(), seen_on(case, date(2026, 4, 21)), CALENDAR)
    assert both is not None
    assert (both.instalment, both.amount) == (1, Decimal(1000))


def test_what_is_agreed_follows_its_item_under_another_key() -> None:
    other = ItemKey("FA-1|invoice|2")
    for hold in EVERY_HOLD:
        text = repr(rekeyed(hold, {ITEM.key: other}))
        assert str(other) in text
        assert f"'{ITEM.key}'" not in text


def test_what_is_agreed_follows_its_item_to_another_code() -> None:
    source = replace(a_case(ITEM), holds=EVERY_HOLD)
    target = carried(source, a_case(ITEM), {ITEM.key: ITEM.key}, MONDAY)
    assert {hold.key for hold in target.holds} == {hold.key for hold in EVERY_HOLD}
    assert len(target.holds) == len(EVERY_HOLD)


def test_what_is_agreed_ends_with_its_items() -> None:
    paid = replace(ITEM, open_amount=Decimal(0), settlement=Settlement.UNKNOWN_CAUSE)
    case = replace(a_case(ITEM), holds=EVERY_HOLD)
    change = change_between(ITEM, paid)
    assert change is not None
    update = apply_balance(
        case, DebtorChange("C001", "x", (change,)), import_seq=2, agenda=MONDAY, dated=MONDAY
    )
    assert update.case.holds == ()
    assert update.facts["plans_settled"] == "plan"
    assert update.facts["arrangements_settled"] == "arr"


def to_write(case: Case, today: date) -> list[str]:
    actions = decide(seen_on(case, today), POLICY, CALENDAR, today).actions
    return [action.template for action in actions if isinstance(action, WriteAnswer)]


def agreed() -> Case:
    written = ToWrite("plan_agreed", MONDAY)
    return replace(a_case(ITEM), holds=(replace(plan(), to_write=written),))


def test_what_was_agreed_is_written_for_three_working_days_and_never_on_a_closed_one() -> None:
    days = [MONDAY + timedelta(days=n) for n in (0, 1, 3, 4)]
    assert [to_write(agreed(), day) for day in days] == [["plan_agreed"]] * 3 + [[]]
    friday = ToWrite("plan_agreed", date(2026, 3, 6))
    case = replace(a_case(ITEM), holds=(replace(plan(), to_write=friday),))
    assert to_write(case, date(2026, 3, 7)) == []
    assert to_write(case, date(2026, 3, 9)) == ["plan_agreed"]


def test_a_case_on_hold_is_answered_and_one_handed_over_is_not() -> None:
    held = replace(agreed(), holds=(*agreed().holds, ManualHold("h", "x", MONDAY, None)))
    assert to_write(held, MONDAY) == ["plan_agreed"]
    done = PerformedStep("hand_over", DUE, DUE, Outcome.TASK_OPENED, "task", Level.LITIGATION)
    over = replace(agreed(), progress={ITEM.key: Progress((done,))})
    assert to_write(over, MONDAY) == []


def test_owners_are_reminded_whatever_holds_the_case() -> None:
    dispute = Dispute(
        "d", {ITEM.key: Decimal(10)}, "price", "ana", DUE, MONDAY, told_on=DUE, owner_email="a@b.c"
    )
    held = ManualHold("h", "x", MONDAY, None)
    case = seen_on(replace(a_case(ITEM), holds=(dispute, held)), MONDAY)
    (action,) = decide(case, POLICY, CALENDAR, MONDAY).actions
    assert action == RemindOwner("d", "target-near")
    assert not [
        a for a in decide(case, POLICY, CALENDAR, date(2026, 3, 8)).actions
        if isinstance(a, RemindOwner)
    ]  # fmt: skip


def test_no_policy_may_name_a_step_as_ours() -> None:
    assert not set(OWN_STEPS) & {step.key for step in POLICY.steps}
