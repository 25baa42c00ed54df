"""What a claim lacks to be certain, liquid and due (*certaine, liquide et exigible*), as the file
of the case shows it. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relance.domain.case import Case
from relance.domain.escalation.netting import Account, net_account
from relance.domain.escalation.position import is_formal_notice
from relance.domain.evidence import EvidenceEntry
from relance.domain.open_item import ItemKey
from relance.domain.policy import Policy
from relance.domain.working_days import WorkingCalendar


class Piece(StrEnum):
    """What a court asks for. The kinds of documents are those of `document_words`."""

    ORDER = "order"
    DELIVERY = "delivery"
    INVOICE = "invoice"
    FORMAL_NOTICE = "formal_notice"
    DEPOSIT = "deposit"
    """The proof that the formal notice was given to the post."""
    NO_DISPUTE = "no_dispute"
    DUE_DATE = "due_date"
    AMOUNT = "amount"
    """No credit, receipt or promise leaves a doubt about how much is owed."""


DOCUMENTS = (Piece.ORDER, Piece.DELIVERY, Piece.INVOICE, Piece.DEPOSIT)


@dataclass(frozen=True, slots=True)
class MissingPiece:
    piece: Piece
    items: tuple[ItemKey, ...]


def missing_pieces(
    case: Case,
    history: Sequence[EvidenceEntry],
    keys: Iterable[ItemKey],
    policy: Policy,
    calendar: WorkingCalendar,
) -> tuple[MissingPiece, ...]:
    """Per piece, the claims among `keys` that lack it, in the order of a file."""
    account = net_account(case, calendar)
    claims = [key for key in dict.fromkeys(keys) if key in account]
    found = []
    for piece in Piece:
        lacking = tuple(key for key in claims if _lacks(piece, key, case, history, account, policy))
        found += [MissingPiece(piece, lacking)] if lacking else []
    return tuple(found)


def has_document(history: Iterable[EvidenceEntry], kind: str, key: ItemKey) -> bool:
    """Whether a document of that kind, filed in the case, names this item."""
    named = (e.facts.get("items", "") for e in history if e.kind == f"document-{kind}")
    return any(key in items.split("; ") for items in named)


def pieces_text(missing: Iterable[MissingPiece]) -> str:
    """As in "order=FA-1|invoice|1 FA-2|invoice|1; deposit=FA-1|invoice|1"."""
    return "; ".join(f"{one.piece}={' '.join(one.items)}" for one in missing)


def _lacks(
    piece: Piece,
    key: ItemKey,
    case: Case,
    history: Sequence[EvidenceEntry],
    account: Account,
    policy: Policy,
) -> bool:
    rest = account[key]
    if piece in DOCUMENTS:
        return not has_document(history, piece, key)
    if piece is Piece.FORMAL_NOTICE:
        done = case.progress_of(key).standing
        return not any(is_formal_notice(step, policy) for step in done)
    if piece is Piece.NO_DISPUTE:
        return rest.disputed > 0
    if piece is Piece.DUE_DATE:
        return rest.item.due_date is None
    return rest.chaseable + rest.disputed != rest.item.open_amount
