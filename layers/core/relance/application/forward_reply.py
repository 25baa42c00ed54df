"""Each reply reaches a person at once: the case's collector or who stands in, or finance when it is
in triage.
"""

from relance.application.office import Desk
from relance.application.ports import Mailer, StaffRenderer, StoredReply
from relance.domain.reply import ReadReply
from relance.domain.team import person_for


def forward_reply(
    desk: Desk,
    stored: StoredReply,
    reply: ReadReply,
    raw: bytes,
    *,
    renderer: StaffRenderer,
    mailer: Mailer,
) -> None:
    """Raises the Send… family: the caller's queue brings the reply back."""
    payment = desk.creditor.payment
    if payment is None:
        return
    mail = renderer.message(
        "forwarded_reply",
        profile=desk.creditor.profile,
        sender_domain=payment.sender_domain,
        to=_recipient(desk, stored),
        context=_context(desk, stored, reply),
        attachments=(("reply.eml", raw, "message/rfc822"),),
    )
    mailer.send(mail)


def _recipient(desk: Desk, stored: StoredReply) -> str:
    if stored.debtor is None:
        return desk.creditor.profile.finance_email
    case = desk.case(stored.debtor)
    return person_for(case, desk.creditor.profile, desk.today).email


def _context(desk: Desk, stored: StoredReply, reply: ReadReply) -> dict[str, object]:
    name = desk.case(stored.debtor).debtor.name if stored.debtor else "?"
    context: dict[str, object] = {
        "at": desk.now,
        "reply_id": stored.id,
        "debtor_code": ", ".join(stored.debtors) or "?",
        "debtor_name": name,
        "kind": stored.kind,
        "subject": stored.subject,
        "received_at": stored.received_at,
        "visible_text": stored.visible_text,
        "attachments": reply.attachments,
        "holds": reply.kind.holds_the_case and stored.reason is None,
        "reply_to": stored.sender or "",
    }
    if stored.sender:
        context["sender"] = stored.sender
    if stored.reason:
        context["warning"] = stored.reason
    return context
