"""Rule 8: what a formal notice takes along. 2026-03-02 is a Monday."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from relance.domain.case import Case, Outcome, PerformedStep, Progress, Reminded
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import Decision, ExpireNotice, PlanMessage
from relance.domain.open_item import ItemKey
from relance.domain.policy import Policy
from tests.builders import CALENDAR, a_case, an_invoice, seen_on, standard_policy
from tests.domain.test_decide import FORMAL_DAY, awaiting

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
POLICY = standard_policy()


def done(*steps: str, reminders: int = 3, last: date = FORMAL_DAY - 2 * DAY) -> Progress:
    performed = tuple(PerformedStep(s, last, last, Outcome.SENT, f"n-{s}") for s in steps)
    return Progress(performed, tuple(Reminded(last - n * DAY, f"r{n}") for n in range(reminders)))


def case_of(*others: tuple[str, int, Progress], first: Progress | None = None) -> Case:
    """FA-1 is due for its formal notice; others: number, days after it, what was done."""
    ready = an_invoice("FA-1", due=MONDAY, amount="2000")
    items = [an_invoice(name, due=MONDAY + days * DAY, amount="900") for name, days, _ in others]
    progress = {ready.key: first or done("email_3", "call_3")}
    progress |= {item.key: found for item, (_, _, found) in zip(items, others, strict=True)}
    return replace(a_case(ready, *items), progress=progress)


def demanded(case: Case, policy: Policy = POLICY) -> set[str]:
    found = look(case, policy)
    (formal,) = [a for a in found.actions if isinstance(a, PlanMessage) and a.step.is_formal_notice]
    return {key.partition("|")[0] for key in formal.asked}


def look(case: Case, policy: Policy = POLICY, today: date = FORMAL_DAY) -> Decision:
    return decide(seen_on(case, today), policy, CALENDAR, today)


def test_an_item_with_steps_left_comes_along_when_its_own_is_due_within_fifteen_days() -> None:
    """Its own is due on 23 April (7 days later), and 11 May."""
    assert demanded(case_of(("NEAR", 7, done("letter_2")))) == {"FA-1", "NEAR"}
    assert demanded(case_of(("FAR", 25, done("letter_2")))) == {"FA-1"}


def test_what_it_passes_over_is_told() -> None:
    case = case_of(("NEAR", 7, done("letter_2")))
    (along,) = [held for held in look(case).held if held.reason == "taken-along"]
    assert along.items == (ItemKey("NEAR|invoice|1"),)
    alone = case_of()
    assert "taken-along" not in {held.reason for held in look(alone).held}


def test_it_has_had_its_three_reminders_and_one_of_level_2() -> None:
    """No level is skipped for it."""
    assert demanded(case_of(("FEW", 7, done("letter_2", reminders=2)))) == {"FA-1"}
    assert demanded(case_of(("LOW", 7, done("email_1", "email_2")))) == {"FA-1"}


def test_what_waits_under_its_minimum_is_looked_at_when_another_comes_near() -> None:
    """100 € are due for their formal notice; 900 € may come along from 19 April, a Sunday: their
    own is due on 4 May. Found by the state machine: the case was looked at in May.
    """
    small = an_invoice("FA-1", due=MONDAY, amount="100")
    case = case_of(("NEAR", 18, done("letter_2", last=FORMAL_DAY)))
    case = replace(case, items={**case.items, small.key: small})
    waits = look(case)
    assert not [action for action in waits.actions if isinstance(action, PlanMessage)]
    assert waits.agenda == date(2026, 4, 20)
    assert {type(action) for action in look(case, today=date(2026, 4, 20)).actions} == {PlanMessage}


def test_it_does_not_start_one() -> None:
    """Nor stands in for an item that is due for one and lacks a reminder."""
    for first in (done("letter_2"), done("email_3", "call_3", reminders=2)):
        actions = look(case_of(("NEAR", 7, done("letter_2")), first=first)).actions
        messages = [action for action in actions if isinstance(action, PlanMessage)]
        assert not [one for one in messages if one.step.is_formal_notice]


def test_under_the_minimum_of_the_step_it_stays_out() -> None:
    steps = tuple(
        replace(step, min_item=Decimal(1000)) if step.is_formal_notice else step
        for step in POLICY.steps
    )
    case = case_of(("NEAR", 7, done("letter_2")))
    assert demanded(case, replace(POLICY, steps=steps)) == {"FA-1"}


def test_the_notice_that_awaits_its_approval_keeps_what_came_along() -> None:
    case = awaiting(case_of(("NEAR", 7, done("letter_2"))))
    assert case.awaiting is not None
    assert len(case.awaiting.performs) == 2
    for days in (0, 1, 6):
        actions = look(case, today=FORMAL_DAY + days * DAY).actions
        assert not [action for action in actions if isinstance(action, ExpireNotice)]


def test_what_joined_a_file_that_was_taken_back_has_reached_no_level_by_it() -> None:
    """Found by the state machine: a formal notice skipped level 2."""
    low = done("email_1", "email_2")
    joined = PerformedStep("hand_over", FORMAL_DAY, FORMAL_DAY, Outcome.TASK_OPENED, "t")
    back = replace(low, performed=(*low.performed, replace(joined, taken_back=True)))
    assert demanded(case_of(("BACK", 7, back))) == {"FA-1"}


def test_another_that_is_due_meanwhile_is_told_to_wait_for_the_one_that_awaits() -> None:
    """Found by the state machine: due, not proposed, and not a word why."""
    case = awaiting(case_of())
    other = an_invoice("NEXT", due=MONDAY, amount="900")
    progress = {**case.progress, other.key: done("email_3", "call_3")}
    case = replace(case, items={**case.items, other.key: other}, progress=progress)
    decision = look(case)
    (held,) = [one for one in decision.held if one.reason == "awaiting-approval"]
    assert other.key in held.items
    assert not [action for action in decision.actions if isinstance(action, PlanMessage)]


def test_it_expires_when_nothing_of_it_stands_where_it_did() -> None:
    """A bounce undid the last message of the item that started it."""
    case = awaiting(case_of(("NEAR", 7, done("letter_2"))))
    undone = {**case.progress, ItemKey("FA-1|invoice|1"): done("letter_2")}
    actions = look(replace(case, progress=undone)).actions
    assert [a.reason for a in actions if isinstance(a, ExpireNotice)] == ["case-changed"]
