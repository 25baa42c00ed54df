"""Which case a message belongs to (design §8): token, then thread, then sender, else triage."""

import re
from dataclasses import dataclass

from relance.application.ports import Directory, NotFound, ThreadRef
from relance.domain.reply import ReadReply

_TOKEN = re.compile(r"^reply\+([0-9a-z]+)@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """debtor None: triage, and reason says why."""

    creditor: str
    debtor: str | None
    by: str
    reason: str | None = None
    notice_id: str | None = None


def match_reply(recipients: tuple[str, ...], reply: ReadReply, directory: Directory) -> Match:
    """Raises NotFound when no creditor uses any of the domains it was sent to."""
    by_token = _by_token(recipients, directory)
    if by_token is not None:
        return _matched(by_token, "token")
    creditors = _creditors(recipients, directory)
    by_thread = _by_thread(reply, creditors, directory)
    if by_thread is not None:
        return _matched(by_thread, "references")
    return _by_sender(reply, creditors, directory)


def _by_token(recipients: tuple[str, ...], directory: Directory) -> ThreadRef | None:
    for recipient in recipients:
        found = _TOKEN.match(recipient)
        ref = directory.by_token(found.group(1).lower()) if found else None
        if ref is not None:
            return ref
    return None


def _creditors(recipients: tuple[str, ...], directory: Directory) -> tuple[str, ...]:
    domains = {recipient.rpartition("@")[2].lower() for recipient in recipients}
    found = {code for domain in domains for code in directory.by_reply_domain(domain)}
    if not found:
        raise NotFound("no-creditor-for-reply-domain")
    return tuple(sorted(found))


def _by_thread(
    reply: ReadReply, creditors: tuple[str, ...], directory: Directory
) -> ThreadRef | None:
    """The newest known message of the thread, and only within the creditors written to."""
    for message_id in reversed(reply.references):
        ref = directory.by_message_id(message_id.partition("@")[0])
        ref = ref or directory.by_message_id(message_id)
        if ref is not None and ref.creditor in creditors:
            return ref
    return None


def _by_sender(reply: ReadReply, creditors: tuple[str, ...], directory: Directory) -> Match:
    refs = {
        (ref.creditor, ref.debtor): ref
        for creditor in creditors
        if reply.sender
        for ref in directory.by_address(creditor, reply.sender)
    }
    if len(refs) == 1:
        return _matched(next(iter(refs.values())), "sender")
    reason = "ambiguous-sender" if refs else "unknown-sender"
    return Match(creditors[0], None, "triage", reason)


def _matched(ref: ThreadRef, by: str) -> Match:
    return Match(ref.creditor, ref.debtor, by, notice_id=ref.notice_id)
