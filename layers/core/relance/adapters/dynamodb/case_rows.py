"""A case, its items and its evidence as rows, and back."""

from collections.abc import Iterable
from dataclasses import dataclass

from relance.adapters.codec import case_from_json, case_to_json, from_json, to_json
from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.table import Row
from relance.adapters.store_rules import Found, Pointer, pointers_of
from relance.domain.case import Case, CreditorFacts
from relance.domain.decided import Before, Decided
from relance.domain.evidence import ChainHead, EvidenceEntry
from relance.domain.notice import Notice
from relance.domain.open_item import (
    ItemFlag,
    ItemKey,
    ItemKind,
    OpenItem,
    PaymentMethod,
    Settlement,
)
from relance.domain.payment_history import PaymentHistory

_ERASABLE = frozenset({"personal", "salt"})


def case_row(rows: type[Row], case: Case) -> Row:
    """All of a case but its items. The agenda attributes exist only when it has a date."""
    row = rows(
        keys.case(case.creditor, case.debtor.code),
        keys.CASE,
        version=case.version,
        chain_seq=case.chain.seq,
        chain_hash=case.chain.hash or None,
        pointers=pointers_text(pointers_of(case)),
    )
    if case.agenda is not None:
        row.agenda = keys.agenda(case.creditor)
        row.agenda_at = keys.agenda_row(case.agenda, case.debtor.code)
    return row.holding(case_to_json(case))


def case_from(
    row: Row, items: Iterable[OpenItem], facts: CreditorFacts, pays_for: tuple[str, ...]
) -> Case:
    return case_from_json(
        row.text,
        facts=facts,
        items={item.key: item for item in items},
        version=row.version,
        chain=ChainHead(row.chain_seq, row.chain_hash or ""),
        pays_for=pays_for,
    )


def pointers_text(pointers: tuple[Pointer, ...]) -> str | None:
    """How the case row keeps what it is found by; None: nothing."""
    return to_json(tuple[Pointer, ...], pointers) if pointers else None


def pointers_in(row: Row) -> tuple[Pointer, ...]:
    return from_json(tuple[Pointer, ...], row.pointers) if row.pointers else ()


def pointer_row(rows: type[Row], case: Case, pointer: Pointer) -> Row:
    debtor = keys.part(case.debtor.code)
    if pointer.by is Found.PAYER:
        return rows(keys.case(case.creditor, pointer.value), keys.pays_row(case.debtor.code))
    if pointer.by is Found.CALL:
        return rows(keys.calls(case.creditor), debtor)
    if pointer.by is Found.READ:
        return rows(keys.to_read(case.creditor), debtor)
    if pointer.by is Found.DATE:
        return rows(keys.dates(case.creditor), keys.date_row(pointer.value, case.debtor.code))
    partition = keys.address if pointer.by is Found.ADDRESS else keys.siren
    return rows(partition(case.creditor, pointer.value), debtor)


def item_row(rows: type[Row], pk: str, item: OpenItem, import_seq: int) -> Row:
    return rows(
        pk,
        keys.item_row(item.key),
        import_seq=import_seq,
        number=item.number,
        kind=item.kind.value,
        issue_date=item.issue_date,
        due_date=item.due_date,
        amount=item.amount,
        open_amount=item.open_amount,
        currency=item.currency,
        order_number=item.order_number,
        credits_number=item.credits_number,
        settlement=None if item.settlement is None else item.settlement.value,
        settled_on=item.settled_on,
        payment_method=item.payment_method and item.payment_method.value,
        flag=item.flag and item.flag.value,
        account=item.account,
        part=item.part,
        reminder_level=item.reminder_level,
        reminded_on=item.reminded_on,
        insurer=item.insurer,
        factor=item.factor,
    )


def item_from(row: Row) -> OpenItem:
    return OpenItem(
        key=ItemKey(keys.last_part(row.sk)),
        number=row.number,
        kind=ItemKind(row.kind),
        issue_date=row.issue_date,
        due_date=row.due_date,
        amount=row.amount,
        open_amount=row.open_amount,
        currency=row.currency,
        order_number=row.order_number,
        credits_number=row.credits_number,
        settlement=Settlement(row.settlement) if row.settlement else None,
        settled_on=row.settled_on,
        payment_method=PaymentMethod(row.payment_method) if row.payment_method else None,
        flag=ItemFlag(row.flag) if row.flag else None,
        account=row.account,
        part=row.part,
        reminder_level=row.reminder_level,
        reminded_on=row.reminded_on,
        insurer=row.insurer,
        factor=row.factor,
    )


def entry_row(rows: type[Row], pk: str, entry: EvidenceEntry) -> Row:
    """What erasure removes, the personal text and its salt, is in attributes of its own."""
    row = rows(pk, keys.history_row(entry.seq), salt=entry.salt)
    if entry.personal:
        row.personal = to_json(dict[str, str], entry.personal)
    return row.holding(to_json(EvidenceEntry, entry, leave_out=_ERASABLE))


def entry_from(row: Row) -> EvidenceEntry:
    personal = from_json(dict[str, str], row.personal) if row.personal else {}
    return from_json(EvidenceEntry, row.text, personal=personal, salt=row.salt)


def payments_row(rows: type[Row], pk: str, history: PaymentHistory) -> Row:
    """A sort key of its own: deciding reads the state of a case and not this."""
    return rows(pk, keys.PAYMENTS).holding(to_json(PaymentHistory, history))


def payments_from(row: Row) -> PaymentHistory:
    return from_json(PaymentHistory, row.text)


@dataclass(frozen=True, slots=True)
class _Kept:
    """`Decided` as text: its case is spelled as a case row spells it."""

    seq: int
    hash: str
    case: str
    notices: tuple[Notice, ...]
    versions: dict[str, int]


def decided_row(rows: type[Row], pk: str, entry: EvidenceEntry, before: Before) -> Row:
    """One per case, of the last decision: read only when somebody takes it back."""
    text = case_to_json(before.case)
    found = _Kept(entry.seq, entry.hash, text, before.notices, before.versions)
    return rows(pk, keys.DECIDED).holding(to_json(_Kept, found))


def decided_from(row: Row, facts: CreditorFacts) -> Decided:
    found = from_json(_Kept, row.text)
    case = case_from_json(found.case, facts=facts, items={}, version=0, chain=ChainHead(0, ""))
    return Decided(found.seq, found.hash, Before(case, found.notices, found.versions))
