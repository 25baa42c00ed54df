"""What most use cases work with: one creditor's stores, policy and calendar, at one instant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from relance.application.decisions import kept
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
from relance.domain.limits import Limits, limits_of
from relance.domain.payer_group import payer_code, with_payer
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
    stamp: Mapping[str, str] | None = None
    """Facts of every decision made here (`decisions.kept`)."""

    def policy_of(self, case: Case) -> Policy:
        """The creditor's policy as it is for this debtor."""
        return self.policy.of(case.debtor)

    @property
    def limits(self) -> Limits:
        return limits_of(self.creditor.profile, self.policy)

    @property
    def cases(self) -> CaseStore:
        return self.stores.cases

    def case(self, debtor: str) -> Case:
        """It knows who pays and whom to write to there: one more read when it has a payer.

        Raises NotFound.
        """
        return self.cases_of((debtor,))[0]

    def cases_of(self, debtors: Sequence[str]) -> tuple[Case, ...]:
        """Likewise, each case and each payer read once. Raises NotFound."""
        found = {debtor: self._read(debtor) for debtor in debtors}
        payers: dict[str, Case | None] = dict(found)
        for case in found.values():
            code = payer_code(case)
            if code is not None and code not in payers:
                payers[code] = self.cases.load(code, self.creditor)
        return tuple(with_payer(c, payers.get(payer_code(c) or "")) for c in found.values())

    def group(self, case: Case) -> tuple[Case, ...]:
        """That case, then the others of its payer, each knowing what the others were sent: all
        that deciding an e-mail of a group takes, for one read each.
        """
        code = payer_code(case)
        if code is None:
            return (case,)
        here = case.debtor.code
        payer = case if code == here else self.cases.load(code, self.creditor)
        codes = payer.pays_for if payer else self.cases.paid_by(code)
        loaded = (self.cases.load(c, self.creditor) for c in codes if c != here)
        others = [one for one in loaded if one is not None and one.debtor.payer == code]
        if payer is not None and payer is not case and payer.debtor.payer is None:
            others.append(payer)
        return tuple(with_payer(one, payer, (case, *others)) for one in (case, *others))

    def _read(self, debtor: str) -> Case:
        case = self.cases.load(debtor, self.creditor)
        if case is None:
            raise NotFound("no-such-case", {"creditor": self.creditor.code})
        return case

    def moment(self) -> Moment:
        local = self.now.astimezone(ZoneInfo(self.creditor.profile.zone)).time()
        return Moment(self.today, local, self.limits.send_from, self.limits.send_until)

    def change(self, debtor: str, decide: Callable[[Case], CaseChange | None]) -> Case:
        """Read, decide, commit; when somebody else wrote first, read and decide again.

        `decide` returns None when there is nothing to write. Raises Conflict after too many tries.
        """
        return self.change_all((debtor,), decide)[0]

    def change_all(
        self, debtors: Sequence[str], decide: Callable[[Case], CaseChange | None]
    ) -> tuple[Case, ...]:
        """The same for several cases, in one transaction: all of them or none."""
        for attempt in range(COMMIT_ATTEMPTS):
            cases = {debtor: self._read(debtor) for debtor in debtors}
            decided = [decide(case) for case in cases.values()]
            changes = [
                _still_due(case, change, self.today)
                for case, change in zip(cases.values(), decided, strict=True)
                if change is not None
            ]
            changes = self._kept(cases, changes)
            try:
                stored = self.cases.commit_all(changes) if changes else ()
            except Conflict:
                if attempt == COMMIT_ATTEMPTS - 1:
                    raise
                continue
            return tuple({**cases, **{one.debtor.code: one for one in stored}}.values())
        raise AssertionError("unreachable")

    def _kept(self, read: dict[str, Case], changes: list[CaseChange]) -> list[CaseChange]:
        notices = self.stores.notices
        return kept(read, changes, cases=self.cases, notices=notices, stamp=self.stamp)


def _still_due(before: Case, change: CaseChange, today: date) -> CaseChange:
    """What waits for the run of today is not put off to tomorrow by whoever writes before it."""
    after = change.case
    if before.agenda is None or after.agenda is None or not before.agenda <= today < after.agenda:
        return change
    return replace(change, case=replace(after, agenda=before.agenda))


@dataclass(frozen=True, slots=True)
class Office:
    """Opens the desk of a creditor. `clock` is the only source of time."""

    creditors: CreditorStore
    stores: Stores
    policies: Policies
    calendars: Calendars
    clock: Clock
    stamp: Mapping[str, str] | None = None
    """Where the decisions come from, when it is a row of a worklist."""

    def open(self, creditor_code: str, *, today: date | None = None) -> Desk:
        """today: the scheduled date, else the date of now in the creditor's zone."""
        creditor = self.creditors.get(creditor_code)
        now = self.clock.now()
        local = now.astimezone(ZoneInfo(creditor.profile.zone)).date()
        return Desk(
            creditor=creditor,
            stores=self.stores.of(creditor_code),
            policy=self.policy_of(creditor),
            calendar=self.calendar_of(creditor),
            now=now,
            today=today or local,
            stamp=self.stamp,
        )

    def policy_of(self, creditor: Creditor) -> Policy:
        """Raises NotFound for one that is gone."""
        return creditor.own_policy or self.policies.get(creditor.profile.policy)

    def calendar_of(self, creditor: Creditor) -> WorkingCalendar:
        """Of its region, open on the days on which it writes. Raises NotFound likewise."""
        limits = limits_of(creditor.profile, self.policy_of(creditor))
        weekdays = frozenset(day.number for day in limits.days)
        return replace(self.calendars.of(limits.holidays), weekdays=weekdays)
