"""One pass over a ledger: every row is checked and counted, only customer lines are kept."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from sys import intern

from relance.adapters.balance_files.values import Bad
from relance.adapters.ledger_files.accounts import Family, family_of
from relance.adapters.ledger_files.columns import Col, Columns
from relance.adapters.ledger_files.fields import Fields, Money
from relance.adapters.ledger_files.journals import JournalUse
from relance.adapters.ledger_files.refusals import Refusals
from relance.adapters.ledger_files.rows import AccountKey, Cells, LedgerLine
from relance.adapters.ledger_files.shape import PEEKED_ROWS, shape_of
from relance.adapters.ledger_files.values import ZERO, day_of, letter_of

_ACCOUNT = re.compile(r"[0-9][0-9A-Za-z._/ -]*").fullmatch
_DAYS = (Col.BOOKED, Col.PIECE_DATE, Col.DUE)
_NO_ENTRY = frozenset({"", "0", "-"})


class Book:
    """customers: debit less credit of every readable line of the customer accounts, refused ones
    included, added up apart from the items.
    """

    def __init__(self, columns: Columns):
        self.fields = Fields(columns)
        self.lines: list[LedgerLine] = []
        self.refusals = Refusals()
        self.rows = 0
        self.others = 0
        self.debit = self.credit = self.customers = ZERO
        self.last_day: date | None = None
        self.notes: set[str] = set()
        self.journals: dict[str, JournalUse] = {}
        self.currencies: set[str] = set()
        self._entries: dict[tuple[str, str], Decimal] = {}

    @property
    def unbalanced_entries(self) -> int:
        return len(self._entries)

    def take_all(self, rows: Iterable[tuple[int, Cells]]) -> None:
        rows = iter(rows)
        first = list(islice(rows, PEEKED_ROWS))
        shape = shape_of(self.fields.columns, [cells for _, cells in first])
        for line, cells in chain(first, rows):
            self.rows += 1
            fitted = shape.fit(cells)
            if fitted is not None:
                self._take(line, fitted)
            elif not self.refusals.add_moved(self.fields, shape, line, cells):
                self._pass_over("ledger-other-lines-unreadable")

    def _take(self, line: int, cells: Cells) -> None:
        account = self.fields.text(Col.ACCOUNT, cells)
        if _ACCOUNT(account):
            self._enter(line, cells, account)
        elif any(map(str.strip, cells)):
            bad = Bad("bad-account", account)
            self.refusals.add(self.fields, line, cells, bad, self.fields.name(Col.ACCOUNT))
        else:
            self._pass_over()

    def _pass_over(self, note: str | None = None) -> None:
        self.others += 1
        if note:
            self.notes.add(note)

    def _enter(self, line: int, cells: Cells, account: str) -> None:
        debit, credit = self.fields.money(cells)
        day = day_of(self.fields.raw[Col.BOOKED](cells))
        if isinstance(day, date) and (self.last_day is None or day > self.last_day):
            self.last_day = day
        journal = self._journal(cells, account)
        readable = isinstance(debit, Decimal) and isinstance(credit, Decimal)
        if isinstance(debit, Decimal) and isinstance(credit, Decimal):
            self._add(debit, credit, journal, cells)
        family = family_of(account)
        if family is None:
            self._pass_over(None if readable else "ledger-other-lines-unreadable")
        elif family is Family.ACCRUAL:
            self._pass_over("accruals-left-out")
        else:
            self._keep(line, cells, debit, credit)

    def _journal(self, cells: Cells, account: str) -> str:
        code = self.fields.text(Col.JOURNAL, cells)
        use = self.journals.get(code)
        if use is None:
            name = self.fields.text(Col.JOURNAL_NAME, cells)
            use = self.journals[code] = JournalUse(intern(code), name)
        use.count(account)
        return use.code

    def _add(self, debit: Decimal, credit: Decimal, journal: str, cells: Cells) -> None:
        self.debit += debit
        self.credit += credit
        entry = self.fields.text(Col.ENTRY, cells)
        if entry in _NO_ENTRY:
            return
        # An entry that balances is forgotten at once: memory holds the open ones only.
        rest = self._entries.pop((journal, entry), ZERO) + debit - credit
        if rest:
            self._entries[journal, entry] = rest

    def _keep(self, line: int, cells: Cells, debit: Money, credit: Money) -> None:
        fields, refuse = self.fields, self.refusals.add
        if isinstance(debit, Bad):
            refuse(fields, line, cells, debit, fields.money_name(debit, Col.DEBIT))
            return
        if isinstance(credit, Bad):
            refuse(fields, line, cells, credit, fields.money_name(credit, Col.CREDIT))
            return
        self.customers += debit - credit
        days = [day_of(fields.raw[col](cells)) for col in _DAYS]
        for col, day in zip(_DAYS, days, strict=True):
            if isinstance(day, Bad):
                refuse(fields, line, cells, day, fields.name(col))
                return
        booked, piece, due = (day if isinstance(day, date) else None for day in days)
        issued = piece or booked
        if issued is None:
            refuse(fields, line, cells, Bad("missing-date", ""), fields.name(Col.BOOKED))
            return
        self.currencies.add(fields.text(Col.FOREIGN_CURRENCY, cells).upper())
        self.lines.append(self._line(line, cells, debit - credit, (issued, due)))

    def _line(
        self, no: int, cells: Cells, amount: Decimal, days: tuple[date, date | None]
    ) -> LedgerLine:
        """Texts that come back on every line of a customer are kept once."""
        text = self.fields.text
        return LedgerLine(
            no,
            AccountKey(intern(text(Col.ACCOUNT, cells)), intern(text(Col.AUXILIARY, cells))),
            intern(text(Col.ACCOUNT_NAME, cells)),
            intern(text(Col.AUXILIARY_NAME, cells) or text(Col.CLIENT, cells)),
            intern(text(Col.JOURNAL, cells)),
            text(Col.PIECE, cells),
            text(Col.LABEL, cells),
            intern(letter_of(self.fields.raw[Col.LETTER](cells))),
            days[0],
            amount,
            intern(text(Col.PAID_BY, cells)),
            days[1],
        )
