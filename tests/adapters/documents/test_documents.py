"""Invoices, orders and proofs: what they are, what they say, and which are refused."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relance.adapters.documents import DocumentRefused, is_document, read_document
from relance.adapters.documents.document_words import kind_of
from relance.application.drop_contents import InvoiceFacts
from tests.adapters.documents.samples import CII, a_factur_x, a_pdf

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 50
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 50


def test_a_factur_x_invoice() -> None:
    found = read_document(a_factur_x(), name="FA-1.pdf")
    assert (found.kind, found.pages, found.content_type) == ("invoice", 1, "application/pdf")
    assert found.numbers == ("FA-1",)
    assert found.facts == InvoiceFacts(
        number="FA-1",
        issue_date=date(2026, 3, 2),
        due_date=date(2026, 4, 1),
        order_number="PO-9",
        total=Decimal("1200.00"),
        currency="EUR",
        buyer_name="Menuiserie Dupont SARL",
        buyer_siren="552100554",
        missing_mentions=(),
        advised_mentions=(),
        coming_mentions=("operation-category",),
    )


@pytest.mark.parametrize(
    ("cut", "code"),
    [
        ("Pénalités de retard : 10 %.", "late-penalty-rate"),
        ("<ram:LineOne>12 rue des Lilas</ram:LineOne>", "buyer-address"),
        ('<ram:ID schemeID="VA">FR44732829320</ram:ID>', "seller-vat-number"),
        ('<ram:BilledQuantity unitCode="C62">10</ram:BilledQuantity>', "line-quantity"),
        ("<ram:RateApplicablePercent>20</ram:RateApplicablePercent>", "vat-rate"),
    ],
)
def test_a_mention_that_is_cut_out_is_missing(cut: str, code: str) -> None:
    assert cut in CII
    found = read_document(a_factur_x(CII.replace(cut, "")), name="x.pdf")
    assert found.facts is not None
    assert found.facts.missing_mentions == (code,)


def test_the_text_of_the_first_page() -> None:
    found = read_document(a_pdf("Bon de livraison 77 - facture FA-12"), name="scan.pdf")
    assert (found.kind, found.text.strip()) == ("delivery", "Bon de livraison 77 - facture FA-12")


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
def test_pictures(content: bytes, kind: str) -> None:
    found = read_document(content, name="proofs/BL FA-1.png")
    assert (found.kind, found.content_type, found.pages) == ("delivery", kind, None)


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("FA-1 bon de livraison.pdf", "", "delivery"),
        ("proofs/FA-1.pdf", "", "delivery"),
        ("BC_4500.pdf", "", "order"),
        ("commandes/4500.pdf", "", "order"),
        ("bon de livraison de la commande 4500.pdf", "", "delivery"),
        ("Facture FA-1.pdf", "", "invoice"),
        ("POD-FA-1.jpg", "", "delivery"),
        ("scan.pdf", "FACTURE N° FA-1", "invoice"),
        ("Preuve de dépôt FA-1.pdf", "", "deposit"),
        ("LRAR FA-1.pdf", "", "deposit"),
        ("proof of deposit FA-1.pdf", "", "deposit"),
        ("récépissé FA-1.pdf", "", "delivery"),
        ("scan.pdf", "", "other"),
    ],
)
def test_what_a_document_is(path: str, text: str, kind: str) -> None:
    assert kind_of(path, text) == kind


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<rsm:CrossIndustryInvoice>&b;</rsm:CrossIndustryInvoice>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><x/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (a_pdf(password="secret"), "pdf-encrypted"),
        (a_pdf(javascript=True), "pdf-active"),
        (a_pdf(launch=True), "pdf-active"),
        (a_pdf(pages=501), "pdf-pages"),
        (b"%PDF-1.7\nnothing more", "pdf-damaged"),
        (b"%PDF-1.7" + b"x" * 25_000_000, "document-too-large"),
        (a_factur_x(BOMB), "factur-x-damaged"),
        (a_factur_x(OUTSIDE), "factur-x-damaged"),
        (a_factur_x("<not xml"), "factur-x-damaged"),
    ],
)
def test_refused(content: bytes, code: str) -> None:
    assert is_document(content)
    with pytest.raises(DocumentRefused) as refused:
        read_document(content, name="x.pdf")
    assert refused.value.code == code


_WHOLE = a_factur_x()


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_file_is_refused_or_read_and_nothing_else(at: int, noise: bytes) -> None:
    content = _WHOLE[:at] + noise + _WHOLE[at + len(noise) :]
    if not is_document(content):
        return
    try:
        read_document(content, name="x.pdf")
    except DocumentRefused:
        return
