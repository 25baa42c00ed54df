"""From the bytes of a text file to a reading: encodings, headers, kinds, totals, quarantine."""

from datetime import date
from decimal import Decimal

import pytest

from relance.adapters.balance_files import (
    BalanceHints,
    BalanceQuestion,
    BalanceRefused,
    SafetyLimits,
    read_balance,
)
from relance.adapters.balance_files.sorting import Sorter
from relance.domain.balance_reading import BalanceReading
from relance.domain.open_item import ItemKind

HEAD = "Code client;Raison sociale;N° pièce;Date pièce;Date d'échéance;Montant TTC;Reste dû;Devise"
GOOD = "C001;Société Énée;FA-1;15/01/2026;14/02/2026;1 200,00;1 200,00;EUR"


def read(
    text: str, *, encoding: str = "utf-8", hints: BalanceHints | None = None
) -> BalanceReading:
    return read_balance(text.encode(encoding), name="b.csv", hints=hints or BalanceHints())


def read_rows(*rows: str) -> BalanceReading:
    return read("\n".join((HEAD, *rows)) + "\n")


def refused(content: str | bytes) -> str:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(BalanceRefused) as caught:
        read_balance(raw, name="b.csv")
    return caught.value.code


def asked(text: str, hints: BalanceHints | None = None) -> BalanceQuestion:
    with pytest.raises(BalanceQuestion) as caught:
        read(text, hints=hints)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_encoding_separator_and_line_ends(encoding: str, separator: str, end: str) -> None:
    rows = [HEAD, GOOD, GOOD.replace("FA-1", "FA-2")]
    text = end.join(row.replace("200,00", "200.00").replace(";", separator) for row in rows) + end
    reading = read(text, encoding=encoding)
    assert [item.number for item in reading.items] == ["FA-1", "FA-2"]
    first = reading.items[0]
    assert first.debtor_code == "C001"
    assert first.debtor_name == "Société Énée"
    assert (first.issue_date, first.due_date) == (date(2026, 1, 15), date(2026, 2, 14))
    assert (first.amount, first.open_amount) == (Decimal("1200.00"), Decimal("1200.00"))
    assert (reading.format, reading.currency) == ("csv", "EUR")
    assert [item.line for item in reading.items] == [2, 3]


def test_preamble_gives_the_date_and_the_currency_and_the_total_is_compared() -> None:
    reading = read(
        "SARL Exemple\nBalance âgée;arrêtée au 30/09/2026\nDevise : CHF;\n\n"
        "Client;N° facture;Date;Échéance;Solde\n"
        "Dupont;F1;15/08/2026;14/09/2026;100,50\n"
        "Sous-total;;;;100,50\n"
        "Durand;F2;20/08/2026;19/09/2026;1 000,00\n"
        "Total général;;;;1 100,50\n"
        "Édité le 02/10/2026 par le service comptable\n"
    )
    assert reading.as_of == date(2026, 9, 30)
    assert reading.totals == {"CHF": Decimal("1100.50")} == reading.file_totals
    assert reading.warnings == ()
    assert (reading.non_item_rows, reading.rows) == (8, 10)
    assert [item.line for item in reading.items] == [6, 8]


def test_a_total_that_differs_is_said_and_kept() -> None:
    reading = read_rows(GOOD, "Total;;;;;;1 300,00;")
    assert reading.file_totals == {"EUR": Decimal("1300.00")}
    assert "total-differs" in reading.warnings


def test_an_unlabelled_total_is_recognised_by_its_sum() -> None:
    reading = read_rows(GOOD, GOOD.replace("FA-1", "FA-2"), ";;;;;;2 400,00;")
    assert reading.file_totals == {"EUR": Decimal("2400.00")}
    assert len(reading.items) == 2


def test_an_unlabelled_amount_that_is_no_sum_is_quarantined() -> None:
    reading = read_rows(GOOD, ";;;;;;7,00;")
    assert [(row.line, row.reason) for row in reading.rejected] == [(3, "missing-debtor")]


