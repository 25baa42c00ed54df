"""What is agreed with a customer, told by dates (design §5 rule 5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application import disputes, other_arrangements, plans
from relance.application.arranging import Arranged
from relance.application.close_matter import close_matter
from relance.application.importing.documents import ENTRY
from relance.application.log_call import CallResult, log_call
from relance.application.owners import tell_owners_now
from relance.application.people import Findings, approve_notice
from relance.application.ports import CaseChange, NotFound, SendRefused
from relance.application.promises import note_promise
from relance.application.seen_reply import mark_seen
from relance.domain.creditor import Mode
from relance.domain.debtor import FlagKind
from relance.domain.delivery import DeliveryEvent
from relance.domain.escalation.arrangements import (
    ArrangementRefused,
    DisputeTerms,
    PromiseTerms,
)
from relance.domain.escalation.disputes import DisputeNotOpen
from relance.domain.escalation.netting import net_account, promise_state
from relance.domain.escalation.other_arrangements import (
    ArrangementTerms,
    HoldTerms,
    NotArranged,
)
from relance.domain.escalation.plans import PlanRefused, PlanTerms
from relance.domain.escalation.taking_our_turn import OurTurn
from relance.domain.evidence import EvidenceDraft
from relance.domain.holds import (
    ArrangementKind,
    Dispute,
    ManualHold,
    Plan,
    Promise,
    PromiseState,
    Resolution,
)
from relance.domain.notice import NoticeStatus
from relance.domain.open_item import OpenItem
from relance.domain.task import TaskKind
from tests.application.test_calls import to_call
from tests.builders import CALENDAR, a_credit, a_creditor, a_debtor, an_invoice
from tests.scenarios.test_flags import flag_now
from tests.world import World, at

DUE = date(2026, 3, 2)
"""A Monday."""
FIRST = date(2026, 3, 5)
"""The first reminder, due + 3."""
TALK = date(2026, 3, 6)
DAY = timedelta(days=1)
OWNER = "leo@acme.example"


def reminded(*items: OpenItem) -> World:
    """The first reminder left on Thursday; it is Friday, 9 o'clock."""
    world = World(DUE)
    world.owes(*(items or (an_invoice(due=DUE, amount="400"),)))
    world.run_days(DUE, FIRST)
    world.clock.set(at(TALK, 9))
    world.refresh()
    return world


def promised(world: World, day: date, **terms: object) -> Arranged:
    made = PromiseTerms(day, **terms)  # type: ignore[arg-type]
    return note_promise(
        "acme", "C001", made, "claire", "", office=world.office, postbox=world.postbox
    )


def disputed(world: World, amount: str | None = None, **terms: object) -> Arranged:
    made = DisputeTerms(
        ("FA-1",),
        "price",
        "Léo Brun",
        Decimal(amount) if amount else None,
        OWNER,
        **terms,  # type: ignore[arg-type]
    )
    return disputes.note_dispute(
        "acme",
        "C001",
        made,
        "claire",
        "",
        office=world.office,
        postbox=world.postbox,
        staff=world.staff_mail,
    )


def decided(world: World, key: str, resolution: Resolution, proofs: Sequence[str] = ()) -> Arranged:
    return disputes.decide_dispute(
        "acme",
        "C001",
        key,
        resolution,
        "claire",
        "",
        proofs=tuple(proofs),
        office=world.office,
        postbox=world.postbox,
    )


def proposed(world: World, now: str = "400", count: int = 3, **terms: object) -> Arranged:
    made = PlanTerms(Decimal(now), count, date(2026, 4, 1), **terms)  # type: ignore[arg-type]
    return plans.propose(
        "acme", "C001", made, "claire", "", office=world.office, postbox=world.postbox
    )


def agreed(world: World, key: str) -> Arranged:
    return plans.agree(
        "acme", "C001", key, "claire", "", office=world.office, postbox=world.postbox
    )


def asked(world: World) -> Decimal:
    return sum((r.chaseable for r in net_account(world.case(), CALENDAR).values()), Decimal(0))


def owners_told(world: World) -> list[tuple[str, str, str]]:
    return [
        (to, str(context["matter"]), str(context["reason"]))
        for template, to, context in world.staff.told
        if template == "to_solve"
    ]


# ------------------------------------------------------------ promises


def test_the_recap_of_a_promise_leaves_the_same_day_and_holds_the_item_to_its_date() -> None:
    world = reminded()
    done = promised(world, date(2026, 3, 18), by="Mme Roux", channel="call", means="transfer")
    assert done.answers[0].planned_for == TALK
    world.drain()
    assert world.answers_sent() == [(TALK, "promise_recap")]
    told = world.carrier.answers[0].told
    assert told is not None
    assert (told.day, told.person, told.to_sign) == (date(2026, 3, 18), "Mme Roux", False)
    world.run_days(TALK + DAY, date(2026, 3, 20))
    assert world.steps_sent() == [(FIRST, "email_1")]
    world.run_days(date(2026, 3, 21), date(2026, 3, 23))
    assert world.steps_sent()[1:] == [(date(2026, 3, 23), "email_2")]
    assert world.carrier.sent[-1].broken_promises == (date(2026, 3, 18),)
    assert world.kinds().count("promise-noted") == 1


