"""Gathers what a notice says on the day it leaves."""

from collections.abc import Callable, Sequence
from datetime import date

from relance.application.office import Desk
from relance.application.ports import EvidenceObjects, NotFound
from relance.application.told import told_of
from relance.domain.case import Case, Outcome, PerformedStep
from relance.domain.escalation.netting import broken_promises, net_account
from relance.domain.escalation.own_steps import OWN_STEPS
from relance.domain.escalation.statement import build_statement
from relance.domain.notice import Notice
from relance.domain.notice_content import CopiedLetter, DebtorAccount, NoticeContent, PastStep
from relance.domain.penalties import PenaltyClaim
from relance.domain.policy import Channel, Level, Penalties, Policy
from relance.domain.statement import Statement
from relance.domain.team import signatory

MAX_ATTACHED = 5_000_000
"""Bytes of a letter beyond which its copy goes without it: mail servers refuse what is heavy."""

ClaimPenalties = Callable[[Statement, date], PenaltyClaim | None]
"""Computes late-payment penalties of the items asked, up to a date."""

_CHANNELS = {
    Outcome.SENT: Channel.EMAIL,
    Outcome.HANDED_OVER: Channel.LETTER,
    Outcome.REACHED: Channel.CALL,
    Outcome.NOT_MADE: Channel.CALL,
    Outcome.UNREACHED: Channel.CALL,
    Outcome.TASK_OPENED: Channel.TASK,
    Outcome.BY_HAND: Channel.EMAIL,
}
"""What an old record without its channel was, at the least."""


def notice_content(
    desk: Desk,
    cases: Sequence[Case],
    notice: Notice,
    *,
    objects: EvidenceObjects,
    claim_penalties: ClaimPenalties,
) -> NoticeContent:
    """cases: of its debtors, the leading one first. Each has its own statement and its own
    penalties. Raises NotFound when the creditor's payment details are not confirmed, or the letter
    that this is the copy of is not kept.
    """
    payment = desk.creditor.payment
    if payment is None:
        raise NotFound("payment-details-missing", {"creditor": desk.creditor.code})
    case = cases[0]
    told = told_of(desk, case, notice, objects)
    step = OWN_STEPS[notice.step] if told else desk.policy_of(case).step(notice.step)
    claims = claim_penalties if step.penalties is Penalties.CLAIM else None
    lead, *companions = (_account(desk, one, notice, claims) for one in cases)
    broken = [p.promised_for for one in cases for p in broken_promises(one, desk.calendar)]
    return NoticeContent(
        notice=notice,
        identity=desk.creditor.profile.identity,
        payment=payment,
        collector=signatory(case.debtor, desk.creditor.profile, desk.today),
        debtor=case.debtor,
        statement=lead.statement,
        written_on=desk.today,
        written_at=desk.now,
        reply_to=f"reply+{notice.reply_token}@{payment.reply_domain}",
        penalties=step.penalties,
        claim=lead.claim,
        history=_history(cases, desk, notice),
        broken_promises=tuple(sorted(set(broken)) if companions else broken),
        announces=step.announces,
        grants_days=step.grants_days,
        companions=tuple(companions),
        payer=case.payer.name if case.payer else None,
        letter=_letter(desk, notice, objects),
        told=told,
        rehearsal_to=(desk.creditor.redirect_to or "") if notice.rehearsal else None,
    )


def _account(
    desk: Desk, case: Case, notice: Notice, claim_penalties: ClaimPenalties | None
) -> DebtorAccount:
    part = notice.part_of(case.debtor.code)
    account = net_account(case, desk.calendar)
    statement = build_statement(case, account, set(part.asked), desk.calendar, desk.today)
    return DebtorAccount(
        debtor=case.debtor,
        level=part.level,
        asked=frozenset(part.asked),
        statement=statement,
        claim=claim_penalties(statement, desk.today) if claim_penalties else None,
    )


def _letter(desk: Desk, notice: Notice, objects: EvidenceObjects) -> CopiedLetter | None:
    if notice.copy_of is None:
        return None
    letter = desk.stores.notices.get(notice.copy_of)
    if letter.content is None:
        raise NotFound("unknown-evidence-object", {"notice": letter.id})
    pdf = objects.get(letter.content)
    return CopiedLetter(letter.planned_for, pdf if len(pdf) <= MAX_ATTACHED else None)


def _history(cases: Sequence[Case], desk: Desk, notice: Notice) -> tuple[PastStep, ...]:
    """What was done on the items asked, one line per message or call, oldest first."""
    seen: dict[tuple[date, str], PastStep] = {}
    for case in cases:
        for key in notice.part_of(case.debtor.code).asked:
            for done in case.progress_of(key).performed:
                seen[done.done_on, done.by] = _past(done, desk.policy_of(case))
    return tuple(seen[key] for key in sorted(seen))


def _past(done: PerformedStep, policy: Policy) -> PastStep:
    """As it was done: what was planned as a registered letter may have left as an e-mail."""
    step = policy.find(done.step)
    channel = done.channel or (step.channel if step else _CHANNELS[done.outcome])
    level = done.level or (step.level if step else Level.LEVEL_1)
    return PastStep(done.done_on, channel, level, done.outcome)