def test_totals_per_currency() -> None:
    dollars = GOOD.replace("EUR", "USD").replace("1 200,00", "50,00").replace("FA-1", "FA-2")
    reading = read_rows(GOOD, dollars, "Total EUR;;;;;;1 200,00;EUR", "Total USD;;;;;;50,00;USD")
    assert reading.file_totals == {"EUR": Decimal("1200.00"), "USD": Decimal("50.00")}
    assert reading.currency is None


def test_a_total_of_several_currencies_means_nothing() -> None:
    dollars = GOOD.replace("EUR", "USD").replace("FA-1", "FA-2")
    reading = read_rows(GOOD, dollars, "Total;;;;;;2 400,00;")
    assert reading.file_totals == {}
    assert reading.warnings == ("total-mixes-currencies",)


def test_a_customer_named_total_is_a_customer() -> None:
    reading = read_rows(GOOD.replace("Société Énée", "Total Énergies SE"))
    assert len(reading.items) == 1


@pytest.mark.parametrize(
    ("row", "reason", "field"),
    [
        (GOOD.replace("14/02/2026", "bientôt"), "bad-date", "due_date"),
        (GOOD.replace("15/01/2026", "31/02/2026"), "bad-date", "issue_date"),
        (GOOD.replace("14/02/2026", "14/02/2226"), "date-out-of-range", "due_date"),
        (GOOD.replace("1 200,00;EUR", "douze;EUR"), "bad-amount", "open_amount"),
        (GOOD.replace("1 200,00;EUR", ";EUR"), "missing-amount", "open_amount"),
        (GOOD.replace("EUR", "ZZZ"), "unknown-currency", "currency"),
        (GOOD.replace("C001;Société Énée", ";"), "missing-debtor", "debtor_code"),
        (GOOD.replace("FA-1", ""), "missing-number", "number"),
        ("C001;Société Énée;;;;;12,00;EUR", "names-no-item", "number"),
        (GOOD + ";surplus", "too-many-cells-in-row", None),
        ("C001;Société Énée;FA-9;15/01/2026", "missing-amount", "open_amount"),
    ],
)
def test_a_bad_row_is_quarantined_with_what_is_known_of_it(
    row: str, reason: str, field: str | None
) -> None:
    reading = read_rows(GOOD, row, GOOD.replace("FA-1", "FA-3"))
    (bad,) = reading.rejected
    assert (bad.line, bad.reason, bad.field) == (3, reason, field)
    assert len(reading.items) == 2
    assert bad.debtor_code == ("C001" if reason != "missing-debtor" else None)


def test_debit_and_credit_columns() -> None:
    reading = read(
        "Compte auxiliaire;Intitulé;N° pièce;Date;Échéance;Libellé;Débit;Crédit;Solde\n"
        "411DUP;Dupont;F1;15/01/2026;14/02/2026;Vente;100,00;;100,00\n"
        "411DUP;Dupont;A1;20/01/2026;;AVOIR sur F1;;30,00;70,00\n"
        "411DUP;Dupont;B7;25/01/2026;;VIR DUPONT;;50,00;20,00\n"
        ";;;;;Total;100,00;80,00;20,00\n"
    )
    assert [(i.kind, i.open_amount) for i in reading.items] == [
        (ItemKind.INVOICE, Decimal("100.00")),
        (ItemKind.CREDIT_NOTE, Decimal("-30.00")),
        (ItemKind.PAYMENT, Decimal("-50.00")),
    ]
    assert reading.file_totals == {"EUR": Decimal("20.00")}


def test_side_column() -> None:
    reading = read(
        "Client;Pièce;Date;Montant;Sens\n"
        "Dupont;F1;15/01/2026;100,00;D\nDupont;R1;16/01/2026;40,00;C\n"
    )
    assert reading.totals == {"EUR": Decimal("60.00")}


