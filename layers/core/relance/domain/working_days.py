"""Working days (Monday to Friday less the public holidays of a region) and open days: those of them
on which the creditor writes.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_ALL_WEEK = frozenset(range(_SATURDAY))
_DAY = timedelta(days=1)


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
        holidays = self.holidays
        while day.weekday() >= _SATURDAY or day in holidays:
            day += _DAY
        return day

    def first_open(self, day: date) -> date:
        """The first open day on or after `day`."""
        holidays, weekdays = self.holidays, self.weekdays
        while (weekday := day.weekday()) >= _SATURDAY or weekday not in weekdays or day in holidays:
            day += _DAY
        return day

    def last_open_before(self, day: date) -> date:
        """The last open day before `day`."""
        day -= timedelta(days=1)
        while not self.is_open(day):
            day -= timedelta(days=1)
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself when count is 0."""
        for _ in range(count):
            day = self.first_working(day + timedelta(days=1))
        return day

    def count(self, after: date, until: date) -> int:
        """How many working days lie in the interval ]after, until]."""
        if until <= after:
            return 0
        week = _weekdays_to(until) - _weekdays_to(after)
        closed = _closed_weekdays(self.holidays)
        return week - (bisect_right(closed, until) - bisect_right(closed, after))


def _weekdays_to(day: date) -> int:
    """Mondays to Fridays from the first day of the calendar, a Monday, to this one."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * _SATURDAY + min(rest, _SATURDAY)


@lru_cache(maxsize=64)
def _closed_weekdays(holidays: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted(day for day in holidays if day.weekday() < _SATURDAY))
