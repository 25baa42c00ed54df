"""How a creditor's customers pay: all of them, or one (docs/payment-history.md)."""

from datetime import date

from relance.application.office import Desk, Office
from relance.application.preflight import every_case
from relance.domain.case import Case
from relance.domain.statistics import AccountSums, Statistics, account_sums, added, statistics


def creditor_statistics(creditor: str, *, office: Office) -> dict[str, Statistics]:
    """Per currency. Reads every case and its payment history once. Raises NotFound."""
    desk = office.open(creditor)
    return statistics(added(_sums(desk, case) for case in every_case(desk)), _as_of(desk))


def debtor_statistics(creditor: str, debtor: str, *, office: Office) -> dict[str, Statistics]:
    """Raises NotFound."""
    desk = office.open(creditor)
    return statistics(_sums(desk, desk.case(debtor)), _as_of(desk))


def _sums(desk: Desk, case: Case) -> dict[str, AccountSums]:
    return account_sums(case, desk.cases.payments(case.debtor.code), _as_of(desk))


def _as_of(desk: Desk) -> date:
    """What is open is so on the day of the last balance: later sales are not known yet."""
    return desk.creditor.balance.fresh_as_of or desk.today
