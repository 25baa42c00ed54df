"""The e-mail copy of a registered letter: the same message, once, and nothing more (§5, §7)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from relance.application import notice_content, notice_outcomes
from relance.application.creditor_commands import pause
from relance.application.log_call import CallResult, log_call
from relance.application.people import approve_notice, resolve_notice
from relance.application.ports import SendOutcomeUnknown, SendRefused
from relance.domain.checklist import ALL_CHECKS
from relance.domain.debtor import Contact, Role
from relance.domain.delivery import DeliveryEvent
from relance.domain.escalation.calls import call_task
from relance.domain.evidence import chain_problem
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.policy import Channel
from relance.domain.task import TaskKind
from tests.builders import a_contact, a_credit, a_debtor, an_invoice
from tests.world import World, at

DUE = date(2026, 3, 2)
LETTER_DAY = date(2026, 3, 24)
FORMAL_DAY = date(2026, 4, 17)
DAY = timedelta(days=1)


def people(world: World) -> None:
    awaiting = world.case().awaiting
    if awaiting is not None and awaiting.approved_by is None:
        approve_notice("acme", awaiting.id, "paul", office=world.office, confirmed=ALL_CHECKS)
    if call_task(world.case()) is not None:
        log_call("acme", "C001", "claire", CallResult("reached"), office=world.office)


def lived(until: date, **debtor: Any) -> World:
    """An invoice of 2,000 nobody pays, up to that evening."""
    world = World(DUE)
    world.owes(an_invoice(due=DUE, amount="2000"), **debtor)
    world.run_days(DUE, until, lambda _: people(world))
    return world


def on_the_day(until: date = LETTER_DAY) -> World:
    """10:00 of the day of the letter, which is planned and has not left."""
    world = lived(until - DAY)
    world.clock.set(at(until, 6))
    world.refresh()
    world.plan(until)
    world.clock.set(at(until, 10))
    return world


def hand_over(world: World) -> Notice:
    """The letter leaves; its copy, which has not left yet."""
    (_, letter, _) = world.queue.messages.pop(0)
    assert world.send(letter).status == NoticeStatus.SENT
    live = world.case().live
    assert live is not None
    copy = stored(world, live.id)
    assert copy.copy_of == letter
    return copy


def stored(world: World, notice_id: str) -> Notice:
    return world.stores.of("acme").notices.get(notice_id)


def test_the_copies_of_both_registered_letters_leave_on_their_days() -> None:
    world = lived(date(2026, 4, 30))
    letters = [c for c in world.carrier.sent if c.notice.channel is Channel.REGISTERED_LETTER]
    copies = world.carrier.copies
    assert [c.written_on for c in letters] == [LETTER_DAY, FORMAL_DAY]
    assert [c.written_on for c in copies] == [LETTER_DAY, FORMAL_DAY]
    for letter, copy in zip(letters, copies, strict=True):
        assert copy.notice.copy_of == letter.notice.id
        assert copy.notice.id != letter.notice.id
        assert copy.notice.reply_token != letter.notice.reply_token
        assert copy.notice.asked == letter.notice.asked
        assert copy.notice.template == letter.notice.template
        assert copy.notice.deadline == letter.notice.deadline
        assert copy.letter is not None
        kept = stored(world, letter.notice.id).content
        assert kept is not None
        assert copy.letter.pdf == world.objects.get(kept)
    assert [c.notice.recipients[0].email for c in copies] == [
        "boss@client.example",
        "legal@client.example",
    ]


def test_a_copy_does_no_step_and_counts_neither_as_reminder_nor_as_contact() -> None:
    world = lived(date(2026, 4, 30))
    copies = {content.notice.id for content in world.carrier.copies}
    assert len(copies) == 2
    for content in world.carrier.copies:
        assert {step for _, step in content.notice.performs} == {f"{content.notice.step}:copy"}
    (progress,) = world.case().progress.values()
    assert not copies & {done.by for done in progress.performed}
    assert not copies & {reminded.by for reminded in progress.reminded}
    assert not copies & {contact.by for contact in world.case().contacts}


def test_whether_a_letter_has_a_copy_changes_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    with_copies = lived(date(2026, 5, 8))
    monkeypatch.setattr(notice_outcomes, "draft_copy", lambda *_, **__: None)
    without = lived(date(2026, 5, 8))
    assert (len(with_copies.carrier.copies), len(without.carrier.copies)) == (2, 0)
    assert with_copies.steps_sent() == without.steps_sent()
    assert with_copies.case().progress.keys() == without.case().progress.keys()
    assert len(with_copies.case().contacts) == len(without.case().contacts)


def test_a_letter_that_leaves_for_want_of_an_address_has_no_copy() -> None:
    postal = a_debtor("C001", Contact("boss", "Boss Durand", Role.MANAGER))
    world = lived(LETTER_DAY, debtor=postal)
    channels = {content.notice.channel for content in world.carrier.sent}
    assert channels == {Channel.LETTER, Channel.REGISTERED_LETTER}
    assert not world.carrier.copies
    assert world.case().live is None


def test_neither_an_ordinary_letter_nor_an_email_has_a_copy() -> None:
    """Not even when an address is found between the planning of the letter and its leaving."""
    world = World(DUE)
    postal = a_debtor("C001", Contact("boss", "Boss Durand", Role.MANAGER))
    world.owes(an_invoice(due=DUE, amount="400"), debtor=postal)
    world.clock.set(at(DUE + 3 * DAY, 6))
    world.refresh()
    world.plan(DUE + 3 * DAY)
    world.clock.set(at(DUE + 3 * DAY, 9))
    found = a_debtor("C001", a_contact("boss", Role.MANAGER))
    world.owes(an_invoice(due=DUE, amount="400"), debtor=found)
    world.drain()
    world.run_days(DUE + 4 * DAY, DUE + 14 * DAY)
    notices = world.stores.of("acme").notices.of_case("C001")
    assert {notice.channel for notice in notices} == {Channel.LETTER, Channel.EMAIL}
    assert len(notices) == len(world.carrier.sent) == 2


def test_the_evidence_says_which_letter_and_which_copy() -> None:
    world = on_the_day()
    copy = hand_over(world)
    world.drain()
    entries = world.stores.of("acme").cases.history("C001")
    letter, claim, sent = [e for e in entries if e.kind.startswith("notice-sen")][-3:]
    assert (letter.facts["notice"], letter.facts["copy"]) == (copy.copy_of, copy.id)
    assert (claim.kind, sent.kind) == ("notice-sending", "notice-sent")
    for entry in (claim, sent):
        assert entry.facts["notice"] == copy.id
        assert entry.facts["copy_of"] == copy.copy_of
    assert chain_problem(entries) is None


def paid(world: World) -> None:
    world.owes(a_credit("P", amount="-2000"))


def replied(world: World) -> None:
    world.reply("x@reply.acme.example")


@pytest.mark.parametrize(("event", "reason"), [(paid, "settled"), (replied, "unread-reply")])
def test_what_happens_between_the_letter_and_its_copy_withholds_the_copy(
    event: Any, reason: str
) -> None:
    world = on_the_day()
    copy = hand_over(world)
    event(world)
    assert world.send(copy.id).reason == reason
    assert stored(world, copy.id).status is NoticeStatus.WITHHELD
    assert not world.carrier.copies
    assert world.case().live is None


@pytest.mark.parametrize("day", [LETTER_DAY, FORMAL_DAY])
def test_a_copy_that_could_not_leave_on_its_day_is_over(day: date) -> None:
    """That of a formal notice too: no person approved the copy, so it waits for no better day."""
    world = on_the_day(day)
    copy = hand_over(world)
    pause("acme", "paul", "audit", office=world.office)
    assert world.send(copy.id).reason == "paused"
    world.clock.set(at(day, 19))
    world.sweep()
    assert stored(world, copy.id).status is NoticeStatus.EXPIRED
    assert (world.case().live, world.case().awaiting) == (None, None)
    (progress,) = world.case().progress.values()
    assert progress.last is not None
    assert progress.last.by == copy.copy_of


def test_the_bounce_of_a_copy_closes_the_address_and_leaves_the_letter_done() -> None:
    world = on_the_day()
    copy = hand_over(world)
    world.drain()
    before = world.case().progress
    world.delivery(copy.id, DeliveryEvent.HARD_BOUNCE)
    case = world.case()
    assert case.progress == before
    assert any(contact.by == copy.copy_of for contact in case.contacts)
    boss = case.contact("boss")
    assert boss is not None
    assert boss.unreachable == "hard-bounce"
    assert TaskKind.FIND_CONTACT in {task.kind for task in case.tasks}


def test_a_refused_copy_is_not_tried_again_and_counts_as_no_failed_step() -> None:
    world = on_the_day()
    copy = hand_over(world)
    world.carrier.failing.append(SendRefused("rejected"))
    world.drain()
    assert stored(world, copy.id).status is NoticeStatus.FAILED
    assert world.case().failures == 0
    world.run_days(LETTER_DAY + DAY, LETTER_DAY + 5 * DAY, lambda _: people(world))
    assert not world.carrier.copies


def test_an_answer_to_the_copy_finds_its_case_by_its_own_token() -> None:
    world = on_the_day()
    hand_over(world)
    world.drain()
    report = world.reply(world.carrier.copies[0].reply_to, sender="stranger@else.example")
    assert (report.matched_by, report.held) == ("token", True)


def doubtful_letter() -> tuple[World, str]:
    world = on_the_day()
    world.carrier.failing.append(SendOutcomeUnknown("read-timeout"))
    world.drain()
    live = world.case().live
    assert live is not None
    assert live.status is NoticeStatus.SENDING
    return world, live.id


def test_the_copy_follows_a_letter_that_a_person_says_has_left() -> None:
    world, letter = doubtful_letter()
    world.clock.set(at(LETTER_DAY, 11))
    resolve_notice("acme", letter, "paul", sent=True, office=world.office, random=world.random)
    world.clock.set(at(LETTER_DAY, 11, 30))
    world.sweep()
    world.drain()
    assert [content.notice.copy_of for content in world.carrier.copies] == [letter]


def test_a_letter_resolved_on_a_sunday_has_its_copy_on_monday() -> None:
    """It names the day of the letter."""
    world, letter = doubtful_letter()
    sunday = LETTER_DAY + 5 * DAY
    world.clock.set(at(sunday, 11))
    resolve_notice("acme", letter, "paul", sent=True, office=world.office, random=world.random)
    world.run_days(sunday, sunday)
    assert not world.carrier.copies
    world.clock.set(at(sunday + DAY, 8, 30))
    world.refresh()
    world.sweep()
    world.drain()
    (copy,) = world.carrier.copies
    assert copy.letter is not None
    assert (copy.written_on, copy.letter.sent_on) == (sunday + DAY, LETTER_DAY)


def test_the_copy_follows_a_letter_that_an_event_proves_to_have_left() -> None:
    world, letter = doubtful_letter()
    assert world.delivery(letter, DeliveryEvent.SEND).status == NoticeStatus.SENT
    live = world.case().live
    assert live is not None
    assert stored(world, live.id).copy_of == letter


def test_a_letter_that_did_not_leave_has_no_copy() -> None:
    world, letter = doubtful_letter()
    world.clock.set(at(LETTER_DAY, 11))
    resolve_notice("acme", letter, "paul", sent=False, office=world.office, random=world.random)
    assert world.case().live is None


def test_a_letter_too_heavy_for_an_email_is_not_attached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice_content, "MAX_ATTACHED", 3)
    world = on_the_day()
    hand_over(world)
    world.drain()
    (copy,) = world.carrier.copies
    assert copy.letter is not None
    assert copy.letter.pdf is None


def test_a_letter_whose_kept_bytes_are_not_those_proved_is_not_attached_to_anything() -> None:
    world = on_the_day()
    copy = hand_over(world)
    content = stored(world, copy.copy_of or "").content
    assert content is not None
    kept = world.objects.files.versions[content.key]
    kept[-1] = (kept[-1][0], b"another letter")
    assert world.send(copy.id).reason == "evidence-object-altered"
    assert not world.carrier.copies


def test_the_queue_that_brings_a_sent_letter_back_brings_its_copy_too() -> None:
    """A crash between the commit and the queue: the copy does not wait for the sweep."""
    world = on_the_day()
    copy = hand_over(world)
    world.queue.messages.clear()
    assert world.send(copy.copy_of or "").reason == "not-planned"
    assert [message[1] for message in world.queue.messages] == [copy.id]
    world.drain()
    world.send(copy.copy_of or "")
    assert not world.queue.messages
    assert len(world.carrier.copies) == 1
    told = [template for template, _, _ in world.staff.told if template == "letters_to_print"]
    assert len(told) == 1


def test_a_copy_goes_to_who_is_reachable_when_the_letter_is_handed_over() -> None:
    world = on_the_day()
    case = world.case()
    contacts = tuple(
        replace(c, unreachable="hard-bounce") if c.key == "boss" else c
        for c in case.debtor.contacts
    )
    world.owes(an_invoice(due=DUE, amount="2000"), debtor=replace(case.debtor, contacts=contacts))
    copy = hand_over(world)
    assert copy.recipients[0].email == "ap@client.example"
