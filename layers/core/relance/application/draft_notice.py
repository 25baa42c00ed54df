"""From a decision to the notice that is stored and later sent."""

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.decision import PlanMessage
from relance.domain.escalation.recipients import language_for
from relance.domain.notice import Notice, NoticePart, NoticeStatus, notice_id
from relance.domain.policy import Approval


def draft_notice(
    case: Case,
    action: PlanMessage,
    *,
    desk: Desk,
    token: str,
    companions: tuple[NoticePart, ...] = (),
) -> Notice:
    """The same decision on the same case gives the same id, so planning twice writes once.

    companions: the parts of other debtors that share it.
    """
    step = action.step
    awaits = step.approval is Approval.CONFIRM
    debtor = case.debtor.code
    return Notice(
        id=notice_id(
            case.creditor, debtor, action.channel, action.performs, case.attempt, companions
        ),
        creditor=case.creditor,
        debtor=debtor,
        channel=action.channel,
        status=NoticeStatus.AWAITING_APPROVAL if awaits else NoticeStatus.PLANNED,
        step=step.key,
        level=step.level,
        template=action.template,
        performs=action.performs,
        asked=action.asked,
        recipients=action.recipients,
        language=language_for(case, action.recipients) or desk.creditor.profile.language,
        planned_for=desk.today,
        created_at=desk.now,
        updated_at=desk.now,
        reply_token=token,
        attempt=case.attempt,
        is_formal_notice=step.is_formal_notice,
        deadline=desk.policy.deadline(step, desk.today),
        companions=companions,
    )