@pytest.mark.parametrize(
    ("by", "reader"), [("Boss Durand", "boss"), ("M. Inconnu", "ap"), (None, "ap")]
)
def test_the_recap_goes_to_who_promised_if_they_are_of_the_case(
    by: str | None, reader: str
) -> None:
    """Whoever a promise was noted with: a name that is no contact's is written to by nobody."""
    world = reminded()
    promised(world, TALK + 10 * DAY, by=by)
    world.clock.set(at(TALK, 10))
    world.dispatch()
    world.drain()
    (answer,) = world.carrier.answers
    assert [one.contact for one in answer.notice.recipients] == [reader]


def test_an_answer_counts_in_no_budget_and_is_no_reminder() -> None:
    world = reminded()
    before = world.case()
    promised(world, date(2026, 3, 18))
    world.drain()
    after = world.case()
    assert (after.contacts, after.progress) == (before.contacts, before.progress)
    assert (after.answering, after.live) == ((), None)


def test_above_the_threshold_the_recap_asks_for_a_signature() -> None:
    world = reminded(an_invoice(due=DUE, amount="5000.01"))
    promised(world, date(2026, 3, 18))
    world.drain()
    told = world.carrier.answers[0].told
    assert told is not None
    assert told.to_sign


def test_a_promise_is_no_longer_than_thirty_days_past_the_due_date_without_a_reason() -> None:
    world = reminded()
    with pytest.raises(ArrangementRefused, match="promise-too-late"):
        promised(world, date(2026, 4, 2))
    assert not world.case().holds
    promised(world, date(2026, 4, 1))
    assert asked(world) == 0
    other = reminded()
    promised(other, date(2026, 4, 2), exception="accord de la direction")
    entry = other.stores.of("acme").cases.history("C001")[-2]
    assert (entry.kind, entry.actor) == ("promise-noted", "claire")
    assert entry.personal["exception"] == "accord de la direction"


def test_an_item_is_promised_twice_and_no_more_without_a_reason() -> None:
    """Even when each promise replaces the one before."""
    world = reminded()
    for day in (10, 12):
        promised(world, date(2026, 3, day))
    with pytest.raises(ArrangementRefused, match="promise-too-often"):
        promised(world, date(2026, 3, 13))
    promised(world, date(2026, 3, 13), exception="le comptable est absent")
    (promise,) = (h for h in world.case().holds if isinstance(h, Promise))
    assert list(promise.times.values()) == [3]


def test_the_balances_say_whether_a_promise_was_kept() -> None:
    world = reminded(an_invoice(due=DUE, amount="400"), an_invoice("FA-2", due=DUE, amount="50"))
    promised(world, date(2026, 3, 11))
    states = []
    for day, left in ((date(2026, 3, 11), "400"), (date(2026, 3, 16), "400"), (None, "150")):
        world.clock.set(at(day or date(2026, 3, 17), 9))
        late = an_invoice(due=DUE, amount="400", open_amount=left)
        world.owes(late, an_invoice("FA-2", due=DUE, amount="50"))
        (promise,) = (h for h in world.case().holds if isinstance(h, Promise))
        states.append(promise_state(promise, world.case(), CALENDAR))
    assert states == [PromiseState.HELD, PromiseState.BROKEN, PromiseState.PARTLY_KEPT]


def test_no_recap_goes_to_who_is_not_a_contact_of_the_case() -> None:
    world = reminded()
    case = world.case()
    nobody = replace(case.debtor, contacts=())
    world.stores.of("acme").cases.commit(CaseChange(replace(case, debtor=nobody), None))
    done = promised(world, date(2026, 3, 18))
    assert [(one.planned_for, one.reason) for one in done.answers] == [
        (None, "answer-without-contact")
    ]


def test_a_recap_whose_reader_left_goes_to_the_next_one_instead() -> None:
    world = reminded()
    promised(world, date(2026, 3, 18))
    case = world.case()
    left = replace(case.debtor, contacts=case.debtor.contacts[1:])
    world.stores.of("acme").cases.commit(CaseChange(replace(case, debtor=left), None))
    (report,) = world.drain()
    assert (report.status, report.reason) == (NoticeStatus.WITHHELD, "recipient-changed")
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    (answer,) = world.carrier.answers
    assert [r.email for r in answer.notice.recipients] == ["boss@client.example"]


