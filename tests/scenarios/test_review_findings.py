"""What a review of the rules found: one situation per test. 2026-03-02 is a Monday."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.application.creditor_commands import change_mode
from relance.application.log_call import CallResult, log_call
from relance.application.people import Findings, NotAllowed, approve_notice, resolve_notice
from relance.application.ports import CaseChange, NotFound, SendOutcomeUnknown
from relance.application.seen_reply import mark_seen
from relance.domain.case import (
    Case,
    ContactRecord,
    LiveNotice,
    Outcome,
    PerformedStep,
    Progress,
    Reminded,
)
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Mode
from relance.domain.debtor import Role
from relance.domain.delivery import DeliveryEvent
from relance.domain.escalation.arrangements import PromiseTerms, add_promise
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import (
    Decision,
    ExpireNotice,
    OpenCall,
    PlanMessage,
)
from relance.domain.escalation.netting import broken_promises, net_account
from relance.domain.escalation.progress import close_call
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import ItemKey, ItemKind, OpenItem
from relance.domain.policy import Channel, Level
from relance.domain.task import Task, TaskKind
from tests.builders import (
    CALENDAR,
    a_case,
    a_contact,
    a_credit,
    a_debtor,
    an_invoice,
    seen_on,
    standard_policy,
)
from tests.world import World, at

POLICY = standard_policy()
MONDAY = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)
FORMAL_DAY = date(2026, 4, 16)
DAY = timedelta(days=1)


def look(case: Case, today: date) -> Decision:
    return decide(seen_on(case, today), POLICY, CALENDAR, today)


def done(step: str, on: date, reminders: int = 0) -> Progress:
    reminded = tuple(Reminded(on - timedelta(days=7 * n), f"n{n}") for n in range(reminders))
    return Progress((PerformedStep(step, on, on, Outcome.SENT, "n0"),), reminded)


def late(number: str, days: int, amount: str = "400", currency: str = "EUR") -> OpenItem:
    return an_invoice(number, due=MONDAY - timedelta(days=days), amount=amount, currency=currency)


def messages(decision: Decision) -> list[PlanMessage]:
    return [action for action in decision.actions if isinstance(action, PlanMessage)]


def reasons(decision: Decision) -> set[str]:
    return {held.reason for held in decision.held}


def planned_world(*items: OpenItem) -> tuple[World, str]:
    """Thursday 08:00: the first reminder is planned and has not left."""
    world = World(MONDAY)
    world.owes(*(items or (an_invoice(due=MONDAY, amount="400"),)))
    world.run_days(MONDAY, THURSDAY - DAY)
    world.clock.set(at(THURSDAY, 6))
    world.refresh()
    world.plan(THURSDAY)
    live = world.case().live
    assert live is not None
    world.clock.set(at(THURSDAY, 9))
    return world, live.id


# ------------------------------------------------------------------ the last look of the sender


def test_what_is_planned_does_not_leave_once_the_creditor_only_observes() -> None:
    """Rule 7: in `observe` nothing leaves."""
    world, notice = planned_world()
    change_mode("acme", Mode.OBSERVE, "paul", office=world.office)
    world.clock.set(at(THURSDAY, 10))
    assert world.send(notice).reason == "observe-mode"
    assert world.carrier.requests == 0
    world.clock.set(at(THURSDAY, 19))
    assert world.sweep()[0].expired == (notice,)


def test_a_reminder_planned_before_the_formal_notice_was_approved_does_not_leave_after() -> None:
    """Rule 8: from its approval to the hand-over the debtor's other items wait."""
    world = World(MONDAY)
    old = an_invoice("OLD", due=MONDAY, amount="2000")
    world.owes(old)
    world.run_days(MONDAY, date(2026, 4, 30))
    awaiting = world.case().awaiting
    assert awaiting is not None
    sent = len(world.carrier.sent)
    monday = date(2026, 5, 4)
    world.clock.set(at(monday, 6))
    world.owes(old, an_invoice("NEW", due=date(2026, 4, 29), amount="400"))

    def approve(_: date) -> None:
        assert world.case().live is not None
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)

    (report,) = world.run_day(monday, approve)
    assert report.reason == "formal-notice-running"
    assert len(world.carrier.sent) == sent


