"""What a simulation shows: the done-when lines of the escalation by dates, through the engine.
2026-03-02 is a Monday.
"""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.application.simulation import SimulatedAction, Simulation, simulate
from relance.application.simulation.payments import Payment, PaymentModel, listed, typical
from relance.application.simulation.result import one_of_each_contact
from relance.domain.case import Case
from relance.domain.holds import ManualHold
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKind, OpenItem
from relance.domain.policy import Channel, Level
from tests.builders import CALENDAR, a_case, a_credit, a_debtor, an_invoice, standard_policy
from tests.groups import PAYER, a_payer, a_shop
from tests.scenarios.test_life_of_an_unpaid_invoice import approve_any, log_any_call
from tests.world import World

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
POLICY = standard_policy()
MOST_CONTACTS = 22


def run(
    *cases: Case, days: int = 120, first: date = MONDAY, pays: PaymentModel | None = None
) -> Simulation:
    last = first + days * DAY
    if pays is None:
        return simulate(cases, POLICY, CALENDAR, first, last)
    return simulate(cases, POLICY, CALENDAR, first, last, pays=pays)


def dates_of(simulation: Simulation, step: str) -> list[date]:
    return [action.date for action in simulation.actions if action.step == step]


def messages(actions: Sequence[SimulatedAction]) -> list[SimulatedAction]:
    return [one for one in one_of_each_contact(actions) if one.channel is not Channel.CALL]


def billed_every_week(first: date, *, weeks: int = 30, amount: str = "900") -> list[OpenItem]:
    issued = [first + 7 * n * DAY for n in range(weeks)]
    return [
        an_invoice(f"F{n}", due=day + 30 * DAY, issued=day, amount=amount)
        for n, day in enumerate(issued)
    ]


def weekly_debtor(first: date, **what: str) -> Simulation:
    coming = {"C001": tuple(billed_every_week(first, **what))}  # type: ignore[arg-type]
    case = replace(a_case(), items={})
    return simulate([case], POLICY, CALENDAR, first, first + 200 * DAY, coming=coming)


# ------------------------------------------------------------------ the done-when lines


@pytest.mark.parametrize("week", range(12))
@pytest.mark.parametrize("amount", ["350", "2000"])
def test_one_item_on_time_reaches_the_formal_notice_and_the_hand_over_in_time(
    week: int, amount: str
) -> None:
    """Outside the quiet periods of summer and Christmas, which hold level 2 and more back."""
    due = date(2026, 1, 7) + (7 * week + week % 7) * DAY
    item = an_invoice(due=due, issued=due - 30 * DAY, amount=amount)
    found = run(a_case(item), first=due - 30 * DAY, days=110)
    (formal,) = dates_of(found, "formal_notice")
    (handed_over,) = dates_of(found, "hand_over")
    assert 45 <= (formal - due).days <= 60
    assert 60 <= (handed_over - due).days <= 75


def test_five_items_due_weekly_give_one_formal_notice_that_carries_them() -> None:
    """Those whose own would be due within fifteen days: the others wait, and join the file."""
    items = [
        an_invoice(f"F{n}", due=MONDAY + 7 * n * DAY, issued=MONDAY - 30 * DAY, amount="900")
        for n in range(5)
    ]
    found = run(a_case(*items), first=MONDAY - 28 * DAY, days=200)
    (formal,) = [one for one in found.actions if one.step == "formal_notice"]
    assert formal.items == ("F0", "F1", "F2", "F3")
    assert found.totals.formal_notices == 1
    assert "formal-notice-running" in {one.reason for one in found.held}
    (handed_over,) = [one for one in found.actions if one.step == "hand_over"]
    assert handed_over.items == (*formal.items, "F4")
    assert [one.first for one in found.held if one.reason == "joins-the-file"] == [handed_over.date]


@pytest.mark.parametrize("first", [date(2026, month, 5) for month in range(1, 13)])
@pytest.mark.parametrize("amount", ["120", "900", "6000"])
def test_a_debtor_billed_every_week_gets_few_contacts_before_the_formal_notice(
    first: date, amount: str
) -> None:
    found = weekly_debtor(first, amount=amount)
    contacts = one_of_each_contact(found.actions)
    (formal,) = [one for one in contacts if one.step == "formal_notice"]
    before = [one for one in contacts if one.date < formal.date]
    assert len(before) <= MOST_CONTACTS
    after = [one for one in found.actions if one.date > formal.date]
    assert {one.level for one in after} == {Level.LITIGATION}


