"""Every form that a FEC comes in gives the same items."""

from decimal import Decimal

import pytest

from relance.adapters.balance_files import BalanceRefused, SafetyLimits, read_balance
from tests.adapters.ledger_files.ledgers import (
    NAMES,
    SIDED,
    as_text,
    invoice,
    line,
    opened,
    payment,
    read,
    read_bytes,
)
from tests.builders_xlsx import Value, build_xlsx

LINES = [
    invoice("F1", "1234,50", CompAuxLib="Éts Dupont & fils", EcritureLet="A"),
    payment("200,00", CompAuxLib="Éts Dupont & fils", EcritureLet="A"),
    invoice("F2", "10,00", CompAuxLib="Éts Dupont & fils", EcritureLib='Vente de 3" pouces'),
    line("0,00", "1244,50", CompteNum="707000"),
    line("200,00", CompteNum="512000", JournalCode="BQ"),
]
ITEMS = [("F1", "1034.50"), ("F2", "10.00")]
BARE = [{**row, "EcritureLib": "Vente"} for row in LINES]


def padded(text: str) -> str:
    """Fixed widths, zeros before the amounts, one separator too many."""
    rows = [row.split("|") for row in text.splitlines()]
    return "".join("|".join(cell.ljust(30) for cell in row) + "|\n" for row in rows)


@pytest.mark.parametrize("separator", ["\t", "|", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-15", "cp1252", "cp850"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
def test_separators_encodings_and_line_ends(separator: str, encoding: str, end: str) -> None:
    reading = read_bytes(as_text(LINES, separator, end=end).encode(encoding))
    assert (opened(reading), reading.rejected, reading.rows) == (ITEMS, (), 6)
    assert {item.debtor_name for item in reading.items} == {"Éts Dupont & fils"}
    assert reading.items[1].line == 4


def test_utf_16_as_spreadsheets_save_it() -> None:
    assert opened(read_bytes(as_text(LINES).encode("utf-16"))) == ITEMS


def test_commas_as_separator_want_quotes_around_amounts() -> None:
    quoted = [{**row, **{k: f'"{row[k]}"' for k in ("Debit", "Credit")}} for row in BARE]
    assert opened(read(*quoted, separator=",")) == ITEMS


def test_every_cell_quoted() -> None:
    names = {name: f'"{name}"' for name in NAMES}
    rows = [{names[k]: f'"{v}"' for k, v in row.items()} for row in BARE]
    text = as_text(rows, ";", names.values())
    assert opened(read_bytes(text.encode())) == ITEMS


def test_padded_with_zeros_and_a_separator_too_many() -> None:
    lines = [
        {**row, "Debit": row["Debit"].zfill(13), "Credit": row["Credit"].zfill(13)} for row in LINES
    ]
    reading = read_bytes(padded(as_text(lines, "|", end="\n")).encode("cp850"))
    assert (opened(reading), reading.rejected) == (ITEMS, ())
    assert reading.items[0].debtor_code == "DUP"


@pytest.mark.parametrize(
    ("debit", "credit"), [("D", "C"), ("d", "c"), ("+1", "-1"), ("1", "-1"), ("Débit", "Crédit")]
)
def test_an_amount_and_its_side(debit: str, credit: str) -> None:
    rows = []
    for row in LINES:
        owed = row["Credit"] == "0,00"
        amount = row["Debit"] if owed else row["Credit"]
        rows.append({**row, "Montant": amount, "Sens": debit if owed else credit})
    assert opened(read_bytes(as_text(rows, names=SIDED).encode())) == ITEMS


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234,5", "1234.50"), ("0000001234,50", "1234.50"), ("1234.50", "1234.50"),
        ("+1234,50", "1234.50"), ("1234,50+", "1234.50"), ("1 234,50", "1234.50"),
        ("1\u202f234,50", "1234.50"), ("1.234,50", "1234.50"), ("-1234,50", "-1234.50"),
        ("1234,50-", "-1234.50"), ("12", "12.00"), ("0.500", "0.50"),
    ],
)  # fmt: skip
def test_amounts(written: str, value: str) -> None:
    assert opened(read(invoice("F1", written))) == [("F1", value)]


