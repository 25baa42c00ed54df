"""Contacts files, in French and English, in CSV and XLSX."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files import read_table
from relance.adapters.contacts_files import ContactsRefused, looks_like_contacts, read_contacts
from relance.application.ports import FlagLine
from relance.domain.debtor import FlagKind, PayerProfile, Role
from relance.domain.errors import RelanceError
from relance.domain.open_item import PaymentMethod
from relance.domain.postal_address import PostalAddress
from tests.adapters.workbooks import workbook

FRENCH = (
    "Code client;Raison sociale;Contact;Fonction;E-mail;Téléphone;Langue;Adresse 1;Adresse 2;"
    "Code postal;Ville;Pays;SIREN;Chargé de recouvrement\n"
)
ROW = (
    "C001;Menuiserie Dupont;Anne Roy;Comptabilité fournisseurs;Anne.Roy@dupont.example;"
    "01 23 45 67 89;français;12 rue des Lilas;BP 7;31000;TOULOUSE;France;552 100 554;claire\n"
)


def test_every_column_is_understood() -> None:
    (row,) = read_contacts((FRENCH + ROW).encode()).rows
    contact = row.contact
    assert contact is not None
    assert (row.line, row.debtor_code, row.debtor_name) == (2, "C001", "Menuiserie Dupont")
    assert (contact.name, contact.role) == ("Anne Roy", Role.ACCOUNTS_PAYABLE)
    assert (contact.email, contact.phone) == ("anne.roy@dupont.example", "01 23 45 67 89")
    assert (row.language, row.siren, row.collector) == ("fr", "552100554", "claire")
    assert row.address == PostalAddress(("12 rue des Lilas", "BP 7", "31000 TOULOUSE"), "FR")


def test_the_days_on_which_a_debtor_pays() -> None:
    head = FRENCH.replace("\n", ";Jours de paiement\n")
    (row,) = read_contacts((head + ROW.replace("\n", ";25 et 10\n")).encode()).rows
    assert row.payment_days == (10, 25)
    refused = read_contacts((head + ROW.replace("\n", ";32\n")).encode())
    assert [(row.line, row.reason, row.value) for row in refused.rejected] == [
        (2, "bad-payment-day", "32")
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Payeur",
        "Tiers payeur",
        "Compte payeur",
        "Code payeur",
        "Payer",
        "Parent account",
        "Bill-to",
    ],
)
def test_who_pays_for_a_debtor(header: str) -> None:
    head = FRENCH.replace("\n", f";{header}\n")
    (row,) = read_contacts((head + ROW.replace("\n", ";C900\n")).encode()).rows
    assert (row.payer, row.debtor_code) == ("C900", "C001")
    (row,) = read_contacts((head + ROW.replace("\n", ";\n")).encode()).rows
    assert row.payer is None


def test_english_headers() -> None:
    text = "Customer number,Company name,Contact person,Job title,Email address,Phone,Language\n"
    (row,) = read_contacts(
        (text + "42,Acme Ltd,Jo Doe,Legal,jo@acme.example,+44 20,en\n").encode()
    ).rows
    assert (row.debtor_code, row.language) == ("42", "en")
    assert row.contact is not None
    assert row.contact.role is Role.LEGAL


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    (row,) = read_contacts((FRENCH + ROW).encode(encoding)).rows
    assert row.contact is not None


@pytest.mark.parametrize(
    ("old", "new", "reason", "field"),
    [
        ("Anne.Roy@dupont.example", "anne.roy@dupont", "bad-email", "email"),
        ("Anne.Roy@dupont.example", "a@b.fr c@d.fr", "bad-email", "email"),
        ("Anne.Roy@dupont.example", "Anne <a@b.fr>", "bad-email", "email"),
        ("552 100 554", "552 100 555", "bad-siren", "siren"),
        ("01 23 45 67 89", "appeler le matin", "bad-phone", "phone"),
        ("Comptabilité fournisseurs", "Stagiaire", "unknown-role", "role"),
        ("français", "klingon", "unknown-language", "language"),
        ("France", "Atlantide", "unknown-country", "country"),
        ("C001;Menuiserie Dupont", ";", "missing-debtor", "code"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line(old: str, new: str, reason: str, field: str) -> None:
    assert old in ROW
    found = read_contacts((FRENCH + ROW + ROW.replace(old, new)).encode())
    (row,) = found.rejected
    assert (len(found.rows), row.line, row.reason, row.field) == (1, 3, reason, field)
    assert row.value == (new if new != ";" else None)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Comptabilité fournisseurs", Role.ACCOUNTS_PAYABLE),
        ("accounts payable", Role.ACCOUNTS_PAYABLE),
        ("ACHETEUR", Role.BUYER),
        ("Buyer", Role.BUYER),
        ("Direction", Role.MANAGER),
        ("manager", Role.MANAGER),
        ("Gérante", Role.MANAGER),
        ("Juridique", Role.LEGAL),
        ("Représentant légal", Role.LEGAL),
        ("", Role.ACCOUNTS_PAYABLE),
    ],
)
def test_roles(text: str, role: Role) -> None:
    found = read_contacts(f"Code;E-mail;Rôle\nC1;a@b.fr;{text}\n".encode())
    assert found.rows[0].contact is not None
    assert found.rows[0].contact.role is role


@pytest.mark.parametrize(
    ("text", "language"),
    [("en", "en"), ("EN", "en"), ("Anglais", "en"), ("de", "de"), ("FR", "fr"), ("", None)],
)
def test_languages(text: str, language: str | None) -> None:
    found = read_contacts(f"Code;E-mail;Langue\nC1;a@b.fr;{text}\n".encode())
    assert found.rows[0].language == language


def test_a_siret_holds_a_siren_and_a_postcode_gets_its_zero_back() -> None:
    text = "Code;E-mail;SIRET;Adresse;CP;Ville\nC1;a@b.fr;55210055400013;1 rue A;1000;BOURG\n"
    (row,) = read_contacts(text.encode()).rows
    assert row.siren == "552100554"
    assert row.address == PostalAddress(("1 rue A", "01000 BOURG"), "FR")


def test_a_row_may_tell_only_an_address() -> None:
    (row,) = read_contacts(b"Code;E-mail;Adresse\nC1;;1 rue A\n").rows
    assert (row.contact, row.address) == (None, PostalAddress(("1 rue A",)))


def test_without_codes_the_name_is_the_debtor() -> None:
    (row,) = read_contacts(b"Raison sociale;E-mail\nDupont & Fils;a@b.fr\n").rows
    assert row.debtor_code == "name:dupont-et-fils"


def test_keys_are_steady_and_not_personal() -> None:
    (first,), (again,) = (
        read_contacts(text.encode()).rows
        for text in ("Code;E-mail\nC1;a@b.fr\n", "Code;Contact;E-mail\nC1;Anne;A@B.fr\n")
    )
    assert first.contact is not None
    assert again.contact is not None
    assert first.contact.key == again.contact.key
    assert "@" not in first.contact.key


@pytest.mark.parametrize(
    ("header", "contacts"),
    [
        ("Code;E-mail", True),
        ("Raison sociale;Contact;Téléphone", True),
        ("Code client;E-mail;Facture;Montant TTC", False),
        ("Code client;E-mail;Solde", False),
        ("Client;Contact;0-30;31-60;> 90", False),
        ("Contact;Date;Due Date;Amount", False),
        ("Code;Nom", False),
        ("E-mail;Téléphone", False),
    ],
)
def test_told_from_a_balance_by_its_header(header: str, contacts: bool) -> None:
    cells = ";".join("x" for _ in header.split(";"))
    assert looks_like_contacts(read_table(f"{header}\n{cells}\n".encode())) is contacts


def test_what_is_no_contacts_file() -> None:
    with pytest.raises(ContactsRefused):
        read_contacts(b"a;b\n1;2\n")


def test_a_workbook() -> None:
    (row,) = read_contacts(workbook([["Code", "E-mail"], ["C1", "a@b.fr"]])).rows
    assert (row.debtor_code, row.line) == ("C1", 2)


def test_a_cell_of_several_addresses() -> None:
    text = 'Code;Contact;E-mail\nC1;Anne;"a@x.fr; B@x.fr, a@x.fr"\nC2;;"a@x.fr; b"\n'
    found = read_contacts(text.encode())
    (row,) = found.rows
    assert row.contact is not None
    assert [row.contact.email, *(one.email for one in row.others)] == ["a@x.fr", "b@x.fr"]
    assert {one.name for one in row.others} == {"Anne"}
    assert [(bad.line, bad.reason, bad.value) for bad in found.rejected] == [
        (3, "bad-email", "a@x.fr; b")
    ]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("01.23.45.67.89", "01 23 45 67 89"),
        ("+33 (0)1 23 45 67 89", "+33 1 23 45 67 89"),
        ("0033-1-23-45-67-89", "+33 1 23 45 67 89"),
        ("01 23 45 67 89 / 06 11 22 33 44", "01 23 45 67 89 / 06 11 22 33 44"),
        ("01 23 45 67 89 poste 12", "01 23 45 67 89 poste 12"),
    ],
)
def test_phones_are_written_one_way(text: str, phone: str) -> None:
    (row,) = read_contacts(f"Code;E-mail;Tél\nC1;a@b.fr;{text}\n".encode()).rows
    assert row.contact is not None
    assert row.contact.phone == phone


@pytest.mark.parametrize(
    ("header", "text", "profile", "method"),
    [
        ("Profil payeur", "Mauvais payeur", PayerProfile.BAD_PAYER, None),
        ("Profil", "En difficulté", PayerProfile.SHORT_OF_CASH, None),
        ("Payer profile", "good", PayerProfile.GOOD, None),
        ("Mode de règlement", "Prélèvement SEPA", None, PaymentMethod.DIRECT_DEBIT),
        ("Payment method", "bank transfer", None, PaymentMethod.TRANSFER),
        ("Mode de paiement", "", None, None),
    ],
)
def test_how_it_pays(
    header: str, text: str, profile: PayerProfile | None, method: PaymentMethod | None
) -> None:
    (row,) = read_contacts(f"Code;E-mail;{header}\nC1;a@b.fr;{text}\n".encode()).rows
    assert (row.profile, row.payment_method) == (profile, method)


@pytest.mark.parametrize(
    ("header", "reason", "field"),
    [
        ("Profil", "unknown-profile", "profile"),
        ("Mode de règlement", "unknown-payment-method", "payment_method"),
        ("Consigne de relance", "unknown-flag", "flag"),
    ],
)
def test_what_nobody_knows_is_rejected(header: str, reason: str, field: str) -> None:
    found = read_contacts(f"Code;E-mail;{header}\nC1;a@b.fr;coquillages\n".encode())
    assert [(row.reason, row.field, row.value) for row in found.rejected] == [
        (reason, field, "coquillages")
    ]


@pytest.mark.parametrize(
    ("text", "siren"),
    [("FR 96 552 100 554", "552100554"), ("DE123456789", None), ("552.100.554", "552100554")],
)
def test_a_vat_number_holds_a_siren(text: str, siren: str | None) -> None:
    (row,) = read_contacts(f"Code;E-mail;N° TVA\nC1;a@b.fr;{text}\n".encode()).rows
    assert row.siren == siren


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ne pas relancer", FlagKind.NEVER),
        ("jamais", FlagKind.NEVER),
        ("Manuel", FlagKind.MANUAL_ONLY),
        ("tout confirmer", FlagKind.CONFIRM_ALL),
        ("Normal", FlagKind.NORMAL),
    ],
)
def test_how_a_debtor_is_to_be_chased(text: str, kind: FlagKind) -> None:
    head = "Code;E-mail;Consigne;Motif de la consigne;Responsable consigne;Revue le\n"
    (row,) = read_contacts(f"{head}C1;a@b.fr;{text};groupe;Zoé;31/12/2026\n".encode()).rows
    assert row.flag == FlagLine(kind, "groupe", "Zoé", date(2026, 12, 31))


def test_a_review_date_that_is_none_is_rejected() -> None:
    found = read_contacts(b"Code;E-mail;Flag;Review on\nC1;a@b.fr;never;soon\n")
    assert [(row.reason, row.field) for row in found.rejected] == [
        ("bad-review-date", "flag_review")
    ]


def test_without_the_column_nothing_is_said_of_the_flag() -> None:
    (row,) = read_contacts(b"Code;E-mail;Flag\nC1;a@b.fr;\n").rows
    assert row.flag is None


_CELL = st.text(
    st.characters(codec="utf-8", exclude_characters='\x00\r\n;"', exclude_categories=["Cs"]),
    max_size=25,
)


@given(st.lists(st.lists(_CELL, min_size=6, max_size=6), min_size=1, max_size=5))
def test_no_row_is_lost_and_nothing_else_is_raised(cells: list[list[str]]) -> None:
    head = "Code;Nom;E-mail;Tél;SIRET;Profil\n"
    lines = [";".join(row) for row in cells]
    try:
        found = read_contacts((head + "C1;Dupont;a@b.fr;;;\n" + "\n".join(lines) + "\n").encode())
    except RelanceError:
        return
    blank = sum(not any(cell.strip() for cell in row) for row in cells)
    assert len(found.rows) + len(found.rejected) + blank == 1 + len(lines)


def test_an_amount_of_cover_makes_it_no_balance() -> None:
    """Insurer and factor of a customer are read from balances, per item."""
    head = FRENCH.replace("\n", ";Assureur;Montant garanti;Ne pas relancer\n")
    (row,) = read_contacts((head + ROW.replace("\n", ";Coface;10 000,00;Oui\n")).encode()).rows
    assert row.debtor_code == "C001"
