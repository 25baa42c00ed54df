"""What one file speaks of: a full balance, one part of it, or an addition (design §6)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase

from relance.domain.balance_reading import ReadItem
from relance.domain.balance_settings import BalanceMode, BalancePart, PartBy
from relance.domain.open_item import OpenItem
from relance.domain.reconciliation.snapshot import BalanceSnapshot
from relance.domain.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class BalanceRules:
    """`balance:` of the creditor, with the name of the file and the creditor's open days."""

    mode: BalanceMode = BalanceMode.STOCK
    parts: tuple[BalancePart, ...] = ()
    file_name: str = ""
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    @property
    def is_stock(self) -> bool:
        return self.mode is BalanceMode.STOCK

    @property
    def names(self) -> frozenset[str]:
        return frozenset(part.name for part in self.parts)

    def part_of(self, row: ReadItem | OpenItem) -> str | None:
        """The part of a row of this file: the file's own, else the first that its account or its
        currency matches.
        """
        return self.file_part or self._part_by_facts(row)

    def home_of(self, item: OpenItem) -> str | None:
        """The part that a known item belongs to: the one that listed it last, while it exists."""
        return item.part if item.part in self.names else self._part_by_facts(item)

    @property
    def file_part(self) -> str | None:
        name = self.file_name.casefold()
        files = (part for part in self.parts if part.by is PartBy.FILE)
        return next((p.name for p in files if fnmatchcase(name, p.pattern.casefold())), None)

    def _part_by_facts(self, row: ReadItem | OpenItem) -> str | None:
        for part in self.parts:
            by_account = part.by is PartBy.ACCOUNT and (row.account or "").startswith(part.pattern)
            by_currency = part.by is PartBy.CURRENCY and row.currency == part.pattern.upper()
            if by_account or by_currency:
                return part.name
        return None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where absence means something. whole: no parts, or all of them have come since they were
    declared, so that what none of them lists is nowhere.
    """

    rules: BalanceRules
    present: frozenset[str]
    whole: bool

    def settles(self, item: OpenItem) -> bool:
        """Whether an item absent from this file is no longer owed."""
        if not self.rules.is_stock:
            return False
        if not self.rules.parts:
            return True
        home = self.rules.home_of(item)
        return self.whole if home is None else home in self.present

    def covers(self, item: OpenItem) -> bool:
        """Whether the file speaks of it, or may: it is not of another part."""
        home = self.rules.home_of(item)
        return home is None or home in self.present


def scope_of(rules: BalanceRules, rows: Iterable[ReadItem], snapshot: BalanceSnapshot) -> Scope:
    own = rules.file_part
    found = {own} if own is not None else {rules.part_of(row) for row in rows}
    present = frozenset(name for name in found if name is not None)
    return Scope(rules, present, rules.names <= {*snapshot.parts, *present})


def rows_without_part(rules: BalanceRules, rows: Iterable[ReadItem]) -> int:
    """Rows of a creditor whose balance comes in parts, and that belong to none of them."""
    if not rules.parts:
        return 0
    return sum(1 for row in rows if rules.part_of(row) is None)


def oldest_part(snapshot: BalanceSnapshot, parts: Iterable[BalancePart]) -> date | None:
    """A balance in parts is as old as its oldest part. None: it does not come in parts."""
    states = (snapshot.parts.get(part.name) for part in parts)
    return min((state.dated for state in states if state is not None), default=None)
