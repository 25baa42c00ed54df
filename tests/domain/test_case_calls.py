"""What is known of calls lives with the case: contacts files, imports and merged codes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from relance.domain.calling import CallMade, CallOutcome, Cause, LateCause
from relance.domain.case import Case, FormalNoticeOrder
from relance.domain.case_contacts import DebtorCard, apply_card
from relance.domain.case_import import apply_balance
from relance.domain.case_merge import carried, left_behind
from relance.domain.debtor import Contact, Role
from relance.domain.escalation.call_numbers import mark_wrong_number
from relance.domain.open_item import ItemKey, Settlement
from relance.domain.reconciliation.changes import DebtorChange, change_between
from relance.domain.task import Task, TaskKind
from tests.builders import a_case, a_debtor, an_invoice

TODAY = date(2026, 3, 10)
CASH = LateCause(Cause.CASH, TODAY, "claire")


def card(*contacts: Contact) -> DebtorCard:
    return DebtorCard("C001", None, contacts, None, None, None, None)


def person(phone: str | None, email: str = "ap@client.example") -> Contact:
    return Contact("ap", "Ap Durand", Role.ACCOUNTS_PAYABLE, email, phone)


def asking(phone: str) -> Case:
    """Its only number was wrong, and somebody looks for another."""
    debtor = replace(a_debtor(), contacts=(person(phone),))
    task = Task("find_phone-1", TaskKind.FIND_PHONE, TODAY, TODAY)
    return mark_wrong_number(replace(a_case(debtor=debtor), tasks=(task,)), phone)


def test_a_contacts_file_that_repeats_a_wrong_number_changes_nothing() -> None:
    after = apply_card(asking("+331"), card(person("+331", "new@client.example")), agenda=TODAY)
    assert after.debtor.contacts[0].dial is None
    assert [task.kind for task in after.tasks] == [TaskKind.FIND_PHONE]


def test_a_contacts_file_that_brings_another_number_ends_the_search() -> None:
    after = apply_card(asking("+331"), card(person("+332")), agenda=TODAY)
    assert after.debtor.contacts[0].dial == "+332"
    assert not after.tasks


def test_a_cause_and_a_task_of_ours_end_with_their_items() -> None:
    item = an_invoice("FA-1")
    mend = Task("m", TaskKind.MEND, TODAY, TODAY, detail=item.key)
    case = replace(a_case(item), causes={item.key: CASH}, tasks=(mend,))
    paid = replace(item, open_amount=Decimal(0), settlement=Settlement.UNKNOWN_CAUSE)
    change = change_between(item, paid)
    assert change is not None
    changed = DebtorChange("C001", case.debtor.name, (change,))
    after = apply_balance(case, changed, import_seq=2, agenda=TODAY, dated=TODAY).case
    assert (after.causes, after.tasks) == ({}, ())


def test_an_order_ends_with_the_last_of_its_items_and_follows_the_key_of_the_others() -> None:
    item, other = an_invoice("FA-1"), an_invoice("FA-2")
    order = FormalNoticeOrder((item.key, other.key), "hugo", TODAY)
    case = replace(a_case(item, other), ordered=order)
    renamed = replace(other, key=ItemKey("FA-2|invoice|2"))
    first = change_between(item, replace(item, open_amount=Decimal(0)))
    assert first is not None
    moved = replace(first, before=other, after=renamed, was=other.key)
    changed = DebtorChange("C001", case.debtor.name, (first, moved))
    after = apply_balance(case, changed, import_seq=2, agenda=TODAY, dated=TODAY).case
    assert after.ordered == replace(order, items=(renamed.key,))
    last = change_between(renamed, replace(renamed, open_amount=Decimal(0)))
    assert last is not None
    changed = DebtorChange("C001", case.debtor.name, (last,))
    paid = apply_balance(after, changed, import_seq=3, agenda=TODAY, dated=TODAY).case
    assert paid.ordered is None


def test_causes_and_calls_follow_to_the_code_that_stays() -> None:
    item = an_invoice("FA-1")
    made = CallMade(TODAY, CallOutcome.REACHED, "call-1", "claire")
    moved = {item.key: ItemKey("FA-1|invoice|2")}
    source = replace(a_case(item), causes={item.key: CASH}, calls=(made,))
    after = carried(source, a_case(an_invoice("FA-2")), moved, TODAY)
    assert (after.causes, after.calls) == ({ItemKey("FA-1|invoice|2"): CASH}, (made,))
    assert left_behind(source, moved).causes == {}
