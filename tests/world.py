"""A whole deployment in memory: the real use cases, with twins of every store and of the post."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from relance.adapters.memory.files import MemoryEvidenceObjects, MemoryFiles
from relance.adapters.memory.outgoing import MemoryMailer, MemoryNoticeQueue, MemoryPlanQueue
from relance.adapters.memory.stores import MemoryStores
from relance.adapters.memory.world import (
    CountingRandomSource,
    MemoryCalendars,
    MemoryClock,
    MemoryPolicies,
)
from relance.adapters.rendering.call_sheets import JinjaCallSheets
from relance.application.answers import Postbox
from relance.application.dispatch import Gate, dispatch_creditors
from relance.application.morning.send import MorningKit, MorningReport, Worklist, send_morning
from relance.application.office import Desk, Office
from relance.application.plan_case import PlanReport
from relance.application.plan_notices import plan_page, start_plans
from relance.application.ports import CaseChange, StoredReply
from relance.application.record_delivery import DeliveryOutcome, record_delivery
from relance.application.record_reply import InboundMail, ReplyReport, record_reply
from relance.application.send_letter import send_letter
from relance.application.send_notice import Prepared, SendReport, send_notice
from relance.application.staff_mail import StaffMail
from relance.application.sweep import SweepReport, sweep
from relance.application.tell_calls import CallsTold, tell_calls
from relance.domain.case import Case, facts_of
from relance.domain.creditor import BalanceState, Creditor, CreditorProfile
from relance.domain.debtor import Debtor
from relance.domain.delivery import DeliveryEvent, DeliveryReport
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice_content import NoticeContent, OutgoingMail
from relance.domain.open_item import OpenItem, Settlement
from relance.domain.penalties import PenaltyClaim
from relance.domain.reply import ReadReply, ReplyKind
from relance.domain.statement import Statement
from tests.builders import CALENDAR, a_creditor, a_debtor, shipped_policies

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
PARIS = ZoneInfo("Europe/Paris")


@dataclass
class FakeCarrier:
    """Records what leaves. `failing` holds an error for the next hand-over.

    copies: the e-mails that only repeat a letter, answers: to the customer, apart from what was
    sent.
    """

    sent: list[NoticeContent] = field(default_factory=list)
    copies: list[NoticeContent] = field(default_factory=list)
    answers: list[NoticeContent] = field(default_factory=list)
    requests: int = 0
    failing: list[Exception] = field(default_factory=list)

    def prepare(self, content: NoticeContent) -> Prepared:
        lines = sorted(f"{key}={amount}" for key, amount in content.notice.asked.items())
        return Prepared("\n".join([content.notice.id, *lines]).encode(), "text/plain", "txt")

    def hand_over(self, content: NoticeContent, prepared: Prepared) -> str:
        assert prepared.content
        self.requests += 1
        if self.failing:
            raise self.failing.pop(0)
        if content.notice.answers is not None:
            self.answers.append(content)
        else:
            (self.sent if content.letter is None else self.copies).append(content)
        return f"sent-{self.requests}"


@dataclass
class FakeStaffRenderer:
    """Records what our own people are told: (template, recipient, context), and what was attached
    to a message that carries something.
    """

    told: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    attached: list[tuple[str, bytes, str]] = field(default_factory=list)

    def message(
        self,
        template: str,
        *,
        profile: CreditorProfile,
        sender_domain: str,
        to: str,
        context: dict[str, object],
        attachments: Sequence[tuple[str, bytes, str]] = (),
    ) -> OutgoingMail:
        self.attached += attachments
        self.told.append((template, to, context))
        tags = {"creditor": profile.code, "staff": template}
        return OutgoingMail(template.encode(), f"relance@{sender_domain}", (to,), tags)


def no_penalties(statement: Statement, until: date) -> PenaltyClaim | None:
    assert statement.sections
    assert until
    return None


def at(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """That time of that day in Paris, in UTC."""
    return datetime.combine(day, time(hour, minute), PARIS).astimezone(UTC)


class World:
    """One creditor, "acme", and its debtors. Days pass by `run_day`."""

    def __init__(self, start: date, creditor: Creditor | None = None) -> None:
        self.clock = MemoryClock(at(start))
        self.random = CountingRandomSource()
        self.stores = MemoryStores(random=self.random)
        self.office = Office(
            creditors=self.stores.creditors,
            stores=self.stores,
            policies=MemoryPolicies(*shipped_policies()),
            calendars=MemoryCalendars(default=CALENDAR),
            clock=self.clock,
        )
        self.carrier = FakeCarrier()
        self.objects = MemoryEvidenceObjects()
        self.queue = MemoryNoticeQueue()
        self.pages = MemoryPlanQueue()
        self.mail = MemoryFiles()
        self.staff = FakeStaffRenderer()
        self.mailer = MemoryMailer()
        self.staff_mail = StaffMail(self.staff, self.mailer)
        self.postbox = Postbox(Gate(self.office, self.queue, self.staff_mail), self.random)
        self.call_sheets = JinjaCallSheets(TEMPLATES)
        self.forwarded: list[str] = []
        self.forward_failures: list[Exception] = []
        self.stores.creditors.save(creditor or a_creditor(as_of=start))

    # ------------------------------------------------------------ facts

    def owes(self, *items: OpenItem, debtor: Debtor | None = None) -> None:
        """A balance dated now with these open items of one debtor; what it had before is paid."""
        who = debtor or a_debtor()
        self.refresh()
        creditor = self.office.creditors.get("acme")
        store = self.stores.of("acme").cases
        before = store.load(who.code, creditor) or Case("acme", who, facts_of(creditor))
        kept = {item.key: item for item in items}
        paid = {
            key: replace(item, open_amount=Decimal(0), settlement=Settlement.UNKNOWN_CAUSE)
            for key, item in before.items.items()
            if key not in kept
        }
        changed = (*items, *paid.values())
        case = replace(before, debtor=who, items={**paid, **kept}, agenda=self.today)
        entry = EvidenceDraft(self.clock.now(), "import", "import")
        store.commit(CaseChange(case, entry, items=changed, import_seq=creditor.import_seq))

    def refresh(self) -> None:
        """The same balance, exported again today."""
        creditor = self.office.creditors.get("acme")
        balance = BalanceState(1, self.today, self.today)
        self.office.creditors.save(replace(creditor, balance=balance))

    # ------------------------------------------------------------ days

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(PARIS).date()

    def case(self, debtor: str = "C001") -> Case:
        return self.office.open("acme").case(debtor)

    def plan(self, day: date) -> None:
        self.clock.set(at(day))
        self.pages = MemoryPlanQueue()
        start_plans(at(day), office=self.office, queue=self.pages)
        for creditor, today, debtors in self.pages.messages:
            self.plan_page(creditor, today, debtors)

    def tell_calls(self, day: date, hour: int = 9) -> dict[str, CallsTold]:
        """The schedule of that hour: the collectors get the calls of the day."""
        self.clock.set(at(day, hour))
        return tell_calls(
            at(day, hour), office=self.office, staff=self.staff_mail, sheets=self.call_sheets
        )

    def morning(self, worklist: Worklist | None = None) -> MorningReport:
        """The mails of the morning, now, as the end of the run asks for them."""
        kit = MorningKit(self.staff_mail, self.call_sheets, worklist)
        return send_morning("acme", self.today, office=self.office, kit=kit)

    def mornings(self, reader: str = "finance@acme.example") -> list[dict[str, Any]]:
        """What that person has read of mornings, the oldest first."""
        return [view for name, to, view in self.staff.told if (name, to) == ("morning", reader)]

    def plan_page(self, creditor: str, today: date, debtors: tuple[str, ...]) -> PlanReport:
        return plan_page(
            creditor,
            today,
            debtors,
            office=self.office,
            queue=self.queue,
            random=self.random,
            staff=self.staff_mail,
            pages=self.pages,
        )

    def send(self, notice_id: str) -> SendReport:
        """By the function of its channel."""
        if not self.stores.of("acme").notices.get(notice_id).channel.is_letter:
            return self._send_one("acme", notice_id)
        return send_letter(
            "acme",
            notice_id,
            send=self._send_one,
            office=self.office,
            staff=self.staff_mail,
            queue=self.queue,
        )

    def _send_one(self, creditor: str, notice_id: str) -> SendReport:
        return send_notice(
            creditor,
            notice_id,
            office=self.office,
            carrier=self.carrier,
            objects=self.objects,
            claim_penalties=no_penalties,
            random=self.random,
        )

    def drain(self) -> list[SendReport]:
        reports = []
        while self.queue.messages:
            _, notice_id, _ = self.queue.messages.pop(0)
            reports.append(self.send(notice_id))
        return reports

    def sweep(self) -> tuple[SweepReport, ...]:
        return sweep(office=self.office, queue=self.queue, staff=self.staff_mail)

    def dispatch(self) -> None:
        """The hourly schedule, at this hour."""
        gate = Gate(self.office, self.queue, self.staff_mail)
        dispatch_creditors(self.clock.now(), gate=gate)

    def run_day(self, day: date, people: Callable[[date], None] | None = None) -> list[SendReport]:
        """The 08:00 run, the calls told and what people do at 09:00, what leaves, the sweep of the
        evening.
        """
        self.plan(day)
        self.tell_calls(day)
        self.clock.set(at(day, 9))
        if people is not None:
            people(day)
        self.clock.set(at(day, 10))
        self.dispatch()
        reports = self.drain()
        self.clock.set(at(day, 19))
        self.sweep()
        return reports

    def run_days(
        self, start: date, end: date, people: Callable[[date], None] | None = None
    ) -> None:
        """Every day of [start, end], with a balance exported again each morning."""
        day = start
        while day <= end:
            self.clock.set(at(day, 6))
            self.refresh()
            self.run_day(day, people)
            day = date.fromordinal(day.toordinal() + 1)

    def delivery(self, notice_id: str, event: DeliveryEvent) -> DeliveryOutcome:
        now = self.clock.now()
        report = DeliveryReport("acme", notice_id, event, now, "m-1", "because")
        return record_delivery(
            report,
            b"{}",
            office=self.office,
            objects=self.objects,
            random=self.random,
            staff=self.staff_mail,
        )

    def reply(
        self,
        recipient: str,
        *,
        reply_id: str = "r1",
        kind: ReplyKind = ReplyKind.HUMAN,
        sender: str = "ap@client.example",
        references: tuple[str, ...] = (),
        verdicts: dict[str, str] | None = None,
    ) -> ReplyReport:
        """A message that arrives at that address of ours."""
        self.mail.put(f"inbound/{reply_id}", b"raw", content_type="message/rfc822")
        read = ReadReply(kind, "Bonjour", "fr", "Re: relance", sender, "m@x", references)
        return record_reply(
            InboundMail(
                reply_id, f"inbound/{reply_id}", (recipient,), self.clock.now(), verdicts or {}
            ),
            office=self.office,
            directory=self.stores.directory,
            mail=self.mail,
            read_mail=lambda _: read,
            objects=self.objects,
            forward=self._forward,
        )

    def _forward(self, desk: Desk, stored: StoredReply, reply: ReadReply, raw: bytes) -> None:
        assert (desk.creditor.code, raw, reply.subject) == ("acme", b"raw", stored.subject)
        if self.forward_failures:
            raise self.forward_failures.pop()
        self.forwarded.append(stored.id)

    # ------------------------------------------------------------ what happened

    def steps_sent(self) -> list[tuple[date, str]]:
        return [(content.written_on, content.notice.step) for content in self.carrier.sent]

    def answers_sent(self) -> list[tuple[date, str]]:
        return [(content.written_on, content.notice.template) for content in self.carrier.answers]

    def kinds(self, debtor: str = "C001") -> list[str]:
        return [entry.kind for entry in self.stores.of("acme").cases.history(debtor)]


def numbers(items: Iterable[OpenItem]) -> list[str]:
    return [item.number for item in items]
