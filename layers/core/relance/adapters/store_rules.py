"""What every store does alike, whatever it is made of."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from relance.application.ports import (
    DISPATCHED_AT_ONCE,
    CaseChange,
    NoticeChange,
    RandomSource,
)
from relance.domain.case import Case
from relance.domain.creditor import Creditor
from relance.domain.escalation.watching import watched_dates
from relance.domain.evidence import ChainHead, EvidenceDraft, EvidenceEntry, head_of, seal
from relance.domain.holds import Arrangement, Hold, UnreadReply
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.open_item import ItemKey
from relance.domain.task import TaskKind

_MESSAGE_ID_KNOWN = {
    NoticeStatus.SENT,
    NoticeStatus.DELIVERED,
    NoticeStatus.BOUNCED,
    NoticeStatus.COMPLAINED,
}
_SES_DOMAIN = "amazonses.com"


class Found(StrEnum):
    """What a case is found by, beside its code."""

    ADDRESS = "ADDR"
    PAYER = "PAYER"
    SIREN = "SIREN"
    CALL = "CALL"
    READ = "READ"
    DATE = "DATE"


TO_CALL = "open"
"""All that a case with an open call is found by: its collector may change."""
TO_READ = "waiting"
"""Likewise, of a case with a reply to read or an arrangement to approve."""


class Pointer(NamedTuple):
    """One thing that a case is found by."""

    by: Found
    value: str


def require_owner(creditor: str, changes: Sequence[CaseChange]) -> None:
    """A store opened for one creditor writes nothing of another one, and a notice or a reply moves
    with every case that it is about, or not at all.
    """
    cases = [(change.case.creditor, change.case.debtor.code) for change in changes]
    owners = {
        (one.notice.creditor, debtor)
        for change in changes
        for one in change.notices
        for debtor in one.notice.debtors
    }
    owners |= {
        (change.reply.creditor, debtor)
        for change in changes
        if change.reply is not None
        for debtor in change.reply.debtors or ("",)
    }
    is_ours = all(owner == creditor for owner, _ in cases)
    if not is_ours or len(set(cases)) < len(cases) or not owners <= set(cases):
        raise ValueError("a change must concern cases of the store's creditor, each once")


def require_dispatch(creditor: Creditor, notices: Sequence[Notice]) -> None:
    """What is let out is planned, of this creditor, and fits in one transaction."""
    planned = all(
        one.creditor == creditor.code and one.status is NoticeStatus.PLANNED for one in notices
    )
    if not planned or len({one.id for one in notices}) < len(notices):
        raise ValueError("only planned notices of the creditor are dispatched, each once")
    if len(notices) > DISPATCHED_AT_ONCE:
        raise ValueError("too many notices for one transaction")


def sealed(
    draft: EvidenceDraft | None, head: ChainHead, random: RandomSource
) -> tuple[EvidenceEntry | None, ChainHead]:
    """The entry to append, if any, and the head of the chain after it."""
    if draft is None:
        return None, head
    entry = seal(draft, head, salt=random.token())
    return entry, head_of(entry)


def import_seq_of(change: CaseChange) -> int:
    return change.case.import_seq if change.import_seq is None else change.import_seq


def gone_of(change: CaseChange) -> tuple[ItemKey, ...]:
    """Each once; what the same change writes stays."""
    written = {item.key for item in change.items}
    return tuple(key for key in dict.fromkeys(change.gone) if key not in written)


def pointers_of(case: Case) -> tuple[Pointer, ...]:
    """Everything that a case is found by, sorted, each once."""
    emails = {address_key(c.email) for c in case.debtor.contacts if c.email}
    found = {Pointer(Found.ADDRESS, email) for email in emails - {""}}
    if case.debtor.payer:
        found.add(Pointer(Found.PAYER, case.debtor.payer))
    if case.debtor.siren:
        found.add(Pointer(Found.SIREN, case.debtor.siren))
    if any(task.kind is TaskKind.CALL for task in case.tasks):
        found.add(Pointer(Found.CALL, TO_CALL))
    if any(map(_waits_for_a_person, case.holds)):
        found.add(Pointer(Found.READ, TO_READ))
    found |= {Pointer(Found.DATE, day.isoformat()) for day in watched_dates(case)}
    return tuple(sorted(found))


def _waits_for_a_person(hold: Hold) -> bool:
    is_unapproved = isinstance(hold, Arrangement) and hold.approved_by is None
    return is_unapproved or isinstance(hold, UnreadReply)


def address_key(address: str) -> str:
    """Mail systems that tell capitals apart in local parts are extinct; people mix them."""
    return address.strip().lower()


def message_key(message_id: str) -> str:
    """SES returns a bare id and writes `<id@region.amazonses.com>` in the message: both match."""
    bare = message_id.strip().strip("<>").strip()
    local, _, domain = bare.rpartition("@")
    return local if local and domain.lower().endswith(_SES_DOMAIN) else bare


def names_message(change: NoticeChange) -> bool:
    """Whether this change is the one that gives the notice its message id: it is written once,
    not again with each delivery event.
    """
    return change.notice.message_id is not None and change.expected not in _MESSAGE_ID_KNOWN
