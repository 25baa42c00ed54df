"""One reminder per debtor and day, with the tone of the highest step due (design §5 rule 3)."""

from datetime import date, timedelta
from decimal import Decimal

from relance.domain.escalation.announcing import sales_held
from relance.domain.escalation.approval import approval_taken
from relance.domain.escalation.decision import Held, OpenTask, Performs, PlanMessage
from relance.domain.escalation.marks import UNREACHED
from relance.domain.escalation.modes import contacts_of
from relance.domain.escalation.recipients import addresses_of, recipient_mark, recipients_of
from relance.domain.escalation.schedule import NextStep
from relance.domain.escalation.situation import Situation
from relance.domain.missing_data import seeks_email
from relance.domain.notice import Recipient
from relance.domain.open_item import ItemKey
from relance.domain.policy import Base, Channel, Level, Step
from relance.domain.task import TaskKind

PREVENTIVE_AHEAD = timedelta(days=6)
"""One preventive message serves the items that would ask for one before the next may leave."""

Recipients = tuple[Recipient, ...]
MessageOutcome = tuple[PlanMessage | OpenTask | None, list[Held]]


def plan_message(situation: Situation, blocked: set[ItemKey], calls: int = 0) -> MessageOutcome:
    """The message of the day without the formal notice; blocked: items that must wait; calls: to
    make and not yet made, contacts of the week already.
    """
    ready, held = _ready_steps(situation, blocked)
    if not ready:
        return _tried_to_reach(situation, blocked, calls, held)
    reasons = (situation.gate.too_soon(), situation.gate.budget_spent(calls))
    stop = next((reason for reason in reasons if reason is not None), None)
    if stop is not None:
        return None, [*held, _on(stop, ready)]
    return _compose(situation, ready, blocked, held, calls)


def _ready_steps(situation: Situation, blocked: set[ItemKey]) -> tuple[list[NextStep], list[Held]]:
    ready, held = [], []
    for step in situation.due():
        if not step.step.channel.is_message or step.step.is_formal_notice:
            continue
        if step.item.key in blocked:
            continue
        gate = situation.gate
        reason = gate.step_held(step.step) or _letter_spacing(situation, step.step)
        reason = reason or sales_held(situation, step)
        if reason is None:
            ready.append(step)
        else:
            held.append(_on(reason, [step]))
    return ready, held


def _compose(
    situation: Situation,
    ready: list[NextStep],
    blocked: set[ItemKey],
    held: list[Held],
    calls: int,
) -> MessageOutcome:
    """A few cents late do not keep a preventive reminder from leaving: its level is tried next."""
    top = max(ready, key=lambda s: (s.step.level.rank, situation.policy.index(s.step.key))).step
    asked = _asked(situation, top, blocked)
    if top.level is Level.PREVENTIVE:
        ready = _with_coming(situation, top, ready, blocked)
    if not situation.reaches(asked, top.min_total):
        lower = [step for step in ready if step.step.level.rank < top.level.rank]
        wait = [step for step in ready if step not in lower]
        held = [*held, _on(Held("message-under-minimum"), wait)]
        return _compose(situation, lower, blocked, held, calls) if lower else (None, held)
    taken = approval_taken(situation.case, top)
    if taken is not None:
        return None, [*held, _on(taken, ready)]
    channel = _channel(situation, top, asked)
    recipients = recipients_of(situation.case, top, channel) if channel else ()
    if channel is None or not recipients:
        return _without_contact(situation, ready, held)
    stop = situation.gate.payer_held(addresses_of(recipients), calls)
    if stop is not None:
        return None, [*held, _on(stop, ready)]
    message = PlanMessage(
        step=top,
        channel=channel,
        performs=_pairs(ready),
        asked=asked,
        recipients=recipients,
        recipient_mark=recipient_mark(situation.case, recipients, channel),
        template=top.template,
    )
    return message, held


def _asked(situation: Situation, top: Step, blocked: set[ItemKey]) -> dict[ItemKey, Decimal]:
    """All that is overdue and free; for a preventive, what is about to fall due."""
    if top.level is Level.PREVENTIVE:
        keys = [
            step.item.key for step in situation.next_steps.values() if _is_coming(situation, step)
        ]
    else:
        keys = situation.overdue_keys()
    return {key: situation.account[key].chaseable for key in keys if key not in blocked}


