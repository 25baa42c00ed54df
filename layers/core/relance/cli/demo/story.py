"""75 days, one after the other: what is dropped, decided, sent, answered and done on each."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from relance.cli.demo.customers import compose_reply, sender_of
from relance.cli.demo.diary import Act, Diary, Import
from relance.cli.demo.exports import export_balance
from relance.cli.demo.ledger import Ledger
from relance.cli.demo.outbox import Received, received
from relance.cli.demo.scenario import CustomerReply, Scenario
from relance.cli.demo.staff import Staff, Unread
from relance.cli.demo.stage import Stage, wait_until
from relance.domain.escalation.decide import decide
from relance.domain.working_days import WorkingCalendar

FIRST_BALANCE = "balance-"


@dataclass
class Story:
    """answered: replies of the scenario already written; mailed: messages already looked at."""

    stage: Stage
    scenario: Scenario
    ledger: Ledger
    examples: Path
    company: str
    diary: Diary = field(default_factory=Diary)
    waiting: list[tuple[date, CustomerReply, Received]] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    mailed: int = 0

    def __post_init__(self) -> None:
        self.staff = Staff(self.stage, self.scenario, self.diary)

    def begin(self) -> None:
        """The first morning: files, payment details, mode."""
        self.stage.stack.bounce(*self.scenario.bounces)
        at = self.stage.at(self.scenario.start, 7)
        for name in self.scenario.files:
            content = (self.examples / name).read_bytes()
            self._drop(self.scenario.start, name, content, exported=name.startswith(FIRST_BALANCE))
            if name == self.scenario.files[0]:
                self.staff.confirm_payment_details(at)
        self.staff.go_live(at)

    def live(self, day: date, calendar: WorkingCalendar) -> None:
        """Closed days have their run too: it says that they are closed."""
        if not calendar.is_open(day):
            self.diary.runs[day] = self.stage.plan(self.stage.at(day, 8))
            return
        self._morning_drops(day)
        self._plan(day)
        self.stage.tell_calls(self.stage.at(day, 9))
        self.staff.work(self.stage.at(day, 9))
        self.stage.at(day, 10)
        self.stage.sweep()
        self._look_at_mail(day, calendar)
        self._answer(self.stage.at(day, 14), calendar)
        self.stage.at(day, 19)
        self.stage.sweep()

    # ------------------------------------------------------------ accounting

    def _morning_drops(self, day: date) -> None:
        self.stage.at(day, 7)
        if self.scenario.exports_on(day):
            name, content = export_balance(self.ledger, day, self.company)
            self._drop(day, name, content, exported=True)
        for extra in self.scenario.drops:
            if extra.on == day:
                content = (self.examples / extra.file).read_bytes()
                self._drop(day, extra.file, content, exported=False)

    def _drop(self, day: date, name: str, content: bytes, *, exported: bool) -> None:
        record = self.stage.drop(name, content)
        rejected = record.counts.get("rejected", 0)
        self.diary.imports.append(Import(day, name, record.status, rejected, exported))

    # ------------------------------------------------------------ the machine

    def _plan(self, day: date) -> None:
        """The run of 08:00; the same decider tells beforehand what it will hold, and why."""
        at = self.stage.at(day, 8)
        desk = self.stage.desk()
        acted = []
        for page in desk.cases.due(day, page_size=100):
            for debtor in page:
                case = desk.case(debtor)
                decision = decide(case, desk.policy, desk.calendar, day)
                self.diary.note_decision(day, case, decision)
                if decision.actions:
                    acted.append(debtor)
        self.diary.runs[day] = self.stage.plan(at)
        for debtor in acted:
            self.staff.notice(desk.case(debtor))

    # ------------------------------------------------------------ customers

    def _look_at_mail(self, day: date, calendar: WorkingCalendar) -> None:
        """Customers who answer do so on the next open day."""
        messages = received(self.stage.stack.outbox, self.stage.creditor)
        notices = self.stage.desk().stores.notices
        for message in messages[self.mailed :]:
            if message.notice is None or message.outcome != "delivered":
                continue
            notice = notices.get(message.notice)
            for index, reply in enumerate(self.scenario.replies):
                wanted = (reply.debtor, reply.to) == (notice.debtor, notice.step)
                if wanted and index not in self.answered:
                    self.answered.add(index)
                    self.waiting.append((calendar.add(day, 1), reply, message))
        self.mailed = len(messages)

    def _answer(self, at: datetime, calendar: WorkingCalendar) -> None:
        due = sorted((w for w in self.waiting if w[0] <= at.date()), key=lambda w: w[1].debtor)
        self.waiting = [w for w in self.waiting if w not in due]
        for _, reply, message in due:
            self._send_reply(reply, message, at, calendar)

    def _send_reply(
        self, reply: CustomerReply, to: Received, at: datetime, calendar: WorkingCalendar
    ) -> None:
        """By SMTP to the Reply-To address; it is filed, and forwarded, when this returns."""
        answered = to.message()
        replies = self.stage.desk().stores.replies
        known = {one.id for one in replies.of_case(reply.debtor)}
        message = compose_reply(reply, answered, at)
        recipient = message["To"].addresses[0].addr_spec
        self.stage.stack.receive(
            message.as_bytes(), sender=sender_of(answered), recipients=[recipient]
        )

        def filed() -> list[str]:
            found = replies.of_case(reply.debtor)
            return [r.id for r in found if r.id not in known and r.forwarded_at is not None]

        wait_until(lambda: bool(filed()), f"the reply of {reply.debtor} to be filed")
        self.stage.settle_mail()
        self.diary.acts.append(Act(at, reply.debtor, f"reply-{reply.kind}", reply.debtor))
        if reply.kind == "human":
            read_on = calendar.add(at.date(), reply.seen_after)
            self.staff.unread.append(Unread(reply, filed()[0], at, read_on))
