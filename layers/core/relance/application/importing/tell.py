"""The finance team hears of each drop: the import is over by then, so this is done at best."""

from dataclasses import astuple, fields

from relance.application.importing.doors import ImportDoors, ImportOutcome
from relance.application.importing.drop import Drop
from relance.application.importing.report import NO_SENDER, ImportReport
from relance.application.ports import (
    ImportRecord,
    SendNotAttempted,
    SendOutcomeUnknown,
    SendRefused,
    SendThrottled,
)
from relance.domain.creditor import Creditor, PaymentDetails, PendingDetails
from relance.domain.notice_content import OutgoingMail


def tell(
    doors: ImportDoors,
    drop: Drop,
    creditor: Creditor | None,
    report: ImportReport,
    done: ImportRecord,
) -> ImportOutcome:
    """Keep the page and the message beside the report, and mail it once payment details are
    confirmed: before, nothing says which address we may write from.
    """
    if creditor is None:
        return outcome_of(done, drop, mail=NO_SENDER)
    values = report.values(drop, creditor)
    mail = _message(doors, creditor, "import_report", creditor.profile.finance_email, values)
    if done.report_key is not None:
        name = done.report_key.removesuffix(".json")
        page = doors.pages.page(profile=creditor.profile, values=values)
        doors.reports.put(f"{name}.html", page, content_type="text/html; charset=utf-8")
        doors.reports.put(f"{name}.eml", mail.raw, content_type="message/rfc822")
    return outcome_of(done, drop, mail=send_staff(doors, creditor, [mail]))


def alert_pending(doors: ImportDoors, before: Creditor, after: Creditor) -> str:
    """Whoever was in charge of the money until now hears of it, even when the same file changes the
    finance address.
    """
    pending = after.pending
    if pending is None or after.payment is None:
        return NO_SENDER
    context: dict[str, object] = {
        "uploaded_by": pending.uploaded_by,
        "changes": _changes(after.payment, pending),
        "confirmed_by": pending.confirmed_by,
    }
    addresses = dict.fromkeys((before.profile.finance_email, after.profile.finance_email))
    mails = [_message(doors, after, "payment_details_pending", to, context) for to in addresses]
    return send_staff(doors, after, mails)


def outcome_of(done: ImportRecord, drop: Drop, *, mail: str | None = None) -> ImportOutcome:
    """mail None: the drop had been told before."""
    return ImportOutcome(
        status=done.status,
        creditor=drop.creditor,
        code=done.code,
        import_seq=done.import_seq,
        counts=done.counts,
        report_key=done.report_key,
        again=mail is None,
        mail=mail,
    )


def send_staff(doors: ImportDoors, creditor: Creditor, mails: list[OutgoingMail]) -> str:
    """ "sent", or the code of what kept it from leaving."""
    if creditor.payment is None:
        return NO_SENDER
    try:
        for mail in mails:
            doors.mailer.send(mail)
    except (SendRefused, SendNotAttempted, SendThrottled, SendOutcomeUnknown) as error:
        return error.code
    return "sent"


def _message(
    doors: ImportDoors, creditor: Creditor, template: str, to: str, context: dict[str, object]
) -> OutgoingMail:
    domain = creditor.profile.finance_email.rpartition("@")[2]
    if creditor.payment is not None:
        domain = creditor.payment.sender_domain
    return doors.renderer.message(
        template, profile=creditor.profile, sender_domain=domain, to=to, context=context
    )


def _changes(payment: PaymentDetails, pending: PendingDetails) -> list[dict[str, str | None]]:
    names = [one.name for one in fields(PaymentDetails)]
    both = zip(names, astuple(payment), astuple(pending.details), strict=True)
    return [{"field": name, "old": old, "new": new} for name, old, new in both if old != new]
