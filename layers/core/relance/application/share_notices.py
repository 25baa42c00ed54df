"""What a case shares with others: an e-mail with those of its payer, a formal notice with the codes
of its legal entity (design §5 rule 3).
"""

from collections.abc import Callable
from datetime import timedelta

from relance.application.office import Desk
from relance.domain.case import Case
from relance.domain.escalation.approval import confirms_all
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import (
    Action,
    Decision,
    Held,
    PlanMessage,
    ReleaseFormalNotice,
)
from relance.domain.escalation.formal_notice import formal_part, is_formal_due
from relance.domain.escalation.modes import only_observed
from relance.domain.escalation.sharing import (
    Part,
    Shared,
    is_shareable,
    share_emails,
    share_formal_notice,
)
from relance.domain.escalation.situation import Situation, situation_of

MAX_ROUNDS = 8
"""A case is decided again after housekeeping; more rounds than this would be a loop."""

Perform = Callable[[Case, Action], Case]

_NOT_ALONE = {"message-under-minimum", "no-address"}
"""Why a formal notice that is due may still leave together with another of its entity."""


def decide_in_group(desk: Desk, case: Case) -> tuple[Case, Decision]:
    """The decision of a case, and the case as it was decided. The rest of its group is read only
    when it would change the decision: when an e-mail is about to be planned.
    """
    decision = _decide(desk, case)
    if case.payer is not None and any(_meets_others(case, action) for action in decision.actions):
        case = desk.group(case)[0]
        decision = _decide(desk, case)
    decision = _with_its_entity(desk, case, decision)
    return case, _released_together(desk, case, decision)


def messages_with(
    desk: Desk, case: Case, action: PlanMessage, perform: Perform
) -> tuple[Shared, ...]:
    """The messages to plan now: that of the case, shared or not, and those of the rest of its group
    which do not join it, so that each of the group finds the others decided.
    """
    part = Part(case, action)
    if action.step.is_formal_notice:
        return (_of_entity(desk, case) or (part,),)
    if case.payer is None or not is_shareable(case, action):
        return ((part,),)
    free = (other for other in desk.group(case)[1:] if not only_observed(other.facts))
    others = (_ready(desk, other, perform) for other in free)
    parts = (part, *(other for other in others if other is not None))
    return share_emails(parts, desk.policy, desk.creditor.profile.language)


def _decide(desk: Desk, case: Case) -> Decision:
    return decide(case, desk.policy, desk.calendar, desk.today)


def _situation(desk: Desk, case: Case) -> Situation:
    return situation_of(case, desk.policy, desk.calendar, desk.today)


def _meets_others(case: Case, action: Action) -> bool:
    """What its payer got for the others may hold it. What a person must approve is proposed at
    once, and keeps its distances when it is released.
    """
    if isinstance(action, PlanMessage):
        return is_shareable(case, action)
    return isinstance(action, ReleaseFormalNotice)


def _ready(desk: Desk, case: Case, perform: Perform) -> Part | None:
    """Another case of the group with its e-mail of the day, once all else of it is done. A case
    whose day has not come is left alone, whatever deciding it would say; one of which everything is
    confirmed waits for nobody else's message, and keeps none waiting.
    """
    if case.agenda is None or case.agenda > desk.today:
        return None
    if confirms_all(case):
        return None
    for _ in range(MAX_ROUNDS):
        decision = _decide(desk, case)
        chores = [action for action in decision.actions if _is_chore(action)]
        if not chores:
            messages = (a for a in decision.actions if isinstance(a, PlanMessage))
            mail = next((message for message in messages if is_shareable(case, message)), None)
            return Part(case, mail) if mail else None
        for action in chores:
            case = perform(case, action)
    return None


def _is_chore(action: Action) -> bool:
    if isinstance(action, PlanMessage):
        return action.step.is_formal_notice
    return not isinstance(action, ReleaseFormalNotice)


def _with_its_entity(desk: Desk, case: Case, decision: Decision) -> Decision:
    """A formal notice that is due, and alone is too small or has no address."""
    if case.debtor.siren is None or not any(held.reason in _NOT_ALONE for held in decision.held):
        return decision
    if any(isinstance(a, PlanMessage) and a.step.is_formal_notice for a in decision.actions):
        return decision
    situation = _situation(desk, case)
    part = formal_part(situation)
    if part is None or not is_formal_due(situation, part):
        return decision
    shared = _of_entity(desk, case) or ()
    own = next((part for part in shared if part.debtor == case.debtor.code), None)
    return Decision((own.message,), (), desk.today) if own else decision


def _of_entity(desk: Desk, case: Case) -> Shared | None:
    """The formal notice of its legal entity, when it is in it: one read, and one per code."""
    siren, here = case.debtor.siren, case.debtor.code
    if siren is None:
        return None
    codes = [code for code in desk.cases.of_siren(siren) if code != here]
    loaded = (desk.cases.load(code, desk.creditor) for code in codes)
    known = [one for one in loaded if one is not None and one.debtor.siren == siren]
    others = [one for one in known if not only_observed(one.facts)]
    shared = share_formal_notice([_situation(desk, one) for one in (case, *others)]) or ()
    return shared if any(part.debtor == here for part in shared) else None


def _released_together(desk: Desk, case: Case, decision: Decision) -> Decision:
    """An approved formal notice leaves when all of its codes let it."""
    release = next((a for a in decision.actions if isinstance(a, ReleaseFormalNotice)), None)
    if release is None:
        return decision
    notice = desk.stores.notices.get(release.notice_id)
    others = desk.cases_of([code for code in notice.debtors if code != case.debtor.code])
    if all(release in _decide(desk, other).actions for other in others):
        return decision
    tomorrow = desk.calendar.first_open(desk.today + timedelta(days=1))
    held = Held("entity-waits", tuple(notice.part_of(case.debtor.code).asked), tomorrow)
    actions = tuple(action for action in decision.actions if action is not release)
    return Decision(actions, (*decision.held, held), tomorrow)
