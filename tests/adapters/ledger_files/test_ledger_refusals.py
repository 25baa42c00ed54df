"""Rows that cannot be read are set aside and protect what they may be about."""

from decimal import Decimal

import pytest

from tests.adapters.ledger_files.ledgers import (
    as_text,
    invoice,
    line,
    opened,
    payment,
    read,
    read_bytes,
)

OTHER = {"CompAuxNum": "DUR", "CompAuxLib": "Durand"}


@pytest.mark.parametrize(
    ("fields", "reason", "field", "value"),
    [
        ({"Debit": "douze"}, "bad-amount", "Debit", "douze"),
        ({"Debit": "1.234"}, "bad-amount", "Debit", "1.234"),
        ({"Credit": "1,2,3"}, "bad-amount", "Credit", "1,2,3"),
        ({"Debit": "", "Credit": ""}, "missing-amount", "Debit", None),
        ({"EcritureDate": "20260231"}, "bad-date", "EcritureDate", "20260231"),
        ({"EcritureDate": "202601"}, "bad-date", "EcritureDate", "202601"),
        ({"PieceDate": "hier"}, "bad-date", "PieceDate", "hier"),
        ({"PieceDate": "99991231"}, "bad-date", "PieceDate", "99991231"),
        ({"PieceDate": "29990101"}, "bad-date", "PieceDate", "29990101"),
        ({"EcritureDate": "", "PieceDate": ""}, "missing-date", "EcritureDate", None),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_and_the_good_ones_go_in(
    fields: dict[str, str], reason: str, field: str, value: str | None
) -> None:
    reading = read(invoice("F1", "5,00"), invoice("F2", "7,00", **fields))
    [row] = reading.rejected
    assert (row.line, row.reason, row.field, row.value) == (3, reason, field, value)
    assert (row.number, row.debtor_code, row.debtor_name) == ("F2", "DUP", "Dupont")
    assert opened(reading) == [("F1", "5.00")]


def test_a_letter_with_a_refused_row_is_set_aside_whole() -> None:
    reading = read(
        invoice("F1", "5,00", EcritureLet="A"),
        payment("cinq", EcritureLet="A"),
        invoice("F2", "6,00", EcritureLet="B"),
        invoice("F3", "7,00", EcritureLet="A", **OTHER),
    )
    assert opened(reading) == [("F2", "6.00"), ("F3", "7.00")]
    rejected = [(row.line, row.reason, row.number) for row in reading.rejected]
    assert rejected == [(2, "letter-has-refused-row", "F1"), (3, "bad-amount", None)]


def test_what_is_refused_is_a_named_difference_of_the_total() -> None:
    reading = read(invoice("F1", "5,00"), invoice("F2", "7,00", PieceDate="hier"))
    found = {one.code: one for one in reading.differences}["total-differs"]
    assert (found.printed, found.read) == (Decimal(12), Decimal(5))
    assert "total-differs" in reading.warnings


def moved(row: dict[str, str], extra: str) -> str:
    """The row with one separator inside one of its cells."""
    return as_text([row]).split("\r\n")[1].replace(extra, f"{extra[:2]}\t{extra[2:]}", 1)


def test_a_row_whose_columns_moved_after_the_account_protects_its_customer() -> None:
    text = as_text([invoice("F1", "5,00", EcritureLet="A"), invoice("F2", "6,00", **OTHER)])
    row = moved(payment("5,00", EcritureLib="VIREMENT", EcritureLet="A"), "VIREMENT")
    reading = read_bytes(f"{text}{row}\r\n".encode())
    reasons = {row.line: row.reason for row in reading.rejected}
    assert reasons == {2: "letter-has-refused-row", 4: "too-many-cells-in-row"}
    assert {row.debtor_code for row in reading.rejected} == {"DUP"}
    assert opened(reading) == [("F2", "6.00")]


def test_a_row_whose_columns_moved_before_the_account_names_nobody() -> None:
    text = as_text([invoice("F1", "5,00")])
    row = moved(invoice("F2", "6,00", JournalLib="JOURNAL"), "JOURNAL")
    [refused] = read_bytes(f"{text}{row}\r\n".encode()).rejected
    assert (refused.debtor_code, refused.debtor_name, refused.number) == (None, None, None)


def test_a_payment_that_may_be_anyones_sets_aside_every_letter_that_seems_open() -> None:
    paid = [
        invoice("F3", "7,00", EcritureLet="C", **OTHER),
        payment("7,00", EcritureLet="C", **OTHER),
    ]
    rows = [invoice("F1", "5,00", EcritureLet="A"), invoice("F2", "6,00"), *paid]
    row = moved(payment("5,00", JournalLib="BANQUE", EcritureLet="A"), "BANQUE")
    reading = read_bytes(f"{as_text(rows)}{row}\r\n".encode())
    assert opened(reading) == [("F2", "6.00")]
    assert (len(reading.rejected), reading.settled_rows) == (2, 2)


def test_a_remark_on_a_line_of_its_own_is_no_entry() -> None:
    text = as_text([invoice("F1", "5,00", EcritureLet="A")])
    reading = read_bytes(f"{text}Fin du fichier\r\n".encode())
    assert (opened(reading), reading.rejected) == ([("F1", "5.00")], ())


def test_a_row_cut_before_its_letter_is_set_aside() -> None:
    text = as_text([invoice("F1", "5,00")])
    cut = "\t".join(as_text([invoice("F2", "6,00")]).split("\r\n")[1].split("\t")[:12])
    [refused] = read_bytes(f"{text}{cut}\r\n".encode()).rejected
    assert (refused.reason, refused.debtor_code) == ("too-few-cells-in-row", "DUP")


def test_blank_cells_cut_at_the_end_of_every_row_are_no_matter() -> None:
    rows = as_text([invoice("F1", "5,00"), invoice("F2", "6,00", ValidDate="")]).split("\r\n")
    reading = read_bytes("\n".join(row.rstrip("\t") for row in rows).encode())
    assert (opened(reading), reading.rejected) == ([("F1", "5.00"), ("F2", "6.00")], ())


def test_a_separator_too_many_on_every_row_is_no_matter_and_on_one_row_it_is() -> None:
    header, first, second, _ = as_text([invoice("F1", "5,00"), invoice("F2", "6,00")]).split("\r\n")
    every = read_bytes(f"{header}\n{first}\t\n{second}\t\n".encode())
    assert (opened(every), every.rejected) == ([("F1", "5.00"), ("F2", "6.00")], ())
    once = read_bytes(f"{header}\n{first}\n{first}\n{second}\t\n".encode())
    assert [(row.line, row.reason) for row in once.rejected] == [(4, "too-many-cells-in-row")]


def test_a_separator_lost_never_moves_a_debit() -> None:
    text = as_text([invoice("F1", "5,00"), invoice("F2", "6,00")])
    row = as_text([invoice("F3", "7,00")]).split("\r\n")[1].replace("Vente\t", "Vente", 1)
    row = row.replace("Ventes\t", "Ventes ", 1) if row.count("\t") == 17 else row
    [refused] = read_bytes(f"{text}{row}\r\n".encode()).rejected
    assert (refused.line, refused.reason) == (4, "too-few-cells-in-row")


def test_bad_rows_of_other_accounts_change_no_item_and_are_said() -> None:
    good = as_text([invoice("F1", "5,00"), line("dix", CompteNum="707000")])
    row = moved(line("5,00", CompteNum="606000", EcritureLib="ACHATS"), "ACHATS")
    reading = read_bytes(f"{good}{row}\r\n".encode())
    assert (opened(reading), reading.rejected) == ([("F1", "5.00")], ())
    assert "ledger-other-lines-unreadable" in reading.warnings


def test_a_row_without_an_account_may_be_anyones() -> None:
    reading = read(invoice("F1", "5,00"), invoice("F2", "5,00", CompteNum="client"))
    [row] = reading.rejected
    assert (row.reason, row.value, row.debtor_code) == ("bad-account", "client", None)


def test_a_side_that_says_nothing() -> None:
    names = [
        "EcritureDate",
        "CompteNum",
        "CompAuxNum",
        "PieceRef",
        "EcritureLet",
        "Montant",
        "Sens",
    ]
    rows = [{**invoice("F1", ""), "Montant": "5,00", "Sens": side} for side in ("D", "X")]
    [row] = read_bytes(as_text(rows, names=names).encode()).rejected
    assert (row.line, row.reason, row.field, row.value) == (3, "bad-side", "Sens", "X")
