"""When nothing leaves, whatever is due (design §5 rule 6)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from relance.domain.case import Case, ContactRecord
from relance.domain.debtor import FlagKind
from relance.domain.escalation.decision import Held
from relance.domain.escalation.modes import contacts_of
from relance.domain.holds import ManualHold, UnreadReply
from relance.domain.policy import Channel, Level, Step
from relance.domain.working_days import WorkingCalendar

FRESH_PREVENTIVE = 5
FRESH_EMAIL = 2
FRESH_LETTER = 1
"""Working days from the as-of date of the balance during which it may serve each kind of step."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether the case may act today. held: the reason why not."""

    case: Case
    calendar: WorkingCalendar
    today: date

    def closed(self) -> Held | None:
        """The first reason why nothing at all may happen to this case today."""
        return next(self._reasons(), None)

    def closed_to_answers(self) -> Held | None:
        """Why nothing may be answered today: what a person holds is answered all the same."""
        return next((held for held in self._reasons() if held.reason != "on-hold"), None)

    def _reasons(self) -> Iterator[Held]:
        facts = self.case.facts
        tomorrow = self.calendar.first_open(self.today + timedelta(days=1))
        creditor = (
            ("paused", facts.paused),
            ("importing", facts.importing),
            ("suspicious-import", facts.balance.suspicious),
            ("payment-details-missing", not facts.can_send),
        )
        for reason, holds in creditor:
            if holds:
                yield Held(reason, until=tomorrow)
        if not self.calendar.is_open(self.today):
            yield Held("closed-day", until=self.calendar.first_open(self.today))
        if any(isinstance(hold, UnreadReply) for hold in self.case.holds):
            yield Held("unread-reply", until=tomorrow)
        yield from self._manual_holds()

    def _manual_holds(self) -> Iterator[Held]:
        for hold in self.case.holds:
            if not isinstance(hold, ManualHold) or hold.items:
                continue
            if hold.until is None or hold.until >= self.today:
                until = hold.until + timedelta(days=1) if hold.until else None
                yield Held("on-hold", until=until)

    def step_held(self, step: Step) -> Held | None:
        """Why this step may not be done today though the case may act."""
        flagged = self.never_held()
        if flagged is None and step.channel.is_message:
            flagged = self.messages_held()
        return flagged or self.day_held(step)

    def messages_held(self) -> Held | None:
        """Nothing is written to a debtor that people keep for themselves."""
        if self.case.debtor.flag_kind is FlagKind.MANUAL_ONLY:
            return Held("flag-manual-only")
        return self.never_held()

    def never_held(self) -> Held | None:
        never = self.case.debtor.flag_kind is FlagKind.NEVER
        return Held("flag-never") if never else None

    def day_held(self, step: Step) -> Held | None:
        """Whatever the debtor is."""
        if self._is_stale(step):
            return Held("stale-balance", until=self._tomorrow())
        quiet = [p for p in self.case.facts.quiet_periods if p.covers(self.today)]
        if quiet and step.level.rank >= Level.LEVEL_2.rank and step.channel is not Channel.TASK:
            return Held("quiet-period", until=self._after_quiet())
        return None

    def budget_spent(self, coming: int = 0) -> Held | None:
        """Three contacts in any seven days, all channels together; coming: those that are about
        to take place. The attempts of one call are one, of its last day: tried in vain again and
        again, it would hold back the messages that no call may block (rule 2).
        """
        last = {c.by: c.on for c in sorted(contacts_of(self.case), key=lambda one: one.on)}
        recent = sorted(on for on in last.values() if on > self.today - _WEEK)
        limit = max(0, self.case.facts.max_contacts_in_7_days - coming)
        if len(recent) < limit:
            return None
        free = recent[-limit] + _WEEK if limit else self._tomorrow()
        return Held("contact-budget", until=free)

    def too_soon(self) -> Held | None:
        """Reminders are seven days apart; the formal notice neither waits nor counts."""
        reminders = [c.on for c in contacts_of(self.case) if is_reminder(c)]
        if not reminders:
            return None
        free = max(reminders) + timedelta(days=self.case.facts.min_days_between_reminders)
        return Held("too-soon-after-last-reminder", until=free) if free > self.today else None

    def payer_held(self, addresses: frozenset[str], coming: int = 0) -> Held | None:
        """A payer gets one message for all its debtors, seven days after the last, and what the
        others share with it counts in its week; addresses: those the message would go to.
        """
        payer = self.case.payer
        if payer is None or not addresses & payer.addresses:
            return None
        if any(one.status == "sending" or one.planned_for >= self.today for one in payer.leaving):
            return Held("payer-notice-live", until=self._tomorrow())
        contacts = (*self.case.contacts, *payer.reached)
        together = replace(self, case=replace(self.case, contacts=contacts))
        return together.too_soon() or together.budget_spent(coming)

    def _is_stale(self, step: Step) -> bool:
        fresh = self.case.facts.balance.fresh_as_of
        if fresh is None:
            return True
        limit = FRESH_EMAIL
        if step.level is Level.PREVENTIVE:
            limit = FRESH_PREVENTIVE
        elif step.channel.is_letter or step.channel is Channel.TASK:
            limit = FRESH_LETTER
        return self.calendar.count(fresh, self.today) > limit

    def _tomorrow(self) -> date:
        return self.calendar.first_open(self.today + timedelta(days=1))

    def _after_quiet(self) -> date:
        day = self.today
        while any(period.covers(day) for period in self.case.facts.quiet_periods):
            day += timedelta(days=1)
        return self.calendar.first_open(day)


def is_reminder(contact: ContactRecord) -> bool:
    return contact.channel.is_message and not contact.is_formal_notice
