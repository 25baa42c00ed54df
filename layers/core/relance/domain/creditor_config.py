"""What `creditor.yaml` changes of a creditor, and what two persons must confirm (design §6)."""

import hashlib
import json
from dataclasses import astuple, replace

from relance.domain.creditor import Creditor, CreditorProfile, PaymentDetails, PendingDetails
from relance.domain.errors import RelanceError
from relance.domain.looking_again import with_look_again

CONFIRMATIONS_NEEDED = 2


class ConfirmationRefused(RelanceError):
    """This person may not confirm these payment details, or there is nothing to confirm."""


def with_profile(
    creditor: Creditor | None,
    profile: CreditorProfile,
    payment: PaymentDetails | None,
    uploaded_by: str,
) -> Creditor:
    """The profile applies at once; payment details that differ wait, whatever the file says."""
    known = replace(creditor, profile=profile) if creditor else Creditor(profile)
    known = with_look_again(creditor, known)
    if payment is None or payment == known.payment:
        return known
    if known.pending is not None and known.pending.details == payment:
        return known
    return replace(known, pending=PendingDetails(payment, uploaded_by))


def confirmed(creditor: Creditor, by: str, fingerprint: str | None) -> Creditor:
    """One confirmation more; with the second the details apply. Raises ConfirmationRefused.

    fingerprint: of the details that this person saw, when the caller showed them.
    """
    pending = creditor.pending
    if pending is None:
        raise ConfirmationRefused("no-pending-payment-details")
    if fingerprint is not None and fingerprint != details_fingerprint(pending.details):
        raise ConfirmationRefused("payment-details-changed-since-seen")
    if not _person(by) or _person(by) == _person(pending.uploaded_by):
        raise ConfirmationRefused("confirmation-by-uploader")
    if _person(by) in map(_person, pending.confirmed_by):
        raise ConfirmationRefused("confirmation-given-already")
    confirmations = (*pending.confirmed_by, by.strip())
    if len(confirmations) < CONFIRMATIONS_NEEDED:
        return replace(creditor, pending=replace(pending, confirmed_by=confirmations))
    return replace(creditor, payment=pending.details, pending=None)


def details_fingerprint(details: PaymentDetails) -> str:
    """SHA-256 (hex) of what somebody confirms."""
    return hashlib.sha256(json.dumps(astuple(details), ensure_ascii=False).encode()).hexdigest()


def _person(name: str) -> str:
    return " ".join(name.casefold().split())
