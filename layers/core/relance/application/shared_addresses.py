"""The guard on recipients: an address that many unrelated debtors share stops the run, and a person
is asked (design §5 rule 7).
"""

from collections.abc import Sequence
from dataclasses import replace
from shlex import quote

from relance.application.office import Desk, Office
from relance.application.staff_mail import StaffMail
from relance.domain.escalation.caps import Counted, count_of
from relance.domain.escalation.shared_address import is_suspect


def without_strangers(
    desk: Desk, leaving: Sequence[Counted]
) -> tuple[Sequence[Counted], tuple[str, ...]]:
    """Nothing at all of the run, when one of its addresses is that of too many strangers: whatever
    filled the contacts may have mixed up the others too. Answers go to who wrote to us. With the
    addresses that stopped it.
    """
    addresses = {
        recipient.email.lower()
        for notice, _ in leaving
        for recipient in notice.recipients
        if recipient.email and notice.answers is None
    }
    suspects = tuple(one for one in sorted(addresses) if _is_suspect(desk, one))
    if not suspects:
        return leaving, ()
    return [one for one in leaving if one[0].answers is not None], suspects


def ask_about(desk: Desk, suspects: Sequence[str], office: Office, staff: StaffMail) -> None:
    """Once a day, whoever looks again. Raises Conflict."""
    creditor = desk.creditor
    count = count_of(creditor.dispatched, desk.today)
    if set(suspects) <= set(count.stopped_for):
        return
    known = tuple(sorted({*count.stopped_for, *suspects}))
    office.creditors.save(replace(creditor, dispatched=replace(count, stopped_for=known)))
    asked = [
        {
            "address": one,
            "debtors": list(desk.cases.of_address(one)),
            "command": f"relance allow-address {quote(creditor.code)} {quote(one)}",
        }
        for one in suspects
    ]
    staff.tell(desk, "run_stopped", creditor.profile.finance_email, {"addresses": asked})


def _is_suspect(desk: Desk, address: str) -> bool:
    if address in desk.creditor.allowed_addresses:
        return False
    codes = desk.cases.of_address(address)
    loaded = (desk.cases.load(code, desk.creditor) for code in codes)
    return is_suspect(case.debtor for case in loaded if case is not None)
