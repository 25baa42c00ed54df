"""Properties of any ledger: to the cent, no row lost, no form that changes an item, no crash."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from relance.adapters.balance_files import read_balance
from relance.domain.balance_reading import BalanceReading
from relance.domain.errors import RelanceError
from tests.adapters.ledger_files.ledgers import NAMES, SIDED, as_text, line, read_bytes

ACCOUNTS = ("411000", "411100", "413000", "416000", "419100", "412000", "411DUPONT", "41100012")
OTHERS = ("418000", "419800", "401000", "707000", "512000")
JOURNALS = (("VE", "Ventes"), ("BQ", "Banque"), ("OD", "OD"), ("AN", "A nouveaux"), ("Z", "Z"))


def french(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


@st.composite
def lines(draw: st.DrawFn) -> dict[str, str]:
    cents = draw(st.integers(-500, 1000))
    amount = french(Decimal(cents).scaleb(-2))
    debit, credit = (amount, "0,00") if draw(st.booleans()) else ("0,00", amount)
    code, name = draw(st.sampled_from(JOURNALS))
    return line(
        debit, credit, JournalCode=code, JournalLib=name,
        CompteNum=draw(st.sampled_from(ACCOUNTS + OTHERS)),
        CompAuxNum=draw(st.sampled_from(("", "DUP", "DUR"))),
        EcritureLet=draw(st.sampled_from(("", "", "A", "AA", "a"))),
        PieceRef=draw(st.sampled_from(("F1", "F2", "-", ""))),
        PieceDate=f"202601{draw(st.integers(1, 28)):02d}",
        EcritureLib=draw(st.sampled_from(("Vente", "Avoir", "A nouveau", "VIR"))),
    )  # fmt: skip


LEDGERS = st.lists(lines(), min_size=1, max_size=25).filter(
    lambda rows: any(row["CompteNum"] in ACCOUNTS for row in rows)
)


def signed(row: dict[str, str]) -> Decimal:
    debit, credit = (Decimal(row[name].replace(",", ".")) for name in ("Debit", "Credit"))
    return debit - credit


def figures(reading: BalanceReading) -> object:
    items = [(i.line, i.debtor_code, i.number, i.kind, i.issue_date, i.amount, i.open_amount)
             for i in reading.items]  # fmt: skip
    return items, reading.settled_rows, reading.non_item_rows, reading.file_totals


@given(rows=LEDGERS)
def test_the_items_of_an_account_add_up_to_its_balance(rows: list[dict[str, str]]) -> None:
    reading = read_bytes(as_text(rows).encode())
    balances: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row["CompteNum"] in ACCOUNTS:
            balances[row["CompteNum"], row["CompAuxNum"]] += signed(row)
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for item in reading.items:
        row = rows[item.line - 2]
        sums[row["CompteNum"], row["CompAuxNum"]] += item.open_amount
    assert {key: value for key, value in sums.items() if value} == {
        key: value for key, value in balances.items() if value
    }
    assert reading.file_totals == {"EUR": sum(balances.values(), Decimal())}
    assert "total-differs" not in reading.warnings


@given(rows=LEDGERS)
def test_an_item_is_never_more_than_its_document_nor_of_the_other_sign(
    rows: list[dict[str, str]],
) -> None:
    for item in read_bytes(as_text(rows).encode()).items:
        assert item.amount == signed(rows[item.line - 2])
        assert 0 < item.open_amount / item.amount <= 1


@given(rows=LEDGERS)
def test_rows_in_are_rows_accounted_for(rows: list[dict[str, str]]) -> None:
    reading = read_bytes(as_text(rows).encode())
    assert (reading.rows, reading.rejected) == (len(rows) + 1, ())


@given(
    rows=LEDGERS,
    separator=st.sampled_from("\t|;"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "iso-8859-15"]),
    end=st.sampled_from(["\n", "\r\n", "\r\r\n"]),
)
def test_the_form_changes_no_item(
    rows: list[dict[str, str]], separator: str, encoding: str, end: str
) -> None:
    usual = figures(read_bytes(as_text(rows).encode()))
    sided = []
    for row in rows:
        amount = signed(row)
        side = "C" if amount < 0 else "D"
        sided.append({**row, "Montant": french(abs(amount)), "Sens": side})
    text = as_text(sided, separator, names=SIDED, end=end)
    assert figures(read_bytes(text.encode(encoding))) == usual


@given(rows=st.lists(st.lists(st.sampled_from(
    ["", " ", "411000", "707000", "client", "20260131", "20260231", "1,00", "-1,00", "1.000", "A",
     '"', "D", "x\x1ay", "\x0b", "Vente", "é", "\u2028", "1,00-", "9" * 40]), max_size=20),
    max_size=20))  # fmt: skip
def test_rows_of_any_shape_are_all_accounted_for(rows: list[list[str]]) -> None:
    good = as_text([line("1,00", PieceRef="F0")], end="\n")
    text = good + "".join("\t".join(row) + "\n" for row in rows)
    reading = read_bytes(text.encode())
    assert reading.rows == len(rows) + 2
    assert all(item.line > 1 for item in reading.items)


@given(content=st.binary(max_size=300), names=st.sampled_from([NAMES, SIDED]))
def test_any_bytes_under_a_header_never_crash(content: bytes, names: tuple[str, ...]) -> None:
    read_quietly("\t".join(names).encode() + b"\n" + content)


@given(text=st.text(alphabet='<>/&;"=?!ecritureligneComptNumDebit 1.0\n', max_size=200))
def test_any_xml_never_crashes(text: str) -> None:
    read_quietly(f"<comptabilite><exercice><journal>{text}".encode())


@settings(max_examples=50)
@given(cut=st.integers(0, 2500), flip=st.integers(0, 2500), value=st.integers(0, 255))
def test_a_damaged_ledger_never_crashes(cut: int, flip: int, value: int) -> None:
    content = bytearray(as_text([line("1,00"), line("0,00", "1,00")] * 5).encode())
    if flip < len(content):
        content[flip] = value
    read_quietly(bytes(content[: cut or None]))


def read_quietly(content: bytes) -> None:
    """Refused or asked about is fine: anything else raised is a bug."""
    try:
        reading = read_balance(content, name="any")
    except RelanceError:
        return
    assert reading.rows >= len(reading.items)
