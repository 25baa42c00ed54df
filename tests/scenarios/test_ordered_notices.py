"""A person orders a formal notice sooner, with a reason; the machine never does (rule 2)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.approvals import ApprovalRefused
from relance.application.order_notice import order_formal_notice, withdraw_order
from relance.application.people import approve_notice
from relance.application.ports import CaseChange
from relance.application.promises import note_promise
from relance.application.undo import undo
from relance.domain.case import Case, Outcome, PerformedStep, Progress
from relance.domain.checklist import ALL_CHECKS
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import PromiseTerms
from relance.domain.escalation.ordering import order_notice
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import situation_of
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.policy import Level, Policy
from relance.domain.task import Task, TaskKind
from tests.builders import CALENDAR, a_case, a_creditor, an_invoice, seen_on, standard_policy
from tests.world import World

DUE = date(2026, 3, 2)
DAY = timedelta(days=1)
FRIDAY = date(2026, 3, 6)
"""One reminder left the day before."""
MONDAY = date(2026, 3, 9)
KEY = ItemKey("FA-1|invoice|1")


def late(*items: OpenItem) -> World:
    world = World(DUE)
    world.owes(*(items or (an_invoice(due=DUE, amount="900"),)))
    world.run_days(DUE, FRIDAY)
    return world


def order(world: World, *numbers: str, by: str = "hugo", reason: str = "il déménage") -> Case:
    return order_formal_notice("acme", "C001", numbers, by, reason, office=world.office)


def approve(world: World, by: str = "paul") -> None:
    awaiting = world.case().awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, by, office=world.office, confirmed=ALL_CHECKS)


def test_it_is_proposed_at_the_next_run_and_leaves_once_another_person_approves() -> None:
    world = late()
    order(world)
    world.run_days(MONDAY, MONDAY)
    assert world.case().awaiting is not None
    assert [step for _, step in world.steps_sent()] == ["email_1"]
    with pytest.raises(ApprovalRefused, match="approver-prepared-it"):
        approve(world, "Hugo")
    approve(world, "claire")
    world.run_days(MONDAY + DAY, MONDAY + DAY)
    assert world.steps_sent()[-1] == (MONDAY + DAY, "formal_notice")
    sent = world.carrier.sent[-1].notice
    assert (sent.asked, sent.prepared_by) == ({KEY: Decimal(900)}, "hugo")
    assert world.case().ordered is None


def test_the_machine_never_orders_one() -> None:
    world = late()
    world.run_days(MONDAY, date(2026, 4, 15))
    assert "formal_notice" not in [step for _, step in world.steps_sent()]
    assert world.case().awaiting is None


def test_who_ordered_why_and_what_is_skipped_is_in_evidence() -> None:
    world = late()
    order(world)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == ("formal-notice-ordered", "hugo")
    assert entry.facts["items"] == KEY
    skipped = entry.facts["skipped"].split()
    assert {"call_1", "email_2"} <= set(skipped)
    assert "email_1" not in skipped
    world.run_days(MONDAY, MONDAY)
    planned = world.stores.of("acme").cases.history("C001")[-1]
    assert (planned.kind, planned.facts["reason"]) == ("notice-planned", "ordered-by-person")


def test_only_the_documents_named_are_demanded_and_the_others_wait_for_their_turn() -> None:
    world = late(
        an_invoice("FA-1", due=DUE, amount="900"), an_invoice("FA-2", due=DUE, amount="700")
    )
    order(world, "FA-2")
    world.run_days(MONDAY, MONDAY)
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert tuple(awaiting.asked) == (ItemKey("FA-2|invoice|1"),)


def test_another_document_near_its_own_notice_without_its_reminders_does_not_come_along() -> None:
    """FA-2 has had all its steps before the notice, whose reminders bounced."""
    world = late(
        an_invoice("FA-1", due=DUE, amount="900"),
        an_invoice("FA-2", due=DUE - 40 * DAY, amount="700"),
    )
    case, other = world.case(), ItemKey("FA-2|invoice|1")
    last = PerformedStep("call_3", DUE, DUE, Outcome.NOT_MADE, "c", Level.LEVEL_3)
    letter = PerformedStep("email_3", DUE - DAY, DUE - DAY, Outcome.SENT, "n", Level.LEVEL_2)
    progress = {**case.progress, other: Progress((letter, last))}
    changed = replace(case, progress=progress)
    world.stores.of("acme").cases.commit(CaseChange(changed, None))
    order(world, "FA-1")
    world.run_days(MONDAY, date(2026, 3, 10))
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert tuple(awaiting.asked) == (KEY,)


def test_a_deadline_granted_in_writing_is_waited_for() -> None:
    world = late()
    case = world.case()
    granted = replace(case.progress_of(KEY), deadline=date(2026, 3, 12))
    changed = replace(case, progress={KEY: granted})
    world.stores.of("acme").cases.commit(CaseChange(changed, None))
    order(world)
    world.run_days(MONDAY, date(2026, 3, 12))
    assert world.case().awaiting is None
    assert [step for _, step in world.steps_sent()] == ["email_1"]
    world.run_days(date(2026, 3, 13), date(2026, 3, 13))
    assert world.case().awaiting is not None


def test_it_waits_for_a_quiet_period_to_end() -> None:
    creditor = a_creditor(as_of=date(2026, 7, 1))
    due = date(2026, 7, 27)
    world = World(due, creditor)
    world.owes(an_invoice(due=due, amount="900"))
    world.run_days(due, date(2026, 7, 31))
    order(world)
    world.run_days(date(2026, 8, 1), date(2026, 8, 22))
    assert world.case().awaiting is None
    world.run_days(date(2026, 8, 23), date(2026, 8, 24))
    assert world.case().awaiting is not None


def promised(world: World) -> None:
    note_promise(
        "acme",
        "C001",
        PromiseTerms(date(2026, 3, 20)),
        "claire",
        "",
        office=world.office,
        postbox=world.postbox,
    )


def paid(world: World) -> None:
    world.owes()


@pytest.mark.parametrize("change", [promised, paid])
def test_what_is_promised_or_paid_since_is_not_demanded(change: Callable[[World], None]) -> None:
    world = late()
    order(world)
    change(world)
    world.run_days(MONDAY, date(2026, 3, 13))
    assert world.case().awaiting is None
    assert "formal_notice" not in [step for _, step in world.steps_sent()]


def test_refused_the_order_is_over_and_reminders_go_on() -> None:
    world = late()
    order(world)
    world.run_days(MONDAY, MONDAY)
    awaiting = world.case().awaiting
    assert awaiting is not None
    approve_notice("acme", awaiting.id, "paul", office=world.office, refuse="trop tôt")
    assert world.case().ordered is None
    world.run_days(MONDAY + DAY, date(2026, 4, 15))
    assert world.case().awaiting is None
    days = [day for day, step in world.steps_sent() if step != "formal_notice"]
    assert [day for day in days if day > date(2026, 3, 24)]


@pytest.mark.parametrize("how", ["undo", "withdraw"])
def test_taken_back_or_withdrawn_reminders_go_on(how: str) -> None:
    world = late()
    order(world)
    if how == "undo":
        undo("acme", "C001", "hugo", office=world.office)
    else:
        withdraw_order("acme", "C001", "paul", "payé demain", office=world.office)
    assert world.case().ordered is None
    world.run_days(MONDAY, date(2026, 3, 20))
    assert world.case().awaiting is None
    assert "email_2" in [step for _, step in world.steps_sent()]


def test_withdrawn_while_it_awaits_its_approval_it_expires() -> None:
    world = late()
    order(world)
    world.run_days(MONDAY, MONDAY)
    awaiting = world.case().awaiting
    assert awaiting is not None
    withdraw_order("acme", "C001", "paul", "payé demain", office=world.office)
    world.run_days(MONDAY + DAY, MONDAY + DAY)
    assert world.stores.of("acme").notices.get(awaiting.id).status is NoticeStatus.EXPIRED


def test_it_answers_the_review_that_lacked_reminders_and_no_other() -> None:
    world = late()
    for key, detail in (("review-1", KEY), ("review-2", f"{KEY} FA-9|invoice|1")):
        task = Task(key, TaskKind.REVIEW, FRIDAY, MONDAY, detail=detail)
        case = world.case()
        opened = replace(case, tasks=(*case.tasks, task))
        world.stores.of("acme").cases.commit(CaseChange(opened, None))
    after = order(world)
    assert [t.key for t in after.tasks if t.kind is TaskKind.REVIEW] == ["review-2"]


SMALL = an_invoice("FA-8", due=DUE, amount="299")
COMING = an_invoice("FA-9", due=date(2026, 6, 1), amount="900")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("FA-8", "message-under-minimum"),
        ("FA-9", "order-of-item-not-due"),
        ("FA-7", "no-such-open-item"),
    ],
)
def test_what_may_not_be_demanded_may_not_be_ordered(number: str, code: str) -> None:
    world = late(an_invoice(due=DUE, amount="900"), SMALL, COMING)
    with pytest.raises(RelanceError, match=code):
        order(world, number)
    made = order(world).ordered
    assert made is not None
    assert made.items == (KEY, SMALL.key)


def test_a_document_under_the_minimum_of_the_policy_is_neither_ordered_nor_refused_reminders() -> (
    None
):
    """It goes on as if nobody had ordered it, also when a part payment came since."""
    policy = standard_policy()
    formal = policy.formal_notice
    assert formal is not None
    steps = tuple(
        replace(step, min_item=Decimal(300)) if step is formal else step for step in policy.steps
    )
    policy = replace(policy, steps=steps)
    case = a_case(an_invoice(due=DUE, amount="299"), an_invoice("FA-2", due=DUE, amount="900"))
    situation = situation_of(seen_on(case, FRIDAY), policy, CALENDAR, FRIDAY)
    with pytest.raises(RelanceError, match="order-of-small-item"):
        order_notice(situation, ("FA-1",), "hugo")
    ordered = order_notice(situation, ("FA-2",), "hugo")
    assert {s.step.key for s in after_part_payment(ordered, policy)} == {"email_1"}


def after_part_payment(ordered: Case, policy: Policy) -> list[NextStep]:
    items = {k: replace(i, open_amount=Decimal(200)) for k, i in ordered.items.items()}
    paid = seen_on(replace(ordered, items=items), MONDAY)
    return list(situation_of(paid, policy, CALENDAR, MONDAY).next_steps.values())


def test_a_promised_document_may_not_be_ordered_nor_anything_without_a_reason() -> None:
    world = late()
    with pytest.raises(RelanceError, match="order-needs-a-reason"):
        order(world, reason=" ")
    promised(world)
    with pytest.raises(RelanceError, match="order-of-held-item"):
        order(world, "FA-1")
    with pytest.raises(RelanceError, match="order-covers-nothing"):
        order(world)


def test_one_order_and_one_formal_notice_at_a_time() -> None:
    world = late()
    order(world)
    with pytest.raises(RelanceError, match="order-stands"):
        order(world, by="claire")
    world.run_days(MONDAY, MONDAY)
    with pytest.raises(RelanceError, match="order-while-formal-notice"):
        order(world, by="claire")


def test_nothing_is_withdrawn_when_nobody_ordered() -> None:
    with pytest.raises(RelanceError, match="no-order"):
        withdraw_order("acme", "C001", "paul", "x", office=late().office)
