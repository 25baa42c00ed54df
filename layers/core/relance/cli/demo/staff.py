"""What people do in the morning, through the use cases that the commands call."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from relance.application.confirm_payment_details import confirm_payment_details
from relance.application.creditor_commands import change_mode
from relance.application.log_call import CallResult, log_call
from relance.application.office import Desk
from relance.application.people import Findings, approve_notice
from relance.application.release import release
from relance.application.seen_reply import mark_seen
from relance.cli.demo.diary import Act, Diary
from relance.cli.demo.scenario import Call, CustomerReply, Scenario, Understood
from relance.cli.demo.stage import Stage
from relance.domain.case import Case
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Mode
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.netting import promise_end
from relance.domain.holds import AnnouncedPayment, Dispute, Promise


@dataclass(frozen=True, slots=True)
class Unread:
    """A reply on somebody's desk; since: when it came."""

    reply: CustomerReply
    id: str
    since: datetime
    read_on: date


@dataclass
class Staff:
    """calls: debtors with an open call; approvals: debtor to the notice that awaits it."""

    stage: Stage
    scenario: Scenario
    diary: Diary
    calls: set[str] = field(default_factory=set)
    approvals: dict[str, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    # ------------------------------------------------------------ once

    def confirm_payment_details(self, at: datetime) -> None:
        for person in self.scenario.people.confirm:
            confirm_payment_details(self.stage.creditor, person, office=self.stage.office)
            self._note(at, person, "payment-details-confirmed", None)

    def go_live(self, at: datetime) -> None:
        """What was old in the first balance is looked at and released before anything leaves."""
        person = self.scenario.people.confirm[0]
        done = release(self.stage.creditor, None, person, office=self.stage.office)
        for debtor in done.debtors:
            self._note(at, person, "items-released", debtor)
        change_mode(self.stage.creditor, Mode.AUTO, person, office=self.stage.office)
        self._note(at, person, "mode-auto", None)

    # ------------------------------------------------------------ every morning

    def notice(self, case: Case) -> None:
        """What the run of 08:00 put on the worklist."""
        code, awaiting = case.debtor.code, case.awaiting
        if call_task(case) is not None:
            self.calls.add(code)
        if awaiting is not None and awaiting.approved_by is None:
            self.approvals[code] = awaiting.id

    def work(self, at: datetime) -> None:
        for unread in [u for u in self.unread if u.read_on <= at.date()]:
            self._read(unread, at)
        for debtor in sorted(self.calls):
            self._call(debtor, at)
        for debtor in sorted(self.approvals):
            self._approve(debtor, at)

    def _read(self, unread: Unread, at: datetime) -> None:
        reply, desk = unread.reply, self.stage.desk()
        understood = reply.seen or Understood()
        findings = findings_of(understood, self.scenario.people.collector)
        case = mark_seen(
            self.stage.creditor,
            reply.debtor,
            unread.id,
            self.scenario.people.collector,
            findings,
            office=self.stage.office,
        )
        self.unread.remove(unread)
        self.diary.silence(reply.debtor, [None], "unread-reply", unread.since, at)
        self._note_holds(desk, case, unread.id, at)
        detail = reply_detail(understood)
        self._note(at, self.scenario.people.collector, "reply-seen", reply.debtor, detail)

    def _call(self, debtor: str, at: datetime) -> None:
        desk = self.stage.desk()
        task = call_task(desk.case(debtor))
        steps = {step for _, step in task.performs} if task else set()
        planned = self.scenario.call_of(debtor, steps)
        if task is None or planned.outcome == "unlogged":
            self.calls.discard(debtor)
            return
        author = self.scenario.people.collector
        result = CallResult(planned.outcome, findings_of(_understood(planned), author))
        logged = log_call(self.stage.creditor, debtor, author, result, office=self.stage.office)
        self._note(at, author, "call", debtor, planned.outcome)
        self._note_holds(desk, logged.case, f"{task.key}-findings", at)
        if call_task(logged.case) is None:
            self.calls.discard(debtor)

    def _approve(self, debtor: str, at: datetime) -> None:
        if debtor in self.scenario.unapproved:
            return
        notice = self.approvals.pop(debtor)
        awaiting = self.stage.desk().case(debtor).awaiting
        if awaiting is not None and awaiting.id == notice:
            approver = self.scenario.people.approver
            approve_notice(
                self.stage.creditor,
                notice,
                approver,
                office=self.stage.office,
                confirmed=ALL_CHECKS,
            )
            self._note(at, approver, "formal-notice-approved", debtor)

    # ------------------------------------------------------------ what follows

    def _note_holds(self, desk: Desk, case: Case, key: str, at: datetime) -> None:
        """What is now held, and until when nothing about it may leave."""
        code = case.debtor.code
        for hold in case.holds:
            if not isinstance(hold, Promise | Dispute | AnnouncedPayment):
                continue
            if not hold.key.startswith(key):
                continue
            if isinstance(hold, Promise):
                end = promise_end(hold, desk.calendar) + timedelta(days=1)
                self._silence(case, tuple(hold.covered), "promised", at, end)
            elif isinstance(hold, Dispute):
                self._silence(case, tuple(hold.amounts), "disputed", at, None)
            else:
                self._silence(case, hold.items, "payment-announced", at, hold.verify_from)
            self._note(at, code, "held", code, type(hold).__name__)

    def _silence(
        self, case: Case, keys: tuple[str, ...], reason: str, at: datetime, end: date | None
    ) -> None:
        numbers = sorted(item.number for key, item in case.items.items() if key in keys)
        until = None if end is None else datetime.combine(end, time(), at.tzinfo)
        self.diary.silence(case.debtor.code, numbers, reason, at, until)

    def _note(
        self, at: datetime, who: str, what: str, debtor: str | None, detail: str = ""
    ) -> None:
        self.diary.acts.append(Act(at, who, what, debtor, detail))


def findings_of(understood: Understood, author: str) -> Findings:
    promise = understood.promise and PromiseTerms(
        understood.promise, None, understood.means, exception=understood.note or None
    )
    dispute = understood.dispute and DisputeTerms(understood.dispute, understood.category, author)
    return Findings(
        promise=promise or None,
        dispute=dispute or None,
        paid=understood.paid or None,
        note=understood.note,
    )


def reply_detail(understood: Understood) -> str:
    if understood.promise:
        return f"promise {understood.promise}"
    if understood.dispute:
        return "dispute " + " ".join(understood.dispute)
    return "paid " + " ".join(understood.paid) if understood.paid else ""


def _understood(call: Call) -> Understood:
    return Understood(promise=call.promise, note=call.note)
