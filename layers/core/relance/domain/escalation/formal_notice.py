"""The formal notice and the hand-over (design §5 rules 2, 7 and 8)."""

from collections.abc import Iterable
from decimal import Decimal

from relance.domain.case import LiveNotice
from relance.domain.escalation.decision import (
    ExpireNotice,
    Held,
    OpenTask,
    Performs,
    PlanMessage,
    ReleaseFormalNotice,
)
from relance.domain.escalation.handed_over import joining
from relance.domain.escalation.marks import is_step
from relance.domain.escalation.ordered import ORDERED, order_of
from relance.domain.escalation.own_steps import OWN_STEPS, PLAN_DEFAULT, find_step
from relance.domain.escalation.plan_steps import plan_changed
from relance.domain.escalation.recipients import addresses_of, recipient_mark, recipients_of
from relance.domain.escalation.review import ask_for_review
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.escalation.taking_along import near_formal_notice, passed_over
from relance.domain.escalation.too_small import review_too_small
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level, Step
from relance.domain.task import TaskKind

HAND_OVER_DONE_WITHIN = 5
"""Working days to hand a file over once its announced date has passed."""

FormalOutcome = tuple[
    PlanMessage | ReleaseFormalNotice | ExpireNotice | OpenTask | None, list[Held]
]


def expire_awaiting(situation: Situation) -> ExpireNotice | None:
    """It expires only when an item it demands, or its recipient, is no longer what it was."""
    awaiting = situation.case.awaiting
    if awaiting is None:
        return None
    flagged = situation.gate.messages_held()
    reason = (flagged.reason if flagged else None) or _untrue(situation, awaiting)
    return ExpireNotice(awaiting.id, reason) if reason else None


def _untrue(situation: Situation, awaiting: LiveNotice) -> str | None:
    step = find_step(situation.policy, awaiting.step)
    if step is not None and step.key == PLAN_DEFAULT:
        same = _same_recipient(situation, step, awaiting)
        return plan_changed(situation, awaiting.asked) or (None if same else "recipient-changed")
    return (
        changed_since(situation, awaiting, step)
        or _too_early(situation, awaiting, step)
        or out_of_step(situation, awaiting.performs)
        or _lacks_reminders(situation, awaiting, step)
    )


def changed_since(situation: Situation, notice: LiveNotice, step: Step | None) -> str | None:
    """Why what a notice demands is no longer true: the reason code of the first difference.

    step: the notice's, as the policy of its leading debtor has it.
    """
    for key, asked in notice.asked.items():
        rest = situation.account.get(key)
        if rest is None:
            return "settled"
        if rest.chaseable != asked:
            return rest.hold_reason() or _partly(rest.disputed, rest.promised)
    if step is None:
        return "step-unknown"
    return None if _same_recipient(situation, step, notice) else "recipient-changed"


def no_longer_due(situation: Situation, asked: Iterable[ItemKey]) -> str | None:
    """A due date moved later since: only what is late may be demanded (rule 8)."""
    return None if set(asked) <= set(situation.overdue_keys()) else "not-due-yet"


def out_of_step(situation: Situation, performs: Performs) -> str | None:
    """What a notice would do is not the next step of its items any more: an escalation started
    again, a bounce undid the step before, the policy changed.
    """
    steps = {key: found.step.key for key, found in situation.next_steps.items()}
    formal = situation.policy.formal_notice
    if formal is not None and any(steps.get(key) == step == formal.key for key, step in performs):
        # One of its items stands where it did: the others came along, and still may.
        steps |= {one.item.key: formal.key for one in near_formal_notice(situation, formal)}
    moved = any(steps.get(key) != step for key, step in performs if is_step(step))
    return "case-changed" if moved else None


def _too_early(situation: Situation, awaiting: LiveNotice, step: Step | None) -> str | None:
    """A preventive reminder that a person must approve is about what is not due yet."""
    if step is not None and step.level is Level.PREVENTIVE:
        return None
    return no_longer_due(situation, awaiting.asked)


