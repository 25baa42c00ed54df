"""What lives under watch showed, each shrunk to its days. 2026-03-02 is a Monday."""

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest

from relance.adapters.config_files.policy_yaml import FilePolicies
from relance.adapters.memory.outgoing import MemoryPlanQueue
from relance.application.log_call import CallResult, log_call
from relance.application.people import approve_notice
from relance.application.plan_notices import start_plans
from relance.application.ports import CaseChange, NotFound
from relance.domain.case import Case, ContactRecord, Outcome, PerformedStep, Progress
from relance.domain.checklist import ALL_CHECKS
from relance.domain.delivery import DeliveryEvent
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import ExpireNotice, PlanMessage, WithdrawCall
from relance.domain.open_item import ItemKey
from relance.domain.policy import Channel, Level, Policy
from relance.domain.task import Task, TaskKind
from tests.builders import (
    CALENDAR,
    POLICIES,
    a_case,
    a_creditor,
    a_debtor,
    an_invoice,
    seen_on,
    standard_policy,
)
from tests.scenarios.life import Event, Life
from tests.scenarios.living import Living
from tests.world import World, at

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
ITEM = ItemKey("FA-1|invoice|1")


def approve_any(world: World) -> None:
    awaiting = world.case().awaiting
    if awaiting is not None and awaiting.approved_by is None:
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)


def mails(case: Case, today: date = MONDAY, policy: Policy | None = None) -> list[str]:
    actions = decide(case, policy or standard_policy(), CALENDAR, today).actions
    return [action.template for action in actions if isinstance(action, PlanMessage)]


# ------------------------------------------------------------------ three contacts in seven days


def test_the_mail_after_vain_calls_counts_the_call_that_is_open() -> None:
    """Rule 6. The life that was seen with four contacts: a call on the 7th, another one tried on
    the 12th and on the 13th, and that day the e-mail about the first one.
    """
    Living(Life(date(2026, 1, 5), ((-14, 700), (19, 3000)), calling="vain", days=12)).live()


def test_after_vain_calls_a_call_of_the_morning_uses_up_the_week() -> None:
    """Two contacts, a call that is opened today, and no fourth contact."""
    first, second = (an_invoice(n, due=MONDAY - 8 * DAY, amount="900") for n in "AB")
    written = PerformedStep("email_1", MONDAY - 8 * DAY, MONDAY - 8 * DAY, Outcome.SENT, "n1")
    vain = PerformedStep("call_1", MONDAY - DAY, MONDAY - DAY, Outcome.UNREACHED, "c1")
    contacts = tuple(
        ContactRecord(MONDAY - n * DAY, Channel.CALL, Level.LEVEL_1, f"c{n}") for n in (3, 2)
    )
    case = replace(
        a_case(first),
        progress={first.key: Progress((written, vain)), second.key: Progress((written,))},
        unreached_on=MONDAY - DAY,
        contacts=contacts,
    )
    daily = replace(standard_policy(), call_spacing_days=0)
    assert mails(case, policy=daily) == ["tried_to_reach"]
    both = replace(case, items={first.key: first, second.key: second})
    assert mails(both, policy=daily) == []


def test_a_call_logged_since_the_morning_is_a_contact_for_the_sender_too() -> None:
    """Rule 6: a message is planned at 8:00, a third contact is logged at 9:00."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="400"))
    thursday = date(2026, 3, 5)
    world.run_days(MONDAY, thursday - DAY)
    world.plan(thursday)
    live = world.case().live
    assert live is not None
    contacts = tuple(
        ContactRecord(thursday - n * DAY, Channel.CALL, Level.LEVEL_1, f"c{n}") for n in range(3)
    )
    called = replace(world.case(), contacts=contacts)
    world.stores.of("acme").cases.commit(CaseChange(called, None))
    world.clock.set(at(thursday, 10))
    assert world.send(live.id).reason == "contact-budget"
    assert world.carrier.requests == 0


# ------------------------------------------------------------------ formal notices


def running(*, until: date, amount: str = "400") -> World:
    """An invoice due that Monday, nobody pays; a formal notice is approved as soon as proposed."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount=amount))
    world.run_days(MONDAY, until)
    return world


def test_a_formal_notice_expires_when_the_escalation_of_an_item_starts_again() -> None:
    """Rules 2 and 8: the due date moved later, so nothing was reminded of that is now late; yet
    it is late, and was about to be demanded.
    """
    events = (Event(65, 9, "approve"), Event(70, 9, "due-later", pick=2, days=17))
    life = Life(date(2026, 10, 19), ((-6, 400),), approves=False, events=events, days=80)
    living = Living(life)
    living.live()
    assert not any(content.notice.is_formal_notice for content in living.world.carrier.sent)
    assert "notice-expired" in living.world.kinds()


def test_a_formal_notice_expires_when_a_bounce_undoes_one_of_its_reminders() -> None:
    """Rule 2: a reminder that bounced does not count."""
    world = running(until=date(2026, 4, 17))
    assert world.case().awaiting is not None
    last = world.carrier.sent[-1].notice
    assert last.step == "email_3"
    world.delivery(last.id, DeliveryEvent.HARD_BOUNCE)
    monday = date(2026, 4, 20)
    world.run_days(date(2026, 4, 18), monday)
    assert world.case().awaiting is None
    assert world.steps_sent()[-1] == (monday, "email_3")


