"""The creditor's accounts in a simulation: each morning's balance, as an import would apply it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from relance.application.simulation.payments import PaymentModel
from relance.domain.case import Case
from relance.domain.case_import import apply_balance
from relance.domain.open_item import ItemKey, OpenItem, Settlement
from relance.domain.reconciliation.changes import DebtorChange, change_between

Coming = Mapping[str, tuple[OpenItem, ...]]
"""By debtor code: items that the balance shows from their issue date on."""

_News = list[tuple[str, ItemKey, Decimal | None]]


class Ledger:
    """What each coming balance changes, known from the first day: it is asked of no case again.

    paid: what came in so far, by currency.
    """

    def __init__(
        self, cases: Iterable[Case], coming: Coming, pays: PaymentModel, first: date
    ) -> None:
        self.paid: dict[str, Decimal] = {}
        self._payments: dict[date, _News] = {}
        self._issued: dict[date, list[tuple[str, OpenItem]]] = {}
        for case in cases:
            items = [item for item in case.items.values() if item.is_claim]
            for item in (*items, *coming.get(case.debtor.code, ())):
                self._plan(case, item, pays, first)
            for item in coming.get(case.debtor.code, ()):
                shown = max(item.issue_date or first, first)
                self._issued.setdefault(shown, []).append((case.debtor.code, item))

    def changes(self, today: date) -> dict[str, tuple[list[OpenItem], _News]]:
        """By debtor: the items that this morning's balance shows for the first time, and the
        payments of the day before.
        """
        found: dict[str, tuple[list[OpenItem], _News]] = {}
        for code, item in self._issued.pop(today, ()):
            found.setdefault(code, ([], []))[0].append(item)
        for code, key, amount in self._payments.pop(today, ()):
            found.setdefault(code, ([], []))[1].append((code, key, amount))
        return found

    def balance(
        self, case: Case, news: tuple[list[OpenItem], _News], *, import_seq: int, today: date
    ) -> Case:
        """The case with the new facts of its items."""
        after = {item.key: item for item in news[0]}
        for _, key, amount in news[1]:
            item = after.get(key) or case.items.get(key)
            if item is not None and item.is_claim:
                after[key] = self._paid(item, amount, today)
        found = [change_between(case.items.get(key), item) for key, item in after.items()]
        items = tuple(change for change in found if change is not None)
        if not items:
            return case
        case = _pruned(case, today)
        change = DebtorChange(case.debtor.code, case.debtor.name, items)
        return apply_balance(case, change, import_seq=import_seq, agenda=today, dated=today).case

    def _plan(self, case: Case, item: OpenItem, pays: PaymentModel, first: date) -> None:
        """What was paid before the first day is in the balance already, or was never paid."""
        for payment in pays(case.debtor, item):
            shown = payment.on + timedelta(days=1)
            if shown > first:
                one = (case.debtor.code, item.key, payment.amount)
                self._payments.setdefault(shown, []).append(one)

    def _paid(self, item: OpenItem, amount: Decimal | None, today: date) -> OpenItem:
        part = item.open_amount if amount is None else min(amount, item.open_amount)
        self.paid[item.currency] = self.paid.get(item.currency, Decimal(0)) + part
        left = item.open_amount - part
        if left:
            return replace(item, open_amount=left)
        settled = Settlement.UNKNOWN_CAUSE
        return replace(item, open_amount=left, settlement=settled, settled_on=today)


def _pruned(case: Case, today: date) -> Case:
    """Without what an earlier balance settled: a year of it would be looked through every day."""
    gone = {key for key, item in case.items.items() if item.settled_on and item.settled_on < today}
    if not gone:
        return case
    items = {key: item for key, item in case.items.items() if key not in gone}
    progress = {key: done for key, done in case.progress.items() if key not in gone}
    return replace(case, items=items, progress=progress)
