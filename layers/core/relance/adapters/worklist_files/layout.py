"""Where everything stands in the workbook."""

from dataclasses import dataclass
from enum import StrEnum

from relance.adapters.messages.reasons import Sentence
from relance.application.worklists.rows import RowKind

AUTHOR_ROW, HELP_ROW, HEADER_ROW = 2, 3, 4
"""1-based; the title is above, the rows begin under the header."""
AUTHOR_COLUMN = 2
"""0-based: beside its label, over three columns."""
MARKER = "relance-worklist"
VERSION = "1"


class Col(StrEnum):
    KIND = "kind"
    CODE = "debtor_code"
    NAME = "debtor_name"
    STAKE = "stake"
    CURRENCY = "currency"
    ASK = "ask"
    CONTACT = "contact"
    PHONE = "phone"
    ITEMS = "items"
    OUTCOME = "outcome"
    DAY = "date"
    AMOUNT = "amount"
    MEANS = "means"
    SPOKE_TO = "spoke_to"
    NUMBERS = "numbers"
    NOTE = "note"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Column:
    """width: in characters."""

    col: Col
    title: Sentence
    width: int


COLUMNS: tuple[Column, ...] = (
    Column(Col.KIND, Sentence("Type", "Kind"), 13),
    Column(Col.CODE, Sentence("Code client", "Customer code"), 12),
    Column(Col.NAME, Sentence("Client", "Customer"), 26),
    Column(Col.STAKE, Sentence("Enjeu", "At stake"), 12),
    Column(Col.CURRENCY, Sentence("Devise", "Currency"), 8),
    Column(Col.ASK, Sentence("À demander, ou pourquoi", "What to ask, or why"), 44),
    Column(Col.CONTACT, Sentence("Contact", "Contact"), 22),
    Column(Col.PHONE, Sentence("Téléphone", "Telephone"), 17),
    Column(Col.ITEMS, Sentence("Pièces", "Documents"), 36),
    Column(Col.OUTCOME, Sentence("Résultat", "Outcome"), 24),
    Column(Col.DAY, Sentence("Date", "Date"), 12),
    Column(Col.AMOUNT, Sentence("Montant", "Amount"), 12),
    Column(Col.MEANS, Sentence("Moyen", "Means"), 14),
    Column(Col.SPOKE_TO, Sentence("Interlocuteur", "Spoke to"), 18),
    Column(Col.NUMBERS, Sentence("Pièces concernées", "Documents concerned"), 18),
    Column(Col.NOTE, Sentence("Note", "Note"), 36),
    Column(Col.REFERENCE, Sentence("Référence (ne pas changer)", "Reference (do not change)"), 24),
)
PLACES: dict[Col, int] = {column.col: place for place, column in enumerate(COLUMNS)}

TO_FILL: tuple[Col, ...] = (
    Col.OUTCOME,
    Col.DAY,
    Col.AMOUNT,
    Col.MEANS,
    Col.SPOKE_TO,
    Col.NUMBERS,
    Col.NOTE,
)
_ANSWER = frozenset({Col.OUTCOME, Col.NOTE})
FILLED: dict[RowKind, frozenset[Col]] = {
    RowKind.CALL: frozenset(TO_FILL),
    RowKind.REPLY: frozenset(TO_FILL),
    RowKind.APPROVAL: _ANSWER,
    RowKind.CHECK: _ANSWER,
    RowKind.ARRANGEMENT: _ANSWER,
}
"""What a person may write in each kind of row: the other cells are closed."""
