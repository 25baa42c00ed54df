"""What most use cases work with: one creditor's stores, policy and calendar, at one instant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from relance.application.ports import (
    Calendars,
    CaseChange,
    CaseStore,
    Clock,
    Conflict,
    CreditorStore,
    CreditorStores,
    NotFound,
    Policies,
    Stores,
)
from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.escalation.recheck import Moment
from relance.domain.policy import Policy
from relance.domain.working_days import WorkingCalendar

COMMIT_ATTEMPTS = 5
"""How often a change is decided again when somebody else wrote first."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One creditor, read consistently, and the instant at which it was."""

    creditor: Creditor
    stores: CreditorStores
    policy: Policy
    calendar: WorkingCalendar
    now: datetime
    today: date

    @property
    def cases(self) -> CaseStore:
        return self.stores.cases

    def case(self, debtor: str) -> Case:
        """Raises NotFound."""
        case = self.cases.load(debtor, self.creditor)
        if case is None:
            raise NotFound("no-such-case", {"creditor": self.creditor.code})
        return case

    def moment(self) -> Moment:
        profile = self.creditor.profile
        local = self.now.astimezone(ZoneInfo(profile.zone)).time()
        return Moment(self.today, local, profile.send_from, profile.send_until)

    def change(self, debtor: str, decide: Callable[[Case], CaseChange | None]) -> Case:
        """Read, decide, commit; when somebody else wrote first, read and decide again.

        `decide` returns None when there is nothing to write. Raises Conflict after too many tries.
        """
        for attempt in range(COMMIT_ATTEMPTS):
            case = self.case(debtor)
            change = decide(case)
            if change is None:
                return case
            try:
                return self.cases.commit(change)
            except Conflict:
                if attempt == COMMIT_ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")


@dataclass(frozen=True, slots=True)
class Office:
    """Opens the desk of a creditor. `clock` is the only source of time."""

    creditors: CreditorStore
    stores: Stores
    policies: Policies
    calendars: Calendars
    clock: Clock

    def open(self, creditor_code: str, *, today: date | None = None) -> Desk:
        """today: the scheduled date, else the date of now in the creditor's zone."""
        creditor = self.creditors.get(creditor_code)
        now = self.clock.now()
        local = now.astimezone(ZoneInfo(creditor.profile.zone)).date()
        return Desk(
            creditor=creditor,
            stores=self.stores.of(creditor_code),
            policy=self.policies.get(creditor.profile.policy),
            calendar=self.calendars.of(creditor.profile.holidays),
            now=now,
            today=today or local,
        )
