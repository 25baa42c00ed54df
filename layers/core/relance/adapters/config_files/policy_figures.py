"""What must be true of the figures of a policy: delays, budgets, window, days, caps."""

from collections.abc import Callable, Iterator

from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.problems import Problem
from relance.domain.policy import Policy
from relance.domain.sending_days import QuietPeriod

REMINDERS_NEEDED = 3
"""The machine never orders a formal notice after fewer (design §5 rule 2)."""
REGIONS = "FR, FR-57, FR-67, FR-974, BE…"

LEAST = {
    "formal_notice_days": 1,
    "take_along_days": 0,
    "letter_spacing_days": 0,
    "call_spacing_days": 0,
    "min_gap_days": 1,
    "max_gap_days": 1,
    "late_gap_days": 1,
    "max_contacts_in_7_days": 1,
    "min_days_between_reminders": 1,
    "max_messages_per_day": 1,
    "max_first_messages_per_day": 1,
    "max_letters_per_day": 0,
    "letters_budget_per_month": 0,
}
"""The least value of each figure, in a policy or in a creditor's profile."""


def figure_problems(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    for name, least in LEAST.items():
        value = getattr(policy, name)
        if value is not None and value < least:
            yield place.problem(place.of_figure(name), f"{least} or more")
    if policy.reminders_before_formal_notice < REMINDERS_NEEDED:
        path = place.of_figure("reminders_before_formal_notice")
        yield place.problem(path, str(REMINDERS_NEEDED), "policy-too-few-reminders")
    if policy.max_gap_days < policy.min_gap_days:
        yield place.problem(place.of_figure("max_gap_days"), f"{policy.min_gap_days} or more")
    for path, expected in quiet_mistakes(policy.quiet_periods or ()):
        yield place.problem((*place.of_figure("quiet_periods"), *path), expected)


def creditor_problems(
    policy: Policy, place: PolicyPlace, is_region: Callable[[str], bool] | None
) -> Iterator[Problem]:
    """What is one for the whole creditor: its window, its days, its region."""
    opens, closes = policy.send_from, policy.send_until
    if opens is not None and closes is not None and opens >= closes:
        yield place.problem(("send_until",), "a time after send_from")
    if policy.days is not None and not policy.days:
        yield place.problem(("days",), "at least one day, e.g. [mon, tue, wed, thu, fri]")
    if policy.holidays is not None and is_region is not None and not is_region(policy.holidays):
        yield place.problem(("holidays",), REGIONS, "policy-unknown-region")


def quiet_mistakes(
    periods: tuple[QuietPeriod, ...],
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for index, period in enumerate(periods):
        for name, (month, day) in (("first", period.first), ("last", period.last)):
            if not (1 <= month <= 12 and 1 <= day <= 31):
                yield (index, name), "[month, day], e.g. [8, 1]"
