"""Small ledgers for the tests: a line is written by what differs from the line before."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from relance.adapters.balance_files import BalanceHints, read_balance
from relance.domain.balance_reading import BalanceReading, ReadItem

NAMES = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
    "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
    "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip
SIDED = tuple({"Debit": "Montant", "Credit": "Sens"}.get(name, name) for name in NAMES)
_BLANK = dict.fromkeys(NAMES, "")
_USUAL = {
    "JournalCode": "VE", "JournalLib": "Ventes", "EcritureDate": "20260131",
    "CompteNum": "411000", "CompteLib": "Clients", "CompAuxNum": "DUP", "CompAuxLib": "Dupont",
    "PieceDate": "20260131", "EcritureLib": "Vente", "ValidDate": "20261231",
}  # fmt: skip
Line = Mapping[str, str]


def line(debit: str = "0,00", credit: str = "0,00", **fields: str) -> dict[str, str]:
    """A customer line; its entry has no number, so that nothing need balance it."""
    return {**_BLANK, **_USUAL, "Debit": debit, "Credit": credit, **fields}


def invoice(number: str, debit: str, **fields: str) -> dict[str, str]:
    return line(debit, PieceRef=number, **fields)


def payment(credit: str, **fields: str) -> dict[str, str]:
    bank = {"JournalCode": "BQ", "JournalLib": "Banque", "PieceRef": "", "EcritureLib": "VIR"}
    return line("0,00", credit, **{**bank, **fields})


def as_text(
    lines: Iterable[Line], separator: str = "\t", names: Iterable[str] = NAMES, end: str = "\r\n"
) -> str:
    names = tuple(names)
    rows = [names, *([row.get(name, "") for name in names] for row in lines)]
    return "".join(separator.join(row) + end for row in rows)


def read(*lines: Line, hints: BalanceHints | None = None, **form: str) -> BalanceReading:
    return read_bytes(as_text(lines, **form).encode(), hints)


def read_bytes(content: bytes, hints: BalanceHints | None = None) -> BalanceReading:
    return read_balance(content, name="fec.txt", hints=hints or BalanceHints())


def opened(reading: BalanceReading) -> list[tuple[str | None, str]]:
    """(number, open amount) of each item."""
    return [(item.number, f"{item.open_amount:.2f}") for item in reading.items]


def only(reading: BalanceReading) -> ReadItem:
    [item] = reading.items
    return item


def total(reading: BalanceReading) -> Decimal:
    return sum((item.open_amount for item in reading.items), Decimal())
