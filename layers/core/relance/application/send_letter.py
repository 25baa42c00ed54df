"""A letter is sent like any notice; then the finance team is told that there is one to print, and
its e-mail copy is queued.
"""

from collections.abc import Callable

from relance.application.draft_notice import copy_id
from relance.application.office import Office
from relance.application.ports import NoticeQueue
from relance.application.send_notice import SendReport
from relance.application.staff_mail import StaffMail
from relance.domain.notice import NoticeStatus
from relance.domain.policy import Channel

SendOne = Callable[[str, str], SendReport]


def send_letter(
    creditor: str,
    notice_id: str,
    *,
    send: SendOne,
    office: Office,
    staff: StaffMail,
    queue: NoticeQueue,
) -> SendReport:
    """Telling the team is best effort: the letter is in its folder whatever the mail does. The copy
    is queued again when the queue brings a sent letter back: it leaves once all the same.
    """
    report = send(creditor, notice_id)
    if report.status != NoticeStatus.SENT:
        return report
    if report.reason == "step-due" and not _tell(creditor, notice_id, office, staff):
        report = SendReport(notice_id, report.status, "sent-but-team-not-told")
    _queue_copy(creditor, notice_id, office, queue)
    return report


def _queue_copy(creditor: str, notice_id: str, office: Office, queue: NoticeQueue) -> None:
    desk = office.open(creditor)
    letter = desk.stores.notices.get(notice_id)
    case, copy = desk.case(letter.debtor), copy_id(letter)
    found = next((one for one in (case.live, *case.answering) if one and one.id == copy), None)
    if found is not None and found.status is NoticeStatus.PLANNED:
        queue.put(creditor, copy, Channel.EMAIL)


def _tell(creditor: str, notice_id: str, office: Office, staff: StaffMail) -> bool:
    desk = office.open(creditor)
    notice = desk.stores.notices.get(notice_id)
    context: dict[str, object] = {
        "day": desk.today,
        "folder": (notice.provider_reference or "").rpartition("/")[0],
        "letters": [
            {
                "debtor_code": notice.debtor,
                "debtor_name": desk.case(notice.debtor).debtor.name,
                "registered": notice.channel == "registered_letter",
                "pages": notice.pages or 0,
                "file": (notice.provider_reference or "").rpartition("/")[2],
            }
        ],
    }
    return staff.tell(desk, "letters_to_print", desk.creditor.profile.finance_email, context)
