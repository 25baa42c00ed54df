"""What a policy needs around its formal notice, so that no case stops for good there."""

from collections.abc import Iterator

from relance.adapters.config_files.policy_figures import REMINDERS_NEEDED
from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.problems import Problem
from relance.domain.policy import Approval, Base, Channel, Level, Policy, Step

FORMAL_NOTICE = "formal_notice"
"""Its key: what a simulation prints in JSON names the formal notice so."""
HAND_OVER = (
    "{key: hand_over, level: litigation, base: deadline, after_days: 2, channel: task, "
    "audience: [manager], template: hand_over}"
)


def formal_notice_problems(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    yield from _keys(policy, place)
    notice = _of(policy)
    if notice is None:
        return
    index = policy.steps.index(notice)
    yield from _itself(notice, index, place)
    yield from _others(policy, notice, place)
    yield from _reminders(policy, notice, place)
    yield from _hand_over(policy, notice, place)


def _of(policy: Policy) -> Step | None:
    """The one that is meant, when there are several: by its key, else the first by post."""
    found = [step for step in policy.steps if step.is_formal_notice]
    named = [step for step in found if step.key == FORMAL_NOTICE]
    posted = [step for step in found if step.channel is Channel.REGISTERED_LETTER]
    return next(iter((*named, *posted, *found)), None)


def _keys(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    for index, step in enumerate(policy.steps):
        if step.key == FORMAL_NOTICE and not step.is_formal_notice:
            path = place.of_step(step, index, "key")
            yield place.problem(path, "another name: this one is the formal notice's")


def _itself(notice: Step, index: int, place: PolicyPlace) -> Iterator[Problem]:
    if notice.key != FORMAL_NOTICE:
        path = place.of_step(notice, index, "key")
        yield place.problem(path, FORMAL_NOTICE, "policy-formal-key")
    if notice.channel is not Channel.REGISTERED_LETTER:
        # Its days run from first presentation (design §5 rule 8): only a registered letter has one.
        path = place.of_step(notice, index, "channel")
        yield place.problem(path, Channel.REGISTERED_LETTER, "policy-formal-channel")
    if notice.grants_days is None or notice.grants_days < 1:
        path = place.of_step(notice, index, "grants_days")
        yield place.problem(path, "8", "policy-grants-days")
    if notice.approval is not Approval.CONFIRM:
        path = place.of_step(notice, index, "approval")
        yield place.problem(path, Approval.CONFIRM, "policy-approval-auto")


def _others(policy: Policy, notice: Step, place: PolicyPlace) -> Iterator[Problem]:
    """A case has one formal notice: it would wait at a second one for ever."""
    for index, step in enumerate(policy.steps):
        if step.is_formal_notice and step is not notice:
            path = place.of_step(step, index, "channel")
            yield place.problem(path, Channel.CALL, "policy-second-formal-notice")


def _reminders(policy: Policy, notice: Step, place: PolicyPlace) -> Iterator[Problem]:
    """As many as it waits for must be able to come before it."""
    index = policy.steps.index(notice)
    before = [step for step in policy.steps[:index] if step.level is not Level.PREVENTIVE]
    if len(before) < REMINDERS_NEEDED:
        path = place.of_step(notice, index, "key")
        yield place.problem(path, Level.LEVEL_1, "policy-reminders-missing")
    elif policy.reminders_before_formal_notice > len(before):
        path = place.of_figure("reminders_before_formal_notice")
        yield place.problem(path, str(len(before)), "policy-too-many-reminders")


def _hand_over(policy: Policy, notice: Step, place: PolicyPlace) -> Iterator[Problem]:
    """What the formal notice announces for its date comes after that date, and does come."""
    found = False
    for index, step in enumerate(policy.steps):
        if step.level is Level.LITIGATION:
            found = True
            if step.base is not Base.DEADLINE:
                path = place.of_step(step, index, "base")
                yield place.problem(path, Base.DEADLINE, "policy-hand-over-date")
    if not found:
        path = place.of_step(notice, policy.steps.index(notice), "key")
        yield place.problem(path, HAND_OVER, "policy-no-hand-over")