# ------------------------------------------------------------------ it is the run


def test_it_shows_what_the_daily_run_then_does() -> None:
    """Steps and days, calls made and formal notices approved on their day."""
    items = (
        an_invoice("A", due=MONDAY, issued=date(2026, 1, 31), amount="2000"),
        an_invoice("B", due=MONDAY + 5 * DAY, amount="300"),
        an_invoice("C", due=MONDAY + 33 * DAY, amount="700"),
    )
    first, last = date(2026, 2, 2), date(2026, 6, 5)
    world = World(first)
    world.owes(*items)

    def people(_: date) -> None:
        log_any_call(world)
        approve_any(world)

    world.run_days(first, last, people)
    found = simulate([a_case(*items)], POLICY, CALENDAR, first, last)
    told = {one.message: one for one in messages(found.actions)}
    assert {(one.date, one.step) for one in told.values()} == set(world.steps_sent())
    assert [task.kind for task in world.case().tasks if task.kind != "call"] == ["hand_over"]


def test_every_step_that_one_message_performs_has_its_identifier() -> None:
    older, newer = (
        an_invoice("OLD", due=MONDAY - 8 * DAY, amount="400"),
        an_invoice("NEW", due=MONDAY + 10 * DAY, amount="400"),
    )
    found = run(a_case(older, newer), days=40)
    by_message: dict[str | None, set[str]] = {}
    for one in found.actions:
        by_message.setdefault(one.message, set()).add(one.step)
    assert {"letter_2", "email_3"} in by_message.values()
    assert all(len({o.channel for o in found.actions if o.message == m}) == 1 for m in by_message)


def test_steps_of_one_call_share_an_identifier_and_tasks_have_none() -> None:
    first, second = (an_invoice(n, due=MONDAY - 3 * DAY, amount="900") for n in "AB")
    found = run(a_case(first, second), days=100)
    calls = [one for one in found.actions if one.step == "call_1"]
    assert [(one.items, one.message) for one in calls] == [(("A", "B"), "call-2026-03-06-C001")]
    tasks = [one for one in found.actions if one.channel is Channel.TASK]
    assert [(one.step, one.message) for one in tasks] == [("hand_over", None)]


def test_what_holds_is_told_with_its_days() -> None:
    case = a_case(an_invoice(due=MONDAY - 3 * DAY, amount="400"))
    until = MONDAY + 13 * DAY
    held = replace(case, holds=(ManualHold("h", "refused", MONDAY, until),))
    found = run(held, days=30)
    (one,) = [one for one in found.held if one.reason == "on-hold"]
    assert (one.first, one.until) == (MONDAY, until)
    assert dates_of(found, "email_1") == [until + DAY]
    assert found.totals.held["on-hold"] == 1


def test_an_item_that_is_issued_later_is_in_no_balance_until_then() -> None:
    item = an_invoice(due=MONDAY + 40 * DAY, issued=MONDAY + 10 * DAY, amount="900")
    case = replace(a_case(), items={})
    last = MONDAY + 20 * DAY
    found = simulate([case], POLICY, CALENDAR, MONDAY, last, coming={"C001": (item,)})
    assert [(one.date, one.step) for one in found.actions] == [
        (MONDAY + 14 * DAY, "delivery_check")
    ]
    assert found.totals.open == {"EUR": Decimal(900)}


def test_what_is_not_dispatched_expires_and_is_decided_again() -> None:
    """The seam of modes and caps."""
    first_day: list[date] = []

    def caps(day: date, planned: Sequence[Notice]) -> Sequence[Notice]:
        first_day.extend([day] * (not first_day and bool(planned)))
        return [] if day == first_day[0] else planned

    case = a_case(an_invoice(due=MONDAY - 3 * DAY, amount="400"))
    last = MONDAY + 9 * DAY
    found = simulate([case], POLICY, CALENDAR, MONDAY, last, dispatch=caps)
    assert [(one.date, one.step) for one in found.actions] == [(MONDAY + DAY, "email_1")]


