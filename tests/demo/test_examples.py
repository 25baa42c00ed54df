"""The example files say what the demonstration needs, and the product reads what it exports."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from relance.adapters.balance_files import read_balance
from relance.adapters.contacts_files import read_contacts
from relance.adapters.mail_reader import read_mail
from relance.cli.demo.customers import compose_reply
from relance.cli.demo.exports import export_balance
from relance.cli.demo.ledger import Ledger, build_ledger
from relance.cli.demo.scenario import CustomerReply, read_scenario
from relance.domain.balance_reading import BalanceReading
from relance.domain.open_item import ItemKind
from relance.domain.reply import ReplyKind

EXAMPLES = Path(__file__).parents[2] / "examples"
SCENARIO = read_scenario(EXAMPLES / "scenario.yaml")
EXPORT_DAYS = [day for day in SCENARIO.calendar_days() if SCENARIO.exports_on(day)]


def first_balance() -> BalanceReading:
    return read_balance((EXAMPLES / "balance-2026-01-05.csv").read_bytes())


def ledger() -> Ledger:
    return build_ledger(first_balance(), SCENARIO)


def test_the_accounts_hold_every_kind_of_item() -> None:
    entries = ledger().entries
    assert len(entries) >= 120
    rare = {ItemKind.OTHER, ItemKind.OPENING_BALANCE, ItemKind.RETENTION}
    assert {entry.kind for entry in entries} == set(ItemKind) - rare
    assert {entry.currency for entry in entries} == {"EUR", "GBP"}
    assert any(entry.opened != entry.amount for entry in entries), "part-paid"
    assert any(abs(entry.opened) < 1 for entry in entries), "tiny"
    assert any(entry.credits for entry in entries), "a credit note with its invoice"
    assert len({entry.debtor for entry in entries}) >= 39


def test_three_rows_of_the_first_balance_are_quarantined_and_come_right_later() -> None:
    rejected = {row.number for row in first_balance().rejected}
    corrected = {item.number for item in SCENARIO.invoices if item.listed_from}
    assert rejected == corrected
    assert len(rejected) == 3


def test_contacts_are_understood_row_by_row() -> None:
    contacts = read_contacts((EXAMPLES / "contacts.csv").read_bytes())
    assert not contacts.rejected
    roles = {line.contact.role for line in contacts.rows if line.contact}
    assert {str(role) for role in roles} == {"accounts_payable", "buyer", "manager", "legal"}
    assert sum(line.language == "en" for line in contacts.rows) >= 4
    addresses = [(line.address, line.debtor_name) for line in contacts.rows if line.address]
    assert all(address.problem(name or "") is None for address, name in addresses)


@pytest.mark.parametrize("day", EXPORT_DAYS, ids=str)
def test_what_is_exported_is_read_back_whole(day: date) -> None:
    entries = ledger().open_on(day)
    name, content = export_balance(ledger(), day, "Outillage Martin")
    read = read_balance(content, name=name)
    assert (read.as_of, read.rejected, read.warnings) == (day, (), ())
    assert read.totals == read.file_totals
    assert [(i.debtor_code, i.number, i.kind, i.due_date, i.open_amount) for i in read.items] == [
        (e.debtor, e.number, e.kind, e.due, e.opened) for e in entries
    ]


def test_both_formats_take_their_turn_and_the_same_day_gives_the_same_bytes() -> None:
    names = {export_balance(ledger(), day, "X")[0].rpartition(".")[2] for day in EXPORT_DAYS}
    assert names == {"csv", "xlsx"}
    for day in EXPORT_DAYS[:4]:
        assert export_balance(ledger(), day, "X") == export_balance(ledger(), day, "X")


def test_some_have_paid_on_every_monday() -> None:
    mondays = [day for day in EXPORT_DAYS if day.weekday() == 0]
    assert list(SCENARIO.payments or {}) == mondays


@pytest.mark.parametrize(
    ("kind", "understood"),
    [("human", ReplyKind.HUMAN), ("absence", ReplyKind.OUT_OF_OFFICE)],
)
def test_what_customers_write_is_what_the_product_reads(kind: str, understood: ReplyKind) -> None:
    for reply in (reply for reply in SCENARIO.replies if reply.kind == kind):
        read = read_mail(
            compose_reply(reply, reminder(), datetime(2026, 1, 13, 14, tzinfo=UTC)).as_bytes()
        )
        assert read.kind is understood
        assert read.visible_text.split() == reply.text.split()


def test_every_debtor_named_by_the_scenario_owes_something() -> None:
    known = {entry.debtor for entry in ledger().entries}
    replies: list[CustomerReply] = list(SCENARIO.replies)
    named = {reply.debtor for reply in replies} | {call.debtor for call in SCENARIO.calls}
    assert named | set(SCENARIO.unapproved) | {SCENARIO.focus} <= known


def reminder() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Claire Morel <claire.morel@outillage-martin.example>"
    message["To"] = "Sophie Garnier <compta@charpentes-vidal.example>"
    message["Reply-To"] = "reply+abc@reponses.outillage-martin.example"
    message["Subject"] = "Votre règlement"
    message["Date"] = datetime(2026, 1, 12, 9, tzinfo=UTC)
    message["Message-ID"] = "<m1@eu-west-3.amazonses.com>"
    message.set_content("Bonjour,\n\nSauf erreur de notre part, …\n")
    return message
