"""Which address bounced, with which status, and whether it is dead.

The chain is input-formats §4.2: RFC 3464 parts, else flufl.bounce, else words and codes of the
text. Only called once `kind` has seen another sign of a bounce: flufl never decides.
"""

import re
from typing import TYPE_CHECKING

from relance.adapters.mail_reader import mime
from relance.adapters.mail_reader.dsn import RecipientStatus, read_statuses
from relance.domain.reply import BounceReport

if TYPE_CHECKING:
    from relance.adapters.mail_reader.mime import Mail

_ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]|\.\d)")
_FAILED = re.compile(r"(?<![\d.])([45]\.\d{1,3}\.\d{1,3})(?![\d.]|\.\d)")
_DELIVERED = re.compile(r"\b250[ -](2\.\d\.\d{1,2})\b")
_REPLY = re.compile(r"(?<![\d.,:/-])([45])[0-7]\d(?=[\s:;,-](?![:\d]))")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,190}\.[A-Za-z]{2,24}")
_RCPT_TO = re.compile(r"RCPT TO:[ \t]*<?([^\s<>@]{1,64}@[\w.-]{1,190}\w)", re.I)
_DAEMON = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|root|postoffice|no-?reply)@", re.I)
_ORIGINAL = re.compile(
    r"^[ \t>*|-]{0,80}(?:"
    r"(?:the )?(?:original|unsent|returned|undelivered) (?:message|mail|headers?)\b"
    r"|this is a copy of|below this line is|return-path:|received:|message-id:"
    r"|the header of the original|message header|message d'origine).*$",
    re.I | re.M,
)
_FULL = re.compile(
    r"mailbox (?:is )?(?:too )?(?:full|large)|(?:over|exceed\w*)(?: its| the| your)?(?: disk"
    r"| storage)?"
    r"[ -]?quota|quota (?:is )?(?:exceeded|full)|mailbox .{0,40}full|bo[iî]te .{0,30}pleine"
    r"|insufficient (?:disk )?space|not enough (?:storage )?space|disk quota|postfach .{0,20}voll",
    re.I,
)
# Words to the status they stand for, first match wins; only used when the mail shows no code.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("5.2.2", _FULL),
    ("5.3.4", re.compile(r"(?:message|mail|size).{0,40}(?:too (?:big|large)|exceed)", re.I)),
    ("5.1.2", re.compile(
        r"(?:host|domain)(?: name)?.{0,60}(?:unknown|not found|not exist|cannot be found)"
        r"|(?:unknown|no such|unrouteable|bad|invalid).{0,12}(?:host|domain)|can'?t find .{0,40}"
        r"(?:host|domain)|nxdomain|name service error", re.I)),
    ("4.4.7", re.compile(
        r"timed? ?out|giving up|for the last \d+ seconds|failing for a long"
        r"|connection (?:refused|lost)|retry time|expired|delayed|will (?:be|keep) "
        r"(?:retr|try)|has not (?:yet )?been (?:delivered|collected)|no route|could ?n[o']t connect"
        r"|still being retried|temporar", re.I)),
    ("5.7.1", re.compile(
        r"spam|block list|blocklist|\bptr\b|reverse dns|reputation|unauth\w+|blacklist|blocked"
        r"|black list|access denied|relaying|not (?:allowed|permitted)|virus"
        r"|policy|refused|reject.{0,20}content", re.I)),
    ("5.1.1", re.compile(
        r"(?:user|recipient|mailbox|address|account|destinataire|adresse)\b.{0,60}(?:unknown"
        r"|not (?:be "
        r")?found|n[o']t exist|no longer|invalid|inconnu|disabled|unavailable|inactive|not listed)"
        r"|(?:unknown|no such|invalid|bad|unrouteable|not our).{0,25}(?:user|recipient|address|"
        r"mailbox|person|customer|local)|does ?n[o']t have an? .{0,20}account|not a valid"
        r"|unbekannt|n'existe pas|introuvable|not recogni[sz]ed", re.I | re.S)),
    ("5.1.10", re.compile(r"no (?:smtp|mail) service|not accept mail|null mx", re.I)),
)  # fmt: skip


