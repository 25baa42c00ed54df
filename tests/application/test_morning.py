"""What the mail of the morning says: all that leaves, what is held, what waits, to whom."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application.dispatch import dispatch_all
from relance.application.morning.gather import gather
from relance.application.morning.readers import recipients_of
from relance.application.ports import ImportRecord
from relance.application.stop_notice import stop_notice
from relance.domain.creditor import Collector, Creditor, Mode, Pause
from relance.domain.delivery import DeliveryEvent
from relance.domain.notice import NoticeStatus
from tests.application.portfolio import DAY, DUE, NEXT, gate, let_out, morning, notices, world_of
from tests.builders import a_profile
from tests.world import World, at

CLAIRE, HUGO = "claire@acme.example", "hugo@acme.example"


def told(world: World, day: date = DAY, hour: int = 8) -> dict[str, Any]:
    """What finance reads at that hour."""
    world.clock.set(at(day, hour, 5))
    before = len(world.mornings())
    world.morning()
    views = world.mornings()
    assert len(views) == before + 1
    return views[-1]


def names(section: dict[str, Any] | None) -> list[str]:
    return [one["debtor_code"] for one in section["shown"]] if section else []


def change(world: World, **changes: Any) -> Creditor:
    creditor = world.office.creditors.get("acme")
    return world.office.creditors.save(replace(creditor, **changes))


# ---------------------------------------------------------------- preview


def test_every_message_of_the_day_is_told_the_largest_first_with_its_command() -> None:
    world = world_of(12)
    morning(world)
    view = told(world)
    assert names(view["leaving"]) == [f"C{n:03d}" for n in range(12, 0, -1)]
    (planned,) = [n for n in notices(world, NoticeStatus.PLANNED) if n.debtor == "C012"]
    first = view["leaving"]["shown"][0]
    assert first["command"] == f"relance stop acme {planned.id}"
    assert (first["asked"], first["channel"]) == ({"EUR": Decimal(112)}, "email")
    assert (first["level"], first["why"], first["late"]) == ("level_1", "step-due", 3)
    assert (view["send_from"], view["is_now"], view["release"]) == ("10:00", False, None)
    assert (view["held"], view["closed"]) == ([], None)


def test_the_preview_is_what_the_dispatch_then_lets_out() -> None:
    world = world_of(6, max_messages_per_day=4)
    morning(world)
    view = told(world)
    (held,) = view["held"]
    assert (held["reason"], names(held)) == ("daily-cap", ["C002", "C001"])
    let_out(world)
    world.drain()
    assert sorted(c.notice.debtor for c in world.carrier.sent) == sorted(names(view["leaving"]))


def test_what_a_person_stops_is_foreseen_no_more() -> None:
    world = world_of(2)
    morning(world)
    one = next(n for n in notices(world, NoticeStatus.PLANNED) if n.debtor == "C002")
    stop_notice("acme", one.id, "claire", office=world.office)
    assert names(told(world)["leaving"]) == ["C001"]


def test_in_the_mode_confirm_the_batch_is_shown_with_how_to_release_it() -> None:
    world = world_of(3, mode=Mode.CONFIRM, max_messages_per_day=2)
    morning(world)
    view = told(world)
    assert view["release"] == "relance release-day acme"
    assert names(view["leaving"]) == ["C003", "C002"]
    assert [group["reason"] for group in view["held"]] == ["daily-cap"]


def test_a_batch_released_already_asks_for_no_release() -> None:
    world = world_of(1, mode=Mode.CONFIRM)
    morning(world)
    change(world, released_for=DAY)
    assert told(world)["release"] is None


def test_who_is_not_on_the_list_is_told_as_observed() -> None:
    world = world_of(2, mode=Mode.ALLOW_LIST)
    change(world, allow_list=frozenset({"C001"}))
    morning(world)
    view = told(world)
    assert names(view["leaving"]) == ["C001"]
    assert names(view["observed"]) == ["C002"]
    assert view["observed"]["shown"][0]["reason"] == "not-on-allow-list"


def test_in_the_mode_observe_what_would_have_left_is_told_and_nothing_leaves() -> None:
    world = world_of(3, mode=Mode.OBSERVE)
    morning(world)
    view = told(world)
    assert names(view["observed"]) == ["C003", "C002", "C001"]
    assert view["observed"]["total"] == {"EUR": Decimal(306)}
    assert (view["leaving"], view["mode"]) == (None, "observe")


def test_addresses_of_strangers_hold_the_day_back() -> None:
    world = world_of(7, max_messages_per_day=50)
    for number in range(1, 8):
        debtor = world.case(f"C{number:03d}").debtor
        contact = replace(debtor.contacts[0], email="all@mail.example")
        item = next(iter(world.case(debtor.code).items.values()))
        world.owes(item, debtor=replace(debtor, contacts=(contact,), name=f"Client {number}"))
    morning(world)
    view = told(world)
    assert view["leaving"] is None
    assert [(g["reason"], g["count"]) for g in view["held"]] == [("address-of-strangers", 7)]


def test_a_paused_creditor_is_told_why_nothing_leaves() -> None:
    world = world_of(2)
    morning(world)
    change(world, pause=Pause(at(DAY), "zoé", "audit"))
    view = told(world)
    assert (view["closed"], view["leaving"], view["calls"]) == ("paused", None, [])


def test_pages_still_at_work_are_said() -> None:
    world = world_of(2)
    world.stores.of("acme").runs.expect(DAY, frozenset({"never decided"}))
    morning(world)
    assert told(world)["missing_pages"] == 1


# ---------------------------------------------------------------- digest


def test_what_left_and_what_did_not_is_told_the_next_morning() -> None:
    world = world_of(4, max_messages_per_day=2)
    morning(world)
    told(world)
    let_out(world)
    world.drain()
    morning(world, NEXT)
    view = told(world, NEXT)
    assert names(view["left"]) == ["C004", "C003"]
    assert view["left"]["total"] == {"EUR": Decimal(207)}
    (group,) = view["not_left"]
    assert (group["reason"], names(group)) == ("daily-cap", ["C002", "C001"])
    assert names(view["leaving"]) == ["C002", "C001"]


def test_what_was_told_once_is_told_no_more() -> None:
    world = world_of(2)
    morning(world)
    told(world)
    let_out(world)
    world.drain()
    morning(world, NEXT)
    assert names(told(world, NEXT)["left"]) == ["C002", "C001"]
    monday = NEXT + timedelta(days=3)
    morning(world, monday)
    world.clock.set(at(monday, 8, 5))
    assert world.morning().quiet == 2
    assert len(world.mornings()) == 2


def test_a_bounce_is_told_once_and_apart_from_what_left() -> None:
    world = world_of(1)
    morning(world)
    told(world)
    let_out(world)
    world.drain()
    (sent,) = notices(world, NoticeStatus.SENT)
    world.clock.set(at(DAY, 11))
    world.delivery(sent.id, DeliveryEvent.HARD_BOUNCE)
    morning(world, NEXT)
    view = told(world, NEXT)
    assert (names(view["bounced"]), view["left"]) == (["C001"], None)
    assert [one["kind"] for one in view["deadlines"]["shown"]] == ["find_contact"]


def test_a_stale_balance_is_told_with_what_it_holds() -> None:
    world = world_of(3)
    world.plan(DUE + timedelta(days=7))
    view = told(world, DUE + timedelta(days=7))
    assert names(view["stale"]) == ["C003", "C002", "C001"]
    assert view["stale"]["total"] == {"EUR": Decimal(306)}
    assert (view["balance_of"], view["leaving"]) == (DUE, None)


def test_sections_show_the_largest_and_count_the_others() -> None:
    world = world_of(14, mode=Mode.OBSERVE)
    morning(world)
    section = told(world)["observed"]
    assert (len(section["shown"]), section["more"], section["count"]) == (10, 4, 14)
    assert section["shown"][0]["debtor_code"] == "C014"


def test_what_is_beyond_what_is_read_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relance.application.morning.entries.largest.__defaults__", (2,))
    world = world_of(5)
    morning(world)
    section = told(world)["leaving"]
    assert (names(section), section["more"]) == (["C005", "C004"], 3)


# ---------------------------------------------------------------- readers


def two_collectors(world: World) -> None:
    """Hugo has the debtor C002."""
    profile = world.office.creditors.get("acme").profile
    hugo = Collector("hugo", "Hugo Roy", HUGO)
    change(world, profile=replace(profile, collectors=(*profile.collectors, hugo)))
    debtor = world.case("C002").debtor
    item = next(iter(world.case("C002").items.values()))
    world.owes(item, debtor=replace(debtor, collector="hugo"))


def test_finance_reads_everything_and_each_collector_what_is_theirs() -> None:
    world = world_of(2)
    two_collectors(world)
    morning(world)
    assert names(told(world)["leaving"]) == ["C002", "C001"]
    assert [names(v["leaving"]) for v in world.mornings(CLAIRE)] == [["C001"]]
    assert [names(v["leaving"]) for v in world.mornings(HUGO)] == [["C002"]]


def test_a_collector_with_nothing_has_no_mail() -> None:
    world = world_of(1)
    two_collectors_of_one(world)
    morning(world)
    told(world)
    assert world.mornings(HUGO) == []


def two_collectors_of_one(world: World) -> None:
    profile = world.office.creditors.get("acme").profile
    hugo = Collector("hugo", "Hugo Roy", HUGO)
    change(world, profile=replace(profile, collectors=(*profile.collectors, hugo)))


def test_a_reply_unread_for_five_working_days_is_read_by_the_backup_too() -> None:
    """Rule 5, DAY is a Thursday: five working days later is the next one."""
    world = world_of(1)
    two_collectors_of_one(world)
    profile = world.office.creditors.get("acme").profile
    claire, hugo = profile.collectors
    change(world, profile=replace(profile, collectors=(replace(claire, backup="hugo"), hugo)))
    world.clock.set(at(DAY, 11))
    world.reply("x@reply.acme.example", sender="ap@c1.example")
    assert world.case("C001").holds
    alerts = []
    for day in (DAY + timedelta(days=n) for n in (1, 4, 6, 7, 8)):
        (entry,) = (told(world, day)["alerts"] or {"shown": [{"alert": None}]})["shown"]
        alerts.append(entry["alert"])
    assert alerts == [None, *["reply-unread"] * 2, *["reply-unread-long"] * 2]
    told_to_backup = [view["alerts"]["shown"][0]["debtor_code"] for view in world.mornings(HUGO)]
    assert told_to_backup == ["C001"] * 2


def test_whoever_is_finance_and_collector_has_one_mail() -> None:
    profile = a_profile()
    alone = replace(profile, finance_email="Claire@acme.example")
    (who,) = recipients_of(alone)
    assert (who.key, who.email, who.keys) == (
        "finance",
        "Claire@acme.example",
        frozenset({"finance", "claire"}),
    )
    assert [one.key for one in recipients_of(profile)] == ["finance", "claire"]


# ---------------------------------------------------------------- cost


class Counting:
    """A store of cases that counts what is loaded."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.loads: list[str] = []

    def load(self, debtor: str, creditor: Creditor) -> Any:
        self.loads.append(debtor)
        return self.inner.load(debtor, creditor)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def test_what_only_lies_there_is_not_read() -> None:
    """Ten debtors, one of them written to today; the guard on addresses reads it once more."""
    world = world_of(10, due=DAY + timedelta(days=90))
    world.owes(*world_of(1).case("C001").open_items, debtor=world.case("C001").debtor)
    morning(world)
    world.clock.set(at(DAY, 8, 5))
    desk = world.office.open("acme")
    cases = Counting(desk.cases)
    counted = replace(desk, stores=replace(desk.stores, cases=cases))
    found = gather(counted, at(DUE))
    assert [one["debtor_code"] for one in found.leaving.entries] == ["C001"]
    assert set(cases.loads) == {"C001"}


