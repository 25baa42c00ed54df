"""Debtors that are not chased as others are: never, by hand only, or all confirmed (rule 9)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.application.close_matter import close_matter
from relance.application.flags import FlagTerms, flag_debtor
from relance.application.log_call import CallResult, log_call
from relance.application.people import NotAllowed, approve_notice
from relance.domain.case import Case
from relance.domain.checklist import ALL_CHECKS
from relance.domain.creditor import Colleague
from relance.domain.debtor import FlagKind
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import OpenTask
from relance.domain.notice import NoticeStatus
from relance.domain.policy import Channel
from relance.domain.task import TaskKind
from tests.builders import CALENDAR, a_creditor, an_invoice, seen_on, standard_policy
from tests.groups import a_payer, a_shop
from tests.world import World, at

DUE = date(2026, 3, 2)
THURSDAY = date(2026, 3, 5)
DAY = timedelta(days=1)


def flagged(kind: FlagKind, *, amount: str = "400", on: date = DUE) -> World:
    world = World(on)
    world.owes(an_invoice(due=DUE, amount=amount))
    put(world, kind)
    return world


def put(world: World, kind: FlagKind, review_on: date | None = None, by: str = "paul") -> Case:
    terms = FlagTerms(kind, "client du groupe", "zoe", review_on)
    return flag_debtor("acme", "C001", terms, by, office=world.office)


def flag_now(world: World, kind: FlagKind) -> None:
    put(world, kind)


def approve_any(world: World) -> None:
    awaiting = world.case().awaiting
    if awaiting is not None and awaiting.approved_by is None:
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)


def close(world: World, kind: TaskKind) -> None:
    for task in world.case().tasks:
        if task.kind is kind:
            close_matter("acme", "C001", task.key, "claire", "", office=world.office)


def kinds(world: World) -> list[TaskKind]:
    return [task.kind for task in world.case().tasks]


# ------------------------------------------------------------------ never


def test_a_flag_waits_for_the_next_item_while_nothing_is_owed() -> None:
    """Found by random lives: decided again it was to be reviewed, and nothing woke the case."""
    world = flagged(FlagKind.NEVER)
    later = DUE + 63 * DAY
    owing = seen_on(world.case(), later)
    settled = replace(owing, items={})
    assert decide(settled, standard_policy(), CALENDAR, later).actions == ()
    asked = decide(owing, standard_policy(), CALENDAR, later).actions
    assert "flag-review" in {task.reason for task in asked if isinstance(task, OpenTask)}


def test_nothing_leaves_for_a_debtor_never_to_be_chased_and_it_is_reviewed_each_month() -> None:
    world = flagged(FlagKind.NEVER, amount="2000")
    opened: list[date] = []

    def people(day: date) -> None:
        if TaskKind.REVIEW_FLAG in kinds(world):
            opened.append(day)
            close(world, TaskKind.REVIEW_FLAG)

    world.run_days(DUE, DUE + 95 * DAY, people)
    assert not world.carrier.sent
    assert not world.case().tasks
    assert opened == [date(2026, 4, 1), date(2026, 5, 4), date(2026, 6, 3)]


def test_the_review_is_told_to_who_answers_for_the_flag() -> None:
    creditor = a_creditor()
    zoe = Colleague("zoe", "Zoé Roux", "zoe@acme.example")
    world = World(DUE, replace(creditor, profile=replace(creditor.profile, approvers=(zoe,))))
    world.owes(an_invoice(due=DUE, amount="400"))
    put(world, FlagKind.NEVER)
    world.run_days(DUE, DUE + 30 * DAY)
    assert [to for _, to, _ in world.staff.told] == ["claire@acme.example", "zoe@acme.example"]


def test_a_reminder_planned_before_the_flag_does_not_leave() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, THURSDAY - DAY)
    world.run_day(THURSDAY, lambda _: flag_now(world, FlagKind.NEVER))
    assert world.carrier.requests == 0
    assert "notice-withheld" in world.kinds()


def test_the_formal_notice_that_waited_goes_with_the_flag_and_so_does_the_call() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="2000"))
    while world.case().awaiting is None:
        world.run_days(world.today + DAY, world.today + DAY)
    put(world, FlagKind.NEVER)
    world.run_days(world.today + DAY, world.today + 3 * DAY)
    case = world.case()
    assert (case.awaiting, call_task(case)) == (None, None)


def test_an_approved_formal_notice_does_not_leave_either() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    while world.case().awaiting is None:
        world.run_days(world.today + DAY, world.today + DAY)
    approve_any(world)
    put(world, FlagKind.NEVER)
    world.run_days(world.today + DAY, world.today + 10 * DAY)
    assert "formal_notice" not in [step for _, step in world.steps_sent()]


def test_the_open_call_is_withdrawn() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="2000"))
    while call_task(world.case()) is None:
        world.run_days(world.today + DAY, world.today + DAY)
    put(world, FlagKind.NEVER)
    world.run_days(world.today + DAY, world.today + DAY)
    assert call_task(world.case()) is None


def test_normal_again_the_escalation_goes_on_where_it_was() -> None:
    world = flagged(FlagKind.NEVER)
    world.run_days(DUE, DUE + 20 * DAY)
    put(world, FlagKind.NORMAL)
    world.run_days(DUE + 21 * DAY, DUE + 30 * DAY)
    assert [step for _, step in world.steps_sent()] == ["email_1", "email_2"]
    assert world.case().debtor.flag is None


# ------------------------------------------------------------------ by hand


def test_by_hand_the_machine_prepares_a_task_for_each_reminder_and_writes_none() -> None:
    world = flagged(FlagKind.MANUAL_ONLY)
    wrote: list[tuple[date, str]] = []

    def people(day: date) -> None:
        for task in world.case().tasks:
            if task.kind is TaskKind.WRITE:
                wrote.append((day, task.performs[0][1]))
                close(world, TaskKind.WRITE)

    world.run_days(DUE, DUE + 40 * DAY, people)
    assert "notice-planned" not in world.kinds()
    assert wrote == [
        (THURSDAY, "email_1"),
        (date(2026, 3, 16), "email_2"),
        (date(2026, 3, 24), "letter_2"),
        (date(2026, 4, 7), "email_3"),
    ]
    assert not world.case().progress_of(next(iter(world.case().items))).reminded


def test_a_task_to_write_waits_and_nothing_else_is_asked() -> None:
    world = flagged(FlagKind.MANUAL_ONLY)
    world.run_days(DUE, DUE + 25 * DAY)
    assert kinds(world) == [TaskKind.WRITE]


def test_nobody_writes_about_what_was_paid() -> None:
    world = flagged(FlagKind.MANUAL_ONLY)
    world.run_days(DUE, THURSDAY)
    assert kinds(world) == [TaskKind.WRITE]
    world.owes(an_invoice("FA-2", due=DUE + 90 * DAY, amount="400"))
    world.run_days(THURSDAY + DAY, THURSDAY + DAY)
    assert not kinds(world)


def test_by_hand_calls_are_asked_for_as_usual() -> None:
    world = flagged(FlagKind.MANUAL_ONLY, amount="2000")

    def people(_: date) -> None:
        close(world, TaskKind.WRITE)

    world.run_days(DUE, DUE + 8 * DAY, people)
    assert call_task(world.case()) is not None


def test_vain_calls_of_a_debtor_written_to_by_hand_send_no_mail() -> None:
    world = flagged(FlagKind.MANUAL_ONLY, amount="2000")

    def people(_: date) -> None:
        close(world, TaskKind.WRITE)
        if call_task(world.case()) is not None:
            log_call("acme", "C001", "claire", CallResult("voicemail"), office=world.office)

    world.run_days(DUE, DUE + 40 * DAY, people)
    assert world.case().unreached_on is not None
    assert "notice-planned" not in world.kinds()


# ------------------------------------------------------------------ all confirmed


def test_each_message_waits_for_its_approval_and_leaves_the_next_morning() -> None:
    world = flagged(FlagKind.CONFIRM_ALL)
    world.run_days(DUE, THURSDAY)
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert (awaiting.step, world.case().live) == ("email_1", None)
    approve_any(world)
    world.run_days(THURSDAY + DAY, THURSDAY + DAY)
    assert world.steps_sent() == [(THURSDAY + DAY, "email_1")]
    assert world.carrier.sent[0].notice.approved_by == "paul"


def test_nothing_leaves_while_nobody_approves_and_it_is_asked_for_once() -> None:
    world = flagged(FlagKind.CONFIRM_ALL)
    world.run_days(DUE, DUE + 40 * DAY)
    assert not world.carrier.sent
    assert world.kinds().count("notice-planned") == 1
    assert world.case().agenda is not None


def test_what_falls_due_meanwhile_waits_for_the_one_that_awaits_its_approval() -> None:
    world = World(DUE)
    later = an_invoice("FA-2", due=DUE, amount="300")
    world.owes(an_invoice(due=DUE - 5 * DAY, amount="400"), later)
    put(world, FlagKind.CONFIRM_ALL)
    world.run_days(DUE, DUE + 20 * DAY)
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert later.key not in awaiting.asked
    assert world.kinds().count("notice-planned") == 1


def test_approved_day_after_day_it_goes_to_the_hand_over_with_every_message_seen() -> None:
    world = flagged(FlagKind.CONFIRM_ALL)
    world.run_days(DUE, DUE + 75 * DAY, lambda _: approve_any(world))
    steps = [step for _, step in world.steps_sent()]
    assert steps == ["email_1", "email_2", "letter_2", "email_3", "formal_notice"]
    assert all(content.notice.approved_by == "paul" for content in world.carrier.sent)
    days = [day for day, _ in world.steps_sent()]
    assert all((b - a).days >= 7 for a, b in pairwise(days[:-1]))


def test_a_preventive_reminder_may_be_approved_too() -> None:
    world = flagged(FlagKind.CONFIRM_ALL, on=date(2026, 2, 16))
    world.run_days(date(2026, 2, 16), date(2026, 2, 25), lambda _: approve_any(world))
    assert [step for _, step in world.steps_sent()] == ["preventive"]


def test_what_was_paid_meanwhile_is_no_more_to_approve() -> None:
    world = flagged(FlagKind.CONFIRM_ALL)
    world.run_days(DUE, THURSDAY)
    notice = world.case().awaiting
    assert notice is not None
    world.owes(an_invoice("FA-2", due=DUE + 90 * DAY))
    world.run_days(THURSDAY + DAY, THURSDAY + DAY)
    assert world.case().awaiting is None
    assert world.stores.of("acme").notices.get(notice.id).status is NoticeStatus.EXPIRED


def test_an_approved_reminder_keeps_its_seven_days_from_the_last() -> None:
    """Approved on the day of another reminder, sent before the flag."""
    world = World(DUE)
    world.owes(
        an_invoice(due=DUE, amount="400"), an_invoice("FA-2", due=DUE + 7 * DAY, amount="300")
    )
    world.run_days(DUE, THURSDAY)
    put(world, FlagKind.CONFIRM_ALL)
    world.run_days(THURSDAY + DAY, DUE + 30 * DAY, lambda _: approve_any(world))
    days = [day for day, _ in world.steps_sent()]
    assert len(days) > 2
    assert all((b - a).days >= 7 for a, b in pairwise(days))


def test_an_approved_reminder_whose_day_was_lost_needs_no_second_approval() -> None:
    world = flagged(FlagKind.CONFIRM_ALL)
    world.run_days(DUE, THURSDAY)
    approve_any(world)
    world.clock.set(at(THURSDAY + DAY, 6))
    world.refresh()
    world.plan(THURSDAY + DAY)
    world.clock.set(at(THURSDAY + DAY, 20))
    world.sweep()
    world.queue.messages.clear()
    world.run_days(THURSDAY + 2 * DAY, THURSDAY + 5 * DAY)
    assert world.steps_sent() == [(THURSDAY + 4 * DAY, "email_1")]


def test_a_reminder_planned_before_everything_was_to_be_confirmed_waits() -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="400"))
    world.run_days(DUE, THURSDAY - DAY)
    world.run_day(THURSDAY, lambda _: flag_now(world, FlagKind.CONFIRM_ALL))
    assert not world.carrier.sent
    world.run_days(THURSDAY + DAY, THURSDAY + DAY)
    assert world.case().awaiting is not None


def test_the_others_of_its_payer_share_their_mail_without_it() -> None:
    world = World(DUE)
    world.owes(debtor=a_payer())
    for code in ("C001", "C002", "C003"):
        world.owes(an_invoice(f"F-{code}", due=DUE, amount="400"), debtor=a_shop(code))
    put(world, FlagKind.CONFIRM_ALL)
    world.run_days(DUE, THURSDAY)
    (content,) = world.carrier.sent
    assert sorted(content.notice.debtors) == ["C002", "C003"]
    approve_any(world)
    world.run_days(THURSDAY + DAY, THURSDAY + 6 * DAY)
    assert len(world.carrier.sent) == 1, "a payer gets one message a week"
    world.run_days(THURSDAY + 7 * DAY, THURSDAY + 7 * DAY)
    assert world.carrier.sent[-1].notice.debtors[0] == "C001"


# ------------------------------------------------------------------ setting it


@pytest.mark.parametrize(
    ("reason", "review_on", "code"),
    [
        (" ", None, "flag-needs-a-reason"),
        ("x", DUE, "flag-review-too-late"),
        ("x", DUE + 31 * DAY, "flag-review-too-late"),
    ],
)
def test_a_flag_has_a_reason_and_a_review_within_the_month(
    reason: str, review_on: date | None, code: str
) -> None:
    world = flagged(FlagKind.CONFIRM_ALL)
    terms = FlagTerms(FlagKind.NEVER, reason, None, review_on)
    with pytest.raises(NotAllowed, match=code):
        flag_debtor("acme", "C001", terms, "paul", office=world.office)


def test_a_flag_is_proved_with_its_author_and_no_free_words_among_the_facts() -> None:
    world = flagged(FlagKind.MANUAL_ONLY)
    put(world, FlagKind.NEVER, DUE + 10 * DAY, by="zoe")
    entry = world.stores.of("acme").cases.history("C001")[-1]
    assert (entry.kind, entry.actor) == ("debtor-flagged", "zoe")
    assert entry.facts == {"flag": "never", "was": "manual_only", "review_on": "2026-03-12"}
    assert entry.personal["reason"] == "client du groupe"


# ------------------------------------------------------------------ on any day

EVENTS = st.lists(
    st.tuples(st.integers(0, 59), st.sampled_from([*FlagKind, "approve", "write", "call"])),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(events=EVENTS, due=st.integers(-30, 10), amount=st.sampled_from([90, 400, 2000]))
def test_whenever_it_is_flagged_nothing_leaves_against_the_flag(
    events: list[tuple[int, FlagKind | str]], due: int, amount: int
) -> None:
    world = World(DUE)
    world.owes(an_invoice(due=DUE + due * DAY, amount=str(amount)))
    for day in (DUE + n * DAY for n in range(60)):
        happening = [what for n, what in events if DUE + n * DAY == day]
        before = len(world.carrier.sent)
        world.run_days(day, day, lambda _, now=happening: _happen(world, now))  # type: ignore[misc]
        case, left = world.case(), world.carrier.sent[before:]
        if case.debtor.flag_kind in {FlagKind.NEVER, FlagKind.MANUAL_ONLY}:
            assert not left
        if case.debtor.flag_kind is FlagKind.CONFIRM_ALL:
            assert all(content.notice.approved_by for content in left)
        assert case.agenda is not None, "forgotten"
        kinds_now = [task.kind for task in case.tasks]
        assert len(kinds_now) == len(set(kinds_now))


def _happen(world: World, happening: list[FlagKind | str]) -> None:
    for what in happening:
        if isinstance(what, FlagKind):
            put(world, what)
        elif what == "approve":
            approve_any(world)
        elif what == "write":
            close(world, TaskKind.WRITE)
        elif call_task(world.case()) is not None:
            log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)


def test_a_letter_by_hand_is_recorded_as_a_letter() -> None:
    world = flagged(FlagKind.MANUAL_ONLY, amount="900")

    def people(_: date) -> None:
        close(world, TaskKind.WRITE)
        if call_task(world.case()) is not None:
            log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)

    world.run_days(DUE, DUE + 24 * DAY, people)
    done = {d.step: d.channel for p in world.case().progress.values() for d in p.performed}
    assert done["letter_2"] is Channel.REGISTERED_LETTER
