"""People are mailed when something waits for them: once, together, never at the run's risk."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application.creditor_commands import change_mode
from relance.application.people import Findings, approve_notice
from relance.application.ports import SendNotAttempted, SendOutcomeUnknown, SendRefused
from relance.application.seen_reply import mark_seen
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Collector, Creditor, Mode
from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.delivery import DeliveryEvent
from relance.domain.errors import RelanceError
from relance.domain.escalation.arrangements import DisputeTerms
from relance.domain.notice import NoticeStatus
from relance.domain.task import TaskKind
from tests.builders import a_contact, a_creditor, a_debtor, a_profile, an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
CALL_DAY = DUE + timedelta(days=7)
THURSDAY = date(2026, 3, 5)
DAY = timedelta(days=1)
CLAIRE, FINANCE, HUGO = "claire@acme.example", "finance@acme.example", "hugo@acme.example"


def two_collectors() -> Creditor:
    profile = a_profile()
    hugo = Collector("hugo", "Hugo Petit", HUGO)
    return replace(a_creditor(), profile=replace(profile, collectors=(*profile.collectors, hugo)))


def morning(world: World, day: date) -> None:
    """08:00 of that day, on a balance of that day; nothing was told before."""
    world.clock.set(at(day, 6))
    world.refresh()
    world.staff.told.clear()
    world.plan(day)
    world.tell_calls(day)


def calls_of(*debts: tuple[str, str, str | None], creditor: Creditor | None = None) -> World:
    """Debtors that must be called this morning: (code, amount, collector)."""
    world = World(DUE, creditor)
    for code, amount, collector in debts:
        debtor = replace(a_debtor(code), collector=collector)
        world.owes(an_invoice(f"FA-{code}", due=DUE, amount=amount), debtor=debtor)
    world.run_days(DUE, CALL_DAY - DAY)
    morning(world, CALL_DAY)
    return world


def worklists(world: World) -> list[tuple[str, dict[str, Any]]]:
    return [(to, context) for template, to, context in world.staff.told if template == "worklist"]


def test_the_calls_of_a_day_are_one_mail_to_the_collector_the_largest_stake_first() -> None:
    world = calls_of(("C001", "900", None), ("C002", "5000", None), ("C003", "700", None))
    ((to, mail),) = worklists(world)
    assert to == CLAIRE
    assert [call["debtor_code"] for call in mail["calls"]] == ["C002", "C001", "C003"]
    assert (mail["approvals"], mail["hand_overs"], mail["tasks"]) == ([], [], [])
    assert mail["total"] == {"EUR": Decimal(6600)}
    first = mail["calls"][0]
    assert first["asked"] == {"EUR": Decimal(5000)}
    assert (first["contact_name"], first["phone"]) == ("Ap Durand", "+331")
    assert first["level"] == "level_1"
    assert first["command"] == "relance call acme C002 reached"
    assert [(ln["number"], ln["days_late"]) for ln in first["lines"]] == [("FA-C002", 7)]


def test_each_collector_is_told_of_their_own_customers_only() -> None:
    world = calls_of(("C001", "900", None), ("C002", "5000", "hugo"), creditor=two_collectors())
    told = {to: [call["debtor_code"] for call in mail["calls"]] for to, mail in worklists(world)}
    assert told == {CLAIRE: ["C001"], HUGO: ["C002"]}


def test_a_page_brought_back_opens_nothing_and_tells_nobody() -> None:
    world = calls_of(("C001", "900", None))
    assert len(worklists(world)) == 1
    world.staff.told.clear()
    report = world.plan_page("acme", CALL_DAY, ("C001",))
    assert (report.told, report.untold) == (0, 0)
    assert not world.staff.told


def test_a_day_that_opens_nothing_tells_nobody() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, DUE + 30 * DAY)
    assert world.carrier.sent
    assert not worklists(world)


def test_in_observe_mode_nobody_is_told() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="900"))
    change_mode("acme", Mode.OBSERVE, "paul", office=world.office)
    world.run_days(DUE, CALL_DAY + 30 * DAY)
    assert not world.staff.told


def nobody_to_write_to(*codes: str) -> World:
    """Debtors without any contact: a task each, the later code the larger."""
    world = World(DUE)
    for rank, code in enumerate(codes or ("C001",), 1):
        owed = an_invoice(f"FA-{code}", due=DUE, amount=str(400 * rank))
        world.owes(owed, debtor=Debtor(code, "Dupont"))
    return world


def test_the_largest_stake_comes_first_among_tasks_too() -> None:
    world = nobody_to_write_to("C001", "C002", "C003")
    world.plan(DUE)
    ((_, mail),) = worklists(world)
    assert [task["debtor_code"] for task in mail["tasks"]] == ["C003", "C002", "C001"]


@pytest.mark.parametrize(
    "error", [SendRefused("no"), SendNotAttempted("no-route"), SendOutcomeUnknown("time-out")]
)
def test_a_mail_that_does_not_leave_fails_no_page_and_loses_no_task(error: RelanceError) -> None:
    world = nobody_to_write_to()
    world.mailer.failing(error)
    report = world.plan_page("acme", DUE, ("C001",))
    assert (report.told, report.untold) == (0, 1)
    assert [task.kind for task in world.case().tasks] == [TaskKind.COMPLETE_DATA]


def test_a_page_with_a_case_that_fails_tells_what_it_opened_all_the_same() -> None:
    world = nobody_to_write_to()
    with pytest.raises(RelanceError):
        world.plan_page("acme", DUE, ("UNKNOWN", "C001"))
    assert [to for to, _ in worklists(world)] == [CLAIRE]


def test_what_is_promised_or_disputed_is_no_stake() -> None:
    """The mail asks for what a reminder would ask for."""
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="900"))
    world.run_days(DUE, THURSDAY)
    world.reply(world.carrier.sent[0].reply_to)
    dispute = DisputeTerms(("FA-1",), "price", "ana", Decimal(300))
    mark_seen("acme", "C001", "r1", "claire", Findings(dispute=dispute), office=world.office)
    world.run_days(THURSDAY + DAY, CALL_DAY - DAY)
    morning(world, CALL_DAY)
    ((_, mail),) = worklists(world)
    assert mail["total"] == {"EUR": Decimal(600)}


def test_without_a_telephone_the_mail_names_who_there_is() -> None:
    world = World(DUE)
    silent = a_debtor(
        "C001",
        Contact("ap", "Ap Durand", Role.ACCOUNTS_PAYABLE, "ap@client.example"),
        a_contact("buyer", Role.BUYER),
    )
    world.owes(an_invoice(due=DUE, amount="900"), debtor=silent)
    world.run_days(DUE, CALL_DAY - DAY)
    morning(world, CALL_DAY)
    ((_, mail),) = worklists(world)
    assert mail["calls"][0]["contact_name"] == "Buyer Durand"


# ------------------------------------------------------------------ approvals and hand-overs


def awaiting() -> World:
    """The morning on which a formal notice is proposed."""
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    day = DUE
    while world.case().awaiting is None:
        day += DAY
        world.run_days(day, day)
        assert day < DUE + 60 * DAY
    return world


def test_a_formal_notice_to_approve_is_told_to_finance_and_to_the_collector() -> None:
    world = awaiting()
    notice = world.case().awaiting
    assert notice is not None
    told = worklists(world)
    assert [to for to, _ in told] == [CLAIRE, FINANCE]
    for _, mail in told:
        (one,) = mail["approvals"]
        assert one["command"] == f"relance approve acme {notice.id}"
        assert one["asked"] == {"EUR": Decimal(400)}
        assert one["deadline"] == notice.planned_for + timedelta(days=15)
    world.staff.told.clear()
    world.run_days(notice.planned_for + DAY, notice.planned_for + 3 * DAY)
    assert not worklists(world)


def test_a_hand_over_is_told_to_finance_and_to_the_collector_with_its_date() -> None:
    world = awaiting()
    notice = world.case().awaiting
    assert notice is not None
    approve_notice("acme", notice.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    world.staff.told.clear()
    world.run_days(notice.planned_for + DAY, notice.planned_for + 30 * DAY)
    told = worklists(world)[:2]
    assert [to for to, _ in told] == [CLAIRE, FINANCE]
    (task,) = world.case().tasks
    for _, mail in told:
        (one,) = mail["hand_overs"]
        assert one["due_on"] == task.due_on
        assert one["command"] == f"relance done acme C001 {task.key}"


def test_finance_is_not_told_twice_when_it_is_the_collector() -> None:
    profile = a_profile()
    same = replace(profile, finance_email=CLAIRE)
    world = World(DUE, replace(a_creditor(), profile=same))
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, DUE + 45 * DAY)
    assert world.case().awaiting is not None
    assert [to for to, _ in worklists(world)] == [CLAIRE]


def test_other_tasks_say_why() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"), debtor=Debtor("C001", "Dupont"))
    world.run_days(DUE, THURSDAY)
    ((to, mail),) = worklists(world)
    assert to == CLAIRE
    (task,) = mail["tasks"]
    assert (task["kind"], task["reason"]) == (TaskKind.COMPLETE_DATA, "missing-data")


# ------------------------------------------------------------------ dead addresses


def reminded() -> tuple[World, str]:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, THURSDAY)
    return world, world.carrier.sent[0].notice.id


@pytest.mark.parametrize(
    ("event", "reason"),
    [(DeliveryEvent.HARD_BOUNCE, "hard-bounce"), (DeliveryEvent.COMPLAINT, "complaint")],
)
def test_a_closed_address_is_told_once_to_the_collector(event: DeliveryEvent, reason: str) -> None:
    world, notice = reminded()
    assert world.delivery(notice, event).told is True
    assert world.delivery(notice, event).told is None
    ((template, to, context),) = world.staff.told
    assert (template, to) == ("task_opened", CLAIRE)
    assert (context["kind"], context["reason"]) == (TaskKind.FIND_CONTACT, reason)
    assert context["addresses"] == ["Ap Durand <ap@client.example>"]
    assert context["command"] == f"relance done acme C001 find_contact-{notice}"


def test_a_bounce_is_recorded_whatever_the_mail_does() -> None:
    world, notice = reminded()
    world.mailer.failing(SendRefused("no"))
    outcome = world.delivery(notice, DeliveryEvent.HARD_BOUNCE)
    assert (outcome.status, outcome.told) == (NoticeStatus.BOUNCED, False)


def test_a_delivery_is_no_news_for_anybody() -> None:
    world, notice = reminded()
    assert world.delivery(notice, DeliveryEvent.DELIVERY).told is None
    assert not world.staff.told


# ------------------------------------------------------------------ doubtful sends


def doubtful() -> tuple[World, str]:
    """Since Thursday 10:00 nobody knows whether it left."""
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.clock.set(at(THURSDAY, 6))
    world.refresh()
    world.plan(THURSDAY)
    world.clock.set(at(THURSDAY, 10))
    world.drain()
    live = world.case().live
    assert live is not None
    return world, live.id


@pytest.mark.parametrize("minute", [0, 14, 15, 16, 30, 45, 59])
def test_a_doubtful_send_is_told_to_finance_by_one_sweep_whatever_its_minute(minute: int) -> None:
    world, notice = doubtful()
    for hour in (10, 11, 12, 13):
        world.clock.set(at(THURSDAY, hour, minute))
        world.sweep()
    ((template, to, context),) = world.staff.told
    assert (template, to) == ("notices_to_resolve", FINANCE)
    (one,) = context["notices"]
    assert one["command"] == f"relance resolve acme {notice}"
    assert one["debtor_name"] == "Menuiserie Dupont SARL"
    assert one["since"] == at(THURSDAY, 10)


def test_a_send_of_this_very_quarter_of_an_hour_is_not_told_yet() -> None:
    world, _ = doubtful()
    world.clock.set(at(THURSDAY, 10, 14))
    assert world.sweep()[0].told is None
    assert not world.staff.told


def test_the_sweep_goes_on_when_its_mail_does_not_leave() -> None:
    world, notice = doubtful()
    world.mailer.failing(SendRefused("no"))
    world.clock.set(at(THURSDAY, 10, 30))
    (report,) = world.sweep()
    assert (report.doubtful, report.told) == ((notice,), False)
