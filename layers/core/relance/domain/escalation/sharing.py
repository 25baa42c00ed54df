"""One message for several debtors: who joins which, on what each was decided (design §5 rule 3).

Debtors of one payer share an e-mail, the codes of one legal entity a formal notice. Each keeps its
own part: nothing is netted, and nothing is asked of one for another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from relance.domain.case import Case
from relance.domain.escalation.approval import needs_approval
from relance.domain.escalation.decision import PlanMessage
from relance.domain.escalation.formal_notice import formal_part, is_formal_due
from relance.domain.escalation.own_steps import PLAN_DEFAULT
from relance.domain.escalation.recipients import (
    addresses_of,
    language_for,
    recipient_mark,
    recipients_of,
)
from relance.domain.escalation.situation import Situation
from relance.domain.notice import NoticePart
from relance.domain.policy import Channel, Policy
from relance.domain.threshold import is_reached

MOST_PARTS = 10
"""Each part is two actions of a transaction that may hold 25 (docs/data-model.md)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A case and its own message, as decided for it alone."""

    case: Case
    message: PlanMessage

    @property
    def debtor(self) -> str:
        return self.case.debtor.code

    def in_notice(self) -> NoticePart:
        message = self.message
        return NoticePart(self.debtor, message.performs, message.asked, message.step.level)


Shared = tuple[Part, ...]
"""The parts of one message, the leading one first: it gives the tone and the recipient."""


def is_shareable(case: Case, message: PlanMessage) -> bool:
    """A plan is between the creditor and one debtor. What a person must approve leaves alone: no
    other's message carries it away unseen.
    """
    step = message.step
    if step.is_formal_notice or step.key == PLAN_DEFAULT:
        return False
    return message.channel is Channel.EMAIL and not needs_approval(case, step)


def share_emails(
    parts: Sequence[Part], policy: Policy, default_language: str
) -> tuple[Shared, ...]:
    """The e-mails that a group gets: the highest step leads, and who would write to the very same
    address at that step, in the same language, joins it. Beyond MOST_PARTS another one begins.
    policy: the creditor's, which has the steps of all in one order.
    """
    left = sorted(parts, key=lambda part: _precedence(part, policy))
    shared: list[Shared] = []
    while left:
        lead = left[0]
        joined = [p for p in left if p is lead or _joins(p, lead, default_language)][:MOST_PARTS]
        left = [part for part in left if part not in joined]
        shared.append((lead, *(with_mark(part, lead) for part in joined[1:])))
    return tuple(shared)


def share_formal_notice(situations: Sequence[Situation]) -> Shared | None:
    """The one formal notice of a legal entity today, None when none of its codes has one due, or
    when all they owe together is under the minimum. Those of its codes that are held stay out.
    """
    found = [(s, message) for s in situations if (message := formal_part(s)) is not None]
    due = {s.case.debtor.code for s, message in found if is_formal_due(s, message)}
    if not due or not is_reached(_sums(found), found[0][1].step.min_total):
        return None
    parts = [Part(s.case, message) for s, message in found]
    parts.sort(key=lambda part: (part.debtor not in due, part.debtor))
    lead = next((part for part in parts if part.message.recipients), None)
    if lead is None:
        return None
    return (lead, *(part for part in parts if part is not lead))[:MOST_PARTS]


def with_mark(part: Part, lead: Part) -> Part:
    """The part knowing to whom it really goes: a change of that recipient, seen from its own case,
    stops it.
    """
    message = lead.message
    recipients = recipients_of(part.case, message.step, message.channel)
    mark = recipient_mark(part.case, recipients, message.channel)
    return replace(part, message=replace(part.message, recipient_mark=mark))


def _sums(found: Sequence[tuple[Situation, PlanMessage]]) -> dict[str, Decimal]:
    """By currency, over the whole legal entity."""
    sums: dict[str, Decimal] = {}
    for situation, part in found:
        for currency, amount in situation.sums_of(part.asked).items():
            sums[currency] = sums.get(currency, Decimal(0)) + amount
    return sums


def _precedence(part: Part, policy: Policy) -> tuple[int, bool, int, str]:
    """Within a level, a message that only says that calls were vain leads none that says more."""
    step = part.message.step
    is_vain = part.message.reason == "unreached"
    return (-step.level.rank, is_vain, -policy.index(step.key), part.debtor)


def _joins(part: Part, lead: Part, default_language: str) -> bool:
    message = lead.message
    theirs = recipients_of(part.case, message.step, Channel.EMAIL)
    if addresses_of(theirs) != addresses_of(message.recipients):
        return False
    languages = {
        language_for(one.case, message.recipients) or default_language for one in (part, lead)
    }
    return len(languages) == 1
