"""Whatever is dropped: an answer of ours, never a crash, and no row lost without a word.

`RELANCE_FUZZ=2000` runs each property so many times (a long run by hand).
"""

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relance.adapters.balance_files import read_balance, read_table
from relance.adapters.drop_reader import ContentDropReader
from relance.adapters.messages.balance_messages import sentence
from relance.domain.balance_reading import BalanceReading
from relance.domain.errors import RelanceError
from tests.adapters.balance_files.binary_files import xlsb
from tests.adapters.balance_files.old_files import (
    biff,
    formula,
    named,
    number,
    shared,
    shows,
    size,
    text,
    xls,
)
from tests.adapters.balance_files.packed import ods, ods_row, pack, unpack
from tests.builders_xlsx import build_xlsx
from tests.fuzz.tables import Written, aligned_files, text_files, workbooks

RUNS = int(os.environ.get("RELANCE_FUZZ", "25"))
slow = settings(max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck))
FEC = """JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\t\
CompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\t\
Montantdevise\tIdevise
VE\tVentes\t1\t20260105\t411000\tClients\tDUP\tDupont\tF1\t20260105\tF1\t120,00\t0,00\t\t\t\t\t
VE\tVentes\t1\t20260105\t706000\tVentes\t\t\tF1\t20260105\tF1\t0,00\t120,00\t\t\t\t\t
"""
TEXTS = (
    FEC,
    "Code client;Nom;N° pièce;Date;Échéance;Solde\nC1;Été;F1;01/02/2026;15/03/2026;1 234,56\n",
    "Customer,Invoice,Due date,Current,1-30,Total\nA,F1,2026-01-31,0,5.00,5.00\nTotal,,,0,5,5\n",
    "Code client;Nom;E-mail;Rôle\nC1;Dupont;a@b.fr;comptabilité\n",
    "code: acme\nname: Acme\ncurrency: EUR\npayment:\n  iban: FR7630006000011234567890189\n",
    "steps:\n  - key: level-1\n    after_days: 3\n",
    "Compte   Nom     N° pièce  Échéance      Solde\n"
    "C1       A       F1        31/08/2026     1,00\n"
    "C2       B       F2        31/08/2026     2,00\n",
)  # fmt: skip
BOOK = build_xlsx(
    {"F": [["Client", "N° pièce", "Échéance", "Solde"], ["A", "F1", "31/01/2026", 5]]}
)
SHEET = ods(
    ods_row("Client", "N° pièce", "Échéance", "Solde") + ods_row("A", "F1", "31/01/2026", "5")
)
OLD = xls(
    biff(
        size(3, 3),
        *(text(0, at, title) for at, title in enumerate(("Client", "Date", "Solde"))),
        *(shows(1, 0, 1), text(1, 1, "31/01/2026"), number(1, 2, 5)),
        *(shows(2, 0, 2), shows(2, 1, 3), formula(2, b"\x1e\1\0\x23\1\0\0\0\x08\x19\x40\0\x09")),
        globals_=named("solde") + shared("", "A", "B" * 40, "31/01/2026"),
    )
)
BINARY = xlsb(
    [(0, 0, 0), (0, 1, "Date"), (0, 2, 1), (1, 0, 2), (1, 1, "31/01/2026"), (1, 2, "5,00")],
    ["Client", "Solde", "A"],
)
SEEDS = (
    *(text.encode(code) for text in TEXTS for code in ("utf-8", "cp850", "utf-16")),
    BOOK,
    SHEET,
    OLD,
    BINARY,
)


def answer(content: bytes) -> object:
    """What any reader made of it; None when it refused or asked, in words of ours."""
    try:
        return ContentDropReader().read(content, name="any", profile=None)
    except RelanceError as error:
        refusal = error
    assert sentence(refusal.code, "fr", refusal.detail)
    return None


def reading_of(content: bytes) -> BalanceReading | None:
    try:
        return read_balance(content, name="any")
    except RelanceError:
        return None


def check(written: Written) -> None:
    reading = reading_of(written.content)
    if reading is None:
        return
    assert reading.rows == written.rows
    parts = len(reading.items) + len(reading.rejected) + reading.settled_rows
    assert parts + reading.non_item_rows + len(reading.summary) == written.rows
    if written.total is not None:
        assert (len(reading.items), reading.rejected) == (written.items, ())
        assert reading.totals == {"EUR": written.total}


@slow
@given(written=text_files(odd=True) | text_files(odd=False))
def test_texts_of_any_dialect(written: Written) -> None:
    check(written)


@slow
@given(written=workbooks(odd=True) | workbooks(odd=False))
def test_workbooks(written: Written) -> None:
    check(written)


@slow
@given(written=aligned_files(odd=True) | aligned_files(odd=False))
def test_aligned_texts(written: Written) -> None:
    check(written)


def mutated(seed: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Replace some bytes, from a place on, by others."""
    content = bytearray(seed)
    for at, length, new in cuts:
        start = at % (len(content) + 1)
        content[start : start + length] = new
    return bytes(content)


CUTS = st.lists(
    st.tuples(st.integers(0, 4_000), st.integers(0, 30), st.binary(max_size=8)),
    min_size=1, max_size=6,
)  # fmt: skip


@slow
@given(seed=st.sampled_from(SEEDS), cuts=CUTS)
def test_damaged_files_of_every_kind(seed: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    content = mutated(seed, cuts)
    answer(content)
    reading_of(content)


@slow
@given(book=st.sampled_from((BOOK, SHEET, BINARY)), part=st.integers(0, 20), cuts=CUTS)
def test_damaged_parts_of_sound_archives(
    book: bytes, part: int, cuts: list[tuple[int, int, bytes]]
) -> None:
    parts = unpack(book)
    name = sorted(parts)[part % len(parts)]
    original = parts[name]
    assert isinstance(original, bytes)
    answer(pack({**parts, name: mutated(original, cuts)}))


@slow
@given(cuts=CUTS)
def test_damaged_old_workbooks(cuts: list[tuple[int, int, bytes]]) -> None:
    answer(mutated(OLD, cuts))
    answer(overwritten(OLD, cuts))


def overwritten(seed: bytes, cuts: list[tuple[int, int, bytes]]) -> bytes:
    """Replace some bytes by as many others: what follows keeps its place."""
    content = bytearray(seed)
    for at, _, new in cuts:
        start = at % (len(content) - len(new))
        content[start : start + len(new)] = new
    return bytes(content)


MARKS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"PK\x05\x06", b"\0", b"\x1a",
         b"\f", b"sep=;\n", b"steps:\n", b"code: a\n", b"Client;", b"Solde;", b'"', b"\r", b"\n",
         b"  ", b"F1;", b"1,00;", b"31/12/2026;", b"\t", b"<?xml", b"%PDF"]  # fmt: skip


@slow
@given(parts=st.lists(st.sampled_from(MARKS) | st.binary(max_size=20), max_size=60))
def test_marks_in_any_order(parts: list[bytes]) -> None:
    answer(b"".join(parts))


@pytest.mark.parametrize("make", [text_files, workbooks, aligned_files])
def test_the_tables_written_are_read(make: Callable[..., st.SearchStrategy[Written]]) -> None:
    """A property over refusals proves nothing: most sound files must come back as items."""
    read: list[bool] = []

    @settings(max_examples=100, deadline=None, database=None)
    @given(written=make(odd=False))
    def run(written: Written) -> None:
        reading = reading_of(written.content)
        read.append(reading is not None and read_table(written.content).format == reading.format)

    run()
    assert 2 * sum(read) > len(read)
