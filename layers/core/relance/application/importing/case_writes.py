"""The facts of a balance, case by case: what did not change is not written (design §6)."""

from dataclasses import dataclass, replace

from relance.application.importing.creditor_row import check_lease
from relance.application.importing.doors import ImportDoors
from relance.application.importing.drop import Drop, local_date
from relance.application.importing.payments_kept import carry_payments, follow_payments
from relance.application.importing.people_named import with_people
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import CaseChange, CaseStore, Conflict, LeaseTaken
from relance.domain.case import Case, facts_of
from relance.domain.case_import import CaseUpdate, apply_balance
from relance.domain.case_merge import carried, left_behind
from relance.domain.creditor import Creditor
from relance.domain.debtor import Debtor
from relance.domain.evidence import EvidenceDraft
from relance.domain.open_item import ItemKey, OpenItem
from relance.domain.pruning import pruned
from relance.domain.reconciliation.changes import DebtorChange
from relance.domain.reconciliation.reconcile import BalanceOrigin, Reconciliation
from relance.domain.reconciliation.renumbering import with_confirmed
from relance.domain.reconciliation.snapshot import BalanceSnapshot, DebtorBalance, is_followed

ACTOR = "import"


@dataclass(frozen=True, slots=True)
class _Writer:
    """creditor: with our lease."""

    doors: ImportDoors
    drop: Drop
    creditor: Creditor
    origin: BalanceOrigin
    cases: CaseStore

    def load(self, code: str) -> Case | None:
        """None: nothing is known of it. Raises LeaseTaken when a later import wrote it."""
        case = self.cases.load(code, self.creditor)
        if case is not None and case.import_seq > self.origin.import_seq:
            raise LeaseTaken("lease-lost", {"creditor": self.creditor.code})
        return case

    def is_ours(self, case: Case | None) -> bool:
        return case is not None and case.import_seq == self.origin.import_seq

    def write(self, change: DebtorChange) -> bool:
        for _ in range(COMMIT_ATTEMPTS):
            case = self.load(change.code)
            if self.is_ours(case):
                return False
            try:
                self.cases.commit(self._change(case, change))
            except Conflict:
                continue
            return True
        raise Conflict("case-busy", {"creditor": self.creditor.code})

    def move(self, change: DebtorChange, into: str) -> bool:
        """The items are under the other code already: in one transaction, what was done on them
        goes there and the old case says where it went.
        """
        moved = {c.after.key: c.now for c in change.items if c.now is not None}
        for _ in range(COMMIT_ATTEMPTS):
            source, target = self.load(change.code), self.load(into)
            if source is None or target is None or self.is_ours(source):
                return False
            try:
                self.cases.commit_all(self._moves(source, target, change, moved))
            except Conflict:
                continue
            return True
        raise Conflict("case-busy", {"creditor": self.creditor.code})

    def _moves(
        self, source: Case, target: Case, change: DebtorChange, moved: dict[ItemKey, ItemKey]
    ) -> tuple[CaseChange, CaseChange]:
        now, seq = self.doors.office.clock.now(), self.origin.import_seq
        today = local_date(now, self.creditor)
        kept = replace(carried(source, target, moved, today), import_seq=seq)
        gone = self._change(left_behind(source, moved), change)
        paid, gone = carry_payments(self.cases, kept, gone)
        facts = {
            **_drop_facts(self.drop, self.origin),
            "items_carried": str(len(moved)),
            "evidence_of_the_other_code": f"{source.chain.seq} {source.chain.hash}",
            **paid.facts,
        }
        who = {"merged_from": change.code}
        entry = EvidenceDraft(now, ACTOR, "debtor-merged", facts, who)
        return CaseChange(paid.case, entry, import_seq=seq, payments=paid.history), gone

    def _change(self, case: Case | None, change: DebtorChange) -> CaseChange:
        creditor, origin = self.creditor, self.origin
        known = case or Case(creditor.code, Debtor(change.code, change.name), facts_of(creditor))
        change = with_confirmed(change, known.items)
        now = self.doors.office.clock.now()
        agenda = min(local_date(now, creditor), origin.dated)
        update = apply_balance(
            known,
            with_people(change, creditor.profile),
            import_seq=origin.import_seq,
            agenda=agenda,
            dated=origin.dated,
        )
        kept_for = creditor.profile.balance.keep_settled_days
        update = pruned(update, dated=origin.dated, keep_days=kept_for)
        paid = follow_payments(self.cases, known, update.case, change, creditor.balance.fresh_as_of)
        facts = {**_drop_facts(self.drop, origin), **update.facts, **paid.facts}
        return CaseChange(
            case=paid.case,
            entry=EvidenceDraft(now, ACTOR, "import", facts, _names(change, update)),
            items=update.items,
            gone=update.gone,
            import_seq=origin.import_seq,
            payments=paid.history,
        )


def write_cases(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    reconciliation: Reconciliation,
    origin: BalanceOrigin,
) -> int:
    """How many cases were written. creditor: with our lease. Raises LeaseTaken, Conflict.

    Codes that became others come last: where their items went is written by then.
    """
    cases = doors.office.stores.of(creditor.code).cases
    writer, written = _Writer(doors, drop, creditor, origin, cases), 0
    changes = reconciliation.changes.values()
    for change in sorted(changes, key=lambda one: one.merged_into is not None):
        check_lease(doors, creditor)
        into = change.merged_into
        written += writer.write(change) if into is None else writer.move(change, into)
    return written


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
    """What erasure removes; a code may be made of a name."""
    names = {"debtor_name": change.name} if "debtor_renamed" in update.facts else {}
    return names | ({"merged_into": change.merged_into} if change.merged_into else {})


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
            parties = debtors[code].parties if code in debtors else None
            debtors[code] = DebtorBalance(case.debtor.name, _followed(case), parties)
    return replace(snapshot, debtors=debtors)


def _followed(case: Case) -> dict[ItemKey, OpenItem]:
    return {key: item for key, item in case.items.items() if is_followed(item)}
