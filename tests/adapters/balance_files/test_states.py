"""What the accounts say of an item besides its amount: payment, dispute, reminders, people."""

from datetime import date

import pytest

from relance.adapters.balance_files.states import flag_in, flag_of, level_of, method_of
from relance.domain.balance_reading import ReadItem, ReadParties
from relance.domain.open_item import ItemFlag, ItemKind, PaymentMethod
from tests.adapters.balance_files.reading import read


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Virement", "transfer"), ("VIR", "transfer"), ("Virement 30 jours", "transfer"),
        ("Bank transfer", "transfer"), ("Chèque", "cheque"), ("CHQ", "cheque"),
        ("LCR", "bill_of_exchange"), ("L.C.R. 45 j", "other"), ("BOR", "bill_of_exchange"),
        ("Traite acceptée", "bill_of_exchange"), ("Lettre de change", "bill_of_exchange"),
        ("Bill of exchange", "bill_of_exchange"), ("Prélèvement SEPA", "direct_debit"),
        ("PRLV", "direct_debit"), ("Direct Debit", "direct_debit"), ("CB", "card"),
        ("Carte bancaire", "card"), ("Espèces", "cash"), ("Compensation", "other"),
    ],
)  # fmt: skip
def test_payment_methods(text: str, method: str) -> None:
    assert method_of(text) is PaymentMethod(method)


@pytest.mark.parametrize("text", ["", " ", "-", "n/a"])
def test_no_payment_method(text: str) -> None:
    assert method_of(text) is None


@pytest.mark.parametrize(
    ("text", "header", "flag"),
    [
        ("Oui", "Litige", "disputed"), ("X", "Contentieux", "litigation"),
        ("1", "Bloqué", "blocked"), ("Y", "Disputed", "disputed"),
        ("Prix contesté", "Litige", "disputed"), ("Dossier avocat", "Litige", "litigation"),
        ("A", "Dunning block", "blocked"), ("120,00", "Montant en litige", "disputed"),
        ("Contentieux", "Flags", "litigation"), ("PB12", "Code litige", "disputed"),
    ],
)  # fmt: skip
def test_flags(text: str, header: str, flag: str) -> None:
    assert flag_of(text, header) is ItemFlag(flag)


@pytest.mark.parametrize("text", ["", "Non", "0", "0,00", "N", "-", "No", "Aucun", "pas de litige"])
def test_no_flag(text: str) -> None:
    assert flag_of(text, "Litige") is None


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Ne pas relancer", "X"), ("Ne pas relancer (O/N)", "O"), ("Exclu des relances", "Oui"),
        ("Exclusion relance", "1"), ("Blocage relance", "Décès"), ("Hors relance", "oui"),
        ("Hors rappel/relevé", "Oui"), ("Sans relance", "X"), ("Relances suspendues", "Oui"),
        ("Dunning Block", "A"), ("Block Dunning", "Yes"), ("Do not chase", "TRUE"),
        ("Exclude from follow-ups", "True"), ("Relançable", "Non"), ("Relançable (O/N)", "N"),
        ("Relançable", "jamais"), ("Relances autorisées", "0"), ("Send reminders", "No"),
        ("Dunning allowed", "false"), ("Signalement", "Ne pas relancer"), ("Flag", "Do not chase"),
    ],
)  # fmt: skip
def test_whom_the_accounts_do_not_chase_is_blocked(header: str, text: str) -> None:
    assert item_of(header, text).flag is ItemFlag.BLOCKED


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Ne pas relancer", "Non"), ("Ne pas relancer", ""), ("Exclu des relances", "0"),
        ("Blocage relance", "normal"), ("Relançable", "Oui"), ("Relançable", ""),
        ("Relançable", "n/a"), ("Relançable", "OK"), ("Send reminders", "Yes"),
        ("No of reminders", "3"), ("Relance (O/N)", "N"),
    ],
)  # fmt: skip
def test_whom_they_chase_is_not(header: str, text: str) -> None:
    assert item_of(header, text).flag is None


