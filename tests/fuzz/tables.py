"""Random lists of items, in the shapes real exports have, written in any dialect and encoding."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.builders_xlsx import Value, build_xlsx

CELLS = ("code", "name", "number", "kind", "issue", "due", "amount", "open")
TITLES = {
    "code": ["Code client", "Compte", "Customer No", "Compte auxiliaire"],
    "name": ["Raison sociale", "Nom du client", "Customer name"],
    "number": ["N° pièce", "Invoice number", "Numéro de facture"],
    "kind": ["Type", "Document type"],
    "issue": ["Date facture", "Invoice date", "Date pièce"],
    "due": ["Échéance", "Due date", "Date d'échéance"],
    "amount": ["Montant TTC", "Original amount"],
    "open": ["Solde", "Reste dû", "Open balance"],
}
NAMES = ["Dupont", "Société Générale d'Été", 'Atelier "Le Lys"', "Total Énergies", "A; B | C",
         "L,M", "=HYPERLINK()", "Cœur & Fils", "Été\nHiver", "SARL À-Côté"]  # fmt: skip
ODD = ["", " ", "Total", "Total général", "Sous-total", "à reporter", "?", "05:23.4", "31/02/2026",
       "12,5,6", "-", "#N/A", "x" * 200, "1e309", "=1+1", "Code client", "Total général 12,00 €",
       "Total Dupont 1.234,56"]  # fmt: skip
KINDS = ["Facture", "Avoir", "FAC", "Règlement", ""]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850",
             "iso-8859-15"]  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A file, the number of its rows when they are known, and the sum when nothing is odd."""

    content: bytes
    rows: int
    total: Decimal | None
    items: int


@st.composite
def item(draw: st.DrawFn, number: int) -> dict[str, Value]:
    cents = draw(st.integers(1, 10**8)) * draw(st.sampled_from([1, 1, 1, -1]))
    issued = date(2026, 1, 13) + timedelta(days=draw(st.integers(0, 200)))
    return {
        "code": f"C{draw(st.integers(1, 9)):03d}",
        "name": draw(st.sampled_from(NAMES)),
        "number": f"F{number:05d}",
        "kind": "Avoir" if cents < 0 else "Facture",
        "issue": issued,
        "due": issued + timedelta(days=30),
        "amount": Decimal(cents).scaleb(-2),
        "open": Decimal(cents).scaleb(-2),
    }


@st.composite
def tables(draw: st.DrawFn, *, odd: bool) -> tuple[list[str], list[dict[str, Value]]]:
    """(columns, rows). The first item is a positive invoice: signs then need no question."""
    kept = {"code", "name", "number", "due", "open"}
    columns = [one for one in draw(st.permutations(CELLS)) if one in kept or draw(st.booleans())]
    rows = [draw(item(index)) for index in range(draw(st.integers(1, 8)))]
    for name in ("amount", "open"):
        rows[0][name] = abs(Decimal(str(rows[0][name])))
    rows[0]["kind"] = "Facture"
    if odd:
        for _ in range(draw(st.integers(1, 6))):
            row = draw(st.sampled_from(rows))
            row[draw(st.sampled_from(columns))] = draw(st.sampled_from(ODD))
    return columns, rows


def header(draw: st.DrawFn, columns: Sequence[str]) -> list[str]:
    return [draw(st.sampled_from(TITLES[one])) for one in columns]


def shown(value: Value, mark: str, pattern: str) -> str:
    if isinstance(value, date):
        return value.strftime(pattern)
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", " ").replace(".", mark)
    return str(value or "")


@st.composite
def text_files(draw: st.DrawFn, *, odd: bool) -> Written:
    columns, rows = draw(tables(odd=odd))
    separator = draw(st.sampled_from(";\t|"))
    mark, pattern = draw(st.sampled_from(",.")), draw(st.sampled_from(["%d/%m/%Y", "%Y-%m-%d"]))
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=separator, lineterminator=draw(st.sampled_from(["\n", "\r\n"]))
    )
    lines = [header(draw, columns)]
    lines += [[shown(row[one], mark, pattern) for one in columns] for row in rows]
    writer.writerows(lines)
    content = out.getvalue().encode(draw(st.sampled_from(ENCODINGS)), "replace")
    return Written(content, len(lines), None if odd else _sum(rows), len(rows))


@st.composite
def workbooks(draw: st.DrawFn, *, odd: bool) -> Written:
    columns, rows = draw(tables(odd=odd))
    lines: list[list[Value]] = [list(header(draw, columns))]
    lines += [[row[one] for one in columns] for row in rows]
    content = build_xlsx({"Feuil1": lines})
    return Written(content, len(lines), None if odd else _sum(rows), len(rows))


@st.composite
def aligned_files(draw: st.DrawFn, *, odd: bool) -> Written:
    """Columns padded to the widest cell, two blanks between them; amounts to the right."""
    columns, rows = draw(tables(odd=odd))
    titles = header(draw, columns)
    lines = [[shown(row[one], ",", "%d/%m/%Y").replace("\n", " ").strip() for one in columns]
             for row in rows]  # fmt: skip
    widths = [max(len(line[i]) for line in (titles, *lines)) for i in range(len(columns))]
    right = {i for i, one in enumerate(columns) if one in ("amount", "open")}
    gap = " " * draw(st.integers(2, 4))
    text = "\n".join(
        gap.join(cell.rjust(widths[i]) if i in right else cell.ljust(widths[i])
                 for i, cell in enumerate(line)).rstrip()
        for line in (titles, *lines)
    )  # fmt: skip
    content = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    return Written(content, len(lines) + 1, None if odd else _sum(rows), len(rows))


def _sum(rows: Sequence[dict[str, Value]]) -> Decimal:
    return sum((Decimal(str(row["open"])) for row in rows), Decimal())
