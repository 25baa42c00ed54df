"""Which customer a line is about: its auxiliary, or what its account number hides."""

from collections.abc import Iterable
from dataclasses import dataclass

from relance.adapters.ledger_files.accounts import is_bare, names_nobody
from relance.adapters.ledger_files.rows import AccountKey, LedgerLine

_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Debtor:
    """collective: many people under one account, or one name: nobody to write to."""

    code: str
    name: str | None
    collective: bool = False


class Debtors:
    """One customer has one code, on whichever of its accounts a line is."""

    def __init__(self, lines: Iterable[LedgerLine]):
        self._names: dict[AccountKey, str] = {}
        for line in lines:
            name = line.auxiliary_name or ("" if line.key.auxiliary else line.account_name)
            if name or line.key not in self._names:
                self._names[line.key] = name
        self._mains = {key.account: name for key, name in self._names.items()
                       if not key.auxiliary and key.account.startswith("411")}  # fmt: skip

    def of(self, key: AccountKey) -> Debtor:
        name = self._names.get(key, "")
        if key.auxiliary:
            return Debtor(key.auxiliary, name or None, names_nobody(name))
        if is_bare(key.account):
            return Debtor(key.account, name or None, collective=True)
        return Debtor(self._main(key.account, name), name or None, names_nobody(name))

    def _main(self, account: str, name: str) -> str:
        """416DUPONT and 419DUPONT are the customer 411DUPONT."""
        suffix = account[_PREFIX:]
        main = f"411{suffix}"
        if main not in self._mains:
            return account
        same_name = self._mains[main].casefold() == name.casefold()
        return main if same_name or not suffix.isdigit() else account
