"""An answer to the customer is sent once too, whatever breaks (design §7)."""

from datetime import date

import pytest

from relance.application.promises import note_promise
from relance.domain.escalation.arrangements import PromiseTerms
from relance.domain.evidence import EvidenceEntry
from relance.domain.notice import NoticeStatus
from tests.application.test_send_once import DAY, Sending
from tests.faults import Crash, Faults, crash
from tests.world import World, at

PROMISED = date(2026, 3, 18)


class Answering(Sending):
    """The recap of a promise is planned and may leave now; a reminder is planned beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.world.clock.set(at(DAY, 8))
        promise(self.world)
        (answer,) = self.world.case().answering
        self.notice_id = answer.id
        self.world.queue.messages.clear()


def promise(world: World) -> None:
    terms = PromiseTerms(PROMISED)
    note_promise("acme", "C001", terms, "ana", "", office=world.office, postbox=world.postbox)


def calls_of_an_answer() -> list[str]:
    faults = Faults()
    Answering().send(faults)
    return faults.calls


POINTS = [pytest.param(n, id=f"{n}-{name}") for n, name in enumerate(calls_of_an_answer())]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_around_any_call_never_sends_twice_and_never_loses(point: int, moment: str) -> None:
    answering = Answering()
    faults = Faults(at=point, **{moment: crash})  # type: ignore[arg-type]
    with pytest.raises(Crash):
        answering.send(faults)
    answering.recover()
    answering.assert_never_twice_never_lost()


@pytest.mark.parametrize("point", POINTS)
def test_a_promise_replaced_at_any_moment_is_never_confirmed_after_that(point: int) -> None:
    """Whoever else writes to the case before the claim makes the sender look again."""
    answering = Answering()
    world = answering.world

    def another() -> None:
        terms = PromiseTerms(date(2026, 3, 20))
        note_promise("acme", "C001", terms, "ana", "", office=world.office, postbox=world.postbox)

    try:
        answering.send(Faults(at=point, before=another))
    except Exception:  # noqa: BLE001 - a conflict: the queue brings it back
        answering.recover()
    status = answering.notice.status
    left = [e for e in history(world) if e.facts.get("notice") == answering.notice_id]
    if status is NoticeStatus.WITHHELD:
        assert answering.mailer.sent == []
        assert left[-1].facts["reason"] == "no-longer-agreed"
    else:
        claimed = next(e.seq for e in left if e.kind == "notice-sending")
        replaced = [e.seq for e in history(world) if e.kind == "promise-noted"][-1]
        assert claimed < replaced


def history(world: World) -> tuple[EvidenceEntry, ...]:
    return world.stores.of("acme").cases.history("C001")


def test_a_reminder_planned_beside_it_is_withheld_by_what_was_agreed() -> None:
    answering = Answering()
    live = answering.world.case().live
    assert live is not None
    report = answering.world.send(live.id)
    assert (report.status, report.reason) == (NoticeStatus.WITHHELD, "promised")
    assert answering.send().status == NoticeStatus.SENT


def test_an_answer_that_waits_all_day_is_written_again_the_next_morning() -> None:
    answering = Answering()
    world = answering.world
    world.clock.set(at(DAY, 19))
    world.sweep()
    assert answering.notice.status is NoticeStatus.EXPIRED
    world.run_days(date(2026, 3, 6), date(2026, 3, 6))
    assert world.answers_sent() == [(date(2026, 3, 6), "promise_recap")]
