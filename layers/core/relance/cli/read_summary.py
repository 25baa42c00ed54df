"""The summary of `relance read` for people: figures, first rows, what was refused and why."""

from collections.abc import Mapping
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from relance.adapters.balance_files import BalanceQuestion, SeenTable
from relance.adapters.messages.balance_answers import answer_to
from relance.adapters.messages.balance_messages import Language, sentence
from relance.domain.balance_reading import BalanceReading

_SHOWN = 10
_LABELS: dict[str, tuple[str, str]] = {
    "format": ("Format", "Format"),
    "as_of": ("Arrêtée au", "As of"),
    "rows": ("Lignes du fichier", "Rows in the file"),
    "items": ("Pièces ouvertes", "Open items"),
    "total": ("Total ouvert", "Open total"),
    "file_total": ("Total imprimé", "Printed total"),
    "settled": ("Lignes soldées", "Settled rows"),
    "non_items": ("Titres, totaux, vides", "Titles, totals, blanks"),
    "rejected": ("Lignes refusées", "Rejected rows"),
    "first": ("Premières pièces", "First items"),
    "line": ("Ligne", "Line"),
    "debtor": ("Client", "Customer"),
    "number": ("Pièce", "Document"),
    "due": ("Échéance", "Due"),
    "open": ("Ouvert", "Open"),
    "reason": ("Motif", "Reason"),
    "value": ("Valeur", "Value"),
    "differences": ("Écarts", "Differences"),
    "scope": ("Client ou tranche", "Customer or bucket"),
    "printed": ("Imprimé", "Printed"),
    "read": ("Lu", "Read"),
    "answer": ("Réponse possible dans creditor.yaml :", "A possible answer in creditor.yaml:"),
}


def print_summary(reading: BalanceReading, name: str, language: Language) -> None:
    console = Console()
    console.print(_figures(reading, name, language))
    if reading.items:
        console.print(_first_items(reading, language))
    if reading.rejected:
        console.print(_rejected(reading, language))
    if reading.differences:
        console.print(_differences(reading, language))
    for code in reading.warnings:
        console.print(f"! {sentence(code, language)}", style="yellow", markup=False)


def print_question(error: BalanceQuestion, text: str, language: Language) -> None:
    """What is asked, the table as understood, and the lines of creditor.yaml that answer."""
    console = Console(stderr=True)
    console.print(text, markup=False, highlight=False)
    if error.seen:
        console.print(f"  {' · '.join(error.seen)}", markup=False, highlight=False)
    if error.table.rows:
        console.print(_understood(error.table))
    answer = answer_to(error.code, error.table.columns)
    if answer:
        console.print(f"{_label('answer', language)}\n{answer}", markup=False, highlight=False)


def _understood(seen: SeenTable) -> Table:
    table = Table()
    for one in seen.columns:
        table.add_column(Text(f"{one.index + 1} {one.name}\n→ {one.meaning or '?'}"))
    for row in seen.rows:
        table.add_row(*(Text(cell) for cell in row[: len(seen.columns)]))
    return table


def _differences(reading: BalanceReading, language: Language) -> Table:
    table = Table(title=_label("differences", language))
    for key in ("line", "reason", "scope", "printed", "read"):
        table.add_column(_label(key, language))
    for one in reading.differences[: 2 * _SHOWN]:
        line = str(one.line) if one.line else "—"
        printed = _money({one.currency: one.printed}, language)
        read = _money({one.currency: one.read}, language)
        reason = sentence(one.code, language)
        table.add_row(line, reason, Text(one.scope or "—"), printed, read)
    return table


def _label(key: str, language: Language) -> str:
    return _LABELS[key][0 if language == "fr" else 1]


def _figures(reading: BalanceReading, name: str, language: Language) -> Table:
    table = Table(title=Text(name), show_header=False)
    settled = f"{reading.settled_rows}  {_money(reading.settled_totals, language)}".strip()
    for key, value in (
        ("format", reading.format),
        ("as_of", reading.as_of.isoformat() if reading.as_of else "—"),
        ("rows", str(reading.rows)),
        ("items", str(len(reading.items))),
        ("total", _money(reading.totals, language) or "0"),
        ("file_total", _money(reading.file_totals, language) or "—"),
        ("settled", settled),
        ("non_items", str(reading.non_item_rows)),
        ("rejected", str(len(reading.rejected))),
    ):
        table.add_row(_label(key, language), value)
    return table


def _first_items(reading: BalanceReading, language: Language) -> Table:
    table = Table(title=_label("first", language))
    for key in ("line", "debtor", "number", "due"):
        table.add_column(_label(key, language))
    table.add_column(_label("open", language), justify="right")
    for item in reading.items[:_SHOWN]:
        debtor = " ".join(part for part in (item.debtor_code, item.debtor_name) if part)
        due = item.due_date.isoformat() if item.due_date else "—"
        money = _money({item.currency: item.open_amount}, language)
        table.add_row(str(item.line), Text(debtor), Text(item.number or "—"), due, money)
    return table


def _rejected(reading: BalanceReading, language: Language) -> Table:
    table = Table(title=_label("rejected", language))
    for key in ("line", "reason", "value"):
        table.add_column(_label(key, language))
    for row in reading.rejected[: 2 * _SHOWN]:
        cells = " ".join(part for part in (row.field, row.value) if part)
        table.add_row(str(row.line), sentence(row.reason, language), Text(cells))
    rest = len(reading.rejected) - 2 * _SHOWN
    if rest > 0:
        table.add_row("…", f"+ {rest}", "")
    return table


def _money(totals: Mapping[str, Decimal], language: Language) -> str:
    shown = (f"{_grouped(value, language)} {code}" for code, value in sorted(totals.items()))
    return ", ".join(shown)


def _grouped(value: Decimal, language: Language) -> str:
    text = f"{value:,.2f}"
    return text.replace(",", "\u202f").replace(".", ",") if language == "fr" else text
