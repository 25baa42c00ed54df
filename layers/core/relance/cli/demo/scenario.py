"""The scenario file: who pays what and when, who answers what, what people do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from relance.adapters.config_files.validation import validate
from relance.adapters.config_files.yaml_document import read_document
from relance.domain.open_item import ItemKind

ALL = "all"


@dataclass(frozen=True, slots=True)
class People:
    """confirm: the two persons who confirm the payment details."""

    confirm: tuple[str, str]
    collector: str
    approver: str


@dataclass(frozen=True, slots=True)
class ExtraDrop:
    on: date
    file: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What a person learns from a reply or a call, as the options of the commands say it."""

    promise: date | None = None
    means: str | None = None
    dispute: tuple[str, ...] = ()
    category: str = "other"
    paid: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """step None: every call to this debtor; unlogged: nobody makes it."""

    debtor: str
    outcome: Literal["reached", "voicemail", "unreachable", "wrong-number", "unlogged"]
    step: str | None = None
    promise: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CustomerReply:
    """Sent on the open day after the message of that step came. seen None: nobody has to read it;
    seen_after: open days until somebody does.
    """

    debtor: str
    to: str
    text: str
    kind: Literal["human", "absence"] = "human"
    subject: str | None = None
    seen: Understood | None = None
    seen_after: int = 1


@dataclass(frozen=True, slots=True)
class LaterItem:
    """A document that the first balance does not list. listed_from: when not from its own date."""

    debtor: str
    number: str
    issued: date
    amount: Decimal
    due: date | None = None
    kind: ItemKind = ItemKind.INVOICE
    currency: str = "EUR"
    order: str | None = None
    credits: str | None = None
    listed_from: date | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """files: dropped on the first morning, creditor first, the first balance among them.

    payments: per day, what each document is paid: an amount, or "all".
    """

    creditor: str
    start: date
    days: int
    exports: tuple[Literal["monday", "tuesday", "wednesday", "thursday", "friday"], ...]
    files: tuple[str, ...]
    focus: str
    people: People
    drops: tuple[ExtraDrop, ...] = ()
    bounces: tuple[str, ...] = ()
    unapproved: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    replies: tuple[CustomerReply, ...] = ()
    invoices: tuple[LaterItem, ...] = ()
    payments: dict[date, dict[str, str]] | None = None

    @property
    def end(self) -> date:
        return self.start + timedelta(days=self.days - 1)

    def calendar_days(self) -> Iterator[date]:
        return (self.start + timedelta(days=n) for n in range(self.days))

    def exports_on(self, day: date) -> bool:
        """The first morning has its own file."""
        return day > self.start and f"{day:%A}".lower() in self.exports

    def call_of(self, debtor: str, steps: set[str]) -> Call:
        """What comes of the call; somebody answers when nothing else is said."""
        for call in self.calls:
            if call.debtor == debtor and (call.step is None or call.step in steps):
                return call
        return Call(debtor, "reached")


def read_scenario(path: Path) -> Scenario:
    """Raises ConfigRefused, with the line and what to write there."""
    return validate(Scenario, read_document(path.read_bytes(), path.name))
