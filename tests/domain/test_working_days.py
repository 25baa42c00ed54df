"""Open days, counted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from relance.domain.working_days import WorkingCalendar
from tests.builders import CALENDAR

_days = st.dates(date(2025, 12, 1), date(2027, 2, 1))


@given(after=_days, days=st.integers(-10, 150))
def test_counting_is_looking_at_each_day(after: date, days: int) -> None:
    until = after + timedelta(days=days)
    each = (after + timedelta(days=n) for n in range(1, days + 1))
    assert CALENDAR.count(after, until) == sum(1 for day in each if CALENDAR.is_open(day))


@given(day=_days, days=st.integers(0, 30))
def test_adding_days_counts_them(day: date, days: int) -> None:
    assert CALENDAR.count(day, CALENDAR.add(day, days)) == days


def test_a_holiday_on_a_sunday_closes_nothing_more() -> None:
    calendar = WorkingCalendar(frozenset({date(2026, 3, 1), date(2026, 3, 3)}))
    assert calendar.count(date(2026, 2, 27), date(2026, 3, 4)) == 2
