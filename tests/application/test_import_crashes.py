"""A crash at any call of any port, then the same event again: the same state as without a crash.

The points are counted by wrapping every port, so that a new call adds a point.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from relance.application.drop_contents import PaymentLine, PaymentsFile
from relance.application.importing.drop import DropEvent
from relance.application.ports import CaseChange, ContactLine, ContactsFile, CreditorFile
from relance.domain.balance_reading import RejectedRow, SettledRow, SummaryRow
from relance.domain.balance_settings import BalancePart, BalanceSettings, PartBy
from relance.domain.case import Outcome, PerformedStep, Progress
from relance.domain.debtor import Contact, Role
from relance.domain.errors import RelanceError
from relance.domain.evidence import EvidenceDraft, chain_problem
from relance.domain.holds import Promise
from relance.domain.open_item import ItemKey
from relance.domain.task import Task, TaskKind
from tests.application.crashes import Crash, Crasher
from tests.application.fakes_import import BIG, START, ImportWorld, a_balance, a_row, new_creditor
from tests.builders import a_profile, payment_details
from tests.domain.paid import several

FA1 = ItemKey("FA-1|invoice|1")
DAY = START.date()

Scene = Callable[[], tuple[ImportWorld, DropEvent]]


def first_balance() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    return world, world.put(a_balance(a_row(), a_row("FA-2"), BIG))


def first_with_past_payments() -> tuple[ImportWorld, DropEvent]:
    """A debtor who owes something and one who does not have paid before."""
    world = ImportWorld(new_creditor())
    settled = tuple(
        SettledRow(a_row(f"OLD-{code}", code=code, line=n, open_amount="0"), DAY)
        for n, code in enumerate(("C001", "C005"), 100)
    )
    return world, world.put(replace(a_balance(a_row(), BIG), settled_items=settled))


def second_balance() -> tuple[ImportWorld, DropEvent]:
    """Everything at once: settled, part-paid, moved, new, quarantined, a promise kept."""
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2"), a_row("FA-3", code="C003"), BIG))
    step = PerformedStep("email_1", DAY, DAY, Outcome.SENT, "n1")
    promise = Promise("p1", DAY, None, {FA1: Decimal(1000)}, None, DAY)
    case = replace(
        world.case(), holds=(promise,), progress={ItemKey("FA-2|invoice|1"): Progress((step,))}
    )
    entry = EvidenceDraft(world.clock.now(), "claire", "promise")
    world.stores.of("acme").cases.commit(CaseChange(case, entry))
    world.next_week()
    rows = (
        a_row("FA-2", due=DAY),
        a_row("FA-4", code="C004"),
        replace(BIG, open_amount=Decimal(1)),
    )
    rejected = (RejectedRow(9, "bad-amount", number="FA-3"),)
    big = replace(BIG, open_amount=Decimal(8000))
    return world, world.put(a_balance(*rows[:2], big, rejected=rejected))


def same_balance() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2")), content=b"same")
    world.drop(a_balance(a_row("FA-2"), a_row("FA-5", amount="900.00")), content=b"then")
    world.next_week()
    return world, world.put(a_balance(), content=b"then")


def suspicious_balance() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2")))
    return world, world.put(a_balance(a_row("FA-7", amount="3.00")))


def refused() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    return world, world.put(RelanceError("workbook-damaged"))


def contacts() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), BIG))
    anne = Contact("k1", "Anne", Role.BUYER, "anne@client.example")
    lines = [
        ContactLine(2, "C001", None, anne, "fr", None, None),
        ContactLine(3, "C777", "Nouveau", anne, "en", None, None),
    ]
    return world, world.put(ContactsFile(tuple(lines), (RejectedRow(4, "bad-email", "email"),)))


def payer_contacts() -> tuple[ImportWorld, DropEvent]:
    """Who it pays for is decided again, and nobody looks for the address that it brings."""
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-3", code="C003"), BIG))
    for code in ("C001", "C003"):
        case = world.case(code)
        task = Task("t1", TaskKind.COMPLETE_DATA, DAY, DAY, detail="email")
        tasks = (task,) if code == "C001" else ()
        debtor = replace(case.debtor, payer="C009")
        later = replace(case, debtor=debtor, tasks=tasks, agenda=DAY + timedelta(days=9))
        entry = EvidenceDraft(world.clock.now(), "claire", "note")
        world.stores.of("acme").cases.commit(CaseChange(later, entry))
    anne = Contact("k1", "Anne", Role.ACCOUNTS_PAYABLE, "anne@client.example")
    return world, world.put(ContactsFile((ContactLine(2, "C009", None, anne, "fr", None, None),)))


def creditor_file() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    other = replace(payment_details(), iban="FR7612345987650123456789014")
    return world, world.put(CreditorFile(replace(a_profile(), language="en"), other))


def new_creditor_file() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld()
    return world, world.put(CreditorFile(a_profile(), payment_details()))


def confirming_balance() -> tuple[ImportWorld, DropEvent]:
    """What went missing a week ago is confirmed settled, and something else goes missing."""
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2"), a_row("FA-3", code="C003"), BIG))
    world.next_week()
    world.drop(a_balance(a_row("FA-2"), BIG))
    world.next_week()
    return world, world.put(a_balance(BIG))


def a_part() -> tuple[ImportWorld, DropEvent]:
    """The second of two files: its own items settle, those of the first one stay."""
    names = ("nord", "sud")
    parts = tuple(BalancePart(name, PartBy.FILE, f"*{name}*") for name in names)
    creditor = new_creditor()
    profile = replace(creditor.profile, balance=BalanceSettings(parts=parts))
    world = ImportWorld(replace(creditor, profile=profile))
    world.drop(a_balance(BIG), key="acme/nord.csv")
    world.drop(a_balance(a_row(), a_row("FA-2"), a_row("FA-3")), key="acme/sud.csv")
    world.next_week()
    return world, world.put(a_balance(a_row(), a_row("FA-2")), key="acme/sud.csv")


def merged_codes() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    step = PerformedStep("email_1", DAY, DAY, Outcome.SENT, "n1")
    promise = Promise("p1", DAY, None, {FA1: Decimal(1000)}, None, DAY)
    world.edit(holds=(promise,), progress={FA1: Progress((step,))})
    change = CaseChange(world.case(), None, payments=several(6, days_late=40, reminders=3))
    world.stores.of("acme").cases.commit(change)
    world.next_week()
    return world, world.put(a_balance(a_row(code="C100"), a_row("FA-2", code="C100"), BIG))


def payments() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    lines = (
        PaymentLine(2, Decimal(1000), "EUR", DAY, numbers=("FA-1",)),
        PaymentLine(3, Decimal(9999), None, DAY, debtor_code="C009"),
        PaymentLine(4, Decimal(5), "EUR", None, debtor_code="C404"),
    )
    return world, world.put(PaymentsFile(lines, (RejectedRow(5, "bad-amount", "amount", "x"),)))


def summary() -> tuple[ImportWorld, DropEvent]:
    world = ImportWorld(new_creditor())
    total = SummaryRow(2, "C001", None, Decimal(7), "EUR")
    return world, world.put(replace(a_balance(), summary=(total,)))


def forgetting_balance() -> tuple[ImportWorld, DropEvent]:
    """What was settled two years ago leaves the case that a new invoice writes."""
    world = ImportWorld(new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    for content in (b"one", b"two"):
        world.drop(a_balance(BIG), content=content)
        world.next_week()
    for _ in range(100):
        world.next_week()
    return world, world.put(a_balance(a_row("FA-3", due=world.clock.now().date()), BIG))


SCENES: list[Scene] = [
    first_balance,
    first_with_past_payments,
    second_balance,
    confirming_balance,
    forgetting_balance,
    same_balance,
    suspicious_balance,
    refused,
    contacts,
    payer_contacts,
    creditor_file,
    new_creditor_file,
    a_part,
    merged_codes,
    payments,
    summary,
]


def state(world: ImportWorld) -> dict[str, object]:
    """All that matters, without the numbers that each attempt takes: versions and import_seq."""
    creditor, stores = world.creditor, world.stores.of("acme")
    balance = replace(creditor.balance, import_seq=0, snapshot_key=None)
    records = [(r.drop_key, r.status, r.code, str(r.counts)) for r in stores.imports.recent(99)]
    found: dict[str, object] = {
        "creditor": replace(creditor, version=0, import_seq=0, balance=balance),
        "records": sorted(records, key=str),
    }
    if creditor.balance.snapshot_key:
        found["snapshot"] = replace(world.snapshot(), import_seq=0)
    for code in stores.cases.debtors():
        found[code] = case_state(world, code)
    return found


def case_state(world: ImportWorld, code: str) -> tuple[object, ...]:
    case, history = world.case(code), world.stores.of("acme").cases.history(code)
    assert chain_problem(history) is None
    told = [(e.kind, {k: v for k, v in e.facts.items() if k != "import_seq"}) for e in history]
    paid = (case.settling, world.stores.of("acme").cases.payments(code))
    return (case.debtor, case.items, case.progress, case.holds, case.tasks, case.agenda, told, paid)


def points(scene: Scene) -> int:
    world, event = scene()
    watch = Crasher()
    world.run(event, watch)
    return len(watch.calls)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_crash_anywhere_then_again_ends_in_the_same_state(scene: Scene) -> None:
    world, event = scene()
    world.run(event)
    expected = state(world)
    count = points(scene)
    assert count >= 6
    for at in range(count):
        for after in (False, True):
            world, event = scene()
            watch = Crasher(at=at, after=after)
            with pytest.raises(Crash):
                world.run(event, watch)
            world.run(event)
            assert state(world) == expected, f"{watch.calls[-1]} after={after}"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_two_crashes_in_a_row(scene: Scene) -> None:
    world, event = scene()
    world.run(event)
    expected = state(world)
    for at in range(points(scene)):
        world, event = scene()
        with pytest.raises(Crash):
            world.run(event, Crasher(at=at, after=True))
        try:
            world.run(event, Crasher(at=at, after=True))
        except Crash:
            world.run(event)
        assert state(world) == expected


@pytest.mark.parametrize("scene", [first_balance, second_balance])
def test_another_balance_after_a_crash_ends_as_if_it_were_alone(scene: Scene) -> None:
    """The first file never comes back: what it left halfway is put right by the next one."""

    def follow_up(world: ImportWorld) -> None:
        world.next_week()
        rows = (a_row(), a_row("FA-2"), a_row("FA-3", code="C003"), a_row("FA-6", code="C006"), BIG)
        world.drop(a_balance(*rows))

    world, event = scene()
    follow_up(world)
    expected = {code: world.case(code).items for code in world.stores.of("acme").cases.debtors()}
    for at in range(points(scene)):
        world, event = scene()
        with pytest.raises(Crash):
            world.run(event, Crasher(at=at, after=True))
        follow_up(world)
        for code, items in expected.items():
            open_items = {k: i for k, i in world.case(code).items.items() if i.is_open}
            assert open_items == {k: i for k, i in items.items() if i.is_open}
        for code in world.stores.of("acme").cases.debtors():
            assert code in expected or not world.case(code).open_items