def test_what_was_paid_is_deducted() -> None:
    reading = read(
        "CustomerName,InvoiceNumber,InvoiceDate,DueDate,BillTotal,Applied,Status,Currency\n"
        "Acme,1,1/31/26,3/2/26 0:00,100,40,Pending,USD\n"
        "Acme,2,1/31/26,3/2/26 0:00,100,100,Closed,USD\n"
    )
    (item,) = reading.items
    assert (item.amount, item.open_amount) == (Decimal(100), Decimal(60))
    assert (reading.settled_rows, reading.settled_totals) == (1, {"USD": Decimal(100)})


@pytest.mark.parametrize(
    "status", ["Payée", "PAID", "Closed", "Soldé", "Réglée", "void", "annulée"]
)
def test_settled_states(status: str) -> None:
    reading = read(f"Client;Facture;Date;Montant;Statut\nA;F1;2026-01-15;10,00;{status}\n")
    assert (reading.settled_rows, len(reading.items)) == (1, 0)
    assert "all-settled" in reading.warnings


@pytest.mark.parametrize(
    "status", ["not_paid", "Partially paid", "En retard", "En attente", "Open"]
)
def test_open_states(status: str) -> None:
    reading = read(f"Client;Facture;Date;Montant;Statut\nA;F1;2026-01-15;10,00;{status}\n")
    assert len(reading.items) == 1


def test_paid_with_an_open_amount_is_a_contradiction() -> None:
    reading = read("Client;Facture;Date;Montant;Solde;Statut\nA;F1;2026-01-15;10,00;10,00;Payée\n")
    assert [row.reason for row in reading.rejected] == ["paid-but-amount-open"]


def test_settlement_dates_and_flags() -> None:
    head = "Client;Facture;Date;Montant;"
    paid = read(head + "Date de règlement\nA;F1;2026-01-15;10,00;2026-02-01\n")
    assert paid.settled_rows == 1
    (row,) = paid.settled_items
    assert (row.item.number, row.item.amount, row.settled_on) == (
        "F1",
        Decimal("10.00"),
        date(2026, 2, 1),
    )
    assert (
        read(head + "Payé\nA;F1;2026-01-15;10,00;oui\nA;F2;2026-01-15;9,00;non\n").settled_rows == 1
    )
    assert (
        read(head + "isOpen\nA;F1;2026-01-15;10,00;0\nA;F2;2026-01-15;9,00;1\n").settled_rows == 1
    )


def test_drafts_quotes_and_payables_are_no_claims() -> None:
    reading = read(
        "Client;Facture;Type;Date;Montant;Statut\nA;F1;ACCREC;2026-01-15;10,00;Draft\n"
        "A;F2;Devis;2026-01-15;10,00;\nA;F3;ACCPAY;2026-01-15;10,00;\nA;F4;ACCREC;2026-01-15;5,00;\n"
    )
    assert [item.number for item in reading.items] == ["F4"]
    assert {"drafts-left-out", "quotes-left-out", "payables-left-out"} <= set(reading.warnings)
    assert reading.non_item_rows == 4


def test_types_give_the_kind_and_the_sign_when_the_file_has_none() -> None:
    reading = read(
        "Client;Pièce;Type;Date;Montant\nA;1;Facture;2026-01-15;100,00\nA;2;Avoir;2026-01-16;30,00\n"
        "A;3;RGL;2026-01-17;20,00\n"
    )
    assert [(item.kind.value, item.open_amount) for item in reading.items] == [
        ("invoice", Decimal("100.00")),
        ("credit_note", Decimal("-30.00")),
        ("payment", Decimal("-20.00")),
    ]
    assert "credits-without-sign" in reading.warnings


@pytest.mark.parametrize(
    ("number", "kind"),
    [("AV-3", "credit_note"), ("CN2026-1", "credit_note"), ("RG12", "payment"),
     ("17", "credit_note"), ("ACO-1", "down_payment")],
)  # fmt: skip
def test_number_prefixes_and_signs_give_the_kind(number: str, kind: str) -> None:
    reading = read(
        f"Client;Pièce;Date;Montant\nA;{number};2026-01-16;-30,00\nA;F1;2026-01-16;50,00\n"
    )
    assert [item.kind.value for item in reading.items] == [kind, "invoice"]


