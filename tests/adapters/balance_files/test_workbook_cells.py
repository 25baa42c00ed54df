"""What a workbook holds beyond plain cells: hidden, merged, erroneous, computed or not."""

from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import BalanceRefused, read_balance, read_table
from tests.adapters.balance_files.packed import changed, edited, ods, ods_row, unpack
from tests.builders_xlsx import Value, build_xlsx

HEAD: list[Value] = ["Code client", "Nom", "N° pièce", "Échéance", "Solde"]
ROWS: list[list[Value]] = [
    HEAD,
    ["C1", "Dupont", "F1", date(2026, 8, 31), 100.1],
    ["C1", "Dupont", "F2", date(2026, 8, 31), 50],
]


def test_hidden_rows_and_columns_are_read_and_said() -> None:
    """A filter that hides rows would else pay them."""
    reading = read_balance(edited(ROWS, '<row r="3">', '<row r="3" hidden="1">'))
    assert len(reading.items) == 2
    assert "hidden-rows" in reading.warnings
    columns = '<cols><col min="5" max="5" hidden="true"/></cols><sheetData>'
    reading = read_balance(edited(ROWS, "<sheetData>", columns))
    assert reading.totals == {"EUR": Decimal("150.1")}
    assert "hidden-columns" in reading.warnings


def merge(rows: list[list[Value]], *ranges: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return edited(rows, "</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>")


def test_a_customer_merged_over_its_rows_is_the_customer_of_each() -> None:
    rows: list[list[Value]] = [HEAD, [411001, "Dupont", "F1", None, 1], [None, None, "F2", None, 2],
            [411002, "Durand", "F3", None, 4]]  # fmt: skip
    reading = read_balance(merge(rows, "A2:A3", "B2:B3"))
    assert [(item.debtor_code, item.debtor_name) for item in reading.items] == [
        ("411001", "Dupont"), ("411001", "Dupont"), ("411002", "Durand"),
    ]  # fmt: skip
    assert "merged-cells" in reading.warnings


def test_an_amount_merged_over_rows_is_not_counted_again() -> None:
    rows: list[list[Value]] = [
        HEAD,
        ["C1", "Dupont", "F1", None, 1],
        ["C1", "Dupont", "F2", None, None],
    ]
    for amount in (3, "3,00"):
        rows[1][4] = amount
        sheet = read_table(merge(rows, "E2:E3")).sheets[0]
        assert [row[4] for row in sheet.rows[1:]] in ([Decimal(3), ""], ["3,00", ""])


def test_group_titles_cover_their_columns_and_a_page_title_does_not() -> None:
    rows: list[list[Value]] = [
        ["Balance âgée", None, None, None, None],
        ["Client", None, "N° pièce", "Montant", None],
        ["Code", "Nom", None, "TTC", "Solde"],
        ["C1", "Dupont", "F1", 5, 5],
    ]
    sheet = read_table(merge(rows, "A1:E1", "A2:B2", "C2:C3", "D2:E2")).sheets[0]
    assert list(sheet.rows[0]) == ["Balance âgée", "", "", "", ""]
    assert list(sheet.rows[1]) == ["Client", "Client", "N° pièce", "Montant", "Montant"]
    assert sheet.rows[2][2] == "N° pièce"


def test_dates_since_1904() -> None:
    book = unpack(build_xlsx({"Feuil1": ROWS}))
    xml = book["xl/workbook.xml"]
    assert isinstance(xml, bytes)
    parts = {"xl/workbook.xml": xml.replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')}
    reading = read_balance(changed(parts, ROWS))
    assert reading.items[0].due_date == date(2030, 9, 1)


def test_an_error_cell_is_not_a_blank() -> None:
    """Read as a blank, an amount of #REF! could pass for nothing to say."""
    content = edited(ROWS, '<c r="E3"><v>50</v></c>', '<c r="E3" t="e"><v>#REF!</v></c>')
    (row,) = read_balance(content).rejected
    assert (row.line, row.reason, row.value, row.number) == (3, "bad-amount", "#REF!", "F2")


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_formulas_that_nobody_computed_are_refused(value: str) -> None:
    cell = f'<c r="E3"><f>SUM(E2:E2)</f>{value}</c>'
    with pytest.raises(BalanceRefused) as caught:
        read_balance(edited(ROWS, '<c r="E3"><v>50</v></c>', cell))
    assert (caught.value.code, caught.value.detail["cell"]) == ("workbook-not-calculated", "E3")


def test_formulas_with_their_values_are_read() -> None:
    cells = '<c r="E3"><f>SUM(E2:E2)</f><v>50</v></c><c r="F3" t="str"><f>""</f><v></v></c>'
    assert len(read_balance(edited(ROWS, '<c r="E3"><v>50</v></c>', cells)).items) == 2


def test_numbers_stored_as_text_and_true_or_false() -> None:
    rows: list[list[Value]] = [
        HEAD,
        ["C1", "Dupont", "F1", "31/08/2026", "1 234,56"],
        ["C2", "B", "F2", None, "2,00"],
    ]
    assert read_balance(build_xlsx({"F": rows})).totals == {"EUR": Decimal("1236.56")}
    content = edited(ROWS, '<c r="E3"><v>50</v></c>', '<c r="E3" t="b"><v>1</v></c>')
    assert read_balance(content).rejected[0].value == "true"


def test_an_open_document_sheet() -> None:
    rows = ods_row("Code client", "Nom", "N° pièce", "Échéance", "Solde")
    rows += ods_row("C1", "Dupont", "F1", "31/08/2026", "1,50")
    hidden = ' table:visibility="filter"'
    rows += ods_row("C1", "Dupont", "F2", "31/08/2026", "2,50", about=hidden)
    reading = read_balance(ods(rows))
    assert (reading.format, reading.totals) == ("ods", {"EUR": Decimal("4.00")})
    assert "hidden-rows" in reading.warnings
    formula = '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    with pytest.raises(BalanceRefused, match="workbook-not-calculated"):
        read_balance(ods(rows + formula))


def test_one_and_true_in_a_column_stay_two_things() -> None:
    rows: list[list[Value]] = [*ROWS, ["C1", "Dupont", "F3", None, 1]]
    content = edited(rows, '<c r="E3"><v>50</v></c>', '<c r="E3" t="b"><v>1</v></c>')
    cells = [row[4] for row in read_table(content).sheets[0].rows[1:]]
    assert cells == [Decimal("100.1"), "true", Decimal(1)]