def test_a_case_busy_with_a_notice_that_nobody_gave_is_decided_again() -> None:
    case = a_case(an_invoice(due=MONDAY - 3 * DAY, amount="400"))
    live = World(MONDAY)
    live.owes(*case.items.values())
    live.plan(MONDAY)
    busy = live.case()
    assert busy.live is not None
    assert dates_of(run(busy, days=5), "email_1") == [MONDAY]
    given_notices = live.stores.of("acme").notices.of_case("C001")
    last = MONDAY + 5 * DAY
    found = simulate([busy], POLICY, CALENDAR, MONDAY, last, notices=given_notices)
    assert dates_of(found, "email_1") == [MONDAY + DAY], "its day was today: planned again tomorrow"


# ------------------------------------------------------------------ payments


def test_nothing_is_written_once_it_is_paid() -> None:
    case = a_case(an_invoice("F", due=MONDAY - 3 * DAY, amount="400"))
    paid_on = MONDAY + 9 * DAY
    found = run(case, pays=listed({"F": (Payment(paid_on),)}))
    assert {one.step for one in found.actions} == {"email_1"}
    assert (found.totals.paid, found.totals.open) == ({"EUR": Decimal(400)}, {})


def test_a_part_payment_keeps_its_step_and_the_rest_is_asked() -> None:
    case = a_case(an_invoice("F", due=MONDAY - 3 * DAY, amount="400"))
    found = run(case, days=20, pays=listed({"F": (Payment(MONDAY + 2 * DAY, Decimal(150)),)}))
    first, second = found.actions
    assert (first.step, first.asked) == ("email_1", {"EUR": Decimal(400)})
    assert (second.step, second.asked) == ("email_2", {"EUR": Decimal(250)})


def test_the_same_seed_pays_the_same_whoever_else_is_there() -> None:
    item = an_invoice("F", amount="400")
    one, other = a_debtor("C1"), a_debtor("C2")
    model, again = typical(7), typical(7)
    alone = model(one, item)
    again(other, item)
    assert again(one, item) == alone
    drawn = {typical(seed)(one, item) for seed in range(20)}
    assert len(drawn) > 5


def test_most_customers_of_the_typical_trade_pay_and_some_never_do() -> None:
    model, item = typical(1), an_invoice("F", due=MONDAY, amount="400")
    days = [model(a_debtor(f"C{n}"), item) for n in range(400)]
    lates = [(payments[-1].on - MONDAY).days for payments in days if payments]
    assert 0 < days.count(()) < 20
    assert sum(1 for late in lates if late <= 5) > 120


# ------------------------------------------------------------------ shared messages


def test_debtors_of_one_payer_share_a_message() -> None:
    shops = [
        a_case(an_invoice(f"F-{code}", due=MONDAY - 3 * DAY, amount="400"), debtor=a_shop(code))
        for code in ("S1", "S2")
    ]
    payer = replace(a_case(debtor=a_payer(PAYER)), items={})
    found = run(payer, *shops, days=5)
    assert [(one.debtor_code, one.step) for one in found.actions] == [
        ("S1", "email_1"),
        ("S2", "email_1"),
    ]
    assert len({one.message for one in found.actions}) == 1
    assert found.totals.messages == 1


def test_a_legal_entity_gets_one_formal_notice() -> None:
    codes = [
        a_case(an_invoice(f"F-{c}", due=MONDAY - 3 * DAY, amount="400"), debtor=a_debtor(c))
        for c in ("C1", "C2")
    ]
    found = run(*codes, days=90)
    formal = [one for one in found.actions if one.step == "formal_notice"]
    assert {one.debtor_code for one in formal} == {"C1", "C2"}
    assert len({one.message for one in formal}) == 1
    assert found.totals.formal_notices == 1


# ------------------------------------------------------------------ what a well-known system did


def test_never_three_mails_to_one_customer_on_a_day() -> None:
    items = [an_invoice(f"F{n}", due=MONDAY - n * DAY, amount="400") for n in (3, 14, 30)]
    found = run(a_case(*items), days=60)
    days = Counter(one.date for one in messages(found.actions))
    assert set(days.values()) == {1}


def test_an_old_item_does_not_get_four_levels_in_four_days() -> None:
    found = run(a_case(an_invoice(due=MONDAY - 200 * DAY, amount="2000")), days=90)
    sent = messages(found.actions)
    assert [one.step for one in sent][:4] == ["email_1", "email_2", "letter_2", "email_3"]
    gaps = [(b.date - a.date).days for a, b in itertools.pairwise(sent)]
    assert min(gaps[:3]) >= 7
    first, formal = sent[0].date, dates_of(found, "formal_notice")[0]
    assert (formal - first).days > 28