def test_a_promise_taken_back_before_its_recap_left_is_not_confirmed() -> None:
    world = reminded()
    promised(world, date(2026, 3, 18))
    promised(world, date(2026, 3, 20))
    reports = world.drain()
    assert [(one.status, one.reason) for one in reports] == [
        (NoticeStatus.WITHHELD, "no-longer-agreed"),
        (NoticeStatus.SENT, "step-due"),
    ]
    (answer,) = world.carrier.answers
    assert answer.told is not None
    assert answer.told.day == date(2026, 3, 20)


def test_nothing_is_answered_while_a_reply_is_unread_and_the_recap_leaves_once_it_is() -> None:
    world = reminded()
    promised(world, date(2026, 3, 18))
    world.reply(world.carrier.sent[0].reply_to)
    (report,) = world.drain()
    assert (report.status, report.reason) == (NoticeStatus.WITHHELD, "unread-reply")
    assert world.answers_sent() == []
    mark_seen("acme", "C001", "r1", "claire", Findings(), office=world.office)
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert world.answers_sent() == [(date(2026, 3, 9), "promise_recap")]


def test_an_answer_that_could_not_leave_is_written_again_for_three_working_days() -> None:
    world = reminded()
    promised(world, date(2026, 3, 18))
    world.carrier.failing.append(SendRefused("rejected"))
    world.drain()
    assert world.answers_sent() == []
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert world.answers_sent() == [(date(2026, 3, 9), "promise_recap")]
    late = reminded()
    promised(late, date(2026, 3, 27))
    late.queue.messages.clear()
    late.run_days(date(2026, 3, 12), date(2026, 3, 12))
    assert late.answers_sent() == []


def test_an_answer_that_bounced_goes_to_another_contact() -> None:
    world = reminded()
    promised(world, date(2026, 3, 18))
    world.drain()
    world.delivery(world.carrier.answers[0].notice.id, DeliveryEvent.HARD_BOUNCE)
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    readers = [r.email for c in world.carrier.answers for r in c.notice.recipients]
    assert readers == ["ap@client.example", "boss@client.example"]


def test_after_the_window_a_recap_leaves_on_the_next_open_day() -> None:
    world = reminded()
    world.clock.set(at(TALK, 19))
    done = promised(world, date(2026, 3, 18))
    assert done.answers[0].planned_for == date(2026, 3, 9)
    assert not world.queue.messages


def test_in_observe_mode_nothing_is_answered() -> None:
    world = World(DUE, a_creditor(as_of=DUE, mode=Mode.OBSERVE))
    world.owes(an_invoice(due=DUE, amount="400"))
    done = promised(world, date(2026, 3, 18))
    assert [one.reason for one in done.answers] == ["observe-mode"]
    assert not world.queue.messages


def in_mode(world: World, mode: Mode, **more: Any) -> None:
    creditor = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, mode=mode, **more))


def test_an_answer_passes_the_caps_of_the_day() -> None:
    world = reminded()
    creditor = world.office.creditors.get("acme")
    profile = replace(creditor.profile, max_messages_per_day=0)
    world.office.creditors.save(replace(creditor, profile=profile))
    promised(world, date(2026, 3, 18))
    world.drain()
    assert world.answers_sent() == [(TALK, "promise_recap")]


def test_an_answer_waits_for_no_batch_to_be_released() -> None:
    world = reminded()
    in_mode(world, Mode.CONFIRM)
    promised(world, date(2026, 3, 18))
    world.drain()
    assert world.answers_sent() == [(TALK, "promise_recap")]


def test_who_is_not_on_the_allow_list_is_not_answered() -> None:
    world = reminded()
    in_mode(world, Mode.ALLOW_LIST, allow_list=frozenset({"C999"}))
    done = promised(world, date(2026, 3, 18))
    assert [one.reason for one in done.answers] == ["not-on-allow-list"]
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert world.answers_sent() == []


def test_an_answer_is_not_rehearsed_and_is_written_once_it_may_leave() -> None:
    world = reminded()
    in_mode(world, Mode.REDIRECT, redirect_to="test@acme.example")
    done = promised(world, date(2026, 3, 18))
    assert [one.reason for one in done.answers] == ["answer-not-rehearsed"]
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert world.answers_sent() == []
    in_mode(world, Mode.AUTO)
    world.run_days(date(2026, 3, 10), date(2026, 3, 10))
    assert world.answers_sent() == [(date(2026, 3, 10), "promise_recap")]