def _lacks_reminders(situation: Situation, awaiting: LiveNotice, step: Step | None) -> str | None:
    """A bounce undid one of the three since it was proposed (rule 2)."""
    if step is None or not step.is_formal_notice:
        return None
    needed = situation.policy.reminders_before_formal_notice
    case = situation.case
    short = [
        key
        for key, _ in awaiting.performs
        if order_of(case, key) is None and len(case.progress_of(key).reminded) < needed
    ]
    return "needs-three-reminders" if short else None


def plan_formal_notice(situation: Situation) -> FormalOutcome:
    """The approved one leaves; else a new one is proposed for approval, one at a time: while one
    runs the other items wait to join its file.
    """
    awaiting = situation.case.awaiting
    if awaiting is not None:
        return _release(situation, awaiting)
    if situation.formal_notice_running:
        return None, []
    step = situation.policy.formal_notice
    if not any(found.step is step for found in situation.due()):
        return None, []
    ready, held = _ready(situation, step)
    if step is None or not any(s.due_on <= situation.today for s in ready):
        return _ask_for_review(situation, held), held
    stop = situation.gate.step_held(step) or situation.gate.budget_spent()
    if stop is not None:
        return None, [*held, Held(stop.reason, _keys(ready), stop.until)]
    return _compose(situation, step, ready, held)


def _ask_for_review(situation: Situation, held: list[Held]) -> OpenTask | None:
    """Too few reminders counted (bounces undid them): only a person can find the way on."""
    items = tuple(key for one in held for key in one.items)
    return ask_for_review(situation, items, "needs-three-reminders")


def formal_part(situation: Situation) -> PlanMessage | None:
    """What this case brings to a formal notice of its legal entity today: what is ready or near.
    No minimum, and no address of its own, is asked of a part. None when it must stay out.
    """
    case, step = situation.case, situation.policy.formal_notice
    if step is None or case.live is not None or case.awaiting is not None:
        return None
    if situation.reached(Level.LITIGATION) or situation.formal_notice_running:
        return None
    gate = situation.gate
    if gate.closed() or gate.step_held(step) or gate.budget_spent():
        return None
    ready, _ = _ready(situation, step)
    return _message(situation, step, ready) if ready else None


def is_formal_due(situation: Situation, part: PlanMessage) -> bool:
    """Whether one of its items does not merely come along."""
    steps = (situation.next_steps[key] for key, _ in part.performs)
    return any(s.step is part.step and s.due_on <= situation.today for s in steps)


def plan_hand_over(situation: Situation) -> tuple[OpenTask | None, list[Held]]:
    """The announced date is kept: the file is handed over two working days after it."""
    due = [step for step in situation.due() if step.step.channel is Channel.TASK]
    if not due:
        return None, []
    stop = situation.gate.step_held(due[0].step)
    if stop is not None:
        return None, [Held(stop.reason, _keys(due), stop.until)]
    performs = tuple(sorted((step.item.key, step.step.key) for step in due))
    joined = [pair for pair in joining(situation, due[0].step) if pair not in performs]
    held = [Held("joins-the-file", tuple(key for key, _ in joined))] if joined else []
    performs = tuple(sorted((*performs, *joined)))
    until = situation.calendar.add(situation.today, HAND_OVER_DONE_WITHIN)
    items = tuple(situation.account)
    return OpenTask(TaskKind.HAND_OVER, performs, until, "step-due", items), held


def _release(situation: Situation, awaiting: LiveNotice) -> FormalOutcome:
    items = tuple(awaiting.asked)
    if awaiting.approved_by is None:
        return None, [Held("awaiting-approval", (*items, *_next_in_turn(situation, awaiting)))]
    step = OWN_STEPS.get(awaiting.step) or situation.policy.step(awaiting.step)
    gate = situation.gate
    stop = gate.step_held(step) or gate.budget_spent() or _reminder_held(situation, awaiting, step)
    if stop is not None:
        return None, [Held(stop.reason, items, stop.until)]
    return ReleaseFormalNotice(awaiting.id), []


