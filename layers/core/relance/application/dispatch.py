"""The one gate between what is planned and the queues of what leaves (design §5 rule 7).

A notice leaves on the day on which it was let out here, and on no other: the sender refuses one
that was not. What is let out is marked and counted in one transaction with the creditor's row, then
queued: two dispatches at once never exceed a cap, and what a crash left marked and not queued is
queued by the sweep.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from relance.application.notice_outcomes import record_expired
from relance.application.office import COMMIT_ATTEMPTS, Desk, Office
from relance.application.one_by_one import one_by_one
from relance.application.ports import DISPATCHED_AT_ONCE, Conflict, NotFound, NoticeQueue
from relance.application.shared_addresses import ask_about, without_strangers
from relance.application.staff_mail import StaffMail
from relance.domain.case import facts_of
from relance.domain.creditor import Creditor, Mode
from relance.domain.escalation.caps import Counted, caps_of, count_of, passes_caps, select
from relance.domain.escalation.modes import mode_holds
from relance.domain.limits import limits_of
from relance.domain.notice import Notice, NoticeStatus


@dataclass(slots=True)
class DispatchReport:
    """Notice ids: let out and queued, and over a cap; held: how many wait, by the reason; stopped:
    how many addresses stopped the run.
    """

    queued: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=dict)
    stopped: int = 0

    def hold(self, reason: str, count: int = 1) -> None:
        if count:
            self.held[reason] = self.held.get(reason, 0) + count


@dataclass(frozen=True, slots=True)
class Gate:
    """What letting out takes. staff: who is asked when the run stops."""

    office: Office
    queue: NoticeQueue
    staff: StaffMail


def dispatch_creditors(scheduled_at: datetime, *, gate: Gate) -> dict[str, DispatchReport]:
    """At the hour from which each creditor's messages leave: all of what is planned for today."""
    done: dict[str, DispatchReport] = {}

    def dispatch_one(code: str) -> None:
        creditor = gate.office.creditors.get(code)
        opens = limits_of(creditor.profile, gate.office.policy_of(creditor)).send_from
        if scheduled_at.astimezone(ZoneInfo(creditor.profile.zone)).hour == opens.hour:
            done[code] = dispatch_all(code, gate=gate)

    one_by_one(gate.office.creditors.codes(), dispatch_one)
    return done


def dispatch_all(creditor: str, *, gate: Gate) -> DispatchReport:
    """Whatever of the creditor is planned and waits."""
    desk = gate.office.open(creditor)
    if not is_window_open(desk):
        return DispatchReport()
    return dispatch(desk, desk.stores.notices.live(before=after_now(desk)), gate=gate)


def after_now(desk: Desk) -> datetime:
    """Later than all that is stored, also of this very instant."""
    return desk.now + timedelta(minutes=1)


def dispatch(desk: Desk, notices: Sequence[Notice], *, gate: Gate) -> DispatchReport:
    """Let out those of them that are planned for today and may leave: the largest stakes first, as
    far as the caps go. What is over a cap ends, and is decided again the next working day. Nothing
    before the window opens nor while the creditor is paused, imports or looks suspicious.

    desk: opened before the notices were read, so that what another dispatch let out since then is
    seen in them or refused by the creditor's row. Raises Conflict after too many tries: what was
    let out before is queued.
    """
    report = DispatchReport()
    for attempt in range(COMMIT_ATTEMPTS):
        try:
            _dispatch(desk, notices, gate, report)
        except Conflict:
            if attempt == COMMIT_ATTEMPTS - 1:
                raise
            desk = gate.office.open(desk.creditor.code)
            notices = read_again(desk, [notice.id for notice in notices])
        else:
            break
    return report


def is_window_open(desk: Desk) -> bool:
    moment = desk.moment()
    return moment.opens <= moment.local_time <= moment.closes


def waits(desk: Desk, notice: Notice) -> bool:
    """Planned for today, and not let out yet."""
    today = notice.planned_for == desk.today
    is_out = notice.dispatched_on == desk.today
    return notice.status is NoticeStatus.PLANNED and today and not is_out


