"""A letter is sent like any notice; then the finance team is told that there is one to print, and
its e-mail copy is queued.
"""

from collections.abc import Callable

from relance.application.dispatch import Gate, dispatch, waits
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
    if report.status != NoticeStatus.SENT or _is_rehearsal(creditor, notice_id, office):
        return report
    if report.reason == "step-due" and not _tell(creditor, notice_id, office, staff):
        report = SendReport(notice_id, report.status, "sent-but-team-not-told")
    _dispatch_copy(creditor, notice_id, Gate(office, queue, staff))
    return report


def _is_rehearsal(creditor: str, notice_id: str, office: Office) -> bool:
    """Nothing to print, and the test address has it already."""
    return office.stores.of(creditor).notices.get(notice_id).rehearsal


def _dispatch_copy(creditor: str, notice_id: str, gate: Gate) -> None:
    """Let out with its letter; queued again when it was let out and its message got lost."""
    desk = gate.office.open(creditor)
    letter = desk.stores.notices.get(notice_id)
    case = desk.case(letter.debtor)
    busy = (one for one in (case.live, *case.answering) if one and one.id == copy_id(letter))
    found = next(busy, None)
    if found is None or found.status is not NoticeStatus.PLANNED:
        return
    copy = desk.stores.notices.get(found.id)
    if waits(desk, copy):
        dispatch(desk, (copy,), gate=gate)
    elif copy.dispatched_on == desk.today:
        gate.queue.put(creditor, copy.id, Channel.EMAIL)


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
