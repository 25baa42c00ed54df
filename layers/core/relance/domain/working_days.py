"""Open days of a creditor: Monday to Friday less the public holidays of its region."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """holidays: every public holiday of the years that a decision may touch."""

    holidays: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        return day.weekday() < _SATURDAY and day not in self.holidays

    def first_open(self, day: date) -> date:
        """The first open day on or after `day`."""
        while day.weekday() >= _SATURDAY or day in self.holidays:
            day += _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The `count`-th open day after `day`; `day` itself when count is 0."""
        for _ in range(count):
            day = self.first_open(day + timedelta(days=1))
        return day

    def count(self, after: date, until: date) -> int:
        """How many open days lie in the interval ]after, until]."""
        if until <= after:
            return 0
        holidays = _on_week_days(self.holidays)
        off = bisect_right(holidays, until) - bisect_right(holidays, after)
        return _week_days(until) - _week_days(after) - off


def _week_days(day: date) -> int:
    """How many days from Monday to Friday the calendar has had until then."""
    weeks, weekday = divmod(day.toordinal() - 1, 7)
    return weeks * _SATURDAY + min(weekday + 1, _SATURDAY)


@lru_cache(maxsize=64)
def _on_week_days(holidays: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted(day for day in holidays if day.weekday() < _SATURDAY))
