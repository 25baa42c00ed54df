"""What the accounting tool exports: the balance of a day as CSV or as XLSX, in turn."""

import csv
import io
from datetime import date
from decimal import Decimal

from relance.adapters.spreadsheet_cells import cell_text
from relance.cli.demo.ledger import Entry, Ledger
from relance.cli.demo.workbook import Value, build_xlsx
from relance.domain.open_item import ItemKind

_HEADER = (
    "Code client",
    "Nom client",
    "Type pièce",
    "N° pièce",
    "Date pièce",
    "Date échéance",
    "Montant TTC",
    "Reste dû",
    "Devise",
    "N° commande",
    "Facture d'origine",
)
_KINDS = {
    ItemKind.INVOICE: "Facture",
    ItemKind.CREDIT_NOTE: "Avoir",
    ItemKind.DOWN_PAYMENT: "Acompte",
    ItemKind.PAYMENT: "Règlement",
    ItemKind.OTHER: "OD",
}


def export_balance(ledger: Ledger, day: date, company: str) -> tuple[str, bytes]:
    """(file name, content): a workbook in even weeks, CSV in CP1252 in odd ones."""
    entries = ledger.open_on(day)
    table: list[list[Value]] = [*_title(company, day), list(_HEADER)]
    table += [_cells(entry) for entry in entries]
    table += _totals(entries)
    if day.isocalendar().week % 2 == 0:
        return f"balance-{day}.xlsx", build_xlsx("Balance âgée", table)
    return f"balance-{day}.csv", _csv(table)


def _title(company: str, day: date) -> list[list[Value]]:
    return [
        [company.upper()],
        ["Balance âgée clients : pièces non lettrées"],
        ["Arrêtée au", day],
        [],
    ]


def _cells(entry: Entry) -> list[Value]:
    return [
        entry.debtor,
        entry.name,
        _KINDS[entry.kind],
        entry.number,
        entry.issued,
        entry.due,
        entry.amount,
        entry.opened,
        entry.currency,
        entry.order,
        entry.credits,
    ]


def _totals(entries: tuple[Entry, ...]) -> list[list[Value]]:
    sums: dict[str, Decimal] = {}
    for entry in entries:
        sums[entry.currency] = sums.get(entry.currency, Decimal(0)) + entry.opened
    return [
        [None, f"Total {currency}", *[None] * 5, total, currency]
        for currency, total in sorted(sums.items())
    ]


def _csv(table: list[list[Value]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in table:
        writer.writerow([*map(_french, row), *[""] * (len(_HEADER) - len(row))])
    return text.getvalue().encode("cp1252")


def _french(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", " ").replace(".", ",")
    return cell_text(value)
