"""A promise or an announced payment is judged by a later balance, on the morning it comes."""

from datetime import date, timedelta

from relance.application.people import Findings
from relance.application.seen_reply import mark_seen
from relance.domain.escalation.arrangements import PromiseTerms
from tests.builders import an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
PROMISED = date(2026, 3, 18)
"""A Wednesday: with two working days of grace the promise is over on Friday 2026-03-20."""
NEXT_BALANCE = date(2026, 3, 30)


def answered(findings: Findings) -> World:
    """The customer answered the first reminder, and no balance came after 2026-03-20."""
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, date(2026, 3, 5))
    world.reply(world.carrier.sent[0].reply_to)
    world.clock.set(at(date(2026, 3, 6), 9))
    mark_seen("acme", "C001", "r1", "claire", findings, office=world.office)
    world.run_days(date(2026, 3, 9), date(2026, 3, 20))
    day = date(2026, 3, 21)
    while day < NEXT_BALANCE:
        world.run_day(day)
        day += timedelta(days=1)
    return world


def test_a_broken_promise_is_acted_on_the_morning_the_balance_shows_it() -> None:
    world = answered(Findings(PromiseTerms(PROMISED)))
    assert world.steps_sent() == [(date(2026, 3, 5), "email_1")]
    world.run_days(NEXT_BALANCE, NEXT_BALANCE)
    assert world.steps_sent()[1:] == [(NEXT_BALANCE, "email_2")]


def test_an_announced_payment_that_did_not_come_is_acted_on_the_same_way() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, date(2026, 3, 5))
    world.reply(world.carrier.sent[0].reply_to)
    world.clock.set(at(date(2026, 3, 6), 9))
    mark_seen("acme", "C001", "r1", "claire", Findings(paid=()), office=world.office)
    day = date(2026, 3, 7)
    while day < NEXT_BALANCE:
        world.run_day(day)
        day += timedelta(days=1)
    assert world.steps_sent() == [(date(2026, 3, 5), "email_1")]
    world.run_days(NEXT_BALANCE, NEXT_BALANCE)
    assert world.steps_sent()[1:] == [(NEXT_BALANCE, "email_2")]