def _next_in_turn(situation: Situation, awaiting: LiveNotice) -> tuple[ItemKey, ...]:
    """Items whose own formal notice is due meanwhile: one at a time is proposed."""
    formal = situation.policy.formal_notice
    due = [found.item.key for found in situation.due() if found.step is formal]
    return tuple(key for key in due if key not in awaiting.asked)


def _reminder_held(situation: Situation, awaiting: LiveNotice, step: Step) -> Held | None:
    """A reminder that somebody approved keeps its distances all the same (rule 3)."""
    if step.is_formal_notice:
        return None
    recipients = recipients_of(situation.case, step, awaiting.channel)
    gate = situation.gate
    return gate.too_soon() or gate.payer_held(addresses_of(recipients))


def _ready(situation: Situation, step: Step | None) -> tuple[list[NextStep], list[Held]]:
    """Items whose formal notice is due, or soon enough to be taken along."""
    near = near_formal_notice(situation, step)
    needed = situation.policy.reminders_before_formal_notice
    ready: list[NextStep] = []
    short: list[NextStep] = []
    for candidate in near:
        key = candidate.item.key
        reminded = situation.case.progress_of(key).reminded
        is_ready = len(reminded) >= needed or order_of(situation.case, key) is not None
        (ready if is_ready else short).append(candidate)
    late = [s for s in short if s.due_on <= situation.today]
    return ready, [Held("needs-three-reminders", _keys(late))] if late else []


def _compose(
    situation: Situation, step: Step, ready: list[NextStep], held: list[Held]
) -> FormalOutcome:
    asked = {s.item.key: situation.account[s.item.key].chaseable for s in ready}
    if not situation.reaches(asked, step.min_total):
        waits = Held("message-under-minimum", _keys(ready))
        return review_too_small(situation, ready), [*held, waits]
    message = _message(situation, step, ready)
    along = passed_over(situation, ready)
    held = [*held, Held("taken-along", along)] if along else held
    return (message, held) if message.recipients else _find_address(situation, ready, held)


def _message(situation: Situation, step: Step, ready: list[NextStep]) -> PlanMessage:
    recipients = recipients_of(situation.case, step, step.channel)
    return PlanMessage(
        step=step,
        channel=step.channel,
        performs=tuple(sorted((s.item.key, step.key) for s in ready)),
        asked={s.item.key: situation.account[s.item.key].chaseable for s in ready},
        recipients=recipients,
        recipient_mark=recipient_mark(situation.case, recipients, step.channel),
        template=step.template,
        reason=ORDERED if any(order_of(situation.case, s.item.key) for s in ready) else "step-due",
    )


def _find_address(situation: Situation, ready: list[NextStep], held: list[Held]) -> FormalOutcome:
    waiting = Held("no-address", _keys(ready))
    if situation.task(TaskKind.FIND_ADDRESS) is not None:
        return None, [*held, waiting]
    due = situation.calendar.add(situation.today, 2)
    task = OpenTask(TaskKind.FIND_ADDRESS, (), due, "no-address", _keys(ready))
    return task, [*held, waiting]


def _same_recipient(situation: Situation, step: Step, notice: LiveNotice) -> bool:
    marks = {
        recipient_mark(situation.case, recipients_of(situation.case, step, channel), channel)
        for channel in (Channel.EMAIL, Channel.LETTER)
    }
    return notice.recipient in marks


def _partly(disputed: Decimal, promised: Decimal) -> str:
    if disputed > 0:
        return "disputed"
    return "promised" if promised > 0 else "part-paid"


def _keys(steps: list[NextStep]) -> tuple[ItemKey, ...]:
    return tuple(step.item.key for step in steps)
