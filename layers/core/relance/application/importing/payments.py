"""A list of receipts: what it pays is held until a balance shows it (design §6)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from relance.application.drop_contents import PaymentLine, PaymentsFile
from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.report import ImportReport, RefusedLine, record
from relance.application.importing.snapshot_file import load_snapshot
from relance.application.importing.tell import tell
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import CaseChange, CaseStore, Conflict
from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.evidence import EvidenceDraft
from relance.domain.receipts import UNMATCHED, Receipt, is_known, number_mark, with_receipt
from relance.domain.reconciliation.identity import debtor_key
from relance.domain.reconciliation.snapshot import BalanceSnapshot

ACTOR = "import"
_NOBODY = "payment-of-nobody-known"


@dataclass(slots=True)
class _Tally:
    """Lines of the file: held, known before, and matched with nothing."""

    held: int = 0
    known: int = 0
    unmatched: list[RefusedLine] = field(default_factory=list)


def import_payments(
    doors: ImportDoors, drop: Drop, creditor: Creditor, file: PaymentsFile
) -> ImportOutcome:
    """Raises Conflict: the queue brings the drop back; what is held already is not held twice."""
    tally = _Tally()
    cases = doors.office.stores.of(creditor.code).cases
    found = _by_debtor(file.rows, load_snapshot(doors.reports, creditor), tally)
    for debtor, lines in sorted(found.items()):
        receipts = [(line, _receipt(line, key, drop, creditor)) for line, key in lines]
        _hold(doors, drop, creditor, cases, debtor, receipts, tally)
    report = _report(file, tally)
    done = record(doors, drop, creditor, report)
    stopped = stop_waiting(doors.office.creditors, creditor.code, drop.event)
    return tell(doors, drop, stopped, report, done)


def _by_debtor(
    rows: Iterable[PaymentLine], snapshot: BalanceSnapshot, tally: _Tally
) -> dict[str, list[tuple[PaymentLine, str]]]:
    """Whose each line is, by its code, its name, else the only debtor that has its documents."""
    by_name = {debtor_key(None, d.name): code for code, d in snapshot.debtors.items()}
    owners: dict[str, set[str]] = {}
    for code, item in snapshot.each():
        owners.setdefault(number_mark(item.number), set()).add(code)
    found: dict[str, list[tuple[PaymentLine, str]]] = {}
    seen: Counter[str] = Counter()
    for line in rows:
        mark = _mark(line)
        seen[mark] += 1
        debtor = _debtor(line, snapshot, by_name, owners)
        if debtor is None:
            tally.unmatched.append(_of_nobody(line))
        else:
            found.setdefault(debtor, []).append((line, f"receipt-{mark}-{seen[mark]}"))
    return found


def _debtor(
    line: PaymentLine,
    snapshot: BalanceSnapshot,
    by_name: dict[str | None, str],
    owners: dict[str, set[str]],
) -> str | None:
    shown = debtor_key(line.debtor_code, line.debtor_name)
    if shown is not None and shown in snapshot.debtors:
        return shown
    named = by_name.get(debtor_key(None, line.debtor_name)) if line.debtor_name else None
    if named is not None:
        return named
    having = [owners.get(number_mark(number), set()) for number in line.numbers]
    common = set.intersection(*having) if having else set()
    return next(iter(common)) if len(common) == 1 else None


def _mark(line: PaymentLine) -> str:
    """What a receipt says, whatever the file and the line: lists repeat those of the day before."""
    said = (
        line.amount.normalize(),
        line.currency,
        line.paid_on,
        line.debtor_code,
        line.debtor_name,
        line.numbers,
        line.label,
    )
    return sha256(repr(said).encode()).hexdigest()[:16]


def _receipt(line: PaymentLine, key: str, drop: Drop, creditor: Creditor) -> Receipt:
    return Receipt(
        key=key,
        amount=line.amount,
        currency=line.currency or creditor.profile.currency,
        paid_on=line.paid_on or local_date(drop.event.received_at, creditor),
        numbers=line.numbers,
    )


def _hold(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    cases: CaseStore,
    debtor: str,
    receipts: list[tuple[PaymentLine, Receipt]],
    tally: _Tally,
) -> None:
    now = doors.office.clock.now()
    today = local_date(now, creditor)
    calendar = doors.office.calendar_of(creditor)
    for _ in range(COMMIT_ATTEMPTS):
        case = cases.load(debtor, creditor)
        if case is None:
            tally.unmatched += [_of_nobody(line) for line, _ in receipts]
            return
        new = [(line, receipt) for line, receipt in receipts if not is_known(case, receipt)]
        after = case
        for _, receipt in new:
            after = with_receipt(after, receipt, calendar, today)
        facts = {"drop": drop.event.key, "drop_sha256": drop.sha256, "receipts": str(len(new))}
        entry = EvidenceDraft(now, ACTOR, "payment-received", facts)
        try:
            if new:
                cases.commit(CaseChange(after, entry))
        except Conflict:
            continue
        _count(receipts, new, after, tally)
        return
    raise Conflict("case-busy", {"creditor": creditor.code})


def _count(
    receipts: list[tuple[PaymentLine, Receipt]],
    new: list[tuple[PaymentLine, Receipt]],
    after: Case,
    tally: _Tally,
) -> None:
    """The same whether the lines were held just now or before a crash."""
    asked = {task.key for task in after.tasks}
    for line, receipt in receipts:
        if f"receipt-{receipt.key}" in asked:
            shown = f"{receipt.amount} {receipt.currency}"
            tally.unmatched.append(RefusedLine(line.line, UNMATCHED, "amount", shown))
    tally.held += len(new)
    tally.known += len(receipts) - len(new)


def _of_nobody(line: PaymentLine) -> RefusedLine:
    """With what the line names, the first that the file shows of code, name and documents."""
    for field_name, shown in (
        ("debtor_code", line.debtor_code),
        ("debtor_name", line.debtor_name),
        ("number", ", ".join(line.numbers)),
    ):
        if shown:
            return RefusedLine(line.line, _NOBODY, field_name, shown)
    return RefusedLine(line.line, _NOBODY)


def _report(file: PaymentsFile, tally: _Tally) -> ImportReport:
    bad = [RefusedLine(row.line, row.reason, row.field, row.value) for row in file.rejected]
    return ImportReport(
        status="applied",
        kind="payments",
        code="payments-unmatched" if tally.unmatched else None,
        counts={
            "rows": len(file.rows) + len(file.rejected) + file.other_rows,
            "receipts": tally.held + tally.known,
            "unmatched": len(tally.unmatched),
            "rejected": len(file.rejected),
        },
        rejected=tuple(sorted([*bad, *tally.unmatched], key=lambda row: row.line)),
    )
