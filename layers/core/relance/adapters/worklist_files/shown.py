"""What a row shows, in the words of its language."""

from decimal import Decimal

from relance.adapters.rendering.formats import money, money_sum, one_line, short_date
from relance.adapters.worklist_files.layout import Col
from relance.adapters.worklist_files.words import ARRANGEMENTS, CHECKED, KINDS, say
from relance.adapters.xlsx_package import Value
from relance.application.worklists.rows import ListedItem, ListedRow, RowKind

ITEMS_SHOWN = 12
_FORMAL_NOTICE = "formal_notice"


def shown_cells(row: ListedRow, creditor: str, language: str) -> dict[Col, Value]:
    """The stake is of its largest currency, the others are said beside."""
    currency, stake = max(row.stake.items(), key=lambda one: one[1], default=("", None))
    return {
        Col.KIND: KINDS[row.reference.kind].of(language),
        Col.CODE: row.reference.debtor,
        Col.NAME: row.debtor_name,
        Col.STAKE: stake,
        Col.CURRENCY: currency,
        Col.ASK: "\n".join(filter(None, _ask(row, currency, language))),
        Col.CONTACT: row.contact,
        Col.PHONE: row.phone,
        Col.ITEMS: _items(row.items, language),
        Col.REFERENCE: row.reference.text(creditor),
    }


def _ask(row: ListedRow, currency: str, language: str) -> list[str]:
    others = {code: amount for code, amount in row.stake.items() if code != currency}
    also = say("also", language, sum=money_sum(others, language=language)) if others else ""
    days = [short_date(day, language=language) for day in row.promised]
    match row.reference.kind:
        case RowKind.CALL:
            held = [say("promised", language, day=day) for day in days]
            return [row.text, *held, also]
        case RowKind.REPLY:
            return [one_line(row.why), row.text, also]
        case RowKind.CHECK:
            return [CHECKED[row.why].of(language), row.text]
        case RowKind.ARRANGEMENT:
            until = [say("until", language, day=day) for day in days]
            return [ARRANGEMENTS[row.why].of(language), *until, also]
        case RowKind.APPROVAL:
            is_formal = row.why == _FORMAL_NOTICE
            key = "formal" if is_formal else "notice"
            return [say(key, language, step=row.why), also]


def _items(items: tuple[ListedItem, ...], language: str) -> str:
    lines = [_item(item, language) for item in items[:ITEMS_SHOWN]]
    more = len(items) - ITEMS_SHOWN
    return "\n".join([*lines, *([say("more", language, count=str(more))] if more > 0 else [])])


def _item(item: ListedItem, language: str) -> str:
    parts = [item.number, money(Decimal(item.amount), item.currency, language=language)]
    if item.due_date is not None:
        parts.append(say("due", language, day=short_date(item.due_date, language=language)))
    return ", ".join(parts)
