"""What a customer account number says (plan comptable général, class 41)."""

import re
from enum import StrEnum

from relance.adapters.ledger_files.columns import fold


class Family(StrEnum):
    RECEIVABLE = "receivable"
    UNUSUAL = "unusual"
    """41 and neither of the usual ones (412 agricultural set-offs, 417…): read like 411, said."""
    BILL = "bill"
    DOUBTFUL = "doubtful"
    ADVANCE = "advance"
    """Money that customers paid beforehand, or are owed back."""
    ACCRUAL = "accrual"
    """To be invoiced, or credited: no document exists yet, so there is nothing to ask for."""


_FAMILIES = (
    ("411", Family.RECEIVABLE), ("413", Family.BILL), ("416", Family.DOUBTFUL),
    ("418", Family.ACCRUAL), ("4198", Family.ACCRUAL), ("419", Family.ADVANCE),
    ("41", Family.UNUSUAL),
)  # fmt: skip
_NOBODY = re.compile(
    r"(?:clients? )?(?:(?:de )?passage|divers|comptoir|particuliers?|internet|web|anonymes?|"
    r"detail|boutique|magasin|b2c|site)(?: .*)?$|cash customers?|sundry customers?|walk-?in"
)
_BARE_DIGITS = 4


def family_of(account: str) -> Family | None:
    """None for an account that is not a customer's (409 is the suppliers')."""
    if not account.startswith("41"):
        return None
    return next(family for prefix, family in _FAMILIES if account.startswith(prefix))


def is_bare(account: str) -> bool:
    """A collective account (411, 4110000, 41110000): its number names no customer."""
    return account.isdigit() and len(account.rstrip("0")) <= _BARE_DIGITS


def names_nobody(name: str) -> bool:
    """ "Clients divers", "Passage": many people under one name, nobody to write to."""
    return bool(_NOBODY.match(fold(name).strip()))
