"""A person withholds one message of the day before it leaves."""

from relance.application.notice_outcomes import Outcome, record_given_up
from relance.application.office import Office
from relance.application.people import NotAllowed
from relance.domain.notice import Notice, NoticeStatus


def stop_notice(
    creditor: str, notice_id: str, author: str, reason: str = "", *, office: Office
) -> Notice:
    """It does not leave today; its items are decided again the next working day. Raises NotAllowed
    when it has left already, or waits for an approval, which is refused instead.
    """
    desk = office.open(creditor)
    notice = desk.stores.notices.get(notice_id)
    if notice.status is not NoticeStatus.PLANNED:
        raise NotAllowed("not-to-be-stopped", {"status": str(notice.status)})
    personal = {"reason": reason} if reason else {}
    outcome = Outcome("notice-stopped", author, {}, personal=personal)
    return record_given_up(desk, notice, NoticeStatus.WITHHELD, "stopped-by-person", outcome)
