"""The smallest XLSX that spreadsheet programs open: one sheet, texts, numbers and dates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from relance.adapters.xlsx_package import MAIN, XML, Value, build_package, cell_xml, letters

__all__ = ["Value", "build_xlsx"]

_STYLES = """<fonts count="1"><font/></fonts>
<fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/>
<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs>"""


def build_xlsx(title: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """Amounts are numbers, dates are real date cells; nothing of today is in the file."""
    return build_package({title: _sheet(rows)}, _STYLES)


def _sheet(rows: Sequence[Sequence[Value]]) -> str:
    lines = [
        f'<row r="{number}">{"".join(_cell(number, at, v) for at, v in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    ]
    body = "".join(lines)
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _cell(row: int, column: int, value: Value) -> str:
    style = 1 if isinstance(value, date) else 2 if isinstance(value, Decimal) else 0
    return cell_xml(f"{letters(column)}{row}", value, style)
