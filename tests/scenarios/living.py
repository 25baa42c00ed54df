"""One life as it goes, day by day: what accounts, customers and collectors do."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from relance.application.close_matter import close_matter
from relance.application.creditor_commands import pause, resume
from relance.application.log_call import CallResult, log_call
from relance.application.people import Findings, approve_notice, resolve_notice
from relance.application.ports import (
    CaseChange,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.application.record_payment import record_payment
from relance.application.release import release
from relance.application.seen_reply import mark_seen
from relance.application.send_notice import Prepared
from relance.application.undo import undo
from relance.domain.case import Case, facts_of
from relance.domain.case_import import apply_balance
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import BalanceState
from relance.domain.delivery import DeliveryEvent
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms
from relance.domain.escalation.calls import call_task
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import UnreadReply
from relance.domain.notice import NoticeStatus
from relance.domain.notice_content import NoticeContent
from relance.domain.open_item import ItemKey, ItemKind, OpenItem, Settlement
from relance.domain.policy import Level
from relance.domain.reconciliation.changes import DebtorChange, change_between
from tests.builders import CALENDAR, a_contact, a_credit, a_creditor, an_invoice
from tests.scenarios.arranging import Arranging
from tests.scenarios.governing import Governing
from tests.scenarios.life import Event, Life
from tests.scenarios.test_salespeople import selling, sold
from tests.scenarios.watcher import Watcher, peek
from tests.world import FakeCarrier, World, at

DEBTOR = "C001"


@dataclass
class WatchedCarrier(FakeCarrier):
    watcher: Watcher | None = None

    def hand_over(self, content: NoticeContent, prepared: Prepared) -> str:
        if self.watcher is not None:
            self.watcher.hands_over(content.notice)
        return super().hand_over(content, prepared)


@dataclass
class Living:
    """One life as it goes. ledger: what the accounts say, whatever the last balance said."""

    life: Life
    world: World = field(init=False)
    watcher: Watcher = field(init=False)
    ledger: dict[ItemKey, OpenItem] = field(default_factory=dict)
    made: int = 0
    seq: int = 1

    def __post_init__(self) -> None:
        self.world = World(self.life.start, selling(a_creditor(as_of=self.life.start)))
        self.watcher = Watcher(self.world)
        self.world.carrier = WatchedCarrier(watcher=self.watcher)
        for due, amount in self.life.due:
            self.add(due, amount)
        self.drop()

    # ------------------------------------------------------------ the accounts

    def add(self, due: int, amount: int) -> None:
        self.made += 1
        day = self.world.today + timedelta(days=due)
        item = an_invoice(f"F{self.made}", due=day, issued=day - timedelta(30), amount=str(amount))
        self.ledger[item.key] = item

    def add_credit(self, kind: ItemKind, amount: int) -> None:
        self.made += 1
        item = a_credit(f"A{self.made}", amount=f"-{amount}", kind=kind, issued=self.world.today)
        self.ledger[item.key] = item

    def drop(self) -> None:
        """A balance of today, applied as an import applies it."""
        self.seq += 1
        creditor = self.world.office.creditors.get("acme")
        balance = BalanceState(self.seq, self.world.today, self.world.today)
        creditor = self.world.office.creditors.save(
            replace(creditor, balance=balance, import_seq=self.seq)
        )
        store = self.world.stores.of("acme").cases
        who = sold(DEBTOR)
        case = store.load(DEBTOR, creditor) or Case("acme", who, facts_of(creditor))
        found = [change_between(case.items.get(k), i) for k, i in self.ledger.items()]
        changes = tuple(change for change in found if change is not None)
        if not changes:
            return
        change = DebtorChange(DEBTOR, case.debtor.name, changes)
        update = apply_balance(
            case, change, import_seq=self.seq, agenda=self.world.today, dated=self.world.today
        )
        entry = EvidenceDraft(self.world.clock.now(), "import", "import", update.facts)
        store.commit(CaseChange(update.case, entry, items=update.items, import_seq=self.seq))

    def pay(self, key: ItemKey | None, percent: int) -> None:
        if key is None:
            return
        item = self.ledger[key]
        rest = (item.open_amount * (100 - percent) / 100).quantize(Decimal("0.01"))
        settled = Settlement.UNKNOWN_CAUSE if rest == 0 else None
        self.ledger[key] = replace(item, open_amount=rest, settlement=settled)

    def move_due(self, key: ItemKey | None, days: int) -> None:
        item = self.ledger[key] if key else None
        if key and item and item.due_date is not None:
            self.ledger[key] = replace(item, due_date=item.due_date + timedelta(days=days))

    # ------------------------------------------------------------ people

    def call(
        self, outcome: str, findings: Findings | None = None, again: date | None = None
    ) -> None:
        if call_task(peek(self.world)) is not None:
            result = CallResult(outcome, findings or Findings(), again=again)
            log_call("acme", DEBTOR, "claire", result, office=self.world.office)

    def tell(self, findings: Findings) -> None:
        """What the customer says, on the telephone or in the reply that is read."""
        unread = [h for h in peek(self.world).holds if isinstance(h, UnreadReply)]
        if unread:
            mark_seen("acme", DEBTOR, unread[0].key, "claire", findings, office=self.world.office)
        else:
            self.call("reached", findings)

    def reply(self) -> None:
        if self.world.carrier.sent:
            self.made += 1
            recipient = self.world.carrier.sent[-1].reply_to
            self.world.reply(recipient, reply_id=f"r{self.made}")

    def approve(self, refuse: str | None = None) -> None:
        awaiting = peek(self.world).awaiting
        if awaiting is not None and awaiting.approved_by is None:
            approve_notice(
                "acme",
                awaiting.id,
                "paul",
                office=self.world.office,
                refuse=refuse,
                confirmed=ALL_CHECKS,
            )

    def event(self, event: DeliveryEvent) -> None:
        emails = [c.notice for c in self.world.carrier.sent if not c.notice.channel.is_letter]
        if emails:
            self.world.delivery(emails[-1].id, event)

    def resolve(self, *, sent: bool) -> None:
        live = peek(self.world).live
        if live is not None and live.status is NoticeStatus.SENDING:
            world = self.world
            resolve_notice(
                "acme", live.id, "paul", sent=sent, office=world.office, random=world.random
            )

    def close(self, pick: int) -> None:
        case = peek(self.world)
        keys = [one.key for one in (*case.tasks, *case.holds)]
        if keys:
            key = keys[pick % len(keys)]
            close_matter("acme", DEBTOR, key, "claire", "", office=self.world.office)

    def undo(self) -> None:
        """Whoever decided last takes it back."""
        for author in ("claire", "paul"):
            with suppress(RelanceError):
                undo("acme", DEBTOR, author, office=self.world.office)

    def new_contact(self) -> None:
        self.made += 1
        case = peek(self.world)
        people = (*case.debtor.contacts, a_contact(f"new{self.made}"))
        debtor = replace(case.debtor, contacts=people)
        after = replace(case, debtor=debtor, agenda=self.world.today)
        self.world.stores.of("acme").cases.commit(CaseChange(after, None))

    # ------------------------------------------------------------ days

    def happens(self, event: Event) -> None:
        """What makes no sense that day is refused, as the commands refuse it."""
        with suppress(RelanceError):
            self._matters(event)[event.kind]()

    def _matters(self, event: Event) -> dict[str, Callable[[], object]]:
        world, amount = self.world, 50 + 150 * (event.pick % 12)
        claims = [key for key, item in self.ledger.items() if item.is_claim]
        key = claims[event.pick % len(claims)] if claims else None
        number = self.ledger[key].number if key else "none"
        today = world.today
        promised = PromiseTerms(
            today + timedelta(days=event.days),
            Decimal(amount) if event.pick % 3 == 0 else None,
            numbers=(number,) if event.pick % 2 else (),
        )
        part = Decimal(amount) if event.pick % 2 else None
        dispute = DisputeTerms((number,), "price", "claire", part)
        failing = world.carrier.failing
        return {
            "invoice": lambda: self.add(event.days - 20, amount),
            "credit": lambda: self.add_credit(ItemKind.CREDIT_NOTE, amount),
            "payment": lambda: self.add_credit(ItemKind.PAYMENT, amount),
            "pay": lambda: self.pay(key, 10 + 7 * (event.pick % 12)),
            "settle": lambda: self.pay(key, 100),
            "due-later": lambda: self.move_due(key, event.days),
            "due-sooner": lambda: self.move_due(key, -event.days),
            "received": lambda: record_payment(
                "acme", DEBTOR, (number,), "claire", amount=part, paid_on=None, office=world.office
            ),
            "reply": self.reply,
            "seen": lambda: self.tell(Findings()),
            "promise": lambda: self.tell(Findings(promise=promised)),
            "dispute": lambda: self.tell(Findings(dispute=dispute)),
            "paid": lambda: self.tell(Findings(paid=(number,) if event.pick % 2 else ())),
            "call": lambda: self.call("reached"),
            "vain-call": lambda: self.call("voicemail"),
            "wrong-number": lambda: self.call("wrong-number"),
            "waiting-call": lambda: self.call("waiting-for-approval"),
            "agreed-call": lambda: self.call("reached", again=today + timedelta(days=event.days)),
            "mend": lambda: self.call("to-mend", Findings(note="ours")),
            "bounce": lambda: self.event(DeliveryEvent.HARD_BOUNCE),
            "soft-bounce": lambda: self.event(DeliveryEvent.SOFT_BOUNCE),
            "complaint": lambda: self.event(DeliveryEvent.COMPLAINT),
            "contact": self.new_contact,
            "pause": lambda: pause("acme", "paul", "because", office=world.office),
            "resume": lambda: resume("acme", "paul", office=world.office),
            "approve": self.approve,
            "refuse": lambda: self.approve(refuse="because"),
            "close": lambda: self.close(event.pick),
            "unknown": lambda: failing.append(SendOutcomeUnknown("read-timeout")),
            "refused": lambda: failing.append(SendRefused("rejected")),
            "throttled": lambda: failing.append(SendThrottled("throttled")),
            "resolve-sent": lambda: self.resolve(sent=True),
            "resolve-not-sent": lambda: self.resolve(sent=False),
            "no-run": lambda: None,
            "undo": self.undo,
            **Arranging(world, event, number, amount).matters(),
            **Governing(world, self.watcher, event).matters(),
        }

    def _habits(self) -> None:
        if peek(self.world).to_release and self.life.releases != "never":
            level = Level(self.life.releases)
            release("acme", [DEBTOR], "paul", office=self.world.office, level=level)
        if self.life.approves:
            self.approve()
        task = call_task(peek(self.world))
        if task is None:
            return
        waited = (self.world.today - task.due_on).days
        if self.life.calling == "at-once" or (self.life.calling == "late" and waited >= 2):
            self.call("reached")
        elif self.life.calling == "vain":
            self.call("voicemail")

    def live(self) -> None:
        """Every day of the life."""
        by_day: dict[int, list[Event]] = {}
        for event in self.life.events:
            by_day.setdefault(event.day, []).append(event)
        for number in range(self.life.days):
            self._day(number, by_day.get(number, []))
        self.watcher.end()

    def _day(self, number: int, events: list[Event]) -> None:
        day = self.life.start + timedelta(days=number)
        self._at(day, 7, events)
        self.morning(number, runs=not any(event.kind == "no-run" for event in events))
        self._at(day, 9, events)
        self.midday(number)
        self._at(day, 14, events)
        self.night(number)

    def morning(self, number: int, *, runs: bool = True) -> None:
        """A balance, when it is its day, and the run of 8:00."""
        self.world.clock.set(at(self.life.start + timedelta(days=number), 7))
        if number % self.life.every == 0:
            self.drop()
        if runs:
            self._plan(self.world.today)

    def wakes(self, number: int) -> None:
        """That day, before the run."""
        self.world.clock.set(at(self.life.start + timedelta(days=number), 7))

    def midday(self, number: int) -> None:
        """What people do every day, then what leaves."""
        day = self.life.start + timedelta(days=number)
        self.world.clock.set(at(day, 9))
        self._habits()
        self.world.clock.set(at(day, 10))
        self.world.dispatch()
        self._drain()

    def night(self, number: int) -> None:
        self._drain()
        self.world.clock.set(at(self.life.start + timedelta(days=number), 19))
        self.world.sweep()
        self.watcher.evening()

    def _plan(self, day: date) -> None:
        self.world.plan(day)
        creditor = self.world.office.creditors.get("acme")
        if creditor.pause is None and CALENDAR.is_open(day):
            self.watcher.planned()

    def _at(self, day: date, hour: int, events: list[Event]) -> None:
        self.world.clock.set(at(day, hour))
        for event in events:
            if event.hour == hour:
                self.happens(event)

    def _drain(self) -> None:
        """What is throttled comes back with the sweep."""
        for _ in range(3):
            try:
                self.world.drain()
            except SendThrottled:
                self.world.clock.set(self.world.clock.now() + timedelta(minutes=20))
                self.world.sweep()
            else:
                return
