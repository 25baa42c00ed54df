"""What a line of a customer account is: by its account, its journal, its side and its label."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from relance.adapters.ledger_files.accounts import Family, family_of
from relance.adapters.ledger_files.columns import fold
from relance.adapters.ledger_files.journals import JournalUse, Role, carries_over
from relance.adapters.ledger_files.numbers import document_number
from relance.adapters.ledger_files.rows import AccountKey, LedgerLine
from relance.domain.open_item import ItemKind, PaymentMethod

_CREDIT_NOTE = re.compile(r"\b(?:avoirs?|credit note|rrr|remises? accordees?)\b")
_RETENTION = re.compile(r"retenues? (?:de )?garantie|\bret(?:\.|enue)? ?gar")
_METHODS = (
    (re.compile(r"lcr|bor\b|traite|effet|billet"), PaymentMethod.BILL_OF_EXCHANGE),
    (re.compile(r"prel|prlv|debit|sepa"), PaymentMethod.DIRECT_DEBIT),
    (re.compile(r"che?q"), PaymentMethod.CHEQUE),
    (re.compile(r"vir"), PaymentMethod.TRANSFER),
    (re.compile(r"cb\b|carte"), PaymentMethod.CARD),
    (re.compile(r"esp|cash"), PaymentMethod.CASH),
)
_BY_SIDE = {
    Role.SALES: (ItemKind.INVOICE, ItemKind.CREDIT_NOTE),
    Role.TILL: (ItemKind.INVOICE, ItemKind.PAYMENT),
    # A debit of the bank is a payment that came back or was paid back: no document to ask for.
    Role.TREASURY: (ItemKind.OTHER, ItemKind.PAYMENT),
    Role.GENERAL: (ItemKind.OTHER, ItemKind.OTHER),
    Role.UNKNOWN: (ItemKind.OTHER, ItemKind.OTHER),
}


class Kinds:
    def __init__(self, journals: Mapping[str, JournalUse], lines: Iterable[LedgerLine]):
        self._roles = {code: use.role() for code, use in journals.items()}
        self._entries = _shared_pieces(line for line in lines if self.role(line) is Role.OPENING)

    def role(self, line: LedgerLine) -> Role:
        role = self._roles[line.journal]
        if role in (Role.GENERAL, Role.UNKNOWN) and carries_over(line.label):
            return Role.OPENING
        return role

    def number(self, line: LedgerLine) -> str | None:
        """A bank's label names who paid: only what is no payment is searched for a number. The
        reference of an opening entry that several customers share names the entry.
        """
        role = self.role(line)
        piece = "" if role is Role.OPENING and line.piece in self._entries else line.piece
        return document_number(piece, line.label, search_label=role is not Role.TREASURY)

    def is_sum(self, line: LedgerLine) -> bool:
        """What an account carried over, its documents not named."""
        return self.kind(line) is ItemKind.OPENING_BALANCE

    def kind(self, line: LedgerLine) -> ItemKind:
        by_account = self._by_account(line)
        if by_account is not None:
            return by_account
        role = self.role(line)
        if role is not Role.TREASURY and line.amount < 0 and _CREDIT_NOTE.search(fold(line.label)):
            return ItemKind.CREDIT_NOTE
        if role is Role.OPENING:
            return self._opening(line)
        if role is Role.UNKNOWN and line.amount > 0 and self.number(line):
            return ItemKind.INVOICE
        return _BY_SIDE[role][line.amount < 0]

    def _by_account(self, line: LedgerLine) -> ItemKind | None:
        account, family = line.key.account, family_of(line.key.account)
        if family is Family.BILL:
            return ItemKind.OTHER
        if family is Family.ADVANCE:
            return _advance(account, line.amount)
        if account.startswith("4117") and _RETENTION.search(fold(line.account_name)):
            return ItemKind.RETENTION
        return None

    def _opening(self, line: LedgerLine) -> ItemKind:
        """Carried over document by document when it has a number, in one sum when it has none."""
        if self.number(line) is None:
            return ItemKind.OPENING_BALANCE
        return ItemKind.INVOICE if line.amount > 0 else ItemKind.PAYMENT

    def method(self, line: LedgerLine) -> PaymentMethod | None:
        if family_of(line.key.account) is Family.BILL:
            return PaymentMethod.BILL_OF_EXCHANGE
        word = fold(line.paid_by)
        return next((method for found, method in _METHODS if found.search(word)), None)


def _shared_pieces(lines: Iterable[LedgerLine]) -> set[str]:
    keys: dict[str, set[AccountKey]] = defaultdict(set)
    for line in lines:
        keys[line.piece].add(line.key)
    return {piece for piece, holders in keys.items() if len(holders) > 1}


def _advance(account: str, amount: Decimal) -> ItemKind:
    """419: 4191 down payments, 4196 deposits on packaging, 4197 credit notes."""
    if amount > 0 or account.startswith("4196"):
        return ItemKind.OTHER
    return ItemKind.CREDIT_NOTE if account.startswith("4197") else ItemKind.DOWN_PAYMENT