@pytest.mark.parametrize("written", ["20260131", "31/01/2026", "2026-01-31", "2026-01-31T00:00:00"])
def test_dates(written: str) -> None:
    reading = read(invoice("F1", "1,00", EcritureDate=written, PieceDate=written))
    assert (str(reading.as_of), str(reading.items[0].issue_date)) == ("2026-01-31", "2026-01-31")


@pytest.mark.parametrize(
    ("usual", "spelled"),
    [
        ("CompteLib", "CompteLIB"), ("CompAuxNum", "CompteAuxNum"),
        ("Montantdevise", "MontantDevise"),
        ("EcritureLib", "ÉcritureLib"), ("CompteNum", " comptenum "), ("Debit", "Débit"),
        ("EcritureLet", "ECRITURELET"), ("JournalCode", "Journal_Code"), ("PieceRef", "Pièce Ref"),
    ],
)  # fmt: skip
def test_names_of_columns_however_spelled(usual: str, spelled: str) -> None:
    header, *rows = as_text(LINES).split("\r\n")
    text = "\r\n".join([header.replace(usual, spelled), *rows])
    reading = read_bytes(text.encode())
    assert opened(reading) == ITEMS
    assert {item.debtor_code for item in reading.items} == {"DUP"}


@pytest.mark.parametrize("more", [3, 4])
def test_the_ledgers_of_cash_accounting_have_more_columns(more: int) -> None:
    names = [*NAMES, "DateRglt", "ModeRglt", "NatOp", "IdClient"][: 18 + more]
    assert opened(read_bytes(as_text(LINES, names=names).encode())) == ITEMS


@pytest.mark.parametrize("missing", ["EcritureLet", "CompteNum", "Credit"])
def test_a_ledger_without_what_items_are_made_of_is_refused(missing: str) -> None:
    names = [name for name in NAMES if name != missing]
    with pytest.raises(BalanceRefused) as caught:
        read_bytes(as_text(LINES, names=names).encode())
    assert caught.value.code == "ledger-columns-missing"
    assert missing in caught.value.detail["columns"]


def test_columns_that_only_describe_may_be_missing_and_move() -> None:
    names = [
        "EcritureLet",
        "Credit",
        "Debit",
        "EcritureDate",
        "CompteNum",
        "CompAuxNum",
        "PieceRef",
    ]
    assert opened(read_bytes(as_text(LINES, names=names).encode())) == ITEMS


def test_blank_lines_and_the_end_mark_of_dos_are_counted_apart() -> None:
    reading = read_bytes(as_text(LINES).encode() + b"\r\n\x1a")
    assert (opened(reading), reading.rejected, reading.rows) == (ITEMS, (), 8)


def test_it_says_how_each_column_was_understood() -> None:
    columns = read(*LINES).columns
    assert [column.name for column in columns] == list(NAMES)
    assert columns[6].meaning == "debtor_code"


def test_a_ledger_that_went_through_a_spreadsheet() -> None:
    rows: list[list[Value]] = []
    for row in LINES:
        cells: list[Value] = [row[name] for name in NAMES]
        cells[11], cells[12] = (Decimal(row[k].replace(",", ".")) for k in ("Debit", "Credit"))
        cells[3], cells[4] = int(row["EcritureDate"]), int(row["CompteNum"])
        rows.append(cells)
    content = build_xlsx({"Notes": [["FEC"]], "Feuil1": [list(NAMES), *rows]})
    reading = read_bytes(content)
    assert (opened(reading), reading.format, reading.rejected) == (ITEMS, "fec", ())


def test_a_header_of_ten_thousand_columns_is_refused() -> None:
    names = [*NAMES, *(f"c{index}" for index in range(10_000))]
    with pytest.raises(BalanceRefused) as caught:
        read_balance(as_text([], names=names)[:15_000].encode(), limits=SafetyLimits())
    assert caught.value.code == "too-many-columns"


def test_a_ledger_may_be_larger_than_a_balance_and_has_its_own_limit() -> None:
    text = as_text(LINES)
    for content in (text.encode(), text.encode("utf-16")):
        assert opened(read_balance(content, limits=SafetyLimits(size=10))) == ITEMS
        with pytest.raises(BalanceRefused) as caught:
            read_balance(content, limits=SafetyLimits(ledger=len(content) - 1))
        assert caught.value.code == "file-too-large"
