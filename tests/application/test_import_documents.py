"""Documents dropped for the file of a claim."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from relance.application.drop_contents import DocumentFile, InvoiceFacts
from relance.application.importing.documents import documents_of
from relance.application.importing.drop import DropEvent
from relance.domain.evidence import chain_problem
from relance.domain.task import Task, TaskKind
from tests.application.crashes import Crash, Crasher
from tests.application.fakes_import import START, ImportWorld, a_balance, a_row, new_creditor

DAY = START.date()
PDF = b"the bytes of the document"
FACTS = InvoiceFacts(
    number="FA-1",
    issue_date=date(2026, 1, 2),
    due_date=date(2026, 2, 5),
    order_number="PO-9",
    total=Decimal("1000.00"),
    currency="EUR",
    missing_mentions=("late-penalty-rate",),
)


def document(
    name: str = "BL FA-1.pdf", kind: str = "delivery", facts: InvoiceFacts | None = None
) -> DocumentFile:
    numbers = (facts.number,) if facts else ()
    return DocumentFile(kind, name, "application/pdf", numbers, 1, facts, content=PDF)


@pytest.fixture
def world() -> ImportWorld:
    found = ImportWorld(new_creditor())
    found.drop(a_balance(a_row(due=None)))
    return found


def entries(world: ImportWorld) -> list[dict[str, str]]:
    history = world.stores.of("acme").cases.history("C001")
    assert chain_problem(history) is None
    return [entry.facts for entry in documents_of(history)]


def test_a_proof_is_kept_and_entered_in_the_chain(world: ImportWorld) -> None:
    outcome = world.drop(document(), key="acme/proofs/BL FA-1.pdf", content=PDF)
    assert outcome.status == "filed"
    (entry,) = documents_of(world.stores.of("acme").cases.history("C001"))
    assert (entry.kind, entry.actor) == ("document-delivery", "import")
    assert entry.facts["items"] == "FA-1|invoice|1"
    assert entry.personal == {"file_name": "BL FA-1.pdf"}
    (ref,) = entry.objects
    assert world.objects.get(ref) == PDF
    assert not world.creditor.is_importing


def test_the_same_document_is_entered_once(world: ImportWorld) -> None:
    event = world.put(document(), key="acme/BL FA-1.pdf", content=PDF)
    world.run(event)
    assert world.run(event).again
    other = world.drop(document(), key="acme/again/BL FA-1.pdf", content=PDF)
    assert (other.status, len(entries(world))) == ("unchanged", 1)


def test_an_invoice_completes_what_the_balance_lacks(world: ImportWorld) -> None:
    token = "due-date=FA-1|invoice|1"
    task = Task("t", TaskKind.COMPLETE_DATA, DAY, DAY, detail=token)
    world.edit(tasks=(task,), agenda=None)
    outcome = world.drop(document("FA-1.pdf", "invoice", FACTS), key="acme/FA-1.pdf")
    (item,) = world.case().items.values()
    assert (item.due_date, item.order_number) == (date(2026, 2, 5), "PO-9")
    assert (world.case().tasks, world.case().agenda) == ((), DAY)
    assert outcome.counts["missing_mentions"] == 1
    assert entries(world)[0]["missing_mentions"] == "late-penalty-rate"
    assert outcome.report_key is not None
    report = json.loads(world.reports.get(outcome.report_key))
    assert report["warnings"] == ["mention-late-penalty-rate"]
    assert report["detail"]["completed"] == "FA-1|invoice|1"


def test_what_it_brought_stays_when_a_balance_changes_the_rest(world: ImportWorld) -> None:
    world.drop(document("FA-1.pdf", "invoice", FACTS), key="acme/FA-1.pdf")
    world.next_week()
    world.drop(a_balance(a_row(due=None, open_amount="600.00")))
    (item,) = world.case().items.values()
    assert (item.open_amount, item.due_date) == (Decimal("600.00"), date(2026, 2, 5))
    assert item.order_number == "PO-9"
    world.next_week()
    world.drop(a_balance(a_row(due=date(2026, 3, 1), open_amount="500.00")))
    (item,) = world.case().items.values()
    assert item.due_date == date(2026, 3, 1)


def test_where_both_speak_the_balance_is_right_and_it_is_said() -> None:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(due=date(2026, 2, 2))))
    world.drop(document("FA-1.pdf", "invoice", replace(FACTS, total=Decimal(900))))
    (item,) = world.case().items.values()
    assert item.due_date == date(2026, 2, 2)
    said = entries(world)[0]["differences"]
    assert said == "due_date 2026-02-02>2026-02-05; amount 1000.00>900"


def test_a_document_that_names_nothing_waits_for_its_number(world: ImportWorld) -> None:
    outcome = world.drop(document("BL FA-7.pdf"), key="acme/BL FA-7.pdf", content=PDF)
    assert (outcome.status, outcome.code) == ("pending", "document-unmatched")
    world.next_week()
    world.drop(a_balance(a_row(due=None), a_row("FA-7")))
    (entry,) = entries(world)
    assert entry["items"] == "FA-7|invoice|1"
    records = world.stores.of("acme").imports.recent(10)
    assert [one.status for one in records].count("filed") == 1
    assert "pending" not in [one.status for one in records]


def test_it_is_told_once_that_it_waits(world: ImportWorld) -> None:
    world.drop(document("BL FA-7.pdf"), key="acme/BL FA-7.pdf", content=PDF)
    told = len(world.mailer.sent)
    world.next_week()
    world.drop(a_balance(a_row(due=None), a_row("FA-8")))
    assert len(world.mailer.sent) == told + 1


@pytest.mark.parametrize("after", [False, True])
def test_a_crash_anywhere_files_it_once(after: bool) -> None:
    watch = Crasher()
    seen, event = dropped()
    seen.run(event, watch)
    for at in range(len(watch.calls)):
        world, event = dropped()
        with pytest.raises(Crash):
            world.run(event, Crasher(at=at, after=after))
        world.run(event)
        assert len(entries(world)) == 1
        assert not world.creditor.is_importing


def test_a_crash_while_it_is_tried_again_holds_nobody() -> None:
    """No queue brings a pending document back: it must not be left marked as waiting."""
    watch = Crasher()
    seen, event = with_pending()
    seen.run(event, watch)
    for at in range(len(watch.calls) - 16, len(watch.calls)):
        world, event = with_pending()
        with pytest.raises(Crash):
            world.run(event, Crasher(at=at))
        world.run(event)
        assert not world.creditor.is_importing
        assert len(entries(world)) <= 1


def with_pending() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(due=None)))
    world.drop(document("BL FA-7.pdf"), key="acme/BL FA-7.pdf", content=PDF)
    world.next_week()
    return world, world.put(a_balance(a_row(due=None), a_row("FA-7")))


def dropped() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(due=None)))
    return world, world.put(document(), key="acme/BL FA-1.pdf", content=PDF)
