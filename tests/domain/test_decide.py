"""Rules 2, 3, 6, 8, 11 and 12, one fact per test. 2026-03-02 is a Monday."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from relance.domain.case import (
    Case,
    ContactRecord,
    LiveNotice,
    Outcome,
    PerformedStep,
    Progress,
    Reminded,
)
from relance.domain.creditor import Mode
from relance.domain.debtor import Role
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import (
    CloseCall,
    Decision,
    ExpireNotice,
    OpenCall,
    OpenTask,
    PlanMessage,
    ReleaseFormalNotice,
)
from relance.domain.escalation.progress import open_task
from relance.domain.escalation.recipients import recipient_mark, recipients_of
from relance.domain.holds import ManualHold, ReceivedPayment, UnreadReply
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import ItemFlag, ItemKey, ItemKind, OpenItem
from relance.domain.policy import Approval, Channel, Level
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

POLICY = standard_policy()
MONDAY = date(2026, 3, 2)


def look(case: Case, today: date, *, as_of: date | None = None) -> Decision:
    return decide(seen_on(case, as_of or today), POLICY, CALENDAR, today)


def message(decision: Decision) -> PlanMessage:
    found = [action for action in decision.actions if isinstance(action, PlanMessage)]
    assert len(found) == 1, decision
    return found[0]


def reasons(decision: Decision) -> set[str]:
    return {held.reason for held in decision.held}


def late_invoice(number: str = "FA-1", amount: str = "400", days: int = 3) -> OpenItem:
    return an_invoice(number, due=MONDAY - timedelta(days=days), amount=amount)


def after(case: Case, step: str, done: date, *keys: ItemKey, reminders: int = 0) -> Case:
    performed = PerformedStep(step, done, done, Outcome.SENT, "n0")
    reminded = tuple(Reminded(done - timedelta(days=7 * n), "n0") for n in range(reminders))
    done_progress = Progress((performed,), reminded)
    return replace(case, progress=dict.fromkeys(keys or tuple(case.items), done_progress))


# ------------------------------------------------------------------ rule 3: one message


def test_one_message_lists_every_late_item_with_the_tone_of_the_highest_step() -> None:
    reminded, older = late_invoice("REMINDED", days=20), late_invoice("OLDER", days=40)
    case = after(a_case(reminded, older), "email_1", MONDAY - timedelta(days=15), reminded.key)
    found = message(look(case, MONDAY))
    assert found.step.key == "email_2"
    assert set(found.asked) == {reminded.key, older.key}
    assert set(found.performs) == {(reminded.key, "email_2"), (older.key, "email_1")}


def test_an_item_not_yet_due_is_never_asked_for() -> None:
    future = an_invoice("NEXT", due=MONDAY + timedelta(days=30))
    found = message(look(a_case(late_invoice(), future), MONDAY))
    assert future.key not in found.asked


def test_reminders_are_seven_days_apart() -> None:
    contact = ContactRecord(MONDAY, Channel.EMAIL, Level.LEVEL_1, "n0")
    case = replace(a_case(late_invoice()), contacts=(contact,))
    sixth = look(case, MONDAY + timedelta(days=4))
    assert not sixth.actions
    assert "too-soon-after-last-reminder" in reasons(sixth)
    assert sixth.agenda == MONDAY + timedelta(days=7)
    assert message(look(case, MONDAY + timedelta(days=7)))


def test_two_cents_are_not_chased() -> None:
    decision = look(a_case(late_invoice(amount="0.02")), MONDAY)
    assert not decision.actions
    assert "message-under-minimum" in reasons(decision)


def test_small_items_wait_for_a_message_worth_sending_and_are_listed_in_it() -> None:
    small = late_invoice("SMALL", amount="15")
    assert not look(a_case(small), MONDAY).actions
    found = message(look(a_case(small, late_invoice("BIG", amount="80")), MONDAY))
    assert small.key in found.asked


def test_an_unmatched_payment_that_covers_all_leaves_nothing_to_say() -> None:
    payment = a_credit("P", amount="-400", kind=ItemKind.PAYMENT, issued=MONDAY)
    decision = look(a_case(late_invoice(), payment), MONDAY)
    assert not decision.actions
    assert "covered-by-credits" in reasons(decision)


def test_unmatched_money_older_than_five_working_days_opens_a_matching_task_once() -> None:
    payment = a_credit("P", amount="-400", kind=ItemKind.PAYMENT, issued=date(2026, 2, 20))
    case = a_case(late_invoice(), payment)
    decision = look(case, MONDAY)
    assert [a.kind for a in decision.actions if isinstance(a, OpenTask)] == ["match_payment"]
    task = Task("t", TaskKind.MATCH_PAYMENT, MONDAY, MONDAY)
    assert not look(replace(case, tasks=(task,)), MONDAY).actions


def test_a_preventive_message_serves_the_items_of_the_coming_days() -> None:
    first = an_invoice("A", due=MONDAY + timedelta(days=7), amount="100")
    second = an_invoice("B", due=MONDAY + timedelta(days=11), amount="100")
    far = an_invoice("C", due=MONDAY + timedelta(days=30), amount="100")
    found = message(look(a_case(first, second, far), MONDAY))
    assert found.step.key == "preventive"
    assert set(found.performs) == {(first.key, "preventive"), (second.key, "preventive")}


def test_a_small_registered_letter_leaves_as_an_email() -> None:
    small = late_invoice(amount="400", days=30)
    case = after(a_case(small), "email_2", MONDAY - timedelta(days=8))
    assert message(look(case, MONDAY)).channel is Channel.EMAIL
    big = late_invoice(amount="900", days=30)
    case = after(a_case(big), "email_2", MONDAY - timedelta(days=8))
    assert message(look(case, MONDAY)).channel is Channel.REGISTERED_LETTER


def test_level_two_is_addressed_to_the_buyers_manager() -> None:
    case = after(a_case(late_invoice(days=30)), "email_2", MONDAY - timedelta(days=8))
    assert message(look(case, MONDAY)).recipients[0].contact == "boss"


def test_two_registered_letters_of_level_two_are_fifteen_days_apart() -> None:
    sent = ContactRecord(
        MONDAY - timedelta(days=10), Channel.REGISTERED_LETTER, Level.LEVEL_2, "n0"
    )
    case = after(a_case(late_invoice(amount="900", days=30)), "email_2", date(2026, 2, 20))
    decision = look(replace(case, contacts=(sent,)), MONDAY)
    assert not decision.actions
    assert "letter-spacing" in reasons(decision)


def test_without_a_working_address_a_letter_is_tried_then_a_task() -> None:
    bounced = replace(a_contact("ap"), unreachable="hard-bounce")
    debtor = a_debtor("C001", bounced)
    found = message(look(a_case(late_invoice(), debtor=debtor), MONDAY))
    assert found.channel is Channel.LETTER
    homeless = replace(debtor, address=None)
    decision = look(a_case(late_invoice(), debtor=homeless), MONDAY)
    assert [type(action) for action in decision.actions] == [OpenTask]
    assert "no-contact" in reasons(decision)


def test_the_next_contact_of_the_audience_takes_over_from_one_that_bounced() -> None:
    bounced = replace(a_contact("ap"), unreachable="hard-bounce")
    debtor = a_debtor("C001", bounced, a_contact("buyer", Role.BUYER))
    found = message(look(a_case(late_invoice(), debtor=debtor), MONDAY))
    assert found.recipients[0].contact == "buyer"


# ------------------------------------------------------------------ rule 2: calls


def test_a_call_step_opens_one_call_task_that_lists_everything() -> None:
    a, b = late_invoice("A", "800", 8), late_invoice("B", "900", 8)
    case = after(a_case(a, b), "email_1", MONDAY - timedelta(days=5))
    decision = look(case, MONDAY)
    assert decision.actions == (OpenCall(((a.key, "call_1"), (b.key, "call_1")), MONDAY),)
    task = Task("call", TaskKind.CALL, MONDAY, MONDAY, ((a.key, "call_1"), (b.key, "call_1")))
    assert not look(replace(case, tasks=(task,)), MONDAY).actions


def test_calls_to_one_debtor_are_twelve_days_apart_and_the_next_is_not_forgotten() -> None:
    item = late_invoice(amount="800", days=8)
    case = after(a_case(item), "email_1", MONDAY - timedelta(days=5))
    called = ContactRecord(MONDAY - timedelta(days=4), Channel.CALL, Level.LEVEL_1, "call-1")
    decision = look(replace(case, contacts=(called,)), MONDAY)
    assert not decision.actions
    assert "called-lately:call_1" in reasons(decision)
    again = MONDAY + timedelta(days=8)
    assert decision.agenda == date(2026, 3, 9), "the next e-mail"
    later = look(replace(case, contacts=(called,)), again)
    assert OpenCall(((item.key, "call_1"),), again) in later.actions
    small = replace(a_case(late_invoice(amount="800", days=4)), contacts=(called,))
    small = after(small, "email_1", MONDAY)
    assert look(small, MONDAY).agenda == again


def test_an_attempt_of_an_open_call_does_not_make_it_needless() -> None:
    item = late_invoice(amount="800", days=8)
    task = Task("call", TaskKind.CALL, MONDAY, MONDAY, ((item.key, "call_1"),), attempts=1)
    tried = ContactRecord(MONDAY, Channel.CALL, Level.LEVEL_1, "call")
    case = after(a_case(item), "email_1", MONDAY - timedelta(days=5))
    assert not look(replace(case, tasks=(task,), contacts=(tried,)), MONDAY).actions


def test_a_call_that_nobody_logs_is_not_made_after_three_working_days() -> None:
    item = late_invoice(amount="800", days=8)
    task = Task("call", TaskKind.CALL, MONDAY, MONDAY, ((item.key, "call_1"),))
    case = replace(after(a_case(item), "email_1", date(2026, 2, 25)), tasks=(task,))
    assert not look(case, date(2026, 3, 4)).actions
    assert look(case, date(2026, 3, 5)).actions == (CloseCall("call"),)


def test_after_three_vain_calls_an_email_says_so() -> None:
    item = late_invoice(amount="800", days=8)
    case = after(a_case(item), "call_1", MONDAY - timedelta(days=1))
    found = message(look(replace(case, unreached_on=MONDAY - timedelta(days=1)), MONDAY))
    assert found.template == "tried_to_reach"
    assert found.performs == ((item.key, "call_1:unreached"),)


# ------------------------------------------------------------------ rule 6: never


@pytest.mark.parametrize(
    "day", [date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 6), date(2026, 5, 1)]
)
def test_nothing_leaves_on_a_closed_day(day: date) -> None:
    item = an_invoice(due=day - timedelta(days=20))
    decision = look(a_case(item), day)
    assert not decision.actions
    assert "closed-day" in reasons(decision)
    assert decision.agenda == CALENDAR.first_open(day)


def test_level_two_waits_for_the_end_of_the_quiet_period_and_level_one_does_not() -> None:
    day = date(2026, 8, 3)
    second = an_invoice("L2", due=day - timedelta(days=30), amount="100")
    case = after(a_case(second), "email_2", day - timedelta(days=10))
    decision = look(case, day)
    assert not decision.actions
    assert "quiet-period" in reasons(decision)
    assert decision.agenda == date(2026, 8, 24)
    first = an_invoice("L1", due=day - timedelta(days=4), amount="100")
    assert message(look(a_case(first), day)).step.key == "email_1"


def test_three_contacts_in_seven_days_are_enough() -> None:
    days = (date(2026, 2, 24), date(2026, 2, 25), date(2026, 2, 26))
    calls = tuple(ContactRecord(day, Channel.CALL, Level.LEVEL_1, f"c{day}") for day in days)
    case = replace(a_case(late_invoice()), contacts=calls)
    decision = look(case, MONDAY)
    assert not decision.actions
    assert "contact-budget" in reasons(decision)
    assert message(look(case, date(2026, 3, 3)))


def test_the_attempts_of_one_call_are_one_contact_of_its_last_day() -> None:
    """Else a call would block (rule 2): tried on three days, it would hold everything back."""
    tried = tuple(
        ContactRecord(MONDAY - timedelta(days=n), Channel.CALL, Level.LEVEL_1, "call-1")
        for n in (5, 4, 3)
    )
    case = replace(a_case(late_invoice()), contacts=tried)
    assert message(look(case, MONDAY))
    facts = replace(case.facts, max_contacts_in_7_days=1)
    decision = look(replace(case, facts=facts), MONDAY)
    assert decision.agenda == MONDAY + timedelta(days=4)


def test_a_call_that_was_tried_is_no_other_contact_to_come() -> None:
    """Two contacts of the week: a call tried this morning and still open, and another."""
    first, second = (
        late_invoice(amount="800", days=8),
        an_invoice("B", due=MONDAY - timedelta(days=4)),
    )
    task = Task("call", TaskKind.CALL, MONDAY, MONDAY, ((first.key, "call_1"),), attempts=1)
    contacts = tuple(ContactRecord(MONDAY, Channel.CALL, Level.LEVEL_1, by) for by in ("call", "c"))
    case = after(a_case(first, second), "email_1", MONDAY - timedelta(days=5))
    case = replace(case, progress={first.key: case.progress_of(first.key)}, tasks=(task,))
    assert message(look(replace(case, contacts=contacts), MONDAY)).step.key == "email_1"
    untried = (replace(contacts[0], by="a"), contacts[1])
    assert not look(replace(case, contacts=untried), MONDAY).actions


@pytest.mark.parametrize(
    ("days", "step_days", "allowed"),
    [(2, 3, True), (3, 3, False), (5, -7, True), (6, -7, False)],
)
def test_a_balance_too_old_for_the_step_holds_it(days: int, step_days: int, allowed: bool) -> None:
    """E-mails: two working days; preventive: five."""
    today = date(2026, 3, 13)
    as_of = today
    while CALENDAR.count(as_of, today) < days:
        as_of -= timedelta(days=1)
    item = an_invoice(due=today - timedelta(days=step_days), amount="100")
    decision = look(a_case(item), today, as_of=as_of)
    assert bool(decision.actions) is allowed
    assert ("stale-balance" in reasons(decision)) is not allowed


def test_a_letter_needs_a_balance_of_the_last_working_day() -> None:
    case = after(a_case(late_invoice(amount="900", days=30)), "email_2", date(2026, 2, 20))
    assert message(look(case, MONDAY, as_of=date(2026, 2, 27)))
    assert "stale-balance" in reasons(look(case, MONDAY, as_of=date(2026, 2, 26)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"paused": True}, "paused"),
        ({"importing": True}, "importing"),
        ({"can_send": False}, "payment-details-missing"),
    ],
)
def test_nothing_leaves_while_the_creditor_cannot(change: dict[str, bool], reason: str) -> None:
    case = seen_on(a_case(late_invoice()), MONDAY)
    case = replace(case, facts=replace(case.facts, **change))  # type: ignore[arg-type]
    decision = decide(case, POLICY, CALENDAR, MONDAY)
    assert not decision.actions
    assert reason in reasons(decision)


def test_nothing_leaves_on_a_suspicious_import() -> None:
    case = seen_on(a_case(late_invoice()), MONDAY)
    balance = replace(case.facts.balance, suspicious=True)
    case = replace(case, facts=replace(case.facts, balance=balance))
    assert "suspicious-import" in reasons(decide(case, POLICY, CALENDAR, MONDAY))


def test_an_unread_reply_holds_the_case_and_never_ends_alone() -> None:
    case = replace(a_case(late_invoice()), holds=(UnreadReply("r", MONDAY),))
    for days in (0, 7, 70, 364):
        decision = look(case, MONDAY + timedelta(days=days))
        assert not decision.actions
        assert "unread-reply" in reasons(decision)


def test_a_manual_hold_ends_on_its_date() -> None:
    hold = ManualHold("h", "because", MONDAY, MONDAY + timedelta(days=1))
    case = replace(a_case(late_invoice()), holds=(hold,))
    assert "on-hold" in reasons(look(case, MONDAY + timedelta(days=1)))
    assert message(look(case, MONDAY + timedelta(days=2)))


# ------------------------------------------------------------------ rule 8: formal notice

FORMAL_DAY = date(2026, 4, 16)


def ready_for_formal(reminders: int = 3, amount: str = "2000") -> Case:
    item = an_invoice("FA-1", due=MONDAY, amount=amount)
    return after(a_case(item), "call_3", date(2026, 4, 14), reminders=reminders)


def awaiting(case: Case, *, approved_by: str | None = None) -> Case:
    found = message(look(case, FORMAL_DAY))
    live = LiveNotice(
        "n1",
        NoticeStatus.AWAITING_APPROVAL,
        "formal_notice",
        FORMAL_DAY,
        found.asked,
        found.performs,
        found.recipient_mark,
        approved_by,
    )
    return replace(case, awaiting=live)


def test_the_formal_notice_is_proposed_for_approval_to_the_legal_representative() -> None:
    found = message(look(ready_for_formal(), FORMAL_DAY))
    assert found.step.key == "formal_notice"
    assert found.step.approval == "confirm"
    assert found.channel is Channel.REGISTERED_LETTER
    assert found.recipients[0].contact == "legal"


def test_a_reminder_to_approve_waits_for_the_formal_notice_that_awaits_it() -> None:
    """A second message awaiting its approval would take the place of the first, which nobody
    would see again.
    """
    policy = standard_policy()
    asking = tuple(
        replace(step, approval=Approval.CONFIRM) if step.key == "email_1" else step
        for step in policy.steps
    )
    case = awaiting(ready_for_formal())
    other = an_invoice("FA-9", due=FORMAL_DAY - timedelta(days=3))
    case = replace(case, items={**case.items, other.key: other})
    seen = seen_on(case, FORMAL_DAY)
    decided = decide(seen, replace(policy, steps=asking), CALENDAR, FORMAL_DAY)
    assert not [a for a in decided.actions if isinstance(a, PlanMessage)]
    assert [one.items for one in decided.held if one.reason == "awaiting-approval"][-1] == (
        other.key,
    )
    free = decide(seen, policy, CALENDAR, FORMAL_DAY)
    assert [a.step.key for a in free.actions if isinstance(a, PlanMessage)] == ["email_1"]


def test_two_reminders_are_not_enough_for_a_formal_notice() -> None:
    decision = look(ready_for_formal(reminders=2), FORMAL_DAY)
    (action,) = decision.actions
    assert isinstance(action, OpenTask)
    assert (action.kind, action.reason) == (TaskKind.REVIEW, "needs-three-reminders")
    assert "needs-three-reminders" in reasons(decision)
    task = Task("t", TaskKind.REVIEW, FORMAL_DAY, FORMAL_DAY)
    again = replace(ready_for_formal(reminders=2), tasks=(task,))
    assert not look(again, FORMAL_DAY).actions


def test_a_formal_notice_needs_three_hundred_euros() -> None:
    decision = look(ready_for_formal(amount="299.99"), FORMAL_DAY)
    assert not decision.actions
    assert "message-under-minimum" in reasons(decision)


def test_what_stays_under_the_minimum_of_the_formal_notice_is_asked_of_a_person_once() -> None:
    """Rule 11: thirty days after the day of its own notice, and not again whatever they answer."""
    case = ready_for_formal(amount="299.99")
    asked_on = FORMAL_DAY + timedelta(days=30)
    assert asked_on.weekday() == 5, "a Saturday: the question comes on the Monday"
    monday = asked_on + timedelta(days=2)
    assert not look(case, monday - timedelta(days=3)).actions
    assert look(case, monday - timedelta(days=3)).agenda == monday
    decision = look(case, monday)
    (action,) = decision.actions
    assert isinstance(action, OpenTask)
    assert (action.kind, action.reason) == (TaskKind.REVIEW, "formal-notice-too-small")
    assert action.items == tuple(case.items)
    opened = open_task(case, action, POLICY, CALENDAR, monday)
    for later in (opened, replace(opened, tasks=())):
        assert not look(later, monday + timedelta(days=45)).actions


def test_a_new_item_too_small_beside_one_that_was_asked_about_is_asked_too() -> None:
    first = ready_for_formal(amount="100")
    monday = FORMAL_DAY + timedelta(days=32)
    (action,) = look(first, monday).actions
    assert isinstance(action, OpenTask)
    told = replace(open_task(first, action, POLICY, CALENDAR, monday), tasks=())
    other = an_invoice("FA-2", due=MONDAY + timedelta(days=60), amount="100")
    progress = {**told.progress, other.key: next(iter(first.progress.values()))}
    both = replace(told, items={**told.items, other.key: other}, progress=progress)
    (again,) = look(both, monday + timedelta(days=63)).actions
    assert isinstance(again, OpenTask)
    assert again.items == (other.key,)


def test_it_takes_along_items_whose_own_notice_is_due_within_fifteen_days() -> None:
    case = ready_for_formal()
    near = an_invoice("NEAR", due=MONDAY + timedelta(days=10), amount="900")
    progress = {**case.progress, near.key: next(iter(case.progress.values()))}
    case = replace(case, items={**case.items, near.key: near}, progress=progress)
    assert near.key in message(look(case, FORMAL_DAY)).asked
    far = an_invoice("NEAR", due=MONDAY + timedelta(days=40), amount="900")
    case = replace(case, items={**case.items, near.key: far})
    assert near.key not in message(look(case, FORMAL_DAY)).asked


def test_the_formal_notice_neither_waits_for_nor_counts_as_a_reminder() -> None:
    sent = ContactRecord(FORMAL_DAY - timedelta(days=2), Channel.EMAIL, Level.LEVEL_2, "n0")
    assert message(look(replace(ready_for_formal(), contacts=(sent,)), FORMAL_DAY))
    formal = replace(sent, is_formal_notice=True, channel=Channel.REGISTERED_LETTER)
    case = replace(a_case(late_invoice()), contacts=(replace(formal, on=MONDAY),))
    assert message(look(case, MONDAY))


def test_awaiting_approval_holds_its_own_items_and_does_not_take_the_day() -> None:
    case = awaiting(ready_for_formal())
    other = an_invoice("OTHER", due=FORMAL_DAY - timedelta(days=4), amount="100")
    case = replace(case, items={**case.items, other.key: other})
    decision = look(case, FORMAL_DAY)
    assert set(message(decision).asked) == {other.key}
    assert "awaiting-approval" in reasons(decision)


def test_once_approved_it_leaves_and_the_other_items_wait() -> None:
    case = awaiting(ready_for_formal(), approved_by="paul")
    other = an_invoice("OTHER", due=FORMAL_DAY - timedelta(days=4), amount="100")
    case = replace(case, items={**case.items, other.key: other})
    decision = look(case, FORMAL_DAY)
    assert decision.actions == (ReleaseFormalNotice("n1"),)
    assert "formal-notice-running" in reasons(decision)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"open_amount": Decimal("1999.99")}, "part-paid"),
        ({"open_amount": Decimal(0)}, "settled"),
    ],
)
def test_awaiting_approval_expires_when_an_item_is_paid(
    change: dict[str, Decimal], reason: str
) -> None:
    case = awaiting(ready_for_formal())
    (item,) = case.items.values()
    paid = replace(item, **change)  # type: ignore[arg-type]
    decision = look(replace(case, items={item.key: paid}), FORMAL_DAY)
    assert decision.actions == (ExpireNotice("n1", reason),)


def test_awaiting_approval_expires_when_its_recipient_changes() -> None:
    case = awaiting(ready_for_formal())
    moved = replace(case.debtor, name="Menuiserie Durand SARL")
    decision = look(replace(case, debtor=moved), FORMAL_DAY)
    assert decision.actions == (ExpireNotice("n1", "recipient-changed"),)


def test_while_the_formal_notice_runs_the_other_items_wait() -> None:
    case = after(ready_for_formal(), "formal_notice", FORMAL_DAY)
    other = an_invoice("OTHER", due=FORMAL_DAY - timedelta(days=4), amount="100")
    decision = look(replace(case, items={**case.items, other.key: other}), FORMAL_DAY)
    assert not decision.actions
    assert "formal-notice-running" in reasons(decision)


def test_the_announced_date_is_kept_by_a_hand_over_task() -> None:
    case = after(ready_for_formal(), "formal_notice", FORMAL_DAY)
    deadline = date(2026, 5, 1)
    progress = {k: replace(p, deadline=deadline) for k, p in case.progress.items()}
    case = replace(case, progress=progress)
    assert not look(case, date(2026, 5, 4)).actions
    (action,) = look(case, date(2026, 5, 5)).actions
    assert isinstance(action, OpenTask)
    assert action.kind is TaskKind.HAND_OVER
    assert action.due_on == CALENDAR.add(date(2026, 5, 5), 5)


def test_after_the_hand_over_nothing_leaves_for_this_debtor() -> None:
    case = after(ready_for_formal(), "hand_over", date(2026, 5, 5))
    other = an_invoice("OTHER", due=date(2026, 5, 1), amount="900")
    decision = look(replace(case, items={**case.items, other.key: other}), date(2026, 6, 1))
    (task,) = decision.actions
    assert isinstance(task, OpenTask)
    assert (task.kind, task.items) == (TaskKind.JOIN_FILE, (other.key,))
    assert "handed-over" in reasons(decision)


def test_a_file_handed_over_is_looked_at_again_in_a_month() -> None:
    decision = look(after(ready_for_formal(), "hand_over", date(2026, 5, 5)), date(2026, 6, 1))
    assert not decision.actions
    assert decision.agenda == date(2026, 7, 1)


# ------------------------------------------------------------------ §7: live notices


def live(case: Case, planned_for: date) -> Case:
    (item,) = case.items.values()
    recipients = recipients_of(case, POLICY.step("email_1"), Channel.EMAIL)
    mark = recipient_mark(case, recipients, Channel.EMAIL)
    notice = LiveNotice(
        "n1",
        NoticeStatus.PLANNED,
        "email_1",
        planned_for,
        {item.key: item.open_amount},
        ((item.key, "email_1"),),
        mark,
    )
    return replace(case, live=notice)


def test_a_case_with_a_live_notice_plans_nothing() -> None:
    decision = look(live(a_case(late_invoice()), MONDAY), MONDAY)
    assert not decision.actions
    assert "live-notice" in reasons(decision)
    assert decision.agenda == MONDAY + timedelta(days=1)


def test_a_planned_notice_expires_with_its_day() -> None:
    case = live(a_case(late_invoice()), MONDAY)
    decision = look(case, MONDAY + timedelta(days=1))
    assert decision.actions == (ExpireNotice("n1", "expired"),)


# ------------------------------------------------------------------ rules 11 and 12


@pytest.mark.parametrize("days", range(-40, 120, 7))
def test_a_case_with_an_open_item_always_has_an_agenda_date(days: int) -> None:
    today = MONDAY + timedelta(days=days)
    for item in (late_invoice(), an_invoice("X", due=None), an_invoice("Y", amount="0.02")):
        decision = look(a_case(item), today)
        assert decision.agenda is not None
        assert decision.agenda > today


def test_a_case_with_nothing_open_leaves_the_agenda() -> None:
    paid = replace(late_invoice(), open_amount=Decimal(0))
    assert look(a_case(paid), MONDAY) == Decision((), (), None)


def test_the_same_case_policy_and_date_give_the_same_decision() -> None:
    case = a_case(late_invoice(), a_credit())
    assert look(case, MONDAY) == look(case, MONDAY)


def test_observing_decides_as_acting_does() -> None:
    case = seen_on(a_case(late_invoice()), MONDAY)
    observed = replace(case, facts=replace(case.facts, mode=Mode.OBSERVE))
    assert decide(observed, POLICY, CALENDAR, MONDAY) == decide(case, POLICY, CALENDAR, MONDAY)


def test_an_item_that_the_accounts_flag_is_not_chased_and_is_looked_at_again() -> None:
    flagged = replace(an_invoice(due=date(2026, 2, 2)), flag=ItemFlag.BLOCKED)
    decision = decide(a_case(flagged), standard_policy(), CALENDAR, date(2026, 3, 2))
    assert decision.actions == ()
    assert "flagged-blocked" in [held.reason for held in decision.held]
    assert decision.agenda is not None
    assert decision.agenda <= date(2026, 3, 17)


def test_a_receipt_no_balance_shows_in_time_asks_a_person_to_look() -> None:
    item = an_invoice(due=date(2026, 2, 2))
    hold = ReceivedPayment(
        "p1",
        {item.key: item.open_amount},
        {item.key: item.open_amount},
        date(2026, 2, 23),
        date(2026, 2, 23),
        date(2026, 3, 2),
    )
    case = replace(a_case(item), holds=(hold,))
    (task,) = decide(case, standard_policy(), CALENDAR, date(2026, 3, 2)).actions
    assert isinstance(task, OpenTask)
    assert (task.kind, task.reason) == (TaskKind.REVIEW, "payment-not-posted")
    early = replace(case, holds=(replace(hold, look_on=date(2026, 3, 3)),))
    assert decide(early, standard_policy(), CALENDAR, date(2026, 3, 2)).actions == ()


def test_a_receipt_is_looked_at_every_morning_from_its_day_until_a_balance_can_tell() -> None:
    """Found by random lives: no balance came on its day, and it was looked at a fortnight later."""
    item = an_invoice(due=date(2026, 2, 2))
    amounts = {item.key: item.open_amount}
    noted, look_on = date(2026, 2, 23), date(2026, 3, 2)
    hold = ReceivedPayment("p1", amounts, amounts, noted, noted, look_on)
    case = replace(a_case(item), holds=(hold,))
    old = replace(case.facts.balance, as_of=date(2026, 2, 27), uploaded_on=date(2026, 2, 27))
    stale = replace(case, facts=replace(case.facts, balance=old))
    decision = decide(stale, standard_policy(), CALENDAR, look_on)
    assert decision.actions == ()
    assert decision.agenda == date(2026, 3, 3)


# ------------------------------------------------------------------ rule 12: one decider


def test_the_order_in_which_items_are_read_decides_nothing() -> None:
    """A decision is of the case, the policy and the date, and of nothing else."""
    items = [an_invoice(n, due=MONDAY - timedelta(days=3), amount="400") for n in ("B", "A", "C")]
    there, back = (a_case(*order) for order in (items, items[::-1]))
    assert look(there, MONDAY) == look(back, MONDAY)