def test_a_formal_notice_expires_when_a_bounce_undoes_a_reminder_that_others_followed() -> None:
    """The same for an earlier one: it is not sent again, but it does not count any more."""
    world = running(until=date(2026, 4, 17))
    case = world.case()
    assert case.awaiting is not None
    (progress,) = case.progress.values()
    two = replace(progress, reminded=progress.reminded[:2])
    decision = decide(
        replace(case, progress={ITEM: two}), standard_policy(), CALENDAR, date(2026, 4, 17)
    )
    assert decision.actions == (ExpireNotice(case.awaiting.id, "needs-three-reminders"),)


def test_a_call_that_is_open_is_withdrawn_once_a_formal_notice_runs() -> None:
    """Rule 8: the other items wait, for calls too."""
    first, second = (an_invoice(n, due=MONDAY - 8 * DAY, amount="900") for n in "AB")
    formal = PerformedStep("formal_notice", MONDAY, MONDAY, Outcome.HANDED_OVER, "n9")
    written = PerformedStep("email_1", MONDAY - 5 * DAY, MONDAY - 5 * DAY, Outcome.SENT, "n1")
    call = Task("call", TaskKind.CALL, MONDAY, MONDAY, ((second.key, "call_1"),))
    case = replace(
        a_case(first, second),
        progress={first.key: Progress((formal,)), second.key: Progress((written,))},
        tasks=(call,),
    )
    decision = decide(case, standard_policy(), CALENDAR, MONDAY)
    withdrawn = WithdrawCall("call", call.performs, "formal-notice-running")
    assert decision.actions == (withdrawn,)


def test_the_announced_date_is_kept_though_the_balance_was_old_that_day() -> None:
    """Rule 8: looked at every morning until a balance comes, not fifteen days later."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="400"))
    world.run_days(MONDAY, date(2026, 4, 30), lambda _: approve_any(world))
    deadline = world.case().progress_of(ITEM).deadline
    assert deadline is not None
    due = CALENDAR.add(deadline, 2)
    day = date(2026, 5, 1)
    while day <= due:
        world.run_day(day)
        day += DAY
    assert not world.case().tasks
    world.run_days(day, day)
    assert [task.kind for task in world.case().tasks] == [TaskKind.HAND_OVER]


def test_a_due_date_moved_after_the_hand_over_starts_nothing_again() -> None:
    """Rule 8: after it nothing leaves for this debtor until a person takes it back."""
    events = (Event(79, 14, "due-later", pick=18, days=33),)
    life = Life(date(2026, 10, 19), ((-17, 700), (5, 400)), calling="at-once", events=events)
    living = Living(replace(life, days=100))
    living.live()
    handed_over = living.world.kinds().index("task-opened-hand_over")
    assert "notice-sent" not in living.world.kinds()[handed_over:]
    assert [task.kind for task in living.world.case().tasks] == [TaskKind.HAND_OVER]


def test_a_formal_notice_recalls_each_message_as_it_left() -> None:
    """Under 500 € the level-2 registered letter leaves as an e-mail: it is not called a letter."""
    world = running(until=date(2026, 4, 17))
    approve_any(world)
    world.run_days(date(2026, 4, 18), date(2026, 4, 21))
    formal = world.carrier.sent[-1]
    assert formal.notice.is_formal_notice
    assert {past.channel for past in formal.history} == {Channel.EMAIL}


# ------------------------------------------------------------------ reminders


def test_a_reminder_that_bounced_after_the_call_that_followed_it_is_sent_again() -> None:
    """Rule 2: undone, so due again for the next contact; the second reminder would recall a first
    one that nobody got.
    """
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="900"))
    world.run_days(MONDAY, date(2026, 3, 12))
    last = world.case().progress_of(ITEM).last
    assert last is not None
    assert (last.step, last.outcome) == ("call_1", Outcome.NOT_MADE)
    world.delivery(world.carrier.sent[0].notice.id, DeliveryEvent.HARD_BOUNCE)
    world.run_days(date(2026, 3, 13), date(2026, 3, 26))
    assert [step for _, step in world.steps_sent()] == ["email_1", "email_1", "email_2"]
    assert len({content.notice.recipients for content in world.carrier.sent[:2]}) == 2


def test_a_few_euros_late_keep_no_preventive_reminder_from_leaving() -> None:
    """Rule 3: under its minimum a message waits; what is under no minimum does not."""
    world = World(MONDAY)
    world.owes(
        an_invoice("A", due=MONDAY - 21 * DAY, amount="8"),
        an_invoice("B", due=MONDAY + 14 * DAY, amount="400"),
    )
    world.run_days(MONDAY, MONDAY + 14 * DAY)
    assert world.steps_sent() == [(MONDAY + 7 * DAY, "preventive")]


def test_a_message_under_its_minimum_leaves_the_day_another_item_is_late() -> None:
    """Rule 11: the agenda knows that day, and does not wait for the next review."""
    items = (
        an_invoice("A", due=MONDAY - 21 * DAY, amount="8"),
        an_invoice("B", due=MONDAY + 2 * DAY, amount="400"),
    )
    case = a_case(*items)
    done = PerformedStep("preventive", MONDAY - 7 * DAY, MONDAY - 7 * DAY, Outcome.SENT, "n")
    case = replace(case, progress={items[1].key: Progress((done,))})
    decision = decide(case, standard_policy(), CALENDAR, MONDAY)
    assert not decision.actions
    assert decision.agenda == MONDAY + 3 * DAY


def test_a_preventive_reminder_under_its_minimum_leaves_with_one_that_comes_near() -> None:
    """Rule 3: one per debtor for all items of the coming days; the agenda knows that day."""
    world = World(MONDAY)
    world.owes(
        an_invoice("A", due=MONDAY + 7 * DAY, amount="8"),
        an_invoice("B", due=MONDAY + 16 * DAY, amount="400"),
    )
    world.run_days(MONDAY, MONDAY + 14 * DAY)
    (preventive,) = world.carrier.sent
    assert preventive.written_on == MONDAY + 3 * DAY
    assert len(preventive.notice.asked) == 2


def test_the_mail_after_vain_calls_is_about_calls_for_what_was_late() -> None:
    """A delivery check in vain, and the item is late meanwhile: its first reminder says so."""
    item, tuesday = an_invoice(due=MONDAY, amount="900"), MONDAY + DAY
    vain = PerformedStep("delivery_check", tuesday, tuesday, Outcome.UNREACHED, "c1")
    wednesday = tuesday + DAY
    coming = an_invoice("B", due=wednesday + 9 * DAY, amount="900")
    case = replace(
        a_case(item, coming), progress={item.key: Progress((vain,))}, unreached_on=tuesday
    )
    assert mails(seen_on(case, wednesday), wednesday) == []


def test_vain_calls_about_what_is_not_due_send_no_mail_about_what_is_late() -> None:
    """§2: no empty message: the preventive reminder speaks of what is to come."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY + 24 * DAY, issued=MONDAY - 6 * DAY, amount="700"))
    world.run_days(MONDAY, MONDAY)
    for _ in range(3):
        log_call("acme", "C001", "claire", CallResult("voicemail"), office=world.office)
    world.run_days(MONDAY + DAY, MONDAY + 17 * DAY)
    assert [content.notice.template for content in world.carrier.sent] == ["preventive"]