def test_a_reminder_planned_before_the_customer_answered_does_not_leave_once_read() -> None:
    """Rule 1: the next step comes the day after a hold ends at the earliest."""
    world, _ = planned_world()
    world.reply("x@reply.acme.example")
    mark_seen("acme", "C001", "r1", "claire", Findings(note="call them"), office=world.office)
    world.clock.set(at(THURSDAY, 10))
    world.drain()
    world.sweep()
    world.drain()
    assert world.carrier.requests == 0
    assert world.case().live is None


# ------------------------------------------------------------------ formal notices


def test_no_second_formal_notice_while_one_runs() -> None:
    """Rule 8: the other items wait, then join the file by a task."""
    first, second = late("A", 60, "2000"), late("B", 46, "2000")
    running = replace(done("formal_notice", MONDAY - DAY, 3), deadline=MONDAY + 14 * DAY)
    case = replace(
        a_case(first, second),
        progress={first.key: running, second.key: done("call_3", MONDAY - 5 * DAY, 3)},
    )
    decision = look(case, MONDAY)
    assert not decision.actions
    assert "formal-notice-running" in reasons(decision)


def test_the_minimum_of_a_formal_notice_is_per_currency() -> None:
    """Rules 3 and 4: sums are per currency; 200 EUR and 200 USD are not 400."""
    euros, dollars = late("E", 46, "200"), late("D", 46, "200", "USD")
    progress = dict.fromkeys((euros.key, dollars.key), done("email_3", MONDAY - 9 * DAY, 3))
    decision = look(replace(a_case(euros, dollars), progress=progress), MONDAY)
    assert not decision.actions
    assert "message-under-minimum" in reasons(decision)


def test_a_formal_notice_that_a_payment_covers_stops_nothing_else() -> None:
    """Rules 4 and 11: money not yet matched pays it; the other items are not forgotten."""
    first, second = late("A", 60, "2000"), late("B", 4, "400")
    running = replace(done("formal_notice", MONDAY - DAY, 3), deadline=MONDAY + 14 * DAY)
    payment = a_credit("P", amount="-2000", kind=ItemKind.PAYMENT, issued=MONDAY)
    case = replace(a_case(first, second, payment), progress={first.key: running})
    (message,) = messages(look(case, MONDAY))
    assert set(message.asked) == {second.key}


def awaiting_case(*items: OpenItem) -> Case:
    progress = {item.key: done("call_3", FORMAL_DAY - 2 * DAY, 3) for item in items}
    case = replace(a_case(*items), progress=progress)
    (message,) = messages(look(case, FORMAL_DAY))
    live = LiveNotice(
        "n1",
        NoticeStatus.AWAITING_APPROVAL,
        "formal_notice",
        FORMAL_DAY,
        message.asked,
        message.performs,
        message.recipient_mark,
    )
    return replace(case, awaiting=live)


def test_awaiting_approval_expires_when_an_item_is_not_due_any_more() -> None:
    """Rule 8: it claims only items due."""
    case = awaiting_case(an_invoice("A", due=MONDAY, amount="2000"))
    moved = an_invoice("A", due=FORMAL_DAY + 60 * DAY, amount="2000")
    case = replace(case, items={moved.key: moved}, progress={})
    assert look(case, FORMAL_DAY).actions == (ExpireNotice("n1", "not-due-yet"),)


def test_after_vain_calls_the_items_of_an_awaiting_formal_notice_are_not_written_about() -> None:
    """Rule 8: a notice awaiting approval holds its own items."""
    case = awaiting_case(an_invoice("A", due=MONDAY, amount="2000"))
    case = replace(case, unreached_on=FORMAL_DAY - 2 * DAY)
    assert not messages(look(case, FORMAL_DAY))


def test_two_cents_left_after_vain_calls_are_not_written_about() -> None:
    """Rule 4: minima compare with the rests."""
    item = replace(late("A", 8, "800"), open_amount=Decimal("0.02"))
    case = replace(
        a_case(item), progress={item.key: done("call_1", MONDAY - DAY)}, unreached_on=MONDAY - DAY
    )
    assert not messages(look(case, MONDAY))


