"""Real bytes, the real reader, the real mails: what the finance team gets for each kind of drop."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from moto import mock_aws

from relance.adapters.drop_reader import ContentDropReader
from relance.adapters.dynamodb.stores import DynamoStores
from relance.adapters.dynamodb.table import Table
from relance.adapters.memory.files import MemoryEvidenceObjects, MemoryFiles
from relance.adapters.memory.outgoing import MemoryMailer
from relance.adapters.memory.stores import MemoryStores
from relance.adapters.memory.world import (
    CountingRandomSource,
    MemoryCalendars,
    MemoryClock,
    MemoryPolicies,
)
from relance.adapters.messages.import_messages import SENTENCES, import_sentence
from relance.adapters.rendering.report_page import JinjaReportRenderer
from relance.adapters.rendering.staff import JinjaStaffRenderer
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.application.office import Office
from relance.domain.creditor import BalanceState
from tests.builders import a_creditor, standard_policy
from tests.table_from_template import create_table

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
HEADER = "Code client;Nom client;N° facture;Date facture;Date échéance;Montant TTC;Solde\n"
FIRST = HEADER + "".join(
    f"C{n % 3:03};Client {n % 3};FA-{n:04};02/01/2026;31/01/2026;1 000,00;1 000,00\n"
    for n in range(60)
)


@pytest.fixture(params=["memory", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> Iterator[MemoryStores | DynamoStores]:
    if request.param == "memory":
        yield MemoryStores(random=CountingRandomSource())
        return
    with mock_aws():
        table = Table(create_table("relance-test"))
        yield DynamoStores(table, random=CountingRandomSource(), sleep=lambda _: None)


@pytest.fixture
def doors(stores: MemoryStores | DynamoStores) -> ImportDoors:
    stores.creditors.save(replace(a_creditor(), balance=BalanceState()))
    office = Office(
        creditors=stores.creditors,
        stores=stores,
        policies=MemoryPolicies(standard_policy()),
        calendars=MemoryCalendars(),
        clock=MemoryClock(NOW),
    )
    return ImportDoors(
        office=office,
        drops=MemoryFiles(),
        reports=MemoryFiles(),
        objects=MemoryEvidenceObjects(),
        reader=ContentDropReader(frozenset({"standard"})),
        renderer=JinjaStaffRenderer(TEMPLATES),
        mailer=MemoryMailer(),
        pages=JinjaReportRenderer(TEMPLATES),
    )


def drop(doors: ImportDoors, text: str, name: str = "balance.csv") -> tuple[ImportOutcome, str]:
    """The outcome, and the text of the last mail."""
    key = f"acme/{name}"
    doors.drops.put(key, text.encode(), content_type="text/csv")
    assert isinstance(doors.drops, MemoryFiles)
    outcome = import_drop(DropEvent(key, doors.drops.versions[key][-1][0], NOW), doors=doors)
    assert isinstance(doors.mailer, MemoryMailer)
    mail = message_from_bytes(doors.mailer.sent[-1].raw, policy=default)
    body = mail.get_body(("plain",))
    assert body is not None
    return outcome, f"{mail['subject']}\n{body.get_content()}"


def test_a_balance_then_a_part_of_it_paid(doors: ImportDoors) -> None:
    outcome, mail = drop(doors, FIRST)
    assert (outcome.status, outcome.counts["new"]) == ("applied", 60)
    assert "60" in mail
    second = FIRST.replace("FA-0000;02/01/2026;31/01/2026;1 000,00;1 000,00", "FA-0000;;;;")
    second = second.replace(
        "FA-0001;02/01/2026;31/01/2026;1 000,00;1 000,00",
        "FA-0001;02/01/2026;31/01/2026;1 000,00;250,00",
    )
    second = "".join(line for line in second.splitlines(keepends=True) if "FA-0002" not in line)
    outcome, mail = drop(doors, second)
    assert (outcome.counts["settled"], outcome.counts["part_paid"]) == (1, 1)
    assert (outcome.counts["rejected"], outcome.counts["suspended"]) == (1, 1)
    assert "ligne 2" in mail
    cases = doors.office.stores.of("acme").cases
    case = cases.load("C001", doors.office.creditors.get("acme"))
    assert case is not None
    left = {item.number: item.open_amount for item in case.items.values()}
    assert left["FA-0001"] == Decimal("250.00")
    assert len(left) == 20
    assert [entry.kind for entry in cases.history("C001")] == ["import", "import"]


def test_the_same_again(doors: ImportDoors) -> None:
    drop(doors, FIRST)
    outcome, mail = drop(doors, FIRST)
    assert outcome.status == "unchanged"
    assert "sans changement" in mail


def test_suspicious(doors: ImportDoors) -> None:
    drop(doors, FIRST)
    outcome, mail = drop(doors, "\n".join(FIRST.splitlines()[:11]))
    assert outcome.status == "suspicious"
    assert "à confirmer" in mail


def test_refused_and_asked(doors: ImportDoors) -> None:
    outcome, mail = drop(doors, "<html>...")
    assert outcome.code == "not-a-spreadsheet"
    assert "refusé" in mail
    outcome, mail = drop(doors, "%PDF-1.7 ...", "FA-1.pdf")
    assert outcome.code == "pdf-damaged"
    assert "abîmé" in mail
    ambiguous = HEADER + "C001;X;FA-1;02/01/2026;03/02/2026;1000;1000\n"
    outcome, mail = drop(doors, ambiguous)
    assert outcome.code == "date-order-tied"
    assert "le jour" in mail


def test_contacts_and_creditor_files(doors: ImportDoors) -> None:
    contacts = "Code client;E-mail;Fonction\nC001;a@b.fr;Achats\nC001;a@b;Achats\n"
    outcome, mail = drop(doors, contacts, "contacts.csv")
    assert outcome.counts == {"rows": 2, "debtors": 1, "contacts": 1, "rejected": 1}
    assert "ligne 3" in mail
    from tests.adapters.config_files.test_creditor_yaml import GOOD

    changed = GOOD.replace("FR76 3000 6000 0112 3456 7890 189", "FR7612345987650123456789014")
    outcome, _ = drop(doors, changed, "creditor.yaml")
    assert outcome.code == "payment-details-pending"
    assert isinstance(doors.mailer, MemoryMailer)
    assert [m.tags["staff"] for m in doors.mailer.sent][-2:] == [
        "payment_details_pending",
        "import_report",
    ]


def test_reports_are_kept_by_creditor_and_day(doors: ImportDoors) -> None:
    outcome, _ = drop(doors, FIRST)
    assert outcome.report_key == "reports/acme/2026-03-02/1.json"
    assert doors.office.creditors.get("acme").balance.uploaded_on == date(2026, 3, 2)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_sentence_is_written_in_both_languages(code: str) -> None:
    french, english = (import_sentence(code, language, {}) for language in ("fr", "en"))
    assert french
    assert english
    assert french != english


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert import_sentence("nobody-wrote-me", "fr", {}) == "nobody-wrote-me"
