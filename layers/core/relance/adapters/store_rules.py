"""What every store does alike, whatever it is made of."""

from relance.application.ports import CaseChange, NoticeChange, RandomSource
from relance.domain.case import Case
from relance.domain.evidence import ChainHead, EvidenceDraft, EvidenceEntry, head_of, seal
from relance.domain.notice import NoticeStatus

_MESSAGE_ID_KNOWN = {
    NoticeStatus.SENT,
    NoticeStatus.DELIVERED,
    NoticeStatus.BOUNCED,
    NoticeStatus.COMPLAINED,
}
_SES_DOMAIN = "amazonses.com"


def require_owner(creditor: str, change: CaseChange) -> None:
    """A store opened for one creditor writes nothing of another one."""
    here = (creditor, change.case.debtor.code)
    owners = {(change.case.creditor, change.case.debtor.code)}
    owners |= {(c.notice.creditor, c.notice.debtor) for c in change.notices}
    if change.reply is not None:
        owners.add((change.reply.creditor, change.reply.debtor or ""))
    if owners != {here}:
        raise ValueError("a change must concern one case of the store's creditor")


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


def addresses_of(case: Case) -> tuple[str, ...]:
    """The addresses under which the case is found, sorted, each once."""
    emails = {address_key(c.email) for c in case.debtor.contacts if c.email}
    return tuple(sorted(emails - {""}))


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
