"""The creditor's accounts: what is open on a day, by the first balance and the scenario."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from relance.cli.demo.scenario import ALL, LaterItem, Scenario
from relance.domain.balance_reading import BalanceReading, ReadItem
from relance.domain.open_item import ItemKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One document. listed_from: the first day whose balance shows it; payments: (day, amount)."""

    debtor: str
    name: str
    number: str
    kind: ItemKind
    issued: date | None
    due: date | None
    amount: Decimal
    opened: Decimal
    currency: str
    order: str | None
    credits: str | None
    listed_from: date
    payments: tuple[tuple[date, str], ...] = ()

    def open_on(self, day: date) -> Decimal:
        """What the balance of that day shows as still open."""
        left = self.opened if self.listed_from <= day else Decimal(0)
        for paid_on, amount in self.payments:
            if paid_on <= day:
                left = Decimal(0) if amount == ALL else left - Decimal(amount)
        return left

    @property
    def settled_on(self) -> date | None:
        return next((day for day, amount in self.payments if amount == ALL), None)


@dataclass(frozen=True, slots=True)
class Ledger:
    entries: tuple[Entry, ...] = field(default=())

    def open_on(self, day: date) -> tuple[Entry, ...]:
        """The lines of that day's balance."""
        found = (replace(e, opened=e.open_on(day)) for e in self.entries if e.open_on(day))
        return tuple(sorted(found, key=lambda e: (e.debtor, e.due or e.issued or day, e.number)))


def build_ledger(first: BalanceReading, scenario: Scenario) -> Ledger:
    """The rows that the import understood, then those of the scenario."""
    names = {item.debtor_code: item.debtor_name or "" for item in first.items}
    listed = [_first(item, scenario.start) for item in first.items if item.number]
    listed += [_later(item, names.get(item.debtor) or item.debtor) for item in scenario.invoices]
    payments = _by_number(scenario)
    unknown = payments.keys() - {entry.number for entry in listed}
    if unknown:
        raise ValueError(f"the scenario pays what no balance lists: {sorted(unknown)}")
    return Ledger(tuple(replace(e, payments=payments.get(e.number, ())) for e in listed))


def first_listed(entry: Entry, exports: Iterable[date]) -> date | None:
    """The day of the first balance that shows it."""
    return next((day for day in exports if entry.open_on(day)), None)


def _by_number(scenario: Scenario) -> dict[str, tuple[tuple[date, str], ...]]:
    found: dict[str, tuple[tuple[date, str], ...]] = {}
    for day, paid in sorted((scenario.payments or {}).items()):
        for number, amount in paid.items():
            found[number] = (*found.get(number, ()), (day, amount))
    return found


def _first(item: ReadItem, start: date) -> Entry:
    return Entry(
        debtor=item.debtor_code or "",
        name=item.debtor_name or "",
        number=item.number or "",
        kind=item.kind,
        issued=item.issue_date,
        due=item.due_date,
        amount=item.amount,
        opened=item.open_amount,
        currency=item.currency,
        order=item.order_number,
        credits=item.credits_number,
        listed_from=start,
    )


def _later(item: LaterItem, name: str) -> Entry:
    return Entry(
        debtor=item.debtor,
        name=name,
        number=item.number,
        kind=item.kind,
        issued=item.issued,
        due=item.due,
        amount=item.amount,
        opened=item.amount,
        currency=item.currency,
        order=item.order,
        credits=item.credits,
        listed_from=item.listed_from or item.issued,
    )
