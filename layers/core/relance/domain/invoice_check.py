"""Which mandatory mentions an invoice lacks: dated data with their source, pure.

A mention that is missing does not cancel the right it is about (penalties and the 40 € are owed
without it), but it is fined, and a missing due date or order number is what payments wait for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

COMMERCE = "C. com. art. L441-9"
TAX = "CGI ann. II art. 242 nonies A"
DECREE_2022 = "décret 2022-1299 (CGI ann. II art. 242 nonies A, I, 6° bis, 17°, 18°)"
ALWAYS = date.min
E_INVOICING = date(2027, 9, 1)
"""When the last companies must issue e-invoices, and the four mentions of 2022 bind them all."""


@dataclass(frozen=True, slots=True)
class Mention:
    """since: of the invoices issued from that day on; advised: owed only in a case that the invoice
    itself does not show (an order number, when the buyer gave one).
    """

    code: str
    source: str
    since: date = ALWAYS
    advised: bool = False


MENTIONS = (
    Mention("number", TAX),
    Mention("issue-date", COMMERCE),
    Mention("seller-name", COMMERCE),
    Mention("seller-address", COMMERCE),
    Mention("seller-siren", "C. com. art. R123-237"),
    Mention("seller-vat-number", TAX),
    Mention("buyer-name", COMMERCE),
    Mention("buyer-address", COMMERCE),
    Mention("order-number", COMMERCE, advised=True),
    Mention("supply-date", COMMERCE),
    Mention("line-quantity", COMMERCE),
    Mention("line-description", COMMERCE),
    Mention("line-unit-price", COMMERCE),
    Mention("vat-rate", TAX),
    Mention("vat-amount", TAX),
    Mention("total-without-vat", TAX),
    Mention("total-with-vat", TAX),
    Mention("due-date", COMMERCE),
    Mention("discount-terms", COMMERCE),
    Mention("late-penalty-rate", COMMERCE),
    Mention("recovery-indemnity", "C. com. art. L441-9, D441-5"),
    Mention("buyer-siren", DECREE_2022, since=E_INVOICING),
    Mention("operation-category", DECREE_2022, since=E_INVOICING),
)


@dataclass(frozen=True, slots=True)
class InvoiceCheck:
    """missing: what the law asks of every invoice of that day; advised: what it asks in some cases;
    coming: what it will ask from a later day on.
    """

    missing: tuple[str, ...]
    advised: tuple[str, ...]
    coming: tuple[str, ...] = ()


def check_invoice(found: Iterable[str], issued: date | None) -> InvoiceCheck:
    """found: codes of the mentions that are there; issued None: judged by what binds already."""
    there = set(found)
    lacking = [mention for mention in MENTIONS if mention.code not in there]
    binding = [mention for mention in lacking if mention.since <= (issued or ALWAYS)]
    return InvoiceCheck(
        missing=tuple(m.code for m in binding if not m.advised),
        advised=tuple(m.code for m in binding if m.advised),
        coming=tuple(m.code for m in lacking if m not in binding),
    )


def source_of(code: str) -> str:
    return next((mention.source for mention in MENTIONS if mention.code == code), "")
