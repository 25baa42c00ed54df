"""The keys of the table (docs/data-model.md). Only this module spells them.

Codes are whatever the accounts contain: `#` separates, so it is escaped in every part.
"""

from datetime import UTC, date, datetime

from relance.domain.errors import RelanceError

MAX_PART_BYTES = 900
"""A sort key holds 1024 bytes: one part and its prefix."""

CREDITOR = "CREDITOR"
CREDITORS = "CREDITORS"
NOTICE = "NOTICE"
REPLY = "REPLY"
THREAD = "THREAD"
LAST_IMPORT = "LAST_IMPORT"
CLOCK = "CLOCK"
RUN = "RUN"
PAGE = "PAGE#"
CASE = "STATE#CASE"
STATE = "STATE#"
ITEM = "STATE#ITEM#"
PAYS = "STATE#PAYS#"
HISTORY = "HIST#"
PAYMENTS = "PAID"
DECIDED = "DECIDED"
NOTICE_OF_CASE = "NOTICE#"
REPLY_OF_CASE = "REPLY#"
IMPORT = "IMPORT#"


def part(text: str) -> str:
    """One part of a key. Unicode stays readable; `%` and `#` are percent-encoded."""
    escaped = text.replace("%", "%25").replace("#", "%23")
    size = len(escaped.encode())
    if size > MAX_PART_BYTES:
        raise RelanceError("key-too-long", {"bytes": str(size), "limit": str(MAX_PART_BYTES)})
    return escaped


def text_of(key_part: str) -> str:
    return key_part.replace("%23", "#").replace("%25", "%")


def last_part(key: str) -> str:
    """The text that the last part of a key stands for."""
    return text_of(key.rsplit("#", 1)[-1])


def creditor(code: str) -> str:
    return f"C#{part(code)}"


def case(code: str, debtor: str) -> str:
    return f"{creditor(code)}#D#{part(debtor)}"


def debtors(code: str) -> str:
    return f"{creditor(code)}#DEBTORS"


def notice(code: str, notice_id: str) -> str:
    return f"{creditor(code)}#N#{part(notice_id)}"


def reply(code: str, reply_id: str) -> str:
    return f"{creditor(code)}#R#{part(reply_id)}"


def file(code: str, sha256: str) -> str:
    return f"{creditor(code)}#FILE#{part(sha256)}"


def address(code: str, email: str) -> str:
    return f"{creditor(code)}#ADDR#{part(email)}"


def siren(code: str, number: str) -> str:
    return f"{creditor(code)}#SIREN#{part(number)}"


def calls(code: str) -> str:
    return f"{creditor(code)}#CALLS"


def to_read(code: str) -> str:
    return f"{creditor(code)}#READ"


def dates(code: str) -> str:
    return f"{creditor(code)}#DATES"


def date_row(day: str, debtor: str) -> str:
    """day: ISO, so that the order of the texts is that of the days."""
    return f"{day}#{part(debtor)}"


def run(code: str, day: date) -> str:
    return f"{creditor(code)}#RUN#{day.isoformat()}"


def page_row(page: str) -> str:
    return PAGE + part(page)


def morning_row(recipient: str) -> str:
    """In the partition of the creditor."""
    return f"MORNING#{part(recipient)}"


def pays_row(debtor: str) -> str:
    """In the partition of the payer: its own case is read with the debtors that it pays for."""
    return PAYS + part(debtor)


def token(secret: str) -> str:
    return f"TOKEN#{part(secret)}"


def message(message_id: str) -> str:
    return f"MSG#{part(message_id)}"


def reply_domain(domain: str) -> str:
    return f"REPLYDOMAIN#{part(domain)}"


def item_row(item_key: str) -> str:
    return ITEM + part(item_key)


def history_row(seq: int) -> str:
    return f"{HISTORY}{seq:010d}"


def import_row(seq: int, received_at: datetime, drop: str) -> str:
    return f"{IMPORT}{seq:010d}#{instant(received_at)}#{drop}"


UNNUMBERED_END = f"{IMPORT}{0:010d}#~"
"""After every import that has no number."""


def agenda(code: str) -> str:
    return f"{creditor(code)}#AGENDA"


def agenda_row(day: date, debtor: str) -> str:
    return f"{day.isoformat()}#{part(debtor)}"


def after_day(day: date) -> str:
    """Greater than every agenda row of that day, lower than those of the next: `$` follows `#`."""
    return f"{day.isoformat()}$"


def live(code: str) -> str:
    return f"{creditor(code)}#LIVE"


def ended(code: str) -> str:
    return f"{creditor(code)}#ENDED"


def triage(code: str) -> str:
    return f"{creditor(code)}#TRIAGE"


def instant(at: datetime) -> str:
    """Fixed width and UTC, so that the order of the texts is the order of the instants."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
