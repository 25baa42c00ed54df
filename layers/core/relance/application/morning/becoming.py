"""What became of the messages since the last digest: left, not left and why, refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from relance.application.morning.entries import CaseBook, Section, by_stake, largest, notice_entry
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
    """What moves at this very instant is told the next time: `since` is included, now is not."""
    desk = book.desk
    found = desk.stores.notices.ended(since=since)
    ended = [one for one in found if one.updated_at < desk.now]
    left = [one for one in ended if one.status in _LEFT and _left_since(one, since)]
    bounced = [one for one in ended if one.status in _REFUSED]
    not_left = [one for one in ended if one.status not in _LEFT | _REFUSED]
    return Became(_section(book, left), _section(book, not_left), _section(book, bounced))


def _left_since(notice: Notice, since: datetime) -> bool:
    """What was only delivered since was told when it left; a letter's copy is the letter's own."""
    return notice.sent_at is not None and notice.sent_at >= since and notice.copy_of is None


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