def test_what_is_followed_of_a_dispute_or_a_hold_stops_no_rehearsal() -> None:
    """An owner is written to for real, which a rehearsal does not; a hold that is over is over."""
    world = World(DUE)
    world.owes(an_invoice("FA-1", due=DUE, amount="400"), an_invoice("FA-2", due=DUE))
    in_mode(world, Mode.REDIRECT, redirect_to="test@acme.example")
    disputed(world, target=date(2026, 3, 4))
    terms = HoldTerms("because", date(2026, 3, 3), ("FA-2",))
    other_arrangements.hold_case("acme", "C001", terms, "claire", office=world.office)
    world.run_days(DUE + DAY, FIRST)
    (rehearsed,) = world.carrier.sent
    assert (rehearsed.notice.rehearsal, list(rehearsed.notice.asked)) == (
        True,
        [an_invoice("FA-2", due=DUE).key],
    )
    assert "owner-reminded" not in world.kinds()


def test_an_answer_that_went_to_the_test_address_is_still_to_be_written() -> None:
    world = reminded()
    promised(world, date(2026, 3, 18))
    in_mode(world, Mode.REDIRECT, redirect_to="test@acme.example")
    world.drain()
    assert [c.notice.rehearsal for c in world.carrier.answers] == [True]
    in_mode(world, Mode.AUTO)
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert [c.notice.rehearsal for c in world.carrier.answers] == [True, False]


@pytest.mark.parametrize("kind", [FlagKind.MANUAL_ONLY, FlagKind.NEVER])
def test_whom_people_keep_for_themselves_is_answered_by_them(kind: FlagKind) -> None:
    world = reminded()
    flag_now(world, kind)
    done = promised(world, date(2026, 3, 18))
    assert [one.template for one in done.answers] == [""]
    world.run_days(date(2026, 3, 9), date(2026, 3, 11))
    assert world.answers_sent() == []


# ------------------------------------------------------------ disputes


def test_the_owner_of_a_dispute_is_written_to_at_once_then_before_and_after_its_target() -> None:
    world = reminded()
    done = disputed(world, target=date(2026, 3, 19))
    assert done.told
    world.drain()
    world.run_days(TALK + DAY, date(2026, 3, 27))
    told = [(to, reason) for to, _, reason in owners_told(world)]
    assert told == [
        (OWNER, "owner-new"),
        (OWNER, "target-near"),
        (OWNER, "target-passed"),
        (OWNER, "target-passed"),
    ]
    assert [
        (e.at.date(), e.facts["reason"])
        for e in world.stores.of("acme").cases.history("C001")
        if e.kind == "owner-reminded"
    ] == [
        (date(2026, 3, 17), "target-near"),
        (date(2026, 3, 20), "target-passed"),
        (date(2026, 3, 27), "target-passed"),
    ]
    assert world.answers_sent() == [(TALK, "dispute_noted")]


def test_an_owner_whom_the_mail_did_not_reach_is_written_to_the_next_morning() -> None:
    world = reminded()
    creditor = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, payment=None))
    assert disputed(world).told is False
    creditor = world.office.creditors.get("acme")
    world.office.creditors.save(replace(creditor, payment=a_creditor().payment))
    world.run_days(date(2026, 3, 9), date(2026, 3, 9))
    assert owners_told(world) == [(OWNER, "dispute", "owner-not-told")]


def test_the_undisputed_rest_goes_on_and_a_part_payment_counts_against_it_first() -> None:
    world = reminded()
    disputed(world, "150")
    assert asked(world) == Decimal(250)
    world.owes(an_invoice(due=DUE, amount="400", open_amount="200"))
    assert asked(world) == Decimal(50)
    world.owes(an_invoice(due=DUE, amount="400", open_amount="120"))
    assert asked(world) == 0


def filed(world: World, name: str) -> None:
    ref = world.objects.put(f"acme/documents/{name}.pdf", b"%PDF", content_type="application/pdf")
    draft = EvidenceDraft(
        world.clock.now(), "import", f"{ENTRY}-proof", {}, {"file_name": name}, (ref,)
    )
    world.stores.of("acme").cases.commit(CaseChange(world.case(), draft))


def test_a_dispute_rejected_with_its_proofs_gives_eight_days_then_goes_on() -> None:
    world = reminded()
    key = disputed(world).key
    world.drain()
    with pytest.raises(DisputeNotOpen, match="rejection-needs-proofs"):
        decided(world, key, Resolution.REJECTED)
    with pytest.raises(NotFound, match="no-such-proof"):
        decided(world, key, Resolution.REJECTED, ["BL-1.pdf"])
    filed(world, "BL-1.pdf")
    decided(world, key, Resolution.REJECTED, ["BL-1.pdf"])
    world.drain()
    answer = world.carrier.answers[-1].told
    assert answer is not None
    assert answer.attached == (("BL-1.pdf", b"%PDF", "application/pdf"),)
    assert answer.day == TALK + timedelta(days=8)
    world.run_days(TALK + DAY, date(2026, 3, 14))
    assert asked(world) == 0
    assert world.steps_sent() == [(FIRST, "email_1")]
    world.run_days(date(2026, 3, 15), date(2026, 3, 16))
    assert world.steps_sent()[1:] == [(date(2026, 3, 16), "email_2")]


