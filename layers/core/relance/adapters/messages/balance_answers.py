"""What to write in `creditor.yaml` to answer a question about a balance."""

from collections.abc import Sequence

from relance.domain.balance_reading import ReadColumn

_SETTINGS = {
    "date-order-tied": "date_order: day-first  # | month-first",
    "date-order-mixed": "",
    "decimal-mark-tied": 'decimal_mark: ","  # | "."',
    "sign-unclear": "owed_sign: negative  # | positive",
    "several-sheets": 'sheet: "…"',
    "sheet-not-found": 'sheet: "…"',
    "header-row-not-found": "header_row: 1  # 0: no header",
}
_MAPPED = frozenset({
    "columns-tied", "header-not-found", "debtor-column-not-found", "amount-column-not-found",
    "open-amount-unsure",
    "pinned-column-not-found", "pinned-field-unknown",
})  # fmt: skip
_NEEDED = ("debtor_code", "debtor_name", "number", "issue_date", "due_date", "open_amount")


def answer_to(code: str, columns: Sequence[ReadColumn] = ()) -> str | None:
    """Lines to put in the file, with what is understood so far; None when no setting helps."""
    if code in _MAPPED:
        return "\n".join(["balance:", *_header(code), "  mapping:", *_mapping(columns)])
    setting = _SETTINGS.get(code)
    return f"balance:\n  {setting}" if setting else None


def _header(code: str) -> list[str]:
    return ["  header_row: 0  # no header"] if code == "header-not-found" else []


def _mapping(columns: Sequence[ReadColumn]) -> list[str]:
    """Known columns by their number: it is there even when the name is not."""
    known = {one.meaning: one for one in columns if one.meaning in _NEEDED}
    return [
        f"    {field}: {known[field].index + 1}  # {known[field].name}".rstrip(" #")
        if field in known
        else f"    {field}: …"
        for field in _NEEDED
    ]