def _dispatch(desk: Desk, notices: Sequence[Notice], gate: Gate, report: DispatchReport) -> None:
    report.held.clear()
    waiting = [notice for notice in notices if waits(desk, notice)]
    closed = _closed(desk)
    if closed is not None:
        report.hold(closed, len(waiting))
        return
    free = [notice for notice in waiting if not _held(desk, notice, report)]
    creditor = desk.creditor
    before = count_of(creditor.dispatched, desk.today)
    rehearse = creditor.mode is Mode.REDIRECT
    chosen = select(free, before, caps_of(creditor.profile, desk.policy), rehearse=rehearse)
    leaving, suspects = without_strangers(desk, chosen.leaving)
    if suspects:
        report.stopped = len(suspects)
        report.hold("address-of-strangers", len(chosen.leaving) - len(leaving))
        ask_about(desk, suspects, gate.office, gate.staff)
    _let_out(desk, leaving, gate, report)
    if not suspects:
        _end(desk, chosen.over, report)


def _closed(desk: Desk) -> str | None:
    """Why nothing of the creditor leaves now."""
    return closed_all_day(desk.creditor) if is_window_open(desk) else "outside-window"


def closed_all_day(creditor: Creditor) -> str | None:
    """Likewise, whatever the hour."""
    if creditor.pause is not None:
        return "paused"
    if creditor.balance.suspicious:
        return "suspicious-import"
    if creditor.mode is Mode.REDIRECT and not creditor.redirect_to:
        return "redirect-address-missing"
    return "importing" if creditor.is_importing else None


def _held(desk: Desk, notice: Notice, report: DispatchReport) -> bool:
    reason = held_by_mode(desk, notice)
    if reason is not None:
        report.hold(reason)
    return reason is not None


def held_by_mode(desk: Desk, notice: Notice) -> str | None:
    """For one of its debtors: it leaves for all of them or for none."""
    facts = (facts_of(desk.creditor, debtor) for debtor in notice.debtors)
    is_answer = passes_caps(notice)
    reasons = (mode_holds(one, desk.today, is_answer=is_answer) for one in facts)
    return next((reason for reason in reasons if reason is not None), None)


def _let_out(desk: Desk, leaving: Sequence[Counted], gate: Gate, report: DispatchReport) -> None:
    """Marked and counted first, all of them, then queued: the senders read the row that this
    writes.
    """
    creditor, out = desk.creditor, []
    try:
        for start in range(0, len(leaving), DISPATCHED_AT_ONCE):
            chunk = leaving[start : start + DISPATCHED_AT_ONCE]
            creditor = _mark(gate.office, creditor, chunk, desk)
            out += [notice for notice, _ in chunk]
    finally:
        for notice in out:
            gate.queue.put(notice.creditor, notice.id, notice.channel)
            report.queued.append(notice.id)


def _mark(office: Office, creditor: Creditor, chunk: Sequence[Counted], desk: Desk) -> Creditor:
    counted = chunk[-1][1]
    marked = [replace(notice, dispatched_on=desk.today, updated_at=desk.now) for notice, _ in chunk]
    is_counted = not all(passes_caps(notice) for notice, _ in chunk)
    after = replace(creditor, dispatched=counted) if is_counted else creditor
    return office.creditors.dispatch(after, marked)


def _end(desk: Desk, over: Sequence[tuple[Notice, str]], report: DispatchReport) -> None:
    """Who moved meanwhile is left alone: the sweep looks again."""
    for notice, reason in over:
        with suppress(Conflict):
            record_expired(desk, notice, reason)
            report.over.append(notice.id)
            report.hold(reason)


def read_again(desk: Desk, ids: Iterable[str]) -> list[Notice]:
    """As they are now, each once."""
    found = []
    for one in dict.fromkeys(ids):
        with suppress(NotFound):
            found.append(desk.stores.notices.get(one))
    return found
