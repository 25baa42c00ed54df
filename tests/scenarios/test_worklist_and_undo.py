"""A week of somebody who never types a command, told by dates."""

from datetime import date, timedelta

from relance.application.undo import undo
from relance.domain.escalation.calls import call_task
from relance.domain.holds import Promise
from tests.builders import an_invoice
from tests.worklists import Bucket, Paper, written
from tests.world import World, at

DUE = date(2026, 3, 2)


def test_the_calls_the_reply_and_the_slip_of_a_week() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="900"))
    bucket = Bucket(world)

    # Thursday 5 March: the first reminder leaves. Monday 9: the call is on the list.
    world.run_days(DUE, date(2026, 3, 9))
    assert world.steps_sent() == [(date(2026, 3, 5), "email_1")]
    monday = Paper.of(written(world)).sign()
    monday.fill(monday.line("Appel"), outcome="Messagerie", note="message laissé")
    world.clock.set(at(date(2026, 3, 9), 20))
    bucket.drop(monday.saved())

    # Tuesday 10: still to be made; the promise is typed on the wrong day, taken back, typed again.
    tuesday = date(2026, 3, 10)
    world.clock.set(at(tuesday, 6))
    world.refresh()
    world.plan(tuesday)
    world.clock.set(at(tuesday, 11))
    sheet = Paper.of(written(world)).sign()
    sheet.fill(sheet.line("Appel"), outcome="Promesse", date=date(2026, 3, 30))
    bucket.drop(sheet.saved())
    world.clock.advance(timedelta(minutes=20))
    undo("acme", "C001", "claire", office=world.office)
    assert call_task(world.case()) is not None
    sheet.fill(sheet.line("Appel"), date=date(2026, 3, 20))
    bucket.drop(sheet.saved())
    (promise,) = [hold for hold in world.case().holds if isinstance(hold, Promise)]
    assert promise.promised_for == date(2026, 3, 20)

    # One recap, of the promise that stands, and no reminder while it holds: 20 March + 2 days.
    world.drain()
    world.run_days(date(2026, 3, 11), date(2026, 3, 24))
    assert world.answers_sent() == [(tuesday, "promise_recap")]
    assert len(world.carrier.sent) == 1

    # Broken on the balance of the 25th: the next reminder recalls it.
    world.run_days(date(2026, 3, 25), date(2026, 3, 26))
    assert [step for _, step in world.steps_sent()] == ["email_1", "email_2"]
