"""Sent once whatever breaks: every port call of the sender, crashed, throttled, doubled (§7)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from relance.adapters.memory.outgoing import MemoryMailer
from relance.application.carriers import EmailCarrier
from relance.application.office import Office
from relance.application.ports import (
    Conflict,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.application.send_notice import SendReport, send_notice
from relance.domain.creditor import Pause
from relance.domain.delivery import DeliveryEvent
from relance.domain.errors import RelanceError
from relance.domain.evidence import chain_problem
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.notice_content import NoticeContent, OutgoingMail
from tests.builders import an_invoice
from tests.faults import Crash, Faults, Port, StoresPort, crash
from tests.world import World, at, no_penalties

DAY = date(2026, 3, 5)


class PlainRenderer:
    def email(self, content: NoticeContent) -> OutgoingMail:
        recipients = tuple(r.email or "" for r in content.notice.recipients)
        return OutgoingMail(content.notice.id.encode(), "us@acme.example", recipients, {})


class Sending:
    """A world where one reminder is planned for today and may leave now."""

    def __init__(self) -> None:
        self.world = World(DAY - timedelta(days=3))
        self.world.owes(an_invoice(due=DAY - timedelta(days=3), amount="400"))
        self.world.clock.set(at(DAY, 6))
        self.world.refresh()
        self.world.plan(DAY)
        live = self.world.case().live
        assert live is not None
        self.notice_id = live.id
        self.world.queue.messages.clear()
        self.open_mailer()

    def open_mailer(self) -> None:
        self.mailer = MemoryMailer()

    def send(self, faults: Faults | None = None) -> SendReport:
        watched = faults or Faults()
        office = self.world.office
        wrapped = Office(
            creditors=self._port(office.creditors, "creditors", watched),
            stores=StoresPort(office.stores, watched),
            policies=self._port(office.policies, "policies", watched),
            calendars=self._port(office.calendars, "calendars", watched),
            clock=self._port(office.clock, "clock", watched),
        )
        carrier = EmailCarrier(
            self._port(PlainRenderer(), "renderer", watched),
            self._port(self.mailer, "mailer", watched),
        )
        return send_notice(
            "acme",
            self.notice_id,
            office=wrapped,
            carrier=carrier,
            objects=self._port(self.world.objects, "objects", watched),
            claim_penalties=no_penalties,
            random=self._port(self.world.random, "random", watched),
        )

    @staticmethod
    def _port(target: object, name: str, faults: Faults) -> Any:
        return Port(target, name, faults)

    @property
    def notice(self) -> Notice:
        return self.world.stores.of("acme").notices.get(self.notice_id)

    def recover(self) -> None:
        """SQS brings the message back, then the sweep does, then the queue again."""
        for minutes in (1, 20, 40):
            self.world.clock.set(at(DAY, 8, minutes))
            self.world.sweep()
            with suppress(SendThrottled, SendNotAttempted, Conflict):
                self.send()

    def assert_never_twice_never_lost(self) -> None:
        assert len(self.mailer.sent) <= 1
        if self.notice.status is NoticeStatus.SENT:
            assert len(self.mailer.sent) == 1
        else:
            assert self.notice.status is NoticeStatus.SENDING, self.notice
            assert self.notice_id in self.world.sweep()[0].doubtful
        for debtor in self.notice.debtors:
            entries = self.world.stores.of("acme").cases.history(debtor)
            assert chain_problem(entries) is None


def calls_of_a_send() -> list[str]:
    faults = Faults()
    Sending().send(faults)
    return faults.calls


CALLS = calls_of_a_send()
POINTS = [pytest.param(n, id=f"{n}-{name}") for n, name in enumerate(CALLS)]


def test_the_mailer_is_called_once_and_after_the_claim() -> None:
    assert CALLS.count("mailer.send") == 1
    before = CALLS[: CALLS.index("mailer.send")]
    assert "objects.put" in before
    assert before.index("objects.put") < before.index("cases.commit_all")


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_around_any_call_never_sends_twice_and_never_loses(point: int, moment: str) -> None:
    sending = Sending()
    faults = Faults(at=point, **{moment: crash})  # type: ignore[arg-type]
    with pytest.raises(Crash):
        sending.send(faults)
    sending.recover()
    sending.assert_never_twice_never_lost()


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_duplicate_message_at_any_call_sends_once(point: int, moment: str) -> None:
    sending = Sending()

    def other_message() -> None:
        with suppress(Conflict):
            sending.send()

    faults = Faults(at=point, **{moment: other_message})  # type: ignore[arg-type]
    with suppress(Conflict):
        sending.send(faults)
    assert len(sending.mailer.sent) == 1
    assert len(sending.mailer.requests) == 1
    sending.recover()
    assert len(sending.mailer.sent) == 1
    assert sending.notice.status is NoticeStatus.SENT


def throttled(name: str) -> Callable[[], None]:
    """The call is refused for now: nothing happened."""

    def refuse() -> None:
        if name.startswith("renderer"):
            raise OSError("busy")
        raise SendThrottled("busy") if name == "mailer.send" else Conflict("store-busy")

    return refuse


def timed_out(name: str) -> Callable[[], None]:
    """The call was done, and its answer was lost."""

    def lose() -> None:
        raise SendOutcomeUnknown("read-timeout") if name == "mailer.send" else TimeoutError

    return lose


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize(("moment", "fault"), [("before", throttled), ("after", timed_out)])
def test_a_throttle_or_a_lost_answer_at_any_call_never_sends_twice_and_never_loses(
    point: int, moment: str, fault: Callable[[str], Callable[[], None]]
) -> None:
    sending = Sending()
    faults = Faults(at=point, **{moment: fault(CALLS[point])})  # type: ignore[arg-type]
    with suppress(Conflict, SendThrottled, OSError):
        sending.send(faults)
    sending.recover()
    sending.assert_never_twice_never_lost()


def paid(sending: Sending) -> None:
    sending.world.owes()


def replied(sending: Sending) -> None:
    sending.world.reply("x@reply.acme.example")


def paused(sending: Sending) -> None:
    creditors = sending.world.office.creditors
    stop = Pause(sending.world.clock.now(), "paul", "stop")
    creditors.save(replace(creditors.get("acme"), pause=stop))


def importing(sending: Sending) -> None:
    creditors = sending.world.office.creditors
    creditors.save(replace(creditors.get("acme"), waiting_drops=frozenset({"acme/b.csv"})))


BEFORE_THE_CLAIM = POINTS[: CALLS.index("cases.commit_all")]


@pytest.mark.parametrize("point", BEFORE_THE_CLAIM)
@pytest.mark.parametrize("event", [paid, replied, paused, importing])
def test_what_happens_before_the_claim_stops_it(
    point: int, event: Callable[[Sending], None]
) -> None:
    sending = Sending()
    faults = Faults(at=point, after=lambda: event(sending))
    with suppress(Conflict):
        sending.send(faults)
    assert not sending.mailer.requests
    with suppress(Conflict):
        sending.send()
    assert not sending.mailer.requests


@pytest.mark.parametrize("error", [SendThrottled("busy"), SendNotAttempted("no-route")])
def test_throttled_or_unreachable_is_planned_again_and_the_queue_brings_it_back(
    error: RelanceError,
) -> None:
    sending = Sending()
    sending.mailer.failing(error)
    with pytest.raises(type(error)):
        sending.send()
    assert sending.notice.status == "planned"
    sending.recover()
    assert len(sending.mailer.sent) == 1
    assert sending.notice.status == "sent"


def test_a_time_out_is_never_sent_again_and_an_event_may_prove_it_left() -> None:
    sending = Sending()
    sending.mailer.failing(SendOutcomeUnknown("read-timeout"))
    assert sending.send().reason == "read-timeout"
    sending.recover()
    assert len(sending.mailer.requests) == 1
    sending.assert_never_twice_never_lost()
    outcome = sending.world.delivery(sending.notice_id, DeliveryEvent.SEND)
    assert outcome.status == "sent"
    assert sending.world.case().progress_of(next(iter(sending.notice.asked))).last is not None


def test_a_refusal_is_tried_again_on_the_next_open_day_and_three_are_a_task() -> None:
    sending = Sending()
    sending.mailer.failing(SendRefused("message-rejected"))
    assert sending.send().status == "failed"
    assert sending.world.case().live is None
    assert sending.world.case().failures == 1
    assert sending.world.case().agenda == DAY + timedelta(days=1)


def test_what_left_is_what_was_kept() -> None:
    sending = Sending()
    sending.send()
    content = sending.notice.content
    assert content is not None
    assert sending.world.objects.get(content) == sending.mailer.sent[0].raw


def test_before_its_window_it_waits_and_after_it_it_expires() -> None:
    sending = Sending()
    sending.world.clock.set(at(DAY, 7, 59))
    assert sending.send().reason == "outside-window"
    assert sending.notice.status is NoticeStatus.PLANNED
    sending.world.clock.set(at(DAY, 18, 1))
    assert sending.send().status == "expired"
    assert sending.world.case().live is None