def test_a_credit_note_that_is_expected_is_not_deducted_twice_when_it_comes() -> None:
    world = reminded()
    key = disputed(world, "150").key
    decided(world, key, Resolution.CREDIT_EXPECTED)
    assert asked(world) == Decimal(250)
    world.owes(an_invoice(due=DUE, amount="400"), a_credit(amount="-150", credits_number="FA-1"))
    assert asked(world) == Decimal(250)
    world.clock.set(at(date(2026, 3, 24), 9))
    world.run_days(date(2026, 3, 24), date(2026, 3, 24))
    assert owners_told(world)[-1] == (OWNER, "credit", "target-passed")


def test_what_was_accepted_is_not_asked_for_any_more() -> None:
    world = reminded()
    decided(world, disputed(world).key, Resolution.ACCEPTED)
    world.run_days(TALK, date(2026, 4, 30))
    assert world.steps_sent() == [(FIRST, "email_1")]
    (hold,) = (h for h in world.case().holds if isinstance(h, Dispute))
    with pytest.raises(DisputeNotOpen, match="no-such-dispute"):
        decided(world, "dispute-99", Resolution.ACCEPTED)
    assert hold.resolution is Resolution.ACCEPTED


# ------------------------------------------------------------ to mend on our side


def test_what_is_to_mend_has_an_owner_who_is_followed_and_its_items_wait() -> None:
    world = reminded()
    terms = OurTurn("renvoyer la facture avec le bon de commande", "Zoé", OWNER, date(2026, 3, 12))
    done = disputes.note_mend(
        "acme", "C001", terms, ("FA-1",), "claire", office=world.office, staff=world.staff_mail
    )
    assert done.told
    assert asked(world) == 0
    world.run_days(TALK + DAY, date(2026, 3, 13))
    assert [reason for _, _, reason in owners_told(world)] == [
        "owner-new",
        "target-near",
        "target-passed",
    ]
    assert asked(world) == 0, "nobody is chased for what we owe them, late as we are"
    (task,) = world.case().tasks
    assert (task.kind, task.key) == (TaskKind.MEND, done.key)
    close_matter("acme", "C001", done.key, "claire", "", office=world.office)
    assert asked(world) == Decimal(400)


def test_a_promise_broken_while_we_owe_them_something_reminds_nobody() -> None:
    """All of the item waits, also what was promised on the day it was found."""
    world = reminded()
    promised(world, date(2026, 3, 13))
    terms = OurTurn("bon de commande faux", "Zoé", OWNER, date(2026, 4, 20))
    disputes.note_mend(
        "acme", "C001", terms, ("FA-1",), "claire", office=world.office, staff=world.staff_mail
    )
    before = world.steps_sent()
    world.run_days(TALK + DAY, date(2026, 4, 10))
    assert world.steps_sent() == before


def test_what_we_owe_is_noted_also_where_it_is_about_no_document() -> None:
    world = reminded()
    terms = OurTurn("adresse du siège", "Zoé", OWNER, date(2026, 3, 12))
    disputes.note_mend(
        "acme", "C001", terms, (), "claire", office=world.office, staff=world.staff_mail
    )
    assert TaskKind.MEND in {task.kind for task in world.case().tasks}
    assert world.case().holds == ()


def test_what_is_to_mend_is_one_matter_however_it_was_found() -> None:
    """By a call or by a command: the same task, the same hold, the same mails."""
    found = []
    for said_by_call in (True, False):
        world = to_call()
        case = world.case()
        if said_by_call:
            log_call(
                "acme",
                "C001",
                "claire",
                CallResult(
                    "to-mend",
                    Findings(note="prix"),
                    ("FA-1",),
                    owner="Zoé",
                    target=date(2026, 3, 12),
                    owner_email=OWNER,
                    recap=False,
                ),
                office=world.office,
            )
            tell_owners_now("acme", "C001", office=world.office, staff=world.staff_mail)
        else:
            terms = OurTurn("prix", "Zoé", OWNER, date(2026, 3, 12))
            disputes.note_mend(
                "acme",
                "C001",
                terms,
                ("FA-1",),
                "claire",
                office=world.office,
                staff=world.staff_mail,
            )
        task = next(one for one in world.case().tasks if one.kind is TaskKind.MEND)
        hold = next(one for one in world.case().holds if isinstance(one, Dispute))
        assert hold.is_ours
        assert case.items[next(iter(hold.amounts))].number == "FA-1"
        world.run_days(world.today + DAY, date(2026, 3, 19))
        told = owners_told(world)
        found.append((replace(task, key="", told_on=None), replace(hold, key=""), told))
    assert found[0] == found[1]
    assert found[0][2] == [
        (OWNER, "mend", reason) for reason in ("owner-new", "target-near", "target-passed")
    ]


