"""From a decision to the notice that is stored and later sent, and from a letter to its copy."""

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.decision import Performs, PlanMessage
from relance.domain.escalation.marks import COPY
from relance.domain.escalation.recipients import email_recipients
from relance.domain.notice import Notice, NoticeStatus, notice_id
from relance.domain.policy import Approval, Channel


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


def draft_copy(case: Case, letter: Notice, *, desk: Desk, token: str) -> Notice | None:
    """The e-mail copy of a registered letter just handed over (design §5): the same message, for
    today (the next open day when a person says only later that it left). None when it is another
    kind of notice, nobody of its audience can be written to, or its step is gone from the policy.
    """
    step = desk.policy.find(letter.step)
    recipients = email_recipients(case, step) if step else ()
    if letter.channel is not Channel.REGISTERED_LETTER or not recipients:
        return None
    return Notice(
        id=copy_id(letter),
        creditor=letter.creditor,
        debtor=letter.debtor,
        channel=Channel.EMAIL,
        status=NoticeStatus.PLANNED,
        step=letter.step,
        level=letter.level,
        template=letter.template,
        performs=_copied(letter),
        asked=letter.asked,
        recipients=recipients,
        language=letter.language,
        planned_for=desk.calendar.first_open(desk.today),
        created_at=desk.now,
        updated_at=desk.now,
        reply_token=token,
        attempt=letter.attempt,
        deadline=letter.deadline,
        copy_of=letter.id,
    )


def copy_id(letter: Notice) -> str:
    """A letter has one copy, whoever plans it and when."""
    return notice_id(letter.creditor, letter.debtor, Channel.EMAIL, _copied(letter), letter.attempt)


def _copied(letter: Notice) -> Performs:
    return tuple((item, f"{step}{COPY}") for item, step in letter.performs)