def _is_coming(situation: Situation, step: NextStep) -> bool:
    due = step.item.due_date
    horizon = situation.today + PREVENTIVE_AHEAD
    return (
        due is not None
        and due >= situation.today
        and step.step.level is Level.PREVENTIVE
        and (step.due_on <= horizon)
        and step.step.base is Base.DUE_DATE
    )


def _with_coming(
    situation: Situation, top: Step, ready: list[NextStep], blocked: set[ItemKey]
) -> list[NextStep]:
    coming = [
        step
        for key, step in situation.next_steps.items()
        if step.step.key == top.key and _is_coming(situation, step) and key not in blocked
    ]
    known = {step.item.key for step in ready}
    return ready + [step for step in coming if step.item.key not in known]


def _channel(situation: Situation, top: Step, asked: dict[ItemKey, Decimal]) -> Channel | None:
    """A small registered letter leaves as e-mail; without an address the other way is tried."""
    wanted = top.channel
    if wanted.is_letter and not situation.reaches(asked, top.letter_from):
        wanted = Channel.EMAIL
    other = Channel.LETTER if wanted is Channel.EMAIL else Channel.EMAIL
    for channel in (wanted, other):
        if recipients_of(situation.case, top, channel):
            return channel
    return None


def _without_contact(
    situation: Situation, ready: list[NextStep], held: list[Held]
) -> MessageOutcome:
    waiting = _on(Held("no-contact"), ready)
    payer = situation.case.payer
    is_sought = payer is not None and payer.is_sought
    if is_sought or any(map(seeks_email, situation.case.tasks)):
        return None, [*held, waiting]
    due = situation.calendar.add(situation.today, 2)
    items = tuple(step.item.key for step in ready)
    task = OpenTask(TaskKind.FIND_CONTACT, (), due, "no-contact", items)
    return task, [*held, waiting]


def _letter_spacing(situation: Situation, step: Step) -> Held | None:
    """At least 15 days between two level-2 registered letters."""
    if step.channel is not Channel.REGISTERED_LETTER:
        return None
    sent = [
        contact.on
        for contact in contacts_of(situation.case)
        if contact.channel is Channel.REGISTERED_LETTER and not contact.is_formal_notice
    ]
    if not sent:
        return None
    free = max(sent) + timedelta(days=situation.policy.letter_spacing_days)
    return Held("letter-spacing", until=free) if free > situation.today else None


def _tried_to_reach(
    situation: Situation, blocked: set[ItemKey], calls: int, held: list[Held]
) -> MessageOutcome:
    """After three vain calls about what is late an e-mail says so, unless a reminder is leaving
    anyway (rule 2). What is not due yet has its preventive reminder.
    """
    case = situation.case
    step = case.unreached_on and _vain_call_step(situation, blocked, case.unreached_on)
    if not step:
        return None, held
    gate = situation.gate
    stop = gate.too_soon() or gate.budget_spent(calls) or gate.step_held(step)
    stop = stop or gate.messages_held() or approval_taken(case, step)
    if stop is not None:
        return None, [*held, stop]
    asked = _asked(situation, step, blocked)
    recipients = recipients_of(case, step, Channel.EMAIL)
    if not situation.reaches(asked, step.min_item) or not recipients:
        return None, held
    stop = gate.payer_held(addresses_of(recipients))
    if stop is not None:
        return None, [*held, stop]
    return _unreached(situation, step, asked, recipients), held


def _unreached(
    situation: Situation, step: Step, asked: dict[ItemKey, Decimal], recipients: Recipients
) -> PlanMessage:
    return PlanMessage(
        step=step,
        channel=Channel.EMAIL,
        performs=tuple(sorted((key, f"{step.key}{UNREACHED}") for key in asked)),
        asked=asked,
        recipients=recipients,
        recipient_mark=recipient_mark(situation.case, recipients, Channel.EMAIL),
        template="tried_to_reach",
        reason="unreached",
    )


def _vain_call_step(situation: Situation, blocked: set[ItemKey], on: date) -> Step | None:
    for key in situation.overdue_keys():
        last = situation.case.progress_of(key).last
        if key not in blocked and last is not None and last.done_on == on:
            step = situation.policy.find(last.step)
            if step is not None and step.channel is Channel.CALL and step.is_after_due:
                return step
    return None


def _pairs(steps: list[NextStep]) -> Performs:
    return tuple(sorted((step.item.key, step.step.key) for step in steps))


def _on(held: Held, steps: list[NextStep]) -> Held:
    return Held(held.reason, tuple(step.item.key for step in steps), held.until)
