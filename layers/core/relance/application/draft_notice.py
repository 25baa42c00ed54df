"""From a decision to the notice that is stored and later sent, and from a letter to its copy."""

from dataclasses import dataclass, replace

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.approval import needs_approval
from relance.domain.escalation.decision import Performs, PlanMessage
from relance.domain.escalation.marks import COPY
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.escalation.plan_steps import plan_deadline
from relance.domain.escalation.recipients import (
    email_recipients,
    language_for,
    recipient_mark,
)
from relance.domain.notice import SYSTEM, Notice, NoticePart, NoticeStatus, Recipient, notice_id
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel
from relance.domain.team import person_for


def draft_notice(
    case: Case,
    action: PlanMessage,
    *,
    desk: Desk,
    token: str,
    companions: tuple[NoticePart, ...] = (),
    ordered_by: str | None = None,
) -> Notice:
    """The same decision on the same case gives the same id, so planning twice writes once.

    companions: the parts of other debtors that share it; ordered_by: who ordered any of it.
    """
    step = action.step
    awaits = needs_approval(case, step)
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
        deadline=desk.policy_of(case).deadline(step, desk.today) or plan_deadline(step, desk.today),
        companions=companions,
        prepared_by=(ordered_by or _preparer(case, desk)) if awaits else SYSTEM,
    )


def _preparer(case: Case, desk: Desk) -> str:
    """Whoever answers for the case that day: somebody else approves (four eyes)."""
    return person_for(case, desk.creditor.profile, desk.today).key


@dataclass(frozen=True, slots=True)
class DraftedCopy:
    """A copy to plan. marks: to whom it goes, as each of its debtors' cases sees it."""

    notice: Notice
    marks: dict[str, str]


def draft_copy(letter: Notice, *, desk: Desk, token: str) -> DraftedCopy | None:
    """The e-mail copy of a registered letter, or of one to sign, just handed over (design §5): the
    same message, for today (the next open day when a person says only later that it left). None
    when it is another kind of notice, nobody of its audience can be written to, or its step is gone
    from the policy.
    """
    answers = letter.answers is not None and letter.channel is Channel.LETTER
    if not (answers or letter.channel is Channel.REGISTERED_LETTER):
        return None
    cases = desk.cases_of(letter.debtors)
    step = OWN_STEPS[letter.step] if answers else desk.policy_of(cases[0]).find(letter.step)
    if step is None:
        return None
    recipients = [email_recipients(case, step) for case in cases]
    if not recipients[0]:
        return None
    marks = {
        case.debtor.code: recipient_mark(case, theirs, Channel.EMAIL)
        for case, theirs in zip(cases, recipients, strict=True)
    }
    return DraftedCopy(_copy(letter, recipients[0], desk=desk, token=token), marks)


def _copy(letter: Notice, recipients: tuple[Recipient, ...], *, desk: Desk, token: str) -> Notice:
    return Notice(
        id=copy_id(letter),
        creditor=letter.creditor,
        debtor=letter.debtor,
        channel=Channel.EMAIL,
        status=NoticeStatus.PLANNED,
        step=letter.step,
        level=letter.level,
        template=letter.template,
        performs=_copied(letter.performs),
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
        companions=_companions(letter),
        answers=letter.answers,
    )


def copy_id(letter: Notice) -> str:
    """A letter has one copy, whoever plans it and when."""
    answered = ((ItemKey(letter.answers), letter.step),) if letter.answers else ()
    return notice_id(
        letter.creditor,
        letter.debtor,
        Channel.EMAIL,
        _copied((*letter.performs, *answered)),
        letter.attempt,
        _companions(letter),
    )


def _companions(letter: Notice) -> tuple[NoticePart, ...]:
    return tuple(replace(part, performs=_copied(part.performs)) for part in letter.companions)


def _copied(performs: Performs) -> Performs:
    return tuple((item, f"{step}{COPY}") for item, step in performs)
