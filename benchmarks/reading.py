"""`python -m benchmarks.reading`: how long a balance takes to read, beside a plain loop over it.

In one run, over the same bytes: `read_balance` (encoding, header, dates, amounts, kinds, totals,
every row accounted for) ÷ the loop that only walks the rows (`csv.DictReader`, python-calamine).
Processor seconds: what else the machine does is left out.
"""

import csv
import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from python_calamine import CalamineWorkbook

from relance.adapters.balance_files import read_balance

ROWS, LARGE = 100_000, 200_000
CSV_TARGET, XLSX_TARGET = 4.0, 3.0
_ROUNDS = 5
_HEADER = ("Code client", "Nom du client", "N° pièce", "Type", "Date", "Échéance", "Montant TTC",
           "Solde")  # fmt: skip
_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"""  # noqa: E501
_RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>{}</Relationships>"""  # noqa: E501
_STYLE_REL = """<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"""  # noqa: E501
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = f"""<workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Balance" sheetId="1" r:id="r1"/></sheets></workbook>"""  # noqa: E501
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"""  # noqa: E501


def main() -> None:
    if len(sys.argv) == 3:
        _peak(sys.argv[1], int(sys.argv[2]))
        return
    _compare("CSV", as_csv(ROWS), plain_csv, CSV_TARGET)
    _compare("XLSX", as_xlsx(ROWS), plain_xlsx, XLSX_TARGET)
    for kind in ("csv", "xlsx"):
        command = [sys.executable, "-m", "benchmarks.reading", kind, str(LARGE)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")


def rows(count: int) -> Iterator[tuple[str, str, str, str, date, date, int]]:
    """The amount in cents. One item in nine is a credit note, a customer has forty items."""
    for index in range(count):
        customer = index // 40
        issued = date(2026, 1, 1) + timedelta(days=index * 7 % 240)
        cents = (index * 7919) % 2_000_000 + 100
        kind, cents = ("Avoir", -cents) if index % 9 == 8 else ("Facture", cents)
        due = issued + timedelta(days=30 + 15 * (customer % 3))
        yield (
            f"C{customer:05d}",
            f"Client numéro {customer}",
            f"F{index:07d}",
            kind,
            issued,
            due,
            cents,
        )


def as_csv(count: int) -> bytes:
    lines = [";".join(_HEADER)]
    for code, name, number, kind, issued, due, cents in rows(count):
        money = f"{cents / 100:.2f}".replace(".", ",")
        lines.append(
            f"{code};{name};{number};{kind};{issued:%d/%m/%Y};{due:%d/%m/%Y};{money};{money}"
        )
    return "\r\n".join(lines).encode("cp1252")


def as_xlsx(count: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS.format("officeDocument", "xl/workbook.xml", ""))
        archive.writestr("xl/workbook.xml", _BOOK)
        sheet = _RELS.format("worksheet", "worksheets/sheet1.xml", _STYLE_REL)
        archive.writestr("xl/_rels/workbook.xml.rels", sheet)
        archive.writestr("xl/styles.xml", _STYLES)
        archive.writestr("xl/worksheets/sheet1.xml", "".join(_sheet(count)))
    return out.getvalue()


def _sheet(count: int) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">'
    yield "".join(_text(column, 1, name) for column, name in zip("ABCDEFGH", _HEADER, strict=True))
    yield "</row>"
    first = date(1899, 12, 30)
    for at, (code, name, number, kind, issued, due, cents) in enumerate(rows(count), start=2):
        texts = zip("ABCD", (code, name, number, kind), strict=True)
        cells = "".join(_text(column, at, value) for column, value in texts)
        for column, day in (("E", issued), ("F", due)):
            cells += f'<c r="{column}{at}" s="1"><v>{(day - first).days}</v></c>'
        for column in "GH":
            cells += f'<c r="{column}{at}"><v>{cents / 100!r}</v></c>'
        yield f'<row r="{at}">{cells}</row>'
    yield "</sheetData></worksheet>"


def _text(column: str, at: int, value: str) -> str:
    return f'<c r="{column}{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def plain_csv(content: bytes) -> int:
    text = io.TextIOWrapper(io.BytesIO(content), encoding="cp1252", newline="")
    return sum(1 for _ in csv.DictReader(text, delimiter=";"))


def plain_xlsx(content: bytes) -> int:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        return sum(1 for _ in workbook.get_sheet_by_index(0).iter_rows()) - 1


def _compare(kind: str, content: bytes, plain: Callable[[bytes], int], target: float) -> None:
    """The best of some rounds, ours and the plain loop's by turns."""
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        theirs.append(_timed(lambda: _expect(plain(content))))
        ours.append(_timed(lambda: _expect(len(read_balance(content).items))))
    ratio = min(ours) / min(theirs)
    print(
        f"{kind:5} {ROWS} rows  read_balance {min(ours):5.2f} s  plain loop {min(theirs):5.2f} s"
        f"  {ratio:4.1f} times (target {target:.0f})  {ROWS / min(ours):8.0f} rows/s"
    )


def _expect(count: int) -> None:
    if count != ROWS:
        raise SystemExit(f"{count} rows read out of {ROWS}")


def _timed(action: Callable[[], None]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def _peak(kind: str, count: int) -> None:
    """In a process of its own: what a Lambda would need."""
    import resource

    content = as_csv(count) if kind == "csv" else as_xlsx(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    reading = read_balance(content)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{kind.upper():5} {len(reading.items)} items  {len(content) / 1e6:.1f} MB"
        f"  {seconds:5.1f} s"
        f"  peak {peak:4.0f} MB (before reading: {before:.0f} MB)"
    )


if __name__ == "__main__":
    main()
