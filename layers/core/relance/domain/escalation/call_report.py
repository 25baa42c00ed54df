"""What a person says of a call, and whether it is whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from relance.domain.calling import EFFECTS, CallOutcome, Cause, Effect, Needs
from relance.domain.errors import RelanceError
from relance.domain.escalation.calls import call_ends
from relance.domain.policy import Policy
from relance.domain.task import Task
from relance.domain.working_days import WorkingCalendar

VAIN_ATTEMPTS = 3
"""After so many vain attempts a call counts as unreached (design §5 rule 2)."""
AGAIN_WITHIN = 10
"""Working days within which a call may be agreed: beyond, it is a promise or a hold."""


class CallRefused(RelanceError):
    """What is said of the call is incomplete, or makes no sense."""


@dataclass(frozen=True, slots=True)
class CallReport:
    """What a person says of a call. about: numbers of the documents, none: all that it asked for;
    causes: by number, "" for all of them; again: the day agreed for the next call; phone: the
    number used, None: the one proposed; owner, target, owner_email: of the task it opens on our
    side.
    """

    outcome: CallOutcome
    about: tuple[str, ...] = ()
    causes: Mapping[str, Cause] = field(default_factory=dict)
    again: date | None = None
    phone: str | None = None
    spoke_to: str | None = None
    note: str = ""
    owner: str | None = None
    target: date | None = None
    owner_email: str | None = None

    @property
    def effect(self) -> Effect:
        return EFFECTS[self.outcome]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called, when, under which rules."""

    by: str
    today: date
    policy: Policy
    calendar: WorkingCalendar


def check_report(
    report: CallReport, task: Task, *, promised: bool, documents: bool, caller: Caller
) -> None:
    """promised: a date was given; documents: some were named as disputed. Raises CallRefused."""
    needs, outcome = report.effect.needs, {"outcome": str(report.outcome)}
    if needs is Needs.DATE and not promised:
        raise CallRefused("call-needs-a-date", outcome)
    if needs is Needs.DOCUMENTS and not documents:
        raise CallRefused("call-needs-documents", outcome)
    if needs is Needs.NOTE and not report.note:
        raise CallRefused("call-needs-a-note", outcome)
    if report.causes and not report.effect.reaches:
        raise CallRefused("cause-without-customer", outcome)
    if report.target is not None and report.target < caller.today:
        raise CallRefused("target-in-the-past", {"date": report.target.isoformat()})
    if report.again is not None:
        _check_again(report, report.again, task, caller)


def _check_again(report: CallReport, again: date, task: Task, caller: Caller) -> None:
    """With somebody reached, a call agreed within two weeks; else another try of this one while
    its steps wait for it, that is before they count as not made.
    """
    last = caller.calendar.add(caller.today, AGAIN_WITHIN)
    if not report.effect.reaches:
        last = caller.calendar.last_open_before(call_ends(task, caller.calendar))
        if task.attempts + 1 >= VAIN_ATTEMPTS and report.outcome is not CallOutcome.WRONG_NUMBER:
            raise CallRefused("call-again-after-last-try")
    detail = {"date": again.isoformat(), "last": last.isoformat()}
    if not caller.calendar.is_open(again):
        raise CallRefused("call-again-on-closed-day", detail)
    if not caller.today < again <= last:
        raise CallRefused("call-again-out-of-limits", detail)
