"""Texts before anything is understood: encodings, line ends, quotes, columns aligned by spaces."""

import random
from decimal import Decimal

import pytest

from relance.adapters.balance_files import (
    BalanceQuestion,
    BalanceRefused,
    read_balance,
    read_table,
)
from relance.adapters.balance_files.text_encoding import decode_named

PLAIN = "Client;N° pièce;Échéance;Solde\nSociété Générale;F1;31/12/2025;1 234,56\n"
EURO = "Client;N° pièce;Échéance;Solde\nCœur & Fils;F1;31/12/2025;1\u00a0234,56 €\n"
EURO_ALONE = (
    "Client;Piece;Echeance;Solde\nDupont;F1;31/12/2025;12,50 €\nDurand;F2;;1\u00a0200,00 €\n"
)
HEADER = "Compte   Nom du client        N° pièce  Date       Échéance        Solde"
LINES = [
    "411001   Maison Durand        FA0001    01/08/2026 31/08/2026   1 234,56",
    "411001   Maison Durand        FA0002    02/08/2026 31/08/2026   2 500,00",
    "411002   Société Alpha        FA0003    03/08/2026 31/08/2026   1 000,00",
    "411002   Société Alpha        AV0004    03/08/2026 31/08/2026     -50,00",
]
TOTAL = "Total général                                                   4 684,56"


def page(*lines: str, end: str = "\n") -> bytes:
    return end.join(["Société Exemple", "Balance âgée au 30/09/2026", "", *lines, ""]).encode()


WESTERN = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-15"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in (PLAIN, EURO, EURO_ALONE) for encoding in WESTERN]
    + [(PLAIN, "cp850"), (PLAIN, "cp858"), (EURO_ALONE, "cp858")],
)
def test_the_bytes_decide_the_encoding(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert decode_named(content)[0] == text
    assert len(read_balance(content).items) == text.count("\n") - 1


def test_the_encodings_of_one_byte_are_told_apart() -> None:
    """The euro sign after an amount is 0x80, 0xA4 or 0xD5: as a letter it would be Ç, ¤ or Õ."""
    for encoding in ("cp1252", "iso-8859-15"):
        assert decode_named(EURO_ALONE.encode(encoding))[1] == encoding
    assert decode_named("Société;12,50 €".encode("cp858"))[1] == "cp858"
    assert decode_named(PLAIN.replace("\n", "\r").encode("mac_roman"))[1] == "mac_roman"


def test_a_fraction_is_no_letter() -> None:
    text = "Désignation;Qté\nPièce de 3 ½ pouces;½"
    assert decode_named(text.encode("cp1252")) == (text, "cp1252")


def test_bytes_of_no_text_are_refused() -> None:
    for content in (b"Client;Solde\nA\0B;1\n", b"\0" * 50, b"\xff\xfe\0\0a\0\0\0"):
        with pytest.raises(BalanceRefused, match="nul-bytes"):
            read_balance(content)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "\n", "\x1a", "\n\n"])
def test_line_ends_and_how_the_file_ends(end: str, last: str) -> None:
    content = (PLAIN.rstrip("\n").replace("\n", end) + last).encode()
    reading = read_balance(content)
    assert [item.open_amount for item in reading.items] == [Decimal("1234.56")]
    assert (reading.encoding, reading.separator) == ("utf-8", ";")


def test_form_feeds_and_rules_are_no_rows_of_anything() -> None:
    text = "Client;N° pièce;Échéance;Solde\n------;-------;--------;-----\nA;F1;31/12/2025;1,00\n"
    text += "\fClient;N° pièce;Échéance;Solde\nB;F2;31/12/2025;2,00\n;;;=====\nTotal;;;3,00\n"
    reading = read_balance(text.encode())
    assert (len(reading.items), reading.rejected, reading.rows) == (2, (), 7)
    assert reading.file_totals == {"EUR": Decimal("3.00")}


@pytest.mark.parametrize("mark", ["sep=|", '"sep=|"'])
def test_a_declared_separator(mark: str) -> None:
    reading = read_balance((f"{mark}\n" + PLAIN.replace(";", "|")).encode())
    assert (len(reading.items), reading.separator) == (1, "|")


@pytest.mark.parametrize(
    "rows",
    [
        '"Dupont;F1;31/12/2025;1,00\nDurand;F2;31/12/2025;2,00\n',
        'A;"F1;31/12/2025;1,00\nB;"F2";31/12/2025;2,00\n',
        'A;F1;31/12/2025;"1,00\nB;F2;31/12/2025;2,00"\n',
    ],
)
def test_a_quote_left_open_is_refused_with_its_line(rows: str) -> None:
    with pytest.raises(BalanceRefused) as caught:
        read_balance(("Client;N° pièce;Échéance;Solde\n" + rows).encode())
    assert (caught.value.code, caught.value.detail["line"]) == ("quote-left-open", "2")


def test_an_address_on_several_lines_is_one_cell() -> None:
    text = 'Client,Adresse,N° pièce,Échéance,Solde\nA,"1, rue X,\nBât. B, 3e",F1,2025-12-31,1.00\n'
    reading = read_balance((text + "B,,F2,2025-12-31,2.00\n").encode())
    assert [item.line for item in reading.items] == [2, 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_columns_aligned_by_spaces(end: str) -> None:
    rule = "-" * 72
    reading = read_balance(page(HEADER, rule, *LINES[:3], "\f" + HEADER, LINES[3], TOTAL, end=end))
    assert (reading.format, reading.separator, reading.rejected) == ("fixed-width", None, ())
    assert [item.number for item in reading.items] == ["FA0001", "FA0002", "FA0003", "AV0004"]
    assert reading.items[0].debtor_name == "Maison Durand"
    assert reading.items[0].line == 6
    assert reading.totals == reading.file_totals == {"EUR": Decimal("4684.56")}


def test_thousands_that_all_rows_share_are_no_column() -> None:
    assert [item.open_amount for item in read_balance(page(HEADER, *LINES[:3])).items] == [
        Decimal("1234.56"), Decimal("2500.00"), Decimal("1000.00"),
    ]  # fmt: skip


def test_a_line_that_runs_over_is_quarantined_and_shows_nothing() -> None:
    """A wrong cut would show a number that is another item's, and settle this one."""
    over = "411002   Société Alpha et Compagnie XY AV0005    03/08/2026 31/08/2026     -50,00"
    reading = read_balance(page(HEADER, *LINES, over))
    assert len(reading.items) == 4
    (row,) = reading.rejected
    assert (row.line, row.number, row.debtor_code, row.debtor_name) == (9, None, None, None)


def test_rows_that_do_not_stand_under_the_header_are_asked() -> None:
    ragged = [" ".join(line.split()[:2]) + "   " + "   ".join(line.split()[2:]) for line in LINES]
    random.Random(1).shuffle(ragged)
    moved = [" " * (3 * i) + line for i, line in enumerate(ragged)]
    with pytest.raises(BalanceQuestion, match="columns-not-aligned"):
        read_balance(page(HEADER, *moved))


def test_a_letter_is_no_table() -> None:
    text = "Bonjour,\n\nVeuillez trouver    le solde   de   votre compte.\nDate    Solde   Client\n"
    with pytest.raises(BalanceRefused, match="not-a-receivables-list"):
        read_balance(text.encode())


def test_the_table_says_how_it_was_read() -> None:
    table = read_table(PLAIN.replace(";", "\t").encode("utf-16-be"))
    assert (table.encoding, table.separator) == ("utf-16-be", "\t")