def test_an_unmatched_payment_needs_no_number() -> None:
    reading = read_rows(GOOD, "C001;Société Énée;;20/02/2026;;-50,00;-50,00;EUR")
    assert (reading.items[1].kind, reading.items[1].number) == (ItemKind.PAYMENT, None)


def test_a_collective_account_is_no_code() -> None:
    reading = read(
        "Compte;Tiers;Pièce;Date;Montant\n411000;Dupont;1;2026-01-15;10,00\n"
        "411000;Durand;2;2026-01-15;10,00\n"
    )
    assert [(i.debtor_code, i.debtor_name) for i in reading.items] == [
        (None, "Dupont"),
        (None, "Durand"),
    ]


def test_an_auxiliary_account_is_a_code() -> None:
    reading = read("Compte;Intitulé;Pièce;Date;Montant\n411DUP;Dupont;1;2026-01-15;10,00\n")
    assert reading.items[0].debtor_code == "411DUP"


def test_a_party_column_is_a_code_or_a_name_by_its_values() -> None:
    by_code = read("Client;Pièce;Date;Montant\nC001;1;2026-01-15;10,00\n").items[0]
    by_name = read("Client;Pièce;Date;Montant\nDupont SA;1;2026-01-15;10,00\n").items[0]
    assert (by_code.debtor_code, by_code.debtor_name) == ("C001", None)
    assert (by_name.debtor_code, by_name.debtor_name) == (None, "Dupont SA")


def test_order_numbers_and_credited_invoices_are_kept() -> None:
    reading = read(
        "Client;Pièce;N° commande;Facture d'origine;Date;Montant\nA;AV1;PO7;F1;2026-01-15;-10,00\n"
        "A;F1;PO7;;2026-01-15;20,00\n"
    )
    assert (reading.items[0].order_number, reading.items[0].credits_number) == ("PO7", "F1")


def test_leading_zeros_stay_and_float_numbers_are_repaired() -> None:
    reading = read("Code client,doc_id,Date,Amount\n0140105686,1930659387.0,2026-01-15,10.5\n")
    assert (reading.items[0].debtor_code, reading.items[0].number) == ("0140105686", "1930659387")


def test_a_repeated_header_is_a_page_break() -> None:
    reading = read_rows(GOOD, HEAD, GOOD.replace("FA-1", "FA-2"))
    assert (len(reading.items), reading.non_item_rows, reading.rejected) == (2, 2, ())


def test_currency_signs_in_the_amounts() -> None:
    reading = read("Client;Pièce;Date;Montant\nA;1;2026-01-15;10,00 £\nA;2;2026-01-15;5,00 £\n")
    assert reading.totals == {"GBP": Decimal("15.00")}


def test_currency_by_hint_or_assumed() -> None:
    text = "Client;Pièce;Date;Montant\nA;1;2026-01-15;10,00\n"
    assert "currency-assumed" in read(text).warnings
    hinted = read(text, hints=BalanceHints(default_currency="CHF"))
    assert (hinted.currency, "currency-assumed" in hinted.warnings) == ("CHF", False)


def test_quoted_cells_may_hold_separators_and_line_ends() -> None:
    reading = read(
        'Client;Pièce;Date;Montant\n"Dupont;\nfils";1;2026-01-15;"1 000,00"\nA;2;2026-01-16;5\n'
    )
    assert [item.line for item in reading.items] == [2, 4]
    assert reading.items[0].debtor_name == "Dupont;\nfils"


def test_instalments_share_a_number_but_not_a_due_date() -> None:
    second = GOOD.replace("14/02/2026", "14/03/2026")
    assert read_rows(GOOD, second).warnings == ()
    assert read_rows(GOOD, GOOD).warnings == ("duplicate-numbers",)


