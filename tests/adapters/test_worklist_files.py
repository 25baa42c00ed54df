"""The workbook of the day: what a spreadsheet program finds in it, and what is read back."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import hypothesis.strategies as st
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given

from relance.adapters.balance_files import read_table
from relance.adapters.balance_files.table import is_blank
from relance.adapters.drop_reader import ContentDropReader
from relance.adapters.worklist_files.layout import COLUMNS, FILLED, PLACES, TO_FILL, Col
from relance.adapters.worklist_files.reading import (
    WorklistRefused,
    looks_like_worklist,
    worklist_of,
)
from relance.adapters.worklist_files.words import CHECKED, KINDS, MEANS, OUTCOMES
from relance.adapters.worklist_files.writing import XlsxWorklistWriter
from relance.adapters.xlsx_package import letters
from relance.application.worklists.rows import MEANS as KNOWN_MEANS
from relance.application.worklists.rows import OUTCOMES as ALLOWED
from relance.application.worklists.rows import (
    DayWorklist,
    ListedItem,
    ListedRow,
    Reference,
    RowKind,
    WorklistFile,
)
from relance.domain.checklist import CheckCode
from tests.builders import a_profile
from tests.builders_xlsx import build_xlsx
from tests.worklists import Paper

DAY = date(2026, 3, 9)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
EVIL = '=HYPERLINK("http://evil.example","+33")'


def row(kind: RowKind = RowKind.CALL, code: str = "C001", **changes: object) -> ListedRow:
    made = ListedRow(
        Reference(kind, code, "call-2026-03-09", "0"),
        "Menuiserie Dupont",
        {"EUR": Decimal("1200.50"), "USD": Decimal(20)},
        why="set_off" if kind is RowKind.ARRANGEMENT else "insolvency",
        text="Comprendre le retard",
        contact="Anne Petit",
        phone="+33 5 61 00 00 00",
        items=(ListedItem("FA-1", date(2026, 3, 2), Decimal("1200.50"), "EUR"),),
    )
    return ListedRow(**{**{n: getattr(made, n) for n in made.__slots__}, **changes})


def worklist(*rows: ListedRow, people: tuple[str, ...] = ("Claire Martin",)) -> DayWorklist:
    return DayWorklist("acme", "Acme", DAY, people, rows)


def workbook(*rows: ListedRow, language: str = "fr") -> bytes:
    return XlsxWorklistWriter().workbook(worklist(*rows), language=language)


def part(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


# ------------------------------------------------------------------ written


def test_a_row_shows_who_how_much_what_for_and_whom_to_call() -> None:
    sheet = Paper.of(workbook(row()))
    line = sheet.line("Appel")
    shown = {col: sheet.cell(line, col) for col in Col}
    assert (shown[Col.STAKE], shown[Col.CURRENCY]) == (Decimal("1200.5"), "EUR")
    assert shown[Col.ASK] == "Comprendre le retard\nAussi : 20,00\u00a0USD"
    assert (shown[Col.CONTACT], shown[Col.PHONE]) == ("Anne Petit", "+33 5 61 00 00 00")
    assert shown[Col.ITEMS] == "FA-1, 1\u202f200,50\u00a0€, éch. 02/03/2026"
    assert all(is_blank(shown[col]) for col in TO_FILL)


def test_a_long_list_of_documents_says_how_many_more() -> None:
    items = tuple(ListedItem(f"FA-{n}", None, Decimal(1), "EUR") for n in range(15))
    sheet = Paper.of(workbook(row(items=items), language="en"))
    assert str(sheet.cell(sheet.line("Call"), Col.ITEMS)).endswith("\n… and 3 more")


def test_no_text_is_ever_a_formula() -> None:
    evil = row(debtor_name=EVIL, text="@SUM(A1)", contact="+1", phone="-2", code=EVIL)
    content = workbook(evil)
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        root = fromstring(part(content, name))
        assert not root.findall(f".//{MAIN}f")
        kinds = {cell.get("t") for cell in root.iter(f"{MAIN}c") if cell.find(f"{MAIN}v") is None}
        assert kinds <= {"inlineStr", None}
    styles = fromstring(part(content, "xl/styles.xml"))
    looks = styles.find(f"{MAIN}cellXfs")
    assert looks is not None
    texts = {
        int(cell.get("s", "0"))
        for cell in fromstring(part(content)).iter(f"{MAIN}c")
        if cell.get("t") == "inlineStr"
    }
    quoted = {n for n, look in enumerate(looks) if look.get("quotePrefix") == "1"}
    assert texts <= quoted, "edited, it would be run"


def test_what_xml_or_a_spreadsheet_takes_for_something_else_is_plain_text() -> None:
    sheet = Paper.of(workbook(row(debtor_name="A\x00B & <C> _x0041_", code="C_x0041_.|%")))
    line = sheet.line("Appel", "C_x0041_.|%")
    assert str(sheet.cell(line, Col.NAME)).startswith("AB & <C>")


def test_only_what_may_be_filled_in_is_open() -> None:
    rows = [row(kind) for kind in RowKind]
    content = workbook(*rows)
    assert 'sheet="1"' in part(content)
    styles = fromstring(part(content, "xl/styles.xml")).find(f"{MAIN}cellXfs")
    assert styles is not None
    unlocked = {
        n
        for n, look in enumerate(styles)
        if (found := look.find(f"{MAIN}protection")) is not None and found.get("locked") == "0"
    }
    places = {
        cell.get("r")
        for cell in fromstring(part(content)).iter(f"{MAIN}c")
        if int(cell.get("s", "0")) in unlocked
    }
    expected = {
        f"{letters(PLACES[col])}{line}"
        for line, kind in enumerate(RowKind, 5)
        for col in FILLED[kind]
    }
    assert places == expected | {"C2"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_outcomes_means_and_names_are_chosen_from_lists_of_the_language(language: str) -> None:
    content = workbook(row(), row(RowKind.REPLY), language=language)
    lists = read_table(content).sheets[1]
    assert lists.hidden
    columns = list(zip(*lists.rows, strict=False))
    said = [OUTCOMES[code].of(language) for code in ALLOWED[RowKind.CALL]]
    assert [*columns[0]] == said
    rules = re.findall(r'sqref="([^"]+)"><formula1>([^<]+)<', part(content))
    assert ("J5", f"{'Listes' if language == 'fr' else 'Lists'}!$A$1:$A$10") in rules
    assert {place for place, _ in rules} >= {"C2", "J5", "J6", "K5", "L5", "M5"}


def test_the_same_rows_give_the_same_bytes() -> None:
    assert workbook(row()) == workbook(row())


def test_every_code_has_its_words() -> None:
    assert set(KINDS) == set(RowKind)
    assert {code for codes in ALLOWED.values() for code in codes} == set(OUTCOMES)
    assert set(MEANS) == set(KNOWN_MEANS)
    assert set(CHECKED) == set(map(str, CheckCode))


# ------------------------------------------------------------------ read back


def back(sheet: Paper) -> WorklistFile:
    found = ContentDropReader().read(sheet.saved(), name="x.xlsx", profile=a_profile())
    assert isinstance(found, WorklistFile)
    return found


def test_as_it_was_written_it_is_known_by_its_marker_and_nothing_is_filled_in() -> None:
    found = worklist_of(read_table(workbook(row(), row(RowKind.REPLY))))
    assert (found.creditor, found.written_on, found.author) == ("acme", DAY, "")
    assert (found.rows, found.rejected, found.empty) == ((), (), 2)
    assert not looks_like_worklist(read_table(build_xlsx({"S": [["Code", "Solde"], ["C1", 1]]})))


def test_rows_sorted_and_columns_moved_are_still_told_apart() -> None:
    sheet = Paper.of(workbook(row(), row(code="C002"))).sign()
    sheet.fill(sheet.line("Appel", "C002"), outcome="Joint", note="bien")
    sheet.rows[4], sheet.rows[5] = sheet.rows[5], sheet.rows[4]
    for line in sheet.rows[3:]:
        line.insert(0, line.pop(PLACES[Col.NOTE]))
    (filled,) = back(sheet).rows
    assert (filled.reference.debtor, filled.outcome, filled.note) == ("C002", "reached", "bien")


def test_a_column_that_is_gone_is_named() -> None:
    sheet = Paper.of(workbook(row()))
    for line in sheet.rows:
        del line[PLACES[Col.OUTCOME]]
    with pytest.raises(WorklistRefused, match="worklist-column-missing") as refused:
        worklist_of(read_table(sheet.saved()))
    assert refused.value.detail == {"column": "Résultat"}


def test_a_later_version_is_not_guessed_at() -> None:
    sheet = Paper.of(workbook(row()))
    sheet.rows[0][PLACES[Col.REFERENCE]] = "relance-worklist 2 acme 2026-03-09 fr"
    with pytest.raises(WorklistRefused, match="worklist-version-unknown"):
        worklist_of(read_table(sheet.saved()))


@pytest.mark.parametrize(("kind", "col"), [(RowKind.APPROVAL, "date"), (RowKind.CHECK, "amount")])
def test_a_cell_that_was_closed_and_is_filled_in_is_told(kind: RowKind, col: str) -> None:
    sheet = Paper.of(workbook(row(kind)))
    sheet.fill(5, **{col: "1"})
    (bad,) = back(sheet).rejected
    assert (bad.line, bad.reason, bad.field) == (5, "row-cell-closed", col)


parts = st.text(st.characters(codec="utf-8"), max_size=30)


@given(st.sampled_from(RowKind), parts, parts, parts)
def test_a_reference_comes_back_whole_and_of_its_creditor_only(
    kind: RowKind, debtor: str, key: str, mark: str
) -> None:
    reference = Reference(kind, debtor, key, mark)
    text = reference.text("acme")
    assert Reference.read(text, "acme") == reference
    assert Reference.read(text, "other") is None
    assert Reference.read(text[1:], "acme") is None
    assert re.fullmatch(r"[a-z]+(\.[A-Za-z0-9%~-]*){3}\.[0-9a-f]{6}", text)


def test_the_columns_are_those_that_people_were_promised() -> None:
    titles = [column.title.fr for column in COLUMNS]
    assert len(set(titles)) == len(titles)
    assert [c.title.en for c in COLUMNS if c.col in TO_FILL] == [
        "Outcome", "Date", "Amount", "Means", "Spoke to", "Documents concerned", "Note",
    ]  # fmt: skip
