"""A ledger read through, as a `BalanceReading`: items, refused rows, totals and what to know."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from relance.adapters.balance_files.errors import BalanceRefused
from relance.adapters.balance_files.hints import BalanceHints
from relance.adapters.ledger_files.accounts import Family, family_of
from relance.adapters.ledger_files.book import Book
from relance.adapters.ledger_files.debtors import Debtors
from relance.adapters.ledger_files.kinds import Kinds
from relance.adapters.ledger_files.open_items import Rest, grouped, rests_of, settled_elsewhere
from relance.adapters.ledger_files.rows import AccountKey, LedgerLine, Source
from relance.adapters.ledger_files.values import ZERO
from relance.domain.balance_reading import BalanceReading, Difference, ReadItem, RejectedRow
from relance.domain.open_item import ItemFlag, ItemKind

BOOKKEEPING_CURRENCY = "EUR"
"""French books are kept in euros (Code de commerce, L. 123-22): a ledger need not say it."""

_ASKED_FOR = frozenset({ItemKind.INVOICE, ItemKind.OPENING_BALANCE})
_SAID_OF_FAMILIES = {
    Family.DOUBTFUL: "doubtful-accounts",
    Family.BILL: "bills-in-portfolio",
    Family.UNUSUAL: "unusual-customer-account",
}


def read_source(source: Source, hints: BalanceHints) -> BalanceReading:
    """Raises BalanceRefused for a ledger without a customer."""
    book = Book(source.columns)
    book.take_all(source.rows)
    if not book.lines and not book.refusals.rows:
        raise BalanceRefused("ledger-without-customers", {"rows": str(book.rows)})
    reading = _Reader(book, hints).reading(source)
    _check_rows(reading, book.rows + source.above)
    return reading


class _Reader:
    def __init__(self, book: Book, hints: BalanceHints):
        self._book = book
        self._hints = hints
        self._currency = hints.default_currency or BOOKKEEPING_CURRENCY
        self._debtors = Debtors(book.lines)
        self._kinds = Kinds(book.journals, book.lines)
        self._notes = set(book.notes)
        self._elsewhere: frozenset[tuple[AccountKey, str]] = frozenset()

    def reading(self, source: Source) -> BalanceReading:
        book = self._book
        groups = grouped(book.lines)
        self._elsewhere = settled_elsewhere(groups)
        rests = rests_of(groups, book.refusals, self._kinds.is_sum)
        rests.sort(key=lambda rest: rest.line.line)
        items = tuple(self._item(rest) for rest in rests if rest.open_amount)
        settled = [rest.line for rest in rests if not rest.open_amount]
        self._note_items(items, rests)
        differences = self._differences(items)
        return BalanceReading(
            format="fec",
            as_of=book.last_day,
            items=items,
            rejected=self._rejected(),
            file_totals={self._currency: book.customers},
            settled_rows=len(settled),
            non_item_rows=book.others + source.above,
            warnings=tuple(sorted(self._notes)),
            settled_totals=self._settled(settled),
            columns=source.columns.described(),
            differences=differences,
        )

    def _item(self, rest: Rest) -> ReadItem:
        line, kind = rest.line, self._kinds.kind(rest.line)
        debtor = self._debtors.of(line.key)
        if debtor.collective:
            self._notes.add("collective-account")
        return ReadItem(
            line=line.line,
            debtor_code=debtor.code,
            debtor_name=debtor.name,
            number=self._kinds.number(line),
            kind=kind,
            issue_date=line.issued_on,
            due_date=self._due_date(line, kind, rest.open_amount),
            amount=line.amount,
            open_amount=rest.open_amount,
            currency=self._currency,
            account=line.key.account,
            payment_method=self._kinds.method(line),
            flag=ItemFlag.BLOCKED if (line.key, line.letter) in self._elsewhere else None,
        )

    def _due_date(self, line: LedgerLine, kind: ItemKind, rest: Decimal) -> date | None:
        """The law asks for none: the payment terms give it to what is asked for, and it is said."""
        if line.due_on or rest < 0 or kind not in _ASKED_FOR:
            return line.due_on
        due = self._hints.due_date(line.issued_on)
        if due is not None:
            self._notes.add("due-dates-from-terms")
        return due

    def _rejected(self) -> tuple[RejectedRow, ...]:
        rows = []
        for row, key in self._book.refusals.rows:
            debtor = self._debtors.of(key) if key else None
            code, name = (debtor.code, debtor.name) if debtor else (None, None)
            rows.append(replace(row, debtor_code=code, debtor_name=name))
        return tuple(sorted(rows, key=lambda row: row.line))

    def _settled(self, lines: Iterable[LedgerLine]) -> dict[str, Decimal]:
        """What was owed and no longer is; the credits that paid it would bring it to nothing."""
        owed = sum((line.amount for line in lines if line.amount > 0), ZERO)
        return {self._currency: owed} if owed else {}

    def _note_items(self, items: Sequence[ReadItem], rests: Sequence[Rest]) -> None:
        found = self._notes
        if self._book.last_day:
            found.add("as-of-last-entry")
        if rests and not items:
            found.add("all-settled")
        if any(item.due_date is None and item.open_amount > 0 for item in items):
            found.add("due-date-missing")
        families = {family_of(item.account or "") for item in items}
        found.update(note for family, note in _SAID_OF_FAMILIES.items() if family in families)
        if any(item.flag for item in items):
            found.add("lettered-elsewhere")
        if self._book.currencies - {"", self._currency}:
            found.add("foreign-currency-in-books")

    def _differences(self, items: Sequence[ReadItem]) -> tuple[Difference, ...]:
        book, found = self._book, []
        read = sum((item.open_amount for item in items), ZERO)
        if book.debit != book.credit:
            self._notes.add("ledger-unbalanced")
            found.append(Difference("ledger-unbalanced", self._currency, book.debit, book.credit))
        if book.customers != read:
            self._notes.add("total-differs")
            found.append(Difference("total-differs", self._currency, book.customers, read))
        if book.unbalanced_entries:
            self._notes.add("entries-unbalanced")
        return tuple(found)


def _check_rows(reading: BalanceReading, rows: int) -> None:
    """Rows in = items + rejected + settled + the others, always."""
    if reading.rows != rows:
        raise BalanceRefused("rows-lost", {"read": str(reading.rows), "file_rows": str(rows)})
