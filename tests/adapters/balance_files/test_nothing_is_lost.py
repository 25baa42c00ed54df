"""Properties: no row vanishes, no file crashes the reader, money is never changed."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relance.adapters.balance_files import read_balance, read_table
from relance.domain.balance_reading import BalanceReading, ReadItem
from relance.domain.errors import RelanceError
from relance.domain.open_item import ItemKind
from tests.builders_xlsx import build_xlsx, sheet_xml

HEAD = ["Code client", "Nom", "N° pièce", "Type", "Date", "Échéance", "Montant", "Solde", "Statut"]
CELLS = st.sampled_from(
    ["", " ", "C001", "Dupont", "F-1", "AV-2", "Facture", "Avoir", "Total", "Sous-total", "Payée",
     "15/01/2026", "2026-01-31", "05:23.4", "31/02/2026", "100,00", "1 234,56", "-50,00", "0,00",
     "(3,00)", "douze", "€", "Total général", "Code client", "à reporter", "Total Dupont 100,00",
     "Solde : 1 234,56 €"]
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=11), max_size=25)


def reading_of(content: bytes) -> BalanceReading | None:
    """None when the file was refused or asked about: anything else raised is a bug."""
    try:
        return read_balance(content, name="any")
    except RelanceError:
        return None


@given(rows=ROWS)
def test_rows_in_are_rows_accounted_for_in_text(rows: list[list[str]]) -> None:
    content = "\n".join(";".join(row) for row in [HEAD, *rows]).encode()
    reading = reading_of(content)
    if reading is not None:
        assert reading.rows == len(read_table(content).sheets[0].rows)
        parts = len(reading.items) + len(reading.rejected) + reading.settled_rows
        assert parts + reading.non_item_rows == reading.rows


@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_rows_in_are_rows_accounted_for_in_workbooks(rows: list[list[str]]) -> None:
    content = build_xlsx({"Feuil1": [HEAD, *rows]})
    reading = reading_of(content)
    if reading is not None:
        assert reading.rows == len(read_table(content).sheets[0].rows)


@given(
    cents=st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=30),
    mark=st.sampled_from([",", "."]),
)
def test_the_total_is_the_sum_of_the_rows_to_the_cent(cents: list[int], mark: str) -> None:
    values = [Decimal(abs(cents[0])).scaleb(-2), *(Decimal(cent).scaleb(-2) for cent in cents[1:])]
    rows = [f"C1;F{i};2026-01-{i % 28 + 1:02d};{value:.2f}" for i, value in enumerate(values)]
    text = "\n".join(["Code client;N° pièce;Date;Solde", *rows]).replace(".", mark)
    reading = read_balance(text.encode())
    assert reading.totals == {"EUR": sum(values, Decimal())}
    assert reading.rejected == ()


@given(content=st.binary(max_size=400))
def test_random_bytes_never_crash(content: bytes) -> None:
    reading_of(content)


@given(text=st.text(max_size=400))
def test_random_text_never_crashes(text: str) -> None:
    reading_of(text.encode("utf-8", "surrogatepass"))


@given(text=st.text(alphabet='Client;Date,Solde"\n\r\t|1250/-.() €', max_size=300))
def test_text_that_nearly_is_a_balance_never_crashes(text: str) -> None:
    reading_of(f"Client;Date;Solde;Facture\n{text}".encode())


@given(cut=st.integers(0, 2000), flip=st.integers(0, 2000), value=st.integers(0, 255))
def test_damaged_workbooks_never_crash(cut: int, flip: int, value: int) -> None:
    content = bytearray(build_xlsx({"Feuil1": [HEAD, ["C1", "A", "F1", "", "2026-01-15"]]}))
    content[flip % len(content)] = value
    reading_of(bytes(content[: len(content) - cut % 50]))


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
@given(tail=st.binary(max_size=600))
def test_random_workbooks_never_crash(head: bytes, tail: bytes) -> None:
    reading_of(head + tail)


@given(xml=st.text(alphabet='<>/"= rowcvtA1s23', max_size=200))
def test_random_sheets_never_crash(xml: str) -> None:
    source = zipfile.ZipFile(io.BytesIO(build_xlsx({"Feuil1": [HEAD]})))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            sheet = sheet_xml([HEAD]).replace("</sheetData>", f"{xml}</sheetData>")
            archive.writestr(name, sheet if "worksheets/" in name else source.read(name))
    reading_of(out.getvalue())


def test_an_item_made_from_columns_is_one_made_by_its_constructor() -> None:
    (item,) = read_balance(
        b"Code client;N\xc2\xb0 pi\xc3\xa8ce;Date;\xc3\x89ch\xc3\xa9ance;Montant TTC;Solde\n"
        b"C1;F1;01/08/2026;31/08/2026;12,00;10,00\n"
    ).items
    made = ReadItem(
        2, "C1", None, "F1", ItemKind.INVOICE, date(2026, 8, 1), date(2026, 8, 31),
        Decimal("12.00"), Decimal("10.00"), "EUR",
    )  # fmt: skip
    assert item == made
    assert replace(item, number="F2").number == "F2"
