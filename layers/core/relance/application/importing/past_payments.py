"""The settled rows of a creditor's first balance: what was paid before we were there."""

from collections.abc import Sequence

from relance.application.importing.creditor_row import check_lease
from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import Drop
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import CaseChange, CaseStore, Conflict
from relance.domain.balance_reading import BalanceReading, SettledRow
from relance.domain.case import Case, facts_of
from relance.domain.creditor import Creditor
from relance.domain.debtor import Debtor
from relance.domain.evidence import EvidenceDraft
from relance.domain.payment_history import PaymentHistory
from relance.domain.reconciliation.identity import by_debtor
from relance.domain.settling import paid_before


def write_past_payments(
    doors: ImportDoors, drop: Drop, creditor: Creditor, reading: BalanceReading
) -> None:
    """Of the first balance only: later ones repeat these rows, and what they settle is followed.

    A debtor that has a history keeps it, so that a drop that comes again adds nothing.
    creditor: with our lease. Raises LeaseTaken, Conflict.
    """
    settled = {row.item.line: row for row in reading.settled_items}
    cases = doors.office.stores.of(creditor.code).cases
    for code, lines in by_debtor(row.item for row in reading.settled_items).items():
        check_lease(doors, creditor)
        rows = [settled[line.line] for line in lines]
        _write(doors, drop, creditor, cases, code, rows)


def _write(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    cases: CaseStore,
    code: str,
    rows: Sequence[SettledRow],
) -> None:
    paid = paid_before(rows)
    for _ in range(COMMIT_ATTEMPTS):
        if not paid or cases.payments(code) != PaymentHistory():
            return
        case = cases.load(code, creditor) or _new_case(creditor, code, rows)
        facts = {
            "drop": drop.event.key,
            "drop_sha256": drop.sha256,
            "settled_items": str(len(paid)),
        }
        entry = EvidenceDraft(doors.office.clock.now(), "import", "payment-history", facts)
        try:
            cases.commit(CaseChange(case, entry, payments=PaymentHistory().with_paid(paid)))
        except Conflict:
            continue
        return
    raise Conflict("case-busy", {"creditor": creditor.code})


def _new_case(creditor: Creditor, code: str, rows: Sequence[SettledRow]) -> Case:
    """It owes nothing: it is in no agenda, and costs nothing until it does."""
    name = next((row.item.debtor_name for row in rows if row.item.debtor_name), code)
    return Case(creditor.code, Debtor(code, name.strip()), facts_of(creditor))