# ------------------------------------------------------------ plans


PLAN_ITEM = an_invoice(due=DUE, amount="1000")


def planned() -> tuple[World, str]:
    """1,000: 400 on signature by 14 March, then 200 on the first of April, May and June."""
    world = reminded(PLAN_ITEM)
    key = proposed(world, person="M. Vidal").key
    world.drain()
    return world, key


def paid(world: World, left: str) -> None:
    world.owes(an_invoice(due=DUE, amount="1000", open_amount=left))


def test_the_agreement_to_sign_leaves_as_a_letter_and_its_copy_the_same_day() -> None:
    world, key = planned()
    letter, copy = world.carrier.answers
    assert [c.notice.channel for c in (letter, copy)] == ["letter", "email"]
    assert copy.letter is not None
    told = letter.told
    assert told is not None
    assert told.total == {"EUR": Decimal(1000)}
    assert [(one.due_on, one.amount) for one in told.instalments] == [
        (date(2026, 3, 14), Decimal(400)),
        (date(2026, 4, 1), Decimal(200)),
        (date(2026, 5, 1), Decimal(200)),
        (date(2026, 6, 1), Decimal(200)),
    ]
    assert asked(world) == 0
    assert (world.case().answering, world.case().live) == ((), None)
    agreed(world, key)
    world.drain()
    assert world.answers_sent()[-1] == (TALK, "plan_agreed")


def test_without_an_address_the_agreement_leaves_by_e_mail() -> None:
    world = World(DUE)
    nowhere = replace(a_debtor(), address=None)
    world.owes(an_invoice(due=DUE, amount="400"), debtor=nowhere)
    world.run_days(DUE, FIRST)
    world.clock.set(at(TALK, 9))
    proposed(world, "100")
    world.drain()
    assert [c.notice.channel for c in world.carrier.answers] == ["email"]


def test_a_proposal_nobody_signed_lapses_and_the_escalation_goes_on() -> None:
    world, _ = planned()
    world.run_days(TALK + DAY, date(2026, 3, 14))
    assert asked(world) == 0
    world.run_days(date(2026, 3, 15), date(2026, 3, 16))
    assert not any(isinstance(h, Plan) for h in world.case().holds)
    assert asked(world) == Decimal(1000)
    assert "hold-ended" in world.kinds()


def test_a_plan_holds_while_it_is_kept() -> None:
    world, key = planned()
    agreed(world, key)
    for day, left in ((date(2026, 3, 13), "600"), (date(2026, 4, 1), "400")):
        world.run_days(world.today + DAY, day)
        paid(world, left)
    world.run_days(world.today + DAY, date(2026, 5, 4))
    assert world.steps_sent() == [(FIRST, "email_1")]
    assert not world.case().tasks


def test_an_instalment_that_misses_gets_one_reminder_then_a_person_decides() -> None:
    """Due Wednesday 1 April, three working days: Tuesday 7 (Monday 6 is a holiday)."""
    world, key = planned()
    agreed(world, key)
    world.run_days(TALK, date(2026, 3, 13))
    paid(world, "600")
    world.run_days(date(2026, 3, 16), date(2026, 4, 6))
    assert world.steps_sent() == [(FIRST, "email_1")]
    world.run_days(date(2026, 4, 7), date(2026, 4, 15))
    assert world.steps_sent()[1:] == [(date(2026, 4, 7), "plan_default")]
    reminder = world.carrier.sent[-1]
    assert reminder.told is not None
    assert reminder.told.missing == Decimal(200)
    assert reminder.notice.deadline == date(2026, 4, 15)
    assert not world.case().tasks
    world.run_days(date(2026, 4, 16), date(2026, 4, 30))
    (task,) = world.case().tasks
    assert (task.kind, task.opened_on) == (TaskKind.END_PLAN, date(2026, 4, 16))
    assert world.steps_sent()[2:] == [], "the plan holds until a person ends it"
    plans.end("acme", "C001", key, "paul", "plus de nouvelles", office=world.office)
    assert not world.case().tasks
    world.run_days(date(2026, 5, 1), date(2026, 5, 4))
    assert [task.kind for task in world.case().tasks] == [TaskKind.CALL]
    world.run_days(date(2026, 5, 5), date(2026, 5, 20))
    assert [step for _, step in world.steps_sent()[2:3]] == ["email_2"]
    assert world.carrier.sent[-1].notice.asked == {PLAN_ITEM.key: Decimal(600)}


