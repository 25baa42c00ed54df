"""Ten weeks of mornings, by dates: what finance and the collector read while nobody pays.

The invoice of 900 € is due on Monday 2 March 2026. The customer promises on 12 March for the 16th,
writes on 26 March, and is sent a formal notice whose date passes.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from relance.application.people import Findings, approve_notice
from relance.application.promises import note_promise
from relance.application.seen_reply import mark_seen
from relance.domain.checklist import ALL_CHECKS
from relance.domain.escalation.arrangements import PromiseTerms
from relance.domain.holds import UnreadReply
from relance.domain.task import TaskKind
from tests.builders import a_creditor, an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
DAY = timedelta(days=1)
PROMISED, BROKEN_ON = date(2026, 3, 12), date(2026, 3, 19)
WRITES, READ_ON = date(2026, 3, 26), date(2026, 3, 31)
People = dict[date, Callable[[World], object]]


def promise(world: World) -> None:
    terms = PromiseTerms(date(2026, 3, 16), means="transfer")
    note_promise("acme", "C001", terms, "claire", "", office=world.office, postbox=world.postbox)


def write(world: World) -> None:
    world.reply("x@reply.acme.example", sender="ap@client.example")


def read(world: World) -> None:
    (hold,) = [one for one in world.case().holds if isinstance(one, UnreadReply)]
    mark_seen("acme", "C001", hold.key, "claire", Findings(), office=world.office)


def approve_later(world: World) -> None:
    """Somebody approves on the third morning."""
    awaiting = world.case().awaiting
    if awaiting and awaiting.approved_by is None and world.today >= awaiting.planned_for + 3 * DAY:
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)


@cache
def lived() -> World:
    """Every day: a balance at 06:00, the run at 08:00, the mails, people at 09:00, what leaves."""
    world = World(DUE, a_creditor())
    world.owes(an_invoice(due=DUE, amount="900"))
    people: People = {PROMISED: promise, WRITES: write, READ_ON: read}
    day = DUE
    while not any(task.kind is TaskKind.HAND_OVER for task in world.case().tasks):
        assert day < DUE + 100 * DAY
        world.clock.set(at(day, 6))
        world.refresh()
        world.plan(day)
        world.clock.set(at(day, 8, 5))
        for _ in range(2):
            world.morning()
        world.clock.set(at(day, 9))
        people.get(day, approve_later)(world)
        world.clock.set(at(day, 10))
        world.dispatch()
        world.drain()
        world.clock.set(at(day, 19))
        world.sweep()
        day += DAY
    world.clock.set(at(day, 8, 5))
    world.morning()
    return world


def mornings(reader: str = "finance@acme.example") -> dict[date, dict[str, Any]]:
    views = lived().mornings(reader)
    found = {view["day"]: view for view in views}
    assert len(found) == len(views), "one mail a day"
    return found


def days_with(section: str) -> list[date]:
    return [day for day, view in mornings().items() if view[section]]


def test_no_morning_of_a_closed_day_is_written() -> None:
    assert all(day.weekday() < 5 for day in mornings())


def test_every_message_that_left_was_in_the_preview_and_in_the_next_digest() -> None:
    """What is planned in an open window leaves at once: there, the preview comes as it leaves."""
    views = mornings()
    for day, _ in lived().steps_sent():
        assert views[day]["leaving"] or views[day]["left"], day
        later = [view for other, view in views.items() if other > day]
        assert any(view["left"] for view in [views[day], *later[:1]]), day


def test_what_left_is_told_once() -> None:
    told = sum(view["left"]["count"] for view in mornings().values() if view["left"])
    left = lived().steps_sent()
    answers = lived().answers_sent()
    assert told == len(left) + len(answers)


def test_the_promise_is_broken_on_one_morning_only() -> None:
    (day,) = days_with("broken")
    assert day == BROKEN_ON
    (one,) = mornings()[day]["broken"]["shown"]
    assert (one["on"], one["asked"]) == (date(2026, 3, 16), {"EUR": Decimal(900)})


def test_the_reply_waits_each_morning_until_it_is_read_with_its_age() -> None:
    found = {day: mornings()[day] for day in (*days_with("unread"), *days_with("alerts"))}
    assert (min(found), max(found)) == (WRITES + DAY, READ_ON)
    ages = [(one["unread"] or one["alerts"])["shown"][0]["days"] for one in found.values()]
    assert ages == [(day - WRITES).days for day in found]


def test_a_reply_unread_for_two_working_days_is_an_alert_every_morning() -> None:
    """Rule 5: written on a Thursday it is one from the Monday on, and told nowhere else."""
    assert days_with("unread") == [WRITES + DAY]
    assert days_with("alerts") == [WRITES + 4 * DAY, READ_ON]
    (one,) = mornings()[READ_ON]["alerts"]["shown"]
    assert one["alert"] == "reply-unread"
    assert one["command"].startswith("relance seen acme C001 ")


def test_the_formal_notice_waits_for_its_approval_with_its_age() -> None:
    days = days_with("approvals")
    (ages) = [mornings()[day]["approvals"]["shown"][0]["days"] for day in days]
    assert ages[0] == 0
    assert ages == sorted(ages)
    assert mornings()[days[0]]["approvals"]["shown"][0]["formal"]


def kinds_of_dates() -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for day, view in mornings().items():
        for one in view["deadlines"]["shown"] if view["deadlines"] else ():
            found.setdefault(one["kind"], []).append(day)
    return found


def test_the_date_that_was_printed_is_told_ahead_and_the_hand_over_when_it_is_due() -> None:
    (formal,) = [c.notice for c in lived().carrier.sent if c.notice.is_formal_notice]
    assert formal.deadline is not None
    days = kinds_of_dates()["formal_notice"]
    assert all(formal.deadline - day <= 7 * DAY for day in days)
    assert min(days) < formal.deadline
    assert kinds_of_dates()["hand_over"] == sorted(mornings())[-2:]


def test_the_collector_reads_their_calls_with_what_to_say() -> None:
    mine = [view for view in mornings("claire@acme.example").values() if view["calls"]]
    assert mine
    assert all(one["sheets"] for view in mine for one in view["calls"])
