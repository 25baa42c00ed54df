"""A registered letter and its e-mail copy, each once whatever breaks: every port call of the chain
crashed, lost, doubled (§7). As `test_send_once` does for one e-mail.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest

from relance.adapters.memory.outgoing import MemoryLetterProvider, MemoryMailer
from relance.application.carriers import EmailCarrier, LetterCarrier
from relance.application.office import Office
from relance.application.people import resolve_notice
from relance.application.ports import (
    Conflict,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendThrottled,
)
from relance.application.send_letter import send_letter
from relance.application.send_notice import Carrier, SendReport, send_notice
from relance.application.staff_mail import StaffMail
from relance.domain.evidence import chain_problem
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.notice_content import NoticeContent, OutgoingMail, RenderedLetter
from tests.builders import an_invoice
from tests.faults import Crash, Faults, Port, StoresPort, crash
from tests.world import World, at, no_penalties

DUE = date(2026, 3, 2)
LETTER_DAY = date(2026, 3, 26)


class PlainLetters:
    def letter(self, content: NoticeContent) -> RenderedLetter:
        return RenderedLetter(content.notice.id.encode(), 1, ("MENUISERIE DUPONT",))


class PlainMails:
    """Its bytes are those of the letter that it copies."""

    def email(self, content: NoticeContent) -> OutgoingMail:
        assert content.letter is not None
        assert content.letter.pdf is not None
        return OutgoingMail(content.letter.pdf, "us@acme.example", ("boss@client.example",), {})


class Chain:
    """The day of the letter, at 10:00: it is planned and may leave."""

    def __init__(self) -> None:
        self.world = World(DUE)
        self.world.owes(an_invoice(due=DUE, amount="2000"))
        self.world.run_days(DUE, LETTER_DAY - timedelta(days=1))
        self.world.clock.set(at(LETTER_DAY, 6))
        self.world.refresh()
        self.world.plan(LETTER_DAY)
        self.world.clock.set(at(LETTER_DAY, 10))
        live = self.world.case().live
        assert live is not None
        self.letter_id = live.id
        self.world.queue.messages.clear()
        self.provider = MemoryLetterProvider()
        self.mailer = MemoryMailer()
        self.team = MemoryMailer()

    def run(self, faults: Faults | None = None) -> None:
        """The letter's message, then those that it queues."""
        watched = faults or Faults()
        self._send_letter(watched)
        self.drain(watched)

    def drain(self, watched: Faults | None = None) -> None:
        carrier = EmailCarrier(*self._ports(watched or Faults(), mails=PlainMails()))
        while self.world.queue.messages:
            _, notice_id, channel = self.world.queue.messages.pop(0)
            assert not channel.is_letter
            self._send(notice_id, carrier, watched or Faults())

    def _send_letter(self, watched: Faults) -> None:
        emails = EmailCarrier(*self._ports(watched, mails=PlainMails()))
        carrier = LetterCarrier(*self._ports(watched, letters=PlainLetters()), emails)
        send_letter(
            "acme",
            self.letter_id,
            send=lambda _, notice_id: self._send(notice_id, carrier, watched),
            office=self._office(watched),
            staff=StaffMail(
                self._port(self.world.staff, "staff", watched),
                self._port(self.team, "team", watched),
            ),
            queue=self._port(self.world.queue, "queue", watched),
        )

    def _ports(self, watched: Faults, **renderers: object) -> tuple[Any, Any]:
        ((name, renderer),) = renderers.items()
        target: object = self.provider if name == "letters" else self.mailer
        target_name = "provider" if name == "letters" else "mailer"
        return self._port(renderer, name, watched), self._port(target, target_name, watched)

    def _send(self, notice_id: str, carrier: Carrier, watched: Faults) -> SendReport:
        return send_notice(
            "acme",
            notice_id,
            office=self._office(watched),
            carrier=carrier,
            objects=self._port(self.world.objects, "objects", watched),
            claim_penalties=no_penalties,
            random=self._port(self.world.random, "random", watched),
        )

    def _office(self, watched: Faults) -> Office:
        office = self.world.office
        return Office(
            creditors=self._port(office.creditors, "creditors", watched),
            stores=StoresPort(office.stores, watched),
            policies=self._port(office.policies, "policies", watched),
            calendars=self._port(office.calendars, "calendars", watched),
            clock=self._port(office.clock, "clock", watched),
        )

    @staticmethod
    def _port(target: object, name: str, faults: Faults) -> Any:
        return Port(target, name, faults)

    # ------------------------------------------------------------ what came of it

    def recover(self) -> None:
        """SQS brings the letter's message back, the sweep does, and a person says of a letter
        nobody knows about that it left when it did.
        """
        for minutes in (1, 20, 40):
            self._again(minutes)
        if self.letter.status is NoticeStatus.SENDING:
            left = bool(self.provider.letters)
            office, random = self.world.office, self.world.random
            resolve_notice("acme", self.letter_id, "paul", sent=left, office=office, random=random)
            self._again(59)

    def _again(self, minutes: int) -> None:
        self.world.clock.set(at(LETTER_DAY, 10, minutes))
        self.world.sweep()
        self.world.queue.messages = [m for m in self.world.queue.messages if not m[2].is_letter]
        with suppress(SendThrottled, SendNotAttempted, Conflict):
            self.run()

    @property
    def letter(self) -> Notice:
        return self.world.stores.of("acme").notices.get(self.letter_id)

    @property
    def copies(self) -> list[Notice]:
        notices = self.world.stores.of("acme").notices.of_case("C001")
        return [notice for notice in notices if notice.copy_of == self.letter_id]

    def assert_the_letter_once_and_its_copy_once_at_the_most(self) -> None:
        assert len(self.provider.requests) <= 1
        assert len(self.mailer.requests) <= 1
        assert chain_problem(self.world.stores.of("acme").cases.history("C001")) is None
        if self.letter.status is NoticeStatus.WITHHELD:
            assert (self.provider.letters, self.copies) == ({}, [])
            return
        assert self.letter.status is NoticeStatus.SENT
        assert list(self.provider.letters) == [self.letter_id]
        (copy,) = self.copies
        if copy.status is NoticeStatus.SENDING:
            self.world.clock.set(at(LETTER_DAY, 12))
            assert self.world.sweep()[0].doubtful == (copy.id,)
        else:
            assert copy.status is NoticeStatus.SENT
            assert [mail.raw for mail in self.mailer.sent] == [self.letter_id.encode()]


