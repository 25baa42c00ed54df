"""Lists of receipts, and `relance paid`: what came in is not chased (design §6)."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from relance.application.drop_contents import PaymentLine, PaymentsFile
from relance.application.importing.doors import ImportOutcome
from relance.application.people import NotAllowed
from relance.application.record_payment import record_payment
from relance.domain.balance_reading import RejectedRow
from relance.domain.case import Case
from relance.domain.escalation.arrangements import ArrangementRefused
from relance.domain.escalation.netting import net_account
from relance.domain.holds import ReceivedPayment
from tests.application.fakes_import import BIG, START, ImportWorld, a_balance, a_row, after_a_week
from tests.builders import CALENDAR

DAY = START.date()


def a_line(amount: str, *numbers: str, line: int = 2, **more: Any) -> PaymentLine:
    shown = {"debtor_code": "C001", **more}
    return PaymentLine(line, Decimal(amount), "EUR", DAY, numbers=numbers, **shown)


def chaseable(case: Case) -> dict[str, str]:
    return {r.item.number: str(r.chaseable) for r in net_account(case, CALENDAR).values()}


def received(world: ImportWorld, *lines: PaymentLine) -> ImportOutcome:
    return world.drop(PaymentsFile(lines), key="acme/payments.csv")


@pytest.fixture
def world() -> ImportWorld:
    return after_a_week()


class TestMatching:
    def test_by_the_documents_it_names(self, world: ImportWorld) -> None:
        outcome = received(world, a_line("1000.00", " fa-2"))
        assert (outcome.status, outcome.counts["receipts"]) == ("applied", 1)
        assert chaseable(world.case()) == {"FA-1": "1000.00", "FA-2": "0.00"}
        assert not world.creditor.is_importing

    def test_part_of_a_document(self, world: ImportWorld) -> None:
        received(world, a_line("300.00", "FA-1"))
        assert chaseable(world.case())["FA-1"] == "700.00"

    def test_a_debtor_found_by_its_document_alone(self, world: ImportWorld) -> None:
        received(world, a_line("1000.00", "FA-1", debtor_code=None))
        assert chaseable(world.case())["FA-1"] == "0.00"

    def test_a_debtor_found_by_its_name(self, world: ImportWorld) -> None:
        world.drop(a_balance(a_row(name="Dupont"), a_row("FA-2", name="Dupont"), BIG))
        received(world, a_line("1000.00", "FA-1", debtor_code=None, debtor_name="DUPONT"))
        assert chaseable(world.case())["FA-1"] == "0.00"

    def test_else_one_of_exactly_that_amount(self, world: ImportWorld) -> None:
        rows = (a_row(), a_row("FA-2", amount="250.00", due=date(2026, 3, 1)), BIG)
        world.drop(a_balance(*rows))
        received(world, a_line("250.00"))
        assert chaseable(world.case()) == {"FA-1": "1000.00", "FA-2": "0.00"}

    def test_else_the_oldest_due_first(self, world: ImportWorld) -> None:
        received(world, a_line("1200.00"))
        assert chaseable(world.case()) == {"FA-1": "0.00", "FA-2": "800.00"}

    def test_two_receipts_of_one_file_do_not_pay_the_same_item(self, world: ImportWorld) -> None:
        received(world, a_line("1000.00"), a_line("1000.00", line=3))
        assert chaseable(world.case()) == {"FA-1": "0.00", "FA-2": "0.00"}

    def test_money_of_nobody_known_is_reported(self, world: ImportWorld) -> None:
        line = a_line("10.00", debtor_code="C404")
        outcome = received(world, line)
        assert (outcome.code, outcome.counts["unmatched"]) == ("payments-unmatched", 1)

    def test_what_exceeds_the_items_is_a_task(self, world: ImportWorld) -> None:
        outcome = received(world, a_line("1500.00", "FA-1"))
        assert outcome.counts["unmatched"] == 1
        assert chaseable(world.case()) == {"FA-1": "0.00", "FA-2": "1000.00"}
        assert [task.detail for task in world.case().tasks] == ["payment-unmatched"]


class TestOnce:
    def test_the_receipts_of_yesterday_in_the_file_of_today_count_once(
        self, world: ImportWorld
    ) -> None:
        received(world, a_line("300.00", "FA-1"))
        outcome = received(world, a_line("300.00", "FA-1", line=9), a_line("50.00", "FA-1"))
        assert outcome.counts["receipts"] == 2
        assert chaseable(world.case())["FA-1"] == "650.00"

    def test_also_once_the_balance_shows_them(self, world: ImportWorld) -> None:
        received(world, a_line("1000.00"))
        world.drop(a_balance(a_row("FA-2"), BIG))
        received(world, a_line("1000.00", line=5))
        assert chaseable(world.case()) == {"FA-2": "1000.00"}

    def test_until_three_months_later(self, world: ImportWorld) -> None:
        received(world, a_line("1000.00"))
        world.drop(a_balance(a_row("FA-2"), BIG))
        for _ in range(14):
            world.next_week()
        world.drop(a_balance(a_row("FA-2", open_amount="900.00"), BIG))
        assert world.case().holds == ()


class TestUntilABalance:
    def test_settles_it(self, world: ImportWorld) -> None:
        received(world, a_line("1000.00", "FA-1"))
        world.drop(a_balance(a_row("FA-2"), BIG))
        (hold,) = world.case().holds
        assert isinstance(hold, ReceivedPayment)
        assert hold.posted_on == date(2026, 3, 9)

    def test_shows_it_part_paid(self, world: ImportWorld) -> None:
        received(world, a_line("400.00", "FA-1"))
        world.drop(a_balance(a_row(open_amount="600.00"), a_row("FA-2"), BIG))
        assert chaseable(world.case())["FA-1"] == "600.00"

    def test_and_no_balance_that_still_shows_it_frees_it(self, world: ImportWorld) -> None:
        received(world, a_line("1000.00", "FA-1"))
        for _ in range(3):
            world.next_week()
            world.drop(a_balance(a_row(), a_row("FA-2", open_amount="900.00"), BIG))
        assert chaseable(world.case())["FA-1"] == "0.00"


class TestByHand:
    def test_a_person_notes_a_payment(self, world: ImportWorld) -> None:
        office = world.doors().office
        record_payment("acme", "C001", ("FA-1",), "claire", amount=None, paid_on=DAY, office=office)
        assert chaseable(world.case())["FA-1"] == "0.00"
        entry = world.stores.of("acme").cases.history("C001")[-1]
        assert (entry.actor, entry.kind) == ("claire", "payment-received")
        assert entry.facts["documents"] == "FA-1"

    def test_what_makes_no_sense_is_refused(self, world: ImportWorld) -> None:
        office = world.doors().office
        tomorrow = date(2026, 3, 10)
        with pytest.raises(NotAllowed, match="payment-in-the-future"):
            record_payment(
                "acme", "C001", ("FA-1",), "claire", amount=None, paid_on=tomorrow, office=office
            )
        with pytest.raises(NotAllowed, match="receipt-names-nothing"):
            record_payment("acme", "C001", (), "claire", amount=None, paid_on=DAY, office=office)
        with pytest.raises(ArrangementRefused, match="no-such-open-item"):
            record_payment(
                "acme", "C001", ("FA-77",), "claire", amount=None, paid_on=DAY, office=office
            )


def test_the_report_shows_line_column_and_value_of_what_was_refused(world: ImportWorld) -> None:
    lines = (
        a_line("10.00", debtor_code="C404"),
        a_line("10.00", debtor_code=None, debtor_name="Inconnu SA", line=3),
        a_line("10.00", "FA-404", "FA-405", debtor_code=None, line=4),
        a_line("1500.00", "FA-1", line=5),
    )
    bad = RejectedRow(6, "bad-amount", "amount", "12O,00", debtor_code="C001")
    outcome = world.drop(PaymentsFile(lines, (bad,)), key="acme/payments.csv")
    assert outcome.report_key is not None
    report = json.loads(world.reports.get(outcome.report_key))
    assert [(r["line"], r["reason"], r["field"], r["value"]) for r in report["rejected"]] == [
        (2, "payment-of-nobody-known", "debtor_code", "C404"),
        (3, "payment-of-nobody-known", "debtor_name", "Inconnu SA"),
        (4, "payment-of-nobody-known", "number", "FA-404, FA-405"),
        (5, "payment-unmatched", "amount", "1500.00 EUR"),
        (6, "bad-amount", "amount", "12O,00"),
    ]


def test_another_currency_pays_nothing(world: ImportWorld) -> None:
    received(world, replace(a_line("1000.00", "FA-1"), currency="USD"))
    assert chaseable(world.case())["FA-1"] == "1000.00"
    assert len(world.case().tasks) == 1
