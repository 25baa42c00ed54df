"""A document is filed where its numbers say, and nowhere on a doubt."""

import pytest

from relance.domain.document_match import NumberIndex
from relance.domain.open_item import ItemKey
from tests.builders import an_invoice

INDEX = NumberIndex(
    {
        "C001": [an_invoice("FA-12"), an_invoice("FA-123"), an_invoice("2026/0044")],
        "C002": [an_invoice("FA-9"), an_invoice("77"), an_invoice("FA-50")],
        "C003": [an_invoice("FA-50")],
    }
)


def found(name: str = "", text: str = "", given: tuple[str, ...] = ()) -> object:
    match = INDEX.match(given=given, name=name, text=text)
    return match.code or (match.debtor, [ItemKey(key).split("|")[0] for key in match.items])


@pytest.mark.parametrize(
    ("name", "text", "given", "expected"),
    [
        ("Facture FA-12", "", (), ("C001", ["FA-12"])),
        ("fa_123 signée", "", (), ("C001", ["FA-123"])),
        ("2026-0044", "", (), ("C001", ["2026/0044"])),
        ("BL FA-12 FA-123", "", (), ("C001", ["FA-12", "FA-123"])),
        ("FA-1234", "", (), "document-unmatched"),
        ("scan", "", ("FA 12",), ("C001", ["FA-12"])),
        ("FA-12", "", ("FA-12",), ("C001", ["FA-12"])),
        ("FA-12", "", ("FA-9",), "document-names-disagree"),
        ("FA-12", "", ("FX-1",), "document-names-disagree"),
        ("scan", "Facture FA-12", ("FX-1",), "document-unmatched"),
        ("FA-12 FA-9", "", (), "document-ambiguous"),
        ("FA-50", "", (), "document-ambiguous"),
        ("scan", "Facture FA-12, page 1", (), ("C001", ["FA-12"])),
        ("scan", "FA-12 et FA-123", (), "document-ambiguous"),
        ("scan", "page 77", (), "document-unmatched"),
        ("77", "", (), ("C002", ["77"])),
        ("FA-9", "Facture FA-12", (), ("C002", ["FA-9"])),
    ],
)
def test_matches(name: str, text: str, given: tuple[str, ...], expected: object) -> None:
    assert found(name, text, given) == expected
