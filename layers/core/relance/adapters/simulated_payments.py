"""The payment models that `relance simulate` may name: never, typical[:SEED], or a small file."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from relance.application.simulation.payments import (
    Payment,
    PaymentModel,
    listed,
    never,
    typical,
)
from relance.domain.errors import RelanceError

_DATES = ("%Y-%m-%d", "%d/%m/%Y")
_COLUMNS = (2, 3)


class PaymentsUnknown(RelanceError):
    """No such model, or a file that is none."""


def payment_model(named: str) -> PaymentModel:
    """Raises PaymentsUnknown."""
    name, _, seed = named.partition(":")
    if named == "never":
        return never
    if name == "typical" and (not seed or seed.isdecimal()):
        return typical(int(seed or 1))
    path = Path(named)
    if not path.is_file():
        raise PaymentsUnknown("unknown-payment-model", {"model": named})
    return listed(_read(path.read_text(encoding="utf-8-sig")))


def _read(text: str) -> dict[str, tuple[Payment, ...]]:
    found: dict[str, tuple[Payment, ...]] = {}
    separator = ";" if text.partition("\n")[0].count(";") else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    for line, row in enumerate(rows, start=1):
        for number, payment in _payment(row, line):
            found[number] = (*found.get(number, ()), payment)
    return found


def _payment(row: list[str], line: int) -> Iterator[tuple[str, Payment]]:
    """A first row that names its columns is none."""
    cells = [cell.strip() for cell in row]
    if not any(cells):
        return
    day = _date(cells[1]) if len(cells) in _COLUMNS else None
    if day is None:
        if line == 1 and len(cells) in _COLUMNS:
            return
        raise PaymentsUnknown("bad-payment-row", {"line": str(line)})
    yield cells[0], Payment(day, _amount(cells[2:], line))


def _date(text: str) -> date | None:
    for form in _DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a date, no instant
        except ValueError:
            continue
    return None


def _amount(cells: list[str], line: int) -> Decimal | None:
    if not cells or not cells[0]:
        return None
    try:
        amount = Decimal(cells[0].replace(",", ".").replace("\u202f", "").replace(" ", ""))
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise PaymentsUnknown("bad-payment-row", {"line": str(line)})
    return amount