def test_a_customer_whose_payment_was_not_matched_gets_no_mail() -> None:
    invoice = an_invoice(due=MONDAY - 3 * DAY, amount="400")
    payment = a_credit("P", amount="-400", kind=ItemKind.PAYMENT, issued=MONDAY - 2 * DAY)
    found = run(a_case(invoice, payment))
    assert not found.actions
    assert "covered-by-credits" in found.totals.held
    assert found.totals.tasks == {"match_payment": 1}


def test_two_cents_are_not_chased() -> None:
    found = run(a_case(an_invoice(due=MONDAY - 3 * DAY, amount="0.02")))
    assert not found.actions
    assert "message-under-minimum" in found.totals.held


def test_what_is_handed_over_is_told_once_and_what_joins_it_is_no_second_file() -> None:
    """Every item of a file is held by it, and its last step was done: one reason is enough."""
    items = [an_invoice(f"W{n}", due=MONDAY + n * 7 * DAY, amount="900") for n in range(14)]
    found = run(a_case(*items), days=200)
    assert (found.totals.hand_overs, found.totals.tasks["hand_over"]) == (1, 1)
    assert found.totals.tasks["join_file"] >= 1
    assert found.totals.held["handed-over"] == 1
    assert "nothing-left" not in found.totals.held


def test_an_item_without_a_due_date_waits_for_it_whatever_was_done() -> None:
    """Its delivery check needs its issue date only."""
    item = an_invoice(due=None, issued=MONDAY - DAY, amount="900")
    found = run(a_case(item))
    assert [one.step for one in found.actions] == ["delivery_check"]
    assert "no-date" in found.totals.held
    assert "nothing-left" not in found.totals.held


def test_what_stays_too_small_for_a_formal_notice_asks_a_person_once() -> None:
    found = run(a_case(an_invoice(due=MONDAY - 3 * DAY, amount="100")), days=300)
    assert found.totals.formal_notices == 0
    assert found.totals.tasks == {"review": 1}


# ------------------------------------------------------------------ of any portfolio

_items = st.lists(
    st.tuples(
        st.integers(-90, 60), st.sampled_from(("8", "90", "400", "700", "3000")), st.integers(0, 90)
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25)
@given(
    items=_items,
    first=st.sampled_from([date(2026, m, d) for m in (1, 4, 6, 9) for d in (2, 9)]),
    seed=st.integers(0, 5),
)
def test_whatever_is_owed_the_rules_hold_on_every_day(
    items: list[tuple[int, str, int]], first: date, seed: int
) -> None:
    owed = [
        an_invoice(f"F{n}", due=first + due * DAY, issued=first + (due - back) * DAY, amount=amount)
        for n, (due, amount, back) in enumerate(items)
    ]
    found = run(a_case(*owed), first=first, days=150, pays=typical(seed))
    sent = messages(found.actions)
    assert all(count == 1 for count in Counter(one.date for one in sent).values())
    assert all(CALENDAR.is_open(one.date) for one in found.actions)
    reminders = sorted(one.date for one in sent if one.step != "formal_notice")
    assert all((b - a).days >= 7 for a, b in itertools.pairwise(reminders))
    joined = {one.first for one in found.held if one.reason == "joins-the-file"}
    for number in {number for one in found.actions for number in one.items}:
        _level_by_level([one for one in found.actions if number in one.items], joined)


def _level_by_level(steps: list[SimulatedAction], joined: set[date]) -> None:
    """joined: the days on which others went with a file. What joins one skips levels, and it is
    said.
    """
    ranks = [one.level.rank for one in steps if one.channel is not Channel.CALL]
    assert ranks == sorted(ranks), "a level goes back"
    last = steps[-1]
    if last.level is Level.LITIGATION and (last.date in joined or last.reason == "joins-the-file"):
        ranks.pop()
    chased = [rank for rank in ranks if rank > Level.PREVENTIVE.rank]
    assert not chased or chased[0] == Level.LEVEL_1.rank
    assert all(b - a <= 1 for a, b in itertools.pairwise(chased)), "a level is skipped"
    assert len({one.step for one in steps}) == len(steps), "a step done twice"