def test_per_invoice_rows_with_ageing_columns() -> None:
    reading = read(
        "Client;Facture;Date;Échéance;Non échu;1-30;31-60;> 60;Total\n"
        "A;F1;2026-01-15;2026-02-15;;10,00;;;10,00\nB;F2;2026-01-15;2026-02-15;5,00;;;;0,00\n"
    )
    assert [item.open_amount for item in reading.items] == [Decimal("10.00"), Decimal("5.00")]


@pytest.mark.parametrize(
    "text",
    [
        "Client;Non échu;0-30;> 30;Total\nDupont;10,00;5,00;;15,00\nTotal;10,00;5,00;;15,00\n",
        "Compte;Intitulé;Solde\n411DUP;Dupont;15,00\n",
        "No.;Name;Balance Due;Current;1-30 days\n10000;Dupont;15,00;10,00;5,00\n",
    ],
)
def test_a_summary_per_customer_names_no_item(text: str) -> None:
    reading = read(text)
    assert (reading.is_summary, reading.items, reading.rejected) == (True, (), ())
    row = reading.summary[0]
    assert (row.debtor_name, row.total, row.currency) == ("Dupont", Decimal("15.00"), "EUR")


def test_ambiguous_dates_are_asked_then_answered() -> None:
    text = (
        "Customer,Invoice No,Invoice Date,Amount\nAcme,1,01/02/2026,10.00\nAcme,2,03/04/2026,9.00\n"
    )
    question = asked(text)
    assert (question.code, question.seen) == ("date-order-tied", ("01/02/2026", "03/04/2026"))
    assert question.detail["column"] == "Invoice Date"
    answered = read(text, hints=BalanceHints(date_order="month-first"))
    assert answered.items[0].issue_date == date(2026, 1, 2)


def test_the_date_of_the_title_settles_the_order_of_the_columns() -> None:
    reading = read(
        "As of 31/12/2026\nCustomer,Invoice No,Invoice Date,Amount\nAcme,1,01/02/2026,10.00\n"
    )
    assert reading.items[0].issue_date == date(2026, 2, 1)
    assert reading.as_of == date(2026, 12, 31)


def test_a_title_date_nobody_can_order_is_not_taken() -> None:
    reading = read("As of 01/02/2026\nCustomer,Invoice,Date,Amount\nAcme,1,2026-01-15,10.00\n")
    assert (reading.as_of, "as-of-unclear" in reading.warnings) == (None, True)


def test_ambiguous_amounts_are_asked_then_answered() -> None:
    text = "Client;Pièce;Date;Montant\nA;1;2026-01-15;1,250\n"
    assert asked(text).code == "decimal-mark-tied"
    answered = read(text, hints=BalanceHints(decimal_mark="."))
    assert answered.items[0].amount == Decimal(1250)


def test_all_negative_is_asked_then_answered() -> None:
    rows = "".join(f"A;{n};2026-01-15;-10,00\n" for n in range(4))
    text = "Client;Pièce;Date;Solde\n" + rows
    assert asked(text).code == "sign-unclear"
    answered = read(text, hints=BalanceHints(owed_sign="negative"))
    assert answered.totals == {"EUR": Decimal("40.00")}


def test_two_columns_of_one_name_are_asked() -> None:
    assert asked("Client;Pièce;Date;Solde;Solde\nA;1;2026-01-15;1,00;2,00\n").code == "columns-tied"


def test_no_header_is_asked() -> None:
    question = asked("Dupont;F1;15/01/2026;10,00\nDurand;F2;25/01/2026;12,00\n")
    assert question.code == "header-not-found"
    assert "Dupont" not in str(question)


