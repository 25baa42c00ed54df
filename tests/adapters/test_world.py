"""Clocks, chance, holidays, and the doubles that stand for the rest of the world."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from moto import mock_aws

from relance.adapters.clocks import SimulatedClock, SystemClock
from relance.adapters.dynamodb.table import Table
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.adapters.memory.outgoing import (
    MemoryLetterProvider,
    MemoryMailer,
    MemoryNoticeQueue,
    MemoryPlanQueue,
)
from relance.adapters.memory.world import (
    CountingRandomSource,
    MemoryCalendars,
    MemoryClock,
    MemoryPolicies,
)
from relance.adapters.random_source import SecretsRandomSource
from relance.application.ports import LetterRequest, NotFound, SendRefused, SendThrottled
from relance.domain.errors import RelanceError
from relance.domain.notice_content import OutgoingMail
from relance.domain.policy import Channel, Policy
from relance.domain.working_days import WorkingCalendar
from tests.table_from_template import create_table

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_the_system_clock_is_aware_and_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(0)


def test_the_simulated_clock_is_shared_through_the_table() -> None:
    with mock_aws():
        name = create_table("demo")
        with pytest.raises(NotFound):
            SimulatedClock(Table(name)).now()
        SimulatedClock(Table(name)).set(NOON.astimezone(timezone(timedelta(hours=2))))
        assert SimulatedClock(Table(name)).now() == NOON
        assert SimulatedClock(Table(name)).now().utcoffset() == timedelta(0)
        with pytest.raises(ValueError, match="aware"):
            SimulatedClock(Table(name)).set(datetime(2026, 3, 2))  # noqa: DTZ001


def test_tokens_are_128_bits_that_never_repeat() -> None:
    tokens = {SecretsRandomSource().token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(bytes.fromhex(token)) == 16 and token == token.lower() for token in tokens)


def test_counted_tokens_are_the_same_in_every_run() -> None:
    one, two = CountingRandomSource(), CountingRandomSource()
    tokens = [one.token() for _ in range(50)]
    assert tokens == [two.token() for _ in range(50)]
    assert len(set(tokens)) == 50
    assert all(len(token) == 32 for token in tokens)
    assert CountingRandomSource("other").token() != tokens[0]


GOOD_FRIDAY, SAINT_STEPHEN = date(2026, 4, 3), date(2025, 12, 26)
ABOLITION = date(2026, 12, 20)


@pytest.mark.parametrize(
    ("region", "closed", "is_open"),
    [
        ("FR", date(2026, 7, 14), SAINT_STEPHEN),
        ("FR", date(2026, 4, 6), GOOD_FRIDAY),
        ("FR-75", date(2026, 5, 14), SAINT_STEPHEN),
        ("FR-2A", date(2026, 5, 14), SAINT_STEPHEN),
        ("FR-57", SAINT_STEPHEN, date(2025, 12, 24)),
        ("FR-67", GOOD_FRIDAY, date(2026, 4, 7)),
        ("FR-68", SAINT_STEPHEN, date(2025, 12, 24)),
        ("BE", date(2026, 7, 21), date(2026, 7, 14)),
    ],
)
def test_regions_have_their_own_holidays(region: str, closed: date, is_open: date) -> None:
    calendar = HolidayCalendars().of(region)
    assert not calendar.is_open(closed)
    assert calendar.is_open(is_open)


OVERSEAS = {
    "FR-971": date(2026, 5, 27),
    "FR-972": date(2026, 5, 22),
    "FR-973": date(2026, 6, 10),
    "FR-974": ABOLITION,
    "FR-976": date(2026, 4, 27),
    "FR-977": date(2026, 10, 9),
    "FR-978": date(2026, 5, 28),
    "FR-986": date(2026, 4, 28),
    "FR-987": date(2026, 3, 5),
    "FR-988": date(2026, 9, 24),
}
"""Abolition of slavery (C. trav. L3422-2), or a day that only that territory keeps."""


@pytest.mark.parametrize("region", OVERSEAS)
def test_overseas_regions_have_theirs_and_no_other(region: str) -> None:
    calendar = HolidayCalendars().of(region)
    assert OVERSEAS[region] in calendar.holidays
    assert OVERSEAS[region] not in HolidayCalendars().of("FR").holidays
    others = {day for other, day in OVERSEAS.items() if other != region}
    assert not others & calendar.holidays
    assert HolidayCalendars().of("FR").holidays <= calendar.holidays


def test_saint_pierre_and_miquelon_has_those_of_the_whole_country() -> None:
    assert HolidayCalendars().of("FR-975") == HolidayCalendars().of("FR")


def test_alsace_and_moselle_close_on_good_friday_and_saint_stephen() -> None:
    for department in ("FR-57", "FR-67", "FR-68"):
        assert {GOOD_FRIDAY, SAINT_STEPHEN} <= HolidayCalendars().of(department).holidays


@pytest.mark.parametrize(("region", "known"), [("FR-57", True), ("BE", True), ("FR-99", False)])
def test_it_says_which_regions_it_knows(region: str, known: bool) -> None:
    assert HolidayCalendars().knows(region) is known


def test_calendars_cover_2020_to_2035() -> None:
    years = {day.year for day in HolidayCalendars().of("FR").holidays}
    assert years == set(range(2020, 2036))


@pytest.mark.parametrize("region", ["ZZ", "FR-XX", "FR-99", "", "paris"])
def test_an_unknown_region_is_said(region: str) -> None:
    with pytest.raises(RelanceError, match="unknown-holiday-region"):
        HolidayCalendars().of(region)


def test_the_holidays_library_waits_for_the_first_question() -> None:
    code = (
        "import sys; from relance.adapters.holiday_calendars import HolidayCalendars as H; H();"
        " assert 'holidays' not in sys.modules; H().of('FR'); assert 'holidays' in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_memory_clock_stands_still() -> None:
    clock = MemoryClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.advance(timedelta(days=1))
    assert clock.now() == NOON + timedelta(days=1)
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2026, 3, 2))  # noqa: DTZ001


def test_given_policies_and_calendars() -> None:
    policy, feast = Policy("standard", ()), WorkingCalendar(frozenset({date(2026, 3, 3)}))
    assert MemoryPolicies(policy).get("standard") is policy
    with pytest.raises(NotFound):
        MemoryPolicies(policy).get("other")
    calendars = MemoryCalendars({"FR-57": feast})
    assert calendars.of("FR-57") is feast
    assert calendars.of("FR") == WorkingCalendar()


def test_the_recording_mailer_follows_its_script() -> None:
    mailer, mail = MemoryMailer(), OutgoingMail(b"x", "a@b.example", ("c@d.example",), {})
    mailer.failing(SendThrottled("mail-throttled"), None, SendRefused("mail-refused"))

    with pytest.raises(SendThrottled):
        mailer.send(mail)
    assert mailer.send(mail) == "mail-1"
    with pytest.raises(SendRefused):
        mailer.send(mail)
    assert (len(mailer.requests), len(mailer.sent)) == (3, 1)


def test_the_memory_letter_provider_takes_a_letter_once() -> None:
    letters = MemoryLetterProvider()
    request = LetterRequest("acme", "n1", date(2026, 3, 2), True, ("A", "B"), "FR", 1, b"%PDF")
    letters.failing(SendThrottled("later"))

    with pytest.raises(SendThrottled):
        letters.submit(request)
    assert letters.letters == {}
    assert letters.submit(request) == letters.submit(request) == "letter-n1"
    assert (len(letters.requests), len(letters.letters)) == (3, 1)


def test_the_recording_queues() -> None:
    plan, notices = MemoryPlanQueue(), MemoryNoticeQueue()
    plan.put("acme", date(2026, 3, 2), ("C1",))
    notices.put("acme", "n1", Channel.LETTER)
    assert plan.messages == [("acme", date(2026, 3, 2), ("C1",))]
    assert notices.messages == [("acme", "n1", Channel.LETTER)]
