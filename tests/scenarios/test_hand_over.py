"""The announced date is kept; the file says what it lacks; others join it; a person takes it back.

The invoice is due on Monday 2 March 2026; the formal notice leaves on Monday 20 April.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from relance.application.close_matter import close_matter
from relance.application.hand_over import claim_file, take_back
from relance.application.people import NotAllowed, approve_notice
from relance.application.simulation import simulate
from relance.domain.checklist import ALL_CHECKS
from relance.domain.claim_file import Piece
from relance.domain.creditor import Colleague
from relance.domain.debtor import FlagKind
from relance.domain.escalation.decide import decide
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.task import Task, TaskKind
from tests.application.test_approvals import file_document
from tests.builders import CALENDAR, a_case, a_credit, a_creditor, an_invoice, standard_policy
from tests.scenarios.test_flags import put
from tests.world import World, at

DUE = date(2026, 3, 2)
DAY = timedelta(days=1)
KEY = ItemKey("FA-1|invoice|1")
ZOE = Colleague("zoe", "Zoé Roux", "zoe@acme.example")


def approve_any(world: World) -> None:
    awaiting = world.case().awaiting
    if awaiting is not None and awaiting.approved_by is None:
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)


def handed_over(*others: OpenItem) -> World:
    """The evening of the day of the hand-over."""
    creditor = a_creditor()
    profile = replace(creditor.profile, approvers=(ZOE,))
    world = World(DUE, replace(creditor, profile=profile))
    world.owes(an_invoice(due=DUE, amount="400"), *others)
    while task_of(world, TaskKind.HAND_OVER) is None:
        day = world.today + DAY
        world.run_days(day, day, lambda _: approve_any(world))
        assert day < DUE + 90 * DAY
    return world


def task_of(world: World, kind: TaskKind) -> Task | None:
    return next((task for task in world.case().tasks if task.kind is kind), None)


def pieces(world: World) -> dict[Piece, tuple[ItemKey, ...]]:
    found = claim_file("acme", "C001", office=world.office)
    return {one.piece: one.items for one in found.missing}


def mails(world: World) -> list[tuple[str, dict[str, Any]]]:
    return [
        (to, one)
        for template, to, context in world.staff.told
        if template == "worklist"
        for one in context["hand_overs"]
    ]


def test_the_announced_date_is_kept() -> None:
    world = handed_over()
    (formal,) = [c.notice for c in world.carrier.sent if c.notice.is_formal_notice]
    assert formal.deadline is not None
    assert world.today == CALENDAR.add(formal.deadline, 2)


# ------------------------------------------------------------------ what is missing


def test_the_task_names_what_the_claim_lacks_and_the_evidence_keeps_it() -> None:
    world = handed_over()
    missing = [Piece.ORDER, Piece.DELIVERY, Piece.INVOICE, Piece.DEPOSIT]
    assert list(pieces(world)) == missing
    (mail, *_) = [one for _, one in mails(world)]
    assert mail["missing"] == [{"piece": piece, "numbers": ["FA-1"]} for piece in missing]
    opened = [
        e
        for e in world.stores.of("acme").cases.history("C001")
        if e.kind == "task-opened-hand_over"
    ]
    assert opened[0].facts["missing"].startswith("order=FA-1|invoice|1; delivery=")


def test_with_its_documents_filed_nothing_is_missing() -> None:
    world = handed_over()
    for kind in ("order", "delivery", "invoice", "deposit"):
        file_document(world, kind, KEY)
    assert pieces(world) == {}


def test_before_the_hand_over_it_says_what_would_miss() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"), an_invoice("FA-2", due=None, amount="50"))
    found = pieces(world)
    assert found[Piece.FORMAL_NOTICE] == (KEY, ItemKey("FA-2|invoice|1"))
    assert found[Piece.DUE_DATE] == (ItemKey("FA-2|invoice|1"),)


def test_a_credit_leaves_a_doubt_about_the_amount() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"), a_credit(amount="-50", issued=DUE))
    assert pieces(world)[Piece.AMOUNT] == (KEY,)


# ------------------------------------------------------------------ late, and what joins it


def test_a_file_not_handed_over_in_its_five_working_days_is_told_higher_up_once() -> None:
    world = handed_over()
    task = task_of(world, TaskKind.HAND_OVER)
    assert task is not None
    assert CALENDAR.count(world.today, task.due_on) == 5
    world.staff.told.clear()
    world.run_days(world.today + DAY, task.due_on)
    assert not mails(world)
    world.run_days(task.due_on + DAY, task.due_on + 20 * DAY)
    told = [(to, one["reason"]) for to, one in mails(world)]
    people = ["claire@acme.example", "finance@acme.example", ZOE.email]
    assert told == [(to, "hand-over-late") for to in people]


def test_a_file_handed_over_in_time_is_told_no_more() -> None:
    world = handed_over()
    task = task_of(world, TaskKind.HAND_OVER)
    assert task is not None
    close_matter("acme", "C001", task.key, "claire", "", office=world.office)
    world.staff.told.clear()
    world.run_days(world.today + DAY, world.today + 20 * DAY)
    assert not mails(world)


def test_what_else_is_late_goes_with_the_file() -> None:
    other = an_invoice("FA-2", due=DUE + 50 * DAY, amount="90")
    world = handed_over(other)
    assert all(world.case().progress_of(key).is_handed_over for key in (KEY, other.key))
    assert task_of(world, TaskKind.JOIN_FILE) is None


def test_what_goes_with_the_file_without_its_own_steps_is_told() -> None:
    """A level is never skipped without a recorded reason."""
    items = (
        an_invoice("FA-1", due=DUE, amount="400"),
        an_invoice("FA-2", due=DUE + 40 * DAY, amount="9"),
    )
    found = simulate([a_case(*items)], standard_policy(), CALENDAR, DUE, DUE + 90 * DAY)
    (handed,) = [one for one in found.actions if one.step == "hand_over"]
    assert handed.items == ("FA-1", "FA-2")
    told = [one.first for one in found.held if one.reason == "joins-the-file"]
    assert told == [handed.date]


def test_what_falls_due_later_joins_the_file_by_a_task_and_is_never_chased() -> None:
    other = an_invoice("FA-2", due=date(2026, 6, 1), amount="900")
    world = handed_over(other)
    sent = len(world.carrier.sent)
    world.run_days(world.today + DAY, date(2026, 6, 1))
    assert task_of(world, TaskKind.JOIN_FILE) is None
    world.run_days(date(2026, 6, 2), date(2026, 7, 10))
    task = task_of(world, TaskKind.JOIN_FILE)
    assert task is not None
    assert (task.opened_on, task.detail) == (date(2026, 6, 2), other.key)
    assert len(world.carrier.sent) == sent
    assert world.kinds().count("task-opened-join_file") == 1


def test_a_file_with_nothing_new_is_looked_at_once_a_month() -> None:
    world = handed_over()
    task = task_of(world, TaskKind.HAND_OVER)
    assert task is not None
    close_matter("acme", "C001", task.key, "claire", "", office=world.office)
    world.run_days(world.today + DAY, world.today + 5 * DAY)
    agenda = world.case().agenda
    assert agenda is not None
    assert agenda >= world.today + 25 * DAY


# ------------------------------------------------------------------ taken back


def back(world: World, until: date | None = None, reason: str = "accord trouvé") -> None:
    take_back("acme", "C001", "paul", reason, office=world.office, until=until)


def test_taken_back_the_others_are_chased_again_and_the_file_asks_for_a_new_approval() -> None:
    other = an_invoice("FA-2", due=date(2026, 5, 29), amount="90")
    world = handed_over(other)
    back(world)
    assert task_of(world, TaskKind.HAND_OVER) is None
    before = len(world.carrier.sent)
    world.run_days(world.today + DAY, date(2026, 6, 5))
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert set(awaiting.asked) == {KEY}
    steps = [c.notice.step for c in world.carrier.sent[before:]]
    assert steps == ["preventive", "email_1"]
    assert not world.case().progress_of(KEY).is_handed_over


def test_the_new_formal_notice_announces_a_new_date_which_is_kept() -> None:
    world = handed_over()
    first = world.today
    back(world)
    world.run_days(first + DAY, first + 40 * DAY, lambda _: approve_any(world))
    formal = [c.notice for c in world.carrier.sent if c.notice.is_formal_notice]
    assert len(formal) == 2
    assert formal[1].deadline is not None
    task = task_of(world, TaskKind.HAND_OVER)
    assert task is not None
    assert task.opened_on == CALENDAR.add(formal[1].deadline, 2)
    history = world.carrier.sent[-1].history
    assert sum(past.level == "level_3" for past in history) == 1, "the first is recalled"


def test_taken_back_until_a_day_nothing_is_done_up_to_it() -> None:
    world = handed_over()
    end = world.today + 20 * DAY
    back(world, end)
    kinds = len(world.kinds())
    world.run_days(world.today + DAY, end)
    assert len(world.kinds()) == kinds
    world.run_days(end + DAY, end + 4 * DAY)
    assert world.case().awaiting is not None


def test_taking_back_is_proved_with_its_author_and_its_reason() -> None:
    world = handed_over()
    back(world)
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor, entry.facts["items"]) == ("taken-back", "paul", KEY)
    assert entry.personal == {"reason": "accord trouvé"}


@pytest.mark.parametrize(
    ("reason", "days", "code"),
    [(" ", 5, "take-back-needs-a-reason"), ("x", 0, "take-back-in-the-past")],
)
def test_taking_back_needs_a_reason_and_a_day_to_come(reason: str, days: int, code: str) -> None:
    world = handed_over()
    with pytest.raises(NotAllowed, match=code):
        back(world, world.today + days * DAY, reason)


def test_only_what_was_handed_over_is_taken_back() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE))
    with pytest.raises(NotAllowed, match="not-handed-over"):
        back(world)


def test_a_debtor_never_to_be_chased_is_not_handed_over() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    while not any(c.notice.is_formal_notice for c in world.carrier.sent):
        world.run_days(world.today + DAY, world.today + DAY, lambda _: approve_any(world))
    put(world, FlagKind.NEVER)
    world.run_days(world.today + DAY, world.today + 40 * DAY)
    assert [task.kind for task in world.case().tasks] == [TaskKind.REVIEW_FLAG]


def test_a_stale_balance_lets_nothing_join() -> None:
    other = an_invoice("FA-2", due=date(2026, 6, 1), amount="900")
    world = handed_over(other)
    world.clock.set(at(date(2026, 6, 9), 8))
    case = world.office.open("acme").case("C001")
    decision = decide(case, standard_policy(), CALENDAR, date(2026, 6, 9))
    assert not [a for a in decision.actions if getattr(a, "kind", None) is TaskKind.JOIN_FILE]
