"""Notices and replies as rows, and back."""

from pynamodb.expressions.update import Action

from relance.adapters.codec import from_json, to_json
from relance.adapters.dynamodb import keys
from relance.adapters.dynamodb.table import Row
from relance.application.ports import StoredReply, ThreadRef
from relance.domain.notice import Notice

_MARKS = frozenset({"forwarded_at", "seen_by", "seen_at"})
"""Attributes of their own: each is written once, by an update that rewrites nothing else."""


def notice_row(rows: type[Row], notice: Notice) -> Row:
    """In the index by its last change: while it is live the sweep finds it there, then the digest
    finds what became of it.
    """
    pk = keys.notice(notice.creditor, notice.id)
    row = rows(pk, keys.NOTICE, status=notice.status.value)
    place = keys.live if notice.status.is_live else keys.ended
    row.agenda = place(notice.creditor)
    row.agenda_at = keys.instant(notice.updated_at)
    return row.holding(to_json(Notice, notice))


def notice_from(row: Row) -> Notice:
    return from_json(Notice, row.text)


def thread_row(rows: type[Row], pk: str, sk: str, thread: ThreadRef) -> Row:
    """A directory entry: which case something that came in belongs to."""
    return rows(pk, sk).holding(to_json(ThreadRef, thread))


def thread_from(row: Row) -> ThreadRef:
    return from_json(ThreadRef, row.text)


def reply_row(rows: type[Row], reply: StoredReply) -> Row:
    """In the index while it is in triage, by its arrival."""
    row = rows(keys.reply(reply.creditor, reply.id), keys.REPLY)
    if reply.debtor is None:
        row.agenda = keys.triage(reply.creditor)
        row.agenda_at = keys.instant(reply.received_at)
    for name, value in _marks(reply).items():
        setattr(row, name, value)
    return row.holding(to_json(StoredReply, reply, leave_out=_MARKS))


def reply_actions(rows: type[Row], reply: StoredReply) -> tuple[Action, ...]:
    """Writes a reply over what is there, but never takes a mark away."""
    row = reply_row(rows, reply)
    wanted: list[Action] = [
        rows.body.set(row.body) if row.body is not None else rows.body.remove(),
        rows.packed.set(row.packed) if row.packed is not None else rows.packed.remove(),
        rows.agenda.remove(),
        rows.agenda_at.remove(),
    ]
    return (*wanted, *(getattr(rows, name).set(mark) for name, mark in _marks(reply).items()))


def reply_from(row: Row) -> StoredReply:
    marks = {name: getattr(row, name) for name in _MARKS}
    return from_json(StoredReply, row.text, **marks)


def _marks(reply: StoredReply) -> dict[str, str]:
    """Those that are set."""
    instants = {"forwarded_at": reply.forwarded_at, "seen_at": reply.seen_at}
    marks = {name: at.isoformat() for name, at in instants.items() if at is not None}
    return marks if reply.seen_by is None else {**marks, "seen_by": reply.seen_by}
