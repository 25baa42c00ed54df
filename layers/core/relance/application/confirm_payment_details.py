"""Payment details apply once two persons other than the uploader confirmed them (design §6)."""

from relance.application.importing.creditor_row import ATTEMPTS
from relance.application.office import Office
from relance.application.ports import Conflict
from relance.application.record_journal import journal
from relance.domain.creditor import Creditor
from relance.domain.creditor_config import confirmed, details_fingerprint


def confirm_payment_details(
    creditor: str, author: str, fingerprint: str | None = None, *, office: Office
) -> Creditor:
    """fingerprint: of the details shown to this person (`details_fingerprint`): if a file replaced
    them since, nothing is confirmed. Raises ConfirmationRefused.
    """
    for attempt in range(ATTEMPTS):
        desk = office.open(creditor)
        changed = confirmed(desk.creditor, author, fingerprint)
        try:
            saved = office.creditors.save(changed)
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
            continue
        pending = desk.creditor.pending
        journal(
            desk,
            author,
            "payment-details-applied" if saved.pending is None else "payment-details-confirmed",
            {"details_sha256": details_fingerprint(pending.details)} if pending else {},
        )
        return saved
    raise AssertionError("unreachable")
