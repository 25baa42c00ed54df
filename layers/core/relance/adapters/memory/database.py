"""What the in-memory stores hold: the twin of the table."""

from dataclasses import dataclass, field
from datetime import date

from relance.adapters.store_rules import Pointer
from relance.application.ports import ImportRecord, StoredReply, ThreadRef
from relance.application.run_records import MorningMail, RunNote, RunProgress
from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.decided import Decided
from relance.domain.evidence import EvidenceEntry
from relance.domain.notice import Notice
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.payment_history import PaymentHistory

Of = tuple[str, str]
"""(creditor, the debtor or the id)."""


@dataclass(slots=True)
class MemoryDatabase:
    """Values go in and come out as copies, so that nobody shares a dictionary with the store.

    cases: without their items; items: with the import that wrote each.
    """

    creditors: dict[str, Creditor] = field(default_factory=dict)
    cases: dict[Of, Case] = field(default_factory=dict)
    items: dict[Of, dict[ItemKey, tuple[OpenItem, int]]] = field(default_factory=dict)
    history: dict[Of, tuple[EvidenceEntry, ...]] = field(default_factory=dict)
    notices: dict[Of, Notice] = field(default_factory=dict)
    replies: dict[Of, StoredReply] = field(default_factory=dict)
    imports: dict[str, tuple[ImportRecord, ...]] = field(default_factory=dict)
    tokens: dict[str, ThreadRef] = field(default_factory=dict)
    message_ids: dict[str, ThreadRef] = field(default_factory=dict)
    pointers: dict[tuple[str, Pointer], frozenset[str]] = field(default_factory=dict)
    """(creditor, what is looked for) → the debtors found by it."""
    pointed: dict[Of, frozenset[Pointer]] = field(default_factory=dict)
    """What each case is found by."""
    payments: dict[Of, PaymentHistory] = field(default_factory=dict)
    runs: dict[tuple[str, date], RunProgress] = field(default_factory=dict)
    run_notes: dict[tuple[str, date, str], tuple[RunNote, ...]] = field(default_factory=dict)
    """By creditor, day and page."""
    mornings: dict[Of, MorningMail] = field(default_factory=dict)
    decided: dict[Of, Decided] = field(default_factory=dict)
