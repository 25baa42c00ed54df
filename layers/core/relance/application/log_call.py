"""A person says what came of a call: the steps, the holds, our tasks and the next call follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from relance.application.office import Desk, Office
from relance.application.people import Findings, NotAllowed, apply_findings, entry_of, said_by
from relance.application.ports import CaseChange
from relance.domain.calling import CallOutcome, Cause, RecapRequest
from relance.domain.case import Case
from relance.domain.escalation.answers import unwritten
from relance.domain.escalation.arrangements import add_announced_payment
from relance.domain.escalation.call_recap import with_recap
from relance.domain.escalation.call_report import Caller, CallReport, check_report
from relance.domain.escalation.called import (
    end_call,
    items_about,
    next_call_day,
    note_call,
    note_causes,
    take_our_turn,
)
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.escalation.progress import record_call_contact
from relance.domain.escalation.recipients import email_recipients
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import situation_of
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import ItemKey
from relance.domain.task import Task


@dataclass(frozen=True, slots=True)
class CallResult:
    """outcome: of `CallOutcome`; findings: a promise, a dispute, documents said to be paid, a note,
    whatever the outcome; recap: whether what was agreed is to be confirmed in writing; task: the
    key of the call it is about, None: the open one, whichever it is; attempts: those that it had,
    None: whatever was logged meanwhile.

    The others: see `CallReport`.
    """

    outcome: str
    findings: Findings = field(default_factory=Findings)
    about: tuple[str, ...] = ()
    causes: Mapping[str, Cause] = field(default_factory=dict)
    again: date | None = None
    phone: str | None = None
    spoke_to: str | None = None
    owner: str | None = None
    target: date | None = None
    recap: bool = True
    owner_email: str | None = None
    task: str | None = None
    attempts: int | None = None


@dataclass(frozen=True, slots=True)
class CallLogged:
    """case: as it now is; recap: what to confirm in writing the same day, None: nothing, or nobody
    to write to; opened: the tasks that the call opened, the next call among them; next_step: the
    next message or letter and its day, as far as it is known; overtaken: it comes before, or on,
    the day agreed for the next call.
    """

    case: Case
    recap: RecapRequest | None
    opened: tuple[Task, ...]
    next_step: NextStep | None
    overtaken: bool


@dataclass(frozen=True, slots=True)
class _Called:
    """What the call changed. before: the case as it was."""

    before: Case
    task: Task
    items: tuple[ItemKey, ...]
    case: Case

    @property
    def holds(self) -> tuple[str, ...]:
        known = {hold.key for hold in self.before.holds}
        return tuple(hold.key for hold in self.case.holds if hold.key not in known)

    @property
    def opened(self) -> tuple[Task, ...]:
        known = {task.key for task in self.before.tasks}
        return tuple(task for task in self.case.tasks if task.key not in known)


def log_call(
    creditor: str, debtor: str, author: str, result: CallResult, *, office: Office
) -> CallLogged:
    """What each outcome does is `EFFECTS`. Raises NotAllowed without an open call, CallRefused and
    ArrangementRefused for what makes no sense: then nothing is recorded.
    """
    desk = office.open(creditor)
    made: list[tuple[_Called, RecapRequest | None]] = []

    def change(case: Case) -> CaseChange:
        caller = Caller(author, desk.today, desk.policy_of(case), desk.calendar)
        called = _called(desk, case, result, caller)
        recap = _recap(desk, called, result, caller)
        made.append((called, recap))
        return CaseChange(called.case, _entry(desk, called, result, recap, caller))

    stored = desk.change(debtor, change)
    called, recap = made[-1]
    return _logged(desk, replace(called, case=stored), recap)


def _called(desk: Desk, case: Case, result: CallResult, caller: Caller) -> _Called:
    task = call_task(case)
    if task is None or not _is_about(result, task):
        raise NotAllowed("no-open-call", {"creditor": desk.creditor.code})
    report, findings = _report(result), said_by(result.findings, result.spoke_to, "call")
    disputed = set(findings.dispute.numbers) if findings.dispute else set()
    check_report(
        report,
        task,
        promised=findings.promise is not None,
        documents=bool(disputed),
        caller=caller,
    )
    again = report.again if findings.promise else next_call_day(report, caller)
    report = replace(report, again=again)
    items = items_about(case, task, report, caller)
    after = record_call_contact(case, task, desk.policy_of(case), desk.today)
    after = note_call(after, task, report, caller)
    after = end_call(after, task, report, caller)
    after = apply_findings(after, findings, f"{task.key}-findings", desk)
    after = after if result.recap else unwritten(after, f"{task.key}-findings")
    if report.effect.pays and findings.paid is None:
        key = f"{task.key}-findings-paid"
        after = add_announced_payment(after, result.about, key, desk.calendar, desk.today)
    after = note_causes(after, items, report, disputed, caller)
    after = take_our_turn(after, task, items, report, caller)
    after = with_recap(case, after, items) if result.recap else after
    return _Called(case, task, items, after)


def _is_about(result: CallResult, task: Task) -> bool:
    return result.task in {None, task.key} and result.attempts in {None, task.attempts}


def _report(result: CallResult) -> CallReport:
    return CallReport(
        CallOutcome(result.outcome),
        result.about,
        result.causes,
        result.again,
        result.phone,
        result.spoke_to,
        result.findings.note,
        result.owner,
        result.target,
        result.owner_email,
    )


def _entry(
    desk: Desk, called: _Called, result: CallResult, recap: RecapRequest | None, caller: Caller
) -> EvidenceDraft:
    """Who was spoken to, at which number and what was said are personal: they can be erased."""
    case, task = called.case, called.task
    facts = {"call": task.key, "outcome": result.outcome, "attempts": str(task.attempts + 1)}
    if called.items:
        facts["about"] = " ".join(called.items)
    causes = {k: one for k, one in case.causes.items() if called.before.causes.get(k) != one}
    facts |= {"causes": " ".join(f"{k}={one.cause}" for k, one in causes.items())} if causes else {}
    for opened in called.opened:
        facts[f"opened_{opened.kind}"] = opened.due_on.isoformat()
    again = call_task(case)
    if again is not None and again.again_on is not None:
        facts["again"] = again.again_on.isoformat()
    if recap is not None:
        facts["recap"] = "requested"
    entry = entry_of(desk, caller.by, "call-logged", facts, result.findings)
    made = case.calls[-1]
    said = {
        "phone": made.phone,
        "spoke_to": made.spoke_to,
        "owner": result.owner,
        "owner_email": result.owner_email,
    }
    return replace(entry, personal=entry.personal | {k: v for k, v in said.items() if v})


def _recap(desk: Desk, called: _Called, result: CallResult, caller: Caller) -> RecapRequest | None:
    """Of what is to be written, the first: it says to whom."""
    if not result.recap:
        return None
    fresh = (*called.case.calls[-1:], *(h for h in called.case.holds if h.key in called.holds))
    asked = (getattr(one, "to_write", None) for one in fresh)
    first = next((one for one in asked if one is not None), None)
    if first is None:
        return None
    to = email_recipients(called.case, OWN_STEPS[first.template], first.to)
    if not to:
        return None
    return RecapRequest(
        creditor=desk.creditor.code,
        debtor=called.case.debtor.code,
        call=called.task.key,
        outcome=CallOutcome(result.outcome),
        on=desk.today,
        by=caller.by,
        to=to[0].contact,
        spoke_to=result.spoke_to,
        holds=called.holds,
        items=called.items,
    )


def _logged(desk: Desk, called: _Called, recap: RecapRequest | None) -> CallLogged:
    situation = situation_of(called.case, desk.policy, desk.calendar, desk.today)
    written = [s for s in situation.next_steps.values() if s.step.channel.is_message]
    first = min(written, key=lambda s: (s.due_on, s.item.key), default=None)
    call = call_task(called.case)
    again = call.again_on if call is not None else None
    overtaken = first is not None and again is not None and again >= first.due_on
    return CallLogged(called.case, recap, called.opened, first, overtaken)
