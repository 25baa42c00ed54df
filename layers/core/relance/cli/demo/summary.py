"""What the stores say came of the story, as plain values: the same story gives the same summary.

Nothing random is in it (no token, hash, message id or bucket name) and nothing of the real day.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from relance.adapters.messages.reasons import reason_sentence
from relance.application.office import Desk
from relance.cli.demo.chapters import focus_events, held_reasons, skipped_steps
from relance.cli.demo.facts import told_acts, told_items, told_replies, told_silences
from relance.cli.demo.story import Story
from relance.domain.case import Case
from relance.domain.evidence import chain_problem
from relance.domain.notice import Notice, NoticeStatus

Summary = dict[str, Any]

LEFT = {
    NoticeStatus.SENT,
    NoticeStatus.DELIVERED,
    NoticeStatus.BOUNCED,
    NoticeStatus.COMPLAINED,
}


def build_summary(story: Story, language: str) -> Summary:
    """language: of the sentences."""
    desk = story.stage.desk()
    cases = [desk.case(debtor) for debtor in desk.cases.debtors()]
    notices = [n for case in cases for n in desk.stores.notices.of_case(case.debtor.code)]
    by_code = {case.debtor.code: case for case in cases}
    return {
        **_frame(story, desk),
        "imports": [
            {
                "on": one.on.isoformat(),
                "file": one.file,
                "status": one.status,
                "rejected": one.rejected,
            }
            for one in story.diary.imports
        ],
        "sent": [_sent(n, by_code[n.debtor], desk) for n in _in_order(notices) if n.status in LEFT],
        "dropped": [
            _dropped(n, language, desk) for n in _in_order(notices) if n.status not in LEFT
        ],
        "held": held_reasons(story.diary, language),
        "skipped": skipped_steps(story.diary, language),
        "acts": told_acts(story),
        "replies": told_replies(desk),
        "tasks": [task for case in cases for task in _tasks(case)],
        "items": told_items(story),
        "silences": told_silences(story),
        "cases": [_case(desk, case) for case in cases],
        "focus": _focus(story, desk, by_code, notices),
        "dead_letters": story.stage.dead_letters(),
    }


def _frame(story: Story, desk: Desk) -> Summary:
    scenario = story.scenario
    days = list(scenario.calendar_days())
    return {
        "creditor": scenario.creditor,
        "company": story.company,
        "from": scenario.start.isoformat(),
        "to": scenario.end.isoformat(),
        "days": len(days),
        "closed_days": [d.isoformat() for d in days if not desk.calendar.is_open(d)],
        "steps": [{"key": s.key, "level": str(s.level)} for s in desk.policy.steps],
    }


def _in_order(notices: Iterable[Notice]) -> list[Notice]:
    return sorted(notices, key=_place)


def _place(notice: Notice) -> tuple[datetime, str, bool, str]:
    """A letter comes before its copy."""
    at = notice.sent_at or notice.updated_at
    return at, notice.debtor, notice.copy_of is not None, notice.id


def _sent(notice: Notice, case: Case, desk: Desk) -> Summary:
    at = (notice.sent_at or notice.updated_at).astimezone(_zone(desk))
    return {
        "notice": notice.id,
        "at": at.isoformat(),
        "debtor": notice.debtor,
        "name": case.debtor.name,
        "step": notice.step,
        "level": str(notice.level),
        "channel": str(notice.channel),
        "formal_notice": notice.is_formal_notice,
        "copy_of": notice.copy_of,
        "answers": notice.answers is not None,
        "template": notice.template,
        "language": notice.language,
        "to": [recipient.email or recipient.name for recipient in notice.recipients],
        "status": str(_settled_status(notice.status)),
        "approved_by": notice.approved_by,
        "deadline": notice.deadline.isoformat() if notice.deadline else None,
        "items": _demanded(notice, case, at.date()),
        "asked": _sums(case, notice),
        "evidence": notice.content.key if notice.content else None,
    }


def _settled_status(status: NoticeStatus) -> NoticeStatus:
    return NoticeStatus.SENT if status is NoticeStatus.DELIVERED else status


def _demanded(notice: Notice, case: Case, on: date) -> list[Summary]:
    """Every document that the message asks for; step: the one it performs on it, if any."""
    steps = dict(notice.performs)
    found = []
    for key in sorted({*notice.asked, *steps}):
        item = case.items[key]
        found.append(
            {
                "number": item.number,
                "due": item.due_date.isoformat() if item.due_date else None,
                "days_late": (on - item.due_date).days if item.due_date else None,
                "asked": str(notice.asked[key]) if key in notice.asked else None,
                "step": steps.get(key),
            }
        )
    return found


def _sums(case: Case, notice: Notice) -> dict[str, str]:
    sums: dict[str, Decimal] = {}
    for key, amount in notice.asked.items():
        currency = case.items[key].currency
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return {currency: str(total) for currency, total in sorted(sums.items())}


def _dropped(notice: Notice, language: str, desk: Desk) -> Summary:
    return {
        "notice": notice.id,
        "at": notice.updated_at.astimezone(_zone(desk)).isoformat(),
        "planned_for": notice.planned_for.isoformat(),
        "debtor": notice.debtor,
        "step": notice.step,
        "channel": str(notice.channel),
        "copy_of": notice.copy_of,
        "status": str(notice.status),
        "reason": notice.reason,
        "sentence": reason_sentence(notice.reason, language) if notice.reason else None,
    }


def _tasks(case: Case) -> list[Summary]:
    return [
        {
            "debtor": case.debtor.code,
            "name": case.debtor.name,
            "kind": str(task.kind),
            "opened_on": task.opened_on.isoformat(),
            "due_on": task.due_on.isoformat(),
        }
        for task in sorted(case.tasks, key=lambda t: (t.opened_on, t.kind, t.key))
    ]


def _case(desk: Desk, case: Case) -> Summary:
    history = desk.cases.history(case.debtor.code)
    owed: dict[str, Decimal] = {}
    for item in case.open_items:
        owed[item.currency] = owed.get(item.currency, Decimal(0)) + item.open_amount
    return {
        "debtor": case.debtor.code,
        "name": case.debtor.name,
        "open": {currency: str(total) for currency, total in sorted(owed.items())},
        "holds": sorted(type(hold).__name__ for hold in case.holds),
        "entries": len(history),
        "chain": chain_problem(history) or "verified",
    }


def _focus(story: Story, desk: Desk, cases: dict[str, Case], notices: list[Notice]) -> Summary:
    code = story.scenario.focus
    history = desk.cases.history(code)
    known = {notice.id: notice for notice in notices}
    return {
        "debtor": code,
        "name": cases[code].debtor.name,
        "entries": len(history),
        "chain": chain_problem(history) or "verified",
        "events": focus_events(history, known, _zone(desk)),
    }


def _zone(desk: Desk) -> ZoneInfo:
    return ZoneInfo(desk.creditor.profile.zone)
