"""What a message tells the customer about an agreement, as it is on the day it leaves."""

from decimal import Decimal

from relance.application.office import Desk
from relance.application.ports import EvidenceObjects, NotFound
from relance.domain.calling import CallMade, CallRecap
from relance.domain.case import Case
from relance.domain.escalation.answers import agreement_of
from relance.domain.escalation.own_steps import PLAN_DEFAULT
from relance.domain.escalation.plans import defaults, paid_instalments
from relance.domain.holds import Arrangement, Dispute, Plan, Promise, Resolution
from relance.domain.notice import Notice
from relance.domain.notice_content import Told, ToldInstalment, ToldLine
from relance.domain.open_item import ItemKey

MAX_PROOFS = 7_000_000
"""Bytes of proofs that one e-mail carries: mail servers refuse what is heavy."""

_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


def told_of(desk: Desk, case: Case, notice: Notice, objects: EvidenceObjects) -> Told | None:
    """None for a notice that is about no agreement. Raises NotFound when it is gone."""
    if notice.step == PLAN_DEFAULT:
        return _default(desk, case)
    if notice.answers is None:
        return None
    match agreement_of(case, notice.answers):
        case Promise() as promise:
            return _promise(desk, case, promise)
        case Dispute() as dispute:
            return _dispute(case, dispute, objects)
        case Plan() as plan:
            return _plan(case, plan)
        case Arrangement() as arrangement:
            return _arrangement(case, arrangement)
        case CallMade(recap=CallRecap() as recap) as call:
            return _call(case, call, recap)
        case _:
            raise NotFound("no-longer-agreed", {"notice": notice.id})


def _promise(desk: Desk, case: Case, promise: Promise) -> Told:
    lines = _lines(case, promise.covered)
    total = _total(lines)
    largest = max(total.values(), default=Decimal(0))
    return Told(
        lines=lines,
        total=total,
        day=promise.promised_for,
        means=promise.means,
        person=promise.by,
        to_sign=largest > desk.creditor.profile.promise_sign_above,
    )


def _dispute(case: Case, dispute: Dispute, objects: EvidenceObjects) -> Told:
    lines = _lines(case, dispute.amounts)
    rejected = dispute.resolution is Resolution.REJECTED
    return Told(
        lines=lines,
        total=_total(lines),
        day=dispute.resolved_on if rejected else dispute.target_on,
        person=dispute.person,
        what=dispute.category,
        resolution=str(dispute.resolution) if dispute.resolution else None,
        attached=_proofs(dispute, objects) if rejected else (),
    )


def _plan(case: Case, plan: Plan) -> Told:
    return Told(
        lines=_lines(case, plan.amounts),
        total={plan.currency: plan.total},
        day=plan.lapses_on,
        person=plan.person,
        to_sign=True,
        instalments=_instalments(case, plan),
        currency=plan.currency,
    )


def _arrangement(case: Case, arrangement: Arrangement) -> Told:
    lines = _lines(case, arrangement.amounts)
    return Told(
        lines=lines,
        total=_total(lines),
        day=arrangement.until,
        person=arrangement.person,
        what=str(arrangement.kind),
    )


def _call(case: Case, call: CallMade, recap: CallRecap) -> Told:
    items = (case.items[key] for key in recap.items if key in case.items)
    lines = _lines(case, {item.key: item.open_amount for item in items if item.is_open})
    return Told(
        lines=lines,
        total=_total(lines),
        day=recap.day,
        person=call.spoke_to,
        what=str(recap.what),
    )


def _default(desk: Desk, case: Case) -> Told:
    late = next(iter(defaults(case, desk.calendar)), None)
    if late is None:
        raise NotFound("plan-kept-again")
    plan = late.plan
    return Told(
        lines=_lines(case, plan.amounts),
        total={plan.currency: plan.total},
        day=plan.instalments[paid_instalments(plan, case)].due_on,
        person=plan.person,
        instalments=_instalments(case, plan),
        currency=plan.currency,
        missing=late.amount,
    )


def _instalments(case: Case, plan: Plan) -> tuple[ToldInstalment, ...]:
    paid = paid_instalments(plan, case)
    return tuple(
        ToldInstalment(one.due_on, one.amount, index < paid)
        for index, one in enumerate(plan.instalments)
    )


def _lines(case: Case, amounts: dict[ItemKey, Decimal]) -> tuple[ToldLine, ...]:
    items = [case.items[key] for key in amounts if key in case.items]
    items.sort(key=lambda item: (str(item.due_date), item.key))
    return tuple(ToldLine(i.number, i.due_date, amounts[i.key], i.currency) for i in items)


def _total(lines: tuple[ToldLine, ...]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for line in lines:
        total[line.currency] = total.get(line.currency, Decimal(0)) + line.amount
    return total


def _proofs(dispute: Dispute, objects: EvidenceObjects) -> tuple[tuple[str, bytes, str], ...]:
    """As many as an e-mail may carry, in their order."""
    found, left = [], MAX_PROOFS
    for proof in dispute.proofs:
        content = objects.get(proof.ref)
        suffix = proof.ref.key.rpartition(".")[2].lower()
        if len(content) <= left:
            found.append((proof.name, content, _TYPES.get(suffix, "application/octet-stream")))
            left -= len(content)
    return tuple(found)
