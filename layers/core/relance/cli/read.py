"""`relance read FILE`: what the import would understand of a balance, without AWS."""

import json
import os
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from relance.adapters.balance_files import (
    BalanceHints,
    BalanceQuestion,
    BalanceRefused,
    SeenTable,
    read_balance,
)
from relance.adapters.messages.balance_answers import answer_to
from relance.adapters.messages.balance_messages import Language, sentence
from relance.domain.balance_reading import (
    BalanceReading,
    Difference,
    ReadColumn,
    ReadItem,
    ReadParties,
)

_REFUSED, _ASKED = 2, 3
_SEEN = 5
_CENT = Decimal("0.01")


class Lang(StrEnum):
    FR = "fr"
    EN = "en"


class DateOrderOption(StrEnum):
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class DecimalMarkOption(StrEnum):
    COMMA = ","
    POINT = "."


class SignOption(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


def read(
    file: Annotated[Path, typer.Argument(help="Aged balance or open-item list.")],
    json_output: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    lang: Annotated[Lang | None, typer.Option(help="Language of the sentences.")] = None,
    currency: Annotated[str | None, typer.Option(help="For files that name none.")] = None,
    date_order: Annotated[DateOrderOption | None, typer.Option()] = None,
    decimal_mark: Annotated[DecimalMarkOption | None, typer.Option()] = None,
    sheet: Annotated[str | None, typer.Option(help="Sheet that lists the items.")] = None,
    owed_sign: Annotated[SignOption | None, typer.Option(help="Sign of what is owed.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="FIELD=COLUMN (name, number or letter), repeatable.")
    ] = None,
    header_row: Annotated[int | None, typer.Option(help="Line of the header, 0: none.")] = None,
    terms_days: Annotated[int | None, typer.Option(min=0, max=365, help="Payment terms.")] = None,
    end_of_month: Annotated[bool, typer.Option("--end-of-month", help="Of the terms.")] = False,
) -> None:
    """Show what the import would understand of FILE (exit 2: refused, 3: a question)."""
    language: Language = lang.value if lang else locale_language()
    hints = BalanceHints(
        currency.upper() if currency else None,
        date_order.value if date_order else None,
        decimal_mark.value if decimal_mark else None,
        sheet,
        owed_sign.value if owed_sign else None,
        dict(_pin(text) for text in column or ()),
        header_row,
        terms_days,
        end_of_month,
    )
    try:
        reading = read_balance(content_of(file), name=file.name, hints=hints)
    except BalanceRefused as error:
        raise stop(error, language, json_output=json_output) from None
    except BalanceQuestion as error:
        raise ask(error, language, json_output=json_output) from None
    if reading.is_summary:
        raise ask(summary_question(reading), language, json_output=json_output)
    if json_output:
        typer.echo(json.dumps(as_json(reading), ensure_ascii=False))
    else:
        from relance.cli.read_summary import print_summary

        print_summary(reading, file.name, language)


def _pin(text: str) -> tuple[str, str]:
    name, _, wanted = text.partition("=")
    if not name or not wanted:
        raise typer.BadParameter("FIELD=COLUMN", param_hint="--column")
    return name.strip(), wanted.strip()


def summary_question(reading: BalanceReading) -> BalanceQuestion:
    """A row per customer names no invoice: the detail is asked for, nothing is chased from it."""
    sums: dict[str, Decimal] = {}
    for row in reading.summary:
        sums[row.currency] = sums.get(row.currency, Decimal()) + row.total
    total = ", ".join(f"{value:.2f} {code}" for code, value in sorted(sums.items()))
    detail = {"rows": str(len(reading.summary)), "total": total or "0.00"}
    seen = tuple(row.debtor_name or row.debtor_code or "" for row in reading.summary[:_SEEN])
    return BalanceQuestion("summary-names-no-item", detail, seen, SeenTable(reading.columns))


def question_json(error: BalanceQuestion, text: str) -> dict[str, Any]:
    """columns, rows: the table as understood so far; answer: what to write in creditor.yaml."""
    return {
        "code": error.code,
        "text": text,
        "seen": list(error.seen),
        "columns": [_column(one) for one in error.table.columns],
        "rows": [list(row) for row in error.table.rows],
        "answer": answer_to(error.code, error.table.columns),
    }


def _column(one: ReadColumn) -> dict[str, Any]:
    return {
        "column": one.index + 1,
        "name": one.name,
        "meaning": one.meaning,
        "confidence": one.confidence,
        "why": one.why,
    }


def as_json(reading: BalanceReading) -> dict[str, Any]:
    """The documented shape: amounts as decimal strings, owed to us positive, dates ISO."""
    return {
        "format": reading.format,
        "encoding": reading.encoding,
        "separator": reading.separator,
        "as_of": reading.as_of.isoformat() if reading.as_of else None,
        "currency": reading.currency,
        "items": [_item(item) for item in reading.items],
        "total": _totals(reading.totals) or "0.00",
        "file_total": _totals(reading.file_totals),
        "rejected": [{"line": row.line, "reason": row.reason} for row in reading.rejected],
        "warnings": list(reading.warnings),
        # Rows with nothing open are no items: what they amounted to is said apart.
        "settled": {"rows": reading.settled_rows, "total": _totals(reading.settled_totals)},
        "rows": reading.rows,
        "non_item_rows": reading.non_item_rows,
        "columns": [_column(one) for one in reading.columns],
        "differences": [_difference(one) for one in reading.differences],
        "buckets": {
            code: {label: to_the_cent(value) for label, value in sums.items()}
            for code, sums in reading.buckets.items()
        },
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "code": one.code,
        "scope": one.scope,
        "line": one.line,
        "currency": one.currency,
        "printed": to_the_cent(one.printed),
        "read": to_the_cent(one.read),
    }


def _item(item: ReadItem) -> dict[str, Any]:
    parties = item.parties or ReadParties()
    said = {
        "order_number": item.order_number,
        "account": item.account,
        "payment_method": item.payment_method.value if item.payment_method else None,
        "flag": item.flag.value if item.flag else None,
        "reminder_level": item.reminder_level,
        "reminded_on": item.reminded_on.isoformat() if item.reminded_on else None,
        "salesperson": parties.salesperson,
        "collector": parties.collector,
        "payer": parties.payer,
        "insurer": item.insurer,
        "factor": item.factor,
    }
    return {
        "debtor_code": item.debtor_code,
        "debtor_name": item.debtor_name,
        "number": item.number,
        "kind": item.kind.value,
        "issue_date": item.issue_date.isoformat() if item.issue_date else None,
        "due_date": item.due_date.isoformat() if item.due_date else None,
        "amount": plain_amount(item.amount),
        "open_amount": plain_amount(item.open_amount),
        "currency": item.currency,
    } | {key: value for key, value in said.items() if value is not None}


def plain_amount(value: Decimal) -> str:
    """Exact, with two decimals at least: rows add up to the total before it is rounded."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -2:
        value = value.quantize(_CENT)
    return format(value, "f")


def to_the_cent(value: Decimal) -> str:
    return format(value.quantize(_CENT, ROUND_HALF_UP), "f")


def _totals(totals: Mapping[str, Decimal]) -> str | dict[str, str] | None:
    if len(totals) == 1:
        return to_the_cent(next(iter(totals.values())))
    return {code: to_the_cent(value) for code, value in sorted(totals.items())} or None


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BalanceRefused("file-not-found", {"file": file.name}) from error


def stop(error: BalanceRefused, language: Language, *, json_output: bool) -> typer.Exit:
    text = sentence(error.code, language, error.detail)
    if json_output:
        body = {"error": {"code": error.code, "text": text}}
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        typer.echo(text, err=True)
    return typer.Exit(_REFUSED)


def ask(error: BalanceQuestion, language: Language, *, json_output: bool) -> typer.Exit:
    text = sentence(error.code, language, error.detail)
    if json_output:
        body = {"question": question_json(error, text)}
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        from relance.cli.read_summary import print_question

        print_question(error, text, language)
    return typer.Exit(_ASKED)


def locale_language() -> Language:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "fr" if (locale or "").lower().startswith("fr") else "en"