# ------------------------------------------------------------------ the work of a morning


def test_a_bug_met_by_one_case_keeps_no_other_of_its_page_waiting() -> None:
    """Rule 11: the rest of the page is decided, and the error still reaches the queue."""
    world = World(MONDAY)
    codes = ("C001", "C002", "C003")
    for code in codes:
        world.owes(an_invoice(f"FA-{code}", due=MONDAY, amount="400"), debtor=a_debtor(code))
    nonsense = cast(tuple[ContactRecord, ...], (None,))
    broken = replace(world.case("C002"), contacts=nonsense)
    world.stores.of("acme").cases.commit(CaseChange(broken, None))
    thursday = date(2026, 3, 5)
    world.clock.set(at(thursday, 8))
    world.refresh()
    with pytest.raises(AttributeError) as raised:
        world.plan_page("acme", thursday, codes)
    assert raised.value.__notes__ == ["while handling C002"]
    assert world.case("C001").live is not None
    assert world.case("C003").live is not None


def test_a_creditor_whose_policy_is_gone_keeps_no_other_waiting() -> None:
    """The others are planned that hour, and the error is raised once they are."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="400"))
    gone = a_creditor("aaa")
    world.stores.creditors.save(replace(gone, profile=replace(gone.profile, policy="gone")))
    policies = FilePolicies(POLICIES)
    world.office = replace(world.office, policies=policies)
    queue = MemoryPlanQueue()
    with pytest.raises(NotFound, match="unknown-policy"):
        start_plans(at(MONDAY), office=world.office, queue=queue)
    assert [creditor for creditor, _, _ in queue.messages] == ["acme"]


def test_a_notice_that_cannot_be_swept_keeps_no_other_waiting() -> None:
    """Nor does a creditor: what could be queued again is."""
    world = World(MONDAY)
    codes = ("C001", "C002")
    for code in codes:
        world.owes(an_invoice(f"FA-{code}", due=MONDAY, amount="400"), debtor=a_debtor(code))
    world.clock.set(at(MONDAY + 3 * DAY, 6))
    world.refresh()
    world.plan(MONDAY + 3 * DAY)
    first, second = (world.case(code).live for code in codes)
    assert first is not None
    assert second is not None
    lost = min((first.id, "C001"), (second.id, "C002"))[1]
    del world.stores.database.cases["acme", lost]
    world.clock.set(at(MONDAY + 3 * DAY, 19))
    with pytest.raises(NotFound, match="no-such-case"):
        world.sweep()
    kept = "C002" if lost == "C001" else "C001"
    assert world.case(kept).live is None