# ------------------------------------------------------------------ notices and their ids


def test_an_item_whose_escalation_starts_again_gets_a_new_notice() -> None:
    """§7: the id names an attempt; a step done again is another one."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="400"))
    world.run_days(MONDAY, THURSDAY)
    case = world.case()
    entry_less = replace(case, progress={}, agenda=THURSDAY + 8 * DAY)
    world.stores.of("acme").cases.commit(CaseChange(entry_less, None))
    world.run_days(THURSDAY + 8 * DAY, THURSDAY + 8 * DAY)
    ids = [content.notice.id for content in world.carrier.sent]
    assert [step for _, step in world.steps_sent()] == ["email_1", "email_1"]
    assert len(set(ids)) == 2


# ------------------------------------------------------------------ calls


def test_a_call_of_level_two_waits_in_a_quiet_period_whatever_is_called_about_with_it() -> None:
    """Rule 6, per step: a level-1 call listed first does not let a level-2 one out."""
    day = date(2026, 8, 3)
    first = an_invoice("A", due=day - 8 * DAY, amount="900")
    second = an_invoice("B", due=day - 31 * DAY, amount="900")
    third = an_invoice("C", due=day - 40 * DAY, amount="900")
    progress = {
        first.key: done("email_1", day - 4 * DAY),
        second.key: done("letter_2", day - 9 * DAY),
        third.key: done("letter_2", day - 9 * DAY),
    }
    case = replace(a_case(first, second, third), progress=progress)
    calls = [a for a in look(case, day).actions if isinstance(a, OpenCall)]
    assert [call.performs for call in calls] == [((first.key, "call_1"),)]


def calling() -> World:
    """The call of level 1 was opened on Monday 2026-03-09 and nobody made it."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="900"))
    world.run_days(MONDAY, date(2026, 3, 9))
    assert call_task(world.case()) is not None
    return world


def test_nobody_calls_about_what_was_promised() -> None:
    """§2: never chased for a paid, disputed or promised invoice."""
    world = calling()
    world.reply(world.carrier.sent[0].reply_to)
    found = Findings(PromiseTerms(date(2026, 3, 31)))
    mark_seen("acme", "C001", "r1", "claire", found, office=world.office)
    world.run_days(date(2026, 3, 10), date(2026, 3, 10))
    assert call_task(world.case()) is None
    last = world.case().progress_of(ItemKey("FA-1|invoice|1")).last
    assert last is not None
    assert last.step == "email_1"
    assert "call-withdrawn" in world.kinds()


def test_a_call_about_an_item_whose_due_date_moved_later_skips_no_level() -> None:
    """§6: it goes back before level 1; the call still open must not bring it past e-mail 1."""
    world = calling()
    case = world.case()
    moved = an_invoice(due=date(2026, 4, 1), amount="900")
    change = replace(case, progress={}, items={moved.key: moved}, agenda=date(2026, 3, 10))
    world.stores.of("acme").cases.commit(CaseChange(change, None, items=(moved,), import_seq=2))
    world.run_days(date(2026, 3, 10), date(2026, 4, 7))
    steps = [step for _, step in world.steps_sent()]
    assert steps == ["email_1", "preventive", "email_1"]


def test_a_call_made_the_morning_a_due_date_moved_skips_no_level() -> None:
    """The same, when the call is logged before the next run withdraws it."""
    world = calling()
    moved = an_invoice(due=date(2026, 4, 1), amount="900")
    change = replace(world.case(), progress={}, items={moved.key: moved})
    world.stores.of("acme").cases.commit(CaseChange(change, None, items=(moved,), import_seq=2))
    log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)
    assert world.case().progress_of(moved.key).last is None
    assert call_task(world.case()) is None


def test_a_call_logged_late_brings_no_item_back() -> None:
    """Levels are sequential: what was done after the call was opened stays done."""
    item = late("A", 20, "900")
    case = replace(a_case(item), progress={item.key: done("email_2", MONDAY - DAY)})
    task = Task("c", TaskKind.CALL, MONDAY - 7 * DAY, MONDAY - 7 * DAY, ((item.key, "call_1"),))
    closed = close_call(
        replace(case, tasks=(task,)), task, Outcome.REACHED, POLICY, CALENDAR, MONDAY
    )
    last = closed.progress_of(item.key).last
    assert last is not None
    assert last.step == "email_2"


