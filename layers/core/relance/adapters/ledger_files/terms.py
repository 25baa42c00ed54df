"""Due dates from the payment terms: a ledger has none."""

from calendar import monthrange
from datetime import date, timedelta

from relance.adapters.balance_files.hints import BalanceHints


def due_date(hints: BalanceHints, issued_on: date) -> date | None:
    """So many days after the document, then the end of that month if so agreed; None without."""
    if hints.terms_days is None:
        return None
    due = issued_on + timedelta(days=hints.terms_days)
    return due.replace(day=monthrange(due.year, due.month)[1]) if hints.end_of_month else due
