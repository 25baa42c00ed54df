"""What became of the messages since the last digest: left, not left and why, refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from relance.application.morning.entries import (
    CaseBook,
    Section,
    by_stake,
    largest,
    notice_entry,
    told_until,
)
from relance.domain.notice import Notice, NoticeStatus

_LEFT = {NoticeStatus.SENT, NoticeStatus.DELIVERED}
_REFUSED = {NoticeStatus.BOUNCED, NoticeStatus.COMPLAINED}


@dataclass(frozen=True, slots=True)
class Became:
    """left: handed to the mail server or to who posts; bounced: refused there since."""

    left: Section
    not_left: Section
    bounced: Section


def became(book: CaseBook, since: datetime) -> Became:
    """`since` is included, `told_until` is not. A message is told by the instant at which it left:
    its delivery, which comes later, must not put it off beyond what the next mail looks at.
    """
    until = told_until(book.desk)
    found = book.desk.stores.notices.ended(since=since)
    ended = [one for one in found if one.updated_at < until]
    left = [one for one in found if one.status in _LEFT and _left_between(one, since, until)]
    bounced = [one for one in ended if one.status in _REFUSED]
    not_left = [one for one in ended if one.status not in _LEFT | _REFUSED]
    return Became(_section(book, left), _section(book, not_left), _section(book, bounced))


def _left_between(notice: Notice, since: datetime, until: datetime) -> bool:
    """What was only delivered since was told when it left; a letter's copy is the letter's own."""
    at = notice.sent_at
    return at is not None and since <= at < until and notice.copy_of is None


def _section(book: CaseBook, notices: Iterable[Notice]) -> Section:
    chosen, beyond = largest(notices)
    return by_stake(
        [
            notice_entry(book, one) | {"at": _when(one), "reason": one.reason or str(one.status)}
            for one in chosen
        ],
        beyond,
    )


def _when(notice: Notice) -> datetime:
    is_left = notice.status in _LEFT and notice.sent_at is not None
    return notice.sent_at if is_left and notice.sent_at else notice.updated_at
