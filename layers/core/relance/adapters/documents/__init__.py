"""Documents of a claim: invoices, orders and proofs of delivery, from bytes to `DocumentFile`.

Nothing of a document is ever run, followed or fetched: its bytes are kept, its facts are read.
"""

from relance.adapters.documents.document_words import kind_of
from relance.adapters.documents.errors import DocumentRefused
from relance.adapters.documents.factur_x import read_factur_x
from relance.application.drop_contents import DocumentFile

__all__ = ["DocumentRefused", "is_document", "read_document"]

MAX_BYTES = 25_000_000
_JPEG, _PNG, _PDF = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-"
_PDF_WITHIN = 1024
"""Readers accept a header after some bytes of a mail or a printer."""


def is_document(content: bytes) -> bool:
    return content.startswith((_JPEG, _PNG)) or _PDF in content[:_PDF_WITHIN]


def read_document(content: bytes, *, name: str) -> DocumentFile:
    """name: the path within the creditor. Raises DocumentRefused."""
    if len(content) > MAX_BYTES:
        raise DocumentRefused("document-too-large", {"limit": str(MAX_BYTES)})
    file_name = name.rsplit("/", 1)[-1]
    if content.startswith((_JPEG, _PNG)):
        image = "image/jpeg" if content.startswith(_JPEG) else "image/png"
        return DocumentFile(kind_of(name, ""), file_name, image, (), content=content)
    from relance.adapters.documents.pdf import read_pdf  # slow to import: only for a PDF

    pdf = read_pdf(content)
    facts = read_factur_x(pdf.attachments)
    return DocumentFile(
        kind="invoice" if facts else kind_of(name, pdf.text),
        file_name=file_name,
        content_type="application/pdf",
        numbers=(facts.number,) if facts else (),
        pages=pdf.pages,
        facts=facts,
        text=pdf.text,
        content=content,
    )
