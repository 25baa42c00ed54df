"""Missing data becomes one task before it makes a payment late."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from relance.domain.case import Case
from relance.domain.case_contacts import DebtorCard, apply_card
from relance.domain.debtor import Debtor, PayerProfile
from relance.domain.escalation.decide import decide
from relance.domain.escalation.decision import OpenTask
from relance.domain.escalation.progress import open_task
from relance.domain.missing_data import reason_of, still_missing
from relance.domain.open_item import ItemKind, OpenItem
from relance.domain.postal_address import PostalAddress
from relance.domain.task import TaskKind
from tests.builders import (
    CALENDAR,
    a_case,
    a_contact,
    a_debtor,
    an_invoice,
    seen_on,
    standard_policy,
)

ISSUED = date(2026, 3, 2)
"""A Monday."""
ASKED = date(2026, 3, 5)
DUE = date(2026, 4, 1)
POLICY = standard_policy()
ADDRESS = PostalAddress(("12 RUE X", "31000 TOULOUSE"))


def bill(number: str = "FA-1", **changes: object) -> OpenItem:
    item = an_invoice(number, due=DUE, issued=ISSUED, amount="400")
    return replace(item, **changes)  # type: ignore[arg-type]


def task_of(case: Case, day: date = ASKED) -> OpenTask | None:
    found = decide(seen_on(case, day), POLICY, CALENDAR, day).actions
    tasks = [a for a in found if isinstance(a, OpenTask) and a.kind is TaskKind.COMPLETE_DATA]
    assert len(tasks) < 2
    return tasks[0] if tasks else None


def detail_of(case: Case, day: date = ASKED) -> str | None:
    task = task_of(case, day)
    return task.detail if task else None


def opened(case: Case, day: date = ASKED) -> Case:
    task = task_of(case, day)
    assert task is not None
    return open_task(case, task, POLICY, CALENDAR, day)


def test_nothing_is_asked_when_nothing_misses() -> None:
    assert task_of(a_case(bill())) is None


@pytest.mark.parametrize(
    ("case", "detail", "reason"),
    [
        (a_case(bill(due_date=None)), "due-date=FA-1|invoice|1", "missing-due-date"),
        (
            a_case(bill(), bill("FA-2", order_number=None)),
            "order-number=FA-2|invoice|1",
            "missing-order-number",
        ),
        (a_case(bill(), debtor=replace(a_debtor(), address=None)), "address", "missing-address"),
        (
            a_case(bill(), debtor=Debtor("C001", "Dupont", address=ADDRESS)),
            "email",
            "missing-email",
        ),
        (a_case(bill(), debtor=Debtor("C001", "Dupont")), "email address", "missing-data"),
    ],
)
def test_one_task_names_what_misses(case: Case, detail: str, reason: str) -> None:
    task = task_of(case)
    assert task is not None
    assert (task.detail, task.reason, task.items != ()) == (detail, reason, True)
    assert task.due_on == ASKED + timedelta(days=4)  # two working days, over a week-end


def test_three_working_days_after_the_invoice_and_the_agenda_knows() -> None:
    case = a_case(bill(due_date=None))
    early = decide(seen_on(case, ISSUED), POLICY, CALENDAR, ISSUED)
    assert (early.actions, early.agenda) == ((), ASKED)
    assert task_of(case, ASKED - timedelta(days=1)) is None


def test_at_once_when_it_is_late_already() -> None:
    late = bill(issue_date=date(2026, 3, 4), due_date=date(2026, 3, 4))
    homeless = replace(a_debtor(), address=None)
    assert detail_of(a_case(late, debtor=homeless)) == "address"


def test_an_order_number_only_of_who_uses_them() -> None:
    assert detail_of(a_case(bill(order_number=None))) is None
    town = replace(a_debtor(), profile=PayerProfile.ADMINISTRATIVE)
    found = detail_of(a_case(bill(order_number=None), debtor=town))
    assert found == "order-number=FA-1|invoice|1"


def test_an_address_only_for_amounts_that_a_letter_would_ask_for() -> None:
    homeless = replace(a_debtor(), address=None)
    assert detail_of(a_case(bill(open_amount=bill().amount / 4), debtor=homeless)) is None


def test_what_was_carried_over_names_no_document() -> None:
    old = bill(kind=ItemKind.OPENING_BALANCE, due_date=None, order_number=None)
    assert task_of(a_case(old)) is None


def test_one_task_is_open_at_a_time_and_nothing_is_asked_twice() -> None:
    case = opened(a_case(bill(due_date=None)))
    new = bill("FA-2", due_date=None)
    more = replace(case, items=case.items | {new.key: new})
    assert task_of(more) is None
    closed = replace(more, tasks=())
    assert detail_of(closed) == "due-date=FA-2|invoice|1"
    assert detail_of(replace(case, tasks=())) is None


def test_what_is_about_a_document_that_is_gone_is_forgotten() -> None:
    case = replace(a_case(bill(due_date=None)), data_asked=("email", "due-date=GONE|invoice|1"))
    assert opened(case).data_asked == ("email", "due-date=FA-1|invoice|1")


def test_a_contacts_file_takes_out_what_it_brings() -> None:
    case = opened(a_case(bill(), debtor=Debtor("C001", "Dupont")))
    card = DebtorCard("C001", None, (a_contact(),), None, None, None, None)
    half = apply_card(case, card, agenda=ASKED)
    assert [task.detail for task in half.tasks] == ["address"]
    whole = apply_card(half, replace(card, address=ADDRESS), agenda=ASKED)
    assert whole.tasks == ()


def test_a_message_that_finds_nobody_asks_once() -> None:
    """The task is open already: the step waits, and no second task says the same."""
    case = opened(a_case(bill(), debtor=Debtor("C001", "Dupont")))
    day = DUE + timedelta(days=6)
    decision = decide(seen_on(case, day), POLICY, CALENDAR, day)
    assert not [a for a in decision.actions if isinstance(a, OpenTask)]
    assert "no-contact" in {held.reason for held in decision.held}


def test_what_is_still_missing() -> None:
    tokens = ("due-date=FA-1|invoice|1", "order-number=FA-1|invoice|1", "email", "address")
    items = {item.key: item for item in (bill(order_number=None),)}
    assert still_missing(tokens, Debtor("C001", "Dupont"), items) == tokens[1:]
    assert still_missing(tokens, a_debtor(), {}) == ()
    assert reason_of(tokens) == "missing-data"
