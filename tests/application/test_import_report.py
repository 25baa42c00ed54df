"""The figures of a report, and where it is kept: from balances dropped one after the other."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.application.importing.balance_report import balance_report
from relance.application.importing.doors import ImportOutcome
from relance.application.importing.next_steps import what_follows
from relance.application.importing.report import ImportReport
from relance.application.importing.report_figures import (
    TOP,
    aged_report,
    debtor_movements,
    late_debtors,
    settled_sums,
)
from relance.domain.balance_reading import RejectedRow, SummaryRow
from relance.domain.creditor import Mode, Pause
from relance.domain.errors import RelanceError
from relance.domain.open_item import ItemKey, Settlement
from relance.domain.reconciliation.changes import ChangeKind, DebtorChange, ItemChange
from relance.domain.reconciliation.identity import open_item
from relance.domain.reconciliation.reconcile import Reconciliation
from relance.domain.reconciliation.snapshot import BalanceSnapshot, DebtorBalance
from tests.application.fakes_import import (
    BIG,
    START,
    ImportWorld,
    a_balance,
    a_row,
    after_a_week,
    new_creditor,
)

DAY = START.date()


def told(world: ImportWorld, outcome: ImportOutcome) -> Any:
    assert outcome.report_key is not None
    return json.loads(world.reports.get(outcome.report_key))


class Question(RelanceError):
    seen = ("02/03/2026",)

    class table:  # noqa: N801 - as the reader's question carries it
        columns = ()
        rows = (("C1", 12),)


def test_what_waits_to_be_released_is_told_with_what_to_do() -> None:
    world = ImportWorld(new_creditor())
    old = a_row("FA-1", due=DAY - timedelta(days=22), amount="700.00", open_amount="400.00")
    recent = a_row("FA-2", due=DAY - timedelta(days=21))
    first = told(world, world.drop(a_balance(old, recent, BIG)))
    case = world.doors().office.open("acme").case("C001")
    assert [case.items[key].number for key in case.to_release] == ["FA-1"]
    big = Decimal(BIG.open_amount) if (DAY - BIG.due_date).days > 21 else Decimal(0)  # type: ignore[operator]
    (waits,) = first["to_release"]
    assert (waits["currency"], waits["items"]) == ("EUR", 1 + bool(big))
    assert Decimal(waits["amount"]) == Decimal(400) + big
    (ask,) = [one for one in first["asked"] if one["code"] == "release-old"]
    assert ask["commands"] == ["relance release acme", "relance release acme --all --level level_1"]
    world.next_week()
    again = told(world, world.drop(a_balance(old, recent, BIG)))
    assert again["to_release"] == [], "told once, by the balance that shows it first"
    assert not [one for one in again["asked"] if one["code"] == "release-old"]


def test_a_page_and_a_message_are_kept_beside_the_data() -> None:
    world = ImportWorld(new_creditor())
    outcome = world.drop(a_balance(a_row()))
    assert outcome.report_key == f"reports/acme/{DAY}/1.json"
    kept = [key for key in world.reports.keys if key.startswith("reports/")]
    assert sorted(kept) == [f"reports/acme/{DAY}/1.{end}" for end in ("eml", "html", "json")]
    assert b"'report_key', 'reports/acme/" in world.reports.get(f"reports/acme/{DAY}/1.html")


def test_the_aged_balance_is_the_one_after_the_import() -> None:
    """An item left as it was because of a rejected row is still owed."""
    world = after_a_week()
    rejected = (RejectedRow(4, "bad-amount", "open_amount", "12O,00", number="FA-1"),)
    outcome = world.drop(a_balance(a_row("FA-2", open_amount="400.00"), BIG, rejected=rejected))
    report = told(world, outcome)
    (aged,) = report["aged"]
    assert (aged["currency"], aged["total"], aged["late"]) == ("EUR", "10400.00", "10400.00")
    assert [(line["key"], line["amount"], line["items"]) for line in aged["lines"]] == [
        ("not-due", "0", 0),
        ("1-30", "0", 0),
        ("31-60", "10400.00", 3),
        ("61-90", "0", 0),
        ("over-90", "0", 0),
    ]
    assert report["aged_on"] == (DAY + timedelta(days=7)).isoformat()
    (left,) = report["left_as_is"]
    assert (left["debtor_name"], left["number"]) == ("Menuiserie Dupont SARL", "FA-1")


def test_the_balance_is_aged_on_its_own_date() -> None:
    world = ImportWorld(new_creditor())
    report = told(world, world.drop(a_balance(a_row(), as_of=date(2026, 2, 1))))
    assert report["aged_on"] == "2026-02-01"
    assert report["aged"][0]["late"] == "0"


def test_what_was_collected_is_told_by_cause() -> None:
    world = after_a_week()
    report = told(world, world.drop(a_balance(a_row(open_amount="250.00"), BIG)))
    assert report["collected"] == {"EUR": "1750.00"}
    assert [(one["cause"], one["amount"], one["items"]) for one in report["settled"]] == [
        ("part-paid", "750.00", 1),
        ("settled-cause-unknown", "1000.00", 1),
    ]
    assert "settled-until-confirmed" in report["next"]


def after(*changes: ItemChange) -> Reconciliation:
    debtors = {"C001": DebtorBalance("Dupont", {c.after.key: c.after for c in changes})}
    return Reconciliation(
        BalanceSnapshot(debtors=debtors), {"C001": DebtorChange("C001", "Dupont", changes)}, 0, ()
    )


def settled(number: str, cause: Settlement) -> ItemChange:
    before = open_item(ItemKey(f"{number}|invoice|1"), a_row(number))
    gone = replace(before, open_amount=Decimal(0), settlement=cause, settled_on=DAY)
    return ItemChange(ChangeKind.SETTLED, before, gone)


def test_what_the_bank_has_until_maturity_is_not_collected() -> None:
    found = after(settled("FA-1", Settlement.COVERED), settled("FA-2", Settlement.UNKNOWN_CAUSE))
    report = balance_report(a_balance(BIG), found, status="applied", code=None, dated=DAY)
    assert report.collected == {"EUR": Decimal("1000.00")}
    assert {one.cause for one in report.settled} == {
        Settlement.COVERED,
        Settlement.UNKNOWN_CAUSE,
    }
    assert [one.settlement for one in report.changes] == [
        Settlement.COVERED,
        Settlement.UNKNOWN_CAUSE,
    ]


def test_an_item_back_under_another_number_is_not_settled() -> None:
    world = after_a_week()
    report = told(world, world.drop(a_balance(a_row("NEW-1"), a_row("FA-2"), BIG)))
    assert report["collected"] == {}
    assert report["settled"] == []


def test_a_due_date_moved_shows_the_one_before() -> None:
    world = after_a_week()
    later = date(2026, 4, 2)
    report = told(world, world.drop(a_balance(a_row(due=later), a_row("FA-2"), BIG)))
    (change,) = report["changes"]
    assert (change["change"], change["due_before"], change["due_date"]) == (
        "changed",
        "2026-02-02",
        "2026-04-02",
    )


def test_a_suspicious_balance_says_what_it_would_do_and_which_command_decides() -> None:
    world = after_a_week()
    report = told(world, world.drop(a_balance(a_row())))
    assert report["status"] == "suspicious"
    assert report["collected"] == {}
    assert report["settled"][0]["amount"] == "10000.00"
    (ask,) = report["asked"]
    assert ask["commands"] == [
        "relance confirm-import acme acme/balance.csv",
        "relance confirm-import acme acme/balance.csv --refuse --reason …",
    ]
    assert report["next"] == ["nothing-leaves-until-confirmed"]


def test_a_question_is_kept_with_the_table_as_understood() -> None:
    world = ImportWorld(new_creditor())
    report = told(world, world.drop(Question("date-order-tied", {"column": "Due"})))
    assert (report["status"], report["asks"]) == ("refused", True)
    assert (report["seen"], report["sample"]) == (["02/03/2026"], [["C1", "12"]])
    assert report["asked"] == [
        {
            "code": "answer-question",
            "commands": [],
            "lines": ["balance:", "  date_order: day-first  # month-first"],
        }
    ]
    assert report["next"] == ["last-balance-stays"]


def test_a_refused_file_is_to_be_mended_and_an_overtaken_one_is_not() -> None:
    world = ImportWorld(new_creditor())
    report = told(world, world.drop(RelanceError("file-empty")))
    assert [ask["code"] for ask in report["asked"]] == ["mend-file"]
    late = world.put(a_balance(a_row("FA-0")))
    world.next_week()
    world.drop(a_balance(a_row()))
    assert told(world, world.run(late))["asked"] == []


def test_totals_by_customer_make_the_total_and_ask_for_the_detail() -> None:
    rows = (
        SummaryRow(2, "C1", "A", Decimal(10), "EUR"),
        SummaryRow(3, "C2", "B", Decimal(5), "EUR"),
    )
    reading = replace(a_balance(), summary=rows, buckets={"EUR": {"0-30": Decimal(15)}})
    report = balance_report(reading, None, status="summary", code="summary-names-no-item")
    assert report.totals == {"EUR": Decimal(15)}
    assert report.detail == {"rows": "2", "total": "15 EUR"}
    assert report.counts["summary"] == 2
    assert report.file_aged[0].total == Decimal(15)
    assert report.aged == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "decided-at-next-run"),
        ({"mode": Mode.OBSERVE}, "observed-nothing-leaves"),
        ({"pause": Pause(START, "claire", "audit")}, "paused-nothing-leaves"),
    ],
)
def test_what_follows_is_what_the_creditor_allows(changes: dict[str, Any], code: str) -> None:
    world = ImportWorld(replace(new_creditor(), **changes))
    assert told(world, world.drop(a_balance(a_row())))["next"] == [code]


@pytest.mark.parametrize(
    ("report", "codes"),
    [
        (ImportReport("pending", "document"), ("document-waits-for-its-item",)),
        (ImportReport("filed", "document"), ()),
        (ImportReport("applied", "creditor"), ()),
        (ImportReport("refused", "document"), ("last-balance-stays",)),
        (ImportReport("applied", "payments"), ("payments-wait-for-balance", "decided-at-next-run")),
    ],
)
def test_what_follows_a_file_that_is_no_balance(
    report: ImportReport, codes: tuple[str, ...]
) -> None:
    assert what_follows(report, new_creditor()) == codes


def test_the_largest_movements_and_the_latest_debtors_are_named() -> None:
    rows = [
        a_row(f"FA-{n}", code=f"C{n:03}", name=f"Client {n}", amount=f"{100 + n}.00")
        for n in range(2 * TOP)
    ]
    world = ImportWorld(new_creditor())
    report = told(world, world.drop(a_balance(*rows)))
    assert [one["code"] for one in report["movements"]] == [
        f"C{n:03}" for n in range(2 * TOP - 1, TOP - 1, -1)
    ]
    first = report["late_debtors"][0]
    assert (first["code"], first["late"], first["days"]) == ("C019", "119.00", 28)
    assert len(report["late_debtors"]) == TOP


AMOUNTS = st.decimals(min_value=-500, max_value=500, places=2).filter(bool)
ROWS = st.lists(
    st.tuples(st.integers(0, 3), AMOUNTS, st.sampled_from(["EUR", "USD"]), st.none() | st.dates()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_the_figures_add_up_whatever_came(
    first: list[tuple[int, Decimal, str, date | None]],
    second: list[tuple[int, Decimal, str, date | None]],
) -> None:
    world = ImportWorld(new_creditor())
    for rows in (first, second):
        lines = [
            a_row(f"FA-{n}", code=f"C{who}", name=f"Client {who}", amount=str(amount),
                  currency=currency, due=due)
            for n, (who, amount, currency, due) in enumerate(rows)
        ]  # fmt: skip
        outcome = world.run(world.put(a_balance(*lines), accepted_by="claire"))
        world.next_week()
    items = [item for _, item in world.snapshot().each() if item.is_open]
    for aged in told(world, outcome)["aged"]:
        owed = sum(i.open_amount for i in items if i.currency == aged["currency"])
        assert Decimal(aged["total"]) == owed
        assert sum(Decimal(line["amount"]) for line in aged["lines"]) == owed
        assert sum(line["items"] for line in aged["lines"]) == sum(
            i.currency == aged["currency"] for i in items
        )
    for moved in told(world, outcome)["movements"]:
        owed = sum(
            i.open_amount
            for code, i in world.snapshot().each()
            if (code, i.currency) == (moved["code"], moved["currency"])
        )
        assert Decimal(moved["after"]) == owed


def test_nothing_moved_nothing_named() -> None:
    empty = after()
    assert not settled_sums(empty)
    assert not debtor_movements(empty)
    assert not aged_report(empty.after, DAY)
    assert not late_debtors(empty.after, DAY)
