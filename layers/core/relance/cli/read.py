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
    read_balance,
)
from relance.adapters.messages.balance_messages import Language, sentence
from relance.domain.balance_reading import BalanceReading, ReadItem

_REFUSED, _ASKED = 2, 3
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
) -> None:
    """Show what the import would understand of FILE (exit 2: refused, 3: a question)."""
    language: Language = lang.value if lang else _language()
    hints = BalanceHints(
        currency.upper() if currency else None,
        date_order.value if date_order else None,
        decimal_mark.value if decimal_mark else None,
        sheet,
        owed_sign.value if owed_sign else None,
    )
    try:
        reading = read_balance(_content(file), name=file.name, hints=hints)
    except BalanceRefused as error:
        raise _stop(error, language, json_output=json_output) from None
    except BalanceQuestion as error:
        raise _ask(error, language, json_output=json_output) from None
    if json_output:
        typer.echo(json.dumps(as_json(reading), ensure_ascii=False))
    else:
        from relance.cli.read_summary import print_summary

        print_summary(reading, file.name, language)


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
    }


def _item(item: ReadItem) -> dict[str, str | None]:
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
    }


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


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BalanceRefused("file-not-found", {"file": file.name}) from error


def _stop(error: BalanceRefused, language: Language, *, json_output: bool) -> typer.Exit:
    text = sentence(error.code, language, error.detail)
    if json_output:
        body = {"error": {"code": error.code, "text": text}}
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        typer.echo(text, err=True)
    return typer.Exit(_REFUSED)


def _ask(error: BalanceQuestion, language: Language, *, json_output: bool) -> typer.Exit:
    text = sentence(error.code, language, error.detail)
    if json_output:
        body = {"question": {"code": error.code, "text": text, "seen": list(error.seen)}}
        typer.echo(json.dumps(body, ensure_ascii=False))
    else:
        typer.echo(f"{text}\n  {' · '.join(error.seen)}", err=True)
    return typer.Exit(_ASKED)


def _language() -> Language:
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "fr" if (locale or "").lower().startswith("fr") else "en"
