"""`python -m benchmarks.import_formats ../shared/data`: the table of `docs/import-formats.md`.

What `relance read` makes of each balance and ledger of a folder, written between the two marks of
the page. Figures only: nothing of the files is copied.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from relance.adapters.balance_files import BalanceQuestion, BalanceRefused, read_balance
from relance.domain.balance_reading import BalanceReading
from relance.domain.errors import RelanceError

PAGE = Path(__file__).parent.parent / "docs" / "import-formats.md"
START, END = "<!-- table: python -m benchmarks.import_formats -->", "<!-- end of table -->"
FOLDERS = ("ar", "fec")
_LEFT_OUT = frozenset({".md", ".json", ".xsd", ".pdf", ".txt~"})
_HEAD = (
    "| file | rows | items | settled | customers only | rejected | total | printed | difference |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Outcome:
    """file: its path in the folder; error: why it was not read, or what was asked."""

    file: str
    reading: BalanceReading | None = None
    error: str | None = None


def main() -> None:
    root = Path(sys.argv[1])
    table = "\n".join([_HEAD, *(row_of(outcome) for outcome in outcomes(root))])
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n{table}\n{END}{after}", encoding="utf-8")
    print(table)


def outcomes(root: Path) -> Iterator[Outcome]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix.lower() not in _LEFT_OUT:
                yield outcome_of(path, path.relative_to(root).as_posix())


def outcome_of(path: Path, name: str) -> Outcome:
    try:
        return Outcome(name, read_balance(path.read_bytes(), name=path.name))
    except BalanceQuestion as error:
        return Outcome(name, error=f"asks `{error.code}`")
    except BalanceRefused as error:
        return Outcome(name, error=f"refuses `{error.code}`")
    except RelanceError as error:
        return Outcome(name, error=f"`{error.code}`")


def row_of(outcome: Outcome) -> str:
    reading = outcome.reading
    if reading is None:
        return f"| {outcome.file} | {outcome.error} | | | | | | | |"
    totals = _totals(reading)
    cells = (
        outcome.file,
        str(reading.rows),
        str(len(reading.items)),
        str(reading.settled_rows),
        str(len(reading.summary)),
        str(len(reading.rejected)),
        _money(totals),
        _money(reading.file_totals) or "none",
        _money(_differences(totals, reading.file_totals)) or "—",
    )
    return "| " + " | ".join(cells) + " |"


def _totals(reading: BalanceReading) -> dict[str, Decimal]:
    if not reading.is_summary:
        return reading.totals
    sums: dict[str, Decimal] = {}
    for row in reading.summary:
        sums[row.currency] = sums.get(row.currency, Decimal()) + row.total
    return sums


def _differences(
    totals: Mapping[str, Decimal], printed: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    return {code: totals.get(code, Decimal()) - value for code, value in printed.items()}


def _money(sums: Mapping[str, Decimal]) -> str:
    """Thousands apart, to the cent, a currency each."""
    shown = (
        f"{value.quantize(_CENT, ROUND_HALF_UP):,.2f} {code}"
        for code, value in sorted(sums.items())
    )
    return "<br>".join(shown)


if __name__ == "__main__":
    main()