def test_decimal_commas_in_a_comma_file_are_asked() -> None:
    text = "Client,Facture,Date,Montant\nA,F1,2026-01-15,10,50\nB,F2,2026-01-15,11,50\n"
    assert asked(text).code == "columns-misaligned"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "file-empty"),
        ("  \n ", "file-empty"),
        ("contact_id,name\n1,Acme\n", "not-a-receivables-list"),
        ("Bonjour,\nvoici le fichier.\n", "not-a-receivables-list"),
        ("Fournisseur;Facture;Date;Solde\nA;1;2026-01-15;1,00\n", "payables-not-receivables"),
        ("Client;Facture\0;Date;Solde\n", "nul-bytes"),
        ("%PDF-1.7\n", "not-a-spreadsheet"),
        ("<html><table>", "not-a-spreadsheet"),
        (";".join(["Client", "Facture", "Date", "Solde"] + ["x"] * 500) + "\n", "too-many-columns"),
        (b"\xff\xfe\x00", "encoding-unreadable"),
        (
            'Client;Facture;Date;Solde\nA;"1;2026-01-15;1,00\nB;2;2026-01-15;1,00\n',
            "quote-left-open",
        ),
        (
            "JournalCode|EcritureDate|CompteNum|EcritureLib|Debit|Credit\nVE|20260101|411|x|1|0\n",
            "ledger-columns-missing",
        ),
        (
            "Client;Facture;Date;Solde\n" + "A;1;05:23.4;1,00\n" * 12,
            "date-column-unreadable",
        ),
    ],
)
def test_refusals(content: str | bytes, code: str) -> None:
    assert refused(content) == code


def test_a_large_file_is_refused() -> None:
    with pytest.raises(BalanceRefused) as caught:
        read_balance(b"x" * 11, name="b.csv", limits=SafetyLimits(size=10))
    assert caught.value.code == "file-too-large"


def test_payments_written_below_zero_are_deducted_all_the_same() -> None:
    reading = read("Client;Pièce;Date;Montant;Payé\nA;1;2026-01-15;100,00;-40,00\n")
    assert reading.totals == {"EUR": Decimal("60.00")}


def test_a_total_followed_by_items_is_no_grand_total() -> None:
    reading = read_rows(GOOD, "Total page 1;;;;;;1 200,00;", GOOD.replace("FA-1", "FA-2"))
    assert (reading.file_totals, reading.warnings) == ({}, ())


def test_a_shared_account_of_any_number_is_no_code() -> None:
    rows = "".join(f"R77;Client {name};{name}1;2026-01-15;10,00\n" for name in "ABC")
    reading = read("Compte;Intitulé;Pièce;Date;Montant\n" + rows)
    assert {item.debtor_code for item in reading.items} == {None}


def test_an_amount_in_local_currency_has_the_local_currency() -> None:
    reading = read(
        "Client;Pièce;Date;Document currency;Amount in local currency;Local currency\n"
        "A;1;2026-01-15;USD;10,00;EUR\n"
    )
    assert reading.totals == {"EUR": Decimal("10.00")}


def test_a_vague_amount_gives_way_to_a_named_one() -> None:
    reading = read("Client;Pièce;Date;Amount credited;Total\nA;1;2026-01-15;1,00;10,00\n")
    assert reading.totals == {"EUR": Decimal("10.00")}


def test_columns_that_disagree_settle_nothing_for_a_tied_one() -> None:
    text = "Client;Pièce;Date;Montant;Débit;Crédit\nA;1;2026-01-15;1,250;1,25;1.25\n"
    assert asked(text).code == "decimal-mark-tied"


def test_a_reading_that_lost_a_row_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours that forgot a row would settle what the row owes: better no import at all."""
    text = "Client;Pièce;Échéance;Solde\nA;1;15/01/2026;1,00\nA;2;15/13/2026;2,00\n"
    assert len(read(text).rejected) == 1
    monkeypatch.setattr(Sorter, "_reject", lambda *_: None)

    with pytest.raises(BalanceRefused) as caught:
        read(text)

    assert caught.value.code == "rows-lost"
    assert (caught.value.detail["read"], caught.value.detail["file_rows"]) == ("2", "3")
