"""Notices that the daily run begins, releases or ends: each with all of its cases at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from relance.application.draft_notice import draft_notice
from relance.application.office import Desk
from relance.application.ports import CaseChange, NoticeChange, RandomSource
from relance.domain.case import Case
from relance.domain.escalation.decision import ExpireNotice, ReleaseFormalNotice
from relance.domain.escalation.modes import is_unwritten
from relance.domain.escalation.ordered import ORDERED
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.escalation.plan_steps import plan_deadline
from relance.domain.escalation.progress import begin_notice, expire_notice, expired
from relance.domain.escalation.sharing import Shared
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice import SYSTEM, Notice, NoticeStatus


def plan_parts(desk: Desk, parts: Shared, random: RandomSource) -> tuple[Case, ...]:
    """One notice, and each of its cases busy with its part, in one transaction."""
    lead = parts[0]
    companions = tuple(part.in_notice() for part in parts[1:])
    notice = draft_notice(
        lead.case,
        lead.message,
        desk=desk,
        token=random.token(),
        companions=companions,
        ordered_by=_ordered_by(parts),
    )
    if any(is_unwritten(part.case) for part in parts):
        notice = replace(notice, is_first=True)
    changes = []
    for part in parts:
        busy = begin_notice(part.case, notice, part.message.recipient_mark, desk.today)
        facts = _facts(notice, part.debtor, part.message.reason) | _prepared(notice)
        entry = EvidenceDraft(desk.now, "system", "notice-planned", facts)
        new = (NoticeChange(notice, None),) if part is lead else ()
        changes.append(CaseChange(busy, entry, notices=new))
    return desk.cases.commit_all(changes)


def move_planned(desk: Desk, case: Case, action: ReleaseFormalNotice | ExpireNotice) -> Case:
    before = desk.stores.notices.get(action.notice_id)
    others = desk.cases_of([code for code in before.debtors if code != case.debtor.code])
    if isinstance(action, ExpireNotice):
        after = replace(expired(before, action.reason), updated_at=desk.now)
        kind = "notice-expired"
    else:
        after = replace(
            before,
            status=NoticeStatus.PLANNED,
            planned_for=desk.today,
            deadline=_deadline(desk, (case, *others), before),
            updated_at=desk.now,
        )
        kind = "notice-released"
    changes = []
    for one in (case, *others):
        is_over = isinstance(action, ExpireNotice)
        changed = (expire_notice if is_over else _released)(one, after, desk.today)
        facts = _facts(after, one.debtor.code, action.reason)
        moved = (NoticeChange(after, before.status),) if one is case else ()
        entry = EvidenceDraft(desk.now, "system", kind, facts)
        changes.append(CaseChange(changed, entry, notices=moved))
    return desk.cases.commit_all(changes)[0]


def _deadline(desk: Desk, cases: Sequence[Case], notice: Notice) -> date | None:
    """As the policy of the debtor that leads it has it."""
    policy = next(desk.policy_of(one) for one in cases if one.debtor.code == notice.debtor)
    step = OWN_STEPS.get(notice.step) or policy.step(notice.step)
    return policy.deadline(step, desk.today) or plan_deadline(step, desk.today)


def _released(case: Case, notice: Notice, today: date) -> Case:
    if case.awaiting is None:
        return case
    live = replace(case.awaiting, status=notice.status, planned_for=notice.planned_for)
    return replace(case, awaiting=None, live=live, agenda=today + timedelta(days=1))


def _ordered_by(parts: Shared) -> str | None:
    """The first who ordered a part of it."""
    orders = (part.case.ordered for part in parts if part.message.reason == ORDERED)
    return next((order.by for order in orders if order is not None), None)


def _prepared(notice: Notice) -> dict[str, str]:
    return {} if notice.prepared_by == SYSTEM else {"prepared_by": notice.prepared_by}


def _facts(notice: Notice, debtor: str, reason: str) -> dict[str, str]:
    return {
        "notice": notice.id,
        "step": notice.step,
        "channel": str(notice.channel),
        "planned_for": notice.planned_for.isoformat(),
        "performs": pairs_text(notice.part_of(debtor).performs),
        "reason": reason,
        **notice.shared_with(debtor),
    }


def pairs_text(performs: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{item}:{step}" for item, step in performs)
