"""A day's worklist as a workbook: one sheet to fill in, one hidden with the lists of choices."""

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from relance.adapters.rendering.formats import short_date
from relance.adapters.worklist_files.layout import (
    AUTHOR_COLUMN,
    AUTHOR_ROW,
    COLUMNS,
    FILLED,
    HEADER_ROW,
    HELP_ROW,
    MARKER,
    PLACES,
    TO_FILL,
    VERSION,
    Col,
)
from relance.adapters.worklist_files.shown import shown_cells
from relance.adapters.worklist_files.styles import Look, styles_xml
from relance.adapters.worklist_files.words import MEANS, OUTCOMES, say
from relance.adapters.xlsx_package import MAIN, XML, Value, build_package, cell_xml, letters
from relance.application.worklists.rows import OUTCOMES as ALLOWED
from relance.application.worklists.rows import DayWorklist, RowKind

_LOOKS: dict[Col, Look] = {
    Col.STAKE: Look.MONEY,
    Col.DAY: Look.FILL_DATE,
    Col.AMOUNT: Look.FILL_MONEY,
    Col.REFERENCE: Look.SMALL,
    **{col: Look.FILL_TEXT for col in TO_FILL if col not in {Col.DAY, Col.AMOUNT}},
}
_PROTECTION = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
)
"""Without a password: against slips, not against people."""
_FIRST_DAY = 36526
"""2000-01-01, as spreadsheets count."""


class XlsxWorklistWriter:
    """Same worklist, same bytes."""

    def workbook(self, worklist: DayWorklist, *, language: str) -> bytes:
        lists = _choices(worklist, language)
        names = (say("sheet", language), say("lists", language))
        places = {
            key: f"{names[1]}!${letters(n)}$1:${letters(n)}${len(words)}"
            for n, (key, words) in enumerate(lists.items())
        }
        sheets = {
            names[0]: _sheet(worklist, language, places),
            names[1]: _plain_sheet(list(lists.values())),
        }
        return build_package(sheets, styles_xml(), hidden=(names[1],))


def _choices(worklist: DayWorklist, language: str) -> dict[str, Sequence[str]]:
    lists: dict[str, Sequence[str]] = {
        str(kind): [OUTCOMES[code].of(language) for code in codes]
        for kind, codes in ALLOWED.items()
    }
    lists["means"] = [sentence.of(language) for sentence in MEANS.values()]
    lists["people"] = worklist.people
    return lists


def _plain_sheet(columns: Sequence[Sequence[str]]) -> str:
    rows = []
    for number in range(1, max(map(len, columns), default=0) + 1):
        cells = [
            cell_xml(f"{letters(at)}{number}", words[number - 1], Look.TEXT)
            for at, words in enumerate(columns)
            if number <= len(words)
        ]
        rows.append(_row(number, cells))
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def _sheet(worklist: DayWorklist, language: str, places: Mapping[str, str]) -> str:
    body = [*_head(worklist, language)]
    lines: dict[RowKind, list[int]] = {kind: [] for kind in RowKind}
    for line, row in enumerate(worklist.rows, start=HEADER_ROW + 1):
        kind = row.reference.kind
        lines[kind].append(line)
        body.append(_line(line, kind, shown_cells(row, worklist.creditor, language)))
    frozen = f'topLeftCell="D{HEADER_ROW + 1}" activePane="bottomRight" state="frozen"'
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width}" customWidth="1"/>'
        for n, column in enumerate(COLUMNS, 1)
    )
    author = f"{letters(AUTHOR_COLUMN)}{AUTHOR_ROW}"
    merged = f'<mergeCells count="1"><mergeCell ref="A{AUTHOR_ROW}:B{AUTHOR_ROW}"/></mergeCells>'
    rules = _rules(lines, author, places, language)
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0"><pane xSplit="3" ySplit="{HEADER_ROW}" '
        f"{frozen}/></sheetView></sheetViews><cols>{widths}</cols>"
        f"<sheetData>{''.join(body)}</sheetData>{_PROTECTION}{merged}"
        f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _head(worklist: DayWorklist, language: str) -> list[str]:
    day = short_date(worklist.day, language=language)
    title = say("title", language, name=worklist.creditor_name, day=day)
    marker = f"{MARKER} {VERSION} {worklist.creditor} {worklist.day.isoformat()} {language}"
    last = letters(PLACES[Col.REFERENCE])
    titles = [
        cell_xml(f"{letters(at)}{HEADER_ROW}", column.title.of(language), Look.HEADER)
        for at, column in enumerate(COLUMNS)
    ]
    label = cell_xml(f"A{AUTHOR_ROW}", say("author", language), Look.LABEL)
    author = cell_xml(f"{letters(AUTHOR_COLUMN)}{AUTHOR_ROW}", None, Look.FILL_TEXT)
    about = cell_xml(f"A{HELP_ROW}", say("help", language, code=worklist.creditor), Look.HELP)
    return [
        _row(1, [cell_xml("A1", title, Look.TITLE), cell_xml(f"{last}1", marker, Look.SMALL)]),
        _row(AUTHOR_ROW, [label, author]),
        _row(HELP_ROW, [about]),
        _row(HEADER_ROW, titles),
    ]


def _line(line: int, kind: RowKind, cells: Mapping[Col, Value]) -> str:
    spelled = []
    for at, column in enumerate(COLUMNS):
        closed = column.col in TO_FILL and column.col not in FILLED[kind]
        look = Look.CLOSED if closed else _LOOKS.get(column.col, Look.TEXT)
        spelled.append(cell_xml(f"{letters(at)}{line}", cells.get(column.col), look))
    return _row(line, spelled)


def _row(number: int, cells: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _rules(
    lines: Mapping[RowKind, Sequence[int]], author: str, places: Mapping[str, str], language: str
) -> list[str]:
    """Of the cells to fill in: outcomes and means from their lists, days and amounts as such."""
    wrong = say("wrong", language)
    rules = [_rule([author], "list", places["people"], wrong)]
    for kind, rows in lines.items():
        cells = {col: [f"{letters(PLACES[col])}{row}" for row in rows] for col in FILLED[kind]}
        if not rows:
            continue
        rules.append(_rule(cells[Col.OUTCOME], "list", places[str(kind)], wrong))
        if Col.DAY in cells:
            days, amounts = say("wrong-day", language), say("wrong-amount", language)
            rules.append(_rule(cells[Col.MEANS], "list", places["means"], wrong))
            rules.append(_rule(cells[Col.DAY], "date", str(_FIRST_DAY), days))
            rules.append(_rule(cells[Col.AMOUNT], "decimal", "0", amounts))
    return rules


def _rule(cells: Sequence[str], kind: str, formula: str, wrong: str) -> str:
    compared = "" if kind == "list" else ' operator="greaterThan"'
    return (
        f'<dataValidation type="{kind}"{compared} allowBlank="1" showErrorMessage="1" '
        f'error={quoteattr(wrong)} sqref="{" ".join(cells)}">'
        f"<formula1>{escape(formula)}</formula1></dataValidation>"
    )
