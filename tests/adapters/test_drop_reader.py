"""Content decides what a drop is, whatever its name."""

import pytest

from relance.adapters.balance_files import BalanceQuestion, BalanceRefused
from relance.adapters.config_files.problems import ConfigRefused
from relance.adapters.drop_reader import ContentDropReader
from relance.application.drop_contents import DocumentFile, PaymentsFile, PolicyFile
from relance.application.ports import ContactsFile, CreditorFile
from relance.domain.balance_reading import BalanceReading
from relance.domain.errors import RelanceError
from tests.adapters.config_files.test_creditor_yaml import GOOD
from tests.adapters.documents.samples import a_pdf
from tests.adapters.test_contacts_files import FRENCH, ROW
from tests.adapters.workbooks import workbook
from tests.builders import POLICIES, a_profile

BALANCE = (
    "Code client;Nom client;N° facture;Date facture;Date échéance;Montant TTC;Solde\n"
    "C001;Dupont;FA-1;02/01/2026;31/01/2026;1 234,56;1 000,00\n"
    "C001;Dupont;FA-2;15/01/2026;14/02/2026;100,00;100,00\n"
)
PAYMENTS = "Date règlement;Client;Facture;Montant reçu\n13/03/2026;Dupont;FA-1;10,00\n"
LISTED = "Facture;Client;Échéance;Date règlement;Montant\nFA-1;Dupont;01/03/2026;13/03/2026;9,00\n"
READER = ContentDropReader(frozenset({"standard"}))


def read(content: bytes, name: str = "anything.bin") -> object:
    return READER.read(content, name=name, profile=a_profile())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables(encoding: str) -> None:
    assert isinstance(read(BALANCE.encode(encoding)), BalanceReading)
    assert isinstance(read((FRENCH + ROW).encode(encoding)), ContactsFile)
    assert isinstance(read(PAYMENTS.encode(encoding)), PaymentsFile)


def test_a_folder_settles_what_the_content_leaves_open() -> None:
    with pytest.raises(BalanceQuestion, match="payments-or-balance"):
        read(LISTED.encode())
    assert isinstance(read(LISTED.encode(), "paiements/mars.csv"), PaymentsFile)
    assert isinstance(read(LISTED.encode(), "balances/mars.csv"), BalanceReading)


def test_a_long_list_of_receipts_is_read_whole() -> None:
    head, row, _ = PAYMENTS.split("\n")
    found = read("\n".join([head, *[row] * 5000]).encode())
    assert isinstance(found, PaymentsFile)
    assert len(found.rows) == 5000


def test_workbooks() -> None:
    assert isinstance(read(workbook([["Code", "E-mail"], ["C1", "a@b.fr"]])), ContactsFile)
    rows = [line.split(";") for line in BALANCE.splitlines()]
    assert isinstance(read(workbook(rows)), BalanceReading)


@pytest.mark.parametrize("text", [GOOD, f"# ours\r\n{GOOD}".replace("\n", "\r\n"), f"\ufeff{GOOD}"])
def test_creditor_files(text: str) -> None:
    assert isinstance(read(text.encode()), CreditorFile)


def test_a_creditor_file_with_an_error_is_one_all_the_same() -> None:
    with pytest.raises(ConfigRefused):
        read(b"identity:\n  name: x\n")
    with pytest.raises(ConfigRefused):
        read(GOOD.replace("language: fr", "policy: other").encode())


def test_a_policy() -> None:
    content = (POLICIES / "standard.yaml").read_bytes()
    found = read(content)
    assert isinstance(found, PolicyFile)
    assert found.policy.name == "standard"
    with pytest.raises(ConfigRefused) as refused:
        read(content.replace(b"level: level_1", b"level: level_9", 1))
    assert (refused.value.detail["field"], refused.value.code) == (
        "steps[3].level",
        "config-wrong-value",
    )


def test_a_large_contacts_file_is_recognised_by_its_top_and_read_whole() -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-be"):
        mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
        found = read(mark + (FRENCH + ROW * 2000).encode(encoding))
        assert isinstance(found, ContactsFile)
        assert len(found.rows) == 2000


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04broken", b"hello", b"\x00\x01"])
def test_anything_else_is_refused_with_a_code(content: bytes) -> None:
    with pytest.raises(RelanceError) as caught:
        read(content)
    assert caught.value.code
    assert not isinstance(caught.value, ConfigRefused)


def test_the_currency_of_the_creditor_is_the_default() -> None:
    found = read(BALANCE.encode())
    assert isinstance(found, BalanceReading)
    assert found.currency == "EUR"
    assert BalanceRefused is not None


def test_documents() -> None:
    assert isinstance(read(a_pdf("Facture FA-1"), "scan.csv"), DocumentFile)
    assert isinstance(read(b"\x89PNG\r\n\x1a\n...", "proofs/FA-1.txt"), DocumentFile)
