"""A document is filed: its bytes under Object Lock, its entry in the chain of the case that its
numbers name. What names nothing yet is kept, said, and tried again after the next balances.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from relance.application.drop_contents import DocumentFile, InvoiceFacts
from relance.application.importing.creditor_row import stop_waiting
from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop, DropEvent, local_date
from relance.application.importing.report import ImportReport, record
from relance.application.importing.snapshot_file import load_snapshot
from relance.application.importing.tell import outcome_of, tell
from relance.application.office import COMMIT_ATTEMPTS
from relance.application.ports import CaseChange, Conflict, ImportRecord
from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.document_match import Match, NumberIndex
from relance.domain.evidence import EvidenceDraft, EvidenceEntry, ObjectRef
from relance.domain.missing_data import left_of
from relance.domain.open_item import ItemKey, OpenItem

FILED, PENDING, UNCHANGED = "filed", "pending", "unchanged"
ENTRY = "document"
"""Kinds of entries begin so: document-invoice, document-delivery."""
TRIED_AGAIN = 200
"""Records among which pending documents are looked for after a balance."""
_SUFFIX = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def import_document(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    document: DocumentFile,
    before: ImportRecord | None = None,
) -> ImportOutcome:
    """before: the record it left when it named nothing. Raises Conflict: the queue brings it back,
    and what is filed is not filed twice.
    """
    match = _match(doors, creditor, document)
    if match.debtor is None and before is not None:
        stop_waiting(doors.office.creditors, creditor.code, drop.event)
        return outcome_of(before, drop)
    ref = _keep(doors, drop, document)
    status = PENDING
    facts: dict[str, str] = {}
    if match.debtor is not None:
        status, facts = _file(doors, drop, creditor, document, match, ref)
    report = _report(status, document, match, facts, creditor, before)
    done = record(doors, drop, creditor, report)
    stopped = stop_waiting(doors.office.creditors, creditor.code, drop.event)
    return tell(doors, drop, stopped, report, done)


def pending_documents(doors: ImportDoors, creditor: str) -> Iterator[DropEvent]:
    """The drops that named nothing when they came: to be tried again after a balance."""
    for one in doors.office.stores.of(creditor).imports.recent(TRIED_AGAIN):
        if one.status == PENDING:
            yield DropEvent(one.drop_key, one.drop_version, one.received_at)


def documents_of(history: tuple[EvidenceEntry, ...]) -> tuple[EvidenceEntry, ...]:
    """The documents of a case, oldest first: they are nowhere but in its chain."""
    return tuple(entry for entry in history if entry.kind.startswith(f"{ENTRY}-"))


def _match(doors: ImportDoors, creditor: Creditor, document: DocumentFile) -> Match:
    snapshot = load_snapshot(doors.reports, creditor)
    index = NumberIndex({code: one.items.values() for code, one in snapshot.debtors.items()})
    name = document.file_name.rpartition(".")[0] or document.file_name
    return index.match(given=document.numbers, name=name, text=document.text)


def _keep(doors: ImportDoors, drop: Drop, document: DocumentFile) -> ObjectRef:
    key = f"{drop.creditor}/documents/{drop.sha256}.{_SUFFIX[document.content_type]}"
    return doors.objects.put(key, drop.content, content_type=document.content_type)


def _file(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor,
    document: DocumentFile,
    match: Match,
    ref: ObjectRef,
) -> tuple[str, dict[str, str]]:
    """The status and what the entry says."""
    cases, debtor = doors.office.stores.of(creditor.code).cases, match.debtor or ""
    for _ in range(COMMIT_ATTEMPTS):
        case = cases.load(debtor, creditor)
        if case is None:
            raise Conflict("case-busy", {"creditor": creditor.code})
        known = [e.facts for e in documents_of(cases.history(debtor)) if ref in e.objects]
        if known:
            return UNCHANGED, known[-1]
        completed = tuple(_completed(case, match.items, document.facts))
        facts = _facts(drop, document, match, case, completed)
        draft = EvidenceDraft(
            at=doors.office.clock.now(),
            actor="import",
            kind=f"{ENTRY}-{document.kind}",
            facts=facts,
            personal={"file_name": document.file_name},
            objects=(ref,),
        )
        after = _with(case, completed, local_date(draft.at, creditor))
        try:
            cases.commit(CaseChange(after, draft, items=completed, import_seq=case.import_seq))
        except Conflict:
            continue
        return FILED, facts
    raise Conflict("case-busy", {"creditor": creditor.code})


def _completed(
    case: Case, keys: tuple[ItemKey, ...], facts: InvoiceFacts | None
) -> Iterator[OpenItem]:
    """Items with what the balance does not say: where both speak, the balance is right. One
    invoice, one item: an invoice paid in parts has as many dates.
    """
    items = [case.items[key] for key in keys if key in case.items]
    if facts is None or len(items) != 1:
        return
    (item,) = items
    whole = replace(
        item,
        due_date=item.due_date or facts.due_date,
        issue_date=item.issue_date or facts.issue_date,
        order_number=item.order_number or facts.order_number,
    )
    if whole != item:
        yield whole


def _with(case: Case, completed: tuple[OpenItem, ...], today: date) -> Case:
    """Decided again at once when it learns something."""
    if not completed:
        return case
    items = {**case.items, **{item.key: item for item in completed}}
    left = (left_of(task, case.debtor, items) for task in case.tasks)
    agenda = min(today, case.agenda or today)
    return replace(case, items=items, tasks=tuple(t for t in left if t is not None), agenda=agenda)


def _facts(
    drop: Drop,
    document: DocumentFile,
    match: Match,
    case: Case,
    completed: tuple[OpenItem, ...],
) -> dict[str, str]:
    found = {
        "drop": drop.event.key,
        "drop_sha256": drop.sha256,
        "items": "; ".join(match.items),
        "pages": str(document.pages or ""),
        "completed": "; ".join(item.key for item in completed),
    }
    if document.facts is not None:
        found |= {
            "differences": "; ".join(_differences(case, match.items, document.facts)),
            "missing_mentions": " ".join(document.facts.missing_mentions),
            "advised_mentions": " ".join(document.facts.advised_mentions),
        }
    return {name: text for name, text in found.items() if text}


def _differences(case: Case, keys: tuple[ItemKey, ...], facts: InvoiceFacts) -> Iterator[str]:
    """What the invoice and the balance say differently, as in "due_date 2026-03-31>2026-04-30"."""
    items = [case.items[key] for key in keys if key in case.items]
    if len(items) != 1:
        return
    (item,) = items
    for name in ("due_date", "issue_date", "order_number", "currency"):
        ours, theirs = getattr(item, name), getattr(facts, name)
        if ours and theirs and ours != theirs:
            yield f"{name} {ours}>{theirs}"
    if facts.total is not None and abs(facts.total) != abs(item.amount):
        yield f"amount {item.amount}>{facts.total}"
    siren = case.debtor.siren
    if siren and facts.buyer_siren and siren != facts.buyer_siren:
        yield f"siren {siren}>{facts.buyer_siren}"


def _report(
    status: str,
    document: DocumentFile,
    match: Match,
    facts: dict[str, str],
    creditor: Creditor,
    before: ImportRecord | None,
) -> ImportReport:
    """A pending one is listed among the imports of its day: the next balance looks for it there."""
    seq = before.import_seq if before else creditor.balance.import_seq
    missing = facts.get("missing_mentions", "").split()
    shown = {"kind": document.kind, "items": facts.get("items", "")}
    shown |= {name: facts[name] for name in ("completed", "differences") if name in facts}
    return ImportReport(
        status=status,
        kind="document",
        code=match.code,
        detail=shown | ({"missing_mentions": " ".join(missing)} if missing else {}),
        import_seq=seq if before or status == PENDING else 0,
        counts={"documents": 1, "missing_mentions": len(missing)},
        warnings=tuple(f"mention-{code}" for code in missing),
    )
