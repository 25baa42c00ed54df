"""A creditor who drops files: the real import on in-memory twins."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from relance.adapters.memory.files import MemoryEvidenceObjects, MemoryFiles
from relance.adapters.memory.outgoing import MemoryMailer
from relance.adapters.memory.stores import MemoryStores
from relance.adapters.memory.world import (
    CountingRandomSource,
    MemoryCalendars,
    MemoryClock,
    MemoryPolicies,
)
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import DropEvent
from relance.application.importing.receive import import_drop
from relance.application.importing.snapshot_file import decode_snapshot
from relance.application.office import Office
from relance.application.ports import CaseChange, CreditorStore, CreditorStores, Drop, Stores
from relance.application.release import release
from relance.domain.balance_reading import BalanceReading, ReadItem, RejectedRow
from relance.domain.case import Case
from relance.domain.creditor import BalanceState, Creditor, CreditorProfile
from relance.domain.evidence import EvidenceDraft
from relance.domain.notice_content import OutgoingMail
from relance.domain.open_item import ItemKind
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from tests.application.crashes import Crasher
from tests.builders import a_creditor, standard_policy

START = datetime(2026, 3, 2, 7, tzinfo=UTC)
"""A Monday."""


class FakeReader:
    """Bytes are labels: what each means is told beforehand."""

    def __init__(self) -> None:
        self.drops: dict[bytes, Drop | Exception] = {}

    def read(self, content: bytes, *, name: str, profile: CreditorProfile | None) -> Drop:
        found = self.drops[content]
        if isinstance(found, Exception):
            raise found
        return found


class FakeRenderer:
    """Shows the context as it is."""

    def message(
        self,
        template: str,
        *,
        profile: CreditorProfile,
        sender_domain: str,
        to: str,
        context: dict[str, object],
        attachments: Sequence[tuple[str, bytes, str]] = (),
    ) -> OutgoingMail:
        raw = f"{template} {sorted(context.items())}".encode()
        return OutgoingMail(raw, f"relance@{sender_domain}", (to,), {"staff": template})


class FakePages:
    """A page that shows its values as they are."""

    def page(self, *, profile: CreditorProfile, values: Mapping[str, object]) -> bytes:
        return f"{profile.language} {sorted(values.items())}".encode()


@dataclass
class WrappedStores:
    stores: Stores
    crasher: Crasher

    def of(self, creditor: str) -> CreditorStores:
        opened = self.stores.of(creditor)
        return replace(
            opened,
            cases=self.crasher.wrap(opened.cases, "cases"),
            imports=self.crasher.wrap(opened.imports, "imports"),
        )


class ImportWorld:
    def __init__(self, creditor: Creditor | None = None) -> None:
        self.clock = MemoryClock(START)
        self.stores = MemoryStores(random=CountingRandomSource())
        self.drops, self.reports = MemoryFiles(), MemoryFiles()
        self.objects = MemoryEvidenceObjects()
        self.mailer, self.reader = MemoryMailer(), FakeReader()
        self.events = 0
        if creditor is not None:
            self.stores.creditors.save(creditor)

    def doors(self, crasher: Crasher | None = None) -> ImportDoors:
        watch = crasher or Crasher()
        creditors: CreditorStore = watch.wrap(self.stores.creditors, "creditors")
        office = Office(
            creditors=creditors,
            stores=WrappedStores(self.stores, watch),
            policies=MemoryPolicies(standard_policy()),
            calendars=MemoryCalendars(),
            clock=self.clock,
        )
        return ImportDoors(
            office=office,
            drops=watch.wrap(self.drops, "drops"),
            reports=watch.wrap(self.reports, "reports"),
            objects=watch.wrap(self.objects, "objects"),
            reader=self.reader,
            renderer=FakeRenderer(),
            mailer=watch.wrap(self.mailer, "mailer"),
            pages=FakePages(),
        )

    def put(
        self,
        read: Drop | Exception,
        *,
        content: bytes | None = None,
        key: str = "acme/balance.csv",
        **event: Any,
    ) -> DropEvent:
        """An object in the drop bucket, and the event that tells it."""
        self.events += 1
        label = content or hashlib.sha256(repr(read).encode()).digest()
        self.reader.drops[label] = read
        self.drops.put(key, label, content_type="text/csv")
        version = self.drops.versions[key][-1][0]
        received = self.clock.now() + timedelta(seconds=self.events)
        return DropEvent(key, version, received, **event)

    def run(self, event: DropEvent, crasher: Crasher | None = None) -> ImportOutcome:
        return import_drop(event, doors=self.doors(crasher))

    def drop(self, read: Drop | Exception, **put: Any) -> ImportOutcome:
        return self.run(self.put(read, **put))

    def next_week(self) -> None:
        self.clock.advance(timedelta(days=7))

    @property
    def creditor(self) -> Creditor:
        return self.stores.creditors.get("acme")

    def case(self, debtor: str = "C001") -> Case:
        case = self.stores.of("acme").cases.load(debtor, self.creditor)
        assert case is not None
        return case

    def edit(self, **changes: Any) -> Case:
        """What people and reminders did to the case of C001 meanwhile."""
        entry = EvidenceDraft(self.clock.now(), "claire", "note")
        change = CaseChange(replace(self.case(), **changes), entry)
        return self.stores.of("acme").cases.commit(change)

    def snapshot(self) -> BalanceSnapshot:
        key = self.creditor.balance.snapshot_key
        assert key is not None
        return decode_snapshot(self.reports.get(key))


def new_creditor() -> Creditor:
    """Confirmed, in auto mode, and without a balance yet."""
    return replace(a_creditor(), balance=BalanceState())


def a_row(
    number: str | None = "FA-1",
    *,
    code: str | None = "C001",
    name: str | None = "Menuiserie Dupont SARL",
    line: int = 2,
    kind: ItemKind = ItemKind.INVOICE,
    due: date | None = date(2026, 2, 2),
    issued: date | None = date(2026, 1, 2),
    amount: str = "1000.00",
    open_amount: str | None = None,
    currency: str = "EUR",
) -> ReadItem:
    total = Decimal(amount)
    left = total if open_amount is None else Decimal(open_amount)
    return ReadItem(line, code, name, number, kind, issued, due, total, left, currency)


def a_balance(
    *rows: ReadItem, as_of: date | None = None, rejected: Iterable[RejectedRow] = ()
) -> BalanceReading:
    return BalanceReading("csv", as_of, rows, tuple(rejected), non_item_rows=1)


BIG = a_row("FA-9", code="C009", amount="9000.00")
"""Of another debtor: enough that what is settled elsewhere raises no suspicion."""


def after_a_week(creditor: Creditor | None = None) -> ImportWorld:
    """FA-1 and FA-2 of C001, and BIG, dropped a week ago, and released since they were old."""
    world = ImportWorld(creditor or new_creditor())
    world.drop(a_balance(a_row(), a_row("FA-2"), BIG))
    release("acme", None, "claire", office=world.doors().office)
    world.next_week()
    return world
