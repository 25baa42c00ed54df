"""What waits for one of us, with its age."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from relance.application.morning.entries import (
    READ_AT_MOST,
    CaseBook,
    Entry,
    Section,
    by_stake,
    command,
    largest,
    notice_entry,
)
from relance.application.office import Desk
from relance.application.ports import STALE_AFTER
from relance.application.stakes import stake_of
from relance.domain.escalation.late_answers import LONG_UNREAD, unread_alert
from relance.domain.holds import UnreadReply
from relance.domain.notice import Notice, NoticeStatus
from relance.domain.team import FINANCE


def approvals(book: CaseBook, live: Sequence[Notice]) -> Section:
    """Messages that nobody has approved nor refused yet."""
    waiting = (
        one
        for one in live
        if one.status is NoticeStatus.AWAITING_APPROVAL and one.approved_by is None
    )
    chosen, beyond = largest(waiting)
    return by_stake([_awaited(book, one, "approve", one.created_at) for one in chosen], beyond)


def doubtful(book: CaseBook, live: Sequence[Notice]) -> Section:
    """May have left: a person must say so, nothing is sent twice."""
    desk = book.desk
    stuck = (
        one
        for one in live
        if one.status is NoticeStatus.SENDING and one.updated_at <= desk.now - STALE_AFTER
    )
    chosen, beyond = largest(stuck)
    return by_stake([_awaited(book, one, "resolve", one.updated_at) for one in chosen], beyond)


def _awaited(book: CaseBook, notice: Notice, verb: str, since: datetime) -> Entry:
    typed = command(verb, book.desk.creditor.code, notice.id)
    return notice_entry(book, notice) | {"command": typed, "days": _age(book.desk, since)}


def _with_alert(desk: Desk, entry: Entry, received_on: date) -> Entry:
    """Past two working days it is an alert; past five whoever stands in reads it as well."""
    alert = unread_alert(received_on, desk.calendar, desk.today)
    backup = None
    if alert == LONG_UNREAD and entry["who"] is not None:
        keys = {one.key: one.backup for one in desk.creditor.profile.collectors}
        backup = keys.get(str(entry["who"]))
    days = (desk.today - received_on).days
    return entry | {"days": days, "alert": alert, "also": backup}


def replies_to_read(book: CaseBook) -> Section:
    """Those that hold a case, and those that no case could be found for: the oldest first."""
    codes = book.desk.cases.to_read()
    entries = [entry for code in codes[:READ_AT_MOST] for entry in _unread(book, code)]
    entries += _triage(book.desk)
    entries.sort(key=lambda one: (-_days(one), str(one["debtor_code"])))
    return Section(tuple(entries), max(0, len(codes) - READ_AT_MOST))


def _unread(book: CaseBook, code: str) -> Iterable[Entry]:
    desk, case = book.desk, book.case(code)
    for hold in case.holds if case else ():
        if case is not None and isinstance(hold, UnreadReply):
            items = tuple(item.key for item in case.open_items)
            entry = book.entry(code) | {
                "asked": stake_of(desk, ((case, items),)),
                "command": command("seen", desk.creditor.code, code, hold.key),
            }
            yield _with_alert(desk, entry, hold.received_on)


def _triage(desk: Desk) -> list[Entry]:
    """A person finds whose they are: nothing is shown of them here, `relance todo` lists them."""
    entry: Entry = {
        "debtor_code": "",
        "debtor_name": None,
        "asked": {},
        "who": FINANCE,
        "command": command("todo", desk.creditor.code),
    }
    return [
        _with_alert(desk, entry, _local_day(desk, reply.received_at))
        for reply in desk.stores.replies.triage()
        if reply.seen_at is None
    ]


def _days(entry: Entry) -> int:
    days = entry["days"]
    return days if isinstance(days, int) else 0


def _age(desk: Desk, since: datetime) -> int:
    """Days between dates, in the creditor's zone."""
    return (desk.today - _local_day(desk, since)).days


def _local_day(desk: Desk, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(desk.creditor.profile.zone)).date()
