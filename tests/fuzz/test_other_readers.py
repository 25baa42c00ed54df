"""Ledgers, contacts, receipts and documents: an answer of ours, and every row accounted for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relance.adapters.balance_files import read_table
from relance.adapters.contacts_files import read_contacts
from relance.adapters.drop_reader import ContentDropReader
from relance.adapters.payments_files import payments_of
from relance.application.drop_contents import DocumentFile, PaymentsFile
from relance.application.ports import ContactsFile
from relance.domain.balance_reading import BalanceReading
from relance.domain.errors import RelanceError
from tests.adapters.documents.samples import CII, a_factur_x, a_pdf
from tests.fuzz.other_files import Rows, contacts, ledgers, receipts
from tests.fuzz.test_readers import CUTS, answer, mutated, reading_of, slow


def any_of(make: object) -> st.SearchStrategy[Rows]:
    return make(odd=True) | make(odd=False)  # type: ignore[operator,no-any-return]  # a composite


@slow
@given(written=any_of(ledgers))
def test_ledgers(written: Rows) -> None:
    reading = reading_of(written.content)
    if reading is None:
        assert written.total is None  # a sound ledger is read
        return
    if reading.format == "fec":
        assert reading.rows == written.rows + 1
        parts = len(reading.items) + len(reading.rejected) + reading.settled_rows
        assert parts + reading.non_item_rows == reading.rows
    if written.total is not None:
        assert (reading.format, reading.rejected) == ("fec", ())
        assert sum(item.open_amount for item in reading.items) == written.total


@slow
@given(written=any_of(contacts))
def test_contacts(written: Rows) -> None:
    answer(written.content)
    try:
        found = read_contacts(written.content)
    except RelanceError:
        return
    assert len(found.rows) + len(found.rejected) == written.rows


@slow
@given(written=any_of(receipts))
def test_receipts(written: Rows) -> None:
    answer(written.content)
    try:
        found = payments_of(read_table(written.content), told=True)
    except RelanceError:
        return
    assert len(found.rows) + len(found.rejected) + found.other_rows == written.rows
    if written.total is not None:
        assert sum(row.amount for row in found.rows) == written.total


DOCUMENTS = (a_pdf(), a_factur_x(), b"\xff\xd8\xff\xe0JFIF", b"\x89PNG\r\n\x1a\n")


@slow
@given(seed=st.sampled_from(DOCUMENTS), cuts=CUTS)
def test_damaged_documents(seed: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    answer(mutated(seed, cuts))


@slow
@given(cuts=CUTS)
def test_damaged_invoices_inside_sound_documents(cuts: list[tuple[int, int, bytes]]) -> None:
    xml = mutated(CII.encode(), cuts).decode("latin-1")
    answer(a_factur_x(xml))


@pytest.mark.parametrize(
    ("make", "kind"),
    [(ledgers, BalanceReading), (contacts, ContactsFile), (receipts, PaymentsFile)],
)
def test_what_is_written_is_recognised(make: object, kind: type) -> None:
    """Else the properties above hold of nothing."""
    seen: list[bool] = []

    @given(written=make(odd=False))  # type: ignore[operator]  # a composite strategy
    def run(written: Rows) -> None:
        try:
            drop = ContentDropReader().read(written.content, name="any", profile=None)
        except RelanceError:
            seen.append(False)
        else:
            seen.append(isinstance(drop, kind))

    run()
    assert 2 * sum(seen) > len(seen)


def test_the_documents_are_recognised() -> None:
    for content in DOCUMENTS:
        drop = ContentDropReader().read(content, name="any", profile=None)
        assert isinstance(drop, DocumentFile)
