"""Ledgers, contacts, receipts and documents: sound ones and odd ones, with what must come back."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from tests.fuzz.tables import ENCODINGS, NAMES

LEDGER = ["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib",
          "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit",
          "EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"]  # fmt: skip
ODD = ["", "?", "20261340", "1,2,3", "1e309", "-0,00", "411", "x" * 300, '"', "AA", "=1+1",
       "#N/A", "NaN", "00/00/0000", "٣٤", "\x1a", "Total", "Infinity", "401000"]  # fmt: skip
ACCOUNTS = ["411000", "411DUP", "416000", "413000", "419100"]


@dataclass(frozen=True)
class Rows:
    """A file, and what follows its header: rows written; total: of the sound, else None."""

    content: bytes
    rows: int
    total: Decimal | None


def _money(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")


def _spoilt(draw: st.DrawFn, rows: list[list[str]], *, odd: bool) -> None:
    for _ in range(draw(st.integers(1, 6)) if odd else 0):
        row = draw(st.sampled_from(rows))
        kind = draw(st.integers(0, 5))
        if kind == 0 and row:
            row.pop()
        elif kind == 1:
            row.append(draw(st.sampled_from(ODD)))
        elif row:
            row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(ODD))


def _entry(draw: st.DrawFn, number: int) -> list[list[str]]:
    """A sale or a receipt: the customer's line and its counterpart."""
    amount = Decimal(draw(st.integers(1, 10**8))).scaleb(-2)
    sale = draw(st.booleans())
    journal = ("VE", "Ventes") if sale else ("BQ", "Banque")
    day = f"2026{draw(st.integers(1, 12)):02d}{draw(st.integers(1, 28)):02d}"
    account, code = draw(st.sampled_from(ACCOUNTS)), f"C{draw(st.integers(1, 4))}"
    letter = draw(st.sampled_from(["", "", "A", "B"]))
    name = draw(st.sampled_from(NAMES)).replace("\n", " ").replace("|", " ").replace('"', "")
    head, piece = [*journal, str(number), day], [f"F{number}", day, f"Facture F{number}"]
    sums = [_money(amount), "0,00"]
    one = [*head, account, "Clients", code, name, *piece, *sums, letter, "", day, "", ""]
    other = [*head, "706000" if sale else "512000", "Contrepartie", "", "", *piece,
             *reversed(sums), "", "", day, "", ""]  # fmt: skip
    if not sale:
        one[11:13], other[11:13] = list(reversed(sums)), sums
    return [one, other]


@st.composite
def ledgers(draw: st.DrawFn, *, odd: bool) -> Rows:
    """total: debits less credits of the customers' accounts."""
    count = draw(st.integers(1, 8))
    rows = [row for number in range(1, count + 1) for row in _entry(draw, number)]
    total = sum((_signed(row) for row in rows if row[4] in ACCOUNTS), Decimal())
    _spoilt(draw, rows, odd=odd)
    separator = draw(st.sampled_from("\t|"))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(separator.join(row) for row in [LEDGER, *rows]) + end
    content = text.encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
                          "replace")  # fmt: skip
    return Rows(content, len(rows), None if odd else total)


def _signed(row: Sequence[str]) -> Decimal:
    debit, credit = (Decimal(cell.replace(",", ".")) for cell in row[11:13])
    return debit - credit


def _text(draw: st.DrawFn, rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=draw(st.sampled_from(";\t")), lineterminator="\n").writerows(rows)
    return out.getvalue().encode(draw(st.sampled_from(ENCODINGS)), "replace")


@st.composite
def contacts(draw: st.DrawFn, *, odd: bool) -> Rows:
    header = ["Code client", "Nom", "E-mail", "Rôle", "Langue", "SIREN", "Délai de paiement"]
    rows = [
        [f"C{index}", draw(st.sampled_from(NAMES)), f"a{index}@exemple.fr", "comptabilité",
         draw(st.sampled_from(["", "fr", "anglais"])), "", draw(st.sampled_from(["", "30", "45"]))]
        for index in range(draw(st.integers(1, 8)))
    ]  # fmt: skip
    _spoilt(draw, rows, odd=odd)
    return Rows(_text(draw, [header, *rows]), len([row for row in rows if any(row)]), None)


@st.composite
def receipts(draw: st.DrawFn, *, odd: bool) -> Rows:
    header = ["Date de valeur", "Code client", "Client", "Montant reçu", "Libellé"]
    sums = [Decimal(draw(st.integers(1, 10**8))).scaleb(-2) for _ in range(draw(st.integers(1, 8)))]
    rows = [
        [f"{draw(st.integers(13, 28))}/0{draw(st.integers(1, 9))}/2026", f"C{index}",
         draw(st.sampled_from(NAMES)), _money(amount), draw(st.sampled_from(["VIR", "facture F1"]))]
        for index, amount in enumerate(sums)
    ]  # fmt: skip
    _spoilt(draw, rows, odd=odd)
    content = _text(draw, [header, *rows])
    return Rows(content, len(rows), None if odd else sum(sums, Decimal()))