def calls_of_a_chain() -> list[str]:
    faults = Faults()
    Chain().run(faults)
    return faults.calls


CALLS = calls_of_a_chain()
POINTS = [pytest.param(n, id=f"{n}-{name}") for n, name in enumerate(CALLS)]
COPY_CLAIMED = [n for n, name in enumerate(CALLS) if name.startswith("cases.commit")][2]
"""The letter is claimed, then sent with its copy planned, then the copy is claimed."""


def test_the_chain_asks_each_provider_once_and_queues_the_copy_once() -> None:
    for name in ("provider.submit", "mailer.send", "queue.put", "team.send"):
        assert CALLS.count(name) == 1, name
    assert CALLS.index("provider.submit") < CALLS.index("queue.put") < CALLS.index("mailer.send")
    assert sum(name.startswith("cases.commit") for name in CALLS) == 4


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_around_any_call_sends_the_letter_once_and_the_copy_once(
    point: int, moment: str
) -> None:
    chain = Chain()
    with pytest.raises(Crash):
        chain.run(Faults(at=point, **{moment: crash}))  # type: ignore[arg-type]
    chain.recover()
    chain.assert_the_letter_once_and_its_copy_once_at_the_most()
    if point < COPY_CLAIMED and chain.letter.status is NoticeStatus.SENT:
        assert chain.copies[0].status is NoticeStatus.SENT


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_duplicate_message_at_any_call_changes_nothing(point: int, moment: str) -> None:
    chain = Chain()

    def other_message() -> None:
        with suppress(Conflict):
            chain.run()

    with suppress(Conflict):
        chain.run(Faults(at=point, **{moment: other_message}))  # type: ignore[arg-type]
    chain.recover()
    assert (len(chain.provider.requests), len(chain.mailer.requests)) == (1, 1)
    assert [copy.status for copy in chain.copies] == [NoticeStatus.SENT]


@pytest.mark.parametrize("point", POINTS)
def test_a_lost_answer_at_any_call_sends_each_once_at_the_most(point: int) -> None:
    chain, name = Chain(), CALLS[point]

    def lose() -> None:
        asks = name in {"mailer.send", "provider.submit", "team.send"}
        raise SendOutcomeUnknown("read-timeout") if asks else TimeoutError

    with suppress(TimeoutError):
        chain.run(Faults(at=point, after=lose))
    chain.recover()
    chain.assert_the_letter_once_and_its_copy_once_at_the_most()
