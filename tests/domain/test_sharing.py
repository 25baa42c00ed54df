"""Who shares a message with whom, and what each case knows of its payer (design §5 rule 3)."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from relance.domain.case import (
    Case,
    ContactRecord,
    LiveNotice,
    Outcome,
    PerformedStep,
    Progress,
    Reminded,
)
from relance.domain.debtor import Contact, Role
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import Decision, PlanMessage
from relance.domain.escalation.recheck import Moment, Verdict, recheck
from relance.domain.escalation.sharing import (
    MOST_PARTS,
    Part,
    Shared,
    share_emails,
    share_formal_notice,
)
from relance.domain.escalation.situation import situation_of
from relance.domain.holds import UnreadReply
from relance.domain.notice import NoticePart, NoticeStatus, notice_id
from relance.domain.open_item import ItemKey
from relance.domain.payer_group import payer_code, with_payer
from relance.domain.policy import Channel, Level
from relance.domain.task import Task, TaskKind
from tests.adapters.stores.samples import notice as a_notice
from tests.builders import CALENDAR, a_case, a_contact, an_invoice, standard_policy
from tests.groups import PAYER, a_payer, a_shop

POLICY = standard_policy()
MONDAY = date(2026, 3, 9)
ITEM = ItemKey("FA-1|invoice|1")


def the_payer(**changes: object) -> Case:
    case = replace(a_case(debtor=a_payer(), as_of=MONDAY), items={})
    return replace(case, **changes)  # type: ignore[arg-type]


def shop(code: str, *, late: int = 3, amount: str = "400", **debtor: object) -> Case:
    item = an_invoice(f"F-{code}", due=MONDAY - timedelta(days=late), amount=amount)
    return a_case(item, debtor=a_shop(code, **debtor), as_of=MONDAY)  # type: ignore[arg-type]


def grouped(*cases: Case, payer: Case | None = None) -> list[Case]:
    known = payer or the_payer()
    return [with_payer(case, known, cases) for case in cases]


def decided(case: Case) -> Decision:
    return decide(case, POLICY, CALENDAR, MONDAY)


def part_of(case: Case) -> Part:
    (message,) = [a for a in decided(case).actions if isinstance(a, PlanMessage)]
    return Part(case, message)


def shared(*cases: Case) -> tuple[Shared, ...]:
    return share_emails([part_of(case) for case in cases], POLICY, "fr")


def debtors_of(messages: tuple[Shared, ...]) -> list[list[str]]:
    return [[part.debtor for part in message] for message in messages]


def reasons(case: Case) -> set[str]:
    return {held.reason for held in decided(case).held}


# ------------------------------------------------------------------ who pays


def test_each_case_is_of_one_group() -> None:
    assert payer_code(shop("S1")) == PAYER
    assert payer_code(the_payer()) is None
    assert payer_code(the_payer(pays_for=("S1",))) == PAYER
    middle = replace(the_payer(pays_for=("S1",)), debtor=replace(a_payer(), payer="TOP"))
    assert payer_code(middle) == "TOP"


def test_who_pays_is_written_to_and_the_shop_itself_when_nobody_can_be_reached_there() -> None:
    (case,) = grouped(shop("S1"))
    assert [r.contact for r in part_of(case).message.recipients] == ["payer-ap"]
    closed = the_payer()
    lost = tuple(replace(c, unreachable="hard-bounce") for c in closed.debtor.contacts)
    closed = replace(closed, debtor=replace(closed.debtor, contacts=lost))
    (alone,) = grouped(shop("S1"), payer=closed)
    assert [r.contact for r in part_of(alone).message.recipients] == ["s1-ap"]


# ------------------------------------------------------------------ one e-mail


def test_shops_of_one_payer_share_an_email() -> None:
    assert debtors_of(shared(*grouped(shop("S2"), shop("S1")))) == [["S1", "S2"]]


def test_the_highest_step_leads_and_the_others_go_to_its_recipient() -> None:
    low, high = grouped(shop("S1"), shop("S2", late=24))
    (message,) = shared(low, an_email_twice(high))
    assert [part.debtor for part in message] == ["S2", "S1"]
    assert message[0].message.step.level is Level.LEVEL_2
    assert [r.contact for r in message[0].message.recipients] == ["payer-boss"]
    assert message[1].message.recipient_mark != part_of(low).message.recipient_mark


def an_email_twice(case: Case) -> Case:
    """Its first two reminders were sent in time."""
    (key,) = case.items
    steps = tuple(
        PerformedStep(step, day, day, Outcome.SENT, step)
        for step, day in (
            ("email_1", MONDAY - timedelta(days=19)),
            ("email_2", MONDAY - timedelta(days=8)),
        )
    )
    return replace(case, progress={key: Progress(performed=steps)})


def test_a_message_in_another_language_is_another_message() -> None:
    english = shop("S2", language="en")
    assert debtors_of(shared(*grouped(shop("S1"), english))) == [["S1"], ["S2"]]
    french = shop("S2", language="fr")
    assert debtors_of(shared(*grouped(shop("S1"), french))) == [["S1", "S2"]]


def test_the_language_of_the_payer_is_that_of_what_it_reads() -> None:
    payer = the_payer()
    payer = replace(payer, debtor=replace(payer.debtor, language="en"))
    cases = grouped(shop("S1"), shop("S2", language="fr"), payer=payer)
    assert debtors_of(shared(*cases)) == [["S1", "S2"]]


def test_who_writes_to_its_own_people_shares_with_nobody() -> None:
    nobody = replace(the_payer(), debtor=replace(a_payer(), contacts=()))
    cases = grouped(shop("S1"), shop("S2"), payer=nobody)
    assert debtors_of(shared(*cases)) == [["S1"], ["S2"]]


def test_a_message_that_only_says_that_calls_were_vain_does_not_lead() -> None:
    first, second = (part_of(case) for case in grouped(shop("S1"), shop("S2")))
    vain = replace(first.message, reason="unreached", step=POLICY.step("call_1"))
    (message,) = share_emails([replace(first, message=vain), second], POLICY, "fr")
    assert [part.debtor for part in message] == ["S2", "S1"]


languages = st.sampled_from([None, "fr", "en"])
lateness = st.integers(min_value=3, max_value=6)
amounts = st.integers(min_value=20, max_value=400)
codes = st.lists(
    st.tuples(st.integers(1, 99), languages, lateness, amounts, st.booleans()),
    min_size=1,
    max_size=25,
    unique_by=lambda one: one[0],
)


@given(codes, st.randoms(use_true_random=False))
def test_every_debtor_is_in_one_message_which_asks_what_its_parts_ask(
    made: list[tuple[int, str | None, int, int, bool]], order: object
) -> None:
    cases = []
    for number, language, late, amount, has_payer in made:
        own = () if has_payer else (a_contact(f"own-{number}"),)
        case = shop(f"S{number}", late=late, amount=str(amount), language=language)
        if own:
            case = replace(case, debtor=replace(case.debtor, contacts=own, payer=None))
        cases.append(case)
    parts = [part_of(case) for case in grouped(*cases)]
    messages = share_emails(parts, POLICY, "fr")
    found = [part.debtor for message in messages for part in message]
    assert sorted(found) == sorted(part.debtor for part in parts)
    assert all(1 <= len(message) <= MOST_PARTS for message in messages)
    for message in messages:
        asked = sum((a for p in message for a in p.in_notice().asked.values()), Decimal(0))
        owed = sum((i.open_amount for p in message for i in p.case.items.values()), Decimal(0))
        assert asked == owed
    shuffled = list(parts)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert share_emails(shuffled, POLICY, "fr") == messages


def test_the_id_of_a_shared_notice_is_that_of_all_that_it_does() -> None:
    def id_of(*companions: NoticePart) -> str:
        pairs = ((ITEM, "email_1"),)
        return notice_id("acme", "S1", Channel.EMAIL, pairs, 1, companions)

    second = NoticePart("S2", ((ITEM, "email_1"),), {}, Level.LEVEL_1)
    higher = replace(second, performs=((ITEM, "email_2"),))
    assert len({id_of(), id_of(second), id_of(higher), id_of(replace(second, debtor="S3"))}) == 4
    assert id_of() == notice_id("acme", "S1", Channel.EMAIL, ((ITEM, "email_1"),), 1)


# ------------------------------------------------------------------ the payer's week


def reminded(on: date, by: str = "n1", channel: Channel = Channel.EMAIL) -> ContactRecord:
    return ContactRecord(on, channel, Level.LEVEL_1, by)


def test_the_seven_days_are_those_of_the_payer() -> None:
    other = replace(shop("S2"), contacts=(reminded(MONDAY - timedelta(days=3)),))
    case, _ = grouped(shop("S1"), other)
    assert "too-soon-after-last-reminder" in reasons(case)
    letter = reminded(MONDAY - timedelta(days=3), channel=Channel.REGISTERED_LETTER)
    case, _ = grouped(shop("S1"), replace(other, contacts=(letter,)))
    assert part_of(case)


def test_one_message_that_several_share_is_one_contact_of_the_payer() -> None:
    day = MONDAY - timedelta(days=6)

    def with_limit(case: Case) -> Case:
        facts = replace(case.facts, min_days_between_reminders=1, max_contacts_in_7_days=3)
        return replace(case, facts=facts)

    one = (reminded(day, "n1"), reminded(day, "n2"))
    others = [with_limit(replace(shop(c), contacts=one)) for c in ("S2", "S3", "S4")]
    case = grouped(with_limit(replace(shop("S1"), contacts=one[:1])), *others)[0]
    assert part_of(case)
    more = replace(others[0], contacts=(*one, reminded(day, "n3")))
    case = grouped(with_limit(shop("S1")), more, *others[1:])[0]
    assert "contact-budget" in reasons(case)


def live(on: date, status: NoticeStatus, channel: Channel = Channel.EMAIL) -> LiveNotice:
    return LiveNotice("n9", status, "email_1", on, {}, (), "mark", channel=channel)


def test_nothing_else_is_planned_while_an_email_to_the_payer_leaves() -> None:
    def beside(notice: LiveNotice) -> Case:
        return grouped(shop("S1"), replace(shop("S2"), live=notice))[0]

    assert "payer-notice-live" in reasons(beside(live(MONDAY, NoticeStatus.PLANNED)))
    yesterday = MONDAY - timedelta(days=1)
    assert "payer-notice-live" in reasons(beside(live(yesterday, NoticeStatus.SENDING)))
    assert part_of(beside(live(yesterday, NoticeStatus.PLANNED)))
    assert part_of(beside(live(MONDAY, NoticeStatus.PLANNED, Channel.REGISTERED_LETTER)))


def test_a_contact_that_is_asked_for_at_the_payer_is_asked_for_once() -> None:
    lost = replace(a_payer(), contacts=())
    asking = Task("find", TaskKind.FIND_CONTACT, MONDAY, MONDAY)
    nobody = replace(shop("S1"), debtor=replace(a_shop("S1"), contacts=(), address=None))
    (case,) = grouped(nobody, payer=the_payer(debtor=lost))
    assert [a for a in decided(case).actions if not isinstance(a, PlanMessage)]
    (case,) = grouped(nobody, payer=the_payer(debtor=lost, tasks=(asking,)))
    assert not decided(case).actions
    assert "no-contact" in reasons(case)


def test_a_case_of_nobody_elses_knows_no_payer() -> None:
    alone = a_case(debtor=a_shop("S1", payer=None))
    assert with_payer(alone, None, [shop("S2")]).payer is None


# ------------------------------------------------------------------ one formal notice


def ready(code: str, *, due_in: int = 0, amount: str = "400", **debtor: object) -> Case:
    """Three reminders counted; its formal notice is due in so many days."""
    due = MONDAY - timedelta(days=45 - due_in)
    case = a_case(
        an_invoice(f"F-{code}", due=due, amount=amount),
        debtor=a_shop(code, payer=None, siren="552100554", **debtor),
        as_of=MONDAY,
    )
    (key,) = case.items
    steps = tuple(
        PerformedStep(step, due + timedelta(days=d), due + timedelta(days=d), Outcome.SENT, step)
        for step, d in (("email_1", 3), ("email_2", 14), ("letter_2", 22), ("email_3", 30))
    )
    counted = tuple(Reminded(one.done_on, one.by) for one in steps[1:])
    return replace(case, progress={key: Progress(steps, counted)})


def entity(*cases: Case) -> list[str]:
    situations = [situation_of(case, POLICY, CALENDAR, MONDAY) for case in cases]
    return [part.debtor for part in share_formal_notice(situations) or ()]


def test_the_codes_of_an_entity_share_a_formal_notice() -> None:
    assert entity(ready("C2"), ready("C1")) == ["C1", "C2"]


def test_a_code_that_is_near_comes_along_and_does_not_start_it() -> None:
    assert entity(ready("C1", due_in=10), ready("C2")) == ["C2", "C1"]
    assert entity(ready("C1", due_in=10), ready("C2", due_in=10)) == []
    assert entity(ready("C1"), ready("C2", due_in=30)) == ["C1"]


def test_its_minimum_is_compared_with_the_sum_over_the_entity() -> None:
    assert entity(ready("C1", amount="200")) == []
    assert entity(ready("C1", amount="200"), ready("C2", amount="150")) == ["C1", "C2"]


def test_dollars_do_not_help_euros_to_the_minimum() -> None:
    other = ready("C2", amount="200")
    (item,) = other.items.values()
    dollars = replace(other, items={item.key: replace(item, currency="USD")})
    assert entity(ready("C1", amount="200"), dollars) == []


def test_a_code_that_is_held_or_busy_stays_out() -> None:
    held = replace(ready("C2"), holds=(UnreadReply("r1", MONDAY),))
    busy = replace(ready("C3"), live=live(MONDAY, NoticeStatus.PLANNED))
    waits = replace(ready("C4"), awaiting=live(MONDAY, NoticeStatus.AWAITING_APPROVAL))
    assert entity(ready("C1"), held, busy, waits) == ["C1"]


def test_who_has_an_address_leads_and_without_any_there_is_no_letter() -> None:
    lost = ready("C1", address=None)
    assert entity(lost, ready("C2")) == ["C2", "C1"]
    assert entity(lost) == []


# ------------------------------------------------------------------ the last look


def test_one_part_that_may_not_leave_stops_them_all() -> None:
    cases = []
    for case in grouped(shop("S1"), shop("S2")):
        message = part_of(case).message
        begun = LiveNotice(
            "n1",
            NoticeStatus.PLANNED,
            "email_1",
            MONDAY,
            message.asked,
            message.performs,
            message.recipient_mark,
        )
        cases.append(replace(case, live=begun))
    first, second = (part_of(replace(case, live=None)).in_notice() for case in cases)
    planned = a_notice(
        cases[0],
        step="email_1",
        performs=first.performs,
        asked=first.asked,
        planned_for=MONDAY,
        dispatched_on=MONDAY,
        companions=(second,),
    )
    now = Moment(MONDAY, time(11), time(8), time(18))

    def look(*seen: Case) -> tuple[Verdict, str, str]:
        found = recheck(planned, seen, POLICY, CALENDAR, now)
        return found.verdict, found.reason, found.debtor

    assert look(*cases)[0] is Verdict.READY
    paid = replace(cases[1], items={})
    assert look(cases[0], paid) == (Verdict.WITHHOLD, "settled", "S2")
    stale = replace(cases[0], facts=replace(cases[0].facts, importing=True))
    assert look(stale, paid)[0] is Verdict.WITHHOLD
    assert look(stale, cases[1]) == (Verdict.WAIT, "importing", "S1")
    gone = replace(a_payer(), contacts=(Contact("x", "X", Role.BUYER, "x@client.example"),))
    moved = with_payer(cases[1], replace(the_payer(), debtor=gone))
    assert look(cases[0], moved) == (Verdict.WITHHOLD, "recipient-changed", "S2")
