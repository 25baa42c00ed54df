"""A letter is sent like any notice; then the finance team is told that there is one to print."""

from collections.abc import Callable

from relance.application.office import Office
from relance.application.ports import (
    Mailer,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
    StaffRenderer,
)
from relance.application.send_notice import SendReport
from relance.domain.notice import NoticeStatus

SendOne = Callable[[str, str], SendReport]


def send_letter(
    creditor: str,
    notice_id: str,
    *,
    send: SendOne,
    office: Office,
    renderer: StaffRenderer,
    mailer: Mailer,
) -> SendReport:
    """Telling the team is best effort: the letter is in its folder whatever the mail does."""
    report = send(creditor, notice_id)
    if report.status == NoticeStatus.SENT and report.reason == "step-due":
        try:
            _tell(creditor, notice_id, office, renderer, mailer)
        except (SendRefused, SendThrottled, SendNotAttempted, SendOutcomeUnknown):
            return SendReport(notice_id, report.status, "sent-but-team-not-told")
    return report


def _tell(
    creditor: str, notice_id: str, office: Office, renderer: StaffRenderer, mailer: Mailer
) -> None:
    desk = office.open(creditor)
    notice = desk.stores.notices.get(notice_id)
    payment = desk.creditor.payment
    if payment is None:
        return
    context: dict[str, object] = {
        "at": desk.now,
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
    profile = desk.creditor.profile
    mail = renderer.message(
        "letters_to_print",
        profile=profile,
        sender_domain=payment.sender_domain,
        to=profile.finance_email,
        context=context,
    )
    mailer.send(mail)
