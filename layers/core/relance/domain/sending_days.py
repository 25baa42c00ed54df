"""Days on which a creditor writes: days of the week, and quiet periods of the year."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Weekday(StrEnum):
    """A day on which something may leave; never a Saturday or a Sunday (design §5 rule 6)."""

    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"

    @property
    def number(self) -> int:
        """As `date.weekday()` counts."""
        return list(Weekday).index(self)


ALL_DAYS = tuple(Weekday)


@dataclass(frozen=True, slots=True)
class QuietPeriod:
    """Days of the year, both included, when nothing of level 2 or more leaves (month, day)."""

    first: tuple[int, int]
    last: tuple[int, int]

    def covers(self, day: date) -> bool:
        here = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= here <= self.last
        return here >= self.first or here <= self.last
