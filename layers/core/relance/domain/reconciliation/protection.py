"""An item is settled only if no rejected row can be it (design §6)."""

from dataclasses import dataclass

from relance.domain.balance_reading import BalanceReading, RejectedRow, SummaryRow
from relance.domain.open_item import OpenItem
from relance.domain.reconciliation.identity import debtor_key, normalised_name, number_part
from relance.domain.reconciliation.snapshot import BalanceSnapshot


@dataclass(frozen=True, slots=True)
class Protection:
    """What the rejected rows of a file leave untouched.

    everything: a row shows neither number nor debtor, so it may be any item.
    """

    everything: bool
    numbers: frozenset[str]
    debtors: frozenset[str]

    def covers(self, debtor: str, item: OpenItem) -> bool:
        return self.everything or debtor in self.debtors or _number(item.number) in self.numbers


def protection_of(reading: BalanceReading, snapshot: BalanceSnapshot) -> Protection:
    """A number that the last balance knew protects it; an unknown one may be misread, so the row
    then protects the debtor that it shows. So does the total of a customer without its items.
    """
    rows = (*reading.rejected, *map(_as_rejected, reading.summary))
    if not rows:
        return Protection(False, frozenset(), frozenset())
    known = {_number(item.number) for _, item in snapshot.each()}
    names = _names(snapshot)
    everything, numbers, debtors = False, set[str](), set[str]()
    for row in rows:
        number = _number(row.number or "")
        shown = _debtors(row, names)
        if number and (number in known or not shown):
            numbers.add(number)
        elif shown:
            debtors |= shown
        else:
            everything = True
    return Protection(everything, frozenset(numbers), frozenset(debtors))


def _as_rejected(row: SummaryRow) -> RejectedRow:
    shown = {"debtor_code": row.debtor_code, "debtor_name": row.debtor_name}
    return RejectedRow(row.line, "summary", **shown)


def _number(text: str) -> str:
    return number_part(text).casefold()


def _names(snapshot: BalanceSnapshot) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {}
    for code, debtor in snapshot.debtors.items():
        names.setdefault(normalised_name(debtor.name), set()).add(code)
    return names


def _debtors(row: RejectedRow, names: dict[str, set[str]]) -> set[str]:
    """The code that the row shows, and every debtor of its name."""
    found = {debtor_key(row.debtor_code, row.debtor_name)} - {None}
    shown = {code for code in found if code is not None}
    if row.debtor_name and row.debtor_name.strip():
        shown |= names.get(normalised_name(row.debtor_name), set())
    return shown