@pytest.mark.parametrize(
    ("state", "flag"),
    [("En litige", ItemFlag.DISPUTED), ("Contentieux", ItemFlag.LITIGATION),
     ("Bloquée", ItemFlag.BLOCKED), ("En retard", None), ("Hors litige", None)],
)  # fmt: skip
def test_a_state_may_be_a_flag(state: str, flag: ItemFlag | None) -> None:
    assert flag_in(state) is flag


@pytest.mark.parametrize(
    ("text", "level"),
    [("Niveau 2", 2), ("R1", 1), ("3", 3), ("2ème relance", 2), ("", None), ("2026", None)],
)
def test_reminder_levels(text: str, level: int | None) -> None:
    assert level_of(text) == level


def item_of(head: str, row: str) -> ReadItem:
    (item,) = read(f"Client;Pièce;Date;Solde;{head}\nA;F1;15/01/2026;1,00;{row}\n").items
    return item


def test_columns_of_state_reach_the_item() -> None:
    item = item_of(
        "Compte;Mode de règlement;Litige;Niveau de relance;Date dernière relance;"
        "Représentant;Chargé de recouvrement;Tiers payeur",
        "411000;LCR;Oui;2;20/02/2026;Ann;Bob;C9",
    )
    assert (item.account, item.payment_method) == ("411000", PaymentMethod.BILL_OF_EXCHANGE)
    assert (item.flag, item.reminder_level) == (ItemFlag.DISPUTED, 2)
    assert item.reminded_on == date(2026, 2, 20)
    assert item.parties == ReadParties("Ann", "Bob", "C9")


def test_a_reminder_date_nobody_can_read_does_not_reject_the_item() -> None:
    assert item_of("Date relance", "bientôt").reminded_on is None


@pytest.mark.parametrize(
    ("kind", "label", "found"),
    [
        ("A nouveau", "", "opening_balance"), ("RAN", "", "opening_balance"),
        ("Solde d'ouverture", "", "opening_balance"), ("", "Report à nouveau", "opening_balance"),
        ("Opening balance", "", "opening_balance"), ("Retenue de garantie", "", "retention"),
        ("Facture", "Retenue de garantie 5 %", "retention"), ("", "Retention money", "retention"),
        ("Facture", "Facture 12", "invoice"),
    ],
)  # fmt: skip
def test_opening_balances_and_retention_money(kind: str, label: str, found: str) -> None:
    text = f"Client;Pièce;Type;Libellé;Date;Solde\nA;9;{kind};{label};15/01/2026;1,00\n"
    assert read(text).items[0].kind is ItemKind(found)


def test_an_opening_entry_that_names_its_invoice_is_that_invoice() -> None:
    text = "Client;Pièce;Journal;Date;Débit;Crédit\nA;FA12;AN;01/01/2026;1,00;\n"
    assert read(text).items[0].kind is ItemKind.INVOICE


def test_rg_is_retention_money_when_it_is_owed_and_a_payment_when_it_is_received() -> None:
    text = (
        "Client;Pièce;Type;Date;Solde\nA;1;FA;15/01/2026;9,00\nA;1;RG;15/01/2026;1,00\n"
        "A;2;RG;15/01/2026;-4,00\n"
    )
    kinds = [item.kind for item in read(text).items]
    assert kinds == [ItemKind.INVOICE, ItemKind.RETENTION, ItemKind.PAYMENT]


def test_the_payer_of_an_sap_list_is_somebody_else_than_the_customer() -> None:
    item = read("Customer No;Payer;Invoice;Date;Balance\nC1;P1;F1;2026-01-15;1.00\n").items[0]
    assert (item.debtor_code, item.parties) == ("C1", ReadParties(payer="P1"))


def test_a_flag_column_and_a_state_keep_the_gravest() -> None:
    item = item_of("Bloqué;Statut", "Oui;Contentieux")
    assert item.flag is ItemFlag.LITIGATION
