"""Missing data becomes one task before the due date: an invoice that names no order, a customer
nobody can write to, are paid late (seeds). Asked once each: who closes the task has answered.
"""

from datetime import date

from relance.domain.debtor import PayerProfile
from relance.domain.escalation.decision import OpenTask
from relance.domain.escalation.recipients import email_recipients, has_address
from relance.domain.escalation.situation import Situation
from relance.domain.missing_data import LISTED, Data, item_of, of_item, reason_of, seeks_email
from relance.domain.open_item import ItemKey, ItemKind, OpenItem
from relance.domain.policy import Channel, Level
from relance.domain.task import TaskKind

ASKED_AFTER = 3
"""Working days after the invoice: what was issued yesterday may still be completed."""
_DAYS_TO_COMPLETE = 2
_EARLY = (Level.PREVENTIVE, Level.LEVEL_1)


def complete_data_task(situation: Situation) -> OpenTask | None:
    """One open task per case, for what was never asked."""
    if situation.task(TaskKind.COMPLETE_DATA) is not None:
        return None
    claims = _claims(situation)
    if not _missing(situation, claims):
        # Of most accounts nothing misses: no date of theirs is counted.
        return None
    ready = [item for item in claims if _is_ready(situation, item)]
    asked = set(situation.case.data_asked)
    tokens = tuple(token for token in _missing(situation, ready) if token not in asked)[:LISTED]
    if not tokens:
        return None
    keys = dict.fromkeys(key for token in tokens if (key := item_of(token)) is not None)
    due = situation.calendar.add(situation.today, _DAYS_TO_COMPLETE)
    about = tuple(keys) or tuple(item.key for item in ready)
    detail = " ".join(tokens)
    return OpenTask(TaskKind.COMPLETE_DATA, (), due, reason_of(tokens), about, detail)


def asking_dates(situation: Situation) -> list[date]:
    """When what misses on recent invoices will be asked for."""
    claims = _claims(situation)
    if not _missing(situation, claims):
        return []
    recent = [item for item in claims if not _is_ready(situation, item)]
    asked = set(situation.case.data_asked)
    return [
        situation.calendar.add(item.issue_date, ASKED_AFTER)
        for item in recent
        if item.issue_date and set(_missing(situation, [item])) - asked
    ]


def _claims(situation: Situation) -> list[OpenItem]:
    """What an account carried over names no document: nothing can complete it."""
    return [
        rest.item
        for rest in situation.account.values()
        if rest.chaseable > 0 and rest.item.kind is not ItemKind.OPENING_BALANCE
    ]


def _is_ready(situation: Situation, item: OpenItem) -> bool:
    late = item.due_date is not None and item.due_date < situation.today
    if late or item.issue_date is None:
        return True
    return situation.calendar.count(item.issue_date, situation.today) >= ASKED_AFTER


def _missing(situation: Situation, items: list[OpenItem]) -> list[str]:
    if not items:
        return []
    tokens: list[str] = []
    if not any(step.step.channel.is_message for step in situation.due()):
        # A message that is due finds out by itself, and opens a task of its own.
        tokens += [str(Data.EMAIL)] if _misses_email(situation) else []
        tokens += [str(Data.ADDRESS)] if _misses_address(situation, items) else []
    tokens += [of_item(Data.DUE_DATE, item.key) for item in items if item.due_date is None]
    if _asks_orders(situation):
        tokens += [of_item(Data.ORDER_NUMBER, key) for key in _without_order(items)]
    return tokens


def _misses_email(situation: Situation) -> bool:
    """Unless somebody looks for it, because a message found nobody to go to."""
    payer = situation.case.payer
    if (payer is not None and payer.is_sought) or any(map(seeks_email, situation.case.tasks)):
        return False
    steps = [s for s in situation.policy.steps if s.channel is Channel.EMAIL and s.level in _EARLY]
    return bool(steps) and not any(email_recipients(situation.case, step) for step in steps)


def _misses_address(situation: Situation, items: list[OpenItem]) -> bool:
    """Only when an amount is large enough for a letter of the policy."""
    if has_address(situation.case) or situation.task(TaskKind.FIND_ADDRESS) is not None:
        return False
    letters = [step for step in situation.policy.steps if step.channel.is_letter]
    rests = {item.key: situation.account[item.key].chaseable for item in items}
    return any(
        situation.reaches(rests, step.min_item, step.min_total, step.letter_from)
        for step in letters
    )


def _asks_orders(situation: Situation) -> bool:
    """A customer that orders by number: one of its items has one, or its circuit asks for it."""
    named = any(item.order_number for item in situation.case.items.values())
    return named or situation.case.debtor.profile is PayerProfile.ADMINISTRATIVE


def _without_order(items: list[OpenItem]) -> list[ItemKey]:
    return [i.key for i in items if i.kind is ItemKind.INVOICE and not i.order_number]
