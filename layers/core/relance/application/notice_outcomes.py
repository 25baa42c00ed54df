"""What became of a notice: each outcome moves the notice, its case and the evidence together.

The sender, the delivery events and the commands of people all end here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from relance.application.draft_notice import DraftedCopy, draft_copy
from relance.application.office import Desk
from relance.application.ports import CaseChange, NoticeChange
from relance.domain.case import Case
from relance.domain.escalation.answers import mark_answer, reopened
from relance.domain.escalation.progress import (
    begin_notice,
    complete_notice,
    expire_notice,
    expired,
    fail_notice,
    free_notice,
    mark_unreachable,
    undo_notice,
)
from relance.domain.escalation.recipients import addresses_of
from relance.domain.evidence import EvidenceDraft, ObjectRef
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.task import Task, TaskKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """kind: the evidence entry's; facts: of the entry, nothing personal; personal: what a person
    wrote freely.
    """

    kind: str
    actor: str
    facts: dict[str, str]
    objects: tuple[ObjectRef, ...] = ()
    personal: dict[str, str] = field(default_factory=dict)


def record_sent(desk: Desk, notice: Notice, outcome: Outcome, *, token: str) -> Notice:
    """`sending` → `sent`: its steps are done, on its own day, whenever we learn of it. A registered
    letter is followed by its e-mail copy, planned in the same transaction; token: of its replies.
    """

    def completed(case: Case) -> Case:
        policy = desk.policy_of(case)
        return complete_notice(case, notice, policy, desk.calendar, notice.planned_for)

    sent = replace(notice, status=NoticeStatus.SENT, sent_at=notice.sent_at or desk.now)
    copy = None if sent.rehearsal else draft_copy(sent, desk=desk, token=token)
    return move_notice(desk, notice, sent, completed, outcome, follow=copy)


def record_failed(desk: Desk, notice: Notice, reason: str, outcome: Outcome) -> Notice:
    """Refused for good: nothing left, the step is tried again on the next open day. A copy has no
    step: its letter left. An answer is written again, for as long as it is news.
    """

    def failed(case: Case) -> Case:
        if notice.answers is not None:
            freed = free_notice(case, notice.id, desk.today)
            return reopened(freed, notice) if notice.status is NoticeStatus.SENT else freed
        if notice.copy_of is not None or notice.rehearsal:
            return free_notice(case, notice.id, desk.today)
        if notice.status is NoticeStatus.SENT:
            case = undo_notice(case, notice, desk.today)
        return fail_notice(case, notice.id, desk.today, desk.calendar)

    after = replace(notice, status=NoticeStatus.FAILED, reason=reason)
    return move_notice(desk, notice, after, failed, outcome)


def record_not_left(desk: Desk, notice: Notice, reason: str, outcome: Outcome) -> Notice:
    """Throttled or unreachable: `sending` → `planned`, to be tried again today."""

    after = replace(notice, status=NoticeStatus.PLANNED, reason=reason)
    return move_notice(desk, notice, after, lambda case: with_status(case, after), outcome)


def with_status(case: Case, notice: Notice) -> Case:
    """The case busy with a notice, or answering by it, as the notice now is."""
    if notice.answers is not None:
        return mark_answer(case, notice.id, notice.status)
    return replace(case, live=case.live and replace(case.live, status=notice.status))


def record_given_up(
    desk: Desk, notice: Notice, status: NoticeStatus, reason: str, outcome: Outcome
) -> Notice:
    """Expired, withheld, or resolved as not sent: the items are free again."""

    def freed(case: Case) -> Case:
        return free_notice(case, notice.id, desk.today)

    return move_notice(desk, notice, replace(notice, status=status, reason=reason), freed, outcome)


def record_expired(desk: Desk, notice: Notice, reason: str = "expired") -> Notice:
    """Its day is over, or has no room for it: freed, or back to wait for a better day when a person
    had approved it.
    """
    outcome = Outcome("notice-expired", "system", {"reason": reason})
    after = expired(notice, reason)

    def ended(case: Case) -> Case:
        return expire_notice(case, after, desk.today)

    return move_notice(desk, notice, after, ended, outcome)


def record_bounced(
    desk: Desk, notice: Notice, status: NoticeStatus, reason: str, outcome: Outcome
) -> Notice:
    """A hard bounce undoes the notice; a bounce or a complaint closes the address (rule 2), at the
    payer's too, whose contact it may be. One task asks for another one, where the contact is. What
    a rehearsal met at our own test address says nothing of a customer.
    """
    if notice.rehearsal:
        after = replace(notice, status=status, reason=reason)
        return move_notice(desk, notice, after, lambda case: case, outcome)
    addresses = addresses_of(notice.recipients)
    payer = _payer_with(desk, notice, addresses)
    asks = payer or notice.debtor

    def bounced(case: Case) -> Case:
        is_part = case.debtor.code in notice.debtors
        if is_part and status is NoticeStatus.BOUNCED:
            case = undo_notice(case, notice, desk.today)
        closed = mark_unreachable(case, addresses, reason, desk.today)
        return _asking(desk, closed, notice, reason) if case.debtor.code == asks else closed

    after = replace(notice, status=status, reason=reason)
    also = () if asks in notice.debtors else (asks,)
    return move_notice(desk, notice, after, bounced, outcome, also=also)


def _payer_with(desk: Desk, notice: Notice, addresses: frozenset[str]) -> str | None:
    """The payer whose contact has one of these addresses."""
    for case in desk.cases_of(notice.debtors):
        contacts = case.payer.contacts if case.payer else ()
        if case.payer and any((c.email or "").lower() in addresses for c in contacts):
            return case.payer.code
    return None


def _asking(desk: Desk, case: Case, notice: Notice, reason: str) -> Case:
    task = Task(
        f"{TaskKind.FIND_CONTACT}-{notice.id}",
        TaskKind.FIND_CONTACT,
        desk.today,
        desk.calendar.add(desk.today, 2),
        detail=reason,
    )
    return replace(case, tasks=(*case.tasks, task))


def record_contradicted(desk: Desk, notice: Notice, outcome: Outcome) -> None:
    """It was given up as not sent and an event says that it left: kept, and a person looks."""
    key = f"{TaskKind.REVIEW}-{notice.id}"

    def contradicted(case: Case) -> Case:
        if case.debtor.code != notice.debtor:
            return case
        due = desk.calendar.add(desk.today, 2)
        task = Task(key, TaskKind.REVIEW, desk.today, due, detail=outcome.kind)
        return replace(case.without_task(key), tasks=(*case.without_task(key).tasks, task))

    move_notice(desk, notice, notice, contradicted, outcome)


def move_notice(
    desk: Desk,
    before: Notice,
    after: Notice,
    change: Callable[[Case], Case],
    outcome: Outcome,
    *,
    also: tuple[str, ...] = (),
    follow: DraftedCopy | None = None,
) -> Notice:
    """One transaction: the notice from the status it had, each of its cases as `change` makes it,
    with its entry. also: other debtors whose cases change with it; follow: what comes next on
    these cases, planned with it: they are busy with it.
    """
    moved = replace(after, updated_at=desk.now)
    moves = [NoticeChange(moved, before.status)]
    moves += [NoticeChange(follow.notice, None)] if follow else []

    def decide(case: Case) -> CaseChange:
        changed, code = change(case), case.debtor.code
        entry = EvidenceDraft(
            at=desk.now,
            actor=outcome.actor,
            kind=outcome.kind,
            facts=_facts(before, code, outcome, follow),
            personal=outcome.personal,
            objects=outcome.objects,
        )
        if follow is not None:
            changed = begin_notice(changed, follow.notice, follow.marks[code], desk.today)
        return CaseChange(changed, entry, notices=tuple(moves) if code == before.debtor else ())

    desk.change_all((*before.debtors, *also), decide)
    return moved


def _facts(
    before: Notice, debtor: str, outcome: Outcome, follow: DraftedCopy | None
) -> dict[str, str]:
    copy = {"copy": follow.notice.id} if follow else {}
    return {**named(before), **outcome.facts, **before.shared_with(debtor), **copy}


def named(notice: Notice) -> dict[str, str]:
    """The facts of an entry that say which notice it is about."""
    if notice.copy_of is None:
        return {"notice": notice.id}
    return {"notice": notice.id, "copy_of": notice.copy_of}