def test_the_call_that_is_open_counts_in_the_contacts_of_the_week() -> None:
    """Rule 6: never over three contacts in any seven days."""
    first, second = late("A", 8, "900"), late("B", 4, "400")
    contacts = tuple(
        ContactRecord(MONDAY - n * DAY, Channel.CALL, Level.LEVEL_1, f"c{n}") for n in (6, 5)
    )
    case = replace(
        a_case(first, second),
        progress={first.key: done("email_1", MONDAY - 7 * DAY)},
        contacts=contacts,
    )
    policy = replace(POLICY, call_spacing_days=0)
    decision = decide(seen_on(case, MONDAY), policy, CALENDAR, MONDAY)
    assert [type(action) for action in decision.actions] == [OpenCall]
    assert "contact-budget" in reasons(decision)


def test_vain_attempts_of_one_day_are_one_contact() -> None:
    """Rule 2: after three vain attempts an e-mail says so; they must not use up its budget."""
    world = calling()
    for _ in range(3):
        log_call("acme", "C001", "claire", CallResult("voicemail"), office=world.office)
    assert [c.channel for c in world.case().contacts] == [Channel.EMAIL, Channel.CALL]
    world.run_days(date(2026, 3, 10), date(2026, 3, 13))
    assert [c.notice.template for c in world.carrier.sent] == ["level_1", "tried_to_reach"]


# ------------------------------------------------------------------ promises


def test_a_new_promise_replaces_the_one_before() -> None:
    """Rule 5: who promises another date is not written to after the first one."""
    case = seen_on(a_case(late("A", 10)), MONDAY)
    first = add_promise(case, PromiseTerms(MONDAY + 3 * DAY), "p1", CALENDAR, MONDAY)
    second = add_promise(first, PromiseTerms(MONDAY + 20 * DAY), "p2", CALENDAR, MONDAY + DAY)
    assert [hold.key for hold in second.holds] == ["p2"]
    later = look(second, MONDAY + 10 * DAY)
    assert not later.actions


def test_instalments_promised_one_after_the_other_stand_together() -> None:
    case = seen_on(a_case(late("A", 10)), MONDAY)
    first = add_promise(case, PromiseTerms(MONDAY + 3 * DAY, Decimal(150)), "p1", CALENDAR, MONDAY)
    both = add_promise(first, PromiseTerms(MONDAY + 20 * DAY, Decimal(250)), "p2", CALENDAR, MONDAY)
    assert [hold.key for hold in both.holds] == ["p1", "p2"]
    (rest,) = net_account(both, CALENDAR).values()
    assert (rest.promised, rest.chaseable) == (Decimal(400), Decimal(0))


def test_a_promise_of_a_part_that_was_paid_is_kept_and_not_called_broken() -> None:
    """Rule 5: 150 of 400 were promised and came; the rest is chased without a reproach."""
    item = late("A", 10)
    terms = PromiseTerms(MONDAY + 3 * DAY, Decimal(150))
    case = add_promise(seen_on(a_case(item), MONDAY), terms, "p1", CALENDAR, MONDAY)
    paid = replace(case, items={item.key: replace(item, open_amount=Decimal(250))})
    later = seen_on(paid, MONDAY + 10 * DAY)
    assert broken_promises(later, CALENDAR) == ()
    (rest,) = net_account(later, CALENDAR).values()
    assert (rest.promised, rest.chaseable) == (Decimal(0), Decimal(250))


def test_a_payment_keeps_the_earliest_instalment_first() -> None:
    item = late("A", 10)
    case = seen_on(a_case(item), MONDAY)
    first = PromiseTerms(MONDAY + 3 * DAY, Decimal(150))
    second = PromiseTerms(MONDAY + 30 * DAY, Decimal(250), exception="in two parts")
    case = add_promise(case, first, "p1", CALENDAR, MONDAY)
    case = add_promise(case, second, "p2", CALENDAR, MONDAY)
    paid = replace(case, items={item.key: replace(item, open_amount=Decimal(250))})
    later = seen_on(paid, MONDAY + 10 * DAY)
    (rest,) = net_account(later, CALENDAR).values()
    assert (rest.promised, rest.chaseable) == (Decimal(250), Decimal(0))
    assert broken_promises(later, CALENDAR) == ()


