"""From a decision to the notice that is stored and later sent."""

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.decision import PlanMessage
from relance.domain.notice import Notice, NoticeStatus, notice_id
from relance.domain.policy import Approval


def draft_notice(case: Case, action: PlanMessage, *, desk: Desk, token: str) -> Notice:
    """The same decision on the same case gives the same id, so planning twice writes once."""
    step = action.step
    awaits = step.approval is Approval.CONFIRM
    return Notice(
        id=notice_id(
            case.creditor, case.debtor.code, action.channel, action.performs, case.attempt
        ),
        creditor=case.creditor,
        debtor=case.debtor.code,
        channel=action.channel,
        status=NoticeStatus.AWAITING_APPROVAL if awaits else NoticeStatus.PLANNED,
        step=step.key,
        level=step.level,
        template=action.template,
        performs=action.performs,
        asked=action.asked,
        recipients=action.recipients,
        language=case.debtor.language or desk.creditor.profile.language,
        planned_for=desk.today,
        created_at=desk.now,
        updated_at=desk.now,
        reply_token=token,
        attempt=case.attempt,
        is_formal_notice=step.is_formal_notice,
        deadline=desk.policy.deadline(step, desk.today),
    )
