"""What a journal books: the accounts it touches say it, else its name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from relance.adapters.ledger_files.columns import fold


class Role(StrEnum):
    OPENING = "opening"
    SALES = "sales"
    TREASURY = "treasury"
    TILL = "till"
    """Sales and their payment in one journal."""
    GENERAL = "general"
    UNKNOWN = "unknown"


_OPENING_CODE = re.compile(r"(?:r?an(?:o|ouv)?|ouv|rn|nouv|open)\d{0,2}$")
_OPENING = re.compile(r"\ba[- ]?nouveaux?\b|ouverture|balance initiale|solde initial|opening")
_GENERAL_CODE = re.compile(r"(?:od[a-z]?|ods|div)\d{0,3}$")
_GENERAL = re.compile(r"operations? div|\bo\.?d\.?\b|extourne|journal general|general journal|misc")
_SALES_CODE = re.compile(r"(?:v[et]|ven|vte|fac?|rev|inv|sal)\d{0,4}$")
_SALES = re.compile(r"vente|factur|sales|revenue|produit|invoic")
_TREASURY_CODE = re.compile(r"(?:bq|bnq|bk|bnk|bank|ca|cai|cash|cb|ccp|tr)\d{0,4}$")
_TREASURY = re.compile(
    r"banque|bank|caisse|cash|cheque|tresor|reglement|virement|prelevement|encaisse|credit (?!note)"
    r"|effets"
)
_CARRIED = re.compile(r"(?:reports? |soldes? )?a[- ]?nouveaux?\b|soldes? (?:initial|d'ouverture)|"
                      r"reprise (?:des? )?solde|opening balance|balance initiale")  # fmt: skip
_TREASURY_ACCOUNTS = frozenset({"51", "53", "54", "58"})
_BY_NAME = (
    (Role.SALES, _SALES_CODE, _SALES),
    (Role.TREASURY, _TREASURY_CODE, _TREASURY),
)


@dataclass(slots=True)
class JournalUse:
    """How many lines of a journal are on sales accounts, and on bank and cash accounts."""

    code: str
    name: str
    sales: int = 0
    treasury: int = 0

    def count(self, account: str) -> None:
        start = account[:2]
        if start == "70":
            self.sales += 1
        elif start in _TREASURY_ACCOUNTS:
            self.treasury += 1

    def role(self) -> Role:
        code, name = fold(self.code).strip(), fold(self.name).strip()
        if _OPENING_CODE.match(code) or _OPENING.search(name):
            return Role.OPENING
        if _GENERAL_CODE.match(code) or _GENERAL.search(name):
            return Role.GENERAL
        if self.sales and self.treasury:
            return self._mixed()
        if self.sales or self.treasury:
            return Role.SALES if self.sales else Role.TREASURY
        for role, by_code, by_name in _BY_NAME:
            if by_code.match(code) or by_name.search(name):
                return role
        return Role.UNKNOWN

    def _mixed(self) -> Role:
        """A stray line does not change what a journal is for."""
        if self.sales > 10 * self.treasury:
            return Role.SALES
        return Role.TREASURY if self.treasury > 10 * self.sales else Role.TILL


def carries_over(label: str) -> bool:
    """ "Report à nouveau", "Solde initial": the line opens the year, whatever its journal."""
    return bool(_CARRIED.match(fold(label).strip()))