# ------------------------------------------------------------------ delivery events


def test_an_address_that_bounced_is_closed_for_everybody_who_shares_it() -> None:
    """Rule 2: the next contact of the audience, not the same mailbox again."""
    world = World(MONDAY)
    shared = "office@client.example"
    people = (
        a_contact("ap", email=shared),
        a_contact("boss", Role.MANAGER, email="Office@client.example"),
        a_contact("legal", Role.LEGAL),
    )
    world.owes(an_invoice(due=MONDAY, amount="400"), debtor=a_debtor("C001", *people))
    world.run_days(MONDAY, THURSDAY)
    world.delivery(world.carrier.sent[0].notice.id, DeliveryEvent.HARD_BOUNCE)
    assert [c.unreachable for c in world.case().debtor.contacts] == [
        "hard-bounce",
        "hard-bounce",
        None,
    ]


def test_an_event_that_contradicts_a_person_is_kept_and_somebody_must_look() -> None:
    """§7: nothing is lost: the customer got what was declared not sent."""
    world, notice = planned_world()
    world.clock.set(at(THURSDAY, 10))
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.send(notice)
    world.clock.set(at(THURSDAY, 11))
    resolve_notice("acme", notice, "paul", sent=False, office=world.office, random=world.random)
    for event in (DeliveryEvent.SEND, DeliveryEvent.DELIVERY):
        assert world.delivery(notice, event).reason == "contradicts-a-decision"
    assert world.kinds().count("notice-contradicted") == 2
    assert [task.kind for task in world.case().tasks] == [TaskKind.REVIEW]


def test_a_late_word_about_what_ses_rejected_is_no_contradiction() -> None:
    """Events come twice and out of order: accepted, then rejected, is one story."""
    world, notice = planned_world()
    world.clock.set(at(THURSDAY, 10))
    world.send(notice)
    world.delivery(notice, DeliveryEvent.REJECT)
    world.delivery(notice, DeliveryEvent.SEND)
    world.delivery(notice, DeliveryEvent.REJECT)
    assert not world.case().tasks


def test_one_case_that_cannot_be_written_keeps_no_other_waiting() -> None:
    """Rule 11: the cases of one page are decided one by one."""
    world = World(MONDAY)
    for code in ("C001", "C002", "C003"):
        world.owes(an_invoice(f"FA-{code}", due=MONDAY, amount="400"), debtor=a_debtor(code))
    world.clock.set(at(THURSDAY, 8))
    world.refresh()
    with pytest.raises(NotFound):
        world.plan_page("acme", THURSDAY, ("C001", "UNKNOWN", "C003"))
    assert world.case("C001").live is not None
    assert world.case("C003").live is not None


def test_a_send_of_this_very_minute_is_not_doubtful_yet() -> None:
    """§7: `sending` older than 15 minutes is listed, and only that can be resolved."""
    world, notice = planned_world()
    world.clock.set(at(THURSDAY, 10))
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.send(notice)
    with pytest.raises(NotAllowed, match="not-doubtful"):
        resolve_notice("acme", notice, "paul", sent=False, office=world.office, random=world.random)


# ------------------------------------------------------------------ evidence


def test_the_reason_of_a_refusal_is_personal() -> None:
    """§8: what a person wrote freely can be erased without breaking the chain."""
    world = World(MONDAY)
    world.owes(an_invoice(due=MONDAY, amount="400"))
    world.run_days(MONDAY, date(2026, 4, 17))
    awaiting = world.case().awaiting
    assert awaiting is not None
    approve_notice(
        "acme", awaiting.id, "paul", refuse="Mme Durand", office=world.office, confirmed=ALL_CHECKS
    )
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert entry.kind == "notice-refused"
    assert "Mme Durand" not in entry.facts.values()
    assert entry.personal == {"reason": "Mme Durand"}
