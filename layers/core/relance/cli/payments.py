"""`relance stats` and `relance profile`: how customers pay, and what that says of one of them."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from relance.adapters.messages.payment_messages import (
    FIGURES,
    LATE_CAUSES,
    NOTES,
    PROFILE_REASONS,
    french,
    profile_name,
    said,
)
from relance.adapters.rendering.formats import money, short_date
from relance.application.payer_profiles import ProfileView, confirm_profile, view_profile
from relance.application.payment_statistics import creditor_statistics, debtor_statistics
from relance.cli.deployed import Deployment
from relance.cli.language import AsJson, LangOption, language_of
from relance.cli.people import Author, CreditorCode, DebtorCode, Note, Stack, console, told
from relance.domain.debtor import PayerProfile
from relance.domain.statistics import Statistics

_AMOUNTS = {"open", "not_due", "amount"}


def stats(
    creditor: CreditorCode,
    debtor: Annotated[str | None, typer.Argument(help="One debtor; default: all.")] = None,
    json_output: AsJson = False,
    lang: LangOption = None,
    stack: Stack = None,
) -> None:
    """Show how customers pay: days late, DSO, disputes, reminders needed (all, or one debtor)."""
    with told():
        office = Deployment.find(stack).office
        language = language_of(lang, creditor, office)
        if debtor is None:
            found = creditor_statistics(creditor, office=office)
        else:
            found = debtor_statistics(creditor, debtor, office=office)
    if json_output:
        typer.echo(json.dumps([asdict(one) for one in found.values()], default=_plain))
    elif found:
        _show_statistics(found, language, " ".join([creditor, debtor or ""]).strip())
    else:
        console.print(said(NOTES["nothing"], language))


def profile(
    creditor: CreditorCode,
    debtor: DebtorCode,
    by: Author,
    confirm: Annotated[
        PayerProfile | None, typer.Option("--confirm", help="This is how they pay.")
    ] = None,
    note: Note = "",
    lang: LangOption = None,
    stack: Stack = None,
) -> None:
    """Show the payer profile that a debtor's history suggests, and why; or confirm one."""
    with told():
        office = Deployment.find(stack).office
        language = language_of(lang, creditor, office)
        if confirm is None:
            _show_profile(creditor, view_profile(creditor, debtor, office=office), language)
            return
        confirm_profile(creditor, debtor, confirm, by, note, office=office)
        name = profile_name(confirm, language)
        console.print(said(NOTES["confirmed"], language, {"debtor": debtor, "profile": name}))


def _plain(value: object) -> str:
    """Amounts and figures as decimal strings, dates ISO."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _show_statistics(found: dict[str, Statistics], language: str, title: str) -> None:
    day = max(one.as_of for one in found.values())
    table = Table(title=Text(f"{title} – {short_date(day, language=language)}"))
    table.add_column("")
    for currency in found:
        table.add_column(currency, justify="right")
    values = [_values(one) for one in found.values()]
    for key, words in FIGURES.items():
        cells = [
            _cell(key, of[key], one.currency, language)
            for of, one in zip(values, found.values(), strict=True)
        ]
        table.add_row(said(words, language), *cells)
    for cause in sorted({cause for one in found.values() for cause in one.late_by_cause}):
        cells = [
            money(one.late_by_cause.get(cause, Decimal()), one.currency, language=language)
            for one in found.values()
        ]
        table.add_row(said(LATE_CAUSES[cause], language), *cells)
    console.print(table)
    if not all(one.is_dso_whole for one in found.values()):
        console.print(said(NOTES["dso-partial"], language), style="yellow")


def _values(one: Statistics) -> dict[str, Any]:
    return {**asdict(one), **asdict(one.paid)}


def _cell(key: str, value: Decimal | int | None, currency: str, language: str) -> str:
    if value is None:
        return "–"
    if key in _AMOUNTS:
        return money(Decimal(value), currency, language=language)
    return french(str(value)) if language == "fr" else str(value)


def _show_profile(creditor: str, view: ProfileView, language: str) -> None:
    debtor, proposal = view.debtor, view.proposal
    known = profile_name(debtor.profile, language)
    console.print(f"{debtor.name} ({debtor.code})", markup=False)
    console.print(said(NOTES["profile"], language, {"profile": known}))
    proposed = profile_name(proposal.profile, language)
    console.print(said(NOTES["proposed"], language, {"profile": proposed}))
    for reason in proposal.reasons:
        console.print(f"  – {said(PROFILE_REASONS[reason.code], language, reason.values)}")
    if proposal.profile is not None and proposal.profile is not debtor.profile:
        values = {"creditor": creditor, "debtor": debtor.code, "profile": str(proposal.profile)}
        console.print(said(NOTES["confirm"], language, values), markup=False)
