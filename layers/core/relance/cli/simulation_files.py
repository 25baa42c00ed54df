"""The files that `relance simulate` reads: a balance, and what else is known of a creditor."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from relance import bootstrap
from relance.adapters.balance_files import (
    BalanceRefused,
    hints_of,
    read_balance,
    read_table,
)
from relance.adapters.config_files.creditor_yaml import read_creditor
from relance.adapters.config_files.policy_yaml import read_policy
from relance.adapters.contacts_files import contacts_beside, read_contacts
from relance.adapters.holiday_calendars import HolidayCalendars
from relance.application.ports import ContactLine
from relance.application.simulation.portfolio import Portfolio, portfolio_of
from relance.cli.read import content_of, summary_question
from relance.domain.balance_reading import BalanceReading
from relance.domain.balance_settings import DateOrder, DecimalMark
from relance.domain.creditor import Creditor, CreditorProfile, LegalIdentity
from relance.domain.errors import RelanceError
from relance.domain.limits import limits_of
from relance.domain.policy import Policy
from relance.domain.postal_address import PostalAddress
from relance.domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class SimulationFiles:
    balance: Path
    contacts: Path | None = None
    creditor: Path | None = None
    policy: str | None = None
    date_order: DateOrder | None = None
    """With decimal_mark: what the balance leaves open, before what the creditor says."""
    decimal_mark: DecimalMark | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """All that a simulation takes. warnings: what was left out or assumed, kebab-case codes;
    rejected: how many, by the code that says so.
    """

    portfolio: Portfolio
    creditor: Creditor
    policy: Policy
    calendar: WorkingCalendar
    warnings: tuple[str, ...]
    rejected: dict[str, int]


def read_all(files: SimulationFiles, first: date, *, assume: bool | None) -> Given:
    """Raises BalanceRefused, BalanceQuestion, and RelanceError for what the other files lack."""
    creditor = _creditor(files.creditor)
    policy = _policy(files.policy or creditor.profile.policy)
    calendar = _calendar(creditor.profile, policy)
    content = content_of(files.balance)
    reading = _balance(content, files, creditor.profile)
    contacts, refused = _contacts(files.contacts, content)
    portfolio = portfolio_of(reading, contacts, creditor, calendar, first, assume=assume)
    rejected = {"rows-rejected": len(reading.rejected), "contacts-rejected": refused}
    rejected = {code: count for code, count in rejected.items() if count}
    warnings = (*portfolio.warnings, *reading.warnings, *rejected)
    return Given(portfolio, creditor, policy, calendar, warnings, rejected)


def _balance(content: bytes, files: SimulationFiles, profile: CreditorProfile) -> BalanceReading:
    hints = hints_of(profile.balance, profile.currency, profile.payment_terms_days)
    hints = replace(
        hints,
        date_order=files.date_order or hints.date_order,
        decimal_mark=files.decimal_mark or hints.decimal_mark,
    )
    reading = read_balance(content, name=files.balance.name, hints=hints)
    if reading.is_summary:
        raise summary_question(reading)
    if reading.rejected and not reading.items and not reading.settled_rows:
        raise RelanceError("no-row-read", {"rows": str(len(reading.rejected))})
    return reading


def _contacts(file: Path | None, balance: bytes) -> tuple[tuple[ContactLine, ...], int]:
    """A file of its own, else the columns of the balance, if it has any; and rows refused."""
    if file is not None:
        found = read_contacts(_content(file))
        return found.rows, len(found.rejected)
    try:
        beside = contacts_beside(read_table(balance))
    except BalanceRefused:
        beside = None
    return (beside.rows if beside else ()), 0


def _creditor(file: Path | None) -> Creditor:
    """Payment details are no matter: nothing leaves."""
    if file is not None:
        return Creditor(read_creditor(_content(file), name=file.name).profile)
    identity = LegalIdentity("", PostalAddress(()))
    return Creditor(CreditorProfile("simulation", identity, "", ()))


def _calendar(profile: CreditorProfile, policy: Policy) -> WorkingCalendar:
    """As the office has it: what the policy says of it wins."""
    limits = limits_of(profile, policy)
    weekdays = frozenset(day.number for day in limits.days)
    return replace(HolidayCalendars().of(limits.holidays), weekdays=weekdays)


def _policy(named: str) -> Policy:
    """A file, else a shipped policy by its name."""
    path = Path(named)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        around = bootstrap.policy_surroundings()
        return read_policy(_content(path), name=path.name, surroundings=around)
    return bootstrap.policies().get(named)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise RelanceError("file-not-found", {"file": file.name}) from error