def read_bounce(mail: "Mail", text: str) -> BounceReport:
    """The first recipient told, never an exception; a recipient or status unknown is None."""
    statuses = read_statuses(mail)
    notice = _before_original(text[:50_000])
    status = _status(statuses, notice)
    recipient = _told(statuses) or _from_flufl(mail, notice) or _from_text(mail, notice)
    permanent = is_hard(status, f"{_diagnostics(statuses)}\n{notice}")
    return BounceReport(recipient=recipient, status=status, permanent=permanent)


def is_hard(status: str | None, text: str) -> bool:
    """A dead address (reply-conventions): 5.1.x, 5.2.1, 5.4.x, 5.0.0; never a full mailbox."""
    if status is None or not status.startswith("5."):
        return False
    if status == "5.0.0":
        return not _FULL.search(text)
    return status.startswith(("5.1.", "5.4.")) or status == "5.2.1"


def actions(mail: "Mail") -> frozenset[str]:
    """The actions of the status parts: failed, delayed, delivered, relayed, expanded."""
    return frozenset(status.action for status in read_statuses(mail) if status.action)


def _told(statuses: tuple[RecipientStatus, ...]) -> str | None:
    return next((s.recipient for s in statuses if s.recipient), None)


def _diagnostics(statuses: tuple[RecipientStatus, ...]) -> str:
    return "\n".join(s.diagnostic for s in statuses)


def _status(statuses: tuple[RecipientStatus, ...], notice: str) -> str | None:
    """The server's own answer first, then the Status field, then codes and words of the text."""
    for status in statuses:
        answered = _ENHANCED.findall(status.diagnostic)
        field = _ENHANCED.search(status.status)
        if answered and (field is None or _more_precise(answered[-1], field[1])):
            return str(answered[-1])
        if field and not (field[1].endswith(".0.0") and _FAILED.search(notice)):
            return field[1]
    found = _FAILED.findall(notice) or _DELIVERED.findall(notice)
    precise = [code for code in found if not code.endswith(".0.0")]
    if not found:
        return _status_of_words(f"{_diagnostics(statuses)}\n{notice}")
    return str((precise or found)[0])


def _more_precise(answered: str, field: str) -> bool:
    return not answered.endswith(".0.0") or field.endswith(".0.0")


def _status_of_words(notice: str) -> str | None:
    reply = _REPLY.search(notice)
    words = next((code for code, pattern in _WORDS if pattern.search(notice)), None)
    if reply is None:
        return words
    if words is None:
        return f"{reply[1]}.0.0"
    return reply[1] + words[1:]


def _before_original(text: str) -> str:
    """What the daemon says, without the message it gives back."""
    match = _ORIGINAL.search(text)
    return text[: match.start()] if match and match.start() > 40 else text


def _from_flufl(mail: "Mail", notice: str) -> str | None:
    """Of flufl's addresses, the one the notice names first; one it never names is a guess."""
    text = notice.lower()
    found = [a for a in _flufl(mail) if _ADDRESS.fullmatch(a) and a in text]
    return min(found, key=text.index, default=None)


def _flufl(mail: "Mail") -> list[str]:
    """It raises on some mails (no From, odd charsets): that is a no."""
    try:
        from flufl.bounce import all_failures

        temporary, permanent = all_failures(mail.root)
        return [_decoded(address) for address in (permanent or temporary)]
    except Exception:  # noqa: BLE001 -- a detector of flufl may raise anything on hostile mail
        return []


def _decoded(address: bytes | str) -> str:
    text = address.decode("ascii", "replace") if isinstance(address, bytes) else address
    return text.strip().lower()


def _from_text(mail: "Mail", notice: str) -> str | None:
    """X-Failed-Recipients, else the first address of the notice that is not one of the parties."""
    if failed := mail.addresses("X-Failed-Recipients"):
        return failed[0]
    if commanded := _RCPT_TO.search(notice):
        return commanded[1].lower()
    parties = {*mail.addresses("To", "Delivered-To", "From", "Sender", "Return-Path")}
    found = [a.lower().strip("'") for a in _ADDRESS.findall(notice)]
    others = [a for a in found if a not in parties and not _DAEMON.match(a)]
    return next(iter(others), None) or _original_recipient(mail)


def _original_recipient(mail: "Mail") -> str | None:
    """To of the message given back."""
    for part in mail.parts[1:]:
        if mime.header(part, "Message-ID") or mime.header(part, "Received"):
            found = mime.Mail(root=part).addresses("To")
            if found:
                return found[0]
    return None
