"""The invoice inside a Factur-X or ZUGFeRD file (UN/CEFACT Cross Industry Invoice, XML).

Profiles differ in what they hold (MINIMUM has no lines): what is not there is not invented. DTDs,
entities and outside references are refused.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from stdnum.fr import siren as siren_number

from relance.adapters.documents.document_words import plain
from relance.adapters.documents.errors import DocumentRefused
from relance.application.drop_contents import InvoiceFacts
from relance.domain.invoice_check import check_invoice

_NAMES = frozenset({"factur-x.xml", "zugferd-invoice.xml", "zugferd_invoice.xml", "xrechnung.xml"})
_SIREN_SCHEMES = frozenset({None, "0002", "0009"})
"""SIREN, SIRET, or none given."""
_PENALTIES = re.compile(r"penalit\w* (?:de )?retard|interets? (?:de )?retard|late payment|late fee")
_INDEMNITY = re.compile(
    r"indemnite forfaitaire|recovery (?:cost|indemnity|fee)|frais de recouvrement"
)
_DISCOUNT = re.compile(r"\bescompte|cash discount|early payment")
_CATEGORY = re.compile(r"livraisons? de biens|prestations? de services?|goods|services")


def read_factur_x(attachments: dict[str, bytes]) -> InvoiceFacts | None:
    """None: no structured invoice inside. Raises DocumentRefused for one that cannot be trusted."""
    xml = next((text for name, text in attachments.items() if name.lower() in _NAMES), None)
    if xml is None:
        return None
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise DocumentRefused("factur-x-damaged") from error
    return _Invoice(root).facts()


class _Invoice:
    """Elements by their local names: versions of the format change the namespaces."""

    def __init__(self, root: Element):
        self._root = root

    def facts(self) -> InvoiceFacts | None:
        number = self._text("ExchangedDocument", "ID")
        if number is None:
            return None
        issued = _day(self._text("ExchangedDocument", "IssueDateTime", "DateTimeString"))
        check = check_invoice(self.mentions(), issued)
        total = self._text(*_SUMS, "GrandTotalAmount")
        return InvoiceFacts(
            number=number,
            issue_date=issued,
            due_date=_day(self._text(*_TERMS, "DueDateDateTime", "DateTimeString")),
            order_number=self._text(*_ORDER),
            total=_amount(total),
            currency=self._text(*_SETTLEMENT, "InvoiceCurrencyCode"),
            buyer_name=self._text(*_BUYER, "Name"),
            buyer_siren=self._siren(*_BUYER),
            missing_mentions=check.missing,
            advised_mentions=check.advised,
            coming_mentions=check.coming,
        )

    def mentions(self) -> Iterator[str]:
        """Codes of `invoice_check` of what is there."""
        paths = {
            "number": ("ExchangedDocument", "ID"),
            "issue-date": ("ExchangedDocument", "IssueDateTime", "DateTimeString"),
            "seller-name": (*_SELLER, "Name"),
            "seller-address": (*_SELLER, "PostalTradeAddress", "LineOne"),
            "seller-vat-number": (*_SELLER, "SpecifiedTaxRegistration", "ID"),
            "buyer-name": (*_BUYER, "Name"),
            "buyer-address": (*_BUYER, "PostalTradeAddress", "LineOne"),
            "order-number": _ORDER,
            "supply-date": (*_DELIVERY, "ActualDeliverySupplyChainEvent", "OccurrenceDateTime"),
            "line-quantity": (*_LINE, "SpecifiedLineTradeDelivery", "BilledQuantity"),
            "line-description": (*_LINE, "SpecifiedTradeProduct", "Name"),
            "line-unit-price": (*_LINE_PRICE, "ChargeAmount"),
            "vat-rate": (*_SETTLEMENT, "ApplicableTradeTax", "RateApplicablePercent"),
            "vat-amount": (*_SUMS, "TaxTotalAmount"),
            "total-without-vat": (*_SUMS, "TaxBasisTotalAmount"),
            "total-with-vat": (*_SUMS, "GrandTotalAmount"),
            "due-date": (*_TERMS, "DueDateDateTime", "DateTimeString"),
        }
        yield from (code for code, path in paths.items() if self._has(*path))
        if self._siren(*_SELLER):
            yield "seller-siren"
        if self._siren(*_BUYER):
            yield "buyer-siren"
        notes = plain(" ".join(self._notes()))
        written = {
            "late-penalty-rate": _PENALTIES,
            "recovery-indemnity": _INDEMNITY,
            "discount-terms": _DISCOUNT,
            "operation-category": _CATEGORY,
        }
        yield from (code for code, pattern in written.items() if pattern.search(notes))

    def _notes(self) -> Iterator[str]:
        for path in (("ExchangedDocument", "IncludedNote"), _TERMS):
            for one in self._all(path):
                yield " ".join(one.itertext())

    def _siren(self, *party: str) -> str | None:
        """Of its legal registration, else inside its SIRET."""
        for one in self._all((*party, "SpecifiedLegalOrganization", "ID")):
            digits = re.sub(r"\D", "", one.text or "")
            wanted = digits[:9] if len(digits) in {9, 14} else ""
            if one.get("schemeID") in _SIREN_SCHEMES and siren_number.is_valid(wanted):
                return wanted
        return None

    def _text(self, *path: str) -> str | None:
        texts = ((one.text or "").strip() for one in self._all(path))
        return next((text[:200] for text in texts if text), None)

    def _has(self, *path: str) -> bool:
        return any("".join(one.itertext()).strip() for one in self._all(path))

    def _all(self, path: tuple[str, ...]) -> list[Element]:
        found = [self._root]
        for name in path:
            found = [child for one in found for child in one if _local(child) == name]
        return found


_TRADE = ("SupplyChainTradeTransaction",)
_AGREEMENT = (*_TRADE, "ApplicableHeaderTradeAgreement")
_ORDER = (*_AGREEMENT, "BuyerOrderReferencedDocument", "IssuerAssignedID")
_DELIVERY = (*_TRADE, "ApplicableHeaderTradeDelivery")
_SETTLEMENT = (*_TRADE, "ApplicableHeaderTradeSettlement")
_SELLER = (*_AGREEMENT, "SellerTradeParty")
_BUYER = (*_AGREEMENT, "BuyerTradeParty")
_TERMS = (*_SETTLEMENT, "SpecifiedTradePaymentTerms")
_SUMS = (*_SETTLEMENT, "SpecifiedTradeSettlementHeaderMonetarySummation")
_LINE = (*_TRADE, "IncludedSupplyChainTradeLineItem")
_LINE_PRICE = (*_LINE, "SpecifiedLineTradeAgreement", "NetPriceProductTradePrice")


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _day(text: str | None) -> date | None:
    """Format 102: YYYYMMDD; some write it with hyphens."""
    digits = (text or "").replace("-", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _amount(text: str | None) -> Decimal | None:
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < 10**15 else None
