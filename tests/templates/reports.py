"""Reports of drops as a year makes them, for the tests and for `make pictures`: the real comparison
of two balances, one item after the other.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from relance.application.importing.balance_report import balance_report
from relance.application.importing.drop import Drop, DropEvent
from relance.application.importing.report import ImportReport, RefusedLine
from relance.domain.balance_reading import (
    BalanceReading,
    Difference,
    ReadColumn,
    ReadItem,
    RejectedRow,
    SummaryRow,
)
from relance.domain.creditor import Creditor, Mode
from relance.domain.open_item import ItemKind, PaymentMethod
from relance.domain.reconciliation.reconcile import BalanceOrigin, Reconciliation, reconcile
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from tests.templates import samples

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
LAST_WEEK = TODAY - timedelta(days=7)
CREDITOR = Creditor(samples.PROFILE, payment=samples.PAYMENT, mode=Mode.AUTO)
NAMES = (
    "Menuiserie Vidal & Fils",
    "Transports Caillaud",
    "Hôtel des Arcades",
    "SCOP Les Ateliers du Rhône et de la Saône réunis",
    "Boulangerie Marchetti",
    "Garage de l’Étang",
    "Clinique Saint-Roch",
    "Imprimerie Lenoir",
    "Fonderie Baptistin",
    "Cave coopérative du Haut-Vallon",
    "Pépinières Orsini",
    "Électricité Mazoyer",
)


def row(place: int, number: int, amount: str, late: int, **changes: object) -> ReadItem:
    """An invoice of one of NAMES, due `late` days before TODAY."""
    due = TODAY - timedelta(days=late)
    item = ReadItem(
        line=10 + number,
        debtor_code=f"C{place:04}",
        debtor_name=NAMES[place],
        number=f"F-2026-{number:04}",
        kind=ItemKind.INVOICE,
        issue_date=due - timedelta(days=30),
        due_date=due,
        amount=Decimal(amount),
        open_amount=Decimal(amount),
        currency="EUR",
    )
    return replace(item, **changes)  # type: ignore[arg-type]


KEPT = (
    row(0, 801, "4820.50", 51),
    row(0, 802, "1562.40", 12),
    row(1, 803, "12400.00", 96),
    row(2, 804, "860.00", 35),
    row(3, 805, "7310.25", -12),
    row(4, 806, "415.10", 4),
    row(5, 807, "2290.00", 71),
    row(6, 808, "18650.00", -25),
    row(7, 809, "930.75", 140),
    row(8, 810, "3300.00", 20, currency="GBP"),
    row(9, 811, "-640.00", 8, kind=ItemKind.CREDIT_NOTE, due_date=None),
)
BEFORE = (
    *KEPT,
    row(2, 812, "2400.00", 28),
    row(6, 813, "9120.00", 15),
    row(10, 814, "5000.00", 33),
    row(11, 815, "1980.00", 3, payment_method=PaymentMethod.BILL_OF_EXCHANGE),
    row(4, 816, "742.00", 2),
)
NOW_OPEN = (
    *KEPT,
    row(6, 813, "9120.00", 15, open_amount=Decimal("3120.00")),
    row(10, 814, "5000.00", -20),
    row(1, 817, "6480.00", -30),
    row(3, 818, "1215.60", -28),
)
REJECTED = (
    RejectedRow(27, "bad-amount", "open_amount", "12O,00", number="F-2026-0816"),
    RejectedRow(31, "bad-date", "due_date", "31/02/2026", debtor_code="C0009"),
)
DIFFERENCES = (
    Difference("total-differs", "EUR", Decimal("65000.00"), Decimal("64414.60"), None, 40),
    Difference("customer-total-differs", "EUR", Decimal("742.00"), Decimal(0), NAMES[4], 33),
)
COLUMNS = (
    ReadColumn(0, "Code client", "debtor_code", 99, "name-known"),
    ReadColumn(1, "Raison sociale", "debtor_name", 96, "name-known"),
    ReadColumn(2, "N° pièce", "number", 95, "name-known"),
    ReadColumn(3, "Échéance", "due_date", 92, "name-known"),
    ReadColumn(4, "Solde TTC", "open_amount", 90, "name-known"),
    ReadColumn(5, "Rep.", "", 0, "not-understood"),
)
BUCKETS = {
    "EUR": {
        "Non échu": Decimal("38655.85"),
        "0-30": Decimal("4457.50"),
        "31-60": Decimal("5680.50"),
        "61-90": Decimal("2290.00"),
        "> 90": Decimal("13330.75"),
    }
}


def reading(items: tuple[ReadItem, ...] = NOW_OPEN, **changes: object) -> BalanceReading:
    found = BalanceReading("xlsx", TODAY, items, columns=COLUMNS, non_item_rows=4)
    return replace(found, **changes)  # type: ignore[arg-type]


FULL_READING = reading(
    rejected=REJECTED,
    file_totals={"EUR": Decimal("65000.00")},
    warnings=("duplicate-numbers",),
    differences=DIFFERENCES,
    buckets=BUCKETS,
)


def compared(found: BalanceReading) -> Reconciliation:
    first = BalanceOrigin(1, LAST_WEEK, "a" * 64, NOW - timedelta(days=7))
    before = reconcile(BalanceSnapshot(), reading(BEFORE, as_of=LAST_WEEK), first).after
    return reconcile(before, found, BalanceOrigin(2, TODAY, "b" * 64, NOW))


def applied(found: BalanceReading = FULL_READING, status: str = "applied") -> ImportReport:
    code = "balance-shrunk" if status == "suspicious" else None
    report = balance_report(found, compared(found), status=status, code=code, dated=TODAY)
    return replace(report, import_seq=2)


def asked() -> ImportReport:
    return ImportReport(
        status="refused",
        code="date-order-tied",
        detail={"column": "Échéance"},
        seen=("02/03/2026", "05/04/2026"),
        asks=True,
        columns=COLUMNS,
        sample=(
            ("C0001", NAMES[1], "F-2026-0803", "02/03/2026", "12 400,00", "P. Roy"),
            ("C0002", NAMES[2], "F-2026-0804", "05/04/2026", "860,00", ""),
        ),
        quarantine_key="quarantine/delorme/abc/balance.csv",
    )


def summary() -> ImportReport:
    rows = tuple(
        SummaryRow(5 + n, f"C{n:04}", name, Decimal(1000 * (n + 1)), "EUR")
        for n, name in enumerate(NAMES)
    )
    found = BalanceReading("xlsx", TODAY, (), summary=rows, non_item_rows=3, buckets=BUCKETS)
    return balance_report(found, None, status="summary", code="summary-names-no-item")


def contacts() -> ImportReport:
    return ImportReport(
        status="applied",
        kind="contacts",
        counts={"rows": 14, "debtors": 12, "contacts": 13, "rejected": 1},
        rejected=(RefusedLine(7, "bad-email", "email", "compta@"),),
    )


def refused() -> ImportReport:
    return ImportReport(
        status="refused", code="workbook-encrypted", quarantine_key="quarantine/delorme/abc/b.xlsx"
    )


SITUATIONS = {
    "applied": applied,
    "suspicious": lambda: applied(reading(KEPT[:4]), "suspicious"),
    "asked": asked,
    "summary": summary,
    "contacts": contacts,
    "refused": refused,
}


def values(report: ImportReport, **event: object) -> dict[str, object]:
    name = event.pop("name", "balance <nov>.xlsx")
    drop = Drop(DropEvent(f"delorme/{name}", "v1", NOW), "delorme", b"bytes")
    return report.values(drop, CREDITOR)
