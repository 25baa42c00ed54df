"""Why a document is not taken."""

from relance.domain.errors import RelanceError


class DocumentRefused(RelanceError):
    """It cannot be kept as evidence as it is: encrypted, active, damaged, too large."""
