"""Open days of a creditor: Monday to Friday less the public holidays of its region."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """holidays: every public holiday of the years that a decision may touch."""

    holidays: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.holidays

    def first_open(self, day: date) -> date:
        """The first open day on or after `day`."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def last_open_before(self, day: date) -> date:
        """The last open day before `day`."""
        day -= timedelta(days=1)
        while not self.is_open(day):
            day -= timedelta(days=1)
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th open day after `day`; `day` itself when count is 0."""
        for _ in range(count):
            day = self.first_open(day + timedelta(days=1))
        return day

    def count(self, after: date, until: date) -> int:
        """How many open days lie in the interval ]after, until]."""
        days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
        return sum(1 for day in days if self.is_open(day))
