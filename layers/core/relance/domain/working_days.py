"""Working days (Monday to Friday less the public holidays of a region) and open days: those of them
on which the creditor writes.
"""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5
_ALL_WEEK = frozenset(range(_SATURDAY))


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """holidays: every public holiday of the years that a decision may touch; weekdays: on which
    something may leave, as `date.weekday()` counts. Delays count in working days, whatever those.
    """

    holidays: frozenset[date] = frozenset()
    weekdays: frozenset[int] = _ALL_WEEK

    def is_working(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.holidays

    def is_open(self, day: date) -> bool:
        return day.weekday() in self.weekdays and self.is_working(day)

    def first_working(self, day: date) -> date:
        """The first working day on or after `day`."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def first_open(self, day: date) -> date:
        """The first open day on or after `day`."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself when count is 0."""
        for _ in range(count):
            day = self.first_working(day + timedelta(days=1))
        return day

    def count(self, after: date, until: date) -> int:
        """How many working days lie in the interval ]after, until]."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(1 for day in days if self.is_working(day))
