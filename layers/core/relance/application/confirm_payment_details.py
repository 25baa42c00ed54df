"""Payment details apply once two persons other than the uploader confirmed them (design §6)."""

from relance.application.change_creditor import change_creditor
from relance.application.office import Office
from relance.domain.creditor import Creditor, PaymentDetails
from relance.domain.creditor_config import confirmed, details_fingerprint
from relance.domain.evidence import EvidenceDraft


def confirm_payment_details(
    creditor: str, author: str, fingerprint: str | None = None, *, office: Office
) -> Creditor:
    """fingerprint: of the details shown to this person (`details_fingerprint`): if a file replaced
    them since, nothing is confirmed. Raises ConfirmationRefused.
    """

    def prove(after: Creditor) -> EvidenceDraft:
        details = _details(after)
        kind = "payment-details-confirmed" if after.pending else "payment-details-applied"
        facts = {"details_sha256": details_fingerprint(details)} if details else {}
        return EvidenceDraft(office.clock.now(), author, kind, facts)

    return change_creditor(
        office.creditors, creditor, lambda c: confirmed(c, author, fingerprint), prove
    )


def _details(creditor: Creditor) -> PaymentDetails | None:
    return creditor.pending.details if creditor.pending else creditor.payment
