"""It looks at what is handed over, at what was logged and at the case as stored, and checks the
`invariants` of each; or keeps them, for who checks them later.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

from relance.application.office import Office
from relance.domain.case import Case, facts_of
from relance.domain.escalation.own_steps import PLAN_DEFAULT
from relance.domain.evidence import EvidenceEntry, chain_problem
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKey
from relance.domain.policy import Level, Policy
from tests.scenarios.invariants import OF_DAY, OF_LEAVING, WEEK, Contact, Leaving, Seen
from tests.world import PARIS, World

VAIN = {"voicemail", "unreachable", "wrong-number"}
DID_NOT_LEAVE = {
    "notice-bounced",
    "notice-not-left",
    "notice-failed",
    "notice-resolved-not-sent",
}


def peek(world: World, debtor: str = "C001") -> Case:
    """The case as stored, without the copies that the store makes: lives are long."""
    database = world.stores.database
    items = {key: item for key, (item, _) in database.items["acme", debtor].items()}
    creditor = database.creditors["acme"]
    facts = facts_of(creditor, debtor)
    return replace(database.cases["acme", debtor], items=items, facts=facts)


@dataclass
class Watcher:
    """leavings, days: what is to be checked, when not at_once; reminders: by what, of which items;
    changed: whether the policy is another than it was.
    """

    world: World
    debtor: str = "C001"
    at_once: bool = True
    changed: bool = False
    contacts: list[Contact] = field(default_factory=list)
    rehearsals: list[Contact] = field(default_factory=list)
    reminders: dict[str, tuple[ItemKey, ...]] = field(default_factory=dict)
    leavings: list[Leaving] = field(default_factory=list)
    days: list[Seen] = field(default_factory=list)
    entries: int = 0

    @property
    def policy(self) -> Policy:
        return _policy(self.world.office).of(peek(self.world, self.debtor).debtor)

    def hands_over(self, notice: Notice) -> None:
        """At the very moment: the case is the one that was checked."""
        case, today = peek(self.world, self.debtor), self.world.today
        self._learn_all(self._news())
        creditor = self.world.stores.database.creditors["acme"]
        before = (*self.contacts, *(self.rehearsals if notice.rehearsal else ()))
        counted = Counter(key for keys in self.reminders.values() for key in keys)
        leaving = Leaving(
            case,
            notice,
            today,
            self.policy,
            before,
            dict(counted),
            creditor.released_for,
            self.changed,
        )
        self.leavings.append(leaving)
        if notice.answers is None and notice.copy_of is None:
            self._remember(notice)
        if self.at_once:
            for rule in OF_LEAVING:
                rule(leaving)

    def planned(self) -> None:
        """After the run of an open day."""
        self._sees(planned=True)

    def evening(self) -> None:
        self._sees(planned=False)

    def end(self) -> None:
        entries = self.world.stores.of("acme").cases.history(self.debtor)
        assert chain_problem(entries) is None

    def take(self) -> tuple[list[Leaving], list[Seen]]:
        """What is to be checked since the last time."""
        found = self.leavings, self.days
        self.leavings, self.days = [], []
        return found

    def _sees(self, *, planned: bool) -> None:
        news = () if planned else self._news()
        self._learn_all(news)
        case = peek(self.world, self.debtor)
        seen = Seen(case, self.world.today, self.policy, planned, news)
        self.days.append(seen)
        if self.at_once:
            for rule in OF_DAY:
                rule(seen)

    def _remember(self, notice: Notice) -> None:
        reminds = not notice.is_formal_notice
        contact = Contact(self.world.today, notice.id, reminds, is_message=True)
        if notice.rehearsal:
            self.rehearsals.append(contact)
            return
        self._contact(contact)
        if reminds and notice.level is not Level.PREVENTIVE and notice.step != PLAN_DEFAULT:
            self.reminders[notice.id] = tuple(notice.asked)

    def _contact(self, contact: Contact) -> None:
        """Whatever the order: messages and calls of any seven days, attempts of a call together."""
        self.contacts.append(contact)
        week = {c.by for c in self.contacts if c.day > contact.day - WEEK}
        assert len(week) <= 3, f"{len(week)} contacts in the seven days until {contact.day}"

    def _news(self) -> tuple[EvidenceEntry, ...]:
        """What was learnt since, in its order."""
        # Straight from the twin: the store would copy the whole history every day.
        history = self.world.stores.database.history["acme", self.debtor]
        entries = tuple(history[self.entries :])
        self.entries += len(entries)
        return entries

    def _learn_all(self, entries: tuple[EvidenceEntry, ...]) -> None:
        for entry in entries:
            self._learn(entry)

    def _learn(self, entry: EvidenceEntry) -> None:
        if entry.kind == "call-logged" and not entry.facts["call"].startswith("call-again-"):
            # What the customer agreed on is like an answer to them: in no budget.
            call = entry.facts["call"]
            self._contact(Contact(entry_day(entry), call))
            if entry.facts["outcome"] not in VAIN:
                self.reminders[call] = tuple(peek(self.world, self.debtor).items)
        elif entry.kind in DID_NOT_LEAVE:
            gone = entry.facts["notice"]
            self.contacts = [c for c in self.contacts if c.by != gone]
            self.rehearsals = [c for c in self.rehearsals if c.by != gone]
            self.reminders.pop(gone, None)


def entry_day(entry: EvidenceEntry) -> date:
    return entry.at.astimezone(PARIS).date()


def _policy(office: Office) -> Policy:
    return office.policy_of(office.creditors.get("acme"))
