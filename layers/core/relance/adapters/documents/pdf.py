"""A PDF seen from outside: pages, first page's text, embedded files. Encrypted, active or damaged
ones are refused.
"""

import io
import logging
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from relance.adapters.documents.errors import DocumentRefused

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would log parts of what it reads
MAX_PAGES = 500
MAX_ATTACHMENTS = 20
MAX_ATTACHED_BYTES = 10_000_000
_SHOWN_CHARS = 20_000
_ACTIVE = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})
_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Pdf:
    """text: of the first page, "" when it is a picture or cannot be read."""

    pages: int
    text: str = field(repr=False)
    attachments: dict[str, bytes] = field(repr=False)


def read_pdf(content: bytes) -> Pdf:
    """Raises DocumentRefused."""
    try:
        return _read(PdfReader(io.BytesIO(content), strict=False))
    except DocumentRefused:
        raise
    except (PyPdfError, RecursionError, MemoryError) as error:
        raise DocumentRefused("pdf-damaged") from error
    except Exception as error:  # a hostile file makes the library fail in any way
        raise DocumentRefused("pdf-damaged") from error


def _read(reader: PdfReader) -> Pdf:
    if reader.is_encrypted:
        raise DocumentRefused("pdf-encrypted")
    pages = len(reader.pages)
    if not 0 < pages <= MAX_PAGES:
        raise DocumentRefused("pdf-pages", {"limit": str(MAX_PAGES)})
    _check_passive(reader)
    return Pdf(pages, _first_text(reader), _attachments(reader))


def _check_passive(reader: PdfReader) -> None:
    """What would run when it is opened, or when a page of it is shown."""
    root = reader.root_object
    names = _resolved(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        raise DocumentRefused("pdf-active")
    watched: list[Any] = [root.get("/OpenAction"), root.get("/AA")]
    for page in reader.pages:
        watched.append(page.get("/AA"))
        annotations = _resolved(page.get("/Annots"))
        for one in annotations if isinstance(annotations, list) else ():
            held = _resolved(one)
            if isinstance(held, DictionaryObject):
                watched += [held.get("/A"), held.get("/AA")]
    if any(_is_active(one, _DEPTH) for one in watched):
        raise DocumentRefused("pdf-active")


def _is_active(value: Any, depth: int) -> bool:
    held = _resolved(value)
    if not isinstance(held, DictionaryObject) or depth == 0:
        return False
    if held.get("/S") in _ACTIVE or "/JS" in held:
        return True
    return any(_is_active(one, depth - 1) for key, one in held.items() if key not in {"/P", "/D"})


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _first_text(reader: PdfReader) -> str:
    """It only helps to match: a page whose text cannot be read is kept all the same."""
    try:
        return reader.pages[0].extract_text()[:_SHOWN_CHARS]
    except Exception:  # noqa: BLE001 – fonts of the wild fail in any way; nothing depends on it
        return ""


def _attachments(reader: PdfReader) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, contents in list(reader.attachments.items())[:MAX_ATTACHMENTS]:
        first = contents[0] if contents else b""
        if len(first) > MAX_ATTACHED_BYTES:
            raise DocumentRefused("pdf-attachment-too-large", {"limit": str(MAX_ATTACHED_BYTES)})
        found[name] = first
    return found