def test_the_reminder_of_an_instalment_is_approved_where_everything_is_confirmed() -> None:
    world, key = planned()
    agreed(world, key)
    world.run_days(TALK, date(2026, 3, 13))
    paid(world, "600")
    world.run_days(date(2026, 3, 16), date(2026, 4, 6))
    flag_now(world, FlagKind.CONFIRM_ALL)
    world.run_days(date(2026, 4, 7), date(2026, 4, 9))
    assert world.steps_sent() == [(FIRST, "email_1")]
    awaiting = world.case().awaiting
    assert awaiting is not None
    assert (awaiting.step, awaiting.planned_for) == ("plan_default", date(2026, 4, 7))
    approve_notice("acme", awaiting.id, "paul", office=world.office)
    world.run_days(date(2026, 4, 10), date(2026, 4, 10))
    assert world.steps_sent()[1:] == [(date(2026, 4, 10), "plan_default")]
    assert world.carrier.sent[-1].notice.deadline == date(2026, 4, 18)


@pytest.mark.parametrize("flag", [FlagKind.MANUAL_ONLY, FlagKind.NEVER])
def test_whom_nobody_reminds_of_an_instalment_a_person_is_asked_about(flag: FlagKind) -> None:
    """Due Wednesday 1 April: a person is asked on Tuesday 7, when the reminder would have left."""
    world, key = planned()
    agreed(world, key)
    world.run_days(TALK, date(2026, 3, 13))
    paid(world, "600")
    world.run_days(date(2026, 3, 16), date(2026, 4, 6))
    flag_now(world, flag)
    assert not world.case().tasks
    world.run_days(date(2026, 4, 7), date(2026, 4, 9))
    (task,) = world.case().tasks
    assert (task.kind, task.opened_on) == (TaskKind.END_PLAN, date(2026, 4, 7))
    assert world.steps_sent() == [(FIRST, "email_1")], "a task is no message"
    close_matter("acme", "C001", task.key, "claire", "", office=world.office)
    world.run_days(date(2026, 4, 10), date(2026, 4, 30))
    ends = [one for one in world.case().tasks if one.kind is TaskKind.END_PLAN]
    assert not ends, "asked once for each instalment"


def test_the_reminder_of_an_instalment_waits_for_a_fresh_balance_and_dies_if_it_is_paid() -> None:
    world, key = planned()
    agreed(world, key)
    world.run_days(TALK, date(2026, 3, 13))
    paid(world, "600")
    world.run_days(date(2026, 3, 16), date(2026, 4, 1))
    for day in range(7, 10):
        world.run_day(date(2026, 4, day))
    assert world.steps_sent() == [(FIRST, "email_1")], "no balance since the first of April"
    world.clock.set(at(date(2026, 4, 10), 6))
    world.refresh()
    world.plan(date(2026, 4, 10))
    assert world.case().live is not None
    world.clock.set(at(date(2026, 4, 10), 9))
    paid(world, "400")
    (report,) = world.drain()
    assert (report.status, report.reason) == (NoticeStatus.WITHHELD, "plan-kept-again")
    assert world.steps_sent() == [(FIRST, "email_1")]


def test_a_reminder_of_an_instalment_that_bounced_is_sent_again() -> None:
    world, key = planned()
    agreed(world, key)
    world.run_days(TALK, date(2026, 3, 25))
    assert [step for _, step in world.steps_sent()[1:]] == ["plan_default"]
    notice = world.carrier.sent[-1].notice
    world.delivery(notice.id, DeliveryEvent.HARD_BOUNCE)
    (plan,) = (h for h in world.case().holds if isinstance(h, Plan))
    assert plan.reminder is None
    world.run_days(world.today + DAY, world.today + DAY)
    assert [step for _, step in world.steps_sent()[1:]] == ["plan_default", "plan_default"]


@pytest.mark.parametrize(
    ("now", "count", "first", "code"),
    [
        ("0", 3, date(2026, 4, 1), "plan-without-part-payment"),
        ("1000", 3, date(2026, 4, 1), "plan-spreads-nothing"),
        ("100", 0, date(2026, 4, 1), "plan-spreads-nothing"),
        ("100", 3, date(2026, 3, 14), "plan-begins-too-soon"),
        ("100", 25, date(2026, 4, 1), "plan-too-long"),
    ],
)
def test_a_plan_begins_with_money_and_ends(now: str, count: int, first: date, code: str) -> None:
    world = reminded(PLAN_ITEM)
    terms = PlanTerms(Decimal(now), count, first)
    with pytest.raises(PlanRefused, match=code):
        plans.propose(
            "acme", "C001", terms, "claire", "", office=world.office, postbox=world.postbox
        )


def test_one_plan_at_a_time_and_each_at_its_stage() -> None:
    world, key = planned()
    with pytest.raises(PlanRefused, match="plan-exists"):
        proposed(world)
    with pytest.raises(PlanRefused, match="no-such-plan"):
        plans.end("acme", "C001", key, "paul", "x", office=world.office)
    agreed(world, key)
    with pytest.raises(PlanRefused, match="no-such-plan"):
        agreed(world, key)


