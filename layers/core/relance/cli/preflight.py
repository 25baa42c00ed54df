"""`relance preflight CREDITOR`: what to look at before anything is switched on."""

import json
from typing import Any

import typer
from rich.table import Table
from rich.text import Text

from relance.adapters.messages.preflight_messages import advice, label, what_is_checked
from relance.adapters.rendering.formats import money, money_sum, short_date
from relance.application.preflight import run_preflight
from relance.cli.deployed import Deployment
from relance.cli.language import AsJson, LangOption, language_of
from relance.cli.people import CreditorCode, Stack, console, told
from relance.cli.read import plain_amount
from relance.domain.preflight import Check, Preflight
from relance.domain.preflight_rules import Severity

_BLOCKED = 1
_SHOWN = 5
"""Debtors that a line of the table names; `--json` has them all."""


def preflight(
    creditor: CreditorCode,
    json_output: AsJson = False,
    lang: LangOption = None,
    stack: Stack = None,
) -> None:
    """Check everything of a creditor before switching it on (exit 1: something blocks)."""
    with told():
        office = Deployment.find(stack).office
        language = language_of(lang, creditor, office)
        found = run_preflight(creditor, office=office)
    if json_output:
        typer.echo(json.dumps(as_json(creditor, found, language), ensure_ascii=False))
    else:
        show(creditor, found, language)
    if found.is_blocked:
        raise typer.Exit(_BLOCKED)


def as_json(creditor: str, found: Preflight, language: str) -> dict[str, Any]:
    """Amounts as decimal strings; a count that the data cannot tell is null."""
    return {
        "creditor": creditor,
        "blocked": found.is_blocked,
        "debtors": found.debtors,
        "open": _plain(found),
        "checks": [
            {
                "code": check.code,
                "severity": check.severity.value,
                "blocks": check.blocks,
                "count": check.count,
                "amounts": {code: plain_amount(v) for code, v in sorted(check.amounts.items())},
                "found": list(check.found),
                "detail": check.detail,
                "text": what_is_checked(check.code, language),
                "advice": advice(check.code, language),
            }
            for check in found.checks
        ],
        "largest": [
            {
                "debtor": large.debtor,
                "name": large.name,
                "number": large.item.number,
                "due_date": large.item.due_date.isoformat() if large.item.due_date else None,
                "open_amount": plain_amount(large.item.open_amount),
                "currency": large.item.currency,
            }
            for large in found.largest
        ],
    }


def _plain(found: Preflight) -> dict[str, str]:
    return {code: plain_amount(value) for code, value in found.open.items()}


def show(creditor: str, found: Preflight, language: str) -> None:
    console.print(_checks(creditor, found, language))
    if found.largest:
        console.print(_largest(found, language))
    blocked = found.is_blocked
    said = label("blocked" if blocked else "ready", language)
    console.print(Text(said, style="bold red" if blocked else "bold green"))


def _checks(creditor: str, found: Preflight, language: str) -> Table:
    owed = money_sum(found.open, language=language)
    colon = "\u00a0:" if language == "fr" else ":"
    about = f"{label('debtors_owing', language)}{colon} {found.debtors} – {owed}"
    table = Table(title=Text(f"{label('title', language)} – {creditor}"), caption=Text(about))
    table.add_column("", no_wrap=True)
    table.add_column(label("check", language))
    table.add_column(label("count", language), justify="right", no_wrap=True)
    table.add_column(label("owed", language), justify="right")
    table.add_column(label("found", language), overflow="fold")
    for check in found.checks:
        amounts = money_sum(check.amounts, language=language) if check.amounts else ""
        mark, style = _mark(check)
        table.add_row(
            Text(mark, style=style),
            what_is_checked(check.code, language),
            _count(check, language),
            amounts,
            Text(_found(check, language)),
        )
    return table


def _mark(check: Check) -> tuple[str, str]:
    """A sign beside the colour: not everybody sees colours."""
    if check.blocks:
        return "✗", "bold red"
    if check.severity is Severity.INFO:
        return "·", "dim"
    if check.severity is Severity.LOOK and check.count is None:
        return "?", "yellow"
    return ("!", "yellow") if check.count else ("✓", "green")


def _count(check: Check, language: str) -> str:
    if check.detail is not None:
        return check.detail
    if check.count is None:
        return label("unknown", language)
    is_state = check.severity is Severity.BLOCK and not check.found
    return "" if is_state else str(check.count)


def _found(check: Check, language: str) -> str:
    """Nothing to do about what was not found."""
    if check.count is None:
        return "" if check.severity is Severity.INFO else label("no-column", language)
    if not check.count:
        return ""
    more = len(check.found) - _SHOWN
    where = "; ".join(check.found[:_SHOWN]) + (f"; … +{more}" if more > 0 else "")
    return f"{advice(check.code, language)} {where}".rstrip()


def _largest(found: Preflight, language: str) -> Table:
    table = Table(title=Text(label("largest", language)))
    for key in ("debtor", "document", "due"):
        table.add_column(label(key, language))
    table.add_column(label("open", language), justify="right", no_wrap=True)
    for large in found.largest:
        item = large.item
        table.add_row(
            Text(f"{large.debtor} {large.name}"),
            Text(item.number),
            short_date(item.due_date, language=language) if item.due_date else "–",
            money(item.open_amount, item.currency, language=language),
        )
    return table
