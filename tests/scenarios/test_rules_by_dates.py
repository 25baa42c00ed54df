"""Rules that no other life tells: what holds a whole creditor, modes, caps, old items, failures.

The invoice is due on Monday 2 March 2026: its first reminder leaves on Thursday 5 March.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.application.creditor_commands import change_mode, release_day
from relance.application.ports import CaseChange, SendRefused
from relance.application.release import release
from relance.domain.creditor import BalanceState, Creditor, Mode, Pause
from relance.domain.holds import ManualHold
from relance.domain.task import TaskKind
from tests.builders import a_debtor, an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
THURSDAY, FRIDAY, MONDAY = date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 9)
DAY = timedelta(days=1)


def owing(amount: str = "400", late: int = 0) -> World:
    world = World(DUE)
    world.owes(an_invoice(due=DUE - late * DAY, amount=amount))
    return world


def changed(creditor: Creditor, what: str, day: date) -> Creditor:
    if what == "paused":
        return replace(creditor, pause=Pause(at(day), "paul", "because"))
    if what == "suspicious-import":
        return replace(creditor, balance=BalanceState(1, day, day, suspicious=True))
    return replace(creditor, payment=None)


def save(world: World, creditor: Creditor) -> None:
    now = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, version=now.version, chain=now.chain))


@pytest.mark.parametrize("what", ["paused", "suspicious-import", "payment-details-missing"])
def test_nothing_leaves_while_the_creditor_is_held_and_it_does_the_day_after(what: str) -> None:
    """Held on Thursday and Friday, free again on Monday 9 March."""
    world = owing()
    world.run_days(DUE, THURSDAY - DAY)
    free = world.office.creditors.get("acme")
    for day in (THURSDAY, FRIDAY):
        save(world, changed(replace(free, balance=BalanceState(1, day, day)), what, day))
        world.run_day(day)
        assert not world.steps_sent()
    save(world, replace(free, balance=BalanceState(1, MONDAY, MONDAY)))
    world.run_day(MONDAY)
    assert world.steps_sent() == [(MONDAY, "email_1")]


def test_observing_nothing_leaves_and_no_step_counts_as_done() -> None:
    """From the day it goes live on, the first reminder is the first."""
    world = owing()
    change_mode("acme", Mode.OBSERVE, "paul", office=world.office)
    world.run_days(DUE, FRIDAY)
    assert not world.steps_sent()
    change_mode("acme", Mode.AUTO, "paul", office=world.office)
    world.run_days(FRIDAY + DAY, MONDAY)
    assert world.steps_sent() == [(MONDAY, "email_1")]


def test_a_person_releases_the_batch_of_the_day_or_it_waits_for_the_next() -> None:
    world = owing()
    change_mode("acme", Mode.CONFIRM, "paul", office=world.office)
    world.run_days(DUE, THURSDAY)
    assert not world.steps_sent()
    gate = world.postbox.gate

    def people(_: date) -> None:
        release_day("acme", "paul", gate=gate)

    world.run_day(FRIDAY, people)
    assert world.steps_sent() == [(FRIDAY, "email_1")]


def test_over_the_cap_of_the_day_the_smaller_stake_leaves_the_next_working_day() -> None:
    world = World(DUE)
    creditor = world.office.creditors.get("acme")
    profile = replace(creditor.profile, max_messages_per_day=1)
    world.office.creditors.save(replace(creditor, profile=profile))
    world.owes(an_invoice("SMALL", due=DUE, amount="100"), debtor=a_debtor("C001"))
    world.owes(an_invoice("LARGE", due=DUE, amount="900"), debtor=a_debtor("C002"))
    world.run_days(DUE, FRIDAY)
    sent = [(one.written_on, one.notice.debtor) for one in world.carrier.sent]
    assert sent == [(THURSDAY, "C002"), (FRIDAY, "C001")]


def test_an_item_old_when_first_seen_waits_until_a_person_releases_it() -> None:
    """Forty days late on 2 March; released on the 9th, its first reminder leaves the day after."""
    world = owing(late=40)
    case = world.case()
    waiting = replace(case, to_release=frozenset(case.items))
    world.stores.of("acme").cases.commit(CaseChange(waiting, None))
    world.run_days(DUE, MONDAY - DAY)
    assert not world.steps_sent()
    world.run_day(MONDAY)
    release("acme", None, "paul", office=world.office)
    world.run_days(MONDAY + DAY, MONDAY + DAY)
    assert world.steps_sent() == [(MONDAY + DAY, "email_1")]


def test_a_refused_step_is_tried_again_on_the_next_open_day_and_three_are_a_task_and_a_hold() -> (
    None
):
    world = owing()
    world.carrier.failing = [SendRefused("rejected") for _ in range(3)]
    world.run_days(DUE, MONDAY + 7 * DAY)
    failed = [
        entry.at.date()
        for entry in world.stores.of("acme").cases.history("C001")
        if entry.kind == "notice-failed"
    ]
    assert failed == [THURSDAY, FRIDAY, MONDAY]
    case = world.case()
    assert [task.kind for task in case.tasks] == [TaskKind.FAILED_STEP]
    assert [hold.reason for hold in case.holds if isinstance(hold, ManualHold)] == ["failed-step"]
    assert not world.steps_sent()
