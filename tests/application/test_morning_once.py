"""The mail of the morning leaves once per person and day, whatever is delivered twice or dies."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from relance.application.morning.late import send_late_mornings, tell_late
from relance.application.morning.readers import Recipient
from relance.application.morning.send import (
    XLSX,
    MorningKit,
    MorningReport,
    gather_for,
    send_morning,
)
from relance.application.office import Desk
from relance.application.ports import (
    STALE_AFTER,
    Conflict,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.application.run_records import MailState, MorningMail
from tests.application.portfolio import DAY, DUE, NEXT, let_out, morning, world_of
from tests.builders import an_invoice
from tests.world import World, at

FINANCE, CLAIRE = "finance@acme.example", "claire@acme.example"
SATURDAY = DAY + timedelta(days=2)
CALL_DAY = DUE + timedelta(days=7)


def ready(count: int = 1) -> World:
    world = world_of(count)
    morning(world)
    world.clock.set(at(DAY, 8, 5))
    return world


def readers(world: World) -> list[str]:
    """Whose mails left."""
    return [to for mail in world.mailer.sent for to in mail.recipients]


def mail_of(world: World, who: str = "finance") -> MorningMail:
    found = world.stores.of("acme").runs.mail(who)
    assert found is not None
    return found


def kit(world: World) -> MorningKit:
    return MorningKit(world.staff_mail, world.call_sheets)


def test_a_message_received_twice_sends_once() -> None:
    world = ready()
    assert world.morning().sent == 2
    world.clock.advance(timedelta(hours=2))
    again = world.morning()
    assert (again.sent, again.quiet, again.untold) == (0, 0, 0)
    assert readers(world) == [FINANCE, CLAIRE]


def test_nothing_leaves_on_a_closed_day_nor_for_a_day_that_is_over() -> None:
    world = ready()
    world.clock.set(at(SATURDAY))
    assert world.morning() == MorningReport()
    world.clock.set(at(NEXT, 8, 5))
    late = send_morning("acme", DAY, office=world.office, kit=kit(world))
    assert late == MorningReport()
    assert readers(world) == []


@pytest.mark.parametrize("error", [SendThrottled("busy"), SendNotAttempted("no network")])
def test_a_busy_mail_server_is_tried_again_and_keeps_nobody_else_waiting(
    error: Exception,
) -> None:
    world = ready()
    world.mailer.failing(error)  # type: ignore[arg-type]
    with pytest.raises(type(error)):
        world.morning()
    assert readers(world) == [CLAIRE]
    assert world.morning().sent == 1
    assert readers(world) == [CLAIRE, FINANCE]


def test_a_mail_that_may_have_left_is_not_sent_again_and_is_told_the_next_morning() -> None:
    world = ready()
    world.morning()
    let_out(world)
    world.drain()
    morning(world, NEXT)
    world.clock.set(at(NEXT, 8, 5))
    world.mailer.failing(SendOutcomeUnknown("time-out"))
    assert world.morning().doubtful == 1
    assert (mail_of(world).state, mail_of(world).covers) == (MailState.DOUBTFUL, at(DAY, 8, 3))
    assert world.morning().sent == 0
    monday = NEXT + timedelta(days=3)
    morning(world, monday)
    world.clock.set(at(monday, 8, 5))
    world.morning()
    assert world.mornings()[-1]["left"]["count"] == 1


def test_a_refused_mail_is_told_the_next_time() -> None:
    world = ready()
    world.mailer.failing(SendRefused("bad address"))
    report = world.morning()
    assert (report.untold, report.sent) == (1, 1)
    assert mail_of(world).covers is None


class Dying(Exception):
    """The function is stopped here."""


def test_who_dies_before_the_mail_loses_nothing() -> None:
    world = ready()
    world.mailer.failing(Dying("out of memory"))  # type: ignore[arg-type]
    with pytest.raises(Dying):
        world.morning()
    assert world.morning().sent == 1
    assert sorted(readers(world)) == [CLAIRE, FINANCE]


def test_who_is_killed_while_sending_is_followed_by_another_and_meanwhile_by_none() -> None:
    """Killed: nothing is marked, not even that it failed."""
    world = ready()
    runs = world.stores.of("acme").runs
    runs.save_mail(MorningMail("finance", DAY, MailState.SENDING, world.clock.now()))
    with pytest.raises(Conflict):
        world.morning()
    assert readers(world) == [CLAIRE]
    world.clock.advance(STALE_AFTER)
    assert world.morning().sent == 1
    assert readers(world) == [CLAIRE, FINANCE]


def test_two_at_once_send_once() -> None:
    """The second reads before the first has marked, and is refused by the row."""
    world = ready()
    send = world.mailer.send
    met: list[str] = []

    def meeting(mail: Any) -> str:
        if not met:
            met.append("once")
            with pytest.raises(Conflict):
                world.morning()
        return send(mail)

    world.mailer.send = meeting  # type: ignore[method-assign]
    with pytest.raises(Conflict):
        world.morning()
    assert sorted(readers(world)) == [CLAIRE, FINANCE]


def test_without_payment_details_nothing_says_which_address_writes() -> None:
    world = ready()
    creditor = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, payment=None))
    assert world.morning().sent == 0


# ---------------------------------------------------------------- the net


def test_an_hour_later_the_mail_leaves_though_the_run_never_ended() -> None:
    world = ready()
    world.stores.of("acme").runs.expect(DAY, frozenset({"lost"}))
    world.clock.set(at(DAY, 9))
    done = send_late_mornings(at(DAY, 9), office=world.office, kit=kit(world))
    assert done["acme"].sent == 2
    assert world.mornings()[0]["missing_pages"] == 1


@pytest.mark.parametrize("hour", [8, 10])
def test_and_at_no_other_hour(hour: int) -> None:
    world = ready()
    world.clock.set(at(DAY, hour))
    assert send_late_mornings(at(DAY, hour), office=world.office, kit=kit(world)) == {}


# ---------------------------------------------------------------- calls


def calling() -> World:
    """The invoice was reminded of, and is called about on that Monday."""
    world = world_of(0)
    world.owes(an_invoice("F-1", due=DUE, amount="900"))
    world.run_days(DUE, CALL_DAY - timedelta(days=1))
    morning(world, CALL_DAY)
    world.clock.set(at(CALL_DAY, 8, 5))
    return world


def told_calls(world: World) -> list[str]:
    return [to for name, to, _ in world.staff.told if name == "worklist"]


def test_the_calls_are_told_in_the_mail_and_not_again_an_hour_later() -> None:
    world = calling()
    world.morning()
    (mine,) = world.mornings(CLAIRE)[0]["calls"]
    assert [sheet["debtor_code"] for sheet in mine["sheets"]] == ["C001"]
    (all_of_it,) = world.mornings()[0]["calls"]
    assert (all_of_it["sheets"], len(all_of_it["lines"])) == ([], 1)
    assert world.case().tasks[0].listed_on == CALL_DAY
    world.clock.set(at(CALL_DAY, 9))
    tell_late(at(CALL_DAY, 9), office=world.office, kit=kit(world))
    assert told_calls(world) == []


def test_calls_that_no_mail_told_are_told_an_hour_later() -> None:
    world = calling()
    world.mailer.failing(None, SendRefused("no"), SendRefused("no"))
    world.morning()
    assert world.case().tasks[0].listed_on is None
    world.clock.set(at(CALL_DAY, 9))
    told = tell_late(at(CALL_DAY, 9), office=world.office, kit=kit(world))
    assert told["acme"].told == 1
    assert told_calls(world) == [CLAIRE]


# ---------------------------------------------------------------- the workbook


def worklist(desk: Desk, who: Recipient) -> bytes | None:
    return f"{desk.creditor.code} {who.key}".encode() if who.key == "claire" else None


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "a-faire-2026-03-05.xlsx"), ("en", "worklist-2026-03-05.xlsx")]
)
def test_each_mail_carries_the_workbook_of_who_reads_it(language: str, name: str) -> None:
    world = world_of(1, language=language)
    morning(world)
    world.clock.set(at(DAY, 8, 5))
    world.morning(worklist)
    assert world.staff.attached == [(name, b"acme claire", XLSX)]
    assert [view["attached"] for view in world.mornings(CLAIRE)] == [True]
    assert [view["attached"] for view in world.mornings()] == [False]


def test_a_workbook_alone_is_worth_a_mail() -> None:
    world = world_of(0)
    world.clock.set(at(date(2026, 3, 5), 8, 5))
    report = world.morning(worklist)
    assert (report.sent, report.quiet) == (1, 1)
    assert readers(world) == [CLAIRE]


def broken(desk: Desk, who: Recipient) -> bytes | None:
    raise KeyError(who.key)


def test_a_workbook_that_cannot_be_made_keeps_no_mail_from_leaving_and_rings() -> None:
    """What leaves at ten must be told before, whatever is wrong with one row of one workbook."""
    world = ready()
    with pytest.raises(KeyError):
        world.morning(broken)
    assert readers(world) == [FINANCE, CLAIRE]
    assert mail_of(world).state is MailState.DONE
    assert world.morning(broken) == MorningReport(), "told, and not again"


def test_without_anything_else_to_tell_it_is_tried_again() -> None:
    world = world_of(0)
    world.clock.set(at(DAY, 8, 5))
    with pytest.raises(KeyError):
        world.morning(broken)
    assert world.morning(worklist).sent == 1


def test_a_mail_looks_back_no_farther_than_five_weeks() -> None:
    """An address that has refused its mail for a year."""
    world = ready()
    runs = world.stores.of("acme").runs
    long_ago = at(DAY) - timedelta(days=365)
    old = MorningMail("finance", DUE, MailState.FREE, long_ago, covers=long_ago)
    runs.save_mail(old)
    found = gather_for(world.office.open("acme"), [old])
    assert found.since == world.clock.now() - timedelta(days=35)