def test_what_was_in_flight_while_the_mail_was_written_is_told_by_the_next_one() -> None:
    """Its sender began before the mail and committed after the mail had looked."""
    world = world_of(2)
    morning(world)
    world.clock.set(at(DAY, 10))
    dispatch_all("acme", gate=gate(world))
    world.clock.set(at(DAY, 11, 5))
    world.morning()
    world.clock.set(at(DAY, 11, 4))
    world.drain()
    world.clock.set(at(DAY, 12))
    morning(world, NEXT)
    view = told(world, NEXT)
    assert names(view["left"]) == ["C002", "C001"]


def test_what_is_delivered_while_the_mail_is_written_is_told_when_it_left() -> None:
    """And not put off by its delivery to a mail that looks at later ones only."""
    world = world_of(1)
    morning(world)
    let_out(world)
    world.drain()
    (sent,) = notices(world, NoticeStatus.SENT)
    world.clock.set(at(DAY, 10, 4))
    world.delivery(sent.id, DeliveryEvent.DELIVERY)
    world.clock.set(at(DAY, 10, 5))
    world.morning()
    assert names(world.mornings()[-1]["left"]) == ["C001"]
    world.clock.set(at(DAY, 12))
    morning(world, NEXT)
    world.clock.set(at(NEXT, 8, 5))
    found = gather(world.office.open("acme"), at(DAY, 10, 3))
    assert found.became.left.entries == (), "told once"


