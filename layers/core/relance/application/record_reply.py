"""Replies: filed as evidence, matched to their case, held until seen, forwarded (design §8)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from relance.application.match_reply import Match, match_reply
from relance.application.office import Desk, Office
from relance.application.ports import (
    CaseChange,
    Directory,
    EvidenceObjects,
    Files,
    NotFound,
    ReadMail,
    StoredReply,
)
from relance.domain.case import Case
from relance.domain.evidence import EvidenceDraft, ObjectRef
from relance.domain.holds import UnreadReply
from relance.domain.reply import ReadReply

_BLOCKING = ("virus", "spam", "dmarc")
"""Verdicts whose failure makes a message worth nothing: filed, flagged, without effect."""


@dataclass(frozen=True, slots=True)
class InboundMail:
    """What the receipt event says. verdicts and recipients come from it only, never from headers.

    verdicts: lower-case name → "PASS", "FAIL", "GRAY", "PROCESSING_FAILED".
    """

    id: str
    file_key: str
    recipients: tuple[str, ...]
    received_at: datetime
    verdicts: dict[str, str]

    @property
    def is_trusted(self) -> bool:
        return all(self.verdicts.get(name) != "FAIL" for name in _BLOCKING)


@dataclass(frozen=True, slots=True)
class ReplyReport:
    """What became of it; nothing of what it says."""

    reply_id: str
    kind: str
    matched_by: str
    held: bool


ForwardReply = Callable[[Desk, StoredReply, ReadReply, bytes], None]


def record_reply(
    inbound: InboundMail,
    *,
    office: Office,
    directory: Directory,
    mail: Files,
    read_mail: ReadMail,
    objects: EvidenceObjects,
    forward: ForwardReply,
) -> ReplyReport:
    """File one message. Doing it twice files it once; it is forwarded until that succeeded.

    Raises NotFound when no creditor uses the domain it was sent to: it stays in the mail bucket.
    """
    raw = mail.get(inbound.file_key)
    reply = read_mail(raw)
    match = match_reply(inbound.recipients, reply, directory)
    desk = office.open(match.creditor)
    stored = _already_stored(desk, inbound.id)
    held = False
    if stored is None:
        ref = objects.put(_object_key(match, inbound), raw, content_type="message/rfc822")
        stored = _stored(desk, inbound, reply, match, ref)
        held = _file(desk, stored, reply, inbound)
    if stored.forwarded_at is None and inbound.verdicts.get("virus") != "FAIL":
        forward(desk, stored, reply, raw)
        desk.stores.replies.mark_forwarded(stored.id, desk.now)
    return ReplyReport(stored.id, stored.kind, stored.matched_by, held)


def _already_stored(desk: Desk, reply_id: str) -> StoredReply | None:
    try:
        return desk.stores.replies.get(reply_id)
    except NotFound:
        return None


def _stored(
    desk: Desk, inbound: InboundMail, reply: ReadReply, match: Match, ref: ObjectRef
) -> StoredReply:
    reason = match.reason if inbound.is_trusted else "verdict-failed"
    return StoredReply(
        id=inbound.id,
        creditor=match.creditor,
        debtor=match.debtor,
        received_at=inbound.received_at,
        kind=reply.kind,
        raw=ref,
        visible_text=reply.visible_text,
        sender=reply.sender,
        subject=reply.subject,
        matched_by=match.by,
        verdicts=dict(inbound.verdicts),
        reason=reason,
        companions=_companions(desk, match),
    )


def _companions(desk: Desk, match: Match) -> tuple[str, ...]:
    """An answer to a notice is for every debtor that the notice was about."""
    if match.notice_id is None:
        return ()
    notice = desk.stores.notices.get(match.notice_id)
    return tuple(code for code in notice.debtors if code != match.debtor)


def _file(desk: Desk, stored: StoredReply, reply: ReadReply, inbound: InboundMail) -> bool:
    """True when its case, or each of its cases, is now held."""
    if stored.debtor is None:
        desk.stores.replies.save_triage(stored)
        return False
    holds = inbound.is_trusted and reply.kind.holds_the_case
    desk.change_all(stored.debtors, lambda case: _change(desk, case, stored, holds))
    return holds


def _change(desk: Desk, case: Case, stored: StoredReply, holds: bool) -> CaseChange:
    after = _held(case, stored, desk) if holds else case
    entry = EvidenceDraft(
        at=desk.now,
        actor="customer",
        kind=f"reply-{stored.kind}",
        facts={
            "reply": stored.id,
            "received_at": stored.received_at.isoformat(),
            "matched_by": stored.matched_by,
            "holds": str(holds).lower(),
            **{f"verdict_{name}": verdict for name, verdict in stored.verdicts.items()},
        },
        personal={"sender": stored.sender or "", "subject": stored.subject},
        objects=(stored.raw,),
    )
    return CaseChange(after, entry, reply=stored if case.debtor.code == stored.debtor else None)


def _held(case: Case, stored: StoredReply, desk: Desk) -> Case:
    hold = UnreadReply(stored.id, desk.today)
    return replace(case, holds=(*case.holds, hold), agenda=desk.today + timedelta(days=1))


def _object_key(match: Match, inbound: InboundMail) -> str:
    return f"{match.creditor}/replies/{inbound.id}.eml"
