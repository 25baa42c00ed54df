"""The life of an unpaid invoice, told by dates. 2026-03-02 is a Monday."""

import itertools
from datetime import date, timedelta

from relance.application.log_call import CallResult, log_call
from relance.application.people import Findings, approve_notice
from relance.application.seen_reply import mark_seen
from relance.domain.checklist import ALL_CHECKS
from relance.domain.escalation.arrangements import PromiseTerms
from relance.domain.escalation.calls import call_task
from relance.domain.evidence import chain_problem
from relance.domain.task import TaskKind
from tests.builders import a_credit, an_invoice
from tests.world import World

DUE = date(2026, 3, 2)


def log_any_call(world: World) -> None:
    if call_task(world.case()) is not None:
        log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)


def approve_any(world: World) -> None:
    awaiting = world.case().awaiting
    if awaiting is not None and awaiting.approved_by is None:
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)


def test_an_invoice_nobody_pays_goes_from_preventive_to_hand_over_on_its_dates() -> None:
    world = World(date(2026, 2, 2))
    world.owes(an_invoice(due=DUE, issued=date(2026, 1, 31), amount="2000"))

    def people(_: date) -> None:
        log_any_call(world)
        approve_any(world)

    world.run_days(date(2026, 2, 2), date(2026, 5, 8), people)
    assert world.steps_sent() == [
        (date(2026, 2, 23), "preventive"),
        (date(2026, 3, 5), "email_1"),
        (date(2026, 3, 16), "email_2"),
        (date(2026, 3, 24), "letter_2"),
        (date(2026, 4, 7), "email_3"),
        (date(2026, 4, 17), "formal_notice"),
    ]
    assert [task.kind for task in world.case().tasks] == [TaskKind.HAND_OVER]
    entries = world.stores.of("acme").cases.history("C001")
    assert chain_problem(entries) is None


def test_calls_nobody_makes_block_nothing() -> None:
    world = World(date(2026, 2, 2))
    world.owes(an_invoice(due=DUE, amount="2000"))
    world.run_days(date(2026, 2, 2), date(2026, 4, 30), lambda _: approve_any(world))
    steps = [step for _, step in world.steps_sent()]
    assert steps == [
        "preventive",
        "email_1",
        "email_2",
        "letter_2",
        "email_3",
        "formal_notice",
    ]
    assert date(2026, 4, 16) <= world.steps_sent()[-1][0] <= DUE + timedelta(days=60)


def test_an_item_already_sixty_days_late_gets_one_level_a_week_from_the_first() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE - timedelta(days=60), amount="400"))
    world.run_days(DUE, date(2026, 4, 20))
    sent = world.steps_sent()
    assert [step for _, step in sent] == ["email_1", "email_2", "letter_2", "email_3"]
    days = [day for day, _ in sent]
    gaps = {(b - a).days for a, b in itertools.pairwise(days)}
    assert min(gaps) >= 7


def test_a_payment_ends_it_and_the_planned_reminder_does_not_leave() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    thursday = date(2026, 3, 5)
    world.run_days(DUE, thursday - timedelta(days=1))
    world.plan(thursday)
    notice = world.case().live
    assert notice is not None
    world.owes(a_credit("P", amount="-400"))
    assert world.send(notice.id).reason == "settled"
    assert world.carrier.requests == 0
    world.run_days(thursday + timedelta(days=1), date(2026, 4, 30))
    assert not world.steps_sent()


def test_a_reply_stops_everything_until_a_person_marks_it_seen() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, date(2026, 3, 6))
    world.reply(world.carrier.sent[0].reply_to)
    world.run_days(date(2026, 3, 7), date(2026, 4, 3))
    assert [step for _, step in world.steps_sent()] == ["email_1"]
    promise = PromiseTerms(date(2026, 4, 10), exception="their accountant was away")
    mark_seen("acme", "C001", "r1", "claire", Findings(promise), office=world.office)
    world.run_days(date(2026, 4, 4), date(2026, 4, 30))
    after = [(day, step) for day, step in world.steps_sent() if day > date(2026, 4, 3)]
    assert after[0] == (date(2026, 4, 15), "email_2")


def test_two_invoices_make_one_message_a_week_and_never_two_on_a_day() -> None:
    world = World(DUE)
    world.owes(
        an_invoice("A", due=DUE, amount="400"),
        an_invoice("B", due=DUE + timedelta(days=2), amount="300"),
        an_invoice("C", due=DUE + timedelta(days=9), amount="200"),
    )
    world.run_days(DUE, date(2026, 4, 14))
    days = [day for day, _ in world.steps_sent()]
    assert len(days) == len(set(days))
    assert all((b - a).days >= 7 for a, b in itertools.pairwise(days))


def test_a_missed_day_heals_itself() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, date(2026, 3, 4))
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert world.steps_sent() == [(date(2026, 3, 9), "email_1")]


def test_a_second_run_of_the_same_day_changes_nothing() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    thursday = date(2026, 3, 5)
    world.run_days(DUE, thursday)
    before = world.kinds()
    world.run_day(thursday)
    assert world.kinds() == before
    assert len(world.carrier.sent) == 1


def test_a_due_date_moved_later_stops_the_reminder_that_was_planned() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    thursday = date(2026, 3, 5)
    world.run_days(DUE, thursday - timedelta(days=1))
    world.plan(thursday)
    notice = world.case().live
    assert notice is not None
    world.owes(an_invoice(due=DUE + timedelta(days=30), amount="400"))
    assert world.send(notice.id).reason == "not-due-yet"
    assert world.carrier.requests == 0
