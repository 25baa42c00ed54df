"""What must be true of any case on any day: rules 1 to 8 and 11, told without their code.

It looks at what is handed over, at what was logged and at the case as stored.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from relance.application.share_notices import MAX_ROUNDS
from relance.domain.case import Case, facts_of
from relance.domain.escalation.decide import decide
from relance.domain.escalation.marks import is_step
from relance.domain.escalation.own_steps import PLAN_DEFAULT
from relance.domain.evidence import EvidenceEntry, chain_problem
from relance.domain.holds import (
    AnnouncedPayment,
    Arrangement,
    Dispute,
    ManualHold,
    Plan,
    PlanState,
    Promise,
    UnreadReply,
)
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level
from tests.builders import CALENDAR, standard_policy
from tests.world import World

POLICY = standard_policy()
WEEK = timedelta(days=7)
LONGEST = timedelta(days=60)
"""The longest promise made here, its grace, and a few closed days."""
DID_NOT_LEAVE = {
    "notice-bounced",
    "notice-not-left",
    "notice-failed",
    "notice-resolved-not-sent",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """by: the notice, or the call task: the attempts of one call are one."""

    day: date
    by: str
    reminds: bool = False
    is_message: bool = False


def peek(world: World, debtor: str = "C001") -> Case:
    """The case as stored, without the copies that the store makes: lives are long."""
    database = world.stores.database
    items = {key: item for key, (item, _) in database.items["acme", debtor].items()}
    creditor = database.creditors["acme"]
    return replace(database.cases["acme", debtor], items=items, facts=facts_of(creditor))


@dataclass
class Watcher:
    world: World
    debtor: str = "C001"
    contacts: list[Contact] = field(default_factory=list)
    entries: int = 0

    # ------------------------------------------------------------ what leaves

    def hands_over(self, notice: Notice) -> None:
        """At the very moment: the case is the one that was checked."""
        case, today = peek(self.world), self.world.today
        self._read_history()
        assert CALENDAR.is_open(today), "a message on a closed day"
        quiet = any(period.covers(today) for period in case.facts.quiet_periods)
        assert not (quiet and notice.level.rank >= Level.LEVEL_2.rank), "in a quiet period"
        assert not case.facts.paused
        if notice.answers is not None:
            self._answers(case, notice)
            return
        if notice.copy_of is None:
            self._spacing(notice, today)
        self._nobody_is_held(case, today)
        for key, asked in notice.asked.items():
            self._may_be_asked(case, key, asked, notice, today)
        owed = sum(item.open_amount for item in case.open_items)
        assert 0 < sum(notice.asked.values()) <= owed, "credits were not deducted"
        for key, step in notice.performs:
            if is_step(step):
                self._level_by_level(case, key, step, notice, today)
        if notice.is_formal_notice:
            self._formal(case, notice)
        given = [p for k, p in case.progress.items() if case.items[k].is_claim and p.last]
        assert not any(p.is_handed_over for p in given), "chased after the hand-over"

    def _answers(self, case: Case, notice: Notice) -> None:
        """It asks for nothing, does nothing, and tells what holds."""
        assert not notice.asked
        assert not notice.performs
        assert not any(isinstance(hold, UnreadReply) for hold in case.holds)
        held = any(hold.key == notice.answers for hold in case.holds)
        assert held or _is_said(case, notice), "told, and no longer true"
        assert notice.id in {one.id for one in case.answering}

    def _spacing(self, notice: Notice, today: date) -> None:
        messages = [contact for contact in self.contacts if contact.is_message]
        assert all(contact.day < today for contact in messages), "two messages in a day"
        reminds = not notice.is_formal_notice
        if reminds:
            recent = [c.day for c in messages if c.reminds and c.day > today - WEEK]
            assert not recent, f"reminders {recent} and {today}"
        known = {(c.day, c.by) for c in self.contacts if c.day > today - WEEK}
        assert len(known) < 3, f"four contacts in seven days: {sorted(known)} and {today}"
        self._contact(Contact(today, notice.id, reminds, is_message=True))

    def _contact(self, contact: Contact) -> None:
        """Whatever the order: messages and calls of any seven days, attempts of a call together."""
        self.contacts.append(contact)
        week = {c.by for c in self.contacts if c.day > contact.day - WEEK}
        assert len(week) <= 3, f"{len(week)} contacts in the seven days until {contact.day}"

    def _nobody_is_held(self, case: Case, today: date) -> None:
        for hold in case.holds:
            assert not isinstance(hold, UnreadReply), "chased although a reply is unread"
            if isinstance(hold, ManualHold) and not hold.items:
                held = hold.until is None or hold.until >= today
                assert not held, "chased although on hold"

    def _may_be_asked(
        self, case: Case, key: ItemKey, asked: Decimal, notice: Notice, today: date
    ) -> None:
        if notice.step == PLAN_DEFAULT:
            self._instalment(case, key, asked, today)
            return
        item = case.items[key]
        seen = case.facts.balance.as_of or today
        assert item.is_claim
        if notice.level is not Level.PREVENTIVE:
            assert item.due_date is not None
            assert item.due_date < today, "asked before it is late"
        left = item.open_amount
        for hold in case.holds:
            if isinstance(hold, Dispute) and hold.resolved_on is None:
                left -= hold.amounts.get(key, Decimal(0))
            elif isinstance(hold, AnnouncedPayment) and key in hold.items:
                assert seen >= hold.verify_from, "asked although said to be paid"
            elif isinstance(hold, Promise) and seen <= hold.promised_for and key in hold.covered:
                paid = hold.owed[key] - item.open_amount
                others = [h for h in case.holds if isinstance(h, Promise) and h is not hold]
                if not any(key in h.covered for h in others):
                    left -= max(Decimal(0), hold.covered[key] - max(Decimal(0), paid))
        assert asked <= left, "asked although disputed or promised"
        self._nothing_agreed(case, key, asked, today)

    def _instalment(self, case: Case, key: ItemKey, asked: Decimal, today: date) -> None:
        agreed = [h for h in case.holds if isinstance(h, Plan) and h.state is PlanState.AGREED]
        assert asked <= sum(plan.amounts.get(key, 0) for plan in agreed), "not of the plan"
        assert all(plan.reminder is None or plan.reminder.on < today for plan in agreed)

    def _nothing_agreed(self, case: Case, key: ItemKey, asked: Decimal, today: date) -> None:
        """What was agreed of an item, less what was paid since, is not asked for."""
        left, seen = case.items[key].open_amount, case.facts.balance.as_of or today
        for hold in case.holds:
            plan = isinstance(hold, Plan) and hold.state is not PlanState.ENDED
            if plan or (isinstance(hold, Arrangement) and seen <= hold.until):
                assert isinstance(hold, Plan | Arrangement)
                paid = max(Decimal(0), hold.owed.get(key, left) - left)
                agreed = max(Decimal(0), hold.amounts.get(key, Decimal(0)) - paid)
                assert asked <= left - agreed, "asked although agreed otherwise"
            if isinstance(hold, ManualHold) and key in hold.items:
                assert hold.until is not None, "asked although held"
                assert hold.until < today, "asked although held"

    def _level_by_level(
        self, case: Case, key: ItemKey, step: str, notice: Notice, today: date
    ) -> None:
        """After the last message of the item, only steps that may be skipped are skipped."""
        performed = case.progress_of(key).performed
        assert step not in {done.step for done in performed}, f"{step} again"
        last = max((POLICY.index(d.step) for d in performed if not d.is_call), default=-1)
        assert last < POLICY.index(step), f"{step} goes back"
        for passed in POLICY.steps[last + 1 : POLICY.index(step)]:
            called = passed.channel is Channel.CALL
            along = notice.is_formal_notice and self._comes_along(case, key, notice, today)
            skips = called or passed.level is Level.PREVENTIVE or along
            assert skips, f"{passed.key} was skipped"

    def _comes_along(self, case: Case, key: ItemKey, notice: Notice, today: date) -> bool:
        """Rule 8: its own is due within 15 days, it was written to at level 2, and it is another
        item that started this one.
        """
        due = case.items[key].due_date
        near = due is not None and CALENDAR.first_open(due) + timedelta(days=45 - 15) <= today
        lasts = {
            other: [d.step for d in case.progress_of(other).performed if not d.is_call][-1]
            for other, _ in notice.performs
        }
        reached = lasts[key] in {"letter_2", "email_3"}
        return near and reached and any(lasts[k] == "email_3" for k in lasts if k != key)

    def _formal(self, case: Case, notice: Notice) -> None:
        assert notice.approved_by == "paul", "a formal notice nobody approved"
        for key, _ in notice.performs:
            assert len(case.progress_of(key).reminded) >= 3, "without its three reminders"

    # ------------------------------------------------------------ what was logged

    def _read_history(self) -> None:
        """What was learnt since, in its order."""
        # Straight from the twin: the store would copy the whole history every day.
        history = self.world.stores.database.history["acme", self.debtor]
        entries = history[self.entries :]
        self.entries += len(entries)
        assert len(entries) <= 4 * MAX_ROUNDS, "a loop of actions"
        for entry in entries:
            self._learn(entry)

    def _learn(self, entry: EvidenceEntry) -> None:
        if entry.kind == "call-logged" and not entry.facts["call"].startswith("call-again-"):
            # What the customer agreed on is like an answer to them: in no budget.
            self._contact(Contact(self.world.today, entry.facts["call"]))
        elif entry.kind in DID_NOT_LEAVE:
            kept = [c for c in self.contacts if c.by != entry.facts["notice"]]
            self.contacts = kept

    # ------------------------------------------------------------ the case

    def planned(self) -> None:
        """After a run: decided again the same day, it asks for nothing more, and says why."""
        case, today = peek(self.world), self.world.today
        decision = decide(case, POLICY, CALENDAR, today)
        soon = CALENDAR.first_open(today + timedelta(days=1))
        waits = case.agenda is not None and case.agenda <= soon
        assert waits or not decision.actions, f"not before {case.agenda}: {decision.actions}"
        assert decision.held or not case.open_items or decision.agenda
        if case.open_items:
            assert case.agenda is not None
            dates = [item.due_date for item in case.open_items if item.due_date]
            latest = max([today, *dates]) + LONGEST
            assert today < case.agenda <= latest, "no agenda date to come"

    def evening(self) -> None:
        case = peek(self.world)
        self._read_history()
        self._in_order(case)
        assert not case.open_items or case.agenda is not None, "no agenda date"
        live, today = case.live, self.world.today
        is_over = live is None or live.status is NoticeStatus.SENDING or live.planned_for > today
        assert is_over, "a notice whose day is over still holds the case"
        names = [task.kind for task in case.tasks if task.kind not in {"find_contact", "review"}]
        kinds = [kind for kind in names if kind not in {"failed_step", "mend"}]
        assert len(kinds) == len(set(kinds)), f"the same task twice: {kinds}"

    def _in_order(self, case: Case) -> None:
        for progress in case.progress.values():
            done = [POLICY.index(step.step) for step in progress.performed]
            assert done == sorted(set(done)), "a step done twice, or going back"

    def end(self) -> None:
        entries = self.world.stores.of("acme").cases.history(self.debtor)
        assert chain_problem(entries) is None


def _is_said(case: Case, notice: Notice) -> bool:
    """What a call is confirmed in writing as, of documents of which one is still owed."""
    owed = {item.key for item in case.open_items}
    said = (call.recap for call in case.calls if call.call == notice.answers)
    return any(recap is not None and owed & set(recap.items) for recap in said)
