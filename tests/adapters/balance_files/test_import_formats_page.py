"""The command that makes the table of `docs/import-formats.md`."""

from pathlib import Path

from benchmarks.import_formats import END, PAGE, START, outcomes, row_of


def rows_of(tmp_path: Path, **files: str) -> list[str]:
    folder = tmp_path / "ar"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [row_of(outcome) for outcome in outcomes(tmp_path)]


def test_a_row_gives_what_was_read_and_what_differs(tmp_path: Path) -> None:
    text = "Client;Pièce;Date;Solde\nA;F1;15/01/2026;1250,00\nTotal général;;;1251,00\n"
    assert rows_of(tmp_path, a=text) == [
        "| ar/a.csv | 3 | 1 | 0 | 0 | 0 | 1,250.00 EUR | 1,251.00 EUR | -1.00 EUR |"
    ]


def test_a_row_gives_the_question_or_the_refusal(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        a="Client;Pièce;Date;Solde;Solde\nA;1;2026-01-15;1,00;2,00\n",
        b="Fournisseur;Facture;Date;Solde\nA;1;2026-01-15;1,00\n",
        c="Client;Solde\nA;10,00\nB;20,00\n",
    )
    assert [row.split(" | ")[1].strip() for row in rows] == [
        "asks `columns-tied`",
        "refuses `payables-not-receivables`",
        "3",
    ]
    assert " 2 | 0 | 30.00 EUR |" in rows[2]


def test_the_page_has_both_marks() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.index(START) < page.index(END)