def bad_import(seq: int, received: datetime, ended: datetime, status: str) -> ImportRecord:
    name = f"acme/{status}-{seq}.csv"
    return ImportRecord(name, "v1", name, seq, status, received, {}, ended_at=ended)


@pytest.mark.parametrize(("seq", "status"), [(0, "refused"), (7, "suspicious")])
def test_an_import_that_was_over_after_the_mail_is_told_by_the_next_one(
    seq: int, status: str
) -> None:
    """Received at 08:00, told at 08:05, over at 08:10."""
    world = world_of(1)
    morning(world)
    told(world)
    record = bad_import(seq, at(DAY, 8, 0), at(DAY, 8, 10), status)
    world.stores.of("acme").imports.add(record)
    assert [one["status"] for one in told(world, NEXT)["imports"]] == [status]
    world.clock.advance(timedelta(minutes=1))
    after = gather(world.office.open("acme"), at(NEXT, 8, 5))
    assert after.imports == (), "told once"


def test_a_refused_import_is_told_however_many_balances_came_before() -> None:
    """It has no number, and they have."""
    world = world_of(1)
    morning(world)
    imports = world.stores.of("acme").imports
    for seq in range(1, 60):
        imports.add(bad_import(seq, at(DUE), at(DUE), "applied"))
    imports.add(bad_import(0, at(DAY, 7), at(DAY, 7), "refused"))
    assert [one["status"] for one in told(world)["imports"]] == ["refused"]


def test_an_open_window_says_that_they_leave_now() -> None:
    world = world_of(1)
    morning(world)
    assert told(world, DAY, 11)["is_now"] is True
    assert dispatch_all("acme", gate=gate(world)).queued