# ------------------------------------------------------------ other arrangements and holds


def test_another_arrangement_is_approved_by_another_person_then_told_in_writing() -> None:
    world = reminded()
    terms = ArrangementTerms(ArrangementKind.LCR_SIGNED, ("FA-1",), date(2026, 4, 30))
    key = other_arrangements.note_arrangement(
        "acme", "C001", terms, "claire", "", office=world.office
    ).key
    world.drain()
    assert world.answers_sent() == []
    with pytest.raises(NotArranged, match="approver-recorded-it"):
        other_arrangements.approve(
            "acme", "C001", key, " Claire", office=world.office, postbox=world.postbox
        )
    other_arrangements.approve(
        "acme", "C001", key, "paul", office=world.office, postbox=world.postbox
    )
    world.drain()
    assert world.answers_sent() == [(TALK, "arrangement_recap")]
    world.run_days(TALK + DAY, date(2026, 5, 5))
    assert world.steps_sent() == [(FIRST, "email_1")]
    world.run_days(date(2026, 5, 6), date(2026, 5, 7))
    assert world.steps_sent()[1:] == [(date(2026, 5, 6), "email_2")]


def test_an_arrangement_nobody_approved_lapses() -> None:
    world = reminded()
    terms = ArrangementTerms(ArrangementKind.SET_OFF, ("FA-1",), date(2026, 4, 30))
    other_arrangements.note_arrangement("acme", "C001", terms, "claire", "", office=world.office)
    assert asked(world) == 0
    world.run_days(TALK, date(2026, 3, 16))
    assert asked(world) == Decimal(400)


def test_a_hold_of_one_item_leaves_the_others_and_ends_on_its_date() -> None:
    world = reminded(an_invoice(due=DUE, amount="400"), an_invoice("FA-2", due=DUE, amount="90"))
    terms = HoldTerms("facture à refaire", date(2026, 3, 20), ("FA-1",))
    other_arrangements.hold_case("acme", "C001", terms, "claire", office=world.office)
    assert asked(world) == Decimal(90)
    world.run_days(TALK, date(2026, 3, 20))
    assert world.carrier.sent[-1].notice.asked == {an_invoice("FA-2").key: Decimal(90)}
    world.run_days(date(2026, 3, 21), date(2026, 3, 23))
    assert asked(world) == Decimal(490)


def test_a_hold_of_a_debtor_ends_on_its_date_or_by_a_person() -> None:
    world = reminded()
    terms = HoldTerms("dossier à revoir", date(2026, 3, 20))
    other_arrangements.hold_case("acme", "C001", terms, "claire", office=world.office)
    world.run_days(TALK, date(2026, 3, 20))
    assert world.steps_sent() == [(FIRST, "email_1")]
    world.run_days(date(2026, 3, 21), date(2026, 3, 23))
    assert world.steps_sent()[1:] == [(date(2026, 3, 23), "email_2")]
    (hold,) = (h for h in world.case().holds if isinstance(h, ManualHold))
    other_arrangements.unhold_case("acme", "C001", None, "claire", "", office=world.office)
    assert world.case().holds == ()
    with pytest.raises(NotFound, match="no-such-hold"):
        other_arrangements.unhold_case("acme", "C001", hold.key, "c", "", office=world.office)


def test_a_hold_of_the_creditor_ends_on_its_date() -> None:
    world = reminded()
    other_arrangements.hold_creditor(
        "acme", date(2026, 3, 18), "paul", "clôture", office=world.office
    )
    world.run_days(TALK, date(2026, 3, 18))
    assert world.steps_sent() == [(FIRST, "email_1")]
    world.run_days(date(2026, 3, 19), date(2026, 3, 19))
    assert world.steps_sent()[1:] == [(date(2026, 3, 19), "email_2")]
    kinds = [(e.kind, e.actor) for e in world.office.creditors.history("acme")]
    assert kinds == [("paused", "paul"), ("resumed", "system")]


@pytest.mark.parametrize("debtor", ["C001", None])
def test_a_hold_needs_a_reason_and_a_date_to_come(debtor: str | None) -> None:
    world = reminded()

    def hold(note: str, until: date) -> None:
        if debtor is None:
            other_arrangements.hold_creditor("acme", until, "paul", note, office=world.office)
        else:
            terms = HoldTerms(note, until)
            other_arrangements.hold_case("acme", debtor, terms, "paul", office=world.office)

    with pytest.raises(NotArranged, match="hold-needs-a-reason"):
        hold(" ", date(2026, 3, 20))
    with pytest.raises(NotArranged, match="date-in-the-past"):
        hold("x", date(2026, 3, 5))
