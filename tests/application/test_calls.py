"""Calls, told by dates: what each outcome does to the case, and what follows."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from relance.application.arranging import answer_now
from relance.application.close_matter import close_matter
from relance.application.log_call import CallLogged, CallResult, log_call
from relance.application.people import Findings
from relance.domain.calling import EFFECTS, CallOutcome, Cause
from relance.domain.case import Case
from relance.domain.debtor import Contact, Debtor, Role
from relance.domain.escalation.arrangements import DisputeTerms, PromiseTerms
from relance.domain.escalation.call_numbers import call_contacts
from relance.domain.escalation.call_report import CallRefused
from relance.domain.escalation.calls import call_task
from relance.domain.escalation.decision import WithdrawCall
from relance.domain.escalation.netting import net_account
from relance.domain.escalation.progress import withdraw_call
from relance.domain.evidence import EvidenceEntry
from relance.domain.holds import AnnouncedPayment, Dispute, Promise
from relance.domain.task import TaskKind
from tests.builders import CALENDAR, a_debtor, an_invoice, standard_policy
from tests.world import World, at

DUE = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)
"""The first call is due seven days after the due date."""
TUESDAY = MONDAY + timedelta(days=1)
THURSDAY, FRIDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def to_call(debtor: Debtor | None = None, *amounts: str) -> World:
    """Monday at nine: two late items, or these, and a call to make."""
    world = World(DUE)
    owed = amounts or ("900", "600")
    items = [an_invoice(f"FA-{n}", due=DUE, amount=one) for n, one in enumerate(owed, 1)]
    world.owes(*items, debtor=debtor)
    world.run_days(DUE, MONDAY - timedelta(days=1))
    morning(world, MONDAY)
    assert call_task(world.case()) is not None
    return world


def morning(world: World, day: date) -> None:
    world.clock.set(at(day, 6))
    world.refresh()
    world.plan(day)
    world.tell_calls(day)


def logged(world: World, outcome: str, note: str = "", **said: Any) -> CallLogged:
    findings = said.pop("findings", Findings(note=note))
    result = CallResult(outcome, findings, **said)
    return log_call("acme", "C001", "claire", result, office=world.office)


def entry(world: World) -> EvidenceEntry:
    return world.stores.of("acme").cases.history("C001")[-1]


def kinds(case: Case) -> list[TaskKind]:
    return [task.kind for task in case.tasks]


def asked(world: World) -> dict[str, Decimal]:
    account = net_account(world.case(), CALENDAR)
    return {rest.item.number: rest.chaseable for rest in account.values()}


def causes(case: Case) -> dict[str, str]:
    return {case.items[key].number: str(one.cause) for key, one in case.causes.items()}


# ------------------------------------------------------------------ the table of outcomes


def test_every_outcome_has_its_effect() -> None:
    assert set(EFFECTS) == set(CallOutcome)


def test_a_promise_holds_what_it_covers_and_asks_for_a_recap() -> None:
    world = to_call()
    terms = PromiseTerms(date(2026, 3, 20), Decimal(900))
    found = logged(
        world, "promise", findings=Findings(terms, note="vendredi"), spoke_to="Ap Durand"
    )
    assert [type(hold) for hold in found.case.holds] == [Promise]
    assert not found.case.tasks
    assert asked(world) == {"FA-1": 0, "FA-2": 600}
    assert found.recap is not None
    assert (found.recap.to, found.recap.holds) == ("ap", (found.case.holds[0].key,))
    assert entry(world).facts["recap"] == "requested"


def test_a_dispute_holds_its_documents_and_is_their_cause() -> None:
    world = to_call()
    found = logged(
        world, "dispute", findings=Findings(dispute=DisputeTerms(("FA-2",), "price", "ana"))
    )
    assert asked(world) == {"FA-1": 900, "FA-2": 0}
    assert causes(found.case) == {"FA-2": "dispute"}


def test_a_payment_sent_is_looked_for_and_not_asked_for() -> None:
    world = to_call()
    found = logged(world, "payment-sent", about=("FA-1",))
    assert [type(hold) for hold in found.case.holds] == [AnnouncedPayment]
    assert asked(world) == {"FA-1": 0, "FA-2": 600}


def test_an_invoice_not_received_is_ours_to_send_and_holds_until_it_is() -> None:
    world = to_call()
    found = logged(world, "invoice-not-received", about=("FA-1",))
    (task,) = found.opened
    assert (task.kind, task.due_on, task.owner) == (TaskKind.SEND_INVOICE, TUESDAY, "claire")
    assert causes(found.case) == {"FA-1": "invoice-missing"}
    assert asked(world) == {"FA-1": 0, "FA-2": 600}
    world.clock.set(at(TUESDAY, 9))
    after = close_matter("acme", "C001", task.key, "claire", "sent", office=world.office)
    assert TaskKind.SEND_INVOICE not in kinds(after)
    assert asked(world) == {"FA-1": 900, "FA-2": 600}


def test_waiting_for_an_approval_is_called_again_and_holds_nothing() -> None:
    """Five working days later; the e-mail of the second week leaves on its day all the same."""
    world = to_call()
    found = logged(world, "waiting-for-approval")
    task = call_task(found.case)
    assert task is not None
    assert (task.again_on, task.performs) == (NEXT_MONDAY, ())
    assert causes(found.case) == {"FA-1": "approval", "FA-2": "approval"}
    assert asked(world) == {"FA-1": 900, "FA-2": 600}
    world.run_days(TUESDAY, NEXT_MONDAY)
    assert world.steps_sent()[-1] == (NEXT_MONDAY, "email_2")


def test_what_we_must_mend_has_an_owner_a_date_and_reminders_until_it_is_done() -> None:
    world = to_call()
    found = logged(
        world,
        "to-mend",
        "wrong order number",
        about=("FA-1",),
        owner="ana@acme.example",
        target=THURSDAY,
    )
    (task,) = found.opened
    assert (task.kind, task.owner, task.due_on) == (TaskKind.MEND, "ana@acme.example", THURSDAY)
    assert causes(found.case) == {"FA-1": "our-error"}
    assert asked(world) == {"FA-1": 0, "FA-2": 600}
    assert task.owner_email == "ana@acme.example"
    world.staff.told.clear()
    world.run_days(TUESDAY, date(2026, 3, 19))
    told = [(mail["reason"], to) for kind, to, mail in world.staff.told if kind == "to_solve"]
    assert told == [("owner-not-told", task.owner), ("target-passed", task.owner)]


def test_what_the_collector_mends_is_on_the_worklist_every_other_day_once_it_is_late() -> None:
    world = to_call()
    logged(world, "to-mend", "wrong order number", about=("FA-1",), target=THURSDAY)
    world.staff.told.clear()
    world.run_days(TUESDAY, date(2026, 3, 18))
    told = [
        (one["reason"], to)
        for _, to, mail in world.staff.told
        for one in mail.get("tasks", ())
        if one["kind"] is TaskKind.MEND
    ]
    assert told == [("task-overdue", "claire@acme.example")] * 2
    days = [
        one.at.date()
        for one in world.stores.of("acme").cases.history("C001")
        if one.kind == "task-reminded"
    ]
    assert days == [FRIDAY, date(2026, 3, 17)]


def test_what_we_owe_holds_what_is_promised_too_for_after_the_promise() -> None:
    world = to_call()
    terms = Findings(PromiseTerms(date(2026, 3, 20)), note="prix")
    found = logged(world, "to-mend", findings=terms, about=("FA-1",))
    assert TaskKind.MEND in kinds(found.case)
    assert [type(hold) for hold in found.case.holds] == [Promise, Dispute]


def test_what_is_late_for_us_is_no_dispute_of_theirs() -> None:
    world = to_call()
    found = logged(world, "to-mend", "price of the order")
    (hold,) = found.case.holds
    assert isinstance(hold, Dispute)
    assert hold.is_ours


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("promise", "call-needs-a-date"),
        ("dispute", "call-needs-documents"),
        ("to-mend", "call-needs-a-note"),
    ],
)
def test_an_outcome_without_what_it_needs_is_refused_and_nothing_is_noted(
    outcome: str, code: str
) -> None:
    world = to_call()
    before = world.case()
    with pytest.raises(CallRefused, match=code):
        logged(world, outcome)
    assert world.case() == before


# ------------------------------------------------------------------ causes


def test_each_item_gets_its_own_cause_else_the_one_given_for_all() -> None:
    world = to_call()
    given = {"": Cause.FORGOTTEN, "FA-2": Cause.CASH}
    found = logged(world, "reached", causes=given)
    assert causes(found.case) == {"FA-1": "forgotten", "FA-2": "cash"}
    assert "FA-2|invoice|1=cash" in entry(world).facts["causes"]


def test_a_cause_said_later_replaces_the_one_before_and_ends_with_its_item() -> None:
    world = to_call()
    logged(world, "waiting-for-approval")
    world.run_days(TUESDAY, NEXT_MONDAY)
    found = logged(world, "reached", causes={"": Cause.CASH})
    assert set(causes(found.case).values()) == {"cash"}


def test_nobody_answered_so_nobody_said_why() -> None:
    with pytest.raises(CallRefused, match="cause-without-customer"):
        logged(to_call(), "voicemail", causes={"": Cause.CASH})


# ------------------------------------------------------------------ numbers


def two_numbers() -> Debtor:
    return a_debtor(
        "C001",
        Contact("ap", "Ap Durand", Role.ACCOUNTS_PAYABLE, "ap@client.example", "+331"),
        Contact("buyer", "Buyer Durand", Role.BUYER, "buyer@client.example", "+332"),
    )


def numbers(case: Case) -> list[str | None]:
    step = standard_policy().step("call_1")
    return [contact.dial for contact in call_contacts(case, step)]


def test_the_last_number_that_answered_comes_first() -> None:
    world = to_call(two_numbers())
    assert numbers(world.case()) == ["+331", "+332"]
    found = logged(world, "reached", phone="+332", spoke_to="Buyer Durand")
    assert numbers(found.case) == ["+332", "+331"]
    made = found.case.calls[-1]
    assert (made.phone, made.spoke_to, made.on, made.by) == (
        "+332",
        "Buyer Durand",
        MONDAY,
        "claire",
    )


def test_a_wrong_number_is_dialled_no_more_and_the_next_one_is_tried() -> None:
    world = to_call(two_numbers())
    found = logged(world, "wrong-number")
    assert numbers(found.case) == ["+332"]
    assert kinds(found.case) == [TaskKind.CALL]
    again = logged(world, "wrong-number")
    assert kinds(again.case) == [TaskKind.FIND_PHONE]
    last = next(iter(again.case.progress.values())).last
    assert last is not None
    assert (last.step, last.outcome) == ("call_1", "not-made")


def test_who_was_spoken_to_at_which_number_is_personal_and_proved() -> None:
    world = to_call()
    logged(world, "reached", "will look", spoke_to="Ap Durand")
    assert entry(world).personal == {
        "note": "will look",
        "phone": "+331",
        "spoke_to": "Ap Durand",
    }
    assert "Durand" not in str(entry(world).facts)


# ------------------------------------------------------------------ another day


def test_a_vain_call_is_tried_again_on_the_day_said_while_its_steps_wait() -> None:
    """Due on Monday, not made on Thursday: Wednesday is the last day for another try."""
    world = to_call()
    wednesday = MONDAY + timedelta(days=2)
    with pytest.raises(CallRefused, match="call-again-out-of-limits"):
        logged(world, "voicemail", again=THURSDAY)
    task = call_task(logged(world, "voicemail", again=wednesday).case)
    assert task is not None
    assert (task.again_on, task.attempts) == (wednesday, 1)


def test_a_call_is_agreed_on_an_open_day_within_two_weeks() -> None:
    world = to_call()
    with pytest.raises(CallRefused, match="call-again-on-closed-day"):
        logged(world, "reached", again=date(2026, 3, 14))
    with pytest.raises(CallRefused, match="call-again-out-of-limits"):
        logged(world, "reached", again=date(2026, 3, 24))


def test_a_call_agreed_for_after_the_next_step_says_so_and_holds_it_not() -> None:
    world = to_call()
    friday = date(2026, 3, 20)
    found = logged(world, "reached", again=friday)
    assert found.overtaken
    assert found.next_step is not None
    assert (found.next_step.step.key, found.next_step.due_on) == ("email_2", NEXT_MONDAY)
    world.run_days(TUESDAY, NEXT_MONDAY)
    assert world.steps_sent()[-1] == (NEXT_MONDAY, "email_2")
    sooner = to_call()
    assert not logged(sooner, "reached", again=FRIDAY).overtaken


def test_a_call_agreed_and_never_made_ends_alone_and_asks_for_nothing() -> None:
    world = to_call()
    logged(world, "reached", again=FRIDAY)
    world.run_days(TUESDAY, date(2026, 3, 17))
    assert call_task(world.case()) is not None
    world.run_days(date(2026, 3, 18), date(2026, 3, 18))
    assert call_task(world.case()) is None
    assert entry(world).facts["reason"] != "call-not-made"


def test_a_call_agreed_with_the_customer_spends_no_contact() -> None:
    world = to_call()
    logged(world, "reached", again=TUESDAY)
    contacts = len(world.case().contacts)
    world.clock.set(at(TUESDAY, 9))
    logged(world, "voicemail")
    assert len(world.case().contacts) == contacts


def test_nobody_is_called_about_what_is_paid() -> None:
    world = to_call()
    logged(world, "reached", again=FRIDAY)
    world.clock.set(at(TUESDAY, 6))
    world.owes()
    world.run_days(TUESDAY, TUESDAY)
    assert call_task(world.case()) is None


def test_what_falls_due_joins_the_call_agreed_and_waits_for_it_three_days_only() -> None:
    world = to_call(None, "900")
    agreed = date(2026, 3, 20)
    logged(world, "reached", again=agreed)
    world.owes(an_invoice("FA-1", due=DUE, amount="900"), an_invoice("FA-2", due=MONDAY))
    world.run_days(TUESDAY, NEXT_MONDAY)
    task = call_task(world.case())
    assert task is not None
    assert (task.due_on, task.again_on, len(task.performs)) == (NEXT_MONDAY, agreed, 1)
    world.run_days(date(2026, 3, 17), date(2026, 3, 19))
    task = call_task(world.case())
    assert task is not None
    assert (task.again_on, task.is_appointment) == (agreed, True)
    assert "call-not-made" in world.kinds()


@pytest.mark.parametrize(("reason", "left"), [("overtaken", True), ("promised", False)])
def test_a_call_agreed_outlives_a_step_that_gave_way_and_no_promise(
    reason: str, left: bool
) -> None:
    world = to_call()
    before = world.case()
    (task,) = before.tasks
    agreed = replace(before, tasks=(replace(task, again_on=FRIDAY),))
    after = withdraw_call(agreed, WithdrawCall(task.key, task.performs, reason), MONDAY)
    found = call_task(after)
    assert (found is not None) is left
    assert found is None or (found.again_on, found.performs) == (FRIDAY, ())


# ------------------------------------------------------------------ recaps


def test_nothing_agreed_nothing_to_confirm_and_a_person_may_do_without() -> None:
    assert logged(to_call(), "reached").recap is None
    assert logged(to_call(), "waiting-for-approval", recap=False).recap is None


def test_a_recap_goes_to_nobody_whose_address_is_dead() -> None:
    dead = Contact("ap", "Ap", Role.ACCOUNTS_PAYABLE, "ap@client.example", "+331", "hard-bounce")
    world = to_call()
    case = world.case()
    contacts = (dead, *case.debtor.contacts[1:])
    world.owes(*case.items.values(), debtor=replace(case.debtor, contacts=contacts[:1]))
    assert logged(world, "waiting-for-approval").recap is None


def test_what_was_promised_on_the_telephone_is_confirmed_the_same_day_unless_asked_not_to() -> None:
    terms = Findings(PromiseTerms(date(2026, 3, 20), Decimal(900)))
    for recap, written in ((True, [(MONDAY, "promise_recap")]), (False, [])):
        world = to_call()
        logged(world, "promise", findings=terms, recap=recap)
        answer_now("acme", "C001", office=world.office, postbox=world.postbox)
        world.clock.set(at(MONDAY, 10))
        world.dispatch()
        world.drain()
        world.run_days(TUESDAY, TUESDAY)
        assert world.answers_sent() == written


def written(world: World) -> list[tuple[str, str]]:
    """What was answered the same day: the message, and to whom."""
    answer_now("acme", "C001", office=world.office, postbox=world.postbox)
    world.clock.set(at(MONDAY, 10))
    world.dispatch()
    world.drain()
    sent = [content.notice for content in world.carrier.answers]
    return [(one.template, one.recipients[0].contact) for one in sent]


@pytest.mark.parametrize(
    ("outcome", "said", "what", "day"),
    [
        ("invoice-not-received", {"about": ("FA-1",)}, "invoice-not-received", TUESDAY),
        ("waiting-for-approval", {"about": ("FA-1",)}, "waiting-for-approval", NEXT_MONDAY),
        ("payment-sent", {"about": ("FA-1",)}, "payment-sent", None),
        ("to-mend", {"about": ("FA-1",), "note": "prix", "target": FRIDAY}, "to-mend", FRIDAY),
        ("reached", {"about": ("FA-1",), "again": FRIDAY}, "reached", FRIDAY),
        ("reached", {"findings": Findings(paid=("FA-1",))}, "payment-sent", None),
    ],
)
def test_what_was_said_on_the_telephone_is_confirmed_in_writing(
    outcome: str, said: dict[str, Any], what: str, day: date | None
) -> None:
    world = to_call()
    found = logged(world, outcome, **said)
    assert found.recap is not None
    assert entry(world).facts["recap"] == "requested"
    contacts = world.case().contacts
    assert written(world) == [("call_recap", "ap")]
    told = world.carrier.answers[-1].told
    assert told is not None
    assert (told.what, told.day, [line.number for line in told.lines]) == (what, day, ["FA-1"])
    assert world.case().contacts == contacts, "it counts in no budget"
    world.run_days(TUESDAY, FRIDAY)
    assert len([one for one in world.answers_sent() if one[1] == "call_recap"]) == 1


@pytest.mark.parametrize("outcome", ["reached", "voicemail", "unreachable"])
def test_nothing_said_nothing_written(outcome: str) -> None:
    world = to_call()
    assert logged(world, outcome).recap is None
    assert written(world) == []


def test_a_person_may_keep_a_call_from_being_confirmed() -> None:
    world = to_call()
    logged(world, "invoice-not-received", recap=False)
    assert written(world) == []
    assert "recap" not in entry(world).facts


def test_a_promise_is_confirmed_once_with_what_else_was_said() -> None:
    world = to_call()
    terms = Findings(PromiseTerms(date(2026, 3, 20), Decimal(900)))
    logged(world, "waiting-for-approval", findings=terms)
    assert [template for template, _ in written(world)] == ["promise_recap"]


@pytest.mark.parametrize(
    ("spoke_to", "reader"),
    [("Boss Durand", "boss"), (" boss durand ", "boss"), ("boss", "boss"), ("Un inconnu", "ap")],
)
def test_a_recap_goes_to_who_was_spoken_to_if_they_are_of_the_case(
    spoke_to: str, reader: str
) -> None:
    for outcome, findings in (
        ("promise", Findings(PromiseTerms(date(2026, 3, 20), Decimal(900)))),
        ("dispute", Findings(dispute=DisputeTerms(("FA-2",), "price", "ana"))),
        ("invoice-not-received", Findings()),
    ):
        world = to_call()
        found = logged(world, outcome, findings=findings, spoke_to=spoke_to)
        assert found.recap is not None
        assert found.recap.to == reader
        assert [to for _, to in written(world)] == [reader]


def test_a_recap_goes_to_the_audience_once_the_address_of_who_was_spoken_to_is_dead() -> None:
    people = a_debtor().contacts
    dead = tuple(replace(c, unreachable="hard-bounce") if c.key == "boss" else c for c in people)
    world = to_call(replace(a_debtor(), contacts=dead))
    logged(world, "waiting-for-approval", spoke_to="Boss Durand")
    assert written(world) == [("call_recap", "ap")]


def test_a_recap_of_what_was_paid_meanwhile_stays_unwritten() -> None:
    world = to_call()
    logged(world, "waiting-for-approval", about=("FA-1",))
    (rest,) = [item for item in world.case().items.values() if item.number == "FA-2"]
    world.owes(rest)
    assert answer_now("acme", "C001", office=world.office, postbox=world.postbox) == ()


def test_what_we_owe_is_followed_by_its_collector_alone() -> None:
    """Its hold is no dispute that an owner by e-mail would be reminded of too."""
    world = to_call()
    logged(world, "to-mend", note="prix faux", target=FRIDAY)
    world.run_days(TUESDAY, NEXT_MONDAY + timedelta(days=7))
    assert "task-reminded" in world.kinds()
    assert "owner-reminded" not in world.kinds()
