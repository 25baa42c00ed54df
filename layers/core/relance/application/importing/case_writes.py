"""The facts of a balance, case by case: what did not change is not written (design §6)."""

from relance.application.importing.creditor_row import check_lease
from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.payments_kept import follow_payments
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import CaseChange, CaseStore, Conflict, LeaseTaken
from relance.domain.case import Case, facts_of
from relance.domain.case_import import CaseUpdate, apply_balance
from relance.domain.creditor import Creditor
from relance.domain.debtor import Debtor
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.reconciliation.changes import DebtorChange
from relance.domain.reconciliation.reconcile import BalanceOrigin, Reconciliation
from relance.domain.reconciliation.snapshot import BalanceSnapshot, DebtorBalance, is_followed

ACTOR = "import"


def write_cases(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    reconciliation: Reconciliation,
    origin: BalanceOrigin,
) -> int:
    """How many cases were written. creditor: with our lease. Raises LeaseTaken, Conflict."""
    cases = doors.office.stores.of(creditor.code).cases
    written = 0
    for change in reconciliation.changes.values():
        check_lease(doors, creditor)
        written += _write_case(doors, drop, creditor, cases, change, origin)
    return written


def _write_case(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    cases: CaseStore,
    change: DebtorChange,
    origin: BalanceOrigin,
) -> bool:
    for _ in range(COMMIT_ATTEMPTS):
        case = cases.load(change.code, creditor)
        if case is not None and case.import_seq > origin.import_seq:
            raise LeaseTaken("lease-lost", {"creditor": creditor.code})
        if case is not None and case.import_seq == origin.import_seq:
            return False
        try:
            cases.commit(_case_change(doors, drop, creditor, cases, case, change, origin))
        except Conflict:
            continue
        return True
    raise Conflict("case-busy", {"creditor": creditor.code})


def _case_change(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    cases: CaseStore,
    case: Case | None,
    change: DebtorChange,
    origin: BalanceOrigin,
) -> CaseChange:
    known = case or Case(creditor.code, Debtor(change.code, change.name), facts_of(creditor))
    now = doors.office.clock.now()
    agenda = min(local_date(now, creditor), origin.dated)
    update = apply_balance(known, change, import_seq=origin.import_seq, agenda=agenda)
    paid = follow_payments(cases, known, update.case, change, creditor.balance.fresh_as_of)
    facts = {**_drop_facts(drop, origin), **update.facts, **paid.facts}
    return CaseChange(
        case=paid.case,
        entry=EvidenceDraft(now, ACTOR, "import", facts, _names(change, update)),
        items=update.items,
        import_seq=origin.import_seq,
        payments=paid.history,
    )


def _drop_facts(drop: Drop, origin: BalanceOrigin) -> dict[str, str]:
    facts = {
        "import_seq": str(origin.import_seq),
        "drop": drop.event.key,
        "drop_sha256": origin.sha256,
        "balance_date": origin.dated.isoformat(),
    }
    if drop.event.version is not None:
        facts["drop_version"] = drop.event.version
    if drop.event.accepted_by is not None:
        facts["accepted_by"] = drop.event.accepted_by
    return facts


def _names(change: DebtorChange, update: CaseUpdate) -> dict[str, str]:
    return {"debtor_name": change.name} if "debtor_renamed" in update.facts else {}


def is_unfinished(creditor: Creditor) -> bool:
    """Whether an import took a number, since the last one applied, and may have written facts."""
    return creditor.import_seq > creditor.balance.import_seq + 1


def stored_balance(
    doors: ImportDoors, creditor: Creditor, snapshot: BalanceSnapshot
) -> BalanceSnapshot:
    """What the cases really hold after an import that did not end: its facts where it wrote the
    case, the snapshot elsewhere. Reads every case: only after a crash or a suspicious file.
    """
    cases = doors.office.stores.of(creditor.code).cases
    debtors = dict(snapshot.debtors)
    for code in cases.debtors():
        case = cases.load(code, creditor)
        if case is not None and case.import_seq > creditor.balance.import_seq:
            debtors[code] = DebtorBalance(case.debtor.name, _followed(case))
    return BalanceSnapshot(
        snapshot.import_seq, snapshot.as_of, snapshot.sha256, snapshot.received_at, debtors
    )


def _followed(case: Case) -> dict[ItemKey, OpenItem]:
    return {key: item for key, item in case.items.items() if is_followed(item)}
