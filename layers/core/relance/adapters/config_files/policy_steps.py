"""What must be true of the steps of a policy, as written or as it is for some debtors."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from relance.adapters.balance_files.currencies import is_currency
from relance.adapters.config_files.policy_figures import MOST_DAYS
from relance.adapters.config_files.policy_formal_notice import formal_notice_problems
from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.problems import Problem
from relance.domain.policy import Base, Channel, Level, Policy, Step
from relance.domain.threshold import figures

_MINIMA = ("min_item", "min_total", "letter_from")
_AFTER_DAYS = {
    Base.ISSUE_DATE: (-365, 730),
    Base.DUE_DATE: (-365, 730),
    Base.DEADLINE: (1, 730),
}
"""The least and the most, by base: nothing comes before the date that was granted has passed."""


def step_problems(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    yield from _together(policy, place)
    for index, step in enumerate(policy.steps):
        yield from _of_step(step, index, place)
        yield from _minima(step, index, place)
    yield from _levels(policy, place)
    yield from _dates(policy, place)
    yield from formal_notice_problems(policy, place)


def _together(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    if not policy.steps:
        yield place.problem(place.of_figure("steps"), "at least one step")
    counts = Counter(step.key for step in policy.steps)
    deadline_given = False
    for index, step in enumerate(policy.steps):
        if counts[step.key] > 1:
            yield place.problem(place.of_step(step, index, "key"), "a key that no other step has")
        if step.base is Base.DEADLINE and not deadline_given:
            path = place.of_step(step, index, "base")
            yield place.problem(path, Base.DUE_DATE, "policy-no-deadline")
        deadline_given |= step.is_formal_notice
    if policy.steps and all(step.level is Level.PREVENTIVE for step in policy.steps):
        path = place.of_step(policy.steps[-1], len(policy.steps) - 1, "level")
        yield place.problem(path, Level.LEVEL_1, "policy-only-preventive")


def _of_step(step: Step, index: int, place: PolicyPlace) -> Iterator[Problem]:
    if not step.audience:
        yield place.problem(place.of_step(step, index, "audience"), "at least one role")
    path = place.of_step(step, index, "channel")
    if step.level is Level.LITIGATION and step.channel is not Channel.TASK:
        yield place.problem(path, Channel.TASK, "policy-hand-over-channel")
    if step.level is not Level.LITIGATION and step.channel is Channel.TASK:
        others = ", ".join(channel for channel in Channel if channel is not Channel.TASK)
        yield place.problem(path, f"one of: {others}", "policy-task-level")
    least, most = _AFTER_DAYS[step.base]
    if not least <= step.after_days <= most:
        yield place.problem(place.of_step(step, index, "after_days"), f"{least} to {most}")
    if step.grants_days is not None and step.grants_days > MOST_DAYS:
        yield place.problem(place.of_step(step, index, "grants_days"), f"1 to {MOST_DAYS}")


def _minima(step: Step, index: int, place: PolicyPlace) -> Iterator[Problem]:
    for name in _MINIMA:
        threshold, path = getattr(step, name), place.of_step(step, index, name)
        if not figures(threshold):
            yield place.problem(path, "a number, or one per currency: {EUR: 20, USD: 25}")
        if any(figure < 0 for figure in figures(threshold)):
            yield place.problem(path, "0 or more")
        for code in threshold if isinstance(threshold, dict) else ():
            if not is_currency(code):
                expected = "a currency code of three letters, e.g. EUR"
                yield place.problem((*path, code), expected, "policy-unknown-currency")
    only = step.channel is Channel.REGISTERED_LETTER or place.changes
    if any(figures(step.letter_from)) and not only:
        path = place.of_step(step, index, "letter_from")
        yield place.problem(path, "nothing: for registered letters only")


def _levels(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    """Levels rise: an escalation never goes back."""
    for index, (earlier, step) in enumerate(pairwise(policy.steps), 1):
        if step.level.rank < earlier.level.rank:
            path = place.of_step(step, index, "level")
            beside = place.of_step(earlier, index - 1, "level")
            yield place.problem(path, earlier.level, "policy-level-back", beside=beside)


def _dates(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    """The steps of one base come in the order of their dates, each after the one before."""
    last: dict[Base, Step] = {}
    for index, step in enumerate(policy.steps):
        before = last.get(step.base)
        if before is not None and not _follows(before, step):
            path = place.of_step(step, index, "after_days")
            overlap = step.level is not before.level
            code = "policy-levels-overlap" if overlap else "policy-no-gap"
            beside = place.of_step(before, index, "after_days")
            yield place.problem(path, str(before.after_days + 1), code, beside=beside)
        if before is None or step.after_days >= before.after_days:
            last[step.base] = step


def _follows(before: Step, step: Step) -> bool:
    """A call may come on the day of the preventive message that it goes with."""
    together = step.level is before.level is Level.PREVENTIVE
    accompanies = together and Channel.CALL in {before.channel, step.channel}
    same_day = accompanies and before.channel is not step.channel
    gap = step.after_days - before.after_days
    return gap > 0 or (gap == 0 and same_day)
