"""Properties: any table, written in any notation and grouped in any way, comes back to the cent."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files import BalanceHints, read_balance
from relance.domain.balance_reading import BalanceReading

Money = Callable[[Decimal], str]
Day = Callable[[date], str]


def _grouped(value: Decimal, group: str, mark: str) -> str:
    return f"{abs(value):,.2f}".replace(",", "\0").replace(".", mark).replace("\0", group)


def _minus(value: Decimal) -> str:
    return "-" if value < 0 else ""


MONEY: dict[str, Money] = {
    "1 234,56": lambda v: _minus(v) + _grouped(v, " ", ","),
    "1\u202f234,56 €": lambda v: f"{_minus(v)}{_grouped(v, chr(0x202F), ',')} €",
    "1\u00a0234,56": lambda v: _minus(v) + _grouped(v, "\u00a0", ","),
    "1.234,56": lambda v: _minus(v) + _grouped(v, ".", ","),
    "1,234.56": lambda v: _minus(v) + _grouped(v, ",", "."),
    "1'234.56": lambda v: _minus(v) + _grouped(v, "'", "."),
    "(1 234,56)": lambda v: f"({_grouped(v, ' ', ',')})" if v < 0 else _grouped(v, " ", ","),
    "1234,56-": lambda v: _grouped(v, "", ",") + _minus(v),
    "+000001234,56": lambda v: ("-" if v < 0 else "+") + _grouped(v, "", ",").zfill(13),
    "1 234,56 C": lambda v: f"{_grouped(v, ' ', ',')} {'C' if v < 0 else 'D'}",
    "EUR 1.234,56": lambda v: f"EUR {_minus(v)}{_grouped(v, '.', ',')}",
    "€1,234.56": lambda v: f"{_minus(v)}€{_grouped(v, ',', '.')}",
    "1234.56": lambda v: f"{v:.2f}",
}
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_FRENCH = _MONTHS.split()
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WEEKDAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
DAYS: dict[str, Day] = {
    "JJ/MM/AAAA": lambda d: d.strftime("%d/%m/%Y"),
    "DD.MM.YY": lambda d: d.strftime("%d.%m.%y"),
    "ISO": lambda d: d.isoformat(),
    "ISO, nanoseconds": lambda d: f"{d.isoformat()}T00:00:00.000000000Z",
    "YYYYMMDD": lambda d: d.strftime("%Y%m%d"),
    "12 mars 2026": lambda d: f"{d.day} {_FRENCH[d.month - 1]} {d.year}",
    "12-Mar-26": lambda d: f"{d.day}-{_ENGLISH[d.month - 1]}-{d.year % 100:02d}",
    "mar. 12/03/2026": lambda d: f"{_WEEKDAYS[d.weekday()]} {d.strftime('%d/%m/%Y')}",
    "12/31/2026": lambda d: d.strftime("%m/%d/%Y"),
}

CENTS = st.integers(-(10**8), 10**8).filter(bool).map(lambda cents: Decimal(cents).scaleb(-2))
OFFSETS = st.integers(0, 700)
ROWS = st.lists(st.tuples(st.integers(0, 3), CENTS, OFFSETS), min_size=1, max_size=25)
LAYOUTS = st.sampled_from(["columns", "heads", "heads and subtotals", "debit and credit"])
_FIRST = date(2025, 1, 31)


def _text(rows: list[tuple[int, Decimal, int]], money: Money, day: Day, layout: str) -> str:
    """The same rows in one of the shapes that tools give them; sorted by customer."""
    ordered = sorted(rows, key=lambda row: row[0])
    side = layout == "debit and credit"
    amounts = "Débit;Crédit" if side else "Solde"
    lines = [("" if "heads" in layout else "Code client;") + f"N° pièce;Date;{amounts}"]
    before = None
    for index, (customer, value, offset) in enumerate(ordered):
        if "heads" in layout and customer != before:
            lines.append(f"Client : C{customer:03d} - Société {customer};;")
        before = customer
        written = money(value)
        if side:
            written = f";{money(-value)}" if value < 0 else f"{money(value)};"
        code = "" if "heads" in layout else f"C{customer:03d};"
        lines.append(f"{code}F{index};{day(_FIRST + timedelta(offset))};{written}")
        ends = index + 1 == len(ordered) or ordered[index + 1][0] != customer
        if layout == "heads and subtotals" and ends:
            total = sum((v for c, v, _ in ordered if c == customer), Decimal())
            lines.append(f"Total client C{customer:03d};;{money(total)}")
    return "\n".join(lines) + "\n"


@given(rows=ROWS, money=st.sampled_from(list(MONEY)), day=st.sampled_from(list(DAYS)),
       layout=LAYOUTS)  # fmt: skip
def test_any_table_in_any_notation_comes_back_to_the_cent(
    rows: list[tuple[int, Decimal, int]], money: str, day: str, layout: str
) -> None:
    text = _text(rows, MONEY[money], DAYS[day], layout)
    order = "month-first" if day == "12/31/2026" else "day-first"
    hints = BalanceHints(default_currency="EUR", date_order=order, owed_sign="positive")  # type: ignore[arg-type]  # both are orders
    reading = read_balance(text.encode(), hints=hints)
    assert reading.rows == len(text.splitlines())
    assert (reading.rejected, reading.differences) == ((), ())
    assert _summed(reading) == {
        f"C{customer:03d}": sum((v for c, v, _ in rows if c == customer), Decimal())
        for customer in {row[0] for row in rows}
    }
    ordered = sorted(rows, key=lambda row: row[0])
    assert [item.issue_date for item in reading.items] == [
        _FIRST + timedelta(offset) for _, _, offset in ordered
    ]


def _summed(reading: BalanceReading) -> dict[str | None, Decimal]:
    sums: dict[str | None, Decimal] = {}
    for item in reading.items:
        sums[item.debtor_code] = sums.get(item.debtor_code, Decimal()) + item.open_amount
    return sums
