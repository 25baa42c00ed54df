"""Tasks and holds that only a person ends: `relance done`."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.close_matter import close_matter
from relance.application.people import Findings, NotAllowed
from relance.application.ports import NotFound, SendRefused
from relance.application.seen_reply import mark_seen
from relance.domain.delivery import DeliveryEvent
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms
from relance.domain.escalation.netting import net_account
from relance.domain.holds import Dispute
from relance.domain.task import TaskKind
from tests.builders import CALENDAR, an_invoice
from tests.world import World

DUE = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)
DAY = timedelta(days=1)


def reminded(until: date = THURSDAY, amount: str = "400") -> World:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount=amount))
    world.run_days(DUE, until)
    return world


def done(world: World, key: str) -> None:
    close_matter("acme", "C001", key, "ana", "Mme Durand a rappelé", office=world.office)


def chaseable(world: World) -> Decimal:
    (rest,) = net_account(world.case(), CALENDAR).values()
    return rest.chaseable


def test_a_failed_step_that_a_person_looked_at_is_tried_again() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.carrier.failing += [SendRefused("rejected")] * 3
    world.run_days(DUE, date(2026, 3, 20))
    (task,) = world.case().tasks
    done(world, task.key)
    assert not world.case().tasks
    assert not world.case().holds
    world.run_days(date(2026, 3, 23), date(2026, 3, 23))
    assert world.steps_sent() == [(date(2026, 3, 23), "email_1")]


def test_it_says_who_and_keeps_what_they_wrote_apart() -> None:
    world = reminded()
    world.delivery(world.carrier.sent[0].notice.id, DeliveryEvent.COMPLAINT)
    (task,) = world.case().tasks
    done(world, task.key)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == (f"task-done-{TaskKind.FIND_CONTACT}", "ana")
    assert entry.facts == {"closed": task.key}
    assert entry.personal == {"note": "Mme Durand a rappelé"}


def held_by(findings: Findings) -> tuple[World, str]:
    world = reminded()
    world.reply(world.carrier.sent[0].reply_to)
    mark_seen("acme", "C001", "r1", "claire", findings, office=world.office)
    (hold,) = world.case().holds
    return world, hold.key


def test_a_dispute_that_was_solved_is_chased_from_the_next_day() -> None:
    world, key = held_by(Findings(dispute=DisputeTerms(("FA-1",), "price", "ana")))
    world.run_days(THURSDAY + DAY, date(2026, 3, 24))
    assert chaseable(world) == 0
    done(world, key)
    (dispute,) = world.case().holds
    assert isinstance(dispute, Dispute)
    assert dispute.resolved_on == date(2026, 3, 24)
    world.run_days(date(2026, 3, 25), date(2026, 3, 25))
    assert world.steps_sent()[1:] == [(date(2026, 3, 25), "email_2")]


def test_a_promise_noted_by_mistake_is_lifted() -> None:
    world, key = held_by(Findings(PromiseTerms(date(2062, 3, 20), exception="misread")))
    assert chaseable(world) == 0
    done(world, key)
    assert chaseable(world) == Decimal(400)


def test_a_call_is_ended_by_its_outcome_and_a_reply_by_being_read() -> None:
    world = reminded(date(2026, 3, 9), "900")
    (call,) = world.case().tasks
    with pytest.raises(NotAllowed, match="call-needs-its-outcome"):
        done(world, call.key)
    world.reply(world.carrier.sent[0].reply_to)
    with pytest.raises(NotFound, match="no-such-task"):
        done(world, "r1")
