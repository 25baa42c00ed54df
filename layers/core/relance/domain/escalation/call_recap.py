"""What a call is confirmed in writing as, when nothing else of it is (issue 4, item 5)."""

from dataclasses import replace

from relance.domain.calling import EFFECTS, CallMade, CallOutcome, CallRecap
from relance.domain.case import Case
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.own_steps import CALL_RECAP
from relance.domain.escalation.recipients import contact_named
from relance.domain.holds import Agreement, AnnouncedPayment, Hold, ToWrite
from relance.domain.open_item import ItemKey
from relance.domain.task import OUR_TURN


def with_recap(before: Case, after: Case, items: tuple[ItemKey, ...]) -> Case:
    """The last call with what the customer is to be written about it: that an invoice will be sent
    again, that we mend something, that they await an approval, that a payment left, the day of the
    next call. Not when its promise or its dispute is confirmed by itself, nor when nothing was said
    that changes anything. items: what it was about.
    """
    made = after.calls[-1]
    known = {hold.key for hold in before.holds}
    new = [hold for hold in after.holds if hold.key not in known]
    if not made.reached or any(isinstance(h, Agreement) and h.to_write for h in new):
        return after
    recap = _recap(made, after, new, items)
    if recap is None or not recap.items:
        return after
    told = ToWrite(CALL_RECAP, made.on, contact_named(after, made.spoke_to))
    return replace(after, calls=(*after.calls[:-1], replace(made, recap=recap, to_write=told)))


def _recap(
    made: CallMade, case: Case, new: list[Hold], items: tuple[ItemKey, ...]
) -> CallRecap | None:
    paid = [key for hold in new if isinstance(hold, AnnouncedPayment) for key in hold.items]
    ours = next((t for t in case.tasks if t.kind in OUR_TURN and t.opened_on == made.on), None)
    again = call_task(case)
    day = ours.due_on if ours else again.again_on if again else None
    if made.outcome is CallOutcome.PAYMENT_SENT:
        return CallRecap(made.outcome, tuple(paid))
    if EFFECTS[made.outcome].agrees:
        return CallRecap(made.outcome, items, day)
    if paid:
        return CallRecap(CallOutcome.PAYMENT_SENT, tuple(paid))
    return CallRecap(made.outcome, items, day) if day is not None else None
