"""What must be true of the figures of a policy: delays, budgets, window, days, caps."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from relance.adapters.config_files.policy_place import PolicyPlace
from relance.adapters.config_files.problems import Problem
from relance.domain.creditor import CreditorProfile
from relance.domain.policy import Policy
from relance.domain.sending_days import QuietPeriod

REMINDERS_NEEDED = 3
"""The machine never orders a formal notice after fewer (design §5 rule 2)."""
REGIONS = "FR, FR-57, FR-67, FR-974, BE…"

MOST_DAYS = 365
LEAST_OPEN_DAYS = 90
"""Days of a year that quiet periods leave, so that each level has its days in each season."""
BOUNDS: dict[str, tuple[int, int | None]] = {
    "formal_notice_days": (1, MOST_DAYS),
    "take_along_days": (0, MOST_DAYS),
    "letter_spacing_days": (0, MOST_DAYS),
    "call_spacing_days": (0, MOST_DAYS),
    "min_gap_days": (1, MOST_DAYS),
    "max_gap_days": (1, MOST_DAYS),
    "late_gap_days": (1, MOST_DAYS),
    "max_contacts_in_7_days": (1, None),
    "min_days_between_reminders": (1, MOST_DAYS),
    "max_messages_per_day": (1, None),
    "max_first_messages_per_day": (1, None),
    "max_letters_per_day": (0, None),
    "letters_budget_per_month": (0, None),
}
"""The least and the most of each figure, in a policy or in a creditor's profile."""
_LEAP_YEAR = 2024


def figure_problems(policy: Policy, place: PolicyPlace) -> Iterator[Problem]:
    for name, expected in figure_mistakes(policy):
        yield place.problem(place.of_figure(name), expected)
    if policy.reminders_before_formal_notice < REMINDERS_NEEDED:
        path = place.of_figure("reminders_before_formal_notice")
        yield place.problem(path, str(REMINDERS_NEEDED), "policy-too-few-reminders")
    if 0 < policy.max_gap_days < policy.min_gap_days:
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


def figure_mistakes(figures: Policy | CreditorProfile) -> Iterator[tuple[str, str]]:
    """The figures out of their bounds, and what to write."""
    for name, (least, most) in BOUNDS.items():
        value = getattr(figures, name, None)
        if value is not None and (value < least or (most is not None and value > most)):
            yield name, f"{least} or more" if most is None else f"{least} to {most}"


def quiet_mistakes(
    periods: tuple[QuietPeriod, ...],
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    wrong = False
    for index, period in enumerate(periods):
        for name, day in (("first", period.first), ("last", period.last)):
            if not _is_day(*day):
                wrong = True
                yield (index, name), "[month, day], e.g. [8, 1]"
    if not wrong and _open_days(periods) < LEAST_OPEN_DAYS:
        yield (), f"shorter periods, that leave {LEAST_OPEN_DAYS} days of the year open"


def _is_day(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except (ValueError, OverflowError):
        return False
    return True


def _open_days(periods: tuple[QuietPeriod, ...]) -> int:
    first = date(_LEAP_YEAR, 1, 1)
    year = (first + timedelta(days=number) for number in range(366))
    return sum(not any(period.covers(day) for period in periods) for day in year)
